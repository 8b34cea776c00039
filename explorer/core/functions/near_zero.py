"""Exponentials and logarithms near 0, less the first terms of their series or divided by them."""

from __future__ import annotations

from sympy import Expr, Integer, Rational, atanh, exp, factorial, floor, log

from explorer.core.functions.choices import absolute, below, relu, where
from explorer.core.functions.composed import Composed, filled, series
from explorer.core.functions.logistic import expm1
from explorer.core.functions.products import xdivy, xlog1py, xmuly


class log1mexp(Composed):
    """ln(1 - e^-x), precise for small and for large x."""

    def textbook(self) -> Expr:
        """ln(1 - e^-x)."""
        return log(1 - exp(-self.args[0]))

    def partials(self) -> tuple[Expr, ...]:
        """1 / (e^x - 1), as e^-x / (1 - e^-x)."""
        (x,) = self.args
        return (-exp(-x) / expm1(-x),)

    def composed(self) -> Expr:
        """ln(1 - e^-x) as it is for x near 0, and with ln(1 + y) for large x."""
        (x,) = self.args
        return where(below(x, 1), log(-expm1(-x)), xlog1py(1, -exp(-x)))


class exp_gap(Composed):
    """e^x - 1 - x, precise for small x."""

    def textbook(self) -> Expr:
        """e^x - 1 - x."""
        (x,) = self.args
        return exp(x) - 1 - x

    def partials(self) -> tuple[Expr, ...]:
        """e^x - 1."""
        return (expm1(self.args[0]),)

    def composed(self) -> Expr:
        """Its series where |x| < 1."""
        (x,) = self.args
        near = x**2 * series(x, [1 / factorial(k + 2) for k in range(17)])
        return where(below(absolute(x), 1), near, expm1(x) - x)


class exp_quotient(Composed):
    """(e^x - 1) / x, and 1 where x = 0."""

    def textbook(self) -> Expr:
        """(e^x - 1) / x."""
        (x,) = self.args
        return (exp(x) - 1) / x

    def partials(self) -> tuple[Expr, ...]:
        """`exp_quotient_slope`."""
        return (exp_quotient_slope(self.args[0]),)

    def composed(self) -> Expr:
        """e^h (e^(x - h) - e^-h) / x, where h is x / 2 if that is above 0, else 0: e^x may overflow."""
        (x,) = self.args
        h = relu(x) / 2
        return filled(exp(h) * xdivy(expm1(x - h) - expm1(-h), x), x)


class exp_quotient_slope(Composed):
    """((x - 1) e^x + 1) / x**2, and 1/2 where x = 0: the derivative of `exp_quotient`."""

    def textbook(self) -> Expr:
        """((x - 1) e^x + 1) / x**2."""
        (x,) = self.args
        return ((x - 1) * exp(x) + 1) / x**2

    def composed(self) -> Expr:
        """Its series where |x| < 2."""
        (x,) = self.args
        h = relu(x) / 2
        near = series(x, [Integer(k + 1) / factorial(k + 2) for k in range(24)])
        far = exp(h) * ((x - 1) / x**2 * exp(x - h) + exp(-h) / x**2)
        return where(below(absolute(x), 2), near, far)


class atanh_bend(Composed):
    """(artanh u - u) / u**3 for |u| up to 1/3, and 1/3 where u = 0."""

    def textbook(self) -> Expr:
        """(artanh u - u) / u**3."""
        (u,) = self.args
        return (atanh(u) - u) / u**3

    def composed(self) -> Expr:
        """Its series."""
        return series(self.args[0] ** 2, [Rational(1, 2 * k + 3) for k in range(15)])


class log1p_gap(Composed):
    """x - ln(1 + x), precise for small x."""

    def textbook(self) -> Expr:
        """x - ln(1 + x)."""
        (x,) = self.args
        return x - log(1 + x)

    def partials(self) -> tuple[Expr, ...]:
        """x / (1 + x)."""
        (x,) = self.args
        return (x / (1 + x),)

    def composed(self) -> Expr:
        """Its series between -1/2 and 1; between -3/4 and -1/2 by way of twice 1 + x."""
        (x,) = self.args
        twice = 1 + 2 * x
        lower = log(2) - (1 + x) + twice**2 * _log1p_bend(twice)
        rest = where(below(absolute(x + Rational(5, 8)), Rational(1, 8)), lower, x - xlog1py(1, x))
        return where(below(absolute(x - Rational(1, 4)), Rational(3, 4)), x**2 * _log1p_bend(x), rest)


def _log1p_bend(x: Expr) -> Expr:
    """(x - ln(1 + x)) / x**2, as ln(1 + x) is twice the inverse hyperbolic tangent of x / (2 + x)."""
    w = 1 / (2 + x)
    return w - 2 * x * w**3 * atanh_bend(x * w)


def _log1p_quotient_bend(x: Expr) -> Expr:
    """`_log1p_bend` less 1 / (1 + x), which is w + w / (1 + x)."""
    w = 1 / (2 + x)
    return -w / (1 + x) - 2 * x * w**3 * atanh_bend(x * w)


class log1p_quotient(Composed):
    """ln(1 + x) / x, and 1 where x = 0."""

    def textbook(self) -> Expr:
        """ln(1 + x) / x."""
        (x,) = self.args
        return log(1 + x) / x

    def partials(self) -> tuple[Expr, ...]:
        """`log1p_quotient_slope`."""
        return (log1p_quotient_slope(self.args[0]),)

    def composed(self) -> Expr:
        """A quotient that is 1 at 0."""
        (x,) = self.args
        return filled(xdivy(xlog1py(1, x), x), x)


class log1p_quotient_slope(Composed):
    """(1 / (1 + x) - ln(1 + x) / x) / x, and -1/2 where x = 0: the derivative of `log1p_quotient`."""

    def textbook(self) -> Expr:
        """(1 / (1 + x) - ln(1 + x) / x) / x."""
        (x,) = self.args
        return (1 / (1 + x) - log(1 + x) / x) / x

    def composed(self) -> Expr:
        """By the series of `log1p_gap` between -1/2 and 1."""
        (x,) = self.args
        far = xdivy(1 / (1 + x) - xdivy(xlog1py(1, x), x), x)
        return where(below(absolute(x - Rational(1, 4)), Rational(3, 4)), _log1p_quotient_bend(x), far)


class bell(Composed):
    """e^(-c x**2), precise for large x if c is a number of few digits."""

    nargs = 2

    def textbook(self) -> Expr:
        """e^(-c x**2)."""
        x, c = self.args
        return exp(-c * x**2)

    def partials(self) -> tuple[Expr, ...]:
        """-2 c times `bell_slope`, and -x times that."""
        x, c = self.args
        return -2 * c * bell_slope(x, c), -x * bell_slope(x, c)

    def composed(self) -> Expr:
        """By way of x rounded to 18 binary places, whose square is exact."""
        x, c = self.args
        near = floor(2**18 * x) / 2**18
        return exp(-c * near**2) * (1 + expm1(-c * (x - near) * (x + near)))


class bell_slope(Composed):
    """x e^(-c x**2), also where the power leaves the range of floats before it."""

    nargs = 2

    def textbook(self) -> Expr:
        """x e^(-c x**2)."""
        x, c = self.args
        return x * exp(-c * x**2)

    def partials(self) -> tuple[Expr, ...]:
        """(1 - 2 c x**2) e^(-c x**2), and -x**3 e^(-c x**2)."""
        x, c = self.args
        return bell(x, c) - 2 * c * x * self, -(x**2) * self

    def composed(self) -> Expr:
        """As `bell`, with the root of the power taken twice."""
        x, c = self.args
        near = floor(2**18 * x) / 2**18
        root = exp(-c * near**2 / 2)
        return xmuly(x * root, root) * (1 + expm1(-c * (x - near) * (x + near)))
