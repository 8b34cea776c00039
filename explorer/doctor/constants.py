"""Constants worth knowing: losses that give themselves away. Each is computed from its formula; who prints it stands beside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from explorer.core import conventions
from explorer.doctor import expected


@dataclass(frozen=True)
class Constant:
    """A loss that gives itself away.

    Attributes
    ----------
    value : float
    formula : str
        Of what it is the value.
    printed_by : str
        Who prints it, and when.
    framework : str
        As facts name it; "" of several.
    """

    value: float
    formula: str
    printed_by: str
    framework: str = ""


def _at(convention: str, p: float, t: float, precision: type[np.float64] | type[np.float32]) -> float:
    """What a library computes as binary cross-entropy."""
    with np.errstate(all="ignore"):
        result = next(c for c in conventions.CONVENTIONS if c.name == convention).compute(p, t, precision)
    return 0.0 if result is None else result[0]


def _keras(p: float, t: float, precision: type[np.float64] | type[np.float32]) -> float:
    return _at("Keras BinaryCrossentropy", p, t, precision)


@lru_cache
def clipped() -> tuple[Constant, ...]:
    """Return the losses of a prediction that is wrong with certainty, as each library clips it."""
    single, double = np.float32, np.float64
    return (
        Constant(_keras(0, 1, double), "−ln 1e-7", "Keras, where the true class is given 0: it clips at 1e-7", "Keras"),
        Constant(_keras(1, 0, single), "−ln(1 − (1 − 1e-7)) in float32", "Keras, where the false class is given 1", "Keras"),
        Constant(
            expected.keras_two(0, 1),
            "−ln(1e-7 + 1e-7)",
            "Keras 2, where the true class is given 0: it clips, and adds 1e-7",
            "Keras",
        ),
        Constant(expected.keras_two(1, 0), "−ln(1.2e-7 + 1e-7)", "Keras 2, where the false class is given 1", "Keras"),
        Constant(_at("PyTorch BCELoss", 0, 1, single), "−(−100)", "PyTorch BCELoss: no logarithm below −100", "PyTorch"),
        Constant(
            _at("scikit-learn log_loss", 0, 1, double),
            "−ln 2.2e-16",
            "scikit-learn log_loss since 1.3: it clips at float64's ε",
            "scikit-learn",
        ),
        Constant(
            _at("scikit-learn log_loss", 0, 1, single),
            "−ln 1.2e-7",
            "scikit-learn log_loss of float32 predictions",
            "scikit-learn",
        ),
        Constant(expected.surprise(1e-15), "−ln 1e-15", "scikit-learn log_loss before 1.3, Kaggle, XGBoost's logloss of old"),
        Constant(expected.surprise(1e-16), "−ln 1e-16", "XGBoost's logloss, which clips at 1e-16", "XGBoost"),
        Constant(expected.surprise(1e-12), "−ln 1e-12", "code of one's own that clips at, or adds, 1e-12"),
        Constant(expected.surprise(1e-10), "−ln 1e-10", "code of one's own that clips at, or adds, 1e-10"),
        Constant(expected.surprise(1e-9), "−ln 1e-9", "code of one's own that clips at, or adds, 1e-9"),
        Constant(expected.surprise(1e-8), "−ln 1e-8", "code of one's own that clips at, or adds, 1e-8"),
        Constant(expected.surprise(1e-6), "−ln 1e-6", "code of one's own that clips at, or adds, 1e-6"),
        Constant(expected.surprise(1e-5), "−ln 1e-5", "code of one's own that clips at, or adds, 1e-5"),
    )


@lru_cache
def smallest() -> tuple[Constant, ...]:
    """Return the losses of the smallest numbers of a dtype: nothing below them has a logarithm."""
    single, half = np.finfo(np.float32), np.finfo(np.float16)
    return (
        Constant(
            expected.surprise(float(single.tiny)), "−ln 1.18e-38", "Caffe, whose logarithm ends at float32's FLT_MIN", "Caffe"
        ),
        Constant(
            expected.surprise(float(single.smallest_subnormal)), "−ln 1.4e-45", "float32: the smallest number that is not 0"
        ),
        Constant(expected.surprise(float(half.tiny)), "−ln 6.1e-5", "float16: the smallest number of full precision"),
        Constant(expected.surprise(float(half.smallest_subnormal)), "−ln 6.0e-8", "float16: the smallest number that is not 0"),
    )


@lru_cache
def table() -> tuple[Constant, ...]:
    """Return all constants worth knowing, for a page to list."""
    single, half = np.finfo(np.float32), np.finfo(np.float16)
    known = [
        Constant(expected.even(), "ln 2", "any binary cross-entropy at p = 1/2; DPO at its start; a soft margin of one point")
    ]
    known += [
        Constant(expected.uniform(k), f"ln {k}", f"cross-entropy of {k} classes, all given 1/{k}")
        for k in (3, 4, 5, 10, 100, 1000, 50257)
    ]
    known += [Constant(expected.discriminator(), "2 ln 2", "a GAN's discriminator that cannot tell real from made")]
    known += [
        Constant(expected.softmax_floor(k), f"ln(1 + {k - 1}/e)", f"softmax twice over {k} classes, all of them right")
        for k in (2, 3, 10, 100)
    ]
    known += [Constant(expected.sigmoid_twice(1.0), "ln(1 + 1/e)", "sigmoid twice, of a positive that is right")]
    known += [*clipped(), *smallest()]
    known += [
        Constant(
            _keras(1, 1, np.float32),
            "−ln(1 − 1e-7) in float32",
            "Keras, where the true class is given 1: its least loss",
            "Keras",
        ),
        Constant(expected.surprise(1 / float(single.max)), "ln 3.4e38", "float32: e to a greater power is infinite"),
        Constant(expected.surprise(1 / float(half.max)), "ln 65504", "float16: e to a greater power is infinite"),
    ]
    return tuple(known)
