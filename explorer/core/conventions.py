"""How libraries treat ln 0: the binary cross-entropy that each of them computes, in float64 and float32.

These are the rows of /binary; what a library computes is told once, in losses/libraries. To add one: write a function of
(p, t, precision) that returns loss and gradient, and list it in CONVENTIONS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from explorer.core.losses.libraries import binary
from explorer.core.losses.libraries.spec import Told, answer
from explorer.core.losses.libraries.tape import PRECISIONS, Number, Tape

Precision = type[np.float64] | type[np.float32]
Result = tuple[float, float | None]
"""Loss in nats, and its gradient; None where the library has none."""

R = TypeVar("R")
"""What a convention gives: of binary cross-entropy a Result."""


@dataclass(frozen=True)
class Convention(Generic[R]):
    """What one library computes.

    Attributes
    ----------
    name : str
        The library and its function.
    note : str
        One sentence: how it differs.
    compute : function
        (what happened ..., precision) -> R, or None where the library refuses such a target or says nothing.
    wrt : str
        What a gradient is taken with respect to: "p" or "z".
    """

    name: str
    note: str
    compute: Callable[..., R | None]
    wrt: str = "p"


@dataclass(frozen=True)
class Reading(Generic[R]):
    """What a convention gives, in both precisions; None where it gives none."""

    convention: Convention[R]
    float64: R | None
    float32: R | None


def read(conventions: Iterable[Convention[R]], *what_happened: object) -> tuple[Reading[R], ...]:
    """Return what conventions give for one example."""
    with np.errstate(all="ignore"):
        return tuple(Reading(c, *(c.compute(*what_happened, x) for x in (np.float64, np.float32))) for c in conventions)


def _plain(p: Any, t: Any, one: Any) -> tuple[Any, Any]:
    return -(t * np.log(p) + (one - t) * np.log(one - p)), (p - t) / (p * (one - p))


def plain_formula(p: float, t: float, precision: Precision) -> Result:
    """-(t ln p + (1 - t) ln(1 - p)) as it stands: 0 ln 0 is NaN."""
    loss, gradient = _plain(precision(p), precision(t), precision(1))
    return float(loss), float(gradient)


def _library(compute: Callable[..., Number | Told | None], p: float, t: float, precision: Precision) -> Result | None:
    """What a library's function gives, as the loss on /losses has it, and its slope by p."""
    tape = Tape(PRECISIONS[np.dtype(precision).name])
    numbers = tape.number(p), tape.number(t)
    found = answer(compute, tape, numbers, numbers[:1])
    return None if found is None or found.value is None else (found.value, found.slope)


def keras_binary_crossentropy(p: float, t: float, precision: Precision) -> Result | None:
    """Clip p to [1e-7, 1 - 1e-7], then the plain formula; the clip's gradient is 0 outside.

    Source: keras.ops.nn / keras.src.backend, binary_crossentropy with from_logits=False; epsilon() is 1e-7.
    """
    return _library(binary.keras_bce, p, t, precision)


def pytorch_bce_loss(p: float, t: float, precision: Precision) -> Result | None:
    """Clamp each log at -100 and the gradient's denominator at 1e-12, a float32 constant in either precision.

    Source: torch.nn.BCELoss, documentation, and its CPU kernel in ATen/native/Loss.cpp.
    """
    return _library(binary.torch_bce, p, t, precision)


def scikit_learn_log_loss(p: float, t: float, precision: Precision) -> Result | None:
    """Clip p to [eps, 1 - eps], eps the spacing of the dtype at 1. Targets are labels: 0 or 1.

    Source: sklearn.metrics.log_loss, since version 1.3.
    """
    return _library(binary.scikit_learn_log_loss, p, t, precision) if t in (0, 1) else None


def from_logits(logit: float, t: float, precision: Precision) -> Result:
    """t softplus(-z) + (1 - t) softplus(z), as torch.nn.BCEWithLogitsLoss and keras' from_logits=True have it; slope by z."""
    z: Any = precision(logit)
    target, zero, one = precision(t), precision(0), precision(1)
    small = np.exp(-abs(z))
    if_one = max(-z, zero) + np.log1p(small)
    if_zero = max(z, zero) + np.log1p(small)
    loss = (target * if_one if t else zero) + ((one - target) * if_zero if t != 1 else zero)
    gradient = (one - target) * (one if z >= 0 else small) / (one + small) - target * (small if z >= 0 else one) / (one + small)
    return float(loss), float(gradient)


CONVENTIONS: tuple[Convention[Result], ...] = (
    Convention("Plain formula", "As written: ln 0 is −∞, and 0 · ln 0 is NaN.", plain_formula),
    Convention(
        "Keras BinaryCrossentropy",
        "Clips p to [1e−7, 1 − 1e−7]: the loss ends near 16.118, and where it clips the gradient is 0.",
        keras_binary_crossentropy,
    ),
    Convention(
        "PyTorch BCELoss",
        "Takes no log below −100, and divides the gradient by at least 1e−12.",
        pytorch_bce_loss,
    ),
    Convention(
        "scikit-learn log_loss",
        "Clips p to [ε, 1 − ε] with the dtype's ε; takes labels 0 or 1 only, and gives no gradient.",
        scikit_learn_log_loss,
    ),
    Convention(
        "From logits (any library)",
        "Takes z and never forms p, so nothing is clipped; its gradient p − t is per unit of z.",
        from_logits,
        wrt="z",
    ),
)


def readings(p: float, t: float, z: float | None = None) -> tuple[Reading[Result], ...]:
    """Return what every convention gives for prediction p and target t, both in [0, 1].

    Parameters
    ----------
    z : float, optional
        The logit that was predicted: near 1 p has lost its digits. By default it is that of p.
    """
    with np.errstate(divide="ignore"):
        logit = float(np.log(p) - np.log1p(-p)) if z is None else z
    return tuple(reading for one in CONVENTIONS for reading in read([one], logit if one.wrt == "z" else p, t))
