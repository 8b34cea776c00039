"""The losses as programs. To add one: write a function that returns a Program and list it in LOSSES.

Names, inputs and boundaries are those of the numeric functions of the same name in `losses`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from sympy import Add, Expr, Symbol, log, symbols

from explorer.core.functions import logsumexp, shift, softplus, xlog1py, xlogy, xmuly
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
    return _program((z, t), L=xmuly(t, softplus(-z)) + xmuly(1 - t, softplus(z)))


@lru_cache
def cross_entropy(classes: int = 3) -> Program:
    """-sum_k t_k ln p_k for probabilities p1 ... and targets t1 ...; step l<k> is class k's share."""
    p, t = _vector("p", classes), _vector("t", classes)
    shares = {f"l{k}": -xlogy(t_k, p_k) for k, (p_k, t_k) in enumerate(zip(p, t, strict=True), 1)}
    return _program((*p, *t), **shares, L=Add(*_vector("l", classes)))


@lru_cache
def cross_entropy_with_logits(classes: int = 3) -> Program:
    """sum_k t_k (ln(e^z1 + ...) - z_k) for logits z1 ... and targets t1 ...; step s<k> is -ln p_k and l<k> class k's share."""
    z, t, gaps = _vector("z", classes), _vector("t", classes), _vector("g", classes)
    m, a = symbols("m a")
    steps: dict[str, Expr] = {"m": shift(*z)}
    steps |= {f"g{k}": m - z_k for k, z_k in enumerate(z, 1)}  # steps of their own: m - z_k must be taken before a is added
    steps |= {"a": logsumexp(*(-gap for gap in gaps))}
    steps |= {f"s{k}": gap + a for k, gap in enumerate(gaps, 1)}
    steps |= {f"l{k}": xmuly(t_k, s_k) for k, (t_k, s_k) in enumerate(zip(t, _vector("s", classes), strict=True), 1)}
    return _program((*z, *t), **steps, L=Add(*_vector("l", classes)))


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


def _vector(name: str, size: int) -> tuple[Symbol, ...]:
    if size < 1:
        raise ValueError(f"classes must be at least 1; got {size}.")
    return tuple(Symbol(f"{name}{k}") for k in range(1, size + 1))


def _program(inputs: tuple[Symbol, ...], **steps: Expr) -> Program:
    return Program(inputs, tuple((Symbol(name), expr) for name, expr in steps.items()))
