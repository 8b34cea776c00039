"""A sentence, or a number alone: which loss it tells, what it says of the run, and what it mentions."""

from __future__ import annotations

import re
from typing import Any

from explorer.doctor import history as histories
from explorer.doctor import printed
from explorer.doctor.facts import COUNTED, Facts
from explorer.doctor.history import History
from explorer.doctor.kinds import DTYPES, FRAMEWORKS, KINDS, REDUCTIONS, all_found, found
from explorer.doctor.printed import NUMBER, Printed
from explorer.doctor.reading import lines, mentions

_COUNT = r"(\d{1,3}(?:,\d{3})+|\d{1,9})"
_SEP = r"\s{0,3}(?:[:=]|is|of|was|are|at|to)?\s{0,3}"
COUNTS: dict[str, tuple[str, ...]] = {
    "classes": (
        (
            rf"\b(?:num_?classes|n_?classes|num_?labels|number of (?:classes|labels|categories)|classes|categories"
            rf"|vocab(?:ulary)?(?:[ _]size)?|K){_SEP}{_COUNT}\b"
        ),
        rf"\b{_COUNT}[ -](?:way|class(?:es)?|categor(?:y|ies)|labels|identities|digits|species|tokens in the vocab)",
    ),
    "batch": (
        rf"\bbatch[ _-]?size{_SEP}{_COUNT}\b",
        rf"\bbatch(?:es)?{_SEP}{_COUNT}\b",
        rf"\b{_COUNT} (?:examples|samples|images|pairs|sentences) (?:per|a|in (?:a|each|every)) batch",
        rf"\bbs\s?=\s?{_COUNT}\b",
    ),
    "steps": (
        (
            rf"\b(?:gradient[_ ])?accum(?:ulat(?:ion|e|ing))?(?:[_ ]grad(?:ient)?s?)?(?:[_ ](?:steps|batches"
            rf"|over))?{_SEP}{_COUNT}\b"
        ),
        rf"\b{_COUNT} (?:gradient[ -])?accumulation(?: steps)?",
        rf"accumulat\w+ (?:gradients? )?(?:over|for|across) {_COUNT} ",
    ),
}
SHARES: dict[str, tuple[str, ...]] = {
    "accuracy": (
        rf"\b(?<![\w.])({NUMBER})\s?(%) (?:\w+ ){{0,2}}(?:accuracy|acc\b|correct|right)",
        rf"\b(?:accuracy|acc)\b[^\d\n,;.]{{0,25}}?(?<![\w.])({NUMBER})\s?(%?)(?![\w.])",
        r"(?<![\w.])(0?\.\d{1,8})(%?) (?:train\w* |val\w* |test )?accuracy",
    ),
    "smoothing": (rf"\b(?:label[ _-]?)?smooth(?:ing|ed)?(?:[ _](?:factor|by|with))?[^\d\n]{{0,12}}?({NUMBER})\s?(%?)",),
}
NUMBERS: dict[str, tuple[str, ...]] = {"margin": (rf"\bmargin{_SEP}({NUMBER})\b",)}
_OTHERS = re.compile(
    (
        rf"\b(?:lr|learning[ _-]rate|epochs?|iter(?:ation)?s?|steps?|seed|beta|temperature|tau|gamma|dropout"
        rf"|layers?|weight[ _]decay|momentum|ratio|images?|samples?|examples?|rows|version|torch|keras|python"
        rf"|#){_SEP}({NUMBER})\b"
        rf"|\b({NUMBER})(?:st|nd|rd|th|k|K|M)?[ -](?:epochs?|iter(?:ation)?s?|steps?|layers?|images?|samples?"
        rf"|examples?|rows|days?|hours?|units?|neurons?|outputs?|GPUs?|positives?|negatives?|rounds?|times|%)"
    ),
    re.IGNORECASE,
)
_LOSS = re.compile(
    (
        rf"(?<!val_)(?<!eval_)(?<!test_)\b(?:\w*loss|cost|entropy|nll|bce|ce|mse|mae"
        rf"|objective)\b[^\d\n]{{0,60}}?(?<![\w.])({NUMBER})(?![\w%])"
    ),
    re.IGNORECASE,
)
_NEXT = r"\s{0,3}(?:[,;]|->|→|(?:and )?then|to)?\s{1,3}"
_SERIES = re.compile(rf"\bloss(?:es)?\b[^\d\n]{{0,30}}?(?<![\w.])({NUMBER}(?:{_NEXT}{NUMBER}){{3,}})(?![\w%])", re.IGNORECASE)
"""Some losses one after the other, which are a history: four of them, as three may be anything."""
_BROKEN = re.compile(r"(?<!no )(?<!not )\b(nan)\b", re.IGNORECASE)
_ANY = re.compile(rf"(?<![\w.,])({NUMBER})(?![\w%])", re.IGNORECASE)
_WORDS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
          "twenty": "20", "hundred": "100", "thousand": "1000"}  # fmt: skip
_SPELT = re.compile(rf"\b({'|'.join(_WORDS)})(?=[ -](?:way|class|categor|labels|accumulation|steps))", re.IGNORECASE)


def read(text: str, *, has_history: bool = False) -> Facts:
    """Return what a sentence tells. Of a log, whose losses are read elsewhere, no loss is taken."""
    held: dict[str, Any] = {}
    sources: dict[str, str] = {}
    left = _SPELT.sub(lambda word: _WORDS[word[1].lower()], text)
    for name, patterns in (COUNTS | SHARES | NUMBERS).items():
        if has_history and name == "accuracy":
            continue
        for pattern in patterns:
            match = re.search(pattern, left, re.IGNORECASE)
            value = _value(name, match) if match else None
            if match and value is not None:
                held[name], sources[name] = value, match[0].strip()[:60]
                left = f"{left[: match.start()]} ; {left[match.end() :]}"
                break
    for name, known in (("kind", KINDS), ("framework", FRAMEWORKS), ("dtype", DTYPES)):
        if (answer := found(known, text)) is not None:
            held[name], sources[name] = answer, "a word of the text"
    if len(asked := all_found(REDUCTIONS, text)) == 1:  # of two, one is compared with the other
        held["reduction"], sources["reduction"] = asked[0], "a word of the text"
    if not has_history and (series := _series(left)) is not None:
        held["history"], sources["history"], has_history = series, f"{len(series)} numbers of the sentence", True
    losses = [] if has_history else _losses(_OTHERS.sub(" ; ", left))
    if not has_history and (broken := _BROKEN.search(text)):
        losses = [printed.read(broken[1]), *losses]
    if losses:
        held["loss"], sources["loss"] = losses[0], str(losses[0])
    prose = "\n".join(line for line in text.splitlines() if not lines.is_row(line)) if has_history else text
    return Facts(**held, said=mentions.found(prose), others=tuple(losses[1:4]), sources=sources)


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


def _value(name: str, match: re.Match[str]) -> Any:
    text = next(group for group in match.groups() if group)
    if name in COUNTS:
        count = int(text.replace(",", ""))
        return count if 1 <= count <= COUNTED else None
    try:
        number = printed.read(text)
    except ValueError:
        return None
    if name in SHARES:
        share = _share(number, of_hundred=(match.lastindex or 0) > 1 and match[2] == "%" or number.value > 1)
        if not 0 <= share.value <= 1 or (name == "smoothing" and share.value == 1):
            return None
        return share if name == "accuracy" else share.value
    return number.value if 0 <= number.value < 1e9 else None


def _share(number: Printed, *, of_hundred: bool) -> Printed:
    return Printed(number.value / 100, number.half / 100, number.text) if of_hundred else number
