"""An expression's numbers in 80 digits and more, by mpmath: what the checks of algebra hold everything else against.

Nothing here is shared with what it is to judge: neither NumPy nor the printers, nor the stable form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import add, mul
from typing import Any, TypeAlias

from mpmath.ctx_mp import MPContext
from sympy import Expr, Piecewise, Symbol, false, true

from explorer.core import stable_numpy
from explorer.core.algebra.layering import Layered, Subject, plainly
from explorer.core.functions import StableFunction, argmax, least_focal, xdivy, xlog1py, xlogy, xmuly

DIGITS, MANY = 80, 800
"""Digits to compute with, and for a point where so many cancel that fewer than SURE are left."""
SURE = 35
FARTHEST = 1_000_000
"""Where an exponential counts as 0 or infinite, so that no number takes a million digits."""
WORK = 4_000
"""How many operations may be done in MANY digits."""

Number: TypeAlias = Any
"""A number of mpmath's, which has no types; NaN where there is no real value."""
Rows = list[list[Number]]
"""Numbers, entry by entry, one a point."""


class Exact:
    """A subject made ready to be computed: a list of operations, each on the results of those before.

    Parameters
    ----------
    subject : Expr or Layered
    given : mapping
        Name of a symbol -> what is put in for it, in symbols of its own.

    Raises
    ------
    NotImplementedError
        If there is a function that mpmath does not know.
    """

    def __init__(self, subject: Subject, given: Mapping[str, Expr] | None = None) -> None:
        self._digits = _Digits()
        self._operations: list[tuple[Callable[..., Number], tuple[int, ...]]] = []
        self._inputs: dict[str, int] = {}
        self._places: dict[Expr, int] = {}
        self._places = {Symbol(name): self._place(expr) for name, expr in (given or {}).items()}
        layers = subject if isinstance(subject, Layered) else plainly(subject)
        for name, expr in layers.steps:
            self._places[name] = self._place(expr)
        self._entries = [self._place(Symbol(name)) for name in layers.names]

    def __len__(self) -> int:
        """Return how many operations a point takes."""
        return len(self._operations)

    def number(self, value: float) -> Number:
        """Return a float as a number to compute with."""
        return self._digits.context.mpf(value)

    def values(self, points: Mapping[str, Any], count: int) -> Rows:
        """Return each entry's numbers at some points, given by columns of numbers; NaN where they are not known."""
        by_point, left = [], WORK
        for k in range(count):
            at = {place: points[name][k] for name, place in self._inputs.items()}
            row = self._computed(at, DIGITS)
            if self._digits.lost:
                left -= len(self)
                row = self._computed(at, MANY) if left >= 0 else [self._digits.context.nan] * len(row)
            by_point.append(row)
        self._digits.context.dps = DIGITS
        return [list(entry) for entry in zip(*by_point, strict=True)]

    def _computed(self, at: Mapping[int, Any], digits: int) -> list[Number]:
        context = self._digits.context
        context.dps, self._digits.lost, self._digits.rounded = digits, False, False
        results: list[Number] = []
        for place, (operation, arguments) in enumerate(self._operations):
            if place in at:
                results.append(context.convert(at[place]))
            else:
                results.append(operation(*(results[k] for k in arguments)))
        return [results[k] for k in self._entries]

    def _place(self, whole: Expr) -> int:
        """Where the result of an expression is found; what it needs is listed first. Not by recursion: it may be deep."""
        waiting = [whole]
        while waiting:
            expr = waiting[-1]
            parts = _parts(expr)
            if missing := [part for part in parts if part not in self._places]:
                waiting += missing
                continue
            waiting.pop()
            if expr not in self._places:
                self._places[expr] = self._listed(expr, tuple(self._places[part] for part in parts))
        return self._places[whole]

    def _listed(self, expr: Expr, arguments: tuple[int, ...]) -> int:
        if expr.is_Symbol and expr.name in self._inputs:
            return self._inputs[expr.name]
        if expr.is_Symbol:
            self._inputs[expr.name] = len(self._operations)
        self._operations.append((self._digits.operation(expr), arguments))
        return len(self._operations) - 1


def _parts(expr: Expr) -> tuple[Expr, ...]:
    """What must be known first: the arguments, or the textbook form of one of our functions."""
    if isinstance(expr, Piecewise):
        return tuple(part for pair in expr.args for part in pair.args)
    if not isinstance(expr, StableFunction) or isinstance(expr, argmax | least_focal):
        return tuple(expr.args)
    return (expr.textbook(), expr.args[0]) if isinstance(expr, xlogy | xlog1py | xdivy | xmuly) else (expr.textbook(),)


class _Digits:
    """Arithmetic on mpmath's numbers that never raises, and that knows when its digits are gone.

    What comes out as 0 at an edge, 1 - p or ln p at p = 1, is 0 unless something that is not 0 was rounded away before.
    """

    def __init__(self) -> None:
        self.context = MPContext()
        self.context.dps = DIGITS
        self.lost = False
        self.rounded = False

    def operation(self, expr: Expr) -> Callable[..., Number]:
        """Return what computes an expression from the values of its parts."""
        name = type(expr).__name__
        if expr.is_Atom:
            return lambda: self._constant(expr)
        if isinstance(expr, argmax | least_focal):
            return lambda *x: self.context.convert(float(stable_numpy.FUNCTIONS[name](*map(float, x))))
        if isinstance(expr, xlogy | xlog1py | xdivy | xmuly):
            return lambda plain, x: x if x == 0 else plain
        if isinstance(expr, StableFunction):
            return lambda plain: plain
        if own := getattr(self, f"_{name}", None):
            return own  # type: ignore[no-any-return]
        return self._of_mpmath(name)

    def _constant(self, expr: Expr) -> Number:
        if expr in (true, false):
            return self.context.mpf(expr is true)
        if expr.is_Rational:
            return self.context.mpf(expr.p) / expr.q
        if expr.is_extended_real and expr.is_number:
            return self.context.convert(expr._to_mpmath(self.context.prec) if expr.is_finite else float(expr))
        return self.context.nan

    def _of_mpmath(self, name: str) -> Callable[..., Number]:
        function = getattr(self.context, name, None)
        if function is None:
            raise NotImplementedError(f"No digits for {name}.")

        def real(*arguments: Number) -> Number:
            self.rounded = True
            if any(abs(x) > FARTHEST or x != x for x in arguments):
                return self.context.nan
            try:
                result = function(*arguments)
            except (ValueError, ZeroDivisionError, OverflowError):
                return self.context.nan
            return result if isinstance(result, self.context.mpf) else self.context.nan

        return real

    def _Add(self, *terms: Number) -> Number:
        total = reduce(add, terms)
        sizes = [abs(term) for term in terms if term != 0]
        if not sizes:
            return total
        largest = max(sizes)
        least = largest * self.context.mpf(10) ** (SURE - self.context.dps)
        self.rounded = self.rounded or not min(sizes) > least
        if abs(total) < least and (total != 0 or self.rounded):
            self.lost = True
        return total

    def _Mul(self, *factors: Number) -> Number:
        return reduce(mul, factors)

    def _Pow(self, base: Number, exponent: Number) -> Number:
        if exponent == 0:
            return self.context.one
        if base == 0:
            return base if exponent > 0 else self.context.nan
        if base < 0 and not self.context.isint(exponent):
            return self.context.nan
        if not abs(exponent) * (1 + abs(self.context.mag(base))) <= FARTHEST:
            power = exponent * self._log(abs(base))
            if not abs(power) <= FARTHEST:
                return self.context.nan if base < 0 else self._exp(power)
        self.rounded = self.rounded or not (base == 1 or self.context.isint(exponent))
        return base ** int(exponent) if self.context.isint(exponent) else base**exponent

    def _exp(self, x: Number) -> Number:
        if abs(x) > FARTHEST:
            self.rounded = True
            return self.context.inf if x > 0 else self.context.zero
        self.rounded = self.rounded or 0 < abs(x) < self.context.mpf(10) ** (SURE - self.context.dps)
        return self.context.exp(x)

    def _log(self, x: Number) -> Number:
        if not x > 0:
            return -self.context.inf if x == 0 else self.context.nan
        if x == 1 and not self.rounded:
            return self.context.zero
        logarithm = self.context.log(x)
        if abs(logarithm) < self.context.mpf(10) ** (SURE - self.context.dps):
            self.lost = True  # 1 + e^-800 is 1 in 80 digits
        return logarithm

    def _sinh(self, x: Number) -> Number:
        self.rounded = True
        return self.context.sinh(x) if abs(x) < FARTHEST else (self._exp(x) - self._exp(-x)) / 2

    def _cosh(self, x: Number) -> Number:
        self.rounded = True
        return self.context.cosh(x) if abs(x) < FARTHEST else (self._exp(x) + self._exp(-x)) / 2

    def _tanh(self, x: Number) -> Number:
        self.rounded = True
        return self.context.tanh(x) if abs(x) < FARTHEST else self._sign(x)

    def _atan(self, x: Number) -> Number:
        self.rounded = True
        return self.context.atan(x)

    def _loggamma(self, x: Number) -> Number:
        """Of the size, as everywhere else: SymPy's own is complex below 0."""
        self.rounded = True
        if not abs(x) < FARTHEST or (x <= 0 and self.context.isint(x)):
            return self.context.nan
        return self.context.loggamma(x) if x > 0 else self.context.log(abs(self.context.gamma(x)))

    def _Heaviside(self, x: Number, at_0: Number) -> Number:
        return at_0 if x == 0 else (1 + self._sign(x)) / 2

    def _KroneckerDelta(self, x: Number, y: Number) -> Number:
        return self.context.one if x == y else self.context.zero

    def _Piecewise(self, *pieces: Number) -> Number:
        return next((value for value, holds in zip(pieces[::2], pieces[1::2], strict=True) if holds), self.context.nan)

    def _StrictLessThan(self, x: Number, y: Number) -> Number:
        return self.context.mpf(x < y)

    def _LessThan(self, x: Number, y: Number) -> Number:
        return self.context.mpf(x <= y)

    def _StrictGreaterThan(self, x: Number, y: Number) -> Number:
        return self.context.mpf(x > y)

    def _GreaterThan(self, x: Number, y: Number) -> Number:
        return self.context.mpf(x >= y)

    def _Equality(self, x: Number, y: Number) -> Number:
        return self.context.mpf(x == y)

    def _Unequality(self, x: Number, y: Number) -> Number:
        return self.context.mpf(x != y)

    def _Not(self, x: Number) -> Number:
        return 1 - x

    def _And(self, *x: Number) -> Number:
        return min(x)

    def _Or(self, *x: Number) -> Number:
        return max(x)

    def _Max(self, *x: Number) -> Number:
        return max(x)

    def _Min(self, *x: Number) -> Number:
        return min(x)

    def _Abs(self, x: Number) -> Number:
        return abs(x)

    def _re(self, x: Number) -> Number:
        return x

    def _sign(self, x: Number) -> Number:
        return self.context.sign(x)

    def _ceiling(self, x: Number) -> Number:
        return self.context.ceil(x)
