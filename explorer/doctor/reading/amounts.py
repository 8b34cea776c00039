"""Numbers in a sentence that are no losses: how many classes, which accuracy, which margin.

A number is known by the words right after or right before it. To know another: words in WORDS, or in OTHERS if it says nothing.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from explorer.doctor.facts import COUNTED
from explorer.doctor.printed import NUMBER, Printed
from explorer.doctor.printed import read as printed

_COUNT = r"(\d{1,3}(?:,\d{3})+|\d{1,9})"
_BETWEEN = r"\s{0,3}(?:[:=]|is|of|was|are|at|to)?\s{0,3}"
"""What stands between words and their number: "batch size = 64", "a margin of 0.2"."""


def _after(words: str, number: str = _COUNT) -> str:
    return rf"\b(?:{words}){_BETWEEN}{number}\b"


def _before(words: str, joint: str = " ") -> str:
    return rf"\b{_COUNT}{joint}(?:{words})"


_TARGETS = r"(?:(?:labels|targets|samples|examples|pixels|data|rows|dataset|images|cases|observations) )?"
_ARE = r"(?:(?:are |is |were |being |belongs? to |labell?ed )(?:the |in )?)?"
_ONE_CLASS = (
    r"(?:positives?|negatives?|ones|zeros|1s|0s|the (?:majority|minority|negative|positive) class|class [01]|label [01]"
    r"|(?:majority|minority) class|fraud\w*|foreground|background|clicks?|churn\w*)"
)
_PART = r"(?:rate|share|fraction|ratio|proportion)"
_TO = r"(?<![\w.])(\d{1,6})\s?(:|/| to )\s?(\d{1,6})"
"""Words for targets, for being, for one of two classes and for the share of it; so many of one to so many of the other."""

WORDS: dict[str, tuple[str, ...]] = {
    "classes": (
        _after("num_?classes|n_?classes|num_?labels|number of (?:classes|labels|categories)|classes|categories"
               "|vocab(?:ulary)?(?:[ _]size)?|K"),
        _before("way|class(?:es)?|categor(?:y|ies)|labels|identities|digits|species|tokens in the vocab", "[ -]"),
        _before("(?:[a-z]+ )classes(?! of)", "[ -]"),
    ),
    "batch": (
        _after("batch[ _-]?size"),
        _after("batch(?:es)?"),
        _before("(?:examples|samples|images|pairs|sentences) (?:per|a|in (?:a|each|every)) batch"),
        _before("(?:positive )?pairs"),
        _after("bs(?= ?=)"),
    ),
    "steps": (
        _after("(?:gradient[_ ])?accum(?:ulat(?:ion|e|ing))?(?:[_ ]grad(?:ient)?s?)?(?:[_ ](?:steps|batches|over))?"),
        _before("(?:gradient[ -])?accumulation(?: steps)?"),
        rf"accumulat\w+ (?:gradients? )?(?:over|for|across) {_COUNT} ",
        rf"\bGA(?:S|[ _]steps)?{_BETWEEN}{_COUNT}\b",
    ),
    "accuracy": (
        rf"\b(?<![\w.])({NUMBER})\s?(%|percent) (?:\w+ ){{0,2}}(?:accuracy|acc\b|correct|right)",
        rf"(?:\b|_)(?:accuracy(?:_score)?|acc)\b[^\d\n,;.]{{0,25}}?(?<![\w.])({NUMBER})\s?(%?)(?!\w|\.\d)",
        r"(?<![\w.])(0?\.\d{1,8})(%?) (?:train\w* |val\w* |test )?accuracy",
    ),
    "smoothing": (rf"\b(?:label[ _-]?)?smooth(?:ing|ed)?(?:[ _](?:factor|by|with))?[^\d\n]{{0,12}}?({NUMBER})\s?(%?)",),
    "margin": (_after("margin", f"({NUMBER})"),),
    "share": (
        rf"(?<![\w.])({NUMBER})\s?(%|percent) (?:of )?(?:the |all |my |our )?{_TARGETS}{_ARE}{_ONE_CLASS}\b",
        rf"\b{_ONE_CLASS}(?: class| labels| examples| samples| pixels)?(?: {_PART})?{_BETWEEN}(?:only |about |around |~)?"
        rf"(?<![\w.])({NUMBER})\s?(%|percent)",
        rf"\b(?:{_ONE_CLASS} {_PART}|base rate|prevalence|class prior|ctr){_BETWEEN}(?<![\w.])({NUMBER})\s?(%?)(?!\w|\.\d)",
        rf"\b(?:imbalanced?|class(?:es|_?weights?)? (?:ratio|split|balance)|{_ONE_CLASS})[^\d\n]{{0,20}}{_TO}(?!\w|\.\d)",
        rf"{_TO} (?:class (?:ratio|split)|imbalanced?)",
    ),
}  # fmt: skip
"""Fact -> patterns of words with their number, the surest first; of a share the second group is its percent sign, or it is
that of one number beside another."""
_RANGE = rf"(?: ?(?:and|to|-|–|through|or) {NUMBER}\b)?"
OTHERS = (
    _after("epochs?(?: from)?|iter(?:ation)?s?|steps?|images?|samples?|examples?|rows|layers?|lines?", r"\d{1,9}(?!\d|\.\d)")
    + _RANGE,
    _after("lr|learning[ _-]rate|seed|beta|temperature|tau|gamma|dropout"
           "|labels?|targets?|ignore_?index|index|predictions?|logits?|probabilit(?:y|ies)|confident|guess(?:es)?|scores?"
           "|weight[ _]decay|momentum|ratio|#|scale|alpha|eps(?:ilon)?|clip\\w*|dim|axis"
           "|sequence length|length|width|height|factor|threshold|rank|patience|warm-?up(?: steps)?|version", f"({NUMBER})")
    + _RANGE,
    r"(?:(?<![-=])[<>≤≥]=?|\b(?:bounded(?: below)? by|close to|towards?)) ?[01](?:\.0*)?(?![\d.]*\d)",
    rf"(?<![\w.])-100\b|(?<![\w.]){NUMBER}\s?\*\s?[A-Za-z(]|[\w)\]]\s?\*\s?{NUMBER}(?![\w.])|\b1(?:\.0*)?/\d+[kKM]?\b",
    rf"\(\s?{NUMBER}\s?/\s?[A-Za-z_]|[(=]\s?{NUMBER}\s?[-+]\s?[A-Za-z(]|[A-Za-z_\])]\s\+\s{NUMBER}(?!\w)",
    r"\b(?:Adam\w*|SGD|RMSprop|Adagrad|Dense|Linear|Conv\w{1,12}|Dropout|LSTM|Embedding)\([^()\n]{0,120}\)",
    r"\b(?:(?:more|greater|larger|bigger|higher) than|over|above) [1-9]0{2,}\b(?!\.\d)",
    r"\b(?:next|another|first|last|other) \d{1,9}\b(?!\.\d)",
    rf"\b(?:version|torch|keras|python)[ =v]{{1,4}}({NUMBER})\b",
    (
        rf"\b({NUMBER})(?:st|nd|rd|th|k|K|M)?[ -](?:epochs?|iter(?:ation)?s?|steps?|layers?|images?|samples?"
        r"|examples?|rows|days?|hours?|units?|neurons?|outputs?|GPUs?|positives?|negatives?|rounds?|times|%)"
    ),
)  # fmt: skip
"""Patterns of numbers that are neither facts nor losses."""
_COUNTS = frozenset(("batch", "steps"))
"""Facts of which a text may give several: the first is taken, and none is a loss."""
_SPELT = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
          "twenty": "20", "hundred": "100", "thousand": "1000"}  # fmt: skip

_WORDS = {name: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns) for name, patterns in WORDS.items()}
_OTHERS = re.compile("|".join(OTHERS), re.IGNORECASE)
_NUMERALS = re.compile(rf"\b({'|'.join(_SPELT)})(?=[ -](?:way|class|categor|labels|accumulation|steps))", re.IGNORECASE)


class Amounts(NamedTuple):
    """What numbers of a sentence tell: fact -> value, fact -> the words, and the sentence without these numbers."""

    facts: dict[str, Any]
    sources: dict[str, str]
    left: str


def found(text: str, *, but: frozenset[str] = frozenset()) -> Amounts:
    """Return the facts that numbers of a sentence tell, those in but left alone."""
    facts: dict[str, Any] = {}
    sources: dict[str, str] = {}
    left = _NUMERALS.sub(lambda word: _SPELT[word[1].lower()], text)
    for name in (name for name in _WORDS if name not in but):
        for pattern in _WORDS[name]:
            match = pattern.search(left)
            if match and (value := _value(name, match)) is not None:
                facts[name], sources[name] = value, match[0].strip()[:60]
                left = f"{left[: match.start()]} ; {left[match.end() :]}"
                left = pattern.sub(" ; ", left) if name in _COUNTS else left
                break
    return Amounts(facts, sources, left)


def without_others(text: str) -> str:
    """Return a sentence without the numbers that are neither facts nor losses."""
    return _OTHERS.sub(" ; ", text)


def _value(name: str, match: re.Match[str]) -> Any:
    """What a number stands for; None where the fact cannot be that."""
    if name == "share" and len(match.groups()) == 3:
        one, other = int(match[1]), int(match[3])
        return Printed(one / (one + other), 0.0, f"{one / (one + other):.3g}") if one + other else None
    text = next(group for group in match.groups() if group)
    if name in {"classes", "batch", "steps"}:
        count = int(text.replace(",", ""))
        return count if 1 <= count <= COUNTED else None
    try:
        number = printed(text)
    except ValueError:
        return None
    if name == "margin":
        return number.value if 0 <= number.value < 1e9 else None
    if match[2] == "%" or number.value > 1:
        number = Printed(number.value / 100, number.half / 100, f"{number.text}%")
    if not 0 <= number.value <= 1 or name == "smoothing" and number.value == 1:
        return None
    return number if name in {"accuracy", "share"} else number.value
