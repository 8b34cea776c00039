"""Compares the loss that is told with what each fault would make of the arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from explorer.core import losses
from explorer.core.checks import FloatArray
from explorer.doctor import addresses
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.predictions.form import WORDS, Form, Found, example, mean
from explorer.doctor.predictions.shapes import EXACT
from explorer.doctor.rules.spec import compared, shown
from explorer.doctor.score import CERTAIN, FITTING, agreement

SECOND = 0.8
"""How well the rarer of two causes with the same numbers agrees."""
VARIED = 0.2
"""How far predictions are apart at least if they tell examples apart."""


class Fault(NamedTuple):
    """What a cause would make of the arrays, with the formula of that."""

    cause: str
    loss: float
    formula: str


class Losses(NamedTuple):
    """The losses that are right, and what faults make of them; the commoner of two with the same number first."""

    plain: tuple[float, ...]
    faults: tuple[Fault, ...]


def told(facts: Facts, form: Form) -> Found:
    """Yield the faults that make of the arrays the loss that is told, where without them it would be another."""
    if facts.kind == "hinge" and form.within:
        yield "probabilities-in-hinge", Evidence(CERTAIN, "All scores lie in [0, 1]: a negative costs at least 1.")
        return
    found = facts.finite
    divergence = facts.kind == "divergence" and form.t.ndim == 2 and form.within
    if facts.loss is None and not divergence:
        yield from _for_logits(facts, form)
    if found is None or not (divergence or has_loss(facts, form)):
        return
    known = _divergence(form) if divergence else _binary(form) if form.classes == 1 else _classes(form)
    right = max((agreement(found, value, EXACT) for value in known.plain), default=0.0)
    seen: set[float] = set()
    for cause, value, formula in known.faults:
        near = agreement(found, value, EXACT) * (SECOND if value in seen else 1.0)
        seen.add(value)
        if near > right and np.isfinite(value):
            at = example(form, form.probable)
            yield cause, Evidence(near * (1 - 0.9 * right), compared(formula, value, found), *at)
    rows = facts.batch or len(form.p)
    for value in known.plain:
        near = agreement(found, rows * value, EXACT)
        if rows > 2 and near > right:
            because = compared(f"{rows} · {shown(value)}", rows * value, found)
            yield "sum-not-mean", Evidence(near, because, addresses.binary(0.5), addresses.binary(0.9))


def _for_logits(facts: Facts, form: Form) -> Found:
    """Probabilities, where the name of the loss says that it takes logits."""
    binary = form.classes == 1
    if not (form.within if binary else form.sums) or not facts.says("bce_of_logits" if binary else "ce_of_logits"):
        return
    if not has_loss(facts, form) or float(np.ptp(form.p)) < VARIED:
        return
    because = "The loss takes logits, and all predictions lie in [0, 1]"
    view = (addresses.logit(1.0), addresses.logit(6.0)) if binary else example(form, form.probable)
    yield "sigmoid-twice" if binary else "softmax-twice", Evidence(FITTING, f"{because}.", *view)
    yield "probabilities-as-logits", Evidence(SECOND * FITTING, f"{because}.", *view)


def has_loss(facts: Facts, form: Form) -> bool:
    """Whether a cross-entropy can be computed of the arrays."""
    if facts.kind in WORDS or not (form.is_binary or form.classes > 1):
        return False
    inside = bool(np.all((form.index >= 0) & (form.index <= max(form.classes, 2) - 1)))
    return inside and (form.t.ndim == 1 or form.sums)


def of_probabilities(form: Form) -> float:
    """Return the mean cross-entropy of predictions that are probabilities."""
    if form.classes == 1:
        return mean(losses.binary_cross_entropy(form.p[:, 0], form.index))
    return mean(losses.index_cross_entropy(form.p, form.index.astype(int)))


def _clip(values: FloatArray) -> FloatArray:
    return np.clip(values, 1e-7, 1 - 1e-7)


def _binary(form: Form) -> Losses:
    p, t = form.p[:, 0], form.index
    from_logits = mean(losses.binary_cross_entropy_with_logits(p, t))
    clipped = mean(losses.binary_cross_entropy(_clip(p), t))
    formula = "mean loss of p clipped to [1e-7, 1 − 1e-7]"
    if not form.within:
        return Losses((from_logits,), (Fault("logits-as-probabilities", clipped, formula),))
    taken = "mean of ln(1 + e^∓p), the probabilities taken for logits"
    other = mean(losses.binary_cross_entropy(1 - p, t))
    return Losses(
        (of_probabilities(form),),
        (
            Fault("sigmoid-twice", from_logits, taken),
            Fault("probabilities-as-logits", from_logits, taken),
            *([Fault("label-order", other, "mean loss of 1 − p, the other column")] if np.unique(t).size == 2 else []),
            Fault("clipped", clipped, formula),
        ),
    )


def _divergence(form: Form) -> Losses:
    own = float(np.where(form.t > 0, form.t * np.log(np.maximum(form.t, 1e-300)), 0.0).sum())
    right, wrong = own - float((form.t * np.log(_clip(form.p))).sum()), own - float((form.t * form.p).sum())
    parts = (1, len(form.p), form.p.size)  # a sum, a mean of rows, a mean of all terms
    taken = "Σ t (ln t − p), p taken for its logarithm"
    return Losses(tuple(right / n for n in parts), tuple(Fault("log-missing", wrong / n, taken) for n in parts))


def _classes(form: Form) -> Losses:
    """Losses of several classes with an index as the target: the right one, and those of each fault."""
    index = form.index.astype(int)
    from_logits = mean(losses.index_cross_entropy_with_logits(form.p, index))
    if not form.within:
        kept = np.clip(form.p, 1e-7, None)
        shares = _clip(kept / kept.sum(axis=1, keepdims=True))
        divided = mean(losses.index_cross_entropy(shares, index))
        formula = "mean −ln of logits clipped and divided by their sum"
        return Losses((from_logits,), (Fault("logits-as-probabilities", divided, formula),))
    names = ("softmax-twice", "probabilities-as-logits")
    taken = "mean cross-entropy of the probabilities taken for logits"
    of_true = form.p[np.arange(len(index)), index]
    return Losses(
        (of_probabilities(form),),
        (
            *(Fault(name, from_logits, taken) for name in (names if form.sums else names[::-1])),
            Fault("log-missing", -mean(of_true), "mean of −p instead of −ln p"),
            Fault("clipped", mean(-np.log(_clip(of_true))), "mean loss of p clipped to [1e-7, 1 − 1e-7]"),
            Fault(
                "label-order",
                mean(losses.index_cross_entropy(form.p[:, ::-1], index)),
                "mean loss of the columns in reverse order",
            ),
        ),
    )
