"""What the page says of typed losses, against what digits and brute force find on a wide grid of their plain formulas."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pytest
from mpmath import mp, mpf

from explorer.core.algebra import read
from explorer.core.estimate import kind
from explorer.core.losses import Loss
from explorer.core.losses.facts import answers
from explorer.core.losses.facts.subject import predicted
from explorer.core.losses.proposed import proposed
from explorer.core.losses.typed import from_inputs
from explorer.core.statistics import statistic
from tests.core.losses.forms import FORMS
from tests.core.losses.plainly import Plainly

NEAR = 2e-2
"""By what part a bound that a grid finds may fall short of one that is said."""
RATES = (0.1, 0.35, 0.8)
DOTS = (0.9, 1.1, 1.6, 2.0, 4.1, 5.5, 9.6)


@cache
def made(text: str) -> Loss:
    expr = read(text)
    return from_inputs(expr, proposed(expr))


@cache
def said(text: str) -> dict[str, Any]:
    loss = made(text)
    return {answer.key: answer for answer in answers(loss, loss.starts)}


@cache
def plainly(text: str) -> Plainly:
    loss = made(text)
    return Plainly(loss, loss.starts, predicted(loss, loss.starts))


def is_near(one: Any, other: Any) -> bool:
    return bool(abs(one - other) <= NEAR * (abs(one) + abs(other)) / 2 + 2e-3)


def assert_bounds(told: Any, found: tuple[Any, Any]) -> None:
    for bound, extreme, sign in zip(told, found, (-1, 1), strict=True):
        if math.isinf(bound):
            assert sign * extreme > 10
        else:
            assert is_near(bound, extreme)
            assert sign * extreme <= sign * bound + 1e-3 * abs(bound) + 1e-9


@pytest.mark.parametrize("text", FORMS)
def test_a_curve_is_as_it_is_said_to_be(text: str) -> None:
    assert_convex_and_bounded(text)
    assert_kinks(text)
    assert_growth(text)
    if "symmetric" in said(text):
        assert_symmetric(text)


def assert_convex_and_bounded(text: str) -> None:
    plain, told = plainly(text), said(text)
    assert told["convex"].verdict == plain.is_convex
    assert_bounds(told["bounded"].verdict, plain.range_of_values)
    assert_bounds(told["slope_bounded"].verdict, plain.range_of_slopes)


def assert_kinks(text: str) -> None:
    plain = plainly(text)
    told = {place: (order, height) for order, place, height in said(text)["smooth"].verdict}
    for place, (order, height) in told.items():
        if order == 1:
            jump = plain.jump(place)
            assert jump == height or is_near(jump, height)
    around = {plain.centre + sign * value for value in (*plain.values.values(), 0.0, 0.5, 1.0) for sign in (-1, 1)}
    for place in (place for place in around if not any(math.isclose(place, other, abs_tol=1e-9) for other in told)):
        jump = plain.jump(place)
        assert mp.isnan(jump) or abs(jump) < 1e-6


def assert_growth(text: str) -> None:
    plain, told = plainly(text), said(text)
    for outward, word in zip((-1, 1), told["growth"].verdict, strict=True):
        power = plain.power(outward)
        if mp.isnan(power):  # in digits no slope is left, or there is no value
            assert word in ("bound", "exponential", "power 1")
        elif str(word).startswith("power ") or word in ("logarithm", "squared logarithm"):
            assert power == pytest.approx(float(str(word).split()[-1]) if "power" in str(word) else 0, abs=0.03)
        elif word == "bound":
            assert power < -0.003
        elif word == "exponential":
            assert power > 100
        else:
            assert "without end" in told["growth"].text
        end = plain.domain.low if outward < 0 else plain.domain.high
        far = plain.centre + outward * mpf("1e40")
        if math.isinf(end) and abs(plain.slope(far)) < 1e-12 and plain.at(far) > plain.range_of_values[0] + 1e-3:
            assert told["vanishing"].verdict or "tends to 0" in told["vanishing"].text


def assert_symmetric(text: str) -> None:
    loss, plain = made(text), plainly(text)
    (target,) = loss.names("target")
    labels = loss.input(target).domain
    of_classes = kind(loss) != "real"
    pairs = []
    for size in (0.1, 0.3, 0.45, 0.7):
        x, mirrored = plain.centre + size, plain.centre - size
        if of_classes:
            x, mirrored = (0.5 + size / 2, 0.5 - size / 2) if plain.domain.is_share else (size, -size)
        other = labels.low + labels.high - plain.values[target] if of_classes else plain.values[target]
        pairs.append((plain.at(mpf(x)), plain.at(mpf(mirrored), **{target: other})))
    assert said(text)["symmetric"].verdict == all(abs(one - other) < 1e-12 for one, other in pairs)


def least(loss: Loss, grid: Any, targets: tuple[float, ...], weights: tuple[float, ...]) -> Any:
    """By brute force: where the weighted sum over some targets is least."""
    (target,) = loss.names("target")
    with np.errstate(all="ignore"):
        each = [loss.program().evaluate({**loss.starts, loss.by: grid, target: t}, ["L"])["L"] for t in targets]
    total = sum(weight * np.broadcast_to(values, grid.shape) for weight, values in zip(weights, each, strict=True))
    return grid[np.nanargmin(total)]


@pytest.mark.parametrize("text", FORMS)
def test_what_it_estimates_as_by_brute_force(text: str) -> None:
    loss = made(text)
    estimated = kind(loss)
    if estimated is None:  # nothing is asked of it that is one number
        assert len(loss.names("target")) != 1 or not loss.is_curve
        assert statistic(loss, tuple((name, loss.starts[name]) for name in loss.names("parameter"))) == ""
    elif estimated == "real":
        assert_estimates(loss)
    else:
        assert_proper(loss, said(text)["proper"])


def assert_proper(loss: Loss, told: Any) -> None:
    (target,) = loss.names("target")
    labels, is_share = loss.input(target).domain, loss.input(loss.by).domain.is_share
    grid = np.linspace(0.0005, 0.9995, 4_000) if is_share else np.linspace(-12, 12, 24_001)
    found = [least(loss, grid, (labels.low, labels.high), (1 - rate, rate)) for rate in RATES]
    if is_share:
        assert told.verdict == np.allclose(found, RATES, atol=1e-3)
    elif told.verdict:
        assert np.all(np.diff(found) > 0.05)
    else:
        links = [math.log(rate / (1 - rate)) for rate in RATES]
        assert not np.allclose(found, links, atol=1e-2)


def assert_estimates(loss: Loss) -> None:
    told = statistic(loss, tuple((name, loss.starts[name]) for name in loss.names("parameter")))
    grid = np.linspace(0.05, 10, 19_901)
    found = least(loss, grid, DOTS, (1.0,) * len(DOTS))
    logarithms = np.log(DOTS)
    known = {
        "the mean": np.mean(DOTS),
        "the median": np.median(DOTS),
        "the geometric mean": np.exp(np.mean(logarithms)),
        "ln of the mean": np.log(np.mean(DOTS)),
        "e to the mean of ln(1 + t), less 1": np.expm1(np.mean(np.log1p(DOTS))),
        "the 0.9-quantile": DOTS[-1],
    }
    if told in known:
        assert found == pytest.approx(known[told], abs=1e-3)
    elif "expectile" in told:
        level = float(told.split("-")[0].removeprefix("the "))
        weights = np.where(np.array(DOTS) > found, level, 1 - level)
        assert found == pytest.approx(np.average(DOTS, weights=weights), abs=1e-3)
    else:
        assert told == ""
        assert not any(math.isclose(found, value, abs_tol=1e-3) for name, value in known.items() if name != "the median")


@pytest.mark.parametrize(
    ("text", "values", "key", "begins"),
    [
        ("-alpha*(1 - p)^gamma*log(p)", {"gamma": 0.5}, "slope_bounded", "above by 0, below not"),
        ("2*abs(y - f)/(abs(y) + abs(f))", {"y": 0.0}, "bounded", "yes: it is 2 everywhere"),
        ("2*abs(y - f)/(abs(y) + abs(f))", {"y": 0.0}, "convex", "yes"),
        ("abs(y - f)/abs(y)", {"y": 0.0}, "bounded", "it has no value at these numbers"),
        ("log(f - y)", {"y": 2.0}, "somewhere", "only for f above 2"),
        ("1/(y - f)^2", {"y": 1.0}, "convex", "no: it has no value at f = 1"),
        ("max(0, -y*f)", {}, "proper", "no: at every rate the least is at f = 0"),
        ("1 - cos(y - f)", {}, "growth", "up and down without end"),
    ],
)
def test_what_was_said_wrongly(text: str, values: dict[str, float], key: str, begins: str) -> None:
    loss = made(text)
    found = {answer.key: answer.text for answer in answers(loss, {**loss.starts, **values})}
    assert found[key].startswith(begins)


def test_what_is_symmetric_about_a_target_of_0_alone_is_not_symmetric() -> None:
    assert said("(y-t)^2/2 + a*abs(y)")["symmetric"].text == "no: 2.5 at y = 2, 0.5 at 0 where t is 1"
    assert said("(y-t)^2/2 + a*abs(y-t)")["symmetric"].text == "yes"
