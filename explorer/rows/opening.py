"""Opening rows: a file, two files, or a table becomes Rows, which say what was recognised and give the report."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import ibis

from explorer.core.losses import Loss
from explorer.rows.canonical import canonical
from explorer.rows.engine import connect, private_folder
from explorer.rows.files import open_file, parts_of
from explorer.rows.layout import joined, recognise
from explorer.rows.numbers import BadValueError, nearly, numbers
from explorer.rows.opened import Opened
from explorer.rows.report import Report
from explorer.rows.spec import Layout, Table


class Rows:
    """Rows that are open: what was recognised in them, and what can be computed from them where they are.

    Attributes
    ----------
    layout : Layout
        What was recognised, with its reasons.
    table : Table
        The rows under the names that formulas have.
    raw : ibis.Table
        The rows as they came.
    source : str
        What they were opened from.
    folder : path or None
        What DuckDB wrote for them; it goes with the last table that needs it.
    """

    def __init__(self, raw: ibis.Table, layout: Layout, table: Table, source: str, *, folder: Path | None = None) -> None:
        self.raw = raw
        self.layout = layout
        self.table = table
        self.source = source
        self.folder = folder

    @cached_property
    def count(self) -> int:
        """How many rows there are, those that do not count among them."""
        return int(self.raw.count().to_pyarrow().as_py())

    def report(self, *, bins: int = 15, loss: Loss | str | None = None, numbers: Mapping[str, float] | None = None) -> Report:
        """Return what follows from the rows, each part computed once it is asked for.

        Parameters
        ----------
        bins : int
            How many bins calibration has.
        loss : Loss or str, optional
            One that fits the rows, or its name; None: the usual one.
        numbers : mapping, optional
            Parameter of the loss -> number.
        """
        return Report(self.table, bins=bins, loss=loss, numbers=numbers)

    def close(self) -> None:
        """Give back memory and disk; a connection that was not made here stays open."""
        if self.folder is not None:
            self.raw.get_backend().disconnect()
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Rows:
        """Return the rows themselves."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close them."""
        self.close()


def open_rows(path_or_table: Any, *, engine: str | None = None, **columns: Any) -> Rows:
    """Open predictions and targets.

    Parameters
    ----------
    path_or_table : path, table, or list of two of them
        A file: CSV, TSV, Parquet (a folder of parts too). Of two, the first holds the predictions and the second the truth.
    engine : str, optional
        Where the rows are: "duckdb" (this machine), sc://host:port, postgres://host/database; there, a table's name stands for
        a file.
    **columns
        What is not to be recognised: truth, prediction (a name or a list of them), weight, group, identity, scale, kind,
        classes, ignored.

    Raises
    ------
    ValueError
        If the rows are broken, or nothing is recognised in them; the file, the line and the value are named.
    OSError
        If a file cannot be read, or an engine not be reached.
    """
    sources = list(path_or_table) if isinstance(path_or_table, list | tuple) else [path_or_table]
    if not 1 <= len(sources) <= 2:
        raise ValueError(f"One source is opened, or predictions and their truth; got {len(sources)}.")
    folder = private_folder()
    try:
        opened = _open(sources, engine, folder)
        return _rows(opened, columns, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _open(sources: Sequence[Any], engine: str | None, folder: Path) -> list[Opened]:
    paths = [Path(fspath(source)).resolve() for source in sources if isinstance(source, str | PathLike)]
    backend = connect(engine, [part for path in paths for part in parts_of(path)], folder=folder)
    return [open_file(backend, path, folder, number) for number, path in enumerate(paths)]


def _rows(opened: list[Opened], columns: dict[str, Any], folder: Path) -> Rows:
    name = " and ".join(source.name for source in opened)
    first, *others = (source.table for source in opened)
    try:
        raw = joined(first, others[0], columns.get("identity")) if others else first
        layout = recognise(raw, **columns)
    except ValueError as error:
        for source in opened:  # a column that is text for a value or two would have been recognised as numbers
            _check(source, nearly(source.table))
        raise ValueError(f"{name}: {error}") from None
    needed = [*layout.predictions, layout.weight, *([layout.truth] if layout.kind == "regression" else [])]
    for source in opened:
        _check(
            source, [column for column in needed if column in source.table.columns and source.table[column].type().is_string()]
        )
    return Rows(raw, layout, canonical(raw, layout), name, folder=folder)


def _check(source: Opened, columns: Sequence[str]) -> None:
    """Refuse text in columns of numbers, with its place in the source."""
    for column in columns:
        try:
            numbers(source.table, column)
        except BadValueError as error:
            raise source.names(error) from None
