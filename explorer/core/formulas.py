"""The losses as programs. To add one: write a function that returns a Program and list it in LOSSES.

Names, inputs and boundaries are those of the numeric functions of the same name in `losses`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from sympy import Add, Expr, Symbol, log, symbols

from explorer.core.functions import focal as focal_loss
from explorer.core.functions import focal_surprise, logistic_loss, logsumexp, shift, xlog1py, xlogy, xmuly
from explorer.core.program import Program


@lru_cache
def binary_cross_entropy() -> Program:
    """-(t ln p + (1 - t) ln(1 - p)) for probability p and target t."""
    p, t = symbols("p t")
    return _program((p, t), L=-xlogy(t, p) - xlog1py(1 - t, -p))


@lru_cache
def binary_cross_entropy_with_logits() -> Program:
    """t ln(1 + e^-z) + (1 - t) ln(1 + e^z) for logit z and target t."""
    z, t = symbols("z t")
    return _program((z, t), L=logistic_loss(t, z))


@lru_cache
def cross_entropy(classes: int = 3, *, smoothing: bool = False, weights: bool = False, focal: bool = False) -> Program:
    """-sum_k t_k ln p_k for probabilities p1 ... and targets t1 ...; step l<k> is class k's share.

    Each option adds inputs, named as the numeric functions name them in the field's letters. `smoothing` adds epsilon and
    puts (1 - epsilon) t_k + epsilon / classes for t_k; `weights` adds w1 ... and multiplies each share; where either is on,
    step c<k> is what stands in t_k's place. `focal` adds gamma and multiplies each share by (1 - p_k)**gamma.

    References
    ----------
    C. Szegedy et al. (2016), Rethinking the Inception Architecture for Computer Vision, section 7 (label smoothing).
    T.-Y. Lin et al. (2017), Focal Loss for Dense Object Detection, equation 4.
    """
    p, t, gamma = _vector("p", classes), _vector("t", classes), Symbol("gamma")
    inputs, steps, c = _coefficients(t, smoothing, weights)
    losses = [focal_loss(c_k, p_k, gamma) if focal else -xlogy(c_k, p_k) for c_k, p_k in zip(c, p, strict=True)]
    return _program((*p, *inputs, *[gamma] * focal), **steps, **_summed(losses))


@lru_cache
def cross_entropy_with_logits(
    classes: int = 3, *, smoothing: bool = False, weights: bool = False, focal: bool = False
) -> Program:
    """sum_k t_k (ln(e^z1 + ...) - z_k) for logits z1 ... and targets t1 ...; step s<k> is -ln p_k and l<k> class k's share.

    Options as for `cross_entropy`.
    """
    z, t, gaps, s = (_vector(name, classes) for name in "ztgs")
    m, a, gamma = symbols("m a gamma")
    inputs, coefficients, c = _coefficients(t, smoothing, weights)
    steps: dict[str, Expr] = {"m": shift(*z)}
    steps |= {f"g{k}": m - z_k for k, z_k in enumerate(z, 1)}  # steps of their own: m - z_k must be taken before a is added
    steps |= {"a": logsumexp(*(-gap for gap in gaps))}
    steps |= {f"s{k}": gap + a for k, gap in enumerate(gaps, 1)}
    losses = [focal_surprise(c_k, s_k, gamma) if focal else xmuly(c_k, s_k) for c_k, s_k in zip(c, s, strict=True)]
    return _program((*z, *inputs, *[gamma] * focal), **steps, **coefficients, **_summed(losses))


@lru_cache
def squared_error() -> Program:
    """(y - t)**2 for prediction y and target t."""
    y, t = symbols("y t")
    return _program((y, t), L=(y - t) ** 2)


LOSSES: dict[str, Callable[..., Program]] = {
    loss.__name__: loss
    for loss in (
        binary_cross_entropy,
        binary_cross_entropy_with_logits,
        cross_entropy,
        cross_entropy_with_logits,
        squared_error,
    )
}
"""Name -> function of the loss's options that returns its Program."""


def in_bits(loss: Expr) -> Expr:
    """Return a loss given in nats as one in bits."""
    return loss / log(2)


def _coefficients(
    t: tuple[Symbol, ...], smoothing: bool, weights: bool
) -> tuple[tuple[Symbol, ...], dict[str, Expr], tuple[Symbol, ...]]:
    """Inputs, steps, and what stands before each class's surprise: t itself, or a step c<k> that smooths and weighs it."""
    if not (smoothing or weights):
        return t, {}, t
    epsilon, w = Symbol("epsilon"), _vector("w", len(t))
    smoothed = [(1 - epsilon) * t_k + epsilon / len(t) if smoothing else t_k for t_k in t]
    steps = {f"c{k}": w[k - 1] * s_k if weights else s_k for k, s_k in enumerate(smoothed, 1)}
    return (*t, *[epsilon] * smoothing, *(w if weights else ())), steps, _vector("c", len(t))


def _summed(losses: list[Expr]) -> dict[str, Expr]:
    """A step for each class's share, and their sum L."""
    return {f"l{k}": loss for k, loss in enumerate(losses, 1)} | {"L": Add(*_vector("l", len(losses)))}


def _vector(name: str, size: int) -> tuple[Symbol, ...]:
    if size < 1:
        raise ValueError(f"classes must be at least 1; got {size}.")
    return tuple(Symbol(f"{name}{k}") for k in range(1, size + 1))


def _program(inputs: tuple[Symbol, ...], **steps: Expr) -> Program:
    return Program(inputs, tuple((Symbol(name), expr) for name, expr in steps.items()))
