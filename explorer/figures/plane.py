"""Points in a plane that a hand moves, with arrows and circles that follow them.

A view extends its program by `with_plane`, which adds what arrows and circles are drawn of, and shows it by `plane_figure`.
Where the plane is that of two inputs, a Field beneath shows a step at each of their values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from sympy import Expr, Float, Min, Symbol, cos, sin, sqrt

from explorer.core.program import Program
from explorer.figures.binding import Trace, checked, following, settle
from explorer.figures.style import BLUE, GREY, PALETTE, TEMPLATE, VERMILLION
from explorer.figures.traces import levels, line, point

_TURNS = np.linspace(0, 2 * np.pi, 73)
"""Where a circle is drawn, in radians."""
_TURN = "turn"
"""The input that a circle runs over."""
_FINE = 61
"""How many places a field has along each side."""
_ROOM = 0.08
"""Left around the limits of the points, in shares of their width."""


class Arrow(NamedTuple):
    """An arrow from a point, in numbers of the plane.

    Attributes
    ----------
    x, y : str
        The steps of its end.
    sign : str
        A step, below 0 where the arrow pushes; "" where it always pulls.
    color : int
        A position in the palette, of an arrow without a sign.
    """

    x: str
    y: str
    sign: str = ""
    color: int = BLUE


class Point(NamedTuple):
    """A point that a hand moves.

    Attributes
    ----------
    name : str
        Stands beside it.
    x, y : str
        The inputs of its place.
    arrows : tuple of Arrow
    color : int
        A position in the palette.
    drawn : pair of str
        The steps of where it is drawn, if that need not be its place: at the edge, where it lies beyond.
    """

    name: str
    x: str
    y: str
    arrows: tuple[Arrow, ...] = ()
    color: int = BLUE
    drawn: tuple[str, str] = ("", "")

    @property
    def at(self) -> tuple[str, str]:
        """Where it is drawn."""
        return self.drawn if self.drawn[0] else (self.x, self.y)


class Circle(NamedTuple):
    """A circle, such as a margin: the inputs or steps of its centre and its radius, and what it is."""

    name: str
    x: str
    y: str
    radius: str


class Field(NamedTuple):
    """Lines of equal value of a step over the two inputs of a point, and what to call all three."""

    step: str
    x: str
    y: str
    title: str = ""
    x_title: str = ""
    y_title: str = ""


def with_plane(program: Program, points: Sequence[Point], circles: Sequence[Circle] = (), *, head: float = 0.12) -> Program:
    """Return a program with what its plane draws.

    Parameters
    ----------
    program : Program
        With the inputs and steps that the points, their arrows and the circles name.
    head : float
        How long an arrow's head is, in units of the plane; no longer than its arrow.

    Returns
    -------
    Program
        Further steps: the ends of each arrow's head; and where there are circles a place on each, by the further input `turn`,
        an angle.
    """
    steps: dict[str, Expr] = {}
    for start, arrow, name in _arrows(points):
        steps |= _head(start, arrow, name, Float(head))
    turn = Symbol(_TURN)
    for k, circle in enumerate(circles, 1):
        steps[f"circle{k}_x"] = Symbol(circle.x) + Symbol(circle.radius) * cos(turn)
        steps[f"circle{k}_y"] = Symbol(circle.y) + Symbol(circle.radius) * sin(turn)
    return program.extended(steps, inputs=(turn,) if circles else ())


def plane_figure(
    points: Sequence[Point],
    program: Program,
    values: Mapping[str, float],
    limits: Mapping[str, tuple[float, float]],
    *,
    circles: Sequence[Circle] = (),
    field: Field | None = None,
) -> go.Figure:
    """Return points in a plane, to scale, with their arrows: blue where they pull, vermillion where they push.

    Parameters
    ----------
    points : sequence of Point
        The last lies on top, and is taken where two are at one place.
    program : Program
        Of `with_plane`, of the same points and circles.
    values : mapping
        Each input that the plane depends on -> number.
    limits : mapping
        Each input of a point -> (least, greatest). All of them are shown.
    circles : sequence of Circle
    field : Field, optional
        Drawn beneath; the points then have no names beside them.
    """
    across = _span([limits[shown.x] for shown in points])
    up = _span([limits[shown.y] for shown in points])
    traces, layout = _plane(tuple(points), tuple(circles), field, across, up)
    return settle(traces, layout, program, values)


def _span(limits: Sequence[tuple[float, float]]) -> tuple[float, float]:
    low, high = min(low for low, _ in limits), max(high for _, high in limits)
    room = _ROOM * (high - low)
    return low - room, high + room


@lru_cache(maxsize=64)
def _plane(
    points: tuple[Point, ...],
    circles: tuple[Circle, ...],
    field: Field | None,
    across: tuple[float, float],
    up: tuple[float, float],
) -> tuple[list[Trace], dict[str, Any]]:
    """Traces and layout before any number is put in."""
    traces = [
        *([_field(field, across, up)] if field else ()),
        *(_circle(circle, k) for k, circle in enumerate(circles, 1)),
        *(_arrow(start, arrow, name) for start, arrow, name in _arrows(points)),
        *(_point(shown, named=not field) for shown in points),
    ]
    titles = (field.x_title, field.y_title) if field else ("", "")
    layout = {
        "template": TEMPLATE,
        "height": 420,
        "uirevision": "plane",
        "showlegend": False,
        "xaxis": {"range": list(across), "constrain": "domain", "title": {"text": titles[0]}},
        "yaxis": {"range": list(up), "scaleanchor": "x", "constrain": "domain", "title": {"text": titles[1]}},
        "margin": {"l": 60 if field else 36, "r": 12, "t": 36, "b": 48 if field else 32},
    }
    return checked(traces, layout)


def _arrows(points: Sequence[Point]) -> list[tuple[Point, Arrow, str]]:
    """Each arrow with its point, and the name that the steps of its head begin with."""
    pairs = chain.from_iterable(((start, arrow) for arrow in start.arrows) for start in points)
    return [(start, arrow, f"arrow{k}") for k, (start, arrow) in enumerate(pairs, 1)]


def _head(start: Point, arrow: Arrow, name: str, length: Expr) -> dict[str, Expr]:
    """The two ends of an arrow's head, which is as long as the arrow where that is shorter."""
    x, y, dx, dy, share = (Symbol(part) for part in (arrow.x, arrow.y, f"{name}_dx", f"{name}_dy", f"{name}_share"))
    along, aside = share, share / 2
    return {
        dx.name: x - Symbol(start.at[0]),
        dy.name: y - Symbol(start.at[1]),
        share.name: Min(1, length / sqrt(dx**2 + dy**2)),
        f"{name}_left_x": x - along * dx - aside * dy,
        f"{name}_left_y": y - along * dy + aside * dx,
        f"{name}_right_x": x - along * dx + aside * dy,
        f"{name}_right_y": y - along * dy - aside * dx,
    }


def _arrow(start: Point, arrow: Arrow, name: str) -> Trace:
    tip = (arrow.x, arrow.y)
    ends = {
        axis: [begin, end, f"{name}_left_{axis}", end, f"{name}_right_{axis}"]
        for axis, begin, end in zip("xy", start.at, tip, strict=True)
    }
    meta = following(ends)
    if arrow.sign:
        meta = following({**ends, "line.color": arrow.sign}, signs={"line.color": (VERMILLION, BLUE)})
    nowhere = [0.0] * 5
    title = f"{start.name}, pull or push"
    return line(name, arrow.color, nowhere, nowhere, width=3, name=title, hoverinfo="skip", meta=meta)


def _circle(circle: Circle, k: int) -> Trace:
    meta = following({"x": f"circle{k}_x", "y": f"circle{k}_y"}, sweep={"customdata": _TURN})
    return line(
        f"circle{k}", GREY, [], [], width=1.5, dash="dash", name=circle.name, hoverinfo="skip", customdata=_TURNS, meta=meta
    )


def _field(field: Field, across: tuple[float, float], up: tuple[float, float]) -> Trace:
    x, y = (np.linspace(*ends, _FINE) for ends in (across, up))
    return levels(
        "field", x, y, np.zeros((_FINE, _FINE)), field.title, length=0.8, name=field.title, ncontours=16,
        hovertemplate="%{z:.4g}<extra></extra>", meta=following({"z": field.step}, sweep={"x": field.x, "y": field.y}),
    )  # fmt: skip


def _point(shown: Point, *, named: bool) -> Trace:
    return point(
        f"point-{shown.x}-{shown.y}", shown.color, name=shown.name, hoverinfo="skip",
        mode="markers+text" if named else "markers", text=[shown.name], textposition="top center",
        textfont={"color": PALETTE[shown.color]},
        meta=following(dict(zip("xy", shown.at, strict=True)), drag={"x": shown.x, "y": shown.y}),
    )  # fmt: skip
