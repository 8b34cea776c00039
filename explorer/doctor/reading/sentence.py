"""A sentence, or a number alone: which loss it tells, what it says of the run, and what it mentions."""

from __future__ import annotations

import re
from typing import Any

from explorer.doctor import history as histories
from explorer.doctor import printed
from explorer.doctor.facts import Facts
from explorer.doctor.history import History
from explorer.doctor.kinds import DTYPES, FRAMEWORKS, KINDS, REDUCTIONS, all_found, found
from explorer.doctor.printed import NUMBER, Printed
from explorer.doctor.reading import amounts, lines, mentions

_LOSS = re.compile(
    r"(?<!val_)(?<!eval_)(?<!test_)\b(?:\w*loss|cost|\w*entropy|nll|bce|ce|mse|mae|objective)\b"
    rf"[^\d\n]{{0,60}}?(?<![\w.])({NUMBER})(?![\w%])",
    re.IGNORECASE,
)
"""A word for a loss, and the number that follows it."""
_NEXT = r"\s{0,3}(?:[,;]|->|→|(?:and )?then|to)?\s{1,3}"
_SERIES = re.compile(rf"\bloss(?:es)?\b[^\d\n]{{0,30}}?(?<![\w.])({NUMBER}(?:{_NEXT}{NUMBER}){{3,}})(?![\w%])", re.IGNORECASE)
"""Some losses one after the other, which are a history: four of them, as three may be anything."""
_BROKEN = re.compile(r"(?<!no )(?<!not )\b(nan)\b", re.IGNORECASE)
_ANY = re.compile(rf"(?<![\w.,])({NUMBER})(?![\w%])", re.IGNORECASE)
_OF_A_LOG = frozenset({"accuracy"})
"""Facts that a log tells in columns of its own."""


def read(text: str, *, has_history: bool = False) -> Facts:
    """Return what a sentence tells. Of a log, whose losses are read elsewhere, no loss is taken."""
    told = amounts.found(text, but=_OF_A_LOG if has_history else frozenset())
    held, sources = dict(told.facts), dict(told.sources)
    for name, word in _words(text).items():
        held[name], sources[name] = word, "a word of the text"
    if not has_history and (series := _series(told.left)) is not None:
        held["history"], sources["history"], has_history = series, f"{len(series)} numbers of the sentence", True
    losses = [] if has_history else _losses(amounts.without_others(told.left))
    if not has_history and (broken := _BROKEN.search(text)):
        losses = [printed.read(broken[1]), *losses]
    if losses:
        held["loss"], sources["loss"] = losses[0], str(losses[0])
    prose = "\n".join(line for line in text.splitlines() if not lines.is_row(line)) if has_history else text
    return Facts(**held, said=mentions.found(prose), others=tuple(losses[1:4]), sources=sources)


def _words(text: str) -> dict[str, Any]:
    """The facts that are words."""
    known = {"kind": found(KINDS, text), "framework": found(FRAMEWORKS, text), "dtype": found(DTYPES, text)}
    asked = all_found(REDUCTIONS, text)
    known["reduction"] = asked[0] if len(asked) == 1 else None  # of two, one is compared with the other
    return {name: word for name, word in known.items() if word is not None}


def _series(text: str) -> History | None:
    """The losses that a sentence tells one after the other; None where it tells none so."""
    found_series = _SERIES.search(text)
    if found_series is None:
        return None
    return histories.of([printed.read(number[0]).value for number in re.finditer(NUMBER, found_series[1], re.IGNORECASE)])


def _losses(text: str) -> list[Printed]:
    """The numbers that may be losses, those beside the word first."""
    beside = [match[1] for match in _LOSS.finditer(text)]
    others = [match[1] for match in _ANY.finditer(text)]
    decimal = [number for number in others if "." in number or "," in number or not number.lstrip("+-−").isdigit()]
    alone = others if text.strip().strip("?!. ") in others or len(others) == 1 and not beside else []
    found_numbers: list[Printed] = []
    for number in [*beside, *decimal, *alone]:
        try:
            read_number = printed.read(number)
        except ValueError:
            continue
        if read_number not in found_numbers:
            found_numbers.append(read_number)
    return found_numbers
