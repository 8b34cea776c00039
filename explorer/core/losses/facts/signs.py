"""The sign of an expression for every value of its symbols, as far as SymPy can find it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from sympy import Expr, Mul, Pow, Rational, S, Symbol, exp, expand, expand_log, factor, log, simplify, together


def sign_of(expr: Expr) -> int | None:
    """Return 1, -1 or 0 for an expression that has that sign for every value of its symbols, else None."""
    for form in _forms(expr):
        if form.is_zero:
            return 0
        if form.is_positive:
            return 1
        if form.is_negative:
            return -1
    return None


def is_nonnegative(expr: Expr) -> bool:
    """Whether an expression is seen to be 0 or more for every value of its symbols."""
    return any(form.is_nonnegative for form in _forms(expr))


def _forms(expr: Expr) -> Iterator[Expr]:
    """An expression in forms from which its sign may be seen, the quickest first."""
    yield expr
    positive = [s for s in expr.free_symbols if s.is_positive]
    shifted = expr.replace(lambda e: isinstance(e, log), lambda e: expand_log(log(factor(together(e.args[0]))), force=True))
    plain = factored(shifted)
    yield plain
    exponentials = {e for e in plain.atoms(exp) if sign_of_exponent(e) is not None}
    if exponentials and positive:
        above = {e: _shift(e) for e in exponentials}
        yield factored(plain.xreplace(above))
    if plain.has(exp, log) or any(not power.exp.is_Integer for power in plain.atoms(Pow)):
        yield factored(simplify(shifted))


def _shift(e: Expr) -> Expr:
    """An exponential by how much it, or its reciprocal, is above 1: an exponent u, a multiple of one symbol."""
    exponent = e.args[0]
    coefficient, rest = exponent.as_coeff_Mul()
    base = Symbol(f"above'{rest}", positive=True)
    return (1 + base) ** coefficient


def sign_of_exponent(e: Expr) -> int | None:
    """The sign of what an exponential is of, besides a number: 1 if that is positive."""
    _, rest = e.args[0].as_coeff_Mul()
    return 1 if rest.is_positive else None


def factored(expr: Expr) -> Expr:
    """Return an expression as a quotient of products, with sums multiplied out, whose terms' signs SymPy knows."""
    above, below = factor(together(expr)).as_numer_denom()
    return _product(above) / _product(below)


def _product(expr: Expr) -> Expr:
    return reduce(lambda x, y: x * y, (_known(part) for part in Mul.make_args(factor(expr))), S.One)


def _known(part: Expr) -> Expr:
    """A factor multiplied out, unless its sign is known, or it is a power."""
    if part.is_nonnegative or part.is_nonpositive or isinstance(part, Pow):
        return part
    return expand(part)


def exactly(x: float) -> Expr:
    """Return a number that somebody has set as a fraction: 0.1 is 1/10."""
    return Rational(x).limit_denominator(10**9)
