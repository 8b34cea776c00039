"""Rows of two classes in cells of target and prediction: one scan, from which follows nearly all that is asked.

What a prediction and a target tell is computed once for each cell, and once for each row only what a cell needs, without a
choice between two values: that costs an engine more than a logarithm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import ibis
import numpy as np
from numpy.typing import NDArray

from explorer.rows.analyses import agreeing, classes, positions, summary
from explorer.rows.analyses.agreeing import Mean
from explorer.rows.analyses.calibration import SUMS, Scores, nearest
from explorer.rows.analyses.positions import Positions
from explorer.rows.analyses.scans import FloatArray, Grid, columns, floored, number, summed
from explorer.rows.analyses.scores import logarithm_of_whole
from explorer.rows.analyses.summary import Histogram
from explorer.rows.analyses.temperature import CELLS, Logits
from explorer.rows.analyses.together import Together
from explorer.rows.reading.engine import held
from explorer.rows.spec import Layout

FINE = 300
"""Fine bins: those of the loss curve are whole numbers of them, and 5, 6, 10, 12, 15, 20, 25, 30 or 50 of calibration."""
PLACES = 2 * FINE + 1
"""A prediction lies on one of the edges k / FINE, which are the even places, or between two of them."""
STEPS, BEND = 2704, 8
"""Cells are cut where STEPS / (BEND - ln(p (1 - p))) is whole: every 0.05 of log odds where places are wider, more far out."""
MIDDLE = 300
"""Above the largest of these, 288 at p = 1/2."""
TINY = 5e-324
"""What is added to a probability so that 0 has a logarithm; of any other, down to 1e-307, it changes nothing."""
DENORMAL = 706.0
"""The loss of smaller ones is above this."""
FARTHEST = 295
"""Raw scores of this step and farther out, from 533 on, are not counted in cells."""
BROAD, WIDE = 254, 275
"""From log odds of 49 and 100 on cells are too wide to tell the best temperature to 5e-6, and what others do to 1e-4."""
SMALL = 1e-5
"""Of a smaller p, -ln(1 - p) is taken from its series: to subtract it from 1 loses digits."""
HEAVIEST = 1e100
"""Cells whose weights add to more, or to less than one part of this, are not counted."""
SLACK = 1e-9
"""By so much intervals are wider by which rows are left out: none is missed that rounding puts on the other side of an edge."""
USUAL = 187
"""Up to this step, log odds of 15.93, every library takes the probability that is given: the first stops at 16.12."""


@dataclass(frozen=True, eq=False)
class Odds:
    """Sums over the rows of each cell, arrays of shape (n,).

    Attributes
    ----------
    key : array of int
        As `keyed` has it.
    truth : array of int
        0 or 1.
    place : array of int
        From 0, a prediction of 0, to PLACES - 1, one of 1.
    step : array of int
        Which log odds of the truth, in ascending order.
    part : array of int
        Where cells are cut further: between which edges of bins predictions lie at another temperature.
    count : array
        Rows.
    weight, weight2 : array
        Their weights, 1 where none is given, and the squares of these, added.
    p, pp, loss, loss2 : array
        Predictions, losses, and the squares of each, added by weight.
    products, parts : array
        Losses, and their squares, added by the square of the weight.
    left : float
        Rows without a cell: a number is missing, or NaN comes out.
    """

    key: NDArray[np.int64]
    truth: NDArray[np.int64]
    place: NDArray[np.int64]
    step: NDArray[np.int64]
    part: NDArray[np.int64]
    count: FloatArray
    weight: FloatArray
    weight2: FloatArray
    p: FloatArray
    pp: FloatArray
    loss: FloatArray
    loss2: FloatArray
    products: FloatArray
    parts: FloatArray
    left: float = 0.0

    @cached_property
    def of_positive(self) -> NDArray[np.int64]:
        """The same step of the log odds of class 1; of predictions of 1/2 any."""
        return np.where(self.truth == 1, self.step, -1 - self.step)

    @cached_property
    def impossible(self) -> NDArray[np.bool_]:
        """Which cells have a prediction that rules out the truth."""
        return np.equal(self.place, np.where(self.truth == 1, 0, PLACES - 1))

    @property
    def below(self) -> bool:
        """Whether every prediction lies below 1."""
        return not (self.place == PLACES - 1).any()

    def rounded(self, layout: Layout) -> bool:
        """Whether digits are lost: a prediction is too near to 0, or weights are too far from 1 for products of them."""
        some = self.weight > 0
        if (some & ~((self.weight > 1 / HEAVIEST) & (self.weight2 < HEAVIEST**2))).any():
            return True
        if layout.scale == "logit":
            return bool(((self.step >= FARTHEST) | (self.step < -FARTHEST)).any())
        return bool((~self.impossible & (self.loss > DENORMAL * self.weight)).any())

    def reaches(self, step: int) -> bool:
        """Whether some predictions, other than 0 and 1, are as far out as a step."""
        far = (self.step >= step) | (self.step < -step)
        return bool((far & ~self.impossible & ~self.certain).any())

    def mean(self, of: FloatArray) -> FloatArray:
        """The mean of what is added up in each cell; 0 where it has no weight."""
        return np.divide(of, self.weight, out=np.zeros(len(of)), where=self.weight > 0)

    @cached_property
    def lost(self) -> FloatArray:
        """The loss of each cell, without digits lost; 0 where it is infinite."""
        mean = self.mean(self.p)
        cube = self.weight * mean**3 + 3 * mean * np.maximum(self.pp - self.p * mean, 0)
        series = self.p + self.pp / 2 + cube / 3 + self.weight * mean**4 / 4
        known = np.where((self.truth == 0) & (mean < SMALL), series, self.loss)
        return np.where(self.impossible | self.certain, 0.0, known)

    @cached_property
    def certain(self) -> NDArray[np.bool_]:
        """Which cells have a prediction of 0 or 1 that is right."""
        return np.equal(self.place, np.where(self.truth == 1, PLACES - 1, 0))

    @cached_property
    def logits(self) -> Logits:
        """The same by logit, targets taken together, in ascending order."""
        mean, spread = self._log_odds
        keys = np.stack([self.place, self.of_positive, self.part])
        cells, of_each = np.unique(keys, axis=1, return_inverse=True)
        positive = np.where(self.truth == 1, self.weight, 0.0)
        ends = (cells[0] == 0, cells[0] == PLACES - 1)
        values = {
            "weight": self.weight,
            "t": positive,
            "z": self.weight * mean,
            "zz": self.weight * (mean**2 + spread),
            "tz": positive * mean,
            "settled": np.where(self.certain, self.weight, 0.0),
        }
        sums = {name: summed(value, of_each.ravel(), cells.shape[1]) for name, value in values.items()}
        return Logits(np.select(ends, (-1, CELLS), 0), **sums)

    @cached_property
    def _log_odds(self) -> tuple[FloatArray, FloatArray]:
        """The mean logit of each cell, right to second order in its width, and its variance; 0 of what is infinite.

        They follow from the means and variances of p where p is small and the target 0, and of the loss otherwise, as each is
        known to all its digits there.
        """
        small = (self.truth == 0) & (self.place < FINE)
        with np.errstate(all="ignore"):
            p, loss = self.mean(self.p), self.mean(self.loss)
            varying = np.maximum(np.where(small, self.mean(self.pp) - p**2, self.mean(self.loss2) - loss**2), 0)
            grown, odds = np.exp(loss), np.expm1(loss)  # of 1 / g and of (1 - g) / g, g being the probability of the truth
            side = np.where(self.truth == 1, -1.0, 1.0)
            z = np.where(small, np.log(p) - np.log1p(-p), side * np.log(odds))
            slope = np.where(small, 1 / (p * (1 - p)), side * grown / odds)
            bend = np.where(small, 1 / (1 - p) ** 2 - 1 / p**2, -side * grown / odds**2)
            mean, spread = z + bend * varying / 2, slope**2 * varying
        known = ~self.impossible & ~self.certain & (self.weight > 0)
        return np.where(known, mean, 0.0), np.where(known, spread, 0.0)

    def scores(self, truth: int = 1) -> Scores:
        """Return what calibration needs: of the probability of class 1, or of that of class 0."""
        place = self.place if truth == 1 else PLACES - 1 - self.place
        bins, of_each = np.unique(np.maximum((place + 1) // 2 - 1, 0), return_inverse=True)
        p = self.p if truth == 1 else self.weight - self.p
        pp = self.pp if truth == 1 else self.weight - 2 * self.p + self.pp
        t = np.where(self.truth == truth, self.weight, 0.0)
        values = {"count": self.count, "weight": self.weight, "weight2": self.weight2, "p": p, "t": t, "tt": t}
        sums = {name: summed(values[name], of_each, len(bins)) for name in SUMS}
        return Scores(FINE, bins, **sums, pp=float(pp.sum()), pt=float(p[self.truth == truth].sum()))

    @cached_property
    def histogram(self) -> Histogram:
        """Losses in cells whose edges are those of predictions and of log odds; the first one holds losses of 0."""
        (bins, step), of_each = self._by_loss
        last = np.array([-1]) if bins.size else np.zeros(0, dtype=np.int64)
        edges = np.concatenate([[-math.inf, 0.0], _ends(bins[1:], step[1:], 1), _ends(bins[last], step[last], 0)])
        cell, size = np.where(self.certain, 0, of_each + 1)[~self.impossible], len(edges) - 1
        count, weight, loss = (summed(of[~self.impossible], cell, size) for of in (self.count, self.weight, self.lost))
        return Histogram(edges[:-1], edges[1:], count.astype(np.int64), weight, loss)

    def keys(self, cell: int) -> list[float]:
        """Return the keys of the rows in a cell of the histogram, as `keyed` has them."""
        _, of_each = self._by_loss
        mine = ~self.impossible & (np.where(self.certain, 0, of_each + 1) == cell)
        return [float(key) for key in self.key[mine]]

    @cached_property
    def _by_loss(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The bins and steps of the truth's probability in ascending order of loss, and which of them each cell belongs to."""
        given = np.where(self.truth == 1, self.place, PLACES - 1 - self.place)
        pairs = -np.stack([np.maximum((given + 1) // 2 - 1, 0), self.step])
        usual = ~self.impossible & ~self.certain
        kept, inverse = np.unique(pairs[:, usual], axis=1, return_inverse=True)
        of_each = np.full(len(usual), -1)
        of_each[usual] = inverse.ravel()
        return -kept, of_each

    def means(self, rows: ibis.Table, layout: Layout) -> tuple[Mean, ...]:
        """Return the mean as libraries have it; a scan at both ends of the rows, which have their `loss`, if any is far out."""
        ends = (self.place < 2) | (self.place > PLACES - 3)
        far = (self.step >= USUAL) | (self.step < -USUAL)
        if not far.any():
            ends = np.zeros(len(ends), dtype=bool)
        sums = dict.fromkeys(agreeing.names(layout), float(self.lost[~ends].sum()))
        if ends.any():
            outer = (rows.positive < number(1 / FINE)) | (rows.positive > number((FINE - 1) / FINE))
            more = agreeing.added(rows.filter(outer), layout)
            sums = {name: value + more[name] for name, value in sums.items()}
        return agreeing.named(layout, sums, float(self.weight.sum()))

    def cut(self, rows: ibis.Table, layout: Layout, temperature: float, size: int) -> Odds:
        """Return the same, no cell lying across an edge of so many bins at a temperature: a scan of rows beside such edges.

        Parameters
        ----------
        rows : ibis.Table
            The rows that were counted.
        layout : Layout
        temperature : float
        size : int
        """
        inner = np.arange(1, size) / size
        bins = np.unique(np.floor(FINE / (1 + np.exp(-temperature * np.log(inner / (1 - inner))))).astype(int))
        ends, column = np.array([bins, bins + 1]) / FINE, "p"
        if layout.scale == "logit":
            with np.errstate(divide="ignore"):
                ends, column = np.clip(np.log(ends) - np.log1p(-ends), -FARTHEST * 2, FARTHEST * 2), "z"
        low, high = ends + np.array([[-SLACK], [SLACK]])
        rows = rows.filter(Grid.over(low, high).holds(rows[column]))
        with held(rows.select(column, *weights(layout), t=rows.t.cast("int8"))) as near:
            beside = counted(near.mutate(t=near.t.cast("float64")), layout, temperature, size)
        kept, taken = ~np.isin(self.place // 2, bins) | (self.place % 2 == 0), np.isin(beside.place, 2 * bins + 1)
        parts = [each.name for each in fields(self) if each.name != "left"]
        sums: dict[str, Any] = {
            name: np.concatenate([getattr(self, name)[kept], getattr(beside, name)[taken]]) for name in parts
        }
        return replace(self, **sums)


def at_step(step: NDArray[np.int64]) -> FloatArray:
    """The least log odds of a step: those of p (1 - p) = 1 / (2 cosh(z / 2))**2, whose logarithm cuts cells."""
    with np.errstate(divide="ignore"):
        away = STEPS / np.maximum(MIDDLE - np.abs(step), 0) - BEND
    size: FloatArray = 2 * np.arccosh(np.maximum(np.exp(away / 2) / 2, 1))
    return np.sign(step) * size


def _ends(bins: NDArray[np.int64], step: NDArray[np.int64], side: int) -> FloatArray:
    """The least loss in cells, or with side 0 the largest."""
    with np.errstate(divide="ignore"):
        of_bins, of_steps = -np.log((bins + side) / FINE), np.logaddexp(0, -at_step(step + side))
    return np.maximum(of_bins, of_steps) if side else np.minimum(of_bins, of_steps)


def fits(layout: Layout) -> bool:
    """Whether rows laid out so can be counted: of two classes, of which one is true."""
    return layout.kind == "binary" and bool(layout.labels)


def weights(layout: Layout) -> tuple[str, ...]:
    """Return the column of weights, where rows have any."""
    return ("weight",) if layout.weight else ()


def keyed(rows: ibis.Table, layout: Layout) -> ibis.Table:
    """Rows of two classes with `p`, their cell, `key`, and the logarithm of the truth's probability, `own`, if finite."""
    if layout.scale == "logit":
        rows = chance(rows)
        rows = rows.mutate(own=rows.low - (1 - rows.t) * rows.z - rows.log, reach=rows.log * 2 + rows.size + BEND)
    else:
        own, both = ((value + number(TINY)).ln() for value in ((rows.p - (1 - rows.t)).abs(), rows.p * (1 - rows.p)))
        rows = rows.mutate(own=own, reach=BEND - both)
    rows = rows.mutate(nearest=floored(rows.p * FINE + number(0.5)))
    place = rows.nearest * 2 + (rows.p - rows.nearest / FINE).sign()
    key = (floored(STEPS / rows.reach) * PLACES + place) * 2 + rows.t
    return rows.mutate(key=key + rows.weight * 0 if layout.weight else key)  # none of a missing or an infinite weight


def chance(rows: ibis.Table) -> ibis.Table:
    """Return rows with a finite raw score z with its `size`, `low`, the lesser of z and 0, `log`, and the probability `p`.

    That is ln(1 + exp(-size)), without the digits that the sum has lost.
    """
    rows = rows.mutate(size=rows.z.abs())
    rows = rows.mutate(rest=(-rows.size).exp(), low=(rows.z - rows.size) * number(0.5))
    rows = rows.mutate(whole=1 + rows.rest)
    return rows.mutate(p=rows.low.exp() / rows.whole, log=logarithm_of_whole(rows))


def counted(rows: ibis.Table, layout: Layout, temperature: float | None = None, size: int = 0) -> Odds:
    """Return the cells of rows, from one scan; with their parts in bins at a temperature, if one is given."""
    rows = keyed(rows, layout)
    if temperature is not None:
        z = rows.z if layout.scale == "logit" else (rows.p + number(TINY)).ln() - (1 - rows.p + number(TINY)).ln()
        tempered = chance(rows.select("key", "own", *weights(layout), was=rows.p, z=z * number(1 / temperature)))
        rows = tempered.mutate(p=tempered.was, key=tempered.key * (size + 1) + nearest(tempered.p, size) + 1)
    sums = {name: value.sum() for name, value in _measures(rows, layout).items()}
    found = columns(rows.group_by("key").aggregate(count=rows.count(), **sums))
    kept = np.isfinite(found["key"].astype(np.float64))
    left = float(found["count"][~kept].sum())
    found = {name: of[kept].astype(np.float64) for name, of in found.items()}
    if not layout.weight:
        found |= {"weight": found["count"], "weight2": found["count"], "products": found["loss"], "parts": found["loss2"]}
    found |= {name: -found[name] for name in ("loss", "products")}
    whole = found.pop("key").astype(np.int64)
    key, part = (whole, np.zeros_like(whole)) if temperature is None else np.divmod(whole, size + 1)
    cell, truth = np.divmod(key, 2)
    step, place = np.divmod(cell, PLACES)
    step = np.where(place < FINE, step - MIDDLE, MIDDLE - 1 - step)
    if layout.scale == "logit":
        place = np.minimum(place, PLACES - 2)  # 1 by rounding is none of the ends
    p = place // 2 / FINE
    given = np.abs(p - (1 - truth))
    on_edge = (place % 2 == 0) & (given > 0)  # there each row's numbers are known, and sums of equal ones round one way
    loss = -np.log(np.where(on_edge, given, 1))
    one, two = found["weight"], found["weight2"]
    exact = {"p": one * p, "pp": one * p * p, "loss": one * loss, "loss2": one * loss * loss}
    exact |= {"products": two * loss, "parts": two * loss * loss}
    found |= {name: np.where(on_edge, of, found[name]) for name, of in exact.items()}
    step = np.where((truth == 1) | (place == FINE), step, -1 - step)
    return Odds(key, truth, place, step, part, **found, left=left)


def _measures(rows: ibis.Table, layout: Layout) -> dict[str, ibis.Value]:
    """What is added up over the rows of a cell, with `own` in place of the loss; what equals another is left out."""
    p, own = rows.p, rows.own
    if not layout.weight:
        return {"p": p, "pp": p * p, "loss": own, "loss2": own * own}
    weight, given, part = rows.weight, rows.weight * p, rows.weight * own
    by_square = {"weight2": weight * weight, "products": weight * part, "parts": part * part}
    return {"weight": weight, "p": given, "pp": given * p, "loss": part, "loss2": part * own} | by_square


def together(cells: Odds, layout: Layout) -> Together:
    """Return what follows from the cells of rows under the usual loss, but for the libraries' means."""
    count, weight, usual = cells.count, cells.weight, ~cells.impossible
    predicted = (cells.place > FINE).astype(np.int64)
    of_pairs = {"count": count, "weight": weight, "finite": weight * usual, "infinite": count * ~usual, "loss": cells.lost}
    sums = {name: summed(of, cells.truth * 2 + predicted, 4) for name, of in of_pairs.items()}
    given = np.where(cells.truth == 1, cells.place, PLACES - 1 - cells.place)
    places = np.minimum(given * positions.CELLS // (PLACES - 1), positions.CELLS - 1)
    sure = np.where(cells.truth == 1, cells.p, weight - cells.p)
    rows, whole, of_truth = float(count.sum()), float(weight.sum()), summed(weight, cells.truth, 2)
    return Together(
        summary=summary.of_sums(
            {
                "rows": rows,
                "examples": rows,
                "infinite": sums["infinite"].sum(),
                "undefined": 0.0,
                "beyond": math.inf if weight[cells.impossible].any() else 0.0,
                "weighed": whole,
                "whole": sums["finite"].sum(),
                "wholes": cells.weight2[usual].sum(),
                "part": cells.lost.sum(),
                "parts": cells.parts[usual].sum(),
                "products": cells.products[usual].sum(),
                "means": math.nan,
            }
        ),
        cells=classes.arranged(layout.classes, np.arange(4) // 2, np.arange(4) % 2, sums),
        accuracy=float(weight[cells.truth == predicted].sum()) / whole if whole else math.nan,
        floor=summary.entropy(of_truth),
        places=Positions(positions.edges(0.0, 1.0), *(summed(of, places, positions.CELLS) for of in (weight, cells.lost))),
        libraries=(),
        given={k: float(sure[cells.truth == k].sum() / of_truth[k]) for k in (0, 1) if of_truth[k] > 0},
        scores=cells.scores(),
        histogram=cells.histogram,
    )
