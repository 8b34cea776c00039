"""What libraries compute as the cross-entropy of one example with several classes, in float64 and float32.

These are the rows of /categorical; what a library computes is told once, in losses/libraries. To add one: write a function of
(example, precision) that returns the loss, and list it in CONVENTIONS.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from explorer.core import checks
from explorer.core.checks import FloatArray
from explorer.core.conventions import Convention, Precision, Reading, read
from explorer.core.losses.libraries import classes
from explorer.core.losses.libraries.spec import Told, answer
from explorer.core.losses.libraries.tape import PRECISIONS, Number, Tape, log_softmax


@dataclass(frozen=True)
class Example:
    """A prediction and what happened.

    Attributes
    ----------
    p : array, shape (classes,)
        Predicted probabilities; their sum may differ from 1.
    t : array, shape (classes,)
        Target weights, not negative; one-hot where there is an index.
    z : array, shape (classes,)
        Logits; -inf rules a class out.
    index : int or None
        The class that happened, counted from 0; None where the target is a distribution.
    """

    p: FloatArray
    t: FloatArray
    z: FloatArray
    index: int | None


def _summed(example: Example, log_p: Any) -> float:
    """-sum_k t_k ln p_k, every class taking part: 0 * -inf is NaN."""
    return -float((example.t.astype(log_p.dtype) * log_p).sum()) + 0.0


def _picked(example: Example, log_p: Any) -> float | None:
    """-ln p at the index; None without one."""
    return None if example.index is None else -float(log_p[example.index]) + 0.0


def _picked_or_summed(example: Example, log_p: Any) -> float | None:
    return _summed(example, log_p) if example.index is None else _picked(example, log_p)


def _library(
    compute: Callable[..., Number | Told | None], x: FloatArray, example: Example, precision: Precision
) -> float | None:
    """What a library's function gives of probabilities or logits, as the loss on /losses has it."""
    tape = Tape(PRECISIONS[np.dtype(precision).name])
    numbers, target = ([tape.number(entry) for entry in entries] for entries in (x, example.t))
    found = answer(compute, tape, (numbers, target), ())
    return None if found is None else found.value


def _picked_or_dotted(index: int | None) -> Callable[..., Number]:
    """PyTorch's cross-entropy: at an index only its class takes part."""

    def compute(z: Sequence[Number], t: Sequence[Number]) -> Number:
        return classes.cross_entropy(z, t) if index is None else -log_softmax(z)[index]

    return compute


def plain_formula(example: Example, precision: Precision) -> float:
    """-sum_k t_k ln p_k as it stands: 0 ln 0 is NaN."""
    return _summed(example, np.log(example.p.astype(precision)))


def wolfram_cross_entropy(example: Example, precision: Precision) -> float | None:
    """-sum_k t_k ln p_k, or -ln p_k at an index, as given; None where that takes ln 0, which no documentation covers.

    Source: CrossEntropyLossLayer, forms "Probabilities" and "Index", documentation. It asks for sums of 1, but its
    example with a target of sum 1.02 is not rescaled.
    """
    p = example.p.astype(precision)
    needed = p if example.index is None else p[example.index]
    return _picked_or_summed(example, np.log(p)) if np.all(needed) else None


def keras_categorical_crossentropy(example: Example, precision: Precision) -> float | None:
    """Divide p by its sum, clip it to [1e-7, 1 - 1e-7], then the plain formula.

    Source: keras.src.backend, categorical_crossentropy with from_logits=False; epsilon() is 1e-7.
    """
    return _library(classes.keras_cross_entropy, example.p, example, precision)


def pytorch_cross_entropy_loss(example: Example, precision: Precision) -> float | None:
    """Log-softmax of z, then -ln p_k at an index or the plain sum over a distribution, which is not rescaled.

    Source: torch.nn.CrossEntropyLoss, documentation, and ATen/native/LossNLL.cpp.
    """
    return _library(_picked_or_dotted(example.index), example.z, example, precision)


def pytorch_double_softmax(example: Example, precision: Precision) -> float | None:
    """What torch.nn.CrossEntropyLoss computes if it is given probabilities: it takes p for logits."""
    return _library(_picked_or_dotted(example.index), example.p, example, precision)


def double_softmax_floor(classes: int) -> float:
    """Least loss, in nats, that CrossEntropyLoss can reach if it is given probabilities: ln(1 + (classes - 1) / e).

    At class k the loss is -ln softmax(p)_k = ln(1 + sum_{j != k} e^(p_j - p_k)). No p_j lies below 0 and p_k not above 1,
    so each of the classes - 1 terms is at least 1/e; all are 1/e at once where p is one-hot at k. A target distribution
    averages such losses, so the floor holds for it too.

    Raises
    ------
    ValueError
        If there are no classes.

    Examples
    --------
    >>> round(double_softmax_floor(3), 4)
    0.5514
    """
    if classes < 1:
        raise ValueError(f"classes must be at least 1; got {classes}.")
    return math.log1p((classes - 1) / math.e)


def pytorch_nll_loss(example: Example, precision: Precision) -> float | None:
    """-ln p_k at an index; ln p is taken before the loss and not clipped. It refuses a distribution.

    Source: torch.nn.NLLLoss, documentation.
    """
    return None if example.index is None else _library(classes.torch_nll, example.p, example, precision)


def scikit_learn_log_loss(example: Example, precision: Precision) -> float | None:
    """Clip p to [eps, 1 - eps], eps the spacing of the dtype at 1; p is not rescaled. Targets are labels.

    Source: sklearn.metrics.log_loss, version 1.9, which warns where p does not sum to 1.
    """
    return None if example.index is None else _library(classes.scikit_learn_log_loss, example.p, example, precision)


CONVENTIONS: tuple[Convention[float], ...] = (
    Convention("Plain formula", "As written: ln 0 is −∞, and 0 · ln 0 is NaN.", plain_formula),
    Convention(
        "Wolfram CrossEntropyLossLayer",
        "Takes p and t as given and counts classes from 1; what it does at p = 0 is not documented.",
        wolfram_cross_entropy,
    ),
    Convention(
        "Keras CategoricalCrossentropy",
        "Divides p by its sum, then clips it to [1e−7, 1 − 1e−7].",
        keras_categorical_crossentropy,
    ),
    Convention(
        "PyTorch CrossEntropyLoss",
        "Takes logits: its softmax divides by the sum and clips nothing; in a distribution, t = 0 at z = −∞ gives NaN.",
        pytorch_cross_entropy_loss,
    ),
    Convention(
        "PyTorch CrossEntropyLoss given p",
        "A mistake: it takes p for logits, and its loss cannot fall below ln(1 + (K − 1)/e).",
        pytorch_double_softmax,
    ),
    Convention(
        "PyTorch NLLLoss given ln p",
        "Takes a class index only and clips nothing: at p = 0 the loss is ∞.",
        pytorch_nll_loss,
    ),
    Convention(
        "scikit-learn log_loss",
        "Clips p to [ε, 1 − ε] with the dtype's ε; takes labels only, and warns where p does not sum to 1.",
        scikit_learn_log_loss,
    ),
)


def readings(
    p: ArrayLike, t: ArrayLike, *, logits: ArrayLike | None = None, index: int | None = None
) -> tuple[Reading[float], ...]:
    """Return the loss, in nats, that every convention gives for one example.

    Parameters
    ----------
    p : array, shape (classes,)
        Predicted probabilities, each in [0, 1]. Their sum is not checked.
    t : array, shape (classes,)
        Target distribution, or any finite non-negative weights; one-hot where index is given.
    logits : array, shape (classes,), optional
        What PyTorch is given; ln p unless said, taken before rounding to the precision.
    index : int, optional
        The class that happened, counted from 0. Without it the target is a distribution.

    Raises
    ------
    ValueError
        If a value lies outside its interval or is NaN, or p, t and logits differ in their number of classes.

    Examples
    --------
    >>> [reading.float64 for reading in readings([0, 1], [1, 0], index=0)][:3]
    [inf, None, 16.11809565095832]
    """
    probabilities = checks.with_classes("p", checks.probability("p", p))
    weights = checks.with_classes("t", checks.weight("t", t))
    checks.same_classes("t", weights, "p", probabilities)
    k = None if index is None else int(checks.class_index("index", index, probabilities.size, base=0))
    with np.errstate(divide="ignore"):
        z = np.log(probabilities) if logits is None else checks.class_logits("logits", logits)
    checks.same_classes("logits", z, "p", probabilities)
    return read(CONVENTIONS, Example(probabilities, weights, z, k))
