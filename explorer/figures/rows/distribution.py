"""How many rows lie where on the curve of their loss, with a threshold to drag along it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sympy import Expr, Symbol

from explorer.core.checks import FloatArray
from explorer.core.functions import absolute, positive
from explorer.core.program import Program
from explorer.figures.binding import Trace, filled, following
from explorer.figures.rows.drawn import Drawn, counts_axis, live
from explorer.figures.style import BLUE, GREEN, GREY, ORANGE, PURPLE, TEMPLATE, VERMILLION
from explorer.figures.traces import bars, line, point

Side = Literal["below", "above", "outside"]
"""Where the rows beyond a threshold are: at less, at more, or farther from 0 than it on both sides."""
POINTS = 401
SHOWN = 0.97
"""What share of the curve's points is seen at least; it may have no end."""
COLORS = (BLUE, GREEN, ORANGE, PURPLE)
_PANELS = {"rows": [0.52, 1.0], "loss": [0.0, 0.44]}


class Histogram(NamedTuple):
    """Rows over what their loss is a curve of.

    Attributes
    ----------
    edges : array, shape (bins + 1,)
        Of the bins, in order.
    counts : array, shape (bins,)
        Weight of the rows in each.
    losses : array, shape (bins,)
        Sum of their weighted losses.
    """

    edges: ArrayLike
    counts: ArrayLike
    losses: ArrayLike


class Curve(NamedTuple):
    """A loss as a function of one number: a program of one input, with the loss as its output."""

    title: str
    program: Program


def distribution(
    histogram: Histogram,
    curves: Sequence[Curve],
    threshold: float,
    *,
    label: str = "probability of the true class",
    side: Side = "below",
    logarithmic: bool = False,
    name: str = "threshold",
) -> Drawn:
    """Return the rows as bars, under them the loss, and the part beyond a threshold set off in both.

    A bin is beyond as a whole, by its middle: where the threshold moves from edge to edge, its numbers are those of the rows.

    Parameters
    ----------
    histogram : Histogram
    curves : sequence of Curve
        Up to four; the threshold's point lies on the first.
    threshold : float
        The input `name`.
    label : str
        What the axis is.
    side : str
    logarithmic : bool
        Whether the axis of counts is.
    name : str
        What the input is called that the threshold is.

    Returns
    -------
    Drawn
        Its program has the steps `rows_beyond`, the weight of the rows beyond, `fraction_beyond`, their share of all rows,
        `share_beyond`, their share of the loss, and `loss_at`, the loss at the threshold.

    Raises
    ------
    ValueError
        If there is no curve or too many, or a curve's program has not one input.
    """
    if not 1 <= len(curves) <= len(COLORS):
        raise ValueError(f"A distribution must have from 1 to {len(COLORS)} curves; got {len(curves)}.")
    edges, counts, losses = (np.asarray(column, dtype=np.float64) for column in histogram)
    heights, axis = counts_axis(counts, logarithmic=logarithmic)
    low, high = float(edges[0]), float(edges[-1])
    program = _program([curve.program for curve in curves], side, name)
    totals = {"total_rows": float(counts.sum()), "total_loss": float(losses.sum()) or 1.0, "bars": float(len(counts))}
    rows = {"middle": (edges[:-1] + edges[1:]) / 2, "height": heights, "count": counts, "loss": losses}
    x = np.linspace(low, high, POINTS)
    traces = [*_bars(rows, edges), *_curves(curves, x), *_down(side, name), _point(name)]
    values = {name: float(threshold), "x": float(threshold), **totals}
    seen = _seen(filled(traces[2 : 2 + len(curves)], program, values))
    return live(traces, _layout(label, axis, (low, high), seen), program, values, rows, limits={name: (low, high)})


def _program(curves: Sequence[Program], side: Side, name: str) -> Program:
    names = (name, "x", "middle", "height", "count", "loss", "bars", "total_rows", "total_loss")
    threshold, x, middle, height, count, loss, bars, total_rows, total_loss = map(Symbol, names)
    beyond, here = Symbol("beyond"), Symbol("beyond_x")
    steps: dict[str, Expr] = {
        "beyond": _beyond(middle, threshold, side),
        "beyond_x": _beyond(x, threshold, side),
        "mirrored": -threshold,
        "height_beyond": height * beyond,
        "rows_beyond": count * beyond * bars,
        "fraction_beyond": count * beyond * bars / total_rows,
        "share_beyond": loss * beyond * bars / total_loss,
    }
    program = Program(tuple(map(Symbol, names)), tuple((Symbol(name), expr) for name, expr in steps.items()), beyond)
    for k, curve in enumerate(curves, 1):
        if len(curve.inputs) != 1:
            raise ValueError(f"A curve must have one input; got {', '.join(s.name for s in curve.inputs) or 'none'}.")
        (by,), output = curve.inputs, curve.output.name
        program = program.including(curve, {output: f"curve{k}"}, {by.name: x})
        if k == 1:
            program = program.including(curve, {output: "loss_at"}, {by.name: threshold})
    return program.extended({"curve_beyond": Symbol("curve1") / here})


def _beyond(x: Expr, threshold: Expr, side: Side) -> Expr:
    """1 where x is beyond a threshold, else 0."""
    if side == "outside":
        return positive(absolute(x) - absolute(threshold))
    return positive(threshold - x) if side == "below" else positive(x - threshold)


def _bars(rows: dict[str, FloatArray], edges: FloatArray) -> list[Trace]:
    common: dict[str, Any] = {
        "width": np.diff(edges), "customdata": rows["count"], "showlegend": False,
        "hovertemplate": "%{x:.4g}: %{customdata:,} rows<extra></extra>",
    }  # fmt: skip
    follows = following({"y": "height_beyond"}, along=["middle", "height"])
    return [
        bars("rows", BLUE, rows["middle"], rows["height"], name="rows", opacity=0.55, **common),
        bars("rows beyond", VERMILLION, rows["middle"], rows["height"], name="beyond", meta=follows, **common),
    ]


def _curves(curves: Sequence[Curve], x: NDArray[np.float64]) -> list[Trace]:
    drawn = [
        line(
            f"curve{k}", COLORS[k - 1], x, x, name=curve.title, yaxis="y2", showlegend=len(curves) > 1,
            hovertemplate="%{x:.4g}: %{y:.4g}", meta=following({"y": f"curve{k}"}, sweep={"x": "x"}),
        )
        for k, curve in enumerate(curves, 1)
    ]  # fmt: skip
    beyond = line(
        "curve beyond", VERMILLION, x, x, width=4.5, name="beyond", yaxis="y2", showlegend=False, hoverinfo="skip",
        meta=following({"y": "curve_beyond"}, sweep={"x": "x"}),
    )  # fmt: skip
    return [*drawn, beyond]


def _down(side: Side, name: str) -> list[Trace]:
    """The threshold, through both panels, and its mirror image where rows are beyond that too."""
    return [
        line(
            f"{uid} line", GREY, [0.0, 0.0], [0.0, 1.0], width=1.5, dash="dash", name=uid, yaxis="y3", showlegend=False,
            hoverinfo="skip", meta=following({"x": [x, x]}),
        )
        for uid, x in (("threshold", name), ("mirrored", "mirrored"))[: 2 if side == "outside" else 1]
    ]  # fmt: skip


def _point(name: str) -> Trace:
    return point(
        "threshold", yaxis="y2", hovertemplate="%{x:.4g}: %{y:.4g}<extra></extra>",
        meta=following({"x": name, "y": "loss_at"}, drag={"x": name}),
    )  # fmt: skip


def _seen(curves: Sequence[Trace]) -> tuple[float, float]:
    """The range of the loss that shows most of each curve, 0 included."""
    finite = [np.sort(y[np.isfinite(y)]) for y in (np.asarray(curve["y"], dtype=np.float64) for curve in curves)]
    most = max((float(y[int(SHOWN * (y.size - 1))]) for y in finite if y.size), default=1.0)
    least = min((float(y[0]) for y in finite if y.size), default=0.0)
    low, high = min(0.0, least), max(0.0, most) or 1.0
    return low - 0.04 * (high - low), high + 0.08 * (high - low)


def _layout(label: str, axis: dict[str, Any], x: tuple[float, float], y: tuple[float, float]) -> dict[str, Any]:
    return {
        "template": TEMPLATE,
        "height": 470,
        "barmode": "overlay",
        "bargap": 0,
        "uirevision": label,
        "plot_bgcolor": "rgba(0,0,0,0)",  # so that the line behind the panels is seen
        "xaxis": {"range": list(x), "anchor": "y2", "title": {"text": label, "standoff": 6}},
        "yaxis": {"domain": _PANELS["rows"], "title": {"text": "rows"}, **axis},
        "yaxis2": {"domain": _PANELS["loss"], "title": {"text": "loss"}, "range": list(y), "nticks": 5, "zeroline": True},
        "yaxis3": {"domain": [0, 1], "range": [0, 1], "visible": False, "fixedrange": True},
    }
