"""The charts of what a loss estimates: dots on an axis under the mean losses, and lines through points."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer.core.estimate import Estimate, Kind, Solved
from explorer.core.fit import ACROSS, Fit, FitSolved
from explorer.figures.binding import Trace, checked, filled, following
from explorer.figures.lazy import LazyFigure
from explorer.figures.style import GREY, TEMPLATE
from explorer.figures.traces import line, point

POINTS = 401
DASHES = ("solid", "dash", "dashdot", "longdash", "dot")
LEVELS = (0.5, 0.8, 0.2)
"""Of dots, so that those at one place are seen and held apart."""
SHARE = 0.9
"""Of the axis, over which share a mean loss is shown whole; it may be infinite at the ends."""
TITLES: dict[Kind, str] = {"real": "targets, and the constant m", "probability": "probability m", "score": "score m"}
PANEL, HEAD, DOTS, MARGINS = 96, 28, 64, {"l": 60, "r": 16, "t": 32, "b": 64}
"""Pixels: of a curve's panel, the title over it, the dots' panel, and around all."""
BEYOND = 0.15
"""By how much a chart of lines reaches beyond where its points may lie, in units."""


def estimate_figure(solved: Solved) -> go.Figure:
    """Return the mean losses over the constant, one over the other, each with a mark where it is least; the dots beneath.

    A hand moves the dots; a line goes from each mark down to them.
    """
    traces, layout = _estimate_blank(solved.of)
    shown = filled(traces, solved.of.program, solved.values, rows=solved.rows)
    curves = [trace for trace in shown if trace["meta"].get("sweep")]
    fitting = {_axis(k): {**layout[_axis(k)], "range": _heights(trace["y"])} for k, trace in enumerate(curves, 1)}
    return LazyFigure(shown, {**layout, **fitting})


def fit_figure(solved: FitSolved) -> go.Figure:
    """Return points that a hand moves, and the line that each loss puts through them."""
    traces, layout = _fit_blank(solved.of)
    return LazyFigure(filled(traces, solved.of.program, solved.values, rows=solved.rows), layout)


def _axis(k: int) -> str:
    """The layout's name for the vertical axis of panel k, counted from the top; the first of all is behind them."""
    return f"yaxis{k + 1}"


@lru_cache(maxsize=32)
def _estimate_blank(of: Estimate) -> tuple[list[Trace], dict[str, Any]]:
    """Traces and layout before any number is put in."""
    low, high = of.axis
    margin = 0.02 * (high - low)
    count = len(of.losses)
    dots = count + 1 if of.count else count
    panels = _panels(count, bool(of.count))
    traces = [_line_down(of, k, panels[k - 1][1]) for k in range(1, count + 1)]
    traces += [trace for k, loss in enumerate(of.losses, 1) for trace in _mean_loss(of, loss.title, k)]
    traces += [_dot(name, LEVELS[k % len(LEVELS)], f"y{dots + 1}", k) for k, name in enumerate(of.dots, 1)]
    unseen = {"range": [0, 1], "visible": False, "fixedrange": True}
    layout: dict[str, Any] = {
        "template": TEMPLATE,
        "height": sum(MARGINS[side] for side in "tb") + _height(count, bool(of.count)),
        "margin": MARGINS,
        "uirevision": of.kind,
        "showlegend": False,
        "plot_bgcolor": "rgba(0,0,0,0)",  # so that lines behind the panels are seen
        "xaxis": {
            "range": [low - margin, high + margin], "title": {"text": TITLES[of.kind], "standoff": 8}, "anchor": f"y{dots + 1}",
        },
        "yaxis": {**unseen, "domain": [0, 1]},
        "annotations": [
            {
                "text": loss.title, "xref": "paper", "yref": "paper", "x": 0, "y": top, "xanchor": "left", "yanchor": "bottom",
                "showarrow": False,
            }
            for loss, (_, top) in zip(of.losses, panels, strict=False)
        ],
        **{_axis(k): {"domain": list(panels[k - 1]), "nticks": 4} for k in range(1, count + 1)},
    }  # fmt: skip
    if of.count:
        layout[_axis(dots)] = {**unseen, "domain": list(panels[-1])}
    return checked(traces, layout)


def _height(count: int, with_dots: bool) -> int:
    return count * (PANEL + HEAD) + (DOTS if with_dots else 0)


def _panels(count: int, with_dots: bool) -> list[tuple[float, float]]:
    """The panels from the top down, as shares of the chart: (low, high) each."""
    whole = _height(count, with_dots)
    tops = [whole - HEAD - k * (PANEL + HEAD) for k in range(count)]
    found = [((top - PANEL) / whole, top / whole) for top in tops]
    return [*found, (0.0, DOTS / whole)] if with_dots else found


def _dot(name: str, height: float, axis: str, k: int) -> Trace:
    return point(
        name, GREY, name=f"dot {k}", x=[0.0], y=[height], yaxis=axis, hovertemplate="%{x:.4g}<extra></extra>",
        meta=following({"x": name}, drag={"x": name}),
    )  # fmt: skip


def _line_down(of: Estimate, k: int, top: float) -> Trace:
    """A line through all panels below a mark."""
    place = of.minima[k - 1].at
    return line(
        f"down{k}", k - 1, [0.0, 0.0], [0.0, top], width=1.5, dash=DASHES[k - 1], opacity=0.7, hoverinfo="skip",
        meta=following({"x": place * 2}),
    )  # fmt: skip


def _mean_loss(of: Estimate, title: str, k: int) -> Iterator[Trace]:
    """The curve of a mean loss, how far it is least, and a mark at the place found."""
    search, x = of.minima[k - 1], _places(of)
    common: dict[str, Any] = {"yaxis": f"y{k + 1}", "name": title}
    yield line(
        search.of, k - 1, x, x, hovertemplate="m = %{x:.4g}<br>%{y:.4g}",
        meta=following({"y": search.of}, sweep={"x": "m"}), **common,
    )  # fmt: skip
    yield line(
        f"flat{k}", k - 1, [0.0, 0.0], [0.0, 0.0], width=9, opacity=0.4, hoverinfo="skip",
        meta=following({"x": search.ends, "y": [search.value] * 2}), **common,
    )  # fmt: skip
    yield point(
        search.at[0], k - 1, size=14, symbol="diamond", hovertemplate="least at m = %{x:.6g}<br>%{y:.4g}",
        meta=following({"x": search.at[0], "y": search.value}, least=search), **common,
    )  # fmt: skip


def _places(of: Estimate) -> NDArray[np.float64]:
    """Where curves are sampled: of probabilities densely towards the ends, where losses are steep."""
    low, high = of.axis
    if of.kind == "probability":
        return np.asarray(np.sin(np.linspace(0, np.pi / 2, POINTS)) ** 2)
    return np.linspace(low, high, POINTS)


def _heights(curve: NDArray[np.float64]) -> list[float]:
    """The range of a panel: from 0, or the least of its curve, to what most of it stays below."""
    finite = np.sort(curve[np.isfinite(curve)])
    if not finite.size:
        return [0.0, 1.0]
    low, high = min(0.0, float(finite[0])), float(finite[int(SHARE * (finite.size - 1))])
    room = 0.12 * (high - low) or 0.5
    return [low - room, high + room]


@lru_cache(maxsize=32)
def _fit_blank(of: Fit) -> tuple[list[Trace], dict[str, Any]]:
    """Traces and layout before any number is put in."""
    lines = [
        line(
            f"line{k}", k - 1, list(ACROSS), [0.0, 0.0], dash=DASHES[k - 1], name=loss.title,
            hovertemplate="%{x:.4g}, %{y:.4g}", meta=following({"y": search.at}, least=search),
        )
        for k, (loss, search) in enumerate(zip(of.losses, of.minima, strict=True), 1)
    ]  # fmt: skip
    points = [
        point(
            f"dot{k}", GREY, name=f"point {k}", hovertemplate="%{x:.4g}, %{y:.4g}<extra></extra>",
            meta=following({"x": x, "y": y}, drag={"x": x, "y": y}),
        )
        for k, (x, y) in enumerate(zip(*of.cells.values(), strict=True), 1)
    ]  # fmt: skip
    low, high = ACROSS[0] - BEYOND, ACROSS[1] + BEYOND
    layout = {
        "template": TEMPLATE,
        "height": 480,
        "uirevision": "fit",
        "xaxis": {"range": [low, high], "title": {"text": "x", "standoff": 4}},
        "yaxis": {"range": [low, high], "title": {"text": "target"}},
        "legend": {"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top"},
    }
    return checked([*lines, *points], layout)
