"""Functions that need no source of their own in any language: each is printed as what it is composed of.

Each has the plain formula that it computes safely, slopes that do not cancel either, and `composed`: the same number by way of
functions that every language has. To add one: write the class in the module of its kind and list it in `functions.COMPOSED`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, S

from explorer.core.functions.base import StableFunction
from explorer.core.functions.choices import same


class Composed(StableFunction):
    """A stable function that is computed by way of others."""

    nargs: int | None = 1

    def composed(self) -> Expr:
        """Return the functions that compute it, to a few units in the last place."""
        raise NotImplementedError

    def partials(self) -> tuple[Expr, ...]:
        """Return the derivatives of the plain formula, which may cancel where that does."""
        plain = self.textbook()
        return tuple(plain.diff(argument) for argument in self.args)


def series(x: Expr, coefficients: Sequence[Expr]) -> Expr:
    """Return the sum of coefficients times the powers of x from 0 on, from within."""
    total: Expr = S.Zero
    for coefficient in reversed(coefficients):
        total = coefficient + x * total
    return total


def filled(quotient: Expr, x: Expr) -> Expr:
    """Return a quotient that is 0 where x is, made 1 there."""
    return quotient + same(x, 0)
