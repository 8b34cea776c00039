"""Roots of sums of squares, and what is left of them, without overflow."""

from __future__ import annotations

from sympy import Expr, log, sqrt

from explorer.core.functions.choices import absolute, below, maximum, minimum, relu, where
from explorer.core.functions.composed import Composed
from explorer.core.functions.lengths import direction, norm
from explorer.core.functions.products import xdivy, xlog1py, xmuly


class log1p_square(Composed):
    """ln(1 + x**2), without overflow."""

    def textbook(self) -> Expr:
        """ln(1 + x**2)."""
        return log(1 + self.args[0] ** 2)

    def partials(self) -> tuple[Expr, ...]:
        """`log1p_square_slope`."""
        return (log1p_square_slope(*self.args),)

    def composed(self) -> Expr:
        """2 ln m + ln(1 + r**2), where m is the larger of |x| and 1 and r the smaller over m."""
        size = absolute(self.args[0])
        large = maximum(size, 1)
        return 2 * log(large) + xlog1py(1, (minimum(size, 1) / large) ** 2)


class log1p_square_slope(Composed):
    """2 x / (1 + x**2), without overflow."""

    def textbook(self) -> Expr:
        """2 x / (1 + x**2)."""
        (x,) = self.args
        return 2 * x / (1 + x**2)

    def partials(self) -> tuple[Expr, ...]:
        """2 (1 - x**2) / (1 + x**2)**2, without overflow and precise where that is 0."""
        (x,) = self.args
        return (2 * (1 - x) / norm(x, 1) ** 2 * ((1 + x) / norm(x, 1) ** 2),)

    def composed(self) -> Expr:
        """2 x / (1 + x**2), and 2 / (x + 1 / x) where x is large."""
        (x,) = self.args
        return where(below(absolute(x), 1), 2 * x / (1 + x**2), 2 / (x + 1 / x))


class root_excess(Composed):
    """The root of 1 + x**2, less 1: the pseudo-Huber loss."""

    def textbook(self) -> Expr:
        """sqrt(1 + x**2) - 1."""
        return sqrt(1 + self.args[0] ** 2) - 1

    def partials(self) -> tuple[Expr, ...]:
        """x over the root."""
        return (direction(self.args[0], 1),)

    def composed(self) -> Expr:
        """x times x over the root and 1."""
        (x,) = self.args
        return xmuly(x, x / (1 + norm(x, 1)))


class root1p_excess(Composed):
    """The root of 1 + x, less 1."""

    def textbook(self) -> Expr:
        """sqrt(1 + x) - 1."""
        return sqrt(1 + self.args[0]) - 1

    def partials(self) -> tuple[Expr, ...]:
        """1 / (2 sqrt(1 + x))."""
        return (1 / (2 * sqrt(1 + self.args[0])),)

    def composed(self) -> Expr:
        """x over the root and 1."""
        (x,) = self.args
        return x / (1 + sqrt(1 + x))


class root_above(Composed):
    """The root of x**2 + e, without overflow. Its slope by x is 0 where x is."""

    nargs = 2

    def textbook(self) -> Expr:
        """sqrt(x**2 + e)."""
        x, e = self.args
        return sqrt(x**2 + e)

    def partials(self) -> tuple[Expr, ...]:
        """x over the root, and 1/2 over it."""
        return xdivy(self.args[0], self), 1 / (2 * self)

    def composed(self) -> Expr:
        """The length of (x, sqrt(e)); for e below 0 the root of (|x| - r) (|x| + r), where r is that of -e."""
        x, e = self.args
        size, r = absolute(x), sqrt(relu(-e))
        return where(below(e, 0), sqrt(size - r) * sqrt(size + r), norm(x, sqrt(relu(e))))


class softsign(Composed):
    """x / (1 + |x|). By chain rule its derivative would cancel for large x."""

    def textbook(self) -> Expr:
        """x / (1 + |x|)."""
        (x,) = self.args
        return x / (1 + absolute(x).textbook())

    def partials(self) -> tuple[Expr, ...]:
        """1 / (1 + |x|)**2."""
        return ((1 + absolute(self.args[0])) ** -2,)

    def composed(self) -> Expr:
        """x / (1 + |x|)."""
        (x,) = self.args
        return x / (1 + absolute(x))
