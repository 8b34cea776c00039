"""Tables with a head: the CSV of Lightning, of Keras, of TensorBoard (Wall time, Step, Value); commas, semicolons or tabs."""

from __future__ import annotations

from explorer.doctor.reading.spec import Rows, column


def rows(text: str) -> Rows | None:
    """Return the rows of a table; None of any other text."""
    lines = text.strip().splitlines()
    head = lines[0]
    separator = next((mark for mark in (",", "\t", ";") if head.count(mark)), None)
    if separator is None or len(lines) < 2 or any(character.isdigit() for character in head.split(separator)[0]):
        return None
    columns = [column(name) for name in head.split(separator)]
    if not {"loss", "val_loss"} & set(columns) or len(lines[1].split(separator)) != len(columns):
        return None
    found = []
    for line in lines[1:]:
        cells = line.split(separator)
        row = {known: cell.strip() for known, cell in zip(columns, cells, strict=False) if known and cell.strip()}
        if "loss" in row or "val_loss" in row:
            found.append(row)
    return _one_per_step(found)


def _one_per_step(found: Rows) -> Rows:
    """Lightning writes training and validation of an epoch in rows of their own: those of one step are one."""
    joined: Rows = []
    for row in found:
        before = joined[-1] if joined else {}
        if row.get("step") == before.get("step") and not (row.keys() & before.keys()) - {"step", "rate"} and before:
            before |= row
        else:
            joined.append(dict(row))
    return joined
