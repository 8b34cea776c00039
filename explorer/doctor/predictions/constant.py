"""The same prediction for every row."""

from __future__ import annotations

import numpy as np

from explorer.core.checks import FloatArray
from explorer.doctor import addresses, expected
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.predictions.form import Form, Found
from explorer.doctor.rules.spec import compared, shown
from explorer.doctor.score import CERTAIN, FITTING

LEAST = 5
"""From how many rows on the same prediction says something."""


def constant(facts: Facts, form: Form) -> Found:
    """Yield why all rows may be given the same: nothing is learned, or the shares of the classes alone."""
    if facts.kind in {"triplet", "contrastive", "hinge"} or len(form.p) < LEAST:
        return
    spread = _spread(form)
    if spread > 0.02 * (max(1.0, float(np.abs(form.p).max())) if form.classes == 1 else 1.0):
        return
    if facts.framework == "XGBoost" and spread <= 1e-6:
        yield "hessian-zero", Evidence(0.95, f"Every prediction is {shown(float(form.p[0, 0]))}: no tree has split.")
    if facts.kind == "regression" or form.classes == 1 and not form.is_binary:
        if not form.p.any() and form.t.all():
            yield "dead-units", Evidence(FITTING, "Every prediction is exactly 0: so is a ReLU that is dead.")
        return
    rates = _rates(form)
    if rates is None:
        return
    middle = form.probable.mean(axis=0)
    flat = _from_even(form, middle)
    if flat < 0.03 and spread < 0.02:
        yield "no-signal", _even(facts, form)
    if float(np.abs(middle - rates).max()) < 0.05 and spread < 0.03 and np.unique(form.index).size > 1:
        yield "base-rate", _shares(facts, form, rates, middle, CERTAIN if flat >= 0.03 else FITTING)


def _spread(form: Form) -> float:
    """How far predictions stray: of several classes, which part of its probability a row gives otherwise than all together."""
    if form.classes == 1:
        return float(form.p.std())
    p = form.probable
    return float(np.abs(p - p.mean(axis=0)).sum(axis=1).mean()) / 2


def _rates(form: Form) -> FloatArray | None:
    """The share of positives, or of each class; None where targets are no classes."""
    if form.classes == 1:
        return np.array([float((form.t == form.t.max()).mean())])
    index = form.index.astype(int)
    if index.min() < 0 or index.max() >= form.classes:
        return None
    return np.bincount(index, minlength=form.classes) / len(index)


def _from_even(form: Form, middle: FloatArray) -> float:
    """How far the prediction is from the same for every class; of two classes as far as p is from 1/2."""
    if form.classes == 1:
        return abs(float(middle[0]) - 0.5)
    return float(np.abs(middle - 1 / form.classes).max()) * form.classes / 2


def _even(facts: Facts, form: Form) -> Evidence:
    value = expected.even() if form.classes == 1 else expected.uniform(form.classes)
    because = f"All rows are given about the same for every class: {compared('the loss', value, facts.finite)}"
    at = addresses.binary(0.5) if form.classes == 1 else addresses.classes([1 / form.classes] * form.classes)
    return Evidence(0.98, because, at, addresses.binary(0.9))


def _shares(facts: Facts, form: Form, rates: FloatArray, middle: FloatArray, weight: float) -> Evidence:
    if form.classes == 1:
        cost, at = expected.binary_entropy(float(rates[0])), addresses.binary(float(rates[0]), float(rates[0]))
    else:
        cost, at = expected.entropy(rates), addresses.classes(middle.tolist(), int(rates.argmax()))
    shares = ", ".join(shown(float(rate)) for rate in rates[:4])
    because = f"All rows are given the share of positives or of each class, {shares}"
    return Evidence(weight, f"{because}: {compared('their entropy', cost, facts.finite)}", at, addresses.binary(0.95))
