"""Logarithms and exponentials of logits, probabilities and errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Add, Expr, S, cosh, exp, log, tanh

from explorer.core.functions.base import StableFunction, exponential, is_harmless
from explorer.core.functions.choices import argmax, same, where
from explorer.core.functions.composed import Composed
from explorer.core.functions.products import xdivy, xlog1py


class sigmoid(StableFunction):
    """1 / (1 + e^-z), precise on both sides."""

    nargs = 1

    def textbook(self) -> Expr:
        """1 / (1 + e^-z)."""
        return 1 / (1 + exponential(-self.args[0]))

    def partials(self) -> tuple[Expr, ...]:
        """sigmoid(z) sigmoid(-z), which does not cancel as sigmoid(z) (1 - sigmoid(z)) does."""
        (z,) = self.args
        return (sigmoid(z) * sigmoid(-z),)


class logit(StableFunction):
    """ln(p / (1 - p)), the inverse of sigmoid; -inf at 0 and inf at 1."""

    nargs = 1

    def textbook(self) -> Expr:
        """ln(p / (1 - p))."""
        (p,) = self.args
        return log(p / (1 - p))

    def partials(self) -> tuple[Expr, ...]:
        """1 / (p (1 - p))."""
        (p,) = self.args
        return (1 / (p * (1 - p)),)


class log_quotient(StableFunction):
    """ln y / (y - 1), and 1 where y = 1: what is left of the focal loss's slope where p comes to 1."""

    nargs = 1

    def textbook(self) -> Expr:
        """ln y / (y - 1)."""
        (y,) = self.args
        return log(y) / (y - 1)

    def partials(self) -> tuple[Expr, ...]:
        """(1 / y - ln y / (y - 1)) / (y - 1), and -1/2 where y = 1."""
        (y,) = self.args
        return (xdivy(1 / y - self, y - 1) - same(y, 1) / 2,)


class softplus(StableFunction):
    """ln(1 + e^z), without overflow."""

    nargs = 1

    def textbook(self) -> Expr:
        """ln(1 + e^z)."""
        return log(1 + exponential(self.args[0]), evaluate=is_harmless(self.args[0]))

    def partials(self) -> tuple[Expr, ...]:
        """sigmoid(z)."""
        return (sigmoid(self.args[0]),)


class logistic_loss(StableFunction):
    """t ln(1 + e^-z) + (1 - t) ln(1 + e^z): binary cross-entropy of logit z, with one logarithm for both."""

    nargs = 2

    def textbook(self) -> Expr:
        """t ln(1 + e^-z) + (1 - t) ln(1 + e^z)."""
        t, z = self.args
        return t * log(1 + exponential(-z)) + (1 - t) * log(1 + exponential(z))

    def partials(self) -> tuple[Expr, ...]:
        """-z; and sigmoid(z) - t, such that neither side cancels."""
        t, z = self.args
        return -z, (1 - t) * sigmoid(z) - t * sigmoid(-z)


class exp_difference(StableFunction):
    """e^(x - y), precise where the difference of floats is rounded."""

    nargs = 2

    def textbook(self) -> Expr:
        """e^(x - y)."""
        x, y = self.args
        return exponential(x - y)

    def partials(self) -> tuple[Expr, ...]:
        """Itself, and less itself."""
        return self, -self


class logsumexp(StableFunction):
    """ln(e^z1 + e^z2 + ...), without overflow, and precise where one term outweighs the rest."""

    def textbook(self) -> Expr:
        """ln(e^z1 + e^z2 + ...)."""
        return log(Add(*map(exponential, self.args)))

    def partials(self) -> tuple[Expr, ...]:
        """softmax(z)."""
        return tuple(exp(z - self) for z in self.args)


class refined(StableFunction):
    """ln(e^z1 + e^z2 + ...), with all its digits next to 0 as well. Of y, z1, z2, ...: y is what `logsumexp` makes of it.

    There the sum is next to 1, and what exponentials round is all that is left.
    """

    def textbook(self) -> Expr:
        """ln(e^z1 + e^z2 + ...)."""
        return logsumexp(*self.args[1:]).textbook()

    def partials(self) -> tuple[Expr, ...]:
        """0 by y, and softmax(z)."""
        return S.Zero, *(probability_of(self.args[1:], k) for k in range(len(self.args) - 1))


class shift(StableFunction):
    """The largest of its arguments, taken as a constant to subtract from every logit.

    Softmax does not change when all logits move together, so this number may be anything: in floats it is the maximum, which
    keeps exponentials from overflowing; in algebra it is 0, and its derivative is 0.
    """

    def textbook(self) -> Expr:
        """0."""
        return S.Zero

    def partials(self) -> tuple[Expr, ...]:
        """0 for each."""
        return (S.Zero,) * len(self.args)


class softmax(Composed):
    """e^z1 / (e^z1 + e^z2 + ...), precise where logits are large and near each other."""

    nargs = None

    def textbook(self) -> Expr:
        """e^z1 over the sum of exponentials."""
        return exp(self.args[0]) / Add(*map(exp, self.args))

    def partials(self) -> tuple[Expr, ...]:
        """p1 (1 - p1), and -p1 p_k for the others."""
        return softmax_slope(*self.args), *(-product for product in _products(self.args))

    def composed(self) -> Expr:
        """e^(z1 - m) over the sum of e^(z - m), where m is the largest logit."""
        largest = shift(*self.args)
        return exp_difference(self.args[0], largest) / Add(*(exp_difference(z, largest) for z in self.args))


class softmax_rest(Composed):
    """1 - e^z1 / (e^z1 + e^z2 + ...), precise where that is nearly 1."""

    nargs = None

    def textbook(self) -> Expr:
        """The sum of the other exponentials over that of all."""
        return Add(*map(exp, self.args[1:])) / Add(*map(exp, self.args))

    def partials(self) -> tuple[Expr, ...]:
        """The slopes of `softmax`, with the other sign."""
        return tuple(-slope for slope in softmax(*self.args).partials())

    def composed(self) -> Expr:
        """As `softmax`."""
        first, *others = (exp_difference(z, shift(*self.args)) for z in self.args)
        return Add(*others) / Add(first, *others)


class softmax_slope(Composed):
    """p1 (1 - p1) of the softmax of logits, how fast p1 grows with its own: one quotient, with fewer roundings."""

    nargs = None

    def textbook(self) -> Expr:
        """e^z1 times the sum of the others, over the square of the sum of all."""
        first, *others = map(exp, self.args)
        return first * Add(*others) / Add(first, *others) ** 2

    def partials(self) -> tuple[Expr, ...]:
        """p1 (1 - p1) (1 - 2 p1), and -p1 p_k (1 - 2 p1) for the others."""
        turning = softmax_rest(*self.args) - softmax(*self.args)
        return self * turning, *(-product * turning for product in _products(self.args))

    def composed(self) -> Expr:
        """The same of e^(z - m), where m is the largest logit."""
        first, *others = _up_to_1(self.args)
        return first * Add(*others) / _squared_total(self.args)


class softmax_product(Composed):
    """p1 p2 of the softmax of logits: by how much the one falls where the logit of the other grows."""

    nargs = None

    def textbook(self) -> Expr:
        """e^(z1 + z2) over the square of the sum of exponentials."""
        return exp(self.args[0]) * exp(self.args[1]) / Add(*map(exp, self.args)) ** 2

    def partials(self) -> tuple[Expr, ...]:
        """p1 p2 (1 - 2 p1), p1 p2 (1 - 2 p2), and -2 p1 p2 p_k for the others."""
        first, second, *others = self.args
        own = (softmax_rest(*z) - softmax(*z) for z in (self.args, (second, first, *others)))
        rest = (probability_of(self.args, k) for k in range(2, len(self.args)))
        return *(self * turning for turning in own), *(-2 * self * p for p in rest)

    def composed(self) -> Expr:
        """The same of e^(z - m), where m is the largest logit."""
        first, second, *_ = _up_to_1(self.args)
        return first * second / _squared_total(self.args)


def _up_to_1(logits: Sequence[Expr]) -> list[Expr]:
    """e^(z - m) of each logit, where m is the largest of them."""
    largest = shift(*logits)
    return [exp_difference(z, largest) for z in logits]


def _squared_total(logits: Sequence[Expr]) -> Expr:
    """The square of the sum of e^(z - m): 1 + s (2 + s), where s is what the sum is above the 1 of the largest.

    The sum itself is rounded where its 1 is added, and a square would double that.
    """
    place = argmax(*logits)
    above = Add(*(where(same(place, k), S.Zero, e) for k, e in enumerate(_up_to_1(logits))))
    return 1 + above * (2 + above)


def _products(logits: Sequence[Expr]) -> Iterator[Expr]:
    """The probability of the first class times that of each other."""
    for k in range(1, len(logits)):
        yield softmax_product(logits[0], logits[k], *logits[1:k], *logits[k + 1 :])


def probability_of(logits: Sequence[Expr], k: int) -> Expr:
    """Return the probability of class k, counted from 0."""
    return softmax(logits[k], *logits[:k], *logits[k + 1 :])


class expm1(StableFunction):
    """e^x - 1, precise for small x."""

    nargs = 1

    def textbook(self) -> Expr:
        """e^x - 1."""
        return exponential(self.args[0]) - 1

    def partials(self) -> tuple[Expr, ...]:
        """e^x."""
        return (exp(self.args[0]),)


class log_cosh(StableFunction):
    """ln cosh x, precise for small x and without overflow."""

    nargs = 1

    def textbook(self) -> Expr:
        """ln cosh x."""
        (x,) = self.args
        return log(cosh(x, evaluate=is_harmless(x)), evaluate=is_harmless(x))

    def partials(self) -> tuple[Expr, ...]:
        """`log_cosh_slope`."""
        return (log_cosh_slope(self.args[0]),)


class log_cosh_slope(StableFunction):
    """tanh x. SymPy's own has the derivative 1 - tanh(x)**2, which is 0 from x = 20 on."""

    nargs = 1

    def textbook(self) -> Expr:
        """tanh x."""
        (x,) = self.args
        return tanh(x, evaluate=is_harmless(x))

    def partials(self) -> tuple[Expr, ...]:
        """4 sigmoid(2 x) sigmoid(-2 x), the square of 1 / cosh x."""
        (x,) = self.args
        return (4 * sigmoid(2 * x) * sigmoid(-2 * x),)


class entropy_gap(StableFunction):
    """How far the entropy -m ln m of the middle of x and y is above the mean of theirs; 0 where they are equal."""

    nargs = 2

    def textbook(self) -> Expr:
        """Half of x ln(2 x / (x + y)) + y ln(2 y / (x + y))."""
        x, y = self.args
        return (x * log(2 * x / (x + y)) + y * log(2 * y / (x + y))) / 2

    def partials(self) -> tuple[Expr, ...]:
        """Half of ln 2 - ln(1 + y / x), and of ln 2 - ln(1 + x / y)."""
        x, y = self.args
        return tuple((log(2) - xlog1py(S.One, xdivy(b, a))) / 2 for a, b in ((x, y), (y, x)))
