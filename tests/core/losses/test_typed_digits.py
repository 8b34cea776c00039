"""Typed losses next to their targets, where plain formulas cancel: value and slope in digits, in NumPy and JavaScript."""

from __future__ import annotations

from typing import Any

import mpmath
import numpy as np
import pytest
from mpmath import mp, mpf
from sympy import Symbol, diff, lambdify

from explorer.core.functions import textbook
from explorer.core.losses import typed_loss
from explorer.core.program import Program
from tests.core.helpers import every_javascript_step

POINTS = 60
ALLOWED = 8
"""Units in the last place that a value or a slope may be off next to the target."""
FORMS = {
    "2*(y*log(y/mu) - y + mu)": "mu",
    "y/mu - log(y/mu) - 1": "mu",
    "2*(log(mu/y) + y/mu - 1)": "mu",
    "y*log(y/p) + (1 - y)*log((1 - y)/(1 - p))": "p",
    "(log(1 + y) - log(1 + yhat))^2": "yhat",
    "(log(yhat) - log(y))^2/2": "yhat",
    "(sqrt(y) - sqrt(f))^2": "f",
    "1 - (2*t*p + 1)/(t + p + 1)": "",
    "1 - 2*t*p/(t + p)": "",
    "c^2/6*(1 - max(0, 1 - ((y - f)/c)^2)^3)": "f",
    "c^2*(abs(y - f)/c - log(1 + abs(y - f)/c))": "f",
    "np.maximum(0.9*(y - f), -0.1*(y - f))": "f",
}
"""What is typed -> what is predicted; "" where only the value is held."""
SLOPES = {
    "-(t*log(p) + (1 - t)*log(1 - p))": "p",
    "mu - y*log(mu)": "mu",
    "log(mu) + y/mu": "mu",
    "2*mu^0.5 + 2*y*mu^(-0.5)": "mu",
}
"""Those whose slope alone keeps its digits: the value is no small number there."""


def next_to_it(by: str, others: tuple[str, ...], is_share: bool) -> dict[str, Any]:
    random = np.random.default_rng(6)
    at = {name: random.uniform(0.05, 0.9, POINTS) * (1 if is_share else 10) for name in others}
    (target, *_) = others
    away = 10 ** random.uniform(-15, -0.5, POINTS) * random.choice([-1, 1], POINTS)
    near = at[target] * (1 + away)
    return at | {by: np.minimum(near, 0.99) if is_share else near}


@pytest.mark.parametrize("text", [*FORMS, *SLOPES])
def test_no_digit_is_lost_next_to_the_target(text: str) -> None:
    given = (FORMS | SLOPES)[text]
    by = given or "p"
    loss = typed_loss(text, by=by)
    at = next_to_it(by, tuple(one.name for one in loss.inputs if one.name != by), loss.input(by).domain.is_share)
    steps = ["L"] * (text in FORMS) + [f"d_{by}"] * bool(given)
    program: Program = loss.with_slopes
    real = {name: Symbol(name, real=True) for name in at}
    plain = textbook(loss.plain).xreplace({Symbol(name): symbol for name, symbol in real.items()})
    exact = {"L": plain, f"d_{by}": diff(plain, real[by])}
    numpy, javascript = program.evaluate(at, steps), every_javascript_step(program, at)
    for step in steps:
        compute = lambdify([*real.values()], exact[step], "mpmath")
        for k in range(POINTS):
            with mp.workdps(90):
                value = mpmath.re(compute(*(mpf(float(column[k])) for column in at.values())))
                unit = np.spacing(abs(float(value)))
                for found in (numpy, javascript):
                    assert abs(mpf(float(np.broadcast_to(found[step], POINTS)[k])) - value) <= ALLOWED * unit
