"""The batch of /categorical: kept as text in the address, shown as a table, its chosen row on the sliders.

While a row is chosen the sliders say what it holds; its text catches up when something else happens to the batch. So there is
one truth for each number, and all of it is in the address. Writing the batch there makes an entry of the browser's history.
"""

from __future__ import annotations

from explorer.core.batch import Layout, join
from explorer.live.table import Action
from explorer.pages import address, controls
from explorer.views.categorical import batch
from explorer.views.categorical.batch import Batch
from explorer.views.categorical.fields import LETTERS, Row
from explorer.views.categorical.state import Controls


def stored(layout: Layout) -> Batch:
    """Return the batch as it is stored; what the sliders say of its chosen row is not in it yet."""
    rows = batch.rows_of(address.get("batch"), layout)
    return batch.stored(rows, layout, Row(len(rows)).typed(address.get(Row.name) or "1"))


def as_controls_have_it(layout: Layout) -> Batch:
    """Return the batch in a callback, where the controls' values are in the session."""
    before = stored(layout)
    asked = Controls(before, LETTERS[: layout.classes])
    prediction, target = (tuple(map(controls.now, fields)) for fields in (asked.prediction, asked.target))
    return batch.on_sliders(before, prediction, controls.whole_now(asked.index) if asked.index else target)


def store(after: Batch) -> None:
    """Keep a batch, in the address if it is short, and put its chosen row on the controls."""
    text = join(after.cells)
    address.put("batch", "" if text == batch.default_text(after.layout) else text)
    address.put(Row.name, str(after.chosen + 1) if after.chosen else "")
    if after.row.problem:
        return
    asked, held = Controls(after, LETTERS[: after.layout.classes]), after.held
    for field, value in zip(asked.prediction, held.prediction, strict=True):
        for name, at in controls.at(field, value).items():
            controls.put(name, at)
    for field, value in zip(asked.target, held.target, strict=False):  # none where an index is asked
        controls.put(field.name, value)
    if asked.index:
        controls.put(asked.index.name, str(held.k))


def act(layout: Layout, action: Action) -> None:
    """Do to the batch what somebody did in the table."""
    store(batch.changed(as_controls_have_it(layout), action.kind, action.row, action.column, action.text))
