"""Losses of one class among several: by probabilities p1 ... or logits z1 ..., at targets t1 ... or a class's index t.

Each is a function of the number of classes that returns the Loss for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Add, Expr, Integer, KroneckerDelta, Max, Piecewise, Symbol, exp, log, symbols

from explorer.core import formulas
from explorer.core.domains import Class, Domain, Input, Logit, NonNegative, Positive, Probability, Simplex, vector
from explorer.core.functions import chained, entropy_gap, logsumexp, maximum, power_surprise, relu, same, xlogy, xmuly
from explorer.core.losses import numeric
from explorer.core.losses.spec import Loss
from explorer.core.program import Program

Entries = tuple[Expr, ...]
CLASSES = 3

_BISHOP = "C. M. Bishop (2006), Pattern Recognition and Machine Learning, equation 4.108."


def cross_entropy(classes: int = CLASSES, *, smoothing: bool = False, weights: bool = False, focal: bool = False) -> Loss:
    """Return the cross-entropy of probabilities; each option adds its inputs, as `formulas.cross_entropy` has them."""
    on = (smoothing, weights, focal)
    return Loss(
        "cross_entropy", "Cross-entropy", "classes", (*_p(classes), *_t(classes), *_options(classes, *on)), "p1",
        lambda *given: formulas.cross_entropy(classes, smoothing=smoothing, weights=weights, focal=focal),
        lambda p, t, *rest: _plain_cross_entropy(p, t, rest, *on),
        about="Surprise at the target, in nats: the logarithm of what was thought probable, its sign turned.",
        aliases=("CCE", "categorical cross-entropy", "NLLLoss", "log loss", "negative log-likelihood"),
        references=(_BISHOP,), unit="nats", variant=cross_entropy,
        numeric=None if any(on) else numeric.cross_entropy,
        numeric_gradient=None if any(on) else numeric.cross_entropy_gradient,
    )  # fmt: skip


def cross_entropy_with_logits(
    classes: int = CLASSES, *, smoothing: bool = False, weights: bool = False, focal: bool = False
) -> Loss:
    """Return the cross-entropy of logits, with the options of `cross_entropy`."""
    on = (smoothing, weights, focal)
    return Loss(
        "cross_entropy_with_logits", "Cross-entropy with logits", "classes",
        (*_z(classes), *_t(classes), *_options(classes, *on)), "z1",
        lambda z, *rest: _sharp(
            formulas.cross_entropy_with_logits(classes, smoothing=smoothing, weights=weights, focal=focal), z
        ),
        lambda z, t, *rest: _plain_cross_entropy(_softmax(z), t, rest, *on),
        about="Surprise at the target, in nats, by logits: softmax and cross-entropy in one, so that no probability is 0.",
        aliases=("CrossEntropyLoss", "softmax loss", "softmax cross-entropy", "multinomial logistic loss"),
        references=(_BISHOP,), unit="nats", variant=cross_entropy_with_logits,
        numeric=None if any(on) else numeric.cross_entropy_with_logits,
        numeric_gradient=None if any(on) else numeric.cross_entropy_with_logits_gradient,
    )  # fmt: skip


def generalized_cross_entropy_of_classes(classes: int = CLASSES) -> Loss:
    """Return the generalized cross-entropy of so many classes."""
    power = Input("q", Domain(0.0, 1.0, (0.01, 1.0), open_high=False), 0.7, "parameter", "Power q")
    return Loss(
        "generalized_cross_entropy_of_classes", "Generalized cross-entropy of classes", "classes",
        (*_p(classes), *_t(classes), power), "p1",
        lambda p, t, q: Add(*(power_surprise(t_k, p_k, q) for p_k, t_k in zip(p, t, strict=True))),
        lambda p, t, q: Add(*(t_k * (1 - p_k**q) / q for p_k, t_k in zip(p, t, strict=True))),
        about="Between cross-entropy (q towards 0) and absolute error (q = 1): a wrong label counts less, the larger q.",
        aliases=("GCE", "Lq loss", "noisy labels loss", "noise-robust loss"),
        references=("Z. Zhang and M. R. Sabuncu (2018), Generalized Cross Entropy Loss for Training with Noisy Labels.",),
        variant=generalized_cross_entropy_of_classes,
    )  # fmt: skip


def symmetric_cross_entropy(classes: int = CLASSES) -> Loss:
    """Return the symmetric cross-entropy of so many classes."""
    options = (
        Input("alpha", Positive(), 0.1, "parameter", "Weight of cross-entropy α"),
        Input("beta", Positive(), 1.0, "parameter", "Weight of reverse cross-entropy β"),
        Input("A", Domain(-100.0, 0.0, (-8.0, 0.0), 0.01, False, False), -6.0, "parameter", "What ln 0 counts as, A"),
    )
    return Loss(
        "symmetric_cross_entropy", "Symmetric cross-entropy", "classes", (*_p(classes), *_t(classes), *options), "p1",
        _symmetric, _plain_symmetric,
        about="Cross-entropy and its reverse, in which the target's ln 0 counts as A, so that noise in labels counts less.",
        aliases=("SCE", "reverse cross-entropy", "symmetric learning", "noisy labels loss"),
        references=("Y. Wang et al. (2019), Symmetric Cross Entropy for Robust Learning with Noisy Labels.",),
        unit="nats", variant=symmetric_cross_entropy,
    )  # fmt: skip


def brier_of_classes(classes: int = CLASSES) -> Loss:
    """Return the Brier score of so many classes."""
    return Loss(
        "brier_of_classes", "Brier score of classes", "classes", (*_p(classes), *_t(classes)), "p1",
        lambda p, t: Add(*((p_k - t_k) ** 2 for p_k, t_k in zip(p, t, strict=True))),
        lambda p, t: Add(*(p_k**2 - 2 * p_k * t_k + t_k**2 for p_k, t_k in zip(p, t, strict=True))),
        about="Squared distance of the probabilities from the target: proper, and never above 2.",
        aliases=("quadratic score", "multiclass Brier", "squared error of probabilities"),
        references=("G. W. Brier (1950), Verification of Forecasts Expressed in Terms of Probability.",),
        variant=brier_of_classes,
    )  # fmt: skip


def kullback_leibler(classes: int = CLASSES) -> Loss:
    """Return the Kullback-Leibler divergence of so many classes."""
    return Loss(
        "kullback_leibler", "Kullback-Leibler divergence", "classes", (*_p(classes), *_t(classes)), "p1",
        lambda p, t: Add(*(xlogy(t_k, t_k) - xlogy(t_k, p_k) for p_k, t_k in zip(p, t, strict=True))),
        lambda p, t: Add(*(xmuly(t_k, log(t_k) - log(p_k)) for p_k, t_k in zip(p, t, strict=True))),
        about="KL(t || p), the target first: cross-entropy less the target's entropy, so that a perfect prediction costs 0.",
        aliases=("KLDivLoss", "KL", "relative entropy", "batchmean", "kl divergence"),
        references=("S. Kullback and R. A. Leibler (1951), On Information and Sufficiency.",),
        unit="nats", variant=kullback_leibler,
    )  # fmt: skip


def jensen_shannon(classes: int = CLASSES) -> Loss:
    """Return the Jensen-Shannon divergence of so many classes."""
    return Loss(
        "jensen_shannon", "Jensen-Shannon divergence", "classes", (*_p(classes), *_t(classes)), "p1",
        lambda p, t: Add(*map(entropy_gap, p, t)), _plain_jensen_shannon,
        about="Mean divergence of prediction and target from the middle of both: symmetric, and never above ln 2.",
        aliases=("JS divergence", "JSD", "information radius"),
        references=("J. Lin (1991), Divergence Measures Based on the Shannon Entropy.",),
        unit="nats", variant=jensen_shannon,
    )  # fmt: skip


def multiclass_hinge(classes: int = CLASSES) -> Loss:
    """Return the multi-class hinge loss of Crammer and Singer for so many classes."""
    return Loss(
        "multiclass_hinge", "Multi-class hinge loss", "classes", (*_z(classes), _index(classes)), "z1",
        lambda z, t: _violations(z, t) | {"L": chained(maximum, _shortfalls(classes))},
        lambda z, t: Max(*(z_k + 1 - KroneckerDelta(t, k) for k, z_k in enumerate(z))) - _of(z, t),
        about="By how much the best other class comes within 1 of the true one's score, or goes beyond it.",
        aliases=("Crammer-Singer", "CategoricalHinge", "multiclass svm"),
        references=("K. Crammer and Y. Singer (2001), On the Algorithmic Implementation of Multiclass Vector Machines.",),
        variant=multiclass_hinge,
    )  # fmt: skip


def summed_multiclass_hinge(classes: int = CLASSES) -> Loss:
    """Return the multi-class hinge loss of Weston and Watkins for so many classes."""
    return Loss(
        "summed_multiclass_hinge", "Multi-class hinge loss, summed", "classes", (*_z(classes), _index(classes)), "z1",
        lambda z, t: _violations(z, t) | {"L": Add(*_shortfalls(classes))},
        lambda z, t: Add(*(Max(0, z_k + 1 - _of(z, t)) for z_k in z)) - 1,
        about="The hinge of every other class's score, added up; PyTorch's MultiMarginLoss is this over the number of classes.",
        aliases=("Weston-Watkins", "MultiMarginLoss", "multi_margin_loss"),
        references=("J. Weston and C. Watkins (1999), Support Vector Machines for Multi-Class Pattern Recognition.",),
        variant=summed_multiclass_hinge,
    )  # fmt: skip


def _p(classes: int) -> tuple[Input, ...]:
    """Probabilities that start at 1/2, 1/4 ..."""
    _check(classes)
    halves = [0.5**k for k in range(1, classes)]
    return vector("p", Simplex(), (*halves, 1 - sum(halves)), "prediction", "Probability p")


def _z(classes: int) -> tuple[Input, ...]:
    _check(classes)
    return vector("z", Logit(), tuple(1.0 - k % 3 for k in range(classes)), "prediction", "Logit z")


def _t(classes: int) -> tuple[Input, ...]:
    """A target of the second class, or of the only one."""
    return vector("t", Simplex(), tuple(float(k == min(1, classes - 1)) for k in range(classes)), "target", "Target t")


def _index(classes: int) -> Input:
    return Input("t", Class(classes), float(min(1, classes - 1)), "target", "Class t, counted from 0")


def _check(classes: int) -> None:
    if classes < 1:
        raise ValueError(f"classes must be at least 1; got {classes}.")


def _options(classes: int, smoothing: bool, weights: bool, focal: bool) -> tuple[Input, ...]:
    epsilon = Input("epsilon", Probability(), 0.1, "parameter", "Label smoothing ε")
    gamma = Input("gamma", NonNegative(), 2.0, "parameter", "Focusing parameter γ")
    each = vector("w", NonNegative(), (1.0,) * classes, "weight", "Weight w")
    return (*[epsilon] * smoothing, *(each if weights else ()), *[gamma] * focal)


def _plain_cross_entropy(p: Entries, t: Entries, rest: tuple[Any, ...], smoothing: bool, weights: bool, focal: bool) -> Expr:
    given = iter(rest)
    epsilon = next(given) if smoothing else Integer(0)
    w = next(given) if weights else (Integer(1),) * len(t)
    gamma = next(given) if focal else Integer(0)
    counts = [w_k * ((1 - epsilon) * t_k + epsilon / len(t)) for w_k, t_k in zip(w, t, strict=True)]
    return -Add(*(xlogy(c_k * (1 - p_k) ** gamma, p_k) for c_k, p_k in zip(counts, p, strict=True)))


def _sharp(program: Program, z: tuple[Symbol, ...]) -> Program:
    """Return a program of logits with each surprise s_k by their differences: its slopes p_k - t_k cancel nowhere."""
    others = {f"s{k}": [z_j - z_k for z_j in z if z_j is not z_k] for k, z_k in enumerate(z, 1)}
    shared = {"m", "a", *(f"g{k}" for k in range(1, len(z) + 1))}
    kept = [(name, expr) for name, expr in program.steps if name.name not in shared]
    steps = ((name, logsumexp(0, *others[name.name]) if name.name in others else expr) for name, expr in kept)
    return Program(program.inputs, tuple(steps))


def _softmax(z: Entries) -> Entries:
    return tuple(exp(z_k) / Add(*map(exp, z)) for z_k in z)


def _symmetric(p: Entries, t: Entries, alpha: Expr, beta: Expr, a: Expr) -> Mapping[str, Expr]:
    """With steps for what ln t_k counts as: a where t_k = 0, where the logarithm is that of 1."""
    n = symbols([f"n{k}" for k in range(1, len(t) + 1)])
    logarithms = {f"n{k}": log(t_k + same(t_k, 0)) + a * same(t_k, 0) for k, t_k in enumerate(t, 1)}
    forward = Add(*(-xlogy(t_k, p_k) for p_k, t_k in zip(p, t, strict=True)))
    back = -Add(*(p_k * n_k for p_k, n_k in zip(p, n, strict=True)))
    return logarithms | {"f": forward, "r": back, "L": alpha * symbols("f") + beta * symbols("r")}


def _plain_symmetric(p: Entries, t: Entries, alpha: Expr, beta: Expr, a: Expr) -> Expr:
    terms = (
        (-alpha * xlogy(t_k, p_k), -beta * p_k * Piecewise((log(t_k), t_k > 0), (a, True)))
        for p_k, t_k in zip(p, t, strict=True)
    )
    return Add(*(part for pair in terms for part in pair))


def _plain_jensen_shannon(p: Entries, t: Entries) -> Expr:
    return Add(*(part * log(part / ((p_k + t_k) / 2)) / 2 for p_k, t_k in zip(p, t, strict=True) for part in (p_k, t_k)))


def _violations(z: Entries, t: Expr) -> dict[str, Expr]:
    """Steps: the true class's score y, and by how much each other class falls short of being 1 below it."""
    y = symbols("y")
    others = {f"h{k}": (1 - same(t, k - 1)) * relu(1 + z_k - y) for k, z_k in enumerate(z, 1)}
    return {"y": Add(*(same(t, k) * z_k for k, z_k in enumerate(z)))} | others


def _shortfalls(classes: int) -> list[Expr]:
    return list(symbols([f"h{k}" for k in range(1, classes + 1)]))


def _of(z: Entries, t: Expr) -> Expr:
    return Add(*(KroneckerDelta(t, k) * z_k for k, z_k in enumerate(z)))


LOSSES: tuple[Loss, ...] = tuple(
    made()
    for made in (
        cross_entropy, cross_entropy_with_logits, generalized_cross_entropy_of_classes, symmetric_cross_entropy,
        brier_of_classes, kullback_leibler, jensen_shannon, multiclass_hinge, summed_multiclass_hinge,
    )
)  # fmt: skip
