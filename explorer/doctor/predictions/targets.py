"""Targets that the loss does not take, beside the predictions that they belong to."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from explorer.doctor import addresses
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.predictions.form import MOST_ROWS, WORDS, Form, Found
from explorer.doctor.predictions.shapes import outside
from explorer.doctor.rules.spec import shown
from explorer.doctor.score import CERTAIN, FITTING

_OUTSIDE = addresses.logit(12.0), addresses.binary(0.9)
_CLIPPED = addresses.libraries("binary_cross_entropy", p=1.0, t=0.0), addresses.logit(3.0, 0.0)
_TWO_HOT = "/categorical?target=distribution&t1=1&t2=1&t3=0", "/categorical?target=distribution&t1=0.5&t2=0.5&t3=0"
_SIGMOID = {"binary", "overlap", "focal"}
"""Kinds whose targets lie in [0, 1]."""
_OF_PROBABILITIES = {"XGBoost", "scikit-learn"}
"""Frameworks whose losses of classes take probabilities."""


def ranges(facts: Facts, form: Form) -> Found:
    """Yield what lies outside the targets that there may be."""
    for look in _LOOKS:
        yield from look(facts, form)


def _of_one_column(facts: Facts, form: Form) -> Found:
    low, high = float(form.t.min()), float(form.t.max())
    if form.classes > 1 or 0 <= low <= high <= 1:
        return
    two_labels = form.within and facts.kind not in WORDS and np.unique(form.t[:MOST_ROWS]).size <= 2
    if facts.kind in _SIGMOID or two_labels:
        because = f"Targets run from {shown(low)} to {shown(high)}, and binary cross-entropy takes 0 to 1"
        yield "target-outside", Evidence(CERTAIN, f"{because}: outside it has no lower bound.", *_OUTSIDE)


def _distributions(facts: Facts, form: Form) -> Found:
    if form.classes == 1 or form.t.ndim == 1 or facts.kind in {"binary", "hinge"}:
        return
    divergence = facts.kind == "divergence" and form.within
    for rows, said in ((form.t, "targets"), (form.p, "predictions")) if divergence else ((form.t, "targets"),):
        sums = rows.sum(axis=1)
        if np.any(np.abs(sums - 1) > 0.01) and (form.sums or facts.kind == "classes" or divergence or not form.within):
            because = f"Rows of {said} sum to {shown(float(sums.min()))} up to {shown(float(sums.max()))}, and not to 1."
            yield "target-not-normalised", Evidence(CERTAIN, because, *_TWO_HOT)


def _indices(facts: Facts, form: Form) -> Found:
    if form.classes > 1 and form.has_index:
        yield from outside(form.classes, float(form.t.min()), float(form.t.max()))


def _softmax_of_one(facts: Facts, form: Form) -> Found:
    if form.classes == 1 and facts.kind == "classes" and form.p.size > 1:
        because = "One column of predictions: a softmax over it is 1 whatever the input."
        yield "one-class", Evidence(CERTAIN, because, addresses.binary(1.0), addresses.logit(2.0))


def _logits(facts: Facts, form: Form) -> Found:
    told = facts.says("bce_of_p", "ce_of_p")
    takes = told or facts.finite is None and facts.framework in _OF_PROBABILITIES and facts.kind in {"binary", "classes"}
    if not form.within and takes and not facts.says("bce_of_logits", "ce_of_logits"):
        low, high = shown(float(form.p.min())), shown(float(form.p.max()))
        because = (
            f"Predictions run from {low} to {high}, and the loss takes probabilities: outside [0, 1] it clips or gives NaN."
        )
        yield "logits-as-probabilities", Evidence(CERTAIN if told else FITTING, because, *_CLIPPED)


_LOOKS: tuple[Callable[[Facts, Form], Found], ...] = (_of_one_column, _distributions, _indices, _softmax_of_one, _logits)
