"""Compares a typed loss with one of the catalogue by values, at points all over the domain and near its branches.

Parameters of the catalogue's loss are numbers that stand in the expression, or its own parameters.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
from sympy import Expr, Float, Rational

from explorer.core.checks import FloatArray
from explorer.core.domains import Domain, Input, Labels
from explorer.core.losses.match.spec import Match, written
from explorer.core.losses.spec import Loss

TOLERANCE = 1e-9
"""By how much values that are equal may differ, of their size."""
_FEW = 16
"""At how many points a way to set parameters is looked at first."""
_DRAWN, MOST_INPUTS, _NUMBERS, _TOGETHER = 160, 9, 12, 400
"""How many points are drawn; and the most inputs, numbers of an expression, and ways to set parameters that are tried."""
_NEAR = (-0.3, -1e-2, -1e-4, 0.0, 1e-4, 1e-2, 0.3)
"""How far from a number of the expression a residual or a margin is tried, as a share of that."""
_TARGETS = (1.0, 0.0, -1.0)
"""At which targets a loss without one is held against others."""


def compared(loss: Loss, other: Loss) -> Match | None:
    """Return the parameters at which a loss equals one of the catalogue; None where there are none."""
    pairs = pairs_of(loss, other)
    ways = _ways(loss, other) if pairs is not None else []
    if pairs is None or not ways:
        return None
    at = _points(loss, pairs)
    count = len(at[loss.by])
    given = {one.name: as_target(at[own], one.domain, loss.input(own).domain) for own, one in pairs}
    for name in ways[0]:
        rows = [at[value] if isinstance(value := way[name], str) else np.full(count, value) for way in ways]
        given[name] = np.array(rows)
    with np.errstate(all="ignore"):
        ours = np.broadcast_to(loss.program().evaluate(at, ["L"])["L"], (count,))
        theirs = np.broadcast_to(other.program().evaluate(given, ["L"])["L"], (len(ways), count))
        likely = _likely(ours, theirs)
    for way, values in zip(ways, theirs, strict=True):
        if next(likely) and (scale := _scale(ours, values)) is not None:
            texts = tuple((name, value if isinstance(value, str) else written(value)) for name, value in way.items())
            return Match(other, texts, *scale, _only(loss, pairs), count)
    return None


def at_a_target(loss: Loss, other: Loss) -> Match | None:
    """Return the same for a loss without a target, at a few numbers of the other one's target."""
    targets = other.names("target")
    if loss.names("target") or not (loss.is_curve and other.is_curve and len(targets) == 1):
        return None
    for value in _TARGETS:
        if other.input(targets[0]).domain.holds(value):
            at = replace(
                other,
                inputs=tuple(given for given in other.inputs if given.name != targets[0]),
                formula=lambda *_, value=value: other.program(**{targets[0]: value}),
                textbook=None,
            )
            if found := compared(loss, at):
                parameters = tuple((name, text) for name, text in found.parameters if _matters(at, name, found))
                return replace(found, loss=other, parameters=parameters, target=((targets[0], value),))
    return None


def _matters(loss: Loss, name: str, found: Match) -> bool:
    """Whether a parameter changes a loss: the weight of ones does not where the target is 0."""
    low, high = loss.input(loss.by).domain.shown
    given = loss.starts | {
        other: float(Fraction(text.replace("−", "-"))) for other, text in found.parameters if text not in loss.starts
    }
    x = np.linspace(low, high, 42)[1:-1]
    one, other = (
        loss.program().evaluate({**given, loss.by: x, name: end}, ["L"])["L"] for end in loss.input(name).domain.shown
    )
    return not bool(np.all((one == other) | (np.isnan(one) & np.isnan(other))))


def _likely(ours: FloatArray, theirs: FloatArray) -> Iterator[bool]:
    """For each way whether a few points speak for a factor and an offset."""
    one, each = ours[:_FEW] - ours[0], theirs[:, :_FEW] - theirs[:, :1]
    most = int(np.nanargmax(np.abs(np.where(np.isfinite(one), one, 0.0))))
    left, right = each * one[most], each[:, most : most + 1] * one
    apart = np.abs(left - right) > 1e-6 * (np.abs(left) + np.abs(right)) + 1e-9
    return iter(~np.any(apart & np.isfinite(left) & np.isfinite(right), axis=1))


def pairs_of(loss: Loss, other: Loss) -> list[tuple[str, Input]] | None:
    """Return the predictions and targets of a loss, each with that of another loss in its place; None where they differ."""
    pairs = []
    for role in ("prediction", "target"):
        own, theirs = loss.names(role), other.names(role)
        if len(own) != len(theirs):
            return None
        pairs += [(name, other.input(one)) for name, one in zip(own, theirs, strict=True)]
    alike = all(_overlap(loss.input(name).domain, one.domain, one.role == "target") for name, one in pairs)
    return pairs if alike and not other.names("weight") else None


def _overlap(own: Domain, other: Domain, is_target: bool) -> bool:
    """Whether one domain lies within the other; a label of -1 or 1 may stand for one of 0 or 1."""
    if own.joint != other.joint:
        return False
    if is_target and isinstance(own, Labels):
        return isinstance(other, Labels) or other.is_share
    if is_target and isinstance(other, Labels):
        return not own.open_low and own.is_share and (other.low, other.high) == (0, 1)
    return _is_within(own, other) or (own.low <= other.low and own.high >= other.high and (is_target or not other.is_share))


def _is_within(own: Domain, other: Domain) -> bool:
    return own.low >= other.low and own.high <= other.high


def as_target(values: FloatArray, other: Domain, own: Domain) -> FloatArray:
    """Return numbers of a target, shape (points,), as another loss has it: labels of −1 and 1 for 0 and 1, or the other way."""
    if isinstance(own, Labels) and own.low != 0 and (other.is_share or (other.low == 0 and isinstance(other, Labels))):
        return np.asarray((values - own.low) / (own.high - own.low))
    if isinstance(own, Labels) and own.low == 0 and isinstance(other, Labels) and other.low != 0:
        return np.asarray(2 * values - 1)
    return values


def _points(loss: Loss, pairs: list[tuple[str, Input]]) -> dict[str, FloatArray]:
    """Points of both domains: drawn, at edges, and near the numbers of the expression where branches may meet."""
    random = np.random.default_rng(7)
    at: dict[str, FloatArray] = {}
    others = dict(pairs)
    for entries in loss.groups:
        domain = _narrower(entries[0].domain, others.get(entries[0].name))
        drawn = np.concatenate([domain.moderate(random, _DRAWN, len(entries)), domain.draw(random, _DRAWN, len(entries))])
        for k, one in enumerate(entries):
            other = others.get(one.name)
            values = drawn[:, k]
            values = np.clip(values, -1e4, 1e4) if one.role != "parameter" and not domain.joint else values
            if one.role == "parameter":
                values = np.concatenate([drawn[:_DRAWN, k]] * 2)
            if other and other.domain.step >= 1 and not isinstance(domain, Labels):
                values = np.clip(np.round(values), *(other.domain.low, min(other.domain.high, 1e4)))
            usable = np.vectorize(other.domain.alone.holds)(values) if other and not isinstance(domain, Labels) else True
            at[one.name] = np.where(usable, values, domain.shown[1])
    return _with_branches(loss, at)


def _only(loss: Loss, pairs: list[tuple[str, Input]]) -> tuple[str, ...]:
    """What inputs must be to be ones of the other loss, where that is not said by their own domains."""
    domains = ((name, loss.input(name).domain, one.domain) for name, one in pairs)
    return tuple(
        f"{name} is {other.alone.allowed}"
        for name, own, other in domains
        if not isinstance(own, Labels) and (own.low < other.low or own.high > other.high or own.step < other.step >= 1)
    )


def _narrower(own: Domain, other: Input | None) -> Domain:
    """The domain from which an input is drawn: the other loss's where that lies within its own."""
    if other is None or isinstance(own, Labels) or _is_within(own, other.domain):
        return own
    return other.domain.alone


def _with_branches(loss: Loss, at: dict[str, FloatArray]) -> dict[str, FloatArray]:
    """Points and such where residual or margin is near a number of the expression, or a parameter."""
    targets = loss.names("target")
    if not loss.is_curve or loss.input(loss.by).domain.joint:
        return at
    more: dict[str, list[float]] = {name: [] for name in at}
    domain = loss.input(loss.by).domain
    levels: list[float | str] = [0.0, *_numbers(loss.plain)[:_NUMBERS], *loss.names("parameter")]
    for row, (level, near, sign) in enumerate(product(levels, _NEAR, (-1.0, 1.0))):
        place = {name: float(values[row % _DRAWN]) for name, values in at.items()}
        target = place[targets[0]] if targets else 0.0
        number = sign * (place[level] if isinstance(level, str) else level) * (1 + near) + (near if level == 0.0 else 0.0)
        is_label = bool(targets) and isinstance(loss.input(targets[0]).domain, Labels)
        value = number / target if is_label and target else number + (0.0 if is_label else target)
        for name, values in more.items():
            values.append(value if name == loss.by and domain.holds(value) else place[name])
    return {name: np.concatenate([values, more[name]]) for name, values in at.items()}


def _numbers(expr: Expr) -> list[float]:
    """What parameters may be: the numbers of an expression, and what these stand for where they are squared, halved ..."""
    found = {abs(float(number)) for number in expr.atoms(Rational, Float) if number.is_finite and number != 0}
    every: dict[float, None] = dict.fromkeys(sorted(found))
    for n in sorted(found):
        every |= dict.fromkeys((1 / n, math.sqrt(n), 2 * n, n / 2, 1 - n, math.sqrt(1 / n), n - 1, 1 / (2 * n), n + 1))
    return [number for number in every if math.isfinite(number)]


def _ways(loss: Loss, other: Loss) -> list[dict[str, float | str]]:
    """How another loss's parameters may be set: each to a number of the expression, to a parameter of it, or as it starts."""
    own = loss.names("parameter")
    numbers = [*_numbers(loss.plain), 1.0, 2.0, 0.5, 0.0]
    numbers += [-number for number in numbers[:_NUMBERS]]
    options: dict[str, list[float | str]] = {}
    for given in other.inputs:
        if given.role == "parameter":
            of_numbers = [value for value in dict.fromkeys((given.start, *numbers)) if given.domain.holds(value)]
            named = [name for name in own if _is_within(loss.input(name).domain, given.domain)]
            options[given.name] = [*sorted(named, key=lambda name: name != given.name), *of_numbers]
    tried = product(*options.values())
    ways = [dict(zip(options, way, strict=True)) for _, way in zip(range(_TOGETHER), tried, strict=False)]
    return [way for way in ways if set(own) <= set(way.values())]


def _scale(ours: FloatArray, theirs: FloatArray) -> tuple[float, float] | None:
    """Factor and offset by which values are the other ones at every point; None where they are not."""
    known = ~(np.isnan(ours) | np.isnan(theirs))
    finite = known & np.isfinite(ours) & np.isfinite(theirs) & (np.abs(theirs) < 1e3)
    if known.mean() < 0.6 or finite.sum() < 20:
        return None
    f, c = ours[known], theirs[known]
    if _close(f, c):
        return 1.0, 0.0
    low, high = (choose(theirs[finite]) for choose in (np.argmin, np.argmax))
    x, y = theirs[finite][[low, high]], ours[finite][[low, high]]
    if x[0] == x[1] or not y[1] > y[0]:
        return None
    with np.errstate(all="ignore"):
        slope = float((y[1] - y[0]) / (x[1] - x[0]))
        start = float(y[0] - slope * x[0])
        if not (math.isfinite(slope) and math.isfinite(start)):
            return None
        factor = _plain(slope)
        offset = _plain(float(y[0] - factor * x[0]))
        return (factor, offset) if factor > 0 and _close(f, factor * c + offset) else None


def _close(one: FloatArray, other: FloatArray) -> bool:
    with np.errstate(all="ignore"):
        return bool(np.all((one == other) | (np.abs(one - other) <= TOLERANCE * np.maximum(np.abs(one), 1e-3))))


def _plain(number: float) -> float:
    """A number without what rounding has added to it."""
    simple = float(Fraction(number).limit_denominator(1000))
    return simple if math.isclose(simple, number, rel_tol=1e-10, abs_tol=1e-10) else number
