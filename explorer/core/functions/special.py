"""The error function and its kin, Euler's gamma function and what comes of its logarithm.

Of a normal distribution and of counts: a probit loss is -ln(erfc(-x / sqrt(2)) / 2), a Poisson loss has ln k! = lgamma(k + 1).
A logarithm of erfc, and its slopes, are composed such that they stay finite where erfc itself is 0 in floats.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import sympy
from sympy import Expr, Rational, S, exp, factorial2, log, pi, sqrt

from explorer.core.functions.base import StableFunction
from explorer.core.functions.choices import below, where
from explorer.core.functions.composed import Composed, series
from explorer.core.functions.near_zero import bell
from explorer.core.functions.products import xlog1py

FAR = 10
"""From where the series of erfc for large numbers is right to a few units in the last place."""
TERMS = 15
"""Of how many terms that is then the sum."""


class erf(StableFunction):
    """The error function: 2 / sqrt(pi) times the integral of e^(-x**2) from 0 to x."""

    nargs = 1

    def textbook(self) -> Expr:
        """SymPy's own."""
        return sympy.erf(*self.args, evaluate=False)

    def partials(self) -> tuple[Expr, ...]:
        """2 e^(-x**2) / sqrt(pi)."""
        return (2 / sqrt(pi) * bell(self.args[0], S.One),)


class erfc(StableFunction):
    """1 - erf x, precise where that is small."""

    nargs = 1

    def textbook(self) -> Expr:
        """SymPy's own."""
        return sympy.erfc(*self.args, evaluate=False)

    def partials(self) -> tuple[Expr, ...]:
        """-2 e^(-x**2) / sqrt(pi)."""
        return (-2 / sqrt(pi) * bell(self.args[0], S.One),)


class log_erfc(Composed):
    """ln erfc x, finite for every x whose square is."""

    def textbook(self) -> Expr:
        """ln erfc x."""
        return log(sympy.erfc(*self.args, evaluate=False))

    def partials(self) -> tuple[Expr, ...]:
        """-`erfc_rate`."""
        return (-erfc_rate(*self.args),)

    def composed(self) -> Expr:
        """By way of erf where erfc is near 1, and by its series where it is small."""
        (x,) = self.args
        rest = where(below(x, FAR), log(erfc(x)), _far_logarithm(x))
        return where(below(x, S.Half), xlog1py(S.One, -erf(x)), rest)


class log_half_erfc(Composed):
    """ln(erfc(x) / 2), the logarithm of how likely a normal number is above sqrt(2) x; finite for every x whose square is."""

    def textbook(self) -> Expr:
        """ln(erfc(x) / 2)."""
        return log(sympy.erfc(*self.args, evaluate=False) / 2)

    def partials(self) -> tuple[Expr, ...]:
        """-`erfc_rate`."""
        return (-erfc_rate(*self.args),)

    def composed(self) -> Expr:
        """By way of the other side where that is likely, and by its series where erfc is small."""
        (x,) = self.args
        rest = where(below(x, FAR), log(erfc(x) / 2), _far_logarithm(x) - log(2))
        return where(below(x, 0), xlog1py(S.One, -erfc(-x) / 2), rest)


class erfc_rate(Composed):
    """2 e^(-x**2) / (sqrt(pi) erfc x): by what share erfc falls, about 2 x where x is large."""

    def textbook(self) -> Expr:
        """2 e^(-x**2) / (sqrt(pi) erfc x)."""
        (x,) = self.args
        return 2 * exp(-(x**2)) / (sqrt(pi) * sympy.erfc(x, evaluate=False))

    def partials(self) -> tuple[Expr, ...]:
        """`erfc_rate` times `erfc_excess`."""
        return (self * erfc_excess(*self.args),)

    def composed(self) -> Expr:
        """By its series where x is large."""
        (x,) = self.args
        return where(below(x, FAR), 2 / sqrt(pi) * bell(x, S.One) / erfc(x), 2 * x / (1 + _far(x)))


class erfc_excess(Composed):
    """`erfc_rate` less 2 x, about 1 / x where x is large."""

    def textbook(self) -> Expr:
        """2 e^(-x**2) / (sqrt(pi) erfc x) - 2 x."""
        return erfc_rate(*self.args).textbook() - 2 * self.args[0]

    def partials(self) -> tuple[Expr, ...]:
        """`erfc_rate` times `erfc_excess`, less 2."""
        return (erfc_rate(*self.args) * self - 2,)

    def composed(self) -> Expr:
        """By its series where x is large."""
        (x,) = self.args
        return where(below(x, FAR), erfc_rate(x) - 2 * x, -2 * x * _far(x) / (1 + _far(x)))


def _far(x: Expr) -> Expr:
    """What sqrt(pi) x e^(x**2) erfc x is more than 1 where x is large: -1/(2 x**2) + 3/(2 x**2)**2 - 15/(2 x**2)**3 ..."""
    s = (1 / x) ** 2 / 2
    return s * series(s, [(-1) ** k * factorial2(2 * k - 1) for k in range(1, TERMS)])


def _far_logarithm(x: Expr) -> Expr:
    """ln erfc x where x is large."""
    return -(x**2) - log(sqrt(pi) * x) + xlog1py(S.One, _far(x))


class gamma_function(StableFunction):
    """Euler's gamma function: (x - 1)! of a whole number. Its name is none that a symbol has."""

    nargs = 1

    def textbook(self) -> Expr:
        """SymPy's own."""
        return sympy.gamma(*self.args)

    def partials(self) -> tuple[Expr, ...]:
        """Itself times digamma."""
        return (self * digamma(*self.args),)


class lgamma(StableFunction):
    """The logarithm of the size of the gamma function."""

    nargs = 1

    def textbook(self) -> Expr:
        """SymPy's own, which is the same where x > 0."""
        return sympy.loggamma(*self.args)

    def partials(self) -> tuple[Expr, ...]:
        """`digamma`."""
        return (digamma(*self.args),)


class digamma(StableFunction):
    """The slope of the logarithm of the gamma function."""

    nargs = 1

    def textbook(self) -> Expr:
        """SymPy's own."""
        return sympy.polygamma(0, *self.args)

    def partials(self) -> tuple[Expr, ...]:
        """`trigamma`."""
        return (trigamma(*self.args),)


class trigamma(StableFunction):
    """The slope of digamma."""

    nargs = 1

    def textbook(self) -> Expr:
        """SymPy's own."""
        return sympy.polygamma(1, *self.args)

    def partials(self) -> tuple[Expr, ...]:
        """`tetragamma`."""
        return (tetragamma(*self.args),)


class tetragamma(StableFunction):
    """The slope of trigamma, the last one that is known here."""

    nargs = 1

    def textbook(self) -> Expr:
        """SymPy's own."""
        return sympy.polygamma(2, *self.args)

    def partials(self) -> tuple[Expr, ...]:
        """Refuse."""
        raise NotImplementedError("The slope of tetragamma, the third derivative of digamma, is not known here.")


def log_of_erfc(expr: Expr) -> Expr | None:
    """ln of a positive number times erfc, in functions that stay finite; None for anything else."""
    number, function = expr.as_coeff_Mul()
    if not isinstance(function, erfc) or not number > 0:
        return None
    if number == Rational(1, 2):
        return log_half_erfc(*function.args)
    return log_erfc(*function.args) + log(number)


THEIRS: tuple[tuple[type[Expr], Callable[..., Expr]], ...] = (
    (sympy.erf, erf),
    (sympy.erfc, erfc),
    (sympy.gamma, gamma_function),
    (sympy.loggamma, lgamma),
    (sympy.factorial, lambda n: gamma_function(n + 1)),
    (sympy.polygamma, lambda n, x: of_polygamma(n, x)),
)
"""SymPy's functions, and ours for them."""


def of_polygamma(n: Expr, x: Expr) -> Expr:
    """Return a derivative of digamma in functions that are known here; SymPy's own from the third on."""
    known = {S.Zero: digamma, S.One: trigamma, S(2): tetragamma}
    return cast("Expr", known[n](x)) if n in known else sympy.polygamma(n, x)
