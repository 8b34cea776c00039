"""Where a step of a program is least, over one of its inputs or two. The same method stands in minimum.js, for a browser.

Over one input: values on a grid find the place, as a loss need not be convex; sections of the interval around it, by the sign
of the slope, find both ends of where it is least. Over two: half of a polygon is cut off at each slope, which for a convex step
never loses the minimum; lines through two dots are tried as well, and the best of them is improved where the step is not
convex.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from explorer.core.checks import FloatArray
from explorer.core.program import Program

SLACK = 1e-12
"""Values and slopes that differ by less are the same: the rounding of a sum."""
GRID = 200
"""Into how many parts an input's range is divided at first."""
SECTIONS, ROUNDS = 16, 8
"""Into how many parts an interval is divided, and how often: to less than 1e-11 of the range."""
NEAR = 1e-10
"""Within what share of the range an end is a dot's place, or a point of the grid."""
PROBES = 8
"""At how many places at most beside its middle a polygon is probed in one round."""
CUTS = 60
"""After how many rounds a polygon is small enough in any case."""
SMALL = 1e-12
"""As what share of the range it is."""
CLOSE = 1 / 16
"""How far around the best known place it is improved, as a share of the range."""
TURNS = 6
"""How often."""

Point = tuple[float, float]
Curve = Callable[[FloatArray], tuple[FloatArray, FloatArray]]
"""Of places, shape (n,): values and slopes there."""
Surface = Callable[[Sequence[Point]], tuple[FloatArray, FloatArray, FloatArray]]
"""Of n places: values and both slopes there, shape (n,) each."""


@dataclass(frozen=True)
class Minimum:
    """A declaration: some inputs of a program are found, as the place where one of its steps is least.

    Attributes
    ----------
    of : str
        The step; averaged over the rows of a data set where it depends on one.
    over : mapping
        One input or two -> (low, high), the range in which to look.
    slopes : tuple of str
        The steps that are its derivatives by those.
    at : tuple of str
        The inputs that take the place, as many as there are in over.
    value : str
        The input that takes the step's value there.
    ends : tuple of str
        Over one input: the two inputs that take the ends of where it is least, which are one unless it is flat there.
    dots : tuple of str
        Columns of the data set. Over one input: where kinks may be. Over two: x and y of dots; lines through two are tried.
    across : (float, float)
        Over two inputs: the x at which they are the heights of a line.
    """

    of: str
    over: Mapping[str, tuple[float, float]]
    slopes: tuple[str, ...]
    at: tuple[str, ...]
    value: str
    ends: tuple[str, ...] = ()
    dots: tuple[str, ...] = ()
    across: tuple[float, float] = (0.0, 1.0)

    @property
    def found(self) -> tuple[str, ...]:
        """The inputs that it sets."""
        return (*self.at, self.value, *self.ends)

    def declaration(self) -> dict[str, Any]:
        """Return what a trace's `meta` holds of it, as JSON has it."""
        return {name: list(part) if isinstance(part, tuple) else part for name, part in asdict(self).items()}


class Least(NamedTuple):
    """Where a curve is least: the middle of the interval from start to end; its value and slope there."""

    at: float
    value: float
    start: float
    end: float
    slope: float


class Lowest(NamedTuple):
    """Where a surface is least, and its value there."""

    at: Point
    value: float


def solve(
    program: Program, minimum: Minimum, values: Mapping[str, float], rows: Mapping[str, ArrayLike] | None = None
) -> dict[str, float]:
    """Return the inputs that a minimum sets, by their names; values and rows as for `figures.binding.filled`."""
    place = locate(program, minimum, values, rows)
    if isinstance(place, Lowest):
        return dict(zip(minimum.found, (*place.at, place.value), strict=True))
    return dict(zip(minimum.found, (place.at, place.value, place.start, place.end), strict=True))


def locate(
    program: Program, minimum: Minimum, values: Mapping[str, float], rows: Mapping[str, ArrayLike] | None = None
) -> Least | Lowest:
    """Return where the step of a minimum is least, over one input or two."""
    columns = {name: np.asarray(column, dtype=np.float64) for name, column in (rows or {}).items()}
    ranges = list(minimum.over.values())
    dots = [columns[name] for name in minimum.dots]
    names = (minimum.of, *minimum.slopes)
    part = _part(program, names)
    inputs = {s.name for s in part.inputs}
    given: dict[str, ArrayLike] = {name: values[name] for name in inputs if name in values}
    given |= {name: column for name, column in columns.items() if name in inputs}
    averaged = not inputs.isdisjoint(columns)

    def at(places: Sequence[FloatArray]) -> tuple[FloatArray, ...]:
        swept = {name: place[:, np.newaxis] for name, place in zip(minimum.over, places, strict=True) if name in inputs}
        found = part.evaluate({**given, **swept}, names)
        shape = (len(places[0]), len(next(iter(columns.values()))) if averaged else 1)
        with np.errstate(all="ignore"):
            return tuple(np.broadcast_to(found[name], shape).mean(axis=-1) for name in names)

    if len(ranges) == 1:
        (low, high), (kinks,) = ranges[0], dots or [np.zeros(0)]
        return least(lambda x: _pair(at([x])), low, high, kinks)
    starts = lines_through(dots[0], dots[1], minimum.across) if dots else []
    return lowest(lambda points: _triple(at([*np.array(points, dtype=np.float64).T])), (ranges[0], ranges[1]), starts)


def _pair(found: tuple[FloatArray, ...]) -> tuple[FloatArray, FloatArray]:
    value, slope = found
    return value, slope


def _triple(found: tuple[FloatArray, ...]) -> tuple[FloatArray, FloatArray, FloatArray]:
    value, one, other = found
    return value, one, other


@lru_cache(maxsize=64)
def _part(program: Program, names: tuple[str, ...]) -> Program:
    """The steps that some are computed from, and no input that they do not need."""
    return Program(program.inputs_of(names), program.needed(names), program.symbol(names[0]))


# --- Over one input ---


def least(curve: Curve, low: float, high: float, kinks: ArrayLike = ()) -> Least:
    """Return where a curve is least from low to high.

    Parameters
    ----------
    curve : callable
        Values and slopes at places, shape (n,) each. At a kink any slope between those beside it.
    kinks : array, shape (m,)
        Where there may be kinks; an end that comes this close is put there.
    """
    places = np.asarray(kinks, dtype=np.float64)
    inside = places[(low <= places) & (places <= high)]
    grid = np.unique(np.concatenate([low + (high - low) * np.arange(GRID + 1) / GRID, inside]))
    values = curve(grid)[0]
    values = np.where(np.isnan(values), np.inf, values)
    enough = _slack(float(values.min()))
    if enough == math.inf:
        return Least(math.nan, math.nan, math.nan, math.nan, math.nan)
    first = last = int(np.argmax(values <= enough))
    while last + 1 < len(grid) and values[last + 1] <= enough:
        last += 1
    bounds = float(grid[first]), float(grid[last])
    left, right = ((float(grid[max(k - 1, 0)]), float(grid[min(k + 1, len(grid) - 1)])) for k in (first, last))
    for _ in range(ROUNDS):
        points = np.concatenate([_between(*left), _between(*right)])
        sides = _sides(points, *curve(points), enough, bounds)
        left = _section(left, sides[: SECTIONS - 1] >= 0)
        right = _section(right, sides[SECTIONS - 1 :] > 0)
    one, other = (_exact(end, inside, grid) for end in (left[1], right[0]))
    start, end = min(one, other), max(one, other)
    at = (start + end) / 2
    value, slope = (float(found[0]) for found in curve(np.array([at])))
    return Least(at, value, start, end, slope)


def _exact(end: float, dots: FloatArray, grid: FloatArray) -> float:
    """The dot, or else the point of the grid, that an end comes so close to that it is there."""
    reach = NEAR * float(grid[-1] - grid[0])
    return next((float(x) for x in (*dots, grid[np.argmin(np.abs(grid - end))]) if abs(x - end) <= reach), end)


def _slack(value: float) -> float:
    """Up to what a value counts as the least one."""
    return value + SLACK * max(1.0, abs(value)) if math.isfinite(value) else value


def _between(low: float, high: float) -> FloatArray:
    return low + (high - low) * np.arange(1, SECTIONS) / SECTIONS


def _sides(x: FloatArray, values: FloatArray, slopes: FloatArray, enough: float, bounds: tuple[float, float]) -> FloatArray:
    """-1 where the curve falls to the least interval that is sought, 1 where it has risen from it, else 0."""
    low, high = bounds
    flat = np.where((values > enough) & (x < low), -1.0, np.where((values > enough) & (x > high), 1.0, 0.0))
    return np.where(slopes < -SLACK, -1.0, np.where(slopes > SLACK, 1.0, flat))


def _section(interval: tuple[float, float], passed: Any) -> tuple[float, float]:
    """The section of an interval in which something comes to pass; the last one where it does at no point between."""
    low, high = interval
    k = int(np.argmax(passed)) if passed.any() else SECTIONS - 1
    points = (low, *map(float, _between(low, high)), high)
    return points[k], points[k + 1]


# --- Over two inputs ---


def lines_through(x: FloatArray, y: FloatArray, across: tuple[float, float]) -> list[Point]:
    """Return the line through each two dots, by its heights at two places."""
    found = []
    for (x1, y1), (x2, y2) in combinations(zip(x.tolist(), y.tolist(), strict=True), 2):
        if x1 != x2:
            steep = (y2 - y1) / (x2 - x1)
            found.append((y1 + steep * (across[0] - x1), y1 + steep * (across[1] - x1)))
    return found


def lowest(surface: Surface, box: tuple[Point, Point], starts: Sequence[Point] = ()) -> Lowest:
    """Return where a surface is least within a box.

    Parameters
    ----------
    surface : callable
        Values and both slopes at n places.
    box : ((low, high), (low, high))
        Of both inputs.
    starts : sequence of places
        Where it may be least; those outside the box are left out.
    """
    whole = _cut(surface, _corners(box), box)
    tried = [start for start in starts if all(low <= x <= high for x, (low, high) in zip(start, box, strict=True))]
    if not tried:
        return whole.least if whole.is_convex else _improved(surface, box, whole.least)
    values = [math.inf if math.isnan(v) else v for v in surface(tried)[0].tolist()]
    k = next(k for k, value in enumerate(values) if value <= _slack(min(values)))
    best = Lowest(tried[k], values[k])
    if whole.is_convex and whole.least.value <= _slack(best.value):
        return best if best.value <= _slack(whole.least.value) else whole.least
    return min(_improved(surface, box, best), whole.least, key=lambda place: place.value)


class _Cut(NamedTuple):
    """What is left of a polygon, and whether nothing spoke against the surface being convex."""

    least: Lowest
    is_convex: bool


def _improved(surface: Surface, box: tuple[Point, Point], best: Lowest) -> Lowest:
    """Cut around the best known place, and around the next, until it stays."""
    for _ in range(TURNS):
        around = [
            (max(low, x - CLOSE * (high - low)), min(high, x + CLOSE * (high - low)))
            for x, (low, high) in zip(best.at, box, strict=True)
        ]
        place = _cut(surface, _corners((around[0], around[1])), box).least
        if not place.value < best.value - SLACK * max(1.0, abs(best.value)):
            return best if best.value < place.value else place
        best = place
    return best


def _cut(surface: Surface, polygon: list[Point], box: tuple[Point, Point]) -> _Cut:
    """Cut off half of a polygon at each slope until it is small."""
    best = Lowest(_centre(polygon), math.inf)
    is_convex = True
    for _ in range(CUTS):
        places = _probes(polygon)
        found = [*zip(places, *(part.tolist() for part in surface(places)), strict=True)]
        for place, value, _, _ in found:
            if value < best.value:
                best = Lowest(place, value)
        for place, value, one, other in found:
            ahead = one * (best.at[0] - place[0]) + other * (best.at[1] - place[1])
            if value + ahead > _slack(best.value) + 1e-9 * max(1.0, abs(value)):
                is_convex = False
            if not (math.isfinite(value) and math.isfinite(one) and math.isfinite(other)):
                one, other = place[0] - best.at[0], place[1] - best.at[1]
            if one == 0 and other == 0:
                if value <= _slack(best.value):
                    return _Cut(Lowest(place, value), is_convex)
                is_convex = False
                continue
            polygon = _clipped(polygon, place, (one, other))
            if len(polygon) < 3:
                return _Cut(best, is_convex)
        if _is_small(polygon, box):
            break
    middle = _centre(polygon)
    value = float(surface([middle])[0][0])
    return _Cut(Lowest(middle, value) if value <= _slack(best.value) else best, is_convex)


def _corners(box: tuple[Point, Point]) -> list[Point]:
    (left, right), (low, high) = box
    return [(left, low), (right, low), (right, high), (left, high)]


def _probes(polygon: list[Point]) -> list[Point]:
    """The middle of a polygon, and places halfway to some of its corners."""
    x, y = _centre(polygon)
    every = math.ceil(len(polygon) / PROBES)
    return [(x, y), *(((x + u) / 2, (y + v) / 2) for u, v in polygon[::every])]


def _centre(polygon: list[Point]) -> Point:
    """The centre of gravity; of a polygon without area the mean of its corners."""
    x0, y0 = polygon[0]
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(polygon[1:], polygon[2:], strict=False):
        part = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        area += part
        x += part * (x1 - x0 + x2 - x0)
        y += part * (y1 - y0 + y2 - y0)
    if area <= 0:
        return sum(u for u, _ in polygon) / len(polygon), sum(v for _, v in polygon) / len(polygon)
    return x0 + x / (3 * area), y0 + y / (3 * area)


def _clipped(polygon: list[Point], place: Point, normal: Point) -> list[Point]:
    """The part of a polygon on the far side of a line through a place, against its normal (Sutherland and Hodgman)."""
    sides = [normal[0] * (x - place[0]) + normal[1] * (y - place[1]) for x, y in polygon]
    kept = []
    for k, (corner, side) in enumerate(zip(polygon, sides, strict=True)):
        before, other = polygon[k - 1], sides[k - 1]
        if (side > 0) != (other > 0):
            share = other / (other - side)
            kept.append((before[0] + share * (corner[0] - before[0]), before[1] + share * (corner[1] - before[1])))
        if side <= 0:
            kept.append(corner)
    return kept


def _is_small(polygon: list[Point], box: tuple[Point, Point]) -> bool:
    return all(
        max(corner[k] for corner in polygon) - min(corner[k] for corner in polygon) <= SMALL * (box[k][1] - box[k][0])
        for k in (0, 1)
    )
