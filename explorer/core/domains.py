"""What an input of a formula may be: its domain, and an Input with its name, its role and where it starts.

Each domain knows its edges, its slider, what is allowed in words, and how to draw numbers of it for a test.
To add one: write a class that sets the fields of Domain.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

import numpy as np

from explorer.core.checks import FloatArray

Role = Literal["prediction", "target", "parameter", "weight"]
FAR = 1e70
"""How far out a number without bounds is drawn for a test: squares of quotients of such are floats still."""
LEAST = 1e-70
"""The least positive number that is drawn."""


@dataclass(frozen=True)
class Domain:
    """A set of numbers.

    Attributes
    ----------
    low, high : float
        Its bounds.
    shown : (float, float)
        How far a slider runs, and a picture at first.
    step : float
        That of the slider; 1 or more where only such steps from the first number on are in the domain.
    open_low, open_high : bool
        Whether a bound is no number of the domain itself.
    """

    low: float = -math.inf
    high: float = math.inf
    shown: tuple[float, float] = (-3.0, 3.0)
    step: float = 0.01
    open_low: bool = True
    open_high: bool = True
    joint: ClassVar[bool] = False
    """Whether entries of one vector depend on each other."""

    def holds(self, value: float) -> bool:
        """Whether a number is in the domain; NaN is in none."""
        above = self.low < value if self.open_low else self.low <= value
        below = value < self.high if self.open_high else value <= self.high
        return above and below and (self.step < 1 or self._on_step(value))

    def _on_step(self, value: float) -> bool:
        return math.isfinite(value) and ((value - self.shown[0]) / self.step).is_integer()

    @property
    def is_share(self) -> bool:
        """Whether its numbers are a part of a whole: all from 0 to 1."""
        return (self.low, self.high) == (0, 1) and self.step < 1

    @property
    def reach(self) -> tuple[float, float]:
        """How far a number may be typed: closed bounds within those of the domain."""
        low = math.nextafter(self.low, math.inf) if self.open_low else self.low
        high = math.nextafter(self.high, -math.inf) if self.open_high else self.high
        return max(low, LEAST if self.low == 0 and self.open_low else -FAR), min(high, FAR)

    @property
    def alone(self) -> Domain:
        """What one number of it may be, whatever stands beside it."""
        return self

    @property
    def allowed(self) -> str:
        """What a number must be, to end a sentence."""
        kind = "a whole number" if self.step == 1 else "a number"
        if math.isinf(self.low) and math.isinf(self.high):
            return kind
        if math.isinf(self.high):
            return f"{kind} above {self.low:g}" if self.open_low else f"{kind} of at least {self.low:g}"
        if not (self.open_low or self.open_high):
            return f"{kind} from {self.low:g} to {self.high:g}"
        return f"{kind} between {self.low:g} and {self.high:g}"

    @property
    def edges(self) -> tuple[float, ...]:
        """Numbers of the domain where formulas break: its bounds, 0, and the smallest and the largest that are drawn."""
        low, high = self.reach
        candidates = (low, high, 0.0, 1.0, -1.0, LEAST, -LEAST, *self.shown)
        return tuple(sorted({value for value in candidates if self.holds(value)}))

    def draw(self, random: np.random.Generator, count: int, entries: int = 1) -> FloatArray:
        """Return numbers of the domain, shape (count, entries): mostly moderate, some far out, some at its edges."""
        size = (count, entries)
        far = np.exp(random.uniform(math.log(LEAST), math.log(FAR), size)) * random.choice([-1.0, 1.0], size)
        moderate = self.moderate(random, count, entries)
        inside = np.where(random.random(size) < 0.2, far, moderate)
        usable = np.vectorize(self.holds)(inside)
        inside = np.where(usable, inside, moderate)
        return np.where(random.random(size) < 0.25, random.choice(self.edges, size), inside)

    def moderate(self, random: np.random.Generator, count: int, entries: int = 1) -> FloatArray:
        """Return numbers of the domain that a slider shows, shape (count, entries); none at an edge of the domain."""
        low, high = self.shown
        if self.step >= 1:
            steps = random.integers(0, math.floor((high - low) / self.step), (count, entries), endpoint=True)
            return np.asarray(low + self.step * steps, dtype=np.float64)
        return random.uniform(low, high, (count, entries))


@dataclass(frozen=True)
class Real(Domain):
    """Every real number."""


@dataclass(frozen=True)
class Logit(Domain):
    """Every real number, as a logit: from about 700 on its exponential is infinite."""

    shown: tuple[float, float] = (-6.0, 6.0)

    @property
    def edges(self) -> tuple[float, ...]:
        """0 and beyond where exponentials overflow."""
        return (-1e4, -800.0, -90.0, 0.0, 90.0, 800.0, 1e4)

    def draw(self, random: np.random.Generator, count: int, entries: int = 1) -> FloatArray:
        """As Domain, but to the edges only: digits do not tell the exponential of a larger number from infinity."""
        return np.clip(super().draw(random, count, entries), self.edges[0], self.edges[-1])


@dataclass(frozen=True)
class Positive(Domain):
    """A number above 0."""

    low: float = 0.0
    shown: tuple[float, float] = (0.01, 5.0)


@dataclass(frozen=True)
class NonNegative(Domain):
    """0 or more."""

    low: float = 0.0
    shown: tuple[float, float] = (0.0, 5.0)
    open_low: bool = False


@dataclass(frozen=True)
class Probability(Domain):
    """A number from 0 to 1."""

    low: float = 0.0
    high: float = 1.0
    shown: tuple[float, float] = (0.0, 1.0)
    step: float = 0.001
    open_low: bool = False
    open_high: bool = False

    @property
    def edges(self) -> tuple[float, ...]:
        """0 and 1, and the floats next to them."""
        return (0.0, 1e-300, 0.5, 1 - 2**-53, 1.0)

    def moderate(self, random: np.random.Generator, count: int, entries: int = 1) -> FloatArray:
        """As Domain."""
        return random.uniform(0.01, 0.99, (count, entries))


class Between(Domain):
    """A number between two bounds, with the bounds or without."""

    def __init__(
        self, low: float, high: float, shown: tuple[float, float], *, open_low: bool = True, open_high: bool = True
    ) -> None:
        super().__init__(low, high, shown, open_low=open_low, open_high=open_high)


@dataclass(frozen=True)
class Count(Domain):
    """How often something happened: 0, 1, 2 ..."""

    low: float = 0.0
    shown: tuple[float, float] = (0.0, 10.0)
    step: float = 1.0
    open_low: bool = False

    @property
    def edges(self) -> tuple[float, ...]:
        """None, one and very many."""
        return (0.0, 1.0, 1e6)


class Labels(Domain):
    """One of two numbers that name the classes, such as -1 and 1."""

    def __init__(self, low: float = -1.0, high: float = 1.0) -> None:
        super().__init__(low, high, (low, high), high - low, open_low=False, open_high=False)

    @property
    def allowed(self) -> str:
        """Both, to end a sentence."""
        return f"{self.low:g} or {self.high:g}"

    @property
    def edges(self) -> tuple[float, ...]:
        """Both."""
        return (self.low, self.high)


class Class(Domain):
    """The index of one of so many classes, counted from 0."""

    def __init__(self, classes: int) -> None:
        super().__init__(0.0, classes - 1.0, (0.0, classes - 1.0), 1.0, open_low=False, open_high=False)

    @property
    def edges(self) -> tuple[float, ...]:
        """The first and the last."""
        return (self.low, self.high)


@dataclass(frozen=True)
class Simplex(Probability):
    """A probability of one class among several: together they are 1."""

    joint: ClassVar[bool] = True

    @property
    def alone(self) -> Domain:
        """A probability: that together they are 1 is another's to say."""
        return Probability()

    def draw(self, random: np.random.Generator, count: int, entries: int = 1) -> FloatArray:
        """Return distributions, shape (count, entries): inside, near an edge and at the corners."""
        inside = random.dirichlet(np.ones(entries), count)
        sparse = random.dirichlet(np.full(entries, 0.05), count)
        sparse = np.where(np.isfinite(sparse), sparse, 1 / entries)
        corner = np.eye(entries)[random.integers(0, entries, count)]
        which = random.random((count, 1))
        return np.where(which < 0.5, inside, np.where(which < 0.75, sparse, corner))

    def moderate(self, random: np.random.Generator, count: int, entries: int = 1) -> FloatArray:
        """Return distributions well inside, shape (count, entries)."""
        return 0.9 * random.dirichlet(np.ones(entries), count) + 0.1 / entries


class Mask(Domain):
    """One pixel of a mask: 0 or 1."""

    def __init__(self) -> None:
        super().__init__(0.0, 1.0, (0.0, 1.0), 1.0, open_low=False, open_high=False)

    @property
    def allowed(self) -> str:
        """Both, to end a sentence."""
        return "0 or 1"

    @property
    def edges(self) -> tuple[float, ...]:
        """Both."""
        return (0.0, 1.0)


@dataclass(frozen=True)
class Input:
    """A number that a formula takes.

    Attributes
    ----------
    name : str
        The program's name for it.
    domain : Domain
        What it may be.
    start : float
        Where it stands at first.
    role : str
        Whether it is a prediction, a target, a parameter of the loss or a weight.
    label : str
        What its slider is called.
    group : str
        Of an entry of a vector, the vector's name: p of p1, p2 ...; else "".
    """

    name: str
    domain: Domain
    start: float
    role: Role = "parameter"
    label: str = ""
    group: str = ""

    def __post_init__(self) -> None:
        """Check that it starts in its domain."""
        if not self.domain.holds(self.start):
            raise ValueError(f"{self.name} must start at {self.domain.allowed}; got {self.start:g}.")

    @property
    def is_probability(self) -> bool:
        """Whether it is a prediction that ln 0 may meet: at 0 or at 1."""
        return self.role == "prediction" and self.domain.is_share

    @property
    def said(self) -> str:
        """What to call it: its label, or its name."""
        return self.label or self.name


def vector(
    name: str, domain: Domain, starts: tuple[float, ...], role: Role = "prediction", label: str = ""
) -> tuple[Input, ...]:
    """Return the entries name1, name2 ... of a vector, as many as there are starts."""
    return tuple(Input(f"{name}{k}", domain, start, role, f"{label or name} {k}", name) for k, start in enumerate(starts, 1))


_GUESSED: tuple[tuple[re.Pattern[str], Domain, float, Role], ...] = (
    (re.compile(r"p"), Probability(), 0.2, "prediction"),
    (re.compile(r"p\d+"), Simplex(), 0.2, "prediction"),
    (re.compile(r"t\d*"), Probability(), 1.0, "target"),
    (re.compile(r"epsilon"), Probability(), 0.1, "parameter"),
    (re.compile(r"gamma"), NonNegative(), 2.0, "parameter"),
    (re.compile(r"z\d*"), Logit(), 1.0, "prediction"),
    (re.compile(r".*", re.DOTALL), Real(), 1.0, "weight"),
)


def guessed(name: str) -> Input:
    """Return what a symbol stands for that somebody has typed: only its name is known.

    Examples
    --------
    >>> guessed("p2").role, guessed("pq").role
    ('prediction', 'weight')
    """
    _, domain, start, role = next(known for known in _GUESSED if known[0].fullmatch(name))
    letter = name.rstrip("0123456789")
    return Input(name, domain, start, role, group=letter if role == "prediction" and letter != name else "")


@dataclass(frozen=True)
class Inputs:
    """What the symbols of an expression stand for: those of a loss or a network are known, any other is guessed by its name."""

    known: tuple[Input, ...] = ()

    def __getitem__(self, name: str) -> Input:
        """Return what a symbol stands for."""
        return self.known_as(name) or guessed(name)

    def known_as(self, name: str) -> Input | None:
        """Return what a symbol is known to stand for; None where it has only been typed."""
        return self._by_name.get(name)

    def with_more(self, *more: Input) -> Inputs:
        """Return these and others, which hold where a name is among both."""
        return Inputs(tuple((self._by_name | {given.name: given for given in more}).values()))

    @cached_property
    def _by_name(self) -> dict[str, Input]:
        return {given.name: given for given in self.known}


TYPED = Inputs()
"""Of an expression that somebody has typed: nothing is known."""
