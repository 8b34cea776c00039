"""Tables of pandas, Polars, Arrow and SQLite, written to a file, which the threads of all sessions can read."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from pyarrow import parquet

from explorer.rows.reading.engine import first_line, parquet_table
from explorer.rows.reading.files import plain
from explorer.rows.reading.opened import Opened, distinct, refuse

NAME = "the table"
SQLITE = "sqlite"
"""What Ibis calls the engine whose tables are taken batch by batch: it lacks what analyses ask for."""


def in_memory(backend: Any, table: Any, folder: Path, number: int = 0) -> Opened:
    """Open a table of pandas, Polars, Arrow or SQLite, or a dict of columns.

    Parameters
    ----------
    backend : ibis.BaseBackend
        DuckDB.
    table : object
        The table; one of pandas is taken without its index.
    folder : path
        Where DuckDB may write.
    number : int
        Which of the tables of this backend it is.

    Raises
    ------
    TypeError
        If it is no table.
    ValueError
        If a column holds values of several types, or there is no row.
    """
    path = folder / f"rows_{number}.parquet"
    if isinstance(table, ibis.Table):
        with warnings.catch_warnings():  # Ibis is behind pandas
            warnings.filterwarnings("ignore", "The 'future.infer_string' option is deprecated", DeprecationWarning)
            _write(table.to_pyarrow_batches(), path)
        return Opened(parquet_table(backend, [path], path.stem), NAME)
    taken = _arrow(table)
    distinct(NAME, taken.column_names)
    if not taken.num_rows:
        raise refuse(NAME, "holds no rows.")
    try:
        parquet.write_table(taken.cast(plain(taken.schema)), path)
    except pa.ArrowException as error:  # a type that no file has
        raise refuse(NAME, f"cannot be taken: {first_line(error)}") from None
    return Opened(parquet_table(backend, [path], path.stem), NAME)


def _write(batches: pa.RecordBatchReader, path: Path) -> None:
    """Write a table batch by batch, so that it is never whole in memory."""
    with parquet.ParquetWriter(path, batches.schema) as writer:
        rows = 0
        for batch in batches:
            writer.write_batch(batch)
            rows += batch.num_rows
    if not rows:
        raise refuse(NAME, "holds no rows.")


def _arrow(table: Any) -> pa.Table:
    if hasattr(table, "collect") and type(table).__module__.startswith("polars"):
        table = table.collect()  # what is lazy
    try:
        if type(table).__module__.startswith("pandas"):
            return pa.Table.from_pandas(table.rename(columns=str), preserve_index=False)
        if isinstance(table, dict):
            return pa.table({str(column): values for column, values in table.items()})
        if hasattr(table, "__arrow_c_stream__"):
            return pa.table(table)
    except (pa.ArrowException, TypeError) as error:
        raise refuse(NAME, _mixed(table) or f"cannot be taken: {error}") from None
    raise TypeError(f"A path, or a table of pandas, Polars, Arrow or Ibis was expected; got {type(table).__name__}.")


def _mixed(table: Any) -> str:
    """What is wrong with the first column of several types, as the end of a sentence; "" if there is none."""
    for column in table:
        kinds: dict[type, str] = {}
        for row, value in enumerate(table[column]):
            if value is not None and value == value:  # NaN is no value
                kind = float if isinstance(value, int | float) else type(value)
                kinds.setdefault(kind, f"{str(value)[:80]!r} ({type(value).__name__}) in row {row}")
        if len(kinds) > 1:
            return f"holds values of several types in the column {column!r}: {' and '.join(kinds.values())} (the first is 0)."
    return ""
