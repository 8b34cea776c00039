"""What /categorical shows: cross-entropy of several classes, of one example and of its batch."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from explorer.core import notation, printers
from explorer.core.categorical import By, Option, categorical_view
from explorer.figures.triangle import with_triangle
from explorer.views.categorical import charts, text
from explorer.views.categorical.numbers import numbers
from explorer.views.categorical.state import Controls, State, read
from explorer.views.markup import note
from explorer.views.view import LATEX, Group, Slider, View

__all__ = ["State", "read", "view"]


def view(state: State, refused: tuple[str, ...] = ()) -> View:
    """Return what a state shows."""
    setting, by = state.setting, state.setting.program_by
    options, triangle = setting.program_options, setting.has_triangle
    shown = categorical_view(by, setting.classes, options, index=state.place, along=state.along)
    program = with_triangle(shown.program, by, options) if triangle else shown.program
    found = numbers(state, program)
    by_class = text.by_class(setting, found.all)
    readouts = text.readouts(setting, found.all) + note(text.boundary(setting, found.all))
    texts = {"numbers": readouts, "by-class": by_class} if triangle else {"numbers": readouts + by_class}
    texts |= {
        "formulas": text.formulas(shown, found.all),
        "batch-title": "<h2>Batch</h2>",
        "reductions": text.reductions(setting, found.all),
        "libraries": text.libraries(state, found.all),
    }
    first = ("numbers", "triangle-chart") if triangle else ("numbers",)
    second = ("slice-chart", "by-class") if triangle else ("slice-chart",)
    return View(
        state=state,
        refused=refused,
        title="Categorical cross-entropy",
        program=program,
        numbers=found.all,
        sliders=tuple(_sliders(state)),
        charts=tuple(charts.charts(state, program, found)),
        texts=texts,
        table=charts.table(state, found),
        layout=(
            (first, ("classes-chart",)),
            (second, ("formulas",)),
            (("batch-title", "examples", "reductions"),),
            (("libraries",),),
        ),
        still=frozenset({"libraries"}),
        disagreements=found.disagreements,
        print_code=partial(_code, by, setting.classes, options),
    )


def _sliders(state: State) -> Iterator[Slider]:
    """Those of the chosen row and of the options, then the class weights."""
    setting = state.setting
    controls = Controls(state.stored, state.names)
    yield from map(Slider, controls.prediction, state.prediction)
    if state.index is None:
        yield from map(Slider, controls.target, state.shares)
    yield from map(Slider, setting.scalars, state.scalars)
    for weight, value in zip(setting.weights, state.weights, strict=True):
        yield Slider(weight, value, group=Group("Class weights"))


def _code(by: By, classes: int, options: frozenset[Option], language: str) -> str:
    """Loss and gradient in a language."""
    shown = categorical_view(by, classes, options)
    if language == LATEX:
        return "\n".join(f"{notation.latex(line.step)} = {notation.latex(line.forms[0])}" for line in shown.formulas)
    if language == "SymPy":
        return printers.sympy.expressions(**{line.step.name: line.forms[0] for line in shown.formulas})
    outputs = ["L", *(f"d_{by}{k}" for k in range(1, classes + 1))]
    return printers.language(language).code(shown.loss_and_gradient, outputs=outputs)
