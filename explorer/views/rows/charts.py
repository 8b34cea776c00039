"""The pictures of /rows: where rows lie on the curve of their loss, calibration and temperature, classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from sympy import Expr, Symbol, log

from explorer.core.calibration import COLDEST, HOTTEST, Scores, Tables
from explorer.core.functions import logit
from explorer.core.losses import Loss
from explorer.core.program import Program
from explorer.figures import rows as figures
from explorer.figures.rows import Curve, Drawn, Histogram
from explorer.rows import losses
from explorer.rows.analyses.positions import Positions
from explorer.rows.report import Report
from explorer.rows.spec import Layout
from explorer.views.rows.fields import threshold
from explorer.views.rows.state import State
from explorer.views.view import Chart

X = Symbol("x_")
"""What a loss is a curve of: the probability given to the truth, or the residual."""
LABELS = {
    "binary": "probability of the true class",
    "classes": "probability of the true class",
    "tokens": "probability given to the token",
    "regression": "prediction less target",
}


PERCENT = {"beyond": "fraction_beyond", "of_loss": "share_beyond"}
"""Shares that the page says in percent: the end of a step's name -> the step of the share."""


def chart(key: str, title: str, alt: str, drawn: Drawn, *, writes: bool = True) -> Chart:
    """Return a figure as a chart of the page."""
    return Chart(key, title, alt, f"rows-{key}", **drawn._asdict(), writes=writes)


def distribution(found: Positions, state: State) -> Chart:
    """Return how many rows lie where on the curve of the loss, and the part beyond a threshold."""
    layout, loss = state.rows.layout, state.chosen
    drawn = figures.distribution(
        Histogram(found.edges, found.weight, found.loss),
        curves(layout, loss, state.numbers),
        state.threshold,
        label=LABELS[layout.kind],
        side="outside" if layout.kind == "regression" else "below",
        logarithmic=True,
        name=threshold(layout).name,
    )
    percent = {f"percent_{name}": 100 * Symbol(step) for name, step in PERCENT.items()}
    drawn = drawn._replace(program=drawn.program.extended(percent))
    alt = f"Rows over the {LABELS[layout.kind]}; below, the {loss.title} there; the part beyond the threshold is set off"
    return chart("distribution-chart", "Rows on their loss curve", alt, drawn)


def curves(layout: Layout, loss: Loss, numbers: Mapping[str, float]) -> list[Curve]:
    """Return the loss as a function of the probability given to the truth, or of the residual.

    Of several classes the others share the rest evenly.
    """
    made = losses.program(layout, loss, numbers)
    if layout.kind == "regression":
        return [Curve(loss.title, _at(made, {"y": X, "t": 0}))]
    if layout.kind == "tokens":
        return [Curve(loss.title, _at(made, {"logp": log(X)}))]
    scores = layout.scale == "logit"
    if layout.kind == "classes":
        count = len(layout.classes)
        p: list[Expr] = [X, *[(1 - X) / (count - 1)] * (count - 1)]
        given = {f"{'z' if scores else 'p'}{k}": log(p_k) if scores else p_k for k, p_k in enumerate(p, 1)}
        return [Curve(loss.title, _at(made, given | {"t": 0}))]
    first = _at(made, {"z": logit(X), "t": 1} if scores else {"p": X, "t": 1})
    second = _at(made, {"z": logit(1 - X), "t": 0} if scores else {"p": 1 - X, "t": 0})
    x = np.linspace(0.05, 0.95, 7)
    ours, theirs = (curve.evaluate({X.name: x})["L"] for curve in (first, second))
    if np.allclose(ours, theirs):
        return [Curve(loss.title, first)]
    return [Curve(f"target {name}", curve) for name, curve in zip(reversed(layout.classes), (first, second), strict=True)]


def _at(made: Program, given: Mapping[str, Any]) -> Program:
    known = {symbol.name for symbol in made.inputs}
    return made.substitute({name: expr for name, expr in given.items() if name in known})


def reliability(fine: Scores | Tables, state: State) -> Chart:
    """Return what happened in each bin over what was predicted there."""
    drawn = figures.reliability(fine, temperature=float(10**state.temperature), bins=state.bins, chosen=state.chosen_bin)
    return chart("reliability-chart", "Calibration", "Share of positives in each bin over the mean prediction there", drawn)


def temperature(fine: Scores | Tables, state: State, best: float | None) -> Chart:
    """Return the loss over the temperature."""
    best = None if best is None else min(max(best, COLDEST), HOTTEST)
    drawn = figures.temperature(fine, temperature=float(10**state.temperature), bins=state.bins, best=best)
    alt = "Mean loss and calibration error over the temperature"
    return chart("temperature-chart", "Temperature", alt, drawn, writes=False)


def classes(report: Report, layout: Layout) -> tuple[Chart, ...]:
    """Return who is taken for whom, whose the loss is, and what a threshold trades."""
    parts, counts = report.by_class, report.confusion
    if parts is None or counts is None:
        return ()
    names = [part.name for part in parts]
    losses, weights = [part.loss_share for part in parts], [part.weight for part in parts]
    drawn = [
        ("classes-confusion", "Confusion", "Rows by true and predicted class", figures.confusion(counts, names)),
        (
            "classes-loss",
            "Whose loss it is",
            "Each class's share of the loss beside its share of the rows",
            figures.class_losses(losses, weights, names),
        ),
    ]
    found = report.curves() if layout.kind == "binary" else None
    if found:
        roc = figures.roc(found.false_positive, found.true_positive, area=found.auc)
        base = parts[-1].share
        trade = figures.precision_recall(found.true_positive, found.precision, area=found.average_precision, base=base)
        drawn += [
            ("classes-roc", "ROC", "True positive rate over false positive rate", roc),
            ("classes-precision", "Precision and recall", "Precision over recall", trade),
        ]
    return tuple(chart(key, title, alt, one, writes=False) for key, title, alt, one in drawn)
