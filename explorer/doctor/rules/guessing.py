"""Causes in predictions that only guess: the same for every class, or the base rate."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from explorer.doctor import addresses, expected
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.printed import Printed
from explorer.doctor.rules.spec import cause, compared, shown
from explorer.doctor.score import BARE, FITTING, HINTED, TOLD, agreement, closeness

STRAY = 0.004
"""By how much the loss of a model that has learned nothing strays from the constant."""
NEARLY = 0.1
"""How far −ln of the accuracy of guessing may lie from the loss: shares of classes differ."""
SAID_STUCK = 0.01
"""The same where it is said to be stuck there."""
MANY = 40
"""How many numbers of classes count as tried where nobody says how many there are."""
LEAST_TARGETS, MOST_CLASSES, UNEVEN = 10, 1000, 1.1
"""From how many targets on their shares tell something, of how many classes at most, and how uneven they are at least."""
PAIRS = ("contrastive", "triplet", "preference", "policy", "ranking")
UNLIKE_ENTROPY = (
    "regression",
    "hinge",
    "triplet",
    "policy",
    "critic",
    "likelihood",
    "uncertainty",
    "similarity",
    "ratio",
    "overlap",
    "ctc",
)


def _entropy_of(rate: float, half: float, found: Printed, facts: Facts) -> Evidence:
    """How near a loss is to that of a constant prediction of a rate, known to half of its last digit."""
    value = expected.binary_entropy(rate)
    ends = (expected.binary_entropy(min(max(end, 1e-12), 1 - 1e-12)) for end in (rate - half, rate + half))
    spread = 0.01 + max(abs(end - value) for end in ends) / max(value, 1e-9)
    weight = 0.6 if abs(rate - 0.5) < 0.03 else 1.0 if facts.kind == "binary" or facts.classes == 2 else 0.85
    formula = f"−{shown(rate)} ln {shown(rate)} − {shown(1 - rate)} ln {shown(1 - rate)}"
    view = addresses.binary(rate, rate), addresses.binary(0.98)
    return Evidence(agreement(found, value, spread) * weight, compared(formula, value, found), *view)


def _uniform(classes: int) -> tuple[str, str]:
    view = addresses.classes([1 / classes] * classes)
    return view, addresses.classes([0.9] + [0.1 / (classes - 1)] * (classes - 1))


def _is_chance(facts: Facts) -> bool:
    """Whether an accuracy is about that of guessing."""
    right, classes = facts.right, facts.classes or 0
    if right is None:
        return False
    if classes < 3:  # an even accuracy is of two, if nothing is told of how the loss goes
        return abs(right - 0.5) <= 0.005 and facts.history is None
    return right <= 1.3 / classes or classes >= MANY and right < 0.01


def _has_no_rate(facts: Facts) -> bool:
    """Whether the rate is 0 throughout."""
    rate = facts.history.column("rate") if facts.history is not None else None
    return facts.says("no_rate") or rate is not None and rate.size > 2 and not rate.any()


def _believable(facts: Facts, chance: float) -> float:
    """How well an accuracy fits guessing: less the further above chance it lies."""
    right = facts.right
    return 1.0 if right is None or right <= chance + 0.12 else 0.35


@cause(
    "no-signal",
    "The model has learned nothing: it gives every outcome the same probability",
    prior=0.9,
    check=(
        "Train on ten examples alone: does the loss reach 0? If not, no gradient arrives; look at the input, "
        "the labels and the rate."
    ),
    fix={
        "": (
            "Overfit ten examples first. If that fails, check that inputs are scaled, labels belong to their "
            "inputs, parameters are those the optimizer has, and try rates from 1e-5 to 1e-1."
        ),
        "PyTorch": (
            "for name, p in model.named_parameters(): print(name, p.grad and p.grad.norm()); give optimizer "
            "model.parameters(); standardise inputs; try lr=1e-3 with Adam."
        ),
        "Keras": (
            "Standardise inputs (x / 255), pass labels that belong to them, try keras.optimizers.Adam(1e-4), and "
            "fit ten examples alone."
        ),
        "JAX": (
            "Print jax.tree.map(jnp.linalg.norm, grads): all zero means that loss does not depend on params. "
            "Standardise inputs."
        ),
        "scikit-learn": "Put a StandardScaler before the model; raise max_iter; compare with DummyClassifier.",
        "XGBoost": "Lower min_child_weight, check that features are not constant, and that the label is not shuffled.",
    },
    source=(
        "C. M. Bishop (2006), Pattern Recognition and Machine Learning, equation 4.108 at p = 1/K; A. Karpathy "
        "(2019), A Recipe for Training Neural Networks: verify the loss at the start."
    ),
)
def no_signal(facts: Facts) -> Iterator[Evidence]:
    """Ln K, ln 2, 2 ln 2, ln batch, 1 of a hinge."""
    found = facts.finite
    if _is_said_to_guess(facts):
        yield from _guessing(facts)
    if _has_no_rate(facts) and not facts.is_broken and facts.kind not in {"preference", "policy"}:
        yield Evidence(TOLD, "θ − 0 · g = θ: with a rate of 0 no step changes anything.", *_uniform(facts.classes or 2))
    if found is None or not facts.settled or found.value <= 0:
        return
    for guess in (*_of_outcomes(facts), *_of_batches(facts), *_of_kinds(facts), *_of_common_numbers(facts)):
        yield _held(guess, facts, found)
    if not facts.classes and facts.right and facts.right < 0.25 and facts.kind not in UNLIKE_ENTROPY:
        value, view = -math.log(facts.right), _uniform(round(1 / facts.right))
        because = compared(f"−ln {shown(facts.right)}, guessing", value, found)
        yield Evidence(closeness(found, value, NEARLY / value) * FITTING, because, *view)


class _Guess(NamedTuple):
    """What guessing costs: the loss, its arithmetic, how surely it is that of guessing, and the accuracy that goes with it."""

    loss: float
    formula: str
    weight: float
    view: tuple[str, str]
    right: float
    tried: int = 1


def _held(guess: _Guess, facts: Facts, found: Printed) -> Evidence:
    """How well a loss, which floats of 16 bits may have rounded, and an accuracy fit those of a guess."""
    near = agreement(found, guess.loss, SAID_STUCK if facts.says("stuck") else STRAY, guess.tried)
    if facts.dtype in {"float16", "bfloat16"} and (grid := expected.rounded(guess.loss, facts.dtype)) != guess.loss:
        rounded = abs(found.value - grid) <= found.half < abs(found.value - guess.loss)
        near = max(near, 0.9 * agreement(found, grid, STRAY, guess.tried)) * (0.9 if rounded else 1.0)
    weight = near * guess.weight * _unexplained(facts)
    return Evidence(weight * _believable(facts, guess.right), compared(guess.formula, guess.loss, found), *guess.view)


def _unexplained(facts: Facts) -> float:
    """How surely a run has learned nothing for no other reason that is known."""
    weight = 0.85 if facts.says("dead") and facts.says("relu") else 1.0
    weight *= 0.7 if facts.says("improves_anyway") else 1.0
    norms = facts.history.column("grad_norm") if facts.history is not None else np.zeros(0)
    return weight * 0.85 if norms.size >= 3 and not np.any(norms[-3:]) else weight


def _of_outcomes(facts: Facts) -> Iterator[_Guess]:
    """As probable as any other outcome, of two or of the classes that are told."""
    known = facts.classes or 0
    weight = 0.7 if facts.kind == "preference" else 0.35 if facts.kind in UNLIKE_ENTROPY else 1.0
    if known in (0, 2) or facts.kind == "binary" or facts.says("multilabel"):
        yield _Guess(expected.even(), "−ln(1/2) = ln 2", weight, (addresses.binary(0.5), addresses.binary(0.9)), 0.5)
    if known > 2:
        yield _one_of(known, f"−ln(1/{known}) = ln {known}", weight)


def _one_of(count: int, formula: str, weight: float, tried: int = 1) -> _Guess:
    return _Guess(expected.uniform(count), formula, weight, _uniform(count), 1 / count, tried)


def _of_batches(facts: Facts) -> Iterator[_Guess]:
    """As probable as any other example of the batch, or of its pairs."""
    if facts.batch and facts.batch > 1 and (facts.kind in PAIRS or not facts.classes):
        weight = 1.0 if facts.kind == "contrastive" else 0.5
        for count, said in ((facts.batch, f"{facts.batch}"), (2 * facts.batch - 1, f"(2·{facts.batch} − 1)")):
            yield _one_of(count, f"−ln of one of the batch: ln {said}", weight)


def _of_kinds(facts: Facts) -> Iterator[_Guess]:
    """What an output that is the same for all costs in games of two networks, by a hinge and by a focal loss."""
    loss = addresses.loss
    if facts.kind == "gan":
        view = loss("gan_non_saturating", d=0.0, g=0.0), loss("gan_non_saturating", d=2.0, g=-2.0)
        yield _Guess(expected.discriminator(), "−ln(1/2) − ln(1 − 1/2) = 2 ln 2", 1.0, view, 0.5)
        yield _Guess(expected.even(), "−ln(1/2) = ln 2, of real or of made alone", 0.9, view, 0.5)
    if facts.kind == "gan" and facts.says("stuck"):
        view = loss("gan_least_squares", d=0.5, g=0.5), loss("gan_least_squares", d=1.0, g=0.0)
        for value, said in zip(expected.least_squares(), ("real and made", "made alone"), strict=True):
            yield _Guess(value, f"half the squares of {said} at a score of 1/2", 0.95, view, 0.5)
            yield _Guess(2 * value, f"squares of {said} at a score of 1/2", 0.95, view, 0.5)
    if facts.kind == "hinge":
        view = loss("hinge", y=0.0, t=1.0), loss("hinge", y=1.5, t=1.0)
        yield _Guess(expected.hinge(0.0, 1.0), "max(0, 1 − 0) at a score of 0", 1.0, view, 0.5)
    if facts.kind == "focal":
        for value, said in zip(expected.focal(), ("positive", "negative"), strict=True):
            view = loss("focal", z=0.0, t=float(said == "positive")), loss("focal", z=4.0, t=1.0)
            yield _Guess(value, f"focal loss of a {said} at p = 1/2, α = 0.25, γ = 2", 0.7, view, 0.5)


def _of_common_numbers(facts: Facts) -> Iterator[_Guess]:
    """As probable as any other class, of a number of classes that is common, where nobody tells it."""
    if not facts.classes and facts.kind not in {"binary", *UNLIKE_ENTROPY, "preference", "gan", "focal"}:
        weight = 0.95 if facts.kind in {"classes", "contrastive", "margin-softmax"} else 0.85
        for count in expected.COMMON_CLASSES:
            yield _one_of(count, f"−ln(1/{count}) = ln {count}", weight, MANY)


def _is_said_to_guess(facts: Facts) -> bool:
    """Whether a run without a number, or with two only, is said to have learned nothing."""
    few = facts.loss is None and facts.history is not None and facts.history.loss.size == 2
    without = (facts.finite is None or few) and not facts.is_broken and not facts.says("rising")
    return without and (facts.says("stuck", "chance", "scaling_helps") or _is_chance(facts))


def _guessing(facts: Facts) -> Iterator[Evidence]:
    """A loss that does not move, of which no number is told: more where accuracy is that of guessing."""
    right = facts.right
    count = facts.classes or (2 if facts.kind == "binary" else round(1 / right) if right and right < 0.55 else 2)
    guessed = (
        facts.says("chance") or _is_chance(facts) or right is not None and abs(right - 1 / max(count, 2)) < 0.1 / max(count, 2)
    )
    because = f"A loss that does not move, with every class given 1/{count}, is ln {count} = {shown(expected.uniform(count))}"
    if count > 1 and facts.kind not in UNLIKE_ENTROPY:
        history = facts.history
        still = history is not None and bool(history.finite.size) and abs(history.end / history.start - 1) < STRAY
        yield Evidence(FITTING if guessed else HINTED if still else BARE, f"{because}.", *_uniform(count))


@cause(
    "base-rate",
    "Every prediction is the base rate: the classes' shares, whatever the input",
    prior=0.85,
    check=(
        "Do predictions of different inputs differ? Compare the loss with the entropy of the labels' shares: "
        "equal means that only the bias has learned."
    ),
    fix={
        "": (
            "The input does not reach the output yet: scale it, raise the rate, train longer. Watch average "
            "precision instead of accuracy."
        ),
        "PyTorch": (
            "print(model(x).std(0)): about 0 confirms it. Standardise x; nn.CrossEntropyLoss(weight=...) or "
            "pos_weight= of BCEWithLogitsLoss if the rare class matters more."
        ),
        "Keras": (
            "print(model.predict(x).std(0)). Standardise x; model.fit(class_weight={0: 1, 1: n_0 / n_1}) if the "
            "rare class matters more."
        ),
        "JAX": "print(apply(params, x).std(0)). Standardise x; multiply the rare class's losses by its weight.",
        "scikit-learn": "Compare with DummyClassifier(strategy='prior'); try class_weight='balanced' and a StandardScaler.",
        "XGBoost": "Lower min_child_weight; scale_pos_weight = negatives / positives.",
    },
    source=(
        "T. Gneiting and A. E. Raftery (2007), Strictly Proper Scoring Rules, section 2: the least expected "
        "score of a constant forecast is the entropy."
    ),
)
def base_rate(facts: Facts) -> Iterator[Evidence]:
    """The entropy of the shares, which accuracy or targets tell."""
    if facts.finite is not None and facts.settled:
        yield from _of_shares(facts, facts.finite)
    rate = facts.share.value if facts.share is not None else facts.right
    rate = rate if rate is not None and 0 < rate < 1 else 0.9
    cost = expected.binary_entropy(rate)
    view = addresses.binary(rate, rate), addresses.binary(0.98)
    if facts.says("one_answer") and not facts.is_broken and facts.kind not in (*UNLIKE_ENTROPY, "contrastive"):
        boosting = facts.framework == "XGBoost" and facts.says("custom")
        because = (
            f"The same answer for every input can only be the base rate: where it is right in {shown(rate)} of the cases "
            f"it costs {shown(cost)} of two classes."
        )
        yield Evidence(FITTING if facts.says("lost_again", "relu", "hessian") or boosting else TOLD, because, *view)
    if facts.says("imbalance") and facts.kind not in {"gan", "critic", "policy", "contrastive", "triplet"}:
        fits = facts.says("stuck") or facts.finite is not None and facts.finite.value >= 0.9 * cost
        because = f"The labels are said to be unbalanced; a constant prediction of {shown(rate)} costs {shown(cost)}."
        yield Evidence(FITTING if fits else HINTED, because, *view)


def _of_shares(facts: Facts, found: Printed) -> Iterator[Evidence]:
    """How near a loss is to the entropy of the classes' shares: as accuracy, a share or targets tell them."""
    right, classes = facts.right, facts.classes
    if (classes or 2) == 2 and facts.kind not in UNLIKE_ENTROPY:
        if right is not None and 0.5 <= right < 1:
            yield _entropy_of(right, facts.right_half, found, facts)
        if facts.share is not None and 0 < facts.share.value < 1:
            yield _entropy_of(facts.share.value, facts.share.half, found, facts)
    elif right is not None and classes and 1.2 / classes < right < 1:
        value = expected.majority_entropy(right, classes)
        formula = f"entropy of shares of {shown(right)} and {classes - 1} that are equal"
        view = addresses.classes([right] + [(1 - right) / (classes - 1)] * (classes - 1))
        yield Evidence(closeness(found, value, 0.03) * 0.55, compared(formula, value, found), view, _uniform(classes)[1])
    if facts.kind not in UNLIKE_ENTROPY and facts.predictions is None:
        yield from _of_targets(facts, found)


def _of_targets(facts: Facts, found: Printed) -> Iterator[Evidence]:
    """How near a loss is to the entropy of the classes' shares, where targets that are classes tell them."""
    labels = facts.targets
    if labels is None or labels.ndim != 1 or labels.size < LEAST_TARGETS or not np.all(labels == np.round(labels)):
        return
    counts = np.unique(labels, return_counts=True)[1]
    shares = counts / labels.size
    if not 1 < counts.size <= min(MOST_CLASSES, labels.size // 4) or shares.max() * counts.size < UNEVEN:
        return
    value = expected.entropy(shares)
    view = addresses.classes(shares.tolist()) if counts.size > 2 else addresses.binary(float(shares[-1]), float(shares[-1]))
    because = compared(f"entropy of the targets' {counts.size} shares", value, found)
    yield Evidence(agreement(found, value, STRAY), because, view, addresses.binary(0.98))


CAUSES = (no_signal, base_rate)
