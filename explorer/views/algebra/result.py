"""The View of /algebra: the last result as numbers and chart, and the steps that led to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from html import escape

from explorer.core.algebra import budget
from explorer.core.algebra.execution import Outcome
from explorer.core.algebra.export import export
from explorer.core.algebra.layering import Layered
from explorer.core.program import Program
from explorer.figures.algebra import algebra_figure
from explorer.views import floats
from explorer.views.algebra import as_loss, steps, symbols
from explorer.views.algebra.following import follow, labels, last
from explorer.views.algebra.stage import Stage
from explorer.views.algebra.start import NetworkStart, Start
from explorer.views.algebra.state import State
from explorer.views.markup import alert, quantity
from explorer.views.network import kind
from explorer.views.view import Chart, Group, Slider, View

LINES = 16
"""How many numbers stand below the chart."""


def view(state: State, refused: tuple[str, ...] = ()) -> View:
    """Return what a state shows; of a chain without an end what comes before that."""
    stages = state.stages or follow(state.start, state.chain)
    result, named = last(stages), labels(stages)
    layers, slopes = result.reached.computed, result.reached.slopes
    program = slopes.program if slopes else layers.program
    over = symbols.along(result)
    along = state.along or (over.default if over else "")
    sliders = _sliders(result, along, state)
    values = {slider.name: slider.value for slider in sliders}
    values = {name: values[name] for name in result.symbols}
    numbers = _numbers(program, values)
    charts = (_chart(program, _drawn(layers, named, state), values, numbers, along, sliders[0]),) if over else ()
    texts = {"numbers": _table(layers, named, numbers, _slopes(result))} | _steps(stages, state.start)
    texts |= {floats.KEY: floats.text(result.reached.subject, result.reached.inputs)} if state.floats else {}
    texts |= {"use": lead} if (lead := as_loss.use(result)) else {}
    beside = (("numbers",), ("chart",)) if over else (("numbers",),)
    return View(
        state=state,
        refused=(*refused, *(stage.problem for stage in stages if stage.problem)),
        title="Algebra",
        program=program,
        numbers=numbers,
        sliders=sliders[: symbols.SLIDERS],
        charts=charts,
        texts=texts,
        layout=(beside, (tuple(key for key in texts if key != "numbers"),)),
        disagreements=tuple(
            f"Do not trust step {k}: before and after differ."
            for k, stage in enumerate(stages)
            if steps.line(stage, k).distrust
        ),
        print_code=partial(_code, result.reached),
    )


def _sliders(result: Stage, along: str, state: State) -> tuple[Slider, ...]:
    """One for each symbol, the plotted one first; for all of them, though a page has only the first SLIDERS."""
    held = dict(state.numbers)
    ordered = symbols.ordered(result, along)
    more = len(ordered[symbols.FIRST : symbols.SLIDERS])
    fields = [symbols.number(result, name) for name in ordered]
    return tuple(
        Slider(field, held.get(name, field.default), name, Group() if k < symbols.FIRST else Group(f"{more} symbols more"))
        for k, (name, field) in enumerate(zip(ordered, fields, strict=True))
    )


def _numbers(program: Program, values: Mapping[str, float]) -> dict[str, float]:
    given = {s.name: values.get(s.name, 0.0) for s in program.inputs}
    return given | {name: float(value) for name, value in program.evaluate(given).items()}


def _drawn(layers: Layered, labels: Sequence[str], state: State) -> dict[str, str]:
    """The entries that are drawn, and what they are called: all if there are few, else those that are chosen."""
    named = dict(zip(layers.names, labels, strict=True))
    among = symbols.entries(labels)
    if among is None:
        return named
    chosen = among.default if state.entries is None else state.entries or labels[:1]
    return {name: label for name, label in named.items() if label in chosen}


def _chart(
    program: Program,
    drawn: Mapping[str, str],
    values: Mapping[str, float],
    numbers: Mapping[str, float],
    along: str,
    plotted: Slider,
) -> Chart:
    limits = plotted.field.limits
    return Chart(
        key="chart",
        title=f"The result over {along}",
        alt=f"{', '.join(drawn.values())} over {along}",
        filename="algebra",
        figure=algebra_figure(program, drawn, values, along, limits, numbers=numbers),
        program=program,
        values=values,
        limits={along: limits},
    )


def _steps(stages: Sequence[Stage], start: Start) -> dict[str, str]:
    """Each stage as markup, then its formula."""
    texts = {}
    said = kind.warning(start.network) if isinstance(start, NetworkStart) else ""
    for k, stage in enumerate(stages):
        if not stage.at_work:
            texts[steps.key(k)] = steps.line(stage, k).markup + (alert(said, "warning") if said and k == 0 else "")
        if stage.outcome is not None:
            texts[f"formula {steps.key(k)}"] = steps.written(stage, k)
    return texts


def _slopes(result: Stage) -> dict[str, str]:
    """Step -> which slope it is."""
    slopes = result.reached.slopes
    names = slopes.names if slopes else ()
    return {slope: f"∂/∂{name}" for slope, name in zip(names, result.symbols, strict=False)}


def _table(layers: Layered, labels: Sequence[str], numbers: Mapping[str, float], slopes: Mapping[str, str]) -> str:
    """The value of each entry, as a matrix if it is one, and the slope by each symbol."""

    def cell(name: str) -> str:
        return f"<td>{quantity(name, numbers[name])}</td>"

    height, width = layers.shape
    if min(height, width) > 1:
        body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in layers.entries)
        return f"<div class='live-table live-compact' tabindex='0' role='group' aria-label='Values'><table>{body}</table></div>"
    named = [*zip(layers.names, labels, strict=True), *slopes.items()]
    rows = "".join(f"<tr><th scope='row'>{escape(label)}</th>{cell(name)}</tr>" for name, label in named[:LINES])
    more = f"<p>… and {len(named) - LINES} more.</p>" if len(named) > LINES else ""
    kind = "live-numbers" if len(layers.names) == 1 else "live-numbers live-even"
    return f"<table class='{kind}'><tbody>{rows}</tbody></table>{more}"


@lru_cache(maxsize=64)
def _code(result: Outcome, language: str) -> str:
    """The result in a language, with its gradient if it is one number and that can be written; it may be long."""
    scalar, problem = result.computed.shape == (1, 1), ""
    for gradient in (True, False) if scalar else (False,):
        try:
            return budget.run(partial(export, gradient=gradient, formula=result.latex), result.computed, language).text
        except (NotImplementedError, TimeoutError, MemoryError) as error:
            problem = str(error)
    raise ValueError(problem)
