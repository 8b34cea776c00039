"""Probabilities of two or more classes, their slopes, and surprises where a probability is nearly 1."""

from __future__ import annotations

import math

from sympy import Add, Expr, Float, LambertW, Rational, S, exp, log, sqrt

from explorer.core.functions.choices import absolute, at_most, below, relu, same, signum, where
from explorer.core.functions.composed import Composed
from explorer.core.functions.logistic import (
    exp_difference,
    expm1,
    log_cosh_slope,
    logsumexp,
    probability_of,
    shift,
    sigmoid,
    softmax_rest,
)
from explorer.core.functions.products import xlog1py, xmuly

FAR_BELOW = -700
"""From where e^x leaves the range of floats before x e^x does, and is nothing beside 1."""


class sigmoid_slope(Composed):
    """sigmoid(z) sigmoid(-z): p (1 - p) of a logit. By chain rule its derivative would cancel at 0."""

    def textbook(self) -> Expr:
        """sigmoid(z) (1 - sigmoid(z))."""
        plain = sigmoid(self.args[0]).textbook()
        return plain * (1 - plain)

    def partials(self) -> tuple[Expr, ...]:
        """-sigmoid(z) sigmoid(-z) tanh(z / 2)."""
        return (-self * log_cosh_slope(self.args[0] / 2),)

    def composed(self) -> Expr:
        """e^-|z| / (1 + e^-|z|)**2."""
        small = exp(-absolute(self.args[0]))
        return small / (1 + small) ** 2


class swish(Composed):
    """x sigmoid(x), also where sigmoid leaves the range of floats before it."""

    def textbook(self) -> Expr:
        """x / (1 + e^-x)."""
        (x,) = self.args
        return x * sigmoid(x).textbook()

    def partials(self) -> tuple[Expr, ...]:
        """`swish_slope`."""
        return (swish_slope(self.args[0]),)

    def composed(self) -> Expr:
        """x sigmoid(x), and far below 0 (x e^(x/2)) e^(x/2)."""
        (x,) = self.args
        return where(below(x, FAR_BELOW), xmuly(x * exp(x / 2), exp(x / 2)), x * sigmoid(x))


class swish_slope(Composed):
    """sigmoid(x) + x sigmoid(x) sigmoid(-x), the slope of `swish`, precise where that turns."""

    def textbook(self) -> Expr:
        """sigmoid(x) (1 + x sigmoid(-x))."""
        (x,) = self.args
        return sigmoid(x).textbook() * (1 + x * sigmoid(-x).textbook())

    def composed(self) -> Expr:
        """e^x (1 + x + e^x) / (1 + e^x)**2 for x below 0, where 1 + x + e^x has its root, which is two floats.

        From 0 on the same, divided by e^2x.
        """
        (x,) = self.args
        exact = (-1 - LambertW(exp(-1))).evalf(40)
        root = Float(float(exact))
        off = xmuly(S.One, x - root) - float(exact - Rational(root))  # SymPy would add the two numbers
        turning = where(below(absolute(x - root), S.Half), off - float(1 + exact) * expm1(off), 1 + x + exp(x))
        far = xmuly((1 + x) * exp(x / 2), exp(x / 2))
        before = where(below(x, FAR_BELOW), far, turning * exp(x) / (1 + exp(x)) ** 2)
        return where(below(x, 0), before, (1 + (1 + x) * exp(-x)) / (1 + exp(-x)) ** 2)


class softplus_gap(Composed):
    """ln((1 + e^z) / 2): how far softplus is above its value at 0."""

    def textbook(self) -> Expr:
        """ln(1 + e^z) - ln 2."""
        return log(1 + exp(self.args[0])) - log(2)

    def partials(self) -> tuple[Expr, ...]:
        """sigmoid(z)."""
        return (sigmoid(self.args[0]),)

    def composed(self) -> Expr:
        """max(0, z) + ln(1 + (e^-|z| - 1) / 2)."""
        (z,) = self.args
        return relu(z) + xlog1py(1, expm1(-absolute(z)) / 2)


class log_ratio(Composed):
    """ln(x / y), precise where x is near y."""

    nargs = 2

    def textbook(self) -> Expr:
        """ln(x / y)."""
        x, y = self.args
        return log(x / y)

    def partials(self) -> tuple[Expr, ...]:
        """1 / x and -1 / y."""
        x, y = self.args
        return 1 / x, -1 / y

    def composed(self) -> Expr:
        """ln(1 + (x - y) / y) for x from y to 5 y, and its mirror image; elsewhere by roots, as x / y may overflow."""
        x, y = self.args
        far = 2 * log(sqrt((signum(y) + same(y, 0)) * x) / sqrt(absolute(y)))
        above = where(below(absolute(x - y), 4 * absolute(y)), xlog1py(1, (x - y) / y), far)
        return where(
            below(absolute(y), absolute(x)),
            above,
            where(below(absolute(x - y), 4 * absolute(x)), -xlog1py(1, (y - x) / x), far),
        )


class class_surprise(Composed):
    """ln(e^z1 + e^z2 + ...) - z1, the surprise at the first class: precise where that is nearly certain."""

    nargs = None

    def textbook(self) -> Expr:
        """ln(e^z1 + e^z2 + ...) - z1."""
        return logsumexp(*self.args).textbook() - self.args[0]

    def partials(self) -> tuple[Expr, ...]:
        """-(1 - p1), and p_k for the others."""
        return -softmax_rest(*self.args), *(probability_of(self.args, k) for k in range(1, len(self.args)))

    def composed(self) -> Expr:
        """ln(1 + e^(z2 - z1) + ...); where the first logit is the largest, with what differences lose."""
        first, *others = self.args
        small = xlog1py(S.One, Add(*(exp_difference(z, first) for z in others)))
        return where(at_most(shift(*others), first), small, logsumexp(S.Zero, *(z - first for z in others)))


class log_and_1(Composed):
    """1 + ln x, precise where x is near 1 / e: the slope of x ln x."""

    def textbook(self) -> Expr:
        """1 + ln x."""
        return 1 + log(self.args[0])

    def partials(self) -> tuple[Expr, ...]:
        """1 / x."""
        return (1 / self.args[0],)

    def composed(self) -> Expr:
        """ln(1 + e (x - 1 / e)) for x near 1 / e, which is two floats."""
        (x,) = self.args
        first = Float(math.exp(-1))
        rest = float((1 - S.Exp1 * Rational(first)).evalf(20))
        near = xlog1py(S.One, S.Exp1 * (x - first) - rest)
        return where(below(absolute(x - Rational(3, 8)), Rational(1, 8)), near, 1 + log(x))
