"""A batch of examples as a table: its cells as typed, its results as numbers that move."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TableRow:
    """One row of the table.

    cells holds the text as typed, one per column; results holds markup, one per result column, as `quantity` makes it;
    note is a sentence shown below the row, "" for none; choosable says whether the row can be chosen.
    """

    cells: tuple[str, ...]
    results: tuple[str, ...] = ()
    note: str = ""
    choosable: bool = True


@dataclass(frozen=True)
class Table:
    """The table.

    Attributes
    ----------
    key : str
    label : str
        What it holds, for those who do not see it.
    columns, results : tuple of str
        The headings of the cells, then of the results.
    rows : tuple of TableRow
        At least one.
    chosen : int
        The row that the sliders hold.
    live : tuple of str or None
        For each column the input that the chosen row's cell follows.
    """

    key: str
    label: str
    columns: tuple[str, ...]
    results: tuple[str, ...]
    rows: tuple[TableRow, ...]
    chosen: int
    live: tuple[str | None, ...]
