"""The options of losses over classes (smoothing, weights, focal, ignored index), and reductions to one number.

Label smoothing, class weights and an ignored index only change what each class counts: `coefficients` turns them into one
array, and a loss takes it as its target. The focal factor depends on the prediction: the losses apply it.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from explorer.core import checks
from explorer.core.checks import FloatArray

Reduction = Literal["none", "sum", "mean", "weighted mean"]


def given(label_smoothing: float, class_weights: ArrayLike | None, gamma: float, ignore_index: int | None) -> bool:
    """Whether any option differs from its default."""
    return label_smoothing != 0 or class_weights is not None or gamma != 0 or ignore_index is not None


def coefficients(t: FloatArray, label_smoothing: float, class_weights: ArrayLike | None) -> FloatArray:
    """Return what -ln p counts for each class: w ((1 - s) t + s / classes), for smoothing s and class weights w.

    Parameters
    ----------
    t : array, shape (..., classes)
        Target distribution, or any weights.
    label_smoothing : float
        In [0, 1]: the part of the target that is spread evenly over all classes, whatever t sums to.
    class_weights : array, shape (classes,), optional
        Finite and not negative. They apply after smoothing.

    Returns
    -------
    array, shape (..., classes)

    Raises
    ------
    ValueError
        If an option lies outside its interval, or there is not one weight per class.

    References
    ----------
    C. Szegedy et al. (2016), Rethinking the Inception Architecture for Computer Vision, section 7.
    """
    if label_smoothing != 0:
        smoothing = float(checks.probability("label_smoothing", label_smoothing))
        t = (1 - smoothing) * t + smoothing / t.shape[-1]
    if class_weights is not None:
        t = checks.per_class("class_weights", class_weights, t.shape[-1]) * t
    return t


def index_coefficients(
    k: ArrayLike, classes: int, base: int, label_smoothing: float, class_weights: ArrayLike | None, ignore_index: int | None
) -> FloatArray:
    """Return the `coefficients` of class k as a one-hot target, shape (..., classes): all 0 where k is ignore_index.

    Raises
    ------
    ValueError
        If ignore_index is not a whole number, another index is out of range, or `coefficients` refuses an option.
    """
    k = checks.whole("k", k)
    counted = np.ones(k.shape, dtype=bool)
    if ignore_index is not None:
        counted = np.asarray(k != int(checks.whole("ignore_index", ignore_index, "be a whole number")))
    indices = checks.class_index("k", np.where(counted, k, base), classes, base)
    one_hot = (indices[..., np.newaxis] == np.arange(classes)).astype(np.float64)
    return np.where(counted[..., np.newaxis], coefficients(one_hot, label_smoothing, class_weights), 0.0)


def focal_factor(q: FloatArray, gamma: float) -> FloatArray:
    """q**gamma with q = 1 - p, of any shape: the part of its loss that a class keeps, less the more probable it already is.

    Raises
    ------
    ValueError
        If gamma is negative, infinite or NaN.

    References
    ----------
    T.-Y. Lin et al. (2017), Focal Loss for Dense Object Detection, equation 4.
    """
    return np.asarray(q ** float(checks.weight("gamma", gamma)))


def focal_slope(p: FloatArray, q: FloatArray, surprise: FloatArray, gamma: float) -> FloatArray:
    """-p d(q**gamma surprise)/dp, with q = 1 - p and surprise = -ln p, of one shape: 1 for gamma = 0.

    Each of the three is given, as where p rounds to 1 or 0 the others may still be exact.
    """
    with np.errstate(invalid="ignore"):
        odds_times_surprise = surprise * p / q
    defined = ~np.isnan(odds_times_surprise)  # 0 * inf at p = 0; 0 / 0 at p = 1, where its limit 1 would be multiplied by 0
    return focal_factor(q, gamma) * (1 + gamma * np.where(defined, odds_times_surprise, 0.0))


def reduced(
    losses: ArrayLike,
    reduction: Reduction = "mean",
    *,
    weights: ArrayLike | None = None,
    counted: ArrayLike | None = None,
) -> FloatArray:
    """Losses put together: none, their sum, or one of two means that agree only where all weights are 1.

    PyTorch's "mean" with class weights and class indices is the "weighted mean" here; without class weights, or with
    distributions as targets, it is the "mean". Keras' "sum_over_batch_size" is the "mean", weighted or not.

    Parameters
    ----------
    losses : array, shape (...)
        Loss per position, already multiplied by its weight, as `class_weights` does.
    reduction : "none", "sum", "mean" or "weighted mean"
        "mean" divides the sum by the number of positions counted, "weighted mean" by the sum of their weights.
    weights : array, broadcastable to losses, optional
        The weight of each position, for the weighted mean: the class weight of its target. Default 1.
    counted : array of booleans, broadcastable to losses, optional
        Which positions are not ignored. Default all.

    Returns
    -------
    array, shape (...) for "none", with 0 where a position is ignored; else shape ()
        A mean over nothing is NaN, a sum over nothing 0.

    Raises
    ------
    ValueError
        If the reduction is unknown, a weight is negative, infinite or NaN, or counted does not hold booleans.

    Examples
    --------
    >>> float(reduced([1.0, 6.0], "mean")), float(reduced([1.0, 6.0], "weighted mean", weights=[1, 3]))
    (3.5, 1.75)
    """
    if reduction not in get_args(Reduction):
        raise ValueError(f"reduction must be one of {', '.join(get_args(Reduction))}; got {reduction}.")
    losses = np.asarray(losses, dtype=np.float64)
    kept = np.broadcast_to(True if counted is None else checks.booleans("counted", counted), losses.shape)
    losses = np.where(kept, losses, 0.0)
    if reduction == "none":
        return losses
    if reduction == "sum":
        return np.asarray(losses.sum())
    share = 1.0 if reduction == "mean" or weights is None else checks.weight("weights", weights)
    shares = np.where(kept, np.broadcast_to(share, losses.shape), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(losses.sum() / shares.sum())
