"""The chart of /losses: up to five losses over what is predicted, below them their slopes, and their curvatures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer.core.comparison import ALONG, Comparison, name
from explorer.core.domains import Domain
from explorer.figures.binding import Trace, checked, filled_together, following
from explorer.figures.lazy import LazyFigure
from explorer.figures.style import BLUE, GREEN, ORANGE, PURPLE, TEMPLATE, VERMILLION
from explorer.figures.traces import line, point

POINTS = 301
COLORS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE)
"""Of the first loss, the second, and so on."""
SHARES = {"y": 95, "y2": 88, "y3": 80}
"""What part of a curve, in per cent, the axis of each panel shows at least, for a loss may grow without end."""
WHOLE = 2.0
"""A curve that reaches at most so many times as far is shown whole."""
WIDEST = 3.0
"""How many times as high as the middle one of the curves the highest is shown."""
BESIDE = 3.0
"""Up to how many times the range an axis grows for the point of a loss that is not the first."""
_PANELS = (("y", "shown", [0.52, 1.0]), ("y2", "shown_slope", [0.27, 0.46]), ("y3", "shown_curvature", [0.0, 0.21]))
_WITHOUT_CURVATURE = (("y", "shown", [0.4, 1.0]), ("y2", "shown_slope", [0.0, 0.32]))
_AXES = {"y": "yaxis", "y2": "yaxis2", "y3": "yaxis3"}
_EDGE = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "line": {"color": "#7f7f7f", "dash": "dash", "width": 1.5}}


class _Frame(NamedTuple):
    """What the chart shows at first: the range of what is predicted, and of each panel."""

    x: tuple[float, float]
    panels: dict[str, tuple[float, float]]


def comparison_figure(shown: Comparison, values: Mapping[str, float]) -> tuple[go.Figure, dict[str, float]]:
    """Return the chart of some losses, and every input and step of their program at the values.

    Parameters
    ----------
    shown : Comparison
    values : mapping
        Each of its inputs -> number.
    """
    own = shown.losses[0].input(shown.by).domain
    others = tuple(sorted((key, value) for key, value in values.items() if key != shown.by))
    frame = _frame(shown, _reach(own, values[shown.by]), others)
    traces, layout = _blank(shown, frame.x)
    filled, numbers = filled_together(traces, shown.program, {**values, ALONG: 0.0})
    return LazyFigure(filled, _ranged(shown, layout, frame, numbers)), numbers


def _panels(shown: Comparison) -> tuple[tuple[str, str, list[float]], ...]:
    """Each panel's axis, what is drawn there, and where it stands; where more than one number is predicted, no curvature."""
    return _PANELS if shown.losses[0].is_curve else _WITHOUT_CURVATURE


def _reach(domain: Domain, x: float) -> float:
    """How many times as far as its slider an axis reaches, to show x: 1, or a power of 2."""
    low, high = domain.shown
    end = high if x > 0 else -low
    return 1.0 if low <= x <= high or end <= 0 else 2.0 ** math.ceil(math.log2(abs(x) / end))


@lru_cache(maxsize=64)
def _grid(domain: Domain, low: float, high: float) -> NDArray[np.float64]:
    """Where a curve is sampled: within its domain, closer to where it ends."""
    share = np.linspace(0, 1, POINTS)
    if domain.is_share:
        return np.sin(share * np.pi / 2) ** 2
    first, last = max(low, domain.reach[0]), min(high, domain.reach[1])
    if domain.low == first or (domain.low == 0 and first > 0):
        return first + (last - first) * share**2
    return first + (last - first) * share


def _range(shown: Comparison, reach: float) -> tuple[float, float]:
    """How far the axis of what is predicted runs."""
    bounds = [loss.input(loss.by).domain.shown for loss in shown.losses]
    low, high = min(low for low, _ in bounds) * reach, max(high for _, high in bounds) * reach
    margin = 0.02 * (high - low)
    return low - margin, high + margin


@lru_cache(maxsize=64)
def _frame(shown: Comparison, reach: float, others: tuple[tuple[str, float], ...]) -> _Frame:
    """How far the axes run, so that all curves are seen and none is flat because another grows without end."""
    x = _range(shown, reach)
    traces, _ = _blank(shown, x)
    filled, _ = filled_together(traces, shown.program, {**dict(others), shown.by: sum(x) / 2, ALONG: 0.0})
    panels = {}
    for yaxis, _, _ in _panels(shown):
        curves = [_evenly(trace) for trace in filled if trace["uid"].startswith("curve") and trace["yaxis"] == yaxis]
        panels[yaxis] = _bounds(curves, SHARES[yaxis])
    return _Frame(x, panels)


def _evenly(trace: Trace) -> NDArray[np.float64]:
    """A curve's finite numbers at even distances."""
    x, y = np.asarray(trace["x"]), np.asarray(trace["y"])
    usable = np.isfinite(y)
    if not usable.any():
        return np.zeros(1)
    evenly: NDArray[np.float64] = np.interp(np.linspace(x[0], x[-1], POINTS)[1:-1], x[usable], y[usable])
    return evenly[np.isfinite(evenly)]  # between two of the largest numbers it may be none


def _bounds(curves: Iterable[NDArray[np.float64]], share: float) -> tuple[float, float]:
    """The range of an axis that shows so much of each curve, 0 included; the steepest only as far as others go."""
    parts = [_most(curve, share) for curve in curves] or [np.array([0.0, 1.0])]
    sizes = sorted(float(np.abs(part).max()) for part in parts)
    most = min(sizes[-1], WIDEST * sizes[(len(sizes) - 1) // 2] or sizes[-1]) or 1.0
    low = max(min(0.0, *(float(part[0]) for part in parts)), -most)
    high = min(max(0.0, *(float(part[1]) for part in parts)), most)
    margin = 0.06 * (high - low or 1.0)
    return low - margin, high + margin


def _most(curve: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """The ends of so much of a curve, or of all of it where that is little more."""
    part, whole = np.percentile(curve, [100 - share, share]), np.percentile(curve, [0, 100])
    return whole if np.ptp(whole) <= WHOLE * np.ptp(part) else part


@lru_cache(maxsize=64)
def _blank(shown: Comparison, x: tuple[float, float]) -> tuple[list[Trace], dict[str, Any]]:
    """Return the chart's traces and layout, validated, before any number is put in."""
    traces = [curve for panel in _panels(shown) for curve in _curves(shown, x, *panel[:2])]
    traces.append(_tangent(x))
    for place in reversed(range(len(shown.losses))):  # the first loss's own lie above
        drawn = [(yaxis, step) for yaxis, step, _ in _panels(shown) if name(step, place) in shown.program.symbols]
        traces += [_point(shown, place, step, yaxis) for yaxis, step in drawn]
    return checked(traces, _layout(shown, x))


def _curves(shown: Comparison, x: tuple[float, float], yaxis: str, step: str) -> list[Trace]:
    return [
        _curve(shown, place, _grid(loss.input(loss.by).domain, *x), name(step, place), yaxis)
        for place, loss in enumerate(shown.losses)
        if name(step, place) in shown.program.symbols
    ]


def _curve(shown: Comparison, place: int, x: NDArray[np.float64], step: str, yaxis: str) -> Trace:
    title = shown.losses[place].title
    return line(
        f"curve {step}",
        COLORS[place],
        x,
        x,
        name=title,
        legendgroup=title,
        showlegend=yaxis == "y",
        yaxis=yaxis,
        hovertemplate=f"{shown.by} = %{{x:.4g}}<br>%{{y:.4g}}",
        meta=following({"y": step}, sweep={"x": shown.by}),
    )


def _tangent(x: tuple[float, float]) -> Trace:
    ends = np.array(x)
    return line(
        "tangent", COLORS[0], ends, ends, width=1.2, dash="dot", name="tangent", showlegend=False, hoverinfo="skip",
        meta=following({"y": "tangent"}, sweep={"x": ALONG}),
    )  # fmt: skip


def _point(shown: Comparison, place: int, step: str, yaxis: str) -> Trace:
    by = shown.by
    return point(
        f"point {name(step, place)}",
        COLORS[place],
        size=13 if place == 0 else 9,
        name=f"at {by}",
        yaxis=yaxis,
        hovertemplate=f"{by} = %{{x:.4g}}<br>%{{y:.4g}}<extra></extra>",
        meta=following({"x": by, "y": name(step, place)}, drag={"x": by}),
    )


def _layout(shown: Comparison, x: tuple[float, float]) -> dict[str, Any]:
    scaled = ", scaled" if shown.scaled else ""
    titles = {"y": f"loss{scaled}", "y2": "slope", "y3": "curvature"}
    panels = {
        _AXES[yaxis]: {"domain": domain, "title": {"text": titles[yaxis]}, "zeroline": True}
        for yaxis, _, domain in _panels(shown)
    }
    return {
        "template": TEMPLATE,
        "height": 640,
        "uirevision": shown.axis or shown.losses[0].name,
        "xaxis": {"title": {"text": shown.losses[0].input(shown.by).said}, "anchor": _panels(shown)[-1][0]},
        **panels,
        "shapes": [{**_EDGE, "x0": end, "x1": end} for end in _edges(shown, x)],
    }


def _edges(shown: Comparison, x: tuple[float, float]) -> list[float]:
    """Where the domain of a prediction ends."""
    domains = [loss.input(loss.by).domain for loss in shown.losses]
    return sorted({end for domain in domains for end in (domain.low, domain.high) if x[0] < end < x[1]})


def _ranged(shown: Comparison, layout: Mapping[str, Any], frame: _Frame, numbers: Mapping[str, float]) -> dict[str, Any]:
    """The layout with ranges that hold the first loss's point, and those of others that are not far off."""
    ranged = {**layout, "xaxis": {**layout["xaxis"], "range": list(frame.x)}}
    for yaxis, step, _ in _panels(shown):
        low, high = frame.panels[yaxis]
        most = BESIDE * max(-low, high)
        for place in range(len(shown.losses)):
            value = numbers.get(name(step, place), math.nan)
            if math.isfinite(value) and (place == 0 or abs(value) <= most):
                low, high = min(low, 1.05 * value), max(high, 1.05 * value)
        ranged[_AXES[yaxis]] = {**layout[_AXES[yaxis]], "range": [low, high]}
    return ranged
