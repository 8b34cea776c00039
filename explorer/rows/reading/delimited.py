"""CSV and the like: detects how a file is written, turns it into Parquet, and says what is wrong with a broken one.

DuckDB reads; what it says about a file that it cannot read is put aside, and the file is gone through once more for the line.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from explorer.rows.reading.engine import first_line, identifier, parquet_table, pattern, text
from explorer.rows.reading.numbers import MISSING
from explorer.rows.reading.opened import Opened, distinct, refuse
from explorer.rows.reading.written import cleaned, forms_of

LONGEST = 2_000_000
"""The longest line that is read, in bytes."""

RARE = 8
"""In Western languages fewer than one letter in so many is none of ASCII."""
_HEAD = 1_000_000
_DELIMITERS = (",", "\t", ";", "|")


@dataclass(frozen=True)
class Dialect:
    """How a file is written.

    Attributes
    ----------
    delimiter : str
        What stands between two values.
    header : bool
        Whether the first line holds names.
    columns : tuple of str
        The names; made up where there are none.
    comma : bool
        Whether numbers have a decimal comma.
    skipped : int
        How many lines stand before the first record: empty ones, comments, and what tells Excel the delimiter.
    """

    delimiter: str
    header: bool
    columns: tuple[str, ...]
    comma: bool = False
    skipped: int = 0


def dialect(path: Path, name: str) -> Dialect:
    """Find out how a file is written from its first lines.

    Raises
    ------
    ValueError
        If it is empty, or its first lines are no text in UTF-8.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD + LONGEST)
    if not head.strip():
        raise refuse(name, "is empty.")
    complete = head if len(head) < _HEAD else head[: head.rfind(b"\n") + 1 or len(head)]
    for number, line in enumerate(complete.splitlines()[:1000], start=1):
        _readable(line, number, name)
    start = complete.decode("utf-8-sig", errors="replace")
    skipped, told = _preamble(start)
    start = "".join(start.splitlines(keepends=True)[skipped:])
    written = told or max(_DELIMITERS, key=lambda delimiter: _likely(start, delimiter))
    if _likely(start, written)[1] < 2 and _likely(start, " ")[0] == 1:
        written = " "
    first, *others = _records(start, written, 1000) or [[""]]
    header = _is_header(first, others[0] if others else [])
    columns = [cell.strip() or f"Unnamed: {k}" for k, cell in enumerate(first)] if header else _made_up(len(first))
    distinct(name, columns)
    comma = written != "," and any(re.fullmatch(r"[-+]?\d+,\d+", cell.strip()) for record in others for cell in record)
    return Dialect(written, header, tuple(columns), comma, skipped)


def _preamble(start: str) -> tuple[int, str]:
    """How many lines stand before the first record, and the delimiter where one of them tells it."""
    lines = start.splitlines()
    counts = [max(line.count(delimiter) for delimiter in _DELIMITERS) for line in lines[:50]]
    usual = next((count for line, count in zip(lines, counts, strict=False) if line.strip() and line[:1] != "#"), 0)
    skipped, told = 0, ""
    for line, count in zip(lines, counts, strict=False):
        if found := re.fullmatch(r'"?sep=(.)"?', line.strip()) if not told else None:
            told = found[1]
        elif line.strip() and not (line.startswith("#") and (count != usual or not count)):
            break
        skipped += 1
    return (skipped, told) if skipped < len(lines) else (0, "")


def _made_up(count: int) -> list[str]:
    return [f"column_{k}" for k in range(1, count + 1)]


def _records(start: str, delimiter: str, most: int) -> list[list[str]]:
    found: list[list[str]] = []
    with suppress(csv.Error):  # what stands before the error is enough to go by
        found.extend(islice((record for record in csv.reader(io.StringIO(start), delimiter=delimiter) if record), most))
    return found


def _likely(start: str, delimiter: str) -> tuple[float, int]:
    """How many of the first records have as many values as the first, if that is more than one; and how many values."""
    widths = [len(record) for record in _records(start, delimiter, 20)]
    if not widths or widths[0] < 2:
        return 0.0, 0
    return Counter(widths)[widths[0]] / len(widths), widths[0]


def _is_number(cell: str) -> bool:
    try:
        float(cell.strip().replace(",", "."))
    except ValueError:
        return False
    return True


def _is_header(first: list[str], second: list[str]) -> bool:
    """Whether a record holds names: none is a number, numbers stand below one that is none, or they count classes."""
    counted = [int(cell) for cell in first if cell.strip().isdecimal()]
    if not any(map(_is_number, first)):
        return True
    if any(not _is_number(above) and _is_number(below) for above, below in zip(first, second, strict=False)):
        return True
    consecutive = counted in (list(range(len(counted))), list(range(1, len(counted) + 1)))
    return consecutive and len(counted) >= (3 if len(counted) == len(first) else 2)


def delimited(backend: Any, path: Path, name: str, folder: Path, made: Path) -> Opened:
    """Read a file of delimited values into a Parquet file.

    Parameters
    ----------
    backend : ibis.BaseBackend
        DuckDB.
    path, name : path, str
        The file, and what it is called.
    folder : path
        Where DuckDB may write.
    made : path
        The Parquet file, in folder.

    Raises
    ------
    ValueError
        If the file is broken: which line, and what was expected.
    """
    path = plain(path, folder / f"{made.stem}.text", name)
    how = dialect(path, name)
    try:
        try:
            _copy(backend, path, how, made, types=True)
        except duckdb.ConversionException:  # beyond the rows by which types are told: all as text, and told from all rows
            _copy(backend, path, how, made, types=False)
    except duckdb.Error as error:
        said = first_line(error).replace(str(path), name)
        raise refuse(name, fault(path, how) or f"cannot be read: {said}") from None
    table = parquet_table(backend, [made], made.stem)
    if _has_nul(backend, table):
        raise refuse(name, fault(path, how) or "has a NUL byte: it is no text.")
    table, notes = typed(table, name, comma=how.comma)
    return Opened(table, name, lambda row: f"line {line_of(path, how, row)}", notes)


def plain(path: Path, target: Path, name: str) -> Path:
    """Return a file of text in UTF-8 with usual ends of lines: the file itself, or what is written to target.

    Raises
    ------
    ValueError
        If it is broken UTF-16.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    wide = head[:2] in {b"\xff\xfe", b"\xfe\xff"}
    western = not wide and _is_western(head)
    if not wide and not western and not _has_other_ends(head):
        return path
    encoding, errors = ("utf-16", "strict") if wide else ("cp1252", "strict") if western else ("utf-8", "surrogateescape")
    try:
        with (
            path.open(encoding=encoding, errors=errors) as source,
            target.open("w", encoding="utf-8", errors=errors) as written,
        ):
            while block := source.read(_HEAD):  # all ends of lines become usual ones
                written.write(block)
    except UnicodeError as error:
        said = "is broken text in UTF-16" if wide else "is no text in UTF-8, and none in Windows-1252 either"
        raise refuse(name, f"{said}: {first_line(error)}") from None
    return target


def _has_other_ends(head: bytes) -> bool:
    r"""Whether lines end otherwise than all by \n or all by \r\n: a spreadsheet has \n within its cells beside \r\n."""
    ends, both = head.count(b"\n"), head.count(b"\r\n")
    return b"\r" in head and (not ends or ends != both)


def _is_western(head: bytes) -> bool:
    """Whether text is of Windows-1252, as spreadsheets save it: no two of its special letters make one of UTF-8."""
    if head.isascii() or b"\0" in head or re.search(rb"[\xc2-\xf4][\x80-\xbf]", head):
        return False
    with suppress(UnicodeDecodeError):
        special = [letter for letter in head.decode("cp1252") if not letter.isascii()]
        return len(special) < len(head) / RARE and all(letter.isalpha() or letter in "€°%«»„“”’–±µ²³" for letter in special)
    return False


def _copy(backend: Any, path: Path, how: Dialect, made: Path, *, types: bool) -> None:
    options = {
        "delim": text(how.delimiter),
        "quote": text('"'),
        "escape": text('"'),
        "header": str(how.header).lower(),
        "skip": str(how.skipped),
        "names": f"[{', '.join(map(text, how.columns))}]",
        "comment": text(""),
        "decimal_separator": text("," if how.comma else "."),
        "max_line_size": str(LONGEST),
        "auto_type_candidates": "['BOOLEAN', 'BIGINT', 'DOUBLE', 'VARCHAR']",  # else a column of infinities is one of dates
        "all_varchar": str(not types).lower(),
        "strict_mode": "true",
        "null_padding": "false",
    }
    said = ", ".join(f"{option} = {value}" for option, value in options.items())
    backend.con.execute(f"COPY (SELECT * FROM read_csv({pattern(path)}, {said})) TO {text(made)} (FORMAT parquet)")


def _has_nul(backend: Any, table: Any) -> bool:
    columns = [column for column, kind in table.schema().items() if kind.is_string()]
    found = " OR ".join(f"contains({identifier(column)}, chr(0))" for column in columns) or "false"
    return bool(backend.con.execute(f"SELECT bool_or({found}) FROM {identifier(table.get_name())}").fetchone()[0])


def typed(table: Any, name: str, *, comma: bool = False) -> tuple[Any, dict[str, str]]:
    """Give columns of text that hold numbers, but for words that stand for missing ones, their type.

    Parameters
    ----------
    table : ibis.Table
    name : str
        What the file is called.
    comma : bool
        Whether its numbers have a decimal comma.

    Returns
    -------
    ibis.Table, dict
        The table, and of columns whose numbers are written otherwise how they are, as `Opened.notes`.

    Raises
    ------
    ValueError
        If there is no row.
    """
    columns = [column for column, kind in table.schema().items() if kind.is_string()]
    asked = {"rows": table.count()}
    for k, column in enumerate(columns):
        word = table[column].strip().lower()
        given = ~word.isin(MISSING)
        asked[f"given_{k}"] = given.sum()
        asked[f"whole_{k}"] = word.re_search("^[-+]?[0-9]{1,18}$").sum()  # a cast would round
        asked[f"number_{k}"] = (given & word.try_cast("float64").notnull()).sum()
    found = table.aggregate(**asked).to_pyarrow().to_pylist()[0]
    if not found["rows"]:
        raise refuse(name, "holds names of columns and no rows." if table.columns else "holds no rows.")
    casts = {}
    for k, column in enumerate(columns):
        given = found[f"given_{k}"]
        if given and found[f"number_{k}"] == given and not (comma and _points(table, column)):
            kind = "int64" if found[f"whole_{k}"] == given else "float64"
            casts[column] = table[column].strip().try_cast(kind)
    forms = forms_of(table, [column for column in columns if column not in casts])
    casts |= {column: form.number(cleaned(table[column])) for column, form in forms.items()}
    return (table.mutate(**casts) if casts else table), {column: form.note for column, form in forms.items()}


def _points(table: Any, column: str) -> bool:
    """Whether numbers have a point, which in a file with decimal commas stands between thousands."""
    return bool(table.aggregate(points=table[column].contains(".").any()).to_pyarrow().to_pylist()[0]["points"])


def _readable(line: bytes, number: int, name: str) -> None:
    said = _unreadable(line, number)
    if said:
        raise refuse(name, said)


def _unreadable(line: bytes, number: int) -> str:
    if len(line) > LONGEST:
        return f"has more than {LONGEST:,} bytes in line {number}: it is no file of rows."
    if b"\0" in line:
        return f"has a NUL byte in line {number}: it is no text."
    try:
        line.decode()
    except UnicodeDecodeError as error:
        return f"has in line {number} a byte, {line[error.start]:#04x}, that is not UTF-8: save it as UTF-8."
    return ""


class _FaultError(Exception):
    """What is wrong with a line."""


def _lines(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST + 1):
            number += 1
            if said := _unreadable(line, number):
                raise _FaultError(said)
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")


def fault(path: Path, how: Dialect) -> str:
    """Return what is wrong with the first broken line, as the end of a sentence; "" if nothing is found."""
    start = how.skipped + 1
    try:
        reader = csv.reader(islice(_lines(path), how.skipped, None), delimiter=how.delimiter, strict=True)
        for record in reader:
            if len(record) != len(how.columns) and record:
                return (
                    f"has {len(record)} {'value' if len(record) == 1 else 'values'} in line {start};"
                    f" {len(how.columns)} were expected, as in its first line."
                )
            start = how.skipped + reader.line_num + 1
    except _FaultError as error:
        return str(error)
    except csv.Error as error:
        return f"has in line {start} what is no row of values: {error}."
    return ""


def line_of(path: Path, how: Dialect, row: int) -> int:
    """Return the line, from 1, at which a row, from 0, begins."""
    reader = csv.reader(islice(_lines(path), how.skipped, None), delimiter=how.delimiter)
    left = row + how.header
    start = how.skipped + 1
    for record in reader:
        if record or len(how.columns) == 1:  # elsewhere an empty line is no row
            if not left:
                break
            left -= 1
        start = how.skipped + reader.line_num + 1
    return start
