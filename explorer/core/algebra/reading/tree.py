"""The nodes of a parsed expression: what belongs together, before it is known what it means.

Each part knows where it was written: a refusal points at `at`, and may repeat the text from `start` to `end`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sympy import Rational


@dataclass(frozen=True)
class Node:
    """A part of what is typed, and where it stands: counted in characters from 0."""

    at: int
    start: int
    end: int

    @property
    def parts(self) -> tuple[Node, ...]:
        """What it is made of."""
        return ()


@dataclass(frozen=True)
class Number(Node):
    """An exact number."""

    exact: Rational


@dataclass(frozen=True)
class Name(Node):
    """A name with its indices: y and (i,) for y_i. `fixed` says that it can be nothing else than this one name."""

    text: str
    indices: tuple[str, ...] = ()
    fixed: bool = False


@dataclass(frozen=True)
class Sum(Node):
    """Terms to add."""

    terms: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The terms."""
        return self.terms


@dataclass(frozen=True)
class Product(Node):
    """Factors to multiply."""

    factors: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The factors."""
        return self.factors


@dataclass(frozen=True)
class Inverse(Node):
    """One divided by something."""

    of: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """What is divided by."""
        return (self.of,)


@dataclass(frozen=True)
class Power(Node):
    """A base and its exponent."""

    base: Node
    exponent: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """Both."""
        return self.base, self.exponent


@dataclass(frozen=True)
class Call(Node):
    """A function by its name, and its arguments; `keywords` are those with a name of their own."""

    name: str
    arguments: tuple[Node, ...]
    keywords: tuple[tuple[str, Node], ...] = ()

    @property
    def parts(self) -> tuple[Node, ...]:
        """The arguments."""
        return *self.arguments, *(value for _, value in self.keywords)


@dataclass(frozen=True)
class Beside(Node):
    """A name directly before a bracket, and an exponent behind that: a product, or the value of a function of that name."""

    name: Name
    inside: Node
    exponent: Node | None = None

    @property
    def parts(self) -> tuple[Node, ...]:
        """The name, what stands in the bracket, and the exponent."""
        return self.name, self.inside, *([self.exponent] if self.exponent else [])


@dataclass(frozen=True)
class Loose(Node):
    """A function without brackets before several factors: how many of them it takes can be read in two ways."""

    function: str
    first: Node
    rest: tuple[Node, ...]
    power: Node | None = None

    @property
    def parts(self) -> tuple[Node, ...]:
        """The factors."""
        return self.first, *self.rest


@dataclass(frozen=True)
class Series(Node):
    """A sum, a product or a mean over an index: up to a number, up to a name, or of an unknown length."""

    kind: str
    body: Node
    index: str = ""
    low: int = 1
    high: int | None = None
    count: str = ""

    @property
    def parts(self) -> tuple[Node, ...]:
        """What is summed."""
        return (self.body,)


@dataclass(frozen=True)
class Compared(Node):
    """Numbers with signs of comparison between them."""

    values: tuple[Node, ...]
    signs: tuple[str, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The numbers."""
        return self.values


@dataclass(frozen=True)
class Logic(Node):
    """Conditions joined by and, or, not."""

    word: str
    conditions: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The conditions."""
        return self.conditions


@dataclass(frozen=True)
class Cases(Node):
    """Values with the conditions under which they hold, tried in order; the last has none."""

    cases: tuple[tuple[Node, Node], ...]
    otherwise: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        """Values and conditions."""
        return *(part for case in self.cases for part in case), self.otherwise


@dataclass(frozen=True)
class Listed(Node):
    """A list."""

    items: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The items."""
        return self.items


@dataclass(frozen=True)
class Entry(Node):
    """One of several, by its place: counted from `first`."""

    of: Node
    place: Node
    first: int

    @property
    def parts(self) -> tuple[Node, ...]:
        """What it is taken of, and the place."""
        return self.of, self.place


class Parsed(NamedTuple):
    """A tree, sentences worth saying of it, and what names that are one value each are a function of, as it is written."""

    tree: Node
    said: list[str]
    values: dict[str, str]


def names(node: Node) -> list[Name]:
    """Return every name in a tree, in the order in which they are written."""
    found: list[Name] = []
    left = [node]
    while left:
        part = left.pop()
        if isinstance(part, Name):
            found.append(part)
        left += reversed(part.parts)
    return found


def inner(node: Node) -> list[Node]:
    """Return a node and everything in it."""
    found, left = [], [node]
    while left:
        part = left.pop()
        found.append(part)
        left += reversed(part.parts)
    return found
