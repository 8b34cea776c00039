"""The batch of /categorical: kept as text in the address, shown as a table, its chosen row on the sliders.

While a row is chosen the sliders say what it holds; its text catches up when something else happens to the batch. So there is
one truth for each number, and all of it is in the address. Writing the batch there makes an entry of the browser's history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from explorer.core import batch, numbers
from explorer.core.batch import PREDICTION, Cells, Example, Layout
from explorer.live.table import Action
from explorer.pages import address
from explorer.pages import old_controls as controls

NOTEBOOK = "0.7 0.1 0.2 0;0.1 0.5 0.4 1;0.02 0.9 0.08 1"
"""The three examples that the page opens with: probabilities, and a class index that counts from 0."""
_NOTEBOOK_LAYOUT = Layout("p", 3)
SLIDERS = {"p": (0.0, 1.0), "z": (-20.0, 20.0)}
"""How far the sliders of a prediction reach."""


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
    def others(self) -> tuple[Example, ...]:
        """The rows that count besides the chosen one."""
        return tuple(e for i, e in enumerate(self.examples) if i != self.chosen and not e.problem and not e.ignored)


def prediction_keys(layout: Layout) -> list[str]:
    """Return the keys of the prediction's sliders."""
    return [f"{layout.by}{k}" for k in range(1, layout.classes + 1)]


def target_keys(layout: Layout) -> list[str]:
    """Return the keys of the target's controls."""
    return ["k"] if layout.index else [f"t{k}" for k in range(1, layout.classes + 1)]


def stored(layout: Layout) -> Batch:
    """Return the batch as it is stored; what the sliders say of its chosen row is not in it yet."""
    text = address.get("batch") or _default(layout)
    rows = batch.split(text) or batch.split(_default(layout))
    return Batch(layout, tuple(batch.read(cells, layout) for cells in rows), _row(len(rows)))


def on_sliders(stored: Batch, prediction: Sequence[float], target: Sequence[float], index: int | None) -> Batch:
    """Return the batch with its chosen row as the controls have it, unless that row cannot be read."""
    before = stored.examples[stored.chosen]
    if before.problem:
        return stored
    now = (*prediction, *([float(index)] if index is not None else target))
    held = (*before.prediction, *([float(before.index)] if before.index is not None else before.target))
    if now == held:
        return stored
    row = batch.read(batch.write(now), stored.layout)
    return replace(stored, examples=(*stored.examples[: stored.chosen], row, *stored.examples[stored.chosen + 1 :]))


def as_controls_have_it(layout: Layout) -> Batch:
    """Return the batch in a callback, where the controls' values are in the session."""
    found = stored(layout)
    prediction, target, index = defaults(found)
    state = st.session_state
    ends = SLIDERS[layout.by], PREDICTION[layout.by]
    keys = prediction_keys(layout)
    prediction = [controls.now(key, value, *ends) for key, value in zip(keys, prediction, strict=True)]
    target = [float(state.get(f"t{k}", value)) for k, value in enumerate(target, 1)]
    return on_sliders(found, prediction, target, _index_now(layout, index))


def _index_now(layout: Layout, index: int) -> int | None:
    """The class index of the chosen row, if its target is one."""
    if not layout.index:
        return None
    return controls.whole_now("k", layout.base, layout.base + layout.classes - 1, index, layout.ignored)


def defaults(found: Batch) -> tuple[list[float], list[float], int]:
    """Return what the chosen row puts on the controls: prediction, target, class index; even shares if it cannot be read."""
    row, layout = found.examples[found.chosen], found.layout
    prediction = list(row.prediction) or batch.readable(row, layout)
    target = list(row.target) or [1.0] + [0.0] * (layout.classes - 1)
    return prediction, target, row.index if row.index is not None else layout.base


def store(found: Batch) -> None:
    """Keep a batch, in the address if it is short, and put its chosen row on the controls."""
    text = batch.join(example.cells for example in found.examples)
    address.put("batch", "" if text == _default(found.layout) else text)
    address.put("row", str(found.chosen + 1) if found.chosen else "")
    row = found.examples[found.chosen]
    if row.problem:
        return
    prediction, target, index = defaults(found)
    values: list[float] | list[str] = [str(index)] if found.layout.index else target
    for key, value in zip(prediction_keys(found.layout), prediction, strict=True):
        st.session_state.update(controls.at(key, value, SLIDERS[found.layout.by]))
    st.session_state.update(zip(target_keys(found.layout), values, strict=True))


def relayout(found: Batch, layout: Layout, temperature: float) -> Batch:
    """Return the batch in another layout."""
    rows = [batch.read(batch.convert(example, found.layout, layout, temperature), layout) for example in found.examples]
    return Batch(layout, tuple(rows), found.chosen)


def act(layout: Layout, action: Action) -> None:
    """Do to the batch what somebody did in the table."""
    found = as_controls_have_it(layout)
    rows, chosen = [example.cells for example in found.examples], found.chosen
    match action.kind:
        case "choose":
            chosen = action.row
        case "add":
            rows.append(_plain_row(layout))
        case "remove":
            del rows[action.row]
            chosen = min(chosen - (action.row < chosen), len(rows) - 1)
        case "edit":
            rows[action.row] = _put(rows[action.row], action.column, (batch.clean(action.text),), layout)
        case "paste":
            block = batch.pasted(action.text)
            whole = all(len(cells) >= layout.width for cells in block)
            for i, cells in enumerate(block, action.row):
                if i == len(rows):
                    rows.append(("",) * layout.width)
                rows[i] = cells if whole else _put(rows[i], action.column, cells, layout)
    store(Batch(layout, tuple(batch.read(cells, layout) for cells in rows), chosen))


def _put(row: Cells, column: int, cells: Sequence[str], layout: Layout) -> Cells:
    """Return a row with cells in place from a column on; it grows to the layout's width, and beyond if there are more cells."""
    padded = [*row, *[""] * (max(layout.width, column + len(cells)) - len(row))]
    return (*padded[:column], *cells, *padded[column + len(cells) :])


def _plain_row(layout: Layout) -> Cells:
    even = 1 / layout.classes if layout.by == "p" else 0.0
    target = [float(layout.base)] if layout.index else [1.0] + [0.0] * (layout.classes - 1)
    return batch.write([*[even] * layout.classes, *target])


def _default(layout: Layout) -> str:
    """The notebook's batch in a layout."""
    rows = (batch.read(cells, _NOTEBOOK_LAYOUT) for cells in batch.split(NOTEBOOK))
    return batch.join(map(partial(batch.convert, old=_NOTEBOOK_LAYOUT, new=replace(layout, ignored=None)), rows))


def _row(rows: int) -> int:
    """The chosen row that the address names, from 0; the first if it names none."""
    try:
        row = numbers.whole(st.query_params.get("row", "1"))
    except ValueError:
        return 0
    return row - 1 if 1 <= row <= rows else 0
