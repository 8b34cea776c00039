"""The chart of /algebra: each entry of a result over one of its symbols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import plotly.graph_objects as go

from explorer.core.program import Program
from explorer.figures.binding import Trace, checked, filled, following
from explorer.figures.lazy import LazyFigure
from explorer.figures.style import TEMPLATE
from explorer.figures.traces import line, point

POINTS = 401
MOST = 8
"""How many curves have a colour of their own."""
_CLIPPED = (4, 96)
"""The percentiles that the vertical axis shows, so that a pole does not flatten all else."""


def algebra_figure(
    program: Program,
    entries: Mapping[str, str],
    values: Mapping[str, float],
    along: str,
    limits: tuple[float, float],
    *,
    numbers: Mapping[str, float] | None = None,
) -> go.Figure:
    """Return the chart of some steps over an input.

    Parameters
    ----------
    entries : mapping
        Step -> what it is called; at most MOST.
    values : mapping
        Every input -> number.
    along : name of an input
    limits : (float, float)
        Where the horizontal axis begins and ends.
    numbers : mapping, optional
        Input or step -> its number at the values, where that is known: then it is not computed again.
    """
    traces, layout = _blank(tuple(entries.items()), along, limits)
    traces = filled(traces, program, values, numbers=numbers)
    limits = _range([trace["y"] for trace in traces if trace["mode"] == "lines"])
    return LazyFigure(traces, {**layout, "yaxis": {**layout["yaxis"], "range": list(limits)}})


def _range(curves: Sequence[Any]) -> tuple[float, float]:
    """What the vertical axis shows: most of the finite numbers, with some room."""
    finite = np.concatenate([np.asarray(y, dtype=np.float64) for y in curves])
    finite = finite[np.isfinite(finite)]
    if not finite.size:
        return -1.0, 1.0
    low, high = finite.min(), finite.max()
    lower, upper = np.percentile(finite, _CLIPPED)
    if high - low > 3 * (upper - lower):
        low, high = lower, upper
    room = 0.08 * (high - low) or 0.5 * abs(high) or 1.0
    return float(low - room), float(high + room)


@lru_cache(maxsize=64)
def _blank(entries: tuple[tuple[str, str], ...], along: str, limits: tuple[float, float]) -> tuple[list[Trace], dict[str, Any]]:
    """Traces and layout before any number is put in."""
    x = np.linspace(*limits, POINTS)
    curves = [
        line(
            f"curve-{name}",
            k,
            x,
            x,
            name=label,
            hovertemplate=f"{along} = %{{x:.4g}}<br>{label} = %{{y:.4g}}<extra></extra>",
            meta=following({"y": name}, sweep={"x": along}),
        )
        for k, (name, label) in enumerate(entries)
    ]
    points = [
        point(
            f"point-{name}",
            k,
            size=11,
            hovertemplate=f"{along} = %{{x:.4g}}<br>%{{y:.4g}}<extra></extra>",
            meta=following({"x": along, "y": name}, drag={"x": along}),
        )
        for k, (name, _) in enumerate(entries)
    ]
    room = 0.02 * (limits[1] - limits[0])
    layout = {
        "template": TEMPLATE,
        "height": 460,
        "uirevision": f"{along} {limits}",
        "showlegend": len(entries) > 1,
        "legend": {"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top"},
        "xaxis": {"range": [limits[0] - room, limits[1] + room], "title": {"text": along}},
        "yaxis": {"title": {"text": "value"}, "zeroline": True, "automargin": True},
    }
    return checked([*curves, *points], layout)
