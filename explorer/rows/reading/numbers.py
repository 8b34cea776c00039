"""Columns of numbers that came as text: every value must be a number, or the first that is not is named."""

from __future__ import annotations

from typing import Any

import ibis

MISSING = ("", "na", "n/a", "#n/a", "<na>", "nan", "null", "none", "nil", "missing", "\\n", "-", "?", ".")
"""What stands for a missing number in a column of text, in lower case."""


class BadValueError(ValueError):
    """A value that is not what its column needs; what knows the file puts its name and line before `said`.

    Attributes
    ----------
    row : int
        Which row of the table, from 0.
    column : str
        Which column.
    said : str
        What it is and what was expected.
    """

    def __init__(self, row: int, column: str, said: str) -> None:
        super().__init__(f"row {row} (the first is 0), column {column!r}: {said}")
        self.row = row
        self.column = column
        self.said = said


def numbers(table: ibis.Table, column: str) -> Any:
    """Return a column as doubles; what stands for a missing number, such as NA, is NULL.

    Only where the column is text does this ask the engine, once.

    Raises
    ------
    BadValueError
        If a value is text that is no number: the first such.
    ValueError
        If the column holds neither numbers nor text.
    """
    values = table[column]
    kind = values.type()
    if kind.is_numeric() or kind.is_boolean():
        return values.cast("float64")
    if kind.is_null():
        return values.cast("string").cast("float64")
    if not kind.is_string():
        raise ValueError(f"The column {column!r} holds {kind}; numbers were expected.")
    asked = table.select(row=ibis.row_number(), value=values)
    words = asked.value.strip().lower()
    bad = asked.filter(asked.value.notnull() & ~words.isin(MISSING) & asked.value.strip().try_cast("float64").isnull())
    first = bad.order_by("row").limit(1).to_pyarrow().to_pylist()
    if first:
        shown = repr(first[0]["value"][:80])
        raise BadValueError(int(first[0]["row"]), column, f"a number was expected; got {shown}.")
    stripped = values.strip()
    return ibis.ifelse(stripped.lower().isin(MISSING), ibis.null("string"), stripped).cast("float64")


def nearly(table: ibis.Table) -> list[str]:
    """Return the columns of text of whose values most, but not all, are numbers."""
    columns = [column for column, kind in table.schema().items() if kind.is_string()]
    asked = {}
    for k, column in enumerate(columns):
        word = table[column].strip().lower()
        given = ~word.isin(MISSING)
        asked[f"given_{k}"] = given.sum()
        asked[f"number_{k}"] = (given & word.try_cast("float64").notnull()).sum()
    found = table.aggregate(**asked).to_pyarrow().to_pylist()[0] if asked else {}
    counts = [(column, found[f"number_{k}"] or 0, found[f"given_{k}"] or 0) for k, column in enumerate(columns)]
    return [column for column, of_numbers, given in counts if given / 2 < of_numbers < given]
