"""What is wrong with a gradient or a Hessian: a flipped sign, a factor, a link forgotten or taken twice, and so on.

To know another fault: add it to `of_gradient` or `of_hessian`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from explorer.core.checks import FloatArray
from explorer.core.digits import format_number
from explorer.core.objective.points import ENOUGH, EXACT, FAINT, Points, faint

Verdict = Literal["right", "sign", "scale", "probability-not-score", "link-twice", "zero", "negative", "undefined", "wrong"]


@dataclass(frozen=True)
class Judged:
    """What was found of one formula.

    Attributes
    ----------
    verdict : str
        right, sign, scale, probability-not-score, link-twice, zero, negative, undefined or wrong.
    because : str
        Why, with the two numbers at the witness.
    witness : mapping
        Input -> number: a point that shows it.
    expected, found : float
        The loss's own number there, and the formula's.
    factor : float
        Of `scale` and `sign`: what the formula is of the right one; else NaN.
    """

    verdict: Verdict
    because: str
    witness: Mapping[str, float]
    expected: float
    found: float
    factor: float = float("nan")


def of_gradient(of: Points) -> Judged:
    """Return the verdict on a gradient."""
    found, own = of.values(of.formula), of.truth(1)
    place = of.worst(found, own)
    if of.is_same(found, own):
        return _undefined(of, 1) or _judged(of, "right", "It is the slope of the loss by its raw score.", found, own, place)
    if _is_zero(found) and not _is_zero(own):
        return _judged(of, "zero", "It is 0 everywhere: nothing is learned.", found, own, int(np.nanargmax(np.abs(own))))
    constant = of.factor(found, own)
    if constant < 0:
        times = "" if abs(constant + 1) < EXACT else f", and {_said(-constant)} times too large"
        text = f"Its sign is flipped{times}: training climbs the loss. Give the slope of what is to become small."
        return _judged(of, "sign", text, found, own, place, constant)
    if constant > 0:
        return _judged(
            of, "scale", f"It is {_said(constant)} times the slope.{_of_scale(constant)}", found, own, place, constant
        )
    if fault := _link_fault(of, 1, found):
        return _judged(of, *fault, found, own, place)
    return _rest(of, 1, found, own, place)


def of_hessian(of: Points) -> Judged:
    """Return the verdict on a Hessian, first what boosting makes of it."""
    found, own = of.values(of.formula), of.truth(2)
    if judged := _of_zeros(of, found, own) or _of_negative(of, found, own):
        return judged
    place = of.worst(found, own)
    if of.is_same(found, own) or _is_clipped(of, found, own):
        kept = "" if of.is_same(found, own) else ", kept above a small number"
        text = f"It is the second derivative of the loss by its raw score{kept}."
        return _undefined(of, 2) or _judged(of, "right", text, found, own, place)
    constant = of.factor(found, own)
    if constant > 0:
        text = f"It is {_said(constant)} times the second derivative.{_of_scale(constant)}"
        return _judged(of, "scale", text, found, own, place, constant)
    if fault := _link_fault(of, 2, found):
        return _judged(of, *fault, found, own, place)
    return _rest(of, 2, found, own, place)


def _of_zeros(of: Points, found: FloatArray, own: FloatArray) -> Judged | None:
    """The verdict on a Hessian that is 0 at half of the points with a slope, or more."""
    slopes = of.truth(1)
    steep = np.isfinite(found) & np.isfinite(slopes) & (slopes != 0)
    usual = float(np.median(np.abs(found[steep]))) if steep.any() else 0.0
    zeros = steep & (np.abs(found) <= FAINT * max(1.0, usual))
    if steep.sum() < ENOUGH or zeros.sum() * 2 < steep.sum():
        return None
    truly = " That is the second derivative, but" if of.is_same(found, own) else " With it"
    share = "everywhere" if zeros.sum() == steep.sum() else f"at {zeros.sum() / steep.sum():.0%} of the points"
    text = f"It is 0 {share} though the slope is not.{truly} boosting sees no weight there and does not split."
    return _judged(of, "zero", text, found, own, int(np.argmax(zeros)))


def _of_negative(of: Points, found: FloatArray, own: FloatArray) -> Judged | None:
    """The verdict on a Hessian that is negative somewhere, by more than rounding."""
    below = np.isfinite(found) & np.isfinite(own) & (found < -faint(found[np.isfinite(found)]))
    if not below.any():
        return None
    if fault := _link_fault(of, 2, found):
        return _judged(of, *fault, found, own, of.worst(found, own))
    if of.is_same(found, own):
        text = "It is the second derivative, but negative where the loss is not convex: a leaf steps uphill or explodes."
    else:
        what = "Its sign is flipped" if of.is_same(found, -own) else "It is negative"
        text = f"{what}: a leaf −G/(H + λ) steps uphill, or explodes where H is near −λ."
    return _judged(of, "negative", text, found, own, int(np.argmin(np.where(below, found, np.inf))))


def _judged(
    of: Points, verdict: Verdict, text: str, found: FloatArray, expected: FloatArray, where: int, factor: float = np.nan
) -> Judged:
    """Return a verdict with its witness put into words."""
    witness = {name: float(numbers[where]) for name, numbers in of.at.items()}
    said = ", ".join(f"{name} = {format_number(value, 4, trim=True)}" for name, value in witness.items())
    rest = "" if verdict == "right" else f", and should be {_said(expected[where])}"
    numbers = f" At {said} it is {_said(found[where])}{rest}."
    return Judged(verdict, text + numbers, witness, float(expected[where]), float(found[where]), factor)


def _undefined(of: Points, order: int) -> Judged | None:
    """The verdict on a formula that is right but for a point without value."""
    found = of.hole(order)
    if found is None:
        return None
    at, here, own = found
    return _judged(of.moved(at), "undefined", f"The {of.what} has no value where the loss's own has one.", here, own, 0)


def _rest(of: Points, order: int, found: FloatArray, own: FloatArray, place: int) -> Judged:
    """Right for labels, undefined at most points, or wrong."""
    if not of.only_labels and any(of.own.loss.input(t).domain.is_share for t in of.own.loss.names("target")):
        for_labels = replace(of, only_labels=True)
        judged = of_gradient(for_labels) if order == 1 else of_hessian(for_labels)
        if judged.verdict != "wrong":
            return Judged(**{**vars(judged), "because": f"For targets 0 and 1: {judged.because}"})
    if np.isfinite(found).sum() < ENOUGH and (hole := _undefined(of, order)):
        return hole
    return _judged(of, "wrong", _known_as(of, order, found, own), found, own, place)


def _known_as(of: Points, order: int, found: FloatArray, own: FloatArray) -> str:
    """What a wrong formula is instead."""
    slopes = of.truth(1)
    names = [(own if order == 1 else slopes, "the gradient")] if order == 2 else [(of.truth(2), "the Hessian")]
    if order == 2:
        names += [(slopes**2, "the square of the gradient"), (np.abs(own), "the absolute value of the second derivative")]
        names += [(np.ones_like(own) * found[0], "a constant, so that boosting takes plain gradient steps")]
    said = next((text for values, text in names if of.is_same(found, values)), "")
    wanted = "slope" if order == 1 else "second derivative"
    return f"It is {said}, not the {wanted}." if said else f"It is not the {wanted} by the raw score, nor a known slip of it."


def _link_fault(of: Points, order: int, found: FloatArray) -> tuple[Verdict, str] | None:
    """What went wrong between probability and raw score."""
    if not of.links:
        return None
    if of.is_same(found, of.by_prediction(order)):
        return (
            "probability-not-score",
            "It is taken by the probability, not by the raw score: the link's own slope is missing.",
        )
    unlinked = of.unlinked()
    if unlinked is not None and of.is_same(found, of.truth(order, unlinked)):
        return "probability-not-score", "It takes the raw score for a probability: the link must be applied first."
    if unlinked is not None and of.is_same(found, of.by_mistaken(order, unlinked)):
        return (
            "probability-not-score",
            "It takes the raw score for the prediction, and the slope by that: apply the link, and multiply by its slope.",
        )
    linked = of.linked()
    if linked is not None and of.is_same(found, of.truth(order, linked)):
        return "link-twice", "The link is applied twice: what it is given is a probability already."
    slope = of.slope_of_link
    if slope is not None and of.is_same(found, of.truth(order) * slope):
        return "link-twice", "The slope of the link is multiplied in twice."
    return None


def _is_zero(values: FloatArray) -> bool:
    return bool(np.all(values[np.isfinite(values)] == 0)) and bool(np.isfinite(values).any())


def _is_clipped(of: Points, found: FloatArray, own: FloatArray) -> bool:
    """Whether it is the second derivative kept above a small positive number."""
    floor = float(np.nanmin(found))
    return 0 < floor <= 1e-3 and bool(np.any(own > floor)) and of.is_same(found, np.maximum(own, floor))


def _said(number: float) -> str:
    return format_number(float(number), 5, trim=True)


def _of_scale(constant: float) -> str:
    """What a constant factor does."""
    if 0 < constant < 0.1:
        return (
            " Sums of it stay small beside λ and min_child_weight, so trees hardly split: do not divide by the number of rows."
        )
    return " That is a loss of another scale: of both together only regularisation notices."
