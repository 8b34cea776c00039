"""The edges of bins of equal mass of two classes: cells of all rows tell in which of them each lies, and few rows where there.

A scan leaves out most of the other rows by a rough test that is cheap, and writes the rest down with their cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import ibis
import numpy as np
from numpy.typing import NDArray

from explorer.rows.analyses.odds import FINE, SLACK, STEPS, Odds, at_step, chance, keyed, weights
from explorer.rows.analyses.scans import NUMBERS, Bounds, FloatArray, Grid, Quantile, columns, floored, located, number, summed
from explorer.rows.reading.engine import held
from explorer.rows.spec import Layout

ALIKE = 30.0
"""Raw scores above it are so many to a probability that these may lie in several cells; below, few to any."""
SUMS = ("count", "weight", "weight2", "p", "t")


@dataclass(frozen=True, eq=False)
class Order:
    """Cells of both targets together in ascending order of prediction, arrays of shape (n,).

    Attributes
    ----------
    cell : array of int
        The key without the target.
    low, high : array
        Between which predictions they lie, a little wider: probabilities, or raw scores.
    known : array
        The probability of all rows of a cell, where it is one; else NaN.
    sums : dict of array
        SUMS over the rows of each, t by weight.
    upto : dict of array
        The same over all cells up to each.
    """

    cell: NDArray[np.int64]
    low: FloatArray
    high: FloatArray
    known: FloatArray
    sums: dict[str, FloatArray]

    @classmethod
    def of(cls, cells: Odds, layout: Layout) -> Order:
        """Return the cells in order."""
        cell, first, of_each = np.unique(cells.key // 2, return_index=True, return_inverse=True)  # the cell without its target
        place, step = cells.place[first], cells.of_positive[first]
        order = np.lexsort((step, place))
        place, step = place[order], step[order]
        low, high = place // 2 / FINE, (place + 1) // 2 / FINE
        known = np.where(place % 2 == 0, low, np.nan)
        least, most = at_step(step), at_step(step + 1)
        with np.errstate(divide="ignore", over="ignore"):
            if layout.scale == "logit":
                low, high = (np.log(p) - np.log1p(-p) for p in (low, high))
            else:
                least, most = (1 / (1 + np.exp(-z)) for z in (least, most))
        low, high = np.maximum(low, least), np.minimum(high, most)
        size = SLACK * (1 + np.abs(low)) if layout.scale == "logit" else SLACK * high
        values = (cells.count, cells.weight, cells.weight2, cells.p, np.where(cells.truth == 1, cells.weight, 0.0))
        sums = {name: summed(of, of_each.ravel(), len(cell))[order] for name, of in zip(SUMS, values, strict=True)}
        return cls(cell[order], low - size, high + size, known, sums)

    @cached_property
    def upto(self) -> dict[str, FloatArray]:
        """As above."""
        return {name: np.cumsum(of) for name, of in self.sums.items()}

    def quantile(self, k: int, more: Sequence[str]) -> Quantile:
        """The quantile that is the one prediction of a cell."""
        before, upto = self.before(k), tuple(float(self.upto[name][k]) for name in more)
        return Quantile(float(self.known[k]), before["weight"], before["p"], float(self.sums["weight"][k]), upto)

    def rows(self, cells: NDArray[np.bool_]) -> float:
        """How many rows some cells have."""
        return float(self.sums["count"][cells].sum())

    def before(self, k: int) -> dict[str, float]:
        """SUMS over the rows before a cell."""
        return {name: float(of[k] - self.sums[name][k]) for name, of in self.upto.items()}


def quantiles(
    cells: Odds, rows: ibis.Table, layout: Layout, wanted: Sequence[float], more: Sequence[str]
) -> list[Quantile] | None:
    """Return exact quantiles of the probability of class 1.

    None where one may be the same probability of raw scores in several cells.

    Parameters
    ----------
    cells : Odds
        Of all rows.
    rows : ibis.Table
        The rows that were counted, or more that have no cell.
    layout : Layout
        Theirs.
    wanted : sequence of float
        Each a weight: the value is asked for at or below which this much lies.
    more : sequence of str
        Which SUMS each has over the rows up to it.
    """
    order = Order.of(cells, layout)
    holding = [int(k) for k in np.minimum(np.searchsorted(order.upto["weight"], wanted), len(order.cell) - 1)]
    if layout.scale == "logit" and holding and order.high[max(holding)] > ALIKE:
        return None
    found = {k: order.quantile(at, more) for k, at in enumerate(holding) if not np.isnan(order.known[at])}
    left = {k: at for k, at in enumerate(holding) if k not in found}
    if left:
        each = np.unique(list(left.values()))
        with held(_near(rows, layout, order, each)) as near:
            weight = near.weight if layout.weight else number(1)
            near = near.mutate(t=near.t.cast("float64"), weight=weight, weight2=weight * weight, count=number(1))
            within = _narrowed(_placed(near, layout, order.cell[each]), order, each, left, wanted, more)
            found |= {k: known for k, known in within.items() if isinstance(known, Quantile)}
            bounds = {k: known for k, known in within.items() if isinstance(known, Bounds)}
            if bounds:
                near = (chance(near) if layout.scale == "logit" else near).rename(score="p")
                near = near.mutate(t=near.weight * near.t)
                among = located(near, "score", [wanted[k] for k in bounds], list(bounds.values()), more)
                found |= dict(zip(bounds, among, strict=True))
    return [found[k] for k in range(len(wanted))]


def _near(rows: ibis.Table, layout: Layout, order: Order, each: NDArray[np.int64]) -> ibis.Table:
    """The rows of some cells, and few others, in the least room."""
    column = "z" if layout.scale == "logit" else "p"
    value, grid = rows[column], Grid.over(order.low[each], order.high[each])
    if layout.scale == "probability":  # where many are near 0 or 1, equal parts of these are too wide
        low, high = np.sort([np.sqrt(np.sqrt(np.clip(p * (1 - p), 0, 1))) for p in (order.low, order.high)], axis=0)
        other = Grid.over(low[each], high[each])
        if order.rows(other.reached(low, high)) < order.rows(grid.reached(order.low, order.high)) / 2:
            value, grid = (rows.p * (1 - rows.p)).sqrt().sqrt(), other
    return rows.filter(grid.holds(value)).select(column, *weights(layout), t=rows.t.cast("int8"))


def _placed(near: ibis.Table, layout: Layout, cells: NDArray[np.int64]) -> ibis.Table:
    """Those of some rows that lie in these cells, with their `score`, `t`, `cell`, and `reach`, which cuts cells further."""
    near = keyed(near, layout)
    near = near.select("t", "weight", "weight2", "reach", score=near.p, cell=(near.key - near.t) / 2)
    return near.filter(near.cell.isin([number(cell) for cell in cells]))


def _narrowed(
    near: ibis.Table,
    order: Order,
    each: NDArray[np.int64],
    holding: Mapping[int, int],
    wanted: Sequence[float],
    more: Sequence[str],
) -> dict[int, Quantile | Bounds]:
    """What is known of each quantile once the cells that hold them are cut into parts, from a scan of their rows."""
    parts = max(1, NUMBERS // ((5 + len(SUMS)) * len(each)))
    cut = near.mutate(along=floored(near.score * (FINE * parts)), out=floored(STEPS * parts / near.reach))
    weight = cut.weight
    measures = {"weight": weight, "weight2": cut.weight2, "p": weight * cut.score, "t": weight * cut.t}
    found = columns(
        cut.group_by("cell", "along", "out").aggregate(
            low=cut.score.min(),
            high=cut.score.max(),
            count=cut.count(),
            **{name: value.sum() for name, value in measures.items()},
        )
    )
    known = dict[int, Quantile | Bounds]()
    for cell in each:
        mine = np.flatnonzero(found["cell"] == order.cell[cell])
        mine = mine[np.argsort(found["low"][mine], kind="stable")]
        sums, before = {name: found[name][mine].astype(float) for name in SUMS}, order.before(cell)
        upto = {name: before[name] + np.cumsum(of) for name, of in sums.items()}
        for k in (k for k, at in holding.items() if at == cell):
            at = min(int(np.searchsorted(upto["weight"], wanted[k])), len(mine) - 1)
            low, high = (float(found[name][mine[at]]) for name in ("low", "high"))
            start = {name: float(of[at - 1]) for name, of in upto.items()} if at else before
            if low == high:
                upto_here = tuple(float(upto[name][at]) for name in more)
                known[k] = Quantile(low, start["weight"], start["p"], float(sums["weight"][at]), upto_here)
            else:
                rest = tuple(start[name] for name in more)
                known[k] = Bounds(low, high, float(sums["count"][at]), start["weight"], start["p"], rest)
    return known
