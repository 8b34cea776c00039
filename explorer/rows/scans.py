"""Small answers of large tables: one scan each, and never more numbers than a picture takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

FEW = 3000
"""So many rows, each a few numbers, may travel."""
CELLS = 1000
"""Into so many cells a scan divides the values among which quantiles are looked for."""


def columns(expression: ibis.Table) -> dict[str, NDArray[Any]]:
    """Return what a query with a small answer gives, an array a column; NULL among numbers is NaN."""
    answer = expression.to_pyarrow()
    return {name: answer[name].to_numpy() for name in answer.column_names}


def single(expression: ibis.Table) -> dict[str, float]:
    """Return the one row of an aggregate; NULL, as the sum of nothing is, is NaN."""
    return {name: float(values[0]) for name, values in columns(expression).items()}


def is_finite(value: ibis.Value) -> ibis.Value:
    """Whether a number is neither infinite nor NaN."""
    return ~(value.isinf() | value.isnan())


def added(terms: Sequence[ibis.Value]) -> ibis.Value:
    """Return the sum of expressions, nested no deeper than the logarithm of how many they are."""
    if len(terms) == 1:
        return terms[0]
    middle = len(terms) // 2
    return added(terms[:middle]) + added(terms[middle:])


@dataclass(frozen=True)
class Quantile:
    """The least value at or below which a part of the weight lies.

    Attributes
    ----------
    value : float
        A value that some row has; NaN if there is no row.
    below : float
        The weight of the rows with smaller values.
    at : float
        The weight of those with just this value.
    """

    value: float
    below: float
    at: float


def quantiles(rows: ibis.Table, by: str, fractions: Sequence[float]) -> list[Quantile]:
    """Return exact quantiles by weight, the inverse of the distribution function, in any SQL.

    Each scan counts the values between the narrowest bounds known, until few enough rows are left to look at: two scans
    for a million rows, three for a thousand millions, more only where values span very many magnitudes.

    Parameters
    ----------
    rows : ibis.Table
        With a column `weight`.
    by : str
        The column of values, finite doubles.
    fractions : sequence of float
        Parts of the weight, in [0, 1].
    """
    value, weight = rows[by], rows.weight.cast("float64")
    whole = single(rows.aggregate(low=value.min(), high=value.max(), weight=weight.sum(), count=rows.count()))
    if not whole["count"] or np.isnan(whole["low"]):
        return [Quantile(float("nan"), 0.0, 0.0)] * len(fractions)
    wanted = [fraction * whole["weight"] for fraction in fractions]
    answers: dict[int, Quantile] = {}
    open_bounds = {(whole["low"], whole["high"], whole["count"], 0.0): list(range(len(wanted)))}
    while open_bounds:
        bounds = sorted(open_bounds)
        few = sum(count for *_, count, _ in bounds) <= FEW
        cells = columns(_cells(rows, value, weight, [(low, high) for low, high, *_ in bounds], exact=few))
        following: dict[tuple[float, float, float, float], list[int]] = {}
        for number, bound in enumerate(bounds):
            mine = cells["interval"] == number
            order = np.argsort(cells["low"][mine], kind="stable")
            low, high, count, mass = (cells[name][mine][order].astype(float) for name in ("low", "high", "count", "weight"))
            reached = bound[3] + np.cumsum(mass)
            for index in open_bounds[bound]:
                at = min(int(np.searchsorted(reached, wanted[index])), len(reached) - 1)
                before = float(reached[at] - mass[at])
                if low[at] == high[at]:
                    answers[index] = Quantile(float(low[at]), before, float(mass[at]))
                else:
                    following.setdefault((float(low[at]), float(high[at]), float(count[at]), before), []).append(index)
        open_bounds = following
    return [answers[index] for index in range(len(wanted))]


def _cells(
    rows: ibis.Table, value: ibis.Value, weight: ibis.Value, bounds: list[tuple[float, float]], *, exact: bool
) -> ibis.Table:
    """Count what lies within each of some closed intervals, in cells of equal width, or value by value."""
    each = max(2, CELLS // len(bounds))

    def cell(low: float, high: float) -> ibis.Value:
        half = high / 2 - low / 2  # halves, so that nothing overflows between the ends of all floats
        if half == 0:
            return (value > low).cast("int64")
        return ibis.least(((value / 2 - low / 2) / half * each).floor().cast("int64"), each - 1)

    within = [(value >= low) & (value <= high) for low, high in bounds]
    interval = ibis.cases(*((inside, number) for number, inside in enumerate(within)))
    inner = value if exact else ibis.cases(*((inside, cell(*bound)) for inside, bound in zip(within, bounds, strict=True)))
    kept = rows.select(value=value, weight=weight, interval=interval, inner=inner)
    kept = kept.filter(kept.interval.notnull())
    return kept.group_by("interval", "inner").aggregate(
        low=kept.value.min(), high=kept.value.max(), weight=kept.weight.sum(), count=kept.count()
    )


def summed(values: FloatArray, groups: NDArray[np.int64], size: int) -> FloatArray:
    """Return the sum of values, shape (n,), in each of the groups 0 ... size - 1, shape (size,)."""
    return np.bincount(groups, weights=values, minlength=size).astype(np.float64)
