"""Facts of a loss from the numbers of its curve. To add one: write a function and list it in QUESTIONS."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from explorer.core.checks import FloatArray
from explorer.core.digits import format_number, subscripted
from explorer.core.domains import Logit
from explorer.core.losses.facts.curve import CURVATURE, SLOPE, UNDERFLOW, VALUE, Curve, End, Growth, Jump, is_near, rounding
from explorer.core.losses.facts.subject import MOST, Answer, Subject, more, number

TYPED = "typed"
"""The family of losses that somebody typed."""
PAIRS = 2000
"""At how many pairs of predictions joint convexity is tried."""
EXACT = 1e-9
"""Within what values count as the same, relative to their size."""


def convex(subject: Subject) -> Answer:
    """Whether the slope never falls."""
    curve = subject.curve
    verdict, text = True, "yes"
    falls = [jump for jump in curve.kinks if jump.height < 0]
    breaks = [jump for jump in curve.breaks if curve.domain.low < jump.place < curve.domain.high]
    concave = _concave(curve)
    if curve.poles:
        verdict, text = False, f"no: it has no value at {subject.place(curve.poles[0])}"
    elif breaks:
        verdict, text = False, f"no: it jumps at {subject.place(breaks[0].place)}"
    elif concave:
        verdict, text = False, f"no: {subject.intervals(concave)} its curvature is negative"
    elif falls:
        verdict, text = False, f"no: at {subject.place(falls[0].place)} its slope falls by {number(-falls[0].height)}"
    return Answer("convex", f"Convex in {subject.by}?", text, verdict, subject.how)


def _concave(curve: Curve) -> list[tuple[float, float]]:
    """Where the curvature is negative, if at some point by more than rounding."""
    _, slope, curvature = curve.found
    with np.errstate(divide="ignore", invalid="ignore"):
        lost = rounding(curve.length) * np.abs(slope)
        clearly = (curvature < -lost) & (curve.length > EXACT)
    regions = curve.regions(curvature < 0, lambda x: curve.at(x)[CURVATURE] < 0)
    known = [(low, high) for low, high in regions if np.any(clearly & (low <= curve.x) & (curve.x <= high))]
    return [_past_underflow(curve, region) for region in known]


def _past_underflow(curve: Curve, region: tuple[float, float]) -> tuple[float, float]:
    """A region as far as the end of the domain where it only ends because the curvature is too small for a float."""
    low, high = region
    inside = [edge + side * 0.005 * (1 + abs(edge - curve.centre)) for edge, side in zip(region, (1, -1), strict=True)]
    fades = [math.isfinite(x) and abs(float(curve.at(x)[CURVATURE])) < UNDERFLOW for x in inside]
    return (curve.domain.low if fades[0] else low), (curve.domain.high if fades[1] else high)


def jointly_convex(subject: Subject) -> Answer:
    """Whether the loss half way between two predictions is never above the mean of both, at random ones."""
    loss, random = subject.loss, np.random.default_rng(PAIRS)
    ends: list[dict[str, FloatArray]] = [{}, {}]
    for entries in loss.groups:
        if entries[0].role != "prediction":
            continue
        for end in ends:
            drawn = entries[0].domain.moderate(random, PAIRS, len(entries))
            end |= {given.name: drawn[:, k] for k, given in enumerate(entries)}
    middle = {name: (ends[0][name] + ends[1][name]) / 2 for name in ends[0]}
    program = loss.program()
    at = [program.evaluate({**subject.values, **end}, ["L"])["L"] for end in (*ends, middle)]
    above = at[2] - (at[0] + at[1]) / 2
    verdict = not np.any(above > EXACT * (1 + np.abs(at[0]) + np.abs(at[1])))
    text = "yes"
    if not verdict:
        k = int(np.nanargmax(np.broadcast_to(above, PAIRS)))
        first, second = (_vector([float(end[name][k]) for name in list(end)[:MOST]], len(end)) for end in ends)
        text = f"no: half way between {first} and {second} it lies above the mean of both"
    return Answer("jointly_convex", "Convex in all predictions together?", text, bool(verdict), f"at {PAIRS:,} pairs of points")


def _vector(numbers: list[float], entries: int) -> str:
    return f"({', '.join(format_number(x, 2) for x in numbers)}{', …' if entries > len(numbers) else ''})"


def bounded(subject: Subject) -> Answer:
    """Between what the values lie."""
    low, high = subject.range_of_values
    if math.isclose(low, high):
        text = f"yes: it is {number(low)} everywhere"
    elif math.isfinite(high) and math.isfinite(low):
        text = f"yes: from {number(low)} to {number(high)}"
    elif math.isfinite(low):
        text = f"below by {number(low)}, above not"
    elif math.isfinite(high):
        text = f"above by {number(high)}, below not"
    else:
        text = "neither below nor above"
    return Answer("bounded", "Bounded?", text, (low, high), subject.how)


def slope_bounded(subject: Subject) -> Answer:
    """Between what the slope lies."""
    curve = subject.curve
    limits = [_slope_at(end, growth, curve) for end, growth in zip(curve.ends, curve.growths, strict=True)]
    limits = [] if subject.repeats else limits
    steep = [side * math.inf for side in (-1, 1) if curve.cusps or curve.poles]
    found = (curve.extreme(SLOPE, highest) for highest in (False, True))
    known = [x for x in (*limits, *_slopes_around(curve), *steep, *found) if not math.isnan(x)]
    low, high = min(known, default=0.0), max(known, default=0.0)
    low, high = (0.0 if abs(x) < 1e-12 else x for x in (low, high))
    if math.isclose(low, high):
        text = f"yes: it is {number(low)} everywhere"
    elif math.isfinite(low) and math.isfinite(high):
        both = math.isclose(-low, high, rel_tol=1e-4)
        text = f"within ±{number(high)}" if both else f"yes: from {number(low)} to {number(high)}"
    elif math.isfinite(low) or math.isfinite(high):
        text = f"below by {number(low)}, above not" if math.isfinite(low) else f"above by {number(high)}, below not"
    else:
        text = "no"
    return Answer("slope_bounded", "Slope bounded?", text, (low, high), subject.how)


def _slopes_around(curve: Curve) -> list[float]:
    """The slopes on both sides of each kink."""
    beside = [jump.place + side * 1e-9 * (1 + abs(jump.place)) for jump in curve.kinks for side in (-1, 1)]
    return [float(slope) for slope in curve.at(np.array(beside))[SLOPE]]


def _slope_at(end: End, growth: Growth, curve: Curve) -> float:
    """What the slope tends to at an end; NaN where that is not known."""
    infinite = math.copysign(math.inf, growth.limit) * end.outward
    if end.is_finite:
        if growth.kind != "bound":
            return infinite if growth.kind else math.nan
        near, slope = (float(x) for x in curve.at(np.array([end.at(w) for w in end.distances[0]]))[SLOPE])
        if growth.power > -0.98 or abs(slope) > 1.05 * abs(near) > 0:
            return math.copysign(math.inf, slope)
        edge = float(curve.at(end.edge)[SLOPE])
        if math.isnan(edge) and abs(slope) < 0.1 * abs(near):
            return 0.0
        comes_to_it = abs(edge - slope) < 0.5 * abs(edge - near)  # as a root does
        return edge if comes_to_it or math.isclose(edge, slope, rel_tol=1e-6, abs_tol=1e-6) else slope
    if growth.kind in ("bound", "logarithm", "squared logarithm"):
        return 0.0
    if growth.kind == "power" and growth.power <= 1:
        return 0.0 if growth.power < 0.98 else float(curve.at(end.at(1e12))[SLOPE])
    return infinite if growth.kind else math.nan


def symmetric(subject: Subject) -> Answer | None:
    """Whether both sides of the target, or both classes, count alike."""
    loss, domain = subject.loss, subject.input.domain
    if not (subject.target and loss.is_curve and loss.family in ("regression", "binary", TYPED)) or subject.repeats:
        return None
    if (
        subject.classes
        and loss.family == TYPED
        and not (domain.is_share or isinstance(domain, Logit) or subject.classes[0] < 0)
    ):
        return None  # a number beside targets of 0 and 1 has no middle that is known
    if subject.classes:
        sides, question = _of_classes(subject, subject.classes), "Both classes alike?"
    elif domain.holds(subject.values[subject.target]):
        sides, question = _of_target(subject), f"Symmetric about {subscripted(subject.target)}?"
    else:
        return None
    differs = _differ(sides.one, sides.other)
    text = "yes"
    if np.any(differs):
        k = int(np.argmin(np.abs(sides.x - sides.near) + np.where(differs, 0, np.inf)))
        text = f"no: {number(float(sides.one[k]))} at {subject.place(float(sides.x[k]))}, "
        text += f"{number(float(sides.other[k]))} at {number(float(sides.mirrored[k]))}{sides.where}"
    return Answer("symmetric", question, text, not np.any(differs), f"at {sides.x.size:,} pairs of points")


class _Sides(NamedTuple):
    """Places and their mirror images, shape (points,), with the loss at both; and near what place a difference is shown."""

    x: FloatArray
    mirrored: FloatArray
    one: FloatArray
    other: FloatArray
    near: float
    where: str = ""


def _of_classes(subject: Subject, classes: tuple[float, float]) -> _Sides:
    """A prediction for one class beside the same for the other."""
    curve, share = subject.curve, subject.input.domain.is_share
    x = curve.x[curve.length > EXACT] if share else curve.x
    mirrored = 1 - x if share else -x
    with_other = {subject.target: sum(classes) - subject.values[subject.target]}
    values = curve.at(x)[VALUE], curve.at(mirrored, **with_other)[VALUE]
    return _Sides(x, mirrored, *values, 0.75 if share else 1.0, " with the other target")


def _of_target(subject: Subject) -> _Sides:
    """A prediction above the target beside one as far below it."""
    curve, domain, target = subject.curve, subject.input.domain, subject.values[subject.target]
    reach = target - domain.low if math.isfinite(domain.low) else math.inf
    distance = np.unique(np.concatenate([np.geomspace(1e-4, 1e6, 400), np.linspace(0.1, 9, 90)]))
    x = target + distance[distance < reach]
    mirrored = 2 * target - x
    found = _Sides(x, mirrored, curve.at(x)[VALUE], curve.at(mirrored)[VALUE], target + 1)
    if subject.loss.family != TYPED or np.any(_differ(found.one, found.other)) or not domain.holds(target + 1):
        return found
    # A penalty of the prediction itself is symmetric about a target of 0 alone.
    x, mirrored, at = x + 1, mirrored + 1, {subject.target: target + 1}
    where = f" where {subscripted(subject.target)} is {number(target + 1)}"
    return _Sides(x, mirrored, curve.at(x, **at)[VALUE], curve.at(mirrored, **at)[VALUE], target + 2, where)


def _differ(one: FloatArray, other: FloatArray) -> NDArray[np.bool_]:
    """Where two arrays of one shape are not the same but for rounding."""
    with np.errstate(invalid="ignore"):
        return np.abs(one - other) > 1e-7 * (np.abs(one) + np.abs(other) + 1e-9)


def smooth(subject: Subject) -> Answer:
    """Where value, slope or curvature jump."""
    curve = subject.curve
    kinks = [jump for jump in curve.kinks if not any(is_near(jump.place, other.place) for other in curve.breaks)]
    said = [f"it has no value at {subject.place(place)}" for place in curve.gaps[:MOST]]
    said += [f"the slope is infinite at {subject.place(place)}" for place in curve.cusps[:MOST]]
    said += [f"jump at {subject.place(jump.place)}: by {number(abs(jump.height))}" for jump in curve.breaks[:MOST]]
    said += [f"kink at {subject.place(jump.place)}: the slope jumps by {number(jump.height)}" for jump in kinks[:MOST]]
    verdict = [(float(VALUE), jump.place, jump.height) for jump in curve.breaks]
    verdict += [(float(SLOPE), jump.place, jump.height) for jump in kinks]
    verdict += [(float(SLOPE), place, math.inf) for place in (*curve.gaps, *curve.cusps)]
    text = f"no: {'; '.join(said)}" if said else "yes"
    if not said and (bends := curve.jumps(CURVATURE)):
        verdict = [(float(CURVATURE), jump.place, jump.height) for jump in bends]
        places = [number(jump.place) for jump in bends[:MOST]]
        text = f"up to the slope: the curvature jumps at {subject.by} = {' and '.join(places)}"
    return Answer("smooth", "Smooth?", text, tuple(sorted(verdict, key=lambda jump: jump[1])), subject.how)


def vanishing(subject: Subject) -> Answer:
    """Where the slope is 0 though the loss is not least there."""
    curve = subject.curve
    flat = curve.regions(curve.found[SLOPE] == 0, lambda x: curve.at(x)[SLOPE] == 0)
    flat = [part for region in flat for part in _parted(region, curve.breaks)]
    flat = [region for region in flat if region[0] < region[1] and _is_sharp(curve, region)]
    wrong = [region for region in flat if _is_wrong(subject, _inside(region, curve))]
    places = [x for x in curve.stationary() if _is_wrong(subject, x) and not any(low <= x <= high for low, high in flat)]
    text = "nowhere"
    if wrong:
        text = subject.intervals(wrong)
    elif places:
        nearest = sorted(sorted(places, key=lambda x: abs(x - curve.centre))[:MOST])
        text = f"at {' and '.join(subject.place(x) for x in nearest)}{more(len(places) - MOST)}"
    else:
        ends = zip(curve.ends, curve.growths, strict=True)
        tending = [end for end, growth in ends if not end.is_finite and _fades(end, growth, subject, flat)]
        if tending:
            limits = " and ".join("∞" if end.outward > 0 else "−∞" for end in tending)
            text = f"nowhere, but it tends to 0 for {subject.by} → {'±∞' if len(tending) == 2 else limits}"
        elif flat:
            text = f"nowhere: it is 0 {subject.intervals(flat)}, where the loss is least"
    verdict = tuple(wrong) + tuple((x, x) for x in places)
    return Answer("vanishing", "Slope 0 though the prediction is wrong?", text, verdict, subject.how)


def _parted(region: tuple[float, float], breaks: list[Jump]) -> list[tuple[float, float]]:
    """A region in parts, between which the value jumps."""
    ends = [region[0], *(jump.place for jump in breaks if region[0] < jump.place < region[1]), region[1]]
    return list(pairwise(ends))


def _inside(region: tuple[float, float], curve: Curve) -> float:
    within = curve.x[(region[0] < curve.x) & (curve.x < region[1])]
    return float(within[within.size // 2]) if within.size else sum(region) / 2


def _is_wrong(subject: Subject, x: float) -> bool:
    value = float(subject.curve.at(x)[VALUE])
    return value > subject.least + EXACT * (1 + abs(subject.least)) or subject.least == -math.inf


def _is_sharp(curve: Curve, region: tuple[float, float]) -> bool:
    """Whether the slope is 0 from an edge on, and not only too small for a float."""
    slopes = np.abs(curve.found[SLOPE])
    largest = float(np.max(slopes[np.isfinite(slopes)], initial=0))
    for edge, outward in zip(region, (-1, 1), strict=True):
        if math.isfinite(edge) and curve.domain.low < edge < curve.domain.high:
            beside = edge + outward * 0.02 * (1 + abs(edge - curve.centre))
            if abs(float(curve.at(beside)[SLOPE])) < 1e-9 * min(largest, 1):
                return False
    return True


def _fades(end: End, growth: Growth, subject: Subject, flat: list[tuple[float, float]]) -> bool:
    """Whether the slope tends to 0 at an end without being least there, and is not 0 from somewhere on."""
    if growth.limit <= subject.least + EXACT * (1 + abs(subject.least)) or _slope_at(end, growth, subject.curve) != 0:
        return False
    return not any(end.edge in region for region in flat)


def growth(subject: Subject) -> Answer:
    """How the loss goes on at both ends."""
    curve = subject.curve
    kinds = tuple(map(_kind, curve.growths))
    said = [_grown(kind, growth, end.is_finite) for kind, growth, end in zip(kinds, curve.growths, curve.ends, strict=True)]
    towards = [number(end.edge) if end.is_finite else ("∞" if end.outward > 0 else "−∞") for end in curve.ends]
    if subject.repeats:
        kinds, text = ("", ""), "up and down without end"
    elif said[0] == said[1]:
        text = f"{said[0]} at both ends"
    else:
        text = "; ".join(f"{word} for {subject.by} → {where}" for word, where in zip(said, towards, strict=True))
    return Answer("growth", "How does it grow?", text, (kinds[0], kinds[1]), subject.how)


def _kind(growth: Growth) -> str:
    """A growth in a word that a proof can have as well."""
    if growth.kind in ("power", "power times logarithm"):
        return f"{growth.kind} {growth.power:g}"
    return growth.kind


_POWERS = {1.0: "linear", 2.0: "quadratic", 3.0: "cubic"}


def _grown(kind: str, growth: Growth, finite: bool) -> str:
    falling = "falling, " if growth.limit == -math.inf else ""
    if kind == "bound":
        return f"to {number(0.0 if abs(growth.limit) < 1e-12 else growth.limit)}"
    if growth.kind == "power":
        power = growth.power
        if finite:
            return f"{falling}like 1 / distance{'' if power == 1 else f' to the power {number(power)}'}"
        return falling + _POWERS.get(power, f"like the power {number(power)}")
    words = {
        "logarithm": "logarithmic",
        "squared logarithm": "like a squared logarithm",
        "power times logarithm": f"like y ln y to the power {number(growth.power)}" if growth.power != 1 else "like y ln y",
        "exponential": "exponential",
        "": "not known",
    }
    return falling + words[growth.kind]


def somewhere(subject: Subject) -> Answer | None:
    """Where the loss has no value, of what may be predicted."""
    if not subject.with_values:
        return None
    low, high = subject.with_values
    text = subject.interval(low, high, subject.input.domain)
    return Answer("somewhere", "Where has it a value?", f"only {text}", subject.with_values, subject.how)


QUESTIONS: tuple[Callable[[Subject], Answer | None], ...] = (
    convex, somewhere, bounded, slope_bounded, symmetric, smooth, vanishing, growth,
)  # fmt: skip
