"""Combinations of sines, cosines, sinh and cosh whose plain formulas cancel or overflow."""

from __future__ import annotations

from sympy import Expr, Integer, cos, cosh, exp, factorial, sin, sinh

from explorer.core.functions.choices import absolute, below, where
from explorer.core.functions.composed import Composed, filled, series
from explorer.core.functions.logistic import expm1, log_cosh_slope
from explorer.core.functions.products import xdivy


class versine(Composed):
    """1 - cos x, precise where x is near a multiple of 2 pi."""

    def textbook(self) -> Expr:
        """1 - cos x."""
        return 1 - cos(self.args[0])

    def partials(self) -> tuple[Expr, ...]:
        """sin x."""
        return (sin(self.args[0]),)

    def composed(self) -> Expr:
        """2 sin(x / 2)**2."""
        return 2 * sin(self.args[0] / 2) ** 2


class sech(Composed):
    """1 / cosh x, without overflow."""

    def textbook(self) -> Expr:
        """1 / cosh x."""
        return 1 / cosh(self.args[0])

    def partials(self) -> tuple[Expr, ...]:
        """-sech x tanh x."""
        return (-self * log_cosh_slope(self.args[0]),)

    def composed(self) -> Expr:
        """2 e^-|x| / (1 + e^-2|x|)."""
        size = absolute(self.args[0])
        return 2 * exp(-size) / (1 + exp(-2 * size))


class sinc(Composed):
    """sin x / x, and 1 where x = 0."""

    def textbook(self) -> Expr:
        """sin x / x."""
        (x,) = self.args
        return sin(x) / x

    def partials(self) -> tuple[Expr, ...]:
        """`sinc_slope`."""
        return (sinc_slope(self.args[0]),)

    def composed(self) -> Expr:
        """A quotient that is 1 at 0."""
        (x,) = self.args
        return filled(xdivy(sin(x), x), x)


class sinc_slope(Composed):
    """(cos x - sin x / x) / x, and 0 where x = 0: the derivative of `sinc`."""

    def textbook(self) -> Expr:
        """(cos x - sin x / x) / x."""
        (x,) = self.args
        return (cos(x) - sin(x) / x) / x

    def composed(self) -> Expr:
        """Its series where |x| < 1."""
        (x,) = self.args
        near = x * series(x**2, [Integer(-1) ** (k + 1) * 2 * (k + 1) / factorial(2 * k + 3) for k in range(9)])
        return where(below(absolute(x), 1), near, (cos(x) - sin(x) / x) / x)


class sinhc(Composed):
    """sinh x / x, and 1 where x = 0."""

    def textbook(self) -> Expr:
        """sinh x / x."""
        (x,) = self.args
        return sinh(x) / x

    def partials(self) -> tuple[Expr, ...]:
        """`sinhc_slope`."""
        return (sinhc_slope(self.args[0]),)

    def composed(self) -> Expr:
        """e^(s/2) (e^(s/2) - e^(-3s/2)) / (2 s) for s = |x|: sinh may overflow."""
        size = absolute(self.args[0])
        return filled(exp(size / 2) * xdivy(expm1(size / 2) - expm1(-3 * size / 2), 2 * size), size)


class sinhc_slope(Composed):
    """(cosh x - sinh x / x) / x, and 0 where x = 0: the derivative of `sinhc`."""

    def textbook(self) -> Expr:
        """(cosh x - sinh x / x) / x."""
        (x,) = self.args
        return (cosh(x) - sinh(x) / x) / x

    def composed(self) -> Expr:
        """Its series where |x| < 1, and exponentials of |x| that do not overflow before the quotient does."""
        (x,) = self.args
        size = absolute(x)
        near = x * series(x**2, [Integer(2 * (k + 1)) / factorial(2 * k + 3) for k in range(9)])
        parts = exp(size / 2) * (size - 1) + exp(-3 * size / 2) * (size + 1)
        return where(below(size, 1), near, exp(size / 2) * xdivy(xdivy(parts, 2 * size), x))
