"""Files of rows, and tables in memory: each becomes a raw table of Ibis, or is refused with one sentence.

To add a format: a function in READERS, and what its files begin with or end on in `kind_of`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from explorer.rows.delimited import delimited
from explorer.rows.engine import first_line
from explorer.rows.opened import Opened, distinct, refuse

Reader = Callable[[Any, Path, str, Path, Path], Opened]
"""What reads a file: of the backend, the file, its name, the private folder and a Parquet file to be made there."""


def kind_of(path: Path, name: str) -> str:
    """Return which format a file has: what it begins with counts, and its suffix only where that says nothing.

    Raises
    ------
    ValueError
        If it is none that is read.
    """
    with path.open("rb") as file:
        start = file.read(8)
    if start[:4] == b"PAR1" or path.is_dir():
        return "parquet"
    return "delimited"


def parquet(backend: Any, path: Path, name: str, folder: Path, made: Path) -> Opened:
    """Read a Parquet file, or a folder of parts, where it is."""
    parts = parts_of(path)
    if not parts:
        raise refuse(name, "holds no Parquet files.")
    try:
        table = backend.read_parquet([str(part) for part in parts], table_name=made.stem)
        rows = int(table.count().to_pyarrow().as_py())
    except duckdb.Error as error:
        raise refuse(name, f"is no whole Parquet file: {first_line(error)}") from None
    distinct(name, list(table.columns))
    if not rows:
        raise refuse(name, "holds no rows.")
    return Opened(table, name)


def parts_of(path: Path) -> list[Path]:
    """Return the file itself, or the Parquet files of a folder by their names; links and hidden ones are left out."""
    if not path.is_dir():
        return [path]
    found = sorted(part for part in path.rglob("*") if part.suffix.lower() in {".parquet", ".pq"})
    return [part for part in found if part.is_file() and not part.is_symlink() and not _hidden(part.relative_to(path))]


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)


READERS: dict[str, Reader] = {"delimited": delimited, "parquet": parquet}


def open_file(backend: Any, path: Path, folder: Path, number: int = 0, *, name: str = "") -> Opened:
    """Open a file of rows.

    Parameters
    ----------
    backend : ibis.BaseBackend
        DuckDB, as `engine.connect` made it for this file and folder.
    path : path
        The file, or a folder of Parquet files.
    folder : path
        Where DuckDB may write.
    number : int
        Which of the files of this backend it is.
    name : str
        What the file is called, if not as in path.

    Raises
    ------
    ValueError
        If it is no file of rows: what is wrong, and where.
    OSError
        If it cannot be read.
    """
    name = name or path.name
    if not path.exists():
        raise FileNotFoundError(f"{name} does not exist.")
    kind = "parquet" if path.is_dir() else kind_of(path, name)
    return READERS[kind](backend, path, name, folder, folder / f"rows_{number}.parquet")
