"""What was found of a gradient and a Hessian by hand, in words and as curves beside the right ones."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import numpy as np

from explorer.core.digits import format_number
from explorer.core.objective.audit import along
from explorer.figures.objective import Compared, compared_figure
from explorer.views.markup import link
from explorer.views.objective.pasted import Item
from explorer.views.objective.state import State
from explorer.views.view import Chart, address

VERDICTS = {
    "right": "Right",
    "sign": "Sign flipped",
    "scale": "Times a constant",
    "probability-not-score": "Probability for raw score",
    "link-twice": "Link applied twice",
    "zero": "Zero",
    "negative": "Negative",
    "undefined": "Undefined at a point",
    "wrong": "Another quantity",
}
POINTS = 241


def verdicts(state: State, found: tuple[Item, ...]) -> str:
    """Return what was found of each: the verdict, and why, with both numbers at a point that shows it."""
    parts = []
    for item in found:
        there = replace(state, values=tuple(item.judged.witness[name] for name in state.sliders))
        go = link(address(there), "Put the sliders there")
        head = f"<h3>{item.name}: {VERDICTS[item.judged.verdict].lower()}</h3>"
        parts.append(f"<section>{head}<p>{escape(item.judged.because)} {go}</p></section>")
    return f"<div class='live-side-by-side'>{''.join(parts)}</div>"


def chart(state: State, found: tuple[Item, ...]) -> Chart:
    """Return each of both beside the right one, at the targets and parameters of its witness, which is marked."""
    own, compared = state.objective, []
    score = own.scores[0]
    for item in found:
        witness, order = item.judged.witness, 1 if item.name == "Gradient" else 2
        low, high = state.sliders[score].limits
        z = np.linspace(min(low, witness[score]), max(high, witness[score]), POINTS)
        at = {name: np.full(POINTS, value) for name, value in witness.items()} | {score: z}
        step = (own.gradients if order == 1 else own.hessians)[0]
        right = np.broadcast_to(own.program.evaluate(at, [step])[step], POINTS)
        others = ", ".join(f"{name} = {format_number(value, 3, trim=True)}" for name, value in witness.items() if name != score)
        title = f"{item.name}{f' at {others}' if others else ''}"
        judged = item.judged
        compared.append(Compared(title, z, along(own, item.formula, at), right, witness[score], judged.found, judged.expected))
    return Chart(
        key="yours",
        title="Yours beside the right one",
        alt=f"{' and '.join(item.name for item in found)} as written by hand beside those of the loss over {score}",
        filename="gradient-and-hessian",
        figure=compared_figure(compared, score),
        program=own.program,
        writes=False,
    )
