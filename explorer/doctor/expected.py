"""The losses that faults lead to, each computed by the project's own losses and conventions."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from explorer.core import class_conventions, losses, stable_numpy
from explorer.core.losses import LOSSES
from explorer.core.losses.libraries.tape import PRECISIONS

COMMON_CLASSES = (
    *range(3, 21), 25, 26, 27, 32, 43, 47, 50, 62, 64, 80, 91, 100, 101, 102, 120, 128, 150, 200, 256, 365, 512, 525,
    1000, 1001, 1024, 10000, 10572, 21128, 28996, 30000, 30522, 32000, 32128, 50257, 50265, 65536, 128256, 151936,
)  # fmt: skip
"""Numbers of classes that data sets and vocabularies have; what is tried where nobody says how many there are."""


@lru_cache
def uniform(classes: int) -> float:
    """Cross-entropy of a prediction that gives every class the same probability: ln K."""
    return float(losses.index_cross_entropy_with_logits(np.zeros(classes), 0))


@lru_cache
def even() -> float:
    """Binary cross-entropy at p = 1/2: ln 2."""
    return float(losses.binary_cross_entropy(0.5, 1))


def binary_entropy(rate: float) -> float:
    """Binary cross-entropy where every prediction is the share of positives."""
    return float(losses.binary_cross_entropy(rate, rate))


def entropy(rates: ArrayLike) -> float:
    """Cross-entropy where every prediction is the classes' shares, shape (classes,)."""
    return float(losses.cross_entropy(rates, rates))


def softmax_twice(classes: int, accuracy: float = 1.0) -> float:
    """Cross-entropy of softmax(one-hot), right in a share of the examples: the floor, and 1 more where it is wrong."""
    hot = np.zeros(classes)
    hot[0] = 1.0
    right, wrong = (float(losses.index_cross_entropy_with_logits(hot, k)) for k in (0, 1))
    return accuracy * right + (1 - accuracy) * wrong


def softmax_floor(classes: int) -> float:
    """Least cross-entropy of logits within [0, 1]."""
    return class_conventions.double_softmax_floor(classes)


def sigmoid_twice(rate: float) -> float:
    """Binary cross-entropy of logits that are right probabilities, 1 for positives and 0 for the others."""
    positive, negative = losses.binary_cross_entropy_with_logits([1.0, 0.0], [1.0, 0.0])
    return float(rate * positive + (1 - rate) * negative)


def majority_entropy(share: float, classes: int) -> float:
    """Cross-entropy of the base rate where one class has that share and the others are equally common: the most it can be."""
    return entropy(np.array([share] + [(1 - share) / (classes - 1)] * (classes - 1)))


def smoothing_floor(classes: int, smoothing: float) -> float:
    """Least cross-entropy under label smoothing: the entropy of the smoothed target."""
    target = np.full(classes, smoothing / classes)
    target[0] += 1 - smoothing
    return entropy(target)


def surprise(p: float) -> float:
    """The negative logarithm of p."""
    return float(losses.binary_cross_entropy(p, 1))


@lru_cache
def keras_two(p: float, t: float) -> float:
    """Binary cross-entropy of Keras 2 in float32, which clips at 1e-7 and adds that once more within the logarithm."""
    one, step = np.float32(1), np.float32(1e-7)
    kept = np.clip(np.float32(p), step, one - step)
    return float(-(t * np.log(kept + step) + (1 - t) * np.log(one - kept + step)))


@lru_cache
def collapsed(margin: float | None) -> float:
    """Triplet loss where all embeddings are one point: the margin, or ln 2 of the soft margin."""
    name = "triplet" if margin is not None else "triplet_soft_margin"
    loss = LOSSES[name]
    at = {given.name: 0.0 for given in loss.inputs} | ({} if margin is None else {"m": margin})
    return float(loss.program().evaluate(at)["L"])


@lru_cache
def preference(name: str = "dpo") -> float:
    """Loss of a preference where the policy is the reference, at β = 0.1: ln 2 of "dpo", 1/(2β)² of "ipo"."""
    return float(LOSSES[name].program().evaluate({"w": 0.0, "l": 0.0, "beta": 0.1})["L"])


@lru_cache
def desirable() -> float:
    """Loss of Kahneman-Tversky optimization where the policy is the reference: 1 − σ(0)."""
    return float(1 - stable_numpy.sigmoid(0.0))


@lru_cache
def discriminator() -> float:
    """Loss of a discriminator that cannot tell real from made: 2 ln 2."""
    loss = LOSSES["gan_non_saturating"]
    return float(loss.program().evaluate(loss.starts | {"d": 0.0, "g": 0.0})["L"])


@lru_cache
def least_squares() -> tuple[float, float]:
    """Losses of a discriminator by least squares that gives real and made 1/2, and of its generator."""
    both, made = (LOSSES[name] for name in ("gan_least_squares", "gan_least_squares_generator"))
    at = {"d": 0.5, "g": 0.5}
    whole, part = (
        float(loss.program().evaluate(loss.starts | {k: v for k, v in at.items() if k in loss.starts})["L"])
        for loss in (both, made)
    )
    return whole, part


@lru_cache
def focal(gamma: float = 2.0, alpha: float = 0.25) -> tuple[float, float]:
    """Focal loss of a positive and of a negative at p = 1/2."""
    program = LOSSES["focal"].program(gamma=gamma, alpha=alpha)
    positive, negative = (float(program.evaluate({"z": 0.0, "t": t})["L"]) for t in (1.0, 0.0))
    return positive, negative


def hinge(y: float, t: float) -> float:
    """Hinge loss of a score y at a label of 1 or -1."""
    return float(LOSSES["hinge"].program().evaluate({"y": y, "t": t})["L"])


def spacing(value: float, dtype: str) -> float:
    """How far apart numbers of a dtype are around a value."""
    digits = {"float16": 10, "bfloat16": 7}[dtype]
    return float(2.0 ** (np.floor(np.log2(abs(value))) - digits)) if value else 0.0


def rounded(value: float, dtype: str) -> float:
    """What a number becomes in a dtype."""
    with np.errstate(over="ignore"):
        return float(PRECISIONS[dtype].round(value))
