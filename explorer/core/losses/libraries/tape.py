"""Automatic differentiation in numbers that are rounded to a dtype at each step, as a library computes.

A library's loss is written in these numbers step by step as the library has it; the slopes come from running back over the
steps, so that overflow, 0 · ∞ and lost digits are the library's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np


@dataclass(frozen=True)
class Precision:
    """How many digits numbers have.

    Attributes
    ----------
    name : str
        As libraries call the dtype.
    round : function
        A number -> the nearest one of the dtype, as a NumPy scalar.
    tolerance : float
        Within what, relative to themselves or 0.001, two results differ by rounding alone.
    """

    name: str
    round: Callable[[Any], Any]
    tolerance: float


def _bfloat16(number: Any) -> np.float32:
    """The nearest float32 whose fraction has 8 bits; a tie goes to the even one."""
    fraction, exponent = np.frexp(np.float32(number))
    return np.float32(np.ldexp(np.rint(fraction * np.float32(256)) / np.float32(256), exponent))


FLOAT64 = Precision("float64", np.float64, 1e-9)
FLOAT32 = Precision("float32", np.float32, 1e-5)
FLOAT16 = Precision("float16", np.float16, 1e-2)
BFLOAT16 = Precision("bfloat16", _bfloat16, 5e-2)

PRECISIONS = {precision.name: precision for precision in (FLOAT64, FLOAT32, FLOAT16, BFLOAT16)}

Pull: TypeAlias = "tuple[Number, Callable[[Any], Any]]"
"""A number that another was made of, and: slope of the loss by that other -> its share of the slope by this one."""


class Tape:
    """The numbers of one computation, in the order in which they were made."""

    def __init__(self, precision: Precision) -> None:
        self.precision = precision
        self.made: list[Number] = []

    def number(self, value: Any, *pulls: Pull) -> Number:
        """Note a number."""
        self.made.append(Number(self, self.precision.round(value), pulls))
        return self.made[-1]

    def slopes(self, loss: Number, by: Sequence[Number]) -> tuple[float, ...]:
        """Return the slope of the loss by each of some numbers: 0 where it is not made of it."""
        slope: dict[Number, Any] = {loss: self.precision.round(1)}
        for number in reversed(self.made):
            if number in slope:
                for part, pull in number.pulls:
                    share = self.precision.round(pull(slope[number]))
                    slope[part] = self.precision.round(slope[part] + share) if part in slope else share
        return tuple(float(slope.get(number, 0.0)) + 0.0 for number in by)


class Number:
    """One number of a computation."""

    __slots__ = ("pulls", "tape", "value")

    def __init__(self, tape: Tape, value: Any, pulls: tuple[Pull, ...]) -> None:
        self.tape, self.value, self.pulls = tape, value, pulls

    def like(self, other: Any) -> Number:
        """Return a number as it is, or one without slope as a number of the same tape."""
        return other if isinstance(other, Number) else self.tape.number(other)

    def __float__(self) -> float:
        """As it is held."""
        return float(self.value)

    def __add__(self, other: Any) -> Number:
        """The sum."""
        b = self.like(other)
        return self.tape.number(self.value + b.value, (self, lambda g: g), (b, lambda g: g))

    def __sub__(self, other: Any) -> Number:
        """The difference."""
        b = self.like(other)
        return self.tape.number(self.value - b.value, (self, lambda g: g), (b, lambda g: -g))

    def __mul__(self, other: Any) -> Number:
        """The product."""
        b = self.like(other)
        return self.tape.number(self.value * b.value, (self, lambda g: g * b.value), (b, lambda g: g * self.value))

    def __truediv__(self, other: Any) -> Number:
        """The quotient."""
        b = self.like(other)
        quotient = self.value / b.value
        return self.tape.number(quotient, (self, lambda g: g / b.value), (b, lambda g: -g * quotient / b.value))

    def __pow__(self, exponent: float | Number) -> Number:
        """To a power that has no slope."""
        n = self.tape.precision.round(float(exponent))
        slope = self.value * 0 if n == 0 else n * self.value ** (n - n.dtype.type(1))
        return self.tape.number(self.value**n, (self, lambda g: g * slope))

    def __neg__(self) -> Number:
        """With its sign turned."""
        return self.tape.number(-self.value, (self, lambda g: -g))

    def __radd__(self, other: Any) -> Number:
        """The sum."""
        return self.like(other) + self

    def __rsub__(self, other: Any) -> Number:
        """The difference."""
        return self.like(other) - self

    def __rmul__(self, other: Any) -> Number:
        """The product."""
        return self.like(other) * self

    def __rtruediv__(self, other: Any) -> Number:
        """The quotient."""
        return self.like(other) / self


def exp(x: Number) -> Number:
    """e**x."""
    power = x.tape.precision.round(np.exp(x.value))
    return x.tape.number(power, (x, lambda g: g * power))


def log(x: Number) -> Number:
    """ln x."""
    return x.tape.number(np.log(x.value), (x, lambda g: g / x.value))


def log1p(x: Number) -> Number:
    """ln(1 + x)."""
    return x.tape.number(np.log1p(x.value), (x, lambda g: g / (x.value + type(x.value)(1))))


def sqrt(x: Number) -> Number:
    """The root of x; its slope is infinite at 0."""
    root = x.tape.precision.round(np.sqrt(x.value))
    return x.tape.number(root, (x, lambda g: g / (root + root)))


def sigmoid(z: Number) -> Number:
    """1 / (1 + e**-z), each step rounded."""
    near, one = z.tape.precision.round, type(z.value)(1)
    p = near(one / near(one + near(np.exp(-z.value))))
    return z.tape.number(p, (z, lambda g: g * p * (one - p)))


def softplus(x: Number) -> Number:
    """ln(1 + e**x), which overflows nowhere."""
    return logaddexp(x, x.like(0))


def logaddexp(x: Number, y: Number) -> Number:
    """ln(e**x + e**y), which overflows nowhere; as in JAX, infinity counts as 0 in its slopes."""
    value = x.tape.precision.round(np.logaddexp(x.value, y.value))

    def share(part: Number) -> Any:
        return np.exp(_finite(part.value) - _finite(value))

    return x.tape.number(value, (x, lambda g: g * share(x)), (y, lambda g: g * share(y)))


def _finite(value: Any) -> Any:
    return type(value)(0) if value == np.inf else value


def absolute(x: Number, *, at_0: float = 0.0) -> Number:
    """|x|, and the slope that a library gives it at 0."""
    sign = np.sign(x.value) if x.value != 0 else type(x.value)(at_0)
    return x.tape.number(abs(x.value), (x, lambda g: g * sign))


def maximum(x: Number, y: Any, *, of_x: float = 0.5) -> Number:
    """The larger number; where both are equal, of_x of the slope goes to x and the rest to y: half each in JAX."""
    other = x.like(y)
    share = type(x.value)(of_x if x.value == other.value else float(x.value > other.value))
    return x.tape.number(
        max(x.value, other.value), (x, lambda g: g * share), (other, lambda g: g * (type(x.value)(1) - share))
    )  # fmt: skip


def minimum(x: Number, y: Any, *, of_x: float = 0.5) -> Number:
    """The smaller number, as `maximum`."""
    return -maximum(-x, -x.like(y), of_x=of_x)


def clip(x: Number, low: float, high: float) -> Number:
    """X kept within bounds as JAX does it, and its slope 0 outside."""
    return minimum(maximum(x, low), high)


def total(numbers: Sequence[Number]) -> Number:
    """The sum, from the first on."""
    first, *others = numbers
    for number in others:
        first = first + number
    return first


def jax_quotient(x: Number, y: Number) -> Number:
    """X / y with JAX's slope by y, -g x y**-2: where y**2 underflows it is infinite, or 0 · ∞."""
    inverse = y.value ** type(y.value)(-2)
    return x.tape.number(x.value / y.value, (x, lambda g: g / y.value), (y, lambda g: -g * x.value * inverse))


def largest(numbers: Sequence[Number]) -> Number:
    """The largest; where several are, each has the same share of the slope."""
    values = [number.value for number in numbers]
    first, share = numbers[0], type(values[0])(1 / values.count(max(values)))
    pulls = [(number, lambda g: g * share) for number in numbers if number.value == max(values)]
    return first.tape.number(max(values), *pulls)


def take(numbers: Sequence[Number], index: int) -> Number:
    """The number at an index; the slopes by the others are 0 and go back all the same, so that 0 · ∞ comes out."""
    zeros: list[Pull] = [(number, lambda g: g * 0) for k, number in enumerate(numbers) if k != index]
    return numbers[0].tape.number(numbers[index].value, (numbers[index], lambda g: g), *zeros)


def log_softmax(z: Sequence[Number]) -> list[Number]:
    """ln softmax(z), the largest taken off first."""
    peak = max(float(z_k) for z_k in z)
    below = [z_k - peak for z_k in z]
    normalizer = log(total([exp(x) for x in below]))
    return [x - normalizer for x in below]


def single(x: Number) -> Number:
    """A number taken to float32 on its way, as Keras does for a mean, whatever the dtype; the slope is not."""
    return x.tape.number(np.float32(x.value), (x, lambda g: g))
