"""The stable functions: value and derivative against their plain formulas in many digits, and what happens at the edge."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import permutations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from mpmath import mp
from scipy.stats import entropy
from sympy import (
    Abs,
    Expr,
    Float,
    Heaviside,
    Integer,
    KroneckerDelta,
    Max,
    Min,
    Ne,
    Piecewise,
    Rational,
    Symbol,
    cosh,
    exp,
    lambdify,
    log,
    oo,
    re,
    sign,
    simplify,
    sqrt,
    symbols,
    tanh,
)
from sympy.core.function import ArgumentIndexError

from explorer.core import notation, stable_numpy
from explorer.core.functions import (
    COMPOSED,
    FUNCTIONS,
    Composed,
    StableFunction,
    absolute,
    argmax,
    at_most,
    atanh_bend,
    below,
    chained,
    condition_of,
    direction,
    divergence,
    entropy_gap,
    exp_difference,
    expm1,
    focal,
    focal_slope,
    focal_surprise,
    general_robust,
    general_robust_shape_slope,
    general_robust_slope,
    holds,
    leaky_relu,
    least_focal,
    log1p_ratio,
    log_cosh,
    log_cosh_slope,
    log_less,
    log_more,
    log_quotient,
    log_ratio,
    logistic_loss,
    logit,
    logsumexp,
    lost_power,
    maximum,
    minimum,
    norm,
    positive,
    power_surprise,
    quotient_gap,
    ratio_gap,
    reading_order,
    refined,
    relu,
    root_difference,
    same,
    share_divergence,
    share_residual,
    shift,
    sigmoid,
    signum,
    softplus,
    textbook,
    tidy,
    where,
    xdivy,
    xlog1py,
    xlogy,
    xmuly,
)
from explorer.core.program import Program
from tests.core.helpers import WEIGHT, close, every_javascript_step, focal_loss, least_focal_loss, several

INF, NAN = math.inf, math.nan
x, y, z = symbols("x y z")
FACTOR = st.floats(-5, 5)
ABOVE_0, BELOW_0 = st.floats(0.01, 30), st.floats(-30, -0.01)
CLASS = st.integers(0, 3).map(float)
FOCUS = st.one_of(st.sampled_from([0.0, 0.5, 1.0, 2.0]), st.floats(0, 5))
SHAPES = {"below 0": st.floats(-5, -0.1), "below 2": st.floats(0.1, 1.9), "above 2": st.floats(2.1, 6)}
MODERATE: dict[str, tuple[type[StableFunction], tuple[st.SearchStrategy[float], ...]]] = {
    "xlogy": (xlogy, (FACTOR, st.floats(0.01, 10))),
    "xlog1py": (xlog1py, (FACTOR, st.floats(-0.9, 10))),
    "xdivy": (xdivy, (FACTOR, st.floats(0.01, 10))),
    "xmuly": (xmuly, (FACTOR, FACTOR)),
    "focal": (focal, (FACTOR, st.floats(0.01, 0.99), FOCUS)),
    "focal_surprise": (focal_surprise, (FACTOR, st.floats(0.01, 30), FOCUS)),
    "focal_slope": (focal_slope, (FACTOR, st.floats(0.5, 30), FOCUS)),
    "power_surprise": (power_surprise, (FACTOR, st.floats(0.01, 1), st.floats(0.05, 2))),
    "entropy_gap": (entropy_gap, (st.floats(0.01, 1), st.floats(0.01, 1))),
    "sigmoid": (sigmoid, (st.floats(-30, 30),)),
    "logit": (logit, (st.floats(0.001, 0.999),)),
    "exp_difference": (exp_difference, (st.floats(-9, 9), st.floats(-9, 9))),
    "log_quotient below 1": (log_quotient, (st.floats(0.01, 0.9),)),
    "log_quotient above 1": (log_quotient, (st.floats(1.1, 30),)),
    "softplus": (softplus, (st.floats(-30, 30),)),
    "logistic_loss": (logistic_loss, (st.floats(0, 1), st.floats(-30, 30))),
    "logsumexp of 1": (logsumexp, (FACTOR,)),
    "logsumexp of 2": (logsumexp, (st.floats(-30, 30), st.floats(-30, 30))),
    "logsumexp of 4": (logsumexp, (FACTOR, FACTOR, FACTOR, FACTOR)),
    "expm1": (expm1, (st.floats(-30, 30),)),
    "log_cosh": (log_cosh, (st.floats(-30, 30),)),
    "log_cosh_slope": (log_cosh_slope, (st.floats(-30, 30),)),
    "norm of 1": (norm, (ABOVE_0,)),
    "norm of 3": (norm, (ABOVE_0, FACTOR, FACTOR)),
    "direction": (direction, (FACTOR, ABOVE_0, FACTOR)),
    **{
        f"{function.__name__} {place}": (function, (st.floats(0.01, 30), shapes))
        for function in (general_robust, general_robust_slope)
        for place, shapes in SHAPES.items()
    },
    "positive above 0": (positive, (ABOVE_0,)),
    "positive below 0": (positive, (BELOW_0,)),
    "relu above 0": (relu, (ABOVE_0,)),
    "relu below 0": (relu, (BELOW_0,)),
    "leaky_relu above 0": (leaky_relu, (ABOVE_0,)),
    "leaky_relu below 0": (leaky_relu, (BELOW_0,)),
    "same": (same, (CLASS, CLASS)),
    "below": (below, (BELOW_0, ABOVE_0)),
    "at_most": (at_most, (ABOVE_0, BELOW_0)),
    "where": (where, (CLASS, FACTOR, FACTOR)),
    "absolute above 0": (absolute, (ABOVE_0,)),
    "absolute below 0": (absolute, (BELOW_0,)),
    "signum above 0": (signum, (ABOVE_0,)),
    "signum below 0": (signum, (BELOW_0,)),
    "maximum of the first": (maximum, (ABOVE_0, BELOW_0)),
    "maximum of the second": (maximum, (BELOW_0, ABOVE_0)),
    "minimum of the first": (minimum, (BELOW_0, ABOVE_0)),
    "minimum of the second": (minimum, (ABOVE_0, BELOW_0)),
}
"""Case -> function, and where its plain formula is well behaved."""


def value(function: type[StableFunction], *arguments: float) -> float:
    """Compute a function as a program does: in NumPy, silently."""
    names = symbols(f"a:{len(arguments)}")
    program = Program(names, ((Symbol("L"), function(*names)),))
    return float(program.evaluate({s.name: a for s, a in zip(names, arguments, strict=True)})["L"])


def derivative(function: type[StableFunction], position: int, *arguments: float) -> float:
    names = symbols(f"a:{len(arguments)}")
    program = Program(names, ((Symbol("L"), function(*names).fdiff(position)),))
    return float(program.evaluate({s.name: a for s, a in zip(names, arguments, strict=True)})["L"])


@several
@given(data=st.data())
@pytest.mark.parametrize("case", MODERATE)
def test_value_is_that_of_the_plain_formula(case: str, data: st.DataObject) -> None:
    function, ranges = MODERATE[case]
    point = [data.draw(r) for r in ranges]
    names = symbols(f"a:{len(ranges)}")
    plain = lambdify(names, function(*names).textbook(), "mpmath")
    with mp.workdps(50):
        expected = float(plain(*map(mp.mpf, point)))
    close(value(function, *point), expected, absolute=2e-15)


@several
@given(data=st.data())
@pytest.mark.parametrize("case", MODERATE)
def test_derivative_is_that_of_the_plain_formula(case: str, data: st.DataObject) -> None:
    function, ranges = MODERATE[case]
    point = [data.draw(r) for r in ranges]
    names = symbols(f"a:{len(ranges)}")
    plain = lambdify(names, function(*names).textbook(), "mpmath")
    for position in range(1, len(ranges) + 1):
        order = [int(k == position) for k in range(1, len(ranges) + 1)]
        with mp.workdps(50):
            arguments = tuple(map(mp.mpf, point))
            expected = float(mp.diff(plain, arguments, tuple(order)) if len(ranges) > 1 else mp.diff(plain, arguments[0]))
        close(derivative(function, position, *point), expected, absolute=2e-15)


@pytest.mark.parametrize(
    ("function", "arguments", "expected"),
    [
        (xlogy, (0, 0), 0.0),
        (xlogy, (0, INF), 0.0),
        (xlogy, (1, 0), -INF),
        (xlogy, (-1, 0), INF),
        (xlog1py, (0, -1), 0.0),
        (xlog1py, (1, -1), -INF),
        (xlog1py, (2, 1e-20), 2e-20),
        (xdivy, (0, 0), 0.0),
        (xdivy, (1, 0), INF),
        (xdivy, (-1, 0), -INF),
        (xdivy, (1, INF), 0.0),
        (xmuly, (0, INF), 0.0),
        (xmuly, (0, -INF), 0.0),
        (xmuly, (2, INF), INF),
        *((focal, (0, p, g), 0.0) for p in (0, 0.5, 1) for g in (0, 0.5, 2)),
        *((focal, (1, 0, g), INF) for g in (0, 0.5, 2)),
        *((focal, (1, 1, g), 0.0) for g in (0, 0.5, 2)),
        *((focal_surprise, (0, s, g), 0.0) for s in (0, 1, INF) for g in (0, 0.5, 2)),
        *((focal_surprise, (1, 0, g), 0.0) for g in (0, 0.5, 2)),
        *((focal_surprise, (1, INF, g), INF) for g in (0, 0.5, 2)),
        (focal_surprise, (1, 1e-20, 2), 1e-60),
        *((focal_slope, (0, s, g), 0.0) for s in (0, 1, INF) for g in (0, 0.5, 2)),
        *((focal_slope, (1, s, 0), 1.0) for s in (0, 1, INF)),
        *((focal_slope, (1, 0, g), 0.0) for g in (0.5, 2)),
        *((focal_slope, (1, s, g), 1.0) for s in (800, 1e308, INF) for g in (0.5, 2)),
        (focal_slope, (1, 1e-20, 1), 2e-20),
        *((power_surprise, (0, p, 0.5), 0.0) for p in (0, 0.5, 1)),
        *((power_surprise, (3, 0, q), 3 / q) for q in (0.5, 1)),
        (power_surprise, (1, 1 - 2**-53, 0.5), 2**-53),
        (power_surprise, (1, 0.5, 1e-30), math.log(2)),
        (entropy_gap, (0, 0), 0.0),
        (entropy_gap, (0, 1), math.log(2) / 2),
        (entropy_gap, (0.5, 0.5), 0.0),
        (entropy_gap, (1, 1e-300), math.log(2) / 2),
        (sigmoid, (1e4,), 1.0),
        (sigmoid, (-1e4,), 0.0),
        (sigmoid, (INF,), 1.0),
        (sigmoid, (-INF,), 0.0),
        (logit, (0,), -INF),
        (logit, (1,), INF),
        (logit, (0.5,), 0.0),
        (log_quotient, (1,), 1.0),
        (log_quotient, (1 - 2**-53,), 1.0),
        (log_quotient, (0,), INF),
        (softplus, (1e4,), 1e4),
        (softplus, (-1e4,), 0.0),
        (softplus, (INF,), INF),
        (softplus, (-INF,), 0.0),
        (logistic_loss, (1.0, INF), 0.0),
        (logistic_loss, (0.0, -INF), 0.0),
        (logistic_loss, (0.5, INF), INF),
        (logistic_loss, (1.0, 700.0), math.exp(-700)),
        (logistic_loss, (0.0, -700.0), math.exp(-700)),
        (logsumexp, (0, -1000), 0.0),
        (logsumexp, (-1000, 0), 0.0),
        (logsumexp, (0, -INF), 0.0),
        (logsumexp, (1e4, -1e4), 1e4),
        *((expm1, (x,), x) for x in (0, 1e-300, -5e-324, INF)),
        *((expm1, (x,), -1.0) for x in (-1e4, -INF)),
        *((log_cosh, (x,), abs(x)) for x in (0, 1e300, -1e300, INF, -INF)),
        *((log_cosh_slope, (x,), x) for x in (0, 1e-300, -5e-324)),
        *((log_cosh_slope, (x,), math.copysign(1, x)) for x in (1e300, -1e300, INF, -INF)),
        *((norm, (x, y), math.hypot(x, y)) for x in (0, -2e-200, 5e-324, 3e200, INF) for y in (0, 1e-200, -1e200, -INF)),
        *((norm, (x,), abs(x)) for x in (0, -3, INF)),
        *((direction, (0, y), 0.0) for y in (0, 1, INF)),
        *((direction, (x, 0), math.copysign(1, x)) for x in (5e-324, -1e308)),
        *((general_robust, (INF, alpha), INF) for alpha in (0, 0.5, 1, 1.5, 2, 4)),
        *((general_robust, (INF, alpha), (alpha - 2) / alpha) for alpha in (-1e-3, -2, -1e300)),
        (general_robust, (INF, -INF), 1.0),
        *((general_robust_slope, (INF, alpha), 0.0) for alpha in (-INF, -2, 0, 1.5)),
        *((general_robust_slope, (u, 2), 0.5) for u in (0, 1e300, INF)),
        *((general_robust_shape_slope, (u, -INF), 0.0) for u in (0, 1, INF)),
        *((general_robust_shape_slope, (u, 2), INF) for u in (1e-300, 1, INF)),
        *((general_robust_shape_slope, (0, alpha), 0.0) for alpha in (-INF, -2, 0, 1, 2, 4)),
        (shift, (-1e4, 3, 2), 3.0),
        (shift, (-INF, -2), -2.0),
        (argmax, (3, 3, 5, 5), 2.0),
        (argmax, (-INF, -INF), 0.0),
        (argmax, (0, -1, INF), 2.0),
        *((positive, (z,), 1.0) for z in (5e-324, 1, INF)),
        *((positive, (z,), 0.0) for z in (0, -0.0, -5e-324, -1, -INF, NAN)),
        *((relu, (z,), z) for z in (0, 5e-324, 1, INF)),
        *((relu, (z,), 0.0) for z in (-0.0, -5e-324, -1, -INF)),
        *((leaky_relu, (z,), z) for z in (0, 5e-324, 1, INF)),
        *((leaky_relu, (z,), z / 100) for z in (-0.0, -1, -1e4, -INF)),
        *((same, (value, value), 1.0) for value in (0, 1, -2.5, INF, -INF)),
        (same, (0, -0.0), 1.0),
        *((same, (a, b), 0.0) for a, b in ((0, 1), (1, 2), (0, 5e-324), (INF, -INF), (NAN, NAN), (NAN, 1))),
        *((below, (a, b), float(a < b)) for a in (0, -2, INF, -INF, NAN) for b in (0, 3, INF, NAN)),
        *((at_most, (a, b), float(a <= b)) for a in (0, -2, INF, -INF, NAN) for b in (0, 3, INF, NAN)),
        *((where, (1, 3, other), 3.0) for other in (0, INF, NAN)),
        *((where, (0, other, 3), 3.0) for other in (0, -INF, NAN)),
        *((absolute, (x,), abs(x)) for x in (0, -0.0, 5e-324, -5e-324, -2, INF, -INF)),
        *((signum, (x,), 0.0) for x in (0, -0.0)),
        *((signum, (x,), 1.0) for x in (5e-324, 2, INF)),
        *((signum, (x,), -1.0) for x in (-5e-324, -2, -INF)),
        *((maximum, (x, y), max(x, y)) for x in (0, -2, INF, -INF) for y in (0, 3, INF, -INF)),
        *((minimum, (x, y), min(x, y)) for x in (0, -2, INF, -INF) for y in (0, 3, INF, -INF)),
        *((least_focal, (g, *x), 0.0) for g in (0, 0.5, 2) for x in ((0,), (3,), (0, 0, 0), (0, 3, 0))),
    ],
)
def test_value_at_the_edge(function: type[StableFunction], arguments: tuple[float, ...], expected: float) -> None:
    close(value(function, *arguments), expected, relative=1e-15)


@pytest.mark.parametrize("peak", [-1e4, 0.0, 1e4])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_logsumexp_of_equal_values_adds_the_logarithm_of_their_number(peak: float, count: int) -> None:
    close(value(logsumexp, *[peak] * count), peak + math.log(count))


def test_logsumexp_keeps_what_is_far_below_the_spacing_of_floats_at_one() -> None:
    close(value(logsumexp, 0, -40), math.exp(-40))


def test_sigmoid_and_softplus_are_precise_in_the_left_tail() -> None:
    close(value(sigmoid, -700), math.exp(-700))
    close(value(softplus, -700), math.exp(-700))


@pytest.mark.parametrize(
    ("function", "position", "arguments", "expected"),
    [
        *((focal, 2, (0, p, g), 0.0) for p in (0, 1) for g in (0, 0.5, 2)),
        *((focal, 2, (1, 0, g), -INF) for g in (0, 0.5, 2)),
        (focal, 2, (1, 1, 0), -1.0),
        *((focal, 2, (1, 1, g), 0.0) for g in (0.5, 2)),
        *((focal_surprise, 2, (0, s, g), 0.0) for s in (0, INF) for g in (0, 0.5, 2)),
        *((focal_surprise, 2, (1, INF, g), 1.0) for g in (0, 0.5, 2)),
        *((power_surprise, 2, (0, 0, q), 0.0) for q in (0.5, 1)),
        (power_surprise, 2, (2, 0, 1), -2.0),
        (power_surprise, 2, (2, 0, 0.5), -INF),
        *((entropy_gap, k, (0, 0), math.log(2) / 2) for k in (1, 2)),
        (entropy_gap, 1, (0, 1), -INF),
        (entropy_gap, 2, (0, 1), math.log(2) / 2),
        (log_quotient, 1, (1,), -0.5),
        (expm1, 1, (-INF,), 0.0),
        *((log_cosh_slope, 1, (x,), 0.0) for x in (1e4, -1e300, INF)),
        *((norm, k, (0, 0), 0.0) for k in (1, 2)),
        *((direction, k, (0, 0), 0.0) for k in (1, 2)),
        *((direction, 1, (x,), 0.0) for x in (0, 2)),
        *((general_robust_slope, 1, (u, 2), 0.0) for u in (0, 1, INF)),
        *((general_robust_slope, 1, (u, -INF), -math.exp(-u / 2) / 4) for u in (0, 1, INF)),
        *((general_robust_slope, 2, (u, -INF), 0.0) for u in (0, 1, INF)),
        *((general_robust_slope, 2, (u, 2), slope) for u, slope in ((0, 0.0), (1, INF))),
        *((relu, 1, (z,), 0.0) for z in (0, -0.0, -5e-324, -INF)),
        *((relu, 1, (z,), 1.0) for z in (5e-324, INF)),
        *((leaky_relu, 1, (z,), 0.01) for z in (0, -0.0, -5e-324, -INF)),
        *((leaky_relu, 1, (z,), 1.0) for z in (5e-324, INF)),
        *((positive, 1, (z,), 0.0) for z in (0, 1, -INF)),
        *((function, k, (x, x), 0.0) for function in (below, at_most) for k in (1, 2) for x in (0, INF)),
        *((where, k, (1, 2, NAN), slope) for k, slope in ((1, 0.0), (2, 1.0), (3, 0.0))),
        *((where, k, (0, INF, 2), slope) for k, slope in ((1, 0.0), (2, 0.0), (3, 1.0))),
        *((absolute, 1, (x,), slope) for x, slope in ((0, 0.0), (5e-324, 1.0), (-INF, -1.0))),
        *((signum, 1, (x,), 0.0) for x in (0, 1, -INF)),
        *((function, k, (x, x), 0.5) for function in (maximum, minimum) for k in (1, 2) for x in (0, 1, INF)),
        *((maximum, place, (-INF, 0), slope) for place, slope in ((1, 0.0), (2, 1.0))),
        *((minimum, place, (-INF, 0), slope) for place, slope in ((1, 1.0), (2, 0.0))),
    ],
)
def test_derivative_at_the_edge(
    function: type[StableFunction], position: int, arguments: tuple[float, ...], expected: float
) -> None:
    assert derivative(function, position, *arguments) == expected


def test_second_derivative_of_the_focal_loss_is_that_of_the_plain_formula() -> None:
    point = {x: 2, y: Rational(1, 3), z: Rational(3, 2)}
    found, expected = (expr.diff(y, 2).subs(point).evalf() for expr in (focal(x, y, z), focal(x, y, z).textbook()))
    close(float(found), float(expected))


SIZES = (1e-300, 1e-160, 1e-20, 1e-8, 1e-3, 0.3, 0.999, 1.0, 3.7, 20.0, 350.0, 1e4, 1e19, 1e150, 1e300)
LINE: list[tuple[float, ...]] = [(sign * size,) for size in SIZES for sign in (1, -1)]
PRECISE: dict[type[StableFunction], list[tuple[float, ...]]] = {
    expm1: LINE,
    log_cosh: LINE,
    log_cosh_slope: LINE,
    norm: [(x, -y) for x in SIZES for y in SIZES],
    direction: [(-x, y) for x in SIZES for y in SIZES],
}
"""Function -> points from tiny to huge where its value and its slopes must be precise."""


def rounded(exact: Sequence[Any], kind: np.finfo[Any]) -> list[float]:
    """Return numbers of mpmath as floats, infinite beyond the largest of a kind."""
    return [float(x) if abs(x) <= float(kind.max) else math.copysign(INF, x) for x in exact]


@pytest.mark.parametrize("function", PRECISE, ids=lambda function: function.__name__)
def test_value_and_slopes_are_precise_from_the_tiny_to_the_huge(function: type[StableFunction]) -> None:
    names = symbols(f"a:{len(PRECISE[function][0])}")
    whole = function(*names)
    steps = (whole, *whole.partials())
    program = Program(names, tuple((Symbol(f"s{k}"), step) for k, step in enumerate(steps)), Symbol("s0"))
    plain = lambdify(names, [whole.textbook(), *(whole.textbook().diff(name) for name in names)], "mpmath")
    for floats, relative in ((np.float64, 2e-15), (np.float32, 2e-6)):
        kind = np.finfo(floats)
        points = np.array(PRECISE[function])
        points = points[((kind.tiny < np.abs(points)) & (np.abs(points) < kind.max)).all(axis=1)].astype(floats)
        found = program.evaluate({s.name: points[:, k] for k, s in enumerate(names)}, floats=floats)
        with mp.workdps(1300):
            exact = [plain(*map(mp.mpf, map(float, point))) for point in points]
        for k in range(len(steps)):
            expected = rounded([row[k] for row in exact], kind)
            assert found[f"s{k}"].dtype == floats
            close(found[f"s{k}"].astype(float), expected, relative=relative, absolute=4 * float(kind.smallest_subnormal))


ROBUST_SHAPES = (-INF, -1e20, -2, 0, 1e-12, 0.999, 1, 2 - 1e-12, 2, 2 + 4e-16, 3, 30)


@pytest.mark.parametrize("floats", [np.float64, np.float32])
@pytest.mark.parametrize("alpha", ROBUST_SHAPES)
def test_the_general_robust_loss_and_its_slopes_are_precise_for_every_shape(alpha: float, floats: type[np.floating]) -> None:
    """By the shape, where terms cancel, to the spacing of floats at these terms."""
    names, given = symbols("u alpha"), float(floats(alpha))
    shape = -oo if math.isinf(given) else Rational(given)
    slope = general_robust(names[0], shape).textbook().diff(names[0])
    shape_slope = general_robust_shape_slope(names[0], shape).textbook()
    plain = [general_robust(names[0], shape).textbook(), slope, slope.diff(names[0]), shape_slope, shape_slope.diff(names[0])]
    robust = general_robust(*names)
    steps = [robust, *(robust.diff(*by) for by in ("u", "uu", ("alpha",), ("alpha", "u")))]
    steps, plain = (steps, plain) if given != 2 else (steps[:3], plain[:3])
    program = Program(names, tuple((Symbol(f"s{k}"), step) for k, step in enumerate(steps)), Symbol("s0"))
    textbooks = lambdify(names[0], plain, "mpmath")
    kind = np.finfo(floats)
    sizes = [size for size in SIZES if float(kind.tiny) < size < float(kind.max) / 1e10]
    computed = program.evaluate({"u": sizes, "alpha": given}, floats=floats)
    found = {name: value.astype(float) for name, value in computed.items()}
    with mp.workdps(800):
        exact = [textbooks(mp.mpf(float(floats(size)))) for size in sizes]
    relative = 1000 * float(kind.eps) if floats is np.float64 else 1e-5
    for k in range(len(steps)):
        expected = rounded([row[k] for row in exact], kind)
        terms = {3: found["s0"], 4: 2 * np.array(sizes) * np.abs(found["s2"]) / abs(given - 2 or 1)}.get(
            k, np.zeros(len(sizes))
        )
        close(found[f"s{k}"], expected, relative=relative, absolute=relative * terms + 4 * float(kind.smallest_subnormal))


def test_a_norm_with_a_number_in_it_is_computed_in_the_floats_asked_for() -> None:
    program = Program((x,), ((Symbol("L"), norm(1, x)), (Symbol("s"), norm(1, x).diff(x))))
    assert {value.dtype for value in program.evaluate({"x": [3.0]}, floats=np.float32).values()} == {np.dtype(np.float32)}


def test_derivative_of_a_function_of_a_function_follows_the_chain_rule() -> None:
    assert simplify(textbook(sigmoid(x**2).diff(x)) - (1 / (1 + exp(-(x**2)))).diff(x)) == 0


def test_argmax_counts_as_a_constant() -> None:
    assert [argmax(x, y).fdiff(k) for k in (1, 2)] == [0, 0]
    assert argmax(x**2, y).diff(x) == 0


def test_shift_counts_as_a_constant_and_as_zero_in_algebra() -> None:
    assert [shift(x, y).fdiff(k) for k in (1, 2)] == [0, 0]
    assert shift(x**2, y).diff(x) == 0
    assert shift(x, y).rewrite("textbook") == 0
    assert textbook(z + shift(x, y)) == z


@pytest.mark.parametrize("function", [relu, leaky_relu, absolute, signum])
def test_what_is_no_number_is_passed_on(function: type[StableFunction]) -> None:
    assert math.isnan(value(function, NAN))


@pytest.mark.parametrize("function", [maximum, minimum])
def test_the_larger_or_smaller_of_what_is_no_number_is_none(function: type[StableFunction]) -> None:
    assert math.isnan(value(function, NAN, 1))
    assert math.isnan(value(function, 1, NAN))


@several
@given(a=FACTOR, b=FACTOR)
@pytest.mark.parametrize("function", [maximum, minimum])
def test_the_slopes_of_the_larger_and_of_the_smaller_add_up_to_one(function: type[StableFunction], a: float, b: float) -> None:
    assert derivative(function, 1, a, b) + derivative(function, 2, a, b) == 1


@pytest.mark.parametrize(
    ("expr", "slope"),
    [
        *((expr, 0.0) for expr in (maximum(0, z), maximum(z, 0), minimum(0, z), minimum(z, 0))),
        *((expr, 0.01) for expr in (maximum(z / 100, z), maximum(z, z / 100))),
        *((expr, 0.5) for expr in (maximum(1, z + 1), maximum(z + 1, 1), minimum(1, z + 1), minimum(z + 1, 1))),
    ],
)
def test_the_slope_where_both_are_equal_does_not_depend_on_their_order(expr: Expr, slope: float) -> None:
    assert float(expr.diff(z).subs(z, 0)) == slope


@pytest.mark.parametrize("function", [maximum, minimum])
def test_of_more_than_two_the_order_does_not_count(function: type[StableFunction]) -> None:
    assert len({chained(function, given) for given in permutations((x, z, Integer(0)))}) == 1


def test_the_size_of_an_exponential_needs_no_real_part() -> None:
    assert absolute(exp(x)).textbook().free_symbols == {x}
    assert not absolute(exp(x)).textbook().has(re)


def test_a_class_index_counts_as_a_constant() -> None:
    assert [same(x, y).fdiff(k) for k in (1, 2)] == [0, 0]
    assert same(x**2, y).diff(x) == positive(x).diff(x) == 0


def test_no_slope_comes_out_of_a_branch_that_is_not_taken() -> None:
    """Neither within one expression nor by way of steps, where 0 times an infinite slope would be no number."""
    a, b = symbols("a b")
    whole = y * where(below(0, x), x * log(x), z)
    steps = ((a, log(x)), (b, x * a), (Symbol("c"), y * b), (Symbol("L"), where(below(0, x), Symbol("c"), y * z)))
    point = {"x": [-4.0, 0.0, 2.0], "y": [2.0, 2.0, 3.0], "z": [5.0, 5.0, 5.0]}
    for program in (Program((x, y, z), ((Symbol("L"), whole),)), Program((x, y, z), steps)):
        found = program.gradient(["x", "y", "z"]).evaluate(point)
        close(found["L"], [10, 10, 6 * math.log(2)])
        close(found["d_x"], [0, 0, 3 * (1 + math.log(2))])
        close(found["d_y"], [5, 5, 2 * math.log(2)])
        close(found["d_z"], [2, 2, 0])


@pytest.mark.parametrize(
    "condition",
    [
        below(x, y),
        at_most(x, y),
        same(x, y),
        1 - same(x, y),
        minimum(below(x, y), at_most(y, 1)),
        maximum(same(x, 1), below(y, 0)),
    ],
)
def test_a_condition_is_that_of_what_is_true_where_it_holds(condition: Expr) -> None:
    again = condition_of(holds(condition))
    for point in product((-1, 0, 1), repeat=2):
        at = dict(zip((x, y), map(Integer, point), strict=True))
        assert textbook(again.subs(at)) == textbook(condition.subs(at))
    assert condition_of(holds(below(1, 0))) == 0
    assert condition_of(holds(below(0, 1))) == 1


def test_what_is_not_real_is_below_nothing() -> None:
    assert textbook(where(below(x, 1), 2, 3).subs(x, log(-2))) == 3


@pytest.mark.parametrize("position", [0, 3])
def test_derivative_by_no_argument_is_refused(position: int) -> None:
    with pytest.raises(ArgumentIndexError):
        xlogy(x, y).fdiff(position)


@pytest.mark.parametrize(
    ("expr", "plain"),
    [
        (xlogy(x, y), x * log(y)),
        (xlog1py(x, y), x * log(1 + y)),
        (xdivy(x, y), x / y),
        (xmuly(x, y), x * y),
        (sigmoid(x), 1 / (1 + exp(-x))),
        (logit(x), log(x / (1 - x))),
        (log_quotient(x), log(x) / (x - 1)),
        (softplus(x), log(1 + exp(x))),
        (logistic_loss(x, y), x * log(1 + exp(-y)) + (1 - x) * log(1 + exp(y))),
        (logsumexp(x, y, z), log(exp(x) + exp(y) + exp(z))),
        (focal(x, y, z), -x * (1 - y) ** z * log(y)),
        (focal_surprise(x, y, z), x * y * (1 - exp(-y)) ** z),
        (power_surprise(x, y, z), x * (1 - y**z) / z),
        (entropy_gap(x, y), x * log(2 * x / (x + y)) / 2 + y * log(2 * y / (x + y)) / 2),
        (focal_slope(x, y, z), x * (1 - exp(-y)) ** z * (1 + z * y / (exp(y) - 1))),
        (expm1(x), exp(x) - 1),
        (log_cosh(x), log(cosh(x))),
        (log_cosh_slope(x), tanh(x)),
        (norm(x, y), sqrt(x**2 + y**2)),
        (direction(x, y), x / sqrt(x**2 + y**2)),
        (general_robust(x, y), Abs(y - 2) / y * ((x / Abs(y - 2) + 1) ** (y / 2) - 1)),
        (general_robust(x, 1), sqrt(x + 1) - 1),
        *((general_robust(x, number(2)), x / 2) for number in (Integer, Float)),
        *((general_robust(x, number(0)), log(x / 2 + 1)) for number in (Integer, Float)),
        *((general_robust(x, least), 1 - exp(-x / 2)) for least in (Float("-inf"), -oo)),
        (general_robust_slope(x, y), (x / Abs(y - 2) + 1) ** (y / 2 - 1) / 2),
        (general_robust_slope(x, 2), Rational(1, 2)),
        (general_robust_slope(x, -oo), exp(-x / 2) / 2),
        (general_robust_shape_slope(x, -oo), Integer(0)),
        (positive(x), Heaviside(x, 0)),
        (relu(x), Max(0, x)),
        (leaky_relu(x), Max(x / 100, x)),
        (same(x, y), KroneckerDelta(x, y)),
        (below(x, y), Piecewise((1, x < y), (0, True))),
        (at_most(x, y), Piecewise((1, x <= y), (0, True))),
        (where(below(x, y), log(x), z), Piecewise((log(x), x < y), (z, True))),
        (where(minimum(at_most(0, x), 1 - same(x, y)), z, x), Piecewise((z, (x >= 0) & Ne(x, y)), (x, True))),
        (where(maximum(1 - below(x, y), positive(z)), z, x), Piecewise((z, (x >= y) | (z > 0)), (x, True))),
        (where(x, y, z), Piecewise((y, Ne(x, 0)), (z, True))),
        (absolute(x), Abs(x)),
        (signum(x), sign(x)),
        (maximum(x, y), Max(x, y)),
        (minimum(x, 0), Min(0, x)),
        (argmax(x, y), argmax(x, y)),
        (2 * least_focal(z, x, y), 2 * least_focal(z, x, y)),
        (1 + xlogy(x, sigmoid(xmuly(y, z))), 1 + x * log(1 / (1 + exp(-y * z)))),
    ],
)
def test_rewriting_gives_the_plain_formula(expr: Expr, plain: Expr) -> None:
    assert expr.rewrite("textbook") == plain
    assert textbook(expr) == plain


@pytest.mark.parametrize("function", [xlogy, xlog1py, xdivy, xmuly, focal, focal_surprise, focal_slope, power_surprise])
def test_zero_times_anything_is_zero_in_algebra(function: type[StableFunction]) -> None:
    others = symbols("y z")[: function.nargs.args[0] - 1]
    assert function(Integer(0), *others) == 0
    assert function(x, *others).subs(x, 0) == 0


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (xlogy(2, 3), 2 * math.log(3)),
        (sigmoid(Rational(1, 3)), 1 / (1 + math.exp(-1 / 3))),
        (softplus(Float(2)), math.log(1 + math.exp(2))),
        (logsumexp(1, 2), math.log(math.exp(1) + math.exp(2))),
        (logit(Rational(1, 4)), -math.log(3)),
        (expm1(Float(0.5)), math.expm1(0.5)),
        (log_cosh(Float(2)), math.log(math.cosh(2))),
        (norm(3, 4), 5),
        (general_robust(Float(3), Rational(1, 2)), 3 * ((3 / 1.5 + 1) ** 0.25 - 1)),
        (positive(Integer(0)), 0),
        (positive(Float(0.5)), 1),
        (relu(Rational(-1, 2)), 0),
        (leaky_relu(Rational(-1, 2)), -0.005),
        (same(Integer(2), Float(2)), 1),
        (below(1, 2) + at_most(Float(2), 2) + where(0, x, 3), 5),
        (absolute(Rational(-1, 2)), 0.5),
        (signum(Float(-0.5)), -1),
        (maximum(Integer(2), Float(3)), 3),
        (minimum(Rational(1, 2), Float(3)), 0.5),
    ],
)
def test_functions_of_numbers_have_a_numeric_value_in_sympy(expr: Expr, expected: float) -> None:
    close(float(expr.evalf()), expected)


@pytest.mark.parametrize("function", [argmax, least_focal])
def test_functions_without_a_plain_formula_stay_as_they_are_when_given_numbers(function: type[StableFunction]) -> None:
    expr = function(Float(0.5), Float(2))
    assert expr.args == (Float(0.5), Float(2))
    assert expr.evalf() == expr.rewrite("textbook") == expr


# --- The least focal loss ---

WEIGHTS = st.lists(WEIGHT, min_size=1, max_size=10)
EXPONENT = st.one_of(st.sampled_from([0.0, 0.5, 1.0, 2.0, 10.0]), st.floats(0, 10))


@several
@given(g=EXPONENT, x=WEIGHTS)
def test_least_focal_is_what_a_general_minimiser_finds_over_all_distributions(g: float, x: list[float]) -> None:
    found, least = value(least_focal, g, *x), least_focal_loss(g, x)
    close(found, least, relative=1e-5, absolute=1e-5 * max(x))
    assert found <= least + 1e-14 * max(x)


@several
@given(data=st.data(), g=EXPONENT, x=WEIGHTS)
def test_no_distribution_has_a_focal_loss_below_the_least(data: st.DataObject, g: float, x: list[float]) -> None:
    logits = data.draw(st.lists(st.floats(-20, 20), min_size=len(x), max_size=len(x)))
    assert value(least_focal, g, *x) <= focal_loss(g, x, logits) + 1e-14 * max(x)


@several
@given(x=WEIGHTS)
def test_least_focal_without_focus_is_the_entropy_of_the_weights_times_their_sum(x: list[float]) -> None:
    close(value(least_focal, 0, *x), sum(x) * entropy(x) if sum(x) else 0.0, absolute=1e-15 * sum(x))


@pytest.mark.parametrize("small", [1e-10, 1e-15, 1e-16, 1e-20, 1e-310])
@pytest.mark.parametrize("g", [0, 0.01, 1, 10])
def test_least_focal_stays_a_number_where_one_class_weighs_next_to_nothing(g: float, small: float) -> None:
    assert 0 <= value(least_focal, g, 1, small, 0) < 1000 * small


@several
@given(data=st.data(), size=st.integers(1, 10))
def test_least_focal_and_argmax_are_the_same_in_every_language_and_for_arrays(data: st.DataObject, size: int) -> None:
    g = data.draw(hnp.arrays(float, 4, elements=EXPONENT))
    x = data.draw(hnp.arrays(float, (size, 4), elements=WEIGHT))
    names = symbols(f"x1:{size + 1}")
    program = Program((Symbol("g"), *names), ((Symbol("L"), least_focal(Symbol("g"), *names)), (Symbol("k"), argmax(*names))))
    points = {"g": g} | {f"x{k}": column for k, column in enumerate(x, 1)}
    each = [program.evaluate({name: column[i] for name, column in points.items()}) for i in range(4)]
    for found in (program.evaluate(points), every_javascript_step(program, points)):
        close(found["L"], [one["L"] for one in each], relative=1e-10, absolute=1e-15 * x.max())
        assert list(found["k"]) == [one["k"] for one in each] == list(np.argmax(x, axis=0))


def test_least_focal_broadcasts() -> None:
    g, x = np.array([[0.0], [2.0]]), np.array([1.0, 2.0, 3.0])
    found = stable_numpy.FUNCTIONS["least_focal"](g, x, 1.0)
    close(found, [[value(least_focal, exponent, weight, 1) for weight in x] for exponent in (0, 2)])


# --- Languages and notation ---


@pytest.mark.parametrize(
    ("expr", "key"),
    [
        (Integer(2), ()),
        (x * log(y), ()),
        (Symbol("p10") * Symbol("t2"), (2, 10)),
        (Symbol("w1_2"), (1, 2)),
        (exp(Symbol("z3")) + x, (3,)),
    ],
)
def test_reading_order_is_that_of_the_numbers_in_the_names(expr: Expr, key: tuple[int, ...]) -> None:
    assert reading_order(expr) == key


NEXT_TO_IT: dict[Any, Any] = {
    quotient_gap: lambda x, y: 1 - x / y,
    log1p_ratio: lambda x, y: mp.log((1 + x) / (1 + y)),
    log_ratio: lambda x, y: mp.log(x / y),
    divergence: lambda x, y: x * mp.log(x / y) - x + y,
    ratio_gap: lambda x, y: x / y - 1 - mp.log(x / y),
    share_residual: lambda t, p: (1 - t) / (1 - p) - t / p,
    share_divergence: lambda t, p: t * mp.log(t / p) + (1 - t) * mp.log((1 - t) / (1 - p)),
    root_difference: lambda x, y: mp.sqrt(x) - mp.sqrt(y),
}
"""Functions of a target and a prediction that is next to it, and what they are in digits."""


@pytest.mark.parametrize("function", NEXT_TO_IT)
def test_next_to_the_target_no_digit_is_lost(function: Any) -> None:
    random = np.random.default_rng(4)
    size = random.uniform(0.01, 0.99, 400) * (1 if function in (share_residual, share_divergence) else 10.0)
    away = 10 ** random.uniform(-15, 0, 400) * random.choice([-1, 1], 400) / 2
    other = np.where(
        size * (1 + away) < (1 if function in (share_residual, share_divergence) else 99), size * (1 + away), size / 2
    )
    for x, y in zip(size, other, strict=True):
        with mp.workdps(80):
            exact = NEXT_TO_IT[function](mp.mpf(float(x)), mp.mpf(float(y)))
            assert abs(value(function, x, y) - exact) <= 6 * np.spacing(abs(float(exact)))


@pytest.mark.parametrize(
    ("function", "edges"),
    [
        (quotient_gap, {(0, 0): 1, (0, 2): 1}),
        (divergence, {(0, 0): 0, (0, 2): 2, (1, 1e-300): 300 * math.log(10) - 1}),
        (share_residual, {(0, 0): 1, (1, 1): -1, (0, 0.5): 2}),
        (share_divergence, {(0, 0): 0, (1, 1): 0, (0, 0.5): math.log(2), (1, 0): math.inf}),
        (root_difference, {(0, 0): 0, (4, 0): 2}),
        (lost_power, {(0, 3): 0, (1, 3): 1}),
        (log_more, {(0, 1e-7): math.log(1e-7), (1, 1e-7): math.log1p(1e-7)}),
        (log_less, {(1, 1e-7): math.log(1e-7), (0, 1e-7): math.log1p(1e-7)}),
    ],
)
def test_at_an_edge_a_divergence_has_its_limit(function: Any, edges: dict[tuple[float, float], float]) -> None:
    for point, expected in edges.items():
        close(value(function, *point), expected, relative=1e-15, absolute=0)


def test_a_logarithm_of_a_probability_and_a_small_number_keeps_its_digits_next_to_1() -> None:
    for p in (1 - 1e-7, 1 - 1.0000001e-7, 1 - 3e-16, 0.999999906468427):
        with mp.workdps(60):
            exact = mp.log(mp.mpf(p) + mp.mpf(1) / 10**7)
            assert abs(value(log_more, p, 1e-7) - exact) <= 2e-7 * abs(exact)
            naive = abs(math.log(p + 1e-7) - exact)
        assert abs(value(log_more, p, 1e-7) - exact) <= naive


@pytest.mark.parametrize("function", COMPOSED)
def test_what_is_made_of_others_is_its_plain_formula_and_has_its_slopes(function: Any) -> None:
    count = min(function.nargs) if function.nargs.is_FiniteSet else 3
    names = symbols(f"a:{count}")
    plain = lambdify(names, function(*names).textbook(), "mpmath")
    points = ((0.3, 0.7, -1.2), (0.05, 1.1, 0.2), (1.6, 0.4, 2.5))
    if function in (share_divergence, share_residual, lost_power, log_less, log_more):
        points = ((0.3, 0.8, 0.1), (0.05, 0.9, 0.2), (0.6, 0.3, 0.3))
    for point in points[: 2 if function is atanh_bend else 3]:
        arguments = tuple(map(mp.mpf, point[:count]))
        with mp.workdps(50):
            close(value(function, *point[:count]), float(plain(*arguments)), relative=2e-15)
        for position in range(1, count + 1):
            with mp.workdps(50):
                order = tuple(int(k == position) for k in range(1, count + 1))
                slope = float(mp.diff(plain, arguments, order) if count > 1 else mp.diff(plain, arguments[0]))
            loose = 1e-6 if function.partials is Composed.partials else 1e-12  # those may cancel
            close(derivative(function, position, *point[:count]), slope, relative=loose, absolute=1e-14)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_refined_logsumexp_has_all_its_digits_next_to_0(count: int) -> None:
    names, random = symbols(f"a1:{count + 1}"), np.random.default_rng(count)
    shares = random.dirichlet(np.ones(count), 300)
    beside = 10 ** random.uniform(-15, -0.3, 300) * random.choice([-1, 1], 300)
    rows = np.log(shares) + np.log1p(beside)[:, None]
    rows[:50, :2] = np.array([-(10 ** random.uniform(-17, -1, 50)), np.zeros(50)]).T  # one term is nearly all
    rows[:50, 1] = np.log(-np.expm1(rows[:50, 0])) + 0.03 * random.uniform(-1, 1, 50)
    rows[:50, 2:] = -1000 * random.random((50, count - 2)) - 800
    plain, own = logsumexp(*names), refined(logsumexp(*names), *names)
    found, rounded = (
        Program(names, ((Symbol("L"), expr),)).evaluate(dict(zip(map(str, names), rows.T, strict=True)))["L"]
        for expr in (own, plain)
    )
    with mp.workdps(60):
        exact = [mp.log(mp.fsum(map(mp.exp, map(mp.mpf, row)))) for row in rows.tolist()]
        off = [
            [float(abs(mp.mpf(v) - e)) / np.spacing(abs(float(e))) for v, e in zip(values.tolist(), exact, strict=True)]
            for values in (found, rounded)
        ]
    assert np.max(off[0]) <= 4
    assert np.median(off[1]) > 1000
    close(found, [float(e) for e in exact], relative=1e-15)


def test_a_refined_logsumexp_is_as_it_is_given_where_it_is_large_and_has_the_slopes_of_softmax() -> None:
    a, b = symbols("a b")
    assert value(refined, 0.6, 5, 5) == 0.6
    assert np.isnan(value(refined, NAN, 1, 2))
    assert refined(x, a, b).diff(x) == 0
    for point in ((0.3, -0.2), (1e4, 1e4 + 1e-9), (-0.7, -0.7)):
        with mp.workdps(40):
            whole = mp.fsum(map(mp.exp, point))
            close(derivative(refined, 2, 0.0, *point), float(mp.exp(point[0]) / whole), relative=1e-15)
            close(derivative(refined, 3, 0.0, *point), float(mp.exp(point[1]) / whole), relative=1e-15)
    assert stable_numpy.FUNCTIONS["refined"](np.float32(0), np.float32(-0.7), np.float32(-0.7)).dtype == np.float32


def test_every_function_has_a_case_of_its_own() -> None:
    others = {general_robust_shape_slope, shift, refined, least_focal, argmax}
    assert {case[0] for case in MODERATE.values()} | others == set(FUNCTIONS)


@pytest.mark.parametrize(
    ("expr", "written"),
    [
        (-xdivy(y, x) + xdivy(1 - y, 1 - x), r"\frac{x - y}{x \left(1 - x\right)}"),
        (-y * sigmoid(-z) + (1 - y) * sigmoid(z), r"\sigma\left(z\right) - y"),
        (sigmoid(z) * sigmoid(-z), r"\left(1 - \sigma\left(z\right)\right) \sigma\left(z\right)"),
        (2 * x - 2 * y, r"2 \left(x - y\right)"),
        (-xdivy(x, y), r"- \frac{x}{y}"),
        (x / (x - 1) ** 2, r"\frac{x}{\left(1 - x\right)^{2}}"),
        (x / (x - 1) ** 3, r"- \frac{x}{\left(1 - x\right)^{3}}"),
    ],
)
def test_tidy_writes_as_a_textbook_does(expr: Expr, written: str) -> None:
    assert notation.latex(tidy(expr)) == written


@several
@given(data=st.data())
def test_tidy_keeps_the_value(data: st.DataObject) -> None:
    parts = [x, 1 - x, x - 1, y - x, sigmoid(-x), 1 - sigmoid(x), xdivy(y, x - 3), Integer(-2), Integer(3)]
    factors = data.draw(st.lists(st.tuples(st.sampled_from(parts), st.sampled_from([-2, -1, 1, 2])), min_size=1, max_size=4))
    expr = data.draw(st.sampled_from([Integer(0), y, 1 - x]))
    product = Integer(1)
    for part, power in factors:
        product *= part**power
    point = {x: Rational(1, 3), y: Rational(7, 5)}
    close(float(tidy(expr + product).subs(point).evalf()), float((expr + product).subs(point).evalf()), relative=1e-10)
