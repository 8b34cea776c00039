"""Columns that sum up other columns by slots, as a chart of bins does. `pool.js` does the same in a browser.

A program's numbers are means over the rows of a data set. Where a chart needs a quotient of such means, or one for each of some
bins, its program takes the bins as rows instead, and a Pool says how these come of the many.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from explorer.core.checks import FloatArray
from explorer.core.digits import exact_text
from explorer.core.numbers import LARGEST
from explorer.core.program import Program


@dataclass(frozen=True)
class Pool:
    """How a short data set comes of a long one.

    Attributes
    ----------
    program : Program
        Computes what is summed.
    rows : mapping
        Input of the program -> column of the long data set, shape (rows,). Its other inputs are numbers.
    slot : str
        The step that says to which slot a row belongs: a whole number from 0. One that is no slot's leaves the row out.
    size : int
        How many slots there are.
    sums : mapping
        Column of the short data set -> the step that is summed to it.
    place : str
        The column of the short data set that holds the slots' numbers, from 0.
    """

    program: Program
    rows: Mapping[str, Sequence[float]]
    slot: str
    size: int
    sums: Mapping[str, str]
    place: str = "place"

    @property
    def steps(self) -> tuple[str, ...]:
        """What is computed for each row."""
        return tuple(dict.fromkeys((self.slot, *self.sums.values())))

    @property
    def needs(self) -> tuple[str, ...]:
        """The numbers that the short data set depends on."""
        return tuple(symbol.name for symbol in self.program.inputs_of(self.steps) if symbol.name not in self.rows)

    def columns(self, values: Mapping[str, float]) -> dict[str, FloatArray]:
        """Return the short data set at some numbers: each column, shape (size,)."""
        given: dict[str, Any] = {symbol.name: values[symbol.name] for symbol in self.program.inputs if symbol.name in values}
        given |= {name: np.asarray(column, dtype=np.float64) for name, column in self.rows.items()}
        found = self.program.evaluate(given, self.steps)
        length = len(next(iter(self.rows.values())))
        slots = np.broadcast_to(found[self.slot], length)
        kept = (slots >= 0) & (slots < self.size) & (slots == np.floor(slots))
        where = slots[kept].astype(np.intp)
        summed = {
            column: np.asarray(np.bincount(where, np.broadcast_to(found[step], length)[kept], self.size), dtype=np.float64)
            for column, step in self.sums.items()
        }
        return {self.place: np.arange(self.size, dtype=np.float64), **summed}

    def declaration(self) -> dict[str, Any]:
        """Return what a browser needs of it besides the program, as JSON has it."""
        return {
            "rows": {name: [_said(float(value)) for value in column] for name, column in self.rows.items()},
            "slot": self.slot,
            "size": self.size,
            "sums": dict(self.sums),
            "place": self.place,
            "needs": list(self.needs),
        }


def _said(value: float) -> float | int | str:
    """A number as JSON has it, in few characters; text where JSON has none."""
    if not math.isfinite(value):
        return exact_text(value)
    return int(value) if value.is_integer() and abs(value) < LARGEST else value
