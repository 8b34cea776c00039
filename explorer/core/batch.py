"""A batch of examples as text, kept as it was typed: cells apart by spaces, rows by semicolons.

What a row holds depends on the layout: a number for each class, then the target, one class index or a number for each class.
A row that cannot be read keeps its text and says what is wrong with it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.core import checks, numbers
from explorer.core.checks import FloatArray

PREDICTION = {"p": (0.0, 1.0), "z": (-1e6, 1e6)}
"""Least and greatest probability and logit of a row."""
CERTAIN = 1000.0
"""The size of the logit that stands for an infinite one: its probability is 0 or 1 to the last digit of a float."""
TARGET = (0.0, 1.0)

Cells = tuple[str, ...]

_DECIMAL_COMMA = re.compile(r"[+\-−]?\d+(,\d+)?(/\d+(,\d+)?)?%?")
_JOINED = re.compile(r" +(?=%)| */ *")
"""Space within a number: before a percent sign, around a fraction's bar."""
_BLANK = "_"


@dataclass(frozen=True)
class Layout:
    """What a row holds.

    Attributes
    ----------
    by : "p" or "z"
        Whether predictions are probabilities or logits.
    classes : int
    index : bool
        Whether a target is a class index; else it is a distribution.
    base : 0 or 1
        The index of the first class.
    ignored : int or None
        Rows with this index do not count.
    """

    by: str
    classes: int
    index: bool = True
    base: int = 0
    ignored: int | None = None

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return self.classes + (1 if self.index else self.classes)


@dataclass(frozen=True)
class Example:
    """One row.

    Attributes
    ----------
    cells : tuple of str
        As typed.
    prediction, target : tuple of float, shape (classes,)
        Empty where the row cannot be read. A class index is a target that is 1 there; an ignored one is 0 everywhere.
    index : int or None
        The class index as typed, if the target is one.
    ignored : bool
        Whether the row does not count.
    problem : str
        One sentence: why the row cannot be read; "" if it can.
    """

    cells: Cells
    prediction: tuple[float, ...] = ()
    target: tuple[float, ...] = ()
    index: int | None = None
    ignored: bool = False
    problem: str = ""


def split(text: str) -> list[Cells]:
    """Return the cells of each row of a stored text."""
    return [tuple("" if cell == _BLANK else cell for cell in row.split()) for row in text.split(";") if row.strip()]


def join(rows: Iterable[Sequence[str]]) -> str:
    """Return rows of cells as one text, such that `split` gives them back."""
    return ";".join(" ".join(clean(cell) or _BLANK for cell in row) for row in rows)


def clean(cell: str) -> str:
    """Return a cell as it is stored: with a plain minus and a decimal point, and without what separates cells."""
    return re.sub(r"[\s;,]+", _BLANK, _joined(cell.strip()).replace("−", "-").replace(",", "."))


def _joined(text: str) -> str:
    """Return a text without space within a fraction or before a percent sign."""
    return _JOINED.sub(lambda match: match[0].strip(), text)


def pasted(text: str) -> list[Cells]:
    """Return the cells of a block copied from a spreadsheet or typed: lines of cells.

    Tabs part them if there are any; else semicolons do; else spaces and commas, but for commas that stand in every number as a
    decimal point does. Empty cells at a line's end are left out.
    """
    text = _joined(text)
    lines = [line.strip("\r ") for line in text.strip("\n").split("\n")]
    decimal = all(_DECIMAL_COMMA.fullmatch(token) for token in text.split())
    between = r"\t" if "\t" in text else r"\s*;\s*" if ";" in text else r"\s+" if decimal else r"[\s,]+"
    return [tuple(map(clean, re.split(between, line.rstrip("\t;, ")))) for line in lines if line.strip()]


def read(cells: Sequence[str], layout: Layout) -> Example:
    """Return what a row of cells says."""
    try:
        if len(cells) != layout.width:
            target = "a class index" if layout.index else f"{layout.classes} targets"
            kind = {"p": "probabilities", "z": "logits"}[layout.by]
            raise ValueError(f"A row must hold {layout.classes} {kind} and {target}, {layout.width} numbers; got {len(cells)}.")
        names = [f"{layout.by}{k}" for k in range(1, layout.classes + 1)]
        names += ["k"] if layout.index else [f"t{k}" for k in range(1, layout.classes + 1)]
        numbers = [_number(name, cell) for name, cell in zip(names, cells, strict=True)]
        prediction, target_numbers = numbers[: layout.classes], numbers[layout.classes :]
        for name, value in zip(names, prediction, strict=False):
            checks.within(name, value, *PREDICTION[layout.by])
        if not layout.index:
            for name, value in zip(names[layout.classes :], target_numbers, strict=True):
                checks.within(name, value, *TARGET)
            return Example(tuple(cells), tuple(prediction), tuple(target_numbers))
        (k,) = target_numbers
        if k == layout.ignored:
            return Example(tuple(cells), tuple(prediction), (0.0,) * layout.classes, int(k), ignored=True)
        place = int(checks.class_index("k", k, layout.classes, layout.base))
        return Example(tuple(cells), tuple(prediction), tuple(np.eye(layout.classes)[place].tolist()), int(k))
    except ValueError as error:
        return Example(tuple(cells), problem=str(error))


def readable(example: Example, layout: Layout) -> list[float]:
    """Return a row's prediction, with even shares in place of what cannot be read."""
    low, high = PREDICTION[layout.by]
    even = 1 / layout.classes if layout.by == "p" else 0.0
    cells = [*example.cells, *[""] * layout.classes][: layout.classes]
    return [value if (value := _value(cell)) is not None and low <= value <= high else even for cell in cells]


def write(values: Iterable[float]) -> Cells:
    """Return numbers as cells that read back the same."""
    return tuple(repr(float(value)).removesuffix(".0") for value in values)


def convert(example: Example, old: Layout, new: Layout, temperature: float = 1.0) -> Cells:
    """Return a row's cells for another layout.

    Probabilities become logits of the given temperature, and logits their softmax; a class index becomes the distribution that
    is certain of it, and a distribution the index of its largest entry. An added class gets probability 0 or the least logit;
    the last ones are cut off, and what is left of a distribution sums to 1 again. The cells of a row that cannot be read stay.
    """
    if example.problem:
        return example.cells
    prediction = np.asarray(example.prediction)
    if old.by == "p" != new.by:
        with np.errstate(divide="ignore"):
            prediction = np.clip(temperature * np.log(prediction), -CERTAIN * max(temperature, 1.0), None)
    elif new.by == "p" != old.by:
        powers = np.exp((prediction - prediction.max()) / temperature)
        prediction = powers / powers.sum()
    if old.by != new.by:
        digits = 12 if new.by == "z" else 10  # fewer on the way back, so that 0.08 is 0.08 again
        prediction = np.array([float(f"{x:.{digits}g}") for x in prediction])
    kept = min(old.classes, new.classes)
    least = 0.0 if new.by == "p" else prediction.min()
    shares = _shares(prediction, kept) if new.by == "p" else prediction[:kept]
    padded = [*shares, *[least] * (new.classes - kept)]
    target = [*_shares(example.target, kept), *[0.0] * (new.classes - kept)]
    if not new.index and example.ignored:
        return (*write(padded), example.cells[-1])  # no distribution is ignored: the row says so, and keeps its index
    if not new.index:
        return write([*padded, *target])
    place = int(np.argmax(example.target)) if example.index is None else example.index - old.base
    is_class = example.index is None or 0 <= place < old.classes  # else it is an ignored index, and stays
    return write([*padded, place + new.base if is_class else float(example.index or 0)])


def _shares(distribution: Sequence[float] | FloatArray, kept: int) -> list[float]:
    """The first entries; of a distribution they sum to 1 again, unless nothing is left of it."""
    left = [float(x) for x in distribution[:kept]]
    total, cut = math.fsum(left), kept < len(distribution)
    if not (cut and total > 0 and math.isclose(math.fsum(distribution), 1, abs_tol=1e-9)) or math.isclose(total, 1):
        return left
    return [float(f"{x / total:.12g}") for x in left]


def _number(name: str, text: str) -> float:
    value = _value(text)
    if value is None:
        raise ValueError(f"{name} must be a number; got {numbers.shown(text)}.")
    return value


def _value(text: str) -> float | None:
    try:
        return numbers.number(text)
    except ValueError:
        return None
