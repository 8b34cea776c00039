"""The view of /losses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from explorer.core import notation, printers
from explorer.core.comparison import Comparison, name
from explorer.core.domains import Inputs
from explorer.figures.losses import comparison_figure
from explorer.views import floats
from explorer.views.losses import estimates, geometry, geometry_text, libraries, text
from explorer.views.losses.estimates import Part
from explorer.views.losses.fields import RATE
from explorer.views.losses.state import State
from explorer.views.view import LATEX, Chart, Slider, View, disagreements

STILL = (floats.KEY, "facts-table", "libraries-table")
"""Texts that hold for the settled numbers alone."""


def view(state: State, refused: tuple[str, ...] = ()) -> View:
    """Return what a state shows."""
    shown = state.shown
    first = shown.losses[0]
    chart, numbers = geometry.picture(state) or _curves(state)
    beside = {"slopes": geometry_text.beside(first, numbers)} if chart.key == geometry.KEY else {}
    parts = _parts(state)
    texts = {
        **({"reading": text.reading(state.own), "equals": text.known(state.own)} if state.own else {}),
        "numbers": text.numbers(shown, numbers),
        **beside,
        "formulas": geometry_text.overlap(first, numbers) if state.is_mask else text.formulas(shown, numbers),
        "sources": text.sources(shown),
        **{key: html for part in parts for key, html in part.texts.items()},
    }
    if state.facts:
        texts["facts-table"] = text.facts(shown, numbers)
    if state.floats and state.own:
        texts[floats.KEY] = floats.text(state.own.expr, Inputs(state.own.inputs))
    if state.libraries:
        texts["libraries-table"] = libraries.table(shown, numbers)
    return View(
        state=state,
        refused=refused,
        title=first.title if len(shown.losses) == 1 else "Losses",
        program=shown.program,
        numbers=numbers | {known: value for part in parts for known, value in part.numbers.items()},
        sliders=_sliders(state),
        charts=(chart, *(chart for part in parts for chart in part.charts)),
        texts=texts,
        layout=(
            *(((key,),) for key in ("reading", "equals") if texts.get(key)),
            (("numbers", *beside), (chart.key,)),
            (("formulas",),),
            *(row for part in parts for row in part.layout),
            *(((key,),) for key in STILL if key in texts),
            (("sources",),),
        ),
        still=frozenset(STILL) & texts.keys(),
        disagreements=_disagreements(shown, numbers),
        print_code=partial(_code, shown),
    )


def _curves(state: State) -> tuple[Chart, dict[str, float]]:
    """The losses over what is predicted, and every number."""
    shown, values = state.shown, state.numbers
    first = shown.losses[0]
    figure, numbers = comparison_figure(shown, values)
    chart = Chart(
        key="chart",
        title="Loss, slope and curvature",
        alt=f"{', '.join(loss.title for loss in shown.losses)} over {first.input(first.by).said}; below, slopes and curvatures",
        filename="-".join(loss.name for loss in shown.losses),
        figure=figure,
        program=shown.program,
        values=values,
        limits={name: field.limits for name, field in state.fields.items() if name == shown.by},
    )
    return chart, numbers


def _parts(state: State) -> list[Part]:
    """What is opened below the losses."""
    parts = []
    if state.estimates:
        parts.append(estimates.estimate(state.shown, state.numbers, state.dots, state.rate))
    if state.fits:
        parts.append(estimates.fit(state.shown, state.numbers, state.points))
    return parts


def _sliders(state: State) -> tuple[Slider, ...]:
    sliders = geometry.sliders(state)
    if state.estimates and not estimates.has_dots(state.shown):
        sliders.append(Slider(RATE, state.rate))
    return tuple(sliders)


def _disagreements(shown: Comparison, numbers: Mapping[str, float]) -> tuple[str, ...]:
    """Hold each loss against its function by hand, where there is one."""
    core, labels = {}, {}
    for place, loss in enumerate(shown.losses):
        if loss.numeric:
            own = shown.own_values(place, numbers)
            vectors = ([own[given.name] for given in entries] for entries in loss.groups)
            given = [values if entries[0].group else values[0] for values, entries in zip(vectors, loss.groups, strict=True)]
            core[name("L", place)] = float(loss.numeric(*given))
            labels[name("L", place)] = loss.title
    return disagreements(numbers, core, labels)


def _code(shown: Comparison, language: str) -> str:
    """Losses and slopes in a language."""
    if language == LATEX:
        return "\n".join(f"{loss.name.replace('_', ' ')}: L = {notation.latex(loss.shown)}" for loss in shown.losses)
    if language == "SymPy":
        return printers.sympy.expressions(**{loss.name: loss.shown for loss in shown.losses})
    return printers.language(language).code(shown.taken, outputs=list(shown.outputs))
