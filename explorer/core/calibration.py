"""Calibration from a histogram alone: bins, their error, and the mean loss at any temperature.

A histogram of binary rows holds their scores in fine bins, so that dividing the scores by a temperature moves whole fine bins.
The top class's confidence at a temperature takes all scores of a row: then there is a table for each of TEMPERATURES. Both are
pooled (see `pool`) into the same columns, of which `BINS` is the program.

A bin holds the predictions above its lower edge up to its upper one, as in Guo et al. (2017); the first one holds 0 too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from sympy import Float, Integer, Rational, Symbol, floor, log, sqrt

from explorer.core.checks import FloatArray
from explorer.core.functions import absolute, logistic_loss, maximum, minimum, positive, same, sigmoid
from explorer.core.pool import Pool
from explorer.core.program import Program

COLDEST, HOTTEST = 0.05, 20.0
"""Between which temperatures there is something to see."""
LOGARITHMS = (math.log10(COLDEST), math.log10(HOTTEST))
"""Their logarithms, to base 10: the limits of the input log_T."""
TEMPERATURES: FloatArray = np.geomspace(COLDEST, HOTTEST, 41)
"""At which there is a table where a histogram does not do; the middle one is 1."""
MOST_BINS = 50
NOWHERE = -9
"""Where an empty bin has its means: off the chart, but a number, so that Plotly keeps its point."""
LEVEL = 1.959963984540054
"""How many standard deviations to both sides hold 95 % of a normal distribution."""
NUDGE = 1e-9
"""In bins: as far above an edge a prediction counts as on it, since 0.2 may come of its logit as 0.20000000000000004."""
FAR = 1e6
"""The score that stands for an infinite one where a browser is told: at any temperature its prediction is 0 or 1 as well."""
ROUNDS = 80
"""How often an interval is halved."""


class Bins(NamedTuple):
    """Bins of equal width over [0, 1]: sums over the rows of each, shape (bins,).

    Attributes
    ----------
    weight : array
        Of the rows.
    positive : array
        Of their targets.
    predicted : array
        Of their predictions.
    """

    weight: FloatArray
    positive: FloatArray
    predicted: FloatArray

    @property
    def error(self) -> float:
        """The expected calibration error: how far mean target and mean prediction are apart, over bins weighted by rows."""
        return float(np.abs(self.positive - self.predicted).sum() / self.weight.sum())


@dataclass(frozen=True)
class Scores:
    """Binary rows in fine bins of their scores, or logits; those that are empty are left out. Each array of shape (fine bins,).

    Attributes
    ----------
    z : array
        Mean score; may be infinite: of these the loss is 0 or infinite, and takes no part in the mean.
    n : array
        Weight of the rows.
    k : array
        Weight of the positives, or sum of weighted targets: from 0 to n.
    """

    z: FloatArray
    n: FloatArray
    k: FloatArray

    @classmethod
    def of(cls, z: ArrayLike, n: ArrayLike, k: ArrayLike) -> Scores:
        """Return a histogram of arrays of one shape, without its empty bins.

        Raises
        ------
        ValueError
            If a shape differs, all bins are empty, or a weight of positives is not between 0 and that of the rows.
        """
        scores, weights, positives = columns = [np.asarray(column, dtype=np.float64) for column in (z, n, k)]
        if len({column.shape for column in columns}) > 1:
            raise ValueError(f"z, n and k must have one shape; got {', '.join(str(column.shape) for column in columns)}.")
        kept = weights > 0
        if not kept.any():
            raise ValueError("A histogram must have a row; got none.")
        if not ((positives >= 0) & (positives <= weights * (1 + 1e-12)))[kept].all():
            raise ValueError("k must lie between 0 and n in every bin.")
        return cls(scores[kept], weights[kept], np.minimum(positives, weights)[kept])

    @property
    def total(self) -> float:
        """Weight of all rows."""
        return float(self.n.sum())

    @property
    def finite(self) -> float:
        """Weight of the rows whose loss is finite."""
        impossible = np.where(np.isinf(self.z), np.where(self.z > 0, self.n - self.k, self.k), 0.0)
        return self.total - float(impossible.sum())

    def binned(self, temperature: float, bins: int) -> Bins:
        """Return bins of equal width over the predictions that the scores, divided by a temperature, make."""
        with np.errstate(over="ignore"):
            q = 1 / (1 + np.exp(-self.z / temperature))
        return _binned(q, self.n, self.k, bins)

    def losses(self, temperatures: ArrayLike) -> FloatArray:
        """Return the mean cross-entropy in nats of what is finite at each temperature, shape of temperatures."""
        moving = np.isfinite(self.z)
        n, k = self.n[moving], self.k[moving]
        z = self.z[moving] / np.asarray(temperatures, dtype=np.float64)[..., np.newaxis]
        each = np.where(z > 0, n - k, k) * np.abs(z) + n * np.log1p(np.exp(-np.abs(z)))
        return np.asarray(each.sum(axis=-1) / (self.finite or math.nan))

    def errors(self, temperatures: ArrayLike, bins: int) -> FloatArray:
        """Return the expected calibration error at each of some temperatures, shape (temperatures,)."""
        return np.array([self.binned(float(T), bins).error for T in np.asarray(temperatures)])

    @property
    def best_temperature(self) -> float:
        """The temperature between COLDEST and HOTTEST at which the mean loss is least: it is convex in 1 / temperature."""
        moving = np.isfinite(self.z)
        z, n, k = self.z[moving], self.n[moving], self.k[moving]
        low, high = 1 / HOTTEST, 1 / COLDEST
        for _ in range(ROUNDS):
            middle = (low + high) / 2
            with np.errstate(over="ignore"):
                falls = (z * (n / (1 + np.exp(-z * middle)) - k)).sum() < 0
            low, high = (middle, high) if falls else (low, middle)
        return 2 / (low + high)

    def pool(self) -> Pool:
        """Return how the bins of BINS come of this histogram, by the inputs log_T and bins."""
        return Pool(
            _scores(),
            {"z": np.clip(self.z, -FAR, FAR).tolist(), "n": self.n.tolist(), "k": self.k.tolist()},
            "slot",
            MOST_BINS,
            _SUMS,
        )


@dataclass(frozen=True)
class Tables:
    """Rows of several classes, in fine bins of the top class's confidence at each of TEMPERATURES; arrays (41, fine bins).

    Fine bins divide [0, 1] evenly, such as into 120, and coarser ones must be whole numbers of them.

    Attributes
    ----------
    q : array
        Mean confidence.
    n : array
        Weight of the rows; 0 in an empty bin.
    k : array
        Weight of those whose top class is right.
    loss : array
        Sum of their weighted losses, but for infinite ones.
    impossible : float
        Weight of the rows whose loss is infinite.
    """

    q: FloatArray
    n: FloatArray
    k: FloatArray
    loss: FloatArray
    impossible: float = 0.0

    @classmethod
    def of(cls, q: ArrayLike, n: ArrayLike, k: ArrayLike, loss: ArrayLike, impossible: float = 0.0) -> Tables:
        """Return tables of arrays.

        Raises
        ------
        ValueError
            If they have not one shape, or not a row for each of TEMPERATURES, or a table has no row.
        """
        columns = [np.asarray(column, dtype=np.float64) for column in (q, n, k, loss)]
        shapes = {column.shape for column in columns}
        if len(shapes) > 1 or columns[0].ndim != 2 or len(columns[0]) != len(TEMPERATURES):
            raise ValueError(f"Tables must have one shape ({len(TEMPERATURES)}, bins); got {', '.join(map(str, shapes))}.")
        if not (columns[1].sum(axis=1) > 0).all():
            raise ValueError("A table must have a row; got none.")
        return cls(columns[0], columns[1], columns[2], columns[3], impossible)

    @property
    def total(self) -> float:
        """Weight of all rows."""
        return float(self.n[0].sum())

    @property
    def finite(self) -> float:
        """Weight of the rows whose loss is finite."""
        return self.total - self.impossible

    def binned(self, temperature: float, bins: int) -> Bins:
        """Return bins of equal width at that of TEMPERATURES which is nearest."""
        at = nearest(temperature)
        kept = self.n[at] > 0
        return _binned(self.q[at][kept], self.n[at][kept], self.k[at][kept], bins)

    def losses(self, temperatures: ArrayLike) -> FloatArray:
        """Return the mean loss in nats at those of TEMPERATURES which are nearest."""
        at = [nearest(float(T)) for T in np.asarray(temperatures)]
        return np.asarray(self.loss.sum(axis=1)[at] / (self.finite or math.nan))

    def errors(self, temperatures: ArrayLike, bins: int) -> FloatArray:
        """Return the expected calibration error at those of TEMPERATURES which are nearest."""
        return np.array([self.binned(float(T), bins).error for T in np.asarray(temperatures)])

    def pool(self) -> Pool:
        """Return how the bins of BINS come of these tables, by the inputs log_T and bins."""
        kept = self.n > 0
        table = np.broadcast_to(np.arange(len(TEMPERATURES))[:, np.newaxis], self.n.shape)
        columns = {"q": self.q, "n": self.n, "k": self.k, "l": self.loss, "table": table}
        rows = {name: column[kept].astype(np.float64).tolist() for name, column in columns.items()}
        return Pool(_tables(), rows, "slot", MOST_BINS, _SUMS)


def _binned(q: FloatArray, n: FloatArray, k: FloatArray, bins: int) -> Bins:
    """Bins of predictions q, of which each stands for rows of weight n."""
    slots = np.maximum(np.ceil(q * bins - NUDGE) - 1, 0).astype(np.intp)
    weight, positive, predicted = (np.bincount(slots, column, bins).astype(np.float64) for column in (n, k, n * q))
    return Bins(weight, positive, predicted)


def nearest(temperature: float) -> int:
    """Return which of TEMPERATURES is nearest, by ratio."""
    low, high = LOGARITHMS
    step = (high - low) / (len(TEMPERATURES) - 1)
    return int(np.clip(math.floor((math.log10(temperature) - low) / step + 0.5), 0, len(TEMPERATURES) - 1))


def wilson(positive: ArrayLike, weight: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return both ends of the 95 % interval of a share, NaN where nothing was seen.

    Parameters
    ----------
    positive, weight : array, shape (...)
        How many were positive, of how many.

    References
    ----------
    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference.
    """
    k, n = (np.asarray(column, dtype=np.float64) for column in (positive, weight))
    with np.errstate(all="ignore"):
        middle = (k + LEVEL**2 / 2) / (n + LEVEL**2)
        half = LEVEL / (n + LEVEL**2) * np.sqrt(k * (n - k) / n + LEVEL**2 / 4)
    return middle - half, middle + half


# --- As programs ---

_SUMS = {"n": "weight", "k": "positives", "s": "predictions", "l": "losses"}


def _program(inputs: Iterable[str], steps: dict[str, Any], output: str) -> Program:
    return Program(tuple(map(Symbol, inputs)), tuple((Symbol(name), expr) for name, expr in steps.items()), Symbol(output))


def _slot(q: Symbol) -> Any:
    bins = floor(Symbol("bins"))  # a page without a server has sliders without steps
    return maximum(-floor(Float(NUDGE) - q * bins) - 1, 0)


@cache
def _scores() -> Program:
    """What each fine bin adds to its bin."""
    z, n, k, log_T, T, q = map(Symbol, ("z", "n", "k", "log_T", "T", "q"))
    steps = {
        "T": Integer(10) ** log_T, "q": sigmoid(z / T), "slot": _slot(q), "weight": n, "positives": k, "predictions": n * q,
        "losses": n * logistic_loss(k / n, z / T) * (1 - same(absolute(z), Float(FAR))),
    }  # fmt: skip
    return _program(("z", "n", "k", "log_T", "bins"), steps, "losses")


@cache
def _tables() -> Program:
    """What each fine bin of each table adds to its bin: nothing, unless it is the table that is shown."""
    q, n, k, loss, table, log_T, near, here = map(Symbol, ("q", "n", "k", "l", "table", "log_T", "near", "here"))
    steps = {
        "near": _near(log_T), "here": same(near, table), "slot": _slot(q), "weight": here * n, "positives": here * k,
        "predictions": here * n * q, "losses": here * loss,
    }  # fmt: skip
    return _program(("q", "n", "k", "l", "table", "log_T", "bins"), steps, "losses")


def _near(log_T: Symbol) -> Any:
    last = len(TEMPERATURES) - 1
    step = (LOGARITHMS[1] - LOGARITHMS[0]) / last
    return minimum(maximum(floor((log_T - Float(LOGARITHMS[0])) / Float(step) + Rational(1, 2)), 0), last)


@cache
def bins_program(*, tables: bool = False) -> Program:
    """Return the program of bins: its rows are the columns of a pool and `place`, its numbers log_T, bins, total and finite.

    There are always MOST_BINS rows, so that a chart of them keeps its parts; those from `bins` on are empty. Of a bin: `target`
    and `prediction`, means, which are NOWHERE in an empty one; `low` and `high`, the interval of the target; `height` of a bar;
    `share` of the rows; `middle` and `width`, its place. Over all bins, as means: `ece_at_T`, and `loss_at_T` in nats, of rows
    whose loss is finite, which weigh `finite` in all. `T` is the temperature; with tables `T_shown` is that of the table shown.
    """
    names = ("n", "k", "s", "l", "place", "bins", "total", "finite", "log_T")
    n, k, s, loss, place, bins, total, finite, log_T = map(Symbol, names)
    level = Float(LEVEL)
    middle, half, width, empty = map(Symbol, ("wilson", "half", "width", "empty"))
    low, high = LOGARITHMS
    shown = Integer(10) ** (Float(low) + _near(log_T) * Float((high - low) / (len(TEMPERATURES) - 1)))
    steps = {
        "T": Integer(10) ** log_T,
        **({"T_shown": shown} if tables else {}),
        "width": 1 / floor(bins),
        "middle": (place + Rational(1, 2)) * width,
        "empty": same(n, 0),
        "target": (k + NOWHERE * empty) / (n + empty),
        "prediction": (s + NOWHERE * empty) / (n + empty),
        "height": k / (n + empty),
        "wilson": (k + level**2 / 2) / (n + level**2),
        "half": level / (n + level**2) * sqrt(k * (n - k) / n + level**2 / 4),
        "low": middle - half,
        "high": middle + half,
        "gap": log(positive(-n)),
        "share": n / total,
        "ece_at_T": absolute(k - s) * MOST_BINS / total,
        "loss_at_T": loss * MOST_BINS / finite,
    }
    return _program(names, steps, "loss_at_T")
