"""Predictions that are exactly 0 or 1, squeezed into a range, or too sure."""

from __future__ import annotations

import numpy as np

from explorer.core.checks import FloatArray
from explorer.doctor import addresses
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.predictions.form import Form, Found, example
from explorer.doctor.predictions.losses import has_loss, of_probabilities
from explorer.doctor.rules.spec import percent, shown
from explorer.doctor.score import BARE, CERTAIN, FITTING, HINTED, TOLD

MANY = 50
"""From how many rows on the mean confidence is compared with what is right; of fewer, errors must be improbable."""
IMPROBABLE = 0.005
"""With which probability fewer rows may have as many errors if they are no surer than they should be."""


def edges(facts: Facts, form: Form) -> Found:
    """Yield what probabilities show that a loss of them cannot take, or that no model that learns gives."""
    if not form.within or not has_loss(facts, form):
        return
    if np.isinf(of_probabilities(form)):
        yield from _impossible(facts, form)
        return
    if facts.is_broken and np.any((form.p == 0) | (form.p == 1)):
        because = "Predictions are exactly 0 or 1: 0 · ln 0 is NaN."
        yield "probability-exactly-one", Evidence(TOLD, because, *example(form, form.p))
    yield from _squeezed_by_sigmoid(form) if form.classes == 1 else _squeezed_by_softmax(form)
    yield from _too_sure(form)


def _impossible(facts: Facts, form: Form) -> Found:
    view, unknown = example(form, form.p), facts.finite is None
    because = "A wrong prediction is exactly 0 or 1: −ln 0 = ∞"
    yield "probability-exactly-one", Evidence(CERTAIN if unknown else FITTING, f"{because}.", *view)
    yield "clipped", Evidence(HINTED if unknown else 0.8, f"{because}, and libraries clip it.", *view)
    if np.all((form.p == 0) | (form.p == 1)):
        yield "saturated", Evidence(FITTING, "Every prediction is exactly 0 or 1, where a sigmoid has no slope.", *view)


def _squeezed_by_sigmoid(form: Form) -> Found:
    low, high = float(form.p.min()), float(form.p.max())
    if 0.5 <= low < high - 0.1 and high <= 0.7311 and np.unique(form.t).size == 2:
        because = f"All predictions lie from {shown(low)} to {shown(high)}, within σ([0, 1]) = [0.5, 0.7311]."
        yield "sigmoid-twice", Evidence(0.95, because, addresses.logit(1.0), addresses.logit(6.0))


def _squeezed_by_softmax(form: Form) -> Found:
    limit = float(np.e / (np.e + form.classes - 1))
    if form.sums and form.right > 0.8 and float(form.p.max()) <= limit + 1e-3 and len(form.p) >= 8:
        hot = [1.0] + [0.0] * (form.classes - 1)
        because = (
            f"No prediction is above e/(e + {form.classes - 1}) = {shown(limit)}, the most of softmax(softmax(z)), "
            f"though {percent(form.right)} are right."
        )
        view = addresses.class_logits(hot), addresses.class_logits([10.0 * h for h in hot])
        yield "softmax-twice", Evidence(0.95, because, *view)


def _at_least(count: int, chances: FloatArray) -> float:
    """The probability of so many errors or more, of rows that have each its own chance of one."""
    several = np.ones(1)
    for chance in chances:
        several = np.convolve(several, [1 - chance, chance])
    return float(several[count:].sum())


def _too_sure(form: Form) -> Found:
    each = np.maximum(form.p, 1 - form.p)[:, 0] if form.classes == 1 else form.p.max(axis=1)
    sure = float(each.mean())
    gap = sure - form.right
    if gap <= 0.06 or len(each) < MANY and _at_least(round((1 - form.right) * len(each)), 1 - each) > IMPROBABLE:
        return
    plain = gap > 0.1 and form.right > 0.5 / max(form.classes - 1, 1)
    because = f"Predictions are {percent(sure)} sure on average, and {percent(form.right)} are right."
    yield "overconfident", Evidence(0.9 if plain else BARE, because, *example(form, form.p))
