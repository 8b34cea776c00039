"""The rows that a view of /rows is about."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow.parquet

from explorer.core.calibration import Scores, Tables
from explorer.rows import Rows, open_rows
from explorer.rows.examples import EXAMPLES
from explorer.rows.tempering import tables

Columns = tuple[tuple[str, str], ...]
"""What of a layout somebody has changed, by its name in the address."""


@lru_cache(maxsize=len(EXAMPLES))
def example(name: str) -> Rows:
    """Return made-up rows, opened once."""
    folder = Path(tempfile.mkdtemp(prefix="loss-explorer-"))
    pyarrow.parquet.write_table(EXAMPLES[name](), folder / f"{name}.parquet")
    return open_rows(folder / f"{name}.parquet")


@lru_cache(maxsize=64)
def laid_out(rows: Rows, columns: Columns) -> tuple[Rows, str]:
    """Return the rows with what somebody has changed of their layout; or as they were, and why that cannot be."""
    if not columns:
        return rows, ""
    changed: dict[str, Any] = dict(columns)
    if "," in dict(columns).get("prediction", ""):
        changed["prediction"] = [name.strip() for name in dict(columns)["prediction"].split(",")]
    try:
        laid = open_rows(rows.raw, **changed)
    except ValueError as error:
        return rows, str(error).removeprefix("the table: ")
    laid.source = rows.source
    return laid, ""


@lru_cache(maxsize=16)
def fine(rows: Rows) -> Scores | Tables:
    """Return rows of classes in bins that a temperature can move."""
    report = rows.report()
    if rows.layout.kind == "classes":
        return tables(rows.table, report.count)
    cells = report.logits
    return Scores.of(cells.z / cells.weight, cells.weight, cells.t)
