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
from explorer.doctor.reading import amounts, arrays, lines, mentions, telling

_WORD = r"(?<!val_)(?<!eval_)(?<!test_)\b(?:\w*loss(?:es)?|cost|\w*entropy|nll|bce|ce|mse|mae|objective)\b"
_LOSS = re.compile(rf"{_WORD}[^\d\n]{{0,60}}?(?<![\w.])({NUMBER})(?![\w%]|\.\d)", re.IGNORECASE)
"""A word for a loss, and the number that follows it."""
_JOINTS = (
    "is|are|was|were|moves|moved|of|at|to|as|gives?|gave|returns?|returned|outputs?|prints?|shows?|equals?|equal|becomes?|became|always|stuck"
    "|stays?|stayed|stopped|around|about|near|value|exactly|remains?|constant|only|just|fixed|hovers?|sits?|starts?|goes|went|drops?"
    "|dropped|falls?|down|up|from|ends?|converges?|plateaus?|saturates?|reaches|be|it|still|keeps|approximately|approx|ca"
    "|roughly|nearly|almost|suddenly|jumps?|jumped|then|now|by|getting|get|has|been|a|the|all|time|every|epochs?|steps?|in"
)
_BOUND = re.compile(
    rf"{_WORD}(?:[\s:=≈~≃`\"'*|]|->|→|\b(?:{_JOINTS})\b|\([a-z _]{{1,20}}\)){{0,12}}(?<![\w.])({NUMBER})(?![\w%]|\.\d)",
    re.IGNORECASE,
)
"""The same with nothing between that says something else."""
_SAID = re.compile(
    rf"\b(?:gives?|gave|returns?|returned|outputs?|prints?|equals?|becomes?|stuck at|instead of|(?<!which )(?:is"
    rf"|was)(?: (?:always|around|about"
    rf"|exactly|only))?)\s{{1,3}}(?<![\w.])({NUMBER})(?![\w%]|\.\d)",
    re.IGNORECASE,
)
"""What something gives, as a number."""
_LIST = re.compile(r"[\[(][-+\d.,; \[\]]{0,200}[,\[][-+\d.,; \[\]]{0,200}[\])]|\[[-+]?\d{1,9}\]")
"""Some numbers in brackets: data, and no loss."""
_CHANCE = re.compile(
    rf"\b(?:probabilit(?:y|ies)|predict_proba)\b(?:(?!loss|entropy)[^.\d\n;,]){{0,30}}?\b{NUMBER}"
    rf"(?: (?:or|and|to) {NUMBER}){{0,3}}(?![\w%]|\.\d)|[-+,(*] ?1e-\d+",
    re.IGNORECASE,
)
"""Probabilities, and what keeps a logarithm finite, which are no losses."""
_NEXT = r"\s{0,3}(?:[,;]|->|→|(?:and )?then|to)?\s{1,3}"
_SERIES = re.compile(
    rf"\bloss(?:es)?\b[^\d\n]{{0,30}}?(?<![\w.])({NUMBER}(?:{_NEXT}{NUMBER}){{3,}})(?![\w%]|\.\d)", re.IGNORECASE
)
"""Some losses one after the other, which are a history: four of them, as three may be anything."""
_WAY = re.compile(
    rf"\bfrom (?:about |around |~)?({NUMBER}) (?:down |up )?to (?:about |around |~)?({NUMBER})(?![\w%]|\.\d)", re.IGNORECASE
)
"""From where to where a loss goes."""
_HALF = re.compile(r"(?<!b)float16|(?<![A-Za-z0-9])fp16(?![A-Za-z0-9])|\.half\(", re.IGNORECASE)
FALLEN = 0.7
"""A loss that ends below this part of its start has fallen."""
PARTS = frozenset({"part_zero", "class_zero", "box_nan", "class_nan"})
"""What a line of a log tells of the parts of a loss."""
LEAP = 3.0
"""A loss that ends above so many times its start has leapt."""
_BROKEN = re.compile(
    r"(?<!no )(?<!not )(?<!without )\b(nan)s?\b"
    r"|(?:=|\bis|\bbecomes?|\bgets?|\bgives?|\breturns?|\bto)\s{0,3}(?:an )?([-+]?inf)\b",
    re.IGNORECASE,
)
"""NaN wherever it is said, and infinity where something is it."""
_ANY = re.compile(rf"(?<![\w.,])({NUMBER})(?![\w%]|\.\d)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t]{2,}")
_IS = r"(?:[ _]loss)?(?: is| was| of| at| about| around|\s?[:=~≈]){0,3}\s{0,3}"
_TRAIN, _VALIDATION = (
    rf"\b{word}{_IS}({NUMBER})(?![\w%])"
    for word in (r"(?:train(?:ing)?|(?<!val )(?<!validation )(?<!test )loss)", r"(?:val(?:idation)?|test)")
)
_BOTH = re.compile(rf"{_TRAIN}[^\d\n]{{0,20}}{_VALIDATION}|{_VALIDATION}[^\d\n]{{0,20}}{_TRAIN}", re.IGNORECASE)
"""The loss of training and that of validation, in either order."""
_UP = re.compile(
    rf"\bval\w*[ _](?:\w+_)?loss\b[^\d\n]{{0,25}}\bfrom ({NUMBER})[^\d\n]{{0,12}}(?:epoch \d+ )?to ({NUMBER})(?![\w%]|\.\d)",
    re.IGNORECASE,
)
"""The loss of validation by two numbers."""
_RIGHT = re.compile(
    rf"\b(?:val\w*|test)\b[^\d\n]{{0,25}}\bacc\w*[^\n%]{{0,25}}?(?<![\w.])({NUMBER}) ?%"
    rf"[^\d\n]{{0,30}}\btrain\w*[^\d\n]{{0,25}}({NUMBER}) ?%",
    re.IGNORECASE,
)
"""The accuracy of validation, and that of training."""
_OF_A_LOG = frozenset({"accuracy"})
"""Facts that a log tells in columns of its own."""


def read(text: str, *, has_history: bool = False) -> Facts:
    """Return what a sentence tells. Of a log, whose losses are read elsewhere, no loss is taken."""
    text = _SPACES.sub(" ", text)
    told = amounts.found(text, but=_OF_A_LOG if has_history else frozenset())
    held, sources = dict(told.facts), dict(told.sources)
    for name, array in arrays.found(text).items():
        held[name], sources[name] = array, "a list of the text"
    for name, word in _words(text).items():
        held[name], sources[name] = word, "a word of the text"
    if not has_history and (series := _series(told.left)) is not None:
        held["history"], sources["history"], has_history = series, f"{len(series)} numbers of the sentence", True
    way = _WAY.search(told.left) if not has_history else None
    if way is not None and (fell := _fell(way)) is not None and not mentions.found(text) & {"stuck"}:
        held["history"], sources["history"], has_history = fell, "the start and the end of the sentence", True
    leaps = way is not None and printed.read(way[2]).value > LEAP * printed.read(way[1]).value > 0
    losses = [] if has_history else _losses(amounts.without_others(told.left))
    if not has_history and (broken := _BROKEN.search(text)):
        losses = [printed.read(broken[1] or broken[2]), *losses]
    if losses:
        held["loss"], sources["loss"] = losses[0], str(losses[0])
    prose = "\n".join(line for line in text.splitlines() if not lines.is_row(line)) if has_history else text
    others = tuple(losses[1:4])
    parts = mentions.found(text.rstrip().splitlines()[-1]) & PARTS if has_history and text.strip() else frozenset()
    said = (
        mentions.found(prose)
        | parts
        | {
            name
            for name, is_so in (("train_above", _is_train_above(text)), ("leaps", leaps), ("overfit", _rises(text)))
            if is_so
        }
    )
    return Facts(**held, said=said, telling=telling.found(prose), others=others, sources=sources)


def _rises(text: str) -> bool:
    """Whether the loss of validation is told by two numbers, the second above the first."""
    way = _UP.search(text)
    return way is not None and printed.read(way[2]).value > printed.read(way[1]).value > 0


def _is_train_above(text: str) -> bool:
    """Whether a sentence tells a loss of training above that of validation, the last time that it tells both."""
    low = text.lower()
    pairs = list(_BOTH.finditer(text)) if "loss" in low or "acc" not in low else []
    if right := _RIGHT.search(text):
        return printed.read(right[1]).value > printed.read(right[2]).value
    if not pairs:
        return False
    both = pairs[-1]
    train, validation = both[1] or both[4], both[2] or both[3]
    return printed.read(train).value > printed.read(validation).value


def _words(text: str) -> dict[str, Any]:
    """The facts that are words."""
    known = {"kind": found(KINDS, text), "framework": found(FRAMEWORKS, text), "dtype": found(DTYPES, text)}
    if _HALF.search(text):
        known["dtype"] = "float16"  # what else is named beside it is what it is compared with
    asked = all_found(REDUCTIONS, text)
    known["reduction"] = asked[0] if len(asked) == 1 else None  # of two, one is compared with the other
    return {name: word for name, word in known.items() if word is not None}


def _series(text: str) -> History | None:
    """The losses that a sentence tells one after the other; None where it tells none so."""
    found_series = _SERIES.search(text)
    if found_series is None:
        return None
    return histories.of([printed.read(number[0]).value for number in re.finditer(NUMBER, found_series[1], re.IGNORECASE)])


def _fell(way: re.Match[str]) -> History | None:
    """The start and the end of a loss that falls; None of another."""
    start, end = printed.read(way[1]), printed.read(way[2])
    return histories.of([start.value, end.value]) if 0 < end.value < FALLEN * start.value else None


def _losses(text: str) -> list[Printed]:
    """The numbers that may be losses: those bound to the word first, then what something gives, then those with places."""
    told = _CHANCE.sub(" [] ", _LIST.sub(" [] ", _WAY.sub(r"to \2 ; \1", text)))  # where it ends is what is asked about
    bound = [match[1] for match in _BOUND.finditer(told)]
    near = [match[1] for match in _LOSS.finditer(told) if not _is_whole(match[1])]
    others = [match[1] for match in _ANY.finditer(told)]
    given = [match[1] for match in _SAID.finditer(told) if not _is_whole(match[1])]
    decimal = [number for number in others if not _is_whole(number)]
    alone = others if told.strip().strip("?!. ") in others or len(others) == 1 and others[0].strip("+-−.0") else []
    found_numbers: list[Printed] = []
    for number in [*bound, *given, *near, *decimal, *alone]:
        try:
            read_number = printed.read(number)
        except ValueError:
            continue
        if read_number not in found_numbers:
            found_numbers.append(read_number)
    return found_numbers


def _is_whole(number: str) -> bool:
    return number.lstrip("+-−").rstrip(".").isdigit()
