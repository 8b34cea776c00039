"""The loss of every row as a file: written as it is computed, never whole in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyarrow.csv

from explorer.rows.losses import per_row
from explorer.rows.report import Report


def write_losses(report: Report, path: Path) -> None:
    """Write a CSV with the columns of a Table and the loss of each row that counts, under the report's loss.

    Parameters
    ----------
    report : Report
    path : path
        Of the file; it is overwritten.
    """
    lost = per_row(report.table.numbered, report.chosen, report.numbers)
    lost = lost.drop(*{"fault"} & set(lost.columns))
    with lost.to_pyarrow_batches() as batches, pyarrow.csv.CSVWriter(path, batches.schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


def losses_csv(report: Report) -> bytes:
    """Return the file that `write_losses` writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "losses.csv"
        write_losses(report, path)
        return path.read_bytes()
