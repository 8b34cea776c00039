"""Blocks with answers: each is computed from quantities of views, and checked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.figures.lazy import specification
from explorer.lessons.fields import Fields
from explorer.lessons.lesson import Canvas, Choice, Condition, Curve, Predict, Shown, Try, Wrong
from explorer.lessons.quantities import Quantities, compared, view
from explorer.lessons.writing import Writer
from explorer.views.view import View

KINDS = ("number", "choice", "point", "sketch")
HANDLES = 7
"""So many points of a sketch can be moved."""
POINTS = 200
"""So many points of a curve are drawn at most."""


def shown(seen: View, fields: Fields) -> Shown:
    """Return a view with the parts and sliders of it that a block asks for.

    Raises
    ------
    ValueError
        If it has no such part or slider, or nothing would move what is shown.
    """
    charts = [chart.key for chart in seen.charts]
    parts = [*charts, *seen.texts, *(part.key for part in (seen.diagram, seen.table) if part)]
    show = tuple(fields.texts("show", charts))
    if wrong := [key for key in show if key not in parts]:
        raise ValueError(f"show must be parts of {seen.address}: {', '.join(parts)}; got {wrong[0][:40]}.")
    names = [slider.name for slider in seen.sliders]
    asked = fields.texts("controls", names)
    if wrong := [name for name in asked if name not in names]:
        raise ValueError(
            f"controls must be sliders of {seen.address}: {', '.join(names) or 'it has none'}; got {wrong[0][:40]}."
        )
    if asked and not any(chart.writes for chart in seen.charts if chart.key in show):
        raise ValueError(f"show must have a chart that follows the sliders, one of {', '.join(charts)}; or controls be [].")
    return Shown(seen, show, tuple(slider for slider in seen.sliders if slider.name in asked))


def predict(name: str, fields: Fields, quantities: Quantities, writer: Writer) -> Predict:
    """Return a question.

    Raises
    ------
    ValueError
        If something is missing or wrong, not one choice alone is right, or a wrong answer counts as right.
    """
    kind = fields.text("kind")
    ask = writer.text(fields.text("ask"))
    if kind == "choice":
        return Predict(name, "choice", ask, choices=_choices(fields, quantities, writer))
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}; got {kind[:40]}.")
    say = writer.text(fields.text("say"))
    if kind == "sketch":
        return _sketch(name, ask, say, fields)
    answer = quantities.value(fields.text("answer"))
    tolerance = _tolerance(fields.text("tolerance"), abs(answer))
    wrong = tuple(_wrong(one, quantities, writer, answer, tolerance) for one in fields.each("wrong", "wrong answer"))
    if kind == "number":
        unit = fields.text("unit", "")
        return Predict(name, "number", ask, answer=answer, tolerance=tolerance, unit=unit, wrong=wrong, say=say)
    canvas = _canvas(fields)
    if not canvas.x[0] <= answer <= canvas.x[1]:
        raise ValueError(f"The answer must lie on the x axis, from {canvas.x[0]:g} to {canvas.x[1]:g}; it is {answer:g}.")
    return Predict(name, "point", ask, answer=answer, tolerance=tolerance, wrong=wrong, say=say, canvas=canvas)


def attempt(name: str, fields: Fields, seen: Shown, quantities: Quantities, writer: Writer) -> Try:
    """Return a state to reach.

    Raises
    ------
    ValueError
        If its conditions hold at the start, do not hold at its solution, or no slider leads there.
    """
    ask, say = (writer.text(fields.text(key)) for key in ("ask", "say"))
    within = float(_tolerance(fields.text("within", "0"), 1.0))
    when = []
    for left, relation, right in compared(fields.text("when")):
        if left not in seen.view.program.symbols:
            raise ValueError(f"A try must begin with a quantity of {seen.view.address}; got {left[:40]}.")
        when.append(Condition(left, relation, quantities.value(right), within))
    solved = view(fields.text("solution"))
    if _hold(when, seen.view):
        raise ValueError(f"A try must not hold at its start; it does at {seen.view.address}.")
    if solved.page != seen.view.page or not _hold(when, solved):
        raise ValueError(f"A try must hold at its solution; it does not at {solved.address}.")
    sliders = {slider.name: slider.value for slider in solved.sliders}
    free = {slider.name for slider in seen.controls}
    moved = {slider.name for slider in seen.view.sliders if sliders.get(slider.name) != slider.value}
    if moved - free:
        raise ValueError(f"A solution must move sliders of its view alone; it moves {min(moved - free)}.")
    return Try(name, ask, tuple(when), {key: sliders[key] for key in sorted(moved)}, say)


def _hold(when: Sequence[Condition], seen: View) -> bool:
    return all(one.name in seen.numbers and one.holds(float(seen.numbers[one.name])) for one in when)


def _choices(fields: Fields, quantities: Quantities, writer: Writer) -> tuple[Choice, ...]:
    found = []
    for one in fields.each("choices", "choice"):
        text, right, say = one.text("text"), quantities.holds(one.text("when")), one.text("say")
        one.end()
        found.append(Choice(writer.line(text), right, writer.text(say)))
    if len(found) < 2:
        raise ValueError(f"A choice must have two answers or more; got {len(found)}.")
    if sum(one.right for one in found) != 1:
        which = ", ".join(str(k) for k, one in enumerate(found, 1) if one.right) or "none"
        raise ValueError(f"Of the choices the `when` of one alone must hold; {which} of {len(found)} do.")
    return tuple(found)


def _wrong(one: Fields, quantities: Quantities, writer: Writer, answer: float, tolerance: float) -> Wrong:
    value, say = quantities.value(one.text("answer")), writer.text(one.text("say"))
    one.end()
    if abs(value - answer) <= 2 * tolerance:
        raise ValueError(
            f"A wrong answer must be more than twice the tolerance, {tolerance:g}, from {answer:g}; it is {value:g}."
        )
    return Wrong(value, say)


def _tolerance(text: str, whole: float) -> float:
    """A number, or a share of the whole where it ends in %."""
    try:
        number = float(text.removesuffix("%"))
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise ValueError(f"A tolerance must be a number from 0, or one with %; got {text[:40]}.")
    return number / 100 * whole if text.endswith("%") else number


def _sketch(name: str, ask: str, say: str, fields: Fields) -> Predict:
    tolerance = fields.text("tolerance")
    canvas = _canvas(fields)
    sought = canvas.hidden[0]
    at = np.linspace(*canvas.x, HANDLES)
    heights = np.clip(np.interp(at, sought.x, sought.y), *canvas.y)
    allowed = _tolerance(tolerance, canvas.y[1] - canvas.y[0])
    return Predict(name, "sketch", ask, curve=tuple(map(float, heights)), tolerance=allowed, say=say, canvas=canvas)


def _canvas(fields: Fields) -> Canvas:
    key, of, where = fields.text("chart").partition(" of ")
    seen = view(where.strip())
    keys = [chart.key for chart in seen.charts]
    if not of or key not in keys:
        raise ValueError(f'A chart must be written as "{keys[0]} of {seen.address}", one of {", ".join(keys)}; got {key[:40]}.')
    x, y = fields.pair("x"), fields.pair("y")
    spec = specification(seen.chart(key).figure)
    hidden, drawn = ([_trace(spec["data"], name) for name in fields.texts(which, [])] for which in ("curve", "shown"))
    if not hidden:
        raise ValueError("A point or a sketch must have a curve that the answer shows.")
    titles = _titles(spec["layout"], hidden[0])
    return Canvas(x, y, *titles, *(tuple(_curve(trace, x) for trace in traces) for traces in (drawn, hidden)))


def _trace(traces: Sequence[Any], name: str) -> Any:
    """A trace by its name."""
    named = {str(trace["name"]): trace for trace in reversed(traces) if trace.get("name") and trace.get("x") is not None}
    if name not in named:
        raise ValueError(f"A curve must be one of the chart's, {', '.join(reversed(named))}; got {name[:40]}.")
    return named[name]


def _curve(trace: Any, x: tuple[float, float]) -> Curve:
    """A trace, thinned to what is drawn."""
    name = str(trace["name"])
    across, up = (np.asarray(trace[axis], dtype=float) for axis in "xy")
    finite = np.isfinite(across) & np.isfinite(up)
    order = np.argsort(across[finite], kind="stable")
    across, up = across[finite][order], up[finite][order]
    inside = (across > x[0]) & (across < x[1])
    if inside.sum() < 2:
        raise ValueError(f"The curve {name} must have two points or more on the x axis; it has {inside.sum()}.")
    ends = np.clip(x, across[0], across[-1])
    across, up = np.array([ends[0], *across[inside], ends[1]]), np.interp([ends[0], *across[inside], ends[1]], across, up)
    kept = np.unique(np.linspace(0, across.size - 1, min(across.size, POINTS)).round().astype(int))
    return Curve(name, _floats(across[kept]), _floats(up[kept]))


def _floats(values: NDArray[Any]) -> tuple[float, ...]:
    return tuple(float(f"{value:.6g}") for value in values)


def _titles(layout: dict[str, Any], trace: Any) -> tuple[str, str]:
    """What stands at the axes of a trace; panels one above the other share the title of the lowest x axis."""
    x_axes = [trace.get("xaxis", "x"), *(name.replace("axis", "") for name in layout if name.startswith("xaxis"))]
    x_title = next((title for axis in x_axes if (title := _title(layout, axis))), "")
    return x_title, _title(layout, trace.get("yaxis", "y"))


def _title(layout: dict[str, Any], axis: str) -> str:
    """The title of an axis, "y2"."""
    title = (layout.get(f"{axis[0]}axis{axis[1:]}") or {}).get("title") or {}
    return str(title.get("text", "") if isinstance(title, dict) else title)
