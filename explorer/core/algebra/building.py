"""Builds sums, products, powers and calls as SymPy would write them, but refuses what grows too large.

SymPy's own operators ask a number for its sign, evaluate it to many digits or factor it: with numbers from a stranger that may
take hours. Here like terms and like factors are gathered, exact numbers computed, and nothing else is asked.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cmp_to_key
from typing import Any

import numpy as np
from sympy import (
    Add,
    Expr,
    Function,
    Integer,
    Mul,
    Pow,
    Rational,
    S,
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atanh,
    cos,
    cosh,
    exp,
    integer_nthroot,
    log,
    pi,
    sin,
    sinh,
    tan,
    tanh,
)  # fmt: skip

from explorer.core import stable_numpy

LARGEST = 308
"""Power of ten that no number may exceed."""
BITS = 1_100
"""Binary digits that the numerator and the denominator of a number may have."""
EXPONENT = 1_000
"""Size that an exponent may have if it is a number."""
ROOT = 100
"""Denominator that the exponent of a fraction may have: SymPy writes 12**(99/100) as 2*(2**98*3**99)**(1/100)."""
DEPTH = 100
"""Operations that may stand inside one another."""
WORK = 5_000
"""Terms and factors that may be gathered, each counted as often as it is."""
SMALL = 10**6
"""Numbers whose roots SymPy writes with smaller ones: sqrt(8) as 2 sqrt(2)."""

ELEMENTARY: dict[type[Function], Callable[[float], float]] = {
    exp: math.exp, log: math.log, sin: math.sin, cos: math.cos, tan: math.tan, asin: math.asin, acos: math.acos,
    atan: math.atan, sinh: math.sinh, cosh: math.cosh, tanh: math.tanh, asinh: math.asinh, acosh: math.acosh, atanh: math.atanh,
}  # fmt: skip
"""SymPy's functions that may be called, and how to compute them."""
STABLE: dict[str, Callable[..., Any]] = {
    **stable_numpy.FUNCTIONS, "absolute": abs, "signum": np.sign, "maximum": max, "minimum": min,
    "where": lambda condition, a, b: a if condition else b, "expm1": np.expm1, "log_cosh_slope": np.tanh,
}  # fmt: skip
"""How to compute the others."""

_PLAIN = (S.Zero, S.One, S.NegativeOne, S.Half, -S.Half, S.Exp1)
"""Of what numbers SymPy knows the logarithm, the arc sine or the like."""
_TOO_LARGE = f"A number comes up that is too large: the limit is 1e{LARGEST}"
_NOT_REAL = "{} is not real: a negative number may only have a whole number as its exponent"


class Refused(Exception):  # noqa: N818  # not an error of the program's
    """Something has no value, or passes a bound. {} in the message stands for how it was written."""


def _compare(left: Expr, right: Expr) -> int:
    """SymPy's order; it would compare the assumptions of symbols as well, which takes long."""
    if left.is_Symbol and right.is_Symbol:
        return int(left.name > right.name) - int(left.name < right.name)
    return int(left.compare(right))


_in_order = cmp_to_key(_compare)


class Builder:
    """Puts one expression together. Every expression that it is given must be a number, a symbol or its own."""

    def __init__(self) -> None:
        self._made: dict[Expr, tuple[Expr, float | None, int]] = {}
        self._work = 0

    def number(self, exact: Expr) -> Expr:
        """Return a fraction, if it is within the bounds."""
        return _checked(exact)

    def add(self, terms: Iterable[Expr]) -> Expr:
        """Return a sum with like terms gathered."""
        constant: Expr = S.Zero
        counts: dict[Expr, Expr] = {}
        for term in self._flat(Add, terms):
            if term.is_Rational:
                constant = _checked(constant + term)
            else:
                count, rest = term.as_coeff_Mul()
                counts[rest] = _checked(counts.get(rest, S.Zero) + count)
        parts = sorted((self._times(count, rest) for rest, count in counts.items() if count), key=_in_order)
        return self._keep(Add._from_args([constant, *parts] if constant else parts, True))

    def multiply(self, factors: Iterable[Expr]) -> Expr:
        """Return a product with like factors gathered; a number times a sum as a sum."""
        number: Expr = S.One
        counts: dict[tuple[Expr, Expr], Expr] = {}
        flat = [factor for factor in self._flat(Mul, factors) if factor is not S.One]
        if len(flat) == 1:
            return flat[0]
        for factor in flat:
            if factor.is_Rational:
                number = _checked(number * factor)
            else:
                base, exponent = _base_and_exponent(factor)
                count, rest = exponent.as_coeff_Mul()
                counts[base, rest] = _checked(counts.get((base, rest), S.Zero) + count)
        if not number:
            return S.Zero
        bases: dict[Expr, Expr] = {}  # exponent -> the product of the numbers that have it
        parts = []
        for (base, rest), count in counts.items():
            exponent = self._times(count, rest)
            if base.is_Rational and base.p > 0:
                bases[exponent] = _checked(bases.get(exponent, S.One) * base)
            else:
                parts.append(self.power(base, exponent))
        parts += [self.power(base, exponent) for exponent, base in bases.items()]
        if any(part.is_Mul or part.is_Rational for part in parts):
            return self.multiply([number, *parts])
        parts.sort(key=_in_order)
        if len(parts) == 1 and parts[0].is_Add:
            return self._times(number, parts[0])
        return self._keep(Mul._from_args(parts if number is S.One else [number, *parts], True))

    def power(self, base: Expr, exponent: Expr) -> Expr:
        """Return a power; 1 for the exponent 0, whatever the base is."""
        if exponent is S.Zero or base is S.One:
            return S.One
        if exponent is S.One:
            return base
        if base is S.Exp1:
            return self.call(exp, exponent)
        size = self.value(exponent)
        if size is not None and abs(size) > EXPONENT:
            raise Refused(f"An exponent that is a number must lie in [-{EXPONENT}, {EXPONENT}]; got {_short(exponent, size)}")
        if base is S.Zero:
            if size is None:
                raise Refused("0 may only have a number as its exponent")
            if size <= 0:
                raise Refused("Division by zero")
            return S.Zero
        if base.is_Rational and exponent.is_Rational:
            return self._whole_power(base, exponent) if exponent.is_Integer else self._root(base, exponent)
        if (inner := self._exponents_multiply(base, exponent)) is not None:
            return self.power(inner[0], self.multiply([inner[1], exponent]))
        if base.is_Mul and exponent.is_Integer:
            return self.multiply([self.power(factor, exponent) for factor in base.args])
        if base.is_Mul and exponent.is_Rational:
            outside, inside = self._positive_numbers(base)
            if outside:
                return self.multiply([self.power(factor, exponent) for factor in (*outside, self.multiply(inside))])
        return self._keep(Pow(base, exponent, evaluate=False))

    def call(self, function: type[Function], *arguments: Expr) -> Expr:
        """Return a function of some arguments; of a number, what it is where that is an exact number."""
        argument = arguments[0]
        if function is exp and isinstance(argument, log):
            return argument.args[0]
        if function is log and isinstance(argument, exp) and self.value(argument) is not None:
            return argument.args[0]
        if function is log and argument.is_Rational and argument.p == 1 != argument.q:
            return self._times(S.NegativeOne, self.call(log, Integer(argument.q)))
        called = self._keep(function(*arguments, evaluate=False))
        if function not in ELEMENTARY:
            return called
        turns, rest = argument.as_coeff_Mul()
        if rest is pi and turns.q in (1, 2, 3, 4, 6):
            called = function(turns % 2 * pi) if function in (sin, cos, tan) else called
        elif argument in _PLAIN:
            called = function(argument)
        if called is S.ComplexInfinity:
            raise Refused("{} has no real value")
        return self._keep(called)

    def value(self, expr: Expr) -> float | None:
        """Return a number's size as a float; None for what is no number."""
        return self._seen(expr)[1]

    def _flat(self, kind: type[Expr], parts: Iterable[Expr]) -> list[Expr]:
        """The parts, with those of each that is such a sum or product in its place."""
        flat = [argument for part in parts for argument in kind.make_args(part)]
        self._work += len(flat)
        if self._work > WORK:
            raise Refused("This takes too many operations to put together")
        return flat

    def _times(self, number: Expr, expr: Expr) -> Expr:
        count, rest = expr.as_coeff_Mul()
        count = _checked(number * count)
        if not count or rest is S.One:
            return count
        if count is S.One:
            return rest
        if rest.is_Add:
            terms = sorted((self._times(count, term) for term in self._flat(Add, [rest])), key=_in_order)
            return self._keep(Add._from_args(terms, True))
        return self._keep(Mul._from_args([count, *Mul.make_args(rest)], True))

    def _whole_power(self, base: Expr, exponent: Expr) -> Expr:
        _check_power(base, int(exponent))
        return _checked(base**exponent)

    def _root(self, base: Expr, exponent: Expr) -> Expr:
        """A number to a power that is no whole number."""
        if base.p < 0:
            raise Refused(_NOT_REAL)
        if exponent.q > ROOT:
            raise Refused(f"The exponent of a number may have a denominator of at most {ROOT}")
        whole = exponent.p // exponent.q
        part = exponent - whole
        if whole or not base.is_Integer:
            _check_power(base, whole)
            above, below = (self.power(Integer(number), p) for number, p in ((base.p, part), (base.q, 1 - part)))
            return self.multiply([base**whole, above, below, Rational(1, base.q)])
        if base.p <= SMALL:
            return self._keep(base**exponent)
        root, exact = integer_nthroot(base.p, part.q) if part.q < base.p.bit_length() else (1, False)
        return _checked(Integer(root) ** part.p) if exact else self._keep(Pow(base, part, evaluate=False))

    def _exponents_multiply(self, base: Expr, exponent: Expr) -> tuple[Expr, Expr] | None:
        """Base and exponent of a power whose power is simply that of their base, as it is not of (x**2)**(1/2)."""
        if not (base.is_Pow or isinstance(base, exp)):
            return None
        inner, power = (S.Exp1, base.args[0]) if isinstance(base, exp) else base.args
        positive_number = self.value(base) is not None and self.value(inner) > 0  # type: ignore[operator]
        allowed = exponent.is_Integer or positive_number or (power.is_Rational and abs(power) < 1)
        return (inner, power) if allowed else None

    def _positive_numbers(self, product: Expr) -> tuple[list[Expr], list[Expr]]:
        """The factors that are positive numbers, and the rest with the sign."""
        outside: list[Expr] = []
        inside: list[Expr] = []
        for factor in product.args:
            if factor.is_Rational and factor < 0:
                inside.append(S.NegativeOne)
                factor = -factor
            (outside if (self.value(factor) or 0) > 0 else inside).append(factor)
        return [factor for factor in outside if factor is not S.One], inside

    def _keep(self, expr: Expr) -> Expr:
        """An expression just made, or the same one made before, within the bounds."""
        return self._seen(expr)[0]

    def _seen(self, expr: Expr) -> tuple[Expr, float | None, int]:
        seen = self._made.get(expr)
        if seen is None:
            arguments = [self._seen(argument) for argument in expr.args]
            depth = 1 + max((deep for _, _, deep in arguments), default=0)
            if depth > DEPTH:
                raise Refused(f"At most {DEPTH} operations may stand inside one another")
            sizes = [size for _, size, _ in arguments if size is not None]
            is_number = not expr.is_Symbol and len(sizes) == len(arguments)
            seen = self._made[expr] = (expr, _computed(expr, sizes) if is_number else None, depth)
        return seen


def _base_and_exponent(factor: Expr) -> tuple[Expr, Expr]:
    if isinstance(factor, exp):
        return S.Exp1, factor.args[0]
    if not factor.is_Pow:
        return factor, S.One
    base, exponent = factor.args
    if base.is_Rational and base.p == 1:
        count, rest = exponent.as_coeff_Mul()
        return Integer(base.q), Mul._from_args([-count, *Mul.make_args(rest)], True) if rest is not S.One else -count
    return base, exponent


def _computed(expr: Expr, arguments: Sequence[float]) -> float:
    """The size of a number, given those of its arguments."""
    try:
        size = _float(expr, arguments)
    except OverflowError:
        size = math.inf
    except ValueError:  # outside the function's domain
        if expr.is_Pow and arguments[0] < 0:
            raise Refused(_NOT_REAL) from None
        size = math.inf if expr.is_Pow else math.nan
    if math.isinf(size) and (expr.is_Add or expr.is_Mul or expr.is_Pow or isinstance(expr, exp | sinh | cosh)):
        raise Refused(_TOO_LARGE)
    if not math.isfinite(size):
        raise Refused("{} has no real value")
    return size


def _float(expr: Expr, arguments: Sequence[float]) -> float:
    if expr.is_Rational:
        return float(expr.p / expr.q)
    if not arguments:
        return math.pi if expr is pi else math.e
    if expr.is_Add:
        return math.fsum(arguments)
    if expr.is_Mul:
        return math.prod(arguments)
    if expr.is_Pow:
        return math.pow(*arguments)
    if type(expr) in ELEMENTARY:
        return ELEMENTARY[type(expr)](*arguments)
    with np.errstate(all="ignore"):
        return float(STABLE[type(expr).__name__](*map(np.float64, arguments)))


def _checked(number: Any) -> Expr:
    """A fraction that is neither too large nor too long."""
    size = max(number.p.bit_length(), number.q.bit_length())
    if size > 1000 and abs(number.p) > 10**LARGEST * number.q:
        raise Refused(_TOO_LARGE)
    if size > BITS:
        raise Refused(f"A fraction comes up that is too long: the limit is {BITS:,} binary digits")
    return number


def _check_power(base: Expr, exponent: int) -> None:
    """Refuse a power of a fraction that is too long before it is computed."""
    if (max(base.p.bit_length(), base.q.bit_length()) - 1) * abs(exponent) > BITS:
        raise Refused("{} is too large or too small a number")


def _short(number: Expr, size: float) -> str:
    return str(number) if number.is_Integer and abs(number) < 10**15 else f"{size:g}"
