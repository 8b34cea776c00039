"""What an address may hold: each field declares its name, default and limits once, for the page, the address and every surface.

A field reads its value from an address as the page's control would take it, with a sentence for what it refuses, and writes it
back exactly. What is as by default is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from explorer.core import numbers
from explorer.core.digits import exact_text

T = TypeVar("T")
Given = Mapping[str, Sequence[str]]
"""An address: each name with its values, in order."""
Limits = tuple[float, float]

BEYOND = "-exactly"
"""Ends the name of a number beyond its slider."""
SHOWN = 40
"""The most characters of a value that a sentence repeats."""


class Field(Protocol[T]):
    """What a Reader takes, and a State writes."""

    def read(self, given: Given) -> tuple[T, list[str]]:
        """Return the value that an address gives, or what holds instead; and a sentence for each value that was refused."""

    def write(self, value: T) -> dict[str, list[str]]:
        """Return what the address holds of a value: nothing if it is the default."""


class Reader:
    """Takes the values of an address, field by field, and keeps the sentences on what it refused."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.refused: list[str] = []

    def take(self, field: Field[T]) -> T:
        """Return a field's value."""
        value, sentences = field.read(self.given)
        self.refused += sentences
        return value

    def text(self, name: str) -> str:
        """Return the last value of a name that no field stands for; "" where there is none."""
        return self.given.get(name, [""])[-1]

    def refuse(self, sentence: str) -> None:
        """Keep a sentence."""
        self.refused.append(sentence)


@dataclass(frozen=True)
class Number:
    """A number on a slider; where farthest reaches beyond that, one there has a name of its own, which ends in BEYOND.

    name is also an input of the program, or ends in one; with a step of 1 or more only such steps from low on are taken.
    """

    name: str
    label: str
    low: float
    high: float
    default: float
    step: float
    help: str = ""
    farthest: Limits | None = None

    @property
    def limits(self) -> Limits:
        """How far the slider reaches."""
        return self.low, self.high

    @property
    def reach(self) -> Limits:
        """How far the number may lie."""
        return self.farthest or self.limits

    @property
    def beyond(self) -> str:
        """The name of a number beyond the slider."""
        return self.name + BEYOND

    @property
    def allowed(self) -> str:
        """What it may be, to end a sentence."""
        if self.step == self.high - self.low:
            return f"{self.low:g} or {self.high:g}"
        if self.step == 1:
            return f"a whole number from {self.low:g} to {self.high:g}"
        return "a number from {:g} to {:g}".format(*self.reach)

    @property
    def first(self) -> float:
        """Where the thumb stands by default."""
        return min(max(self.default, self.low), self.high)

    def typed(self, text: str) -> float | None:
        """Return the number that somebody has typed; None where it is none that is allowed."""
        value = typed(text, *self.reach)
        return value if value is None or self.is_on_step(value) else None

    def is_on_step(self, value: float) -> bool:
        """Whether a number is one of the steps, where only such are taken."""
        return self.step < 1 or ((value - self.low) / self.step).is_integer()

    def read(self, given: Given) -> tuple[float, list[str]]:
        """As Field."""
        thumb, exact = (_single(given, name) for name in (self.name, self.beyond))
        if self.farthest:
            asked = self.typed(thumb or exact)
            if asked is not None and not self.low <= asked <= self.high:
                return asked, []
        value = self._thumb([text for text in given.get(self.name, ()) if text])
        sentences = _sentences(self.name, given, value, self.allowed)
        opens = "" if self.first == self.default else exact_text(self.default)
        typed = _last(given, self.beyond, opens)
        if self.farthest and typed and value in self.limits:
            number = self.typed(typed)
            if number is None:
                sentences.append(self.refusal(typed, value))
            else:
                value = number
        return value + 0.0, sentences  # never -0

    def refusal(self, text: str, held: float) -> str:
        """Return why a number that was typed is not taken."""
        return f"{self.label} must be {self.allowed}; got {numbers.shown(text)}. {held:g} is shown."

    def _thumb(self, texts: Sequence[str]) -> float:
        """What a slider makes of an address: Streamlit reads Python's floats and drops what is out of bounds."""
        try:
            (value,) = map(float, texts)
        except ValueError:
            return self.first
        return value if self.low <= value <= self.high and self.is_on_step(value) else self.first

    def write(self, value: float) -> dict[str, list[str]]:
        """As Field."""
        if value == self.default:
            return {}
        held = {self.name: [exact_text(value)]}
        return held | {self.beyond: [""]} if self.first != self.default and value in self.limits else held


@dataclass(frozen=True)
class TypedNumber:
    """A number in a text field; the address holds what was typed."""

    name: str
    label: str
    low: float
    high: float
    default: float
    help: str = ""

    def typed(self, text: str) -> float | None:
        """Return the number that somebody has typed; None where it is none that is allowed."""
        return typed(text, self.low, self.high)

    def refusal(self, text: str, held: float) -> str:
        """Return why what was typed is not taken."""
        return (
            f"{self.label} must be a number from {self.low:g} to {self.high:g}; got {numbers.shown(text)}. {held:g} is shown."
        )

    def read(self, given: Given) -> tuple[float, list[str]]:
        """As Field."""
        text = _last(given, self.name, f"{self.default:.10g}")
        value, repeated = self.typed(text), _sentences(self.name, given, text, "")
        return (value, repeated) if value is not None else (self.default, [*repeated, self.refusal(text, self.default)])

    def write(self, value: float) -> dict[str, list[str]]:
        """As Field."""
        return {} if value == self.default else {self.name: [exact_text(value)]}


@dataclass(frozen=True)
class Whole:
    """A whole number in a text field, from low to high, or also."""

    name: str
    label: str
    low: int
    high: int
    default: int
    help: str = ""
    also: int | None = None

    def typed(self, text: str) -> int | None:
        """Return the number that somebody has typed; None where it is none that is allowed."""
        try:
            value = numbers.whole(text)
        except ValueError:
            return None
        return value if self.takes(value) else None

    def takes(self, value: int) -> bool:
        """Whether a number is allowed."""
        return self.low <= value <= self.high or value == self.also

    @property
    def range(self) -> str:
        """What is allowed, in short."""
        return f"{self.low} to {self.high}" + ("" if self.also is None else f", or {self.also}")

    def refusal(self, text: str, held: int) -> str:
        """Return why what was typed is not taken."""
        allowed = "" if self.high == numbers.LARGEST else f" from {self.range}"
        return f"{self.label} must be a whole number{allowed}; got {numbers.shown(text)}. {held} is shown."

    def read(self, given: Given) -> tuple[int, list[str]]:
        """As Field."""
        text = _last(given, self.name, str(self.default))
        value, repeated = self.typed(text), _sentences(self.name, given, text, "")
        if value is not None:
            return value, repeated
        held = self.default if self.takes(self.default) else self.low
        return held, [*repeated, self.refusal(text, held)]

    def write(self, value: int) -> dict[str, list[str]]:
        """As Field."""
        return {} if value == self.default else {self.name: [str(value)]}


@dataclass(frozen=True)
class Choice:
    """One of some options: the first unless there is another default. With many of them, a list that opens."""

    name: str
    label: str
    options: tuple[str, ...]
    help: str = ""
    allowed: str = ""
    opens: str = ""
    many: bool = False

    @property
    def default(self) -> str:
        """What is chosen unless somebody chooses."""
        return self.opens or self.options[0]

    @property
    def allowed_here(self) -> str:
        """What it may be, to end a sentence."""
        return self.allowed or " or ".join([*filter(None, [", ".join(self.options[:-1])]), self.options[-1]])

    def read(self, given: Given) -> tuple[str, list[str]]:
        """As Field."""
        texts = given.get(self.name, ())
        asked = texts[-1:] if self.many else texts[:1]
        value = asked[0] if asked and asked[0] in self.options else self.default
        return value, _sentences(self.name, given, value, self.allowed_here)

    def write(self, value: str) -> dict[str, list[str]]:
        """As Field."""
        return {} if value == self.default else {self.name: [value]}


@dataclass(frozen=True)
class Some:
    """Any of some options, at most so many."""

    name: str
    label: str
    options: tuple[str, ...]
    help: str = ""
    allowed: str = ""
    default: tuple[str, ...] = ()
    most: int | None = None

    @property
    def allowed_here(self) -> str:
        """What each may be, to end a sentence."""
        return self.allowed or "one of " + ", ".join(self.options)

    def read(self, given: Given) -> tuple[tuple[str, ...], list[str]]:
        """As Field."""
        texts = given.get(self.name)
        if texts is None:
            return self.default, []
        value = tuple(dict.fromkeys(text for text in texts if text in self.options))[: self.most]
        if not value and any(texts):
            value = self.default
        return value, _sentences(self.name, given, list(value), self.allowed_here)

    def write(self, value: Sequence[str]) -> dict[str, list[str]]:
        """As Field; none of them is an empty value."""
        return {} if tuple(value) == self.default else {self.name: list(value) or [""]}


@dataclass(frozen=True)
class Flag:
    """A switch."""

    name: str
    label: str
    help: str = ""
    default: bool = False

    def read(self, given: Given) -> tuple[bool, list[str]]:
        """As Field."""
        value = {"true": True, "false": False}.get(_last(given, self.name, "").lower(), self.default)
        return value, _sentences(self.name, given, value, "true or false")

    def write(self, value: bool) -> dict[str, list[str]]:
        """As Field."""
        return {} if value == self.default else {self.name: [str(value).lower()]}


@dataclass(frozen=True)
class Text:
    """A line of text."""

    name: str
    label: str
    default: str = ""
    help: str = ""

    def read(self, given: Given) -> tuple[str, list[str]]:
        """As Field."""
        value = _last(given, self.name, self.default)
        return value, _sentences(self.name, given, value, "")

    def write(self, value: str) -> dict[str, list[str]]:
        """As Field."""
        return {} if value == self.default else {self.name: [value]}


def typed(text: str, low: float, high: float) -> float | None:
    """Return the number that a text says; None where it is none from low to high."""
    try:
        value = numbers.number(text)
    except ValueError:
        return None
    return value if low <= value <= high else None


def refusal(name: str, given: Sequence[str], value: object, allowed: str) -> str | None:
    """Return why an address's values for a name were ignored, or None if they were taken.

    Parameters
    ----------
    name : str
        In the address.
    given : sequence of str
        Its values there, at least one.
    value : object
        What holds; a list where there may be several.
    allowed : str
        What it may be, to end the sentence "... must be".
    """
    if isinstance(value, list):
        if sorted(given) == sorted(map(str, value)) or (not value and not any(given)):
            return None
        return f"The link's {name} = “{_short(', '.join(given))}” was ignored: each must be {allowed}."
    if len(given) > 1:
        instead = "The last is shown." if _same(given[-1], value) else _instead(value)
        return f"The link names {name} {len(given)} times; {name} must be given once. {instead}"
    (text,) = given
    if _same(text, value):
        return None
    return f"The link's {name} = “{_short(text)}” was ignored: {name} must be {allowed}. {_instead(value)}"


def _sentences(name: str, given: Given, value: object, allowed: str) -> list[str]:
    texts = given.get(name, ())
    sentence = refusal(name, texts, value, allowed) if texts else None
    return [sentence] if sentence else []


def _single(given: Given, name: str) -> str:
    """The value of a name that is given once; "" of any other."""
    texts = given.get(name, ())
    return texts[0] if len(texts) == 1 else ""


def _last(given: Given, name: str, default: str) -> str:
    texts = given.get(name, ())
    return texts[-1] if texts else default


def _instead(value: object) -> str:
    """What is shown in place of a bad value."""
    return f"{value} is shown." if isinstance(value, int) and not isinstance(value, bool) else "The default is shown."


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _same(text: str, value: object) -> bool:
    if isinstance(value, bool):
        return text.lower() == str(value).lower()
    if isinstance(value, float | int):
        try:
            return float(text) == value
        except ValueError:
            return False
    return text == value
