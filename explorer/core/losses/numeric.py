"""Numeric losses and their gradients, in nats, on arrays of any rank, never reduced.

Written by hand for stability and apart from the programs in `formulas`, so that each checks the other.
To add one: write the loss and its `..._gradient`, export both from the package, list its form in
`reduction.FORMS`, and its program in `formulas.LOSSES`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from explorer.core import checks, options, softmax
from explorer.core.checks import FloatArray, IntArray


def binary_cross_entropy(p: ArrayLike, t: ArrayLike) -> FloatArray:
    """Surprise, in nats, at target t after predicting probability p.

    Parameters
    ----------
    p : array, shape (...)
        Predicted probability, in [0, 1].
    t : array, broadcastable against p
        Target probability, in [0, 1].

    Returns
    -------
    array, shape (...)
        Loss per element, not averaged. inf where p rules out what t says happened.

    Raises
    ------
    ValueError
        If a value of p or t lies outside its interval or is NaN.

    Examples
    --------
    >>> round(float(binary_cross_entropy(0.2, 1)), 6)
    1.609438

    References
    ----------
    C. M. Bishop (2006), Pattern Recognition and Machine Learning, equation 4.90 (one term of its sum).
    """
    p, t = checks.probability("p", p), checks.probability("t", t)
    with np.errstate(divide="ignore", over="ignore"):
        return _weighted(t, -np.log(p)) + _weighted(1 - t, -np.log1p(-p)) + 0.0


def binary_cross_entropy_gradient(p: ArrayLike, t: ArrayLike) -> FloatArray:
    """d binary_cross_entropy / dp = (p - t) / (p (1 - p)), in nats per unit of probability.

    Shapes and errors as for `binary_cross_entropy`. At p = 0 and p = 1 the term of an impossible outcome counts as 0.
    """
    p, t = checks.probability("p", p), checks.probability("t", t)
    p, t = np.broadcast_arrays(p, t)
    inside = (p > 0) & (p < 1)
    q = np.where(inside, p, 0.5)
    with np.errstate(over="ignore"):
        return np.where(inside, (q - t) / q / (1 - q), _ratio(1 - t, 1 - p) - _ratio(t, p))[()]


def binary_cross_entropy_with_logits(z: ArrayLike, t: ArrayLike) -> FloatArray:
    """Return binary cross-entropy of p = sigmoid(z) in nats, exact where p itself rounds to 0 or 1.

    Parameters
    ----------
    z : array, shape (...)
        Logit, the log of the odds p / (1 - p); may be infinite.
    t : array, broadcastable against z
        Target probability, in [0, 1].

    Raises
    ------
    ValueError
        If z is NaN, or t lies outside [0, 1].

    Examples
    --------
    >>> float(binary_cross_entropy_with_logits(1e4, 0))
    10000.0
    """
    z, t = checks.logit("z", z), checks.probability("t", t)
    return _weighted(t, _softplus(-z)) + _weighted(1 - t, _softplus(z))


def binary_cross_entropy_with_logits_gradient(z: ArrayLike, t: ArrayLike) -> FloatArray:
    """d binary_cross_entropy_with_logits / dz = sigmoid(z) - t, in nats per unit of logit.

    Shapes and errors as for `binary_cross_entropy_with_logits`. Written as (1 - t) sigmoid(z) - t sigmoid(-z), which does not
    cancel when z agrees with t.
    """
    z, t = checks.logit("z", z), checks.probability("t", t)
    return (1 - t) * _sigmoid(z) - t * _sigmoid(-z)


def cross_entropy(
    p: ArrayLike, t: ArrayLike, *, label_smoothing: float = 0.0, class_weights: ArrayLike | None = None, gamma: float = 0.0
) -> FloatArray:
    """Cross-entropy -sum_k t_k ln p_k, in nats, over the last axis.

    With options: -sum_k w_k t'_k (1 - p_k)**gamma ln p_k, with class weights w and t' = (1 - s) t + s / classes for label
    smoothing s. As in Keras' CategoricalFocalCrossentropy, every class has its focal factor.

    Parameters
    ----------
    p : array, shape (..., classes)
        Predicted probabilities, each in [0, 1]. Their sum is not checked: the loss is computed as given.
    t : array, shape (..., classes)
        Target distribution, or any finite non-negative weights.
    label_smoothing : float
        In [0, 1]: the part of the target that is spread evenly over all classes.
    class_weights : array, shape (classes,), optional
        Finite and not negative; what each class counts.
    gamma : float
        Finite and not negative; above 0 it turns attention (the focal loss) to classes that are not yet probable.

    Returns
    -------
    array, shape (...)
        Loss per position, not averaged: `options.reduced` does that. inf where a class with t > 0 has p = 0.

    Raises
    ------
    ValueError
        If a value lies outside its interval or is NaN, or p and t differ in their number of classes.

    Examples
    --------
    >>> round(float(cross_entropy([0.1, 0.2, 0.7], [0.12, 0.3, 0.6])), 6)
    0.973147
    >>> round(float(cross_entropy([0.5, 0.5], [1, 0], class_weights=[4, 1], gamma=2)), 6)
    0.693147

    References
    ----------
    C. M. Bishop (2006), Pattern Recognition and Machine Learning, equation 4.108 (one term of its sum over examples).
    T.-Y. Lin et al. (2017), Focal Loss for Dense Object Detection, equation 4 (the focal factor).
    """
    p = _probabilities(p)
    t = _counts(t, "p", p, label_smoothing, class_weights)
    with np.errstate(divide="ignore", over="ignore"):
        loss = -np.log(p)
        if gamma != 0:
            loss = options.focal_factor(1 - p, gamma) * loss
        return np.asarray(_weighted(t, loss).sum(axis=-1) + 0.0)


def cross_entropy_gradient(
    p: ArrayLike, t: ArrayLike, *, label_smoothing: float = 0.0, class_weights: ArrayLike | None = None, gamma: float = 0.0
) -> FloatArray:
    """d cross_entropy / dp_k = -t_k / p_k, shape (..., classes), in nats per unit of probability. 0/0 counts as 0.

    With options, t_k is w_k t'_k times the focal slope.
    """
    p = _probabilities(p)
    t = _counts(t, "p", p, label_smoothing, class_weights)
    if gamma != 0:
        with np.errstate(divide="ignore", over="ignore"):
            t = options.focal_slope(p, 1 - p, -np.log(p), gamma) * t
    return -_ratio(t, p) + 0.0


def cross_entropy_with_logits(
    z: ArrayLike, t: ArrayLike, *, label_smoothing: float = 0.0, class_weights: ArrayLike | None = None, gamma: float = 0.0
) -> FloatArray:
    """Cross-entropy of p = softmax(z) over the last axis, in nats, without ever rounding p to 0 or 1.

    Parameters
    ----------
    z : array, shape (..., classes)
        Logits; -inf rules a class out.
    t : array, shape (..., classes)
        Target distribution, or any finite non-negative weights.
    label_smoothing, class_weights, gamma
        As for `cross_entropy`.

    Returns
    -------
    array, shape (...)

    Raises
    ------
    ValueError
        If z is NaN, +inf or -inf for every class; t is negative, infinite or NaN; or an option is refused.
    """
    logits, counts = _logits_and_counts(z, t, label_smoothing, class_weights)
    return softmax.evaluate(logits, softmax.distribution_loss(counts, gamma))[0]


def cross_entropy_with_logits_gradient(
    z: ArrayLike, t: ArrayLike, *, label_smoothing: float = 0.0, class_weights: ArrayLike | None = None, gamma: float = 0.0
) -> FloatArray:
    """d cross_entropy_with_logits / dz_k = p_k sum(t) - t_k, shape (..., classes), in nats per unit of logit.

    With options, t_k is w_k t'_k times the focal slope.
    """
    logits, counts = _logits_and_counts(z, t, label_smoothing, class_weights)
    return softmax.evaluate(logits, softmax.distribution_gradient(counts, gamma))[0]


def index_cross_entropy(
    p: ArrayLike,
    k: ArrayLike,
    *,
    base: int = 0,
    label_smoothing: float = 0.0,
    class_weights: ArrayLike | None = None,
    gamma: float = 0.0,
    ignore_index: int | None = None,
) -> FloatArray:
    """Cross-entropy -ln p_k at class k, in nats.

    Parameters
    ----------
    p : array, shape (..., classes)
        Predicted probabilities, each in [0, 1].
    k : array of whole numbers, shape (...)
        The class that happened, counted from `base`.
    base : 0 or 1
        The index of the first class.
    label_smoothing, class_weights, gamma
        As for `cross_entropy` with the one-hot target of k.
    ignore_index : whole number, optional
        Where k, as given, equals it, loss and gradient are 0. It may lie outside the classes, as PyTorch's -100 does.

    Returns
    -------
    array, shape (...)

    Raises
    ------
    ValueError
        If a probability or an index is out of range, or an option is refused.

    Examples
    --------
    >>> round(float(index_cross_entropy([0.7, 0.1, 0.2], 1, base=1)), 6)
    0.356675
    """
    p = _probabilities(p)
    if options.given(label_smoothing, class_weights, gamma, ignore_index):
        t = options.index_coefficients(k, p.shape[-1], base, label_smoothing, class_weights, ignore_index)
        return cross_entropy(p, t, gamma=gamma)
    p, k = _indexed(p, k, base)
    with np.errstate(divide="ignore", over="ignore"):
        return -np.log(_pick(p, k)) + 0.0


def index_cross_entropy_gradient(
    p: ArrayLike,
    k: ArrayLike,
    *,
    base: int = 0,
    label_smoothing: float = 0.0,
    class_weights: ArrayLike | None = None,
    gamma: float = 0.0,
    ignore_index: int | None = None,
) -> FloatArray:
    """d index_cross_entropy / dp, shape (..., classes): -1/p_k at class k, 0 elsewhere; options as in `index_cross_entropy`."""
    p = _probabilities(p)
    if options.given(label_smoothing, class_weights, gamma, ignore_index):
        t = options.index_coefficients(k, p.shape[-1], base, label_smoothing, class_weights, ignore_index)
        return cross_entropy_gradient(p, t, gamma=gamma)
    p, k = _indexed(p, k, base)
    gradient = np.zeros(p.shape)
    with np.errstate(divide="ignore", over="ignore"):
        np.put_along_axis(gradient, k[..., np.newaxis], -1 / _pick(p, k)[..., np.newaxis], axis=-1)
    return gradient


def index_cross_entropy_with_logits(
    z: ArrayLike,
    k: ArrayLike,
    *,
    base: int = 0,
    label_smoothing: float = 0.0,
    class_weights: ArrayLike | None = None,
    gamma: float = 0.0,
    ignore_index: int | None = None,
) -> FloatArray:
    """Cross-entropy at class k of p = softmax(z), in nats.

    z as for `cross_entropy_with_logits`; k, options and errors as for `index_cross_entropy`.
    """
    z = checks.class_logits("z", z)
    if options.given(label_smoothing, class_weights, gamma, ignore_index):
        t = options.index_coefficients(k, z.shape[-1], base, label_smoothing, class_weights, ignore_index)
        return cross_entropy_with_logits(z, t, gamma=gamma)
    logits, chosen = _indexed(z, k, base)
    return softmax.evaluate(logits, softmax.index_loss(chosen))[0]


def index_cross_entropy_with_logits_gradient(
    z: ArrayLike,
    k: ArrayLike,
    *,
    base: int = 0,
    label_smoothing: float = 0.0,
    class_weights: ArrayLike | None = None,
    gamma: float = 0.0,
    ignore_index: int | None = None,
) -> FloatArray:
    """d index_cross_entropy_with_logits / dz, shape (..., classes): softmax(z), less 1 at class k, where no option is given."""
    z = checks.class_logits("z", z)
    if options.given(label_smoothing, class_weights, gamma, ignore_index):
        t = options.index_coefficients(k, z.shape[-1], base, label_smoothing, class_weights, ignore_index)
        return cross_entropy_with_logits_gradient(z, t, gamma=gamma)
    logits, chosen = _indexed(z, k, base)
    return softmax.evaluate(logits, softmax.index_gradient(chosen))[0]


def index_cross_entropy_with_logits_and_gradient(z: ArrayLike, k: ArrayLike, *, base: int = 0) -> tuple[FloatArray, FloatArray]:
    """index_cross_entropy_with_logits and its gradient, from the same exponentials: faster than one after the other.

    z, k, base and errors as for `index_cross_entropy_with_logits`; shapes (...) and (..., classes).
    """
    logits, chosen = _indexed(checks.class_logits("z", z), k, base)
    loss, gradient = softmax.evaluate(logits, softmax.index_loss(chosen), softmax.index_gradient(chosen))
    return loss, gradient


def squared_error(y: ArrayLike, t: ArrayLike) -> FloatArray:
    """(y - t)**2 per element, in squared units of y.

    Parameters
    ----------
    y : array, shape (...)
        Prediction; finite.
    t : array, broadcastable against y
        Target; finite.

    Raises
    ------
    ValueError
        If y or t is infinite or NaN.
    """
    with np.errstate(over="ignore"):
        return np.square(checks.finite("y", y) - checks.finite("t", t))


def squared_error_gradient(y: ArrayLike, t: ArrayLike) -> FloatArray:
    """d squared_error / dy = 2 (y - t), in units of y. Shapes and errors as for `squared_error`."""
    with np.errstate(over="ignore"):
        return 2 * (checks.finite("y", y) - checks.finite("t", t))


def _weighted(w: FloatArray, values: FloatArray) -> FloatArray:
    """w * values, with 0 * inf = 0."""
    w, values = np.broadcast_arrays(w, values)
    with np.errstate(over="ignore"):
        return np.multiply(w, values, out=np.zeros(w.shape), where=w != 0)


def _ratio(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Numerator / denominator, with 0 / 0 = 0."""
    numerator, denominator = np.broadcast_arrays(numerator, denominator)
    with np.errstate(divide="ignore", over="ignore"):
        return np.divide(numerator, denominator, out=np.zeros(numerator.shape), where=numerator != 0)


def _softplus(z: FloatArray) -> FloatArray:
    """ln(1 + e^z)."""
    return np.asarray(np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z))))


def _sigmoid(z: FloatArray) -> FloatArray:
    """1 / (1 + e^-z); relative precision on both sides, as e^-|z| never overflows."""
    small = np.exp(-np.abs(z))
    return np.asarray(np.where(z < 0, small, 1.0) / (1 + small))


def _pick(values: FloatArray, k: IntArray) -> FloatArray:
    """values[..., k] for each position."""
    return np.take_along_axis(values, k[..., np.newaxis], axis=-1)[..., 0]


def _probabilities(p: ArrayLike) -> FloatArray:
    return checks.with_classes("p", checks.probability("p", p))


def _counts(
    t: ArrayLike, name: str, prediction: FloatArray, label_smoothing: float, class_weights: ArrayLike | None
) -> FloatArray:
    """What each class counts: a target with as many classes as the prediction of that name, and what options make of it."""
    target = checks.with_classes("t", checks.weight("t", t))
    checks.same_classes("t", target, name, prediction)
    return options.coefficients(target, label_smoothing, class_weights)


def _logits_and_counts(
    z: ArrayLike, t: ArrayLike, label_smoothing: float, class_weights: ArrayLike | None
) -> tuple[FloatArray, FloatArray]:
    """Logits, and what each class counts, broadcast to the same positions."""
    logits = checks.class_logits("z", z)
    counts = _counts(t, "z", logits, label_smoothing, class_weights)
    shape = np.broadcast_shapes(logits.shape, counts.shape)
    return np.broadcast_to(logits, shape), np.broadcast_to(counts, shape)


def _indexed(values: FloatArray, k: ArrayLike, base: int) -> tuple[FloatArray, IntArray]:
    """Class values and indices, broadcast to the same positions."""
    indices = checks.class_index("k", k, values.shape[-1], base)
    positions = np.broadcast_shapes(values.shape[:-1], indices.shape)
    return np.broadcast_to(values, (*positions, values.shape[-1])), np.broadcast_to(indices, positions)
