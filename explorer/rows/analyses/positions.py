"""Where rows lie on the curve of their loss: how many in each cell of what the loss is a curve of."""

from __future__ import annotations

import math
from typing import NamedTuple

import ibis
import numpy as np

from explorer.rows.analyses.scans import FloatArray, columns, floored, is_finite, number, quantiles
from explorer.rows.analyses.scores import scored
from explorer.rows.spec import Layout

CELLS = 100
FARTHEST = 0.995
"""What part of the residuals has cells of its own; what is farther out is counted in the outermost ones."""


class Positions(NamedTuple):
    """Rows in cells of equal width; infinite losses are left out of the sums.

    Attributes
    ----------
    edges : array, shape (cells + 1,)
    weight, loss : array, shape (cells,)
        Of the rows in each: their weights, and their losses by weight, added.
    """

    edges: FloatArray
    weight: FloatArray
    loss: FloatArray


def positions(lost: ibis.Table, layout: Layout) -> Positions:
    """Return where rows lie: by the probability given to the truth, or by the residual y - t; from one scan, or a few.

    Parameters
    ----------
    lost : ibis.Table
        Rows that count, with a column `loss`.
    layout : Layout
    """
    rows = _placed(lost, layout)
    low, high = (0.0, 1.0) if layout.kind != "regression" else _reach(rows)
    finite = is_finite(rows.loss).ifelse(rows.loss, number(0))
    rows = rows.select(rows.weight, cell=cell(rows.place, low, high), finite=finite)
    found = columns(rows.group_by("cell").aggregate(weight=rows.weight.sum(), loss=(rows.weight * rows.finite).sum()))
    return Positions(edges(low, high), filled(found["cell"], found["weight"]), filled(found["cell"], found["loss"]))


def cell(place: ibis.Value, low: float, high: float) -> ibis.Value:
    """Return in which cell between low and high a place lies, from 0; the outermost ones hold what is farther out."""
    if (low, high) == (0.0, 1.0):
        return ibis.least(floored(place * CELLS), number(CELLS - 1)).cast("int64")
    cells = floored((place / 2 - low / 2) * (CELLS / (high / 2 - low / 2)))  # halves, so that nothing overflows
    return ibis.greatest(ibis.least(cells, number(CELLS - 1)), number(0)).cast("int64")


def edges(low: float, high: float) -> FloatArray:
    """Return the edges of these cells."""
    return 2 * np.linspace(low / 2, high / 2, CELLS + 1)


def filled(cells: FloatArray, values: FloatArray) -> FloatArray:
    """Return the values of all cells, from those of some; 0 of the others."""
    found = np.zeros(CELLS)
    found[cells.astype(int)] = values
    return found


def _placed(lost: ibis.Table, layout: Layout) -> ibis.Table:
    """Rows with `place`: what their loss is a curve of."""
    if layout.kind == "regression":
        return lost.mutate(place=lost.y - lost.t)
    if layout.kind == "tokens":
        return lost.mutate(place=lost.logp.exp())
    return (lost if "given" in lost.columns else scored(lost, layout)).rename(place="given")


def _reach(rows: ibis.Table) -> tuple[float, float]:
    """How far the cells of residuals reach, the same on both sides of 0."""
    far = rows.mutate(far=rows.place.abs())
    (found,) = quantiles(far, "far", [FARTHEST])
    reach = found.value if found.value > 0 and math.isfinite(found.value) else 1.0
    return -reach, reach
