"""Where each symbol stands in a formula: in a logarithm, in an exponent, taken from 1, and so on."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Dummy, Expr, Mul, S, Symbol, exp, log

from explorer.core.algebra.naming import size
from explorer.core.functions import (
    absolute,
    at_most,
    below,
    gamma_function,
    lgamma,
    logistic_loss,
    logsumexp,
    maximum,
    relu,
    same,
    sigmoid,
    softplus,
    xlog1py,
    xlogy,
)

MOST_PARTS = 1_000
"""In an expression with more parts it is not sought whether two symbols stand in it as their difference or product only."""


def places_in(expr: Expr) -> dict[str, set[str]]:
    """Return for each symbol where it stands: in a logarithm, an exponent, taken from 1 ..."""
    found: dict[str, set[str]] = {}
    for node in _nodes(expr):
        for place, symbol in (*_of_logarithms(node), *_of_exponentials(node), *_of_powers(node), *_of_choices(node)):
            found.setdefault(symbol.name, set()).add(place)
    return found


def compared(expr: Expr) -> Iterator[tuple[str, str]]:
    """Yield two symbols of which one is taken from the other, or divided by it."""
    for whole in _nodes(expr):
        node = whole.as_coeff_Mul()[1] if whole.is_Mul else whole
        if len(node.args) != 2 or not (node.is_Add or node.is_Mul):
            continue
        one, other = node.args if node.args[0].is_Symbol else node.args[::-1]
        second = -other if node.is_Add else 1 / other
        if node.is_Mul and other.is_Pow and other.base.is_Symbol and other.exp.is_negative:
            second = other.base
        if one.is_Symbol and second.is_Symbol:
            yield one.name, second.name


def is_of_difference(expr: Expr, one: str, other: str) -> bool:
    """Return whether two symbols stand in an expression as their difference only."""
    y, t, r = Symbol(one), Symbol(other), Dummy("r")
    return size(expr) <= MOST_PARTS and y not in expr.xreplace({t: y - r}).free_symbols


def is_of_product(expr: Expr, one: str, other: str) -> bool:
    """Return whether two symbols stand in an expression as their product only."""
    y, t, m = Symbol(one), Symbol(other), Dummy("m")
    return size(expr) <= MOST_PARTS and y not in expr.xreplace({t: m / y}).free_symbols


def _of_logarithms(node: Expr) -> Iterator[tuple[str, Symbol]]:
    if isinstance(node, log | xlogy):
        yield from _in_logarithm(node.args[-1])
    if isinstance(node, log) and node.args[0].is_Add and any(isinstance(term, exp) for term in node.args[0].args):
        yield from (("logistic", symbol) for symbol in node.free_symbols)
    if isinstance(node, xlog1py) and (-node.args[1]).is_Symbol:
        yield "log of 1 less", -node.args[1]


def _in_logarithm(inside: Expr) -> Iterator[tuple[str, Symbol]]:
    for factor in Mul.make_args(inside):
        base = factor.base if factor.is_Pow else factor
        if base.is_Symbol:
            yield "log", base
        elif base.is_Add and all(term.is_Symbol for term in base.args):
            yield from (("log of a sum", symbol) for symbol in base.args)
        elif base.is_Add and len(base.args) == 2 and base.args[0] == 1 and base.args[1].is_Symbol:
            yield "log of 1 more", base.args[1]
        elif (1 - base).is_Symbol:
            yield "log of 1 less", 1 - base


def _of_exponentials(node: Expr) -> Iterator[tuple[str, Symbol]]:
    if isinstance(node, exp):
        yield from (("exponent", symbol) for symbol in node.args[0].free_symbols)
    elif isinstance(node, sigmoid | softplus | logistic_loss | logsumexp):
        yield from ((place, symbol) for place in ("exponent", "logistic") for symbol in node.free_symbols)
    elif isinstance(node, lgamma | gamma_function):
        yield from (("count", symbol) for symbol in node.free_symbols)


def _of_powers(node: Expr) -> Iterator[tuple[str, Symbol]]:
    if node.is_Pow:
        yield from (("power", symbol) for symbol in node.exp.free_symbols)
        if node.exp.is_Rational and node.exp.q == 2:
            yield from (("root", part) for part in Mul.make_args(node.base) if part.is_Symbol)
            if (1 - node.base).is_Symbol:
                yield "root of 1 less", 1 - node.base
        if node.exp.is_negative:
            yield from (("divisor", part) for part in _parts(node.base) if part.is_Symbol)
        if node.base.is_Symbol and not node.exp.is_number:
            yield "powered", node.base
    elif node.is_Add and len(node.args) == 2 and node.args[0] in (S.One, S.NegativeOne):
        share = node.args[1] * -node.args[0]  # 1 - t, or 2 t - 1
        if share.is_Symbol or (share / 2).is_Symbol:
            yield "less from 1", share if share.is_Symbol else share / 2


def _parts(expr: Expr) -> tuple[Expr, ...]:
    """What a product is of, without powers and absolute values."""
    bases = (factor.base if factor.is_Pow else factor for factor in Mul.make_args(expr))
    return tuple(base.args[0] if isinstance(base, absolute) else base for base in bases)


def _of_choices(node: Expr) -> Iterator[tuple[str, Symbol]]:
    if isinstance(node, same) and node.args[1] in (S.Zero, S.One):
        yield from (("label", symbol) for symbol in node.args[0].free_symbols)
    elif isinstance(node, below | at_most) and node.args[1].is_Symbol and isinstance(node.args[0], absolute):
        yield "bound", node.args[1]
    elif isinstance(node, relu | maximum):
        products = [term for inner in node.args for term in inner.atoms(Mul) if len(term.free_symbols) > 1]
        yield from (("margin", symbol) for term in products for symbol in term.free_symbols)


def _nodes(expr: Expr) -> Iterator[Expr]:
    """Every part of an expression."""
    waiting = [expr]
    seen = set()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += node.args
            yield node
