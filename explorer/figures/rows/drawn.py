"""What each chart of rows is returned as, and the axes that several share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike
from sympy import Integer, Symbol

from explorer.core.checks import FloatArray
from explorer.core.pool import Pool
from explorer.core.program import Program
from explorer.figures.binding import Trace, checked, settle

STILL = Program((), ((Symbol("ready"), Integer(1)),), Symbol("ready"))
"""The program of a figure in which nothing moves."""


class Drawn(NamedTuple):
    """A figure with what makes it move: `Chart(key, title, alt, filename, **drawn._asdict())`; fields as there."""

    figure: go.Figure
    program: Program = STILL
    values: Mapping[str, float] = {}
    limits: Mapping[str, tuple[float, float]] = {}
    rows: Mapping[str, Sequence[float]] = {}
    pool: Pool | None = None
    picks: Mapping[str, tuple[float, float]] = {}


def live(
    traces: list[Trace],
    layout: dict[str, Any],
    program: Program,
    values: Mapping[str, float],
    rows: Mapping[str, FloatArray],
    *,
    limits: Mapping[str, tuple[float, float]] | None = None,
    pool: Pool | None = None,
) -> Drawn:
    """Return a figure that is settled at some numbers, with all that it follows."""
    traces, layout = checked(traces, layout)
    figure = settle(traces, layout, program, values, rows=rows)
    return Drawn(figure, program, dict(values), limits or {}, {name: column.tolist() for name, column in rows.items()}, pool)


def counts_axis(heights: ArrayLike, *, logarithmic: bool) -> tuple[FloatArray, dict[str, Any]]:
    """Return how high bars of counts are drawn, and the axis for that.

    Bars have no place on a logarithmic axis for 0: there the height is the logarithm of twice the count, so that a count of 1
    is seen, and the ticks say the counts.
    """
    counts = np.asarray(heights, dtype=np.float64)
    most = float(counts.max(initial=0.0)) or 1.0
    if not logarithmic:
        return counts, {"range": [0, 1.06 * most], "nticks": 5, "tickformat": "~s"}
    powers = range(int(np.floor(np.log10(max(most, 1.0)))) + 1)
    drawn = np.log10(np.maximum(2 * counts, 1.0))
    ticks = {"tickvals": [float(np.log10(2 * 10.0**k)) for k in powers], "ticktext": [short(10**k) for k in powers]}
    return drawn, {"range": [0, 1.06 * float(np.log10(max(2 * most, 2.0)))], **ticks}


def short(count: float) -> str:
    """Return a count as an axis says it: 100, 10k, 1M."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if count >= size:
            return f"{count / size:g}{letter}"
    return f"{count:g}"
