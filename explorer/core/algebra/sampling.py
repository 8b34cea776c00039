"""Chooses the points at which expressions are compared: moderate ones, and the whole range of every symbol.

Each symbol has the numbers of its domain. Those of a vector are drawn one by one, also where together they would have to be 1:
what is made of an expression must be equal to it everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import product

import numpy as np

from explorer.core.algebra.layering import Layered, Subject, symbols
from explorer.core.checks import FloatArray
from explorer.core.domains import TYPED, Class, Domain, Input, Inputs
from explorer.core.functions import same

DRAWN = 400
"""How many moderate points there are; at some of them an expression may have no value."""
REAL, INSET = 2.0, 0.05
"""How far out a moderate number is; and how far from either end of its slider, as a share of that, where it has bounds."""
CLASSES = 3
"""How many classes a symbol counts that is known by nothing but that it is compared with numbers of classes."""
LARGE = (-800.0, -90.0, 0.0, 90.0, 800.0)
"""Of a number without bounds: e^90 is too large for float32, e^800 for float64."""
FOCUS = (0.0, 0.5, 1.0, 2.0)
"""Of a parameter without an upper bound: a focus, a threshold, a scale."""
MOST_STEPS = 1e6
"""How far a count is followed."""
CORNERS = 40
"""Up to how many points at which every symbol is one of these all of them are taken."""

Points = dict[str, FloatArray]
"""Symbol -> its numbers, one a point."""


def points(*subjects: Subject, inputs: Inputs = TYPED) -> Points:
    """Return random points for all symbols of some subjects, well inside their domains."""
    random = np.random.default_rng(5)
    return {name: _moderate(one, DRAWN, random) for name, one in given(inputs, *subjects).items()}


def whole_range(*subjects: Subject, count: int, inputs: Inputs = TYPED) -> Points:
    """Return points from the whole range of every symbol: edges, large numbers and what is between, in any company.

    Where symbols are few, every company of edges and large numbers comes first, in an order that is none. float32 holds
    every number.
    """
    random = np.random.default_rng(7)
    known = given(inputs, *subjects)
    ends = {name: _ends(one) for name, one in known.items()}
    columns = {
        name: np.where(random.random(count) < 0.5, random.choice(ends[name], count), _between(one, count, random))
        for name, one in known.items()
    }
    if ends and math.prod(map(len, ends.values())) <= CORNERS:
        corners = random.permutation(list(product(*ends.values())))[:count]
        for column, name in zip(corners.T, ends, strict=True):
            columns[name][: len(corners)] = column
    return {name: column.astype(np.float32).astype(np.float64) for name, column in columns.items()}


def given(inputs: Inputs, *subjects: Subject, classes: int = CLASSES) -> dict[str, Input]:
    """Return what every symbol of some subjects stands for; one that is only typed, and compared, for the index of a class."""
    places = {name for subject in subjects for name in _compared(subject)}
    return {
        name: inputs.known_as(name) or (Input(name, Class(classes), 0.0, "target") if name in places else inputs[name])
        for name in _names(subjects)
    }


def _moderate(one: Input, count: int, random: np.random.Generator) -> FloatArray:
    """Well inside the domain, so that a limit that is near is seen to be near."""
    domain = one.domain.alone
    low, high = domain.shown
    if domain.step >= 1:
        return domain.moderate(random, count)[:, 0]
    off = INSET * (high - low)
    return random.uniform(-REAL, REAL, count) if _is_real(domain) else random.uniform(low + off, high - off, count)


def _is_real(domain: Domain) -> bool:
    return math.isinf(domain.low) and math.isinf(domain.high)


def _ends(one: Input) -> tuple[float, ...]:
    """The numbers at which formulas break: both ends, or how far out a number may be; of steps the first and the last."""
    domain = one.domain.alone
    low, high = domain.shown
    if domain.step >= 1:
        return tuple(x for x in domain.edges if x <= MOST_STEPS)
    if math.isfinite(domain.low) and math.isfinite(domain.high):
        return (low, high)
    if _is_real(domain):
        return LARGE
    far = (low, *FOCUS) if one.role in ("parameter", "weight") else (low, 1.0, *LARGE)
    return tuple(dict.fromkeys(x for x in far if domain.holds(x)))


def _between(one: Input, count: int, random: np.random.Generator) -> FloatArray:
    """What is not at an end: of what has two bounds some is close to one, of what may be far out some is moderate."""
    domain = one.domain.alone
    low, high = domain.shown
    if domain.step >= 1 or (one.role in ("parameter", "weight") and not _is_real(domain)):
        return _moderate(one, count, random)
    if math.isfinite(domain.low) and math.isfinite(domain.high):
        share = random.uniform(0, 1, count) * random.choice([1.0, 1e-4], count)
        return np.asarray(low + (high - low) * np.where(random.random(count) < 0.5, share, 1 - share))
    number = random.uniform(-4, 4, count) * random.choice([1.0, 10.0, 200.0], count)
    return np.asarray(np.where(np.vectorize(domain.holds)(number), number, _moderate(one, count, random)))


def _compared(subject: Subject) -> set[str]:
    """The symbols that `same` compares."""
    expressions = [expr for _, expr in subject.steps] if isinstance(subject, Layered) else [subject]
    return {s.name for expr in expressions for part in expr.atoms(same) for s in part.free_symbols}


def _names(subjects: Iterable[Subject]) -> dict[str, None]:
    """Every symbol once, in order."""
    return dict.fromkeys(name for subject in subjects for name in symbols(subject))
