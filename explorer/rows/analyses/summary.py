"""How large the loss is: means and their intervals, what base rates alone reach, who carries it, how it is distributed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import ibis
import numpy as np
from numpy.typing import NDArray

from explorer.rows.analyses.scans import Bounds, FloatArray, columns, floored, is_finite, located, number, single
from explorer.rows.spec import FAULT, Layout

NORMAL = 1.959963984540054
"""Half the width of a 95 % interval, in standard errors."""
PER_DOUBLING, LEAST, MOST = 8, -60, 40
"""Cells of the histogram of losses for each doubling, and the powers of 2 between which they lie."""
SPAN = 2.0**LEAST, 2.0**MOST
LARGEST = float(np.finfo(np.float64).max)


@dataclass(frozen=True)
class Summary:
    """Means of the loss over rows.

    Attributes
    ----------
    count, examples : int
        How many rows count, and of tokens from how many examples (else as many as rows).
    weight : float
        Their weights added.
    infinite, undefined : int
        Rows whose loss is infinite, and those whose loss is NaN.
    mean_loss : float
        Over every row, or token; infinite if one is.
    mean_finite : float
        Over those with a finite loss.
    mean_of_means : float
        Over the means of examples, of finite losses; the same as mean_finite but for tokens.
    standard_error : float
        Of mean_finite, tokens of an example taken as one; NaN for fewer than two.
    low, high : float
        The 95 % interval of mean_finite.
    finite, total : float
        The weight of rows with a finite loss, and these losses by weight.
    """

    count: int
    examples: int
    weight: float
    infinite: int
    undefined: int
    mean_loss: float
    mean_finite: float
    mean_of_means: float
    standard_error: float
    low: float
    high: float
    finite: float
    total: float


def summarise(lost: ibis.Table, layout: Layout) -> Summary:
    """Return the means of the loss, from one scan.

    The standard error is that of a ratio of sums over examples (linearised), which for rows of equal weight is the usual one.

    Parameters
    ----------
    lost : ibis.Table
        Rows that count, with a column `loss`.
    layout : Layout
    """
    loss, weight, kept = lost.loss, lost.weight, is_finite(lost.loss)
    measures = {
        "rows": ibis.literal(1, "int64"),
        **rare(loss, weight),
        "weighed": weight,
        "whole": kept.ifelse(weight, number(0)),
        "part": kept.ifelse(weight * loss, number(0)),
    }
    clustered = layout.kind == "tokens"
    units = lost.select("example", **measures) if clustered else lost.select(**measures)
    if clustered:
        units = units.group_by("example").aggregate(**{name: units[name].sum() for name in measures})
    part, whole = units.part, units.whole
    ratio = part / (whole > 0).ifelse(whole, None)
    found = single(
        units.aggregate(
            examples=units.count(),
            **{name: units[name].sum() for name in ("rows", "infinite", "undefined", "beyond", "weighed", "whole", "part")},
            wholes=(whole * whole).sum(),
            products=(whole * part).sum(),
            parts=(part * part).sum(),
            means=ratio.mean(),
        )
    )
    return of_sums(found, clustered=clustered)


def rare(loss: ibis.Value, weight: ibis.Value) -> dict[str, ibis.Value]:
    """Return what there is seldom any of: losses that are infinite, that are NaN, and either where they have weight."""
    return {
        "infinite": (loss.abs() == number(math.inf)).cast("int64"),
        "undefined": loss.isnan().cast("int64"),
        "beyond": (is_finite(loss) | (weight == 0)).ifelse(number(0), loss),
    }


def of_sums(found: Mapping[str, float], *, clustered: bool = False) -> Summary:
    """Return the means that follow from the sums of `summarise`."""
    examples, whole = int(found["examples"]), found["whole"]
    mean = found["part"] / whole if whole > 0 else math.nan
    error = math.nan
    if examples > 1 and whole > 0:
        squares = found["parts"] - 2 * mean * found["products"] + mean**2 * found["wholes"]
        error = math.sqrt(max(squares, 0.0) * examples / (examples - 1)) / whole
    return Summary(
        count=_whole(found["rows"]),
        examples=examples,
        weight=found["weighed"] if examples else 0.0,
        infinite=_whole(found["infinite"]),
        undefined=_whole(found["undefined"]),
        mean_loss=mean if found["beyond"] == 0 else found["beyond"],
        mean_finite=mean,
        mean_of_means=found["means"] if clustered else mean,
        standard_error=error,
        low=mean - NORMAL * error,
        high=mean + NORMAL * error,
        finite=whole,
        total=found["part"] if whole > 0 else 0.0,
    )


def _whole(value: float) -> int:
    return 0 if math.isnan(value) else int(value)


def faults(rows: ibis.Table) -> dict[str, int]:
    """Return how many rows do not count for each reason, the most frequent first."""
    bad = rows.filter(rows[FAULT].notnull()).group_by(FAULT).aggregate(rows=lambda table: table.count())
    found = columns(bad.order_by(ibis.desc("rows"), FAULT).limit(100))
    return {str(text): int(count) for text, count in zip(found[FAULT], found["rows"], strict=True)}


def entropy(rates: FloatArray) -> float:
    """Return the entropy in nats of weights of classes, shape (K,); NaN if there are none."""
    if not rates.sum() > 0:
        return math.nan
    shares = rates[rates > 0] / rates.sum()
    return float(-(shares * np.log(shares)).sum()) + 0.0  # never -0


def accuracy(rows: ibis.Table) -> float:
    """Return the part by weight of rows that are `scored` whose predicted class is the true one; NaN if there is no row."""
    right = (rows.truth == rows.predicted).ifelse(rows.weight, number(0))
    return single(rows.aggregate(accuracy=right.sum() / rows.weight.sum()))["accuracy"]


def floor(rows: ibis.Table, layout: Layout) -> float | None:
    """Return the least mean of the usual loss that one prediction for all rows reaches; None of tokens, NaN of no rows.

    Parameters
    ----------
    rows : ibis.Table
        Rows that count, `scored` where they are of classes.
    layout : Layout
    """
    if layout.kind == "tokens":
        return None
    if layout.kind == "classes":
        by_class = rows.group_by("truth").aggregate(weight=rows.weight.sum())
        return entropy(columns(by_class)["weight"].astype(np.float64))
    mean = single(rows.aggregate(mean=(rows.weight * rows.t).sum() / rows.weight.sum()))["mean"]
    if layout.kind == "binary":
        return entropy(np.array([1 - mean, mean]))
    away = rows.t - mean  # two scans, so that what is far from 0 loses no digits
    return single(rows.aggregate(variance=(rows.weight * away * away).sum() / rows.weight.sum()))["variance"]


def worst_share(within: Callable[[int, Histogram], ibis.Table], summary: Summary, fraction: float, known: Histogram) -> float:
    """Return the part of all loss that the worst rows carry.

    Parameters
    ----------
    within : function
        A cell of a histogram, and that -> the rows that it counts, with a column `loss`.
    summary : Summary
        Of the same rows.
    fraction : float
        Which part of the rows by weight is meant, in [0, 1]; a row at its border counts in part.
    known : Histogram
        Of the same rows: only those of a cell are looked at.

    Returns
    -------
    float
        In [0, 1] where no loss is negative; NaN if all loss is 0.
    """
    if not 0 <= fraction <= 1:
        raise ValueError(f"fraction must lie in [0, 1]; got {fraction:g}.")
    if summary.total == 0:
        return math.nan
    better = (1 - fraction) * summary.finite
    if not better > 0:
        return 1.0
    reached, parts = np.cumsum(known.weight), np.cumsum(known.loss)
    k = min(int(np.searchsorted(reached, better)), int(np.flatnonzero(known.count)[-1]))
    before = (float(reached[k - 1]), float(parts[k - 1])) if k else (0.0, 0.0)
    low, high = ends(known, k)
    (border,) = located(within(k, known), "loss", [better], [Bounds(low, high, float(known.count[k]), *before)], narrow=False)
    return 1 - (border.part + (better - border.below) * border.value) / summary.total


def ends(known: Histogram, k: int) -> tuple[float, float]:
    """Return between which losses those of a cell lie, a little wider, as the cells' are rounded."""
    low, high = (
        float(np.clip(end * (1 + side * 1e-9), -LARGEST, LARGEST)) for end, side in ((known.low[k], -1), (known.high[k], 1))
    )
    return low, high


def reached(known: Histogram, count: int) -> float | None:
    """Return a loss above 0 that at least so many rows reach, and few more; None if there is none."""
    cells = np.flatnonzero(np.cumsum(known.count[::-1]) >= count)
    least = float(known.low[::-1][cells[0]]) * (1 - 1e-9) if cells.size else 0.0  # edges are rounded
    return least if least > 0 else None


@dataclass(frozen=True)
class Histogram:
    """How per-row losses are distributed.

    Attributes
    ----------
    low, high : array, shape (cells,)
        The ends of each cell; the lower one belongs to it. The first cell is what is 0 or less, and may be empty.
    count : array, shape (cells,)
        Rows in each.
    weight, loss : array, shape (cells,)
        Their weights, and their losses by weight, added.
    """

    low: FloatArray
    high: FloatArray
    count: NDArray[np.int64]
    weight: FloatArray
    loss: FloatArray


def histogram(lost: ibis.Table) -> Histogram:
    """Return finite losses in cells that have equal width on a logarithmic scale, the same for any rows; from one scan."""
    return filled_logarithmic(_counted(lost, logarithmic(lost.loss)))


def logarithmic(loss: ibis.Value) -> ibis.Value:
    """Return the cell of a finite loss on a logarithmic scale; NULL of others."""
    low, high = SPAN
    last = PER_DOUBLING * (MOST - LEAST)
    outside = ((loss <= 0, 0), (loss < number(1), 1), (is_finite(loss), last))
    return ibis.coalesce(
        within(((loss >= number(low)) & (loss < number(high))).ifelse(loss, None)),
        ibis.cases(*((which & is_finite(loss), k) for which, k in outside)),
    ).cast("int64")


def within(loss: ibis.Value) -> ibis.Value:
    """Return the cell of a loss that lies within SPAN; NULL of NULL."""
    return floored(loss.ln() * (PER_DOUBLING / math.log(2))) - (PER_DOUBLING * LEAST - 1)


def filled_logarithmic(found: Mapping[str, NDArray[np.float64]]) -> Histogram:
    """Return the histogram of what was counted in cells on a logarithmic scale."""
    edges = 2.0 ** (LEAST + np.arange(PER_DOUBLING * (MOST - LEAST) + 1) / PER_DOUBLING)
    return _filled(found, np.concatenate([[-math.inf, 0.0], edges[1:-1], [math.inf]]))


def _counted(rows: ibis.Table, cell: ibis.Value) -> dict[str, NDArray[np.float64]]:
    """Count the rows with a finite loss in each cell; the others have none."""
    rows = rows.select("weight", "loss", cell=is_finite(rows.loss).ifelse(cell, None))
    return columns(
        rows.group_by("cell").aggregate(count=rows.count(), weight=rows.weight.sum(), loss=(rows.weight * rows.loss).sum())
    )


def _filled(found: Mapping[str, NDArray[np.float64]], edges: FloatArray) -> Histogram:
    count, weight, loss = (np.zeros(len(edges) - 1) for _ in range(3))
    for name, into in (("count", count), ("weight", weight), ("loss", loss)):
        kept = np.isfinite(found["cell"].astype(float))
        into[found["cell"][kept].astype(int)] = found[name][kept]
    return Histogram(edges[:-1], edges[1:], count.astype(np.int64), weight, loss)
