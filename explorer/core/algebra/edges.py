"""Quotients such as t/p and (p - t)/(p (1 - p)) at p = 0 and p = 1, where only the loss knows their value.

For the target 0 the loss is 0 however small p is, and so is its slope: t/p is 0. Over one denominator, or multiplied out, a
sum of such quotients is 0/0 there; so it is taken apart, a part for each edge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import comb

import sympy
from sympy import Add, Expr, Mul, Pow, S, Symbol, expand_mul, floor, log

from explorer.core.domains import Inputs
from explorer.core.functions import xdivy, xlog1py, xlogy, xmuly

LARGEST = 6
"""The highest power of a denominator that is taken apart."""
LONGEST_NUMERATOR = 200
"""How many operations a numerator may have that is multiplied out."""


def _is_prediction(symbol: Symbol, inputs: Inputs) -> bool:
    return inputs[symbol.name].is_probability


def edge(base: Expr) -> tuple[Symbol, Expr, int] | None:
    """Return for p, 1 - p and p - 1 the symbol, which of p and 1 - p it is, and its sign; None for anything else."""
    if base.is_Symbol:
        return base, base, 1
    if base.is_Add and len(base.args) == 2:
        number, rest = base.as_coeff_Add()
        if number == 1 and (-rest).is_Symbol:
            return -rest, base, 1
        if number == -1 and rest.is_Symbol:
            return rest, -base, -1
    return None


def by_edges(denominator: Expr, inputs: Inputs) -> Expr:
    """A sum of powers of one prediction as a product, p (1 - p) for p - p**2."""
    if denominator.is_Add and not edge(denominator) and len(symbols := denominator.free_symbols) == 1:
        (p,) = symbols
        if _is_prediction(p, inputs) and denominator.is_polynomial(p) and denominator.as_poly(p).degree() <= LARGEST:
            return sympy.factor(denominator)
    return denominator


def factors_of(product: Expr) -> Iterator[Expr]:
    """Go through the factors of a product, those of our functions that are 0 where one of them is included.

    What such a function keeps from being infinite comes as log(y), or as xlog1py(1, y) or xmuly(1, y).
    """
    for part in Mul.make_args(product):
        if not isinstance(part, xlogy | xlog1py | xmuly | xdivy) or part.args[0] is S.One:
            yield part
            continue
        x, y = part.args
        yield from factors_of(x)
        if isinstance(part, xdivy):
            yield from (Pow(base, -power) for base, power in map(Expr.as_base_exp, Mul.make_args(y)))
        else:
            yield log(y, evaluate=False) if isinstance(part, xlogy) else part.func(S.One, y)


def taken_apart(whole: Expr, inputs: Inputs) -> list[list[Expr]] | None:
    """Return the factors of each term of a sum, or of a product with a sum, taken apart at the edges of predictions.

    None where there is nothing to be taken apart.
    """
    by_poles: dict[frozenset[Symbol], list[list[Expr]]] = defaultdict(list)
    for term in Add.make_args(whole):
        factors = list(factors_of(term))
        by_poles[frozenset(_poles(factors, inputs))].append(factors)
    changed = False
    for p in sorted(frozenset().union(*by_poles), key=str):
        together = [terms for poles, terms in by_poles.items() if p in poles]
        parts = _apart_in([factors for terms in together for factors in terms], p)
        if parts is not None:
            changed = True
            by_poles = defaultdict(list, {poles: terms for poles, terms in by_poles.items() if p not in poles})
            for factors in parts:
                by_poles[frozenset(_poles(factors, inputs)) - {p}].append(factors)
    return [factors for terms in by_poles.values() for factors in terms] if changed else None


def _poles(factors: Sequence[Expr], inputs: Inputs) -> Iterator[Symbol]:
    """The predictions at whose edges one of the factors is infinite."""
    for factor in factors:
        base, power = factor.as_base_exp()
        if power.as_coeff_Add()[0].is_negative and (known := edge(base)) and _is_prediction(known[0], inputs):
            yield known[0]


def _apart_in(terms: Sequence[Sequence[Expr]], p: Symbol) -> list[list[Expr]] | None:
    """The factors of each part of terms that are infinite at an edge of p; None where there is nothing to be taken apart."""
    parts = [part for term in terms for part in _multiplied_out(term, p)]  # c, i and j of c p**i (1 - p)**j
    if len(parts) < 2 or all(c.is_number for c, _, _ in parts) or any(max(-i, -j) > LARGEST for _, i, j in parts):
        return None
    for k in (1, 2):  # powers of p, and of 1 - p: unlike ones are infinite together and must be brought to one form
        kinds = {part[1:] for part in parts if part[k] < 0}
        if len(kinds) > 1:
            parts = [new for part in parts for new in (_fractions(*part) if part[k] < 0 else [part])]
    gathered: dict[tuple[int, int, Expr], Expr] = defaultdict(lambda: S.Zero)
    for c, i, j in parts:
        steady, moving = c.as_independent(p, as_Add=False)
        gathered[i, j, moving] += steady
    return [
        [*Mul.make_args(steady), *Mul.make_args(moving), Pow(p, i), Pow(1 - p, j)]
        for (i, j, moving), steady in gathered.items()
        if steady != 0
    ]


def _multiplied_out(term: Sequence[Expr], p: Symbol) -> list[tuple[Expr, int, int]]:
    """The parts of a term whose sums with p in them are multiplied out, each with its whole powers of p and 1 - p."""
    sums = [factor for factor in term if factor.is_Add and p in factor.free_symbols and not edge(factor)]
    if not sums or sum(factor.count_ops() for factor in sums) > LONGEST_NUMERATOR:
        return [_powers(term, p)]
    others = [factor for factor in term if factor not in sums]
    terms = Add.make_args(expand_mul(Mul(*(Add(*(Mul(*factors_of(t)) for t in one.args)) for one in sums))))
    return [_powers([*others, *factors_of(one)], p) for one in terms]


def _powers(term: Sequence[Expr], p: Symbol) -> tuple[Expr, int, int]:
    powers = {p: 0, 1 - p: 0}
    rest: list[Expr] = []
    for factor in term:
        base, power = factor.as_base_exp()
        known = edge(base)
        if known is None or known[0] != p or (known[2] < 0 and not power.is_Integer):
            rest.append(factor)
            continue
        number, letters = power.as_coeff_Add()
        whole = floor(number)
        powers[known[1]] += int(whole)
        rest += [S.NegativeOne**whole] if known[2] < 0 else []
        rest += [Pow(known[1], number - whole + letters)]
    return Mul(*rest), powers[p], powers[1 - p]


def _fractions(c: Expr, i: int, j: int) -> list[tuple[Expr, int, int]]:
    """c p**i (1 - p)**j as partial fractions: powers of p and of 1 - p alone."""
    if i >= 0 and j >= 0:
        return [(c, i, j)]
    if i >= 0:  # p is 1 - (1 - p)
        return [(c * comb(i, k) * (-1) ** k, 0, j + k) for k in range(i + 1)]
    if j >= 0:
        return [(c * comb(j, k) * (-1) ** k, i + k, 0) for k in range(j + 1)]
    return [
        *((c * comb(-i - j - k - 1, -j - 1), -k, 0) for k in range(1, -i + 1)),
        *((c * comb(-i - j - k - 1, -i - 1), 0, -k) for k in range(1, -j + 1)),
    ]
