"""The charts of /categorical: bars for each class, the loss along one logit, and the triangle of three classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import plotly.graph_objects as go

from explorer.core.program import Program
from explorer.figures.binding import Trace, checked, endless, filled, following, point, settle
from explorer.figures.lazy import LazyFigure
from explorer.figures.mask import rounded_up
from explorer.figures.style import BLUE, GREEN, GREY, GROUND, ORANGE, PALETTE, PURPLE, TEMPLATE, VERMILLION
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
    every = range(1, len(names) + 1)

    def bars(uid: str, name: str, step: str, color: int, yaxis: str, side: int = 0) -> Trace:
        width = 0.38 if side else 0.6
        return {
            "type": "bar",
            "uid": uid,
            "name": name,
            "x": list(every),
            "y": [0.0 for _ in every],
            "yaxis": yaxis,
            "width": width,
            "offset": -width / 2 if side == 0 else -width if side < 0 else 0,
            "marker": {"color": PALETTE[color]},
            "showlegend": side != 0,
            "hovertemplate": "%{y:.4g}",
            "meta": following({"y": [f"{step}{k}" for k in every]}, color=color),
        }

    def mark(step: str, sign: int, yaxis: str) -> Trace:
        bind = {"y": [f"{step}{k}" for k in every]}
        uid = f"endless-{step}{'' if sign > 0 else '-below'}"
        return endless(uid, sign, bind, x=list(every), y=[None] * len(names), yaxis=yaxis, bars=len(names))

    def part(uid: str, name: str, step: str, base: str | None, color: int) -> Trace:
        return {
            "type": "bar",
            "uid": uid,
            "name": name,
            "orientation": "h",
            "x": [0.0],
            "y": [0],
            "base": [0.0],
            "xaxis": "x2",
            "yaxis": "y5",
            "width": 0.8,
            "offset": -0.4,
            "marker": {"color": PALETTE[color]},
            "hovertemplate": "%{x:.4g} nats",
            "meta": following({"x": [step]} | ({"base": [base]} if base else {}), color=color),
        }

    traces = [
        part("floor", "floor", "floor", None, GREY),  # not entropy and divergence: while a thumb moves, the sums need not be 1
        part("excess", "above the floor", "excess", "floor", VERMILLION),
        bars("prediction", "prediction p", "p", BLUE, "y", -1),
        bars("target", "target t", "t", ORANGE, "y", 1),
        bars("share", "share", "l", VERMILLION, "y2"),
        bars("slope-p", "∂L/∂p", "d_p", GREEN, "y3"),
        bars("slope-z", "∂L/∂z", "d_z", PURPLE, "y4"),
        *(mark(step, sign, yaxis) for step, yaxis in (("l", "y6"), ("d_p", "y7"), ("d_z", "y8")) for sign in (1, -1)),
        endless("endless-loss", 1, {"x": ["excess"]}, x=[None], y=[0], xaxis="x3", yaxis="y5"),
    ]
    over = {"range": [0, 1], "visible": False, "fixedrange": True}
    quiet = {"zeroline": True, "nticks": 5, "fixedrange": False}
    layout = {
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
            "tickvals": list(every),
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
    return checked(traces, layout)


@lru_cache(maxsize=64)
def _slice(name: str, drag: str | None) -> tuple[list[Trace], dict[str, Any]]:
    def line(uid: str, label: str, bind: dict[str, Any], sweep: dict[str, str] | None, color: int, **style: Any) -> Trace:
        x = LOGITS if sweep else [LOGITS[0], LOGITS[-1]]
        return {
            "type": "scatter",
            "uid": uid,
            "name": label,
            "x": x,
            "y": x,
            "mode": "lines",
            "line": {"color": PALETTE[color], "simplify": False, **style},
            "hovertemplate": "z = %{x:.4g}<br>L = %{y:.4g}",
            "meta": following(bind, sweep=sweep, color=color),
        }

    traces = [
        line("curve", "loss", {"y": "slice"}, {"x": "u"}, BLUE, width=2.5),
        line("tangent", "tangent", {"y": "tangent"}, {"x": "u"}, VERMILLION, width=1.5),
        line("floor line", "floor", {"y": ["floor", "floor"]}, None, GREY, width=1.5, dash="dash"),
        {
            **point("point-z_along-loss_along", name="prediction", hovertemplate=_AT),
            "meta": following({"x": "z_along", "y": "loss_along"}, drag={"x": drag} if drag else {}, color=VERMILLION),
        },
    ]
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
    corners = ((0.0, 0.0), (1.0, 0.0), (0.5, HEIGHT))
    field: Trace = {
        "type": "contour",
        "uid": "field",
        "x": ACROSS,
        "y": DOWN,
        "z": np.zeros((len(DOWN), len(ACROSS))),
        "autocontour": False,
        "contours": LEVELS,
        "colorscale": "Viridis",
        "reversescale": True,
        "zmin": 0,
        "zmax": LEVELS["end"],
        "line": {"width": 0.6, "color": "rgba(255,255,255,0.7)", "smoothing": 0},
        "colorbar": {"title": {"text": title, "side": "right"}, "thickness": 12, "len": 0.8, "outlinewidth": 0},
        "hoverinfo": "skip",
        "meta": following({"z": "field"}, sweep={"x": "tx", "y": "ty"}),
    }

    def cover(uid: str, points: list[tuple[float, float]]) -> Trace:
        """What hides the field outside the triangle: the field is a rectangle."""
        return {
            "type": "scatter",
            "uid": uid,
            "x": [x for x, _ in points],
            "y": [y for _, y in points],
            "mode": "lines",
            "fill": "toself",
            "fillcolor": "white",
            "line": {"width": 0, "color": "white"},
            "hoverinfo": "skip",
            "showlegend": False,
            "meta": following({}, color=GROUND),
        }

    def along(uid: str, name: str, x: list[Any], y: list[Any], color: int, meta: dict[str, Any]) -> Trace:
        line = {"color": PALETTE[color], "width": 2, "simplify": False}
        return {
            "type": "scatter", "uid": uid, "name": name, "x": x, "y": y, "mode": "lines", "line": line, "hoverinfo": "skip",
            "showlegend": False, "meta": meta,
        }  # fmt: skip

    arrow = ["p", "tip_", "left_", "tip_", "right_"]
    tips = {axis: [f"p{axis}" if name == "p" else f"{name}{axis}" for name in arrow] for axis in "xy"}
    traces = [
        field,
        cover("outside-left", [(-0.02, -0.02), (-0.02, 0.9), (0.5, 0.9), (0.5, HEIGHT), (0, 0), (-0.02, -0.02)]),
        cover("outside-right", [(1.02, -0.02), (1.02, 0.9), (0.5, 0.9), (0.5, HEIGHT), (1, 0), (1.02, -0.02)]),
        along("outline", "", [0, 1, 0.5, 0], [0, 0, HEIGHT, 0], GREY, following({}, color=GREY)),
        along("descent", "steepest descent", [0.0] * 5, [0.0] * 5, VERMILLION, following(tips, color=VERMILLION)),
        {
            **point("point-px-py", name="prediction"),
            "hoverinfo": "skip",
            "meta": following(
                {"x": "px", "y": "py"},
                drag={"x": "tx", "y": "ty"},
                sets={name: f"set_{name}" for name in sets},
                color=VERMILLION,
            ),
        },
    ]
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
