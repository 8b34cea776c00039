"""An opened source: its raw table, and where in the source a row stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import ibis

from explorer.rows.reading.numbers import BadValueError


def _by_row(row: int) -> str:
    return f"row {row} (the first is 0)"


@dataclass(frozen=True)
class Opened:
    """One source of rows, opened.

    Attributes
    ----------
    table : ibis.Table
        Its rows, in their order, under the names that they have there.
    name : str
        What the source is called, as a person knows it.
    where : callable
        A row, from 0, to the words that say where it stands.
    notes : mapping
        Column -> what was done to read numbers from its text, as the end of a sentence.
    """

    table: ibis.Table
    name: str
    where: Callable[[int], str] = _by_row
    notes: Mapping[str, str] = field(default_factory=dict)

    def names(self, error: BadValueError) -> ValueError:
        """Return the error that names the source and the place of a bad value."""
        return ValueError(f"{self.name}, {self.where(error.row)}, column {error.column!r}: {error.said}")


def refuse(name: str, said: str) -> ValueError:
    """Return the error that says in one sentence what is wrong with a source.

    Examples
    --------
    >>> refuse("scores.csv", "is empty.")
    ValueError('scores.csv is empty.')
    """
    return ValueError(f"{name} {said}")


def distinct(name: str, columns: list[str], most: int = 20_000) -> None:
    """Raise ValueError for names alike but for upper and lower case, for too many columns, and for a name with a NUL byte."""
    if len(columns) > most:
        raise refuse(name, f"has {len(columns)} columns; at most {most} are read.")
    if nul := [column for column in columns if "\0" in column]:
        raise refuse(name, f"has a NUL byte in the name of the column {nul[0]!r}.")
    seen: dict[str, str] = {}
    for column in columns:
        other = seen.get(column.lower())
        if other is not None:
            alike = repr(column) if other == column else f"{other!r} and {column!r}, alike but for upper and lower case"
            raise refuse(name, f"has two columns called {alike}: give each a name of its own.")
        seen[column.lower()] = column
