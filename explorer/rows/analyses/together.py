"""What most analyses of classes need, from one scan: means, confusion, places on the curve, the libraries' means; calibration.

Rows are added up in fine cells first, some thousands of them, and these in turn for each analysis. Calibration comes along of
two classes, whose prediction and target tell everything; of several its bins would cut the cells into too many.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import ibis
import numpy as np
from numpy.typing import NDArray

from explorer.rows.analyses import agreeing, classes, positions, summary
from explorer.rows.analyses.agreeing import Mean
from explorer.rows.analyses.calibration import FINE, Scores, binned, gathered, judged, nearest
from explorer.rows.analyses.classes import Cells
from explorer.rows.analyses.positions import Positions
from explorer.rows.analyses.scans import FloatArray, columns, floored, is_finite, number
from explorer.rows.analyses.summary import Histogram, Summary
from explorer.rows.spec import Layout

MANY = 20
"""With more classes, what is taken for what has too many cells to come along."""
_BINS, _PAIRS, _PLACES, _LOSSES = range(4)
_ABOVE, _BELOW, _UNDEFINED = -1, -2, -3
"""The kinds of losses that are infinite or NaN."""
CELLS = 1024
"""More than there are cells of losses."""
_OF_BINS = ("count", "weight", "weight2", "p", "t", "tt")
Sums = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Together:
    """What one scan has told.

    Attributes
    ----------
    summary : Summary
    cells : Cells
        What was taken for what.
    accuracy, floor : float
    places : Positions
    libraries : tuple of Mean
        None where the loss is not the usual one.
    given : dict
        Index of each class that is true of a row -> the mean probability given to it.
    scores : Scores or None
        Of FINE bins; None of several classes, and where they were not asked for.
    histogram : Histogram or None
        None where the targets of two classes are soft, so that cells of prediction do not tell the loss.
    """

    summary: Summary
    cells: Cells
    accuracy: float
    floor: float
    places: Positions
    libraries: tuple[Mean, ...]
    given: dict[int, float]
    scores: Scores | None
    histogram: Histogram | None


def fits(layout: Layout) -> bool:
    """Whether rows laid out so are of few enough classes."""
    return layout.kind == "binary" or (layout.kind == "classes" and len(layout.classes) <= MANY)


def together(rows: ibis.Table, layout: Layout, *, usual: bool) -> Together:
    """Return what one scan tells of rows that are `scored` and have a `loss`.

    Parameters
    ----------
    rows : ibis.Table
    layout : Layout
        One that fits.
    usual : bool
        Whether the loss is the usual one: then calibration and libraries are asked for too.
    """
    hard = layout.kind == "classes" or bool(layout.labels)
    fine, sums = _fine(rows, layout, usual=usual, hard=hard)
    asked = {_PAIRS: tuple(sums), _PLACES: ("count", "weight", "part")}
    keys: dict[int, Sequence[str]] = {_PAIRS: ("truth", "predicted"), _PLACES: ("place",)}
    if hard:
        asked[_LOSSES], keys[_LOSSES] = ("count", "infinite", "undefined", "weight", "part"), ("cell",)
    parts = [_part(fine, sums, number, keys[number], names) for number, names in asked.items()]
    if usual and layout.kind == "binary":
        bins = fine.group_by("bin").aggregate(**_added(sums, (*_OF_BINS, "pp", "pt")))
        parts.append(_padded(binned(bins, [name for name in _OF_BINS if name in sums]), _BINS, ("bin",), sums))
    found = columns(reduce(lambda one, other: one.union(other), parts))
    each = {number: {name: found[name][found["number"] == number] for name in found} for number in range(4)}
    return _told({number: _filled(part, layout, hard=hard) for number, part in each.items()}, layout, usual=usual)


def _fine(rows: ibis.Table, layout: Layout, *, usual: bool, hard: bool) -> tuple[ibis.Table, Sums]:
    """Cells of rows with what tells them apart, and what is to be added up over them, as expressions."""
    breaks = agreeing.breaks(layout) if usual else ()
    rows, sums = _cells(judged(rows, layout), layout, breaks, hard=hard)
    return rows, _settled(rows, sums, layout, breaks, hard=hard)


def _cells(rows: ibis.Table, layout: Layout, breaks: Sequence[float], *, hard: bool) -> tuple[ibis.Table, Sums]:
    """Cells of rows, told apart by one number: each that an engine puts into groups by costs as much as a logarithm."""
    kind, cell = _kind(rows.loss, breaks), ibis.coalesce(summary.logarithmic(rows.loss), 0)
    middle = len(breaks) // 2
    low, high = breaks[middle - 1 : middle + 1] if breaks else summary.SPAN
    usual = (rows.loss >= number(max(low, summary.SPAN[0]))) & (rows.loss <= number(high))
    common = summary.within(usual.ifelse(rows.loss, None)) + (middle - _UNDEFINED) * CELLS
    spot = ibis.coalesce(common, (kind - _UNDEFINED) * CELLS + cell)
    binary, size = layout.kind == "binary", max(len(layout.classes), 2)
    last = ("bin", nearest(rows.score, FINE) + 1, FINE + 1) if binary else ("predicted", rows.predicted, size)
    digits = (("place", floored(rows.given * positions.CELLS), positions.CELLS + 1), ("truth", rows.truth, size), last)
    key = spot
    for _, value, of in digits:
        key = key * of + value
    rows = rows.select("weight", "loss", "score", "target", "given", one=number(1), key=key.cast("int64"))
    sums = _measures(rows, layout, hard=hard)
    fine = rows.group_by("key").aggregate(**_added(sums, tuple(sums)))
    parts = dict[str, Any]()
    key = fine.key
    for name, of in [*((name, of) for name, _, of in reversed(digits)), ("cell", CELLS)]:
        rest = key // of
        parts[name], key = key - rest * of, rest
    fine = fine.mutate(**parts, kind=key + _UNDEFINED)
    if binary:
        fine = fine.mutate(bin=ibis.greatest(fine.bin - 1, 0), predicted=(fine.bin > FINE // 2).cast("int64"))
    fine = fine.mutate(place=ibis.least(fine.place, positions.CELLS - 1), cell=(fine.kind >= 0).ifelse(fine.cell, None))
    return fine, {name: fine[name] for name in sums}


def _kind(loss: ibis.Value, breaks: Sequence[float]) -> ibis.Value:
    """Which breaks a loss lies between, from 0 below the first; or which of the rare ones it is."""
    middle = len(breaks) // 2
    usual = is_finite(loss)
    if breaks:
        usual = (loss >= number(breaks[middle - 1])) & (loss <= number(breaks[middle]))
    rare = [(loss.isnan(), _UNDEFINED), (loss == number(math.inf), _ABOVE), (loss == number(-math.inf), _BELOW)]
    between = [(loss < number(least), k) for k, least in enumerate(breaks)]
    return ibis.cases((usual, middle), *rare, *between, else_=len(breaks)).cast("int64")


def _measures(rows: ibis.Table, layout: Layout, *, hard: bool) -> Sums:
    """What is added up over the rows of a cell; what equals another sum, as weights that are all 1 do, is left out."""
    weight, p, t = rows.weight, rows.score, rows.target
    part, given = (weight * value if layout.weight else value for value in (rows.loss, p))
    sums = {"count": rows.one, "part": part, "parts": part * part}
    if layout.weight:
        sums |= {"weight": weight, "weight2": weight * weight, "products": weight * part}
    if layout.kind == "classes":
        return sums | {"given": weight * rows.given}
    sums |= {"p": given, "pp": given * p}
    return sums if hard else sums | {"t": weight * t, "tt": weight * t * t, "pt": weight * p * t}


def _settled(fine: ibis.Table, sums: Sums, layout: Layout, breaks: Sequence[float], *, hard: bool) -> Sums:
    """What is to be added up over cells: finite losses alone, and what follows from the kind of a cell's losses."""
    kept, weight = fine.kind >= 0, sums["weight" if layout.weight else "count"]
    some = weight > 0
    rare = ((fine.kind == _ABOVE, math.inf), (fine.kind == _BELOW, -math.inf), (fine.kind == _UNDEFINED, math.nan))
    beyond = ibis.cases(*((kind & some, number(value)) for kind, value in rare), else_=number(0))
    settled = {
        name: kept.ifelse(value, number(0)) if name in {"part", "parts", "products"} else value for name, value in sums.items()
    }
    settled["infinite"] = ((fine.kind == _ABOVE) | (fine.kind == _BELOW)).ifelse(sums["count"], number(0))
    settled["undefined"] = (fine.kind == _UNDEFINED).ifelse(sums["count"], number(0))
    settled["beyond"] = beyond
    if layout.weight:
        settled |= {"whole": kept.ifelse(weight, number(0)), "wholes": kept.ifelse(sums["weight2"], number(0))}
    if hard and layout.kind == "binary":
        hit = fine.truth == 1
        settled |= {"t": hit.ifelse(weight, number(0)), "pt": hit.ifelse(sums["p"], number(0))}
    whole = kept.ifelse(sums["part"], beyond)
    return settled | agreeing.measures(whole, weight, fine.kind, _ABOVE, layout, breaks)


def _added(sums: Sums, names: Sequence[str]) -> Sums:
    return {name: sums[name].sum() for name in names if name in sums}


def _part(fine: ibis.Table, sums: Sums, number: int, keys: Sequence[str], names: Sequence[str]) -> ibis.Table:
    """The sums of one analysis."""
    return _padded(fine.group_by(*keys).aggregate(**_added(sums, names)), number, keys, sums)


def _padded(part: ibis.Table, number: int, keys: Sequence[str], sums: Sums) -> ibis.Table:
    """A part in the columns that all have: its number, two keys, and all sums, NULL where it has none."""
    first, second = part[keys[0]], part[keys[1]] if len(keys) > 1 else ibis.null("int64")
    return part.select(
        number=ibis.literal(number, "int64"),
        first=first.cast("int64"),
        second=second.cast("int64"),
        **{name: part[name].cast("float64") if name in part.columns else ibis.null("float64") for name in sums},
    )


def _filled(part: dict[str, FloatArray], layout: Layout, *, hard: bool) -> dict[str, FloatArray]:
    """The sums of a part with those that equal others."""
    if not layout.weight:
        part |= {"weight": part["count"], "weight2": part["count"]}
        part["whole"] = part["wholes"] = part["count"] - part["infinite"] - part["undefined"]
        part["products"] = part["part"]
    if layout.kind == "binary":
        if hard:
            part["tt"] = part["t"]
        part["given"] = np.where(part["first"] == 1, part["p"], part["weight"] - part["p"])
    return part


def _told(parts: Mapping[int, dict[str, FloatArray]], layout: Layout, *, usual: bool) -> Together:
    pairs, places, losses, bins = (parts[number] for number in (_PAIRS, _PLACES, _LOSSES, _BINS))
    truth, predicted = pairs["first"].astype(int), pairs["second"].astype(int)
    whole, weight = float(pairs["weight"].sum()), positions.filled(places["first"], places["weight"])
    rates = np.bincount(truth, pairs["weight"]).astype(np.float64) if layout.kind == "classes" else _rates(pairs)
    scores = None
    if usual and layout.kind == "binary":
        scores = gathered(FINE, bins | {"bin": bins["first"]})
    histogram = None
    if layout.kind == "classes" or layout.labels:
        kept = {"cell": losses["first"], "count": losses["count"], "weight": losses["weight"], "loss": losses["part"]}
        histogram = summary.filled_logarithmic(kept)
    right = float(pairs["weight"][truth == predicted].sum())
    return Together(
        summary=_summary(pairs),
        cells=classes.arranged(
            layout.classes or ("0", "1"),
            truth,
            predicted,
            {"count": pairs["count"], "weight": pairs["weight"], "finite": pairs["whole"], "loss": pairs["part"]}
            | {"infinite": pairs["infinite"] + pairs["undefined"]},
        ),
        accuracy=right / whole if whole else float("nan"),
        floor=summary.entropy(rates),
        places=Positions(positions.edges(0.0, 1.0), weight, positions.filled(places["first"], places["part"])),
        libraries=agreeing.named(layout, {name: float(pairs[name].sum()) for name in pairs}, whole) if usual else (),
        given={
            int(k): float(pairs["given"][truth == k].sum() / pairs["weight"][truth == k].sum())
            for k in np.unique(truth)
            if pairs["weight"][truth == k].sum() > 0
        },
        scores=scores,
        histogram=histogram,
    )


def _rates(pairs: Mapping[str, FloatArray]) -> FloatArray:
    """Which parts of two classes there are; NaN of no rows."""
    whole, positive = pairs["weight"].sum(), pairs["t"].sum()
    mean = positive / whole if whole else np.nan
    return np.array([1 - mean, mean])


def _summary(pairs: Mapping[str, NDArray[np.float64]]) -> Summary:
    sums = {name: float(values.sum()) for name, values in pairs.items()}
    rows = sums["count"]
    return summary.of_sums(sums | {"rows": rows, "examples": rows, "weighed": sums["weight"], "means": float("nan")})
