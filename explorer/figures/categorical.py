"""The charts of /categorical: bars for each class, the loss along one logit, and the triangle of three classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import plotly.graph_objects as go

from explorer.core.program import Program
from explorer.figures.binding import Trace, checked, filled, following, settle
from explorer.figures.lazy import LazyFigure
from explorer.figures.mask import rounded_up
from explorer.figures.style import BLUE, GREEN, GREY, GROUND, ORANGE, PURPLE, TEMPLATE, VERMILLION
from explorer.figures.traces import bars, endless, levels, line, point
from explorer.figures.triangle import HEIGHT

LOGITS = np.linspace(-12, 12, 241)
"""Where the slice is drawn, in units of the logit."""

ACROSS, DOWN = np.linspace(0, 1, 113), np.linspace(0, HEIGHT, 98)
"""The grid on which the triangle's field is computed; half of it, 5,537 points, lies within."""

LEVELS = {"start": 0.25, "end": 5.0, "size": 0.25}
"""Lines of equal loss, in nats."""

_AT = "%{x:.4g}<br>%{y:.4g}<extra></extra>"


def classes_figure(
    program: Program, values: Mapping[str, float], numbers: Mapping[str, float], names: tuple[str, ...]
) -> go.Figure:
    """Return the bars of each class: prediction and target, share of the loss, gradients; above them the loss and its floor.

    Parameters
    ----------
    program : Program
        Of `categorical_view`.
    values : mapping
        Each input that the bars depend on -> number.
    numbers : mapping
        Each input and step that they show -> number.
    names : tuple of str
        Of the classes.
    """
    traces, layout = _classes(names)
    every = range(1, len(names) + 1)
    loss = max(2.6, 1.05 * _reach([numbers["floor"], numbers["L"]]))
    share = max(2.6, 1.1 * _reach(numbers[f"l{k}"] for k in every))
    by_p = max(5.5, 1.1 * _reach(numbers[f"d_p{k}"] for k in every))
    by_z = max(1.1, 1.1 * _reach(numbers[f"d_z{k}"] for k in every))
    ranges = {"xaxis2": [0, loss], "yaxis2": [0, share], "yaxis3": [-by_p, by_p], "yaxis4": [-by_z, by_z]}
    layout = {**layout, **{axis: {**layout[axis], "range": r} for axis, r in ranges.items()}}
    return settle(traces, layout, program, values, numbers=numbers)


def slice_figure(
    program: Program, values: Mapping[str, float], numbers: Mapping[str, float], name: str, drag: str | None
) -> go.Figure:
    """Return the loss along the logit of the class called name, with its tangent and the floor.

    program, values and numbers as for `classes_figure`; drag is the input that a hand on the point moves, if any.
    """
    traces, layout = _slice(name, drag)
    top = max(5.3, 1.1 * _reach([numbers["loss_along"], numbers["floor"]]))
    layout = {**layout, "yaxis": {**layout["yaxis"], "range": [-0.25, top]}}
    return settle(traces, layout, program, values, numbers=numbers)


def triangle_figure(
    program: Program,
    values: Mapping[str, float],
    numbers: Mapping[str, float],
    names: tuple[str, ...],
    sets: tuple[str, ...],
    *,
    title: str = "L (nats)",
    fitted: bool = False,
) -> go.Figure:
    """Return the loss over all distributions of three classes, with the prediction and the way down.

    program is that of `with_triangle`, values and numbers as for `classes_figure`; sets are the inputs that a hand on the point
    moves. title is what the loss is called; fitted, its lines of equal loss go as far as most of the field, else as LEVELS do.
    """
    traces, layout = _triangle(names, sets, title)
    field, *others = filled(traces, program, values, numbers=numbers)
    return LazyFigure([{**field, **_levels(field["z"])} if fitted else field, *others], layout)


def _levels(field: Any) -> dict[str, Any]:
    """Of a contour: twenty levels up to what all but a twentieth of the field within the triangle stays below."""
    across, down = np.meshgrid(ACROSS, DOWN / HEIGHT)
    within = np.asarray(field)[(across >= down / 2) & (across <= 1 - down / 2)]
    top = rounded_up(float(np.percentile(within[np.isfinite(within)], 95))) if np.isfinite(within).any() else 1.0
    return {"contours": {"start": top / 20, "end": top, "size": top / 20}, "zmax": top}


def _reach(numbers: Iterable[float]) -> float:
    """The greatest size among numbers, but for those that have no end; charts do not follow it beyond 30."""
    return min(30.0, max((abs(x) for x in numbers if abs(x) < np.inf), default=0.0))


@lru_cache(maxsize=64)
def _classes(names: tuple[str, ...]) -> tuple[list[Trace], dict[str, Any]]:
    """Traces and layout of the bars before any number is put in."""
    classes = len(names)
    traces = [
        _part("floor", "floor", "floor", GREY),  # not entropy and divergence: while a thumb moves, the sums need not be 1
        _part("excess", "above the floor", "excess", VERMILLION, base="floor"),
        _bars("prediction", "prediction p", "p", classes, BLUE, "y", -1),
        _bars("target", "target t", "t", classes, ORANGE, "y", 1),
        _bars("share", "share", "l", classes, VERMILLION, "y2"),
        _bars("slope-p", "∂L/∂p", "d_p", classes, GREEN, "y3"),
        _bars("slope-z", "∂L/∂z", "d_z", classes, PURPLE, "y4"),
        *(_marks(step, classes, sign, y) for step, y in (("l", "y6"), ("d_p", "y7"), ("d_z", "y8")) for sign in (1, -1)),
        endless("endless-loss", 1, {"x": ["excess"]}, x=[None], y=[0], xaxis="x3", yaxis="y5"),
    ]
    return checked(traces, _classes_layout(names))


def _bars(uid: str, name: str, step: str, classes: int, color: int, yaxis: str, side: int = 0) -> Trace:
    """A bar for each class: alone, or with side -1 and 1 the left and the right of two."""
    width = 0.38 if side else 0.6
    return bars(
        uid, color, [*range(1, classes + 1)], [0.0] * classes, name=name, yaxis=yaxis, width=width,
        offset={-1: -width, 0: -width / 2, 1: 0}[side], showlegend=side != 0, hovertemplate="%{y:.4g}",
        meta=following({"y": _of_each(step, classes)}),
    )  # fmt: skip


def _marks(step: str, classes: int, sign: int, yaxis: str) -> Trace:
    """Of bars of a step: what stands at those that have no end."""
    uid = f"endless-{step}{'' if sign > 0 else '-below'}"
    x = [*range(1, classes + 1)]
    return endless(uid, sign, {"y": _of_each(step, classes)}, x=x, y=[None] * classes, yaxis=yaxis, bars=classes)


def _of_each(step: str, classes: int) -> list[str]:
    return [f"{step}{k}" for k in range(1, classes + 1)]


def _part(uid: str, name: str, step: str, color: int, *, base: str = "") -> Trace:
    """A part of the loss in the bar above all, from the step base on."""
    return bars(
        uid, color, [0.0], [0], name=name, orientation="h", base=[0.0], xaxis="x2", yaxis="y5", width=0.8, offset=-0.4,
        hovertemplate="%{x:.4g} nats", meta=following({"x": [step]} | ({"base": [base]} if base else {})),
    )  # fmt: skip


def _classes_layout(names: tuple[str, ...]) -> dict[str, Any]:
    """Five charts over each other: the loss, p and t, shares, and both slopes; axes of marks lie over three of them."""
    over = {"range": [0, 1], "visible": False, "fixedrange": True}
    quiet = {"zeroline": True, "nticks": 5, "fixedrange": False}
    return {
        "template": TEMPLATE,
        "height": 600,
        "barmode": "overlay",
        "bargap": 0.2,
        "uirevision": "classes",
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "traceorder": "normal",
            "font": {"size": 12},
        },
        "margin": {"l": 60, "r": 12, "t": 92, "b": 40},
        "xaxis": {
            "range": [0.4, len(names) + 0.6],
            "tickvals": [*range(1, len(names) + 1)],
            "ticktext": list(names),
            "anchor": "y4",
            "fixedrange": True,
        },
        "xaxis2": {"anchor": "y5", "title": {"text": "loss L (nats)", "standoff": 4}},
        "yaxis5": {"domain": [0.91, 1], "anchor": "x2", "visible": False, "range": [-0.5, 0.5], "fixedrange": True},
        "yaxis": {"domain": [0.6, 0.8], "range": [0, 1.05], "title": {"text": "p, t"}, **quiet},
        "yaxis2": {"domain": [0.4, 0.57], "title": {"text": "share of L"}, **quiet},
        "yaxis3": {"domain": [0.2, 0.37], "title": {"text": "∂L/∂p"}, **quiet},
        "yaxis4": {"domain": [0, 0.17], "title": {"text": "∂L/∂z"}, **quiet},
        "xaxis3": {"overlaying": "x2", "anchor": "y5", **over},
        **{f"yaxis{k + 4}": {"overlaying": f"y{k}", **over} for k in (2, 3, 4)},
    }


@lru_cache(maxsize=64)
def _slice(name: str, drag: str | None) -> tuple[list[Trace], dict[str, Any]]:
    """Traces and layout of the slice before any number is put in."""
    over = {"x": "u"}
    hover = "z = %{x:.4g}<br>L = %{y:.4g}"
    ends = [LOGITS[0], LOGITS[-1]]
    traces = [
        line("curve", BLUE, LOGITS, LOGITS, name="loss", hovertemplate=hover, meta=following({"y": "slice"}, sweep=over)),
        line(
            "tangent", VERMILLION, LOGITS, LOGITS, width=1.5, name="tangent", hovertemplate=hover,
            meta=following({"y": "tangent"}, sweep=over),
        ),
        line(
            "floor line", GREY, ends, ends, width=1.5, dash="dash", name="floor", hovertemplate=hover,
            meta=following({"y": ["floor", "floor"]}),
        ),
        point(
            "point-z_along-loss_along", name="prediction", hovertemplate=_AT,
            meta=following({"x": "z_along", "y": "loss_along"}, drag={"x": drag} if drag else {}),
        ),
    ]  # fmt: skip
    layout = {
        "template": TEMPLATE,
        "height": 360,
        "uirevision": "slice",
        "xaxis": {"range": [-12.5, 12.5], "title": {"text": f"logit of {name}, the others held"}},
        "yaxis": {"title": {"text": "loss L (nats)"}},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "margin": {"l": 60, "r": 12, "t": 64, "b": 48},
    }
    return checked(traces, layout)


@lru_cache(maxsize=64)
def _triangle(names: tuple[str, ...], sets: tuple[str, ...], title: str) -> tuple[list[Trace], dict[str, Any]]:
    """Traces and layout of the triangle before any number is put in."""
    tip = ["p", "tip_", "left_", "tip_", "right_"]
    arrow = {axis: [f"p{axis}" if name == "p" else f"{name}{axis}" for name in tip] for axis in "xy"}
    hand = following({"x": "px", "y": "py"}, drag={"x": "tx", "y": "ty"}, sets={name: f"set_{name}" for name in sets})
    unmoved: dict[str, Any] = {"showlegend": False, "hoverinfo": "skip"}
    nowhere = [0.0] * len(tip)
    traces = [
        _triangle_field(title),
        _cover("outside-left", [(-0.02, -0.02), (-0.02, 0.9), (0.5, 0.9), (0.5, HEIGHT), (0, 0), (-0.02, -0.02)]),
        _cover("outside-right", [(1.02, -0.02), (1.02, 0.9), (0.5, 0.9), (0.5, HEIGHT), (1, 0), (1.02, -0.02)]),
        line("outline", GREY, [0, 1, 0.5, 0], [0, 0, HEIGHT, 0], width=2, name="", **unmoved),
        line("descent", VERMILLION, nowhere, nowhere, width=2, name="steepest descent", meta=following(arrow), **unmoved),
        point("point-px-py", name="prediction", hoverinfo="skip", meta=hand),
    ]
    corners = ((0.0, 0.0), (1.0, 0.0), (0.5, HEIGHT))
    labels = [
        {"x": x, "y": y, "text": name, "showarrow": False, "yshift": 14 if y else -14, "xanchor": anchor}
        for (x, y), name, anchor in zip(corners, names, ("left", "right", "center"), strict=True)
    ]
    frame = {"visible": False, "fixedrange": True}
    layout = {
        "template": TEMPLATE,
        "height": 340,
        "uirevision": "triangle",
        "xaxis": {"range": [-0.04, 1.04], **frame},
        "yaxis": {"range": [-0.08, HEIGHT + 0.08], "scaleanchor": "x", "constrain": "domain", **frame},
        "annotations": labels,
        "margin": {"l": 12, "r": 12, "t": 32, "b": 12},
    }
    return checked(traces, layout)


def _triangle_field(title: str) -> Trace:
    """The loss over a rectangle, in which the triangle lies."""
    return levels(
        "field", ACROSS, DOWN, np.zeros((len(DOWN), len(ACROSS))), title, length=0.8, autocontour=False, contours=LEVELS,
        zmin=0, zmax=LEVELS["end"], hoverinfo="skip", meta=following({"z": "field"}, sweep={"x": "tx", "y": "ty"}),
    )  # fmt: skip


def _cover(uid: str, points: list[tuple[float, float]]) -> Trace:
    """What hides the field outside the triangle."""
    x, y = ([point[axis] for point in points] for axis in (0, 1))
    return line(uid, GROUND, x, y, width=0, fill="toself", fillcolor="white", hoverinfo="skip", showlegend=False)
