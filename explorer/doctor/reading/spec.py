"""What readers of logs share."""

from __future__ import annotations

from typing import TypeAlias

from explorer.doctor.history import COLUMN_OF

Rows: TypeAlias = "list[dict[str, str]]"
"""For each moment, column of `history.COLUMNS` -> number as printed."""


def column(name: str) -> str | None:
    """Return the column that a log means by a name."""
    plain = name.strip().strip("\"'").lower().replace(" ", "_")
    if plain in COLUMN_OF:
        return COLUMN_OF[plain]
    of_validation = plain.startswith(("val", "eval", "test", "dev"))
    if plain.endswith(("loss", "cost")):
        return "val_loss" if of_validation else "loss"
    if plain.endswith(("acc", "accuracy")):
        return "val_accuracy" if of_validation else "accuracy"
    return None
