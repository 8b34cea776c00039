"""A mask of probabilities that a hand paints, beside the share of each pixel in the gradient."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import plotly.graph_objects as go

from explorer.core.program import Program
from explorer.figures.binding import Trace, checked, filled, following
from explorer.figures.lazy import LazyFigure
from explorer.figures.style import BLUE, GREY, GROUND, ORANGE, TEMPLATE, VERMILLION
from explorer.figures.traces import color_scale, line

_BAR = {
    "orientation": "h", "x": 0.77, "xanchor": "center", "y": -0.02, "yanchor": "top", "len": 0.4, "thickness": 10,
    "outlinewidth": 0, "tickangle": 0,
}  # fmt: skip
_ONE_ABOVE_THE_OTHER = {
    "height": 680,
    "xaxis": {"domain": [0, 1]},
    "xaxis2": {"domain": [0, 1]},
    "yaxis": {"domain": [0.53, 1]},
    "yaxis2": {"domain": [0, 0.47]},
}
"""Of the layout where a chart is narrow: a finger is as wide as a pixel then."""


def mask_alt(size: int, brush: tuple[float, float] = (0.0, 1.0)) -> str:
    """Return what the chart of `mask_figure` shows, and how it is painted, for those who do not see it."""
    low, high = brush
    return (
        f"The prediction as a mask of {size} by {size} pixels, darker where the probability is higher, with the target "
        "outlined, and beside it each pixel's share in the gradient. "
        f"Press on a pixel that is nearer to {low:g} than to {high:g} to paint {high:g}, on another to paint {low:g}, and drag "
        "to go on. Or choose a pixel by arrow keys and paint it with Space."
    )


def mask_figure(
    program: Program,
    values: Mapping[str, float],
    size: int,
    *,
    brush: tuple[float, float] = (0.0, 1.0),
    prediction: str = "p",
    target: str = "t",
    share: str = "d_p",
    reach: float | None = None,
) -> go.Figure:
    """Return a mask to paint, its target outlined, beside each pixel's share in the gradient.

    Parameters
    ----------
    program : Program
        With an input `p1` ... for each pixel, row by row from the top left, and a step `d_p1` ..., its share.
    values : mapping
        Each input that these depend on -> number; and `t1` ..., outlined where they are at least 1/2.
    size : int
        Of the mask, in pixels a side.
    brush : pair of floats
        What a hand paints: the second on a pixel that is nearer to the first, else the first.
    prediction, target, share : str
        What the names of a pixel's three numbers begin with.
    reach : float, optional
        The share that has the full colour; by default the greatest there is, rounded up to 1, 2 or 5 in its leading digit.
    """
    traces, layout = _mask(size, brush, prediction, share)
    shown = filled(traces, program, values)
    most = reach or rounded_up(float(np.max(np.abs(shown[1]["z"]), initial=0.0, where=np.isfinite(shown[1]["z"]))))
    shown[1] = {**shown[1], "zmin": -most, "zmax": most, "colorbar": {**_BAR, "tickvals": [-most, 0, most]}}
    outline = np.array([values[f"{target}{k}"] for k in range(1, size**2 + 1)]).reshape(size, size) >= 0.5
    x, y = _outline(outline)
    return LazyFigure([{**trace, "x": x, "y": y} if trace["uid"].startswith("target") else trace for trace in shown], layout)


def rounded_up(number: float) -> float:
    """Return the least 1, 2 or 5 times a power of ten that is not below a number; 1 for 0."""
    if not 0 < number < math.inf:
        return 1.0
    power = 10.0 ** math.floor(math.log10(number))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= number * (1 - 1e-12)))


def _outline(inside: np.ndarray[Any, Any]) -> tuple[list[float | None], list[float | None]]:
    """The sides of the cells that part those inside from the others, as x and y of lines with a gap after each."""
    padded = np.pad(inside, 1).astype(int)
    x: list[float | None] = []
    y: list[float | None] = []
    for row, column in np.argwhere(np.diff(padded, axis=1)[1:-1]).tolist():
        x += [column + 0.5, column + 0.5, None]
        y += [row + 0.5, row + 1.5, None]
    for row, column in np.argwhere(np.diff(padded, axis=0)[:, 1:-1]).tolist():
        x += [column + 0.5, column + 1.5, None]
        y += [row + 0.5, row + 0.5, None]
    return x, y


@lru_cache(maxsize=16)
def _mask(size: int, brush: tuple[float, float], prediction: str, share: str) -> tuple[list[Trace], dict[str, Any]]:
    """Traces and layout before any number is put in."""
    x, y = _between(size)
    slopes = (VERMILLION, GROUND, BLUE)
    traces = [
        _pixels(size, "prediction", "prediction", prediction, "", (GROUND, BLUE), brush, zmin=0, zmax=1, showscale=False),
        _pixels(size, "share", "share in the gradient", share, "2", slopes, zmin=-1, zmax=1, colorbar=_BAR),
        *(_lines(f"grid{axis}", GREY, axis, x, y, width=0.5, opacity=0.5, showlegend=False) for axis in ("", "2")),
        *(_lines(f"target-ground{axis}", GROUND, axis, width=6, showlegend=False) for axis in ("", "2")),
        *(_lines(f"target{axis}", ORANGE, axis, width=3, showlegend=not axis) for axis in ("", "2")),
    ]  # the outline has the page's colour around it, as it lies on every shade
    frame = {"visible": False, "fixedrange": True, "constrain": "domain"}
    downwards = {"range": [size + 0.5, 0.5], "constraintoward": "top", **frame}
    sideways = {"range": [0.5, size + 0.5], **frame}
    layout = {
        "template": TEMPLATE,
        "height": 380,
        "uirevision": "mask",
        "legend": {"orientation": "h", "x": 0, "y": -0.02, "yanchor": "top"},
        "xaxis": {"domain": [0, 0.48], **sideways},
        "yaxis": {"scaleanchor": "x", **downwards},
        "xaxis2": {"domain": [0.52, 1], "anchor": "y2", **sideways},
        "yaxis2": {"scaleanchor": "x2", "anchor": "x2", **downwards},
        "annotations": [_heading("", "prediction"), _heading("2", "share in the gradient")],
        "margin": {"l": 12, "r": 12, "t": 60, "b": 48},
        "meta": {"narrow": _ONE_ABOVE_THE_OTHER},
    }
    return checked(traces, layout)


def _pixels(
    size: int,
    uid: str,
    name: str,
    step: str,
    axis: str,
    shades: tuple[int, ...],
    brush: tuple[float, float] | None = None,
    **more: Any,
) -> Trace:
    """A number of each pixel, the steps that are called step and its place."""
    cells = list(range(1, size + 1))
    return {
        "type": "heatmap",
        "uid": uid,
        "name": name,
        "x": cells,
        "y": cells,
        "z": np.zeros((size, size)),
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "colorscale": color_scale(shades),
        "hovertemplate": "row %{y}, column %{x}: %{z:.4g}<extra></extra>",
        "meta": following({"z": [f"{step}{k}" for k in range(1, size**2 + 1)]}, shades=shades, brush=brush),
        **more,
    }


def _lines(
    uid: str, color: int, axis: str, x: Sequence[float | None] = (), y: Sequence[float | None] = (), **more: Any
) -> Trace:
    return line(uid, color, x, y, name="target", xaxis=f"x{axis}", yaxis=f"y{axis}", hoverinfo="skip", **more)


def _heading(axis: str, text: str) -> dict[str, Any]:
    """What stands over one of the two."""
    place = {"x": 0.5, "y": 1, "xref": f"x{axis} domain", "yref": f"y{axis} domain", "xanchor": "center", "yanchor": "bottom"}
    return {"text": text, "showarrow": False, **place}


def _between(size: int) -> tuple[list[float | None], list[float | None]]:
    """The lines between cells and around them, as x and y with a gap after each."""
    ends = [0.5, size + 0.5, None] * (size + 1)
    lines = [place for k in range(size + 1) for place in (k + 0.5, k + 0.5, None)]
    return [*ends, *lines], [*lines, *ends]
