"""The curve of a loss over its prediction, sampled over the whole domain: its ends, its jumps, and where something holds."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.core.checks import FloatArray
from explorer.core.domains import Domain
from explorer.core.program import Program

Holds = Callable[[FloatArray], NDArray[np.bool_]]
VALUE, SLOPE, CURVATURE = 0, 1, 2
UNDERFLOW = 1e-200
"""What is smaller than this is too small for a float, or near to that."""
HALVINGS = 80
"""How often an interval is halved at most: until its ends are neighbouring floats."""
MANY_TURNS = 9
"""With more changes of its direction than this far out, a curve goes up and down without end; and what is far."""
ROUNDS, BETWEEN = 9, 66
"""How often an interval is replaced by a part of it, of as many ends of parts: until its ends are neighbouring floats."""
FINER = 10.0
"""How many times nearer a jump is looked at again: one that is smaller there is none."""
NEAR = 1e-9
"""Places closer than this, relative to their size, are one; nearer to a finite end of a domain no jump is looked for."""


@dataclass(frozen=True)
class Jump:
    """A place, and by how much something is larger on its right."""

    place: float
    height: float


@dataclass(frozen=True)
class Growth:
    """How a loss goes on towards an end of its domain.

    Attributes
    ----------
    kind : str
        "bound", "logarithm", "squared logarithm", "power", "power times logarithm", "exponential", or "" if unknown.
    power : float
        In the distance from the target, or in 1 / the distance from a finite end; of a bound how fast it is approached.
    limit : float
        What the loss tends to.
    """

    kind: str
    power: float
    limit: float


@dataclass(frozen=True)
class End:
    """An end of a domain: numbers outside, at which it stands, and the way to it."""

    edge: float
    outward: float
    centre: float

    @property
    def is_finite(self) -> bool:
        """Whether there is a number at the end."""
        return math.isfinite(self.edge)

    def at(self, far: float) -> float:
        """Return a number far out, or as near to a finite end as 1 / far."""
        return self.edge - self.outward / far if self.is_finite else self.centre + self.outward * far

    @property
    def distances(self) -> tuple[tuple[float, float], ...]:
        """Pairs of distances between which growth is measured, the farthest first."""
        if not self.is_finite:
            return (1e30, 1e60), (1e6, 1e12), (1e2, 1e4)
        return ((1e20, 1e40), (1e5, 1e10)) if self.edge == 0 else ((1e4, 1e8),)


@lru_cache(maxsize=256)
def sloped(program: Program, by: str) -> Program:
    """Return a program with its slope d_<by> and its curvature d2_<by>."""
    return program.gradient([by]).gradient([by], of=f"d_{by}", prefix="d2_")


class Curve:
    """A loss along one prediction.

    Parameters
    ----------
    program : Program
        Of the loss.
    by : str
        The input that the curve runs over.
    domain : Domain
        Of that input.
    values : mapping
        Each input -> number.
    centre : float
        Where the target is, as far as it is a number that may be predicted.
    reach : float
        How far from there the curve is looked at.
    """

    def __init__(
        self,
        program: Program,
        by: str,
        domain: Domain,
        values: Mapping[str, float],
        centre: float,
        reach: float = math.inf,
    ) -> None:
        self._program = sloped(program, by)
        self._names = ("L", f"d_{by}", f"d2_{by}")
        self._by, self._values = by, values
        self.domain, self.centre, self.reach = domain, centre, reach
        self.ends = End(domain.low, -1.0, centre), End(domain.high, 1.0, centre)

    def at(self, x: FloatArray | float, **others: float) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return value, slope and curvature at numbers of any shape; with others in place of some values."""
        x = np.asarray(x, dtype=np.float64)
        found = self._program.evaluate({**self._values, **others, self._by: x}, self._names)
        value, slope, curvature = (np.broadcast_to(found[name], x.shape) for name in self._names)
        return value, slope, curvature

    @cached_property
    def x(self) -> FloatArray:
        """The points, in order: dense near 0, the target and finite ends, and out to 10⁶."""
        low, high = self.domain.low, self.domain.high
        share = 1 / (1 + np.exp(-np.linspace(-30, 30, 1201)))
        if math.isfinite(low) and math.isfinite(high):
            candidates = [low + (high - low) * share, np.linspace(low, high, 801)]
        else:
            far, near = np.geomspace(1e-4, 1e6, 600), np.linspace(-9, 9, 601)
            candidates = [self.centre + near, near, self.centre + far, self.centre - far, far, -far]
        x = np.unique(np.concatenate([*candidates, [self.centre, 0.0]]))
        inside = (x > low if self.domain.open_low else x >= low) & (x < high if self.domain.open_high else x <= high)
        return np.asarray(x[inside & (np.abs(x - self.centre) <= self.reach)], dtype=np.float64)

    @cached_property
    def found(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Value, slope and curvature at the points."""
        return self.at(self.x)

    @cached_property
    def length(self) -> FloatArray:
        """How far a point is from where the curve may turn."""
        return self.length_at(self.x)

    def length_at(self, x: FloatArray) -> FloatArray:
        """Return how far numbers are from where the curve may turn: a finite end, or a little more than the target."""
        to_low, to_high = x - self.domain.low, self.domain.high - x
        nearest: FloatArray = np.minimum(np.minimum(to_low, to_high), 1 + np.abs(x - self.centre))
        return nearest

    @cached_property
    def is_known(self) -> NDArray[np.bool_]:
        """At which points the loss has a value, infinite ones too; a single point without one counts as having one."""
        known = ~np.isnan(self.found[VALUE])
        alone = ~known & np.append(known[1:], True) & np.append(True, known[:-1])
        return np.asarray(known | alone, dtype=np.bool_)

    @cached_property
    def has_values(self) -> bool:
        """Whether there is any point at which the loss has a value and a slope."""
        return bool(np.any(np.isfinite(self.found[VALUE]) & np.isfinite(self.found[SLOPE])))

    @cached_property
    def turns_far_out(self) -> bool:
        """Whether it goes up and down without end, so that points far out say nothing."""
        value, slope, _ = self.found
        with np.errstate(over="ignore", invalid="ignore"):
            clearly = np.abs(slope) * self.length > NEAR * (1 + np.abs(value))
        far = clearly & (np.abs(self.x - self.centre) > MANY_TURNS)
        signs = np.sign(slope[far])
        return bool(np.count_nonzero(signs[1:] != signs[:-1]) > MANY_TURNS)

    @cached_property
    def poles(self) -> list[float]:
        """Return where the loss is infinite between numbers where it is not."""
        return [place for place in self.gaps if self._is_steep(VALUE, place)]

    @cached_property
    def gaps(self) -> list[float]:
        """Return where the loss has no value, or an infinite one, between numbers where it has one."""
        known = np.isfinite(self.found[VALUE])
        gone = np.flatnonzero(~known[1:-1] & known[:-2] & known[2:]) + 1
        return [float(self.x[k]) for k in gone]

    @cached_property
    def cusps(self) -> list[float]:
        """Return where the slope is infinite though the loss is not."""
        value, slope, _ = self.found
        places = self.x[1:-1][np.isfinite(value[1:-1]) & ~np.isfinite(slope[1:-1])]
        return [float(x) for x in places if self._is_steep(SLOPE, float(x))]

    def _is_steep(self, of: int, x: float) -> bool:
        """Whether something grows without end towards a number."""
        beside = x + (1 + abs(x)) * np.array([[-1e-6, -1e-9], [1e-6, 1e-9]])
        sizes = np.abs(self.at(beside)[of])
        return bool(np.any(sizes[:, 1] > 1.2 * sizes[:, 0]) and np.all(np.isfinite(sizes)))

    def extreme(self, of: int, highest: bool) -> float:
        """Return the largest or the least of value or slope, looked for between the points as well; NaN of none."""
        numbers = self.found[of] if highest else -self.found[of]
        numbers = np.where(np.isfinite(numbers) & (self.length > NEAR), numbers, -np.inf)
        k = int(np.argmax(numbers))
        best = float(numbers[k])
        if best == -np.inf:
            return math.nan
        low, high = float(self.x[max(k - 1, 0)]), float(self.x[min(k + 1, self.x.size - 1)])
        for _ in range(ROUNDS // 2):
            between = np.linspace(low, high, BETWEEN)
            found = self.at(between)[of] * (1 if highest else -1)
            place = int(np.nanargmax(np.where(np.isfinite(found), found, -np.inf)))
            best = max(best, float(found[place]) if np.isfinite(found[place]) else -np.inf)
            low, high = float(between[max(place - 1, 0)]), float(between[min(place + 1, BETWEEN - 1)])
        return best if highest else -best

    def regions(self, mask: NDArray[np.bool_], holds: Holds) -> list[tuple[float, float]]:
        """Return the intervals at whose points a mask is set, with ends where `holds` begins and ends to hold."""
        padded = np.concatenate([[False], mask, [False]])
        starts = np.flatnonzero(~padded[:-1] & padded[1:])
        stops = np.flatnonzero(padded[:-1] & ~padded[1:]) - 1
        return [(self._edge(int(a), -1, holds), self._edge(int(b), 1, holds)) for a, b in zip(starts, stops, strict=True)]

    def _edge(self, k: int, step: int, holds: Holds) -> float:
        """Where holds ends to hold on the way from one point to the next; the end of the domain if there is none."""
        if not 0 <= k + step < self.x.size:
            end = self.domain.low if step < 0 else self.domain.high
            return end if math.isinf(self.reach) else float(self.x[k])
        inside, outside = float(self.x[k]), float(self.x[k + step])
        for _ in range(ROUNDS):
            between = np.linspace(inside, outside, BETWEEN)[1:-1]
            count = int(np.argmin(np.append(holds(between), False)))
            inside, outside = (float(x) for x in np.concatenate([[inside], between, [outside]])[count : count + 2])
        return rounded(inside)

    def jumps(self, of: int) -> list[Jump]:
        """Return where value, slope or curvature jumps, found by halving each interval between two points."""
        usable = np.isfinite(self.found[of][1:]) & np.isfinite(self.found[of][:-1])
        usable &= np.minimum(self.length[1:], self.length[:-1]) > NEAR
        usable &= self.found[of][1:] != self.found[of][:-1]
        a, b = self.x[:-1][usable], self.x[1:][usable]
        at_a, at_b = np.array(self.at(a)), np.array(self.at(b))
        for k in range(HALVINGS):
            middle = (a + b) / 2
            if not a.size or np.all((middle == a) | (middle == b)):
                break
            at_middle = np.array(self.at(middle))
            first = np.abs(at_middle[of] - at_a[of]) >= np.abs(at_b[of] - at_middle[of])
            a, b = np.where(first, a, middle), np.where(first, middle, b)
            at_a, at_b = np.where(first, at_a, at_middle), np.where(first, at_middle, at_b)
            if k % 5 == 0:  # most intervals hold no jump, and are done soon
                left = _is_sharp(of, a, b, at_a, at_b)
                a, b, at_a, at_b = a[left], b[left], at_a[:, left], at_b[:, left]
        sharp = _is_sharp(of, a, b, at_a, at_b)
        aside = NEAR / 10 * (1 + np.abs(a[sharp]))  # as at a kink itself a slope may be between those of both sides
        a, b = a[sharp] - aside, b[sharp] + aside
        before, after = self.at(a), self.at(b)
        heights = after[of] - before[of]
        least = 1e-6 * (np.abs(before[of]) + np.abs(after[of])) + UNDERFLOW
        if of == CURVATURE:
            least = np.maximum(least, rounding(self.length_at(a)) * np.abs(after[SLOPE]))
        finer = aside * (1 - 1 / FINER)
        nearer = self.at(b - finer)[of] - self.at(a + finer)[of]
        with np.errstate(invalid="ignore"):  # as steep as a root: there is less of it the nearer one looks
            stays = (np.abs(nearer) > 0.9 * np.abs(heights)) | (of == CURVATURE)
        a, b, heights = (numbers[(np.abs(heights) > least) & stays] for numbers in (a, b, heights))
        return _merged([Jump(rounded(float(x)), float(h)) for x, h in zip((a + b) / 2, heights, strict=True)])

    @cached_property
    def kinks(self) -> list[Jump]:
        """Where the slope jumps."""
        return self.jumps(SLOPE)

    @cached_property
    def breaks(self) -> list[Jump]:
        """Where the value jumps."""
        return self.jumps(VALUE)

    def stationary(self) -> list[float]:
        """Return where the slope changes its sign without a jump, or is 0 at a single point or a closed end."""
        slope = self.found[SLOPE]
        signs = np.sign(slope)
        alone = (signs == 0) & ~np.append(signs[1:] == 0, False) & ~np.append(False, signs[:-1] == 0)
        places = [float(x) for x in self.x[alone]]
        for k in np.flatnonzero(signs[1:] * signs[:-1] < 0):
            sign = signs[k]
            places.append(self._edge(int(k), 1, lambda x, sign=sign: np.sign(self.at(x)[SLOPE]) == sign))  # type: ignore[misc]
        jumps = [jump.place for jump in (*self.kinks, *self.breaks)]
        return [place for place in places if not any(is_near(place, other) for other in jumps)]

    @cached_property
    def growths(self) -> tuple[Growth, Growth]:
        """How the loss goes on at the lower end and at the upper one."""
        return self._growth(self.ends[0]), self._growth(self.ends[1])

    def _growth(self, end: End) -> Growth:
        for far in end.distances:
            x = np.array([end.at(w) for w in far])
            value, slope, _ = self.at(x)
            if np.all(np.isfinite(value) & np.isfinite(slope)):
                growth = self._measured(end, far, value, slope)
                if growth.kind:
                    return growth
        value, slope, _ = self.at(np.array([end.at(w) for w in (1e3, 1e5)]))
        if not end.is_finite and (np.isinf(value[1]) or np.isinf(slope[1])):
            return Growth("exponential", math.inf, math.inf if value[1] > 0 else -math.inf)
        return Growth("", math.nan, math.nan)

    def _measured(self, end: End, far: tuple[float, float], value: FloatArray, slope: FloatArray) -> Growth:
        """What kind of growth it is, from how w d/dw of the loss grows with w, the distance or its reciprocal."""
        near, beyond = far
        outward = slope * end.outward
        growth = outward / np.array(far) if end.is_finite else outward * np.array(far)
        if growth[1] == 0 or abs(growth[1]) < 1e-12 * abs(value[1]) * (far[1] < 1e20):
            return Growth("bound", -math.inf, float(value[1]))
        if growth[0] == 0:
            return Growth("", math.nan, math.nan)
        ratio = float(growth[1] / growth[0])
        if not 0 < ratio < math.inf:
            return Growth("", math.nan, math.nan)
        power = math.log(ratio) / math.log(beyond / near)
        limit = math.copysign(math.inf, growth[1])
        if power >= -0.02 and abs(value[1]) < 0.1 * abs(growth[1]):
            return Growth("", math.nan, math.nan)  # the slope is what rounding has left
        logarithms = math.log(beyond) / math.log(near)
        if power < -0.02:
            return Growth("bound", power, float(value[1] - growth[1] / power))
        for whole in (0, 1, 2, 3):
            left = ratio / (beyond / near) ** whole
            if abs(left - logarithms) < 0.1 * (logarithms - 1) and (whole or not self._is_power(end, ratio)):
                return Growth("power times logarithm" if whole else "squared logarithm", whole, limit)
        return Growth("logarithm", 0.0, limit) if ratio < 1.2 else Growth("power", float(f"{power:.3g}"), limit)

    def _is_power(self, end: End, ratio: float) -> bool:
        """Whether nearer by, too, growth is that of a very small power rather than that of a logarithm, which doubles."""
        far = np.array(end.distances[min(1, len(end.distances) - 1)])
        slope = np.abs(self.at(np.array([end.at(w) for w in far]))[SLOPE])
        nearer = slope[1] / slope[0] * (far[0] / far[1] if end.is_finite else far[1] / far[0])
        return bool(nearer < 0.75 * ratio)


def _is_sharp(of: int, a: FloatArray, b: FloatArray, at_a: FloatArray, at_b: FloatArray) -> NDArray[np.bool_]:
    """Whether something changes between a and b by more than its own slope and rounding account for."""
    least = (1e-4 if of == CURVATURE else 1e-6) * (np.abs(at_a[of]) + np.abs(at_b[of]))
    if of != CURVATURE:
        steepness = np.maximum(np.abs(at_a[of + 1]), np.abs(at_b[of + 1]))
        least = np.maximum(least, np.where(np.isfinite(steepness), 4 * (b - a) * steepness, 0))
    return np.asarray(np.abs(at_b[of] - at_a[of]) > least)


def _merged(jumps: list[Jump]) -> list[Jump]:
    """Jumps, each place once."""
    ordered = sorted(jumps, key=lambda jump: jump.place)
    return [jump for k, jump in enumerate(ordered) if k == 0 or not is_near(ordered[k - 1].place, jump.place)]


def rounding(length: FloatArray) -> FloatArray:
    """Return what part of a slope its curvature may be off by, so far from where the curve turns."""
    return np.asarray(1e-7 / length + 1e-14 * length)


def is_near(x: float, y: float) -> bool:
    """Whether two places are one."""
    return abs(x - y) <= NEAR * (1 + abs(x) + abs(y))


def rounded(x: float) -> float:
    """Return a place found by halving, without the last digits and without what is next to 0."""
    return 0.0 if abs(x) < 1e-12 else float(f"{x:.12g}")
