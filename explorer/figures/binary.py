"""The chart of /binary: the loss over the prediction, its tangent, and below it the derivative."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer.core.binary import Axis, binary_view
from explorer.figures.binding import Trace, checked, filled_together, following
from explorer.figures.lazy import LazyFigure
from explorer.figures.style import BLUE, GREEN, PURPLE, TEMPLATE, VERMILLION
from explorer.figures.traces import line, point

Scale = Literal["linear", "log"]
POINTS = 501


@dataclass(frozen=True)
class _Frame:
    """What the chart shows of one axis: where curves are sampled, and each axis' first range."""

    x: NDArray[np.float64]
    x_range: tuple[float, float]
    loss_range: dict[str, tuple[float, float]]
    slope_range: tuple[float, float]
    x_title: str
    slope_title: str


FRAMES: dict[Axis, _Frame] = {
    "p": _Frame(
        x=np.sin(np.linspace(0, np.pi / 2, POINTS)) ** 2,  # dense where the loss is steep
        x_range=(-0.02, 1.02),
        loss_range={"linear": (-0.3, 7.3), "log": (-3.2, 1.2)},
        slope_range=(-10.5, 10.5),
        x_title="prediction p",
        slope_title="dL/dp",
    ),
    "z": _Frame(
        x=np.linspace(-12, 12, POINTS),
        x_range=(-12.5, 12.5),
        loss_range={"linear": (-0.6, 12.6), "log": (-5.4, 1.4)},
        slope_range=(-1.1, 1.1),
        x_title="logit z",
        slope_title="dL/dz",
    ),
}


def binary_figure(
    axis: Axis, values: Mapping[str, float], *, other: bool = False, squared: bool = False, scale: Scale = "linear"
) -> tuple[go.Figure, dict[str, float]]:
    """Return the chart of binary cross-entropy over p or z, and every input and step of its program at the values.

    Both come from one evaluation, as all curves together are short.

    Parameters
    ----------
    axis : "p" or "z"
        The horizontal axis: probability or logit.
    values : mapping
        The axis' name and "t" -> number.
    other : bool
        Whether to draw the loss and slope for target 1 - t as well.
    squared : bool
        Whether to draw squared error and its slope as well.
    scale : "linear" or "log"
        Of the loss axis.
    """
    blank, layout = _blank(axis, other, squared, scale, _reach(axis, values[axis]))
    traces, numbers = filled_together(blank, binary_view(axis).program, {**values, "u": 0.0})
    height, slope = numbers["L"], abs(numbers["slope"])
    low, high = FRAMES[axis].loss_range["linear"]
    if scale == "linear" and high < height < np.inf:
        layout = {**layout, "yaxis": {**layout["yaxis"], "range": [low, 1.05 * height]}}
    if FRAMES[axis].slope_range[1] < slope < np.inf:
        layout = {**layout, "yaxis2": {**layout["yaxis2"], "range": [-1.05 * slope, 1.05 * slope]}}
    return LazyFigure(traces, layout), numbers


def _reach(axis: Axis, x: float) -> float:
    """How many times as far as its frame an axis reaches, to show x: 1, or a power of 2."""
    end = float(FRAMES[axis].x[-1])
    return 1.0 if abs(x) <= end else 2.0 ** math.ceil(math.log2(abs(x) / end))


@lru_cache
def _blank(axis: Axis, other: bool, squared: bool, scale: Scale, reach: float) -> tuple[list[Trace], dict[str, Any]]:
    """Return the chart's traces and layout, validated, before any number is put in."""
    frame = FRAMES[axis]
    if reach > 1:
        low, high = frame.x_range
        frame = replace(frame, x=frame.x * reach, x_range=(low * reach, high * reach))
    curves = [("cross-entropy", "L", "slope", BLUE, "solid")]
    if other:
        curves.append(("target 1 − t", "other", "d_other", PURPLE, "dot"))
    tangents = [("tangent", VERMILLION)]
    points = [("L", "y", VERMILLION), ("slope", "y2", VERMILLION)]
    if squared:
        curves.append(("squared error", "squared", "d_squared", GREEN, "dashdot"))
        tangents.insert(0, ("squared_tangent", GREEN))
        points = [("squared", "y", GREEN), ("d_squared", "y2", GREEN), *points]  # the loss's own lie above
    traces = [
        *(_wall(f"wall_{end}", x) for end, x in enumerate((0, 1)) if axis == "p"),
        *(_curve(frame, axis, name, step, color, dash) for name, step, _, color, dash in curves),
        *(_curve(frame, axis, name, step, color, dash, yaxis="y2") for name, _, step, color, dash in curves),
        *(_tangent(frame, scale, step, color) for step, color in tangents),
        *(_point(axis, step, yaxis, color) for step, yaxis, color in points),
    ]
    return checked(traces, _layout(frame, axis, scale))


def _curve(frame: _Frame, axis: Axis, name: str, step: str, color: int, dash: str, yaxis: str = "y") -> Trace:
    return line(
        f"curve {step}",
        color,
        frame.x,
        frame.x,
        dash=dash,
        name=name,
        legendgroup=name,
        showlegend=yaxis == "y",
        yaxis=yaxis,
        hovertemplate=f"{axis} = %{{x:.4g}}<br>%{{y:.4g}}",
        meta=following({"y": step}, sweep={"x": axis}),
    )


def _tangent(frame: _Frame, scale: Scale, step: str, color: int) -> Trace:
    x = np.linspace(frame.x[0], frame.x[-1], 2 if scale == "linear" else 201)
    return line(
        step,
        color,
        x,
        x,
        width=1.5,
        name="tangent" if step == "tangent" else "its tangent",
        showlegend=step == "tangent",
        hoverinfo="skip",
        meta=following({"y": step}, sweep={"x": "u"}),
    )


def _point(axis: Axis, step: str, yaxis: str, color: int) -> Trace:
    return point(
        f"point-{step}",
        color,
        name=f"at {axis}",
        yaxis=yaxis,
        hovertemplate=f"{axis} = %{{x:.4g}}<br>%{{y:.4g}}<extra></extra>",
        meta=following({"x": axis, "y": step}, drag={"x": axis}),
    )


def _wall(step: str, x: float) -> Trace:
    """A vertical asymptote, as high as the chart whatever its zoom."""
    return {
        "type": "scatter",
        "uid": step,
        "showlegend": False,
        "x": [x, x],
        "y": [0, 1],
        "yaxis": "y3",
        "mode": "lines",
        "line": {"color": "#7f7f7f", "dash": "dash", "width": 1.5},
        "opacity": 0.0,
        "hoverinfo": "skip",
        "meta": following({"opacity": step}),
    }


def _layout(frame: _Frame, axis: Axis, scale: Scale) -> dict[str, Any]:
    return {
        "template": TEMPLATE,
        "height": 580,
        "uirevision": axis,
        "xaxis": {"range": list(frame.x_range), "title": {"text": frame.x_title}, "anchor": "y2"},
        "yaxis": {
            "type": scale,
            "range": list(frame.loss_range[scale]),
            "domain": [0.4, 1],
            "title": {"text": "loss L (nats)"},
            "uirevision": f"{axis} {scale}",
            **({"dtick": 1} if scale == "log" else {}),
        },
        "yaxis2": {
            "range": list(frame.slope_range),
            "domain": [0, 0.34],
            "title": {"text": frame.slope_title},
            "zeroline": True,
        },
        "yaxis3": {"range": [0, 1], "overlaying": "y", "visible": False, "fixedrange": True},
    }
