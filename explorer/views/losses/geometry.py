"""Charts of losses whose curve says little: points in a plane, a mask, a triangle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from sympy import Add, Expr, Float, Integer, Max, Min, Symbol, exp, log, symbols

from explorer.core.categorical import By
from explorer.core.comparison import Comparison
from explorer.core.domains import Input
from explorer.core.functions import logsumexp, norm
from explorer.core.losses import Loss
from explorer.core.program import Program
from explorer.core.sweeps import averaged
from explorer.figures.categorical import triangle_figure
from explorer.figures.mask import mask_alt, mask_figure
from explorer.figures.plane import Arrow, Circle, Field, Point, plane_figure, with_plane
from explorer.figures.style import BLUE, GREEN, VERMILLION
from explorer.figures.triangle import with_slopes_by_p, with_triangle_of
from explorer.views.losses.masks import SIDE
from explorer.views.losses.shapes import coordinates, kind, point_name, points, slope
from explorer.views.losses.state import State
from explorer.views.view import Chart, Group, Slider

KEY = "picture"
"""Of the chart."""
COORDINATES = Group("Coordinates")
"""Of the sliders of points."""
_REACH = 0.16
"""How long an arrow is at most, and _HEAD its head, in widths of the plane."""
_HEAD = 0.02
_EDGE = 0.06
"""How far beyond its slider a point is drawn at most, in widths of the plane."""
_HALFWAY, _HALFWAY_ALONE = 0.3, 0.01
"""The slope at which an arrow is half as long as at most; where there is one arrow alone, its direction is what counts."""
_CIRCLES: Mapping[str, tuple[str, str, Expr]] = {
    "triplet": ("where the negative is far enough", "a", Symbol("u_L") + Symbol("m")),
    "contrastive": ("margin", "x", Symbol("m") * Symbol("t")),
}
"""Of the losses with a margin in the plane: what the circle is, its point and its radius."""
_DIRECTIONS = ("infonce", "cosine_embedding")
"""The losses to which a point's direction counts, not how far out it is: they are shown with the circle of length 1."""


class Picture(NamedTuple):
    """A chart, and every number of its program that no sweep changes."""

    chart: Chart
    numbers: dict[str, float]


def picture(state: State) -> Picture | None:
    """Return the picture of the loss that a state shows; None where it is a curve."""
    loss = state.shown.losses[0]
    make = {"plane": _plane, "pair": _pair, "mask": _mask, "triangle": _triangle}.get(kind(loss))
    return make(state, loss) if make else None


def sliders(state: State) -> list[Slider]:
    """Return the sliders of a state; those of points stand apart, as a hand moves the points."""
    made = [Slider(field, value) for field, value in zip(state.fields.values(), state.values, strict=True)]
    loss = state.shown.losses[0]
    folded = coordinates(loss)
    first = [slider for slider in made if slider.name not in folded]
    return first + [replace(slider, group=COORDINATES) for slider in made if slider.name in folded]


def _plane(state: State, loss: Loss) -> Picture:
    """The points of a loss, with where each of them is drawn and where a margin ends."""
    drawn, circles, program = _with_plane(state.shown)
    limits = _limits(state, loss)
    figure = plane_figure(drawn, program, state.numbers, limits, circles=circles)
    names = ", ".join(point.name for point in reversed(drawn))
    alt = f"{loss.title}: {names} as points of a plane, each with an arrow that way which lowers the loss"
    return _picture(state, "Points to drag", alt, figure, program, limits)


def _pair(state: State, loss: Loss) -> Picture:
    """The two predictions of a loss as a point on the field of the loss over both."""
    point, program = _with_pair(state.shown)
    limits = _limits(state, loss)
    x, y = (loss.input(name) for name in loss.predictions)
    field = Field("L", x.name, y.name, _title(loss), x.said, y.said)
    figure = plane_figure((point,), program, state.numbers, limits, field=field)
    alt = f"{loss.title} over {x.said} and {y.said}, with the prediction as a point and an arrow the way down"
    return _picture(state, "Loss of every pair", alt, figure, program, limits)


def _mask(state: State, loss: Loss) -> Picture:
    """The mask that is predicted, beside each pixel's share in the gradient."""
    program, brush = with_slopes(state.shown), (0.0, float(state.brush))
    figure = mask_figure(program, state.numbers, SIDE, brush=brush, share=slope("p"))
    return _picture(state, "Mask to paint", mask_alt(SIDE, brush), figure, program, dict.fromkeys(loss.predictions, (0.0, 1.0)))


def _triangle(state: State, loss: Loss) -> Picture:
    """The prediction among all distributions over three classes."""
    program, values, limits = _with_triangle(state.shown), state.numbers, _limits(state, loss)
    first = 0 if len(loss.names("target")) == 1 else 1  # an index counts from 0
    classes = tuple(f"class {k}" for k in range(first, first + 3))
    numbers = _settled(program, values)
    figure = triangle_figure(program, values, numbers, classes, loss.predictions, title=_title(loss), fitted=True)
    alt = f"{loss.title} over all distributions of three classes, with the prediction and the way down"
    return _picture(state, "Loss of every prediction", alt, figure, program, limits)


def _title(loss: Loss) -> str:
    """What the loss is called beside its colours."""
    return f"L ({loss.unit})" if loss.unit else "L"


def _picture(
    state: State, title: str, alt: str, figure: object, program: Program, limits: Mapping[str, tuple[float, float]]
) -> Picture:
    loss, values = state.shown.losses[0], state.numbers
    chart = Chart(KEY, title, alt, loss.name, figure, program, values, limits)
    return Picture(chart, _settled(program, values))


def _settled(program: Program, values: Mapping[str, float]) -> dict[str, float]:
    """Every input and step that waits for no sweep."""
    names = _waiting_for_none(program, tuple(values))
    return {name: float(number) for name, number in averaged(program, names, values, {}, {}).items()}


@lru_cache(maxsize=64)
def _waiting_for_none(program: Program, given: tuple[str, ...]) -> tuple[str, ...]:
    swept = program.depends(symbol for symbol in program.inputs if symbol.name not in given)
    return tuple(name for name, symbol in program.symbols.items() if symbol not in swept)


def _limits(state: State, loss: Loss) -> dict[str, tuple[float, float]]:
    return {name: state.fields[name].limits for name in loss.predictions}


@lru_cache(maxsize=64)
def with_slopes(shown: Comparison) -> Program:
    """Return all that the page shows of a loss alone, and its slope by each prediction."""
    loss = shown.losses[0]
    return shown.program.including(loss.with_slopes, {f"d_{name}": slope(name) for name in loss.predictions})


@lru_cache(maxsize=64)
def _with_plane(shown: Comparison) -> tuple[tuple[Point, ...], tuple[Circle, ...], Program]:
    loss = shown.losses[0]
    groups = points(loss)
    center = groups[0]
    partners = {center[0].name: groups[1] if len(groups) == 2 else None}
    steps: dict[str, Expr] = {}
    drawn = []
    for entries in groups:
        arrow, further = _arrow(entries, partners.get(entries[0].name, center))
        steps |= further
        x, y = entries
        drawn.append(Point(point_name(entries), x.name, y.name, (arrow,), _color(entries, center), _drawn(entries)))
    circles: tuple[Circle, ...] = ()
    if loss.name in _CIRCLES:
        name, of, steps["rim"] = _CIRCLES[loss.name]
        circles = (Circle(name, f"{of}1", f"{of}2", "rim"),)
    elif loss.name in _DIRECTIONS:
        steps |= {"origin": Integer(0), "rim": Integer(1)}
        circles = (Circle("length 1", "origin", "origin", "rim"),)
    program = with_slopes(shown).extended(steps)
    found = tuple(reversed(drawn))  # the first lies on top
    return found, circles, with_plane(program, found, circles, head=_HEAD * _width(center[0]))


@lru_cache(maxsize=64)
def _with_pair(shown: Comparison) -> tuple[Point, Program]:
    loss = shown.losses[0]
    entries = tuple(loss.input(name) for name in loss.predictions)
    arrow, steps = _arrow(entries, None, halfway=_HALFWAY_ALONE)
    x, y = loss.predictions
    point = Point("prediction", x, y, (arrow._replace(color=VERMILLION),), VERMILLION, _drawn(entries))
    program = with_slopes(shown).extended(steps)
    return point, with_plane(program, (point,), head=_HEAD * _width(entries[0]))


@lru_cache(maxsize=64)
def _with_triangle(shown: Comparison) -> Program:
    """A loss over probabilities as it is; one over logits by what softmax makes of these, whose logarithms are logits too."""
    loss = shown.losses[0]
    by: By = "p" if loss.predictions[0] == "p1" else "z"
    program, over_p = with_slopes(shown), loss.program()
    if by == "z":
        z, p = (symbols(f"{letter}1:4") for letter in "zp")
        program = program.extended({f"p{k}": exp(z_k - logsumexp(*z)) for k, z_k in enumerate(z, 1)})
        over_p = over_p.substitute({z_k.name: log(p_k) for z_k, p_k in zip(z, p, strict=True)})
    return with_triangle_of(with_slopes_by_p(program, over_p), over_p, by)


def _arrow(
    entries: tuple[Input, ...], other: tuple[Input, ...] | None, *, halfway: float = _HALFWAY
) -> tuple[Arrow, dict[str, Expr]]:
    """An arrow down the slope from a point, and its steps: longer where that is steeper, but never beyond _REACH.

    Where there is another point, it pulls if it points there, and else pushes.
    """
    own = [Symbol(drawn) for drawn in _drawn(entries)]
    down = [-Symbol(slope(given.name)) for given in entries]
    name = entries[0].name
    share = Symbol(f"share_{name}")
    steps = {step.name: _within(given) for step, given in zip(own, entries, strict=True)}
    steps |= {share.name: Float(_REACH * _width(entries[0])) / (Float(halfway) + norm(*down))}
    x_name, y_name = (f"tip_{given.name}" for given in entries)
    arrow = Arrow(x_name, y_name)
    steps |= {end: x + share * step for end, x, step in zip((arrow.x, arrow.y), own, down, strict=True)}
    if other is None:
        return arrow, steps
    way = Add(*(step * (Symbol(to.name) - Symbol(x.name)) for step, to, x in zip(down, other, entries, strict=True)))
    return arrow._replace(sign=f"towards_{name}"), steps | {f"towards_{name}": way}


def _drawn(entries: tuple[Input, ...]) -> tuple[str, str]:
    x, y = (f"at_{given.name}" for given in entries)
    return x, y


def _within(given: Input) -> Expr:
    """Where a coordinate is drawn: near the edge, where it lies beyond."""
    low, high = given.domain.shown
    return Min(Max(Symbol(given.name), Float(low - _EDGE * _width(given))), Float(high + _EDGE * _width(given)))


def _width(given: Input) -> float:
    low, high = given.domain.shown
    return high - low


def _color(entries: tuple[Input, ...], center: tuple[Input, ...]) -> int:
    if entries is center:
        return BLUE
    return VERMILLION if point_name(entries).startswith("negative") else GREEN
