"""Whether a step of algebra is right: before and after are compared in 80 digits, derivatives with differences.

The points are from the whole range of every symbol, as `sampling` says, by what `inputs` say that it stands for. What is
plotted and exported, in floats, is held against the same digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from typing import Any

import numpy as np
from sympy import Expr, Rational, Symbol

from explorer.core.algebra.exact import SURE, Exact, Number, Rows
from explorer.core.algebra.layering import Layered, Subject, operations, plainly, rows, symbols
from explorer.core.algebra.sampling import DRAWN, Points, points, whole_range
from explorer.core.checks import FloatArray
from explorer.core.domains import TYPED, Inputs
from explorer.core.program import Program

POINTS = 20
"""How many points are asked for."""
WIDE = 12
"""How many of them are from the whole range; the others are moderate, and stand in where those have no value."""
COMPUTED = 48
"""At how many of the whole range floats are tried."""
WORK = 8_000
"""How many operations in digits one side may take, but for LEAST points."""
LEAST = 4
EXACT = 1e-10
"""Within what two ways to compute the same agree, relative to 1 + their size."""
ROUGH = 1e-6
"""Within what a derivative agrees with a difference."""
STEP, OFF = 1e-18, 1e-10
"""How far to each side a difference is taken, and how far off 0 and 1 what lies between them is then."""
NEAR = (1e-30, 1e-25)
"""How far off 0 and 1 a prediction is moved, once and again, to find a limit where there is no value."""
FAR_OUT = {1e-1: 10.0, 1e-2: 20.0, 1e-3: 40.0}
"""How near a limit is gone to, and how far out that is where the point is infinite."""


@dataclass(frozen=True)
class Floats:
    """What is asked of numbers of a kind: up to which size of them and of the symbols, and how close they must be.

    Beyond that, a number may be off by as much as it moves when the symbols change by `rounding`, relative to their size.
    """

    kind: type[np.floating[Any]]
    largest: float
    symbols: float
    tolerance: float
    rounding: float


FLOATS = (Floats(np.float64, 1e290, np.inf, 1e-8, 1e-12), Floats(np.float32, 1e30, 128.0, 1e-3, 1e-4))


@dataclass(frozen=True)
class Agreement:
    """What a comparison found.

    Attributes
    ----------
    points : int
        How many points were compared.
    worst : float
        The largest difference there, relative to 1 + the size of the number; inf where only one side has a value.
    tolerance : float
        What counts as agreement.
    by : str
        How the other side was found, to follow a verb; "" if as the step before.
    claim : str
        What agreement means, where it is not that two numbers are close.
    where : str
        What was found where it does not hold, if that is more than a difference.
    """

    points: int
    worst: float
    tolerance: float = EXACT
    by: str = ""
    claim: str = ""
    where: str = ""

    @property
    def holds(self) -> bool:
        """Whether all that was compared agrees, and something was."""
        return self.points > 0 and self.worst <= self.tolerance

    @property
    def fails(self) -> bool:
        """Whether something that was compared does not agree."""
        return self.points > 0 and not self.holds

    def __str__(self) -> str:
        """Return the sentence that a page shows."""
        if not self.points:
            return f"Not checked: no real value{self.by and ' to be trusted'} at {DRAWN} random points."
        at = f"at {self.points} point{'s' if self.points > 1 else ''}"
        if self.holds and self.claim:
            return f"{self.claim} {at}."
        if self.holds:
            return f"Agrees{self.by} {at} to {self.tolerance:.0e}.".replace("e-0", "e-")
        if self.where:
            return f"Disagrees{self.by}: {self.where}."
        return f"Disagrees{self.by}: by up to {self.worst:.2g} {at}."


def values(subject: Subject, at: Mapping[str, FloatArray], floats: type[np.floating[Any]] = np.float64) -> FloatArray:
    """Return every entry of a subject at some points in floats, shape (entries, points); NaN where it has no real value."""
    layers = subject if isinstance(subject, Layered) else plainly(subject)
    program = _part(layers)
    inputs = {name: at[name] for name in symbols(layers)}
    steps = {name.name for name, _ in program.steps} if program else set()
    wanted = [name for name in layers.names if name in steps]
    computed = {**inputs, **(program.evaluate(inputs, wanted, floats=floats) if program else {})}
    count = len(next(iter(at.values()), np.zeros(1)))
    with np.errstate(over="ignore"):
        return np.array([np.broadcast_to(np.asarray(computed[name], dtype=floats), count) for name in layers.names])


@lru_cache(maxsize=64)
def _part(subject: Layered) -> Program | None:
    """The steps that a subject needs; None where every entry is an input."""
    steps = subject.steps
    return Program(tuple(map(Symbol, symbols(subject))), steps, steps[-1][0]) if steps else None


def compared(expected: FloatArray, found: FloatArray, tolerance: float = EXACT, by: str = "") -> Agreement:
    """Compare two arrays of shape (entries, points) at the first points where all that is expected is finite."""
    usable = np.flatnonzero(np.isfinite(expected).all(axis=0))[:POINTS]
    if not usable.size:
        return Agreement(0, np.inf, tolerance, by)
    expected, found = expected[:, usable], found[:, usable]
    with np.errstate(all="ignore"):
        gap = np.abs(found - expected) / (1 + np.abs(expected))
    return Agreement(len(usable), float(np.where(np.isfinite(gap), gap, np.inf).max()), tolerance, by)


def _tried(inputs: Inputs, before: Subject, *others: Subject) -> Iterator[Points]:
    """Where to look, a part at a time: points of the whole range, then moderate ones where before has a value."""
    if not any(map(symbols, (before, *others))):
        yield {}
        return
    most = _most(POINTS, before, *others)
    yield whole_range(before, *others, count=max(1, most * WIDE // POINTS), inputs=inputs)
    moderate = points(before, *others, inputs=inputs)
    usable = np.flatnonzero(np.isfinite(values(before, moderate)).all(axis=0))
    for start in range(0, min(len(usable), 2 * most), max(1, most // 2)):
        yield {name: column[usable[start : start + max(1, most // 2)]] for name, column in moderate.items()}


def _most(wanted: int, *subjects: Subject) -> int:
    """How many points may be computed in digits."""
    return max(LEAST, min(wanted, WORK // (1 + max(map(operations, subjects)))))


def _count(at: Mapping[str, Any]) -> int:
    return len(next(iter(at.values()), (0,)))


def _agreement(
    tried: Iterable[Points],
    expect: Callable[[Points], Rows],
    find: Callable[[Points], Rows],
    tolerance: float = EXACT,
    by: str = "",
) -> Agreement:
    """Compare what is expected with what is found at the first POINTS points where all that is expected is finite."""
    gaps: list[float] = []
    for at in tried:
        for expected, found in zip(_by_point(expect(at)), _by_point(find(at)), strict=True):
            if all(map(_is_finite, expected)):
                gaps.append(max(map(_gap_between, expected, found)))
        if len(gaps) >= POINTS:
            break
    return Agreement(len(gaps[:POINTS]), max(gaps[:POINTS], default=np.inf), tolerance, by)


def _by_point(entries: Rows) -> list[tuple[Number, ...]]:
    return list(zip(*entries, strict=True))


def _is_finite(number: Number) -> bool:
    return bool(abs(number) < np.inf)


def _gap_between(expected: Number, found: Number) -> float:
    """How far a number is from what is expected, relative to 1 + its size; infinite where there is none."""
    return float(abs(found - expected) / (1 + abs(expected))) if _is_finite(found) else np.inf


def known(exact: Exact, at: Points, inputs: Inputs = TYPED) -> Rows:
    """Return the numbers of a subject in digits, and where it has none at the edge of a prediction its limit there, or NaN.

    Targets stay where they are: for the target 0, t ln p is 0 however small p is.
    """
    numbers = exact.values(at, _count(at))
    edges = [name for name in at if inputs[name].is_probability]
    missing = [
        k
        for k, column in enumerate(_by_point(numbers))
        if not all(map(_is_finite, column)) and any(at[name][k] in (0, 1) for name in edges)
    ]
    if missing:
        here = {name: column[missing] for name, column in at.items()}
        near, less = (exact.values(_moved(exact, here, edges, by), len(missing)) for by in NEAR)
        for row, first, second in zip(numbers, near, less, strict=True):
            for k, one, other in zip(missing, first, second, strict=True):
                if not _is_finite(row[k]) and abs(one - other) <= ROUGH * (1 + abs(one)):
                    row[k] = one
    return numbers


def _moved(exact: Exact, at: Points, names: Iterable[str], by: float) -> dict[str, list[Number]]:
    """Points where what is 0 or 1 is moved inwards, each symbol by another multiple of a small number."""
    random = np.random.default_rng(round(-np.log10(by)))
    moved = {name: list(map(exact.number, column.tolist())) for name, column in at.items()}
    for name in names:
        step = exact.number(by) * random.uniform(1, 2)
        moved[name] = [x + ((x == 0) - (x == 1)) * step for x in moved[name]]
    return moved


def same_values(before: Subject, after: Subject, *, inputs: Inputs = TYPED) -> Agreement:
    """Compare two subjects that should be equal."""
    one, other = Exact(before), Exact(after)
    return _agreement(_tried(inputs, before, after), lambda at: known(one, at, inputs), lambda at: known(other, at, inputs))


def combined(
    before: Subject, after: Subject, other: Expr, combine: Callable[[Any, Any], Any], *, inputs: Inputs = TYPED
) -> Agreement:
    """Compare what a step made of a subject and another expression with the numbers of both, combined."""
    one, second, result = Exact(before), Exact(other), Exact(after)

    def both(first: Number, second: Number) -> Number:
        try:
            return combine(first, second)
        except ZeroDivisionError:
            return np.nan

    def expect(at: Points) -> Rows:
        (seconds,) = known(second, at, inputs)
        return [list(map(both, row, seconds)) for row in known(one, at, inputs)]

    return _agreement(_tried(inputs, before, after, other), expect, lambda at: known(result, at, inputs))


def put_in(before: Subject, after: Subject, given: Mapping[str, Expr], *, inputs: Inputs = TYPED) -> Agreement:
    """Compare a subject after a substitution with what it was, at the numbers that are put in."""
    one, other = Exact(before, given), Exact(after)
    tried = _tried(inputs, after, before, *given.values())
    return _agreement(tried, lambda at: known(one, at, inputs), lambda at: known(other, at, inputs))


def differences(before: Subject, after: Subject, wrt: Sequence[str], *, inputs: Inputs = TYPED) -> Agreement:
    """Compare derivatives with differences: entry by entry of before, for each of them by each symbol in turn.

    Each point is left in a random direction, in which all the derivatives by an entry together must make its slope.
    """
    one, other = Exact(before), Exact(after)

    def ways(at: Points) -> dict[str, list[Number]]:
        random = np.random.default_rng(11)
        return {name: [one.number(x) for x in random.choice([-2, -1, 1, 2], _count(at)) * random.uniform(1, 2)] for name in wrt}

    def here(at: Points) -> dict[str, list[Number]]:
        return _moved(one, at, [name for name in at if inputs[name].domain.is_share], OFF)

    def expect(at: Points) -> Rows:
        start, way, count = here(at), ways(at), _count(at)
        steps = {name: [one.number(STEP) * x for x in column] for name, column in way.items()}
        ahead = start | {name: [x + h for x, h in zip(start[name], steps[name], strict=True)] for name in wrt}
        back = start | {name: [x - h for x, h in zip(start[name], steps[name], strict=True)] for name in wrt}
        return [list(map(_slope, *three)) for three in zip(*(one.values(x, count) for x in (back, start, ahead)), strict=True)]

    def find(at: Points) -> Rows:
        slopes, way = other.values(here(at), _count(at)), _by_point(list(ways(at).values()))
        width = len(wrt)
        entries = [_by_point(slopes[k : k + width]) for k in range(0, len(slopes), width)]
        return [[sum(map(mul, column, w)) for column, w in zip(entry, way, strict=True)] for entry in entries]

    return _agreement(_tried(inputs, before, after, *map(Symbol, wrt)), expect, find, ROUGH, " with finite differences")


def _slope(back: Number, middle: Number, ahead: Number) -> Number:
    """The slope between two points, if digits suffice for it and it is about the same on both sides of one between them."""
    left, right = (middle - back) / STEP, (ahead - middle) / STEP
    unsure = abs(left - right) + abs(middle) * (10.0**-SURE / STEP)
    return (left + right) / 2 if unsure <= ROUGH / 3 * (1 + abs(left)) else np.nan


def roots(before: Subject, after: Expr, name: str, *, inputs: Inputs = TYPED) -> Agreement:
    """Put each root in; wherever it is a real number, the expression must be 0 there, as far as its slope lets it.

    Points are left out where the expression has no value at the root but has one beside it: 1 - t/y at y = t = 0.
    """
    solutions = [root for row in rows(after) for root in row]
    little = Rational(1, 10**25)
    at_root = [Exact(before, {name: root}) for root in solutions]
    beside = [Exact(before, {name: root + little * (1 + root)}) for root in solutions]
    where = Exact(after)

    def expect(at: Points) -> Rows:
        count = _count(at)
        rows_of_roots, gaps = where.values(at, count), [_gaps(*pair, at, count) for pair in zip(at_root, beside, strict=True)]
        return [
            [0 * root if _is_finite(root) and not gap else np.nan for root, gap in zip(row, gap_row, strict=True)]
            for row, gap_row in zip(rows_of_roots, gaps, strict=True)
        ]

    def find(at: Points) -> Rows:
        count, left = _count(at), []
        for one, other in zip(at_root, beside, strict=True):
            (near,), (off,) = one.values(at, count), other.values(at, count)
            left.append([x / (1 + abs(y - x) / float(little)) for x, y in zip(near, off, strict=True)])
        return left

    return _agreement(_tried(inputs, after, before), expect, find, by=": the roots give 0")


def as_computed(subject: Subject, computed: Layered, *, inputs: Inputs = TYPED) -> Agreement:
    """Hold what is plotted and exported against digits: it must be finite and close wherever they say that it can be."""
    at = whole_range(subject, count=_most(COMPUTED, subject), inputs=inputs) if symbols(subject) else {}
    expected = np.array([[float(x) for x in row] for row in known(Exact(subject), at, inputs)])
    points = 0
    for floats in FLOATS:
        found = values(computed, at, floats.kind).astype(np.float64)
        small = np.array([np.abs(column) <= floats.symbols for column in at.values()]).all(axis=0)
        wanted = (np.abs(expected) <= floats.largest) & small
        with np.errstate(all="ignore"):
            allowed = floats.tolerance * (1 + np.abs(expected)) + 10 * _unrest(computed, at, found, floats)
            wrong = wanted & ~(np.abs(found - expected) <= allowed)
        if wrong.any():
            entry, k = np.argwhere(wrong)[0]
            place = ", ".join(f"{name} = {column[k]:g}" for name, column in at.items())
            where = f"{found[entry, k]:g} where it is {expected[entry, k]:g}, at {place}"
            return Agreement(int(wanted.any(axis=0).sum()), np.inf, by=f" as computed in {floats.kind.__name__}", where=where)
        points += int(wanted.any(axis=0).sum())
    return Agreement(points, 0.0)


def _unrest(computed: Layered, at: Points, found: FloatArray, floats: Floats) -> FloatArray:
    """How far numbers move when the symbols change within their rounding."""
    random = np.random.default_rng(13)
    moved = [
        values(
            computed, {name: x * (1 + floats.rounding * random.uniform(-1, 1, x.shape)) for name, x in at.items()}, floats.kind
        )
        for _ in range(4)
    ]
    far = np.abs(np.array(moved, dtype=np.float64) - found)
    return np.asarray(np.where(np.isfinite(far), far, 0.0).max(axis=0))


def _gaps(one: Exact, beside: Exact, at: Points, count: int) -> list[bool]:
    """At which points there is no value, but one beside it."""
    (here,), (off,) = one.values(at, count), beside.values(at, count)
    return [x != x and _is_finite(y) for x, y in zip(here, off, strict=True)]


def limit(before: Subject, after: Subject, name: str, point: Expr, side: str, *, inputs: Inputs = TYPED) -> Agreement:
    """Go towards the point: what is between the expression and its limit must become less."""
    at = points(before, after, point, inputs=inputs)
    goal = values(after, at)
    signs = {"both": (1, -1), "above": (1,), "below": (-1,)}[side]
    ways = [
        [_gap(values(before, {**at, name: _towards(point, at, distance, sign)}), goal) for distance in FAR_OUT]
        for sign in signs
    ]
    real = [way for way in ways if not np.isnan(way).all()] or ways[:1]  # on one side there may be no real value anywhere
    far, near, nearest = (np.concatenate(gaps) for gaps in zip(*real, strict=True))
    usable = np.flatnonzero(~np.isnan(nearest + near + far).any(axis=0))[:POINTS]
    nearer = ((nearest <= near) & (near <= far)) | (np.abs(nearest) <= EXACT)
    wrong = float((~nearer[:, usable]).any(axis=0).sum())
    return Agreement(len(usable), wrong, 0.0, " close to the point", "The expression comes nearer to it")


def _towards(point: Expr, at: Points, distance: float, sign: int) -> FloatArray:
    """Where a symbol is at a distance from a point; from 10 to 40 where that is infinite."""
    place = values(point, at)[0]
    return np.asarray(np.where(np.isfinite(place), place + sign * distance, np.sign(place) * FAR_OUT[distance]))


def _gap(found: FloatArray, goal: FloatArray) -> FloatArray:
    """How far numbers are from their limit; from an infinite one the number itself, with the sign that makes it fall."""
    with np.errstate(all="ignore"):
        return np.asarray(np.where(np.isinf(goal), -np.sign(goal) * found, np.abs(found - goal)))


def series(before: Subject, after: Subject, name: str, point: Expr, order: int, *, inputs: Inputs = TYPED) -> Agreement:
    """Come four times as close: what the series leaves out must become 4**order times less, give or take a factor of 2."""
    at = points(before, after, point, inputs=inputs)
    place = values(point, at)[0]
    reach = np.random.default_rng(6).uniform(2, 4, DRAWN) * min(max(1e-7 ** (1 / order), 1e-4), 0.1)
    far, near = (_left_out(before, after, {**at, name: place + step}) for step in (reach, reach / 4))
    usable = np.flatnonzero(np.isfinite(far + near).all(axis=0))[:POINTS]
    with np.errstate(all="ignore"):
        excess = np.where(near[:, usable] <= 3e-10, 0.0, near[:, usable] / (2 * 4.0**-order * far[:, usable]))
    worst = (
        float(np.quantile(excess, 0.8, axis=1).max()) if usable.size else np.inf
    )  # two terms left out may cancel here or there
    return Agreement(len(usable), worst, 1.0, " close to the point", f"What is left out shrinks as a power of {order}")


def _left_out(before: Subject, after: Subject, at: Mapping[str, FloatArray]) -> FloatArray:
    expected = values(before, at)
    with np.errstate(all="ignore"):
        return np.asarray(np.abs(values(after, at) - expected) / (1 + np.abs(expected)))
