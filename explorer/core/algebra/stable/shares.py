"""Sums of products of shares and of squares, written so that nothing cancels: t + p - 2 t p is t (1 - p) + p (1 - t)."""

from __future__ import annotations

from sympy import Add, Expr, Mul, S

from explorer.core.algebra.stable.exponentials import base_and_power, counts_of
from explorer.core.domains import Inputs


def without_cancelling(expr: Expr, inputs: Inputs) -> Expr | None:
    """Return a sum of products as a sum of what is never below 0; None where that is not seen.

    Each product that is taken away is taken from one that it is a part of, as t p from t, or with two squares it is one.
    """
    terms = dict(counts_of(expr))
    if not all(count.is_Number for count in terms.values()):
        return None
    found: list[Expr] = []
    for product in [term for term, count in terms.items() if count < 0]:
        if (square := _square(terms, product)) is not None:
            found.append(square)
        while terms.get(product, S.Zero) < 0:
            whole = next((term for term, count in terms.items() if count > 0 and _is_part(product, term, inputs)), None)
            if whole is None:
                return None
            count = min(terms[whole], -terms[product])
            found.append(count * whole * (1 - product / whole))
            terms[whole] -= count
            terms[product] += count
    left = {term: count for term, count in terms.items() if count}
    return Add(*found, *(count * term for term, count in left.items())) if all(map(_known(inputs), left)) else None


def _square(terms: dict[Expr, Expr], product: Expr) -> Expr | None:
    """a**2 - 2 a b + b**2, which is taken out of the terms."""
    if len(product.args) != 2 or not all(factor.is_Symbol for factor in product.args) or not product.is_Mul:
        return None
    a, b = product.args
    count = min(terms.get(a**2, S.Zero), terms.get(b**2, S.Zero), -terms[product] / 2)
    if count <= 0:
        return None
    for term, times in ((a**2, -1), (b**2, -1), (product, 2)):
        terms[term] += times * count
    return count * (a - b) ** 2


def _is_part(product: Expr, whole: Expr, inputs: Inputs) -> bool:
    """Whether a product is another one times shares."""
    rest = product / whole
    factors = Mul.make_args(rest)
    return rest != 1 and all(
        base.is_Symbol and inputs[base.name].domain.is_share and power.is_Integer and power > 0
        for base, power in map(base_and_power, factors)
    )


def _known(inputs: Inputs):  # type: ignore[no-untyped-def]
    """What tells whether a product is never below 0."""
    return lambda term: all(
        base.is_Number or (base.is_Symbol and inputs[base.name].domain.low >= 0) or (power.is_Integer and power % 2 == 0)
        for base, power in map(base_and_power, Mul.make_args(term))
    )
