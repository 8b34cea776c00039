"""Divergences and other differences that are tiny where a prediction is near its target."""

from __future__ import annotations

from sympy import Expr, Integer, Rational, S, log, sqrt

from explorer.core.functions.choices import absolute, below, where
from explorer.core.functions.classes import log_ratio
from explorer.core.functions.composed import Composed
from explorer.core.functions.logistic import expm1
from explorer.core.functions.near_zero import log1p_gap
from explorer.core.functions.products import xdivy, xlog1py, xlogy, xmuly


class quotient_gap(Composed):
    """1 - x / y, precise where x is near y, and 1 where x = 0."""

    nargs = 2

    def textbook(self) -> Expr:
        """1 - x / y."""
        x, y = self.args
        return 1 - x / y

    def partials(self) -> tuple[Expr, ...]:
        """-1 / y, and x / y**2."""
        x, y = self.args
        return -1 / y, xdivy(xdivy(x, y), y)

    def composed(self) -> Expr:
        """(y - x) / y where that is small."""
        x, y = self.args
        return where(below(absolute(y - x), absolute(y) / 2), (y - x) / y, 1 - xdivy(x, y))


class log1p_ratio(Composed):
    """ln((1 + x) / (1 + y)), precise where x is near y."""

    nargs = 2

    def textbook(self) -> Expr:
        """ln(1 + x) - ln(1 + y)."""
        x, y = self.args
        return log(1 + x) - log(1 + y)

    def partials(self) -> tuple[Expr, ...]:
        """1 / (1 + x) and -1 / (1 + y)."""
        x, y = self.args
        return 1 / (1 + x), -1 / (1 + y)

    def composed(self) -> Expr:
        """ln(1 + (x - y) / (1 + y)) where |x - y| is less than half of |1 + y|."""
        x, y = self.args
        near = xlog1py(1, (x - y) / (1 + y))
        return where(below(absolute(x - y), absolute(1 + y) / 2), near, xlog1py(1, x) - xlog1py(1, y))


class divergence(Composed):
    """x ln(x / y) - x + y, precise where x is near y: half a Poisson deviance, or a term of a relative entropy."""

    nargs = 2

    def textbook(self) -> Expr:
        """x ln(x / y) - x + y."""
        x, y = self.args
        return x * log(x / y) - x + y

    def partials(self) -> tuple[Expr, ...]:
        """ln(x / y), and 1 - x / y."""
        x, y = self.args
        return log_ratio(x, y), quotient_gap(x, y)

    def composed(self) -> Expr:
        """x times the gap of ln(1 + (y - x) / x) while y is between x / 2 and 4 x."""
        x, y = self.args
        near = x * log1p_gap((y - x) / x)
        return where(below(absolute(y - 9 * x / 4), 7 * x / 4), near, y - x + xmuly(x, log_ratio(x, y)))


class ratio_gap(Composed):
    """x / y - 1 - ln(x / y), precise where x is near y: half a gamma deviance."""

    nargs = 2

    def textbook(self) -> Expr:
        """x / y - 1 - ln(x / y)."""
        x, y = self.args
        return x / y - 1 - log(x / y)

    def partials(self) -> tuple[Expr, ...]:
        """1 / y - 1 / x, and (1 - x / y) / y."""
        x, y = self.args
        return quotient_gap(y, x) / y, quotient_gap(x, y) / y

    def composed(self) -> Expr:
        """The gap of ln(1 + (x - y) / y) while x is between y / 2 and 4 y."""
        x, y = self.args
        far = xdivy(x, y) - 1 - log_ratio(x, y)
        return where(below(absolute(x - 9 * y / 4), 7 * y / 4), log1p_gap((x - y) / y), far)


class share_residual(Composed):
    """(1 - t) / (1 - p) - t / p, precise where p is near t: the slope of the surprise at a share t after predicting p."""

    nargs = 2

    def textbook(self) -> Expr:
        """(1 - t) / (1 - p) - t / p."""
        t, p = self.args
        return (1 - t) / (1 - p) - t / p

    def partials(self) -> tuple[Expr, ...]:
        """-1 / (p (1 - p)), and (1 - t) / (1 - p)**2 + t / p**2."""
        t, p = self.args
        return -1 / (1 - p) - 1 / p, xdivy(xdivy(1 - t, 1 - p), 1 - p) + xdivy(xdivy(t, p), p)

    def composed(self) -> Expr:
        """(p - t) / (p (1 - p)) where p is near t."""
        t, p = self.args
        near = (p - t) / (p * (1 - p))
        return where(below(absolute(p - t), p * (1 - p) / 2), near, xdivy(1 - t, 1 - p) - xdivy(t, p))


class share_divergence(Composed):
    """t ln(t / p) + (1 - t) ln((1 - t) / (1 - p)), precise where p is near t: relative entropy of two classes."""

    nargs = 2

    def textbook(self) -> Expr:
        """t ln(t / p) + (1 - t) ln((1 - t) / (1 - p))."""
        t, p = self.args
        return t * log(t / p) + (1 - t) * log((1 - t) / (1 - p))

    def partials(self) -> tuple[Expr, ...]:
        """ln(t / p) - ln((1 - t) / (1 - p)), and the slope of the surprise."""
        t, p = self.args
        return log_ratio(t, p) - log1p_ratio(-t, -p), share_residual(t, p)

    def composed(self) -> Expr:
        """Both terms with what they have in common, p - t, left out: each is at least 0 then."""
        t, p = self.args
        rest = where(
            below(absolute(p - t), (1 - t) / 2),
            (1 - t) * log1p_gap((t - p) / (1 - t)),
            t - p + xlogy(1 - t, xdivy(1 - t, 1 - p)),
        )
        return divergence(t, p) + rest


class lost_power(Composed):
    """1 - (1 - x)**n for x up to 1, precise where x is small."""

    nargs = 2

    def textbook(self) -> Expr:
        """1 - (1 - x)**n."""
        x, n = self.args
        return 1 - (1 - x) ** n

    def partials(self) -> tuple[Expr, ...]:
        """n (1 - x)**(n - 1), and -(1 - x)**n ln(1 - x)."""
        x, n = self.args
        return n * (1 - x) ** (n - 1), -xlog1py((1 - x) ** n, -x)

    def composed(self) -> Expr:
        """By way of n ln(1 - x)."""
        x, n = self.args
        return -expm1(xlog1py(n, -x))


class root_difference(Composed):
    """sqrt(x) - sqrt(y), precise where x is near y."""

    nargs = 2

    def textbook(self) -> Expr:
        """sqrt(x) - sqrt(y)."""
        x, y = self.args
        return sqrt(x) - sqrt(y)

    def partials(self) -> tuple[Expr, ...]:
        """1 / (2 sqrt(x)) and -1 / (2 sqrt(y))."""
        x, y = self.args
        return 1 / (2 * sqrt(x)), -1 / (2 * sqrt(y))

    def composed(self) -> Expr:
        """(x - y) / (sqrt(x) + sqrt(y))."""
        x, y = self.args
        return xdivy(x - y, sqrt(x) + sqrt(y))


class log_more(Composed):
    """ln(x + c) for x from 0 to 1 and a small number c, precise where that is near 1."""

    nargs = 2

    def textbook(self) -> Expr:
        """ln(x + c)."""
        x, c = self.args
        return log(x + c)

    def partials(self) -> tuple[Expr, ...]:
        """1 / (x + c), twice."""
        x, c = self.args
        return 1 / (x + c), 1 / (x + c)

    def composed(self) -> Expr:
        """ln(1 + (c - (1 - x))), or as it is written: SymPy would add the numbers, were 1 - x no argument of a function."""
        x, c = self.args
        return where(below(Rational(1, 2), x), xlog1py(1, c - xmuly(Integer(1), 1 - x)), log(x + c))


class log_less(Composed):
    """ln(1 + c - x) for x from 0 to 1 and a small number c, precise where that is near 0 and near 1."""

    nargs = 2

    def textbook(self) -> Expr:
        """ln(1 + c - x)."""
        x, c = self.args
        return log(1 + c - x)

    def partials(self) -> tuple[Expr, ...]:
        """-1 / (1 + c - x), and its negative."""
        x, c = self.args
        slope = 1 / (c + xmuly(S.One, 1 - x))
        return -slope, slope

    def composed(self) -> Expr:
        """ln(1 + (c - x)), or ln(c + (1 - x)), as in `log_more`."""
        x, c = self.args
        return where(below(x, Rational(1, 2)), xlog1py(1, c - x), log(c + xmuly(Integer(1), 1 - x)))
