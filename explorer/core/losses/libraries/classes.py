"""What libraries compute for the losses of several classes: by probabilities p or logits z, at targets t or an index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.core.losses.libraries.spec import Convention, Told
from explorer.core.losses.libraries.tape import Number, clip, exp, jax_quotient, largest, log, log_softmax, maximum, take, total

Vector = Sequence[Number]
_F = "torch.nn.functional"
_AS_OURS = "As defined here."
_INDEX = "Takes a class's index."
SMOOTHING = 0.1
"""How much labels are smoothed where a loss has no such input."""


def index_of(t: Vector) -> int | None:
    """Return the class of a one-hot target; None of any other."""
    values = [float(t_k) for t_k in t]
    return values.index(1.0) if 1.0 in values and sum(values) == 1 else None


def _dot(t: Vector, x: Vector) -> Number:
    return total([t_k * x_k for t_k, x_k in zip(t, x, strict=True)])


# --- By probabilities ---


def _keras_shares(p: Vector) -> list[Number]:
    """P divided by its sum and clipped to [1e-7, 1 - 1e-7]."""
    whole = total(p)
    return [clip(p_k / whole, 1e-7, 1 - 1e-7) for p_k in p]


def keras_cross_entropy(p: Vector, t: Vector) -> Number:
    """-sum_k t_k ln of those shares."""
    return -_dot(t, [log(q) for q in _keras_shares(p)])


def keras_focal(p: Vector, t: Vector, gamma: float = 2.0) -> Number:
    """Each class has its own factor (1 - p_k)^gamma, of a smoothed target too."""
    return total([(1.0 - q) ** gamma * (-t_k * log(q)) for q, t_k in zip(_keras_shares(p), t, strict=True)])


def torch_nll(p: Vector, t: Vector) -> Number | None:
    """-ln p at an index, which is not clipped."""
    index = index_of(t)
    return None if index is None else -take([log(p_k) for p_k in p], index)


def scikit_learn_log_loss(p: Vector, t: Vector) -> Told | None:
    """Clip p to [eps, 1 - eps], eps the dtype's spacing at 1; of an index only."""
    index = index_of(t)
    epsilon = float(np.finfo(type(p[0].value)).eps)
    return None if index is None else Told(-log(clip(p[index], epsilon, 1 - epsilon)))


# --- By logits ---


def cross_entropy(z: Vector, t: Vector) -> Number:
    """-sum_k t_k ln softmax(z)_k, every class taking part."""
    return -_dot(t, log_softmax(z))


def _smoothed(z: Vector, t: Vector, epsilon: Number | float = SMOOTHING) -> Number:
    return cross_entropy(z, [t_k * (1.0 - epsilon) + epsilon * (1 / len(t)) for t_k in t])


def fairseq_smoothed(z: Vector, t: Vector) -> Number | None:
    """The target's class keeps 1 - SMOOTHING, and the others share the rest."""
    index, share = index_of(t), SMOOTHING / max(len(t) - 1, 1)
    logarithms = log_softmax(z)
    return None if index is None else -((1 - SMOOTHING - share) * logarithms[index] + share * total(logarithms))


def _multinomial(z: Vector, t: Vector) -> Number | None:
    return None if index_of(t) is None else cross_entropy(z, t)


def _boosted(z: Vector, t: Vector, factor: float) -> Told | None:
    if index_of(t) is None:
        return None
    p = [exp(x) for x in log_softmax(z)]
    return Told(slope=[p_k - t_k for p_k, t_k in zip(p, t, strict=True)], hessian=factor * (p[0] * (1.0 - p[0])))


def _xgboost_softprob(z: Vector, t: Vector) -> Told | None:
    told = _boosted(z, t, 2.0)
    return told and Told(slope=told.slope, hessian=max(float(told.hessian), 1e-16))


def _lightgbm_multiclass(z: Vector, t: Vector) -> Told | None:
    return _boosted(z, t, len(z) / max(len(z) - 1, 1))


def _weighed(z: Vector, t: Vector, w: Vector | None = None) -> Number:
    logarithms = log_softmax(z)
    return -_dot(t, [w_k * x for w_k, x in zip(w, logarithms, strict=True)] if w else logarithms)


# --- Divergence and margins ---


def _own(t_k: Number) -> Number:
    return t_k * log(t_k) if float(t_k) else 0.0 * t_k


def _torch_divergence(p: Vector, t: Vector) -> Number:
    return total([_own(t_k) - t_k * log(p_k) for p_k, t_k in zip(p, t, strict=True)])


def _optax_divergence(p: Vector, t: Vector) -> Number:
    return total([t_k * ((log(t_k) if float(t_k) else t_k) - log(p_k)) for p_k, t_k in zip(p, t, strict=True)])


def _keras_divergence(p: Vector, t: Vector) -> Number:
    pairs = [(clip(p_k, 1e-7, 1), clip(t_k, 1e-7, 1)) for p_k, t_k in zip(p, t, strict=True)]
    return total([t_k * log(jax_quotient(t_k, p_k)) for p_k, t_k in pairs])


def _multi_margin(z: Vector, t: Number) -> Number:
    own = z[int(float(t))]
    short = [maximum(1.0 - own + z_k, 0.0, of_x=0.0) for z_k in z if z_k is not own]
    return total(short) / len(z) if short else 0.0 * own


def _optax_hinge(z: Vector, t: Number) -> Number:
    own = z[int(float(t))]
    return largest([z_k + 1.0 - float(z_k is own) for z_k in z]) - own


def _keras_hinge(z: Vector, t: Number) -> Number:
    own = z[int(float(t))]
    return maximum(largest([float(z_k is not own) * z_k for z_k in z]) - own + 1.0, 0.0)


_DIVERGENCE = f"{_F}.kl_div(torch.log(p)[None], t[None], reduction="

CLASSES: Mapping[str, tuple[Convention, ...]] = {
    "cross_entropy": (
        Convention(
            "keras.losses.categorical_crossentropy(t, p)", "Divides p by its sum, then clips it to [1e−7, 1 − 1e−7].",
            keras_cross_entropy,
        ),
        Convention(
            f"{_F}.nll_loss(torch.log(p)[None], torch.argmax(t)[None])",
            "Takes ln p and a class's index; clips nothing.",
            torch_nll,
        ),
        Convention(
            "sklearn.metrics.log_loss([int(numpy.argmax(t))], [p], labels=[0, 1, 2])",
            "Clips p to [ε, 1 − ε] with the dtype's ε; takes a class's index.",
            scikit_learn_log_loss,
        ),
        Convention(
            "keras.losses.categorical_focal_crossentropy(t, p, alpha=1.0, gamma=gamma)",
            "With γ = 2: of a smoothed target each class keeps its own factor (1 − p)².",
            keras_focal,
        ),
    ),
    "cross_entropy_with_logits": (
        Convention(f"{_F}.cross_entropy(z[None], t[None])", _AS_OURS, cross_entropy),
        Convention("optax.losses.softmax_cross_entropy(z, t)", _AS_OURS, cross_entropy),
        Convention("keras.losses.categorical_crossentropy(t, z, from_logits=True)", _AS_OURS, cross_entropy),
        Convention("sklearn._loss.HalfMultinomialLoss(n_classes=3)", _INDEX, _multinomial),
        Convention(
            "xgboost.multi:softprob(num_class=3)", "Takes an index, and for the hessian 2 p (1 − p): twice the loss's.",
            _xgboost_softprob,
        ),
        Convention(
            "lightgbm.multiclass(num_class=3)", "Takes an index, and for the hessian K/(K − 1) p (1 − p).", _lightgbm_multiclass
        ),
        Convention(
            f"{_F}.cross_entropy(z[None], t[None], label_smoothing=epsilon)",
            "Smoothed by ε = 0.1, which it shares among all K classes.",
            _smoothed, "cross_entropy, label_smoothing",
        ),
        Convention(
            "optax.losses.softmax_cross_entropy(z, optax.losses.smooth_labels(t, epsilon))",
            "Smoothed by ε = 0.1, which it calls alpha and shares among all K classes.",
            _smoothed, "smooth_labels, softmax_cross_entropy",
        ),
        Convention(
            "keras.losses.categorical_crossentropy(t, z, from_logits=True, label_smoothing=epsilon)",
            "Smoothed by ε = 0.1, which it shares among all K classes.",
            _smoothed, "categorical_crossentropy, label_smoothing",
        ),
        Convention(
            "fairseq.criterions.label_smoothed_cross_entropy.label_smoothed_nll_loss(lprobs, target, epsilon)",
            "Smoothed by ε = 0.1, shared by the other K − 1 classes: by its source, not measured.",
            fairseq_smoothed,
        ),
        Convention(
            f"{_F}.cross_entropy(z[None], t[None], weight=w, reduction='sum')",
            "With class weights, all 1 here: of indices its mean divides by them.",
            _weighed, "cross_entropy, weight",
        ),
    ),
    "kullback_leibler": (
        Convention(
            f"{_DIVERGENCE}'mean')", "Takes ln p first, then t; its mean is that of the K entries: 1/K of it.",
            lambda p, t: _torch_divergence(p, t) / len(p), "kl_div, mean",
        ),
        Convention(
            f"{_DIVERGENCE}'batchmean')", "Takes ln p first, then t; divides by the number of examples.", _torch_divergence,
            "kl_div, batchmean",
        ),
        Convention("keras.losses.kl_divergence(t, p)", "Takes t first; clips both to [1e−7, 1].", _keras_divergence),
        Convention(
            "optax.losses.kl_divergence(jax.numpy.log(p), t)", "Takes ln p first, then t; p = 0 at t = 0 gives NaN.",
            _optax_divergence,
        ),
    ),
    "multiclass_hinge": (
        Convention(
            f"{_F}.multi_margin_loss(z[None], t[None].long())",
            "Another loss: the hinges of all wrong classes added up, over K.",
            _multi_margin,
        ),
        Convention("optax.losses.multiclass_hinge_loss(z, t.astype('int32'))", _INDEX, _optax_hinge),
        Convention(
            "keras.losses.categorical_hinge(jax.nn.one_hot(t, 3), z)",
            "Takes a one-hot target; the best wrong score counts as at least 0.",
            _keras_hinge,
        ),
    ),
}  # fmt: skip
"""Loss -> its conventions."""
