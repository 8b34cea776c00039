"""Opening rows: a file, two files, or a table becomes Rows, which say what was recognised and give the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import duckdb
import ibis
from ibis.common.exceptions import IbisError

from explorer.core.losses import Loss
from explorer.rows.expressions import LISTED, ROW
from explorer.rows.layouts.canonical import canonical, in_a_list
from explorer.rows.layouts.joining import joined
from explorer.rows.layouts.layout import laid_out
from explorer.rows.layouts.names import shown
from explorer.rows.reading.arrays import table_of
from explorer.rows.reading.engine import connect, first_line, named, private_folder, remove_folder
from explorer.rows.reading.files import arrays_of, check_there, open_file, parts_of
from explorer.rows.reading.in_memory import SQLITE, in_memory
from explorer.rows.reading.numbers import BadValueError, nearly, numbers
from explorer.rows.reading.opened import Opened
from explorer.rows.report import Report
from explorer.rows.spec import Layout, NoNumbersError, Reason, Table


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

    def __init__(
        self,
        raw: ibis.Table,
        layout: Layout,
        table: Table,
        source: str,
        *,
        backend: Any = None,
        folder: Path | None = None,
    ) -> None:
        self.raw = raw
        self.layout = layout
        self.table = table
        self.source = source
        self.folder = folder
        self._backend = backend  # only one that was made for these rows

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
        if self._backend is not None:
            self._backend.disconnect()
            self._backend = None
        if self.folder is not None:
            remove_folder(self.folder)

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
        A file: CSV, TSV or JSON lines (packed with gzip too), Parquet (a folder of parts too), Arrow, NPY, NPZ, safetensors; a
        table of pandas, Polars, Arrow or Ibis. Of two, the first holds the predictions and the second the truth.
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
    TypeError
        If it is neither a path nor a table.
    """
    sources = list(path_or_table) if isinstance(path_or_table, list | tuple) else [path_or_table]
    if not 1 <= len(sources) <= 2:
        raise ValueError(f"One source is opened, or predictions and their truth; got {len(sources)}.")
    if all(isinstance(source, ibis.Table) and source.get_backend().name != SQLITE for source in sources):
        return _rows([Opened(source, "the table") for source in sources], columns)
    if any(isinstance(source, ibis.Table) and source.get_backend().name != SQLITE for source in sources):
        raise ValueError("Of two sources, one is a table of Ibis: make the other one, too, in the same engine.")
    if engine not in {None, "", "duckdb"}:
        backend = connect(engine)
        return _rows([named(backend, fspath(source)) for source in sources], columns, backend)
    folder = private_folder()
    try:
        backend, opened = _open(sources, folder)
        return _rows(opened, columns, backend, folder)
    except BaseException:
        remove_folder(folder)
        raise


def _open(sources: Sequence[Any], folder: Path) -> tuple[Any, list[Opened]]:
    """Open files, and tables in memory, in a DuckDB of their own."""
    paths = {k: Path(fspath(source)) for k, source in enumerate(sources) if isinstance(source, str | PathLike)}
    for path in paths.values():
        check_there(path, path.name)
    resolved = {k: path.resolve() for k, path in paths.items()}
    backend = connect(files=[part for path in resolved.values() for part in parts_of(path)], folder=folder)
    if len(paths) == 2 and (found := _two_of_arrays(backend, paths, folder)):
        return backend, [found]
    return backend, [
        open_file(backend, resolved[k], folder, k, name=paths[k].name) if k in paths else in_memory(backend, source, folder, k)
        for k, source in enumerate(sources)
    ]


def _two_of_arrays(backend: Any, paths: Mapping[int, Path], folder: Path) -> Opened | None:
    """Two files of arrays as one table: arrays have no identities, so their rows belong together in their order."""
    found = [arrays_of(path.resolve(), path.name, folder) for path in paths.values()]
    if any(part is None for part in found):
        return None
    name = " and ".join(path.name for path in paths.values())
    return table_of(backend, [array for part in found for array in part or []], name, folder / "rows_0.parquet")


def _rows(opened: list[Opened], columns: dict[str, Any], backend: Any = None, folder: Path | None = None) -> Rows:
    """Rows of sources that are read: what is recognised in them, and every number of them checked."""
    name = " and ".join(source.name for source in opened)
    with _faults_named(opened, name):
        raw, layout = _recognised([source.table.drop(*{LISTED} & set(source.table.columns)) for source in opened], columns)
    used = {layout.truth, layout.weight, *layout.predictions}
    notes = {column: note for source in opened for column, note in source.notes.items() if column in used}
    said = [Reason("numbers", shown(columns), f"their numbers {note}.") for note, columns in _by_note(notes).items()]
    layout = replace(layout, reasons=(*layout.reasons, *said))
    needed = [*layout.predictions, layout.weight, *([layout.truth] if layout.kind == "regression" else [])]
    for source in opened:
        kinds = source.table.schema()
        _check(source, [column for column in needed if column in kinds and kinds[column].is_string()])
    raw = _with_lists(raw, layout)
    return Rows(raw, layout, canonical(raw, layout), name, backend=backend, folder=folder)


def _recognised(tables: Sequence[ibis.Table], columns: dict[str, Any]) -> tuple[ibis.Table, Layout]:
    """One table, or predictions and truth in whichever order, and which columns are what."""
    if len(tables) == 1:
        return laid_out(tables[0], **columns)
    first, other = tables
    raw, layout = laid_out(joined(first, other, columns.get("identity")), **columns)
    second = _stand_second(layout, first, other)
    if columns or not (second or _are_exchanged(layout)):
        return raw, layout
    raw, layout = laid_out(joined(other, first))
    what = "only the second holds predictions" if second else f"only the first holds classes alone in {layout.truth!r}"
    swapped = Reason("order", "truth, predictions", f"{what}, so that the first is the truth.")
    return raw, replace(layout, reasons=(*layout.reasons, swapped))


@contextmanager
def _faults_named(opened: Sequence[Opened], name: str) -> Iterator[None]:
    """Say of what goes wrong as rows are recognised in which of the sources it is, and where there."""
    try:
        yield
    except BadValueError as error:
        for source in opened:  # where the value stands there, which a join does not know
            _check(source, [column for column in source.table.columns if column == error.column])
        raise opened[0].names(error) from None
    except NoNumbersError as error:
        raise NoNumbersError(error.column, error.count, name) from None
    except ValueError as error:
        for source in opened:  # a column that is text for a value or two would have been recognised as numbers
            _check(source, nearly(source.table))
        raise ValueError(f"{name}: {error}") from None
    except IbisError as error:
        raise ValueError(f"{name}: its engine cannot compute what is asked of it: {first_line(error)}") from None
    except duckdb.Error as error:  # a part of a file that is damaged within
        raise ValueError(f"{name} cannot be read: {first_line(error)}") from None


def _with_lists(raw: ibis.Table, layout: Layout) -> ibis.Table:
    """Rows with the columns of very many classes as a list beside them, which a view says once, in a DuckDB of our own."""
    if not layout.wide or len(layout.predictions) == 1 or ROW not in raw.columns:
        return raw
    return raw.get_backend().create_view(ibis.util.gen_name("lists"), raw.mutate(**{LISTED: in_a_list(raw, layout)}))


def _are_exchanged(layout: Layout) -> bool:
    """Whether what should be the truth has fractions, and predictions of the same name are all 0 or 1."""
    decided = any(
        reason.about == "kind" and f"targets in {layout.predictions[0]!r}" in reason.others for reason in layout.reasons
    )
    return decided and layout.predictions == (f"{layout.truth}_prediction",)


def _stand_second(layout: Layout, first: ibis.Table, second: ibis.Table) -> bool:
    """Whether all predictions stand in the second of two tables, and the truth in the first."""
    return {*layout.predictions} <= {*second.columns} - {*first.columns} and layout.truth in first.columns


def _by_note(notes: Mapping[str, str]) -> dict[str, list[str]]:
    return {note: [column for column in notes if notes[column] == note] for note in notes.values()}


def _check(source: Opened, columns: Sequence[str]) -> None:
    """Refuse text in columns of numbers, with its place in the source."""
    for column in columns:
        try:
            numbers(source.table, column)
        except BadValueError as error:
            raise source.names(error) from None
