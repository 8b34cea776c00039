"""What the focal loss and its kin are made of."""

from __future__ import annotations

from sympy import Expr, S, exp, log

from explorer.core.functions.base import StableFunction
from explorer.core.functions.logistic import expm1
from explorer.core.functions.products import ZeroFirst, xdivy, xlog1py, xlogy, xmuly


class focal(ZeroFirst):
    """-x (1 - p)**g ln p, the focal loss of weight x and focusing parameter g, and 0 where x = 0."""

    nargs = 3

    def textbook(self) -> Expr:
        """-x (1 - p)**g ln p."""
        x, p, g = self.args
        return -x * (1 - p) ** g * log(p)

    def partials(self) -> tuple[Expr, ...]:
        """-(1 - p)**g ln p; minus `focal_slope` of the surprise over p; and -x (1 - p)**g ln p ln(1 - p)."""
        x, p, g = self.args
        return focal(S.One, p, g), -xdivy(focal_slope(x, -log(p), g), p), xlog1py(S.One, -p) * self


class focal_surprise(ZeroFirst):
    """x s (1 - e^-s)**g, the focal loss at surprise s = -ln p: precise where p rounds to 1."""

    nargs = 3

    def textbook(self) -> Expr:
        """x s (1 - e^-s)**g."""
        x, s, g = self.args
        return x * s * (1 - exp(-s)) ** g

    def partials(self) -> tuple[Expr, ...]:
        """s (1 - e^-s)**g; `focal_slope`; and x s (1 - e^-s)**g ln(1 - e^-s)."""
        x, s, g = self.args
        return focal_surprise(S.One, s, g), focal_slope(x, s, g), xlog1py(S.One, -exp(-s)) * self


class focal_slope(ZeroFirst):
    """x (1 - e^-s)**g (1 + g s / (e^s - 1)), the derivative of `focal_surprise` by s, finite for every s."""

    nargs = 3

    def textbook(self) -> Expr:
        """x (1 - e^-s)**g (1 + g s / (e^s - 1))."""
        x, s, g = self.args
        return x * (1 - exp(-s)) ** g * (1 + g * s / (exp(s) - 1))

    def partials(self) -> tuple[Expr, ...]:
        """`focal_slope` of weight 1, and derivatives that have the size of what is left where e^s overflows or s = 0."""
        x, s, g = self.args
        left = -expm1(-s)
        bent = left ** (g - 1) * exp(-s) * (2 + (g * exp(-s) - 1) * xdivy(s, left))
        by_g = xlog1py(S.One, -exp(-s)) * self + xmuly(x, left**g * xdivy(s, expm1(s)))
        return focal_slope(S.One, s, g), xmuly(x * g, bent), by_g


class power_surprise(ZeroFirst):
    """x (1 - p**q) / q, precise where p is near 1 or q near 0, and 0 where x = 0: for q towards 0 it is -x ln p."""

    nargs = 3

    def textbook(self) -> Expr:
        """x (1 - p**q) / q."""
        x, p, q = self.args
        return x * (1 - p**q) / q

    def partials(self) -> tuple[Expr, ...]:
        """(1 - p**q) / q; -x p**(q - 1), which is 0 where x = 0; and by q."""
        x, p, q = self.args
        return power_surprise(S.One, p, q), -xmuly(x, p ** (q - 1)), -(xmuly(x, xlogy(p**q, p)) + self) / q


class least_focal(StableFunction):
    """The least sum of `focal` over all distributions p, for a focusing parameter g and weights x1, x2, ... of the classes.

    It has no closed form unless g = 0. Its derivative by a weight is that class's own loss at the minimum; nothing here needs
    it.
    """
