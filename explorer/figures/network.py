"""The charts of /network: the loss along one weight, over two and around all, what the network predicts, and its gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import ceil, floor, inf, log10
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from explorer.core.landscape import Descent
from explorer.core.program import Program
from explorer.figures.binding import Trace, checked, filled, following, settle
from explorer.figures.lazy import LazyFigure
from explorer.figures.style import BLUE, GREEN, ORANGE, PALETTE, PURPLE, TEMPLATE, VERMILLION
from explorer.figures.traces import bars, levels, line, point

REACHES = (6.0, 12.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0)
"""How far the axes of weights may reach to both sides."""
FINE = 51
"""Lines of a grid, each way."""
HEIGHT = 330

Rows = Mapping[str, Sequence[float]]
Numbers = Mapping[str, float] | None
MARGIN = {"l": 56, "r": 12, "t": 36, "b": 44}
_CLASSES = [[0.0, PALETTE[BLUE]], [0.5, "#e4e4e4"], [1.0, PALETTE[VERMILLION]]]


def reach(weights: ArrayLike) -> float:
    """Return how far the axes of weights reach to both sides, such that all of these are within."""
    largest = float(np.max(np.abs(np.asarray(weights)), initial=0.0))
    return next((limit for limit in REACHES if largest <= limit), REACHES[-1])


def label(weight: str) -> str:
    """Return a weight's name as a chart writes it."""
    return f"{weight[0]}<sub>{weight[1:].replace('_', ',')}</sub>"


def slice_figure(
    program: Program, values: Mapping[str, float], rows: Rows, along: str, limit: float, *, numbers: Numbers = None
) -> go.Figure:
    """Return the loss along one weight, with its tangent and a point to drag.

    Parameters
    ----------
    program : Program
        Of `network_view`.
    values : mapping
        Each input but the columns of rows and u -> number.
    rows : mapping
        Feature or target -> column of the data set.
    along : str
        The weight that the program's tangent is for.
    limit : float
        How far the axis reaches to both sides.
    numbers : mapping, optional
        Input or step -> its number at the values, a mean over the rows, where that is known.
    """
    traces, layout = _slice(along, limit)
    traces = filled(traces, program, values, rows=rows, numbers=numbers)
    return LazyFigure(traces, _reaching(layout, _span(traces[0]["y"])))


def surface_figure(
    program: Program,
    values: Mapping[str, float],
    rows: Rows,
    names: tuple[str, str],
    limit: float,
    path: Descent | None,
    places: tuple[int, int],
    *,
    solid: bool,
    numbers: Numbers = None,
) -> go.Figure:
    """Return the loss over two weights with the present point: as lines of equal loss, or solid, in three dimensions.

    program, values, rows, limit and numbers as for `slice_figure`. path is a descent to draw; places are the columns of the two
    weights in it.
    """
    traces, layout = (_solid if solid else _contour)(names, limit)
    if path is not None and len(path.loss) > 1:
        way = {"x": path.weights[:, places[0]].tolist(), "y": path.weights[:, places[1]].tolist()}
        traces = [traces[0], {**traces[1], **way, **({"z": path.loss.tolist()} if solid else {})}, *traces[2:]]
    return settle(traces, layout, program, values, rows=rows, numbers=numbers)


def decision_figure(
    program: Program,
    values: Mapping[str, float],
    features: NDArray[Any],
    classes: NDArray[Any] | None,
    row: int | None,
    *,
    numbers: Numbers = None,
) -> go.Figure:
    """Return what a network of two inputs predicts over the plane, with the data.

    Parameters
    ----------
    program, values, numbers
        As for `slice_figure`; values without the two features, which span the plane.
    features : array, shape (rows, 2)
    classes : array, shape (rows,) or None
        Each row's class, from 0; None where targets are no classes.
    row : int or None
        The row to stand out; None if the one example moves with sliders.
    """
    low, high = features.min(axis=0), features.max(axis=0)
    pad = np.maximum(0.25 * (high - low), 0.5 if row is None else 0.25)
    edges = tuple(float(f"{edge:.3g}") for edge in (low[0] - pad[0], high[0] + pad[0], low[1] - pad[1], high[1] + pad[1]))
    if row is None:
        edges = (-3.0, 3.0, -3.0, 3.0)
    probabilities = "right" in program.symbols
    field = _field(edges, probabilities and "class" in program.symbols, probabilities)
    kinds = sorted(set(classes.tolist())) if classes is not None else []
    marks = [_data(features[classes == kind], f"class {kind:g}", int(kind), len(kinds) > 2) for kind in kinds]
    if classes is None:
        marks = [_data(features, "data", GREEN, False)]
    if row is None:
        marks = [_example()]
    else:
        marks.append(_ring(features[row]))
    x0, x1, y0, y1 = edges
    layout = {
        "template": TEMPLATE,
        "height": HEIGHT,
        "legend": {"orientation": "h", "x": 0, "y": -0.3, "yanchor": "top", "itemwidth": 30},
        "uirevision": "decision",
        "xaxis": {"title": {"text": "x<sub>1</sub>"}, "range": [x0, x1], "showgrid": False},
        "yaxis": {"title": {"text": "x<sub>2</sub>"}, "range": [y0, y1], "showgrid": False},
        "margin": {**MARGIN, "b": 76 if len(kinds) > 2 else MARGIN["b"]},
    }
    return settle([field, *marks], layout, program, values, numbers=numbers)


def gradient_figure(
    program: Program, values: Mapping[str, float], rows: Rows, weights: tuple[str, ...], *, numbers: Numbers = None
) -> go.Figure:
    """Return a bar for each weight's derivative. Arguments as for `slice_figure`."""
    traces, layout = _gradient(weights)
    traces = filled(traces, program, values, rows=rows, numbers=numbers)
    top = _nice(max((abs(y) for y in traces[0]["y"] if abs(y) < inf), default=0.0) or 0.1)
    return LazyFigure(traces, _reaching(layout, [-top, top]))


def directions_figure(at: NDArray[Any], losses: NDArray[Any]) -> go.Figure:
    """Return the loss around the present weights in two random directions.

    Parameters
    ----------
    at : array, shape (places,)
        How far along each direction, in lengths of the weights.
    losses : array, shape (places, places)
        Rows for the second direction, columns for the first.
    """
    hover = "%{x:.3g}, %{y:.3g}: %{z:.4g}<extra></extra>"
    traces = [levels("directions", at, at, losses, "L", ncontours=18, hovertemplate=hover), point("here", hoverinfo="skip")]
    layout = {
        "template": TEMPLATE,
        "height": HEIGHT,
        "uirevision": "directions",
        "xaxis": {"title": {"text": "first direction"}},
        "yaxis": {"title": {"text": "second direction"}},
        "margin": MARGIN,
    }
    return LazyFigure(traces, layout)


def curvature_figure(eigenvalues: NDArray[Any]) -> go.Figure:
    """Return a bar for each eigenvalue of the Hessian, shape (weights,), ascending."""
    places = [*range(1, len(eigenvalues) + 1)]
    trace = bars("curvature", GREEN, places, eigenvalues.tolist(), hovertemplate="%{y:.4g}<extra></extra>")
    layout = {
        "template": TEMPLATE,
        "height": HEIGHT,
        "uirevision": "curvature",
        "xaxis": {"title": {"text": "eigenvalue"}, "showgrid": False},
        "yaxis": {"title": {"text": "curvature"}, "zeroline": True},
        "margin": MARGIN,
    }
    return LazyFigure([trace], layout)


def _reaching(layout: Mapping[str, Any], limits: list[float]) -> dict[str, Any]:
    """A layout whose vertical axis has these limits."""
    return {**layout, "yaxis": {**layout["yaxis"], "range": limits}}


def _nice(number: float) -> float:
    """The next of 1, 2, 5, 10 ... above a number."""
    ten = 10.0 ** floor(log10(number))
    return next(ten * step for step in (1, 2, 5, 10) if number <= ten * step * (1 + 1e-9))


def _span(losses: NDArray[Any]) -> list[float]:
    """An axis that shows a curve of losses, with room for it to move; it begins at 0 unless the curve stays far from there."""
    finite = losses[np.isfinite(losses)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    room = _nice(max(0.4 * (high - low), 0.02 * high, 0.01))
    bottom = floor((low - room) / room) * room if low > 2 * room else -0.05 * high
    return [bottom, ceil((high + room) / room) * room]


@lru_cache(maxsize=64)
def _slice(along: str, limit: float) -> tuple[list[Trace], dict[str, Any]]:
    at = np.linspace(-limit, limit, 121)
    ends, hover = np.array([-limit, limit]), "%{x:.4g}: %{y:.5g}<extra></extra>"
    traces = [
        line(
            "loss", BLUE, at, np.zeros(len(at)), name="L", showlegend=False, hovertemplate=hover,
            meta=following({"y": "L"}, sweep={"x": along}),
        ),
        line(
            "tangent", GREEN, ends, np.zeros(2), width=1.5, dash="dash", name="tangent", showlegend=False, hoverinfo="skip",
            meta=following({"y": "tangent"}, sweep={"x": "u"}),
        ),
        point("point", hovertemplate=hover, meta=following({"x": along, "y": "L"}, drag={"x": along})),
    ]  # fmt: skip
    layout = {
        "template": TEMPLATE,
        "height": HEIGHT,
        "uirevision": f"slice {along} {limit}",
        "xaxis": {"range": [-limit, limit], "title": {"text": label(along)}},
        "yaxis": {"title": {"text": "mean loss L"}},
        "margin": MARGIN,
    }
    return checked(traces, layout)


@lru_cache(maxsize=64)
def _contour(names: tuple[str, str], limit: float) -> tuple[list[Trace], dict[str, Any]]:
    """The surface as lines of equal loss, the descent on it, and the present point."""
    at = np.linspace(-limit, limit, FINE)
    both = {"x": names[0], "y": names[1]}
    traces = [
        levels(
            "surface", at, at, np.zeros((FINE, FINE)), "L", ncontours=18,
            hovertemplate="%{x:.3g}, %{y:.3g}: %{z:.4g}<extra></extra>", meta=following({"z": "L"}, sweep=both),
        ),
        line(
            "path", VERMILLION, [], [], width=2, name="descent", showlegend=False, mode="lines+markers", hoverinfo="skip",
            marker={"size": 4, "color": PALETTE[VERMILLION]},
        ),
        point("point", hoverinfo="skip", meta=following(both, drag=both)),
    ]  # fmt: skip
    layout = {
        "template": TEMPLATE,
        "height": HEIGHT,
        "uirevision": f"surface {names} {limit}",
        "xaxis": {"range": [-limit, limit], "title": {"text": label(names[0])}},
        "yaxis": {"range": [-limit, limit], "title": {"text": label(names[1])}},
        "margin": MARGIN,
    }
    return checked(traces, layout)


@lru_cache(maxsize=64)
def _solid(names: tuple[str, str], limit: float) -> tuple[list[Trace], dict[str, Any]]:
    """The surface in three dimensions, the descent on it, and the present point."""
    at = np.linspace(-limit, limit, FINE)
    traces: list[Trace] = [
        {
            "type": "surface", "uid": "surface", "x": at, "y": at, "z": np.zeros((FINE, FINE)), "colorscale": "Viridis",
            "reversescale": True, "showscale": False, "opacity": 0.9,
            "hovertemplate": "%{x:.3g}, %{y:.3g}: %{z:.4g}<extra></extra>",
            "meta": following({"z": "L"}, sweep={"x": names[0], "y": names[1]}),
        },
        {
            "type": "scatter3d", "uid": "path", "name": "descent", "x": [], "y": [], "z": [], "mode": "lines",
            "line": {"color": PALETTE[VERMILLION], "width": 5}, "hoverinfo": "skip", "showlegend": False,
            "meta": following({}, color=VERMILLION),
        },
        {
            "type": "scatter3d", "uid": "point", "name": "now", "x": [0.0], "y": [0.0], "z": [0.0], "mode": "markers",
            "marker": {"size": 6, "color": PALETTE[VERMILLION]}, "showlegend": False, "hoverinfo": "skip",
            "meta": following({"x": names[0], "y": names[1], "z": "L"}, color=VERMILLION),
        },
    ]  # fmt: skip
    scene = {f"{axis}axis": {"title": {"text": text}} for axis, text in zip("xyz", (*map(label, names), "L"), strict=True)}
    layout = {
        "template": TEMPLATE,
        "height": HEIGHT,
        "uirevision": "solid",
        "scene": {
            **scene,
            "aspectmode": "cube",
            "camera": {"eye": {"x": 1.6, "y": -1.6, "z": 1}, "center": {"x": 0, "y": 0, "z": -0.2}},
        },
        "margin": {"l": 0, "r": 0, "t": 24, "b": 0},
    }
    return checked(traces, layout)


@lru_cache(maxsize=64)
def _field(edges: tuple[float, ...], classes: bool, probability: bool) -> Trace:
    """What stands behind the data: the class predicted, or the first output."""
    x0, x1, y0, y1 = edges
    trace: Trace = {
        "uid": "field", "x": np.linspace(x0, x1, FINE), "y": np.linspace(y0, y1, FINE), "z": np.zeros((FINE, FINE)),
        "meta": following({"z": "class" if classes else "y1"}, sweep={"x": "x1", "y": "x2"}),
    }  # fmt: skip
    if classes:
        steps = [[(k + end) / 10, color] for k, color in enumerate(PALETTE) for end in (0, 1)]
        trace |= {"type": "heatmap", "colorscale": steps, "zmin": -0.5, "zmax": 9.5, "showscale": False, "opacity": 0.45,
                  "hovertemplate": "class %{z}<extra></extra>"}  # fmt: skip
    else:
        levels = {"contours": {"start": 0.1, "end": 0.9, "size": 0.1}, "zmin": 0, "zmax": 1, "autocontour": False}
        trace |= {"type": "contour", "colorscale": _CLASSES, "opacity": 0.75, **(levels if probability else {"ncontours": 12}),
                  "line": {"width": 0.5, "color": "rgba(128,128,128,0.5)", "smoothing": 0},
                  "colorbar": {"title": {"text": "y", "side": "right"}, "thickness": 12, "outlinewidth": 0},
                  "hovertemplate": "%{x:.3g}, %{y:.3g}: %{z:.4g}<extra></extra>"}  # fmt: skip
    return trace


def _data(points: NDArray[Any], name: str, color: int, named: bool) -> Trace:
    return {
        "type": "scatter", "uid": name.replace(" ", "-"), "name": name, "x": points[:, 0], "y": points[:, 1], "mode": "markers",
        "showlegend": named,
        "marker": {"size": 8, "color": PALETTE[_of_class(color)], "line": {"width": 1, "color": "white"}},
        "hovertemplate": "%{x:.3g}, %{y:.3g}<extra>" + name + "</extra>", "meta": following({}, color=_of_class(color)),
    }  # fmt: skip


def _of_class(kind: int) -> int:
    return kind % len(PALETTE)


def _ring(point: NDArray[Any]) -> Trace:
    """Where the row is that the formula shows."""
    return {
        "type": "scatter", "uid": "row", "name": "row", "x": [float(point[0])], "y": [float(point[1])], "mode": "markers",
        "marker": {"size": 15, "symbol": "circle-open", "color": PALETTE[ORANGE], "line": {"width": 2, "color": "white"}},
        "showlegend": False, "hoverinfo": "skip", "meta": following({}, color=ORANGE),
    }  # fmt: skip


def _example() -> Trace:
    """The one example, to be dragged."""
    both = {"x": "x1", "y": "x2"}
    return {**point("example"), "hoverinfo": "skip", "meta": following(both, drag=both, color=ORANGE)}


@lru_cache(maxsize=64)
def _gradient(weights: tuple[str, ...]) -> tuple[list[Trace], dict[str, Any]]:
    trace = bars(
        "gradient", PURPLE, [*range(len(weights))], [0.0] * len(weights), name="∂L/∂w", width=0.7, offset=-0.35,
        showlegend=False, customdata=[label(name) for name in weights], hovertemplate="%{customdata}: %{y:.4g}<extra></extra>",
        meta=following({"y": [f"d_{name}" for name in weights]}),
    )  # fmt: skip
    every = ceil(len(weights) / 20)
    ticks = {"tickvals": list(range(0, len(weights), every)), "ticktext": [label(name) for name in weights[::every]]}
    layout = {
        "template": TEMPLATE,
        "height": HEIGHT,
        "uirevision": f"gradient {len(weights)}",
        "xaxis": {**ticks, "range": [-0.7, len(weights) - 0.3], "tickangle": -60, "showgrid": False},
        "yaxis": {"title": {"text": "∂L/∂w, mean"}, "zeroline": True},
        "margin": {**MARGIN, "b": 56},
    }
    return checked([trace], layout)
