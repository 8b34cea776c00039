"""What the address of /categorical may hold, field by field; some of them depend on the classes and on the chosen row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from explorer.core import numbers
from explorer.core.batch import PREDICTION
from explorer.core.batch import TARGET as SHARES
from explorer.core.categorical import Option
from explorer.core.digits import subscripted
from explorer.views.fields import Choice, Given, Number, Some, Text, Whole, refusal

LETTERS = "ABCDEFGHIJ"
LOGIT, INDEX = "logit", "class index"
LABELS: dict[Option, str] = {
    "smoothing": "label smoothing",
    "weights": "class weights",
    "focal": "focal",
    "temperature": "temperature",
}
TEMPERED, IGNORE = LABELS["temperature"], "ignore index"

TARGET = Choice(
    "target",
    "Target as",
    (INDEX, "distribution"),
    help="Whether the target names the one class that happened, or gives a probability to each.",
)
CLASSES = Whole("classes", "Classes", 2, 10, 3, help="How many classes there are, from 2 to 10.")
OPTIONS = Some(
    "options",
    "Options",
    (*LABELS.values(), IGNORE),
    help="What libraries can add to the loss; each brings its own sliders.",
)
IGNORED = Whole(
    "ignore",
    "Ignored index",
    -numbers.LARGEST,
    numbers.LARGEST,
    -100,  # where PyTorch starts
    help="Rows of the batch with this class index do not count.",
)
BASE = Choice(
    "base",
    "First index",
    ("0", "1"),
    help="Whether class indices count from 0, as in PyTorch, or from 1, as in the Wolfram Language.",
)
NAMES = Text(
    "names",
    "Class names",
    help="Names of the classes with commas between them; a class without one is called by its letter.",
)
EPSILON = Number(
    "epsilon",
    "Label smoothing ε",
    0.0,
    1.0,
    0.1,
    0.001,
    help="The share of the target that is spread evenly over all classes.",
)
GAMMA = Number(
    "gamma",
    "Focal γ",
    0.0,
    5.0,
    2.0,
    0.01,
    help="How strongly a class counts less the surer the prediction is of it, by the factor (1 − p)ᵞ.",
)
TEMPERATURE = Number(
    "T",
    "Temperature T",
    0.1,
    10.0,
    1.0,
    0.01,
    help="What logits are divided by before softmax: above 1 predictions are less sure, below 1 surer.",
)

_EACH = {
    "p": (0.0, 1.0, 0.001, PREDICTION["p"], "The probability that is predicted for class {}."),
    "z": (
        -20.0,
        20.0,
        0.01,
        PREDICTION["z"],
        "The logit that is predicted for class {}; softmax turns all logits into probabilities.",
    ),
    "t": (0.0, 1.0, 0.001, SHARES, "The probability of class {} in the target."),
    "w": (0.0, 10.0, 0.01, (0.0, 1e6), "How many times class {} counts in the loss."),
}
"""Of each vector: how far its sliders reach, their step, how far its numbers may lie, and help."""
_NAME = re.compile(r"(?!.*\bwww\.)[^\W_]+(?:(?:[_.]|\.? | ?- ?)[^\W_]+)*", re.IGNORECASE)
"""Words with single marks between them: nothing that the Markdown of a label or an option shows otherwise."""
_LONGEST_NAME = 20


def each(prefix: str, names: Sequence[str], defaults: Sequence[float]) -> tuple[Number, ...]:
    """Return the sliders of a vector, one for each class: p1, p2 and so on.

    Parameters
    ----------
    prefix : "p", "z", "t" or "w"
        Probabilities, logits, target or class weights.
    names : sequence of str
        Of the classes.
    defaults : sequence of float, the same length
    """
    low, high, step, farthest, help = _EACH[prefix]
    return tuple(
        Number(
            f"{prefix}{k}",
            f"{subscripted(f'{prefix}{k}')} · {name}",
            low,
            high,
            default,
            step,
            help=help.format(name),
            farthest=farthest,
        )
        for k, (name, default) in enumerate(zip(names, defaults, strict=True), 1)
    )


def index_of(base: int, classes: int, default: int, ignored: int | None) -> Whole:
    """Return the class index of the chosen row, counted from base; also the ignored one, if there is such."""
    help = "Index of the class that happened, which the table of the batch calls k."
    return Whole("k", "Target index k", base, base + classes - 1, default, help=help, also=ignored)


def said_of_index(index: int, field: Whole, names: Sequence[str]) -> str:
    """Return which class an index is, and whether it is ignored."""
    name = f"class {names[index - field.low]}" if field.low <= index <= field.high else ""
    return ", ".join(filter(None, (name, "ignored" if index == field.also else "")))


def along(names: tuple[str, ...]) -> Choice:
    """Return the class whose derivatives are shown."""
    return Choice(
        "along",
        "Derivatives and slice by class",
        names,
        help="The class whose logit the slice runs along, and whose derivatives are written out.",
        allowed="a class's name",
    )


@dataclass(frozen=True)
class Row:
    """Which of so many rows is chosen, from 0; the address counts from 1."""

    rows: int
    name = "row"

    @property
    def allowed(self) -> str:
        """What it may be, to end a sentence."""
        return f"a row from 1 to {self.rows}"

    def typed(self, text: str) -> int:
        """Return the row that a text names; the first if it names none."""
        try:
            row = numbers.whole(text)
        except ValueError:
            return 0
        return row - 1 if 1 <= row <= self.rows else 0

    def read(self, given: Given) -> tuple[int, list[str]]:
        """As Field."""
        texts = given.get(self.name, ())
        row = self.typed(texts[-1]) if texts else 0
        sentence = refusal(self.name, texts, row + 1, self.allowed) if texts else None
        return row, [sentence] if sentence else []

    def write(self, value: int) -> dict[str, list[str]]:
        """As Field."""
        return {self.name: [str(value + 1)]} if value else {}


def class_names(typed: str, classes: int) -> tuple[tuple[str, ...], str]:
    """Return the classes' names, those that were typed, then letters; and why what was typed cannot be names, "" if it can.

    Then all are letters.
    """
    given = [name.strip() for name in typed.split(",")] if typed.strip() else []
    bad = next((name for name in given if name and not (_NAME.fullmatch(name) and len(name) <= _LONGEST_NAME)), None)
    named = [name or LETTERS[k] for k, name in enumerate(given[:classes])]
    names = (*named, *LETTERS[len(named) : classes])
    problem = ""
    if bad is not None:
        problem = (
            f"A class name may have at most {_LONGEST_NAME} letters and digits, with single marks between; "
            f"got {numbers.shown(bad)}."
        )
    elif len(given) > classes:
        problem = f"There may be at most {classes} class names, one for each class; got {len(given)}."
    elif len(set(names)) < classes:
        problem = f"Class names must differ; {next(name for name in names if names.count(name) > 1)} is given twice."
    return (tuple(LETTERS[:classes]) if problem else names), problem
