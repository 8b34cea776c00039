"""The base of our SymPy functions: each has a textbook form and its slopes."""

from __future__ import annotations

import re
from typing import Any

from sympy import Expr, Function, exp, log
from sympy.core.function import ArgumentIndexError


class StableFunction(Function):  # type: ignore[misc]  # SymPy's Function is untyped
    """A function with a derivative and a textbook form."""

    def textbook(self) -> Expr:
        """Return the plain formula that this function computes safely; itself where there is none."""
        return self

    def partials(self) -> tuple[Expr, ...]:
        """Return the derivative with respect to each argument."""
        raise NotImplementedError

    def fdiff(self, argindex: int = 1) -> Expr:
        """Return the derivative with respect to argument number argindex, counted from 1."""
        if not 1 <= argindex <= len(self.args):
            raise ArgumentIndexError(self, argindex)
        return self.partials()[argindex - 1]

    def _eval_rewrite(self, rule: Any, args: tuple[Expr, ...], **hints: Any) -> Expr | None:
        return self.func(*args).textbook() if rule in ("textbook", log, exp) else None

    def _eval_evalf(self, prec: int) -> Expr | None:
        plain = self.textbook()
        return None if plain == self else plain._eval_evalf(prec)


def exponential(z: Expr) -> Expr:
    """e^z; of a number as it stands, as SymPy computes e^(10^6 ln 999) to three million digits."""
    return exp(z, evaluate=is_harmless(z))


def is_harmless(z: Expr) -> bool:
    """Whether SymPy may be asked what z is: it is no number, or a plain one."""
    return bool(z.is_Rational or not z.is_number)


def reading_order(expr: Expr) -> tuple[int, ...]:
    """Return a key that puts p2 before p10: the numbers in the names of an expression's symbols."""
    return tuple(sorted(int(number) for symbol in expr.free_symbols for number in re.findall(r"\d+", symbol.name)))
