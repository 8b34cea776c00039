"""What holds for a loss, found in digits from its plain formula on a wide grid: by nothing that finds the facts themselves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import mpmath
from mpmath import mp, mpf
from sympy import Symbol, lambdify

from explorer.core.domains import Domain
from explorer.core.functions import textbook
from explorer.core.losses import Loss

DIGITS = 90
EDGE = mpf("1e-60")
"""How far a share that is given is from 0 and 1."""
STEP = mpf("1e-30")
"""By what part of its distance from a turn a number is moved for a slope."""
FAR = [mpf(10) ** k for k in (3, 5, 8, 12, 20, 40, 80)]


@dataclass(frozen=True)
class Plainly:
    """A loss along its first prediction, at some numbers of its other inputs."""

    loss: Loss
    values: Mapping[str, float]
    by: str

    @cached_property
    def _formula(self) -> Any:
        names = [*self.values]
        return lambdify([Symbol(name) for name in names], textbook(self.loss.plain), "mpmath")

    def at(self, x: Any, **others: float) -> Any:
        """Return the loss; NaN where it has no real value, or too few digits of it are left."""
        given = {name: mpf(number) for name, number in {**self.values, **others}.items()} | {self.by: x}
        found, sure = (self._computed(given, digits) for digits in (DIGITS, 2 * DIGITS))
        if mp.isnan(found):  # 0 ln 0 has a limit
            with mp.workdps(DIGITS):
                shares = [name for name in self.loss.names("target") if self.loss.input(name).domain.is_share]
                given |= {name: min(max(given[name], EDGE), 1 - EDGE) for name in shares}
            found, sure = (self._computed(given, digits) for digits in (DIGITS, 2 * DIGITS))
        with mp.workdps(DIGITS):
            return found if found == sure or abs(found - sure) <= abs(sure) * mpf("1e-40") else mp.nan

    def _computed(self, given: Mapping[str, Any], digits: int) -> Any:
        with mp.workdps(digits):
            try:
                found = mpmath.mpmathify(self._formula(*given.values()))
            except (ZeroDivisionError, ValueError, OverflowError):
                return mp.nan
            return found if not isinstance(found, mpmath.mpc) else found.real if found.imag == 0 else mp.nan

    @property
    def domain(self) -> Domain:
        """Of what is predicted."""
        return self.loss.input(self.by).domain

    @cached_property
    def centre(self) -> float:
        """Where the target is, if it may be predicted."""
        targets = self.loss.names("target")
        value = self.values[targets[0]] if len(targets) == 1 else 0.0
        return value if self.domain.holds(value) else 0.0

    @cached_property
    def grid(self) -> list[Any]:
        """Numbers inside the domain, in order."""
        low, high = self.domain.low, self.domain.high
        with mp.workdps(DIGITS):
            centre = mpf(self.centre)
            if math.isfinite(low) and math.isfinite(high):
                width = mpf(high) - low
                near = [mpf(10) ** -k for k in (1, 2, 3, 5, 8, 12, 20, 25)]
                found = [low + width * k / 97 for k in range(1, 97)] + [low + width * n for n in near]
                found += [high - width * n for n in near]
            else:
                sizes = [mpf(k) / 16 for k in range(1, 160)] + [1 - mpf("1e-5"), 2 - mpf("1e-5")]
                sizes += FAR + [mpf(12 + k * k) for k in range(30)] + [mpf(10) ** -k for k in (2, 3, 5, 8, 12)]
                found = [base + sign * size for base in (centre, mpf(0)) for sign in (-1, 1) for size in sizes]
                found += [low + mpf(10) ** -k for k in (2, 5, 12, 20, 40, 80)] if math.isfinite(low) else []
            inside = sorted({x for x in found if low < x < high})
            return [x for x, after in zip(inside, [*inside[1:], mp.inf], strict=True) if after - x > abs(x) * mpf("1e-15")]

    def step(self, x: Any) -> Any:
        """How far a number is moved for a slope: never across an end."""
        room = [abs(x - end) for end in (self.domain.low, self.domain.high) if math.isfinite(end)]
        return STEP * min([1 + abs(x), *room])

    def slope(self, x: Any) -> Any:
        """Return the slope by a difference."""
        with mp.workdps(DIGITS):
            h = self.step(x)
            return (self.at(x + 2 * h) - self.at(x + h)) / h

    @cached_property
    def column(self) -> list[Any]:
        """The loss at every number of the grid."""
        return [self.at(x) for x in self.grid]

    @cached_property
    def slopes(self) -> list[Any]:
        """The slope at every number of the grid."""
        return [self.slope(x) for x in self.grid]

    @property
    def is_convex(self) -> bool:
        """Whether no three numbers of the grid have the middle one above the chord."""
        points = [(x, y) for x, y in zip(self.grid, self.column, strict=True) if mp.isfinite(y)]
        with mp.workdps(DIGITS):
            chords = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points)]
            return all(after - before >= -mpf("1e-20") * (abs(before) + abs(after)) for before, after in pairwise(chords))

    def _extremes(self, numbers: list[Any]) -> tuple[Any, Any]:
        usable = [number for number in numbers if not mp.isnan(number)]
        return min(usable), max(usable)

    @property
    def range_of_values(self) -> tuple[Any, Any]:
        """The least and the largest value on the grid."""
        return self._extremes(self.column)

    @property
    def range_of_slopes(self) -> tuple[Any, Any]:
        """The least and the largest slope on the grid."""
        return self._extremes(self.slopes)

    def jump(self, place: float) -> Any:
        """By how much the slope jumps at a number, infinite at a cusp; NaN outside."""
        with mp.workdps(DIGITS):
            x = mpf(place)
            found = []
            for size in (mpf("1e-20"), mpf("1e-30")):
                h = size * (1 + abs(x))
                if not (self.domain.low < x - 2 * h and x + 2 * h < self.domain.high):
                    return mp.nan
                right = (self.at(x + 2 * h) - self.at(x + h)) / h
                left = (self.at(x - h) - self.at(x - 2 * h)) / h
                found.append(right - left)
            if abs(found[1]) > 100 * abs(found[0]) > mpf("1e-10"):
                return mp.inf
            return mpf(0) if abs(found[1]) < abs(found[0]) / 10 else found[1]

    def power(self, outward: int) -> Any:
        """Return to what power the loss grows towards an end, from its slope far out: NaN where nothing is known."""
        end = self.domain.low if outward < 0 else self.domain.high
        with mp.workdps(DIGITS):
            if math.isfinite(end):
                far = [mpf("1e-20"), mpf("1e-40")]
                at = [abs(self.slope(end - outward * w)) * w for w in far]
                size = [1 / w for w in far]
            else:
                size = [mpf("1e30"), mpf("1e60")]
                at = [abs(self.slope(self.centre + outward * w)) * w for w in size]
            if not all(mp.isfinite(a) and a > 0 for a in at):
                return mp.nan
            return mp.log(at[1] / at[0]) / mp.log(size[1] / size[0])
