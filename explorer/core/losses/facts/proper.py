"""Whether a loss is proper: its mean is least where the prediction is the true probability."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
from numpy.typing import NDArray

from explorer.core.checks import FloatArray
from explorer.core.digits import subscripted
from explorer.core.domains import Class, Logit
from explorer.core.losses.facts.curve import HALVINGS, SLOPE, VALUE
from explorer.core.losses.facts.measured import EXACT, TYPED
from explorer.core.losses.facts.subject import Answer, Subject, number

RATES = np.round(np.arange(0.05, 0.96, 0.05), 2)
RATES = RATES[RATES != 0.5]
"""The rates of ones at which the least is sought; at 1/2 whatever does not tell the classes apart may be least."""
PARTS = 20
"""Into how many steps a side of the triangle of distributions is divided."""
CLOSE = 1e-4
"""Within what two minimisers are one."""
QUESTION = "Proper: least at the true probability?"


def proper(subject: Subject) -> Answer | None:
    """Whether the expected loss at a rate is least at that rate; None where the target is no class."""
    if subject.classes and subject.loss.family in ("binary", TYPED) and not subject.repeats:
        return _of_two(subject, subject.classes)
    return _of_several(subject)


def _of_two(subject: Subject, classes: tuple[float, float]) -> Answer:
    least = minimisers(subject, classes)
    domain = subject.input.domain
    how = f"at {RATES.size} rates, each at {subject.curve.x.size:,} points"
    by = subject.by
    if domain.is_share:
        verdict, text = _of_probability(least, by)
    elif isinstance(domain, Logit) and not _known_link(least):
        verdict, text = _of_logit(least, by)
    else:
        verdict, text = _of_score(least, by)
    return Answer("proper", QUESTION, text, verdict, how)


def _of_probability(least: FloatArray, by: str) -> tuple[bool, str]:
    if np.allclose(least, RATES, atol=CLOSE):
        return True, f"yes: at every rate q the least is at {by} = q"
    if _steps(least) is not None:
        return False, f"no: the least is at {by} = {number(least[0])} or {number(least[-1])}, {_told(least)}"
    k = int(np.argmax(np.abs(least - RATES)))
    return False, f"no: at rate {number(RATES[k])} the least is at {by} = {number(float(f'{least[k]:.3g}'))}"


def _of_logit(least: FloatArray, by: str) -> tuple[bool, str]:
    if _steps(least) is not None:
        return False, f"no: {_told(least)} can be told from the least"
    with np.errstate(over="ignore"):
        share = 1 / (1 + np.exp(-least))
    k = int(np.argmax(np.abs(share - RATES)))
    return False, f"no: at rate {number(RATES[k])} the least is at σ({by}) = {number(float(f'{share[k]:.3g}'))}"


def _of_score(least: FloatArray, by: str) -> tuple[bool, str]:
    """Of a score without bounds: proper if the rate can be told from the minimiser, which then is its link."""
    if np.ptp(least) < CLOSE:
        return False, f"no: at every rate the least is at {by} = {number(float(f'{least[0]:.3g}'))}"
    if link := _known_link(least):
        return True, f"yes, through its link: at every rate q the least is at {by} = {link}"
    if np.all(np.isfinite(least)) and np.all(np.diff(least) > CLOSE):
        return (
            True,
            f"yes, through its link: the least rises strictly with the rate, from {number(least[0])} to {number(least[-1])}",
        )
    if _steps(least) is not None:
        ends = [number(float(f"{x:.3g}")) for x in (least[0], least[-1])]
        return False, f"no: the least is at {by} = {ends[0]} or {ends[1]}, {_told(least)}"
    return False, "no: several rates have the same minimiser"


def _known_link(least: FloatArray) -> str:
    """What a minimiser is of the rate q, by a number more than 0; "" where that is not known."""
    known = (_logit(RATES), "ln(q/(1 − q))"), (2 * RATES - 1, "(2q − 1)"), (np.tan(RATES - 0.5), "tan(q − ½)"), (RATES, "q")
    for link, said in known:
        factor = float(least[-1] / link[-1])
        if math.isfinite(factor) and factor > CLOSE and np.allclose(least, factor * link, atol=CLOSE * (1 + abs(factor))):
            times = "" if math.isclose(factor, 1, abs_tol=CLOSE) else f"{number(float(f'{factor:.3g}'))} "
            return f"{times}{said if times else said.removeprefix('(').removesuffix(')') if said[0] == '(' else said}"
    return ""


def _logit(q: FloatArray) -> FloatArray:
    return np.log(q / (1 - q))


def _steps(least: FloatArray) -> float | None:
    """The rate from which on the minimiser is another one, where there are two; None where there are others."""
    first = np.isclose(least, least[0], atol=CLOSE) | (least == least[0])
    last = np.isclose(least, least[-1], atol=CLOSE) | (least == least[-1])
    if not np.all(first | last) or np.all(first):
        return None
    return float(RATES[np.argmin(first)])


def _told(least: FloatArray) -> str:
    begins = _steps(least)
    return (
        "only which class is likelier"
        if begins == 0.55
        else f"only whether the rate is above about {number((begins or 0) - 0.05)}"
    )


def minimisers(subject: Subject, classes: tuple[float, float]) -> FloatArray:
    """Return the prediction whose expected loss is least at each of RATES: of an interval its middle, infinite at no end."""
    curve, target = subject.curve, subject.target
    x = curve.x
    values = [curve.at(x, **{target: label})[VALUE] for label in classes]
    with np.errstate(invalid="ignore"):
        expected = (1 - RATES[:, None]) * values[0] + RATES[:, None] * values[1]
        expected = np.where(np.isnan(expected), np.inf, expected)
        least = expected.min(axis=1, keepdims=True)
        among = expected <= least + 1e-13 * (1 + np.abs(least))
    first, last = np.argmax(among, axis=1), x.size - 1 - np.argmax(among[:, ::-1], axis=1)
    refined = _refined(subject, classes, x[np.maximum(first - 1, 0)], x[np.minimum(last + 1, x.size - 1)])
    flat = last - first > 2
    open_ends = np.where(first == 0, -np.inf, np.where(last == x.size - 1, np.inf, 0.0))
    at_end = (open_ends != 0) & ~(np.isfinite(curve.domain.low) & np.isfinite(curve.domain.high))
    middle = np.where(flat, (x[first] + x[last]) / 2, refined)
    middle = np.where(np.abs(middle) < EXACT, 0.0, middle)
    return np.where(at_end, open_ends, middle)


def _refined(subject: Subject, classes: tuple[float, float], low: FloatArray, high: FloatArray) -> FloatArray:
    """Where the expected slope goes from negative to positive between two points, for each rate."""
    low, high = low.copy(), high.copy()
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        slopes = [subject.curve.at(middle, **{subject.target: label})[SLOPE] for label in classes]
        rising = (1 - RATES) * slopes[0] + RATES * slopes[1] > 0
        low, high = np.where(rising, low, middle), np.where(rising, middle, high)
    return (low + high) / 2


def _of_several(subject: Subject) -> Answer | None:
    """Of as many predictions as classes: whether no other distribution on a grid has a lower expected loss."""
    loss = subject.loss
    groups = [entries for entries in loss.groups if entries[0].role == "prediction"]
    if loss.family not in ("classes", TYPED) or len(groups) != 1 or len(groups[0]) < 2:
        return None
    entries = groups[0]
    classes = len(entries)
    corners = _corners(subject, classes)
    grid = _distributions(classes)
    if corners is None or grid is None:
        return None
    is_share = entries[0].domain.is_share
    columns = grid.T if is_share else np.log(grid.T)
    predicted = {given.name: column for given, column in zip(entries, columns, strict=True)}
    program = loss.program()
    each = [
        np.broadcast_to(program.evaluate({**subject.values, **predicted, **corner}, ["L"])["L"], grid.shape[0])
        for corner in corners
    ]
    expected = grid @ np.array(each)
    own = np.diagonal(expected)
    best = expected.min(axis=1)
    off = own - best
    verdict = bool(np.all(off <= 1e-9 * (1 + np.abs(best))))
    what = f"{subscripted(entries[0].group)}" if is_share else f"softmax({entries[0].group})"
    text = f"yes: at every distribution q the least is at {what} = q"
    if not verdict:
        k = int(np.argmax(off))
        said = [", ".join(number(float(f"{x:.3g}")) for x in grid[row]) for row in (k, int(np.argmin(expected[k])))]
        text = f"no: at ({said[0]}) it is lower at {what} = ({said[1]})"
    return Answer("proper", QUESTION, text, verdict, f"at {grid.shape[0]} distributions, each against all")


def _corners(subject: Subject, classes: int) -> list[dict[str, float]] | None:
    """The targets that name each class: an index, or a distribution that has all in one class."""
    targets = [given for given in subject.loss.inputs if given.role == "target"]
    if len(targets) == 1 and isinstance(targets[0].domain, Class):
        return [{targets[0].name: float(k)} for k in range(classes)]
    if len(targets) == classes:
        return [{given.name: float(j == k) for j, given in enumerate(targets)} for k in range(classes)]
    return None


def _distributions(classes: int) -> NDArray[np.float64] | None:
    """Return distributions well inside, shape (count, classes); None where a grid would be too large."""
    if classes > 4:
        return None
    parts = PARTS if classes <= 3 else PARTS // 2
    rows = [row for row in product(range(1, parts), repeat=classes) if sum(row) == parts]
    return np.array(rows, dtype=np.float64) / parts
