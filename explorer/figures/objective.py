"""The charts of /objective: a loss with gradient and Hessian over the raw score, remedies, and what was written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer.core.program import Program
from explorer.figures.binding import Trace, checked, filled_together, following, point
from explorer.figures.lazy import LazyFigure
from explorer.figures.style import BLUE, GREEN, ORANGE, PALETTE, PURPLE, TEMPLATE, VERMILLION

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
    color = _COLORS[place]
    return {
        "type": "scatter",
        "uid": f"curve {step}",
        "name": name,
        "legendgroup": name,
        "showlegend": legend,
        "x": x,
        "y": x,
        "yaxis": axis,
        "mode": "lines",
        "line": {"color": PALETTE[color], "width": 2.5, "dash": _DASHES[place], "simplify": False},
        "hovertemplate": f"{score} = %{{x:.4g}}<br>%{{y:.4g}}",
        "meta": following({"y": step}, sweep={"x": score}, color=color),
    }


def _point(step: str, axis: str, score: str, place: int) -> Trace:
    return point(
        f"point {step}",
        name=f"at {score}",
        yaxis=axis,
        marker={"size": 13 if place == 0 else 9, "color": PALETTE[_COLORS[place]], "line": {"width": 2, "color": "white"}},
        hovertemplate=f"{score} = %{{x:.4g}}<br>%{{y:.4g}}<extra></extra>",
        meta=following({"x": score, "y": step}, drag={"x": score}, color=_COLORS[place]),
    )


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
    traces: list[Trace] = []
    layout: dict[str, Any] = {
        "template": TEMPLATE,
        "height": 130 + 210 * len(compared),
        "margin": {"l": 60, "r": 12, "t": 48, "b": 48},
    }
    rooms = [(1 - (k + 0.86) / len(compared), 1 - (k + 0.08) / len(compared)) for k in range(len(compared))]
    notes = []
    for k, one in enumerate(compared):
        axis, xaxis = ("y", "x") if k == 0 else (f"y{k + 1}", f"x{k + 1}")
        drawn = (("own", "the loss's own", one.expected, BLUE, "solid"), ("yours", "yours", one.found, VERMILLION, "dash"))
        for uid, name, y, color, dash in drawn:
            traces.append(
                {
                    "type": "scatter", "uid": f"{uid}-{k}", "name": name, "legendgroup": name, "showlegend": k == 0,
                    "x": one.z, "y": np.where(np.isfinite(y), y, np.nan), "xaxis": xaxis, "yaxis": axis, "mode": "lines",
                    "line": {"color": PALETTE[color], "width": 2.5, "dash": dash}, "meta": following({}, color=color),
                    "hovertemplate": f"{score} = %{{x:.4g}}<br>%{{y:.4g}}",
                }
            )  # fmt: skip
        traces.append(
            {
                "type": "scatter", "uid": f"witness-{k}", "name": "the point named", "legendgroup": "witness",
                "showlegend": k == 0, "x": [one.at, one.at], "y": [one.expected_there, one.found_there], "xaxis": xaxis,
                "yaxis": axis, "mode": "markers+lines", "line": {"color": PALETTE[ORANGE], "width": 1.5, "dash": "dot"},
                "marker": {"size": 11, "symbol": "diamond", "color": PALETTE[ORANGE]}, "meta": following({}, color=ORANGE),
                "hovertemplate": f"{score} = %{{x:.4g}}<br>%{{y:.4g}}",
            }
        )  # fmt: skip
        marks = [value for value in (one.expected_there, one.found_there) if np.isfinite(value)]
        low, high = _range([one.expected, one.found], [])
        low, high = min([low, *marks]), max([high, *marks])
        margin = 0.04 * (high - low)
        layout[f"yaxis{axis[1:]}"] = {
            "domain": list(rooms[k]),
            "zeroline": True,
            "range": [low - margin, high + margin],
            "anchor": xaxis,
        }
        layout[f"xaxis{xaxis[1:]}"] = {
            "anchor": axis,
            "title": {"text": f"raw score {score}"} if k == len(compared) - 1 else {},
        }
        notes.append(
            {
                "text": one.title, "xref": "paper", "yref": "paper", "x": 0, "y": rooms[k][1], "xanchor": "left",
                "yanchor": "bottom", "showarrow": False,
            }
        )  # fmt: skip
    layout["annotations"] = notes
    return LazyFigure(*checked(traces, layout))
