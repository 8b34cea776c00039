"""Checks of arguments. Every refusal names the argument, the rule and the offending value.

Arrays may have any shape, which stays as it is; a check raises ValueError for the first value that breaks its rule.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def _refuse(name: str, rule: str, values: NDArray[Any], allowed: NDArray[np.bool_]) -> None:
    """Raise ValueError for the first value that is not allowed."""
    if not allowed.all():
        value = float(values[~allowed].flat[0])
        short = f"{value:g}"  # exact where it is: 1.000000001 must not be called 1
        raise ValueError(f"{name} must {rule}; got {short if float(short) == value or value != value else repr(value)}.")


def probability(name: str, values: ArrayLike) -> FloatArray:
    """Return values as floats in [0, 1], with -0.0 turned into 0.0."""
    x = np.asarray(values, dtype=np.float64)
    _refuse(name, "lie in [0, 1]", x, (x >= 0) & (x <= 1))  # NaN compares false: outside too
    return x + 0.0


def weight(name: str, values: ArrayLike) -> FloatArray:
    """Return values as finite, non-negative floats."""
    x = np.asarray(values, dtype=np.float64)
    _refuse(name, "be finite and not negative", x, (x >= 0) & (x < np.inf))
    return x + 0.0


def finite(name: str, values: ArrayLike) -> FloatArray:
    """Return values as finite floats."""
    x = np.asarray(values, dtype=np.float64)
    _refuse(name, "be finite", x, np.isfinite(x))
    return x


def logit(name: str, values: ArrayLike) -> FloatArray:
    """Return values as floats that may be infinite, but not NaN."""
    x = np.asarray(values, dtype=np.float64)
    _refuse(name, "be a number", x, ~np.isnan(x))
    return x


def class_logits(name: str, values: ArrayLike) -> FloatArray:
    """Return logits, shape (..., classes), as floats below +inf, with at least one finite class at each position.

    -inf is allowed: it rules a class out.
    """
    x = with_classes(name, np.asarray(values, dtype=np.float64))
    with np.errstate(over="ignore", invalid="ignore"):
        unremarkable = np.isfinite(x.sum())  # then every value is finite; fast, as most arrays end here
    if not unremarkable:
        peak = x.max(axis=-1)  # shows NaN and +inf, and -inf where there is nothing else
        _refuse(name, "be a number below infinity", peak, peak < np.inf)
        _refuse(name, "hold a finite value for some class", peak, peak > -np.inf)
    return x


def within(name: str, value: float, low: float, high: float) -> None:
    """Raise ValueError unless a number lies in [low, high]."""
    _refuse(name, f"lie in [{low:g}, {high:g}]", np.asarray(value), np.asarray(low <= value <= high))


def with_classes(name: str, values: FloatArray) -> FloatArray:
    """Return values unchanged if they have a last axis with at least one class."""
    if values.ndim == 0 or values.shape[-1] == 0:
        raise ValueError(f"{name} must have a last axis of classes; got shape {values.shape}.")
    return values


def same_classes(name: str, values: FloatArray, other_name: str, other: FloatArray) -> None:
    """Raise ValueError unless both arrays have equally many classes on their last axis."""
    if values.shape[-1] != other.shape[-1]:
        raise ValueError(f"{name} must have as many classes as {other_name}, {other.shape[-1]}; got {values.shape[-1]}.")


def per_class(name: str, values: ArrayLike, classes: int) -> FloatArray:
    """Return values as finite, non-negative floats, shape (classes,)."""
    x = weight(name, values)
    if x.shape != (classes,):
        got = len(x) if x.ndim == 1 else f"shape {x.shape}"
        raise ValueError(f"{name} must hold one weight per class, {classes}; got {got}.")
    return x


def booleans(name: str, values: ArrayLike) -> NDArray[np.bool_]:
    """Return values as an array if they are booleans."""
    x = np.asarray(values)
    if x.dtype.kind != "b":
        raise ValueError(f"{name} must be booleans; got {x.dtype}.")
    return x


def whole(name: str, values: ArrayLike, rule: str = "be whole numbers") -> NDArray[Any]:
    """Return values as an array of whole numbers, of whatever type they are."""
    x = np.asarray(values)
    if x.dtype.kind not in "iuf":
        raise ValueError(f"{name} must {rule}; got {x.dtype}.")
    _refuse(name, rule, x, np.isfinite(x) & (x == np.floor(x)))
    return x


def class_index(name: str, values: ArrayLike, classes: int, base: int) -> IntArray:
    """Return whole numbers in [base, base + classes - 1] as indices that count from 0."""
    if base not in (0, 1):
        raise ValueError(f"base must be 0 or 1; got {base}.")
    x = whole(name, values)
    _refuse(name, f"lie in [{base}, {base + classes - 1}]", x, (x >= base) & (x < base + classes))
    return x.astype(np.int64) - base
