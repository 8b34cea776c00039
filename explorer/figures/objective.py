"""The charts of /objective: a loss with gradient and Hessian over the raw score, remedies, and what was written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer.core.program import Program
from explorer.figures.binding import Trace, checked, filled_together, following
from explorer.figures.lazy import LazyFigure
from explorer.figures.style import BLUE, GREEN, ORANGE, PALETTE, PURPLE, TEMPLATE, VERMILLION
from explorer.figures.traces import line, point

POINTS = 301
SHARE = 92
"""What part of a curve, in per cent, its panel shows at least."""
_AXES = ("y", "y2", "y3")
_DASHES = ("solid", "dash", "dot", "dashdot")
_COLORS = (BLUE, VERMILLION, GREEN, PURPLE)
LONGEST = 4.0
"""How many times as high as the shortest of the curves of a panel the longest is shown."""


class Panel(NamedTuple):
    """A panel: its title, and what is drawn there: step -> name."""

    title: str
    curves: Mapping[str, str]


class Compared(NamedTuple):
    """What was written by hand and the right one over the raw score, and the witness with both numbers."""

    title: str
    z: NDArray[np.float64]
    found: NDArray[np.float64]
    expected: NDArray[np.float64]
    at: float
    found_there: float
    expected_there: float


def panels_figure(
    panels: Sequence[Panel],
    program: Program,
    values: Mapping[str, float],
    score: str,
    reach: tuple[float, float],
    *,
    height: int,
) -> tuple[go.Figure, dict[str, float]]:
    """Return steps of a program over the raw score, panel under panel, with a point on each; and all numbers at the values."""
    low, high = min(reach[0], values[score]), max(reach[1], values[score])
    x = np.linspace(low, high, POINTS)
    traces = [
        _curve(x, step, name, _AXES[k], score, place, legend=len(panel.curves) > 1 and k == 0)
        for k, panel in enumerate(panels)
        for place, (step, name) in enumerate(panel.curves.items())
    ]
    points = [_point(step, _AXES[k], score, place) for k, panel in enumerate(panels) for place, step in enumerate(panel.curves)]
    traces, layout = checked([*traces, *reversed(points)], _layout(panels, score, (low, high), height))
    filled, numbers = filled_together(traces, program, values)
    for k, panel in enumerate(panels):
        curves = [trace["y"] for trace in filled if trace["yaxis"] == _AXES[k] and len(trace["x"]) > 1]
        name = f"yaxis{_AXES[k][1:]}"
        layout[name] = {**layout[name], "range": _range(curves, [numbers[step] for step in panel.curves])}
    return LazyFigure(filled, layout), numbers


def _curve(x: NDArray[np.float64], step: str, name: str, axis: str, score: str, place: int, *, legend: bool) -> Trace:
    return line(
        f"curve {step}",
        _COLORS[place],
        x,
        x,
        dash=_DASHES[place],
        name=name,
        legendgroup=name,
        showlegend=legend,
        yaxis=axis,
        hovertemplate=_hover(score),
        meta=following({"y": step}, sweep={"x": score}),
    )


def _point(step: str, axis: str, score: str, place: int) -> Trace:
    return point(
        f"point {step}",
        _COLORS[place],
        size=13 if place == 0 else 9,
        name=f"at {score}",
        yaxis=axis,
        hovertemplate=f"{_hover(score)}<extra></extra>",
        meta=following({"x": score, "y": step}, drag={"x": score}),
    )


def _hover(score: str) -> str:
    return f"{score} = %{{x:.4g}}<br>%{{y:.4g}}"


def _layout(panels: Sequence[Panel], score: str, x: tuple[float, float], height: int) -> dict[str, Any]:
    room, gap = 1 / len(panels), 0.05
    axes = {
        f"yaxis{_AXES[k][1:]}": {
            "domain": [max(1 - (k + 1) * room + (gap if k + 1 < len(panels) else 0), 0), 1 - k * room],
            "title": {"text": panel.title},
            "zeroline": True,
        }
        for k, panel in enumerate(panels)
    }
    margin = 0.02 * (x[1] - x[0])
    return {
        "template": TEMPLATE,
        "height": height,
        "uirevision": score,
        "xaxis": {
            "title": {"text": f"raw score {score}"},
            "anchor": _AXES[len(panels) - 1],
            "range": [x[0] - margin, x[1] + margin],
        },
        **axes,
    }


def _range(curves: Sequence[NDArray[np.float64]], points: Sequence[float]) -> list[float]:
    """How far a panel runs, so that curves are seen that do not run away, and the first point."""
    parts = [np.percentile(usable, [100 - SHARE, SHARE]) for y in curves if (usable := y[np.isfinite(y)]).size]
    sizes = sorted(float(np.abs(part).max()) for part in parts) or [1.0]
    most = LONGEST * next((size for size in sizes if size > 0), 1.0)
    low = max(min([0.0, *(float(part[0]) for part in parts)]), -most)
    high = min(max([0.0, *(float(part[1]) for part in parts)]), most)
    if points and np.isfinite(points[0]):
        low, high = min(low, points[0]), max(high, points[0])
    margin = 0.08 * (high - low or 1.0)
    return [low - margin, high + margin]


def compared_figure(compared: Sequence[Compared], score: str) -> go.Figure:
    """Return what was written by hand over the right one, a panel each, with a mark at both numbers of the witness."""
    count = len(compared)
    traces: list[Trace] = []
    layout: dict[str, Any] = {
        "template": TEMPLATE,
        "height": 130 + 210 * count,
        "margin": {"l": 60, "r": 12, "t": 48, "b": 48},
        "annotations": [],
    }
    for k, one in enumerate(compared):
        number = "" if k == 0 else str(k + 1)
        room = [1 - (k + 0.86) / count, 1 - (k + 0.08) / count]
        traces += _compared(one, k, f"x{number}", f"y{number}", score)
        title = {"title": {"text": f"raw score {score}"}} if k == count - 1 else {"title": {}}
        layout[f"xaxis{number}"] = {"anchor": f"y{number}", **title}
        layout[f"yaxis{number}"] = {"domain": room, "zeroline": True, "range": _both(one), "anchor": f"x{number}"}
        layout["annotations"].append(
            {
                "text": one.title, "xref": "paper", "yref": "paper", "x": 0, "y": room[1], "xanchor": "left",
                "yanchor": "bottom", "showarrow": False,
            }
        )  # fmt: skip
    return LazyFigure(*checked(traces, layout))


def _compared(one: Compared, k: int, xaxis: str, yaxis: str, score: str) -> list[Trace]:
    """Both curves of panel k and the mark at the witness."""
    common: dict[str, Any] = {"xaxis": xaxis, "yaxis": yaxis, "showlegend": k == 0, "hovertemplate": _hover(score)}

    def curve(uid: str, name: str, y: NDArray[np.float64], color: int, dash: str) -> Trace:
        seen = np.where(np.isfinite(y), y, np.nan)
        return line(f"{uid}-{k}", color, one.z, seen, dash=dash, name=name, legendgroup=name, **common)

    return [
        curve("own", "the loss's own", one.expected, BLUE, "solid"),
        curve("yours", "yours", one.found, VERMILLION, "dash"),
        line(
            f"witness-{k}", ORANGE, [one.at, one.at], [one.expected_there, one.found_there], width=1.5, dash="dot",
            name="the point named", legendgroup="witness", mode="markers+lines",
            marker={"size": 11, "symbol": "diamond", "color": PALETTE[ORANGE]}, **common,
        ),
    ]  # fmt: skip


def _both(one: Compared) -> list[float]:
    """How far a panel runs that shows both curves and both numbers of the witness."""
    marks = [value for value in (one.expected_there, one.found_there) if np.isfinite(value)]
    low, high = _range([one.expected, one.found], [])
    low, high = min([low, *marks]), max([high, *marks])
    margin = 0.04 * (high - low)
    return [low - margin, high + margin]
