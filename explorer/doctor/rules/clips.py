"""Causes that leave the constant of a clip: a library keeps p or its logarithm away from the end."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import product

from explorer.doctor import addresses, constants, expected
from explorer.doctor.constants import Constant
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.printed import Printed
from explorer.doctor.rules.spec import cause, compared, percent, shown
from explorer.doctor.score import FITTING, HINTED, TOLD, agreement

SHARES = (1.0, 0.5, 0.9, 2 / 3, 0.75, 0.8)
"""Wrong shares of a model that gives one class to all, of the commonest numbers of classes."""
EXACT = 0.0006
"""How near a clipped loss lies to its constant: in float32, averaged over a batch."""
OF_ALL, OF_ONE = 15, 4
"""How many clips count as tried where no library is told, and where one is."""
LEAP = 4.0
"""How many times as large a loss is that has just arrived at a clip."""
FOCAL_CLIPS, FOCAL_SHARES = (1e-4, 1e-5, 1e-6, 1e-7), (0.25, 0.75)
"""Where focal losses clip probabilities, and the weights that they give positives and negatives."""
UNCLIPPED = frozenset({"regression", "triplet", "policy", "critic", "likelihood", "uncertainty", "ctc", "contrastive"})
"""Kinds of losses that are no −ln p of a probability."""


def _of_framework(facts: Facts, constant: Constant) -> float:
    if facts.says("order", "one_output"):
        return 0.8  # a question on columns is not one on a clip
    others = {"XGBoost", "scikit-learn"}  # scores of boosting are computed by either
    of_others = {facts.framework, constant.framework} <= others
    return 1.0 if not (facts.framework and constant.framework) or facts.framework == constant.framework or of_others else 0.6


def _arrives(before: float, last: float) -> bool:
    """Whether a run has just come to a constant: it stays there, or has leapt to it."""
    return last == before or last > LEAP * before > 0


def _clips(facts: Facts, known: Iterable[Constant]) -> Iterator[Evidence]:
    """How near a loss is to each constant times the share that is wrong: as an accuracy tells it, or one of SHARES."""
    found, history = facts.finite, facts.history
    if found is None and history is not None and len(history) > 1 and _arrives(*history.loss[-2:].tolist()):
        found = Printed(history.end, history.half)
    if found is None or not found.value > 0 or facts.kind in UNCLIPPED:
        return
    for constant in known:
        if facts.right is not None and facts.right < 1:
            yield from _clip_at(constant, facts, found, facts.right)
        else:
            yield from _clip_at_any(constant, facts, found)


def _clip_at(constant: Constant, facts: Facts, found: Printed, right: float) -> Iterator[Evidence]:
    """A constant times 1 − accuracy; or the whole constant, where the accuracy is of other numbers."""
    tried, of_library, view = _tried(facts, constant), _of_library(facts, constant), _clip_seen(constant)
    value = constant.value * (1 - right)
    spread = EXACT + facts.right_half / max(1 - right, 1e-6)
    near = agreement(found, value, spread, tried) if spread < 0.2 else 0.0
    formula = f"{constant.formula} × (1 − {shown(right)})"
    yield Evidence(near * of_library, f"{compared(formula, value, found)} {constant.printed_by}.", *view)
    near = agreement(found, constant.value, EXACT, tried) * (0.95 if constant in constants.smallest() else 0.7)
    because = f"{compared(constant.formula, constant.value, found)} {constant.printed_by}; accuracy is of other numbers."
    yield Evidence(near * of_library, because, *view)


def _clip_at_any(constant: Constant, facts: Facts, found: Printed) -> Iterator[Evidence]:
    """A constant, or a share of it that is wrong where all are given one class."""
    tried, of_library, view = _tried(facts, constant), _of_library(facts, constant), _clip_seen(constant)
    for share in SHARES:
        whole, value = share == 1.0, constant.value * share
        formula = constant.formula if whole else f"{constant.formula} × {shown(share)} wrong"
        near = agreement(found, value, EXACT, tried if whole else 6 * tried)
        because = f"{compared(formula, value, found)} {constant.printed_by}."
        yield Evidence(near * (1.0 if whole else 0.75) * of_library, because, *view)


def _tried(facts: Facts, constant: Constant) -> int:
    return OF_ONE if facts.framework and facts.framework == constant.framework else OF_ALL


def _of_library(facts: Facts, constant: Constant) -> float:
    """How surely a constant is of the library that is told, or of any."""
    return _of_framework(facts, constant) * (1.0 if constant.framework or "scikit" in constant.printed_by else 0.88)


def _clip_seen(constant: Constant) -> tuple[str, str]:
    """Addresses: a loss at its clip, and the same from a logit."""
    if constant in constants.smallest():
        return addresses.binary(math.exp(-constant.value)), addresses.logit(-10.0)
    above = "(1 − 1e-7)" in constant.formula
    p, t = (1.0, 0.0) if above else (0.0, 1.0)
    return addresses.libraries("binary_cross_entropy", p=p, t=t), addresses.logit(-10.0)


@cause(
    "clipped",
    "The loss stands at a library's clip: predictions are 0 or 1, and the wrong ones cost −ln ε each",
    prior=0.95,
    check=(
        "Are predictions exactly 0 and 1? Then loss / (−ln ε) is the share that is wrong, and where the loss "
        "clips its gradient is 0."
    ),
    fix={
        "": "Work from logits, which are not clipped; lower the learning rate; scale the inputs.",
        "PyTorch": "nn.BCEWithLogitsLoss / nn.CrossEntropyLoss on logits; lr a tenth; inputs standardised.",
        "Keras": "from_logits=True with a linear last layer; Adam(1e-4); inputs scaled.",
        "scikit-learn": "log_loss takes predict_proba, not predict.",
        "XGBoost": "objective='binary:logistic' and its own logloss; no hard labels as predictions.",
    },
    source=(
        "keras.src.backend: epsilon() is 1e-7; PyTorch documentation, torch.nn.BCELoss: log is clamped at "
        "−100; scikit-learn, log_loss: clips at the dtype's eps."
    ),
)
def clipped(facts: Facts) -> Iterator[Evidence]:
    """A library's −ln ε, times the share that is wrong."""
    yield from _clips(facts, constants.clipped())
    found = facts.finite
    if found is not None and facts.kind == "focal":
        for epsilon, share in product(FOCAL_CLIPS, FOCAL_SHARES):
            value, formula = share * expected.surprise(epsilon), f"{shown(share)} · −ln {shown(epsilon)}"
            near = agreement(found, value, EXACT, len(FOCAL_CLIPS) * len(FOCAL_SHARES))
            yield Evidence(near * 0.95, f"{compared(formula, value, found)} A focal loss that clips p there.")
    if found is None and facts.kind in {"binary", "classes"} and facts.says("clip") and facts.says("own_log", "epsilon", "why"):
        yield Evidence(HINTED, "A library keeps p away from 0: what costs −ln ε there is infinite.")
    if facts.says("safe_log") and facts.kind in {"binary", "classes"} and not facts.is_broken:
        yield Evidence(TOLD, "A library keeps p away from 0: it costs −ln ε there, and no more.")
    if facts.says("hard_predictions") and facts.kind in {None, "binary", "classes"} and not facts.is_broken:
        each = next(
            c for c in constants.clipped() if c.framework == (facts.framework if facts.framework == "Keras" else "scikit-learn")
        )
        because = f"Hard predictions are 0 or 1: each wrong one costs {each.formula} = {shown(each.value)}"
        if found is not None and 1.5 < found.value <= each.value:
            yield Evidence(0.9, f"{because}; {found} is that of {percent(found.value / each.value)} wrong.")
        elif found is None:
            yield Evidence(FITTING if facts.kind else HINTED, f"{because}.")


@cause(
    "saturated",
    "The outputs are saturated: the true class has the smallest probability there is",
    prior=0.93,
    check="How large are the logits? Print their largest: hundreds mean that weights or the rate have run away.",
    fix={
        "": "Lower the learning rate, clip gradients, scale inputs, warm up; start again, as saturated units have no gradient.",
        "PyTorch": "torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0); lr a tenth; check the initialisation.",
        "Keras": "Adam(1e-4, clipnorm=1.0); kernel_initializer='he_normal'; scale the inputs.",
    },
    source=(
        "Caffe, softmax_loss_layer.cpp: −log(max(p, FLT_MIN)); X. Glorot and Y. Bengio (2010), Understanding "
        "the Difficulty of Training Deep Feedforward Neural Networks."
    ),
)
def saturated(facts: Facts) -> Iterator[Evidence]:
    """The logarithm of the smallest number, or the whole of a clip."""
    yield from _clips(facts, constants.smallest())
    if facts.says("saturated") and not facts.is_broken and (facts.says("gradient", "stuck") or facts.finite is not None):
        because = "σ(z) = 0 or 1 to the last digit has a slope of 0: what is wrong stays wrong"
        yield Evidence(TOLD, f"{because}{f'; you have {facts.finite}' if facts.finite else ''}.")
    for evidence in _clips(facts, constants.clipped()):
        yield Evidence(evidence.agreement * 0.8, evidence.because, evidence.view, evidence.beside)


CAUSES = (clipped, saturated)
