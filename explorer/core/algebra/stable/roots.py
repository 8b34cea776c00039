"""Roots of sums of squares, as lengths of vectors."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Expr, Mul, S, cosh, exp, sqrt

from explorer.core.algebra.stable.exponentials import base_and_power
from explorer.core.domains import Inputs
from explorer.core.functions import absolute, norm, relu, root_above, same, sech, sigmoid, sigmoid_slope, softplus, xdivy


def roots_of(terms: Expr, inputs: Inputs) -> Iterator[tuple[Expr | None, Expr]]:
    """For each term of a sum what it is the square of, or None, and the term."""
    for term in Add.make_args(terms):
        yield _root(term, inputs), term


def _root(term: Expr, inputs: Inputs) -> Expr | None:
    """What a number of at least 0 is the square of; None for what may be below 0."""
    if isinstance(term, xdivy):
        parts = [_root(part, inputs) for part in term.args]
        return None if None in parts else xdivy(*parts)
    roots = []
    for base, power in map(base_and_power, Mul.make_args(term)):
        if power.is_Integer and power % 2 == 0:
            roots.append(base ** (power / 2))
        elif is_never_negative(base, inputs):
            roots.append(sqrt(base**power))
        else:
            return None
    return Mul(*roots)


def is_never_negative(expr: Expr, inputs: Inputs) -> bool:
    """Whether an expression is known to be at least 0, by what its symbols stand for."""
    if expr.is_Number or expr.is_NumberSymbol:
        return bool(expr >= 0)
    if expr.is_Symbol:
        return inputs[expr.name].domain.low >= 0
    if expr.is_Add or expr.is_Mul or isinstance(expr, xdivy):
        return all(is_never_negative(part, inputs) for part in expr.args)
    if expr.is_Pow:
        return bool(expr.exp.is_Integer and expr.exp % 2 == 0) or is_never_negative(expr.base, inputs)
    return isinstance(expr, exp | sigmoid | softplus | absolute | norm | relu | same | sech)


def precise_power(node: Expr, inputs: Inputs) -> Expr | None:
    """The root of a square, or of a sum with one; a power of 1 / cosh z."""
    base, power = node.args
    if isinstance(base, cosh) and power == -2:
        return 4 * sigmoid_slope(2 * base.args[0])
    if isinstance(base, cosh) and power.is_Number and power < 0:
        return sech(base.args[0]) ** -power
    twice = 2 * power
    if not (twice.is_Integer and (twice.is_odd or power < 0)) or base.is_number:
        return None
    if base.is_Pow and base.exp.is_Integer and base.exp % 2 == 0 and twice.is_odd:
        return absolute(base.base) ** (base.exp * power)
    length = _length(base, inputs, roots=bool(twice.is_odd))
    return None if length is None else length**twice


def _length(base: Expr, inputs: Inputs, *, roots: bool) -> Expr | None:
    """The root of a sum of squares, by its name."""
    parts = list(roots_of(base, inputs)) if base.is_Add else []
    squares = [root for root, term in parts if root is not None and not is_root(root)]
    if not squares:
        return None
    lengths = [root for root, _ in parts if root is not None]
    if len(lengths) == len(parts):
        if not roots and not any(root.is_number for root in lengths):
            return None
        return norm(*sorted(lengths, key=lambda root: (root.is_number, root.sort_key())))
    rest = Add(*(term for root, term in parts if root is None or is_root(root)))
    return root_above(squares[0] if len(squares) == 1 else norm(*squares), rest) if roots else None


def is_root(root: Expr) -> bool:
    """Whether it is no square itself that it is the root of."""
    if isinstance(root, xdivy):
        return any(map(is_root, root.args))
    return root.is_number or any(power == S.Half for _, power in map(base_and_power, Mul.make_args(root)))
