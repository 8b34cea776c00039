"""The loss that facts are about, with its curve and words for places on it, and the Answer that a fact is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from sympy import Float, Symbol

from explorer.core.digits import format_number, subscripted
from explorer.core.domains import Domain
from explorer.core.losses.facts.curve import MANY_TURNS, VALUE, Curve, sloped
from explorer.core.losses.spec import Loss
from explorer.core.program import Program

Verdict: TypeAlias = bool | tuple[float, ...] | tuple[str, str] | tuple[tuple[float, ...], ...]
"""What an answer comes to, to compare a proof with: whether, between what, how at both ends, or numbers of each place."""
CONSTANT = 1e-12
"""By what part of their size the values of a loss differ by rounding alone."""
MOST_ENTRIES = 10
"""How many entries of a vector are looked at for one with a slope."""
MOST = 3
"""How many places an answer names."""


@dataclass(frozen=True)
class Answer:
    """What numbers say.

    Attributes
    ----------
    key, question, text : str
        The text is the answer in words.
    verdict : Verdict
        What it comes to.
    how : str
        At what points it was found.
    """

    key: str
    question: str
    text: str
    verdict: Verdict
    how: str


def predicted(loss: Loss, values: Mapping[str, float]) -> str:
    """Return along which prediction to look: loss.by, or where its slope is 0, the first entry of its vector that has one.

    Cross-entropy, for instance, asks nothing of the classes that did not happen.
    """
    if loss.is_curve:
        return loss.by
    group = loss.input(loss.by).group
    entries = [given.name for given in loss.inputs if group and given.group == group]
    return next((name for name in (loss.by, *entries[:MOST_ENTRIES]) if _slope(loss, name, values) != 0), loss.by)


def _slope(loss: Loss, by: str, values: Mapping[str, float]) -> float:
    return float(sloped(loss.program(), by).evaluate(values, [f"d_{by}"])[f"d_{by}"])


class Subject:
    """A loss at some numbers, and its curve."""

    def __init__(self, loss: Loss, by: str, values: Mapping[str, float]) -> None:
        self.loss, self.values = loss, dict(values)
        self.input = loss.input(by)
        self.by = subscripted(self.input.name)
        self.target = self._target()
        centre = values[self.target] if self.target and self.input.domain.holds(values[self.target]) else 0.0
        self.curve = Curve(loss.program(), by, self.input.domain, values, centre)
        self.with_values = self._with_values()
        self.repeats = self.curve.has_values and self.curve.turns_far_out
        if self.with_values:
            domain = Domain(*self.with_values)
            self.curve = Curve(
                loss.program(), by, domain, values, centre if domain.holds(centre) else _middle(*self.with_values)
            )
        if self.repeats:
            self.curve = Curve(loss.program(), by, self.curve.domain, values, centre, MANY_TURNS)
        elif self.curve.has_values and self.is_constant:
            level = Float(float(np.nanmedian(self.curve.found[VALUE])))
            program = Program(loss.program().inputs, ((Symbol(loss.program().output.name), level),))
            self.curve = Curve(program, by, self.curve.domain, values, centre)

    def _with_values(self) -> tuple[float, float] | None:
        """Between what predictions the loss has values, where not everywhere; None where it does, or in several parts."""
        regions = self.curve.regions(self.curve.is_known, lambda x: ~np.isnan(self.curve.at(x)[VALUE]))
        domain = self.input.domain
        if len(regions) != 1 or regions[0] == (domain.low, domain.high) or regions[0][0] == regions[0][1]:
            return None
        return regions[0]

    @property
    def is_constant(self) -> bool:
        """Whether rounding alone tells its values apart."""
        value = self.curve.found[VALUE]
        value = value[np.isfinite(value)]
        return bool(value.max() - value.min() <= CONSTANT * np.abs(value).max())

    def _target(self) -> str:
        """The one target, if it is one number."""
        targets = self.loss.names("target")
        return targets[0] if len(targets) == 1 else ""

    @property
    def classes(self) -> tuple[float, float] | None:
        """The targets of the two classes, where there is one prediction for two."""
        if not (self.target and self.loss.is_curve):
            return None
        domain = self.loss.input(self.target).domain
        two = domain.is_share or (domain.step >= 1 and math.isclose(domain.high - domain.low, domain.step))
        return (domain.low, domain.high) if two else None

    @cached_property
    def how(self) -> str:
        """At how many points."""
        within = f" within {MANY_TURNS} of {number(self.curve.centre)}" if self.repeats else ""
        return f"at {self.curve.x.size:,} points{within}"

    @cached_property
    def least(self) -> float:
        """The least value that the curve has or comes to."""
        return self.range_of_values[0]

    @cached_property
    def range_of_values(self) -> tuple[float, float]:
        """Between what the values lie."""
        value = self.curve.found[VALUE]
        stationary = self.curve.at(np.array(self.curve.stationary()))[VALUE]
        limits = [growth.limit for growth in self.curve.growths]
        known = np.concatenate([value, stationary, limits])
        known = known[~np.isnan(known)]
        low, high = (0.0 if abs(x) < 1e-12 else float(x) for x in (known.min(), known.max()))
        return low, high

    def place(self, x: float) -> str:
        """Return where a prediction is, in words."""
        return f"{self.by} = {number(x)}"

    def intervals(self, regions: list[tuple[float, float]]) -> str:
        """Return intervals in words."""
        nearest = sorted(regions, key=lambda region: abs(sum(region) / 2 - self.curve.centre))[:MOST]
        said = [
            self.interval(low, high, self.curve.domain) for low, high in (sorted(nearest) if len(regions) > MOST else regions)
        ]
        return " and ".join(said) + more(len(regions) - MOST)

    def interval(self, low: float, high: float, domain: Domain) -> str:
        """Return an interval of a domain in words."""
        if low == domain.low and high == domain.high:
            return f"for every {self.by}"
        if low == domain.low:
            return f"for {self.by} below {number(high)}"
        if high == domain.high:
            return f"for {self.by} above {number(low)}"
        return f"between {self.by} = {number(low)} and {number(high)}"


def _middle(low: float, high: float) -> float:
    """A number inside an interval, which may have one end only."""
    return low + 1 if math.isinf(high) else high - 1 if math.isinf(low) else (low + high) / 2


def more(places: int) -> str:
    """Return how many places are not named, in words."""
    return "" if places <= 0 else " and in one more place" if places == 1 else f" and in {places} more places"


def number(x: float) -> str:
    """Return a number as an answer has it."""
    return format_number(x, 4, trim=True)
