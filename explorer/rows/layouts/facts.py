"""What the numbers of predictions look like: one query on a sample of the rows."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass

import ibis

from explorer.rows.expressions import as_double, balanced, constant, is_whole, number
from explorer.rows.layouts.search import Search
from explorer.rows.portable import answer
from explorer.rows.spec import WIDE


@dataclass(frozen=True)
class Facts:
    """What a sample of predictions looks like.

    Attributes
    ----------
    rows, filled : int
        Rows, and those of them with all predictions.
    low, high : float or None
        The smallest and the largest prediction; None where there is none. Infinities count.
    inside : float
        Which share of rows has all predictions between 0 and 1.
    add_up : float
        Which share of rows adds to 1 within 0.001.
    percent : float
        Which share of rows adds to 100 within 0.1, or, of a single prediction, is above 1 and at most 100.
    rounded : tuple of float
        Which share of rows adds to 1 but for rounding to 2, and to 3, decimals.
    whole : float
        Which share of single predictions is a whole number.
    lengths : tuple of int
        The shortest and the longest list, or the number of columns twice.
    """

    rows: int
    filled: int
    low: float | None
    high: float | None
    inside: float
    add_up: float
    percent: float
    rounded: tuple[float, float]
    whole: float
    lengths: tuple[int, int]

    @property
    def range(self) -> str:
        """From where to where predictions go, in words."""
        return f"from {self.low:.4g} to {self.high:.4g}"


def facts_of(search: Search, columns: Sequence[str]) -> Facts:
    """Ask the sample once for all that decides about predictions."""
    sample = search.sample
    several = len(columns) > 1 or search.is_list(columns[0])
    if search.is_list(columns[0]) or len(columns) > WIDE:
        listed = sample[columns[0]] if search.is_list(columns[0]) else ibis.array([as_double(sample[name]) for name in columns])
        low, high, total, length = listed.mins(), listed.maxs(), listed.sums(), listed.length()
    else:
        values = [as_double(sample[name]) for name in columns]
        low, high = (ibis.least(*values), ibis.greatest(*values)) if several else (values[0], values[0])
        total, length = balanced(operator.add, values), ibis.literal(len(columns), "int64")
    rows = sample.select(low=number(low), high=number(high), total=number(total), length=length)
    off = (rows.total - 1).abs()
    above = rows.high > constant(1.00001)
    share = {
        "inside": (rows.low >= 0) & ~above,
        "add_up": off <= constant(1e-3),
        "percent": (rows.low >= 0) & ((rows.total - 100).abs() * 10 <= 1 if several else above & (rows.total <= 100)),
        "two": off * 200 <= rows.length + constant(1e-6),
        "three": off * 2000 <= rows.length + constant(1e-6),
        "whole": is_whole(rows.total) & (not several),
    }
    counts = {name: condition.fill_null(False).cast("int64").sum() for name, condition in share.items()}
    ends = {"low": rows.low.min(), "high": rows.high.max(), "shortest": rows.length.min(), "longest": rows.length.max()}
    found = answer(rows.aggregate(rows=rows.count(), filled=rows.total.count(), **ends, **counts)).to_pylist()[0]
    some = max(int(found["filled"]), 1)
    of = {name: int(found[name] or 0) / some for name in share}
    return Facts(
        int(found["rows"]),
        int(found["filled"]),
        found["low"],
        found["high"],
        of["inside"],
        of["add_up"],
        of["percent"],
        (of["two"], of["three"]),
        of["whole"],
        (int(found["shortest"] or 0), int(found["longest"] or 0)),
    )
