"""Whether a step of algebra is right: before and after are evaluated at random points, a derivative against finite differences.

Before and after are computed by NumPy as they are written; `work` holds what is exported against that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from sympy import Expr, Symbol

from explorer.core.algebra.subject import Layered, Subject, plainly, symbols
from explorer.core.checks import FloatArray
from explorer.core.functions import same
from explorer.core.program import Program

POINTS = 20
"""How many points are asked for."""
DRAWN = 400
"""How many points are drawn to find those; elsewhere an expression may have no value."""
EXACT = 1e-10
"""Within what two ways to compute the same agree, relative to 1 + their size."""
ROUGH = 1e-6
"""Within what a derivative agrees with a finite difference."""
STENCIL = {1: 4 / 5, 2: -1 / 5, 3: 4 / 105, 4: -1 / 280}
"""Steps ahead -> what the difference to as many steps back counts: the central difference of eighth order."""
STEP = 1e-3
TOGETHER = 32
"""By how many symbols the differences are taken at once."""
FAR_OUT = {1e-1: 10.0, 1e-2: 20.0, 1e-3: 40.0}
"""How near a limit is gone to, and how far out that is where the point is infinite."""

Points = dict[str, FloatArray]


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
    """

    points: int
    worst: float
    tolerance: float = EXACT
    by: str = ""
    claim: str = ""

    @property
    def holds(self) -> bool:
        """Whether all that was compared agrees, and something was."""
        return self.points > 0 and self.worst <= self.tolerance

    def __str__(self) -> str:
        """Return the sentence that a page shows."""
        if not self.points:
            return f"Not checked: no real value{self.by and ' to be trusted'} at {DRAWN} random points."
        at = f"at {self.points} point{'s' if self.points > 1 else ''}"
        if self.holds and self.claim:
            return f"{self.claim} {at}."
        if self.holds:
            return f"Agrees{self.by} {at} to {self.tolerance:.0e}.".replace("e-0", "e-")
        return f"Disagrees{self.by}: by up to {self.worst:.2g} {at}."


def points(*subjects: Subject, near: Mapping[str, tuple[float, float]] | None = None) -> Points:
    """Return random points for all symbols of some subjects: probabilities and targets in (0, 1), others in (-2, 2).

    Parameters
    ----------
    near : mapping
        Symbol -> (least, greatest) to draw it from instead.
    """
    random = np.random.default_rng(5)
    names = dict.fromkeys(name for subject in subjects for name in symbols(subject))
    places = {name for subject in subjects for name in indices(subject)}
    found = {}
    for name in names:
        if name in places:
            found[name] = random.integers(0, 3, DRAWN).astype(np.float64)
        else:
            found[name] = random.uniform(*(near or {}).get(name, (0.05, 0.95) if name[0] in "pt" else (-2.0, 2.0)), DRAWN)
    return found


def indices(subject: Subject) -> set[str]:
    """Return the symbols that are class indices: what `same` compares."""
    expressions = [expr for _, expr in subject.steps] if isinstance(subject, Layered) else [subject]
    return {s.name for expr in expressions for part in expr.atoms(same) for s in part.free_symbols}


def values(subject: Subject, at: Mapping[str, FloatArray]) -> FloatArray:
    """Return every entry of a subject at some points, shape (entries, points); NaN where it has no real value."""
    found = subject if isinstance(subject, Layered) else plainly(subject)
    program = _part(found)
    inputs = {name: at[name] for name in symbols(found)}
    steps = {name.name for name, _ in program.steps} if program else set()
    computed = {**inputs, **(program.evaluate(inputs, [name for name in found.names if name in steps]) if program else {})}
    count = len(next(iter(at.values()), np.zeros(1)))
    return np.array([np.broadcast_to(np.asarray(computed[name], dtype=np.float64), count) for name in found.names])


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


def same_values(before: Subject, after: Subject) -> Agreement:
    """Compare two subjects that should be equal."""
    at = points(before, after)
    return compared(values(before, at), values(after, at))


def combined(
    before: Subject, after: Subject, other: Expr, combine: Callable[[FloatArray, FloatArray], FloatArray]
) -> Agreement:
    """Compare what a step made of a subject and another expression with the numbers of both, combined."""
    at = points(before, after, other)
    with np.errstate(all="ignore"):
        expected = combine(values(before, at), values(other, at))
    return compared(expected, values(after, at))


def put_in(before: Subject, after: Subject, given: Mapping[str, Expr]) -> Agreement:
    """Compare a subject after a substitution with what it was, at the numbers that are put in."""
    at = points(after, *given.values(), before)
    moved = {name: values(expr, at)[0] for name, expr in given.items()}
    return compared(values(before, {**at, **moved}), values(after, at))


def differences(before: Subject, after: Subject, wrt: Sequence[str]) -> Agreement:
    """Compare derivatives with finite differences: entry by entry of before, for each of them by each symbol in turn."""
    at = points(before, after, *map(Symbol, wrt))
    heights = values(before, at)
    usable = np.flatnonzero(np.isfinite(heights).all(axis=0))[: 2 * POINTS]  # twice as many, as a step away may be none
    at = {name: column[usable] for name, column in at.items()}
    slopes, finer = _slopes(before, at, wrt, STEP), _slopes(before, at, wrt, STEP / 2)
    with np.errstate(all="ignore"):  # where the differences themselves are not to be trusted, they show nothing
        lost = np.finfo(np.float64).eps * np.abs(heights[:, np.newaxis, usable]) / STEP
        exact = np.where((lost <= ROUGH / 10) & (np.abs(slopes - finer) <= ROUGH / 3 * (1 + np.abs(finer))), finer, np.nan)
    by_entry = exact.reshape(-1, exact.shape[-1])
    return compared(by_entry, values(after, at), ROUGH, " with finite differences")


def _slopes(subject: Subject, at: Points, wrt: Sequence[str], step: float) -> FloatArray:
    """The derivatives by some symbols, shape (entries, symbols, points), by central differences of eighth order."""
    count = len(next(iter(at.values())))
    steps = np.array([sign * k * step for k in STENCIL for sign in (1, -1)])
    weights = np.array([sign * weight / step for weight in STENCIL.values() for sign in (1, -1)])
    found = []
    for start in range(0, len(wrt), TOGETHER):
        names = wrt[start : start + TOGETHER]
        grid = {name: np.broadcast_to(column, (len(names), len(steps), count)).copy() for name, column in at.items()}
        for place, name in enumerate(names):
            grid[name][place] += steps[:, np.newaxis]
        heights = values(subject, {name: column.ravel() for name, column in grid.items()})
        with np.errstate(all="ignore"):
            found.append(np.einsum("ensp,s->enp", heights.reshape(-1, len(names), len(steps), count), weights))
    return np.concatenate(found, axis=1)


def roots(before: Subject, after: Subject, name: str) -> Agreement:
    """Put each root in; wherever it is a real number, the expression must be 0 there."""
    at = points(before, after)
    found = values(after, at)
    left = np.array([values(before, {**at, name: root})[0] for root in found])
    return compared(np.where(np.isfinite(found), 0.0, np.nan), left, by=": the roots give 0")


def limit(before: Subject, after: Subject, name: str, point: Expr, side: str) -> Agreement:
    """Go towards the point: what is between the expression and its limit must become less."""
    at = points(before, after, point)
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


def series(before: Subject, after: Subject, name: str, point: Expr, order: int) -> Agreement:
    """Come four times as close: what the series leaves out must become 4**order times less, give or take a factor of 2."""
    at = points(before, after, point)
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
