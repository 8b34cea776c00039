"""JSON lines, or one list of objects, turned into Parquet; says which line is broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from explorer.rows.expressions import is_nested, own_columns, token_list
from explorer.rows.reading.candidates import has_candidates, without_candidates
from explorer.rows.reading.delimited import typed
from explorer.rows.reading.engine import first_line, identifier, parquet_table, pattern, text
from explorer.rows.reading.opened import Opened, distinct, refuse

LONGEST = 16_000_000
"""The longest line that is read, in bytes."""

DEEPEST = 64
"""How many lists and objects may stand in each other. DuckDB falls over some thousands, and takes long for some hundreds."""


def json_lines(backend: Any, path: Path, name: str, folder: Path, made: Path) -> Opened:
    """Read a file of JSON into a Parquet file; the arguments are those of `files.Reader`.

    Raises
    ------
    ValueError
        If the file is broken: which line, and what was expected.
    """
    with path.open("rb") as file:
        start = file.read(1_000_000).removeprefix(b"\xef\xbb\xbf").strip()
    is_list = start[:1] == b"["
    if is_list and start[1:].strip() == b"]":
        raise refuse(name, "holds no rows.")
    check_nesting(path, name, lines=not is_list)
    if has_candidates(path):
        try:
            path = without_candidates(path, folder / f"{made.stem}.json", is_list=is_list)
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise refuse(name, ("" if is_list else fault(path)) or f"is no whole JSON: {first_line(error)}") from None
        except ValueError as error:
            raise refuse(name, str(error)) from None
    try:
        try:
            _copy(backend, path, name, made, is_list=is_list, sample=20_480)
        except duckdb.Error:  # a type, or a name, that only later rows have
            _copy(backend, path, name, made, is_list=is_list, sample=-1)
    except duckdb.Error as error:
        said = first_line(error).replace(str(path), name)
        raise refuse(name, ("" if is_list else fault(path)) or f"cannot be read: {said}") from None
    held = parquet_table(backend, [made], made.stem)
    if not is_list and _holds_columns(held):
        if _are_as_long(held):
            unnested = ", ".join(f"unnest({identifier(column)}) AS {identifier(column)}" for column in own_columns(held))
            made = made.with_name(f"{made.stem}_columns.parquet")
            backend.con.execute(f"COPY (SELECT {unnested} FROM {identifier(held.get_name())}) TO {text(made)} (FORMAT parquet)")
            table, notes = typed(parquet_table(backend, [made], made.stem), name)
            return Opened(table, name, notes=notes)
        raise refuse(
            name, "is one object of columns; an object a row was expected, as pandas writes with orient='records', lines=True."
        )
    table, notes = typed(parquet_table(backend, [made], made.stem), name)
    opened = Opened(table, name, notes=notes)
    return opened if is_list else replace(opened, where=lambda row: f"line {line_of(path, row)}")


def _holds_columns(table: Any) -> bool:
    """Whether there is one row, of lists or objects that are no log probabilities of tokens."""
    columns = [table[name] for name in own_columns(table)]
    nested = all(is_nested(column) and token_list(column) is None for column in columns)
    listed = all(column.type().is_array() for column in columns)
    return len(columns) > 1 and (nested or listed) and int(table.limit(2).count().to_pyarrow().as_py()) == 1


def _are_as_long(table: Any) -> bool:
    """Whether all columns hold lists, of one length."""
    columns = [table[name] for name in own_columns(table)]
    if not all(column.type().is_array() for column in columns):
        return False
    lengths = table.select(**{f"c{k}": column.length() for k, column in enumerate(columns)}).to_pyarrow().to_pylist()[0]
    return len(set(lengths.values())) == 1


def _copy(backend: Any, path: Path, name: str, made: Path, *, is_list: bool, sample: int) -> None:
    shape = "array" if is_list else "newline_delimited"
    read = (
        f"read_json({pattern(path)}, format = '{shape}', records = true, sample_size = {sample}, maximum_depth = {DEEPEST},"
        f" map_inference_threshold = -1, maximum_object_size = {LONGEST})"
    )
    kinds = {row[0]: row[1] for row in backend.con.execute(f"DESCRIBE FROM {read}").fetchall()}
    distinct(name, list(kinds))
    columns = ", ".join(_column(column, kind) for column, kind in kinds.items())
    backend.con.execute(f"COPY (SELECT {columns} FROM {read}) TO {text(made)} (FORMAT parquet)")


def _column(column: str, kind: str) -> str:
    """A column as it is; where its values have several types, as text."""
    quoted = identifier(column)
    return f"{quoted} ->> '$' AS {quoted}" if kind == "JSON" else quoted


def nesting(data: bytes, depth: int = 0, quoted: bool = False) -> tuple[int, int, bool]:
    """Return how deep lists and objects stand in each other, and how deep it is, and whether within a text, at the end.

    Examples
    --------
    >>> nesting(b'{"a": [[1], "]]]["]')
    (3, 1, False)
    """
    letters = np.frombuffer(re.sub(rb"\\.", b"", data, flags=re.DOTALL), np.uint8)
    quotes = letters == ord('"')
    within = (np.cumsum(quotes) + quoted) % 2 == 1
    opened = (letters == ord("[")) | (letters == ord("{"))
    closed = (letters == ord("]")) | (letters == ord("}"))
    steps = np.where(within, 0, opened.astype(np.int64) - closed)
    depths = depth + np.cumsum(steps)
    if not depths.size:
        return depth, depth, quoted
    return int(depths.max()), int(depths[-1]), bool(within[-1])


def check_nesting(path: Path, name: str, *, lines: bool) -> None:
    """Raise ValueError if lists and objects stand in each other deeper than DuckDB bears, or a line is too long."""
    depth, quoted = 0, False
    for number, line in enumerate(_lines(path) if lines else _blocks(path), start=1):
        if len(line) > LONGEST:
            raise refuse(name, f"has more than {LONGEST:,} bytes in line {number}: it is no file of rows.")
        if lines and line.count(b"[") + line.count(b"{") <= DEEPEST:
            continue
        deepest, depth, quoted = nesting(line) if lines else nesting(line, depth, quoted)
        if deepest > DEEPEST:
            where = f" in line {number}" if lines else ""
            raise refuse(name, f"has more than {DEEPEST} lists and objects in each other{where}; rows are flatter.")


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while line := file.readline(LONGEST + 1):
            yield line


def _blocks(path: Path, size: int = 1_000_000) -> Iterator[bytes]:
    """Blocks of a file of which none ends between a backslash and what follows it."""
    with path.open("rb") as file:
        while block := file.read(size):
            while block.endswith(b"\\") and len(block) <= LONGEST and (more := file.read(1)):
                block += more
            yield block


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise KeyError(twice)
    return found


def fault(path: Path) -> str:
    """Return what is wrong with the first broken line, as the end of a sentence; "" if nothing is found."""
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line, object_pairs_hook=_unique)
        except json.JSONDecodeError as error:
            return f"has no whole JSON object in line {number}: {error.msg} at letter {error.pos + 1}."
        except UnicodeDecodeError as error:
            return f"has in line {number} a byte, {line[error.start]:#04x}, that is not UTF-8: save it as UTF-8."
        except KeyError as error:
            return f"has the name {error.args[0]!r} twice in one object in line {number}."
        if not isinstance(found, dict):
            return f"has no object in line {number}; an object a line was expected."
    return ""


def line_of(path: Path, row: int) -> int:
    """Return the line, from 1, at which a row, from 0, stands."""
    numbers = (number for number, line in enumerate(_lines(path), start=1) if line.strip())
    return next((number for k, number in enumerate(numbers) if k == row), row + 1)
