"""Whether probabilities mean what they say: reliability in bins, the calibration errors, the Brier score taken apart.

Bins are open on the left and closed on the right, as in Guo et al. (2017), the first one closed on both sides; an edge k/bins
is the float next to that fraction.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import ibis
import numpy as np
from numpy.typing import NDArray

from explorer.rows.analyses.scans import Bounds, FloatArray, Quantile, columns, floored, located, number, summed
from explorer.rows.analyses.scores import chances, probabilities
from explorer.rows.analyses.summary import NORMAL
from explorer.rows.expressions import settled
from explorer.rows.spec import Layout

FINE = 1260
"""Fine bins of one scan: any number of bins that divides it, such as 5, 6, 7, 9, 10, 12, 15, 20, 30, needs no other."""
SUMS = ("count", "weight", "weight2", "p", "t", "tt")
TOTAL = -1
"""The bin under which a query says what is wanted of all rows alone."""


@dataclass(frozen=True)
class Scores:
    """Sums over the rows of each bin of equal width that is not empty: all that calibration needs.

    Attributes
    ----------
    size : int
        How many bins there are, empty ones among them.
    bin : array of int, shape (n,)
        Which one, from 0.
    count, weight, weight2 : array, shape (n,)
        Rows, their weights, and the squares of these, added.
    p, t, tt : array, shape (n,)
        Predictions, targets and their squares, added by weight.
    pp, pt : float
        Squares of predictions, and their products with targets, of all rows.
    """

    size: int
    bin: NDArray[np.int64]
    count: FloatArray
    weight: FloatArray
    weight2: FloatArray
    p: FloatArray
    t: FloatArray
    tt: FloatArray
    pp: float
    pt: float

    def coarser(self, size: int) -> Scores:
        """Return the same in fewer bins, a number that divides the present one, empty ones kept."""
        groups = self.bin // (self.size // size)
        sums = {name: summed(getattr(self, name), groups, size) for name in SUMS}
        return Scores(size, np.arange(size), **sums, pp=self.pp, pt=self.pt)


@dataclass(frozen=True)
class Bin:
    """Rows whose predictions lie in (low, high].

    Attributes
    ----------
    low, high : float
        The ends, as probabilities.
    count : int
        How many rows.
    weight : float
        Their weights added.
    prediction, target : float
        Their means by weight; NaN where there is no row.
    target_low, target_high : float
        Wilson's 95 % interval of the target, with as many rows as weights are worth (Kish).
    """

    low: float
    high: float
    count: int
    weight: float
    prediction: float
    target: float
    target_low: float
    target_high: float


@dataclass(frozen=True)
class Brier:
    """The mean squared error of predictions and what it is made of (Stephenson, Coelho and Jolliffe, 2008).

    score = reliability - resolution + uncertainty + within_variance - within_covariance.

    Attributes
    ----------
    score : float
        The mean of (p - t)**2.
    reliability : float
        How far mean predictions lie from mean targets of bins, squared.
    resolution : float
        How far mean targets of bins lie from the mean of all.
    uncertainty : float
        The variance of targets.
    within_variance, within_covariance : float
        The variance of predictions within bins, and twice their covariance with targets there.
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within_variance: float
    within_covariance: float


def check_bins(size: int) -> None:
    """Raise a ValueError if size is not an integer from 1 to 1000."""
    if not isinstance(size, int) or not 1 <= size <= 1000:
        raise ValueError(f"bins must be an integer from 1 to 1000; got {size!r}.")


def judged(rows: ibis.Table, layout: Layout) -> ibis.Table:
    """Return rows that are `scored` with `score`, the probability that is judged, and `target`, whether it is so."""
    if layout.kind == "binary":
        return rows.mutate(score=rows.positive, target=rows.t)
    score = ibis.least(rows.confidence, number(1))  # the sum under a softmax may be rounded below its largest term
    return rows.mutate(score=score, target=(rows.truth == rows.predicted).cast("float64"))


def fine_bin(p: ibis.Value, size: int) -> ibis.Value:
    """Return the bin of a probability, from 0, where size bins of equal width are closed on the right."""
    return ibis.greatest(nearest(p, size), number(0)).cast("int64")


def nearest(p: ibis.Value, size: int) -> ibis.Value:
    """Return the same, but -1 where p is 0."""
    edge = floored(p * size + number(0.5))  # the nearest one
    return edge - (p <= edge / size).cast("float64")


def by_class(rows: ibis.Table, layout: Layout, size: int) -> ibis.Table:
    """Return a row for each class k of each row that is `scored`: `key`, and `gap`, by weight.

    The key is k * (size + 1) + 1 + what is `nearest` to the class's probability; the gap is how far that lies above 1 where the
    class is true, else above 0.
    """
    if layout.wide:
        long = rows.select("weight", "truth", score=probabilities(rows, layout)).unnest("score", offset="k")
        key, target = nearest(long.score, size) + long.k * (size + 1) + 1, (long.truth == long.k).cast("float64")
        return long.select(key=key, gap=long.weight * (long.score - target))
    rows, every = chances(rows, layout), range(max(len(layout.classes), 2))
    gaps = {f"gap{k}": rows[f"c{k}"] - (rows.truth == k).cast("float64") for k in every}
    if layout.weight:
        gaps = {name: rows.weight * gap for name, gap in gaps.items()}
    rows = settled(rows.select(**gaps, **{f"key{k}": nearest(rows[f"c{k}"], size) + (k * (size + 1) + 1) for k in every}))
    pairs = ibis.array([ibis.struct({"key": rows[f"key{k}"], "gap": rows[f"gap{k}"]}) for k in every])
    long = rows.select(pair=pairs.unnest())
    return long.select(key=long.pair["key"], gap=long.pair["gap"])


def scores(rows: ibis.Table, size: int = FINE) -> Scores:
    """Return the sums of bins from one scan of rows with `score` in [0, 1], `target` in [0, 1] and `weight`."""
    p, t, weight = rows.score, rows.target, rows.weight.cast("float64")
    products = {"p": p, "t": t, "tt": t * t, "pp": p * p, "pt": p * t}
    fine = rows.group_by(bin=fine_bin(p, size)).aggregate(
        count=rows.count().cast("float64"),
        weight=weight.sum(),
        weight2=(weight * weight).sum(),
        **{name: (weight * value).sum() for name, value in products.items()},
    )
    return gathered(size, columns(binned(fine)))


def binned(fine: ibis.Table, names: Sequence[str] = SUMS) -> ibis.Table:
    """Return sums by bin with a row more, of TOTAL, whose p and t are the sums of pp and pt: wanted of all rows alone."""
    none = {name: number(0) for name in names if name not in {"p", "t"}}
    whole = fine.aggregate(p=fine.pp.sum(), t=fine.pt.sum()).mutate(bin=ibis.literal(TOTAL, "int64"), **none)
    return fine.select("bin", *names).union(whole.select("bin", *names))


def gathered(size: int, found: dict[str, NDArray[np.float64]]) -> Scores:
    """Return what `binned` says of size bins."""
    order = np.argsort(found["bin"], kind="stable")
    bins = found["bin"][order].astype(np.int64)
    first, rest = order[bins == TOTAL], order[bins != TOTAL]
    pp, pt = (float(np.nan_to_num(found[name][first]).sum()) for name in ("p", "t"))
    return Scores(size, bins[bins != TOTAL], **{name: found[name][rest].astype(np.float64) for name in SUMS}, pp=pp, pt=pt)


@dataclass(frozen=True, eq=False)
class Calibration:
    """How well probabilities are calibrated, in a number of bins.

    Attributes
    ----------
    rows : ibis.Table
        With `score` (of binary rows the probability of class 1, else that of the class predicted), `target` (whether it is so)
        and `weight`, and what it takes to judge them again.
    layout : Layout
    size : int
        The number of bins.
    scores : Scores
        Of so many bins that size divides their number.
    negative : Scores or None
        The same of the probability of class 0, of binary rows, if it is known.
    by_class : function
        Number of bins -> what `by_class` returns of the same rows.
    quantiles : function or None
        Sums of weights, and what more is asked for -> the quantiles of the score where these are reached: a quick way to find
        them, if there is one.
    """

    rows: ibis.Table
    layout: Layout
    size: int
    scores: Scores
    negative: Scores | None
    by_class: Callable[[int], ibis.Table]
    quantiles: Callable[[Sequence[float], Sequence[str]], list[Quantile] | None] | None = None

    @classmethod
    def of(cls, rows: ibis.Table, layout: Layout, size: int, by_class: Callable[[int], ibis.Table]) -> Calibration:
        """Return the calibration of rows that are `scored`, from one scan.

        Raises
        ------
        ValueError
            If size is not an integer from 1 to 1000.
        """
        check_bins(size)
        rows = judged(rows, layout)
        return cls(rows, layout, size, scores(rows, size if FINE % size else FINE), None, by_class)

    def in_bins(self, size: int) -> Calibration:
        """Return the same in another number of bins: without a scan where it divides FINE."""
        if self.scores.size % size:
            return Calibration.of(self.rows.drop("score", "target"), self.layout, size, self.by_class)
        return replace(self, size=size)

    @cached_property
    def bins(self) -> tuple[Bin, ...]:
        """The bins from 0 to 1, empty ones too."""
        return _bins(self._sums, np.arange(self.size + 1) / self.size)

    @cached_property
    def ece(self) -> float:
        """The expected calibration error: the mean distance of mean prediction and mean target of bins of equal width."""
        return _expected(self._sums)

    @cached_property
    def mce(self) -> float:
        """The maximum calibration error: the largest such distance."""
        return float(np.max(np.abs(_gap(self._sums)[self._sums.weight > 0]), initial=0.0))

    @cached_property
    def ece_debiased(self) -> float:
        """The root of the mean squared distance, less what chance alone puts there; 0 where that is more.

        An estimate of the squared calibration error whose bias is far smaller than the plain one's (Bröcker, 2012; Kumar, Liang
        and Ma, 2019), here of bins of equal width. Bins of fewer than two rows tell nothing and are left out.
        """
        sums = self._sums
        if not sums.weight.sum() > 0:
            return math.nan
        share = np.divide(sums.weight2, sums.weight**2, out=np.ones(sums.size), where=sums.weight > 0)
        use = share < 1 - 1e-12
        rate, share, weight = (sums.t[use] / sums.weight[use]), share[use], sums.weight[use]
        spread = _ratio(sums.tt, sums.weight)[use] - rate**2
        chance = np.maximum(spread, 0) * share / (1 - share)
        return float(math.sqrt(max(0.0, float((weight * (_gap(sums)[use] ** 2 - chance)).sum() / sums.weight.sum()))))

    @cached_property
    def mass_bins(self) -> tuple[Bin, ...]:
        """Bins that hold equal weight, as nearly as equal predictions, which stay together, allow; from a few scans.

        An edge is the least prediction at or below which k/size of the weight lies, and belongs to the bin on its left.
        """
        edges = {quantile.value: quantile for quantile in self._mass_edges()}
        upto = [self._upto(edges[value]) for value in sorted(edges)]
        whole = np.array([getattr(self.scores, name).sum() for name in SUMS])
        sums = dict(zip(SUMS, np.diff(np.array([np.zeros(len(SUMS)), *upto, whole]), axis=0).T, strict=True))
        sums["weight"][sums["weight"] < 1e-12 * whole[SUMS.index("weight")]] = 0  # differences of sums, rounded
        full = Scores(len(edges) + 1, np.arange(len(edges) + 1), **sums, pp=self.scores.pp, pt=self.scores.pt)
        return tuple(bin for bin in _bins(full, np.array([0.0, *sorted(edges), 1.0])) if bin.count)

    def _upto(self, edge: Quantile) -> FloatArray:
        """The SUMS of all rows up to an edge."""
        weight, more = edge.below + edge.at, dict(zip(self._more, edge.more, strict=True))
        known = {"count": weight, "weight": weight, "weight2": weight, "p": edge.part + edge.at * edge.value, "tt": more["t"]}
        return np.array([(known | more)[name] for name in SUMS])

    @cached_property
    def _more(self) -> tuple[str, ...]:
        """Those of the SUMS that a search for quantiles does not add up by itself, and that differ from one that it does."""
        weighted = ("count", "weight2") if self.layout.weight else ()
        return ("t", *weighted, *(() if self.layout.kind == "classes" or self.layout.labels else ("tt",)))

    def _mass_edges(self) -> list[Quantile]:
        """The edges between bins of equal weight, each looked for in the fine bin that holds it."""
        reached, parts = np.cumsum(self.scores.weight), np.cumsum(self.scores.p)
        if not reached.size or not reached[-1] > 0:
            return []
        wanted = [k * float(reached[-1]) / self.size for k in range(1, self.size)]
        if self.quantiles and (found := self.quantiles(wanted, self._more)) is not None:
            return found
        before = {name: np.cumsum(values) - values for name in self._more for values in [getattr(self.scores, name)]}
        holding = [min(int(np.searchsorted(reached, weight)), len(reached) - 1) for weight in wanted]
        width = self.scores.size
        within = [
            Bounds(
                float(np.nextafter(self.scores.bin[k] / width, 1)) if self.scores.bin[k] else 0.0,
                float((self.scores.bin[k] + 1) / width),
                float(self.scores.count[k]),
                float(reached[k - 1]) if k else 0.0,
                float(parts[k - 1]) if k else 0.0,
                tuple(float(before[name][k]) for name in self._more),
            )
            for k in holding
        ]
        weight, target = self.rows.weight.cast("float64"), self.rows.target
        values = {"t": weight * target, "count": number(1), "weight2": weight * weight, "tt": weight * target * target}
        rows = self.rows.select("score", "weight", **{name: values[name] for name in self._more})
        return located(rows, "score", wanted, within, self._more)

    @cached_property
    def ece_mass(self) -> float:
        """The expected calibration error of bins of equal weight."""
        weight = np.array([bin.weight for bin in self.mass_bins])
        gaps = np.array([abs(bin.prediction - bin.target) for bin in self.mass_bins])
        return float((weight * gaps).sum() / weight.sum()) if weight.size else math.nan

    @cached_property
    def ece_by_class(self) -> dict[str, float]:
        """Class -> the expected calibration error of its own probability, against whether it is the true one; one scan."""
        names = self.layout.classes or ("0", "1")
        known = {1: self.ece} if self.layout.kind == "binary" and self.layout.labels else {}
        if known and self.negative and self.negative.size % self.size == 0:
            return {names[0]: _expected(self.negative.coarser(self.size)), names[1]: self.ece}
        if known:  # that of one class is the error of all
            gap = self.rows.weight * (self.rows.target - self.rows.score)
            long = self.rows.select(key=nearest(1 - self.rows.score, self.size) + 1, gap=gap)
        else:
            long = self.by_class(self.size)
        fine = long.group_by(key=long.key.cast("int64")).aggregate(gap=long.gap.sum())
        first = fine.key % (self.size + 1) == 0  # where probabilities are 0: they stand in the first bin
        gaps = fine.group_by(key=fine.key + first.cast("int64")).aggregate(gap=fine.gap.sum())
        found = columns(gaps.group_by(k=gaps.key // (self.size + 1)).aggregate(gap=gaps.gap.abs().sum()))
        whole = float(self.scores.weight.sum()) or math.nan
        each = known | {int(k): float(gap) / whole for k, gap in zip(found["k"], found["gap"], strict=True)}
        return {names[k]: each[k] for k in sorted(each)}

    @cached_property
    def brier(self) -> Brier:
        """The Brier score of the same predictions and targets, and its parts."""
        sums, whole = self._sums, float(self._sums.weight.sum())
        if not whole > 0:
            return Brier(*[math.nan] * 6)
        used = sums.weight > 0
        weight, p, t = sums.weight[used], sums.p[used], sums.t[used]
        mean = t.sum() / whole
        between = float((weight * (t / weight - mean) ** 2).sum() / whole)
        return Brier(
            score=float((sums.pp - 2 * sums.pt + sums.tt.sum()) / whole),
            reliability=float((weight * (p / weight - t / weight) ** 2).sum() / whole),
            resolution=between,
            uncertainty=float(sums.tt.sum() / whole - mean**2),
            within_variance=float((sums.pp - (p**2 / weight).sum()) / whole),
            within_covariance=float(2 * (sums.pt - (p * t / weight).sum()) / whole),
        )

    @cached_property
    def _sums(self) -> Scores:
        return self.scores.coarser(self.size)


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    ratio = np.full(len(below), math.nan)
    np.divide(above, below, out=ratio, where=below > 0)
    return ratio


def _gap(sums: Scores) -> FloatArray:
    return _ratio(sums.p - sums.t, sums.weight)


def _expected(sums: Scores) -> float:
    whole = float(sums.weight.sum())
    return float(np.abs(sums.p - sums.t).sum() / whole) if whole > 0 else math.nan


def _bins(sums: Scores, edges: FloatArray) -> tuple[Bin, ...]:
    rate = np.clip(_ratio(sums.t, sums.weight), 0, 1)
    low, high = wilson(rate, _ratio(sums.weight**2, sums.weight2))
    mean = _ratio(sums.p, sums.weight)
    return tuple(
        Bin(
            float(edges[k]),
            float(edges[k + 1]),
            int(sums.count[k]),
            float(sums.weight[k]),
            float(mean[k]),
            float(rate[k]),
            float(low[k]),
            float(high[k]),
        )
        for k in range(sums.size)
    )


def wilson(rate: FloatArray, count: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the ends of Wilson's 95 % interval of proportions seen in so many rows, both of shape (...)."""
    square = NORMAL**2
    middle = (rate + square / (2 * count)) / (1 + square / count)
    half = NORMAL / (1 + square / count) * np.sqrt(rate * (1 - rate) / count + square / (4 * count**2))
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)
