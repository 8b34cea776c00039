"""What libraries compute for the losses of two classes: by a probability p, a logit z or a score y."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from explorer.core.losses.libraries.spec import Convention, Told
from explorer.core.losses.libraries.tape import (
    Number,
    absolute,
    clip,
    exp,
    log,
    log1p,
    log_softmax,
    maximum,
    sigmoid,
    single,
    softplus,
    total,
)

_F = "torch.nn.functional"
_AS_OURS = "As defined here."
_SINGLE = "Takes its mean in float32, whatever the dtype."
_STEP = "Boosts by p − t with the hessian p (1 − p)."
_LEAST = float(np.finfo(np.float32).tiny)


def is_label(t: Number) -> bool:
    """Whether a target is 0 or 1."""
    return float(t) in (0.0, 1.0)


# --- Cross-entropy of a probability ---


def torch_bce(p: Number, t: Number) -> Told:
    """No logarithm below -100, and a gradient that is divided by at least 1e-12, a float32 in either dtype."""
    floor = float(np.float32(1e-12))
    loss = (t - 1.0) * maximum(log1p(-p), -100.0) - t * maximum(log(p), -100.0)
    return Told(loss, (p - t) / maximum((1.0 - p) * p, floor))


def keras_bce(p: Number, t: Number) -> Number:
    """Clip p to [1e-7, 1 - 1e-7], then the plain formula: the slope is 0 where it clips."""
    q = clip(p, 1e-7, 1 - 1e-7) if float(p.like(1e-7)) else p
    return -(t * log(q) + (1.0 - t) * log(1.0 - q))


def scikit_learn_log_loss(p: Number, t: Number) -> Told | None:
    """Clip p to [eps, 1 - eps], eps the dtype's spacing at 1; of labels only."""
    if not is_label(t):
        return None
    epsilon = float(np.finfo(type(p.value)).eps)
    return Told(-log(clip(p if float(t) == 1 else 1.0 - p, epsilon, 1 - epsilon)))


# --- Cross-entropy of a logit ---


def _torch_logits(z: Number, t: Number, w: Number | float = 1.0) -> Number:
    return (1.0 - t) * z + ((w - 1.0) * t + 1.0) * softplus(-z)


def logits(z: Number, t: Number) -> Number:
    """-t log_sigmoid(z) - (1 - t) log_sigmoid(-z), as Keras and optax have it."""
    return t * softplus(-z) + (1.0 - t) * softplus(z)


def _soft_margin(z: Number, t: Number) -> Number | None:
    return log1p(exp(-(2.0 * t - 1.0) * z)) if is_label(t) else None


def _boosted(z: Number, t: Number, w: Number | float = 1.0) -> Told:
    p, weight = sigmoid(z), w if float(t) == 1 else 1.0
    return Told(slope=weight * (p - t), hessian=max(float(weight * (p * (1.0 - p))), 1e-16 * float(weight)))


def _lightgbm_binary(z: Number, t: Number, w: Number | float = 1.0) -> Told | None:
    if not is_label(t):
        return None
    weight, label = (w if float(t) == 1 else 1.0), 2.0 * t - 1.0
    response = -label / (1.0 + exp(label * z))
    return Told(slope=weight * response, hessian=weight * (absolute(response) * (1.0 - absolute(response))))


def _lightgbm_cross_entropy(z: Number, t: Number) -> Told:
    p = sigmoid(z)
    return Told(slope=p - t, hessian=p * (1.0 - p))


def _smoothed(z: Number, t: Number, epsilon: Number) -> Number:
    return logits(z, t * (1.0 - epsilon) + 0.5 * epsilon)


# --- Focal loss ---


def torchvision_focal(z: Number, t: Number, alpha: Number | float, gamma: Number) -> Number:
    """One factor (1 - p_t)^gamma for both outcomes of a soft target; an alpha below 0 weighs nothing."""
    p = sigmoid(z)
    loss = _torch_logits(z, t) * (1.0 - (p * t + (1.0 - p) * (1.0 - t))) ** gamma
    return loss if float(alpha) < 0 else (alpha * t + (1.0 - alpha) * (1.0 - t)) * loss


def _optax_focal(z: Number, t: Number, alpha: Number, gamma: Number) -> Number:
    """As a soft target has it, ln(1 - p_t) is ln((1 - t) p + t (1 - p)), by a log-sum-exp of weighted terms."""
    terms = [(share, x) for share, x in ((1.0 - t, -softplus(-z)), (t, -softplus(z))) if float(share)]
    peak = max(float(x) for _, x in terms)
    missed = log(total([share * exp(x - peak) for share, x in terms])) + peak
    return (alpha * t + (1.0 - alpha) * (1.0 - t)) * (logits(z, t) * exp(gamma * missed))


def _keras_focal(z: Number, t: Number, gamma: Number) -> Number:
    p = sigmoid(z)
    hit = t * p + (1.0 - t) * (1.0 - p)
    return (1.0 - hit) ** gamma * keras_bce(p, t)


def _balanced_keras_focal(z: Number, t: Number, alpha: Number, gamma: Number) -> Number:
    return single((t * alpha + (1.0 - t) * (1.0 - alpha)) * _keras_focal(z, t, gamma))


# --- Margins ---


def _scikit_learn_hinge(y: Number, t: Number) -> Number:
    return 1.0 - y * t if float(y * t) <= 1 else 0.0 * y


def _xgboost_hinge(y: Number, t: Number) -> Told:
    wrong = float(y * t) < 1
    return Told(slope=-t if wrong else 0.0, hessian=1.0 if wrong else _LEAST)


def _modified_huber(y: Number, t: Number) -> Number:
    margin = y * t
    if float(margin) >= 1:
        return 0.0 * y
    return (1.0 - margin) * (1.0 - margin) if float(margin) >= -1 else -4.0 * margin


def _generalized(p: Number, t: Number, q: Number) -> Number | None:
    if not is_label(t):
        return None
    own = (1.0 - t) * (1.0 - p) + t * p
    return (1.0 - own**q) / q


def _poly1(z: Number, t: Number, epsilon: Number) -> Number:
    """By a softmax over the logits 0 and z."""
    logarithms = log_softmax([z.like(0), z])
    missed = (1.0 - t) * (1.0 - exp(logarithms[0])) + t * (1.0 - exp(logarithms[1]))
    return -((1.0 - t) * logarithms[0] + t * logarithms[1]) + epsilon * missed


_FOCAL = "keras.losses.binary_focal_crossentropy(t[None], z[None], "

BINARY: Mapping[str, tuple[Convention, ...]] = {
    "binary_cross_entropy": (
        Convention(
            f"{_F}.binary_cross_entropy(p, t, reduction='none')",
            "Takes no ln below −100, and divides the gradient by at least 1e−12.",
            torch_bce,
        ),
        Convention(
            "keras.losses.binary_crossentropy(t[None], p[None])",
            "Clips p to [1e−7, 1 − 1e−7]: at most 16.118, and no slope where it clips; takes its mean in float32.",
            lambda p, t: single(keras_bce(p, t)),
        ),
        Convention(
            "optax.losses.sigmoid_binary_cross_entropy(jax.numpy.log(p) - jax.numpy.log1p(-p), t)",
            "Takes a logit, here ln p − ln(1 − p), which is NaN or infinite where p is 0 or 1.",
            lambda p, t: logits(log(p) - log1p(-p), t),
        ),
        Convention(
            "sklearn.metrics.log_loss([int(t)], [p], labels=[0, 1])",
            "Clips p to [ε, 1 − ε] with the dtype's ε; takes labels 0 or 1 only, and gives no gradient.",
            scikit_learn_log_loss,
        ),
    ),
    "binary_cross_entropy_with_logits": (
        Convention(f"{_F}.binary_cross_entropy_with_logits(z, t, reduction='none')", _AS_OURS, _torch_logits),
        Convention(
            f"{_F}.soft_margin_loss(z, 2 * t - 1, reduction='none')",
            "Takes labels −1 and 1 for 0 and 1; overflows for a large wrong logit, and then its slope is NaN.",
            _soft_margin,
        ),
        Convention("optax.losses.sigmoid_binary_cross_entropy(z, t)", _AS_OURS, logits),
        Convention(
            "keras.losses.binary_crossentropy(t[None], z[None], from_logits=True)", _SINGLE,
            lambda z, t: single(logits(z, t)),
        ),
        Convention(
            "sklearn._loss.HalfBinomialLoss()", "Half the deviance, which is all of it.", lambda z, t: softplus(z) - t * z
        ),
        Convention("xgboost.binary:logistic()", _STEP, _boosted),
        Convention("lightgbm.binary()", f"{_STEP[:-1]}, of labels 0 or 1 only.", _lightgbm_binary),
        Convention("lightgbm.cross_entropy()", f"{_STEP[:-1]}, of any target in [0, 1].", _lightgbm_cross_entropy),
    ),
    "weighted_binary_cross_entropy": (
        Convention(
            f"{_F}.binary_cross_entropy_with_logits(z, t, pos_weight=w, reduction='none')",
            "Calls w pos_weight; of a soft target it weighs the share t.",
            _torch_logits,
        ),
        Convention(
            "xgboost.binary:logistic(scale_pos_weight=w)", "Calls w scale_pos_weight, and weighs only where t is exactly 1.",
            _boosted,
        ),
        Convention(
            "lightgbm.binary(scale_pos_weight=w)", "Calls w scale_pos_weight, and takes labels 0 or 1 only.", _lightgbm_binary
        ),
    ),
    "smoothed_binary_cross_entropy": (
        Convention(
            "keras.losses.binary_crossentropy(t[None], z[None], from_logits=True, label_smoothing=epsilon)",
            "Calls ε label_smoothing; takes its mean in float32.",
            lambda *at: single(_smoothed(*at)),
        ),
        Convention(
            "optax.losses.sigmoid_binary_cross_entropy(z, optax.losses.smooth_labels(jax.numpy.stack([1 - t, t]), epsilon)[1])",
            "Its smooth_labels shares ε among the 2 classes.",
            _smoothed,
            "smooth_labels, sigmoid_binary_cross_entropy",
        ),
    ),
    "focal": (
        Convention(
            "torchvision.ops.sigmoid_focal_loss(z, t, alpha=alpha, gamma=gamma)",
            "Weighs by α = 0.25 unless told otherwise; one below 0 weighs nothing.",
            torchvision_focal,
        ),
        Convention(
            "optax.losses.sigmoid_focal_loss(z, t, alpha=alpha, gamma=gamma)", "Weighs nothing unless α is given.", _optax_focal
        ),
        Convention(
            f"{_FOCAL}apply_class_balancing=True, alpha=alpha, gamma=gamma, from_logits=True)",
            "Clips the probability to [1e−7, 1 − 1e−7]; takes its mean in float32.",
            _balanced_keras_focal,
            "binary_focal_crossentropy, balanced",
        ),
        Convention(
            f"{_FOCAL}gamma=gamma, from_logits=True)",
            "Weighs nothing, though α is 0.25, unless apply_class_balancing is set: 1/α of it, or 1/(1 − α).",
            lambda z, t, alpha, gamma: single(_keras_focal(z, t, gamma)),
        ),
    ),
    "hinge": (
        Convention(
            "keras.losses.hinge(t[None], y[None])", "Takes labels 0 and 1 for −1 and 1 too; at the kink half the slope.",
            lambda y, t: single(maximum(1.0 - t * y, 0.0)),
        ),
        Convention(
            "optax.losses.hinge_loss(y, t)", "Takes labels −1 and 1; at the kink half the slope.",
            lambda y, t: maximum(1.0 - y * t, 0.0),
        ),
        Convention(
            "sklearn.linear_model._sgd_fast.Hinge()", "At the kink the whole slope.", _scikit_learn_hinge, "SGDClassifier hinge"
        ),
        Convention("xgboost.binary:hinge()", "Takes labels 0 and 1 for −1 and 1; boosts with the hessian 1.", _xgboost_hinge),
    ),
    "squared_hinge": (
        Convention(
            "keras.losses.squared_hinge(t[None], y[None])", "Takes labels 0 and 1 for −1 and 1 too.",
            lambda y, t: single(maximum(1.0 - t * y, 0.0) ** 2),
        ),
        Convention(
            "sklearn.linear_model._sgd_fast.SquaredHinge()", _AS_OURS, lambda y, t: maximum(1.0 - y * t, 0.0) ** 2,
            "SGDClassifier squared_hinge",
        ),
    ),
    "modified_huber": (
        Convention(
            "sklearn.linear_model._sgd_fast.ModifiedHuber()", _AS_OURS, _modified_huber, "SGDClassifier modified_huber"
        ),
    ),
    "exponential": (
        Convention(
            "sklearn._loss.ExponentialLoss()", "Takes labels 0 and 1 for −1 and 1.", lambda y, t: exp(-t * y)
        ),
    ),
    "brier": (
        Convention(
            "sklearn.metrics.brier_score_loss([t, 1 - t], [p, 1 - p], scale_by_half=True)",
            "Takes labels 0 or 1 only; of more than 2 classes twice it, unless scale_by_half is set.",
            lambda p, t: Told((p - t) ** 2) if is_label(t) else None,
        ),
    ),
    "generalized_cross_entropy": (
        Convention(
            "keras.losses.categorical_generalized_cross_entropy(t[None], jax.numpy.stack([1 - p, p])[None], q)[0]",
            "Takes an index, and the probability of every class.",
            _generalized,
        ),
    ),
    "poly1": (
        Convention(
            "optax.losses.poly_loss_cross_entropy(jax.numpy.stack([0 * z, z]), jax.numpy.stack([1 - t, t]), epsilon=epsilon)",
            "Takes the logits and targets of every class: 0 and z here.",
            _poly1,
        ),
    ),
}  # fmt: skip
"""Loss -> its conventions."""
