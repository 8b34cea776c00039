"""Small answers of large tables: one scan each, and never more numbers than a picture takes."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
from numpy.typing import NDArray

from explorer.rows.expressions import balanced
from explorer.rows.portable import answer
from explorer.rows.reading.engine import held

FloatArray = NDArray[np.float64]

NUMBERS = 4_500
"""So many may travel in one scan for quantiles, so that two and what is left stay below 10,000."""
GRIDS = (10_000, 3_000, 1_000, 300, 100)
"""Into so many cells the values are divided to tell which rows are wanted, the finest that names few enough of them."""
SORTED = 200_000
"""So many rows are sorted to find the values that are wanted among them; of more the cells are counted first."""
NAMED = 200
"""The most cells that a query names: it takes long to be put together where there are thousands."""


def columns(expression: ibis.Table) -> dict[str, NDArray[Any]]:
    """Return what a query with a small answer gives, an array a column; NULL among numbers is NaN."""
    found = answer(expression)
    return {name: found[name].to_numpy() for name in found.column_names}


def single(expression: ibis.Table) -> dict[str, float]:
    """Return the one row of an aggregate; NULL, as the sum of nothing is, is NaN."""
    return {name: float(values[0]) for name, values in columns(expression).items()}


def is_finite(value: ibis.Value) -> ibis.Value:
    """Whether a number is neither infinite nor NaN."""
    return value.abs() < number(math.inf)  # each engine of SQL puts NaN above infinity, and names the value once


def number(value: float) -> ibis.Value:
    """Return a double: Spark takes a bare fraction for a decimal, and what it is chosen beside with it."""
    return ibis.literal(repr(float(value))).cast("float64")


@ibis.udf.scalar.builtin(name="floor")  # type: ignore[untyped-decorator]
def floored(value: float) -> float:  # type: ignore[empty-body]
    """Return the largest whole number that is not larger.

    Ibis's own makes an integer of it, which costs an engine as much as a logarithm.
    """


GOLDEN = 0.6180339887498949
"""Multiples of it spread evenly over [0, 1), so that any part of them is a sample."""


def spread(rows: ibis.Table, count: int, size: int) -> ibis.Table:
    """Return about so many of rows that have numbers, spread evenly over all that count; all where there are no more."""
    return rows.filter((rows.row * GOLDEN).cast("float64") % 1.0 < size / count) if count > size else rows


def added(terms: Sequence[ibis.Value]) -> ibis.Value:
    """Return the sum of expressions, nested no deeper than the logarithm of how many they are."""
    if len(terms) == 1:
        return terms[0]
    middle = len(terms) // 2
    return added(terms[:middle]) + added(terms[middle:])


@dataclass(frozen=True)
class Bounds:
    """A closed interval and what is known of the rows with values in it and before it.

    Attributes
    ----------
    low, high : float
        Its ends.
    count : float
        How many rows it holds.
    below, part : float
        The weight of rows with smaller values, and these values by weight.
    more : tuple of float
        What else is asked for, added over the same rows.
    """

    low: float
    high: float
    count: float
    below: float = 0.0
    part: float = 0.0
    more: tuple[float, ...] = ()


@dataclass(frozen=True)
class Quantile:
    """The least value at or below which a part of the weight lies.

    Attributes
    ----------
    value : float
        A value that some row has.
    below, part : float
        The weight of the rows with smaller values, and these values by weight.
    at : float
        The weight of the rows with just this value.
    more : tuple of float
        What else is asked for, added over the rows with this value and smaller ones.
    """

    value: float
    below: float
    part: float
    at: float
    more: tuple[float, ...] = ()


def quantiles(rows: ibis.Table, by: str, fractions: Sequence[float]) -> list[Quantile]:
    """Return exact quantiles by weight, the inverse of the distribution function, in any SQL; of no rows they are NaN.

    Parameters
    ----------
    rows : ibis.Table
        With a column `weight`.
    by : str
        The column of values, doubles; those that are not finite are left out.
    fractions : sequence of float
        Parts of the weight, in [0, 1].
    """
    kept = is_finite(rows[by])
    value, weight = kept.ifelse(rows[by], None), kept.ifelse(rows.weight.cast("float64"), number(0))
    whole = single(rows.aggregate(low=value.min(), high=value.max(), count=value.count(), weight=weight.sum()))
    if math.isnan(whole["low"]):
        return [Quantile(math.nan, 0.0, 0.0, 0.0)] * len(fractions)
    bounds = Bounds(whole["low"], whole["high"], whole["count"])
    return located(rows, by, [fraction * whole["weight"] for fraction in fractions], [bounds] * len(fractions), narrow=False)


def located(
    rows: ibis.Table,
    by: str,
    wanted: Sequence[float],
    within: Sequence[Bounds],
    more: Sequence[str] = (),
    *,
    narrow: bool = True,
) -> list[Quantile]:
    """Return exact quantiles whose bounds are known.

    Each scan counts the values between the narrowest bounds known, in cells, until few enough rows are left to be sorted: one
    scan for ten million rows, two for a thousand millions, more only where values span very many magnitudes.

    Parameters
    ----------
    rows : ibis.Table
        With a column `weight`; not empty.
    by : str
        The column of values, doubles; those that are not finite are left out.
    wanted : sequence of float
        Each a weight: the value is asked for at or below which this much lies.
    within : sequence of Bounds
        For each of these, bounds in which the value lies.
    more : sequence of str
        Columns of doubles to be added up over the rows up to each value; the bounds have as many sums.
    narrow : bool
        Whether few rows lie within the bounds, so that it is worth to leave the others out first: an engine computes a column
        once more for each filter on it.
    """
    asked: dict[Bounds, list[int]] = {}
    for index, bounds in enumerate(within):
        asked.setdefault(bounds, []).append(index)
    if narrow and sum(bounds.count for bounds in asked) > SORTED:  # looked at more than once
        with held(rows.filter(_near(rows[by], list(asked))).select(by, "weight", *more)) as near:
            return _searched(near, by, wanted, asked, more, narrow=True)
    return _searched(rows, by, wanted, asked, more, narrow=narrow)


def _searched(
    rows: ibis.Table,
    by: str,
    wanted: Sequence[float],
    asked: Mapping[Bounds, Sequence[int]],
    more: Sequence[str],
    *,
    narrow: bool,
) -> list[Quantile]:
    """The same of quantiles by the bounds that hold them."""
    answers: dict[int, Quantile] = {}
    while sum(bounds.count for bounds in asked) > SORTED:
        each = max(2, (NUMBERS // (6 + len(more)) - 1) // len(asked))  # the rest has a row
        found = columns(_cells(rows, by, list(asked), more, each, narrow=narrow).drop("inner"))
        narrow = True
        following: dict[Bounds, list[int]] = {}
        for number, (bounds, indices) in enumerate(asked.items()):
            mine = np.flatnonzero(found["interval"] == number)
            mine = mine[np.argsort(found["low"][mine], kind="stable")]
            cells = {name: found[name][mine].astype(float) for name in ("low", "high", "count", "weight", "part")}
            reached, parts = bounds.below + np.cumsum(cells["weight"]), bounds.part + np.cumsum(cells["part"])
            others = [
                start + np.cumsum(found[f"sum_{name}"][mine]) for name, start in zip(more, bounds.more, strict=bool(more))
            ]
            for index in indices:
                at = min(int(np.searchsorted(reached, wanted[index])), len(reached) - 1)
                low, high, count, weight, part = (float(values[at]) for values in cells.values())
                before = (float(reached[at - 1]), float(parts[at - 1])) if at else (bounds.below, bounds.part)
                if low == high:
                    answers[index] = Quantile(low, *before, weight, tuple(float(sums[at]) for sums in others))
                else:
                    rest = tuple(float(sums[at - 1]) for sums in others) if at else bounds.more
                    following.setdefault(Bounds(low, high, count, *before, rest), []).append(index)
        asked = following
    if asked:
        answers |= _among_sorted(_cells(rows, by, list(asked), more, None, narrow=narrow), asked, wanted, more)
    return [answers[index] for index in range(len(wanted))]


def _among_sorted(
    cells: ibis.Table, asked: Mapping[Bounds, Sequence[int]], wanted: Sequence[float], more: Sequence[str]
) -> dict[int, Quantile]:
    """Return the quantiles that are wanted within bounds, from a cell for each value, which the engine puts in order."""
    cells = cells.filter(cells.interval.notnull())
    upto = ibis.cumulative_window(group_by="interval", order_by="low")
    sums = ("weight", "part", *(f"sum_{name}" for name in more))
    ends = (cells.low == end.over(group_by="interval") for end in (cells.low.min(), cells.low.max()))
    cells = cells.mutate(end=operator.or_(*ends), **{f"upto_{name}": cells[name].sum().over(upto) for name in sums})
    left = {index: wanted[index] - bounds.below for bounds, indices in asked.items() for index in indices}
    reached, before = cells.upto_weight, cells.upto_weight - cells.weight
    hits = [
        (cells.interval == k) & (reached >= number(left[index])) & (before < number(left[index]))
        for k, indices in enumerate(asked.values())
        for index in indices
    ]
    found = columns(cells.filter(balanced(operator.or_, [cells.end, *hits])))
    answers = dict[int, Quantile]()
    for k, (bounds, indices) in enumerate(asked.items()):
        mine = np.flatnonzero(found["interval"] == k)
        mine = mine[np.argsort(found["low"][mine], kind="stable")]
        for index in indices:
            at = mine[min(int(np.searchsorted(found["upto_weight"][mine], left[index])), len(mine) - 1)]
            weight, part = float(found["weight"][at]), float(found["part"][at])
            answers[index] = Quantile(
                value=float(found["low"][at]),
                below=bounds.below + float(found["upto_weight"][at]) - weight,
                part=bounds.part + float(found["upto_part"][at]) - part,
                at=weight,
                more=tuple(
                    start + float(found[f"upto_sum_{name}"][at]) for name, start in zip(more, bounds.more, strict=bool(more))
                ),
            )
    return answers


def _cells(
    rows: ibis.Table, by: str, intervals: list[Bounds], more: Sequence[str], each: int | None, *, narrow: bool
) -> ibis.Table:
    """Count what lies within each of some intervals, in so many cells of equal width or value by value; the rest under NULL."""
    order = sorted(range(len(intervals)), key=lambda k: intervals[k].low)
    sorted_ones = [intervals[k] for k in order]  # no two of them overlap, so the first whose end is not passed may hold a value
    value = rows[by]
    if narrow:
        bounds = intervals[0]
        one = (value >= number(bounds.low)) & (value <= number(bounds.high))
        rows = rows.filter(_near(value, intervals) if len(intervals) > 1 else one)
    place = ibis.cases(*((value <= number(bounds.high), k) for k, bounds in enumerate(sorted_ones)))
    rows = rows.select(*more, value=value, weight=rows.weight.cast("float64"), place=place)

    def of_place(numbers: Sequence[float]) -> ibis.Value:
        return ibis.array([number(each) for each in numbers])[rows.place]

    # Halves, so that nothing overflows between the ends of all floats.
    halves = [bounds.high / 2 - bounds.low / 2 for bounds in sorted_ones]
    rows = rows.mutate(start=of_place([bounds.low for bounds in sorted_ones]), half=of_place(halves))
    value, low, half, place = rows.value, rows.start, rows.half, rows.place
    inside = value >= low
    if each is None:
        inner = value
    else:
        cell = ibis.least(((value / 2 - low / 2) / half * each).floor(), number(each - 1))
        inner = (half == number(0)).ifelse((value > low).cast("float64"), cell)
    rows = rows.select(
        *more,
        value=value,
        weight=rows.weight,
        interval=inside.ifelse(ibis.array(order)[place], None),
        inner=inside.ifelse(inner, None),
    )
    found = rows.group_by("interval", "inner").aggregate(
        low=rows.value.min(),
        high=rows.value.max(),
        count=rows.count(),
        weight=rows.weight.sum(),
        part=(rows.weight * rows.value).sum(),
        **{f"sum_{name}": rows[name].sum() for name in more},
    )
    return found


def _near(value: ibis.Value, intervals: Sequence[Bounds]) -> ibis.Value:
    """Whether values may lie in an interval."""
    low, high = (np.array([getattr(bounds, name) for bounds in intervals]) for name in ("low", "high"))
    return Grid.over(low, high).holds(value)


@dataclass(frozen=True)
class Grid:
    """Cells of equal width that some intervals reach into: to name them is faster than to compare with all ends.

    Attributes
    ----------
    low, high : float
        The ends of all.
    scale : float
        Cells for each unit.
    cells : tuple of int
        Those that are reached; none where they are too many, or the intervals are one, and only the ends of all count.
    """

    low: float
    high: float
    scale: float = 0.0
    cells: tuple[int, ...] = ()

    @classmethod
    def over(cls, low: FloatArray, high: FloatArray) -> Grid:
        """Return the finest of GRIDS of which few enough cells hold intervals with these ends, shape (n,)."""
        ends = float(low.min()), float(high.max())
        for cells in GRIDS if len(low) > 1 else ():
            scale = cells / (ends[1] - ends[0])
            if not 0 < scale < math.inf:
                break
            first, last = (np.floor(each * scale) for each in (low, high))
            reached = {k for one, other in zip(first, last, strict=True) for k in range(int(one), int(other) + 1)}
            if len(reached) <= NAMED:
                return cls(*ends, scale, tuple(sorted(reached)))
        return cls(*ends)

    def holds(self, value: ibis.Value) -> ibis.Value:
        """Whether a value lies in one of the cells."""
        if not self.cells:
            return (value >= number(self.low)) & (value <= number(self.high))
        return floored(value * number(self.scale)).isin([number(k) for k in self.cells])

    def reached(self, low: FloatArray, high: FloatArray) -> NDArray[np.bool_]:
        """Which intervals with these ends, shape (n,), have a part in one of the cells."""
        if not self.cells:
            return (high >= self.low) & (low <= self.high)
        first, last = (np.floor(each * self.scale) for each in (low, high))
        cells = np.array(self.cells)
        return np.searchsorted(cells, first) < np.searchsorted(cells, last, side="right")


def summed(values: FloatArray, groups: NDArray[np.int64], size: int) -> FloatArray:
    """Return the sum of values, shape (n,), in each of the groups 0 ... size - 1, shape (size,)."""
    return np.bincount(groups, weights=values, minlength=size).astype(np.float64)
