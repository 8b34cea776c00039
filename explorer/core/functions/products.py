"""Products and quotients that are 0 where their first factor is 0."""

from __future__ import annotations

from sympy import Expr, S, log

from explorer.core.functions.base import StableFunction


class ZeroFirst(StableFunction):
    """A function that is 0 where its first argument is 0, whatever the others are."""

    nargs = 2

    @classmethod
    def eval(cls, x: Expr, *others: Expr) -> Expr | None:
        """Return 0 for x = 0."""
        return S.Zero if x.is_zero else None


class xlogy(ZeroFirst):
    """x ln y, and 0 where x = 0 (the convention of information theory: x ln x -> 0)."""

    def textbook(self) -> Expr:
        """x ln y."""
        x, y = self.args
        return x * log(y)

    def partials(self) -> tuple[Expr, ...]:
        """ln y, and x / y."""
        x, y = self.args
        return log(y), xdivy(x, y)


class xlog1py(ZeroFirst):
    """x ln(1 + y), precise for small y, and 0 where x = 0."""

    def textbook(self) -> Expr:
        """x ln(1 + y)."""
        x, y = self.args
        return x * log(1 + y)

    def partials(self) -> tuple[Expr, ...]:
        """ln(1 + y), and x / (1 + y)."""
        x, y = self.args
        return log(1 + y), xdivy(x, 1 + y)


class xdivy(ZeroFirst):
    """x / y, and 0 where x = 0."""

    def textbook(self) -> Expr:
        """x / y."""
        x, y = self.args
        return x / y

    def partials(self) -> tuple[Expr, ...]:
        """1 / y, and -x / y**2 as a quotient of quotients, which overflows later."""
        x, y = self.args
        return 1 / y, -xdivy(xdivy(x, y), y)


class xmuly(ZeroFirst):
    """x y, and 0 where x = 0 even if y is infinite."""

    def textbook(self) -> Expr:
        """x y."""
        x, y = self.args
        return x * y

    def partials(self) -> tuple[Expr, ...]:
        """y, and x."""
        x, y = self.args
        return y, x
