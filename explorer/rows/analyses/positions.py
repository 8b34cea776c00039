"""Where rows lie on the curve of their loss: how many in each cell of what the loss is a curve of."""

from __future__ import annotations

import math
from typing import NamedTuple

import ibis
import numpy as np

from explorer.rows.analyses.scans import FloatArray, columns, is_finite, number, quantiles
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
    cell = ibis.greatest(ibis.least(((rows.place - low) * (CELLS / (high - low))).floor(), CELLS - 1.0), 0.0)
    finite = is_finite(rows.loss).ifelse(rows.loss, number(0))
    rows = rows.select(rows.weight, cell=cell.cast("int64"), finite=finite)
    found = columns(rows.group_by("cell").aggregate(weight=rows.weight.sum(), loss=(rows.weight * rows.finite).sum()))
    weight, loss = np.zeros(CELLS), np.zeros(CELLS)
    weight[found["cell"].astype(int)], loss[found["cell"].astype(int)] = found["weight"], found["loss"]
    return Positions(np.linspace(low, high, CELLS + 1), weight, loss)


def _placed(lost: ibis.Table, layout: Layout) -> ibis.Table:
    """Rows with `place`: what their loss is a curve of."""
    if layout.kind == "regression":
        return lost.mutate(place=lost.y - lost.t)
    if layout.kind == "tokens":
        return lost.mutate(place=lost.logp.exp())
    return scored(lost, layout).rename(place="given")


def _reach(rows: ibis.Table) -> tuple[float, float]:
    """How far the cells of residuals reach, the same on both sides of 0."""
    far = rows.mutate(far=rows.place.abs())
    (found,) = quantiles(far, "far", [FARTHEST])
    reach = found.value if found.value > 0 and math.isfinite(found.value) else 1.0
    return -reach, reach
