"""The view of /objective."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial

from explorer.core import notation, printers
from explorer.core.objective import Objective
from explorer.figures.objective import Panel, panels_figure
from explorer.views.objective import pasted, text, training, verdicts
from explorer.views.objective.fields import LEAST, PULL
from explorer.views.objective.program import REMEDIES, Shown, shown
from explorer.views.objective.state import State
from explorer.views.view import LATEX, Chart, Group, Slider, View, disagreements

NEAR = 5.0
"""How far from 0 a raw score is whose link loses no digits."""


def view(state: State, refused: tuple[str, ...] = ()) -> View:
    """Return what a state shows."""
    own = state.objective
    whole = shown(own)
    chart, numbers = _curves(state, whole)
    charts, texts = [chart], {"numbers": text.numbers(whole, numbers), "formulas": text.formulas(whole, numbers)}
    layout: list[tuple[tuple[str, ...], ...]] = [(("numbers",), ("chart",)), (("formulas",),)]
    sliders = [Slider(field, value) for field, value in zip(state.sliders.values(), state.values, strict=True)]
    if items := pasted.items(own, state.gradient, state.hessian):
        charts.append(verdicts.chart(state, items))
        texts["verdicts"] = verdicts.verdicts(state, items)
        layout += [(("verdicts",),), (("yours",),)]
    if state.boosting:
        remedies, more = _remedies(state, whole)
        charts.append(remedies)
        numbers |= more
        texts["remedies-table"] = text.boosting(more)
        sliders += [Slider(LEAST, state.log_least, group=BOOSTING), Slider(PULL, state.reg_lambda, group=BOOSTING)]
        layout += [(("remedies-table",), ("remedies",))]
    if state.training:
        texts["file"] = training.block(file(state))
        layout += [(("file",),)]
    return View(
        state=state,
        refused=refused,
        title=f"{own.loss.title} by its raw score",
        program=whole.program,
        numbers=numbers,
        sliders=tuple(sliders),
        charts=tuple(charts),
        texts=texts,
        layout=tuple(layout),
        still=frozenset({"verdicts", "file"}) & texts.keys(),
        disagreements=_disagreements(own, numbers),
        print_code=partial(_code, own),
    )


BOOSTING = Group("Boosting")


def file(state: State) -> str:
    """Return the objective as a file for the library that is chosen, or why there is none."""
    try:
        return training.printed(state.objective, state.library, state.taken, 10**state.log_least)
    except NotImplementedError as error:
        return f"# {error}"


def _curves(state: State, whole: Shown) -> tuple[Chart, dict[str, float]]:
    own, values = state.objective, state.numbers
    score = own.scores[0]
    panels = [
        Panel("loss", {"L": "L"}),
        Panel("gradient", {whole.slope: "gradient"}),
        Panel("Hessian", {whole.bend: "Hessian"}),
    ]
    figure, numbers = panels_figure(panels, whole.program, values, score, state.sliders[score].limits, height=600)
    chart = Chart(
        key="chart",
        title="Loss, gradient and Hessian",
        alt=f"{own.loss.title} over the raw score {score}; below, its gradient and Hessian",
        filename=f"{training.name(own)}-{own.link}",
        figure=figure,
        program=whole.program,
        values=values,
        limits={score: state.sliders[score].limits},
    )
    return chart, numbers


def _remedies(state: State, whole: Shown) -> tuple[Chart, dict[str, float]]:
    score = state.objective.scores[0]
    values = state.numbers | {LEAST.name: state.log_least, PULL.name: state.reg_lambda}
    panels = [
        Panel("Hessian", {taken: name for name, (taken, _) in REMEDIES.items()}),
        Panel("leaf −g/(h + λ)", {leaf: name for name, (_, leaf) in REMEDIES.items()}),
    ]
    program = whole.with_remedies
    figure, numbers = panels_figure(panels, program, values, score, state.sliders[score].limits, height=560)
    chart = Chart(
        key="remedies",
        title="Hessian and leaf",
        alt=f"The Hessian and its remedies over the raw score {score}; below, the leaf value of each",
        filename="remedies",
        figure=figure,
        program=program,
        values=values,
        limits={score: state.sliders[score].limits},
    )
    return chart, numbers


def _disagreements(own: Objective, numbers: Mapping[str, float]) -> tuple[str, ...]:
    """Hold the loss against its function by hand, and the gradient against the chain rule by the prediction."""
    core: dict[str, float] = {}
    loss = own.loss
    at = {given.name: numbers[given.name] for given in loss.inputs}
    if loss.numeric:
        vectors = ([at[given.name] for given in entries] for entries in loss.groups)
        given = [values if entries[0].group else values[0] for values, entries in zip(vectors, loss.groups, strict=True)]
        core["L"] = float(loss.numeric(*given))
    score = own.scores[0]
    if own.link in ("logistic", "exp") and abs(numbers[score]) <= NEAR:
        p = numbers[loss.by]
        slope = float(loss.with_slopes.evaluate(at, [f"d_{loss.by}"])[f"d_{loss.by}"])
        if math.isfinite(slope):
            core[own.gradients[0]] = slope * (p * (1 - p) if own.link == "logistic" else p)
    return disagreements(numbers, core, {own.gradients[0]: "The gradient"})


def _code(own: Objective, language: str) -> str:
    """Loss, gradient and Hessian in a language."""
    if language == LATEX:
        linked = [f"{name} = {notation.latex(expr)}" for name, expr in own.predicted.items() if own.link != "identity"]
        return "\n".join([f"L = {notation.latex(own.loss.shown)}", *linked])
    if language == "SymPy":
        predicted = own.predicted if own.link != "identity" else {}
        return printers.sympy.expressions(**{"L": own.loss.shown, **predicted})
    return printers.language(language).code(own.program, outputs=["L", *own.gradients, *own.hessians])
