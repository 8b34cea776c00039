"""The temperature by which raw scores are best divided, and what any temperature does to the loss and to calibration.

With b = 1/T the loss of a row is convex in b: of binary rows, which stand here, log(1 + exp(b z)) - t b z. A probability p
stands for the score log(p / (1 - p)). One of 0 or 1 stays what it is at any T: a row that this gives a loss of infinity takes
no part.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import ibis
import numpy as np
from numpy.typing import NDArray

from explorer.rows.analyses.calibration import nearest
from explorer.rows.analyses.scans import FloatArray, columns, floored, number, single, summed
from explorer.rows.analyses.scores import sigmoid
from explorer.rows.spec import Layout

COARSE = 0.1
"""At a lower temperature the cells of logits near 0 are wide, and the best one is looked for among the rows themselves."""
LEAST, MOST = 1e-3, 1e3
"""Between these the inverse of the best temperature is looked for."""
CELLS, HALF = 1260, 8.0
"""Half of these cells hold logits up to here, in size."""
NEAR = 0.02
"""A step of Halley's, as a part of what it changes, after which the error is about its third power."""
EDGED = 60
"""Cells of logits do not lie across the edges of so many bins: nor of 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30."""
ROUNDING = 1e-9
"""So far above an edge a mean prediction may be by rounding."""
MOMENTS = ("weight", "t", "z", "zz", "tz", "settled")


@dataclass(frozen=True)
class Logits:
    """Sums over the rows of each cell of logits; cells have equal width by z / (|z| + HALF): fine near 0, wide far out.

    They may be cut further, where bins have edges at some temperature.

    Attributes
    ----------
    cell : array of int, shape (n,)
        From 0 to CELLS - 1, those in order; -1 and CELLS hold the logits that are infinite.
    weight, t, z, zz, tz : array, shape (n,)
        Weights, and targets, finite logits, their squares and products with targets, added by weight.
    settled : array, shape (n,)
        The weight of rows whose loss is 0 at any temperature.
    """

    cell: NDArray[np.int64]
    weight: FloatArray
    t: FloatArray
    z: FloatArray
    zz: FloatArray
    tz: FloatArray
    settled: FloatArray

    @cached_property
    def _finite(self) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Of cells with finite logits: weight, mean logit, the logits' spread and the sum of t z."""
        use = (self.cell >= 0) & (self.cell < CELLS) & (self.weight > 0)
        weight, mean = self.weight[use], self.z[use] / self.weight[use]
        spread = np.maximum(self.zz[use] / weight - mean**2, 0)
        return weight, mean, np.where(np.isfinite(spread), spread, 0), self.tz[use]

    def parts(self, z: FloatArray, temperature: float) -> NDArray[np.int64]:
        """Return between which edges of bins logits of any shape lie at a temperature."""
        chance = 1 / (1 + np.exp(-np.clip(z / temperature, -700, 700)))
        return np.ceil(chance * EDGED - ROUNDING).astype(np.int64)

    @property
    def whole(self) -> float:
        """The weight of rows with a finite loss."""
        return float(self._finite[0].sum() + self.settled.sum())

    def sums(self, inverse: float) -> tuple[float, float, float]:
        """Return the loss of all rows and its first two derivatives by the inverse, right to second order in cells."""
        weight, z, spread, tz = self._finite
        x = inverse * z
        small = np.exp(-np.abs(x))
        chance = np.where(x >= 0, 1.0, small) / (1 + small)
        curve = small / (1 + small) ** 2
        turn = curve * (1 - 2 * chance)  # the derivative of the curvature
        loss = np.maximum(x, 0) + np.log1p(small) + curve * inverse**2 * spread / 2
        slope = chance * z + (inverse * curve + inverse**2 * turn * z / 2) * spread
        return (
            float((weight * loss).sum() - inverse * tz.sum()),
            float((weight * slope).sum() - tz.sum()),
            float((weight * curve * (z**2 + spread)).sum()),
        )

    def ece(self, inverse: float, size: int) -> float:
        """Return the calibration error in bins of equal width; a cell goes as a whole to the bin of its mean."""
        weight, z, spread, _ = self._finite
        use = (self.cell >= 0) & (self.cell < CELLS) & (self.weight > 0)
        chance = 1 / (1 + np.exp(-np.clip(inverse * z, -700, 700)))
        bent = chance * (1 - chance) * (1 - 2 * chance) * inverse**2 * spread / 2
        at = np.concatenate([chance, np.where(self.cell[~use] < 0, 0.0, 1.0)])
        p = at + np.concatenate([bent, np.zeros(len(at) - len(bent))])
        mass = np.concatenate([weight, self.weight[~use]])
        t = np.concatenate([self.t[use], self.t[~use]])
        within = np.clip(np.ceil(at * size - ROUNDING).astype(np.int64) - 1, 0, size - 1)
        return float(np.abs(summed(mass * p - t, within, size)).sum() / mass.sum()) if mass.sum() > 0 else math.nan


def logit(rows: ibis.Table, layout: Layout) -> ibis.Value:
    """The logit of binary rows; infinite for probabilities 0 and 1."""
    return rows.z if layout.scale == "logit" else of_probability(rows.p)


def of_probability(p: ibis.Value) -> ibis.Value:
    """log(p / (1 - p)), infinite at both ends."""
    inside = ((p > 0) & (p < 1)).ifelse(p, None)
    ends = (p > number(0.5)).ifelse(number(math.inf), number(-math.inf))
    return ibis.coalesce(inside.ln() - (1 - inside).ln(), ends)


def logits(
    rows: ibis.Table, z: ibis.Value, t: ibis.Value, predictions: Sequence[ibis.Value] = (), *, hard: bool = False
) -> Logits:
    """Return the cells of logits z with targets t in [0, 1], from one scan; cut where bins of predictions have edges.

    Each of these is the probability at some temperature. Targets that are hard, 0 or 1, tell cells apart at first, so that
    fewer numbers are added up for each row.
    """
    rows = rows.select("weight", z=z, t=t, **{f"p{k}": p for k, p in enumerate(predictions)})
    size = rows.z.abs()
    usual = size < number(math.inf)
    key = floored((rows.z / (size + HALF) + 1) * number(CELLS / 2 * (1 - 1e-12)))  # of the largest too, it is below CELLS
    key = usual.ifelse(key, (rows.z > 0).ifelse(number(CELLS), number(-1))) + 1
    for k in range(len(predictions)):
        key = key * (EDGED + 1) + nearest(rows[f"p{k}"], EDGED) + 1
    settled = ~usual & (rows.t == (rows.z > 0).cast("float64"))
    rows = rows.select("weight", "t", z=usual.ifelse(rows.z, number(0)), settled=settled, key=key * 2 + rows.t if hard else key)
    w, z, t = rows.weight, rows.z, rows.t
    sums = {"weight": w, "z": w * z, "zz": w * z * z}
    if not hard:
        sums |= {"t": w * t, "tz": w * t * z, "settled": rows.settled.ifelse(w, number(0))}
    fine = rows.group_by(key=rows.key.cast("int64")).aggregate(**{name: value.sum() for name, value in sums.items()})
    if hard:
        fine = fine.mutate(key=fine.key // 2, one=fine.key % 2 == 1)
        of_one = {name: fine.one.ifelse(fine[given], number(0)) for name, given in (("t", "weight"), ("tz", "z"))}
        fine = fine.mutate(**of_one)
        fine = fine.group_by("key").aggregate(**{name: fine[name].sum() for name in MOMENTS if name != "settled"})
    found = columns(fine.order_by("key"))
    cell = found["key"].astype(np.int64) // (EDGED + 1) ** len(predictions) - 1
    if hard:
        found["settled"] = np.select([cell < 0, cell == CELLS], [found["weight"] - found["t"], found["t"]], 0.0)
    return Logits(cell, **{name: found[name].astype(np.float64) for name in MOMENTS})


@dataclass(frozen=True)
class TemperatureCurve:
    """What temperatures do.

    Attributes
    ----------
    temperature : array, shape (n,)
        In ascending order.
    loss : array, shape (n,)
        The mean loss of rows whose loss is finite, in nats. Exact of classes; of binary rows to about 1e-6.
    ece : array, shape (n,)
        The calibration error in bins of equal width. Exact of classes; of binary rows to what lies in cells across an edge:
        where the number of bins divides EDGED, none do at T = 1 and at the best T, and it is right to about 1e-6 there.
    loss_at : function
        Temperature -> mean loss, without a scan: of classes interpolated to about 1e-5, within the temperatures given.
    ece_at : function
        Temperature -> calibration error, in the same way; of classes between its neighbours.
    """

    temperature: FloatArray
    loss: FloatArray
    ece: FloatArray
    loss_at: Callable[[float], float]
    ece_at: Callable[[float], float]


def binary_curve(cells: Logits, bins: int) -> TemperatureCurve:
    """Return the curve of binary rows, without a scan."""
    temperatures = 10.0 ** (np.arange(-40, 41) / 40)

    def loss_at(temperature: float) -> float:
        return cells.sums(1 / temperature)[0] / cells.whole if cells.whole > 0 else math.nan

    def ece_at(temperature: float) -> float:
        return cells.ece(1 / temperature, bins)

    loss, ece = (np.array([at(float(T)) for T in temperatures]) for at in (loss_at, ece_at))
    return TemperatureCurve(temperatures, loss, ece, loss_at, ece_at)


def binary_temperature(cells: Logits) -> float:
    """Return the best temperature of binary rows, found among their cells: right to about 1e-7."""

    def sums(inverses: Sequence[float]) -> list[tuple[float, float]]:
        return [cells.sums(inverse)[1:] for inverse in inverses]

    return best(sums) if cells.whole > 0 else math.nan


def binary_temperature_near(rows: ibis.Table, z: ibis.Value, t: ibis.Value, start: float) -> float:
    """Return the best temperature of binary rows with logits z and targets t, which is near another: a scan, or two."""
    rows = rows.select("weight", z=z, t=t)
    rows = rows.filter(rows.z.abs() < number(math.inf))

    def sums(inverses: Sequence[float]) -> list[tuple[float, float, float]]:
        (inverse,) = inverses
        given = rows.mutate(scaled=rows.z * number(inverse))
        given = given.mutate(p=sigmoid(given.scaled), weighed=given.weight * given.z)
        bent = given.weighed * given.z * given.p * (1 - given.p)
        found = given.aggregate(
            slope=(given.weighed * (given.p - given.t)).sum(), curve=bent.sum(), turn=(bent * given.z * (1 - 2 * given.p)).sum()
        )
        derivatives = single(found)
        return [(derivatives["slope"], derivatives["curve"], derivatives["turn"])]

    found = refined(sums, start)
    return start if math.isnan(found) else found


def refined(sums: Callable[[Sequence[float]], list[tuple[float, float, float]]], start: float) -> float:
    """Return the temperature at which the slope of a convex loss is 0, by Halley's steps from one that is near; NaN if none is.

    Parameters
    ----------
    sums : function
        Inverses of temperatures -> the loss's first three derivatives by the inverse at each.
    start : float
    """
    inverse = 1 / start
    for _ in range(8):
        ((slope, curve, turn),) = sums([inverse])
        step = slope / curve if curve > 0 else math.nan
        step /= 1 - step * turn / (2 * curve) if curve > 0 else math.nan
        if not abs(step) <= inverse / 2:
            break
        inverse -= step
        if abs(step) <= NEAR * inverse:
            return 1 / inverse
    return math.nan


def best(sums: Callable[[Sequence[float]], list[tuple[float, float]]]) -> float:
    """Return the temperature at which the slope of a convex loss is 0, by Newton's steps kept within bounds.

    Parameters
    ----------
    sums : function
        Inverses of temperatures, ascending -> the loss's first and second derivative by the inverse at each.

    Returns
    -------
    float
        1 where all are equal; inf where the scores are worth nothing, so that the flattest is best; 0 where they put every row
        on the right side, so that the sharpest is; NaN if there is no row.
    """
    low, high, inverse = LEAST, MOST, 1.0
    (first, bend), (slope, curve), (last, _) = sums([low, inverse, high])
    if math.isnan(first) or bend == 0:
        return 1.0 if bend == 0 and first == 0 else math.nan if math.isnan(first) else math.inf if first > 0 else 0.0
    if first >= 0 or last <= 0:
        return math.inf if first >= 0 else 0.0
    for _ in range(60):
        if slope == 0:
            break
        low, high = (low, inverse) if slope > 0 else (inverse, high)
        following = inverse - slope / curve if curve > 0 else math.nan
        if not low <= following <= high:
            following = math.sqrt(low * high)
        if abs(following - inverse) <= 1e-7 * inverse:
            return 1 / following
        inverse = following
        ((slope, curve),) = sums([inverse])
    return 1 / inverse
