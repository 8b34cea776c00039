"""The batch of /categorical: rows as typed, the chosen one on the sliders, and what can be done to it.

A text that an address holds is stored; while a row is chosen, the sliders say what it holds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from explorer.core import batch
from explorer.core.batch import Cells, Example, Layout
from explorer.views.view import TOLERANCE

NOTEBOOK = "0.7 0.1 0.2 0;0.1 0.5 0.4 1;0.02 0.9 0.08 1"
"""The three examples that the page opens with: probabilities, and a class index that counts from 0."""
_NOTEBOOK_LAYOUT = Layout("p", 3)
IN_FILE = "file"
"""What an address says of a batch that it has no room for."""


class Held(NamedTuple):
    """What the chosen row puts on the controls."""

    prediction: tuple[float, ...]
    target: tuple[float, ...]
    k: int
    """The class index."""


@dataclass(frozen=True)
class Batch:
    """The rows, with the chosen one as the sliders have it.

    Attributes
    ----------
    layout : Layout
    examples : tuple of Example
    chosen : int
        Which row the sliders hold, from 0.
    """

    layout: Layout
    examples: tuple[Example, ...]
    chosen: int

    @property
    def row(self) -> Example:
        """The chosen one."""
        return self.examples[self.chosen]

    @property
    def others(self) -> tuple[Example, ...]:
        """The rows that count besides the chosen one."""
        return tuple(e for i, e in enumerate(self.examples) if i != self.chosen and not e.problem and not e.ignored)

    @property
    def cells(self) -> tuple[Cells, ...]:
        """The rows as typed."""
        return tuple(example.cells for example in self.examples)

    @property
    def held(self) -> Held:
        """What the chosen row puts on the controls; even shares where it cannot be read."""
        row, layout = self.row, self.layout
        prediction = row.prediction or tuple(batch.readable(row, layout))
        target = row.target or (1.0, *[0.0] * (layout.classes - 1))
        return Held(prediction, target, row.index if row.index is not None else layout.base)


def rows_of(text: str, layout: Layout) -> tuple[Cells, ...]:
    """Return the rows of a stored text; the notebook's where it holds none."""
    return tuple(batch.split(text) or batch.split(default_text(layout)))


def text_of(rows: Sequence[Cells], layout: Layout) -> str:
    """Return rows as `rows_of` reads them again, to the letter; "" of the notebook's."""
    text = ";".join(" ".join(cell or "_" for cell in row) for row in rows)
    if text == default_text(layout):
        return ""
    return f"{text};" if text == IN_FILE else text


@lru_cache(maxsize=64)
def default_text(layout: Layout) -> str:
    """Return the notebook's batch in a layout."""
    rows = (batch.read(cells, _NOTEBOOK_LAYOUT) for cells in batch.split(NOTEBOOK))
    return batch.join(map(partial(batch.convert, old=_NOTEBOOK_LAYOUT, new=replace(layout, ignored=None)), rows))


def stored(rows: Sequence[Cells], layout: Layout, chosen: int) -> Batch:
    """Return a batch as it is stored; what the sliders say of its chosen row is not in it yet."""
    return Batch(layout, tuple(batch.read(cells, layout) for cells in rows), chosen)


def on_sliders(stored: Batch, prediction: Sequence[float], target: int | Sequence[float]) -> Batch:
    """Return the batch with its chosen row as the controls have it, unless that row cannot be read.

    The target is a class index or a distribution, as the batch's layout has it.
    """
    before = stored.row
    if before.problem:
        return stored
    now = (*prediction, *([float(target)] if isinstance(target, int) else target))
    held = (*before.prediction, *([float(before.index)] if before.index is not None else before.target))
    if now == held:
        return stored
    row = batch.read(batch.write(now), stored.layout)
    return replace(stored, examples=(*stored.examples[: stored.chosen], row, *stored.examples[stored.chosen + 1 :]))


def relayout(before: Batch, layout: Layout, temperature: float) -> Batch:
    """Return the batch in another layout."""
    rows = [batch.convert(example, before.layout, layout, temperature) for example in before.examples]
    return stored(rows, layout, before.chosen)


def rescaled(before: Batch) -> list[int]:
    """Return the rows, from 1, that logits cannot keep: they give probabilities that sum to 1."""
    return [i for i, row in enumerate(before.examples, 1) if row.prediction and not is_1(sum(row.prediction))]


def moved_index(ignored: int, old: Layout, base: int) -> int:
    """Return the ignored index once indices count from base: it moves with the class that it is, if it is one."""
    is_class = ignored == old.ignored and old.base <= ignored < old.base + old.classes
    return ignored + base - old.base if is_class else ignored


def changed(before: Batch, kind: str, row: int, column: int, text: str) -> Batch:
    """Return the batch after somebody did something in its table: choose, add, remove, edit or paste."""
    layout = before.layout
    rows, chosen = list(before.cells), before.chosen
    match kind:
        case "choose":
            chosen = row
        case "add":
            rows.append(_plain_row(layout))
        case "remove":
            del rows[row]
            chosen = min(chosen - (row < chosen), len(rows) - 1)
        case "edit":
            rows[row] = _put(rows[row], column, (batch.clean(text),), layout)
        case "paste":
            block = batch.pasted(text)
            whole = all(len(cells) >= layout.width for cells in block)
            for i, cells in enumerate(block, row):
                if i == len(rows):
                    rows.append(("",) * layout.width)
                rows[i] = cells if whole else _put(rows[i], column, cells, layout)
    return stored(rows, layout, chosen)


def is_1(total: float) -> bool:
    """Whether a sum is 1 but for rounding."""
    return math.isclose(total, 1, abs_tol=TOLERANCE)


def can_be_normalised(values: Sequence[float]) -> bool:
    """Whether numbers have a sum other than 1 that they can be divided by."""
    return sum(values) != 0 and not is_1(sum(values))


def normalised(values: Sequence[float]) -> list[float]:
    """Return numbers divided by their sum, which is not 0."""
    return [value / sum(values) for value in values]


def right(example: Example) -> int:
    """Return 1 where the largest prediction, of equals the first, is at the target's class; else 0."""
    return int(np.argmax(example.prediction) == np.argmax(example.target))


def _put(row: Cells, column: int, cells: Sequence[str], layout: Layout) -> Cells:
    """Return a row with cells in place from a column on; it grows to the layout's width, and beyond if there are more cells."""
    padded = [*row, *[""] * (max(layout.width, column + len(cells)) - len(row))]
    return (*padded[:column], *cells, *padded[column + len(cells) :])


def _plain_row(layout: Layout) -> Cells:
    even = 1 / layout.classes if layout.by == "p" else 0.0
    target = [float(layout.base)] if layout.index else [1.0] + [0.0] * (layout.classes - 1)
    return batch.write([*[even] * layout.classes, *target])
