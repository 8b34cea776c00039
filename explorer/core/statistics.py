"""Which statistic of the targets a loss estimates: mean, median, quantile and so on.

To add a statistic: list it in `_of_targets`, or for two classes in `_OF_RATES`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from sympy import Number

from explorer.core.checks import FloatArray
from explorer.core.digits import format_number
from explorer.core.estimate import LEAST_POSITIVE, RATE, Estimate, Kind, Solved, estimate, kind
from explorer.core.losses.spec import Loss
from explorer.core.minimum import Least

SAME = 1e-6
"""By what share of the axis an estimate may differ from a statistic that it is."""
WIDE = 1e-3
"""From what share of the axis on a loss is said to be least over an interval."""

Statistic = Callable[[FloatArray], float]


def statements(solved: Solved) -> tuple[str, ...]:
    """Return what to say of where each loss is least: "the mean", "none within the axis" ...; "" where nothing is known of it.

    An even number of targets leaves the median open: then it is the middle, and the interval is named.
    """
    return tuple(_statement(solved, k) for k in range(len(solved.places)))


def _statement(solved: Solved, k: int) -> str:
    place, (low, high), is_score = solved.places[k], solved.of.axis, solved.of.kind == "score"
    if math.isnan(place.at):
        return "infinite on the whole axis"
    if _runs_off(solved, place):
        return "none within the axis, as it falls on and on"
    known = statistic(solved.of.losses[k], solved.parameters(k))
    if place.end - place.start <= WIDE * (high - low):
        return known
    if (place.start, place.end) == (low, high):
        flat = "the same on the whole axis"
    elif is_score and place.end == high:
        flat = f"least from {_said(place.start)} on"
    elif is_score and place.start == low:
        flat = f"least up to {_said(place.end)}"
    else:
        flat = f"least from {_said(place.start)} to {_said(place.end)}, of which this is the middle"
    return f"{known}; {flat}" if known else flat


def _said(number: float) -> str:
    return format_number(number, 4, trim=True)


def _runs_off(solved: Solved, place: Least) -> bool:
    """Whether a loss still falls where the axis ends but numbers do not."""
    (low, high), loss = solved.of.axis, solved.of.losses[0]
    domain = loss.input(loss.by).domain
    at_dot = any(place.at in column for column in solved.rows.values())
    if place.start != place.end or place.at not in (low, high) or at_dot:
        return False
    if place.at == low:
        return place.slope > 0 and low not in (domain.low, LEAST_POSITIVE)
    return place.slope < 0 and high != domain.high


def expectile(targets: FloatArray, tau: float) -> float:
    """Return the tau-expectile of targets, shape (n,): the mean that counts those above it tau times, others 1 - tau times."""
    at = float(np.mean(targets))
    for _ in range(100):  # each turn changes which targets lie above; there are only so many such sets
        weights = np.where(targets > at, tau, 1 - tau)
        following = float(np.sum(weights * targets) / np.sum(weights))
        if math.isclose(following, at, rel_tol=1e-15, abs_tol=1e-15):
            break
        at = following
    return at


def quantile(targets: FloatArray, tau: float) -> float:
    """Return the tau-quantile of targets, shape (n,); of all numbers that are one, the middle."""
    return float(np.quantile(targets, tau, method="averaged_inverted_cdf"))


def _of_targets(levels: Sequence[float]) -> Iterator[tuple[str, Statistic]]:
    yield "the mean", lambda t: float(np.mean(t))
    yield "the median", lambda t: float(np.median(t))
    for level in levels:
        if 0 < level < 1:
            yield f"the {level:g}-quantile", lambda t, level=level: quantile(t, level)  # type: ignore[misc]
            yield f"the {level:g}-expectile", lambda t, level=level: expectile(t, level)  # type: ignore[misc]
    yield "ln of the mean", lambda t: float(np.log(np.mean(t)))
    yield "the geometric mean", lambda t: float(np.exp(np.mean(np.log(t))))
    yield "e to the mean of ln(1 + t), less 1", lambda t: float(np.expm1(np.mean(np.log1p(t))))


_OF_RATES: dict[Kind, tuple[tuple[str, Callable[[float], float]], ...]] = {
    "probability": (("the rate", lambda rate: rate),),
    "score": (
        ("the logit of the rate", lambda rate: math.log(rate / (1 - rate))),
        ("half the logit of the rate", lambda rate: math.log(rate / (1 - rate)) / 2),
        ("the tangent of the rate less ½", lambda rate: math.tan(rate - 0.5)),
        ("2 rate − 1", lambda rate: 2 * rate - 1),
        ("the likelier label", lambda rate: 1.0 if rate > 0.5 else -1.0),
        ("the likelier label", lambda rate: 1.0 if rate > 0.5 else 0.0),
    ),
}
_TARGETS = ((1.3, 2.0, 2.9, 4.4, 8.0), (0.7, 3.1, 3.3, 6.2, 6.9, 7.8, 9.2), (0.9, 1.1, 1.2, 1.9, 4.1, 5.5, 9.7, 9.9))
_NUMBERS = 6
"""How many of the numbers that a loss is written with may make a level."""
_RATES = (0.23, 0.58, 0.81)


@lru_cache(maxsize=256)
def statistic(loss: Loss, parameters: tuple[tuple[str, float], ...] = ()) -> str:
    """Return what a loss estimates, "the mean" for instance; "" where it is none of the statistics that are known here.

    Computed: its minimiser over three sets of targets, or at three rates, is the statistic each time.
    """
    its = kind(loss)
    if its is None:
        return ""
    if its == "real":
        tried = [np.array(targets) for targets in _TARGETS]
        solved = [estimate((loss,), len(t)) for t in tried]
        found = [_place(one, t, parameters) for one, t in zip(solved, tried, strict=True)]
        known = {name: [rule(t) for t in tried] for name, rule in _of_targets(_levels(loss, parameters))}
        return _named(found, [*known.items()], solved[0].axis)
    one = estimate((loss,))
    found = [_place(one, rate, parameters) for rate in _RATES]
    return _named(found, [(name, [rule(rate) for rate in _RATES]) for name, rule in _OF_RATES[its]], one.axis)


def _levels(loss: Loss, parameters: tuple[tuple[str, float], ...]) -> list[float]:
    """What a quantile may be of: a loss's parameters, and the numbers that it is written with, also as a share of two."""
    written = sorted({abs(float(number)) for number in loss.plain.atoms(Number) if number.is_finite and number != 0})[:_NUMBERS]
    shares = [one / (one + other) for one in (*written, 1.0) for other in (*written, 1.0) if one != other]
    return list(dict.fromkeys(float(f"{level:.12g}") for level in (*(value for _, value in parameters), *written, *shares)))


def _place(of: Estimate, targets: FloatArray | float, parameters: tuple[tuple[str, float], ...]) -> float:
    names = {of.parameters[0][name].name: value for name, value in parameters}
    dots = {RATE.name: float(targets)} if isinstance(targets, float) else dict(zip(of.dots, targets.tolist(), strict=True))
    return of.solved({**of.start(""), **dots, **names}).places[0].at


def _named(found: list[float], known: Sequence[tuple[str, list[float]]], axis: tuple[float, float]) -> str:
    near = SAME * (axis[1] - axis[0])
    fits = (name for name, values in known if all(abs(x - y) <= near for x, y in zip(found, values, strict=True)))
    return next(fits, "")
