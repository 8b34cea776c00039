"""A chain of operations as text, as an address holds it: `differentiate p; factor; divide 2*(p - t)`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from explorer.core.algebra.operands import Operand, parsed
from explorer.core.algebra.operations import named

MOST_STEPS = 30
"""The most steps of a chain."""
CHARACTERS = 2_000
"""The most characters of a chain, as many as an address holds."""


@dataclass(frozen=True)
class Step:
    """One operation with its operands, as they were typed."""

    operation: str
    operands: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the step as text, which `read` reads back."""
        return f"{self.operation} {', '.join(self.operands)}".strip()

    def parsed(self) -> tuple[Operand, ...]:
        """Return the operands; raise ValueError where one does not fit, or the operation is unknown."""
        return parsed(named(self.operation).asks, self.operands)


def write(steps: Iterable[Step]) -> str:
    """Return a chain as text."""
    return "; ".join(map(str, steps))


@lru_cache(maxsize=256)
def read(text: str) -> tuple[tuple[Step, ...], str]:
    """Return the steps of a chain up to the first that cannot be read, and a sentence about that one; "" if all can."""
    steps: list[Step] = []
    if len(text) > CHARACTERS:
        return (), f"A chain must have at most {CHARACTERS:,} characters; this one has {len(text):,}, and was left out."
    for part in filter(None, map(str.strip, text.split(";"))):
        name, _, rest = part.partition(" ")
        step = Step(name, split(rest))
        if len(steps) == MOST_STEPS:
            return tuple(steps), f"A chain must have at most {MOST_STEPS} steps; the rest was left out."
        try:
            step.parsed()
        except ValueError as error:
            return tuple(steps), f"Step {len(steps) + 1}, “{part[:60]}”, was left out with what follows: {error}"
        steps.append(step)
    return tuple(steps), ""


def split(text: str) -> tuple[str, ...]:
    """Return what stands between the commas of a text that are in no bracket."""
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    parts.append(text[start:])
    return tuple(part.strip() for part in parts) if text.strip() else ()
