"""The engines that rows stay in: DuckDB here, which reaches nothing but the files that it is given; Spark and PostgreSQL there.

To add one: a function that returns a backend of Ibis, listed in ENGINES by the scheme of its addresses.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import tempfile
import warnings
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import ibis
from pyarrow import parquet

from explorer.rows.expressions import ROW
from explorer.rows.portable import portable
from explorer.rows.reading import watch
from explorer.rows.reading.opened import Opened, refuse

MEMORY = "LOSS_EXPLORER_MEMORY"
"""The environment variable that says how much memory DuckDB may take before it spills to the disk."""

_SPARK = re.compile(r"sc://(?P<host>\[[0-9a-f:]+\]|[^/:;]+)(:(?P<port>[0-9]{1,5}))?(/|;|$)")
_AMOUNT = re.compile(r"[0-9]+(\.[0-9]+)? ?([KMGT]i?)?B", re.IGNORECASE)


_FOLDERS: set[Path] = set()


def private_folder() -> Path:
    """Make a folder that nobody else reads; who makes it calls `remove_folder`."""
    folder = Path(tempfile.mkdtemp(prefix="loss-explorer-")).resolve()
    _FOLDERS.add(folder)
    return folder


def remove_folder(folder: Path) -> None:
    """Remove such a folder, if it is still there."""
    _FOLDERS.discard(folder)
    shutil.rmtree(folder, ignore_errors=True)


def remove_folders() -> None:
    """Remove all such folders, as a server does that a signal ends: Python's own end does not come then."""
    while _FOLDERS:
        remove_folder(next(iter(_FOLDERS)))


def connect(engine: str | None = None, files: Iterable[Path] = (), *, folder: Path | None = None, memory: str = "") -> Any:
    """Connect to an engine.

    Parameters
    ----------
    engine : str, optional
        "duckdb" or None, or an address: sc://host:port for Spark Connect, postgres://user@host:port/database.
    files : iterable of path
        The only files that DuckDB may read.
    folder : path, optional
        Where DuckDB may write too, and spill; it is removed with the connection. A new one where none is given.
    memory : str
        DuckDB's limit, such as "2GB"; empty: what LOSS_EXPLORER_MEMORY says, 2GB if it says nothing.

    Returns
    -------
    ibis.BaseBackend

    Raises
    ------
    ValueError
        If there is no such engine, or the memory is no amount.
    OSError
        If an engine elsewhere cannot be reached, or what speaks to it is not installed.
    """
    if engine in {None, "", "duckdb"}:
        return _duckdb(
            [Path(file).resolve() for file in files], folder or private_folder(), memory or os.environ.get(MEMORY, "")
        )
    scheme = str(engine).partition("://")[0]
    if scheme not in ENGINES:
        raise ValueError(f"An engine is duckdb, sc://host:port or postgres://host/database; got {engine!r}.")
    return ENGINES[scheme](str(engine))


def _duckdb(files: list[Path], folder: Path | None, memory: str) -> Any:
    if not _AMOUNT.fullmatch(memory or "2GB"):
        raise ValueError(f"{MEMORY} is an amount of memory such as 2GB or 500MB; got {memory!r}.")
    folder = folder or private_folder()
    backend = ibis.duckdb.connect(":memory:", memory_limit=memory or "2GB", temp_directory=str(folder / "spill"))
    weakref.finalize(backend, remove_folder, folder)
    backend.con = _Connection(backend.con, folder)
    for setting, value in {
        "allowed_paths": f"[{', '.join(text(form) for file in files for form in {str(file), literal(file)})}]",
        "allowed_directories": f"[{text(f'{folder}/')}]",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "python_enable_replacements": "false",  # no variable of Python is a table
        "enable_external_access": "false",
        "disabled_optimizers": "'late_materialization'",  # it writes the steps of a loss into each other, without end
        "allowed_configs": f"[{', '.join(map(text, watch.SETTINGS))}]",
        "lock_configuration": "true",
    }.items():
        backend.con.execute(f"SET {setting} = {value}")
    return backend


class _Connection:
    """A connection that several threads may use at once, as sessions do that look at the same rows.

    Each query has a cursor of its own, as a connection of DuckDB forgets one result when it is asked for the next. A cursor
    does not see temporary views, nor what was registered, of another.
    """

    def __init__(self, connection: Any, folder: Path) -> None:
        self._connection = connection
        self.folder = folder

    def __getattr__(self, name: str) -> Any:
        """Return what a new cursor has of this name."""
        cursor = self._connection.cursor()
        if watched := watch.current():
            watched.take(cursor)
        return getattr(cursor, name)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def parquet_table(backend: Any, files: Iterable[Path], name: str) -> Any:
    """Return Parquet files as a table of a DuckDB that `connect` made; all of its threads see it.

    Where no column has a name in the way, ROW numbers its rows, in the order of the files: any thread can tell a row's number,
    and to count rows only one could.
    """
    files = list(files)
    listed = f"read_parquet([{', '.join(map(pattern, files))}])"
    kept = {column[0].casefold() for column in backend.con.execute(f"DESCRIBE FROM {listed}").fetchall()}
    row = "" if kept & {ROW, *_PLACES} else f", {_number(files)} AS {identifier(ROW)}"
    backend.con.execute(f"CREATE OR REPLACE VIEW {identifier(name)} AS SELECT *{row} FROM {listed}")
    return backend.table(name)


def stored(rows: ibis.Table, size: int) -> Any:
    """Return rows of a DuckDB that `connect` made as a table in its folder, written once, from which they are read quickly.

    Where they would take more than a quarter of what is free, so many bytes, they are returned as they are.
    """
    backend = rows.get_backend()
    if size > shutil.disk_usage(backend.con.folder).free / 4:
        return rows
    query = backend.compile(portable(rows))
    file = backend.con.folder / f"{sha256(query.encode()).hexdigest()}.parquet"
    if not file.exists():
        try:
            _write(backend, query).rename(file)  # several threads may want the same
        except duckdb.IOException:
            return rows
    return parquet_table(backend, [file], file.stem)


@contextmanager
def held(rows: ibis.Table) -> Iterator[Any]:
    """Return rows of a DuckDB that `connect` made as a table that lasts as long as the block; of other engines as they are."""
    backend = rows.get_backend()
    if not isinstance(getattr(backend, "con", None), _Connection):
        yield rows
        return
    file = _write(backend, backend.compile(portable(rows)))
    try:
        yield parquet_table(backend, [file], file.stem)
    finally:
        backend.con.execute(f"DROP VIEW IF EXISTS {identifier(file.stem)}")
        file.unlink()


def _write(backend: Any, query: str) -> Path:
    """Write what a query gives into a new file."""
    made: Path = backend.con.folder / f"{uuid4().hex}.part"
    try:
        backend.con.execute(f"COPY ({query}) TO {text(made)} (FORMAT parquet, COMPRESSION uncompressed)")
    except duckdb.Error:  # stopped, or without room
        made.unlink(missing_ok=True)
        raise
    return made


_PLACES = ("file_index", "file_row_number")
"""What DuckDB calls the number of a file, and that of a row in it; a column of the file of that name takes its place."""


def _number(files: Sequence[Path]) -> str:
    """The number of a row, in SQL."""
    if len(files) == 1:
        return "CAST(file_row_number AS BIGINT)"
    rows = accumulate((parquet.read_metadata(file).num_rows for file in files[:-1]), initial=0)
    return f"CAST([{', '.join(map(str, rows))}][CAST(file_index AS BIGINT) + 1] + CAST(file_row_number AS BIGINT) AS BIGINT)"


def text(value: object) -> str:
    """Return a value as text in SQL.

    Examples
    --------
    >>> text("it's")
    "'it''s'"
    """
    return "'" + str(value).replace("'", "''") + "'"


def literal(path: Path) -> str:
    """Return a path in which DuckDB takes no letter for a pattern.

    Examples
    --------
    >>> literal(Path("scores [1].csv"))
    'scores [[]1].csv'
    """
    return re.sub(r"[\[*?]", r"[\g<0>]", str(path))


def pattern(path: Path) -> str:
    """Return such a path as text in SQL."""
    return text(literal(path))


def identifier(name: str) -> str:
    """Return a name as SQL quotes one.

    Examples
    --------
    >>> identifier('a "b" c')
    '"a ""b"" c"'
    """
    return '"' + name.replace('"', '""') + '"'


def _spark(address: str) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise OSError("Spark is reached through the package pyspark-client, which is not installed.") from None
    found = _SPARK.match(address)
    if not found:
        raise ValueError(f"Spark is at an address like sc://host:15002; got {address!r}.")
    place = found["host"].strip("[]"), int(found["port"] or 15002)
    try:  # Spark's client would try for minutes
        socket.create_connection(place, timeout=5).close()
    except OSError as error:
        raise OSError(f"{address} cannot be reached: {error.strerror or first_line(error)}.") from None
    try:
        with warnings.catch_warnings():  # tables of pandas, which it means, are never asked for
            warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
            session = SparkSession.builder.remote(address).create()
            backend = ibis.pyspark.connect(session)
    except Exception as error:  # what gRPC and Spark raise has no common class
        raise OSError(f"{address} cannot be reached: {first_line(error)}") from None
    weakref.finalize(backend, _stop, session, place)
    return backend


def _stop(session: Any, place: tuple[str, int]) -> None:
    """End a session of Spark, unless its server has gone: its client would look for that for minutes."""
    with suppress(OSError):
        socket.create_connection(place, timeout=5).close()
        session.stop()


def _postgres(address: str) -> Any:
    try:
        failed = import_module("psycopg").Error
    except ImportError:
        raise OSError("PostgreSQL is reached through the package psycopg, which is not installed.") from None
    try:
        return ibis.connect(address)
    except failed as error:
        raise OSError(f"The database cannot be reached: {first_line(error)}") from None


ENGINES = {"sc": _spark, "postgres": _postgres, "postgresql": _postgres}
"""What connects to an engine elsewhere, by the scheme of its address."""


def named(backend: Any, name: str) -> Opened:
    """Open a table that an engine elsewhere has, or Parquet files that it sees.

    Parameters
    ----------
    backend : ibis.BaseBackend
        As `connect` made it.
    name : str
        The table's name, perhaps with its schema and a dot before it; Spark takes a path with a slash for Parquet files.

    Raises
    ------
    ValueError
        If there is no such table.
    """
    schema, _, table = name.rpartition(".")
    try:
        if "/" in name and backend.name == "pyspark":
            found = backend.read_parquet(name)
        else:
            found = backend.table(table, database=schema or None)
        columns = found.columns
    except Exception as error:  # each engine raises its own
        raise refuse(name, f"cannot be opened: {first_line(error)}") from None
    if not columns:
        raise refuse(name, "has no columns.")
    return Opened(found, name)


def first_line(error: BaseException) -> str:
    """Return the first line of what an engine says, at most 300 characters, with a full stop."""
    said = next(iter(str(error).strip().splitlines()), type(error).__name__)[:300]
    return said if said.endswith(".") else f"{said}."
