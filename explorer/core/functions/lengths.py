"""The length of a vector, and the general loss of errors by their size."""

from __future__ import annotations

from sympy import Abs, Add, Expr, S, log, sign, sqrt

from explorer.core.functions.base import StableFunction, exponential
from explorer.core.functions.choices import absolute, signum
from explorer.core.functions.products import xdivy, xlog1py, xmuly


class norm(StableFunction):
    """The root of x1**2 + x2**2 + ..., without overflow or underflow. Its slopes at the origin are 0."""

    def textbook(self) -> Expr:
        """The root of the sum of squares."""
        return sqrt(Add(*(x**2 for x in self.args)))

    def partials(self) -> tuple[Expr, ...]:
        """`direction`: x_k / norm for each, and 0 at the origin."""
        return tuple(direction(x, *(other for j, other in enumerate(self.args) if j != k)) for k, x in enumerate(self.args))


class direction(StableFunction):
    """x / norm(x, x2, ...), and 0 where x = 0: how fast a norm grows with x. By chain rule its derivative would cancel."""

    def textbook(self) -> Expr:
        """x over the root of the sum of squares."""
        return self.args[0] / norm(*self.args).textbook()

    def partials(self) -> tuple[Expr, ...]:
        """(x2**2 + ...) / norm**3 by x, -x x_k / norm**3 by each other, as quotients that do not overflow; 0 at the origin."""
        x, *others = self.args
        length = norm(*self.args)
        rest = xdivy(norm(*others), length) if others else S.Zero
        turned = (direction(other, x, *(o for j, o in enumerate(others) if j != k)) for k, other in enumerate(others))
        return rest * xdivy(rest, length), *(-xmuly(self, xdivy(by, length)) for by in turned)


class _GeneralRobust(StableFunction):
    """A function of u = (r / c)**2 >= 0 and of the shape alpha, in [-inf, inf), of Barron's general loss.

    References
    ----------
    J. T. Barron (2019), A General and Adaptive Robust Loss Function, equations 1 and 8 to 13.
    """

    nargs = 2

    @property
    def grown(self) -> Expr:
        """u / |alpha - 2| + 1."""
        u, alpha = self.args
        return u / Abs(alpha - 2) + 1


class general_robust(_GeneralRobust):
    """|alpha - 2| / alpha ((u / |alpha - 2| + 1)**(alpha / 2) - 1), with its limits for the shapes 2, 0 and -inf."""

    def textbook(self) -> Expr:
        """The formula; of those shapes u / 2, ln(u / 2 + 1) and 1 - e^(-u / 2)."""
        u, alpha = self.args
        if alpha.is_infinite:
            return 1 - exponential(-u / 2)
        if alpha.is_zero:
            return log(u / 2 + 1)
        return u / 2 if (alpha - 2).is_zero else Abs(alpha - 2) / alpha * (self.grown ** (alpha / 2) - 1)

    def partials(self) -> tuple[Expr, ...]:
        """`general_robust_slope`, and `general_robust_shape_slope`."""
        return general_robust_slope(*self.args), general_robust_shape_slope(*self.args)


class general_robust_slope(_GeneralRobust):
    """1/2 (u / |alpha - 2| + 1)**(alpha / 2 - 1), the derivative of `general_robust` by u, with its limits for 2 and -inf."""

    def textbook(self) -> Expr:
        """The formula; of those shapes 1/2 and e^(-u / 2) / 2."""
        u, alpha = self.args
        if alpha.is_infinite:
            return exponential(-u / 2) / 2
        return S.Half if (alpha - 2).is_zero else self.grown ** (alpha / 2 - 1) / 2

    def partials(self) -> tuple[Expr, ...]:
        """(alpha - 2) / (2 (|alpha - 2| + u)) times itself, and (ln(1 + z) - z / (1 + z)) / 2, where z = u / |alpha - 2|.

        By u that is 0 for the shape 2 and -1/2 times itself for -inf; by alpha 0 for -inf and infinite for 2, if u is not 0.
        """
        u, alpha = self.args
        size = absolute(alpha - 2)
        z = xdivy(u, size)
        return (
            xmuly(self, signum(alpha - 2) / (2 * (1 + z))),
            xmuly(self, (xlog1py(S.One, z) - xdivy(u, size + u)) / 2),
        )


class general_robust_shape_slope(_GeneralRobust):
    """The derivative of `general_robust` by alpha: 0 for the shape -inf, infinite for 2 if u is not 0.

    Its terms cancel where u is small: it is precise to the spacing of floats at u.
    """

    def textbook(self) -> Expr:
        """What the formula gives; for the shape 0, ln(u/2 + 1)**2 / 4 - ln(u/2 + 1) / 2 + u / (2 (u + 2))."""
        u, alpha = self.args
        if alpha.is_infinite:
            return S.Zero
        if alpha.is_zero:
            return log(u / 2 + 1) ** 2 / 4 - log(u / 2 + 1) / 2 + u / (2 * (u + 2))
        if (alpha - 2).is_zero:
            return S.Zero if u.is_zero else S.Infinity
        size, side, power = Abs(alpha - 2), sign(alpha - 2), self.grown ** (alpha / 2)
        inner = log(self.grown) / 2 - alpha * side * u / (2 * size * (size + u))
        return 2 * side * (power - 1) / alpha**2 + size / alpha * power * inner

    def partials(self) -> tuple[Expr, ...]:
        """By u that of `general_robust_slope` by alpha; by alpha NaN, as nothing here needs it."""
        return general_robust_slope(*self.args).partials()[1], S.NaN
