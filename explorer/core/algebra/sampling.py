"""Where an expression is looked at to check it: moderate points, and points from the whole range of every symbol."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import product

import numpy as np

from explorer.core.algebra.layering import Layered, Subject, symbols
from explorer.core.checks import FloatArray
from explorer.core.domains import NonNegative, guessed
from explorer.core.functions import same

DRAWN = 400
"""How many moderate points there are; at some of them an expression may have no value."""
EDGES = (0.0, 1.0)
INDICES = (0.0, 1.0, 2.0)
FOCUS = (0.0, 0.5, 1.0, 2.0)
"""Of gamma, the focusing parameter."""
LARGE = (-800.0, -90.0, 0.0, 90.0, 800.0)
"""Of any other number: e^90 is too large for float32, e^800 for float64."""
CORNERS = 40
"""Up to how many points at which every symbol is one of these all of them are taken."""

Points = dict[str, FloatArray]
"""Symbol -> its numbers, one a point."""


def points(*subjects: Subject, near: Mapping[str, tuple[float, float]] | None = None) -> Points:
    """Return moderate random points for all symbols of some subjects: probabilities and targets in (0, 1), others in (-2, 2).

    Parameters
    ----------
    near : mapping
        Symbol -> (least, greatest) to draw it from instead.
    """
    random = np.random.default_rng(5)
    places = _places(subjects)
    columns = {}
    for name in _names(subjects):
        if name in places:
            columns[name] = random.integers(0, 3, DRAWN).astype(np.float64)
        else:
            moderate = (0.05, 0.95) if guessed(name).domain.is_share else (-2.0, 2.0)
            columns[name] = random.uniform(*(near or {}).get(name, moderate), DRAWN)
    return columns


def whole_range(*subjects: Subject, count: int) -> Points:
    """Return points from the whole range of every symbol: edges, large numbers and what is between, in any company.

    Where symbols are few, every company of edges and large numbers comes first, in an order that is none. float32 holds
    every number.
    """
    random = np.random.default_rng(7)
    places = _places(subjects)
    ends = {name: _ends(name, name in places) for name in _names(subjects)}
    columns = {
        name: np.where(random.random(count) < 0.5, random.choice(e, count), _between(e, count, random))
        for name, e in ends.items()
    }
    if ends and math.prod(map(len, ends.values())) <= CORNERS:
        corners = random.permutation(list(product(*ends.values())))[:count]
        for column, name in zip(corners.T, ends, strict=True):
            columns[name][: len(corners)] = column
    return {name: column.astype(np.float32).astype(np.float64) for name, column in columns.items()}


def _ends(name: str, is_place: bool) -> tuple[float, ...]:
    if is_place:
        return INDICES
    domain = guessed(name).domain
    return EDGES if domain.is_share else FOCUS if isinstance(domain, NonNegative) else LARGE


def _between(ends: tuple[float, ...], count: int, random: np.random.Generator) -> FloatArray:
    """What is not at an end: of what lies in [0, 1] some is close to it, of a real number some is moderate."""
    if ends is INDICES:
        return np.asarray(random.choice(ends, count))
    if ends is FOCUS:
        return np.asarray(random.uniform(0, 5, count))
    if ends is EDGES:
        share = random.uniform(0, 1, count) * random.choice([1.0, 1e-4], count)
        return np.asarray(np.where(random.random(count) < 0.5, share, 1 - share))
    return np.asarray(random.uniform(-4, 4, count) * random.choice([1.0, 10.0, 200.0], count))


def indices(subject: Subject) -> set[str]:
    """Return the symbols that are class indices: what `same` compares."""
    expressions = [expr for _, expr in subject.steps] if isinstance(subject, Layered) else [subject]
    return {s.name for expr in expressions for part in expr.atoms(same) for s in part.free_symbols}


def _places(subjects: Iterable[Subject]) -> set[str]:
    return {name for subject in subjects for name in indices(subject)}


def _names(subjects: Iterable[Subject]) -> dict[str, None]:
    """Every symbol once, in order."""
    return dict.fromkeys(name for subject in subjects for name in symbols(subject))
