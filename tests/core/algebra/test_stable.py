"""The way back to stable functions: equal to the plain formula in many digits, and right where that overflows or cancels."""

from __future__ import annotations

import math
from collections.abc import Mapping
from cProfile import Profile

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath import mp
from numpy.typing import ArrayLike, NDArray
from sympy import (
    Abs,
    Add,
    E,
    Expr,
    Heaviside,
    I,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Pow,
    Rational,
    S,
    Symbol,
    cos,
    cosh,
    cse,
    exp,
    lambdify,
    log,
    nan,
    oo,
    sign,
    sin,
    sinh,
    sqrt,
    symbols,
    tanh,
    zoo,
)

from explorer.core.algebra.stable import recognised, stable, stable_slopes
from explorer.core.functions import (
    absolute,
    bell,
    class_surprise,
    direction,
    exp_gap,
    exp_quotient,
    expm1,
    leaky_relu,
    log1mexp,
    log1p_gap,
    log1p_quotient,
    log1p_square,
    log_and_1,
    log_cosh,
    log_cosh_slope,
    log_quotient,
    log_ratio,
    logistic_loss,
    logit,
    logsumexp,
    maximum,
    minimum,
    norm,
    positive,
    relu,
    root1p_excess,
    root_above,
    root_excess,
    same,
    shift,
    sigmoid,
    sigmoid_slope,
    signum,
    sinc,
    sinhc,
    softmax,
    softplus,
    softplus_gap,
    softsign,
    swish,
    textbook,
    versine,
    xdivy,
    xlog1py,
    xlogy,
    xmuly,
)
from explorer.core.program import Program
from tests.core.helpers import VARIANTS, close, columns, sparse

a, b, c, g, p, t, w, x, y, z = symbols("a b c g p t w x y z")
z2, z10 = symbols("z2 z10")
INF = math.inf
TOTAL = exp(a) + exp(b) + exp(c)
LSE = logsumexp(a, b, c)

STABLE: dict[Expr, Expr] = {
    log(1 + exp(z)): softplus(z),
    log(exp(a - b) + 1): softplus(a - b),
    log(1 + exp(-z)): softplus(-z),
    log(2 + exp(z)): logsumexp(log(2), z),
    log(2 * exp(a) + 2): log(2) + softplus(a),
    log(exp(a) + 3 * exp(b) + 5): logsumexp(log(5), b + log(3), a),
    log(TOTAL): LSE,
    log(exp(z2) + exp(z10)): logsumexp(z2, z10),
    log(exp(a) + exp(a + b)): a + softplus(b),
    log(exp(a) * exp(b)): a + b,
    log(p * exp(z)): log(p) + z,
    log(E + exp(z)): logsumexp(1, z),
    1 / (1 + exp(-z)): sigmoid(z),
    exp(z) / (1 + exp(z)): sigmoid(z),
    1 / (1 + exp(z)): sigmoid(-z),
    1 / (2 + 2 * exp(z)): sigmoid(-z) / 2,
    1 / (1 + exp(-z)) ** 2: sigmoid(z) ** 2,
    sqrt(1 / (1 + exp(-z))): sqrt(sigmoid(z)),
    (1 / (1 + exp(-z))) ** g: sigmoid(z) ** g,
    (1 + exp(-z)) ** (-g): sigmoid(z) ** g,
    exp(z) / (1 + exp(z)) ** 2: sigmoid(z) * sigmoid(-z),
    exp(-2 * z) / (1 + exp(-z)) ** 3: sigmoid(z) * sigmoid(-z) ** 2,
    1 - 1 / (1 + exp(-z)): sigmoid(-z),
    1 - sigmoid(z): sigmoid(-z),
    2 - 2 * sigmoid(z): 2 * sigmoid(-z),
    sigmoid(z) - 1: -sigmoid(-z),
    x * (1 - sigmoid(z)): x * sigmoid(-z),
    sigmoid(z) - t: sigmoid(z) - t,
    exp(z) * sigmoid(-z): sigmoid(z),
    exp(-log(1 + exp(z))): sigmoid(-z),
    exp(a) / TOTAL: exp(a - LSE),
    exp(2 * a) / TOTAL**2: exp(2 * a - 2 * LSE),
    exp(a) * exp(b) / TOTAL**2: exp(a - LSE) * exp(b - LSE),
    TOTAL**-3: exp(-3 * LSE),
    (exp(a) / TOTAL) ** g: exp(a - LSE) ** g,
    1 - exp(a) / TOTAL: sigmoid(logsumexp(b, c) - a),
    exp(a) / TOTAL * (1 - exp(a) / TOTAL): exp(a - LSE) * sigmoid(logsumexp(b, c) - a),
    exp(a) * sigmoid(b): exp(a - softplus(-b)),
    t * TOTAL: t * TOTAL,
    TOTAL * exp(-a): exp(LSE - a),
    log(sigmoid(z)): -softplus(-z),
    log(1 - sigmoid(z)): -softplus(z),
    log(exp(a) / TOTAL): a - LSE,
    log(1 - exp(a) / TOTAL): -softplus(a - logsumexp(b, c)),
    x * log(y): xlogy(x, y),
    p * log(p): xlogy(p, p),
    -2 * t * log(p): -2 * xlogy(t, p),
    2 * log(p): 2 * log(p),
    t * log(p) / log(2): xlogy(t, p) / log(2),
    t * log(2): t * log(2),
    exp(a) * t * log(p): exp(a) * xlogy(t, p),
    a * log(p) * log(1 - p): xmuly(xmuly(a * p * (1 - p), log_quotient(p)), log_quotient(1 - p)),
    log(p) * log(t): log(p) * log(t),
    x / y: xdivy(x, y),
    x / (1 - x): x / (1 - x),
    t / (p * (1 - p)): xdivy(t, p * (1 - p)),
    (1 - t) / (1 - p) - t / p: xdivy(1 - t, 1 - p) - xdivy(t, p),
    (p - t) / (p * (1 - p)): xdivy(1 - t, 1 - p) - xdivy(t, p),
    (t - p) / (p**2 - p): xdivy(1 - t, 1 - p) - xdivy(t, p),
    1 / (p * (1 - p)): 1 / (p * (1 - p)),
    log(p) / (1 - p): -log_quotient(p),
    t * log(1 - p) / p: -xmuly(t, log_quotient(1 - p)),
    t * (1 - p) ** (g - 1) * log(p): -xmuly(t * (1 - p) ** g, log_quotient(p)),
    (1 - exp(z)) / (1 + exp(z)): -tanh(z / 2),
    (t * exp(z) - w) / (1 + exp(z)): t * sigmoid(z) - w * sigmoid(-z),
    (exp(z) - 1) * exp(-z): 1 - exp(-z),
    exp(z) / (exp(z) - 1): sigmoid(z) / tanh(z / 2),
    sinh(z) / cosh(z): tanh(z),
    1 / cosh(z): 1 / cosh(z),
    log(exp(z) + exp(-z)): z + softplus(-2 * z),
    log(1 - p): xlog1py(1, -p),
    log(1 + x**2): xlog1py(1, x**2),
    t * log(1 - p): xlog1py(t, -p),
    log(1 / p): -log(p),
    t * log(1 / (1 - p)): -xlog1py(t, -p),
    log(p / (1 - p)): logit(p),
    log((1 - p) / p): -logit(p),
    t * log(p / (1 - p)): xmuly(t, logit(p)),
    log(p**2): log(p**2),
    t * log(p) + (1 - t) * log(1 - p): xlogy(t, p) + xlog1py(1 - t, -p),
    w * (t * log(p) + (1 - t) * log(1 - p)): xmuly(w, xlogy(t, p) + xlog1py(1 - t, -p)),
    p * (log(p) - log(t)): xmuly(p, log(p) - log(t)),
    t * log(p) ** 2: xmuly(t, log(p) ** 2),
    t * (1 - p) ** g * log(p): xlogy(t * (1 - p) ** g, p),
    t * (log(TOTAL) - a): xmuly(t, LSE - a),
    t * log(1 + exp(-z)) + (1 - t) * log(1 + exp(z)): logistic_loss(t, z),
    -t * log(sigmoid(z)) - (1 - t) * log(1 - sigmoid(z)) + x: logistic_loss(t, z) + x,
    t * log(sigmoid(z)) + (1 - t) * log(1 - sigmoid(z)): -logistic_loss(t, z),
    x * softplus(-z) + y * softplus(z): x * softplus(-z) + y * softplus(z),
    softplus(S.Zero) / 2: softplus(S.Zero) / 2,
    t * xlogy(w, sigmoid(z)): -t * w * softplus(-z),
    xlog1py(t, exp(z)): t * softplus(z),
    xmuly(t, x): xmuly(t, x),
    t * xmuly(w, x): xmuly(t * w, x),
    logsumexp(logsumexp(a, b), c): LSE,
    logsumexp(softplus(a), c): logsumexp(0, a, c),
    logsumexp(a - shift(a, b), b - shift(a, b)) + shift(a, b): logsumexp(a, b),
    logsumexp(z): z,
    Max(0, z): relu(z),
    Max(z / 100, z): leaky_relu(z),
    Max(a, b, c): maximum(maximum(a, b), c),
    Min(a, b): minimum(a, b),
    Min(0, z): -relu(-z),
    maximum(z, 0): relu(z),
    maximum(0, z): relu(z),
    maximum(z, z / 100): leaky_relu(z),
    minimum(z, 0): -relu(-z),
    Abs(x): absolute(x),
    sign(x): signum(x),
    Heaviside(x, 0): positive(x),
    Heaviside(x): Heaviside(x),
    KroneckerDelta(x, 1): same(1, x),
    tanh(z): tanh(z),
    exp(exp(z)): exp(exp(z)),
    (x + 1) / (x - y): (x + 1) / (x - y),
    S.Half: S.Half,
}


@pytest.mark.parametrize("plain", STABLE, ids=str)
def test_plain_formula_by_the_names_of_its_parts(plain: Expr) -> None:
    assert recognised(plain) == STABLE[plain]


@pytest.mark.parametrize("plain", STABLE, ids=str)
def test_what_is_recognised_stays(plain: Expr) -> None:
    assert recognised(STABLE[plain]) == STABLE[plain]


PRECISE: dict[Expr, Expr] = {
    1 - cos(x): versine(x),
    (1 - cos(x)) / x**2: sinc(x / 2) ** 2 / 2,
    (exp(x) - 1) / x: exp_quotient(x),
    exp(x) - 1 - x: exp_gap(x),
    exp(x) - exp(-x): 2 * sinh(x),
    cosh(x) - 1: 2 * sinh(x / 2) ** 2,
    tanh(x): log_cosh_slope(x),
    1 - tanh(x) ** 2: 4 * sigmoid_slope(2 * x),
    log(1 - exp(-x)): log1mexp(x),
    log(1 + x) / x: log1p_quotient(x),
    x - log(1 + x): log1p_gap(x),
    log(1 + x**2): log1p_square(x),
    log(cosh(x)): log_cosh(x),
    log(x) + 1: log_and_1(x),
    log(p) - log(1 - p): logit(p),
    log(x / y): log_ratio(x, y),
    sqrt(x**2): absolute(x),
    sqrt(x**2 + y**2): norm(x, y),
    sqrt(x**2 + y): root_above(x, y),
    sqrt(1 + x**2) - 1: root_excess(x),
    sqrt(1 + x) - 1: root1p_excess(x),
    x / sqrt(x**2 + 1): direction(x, 1),
    x / (1 + Abs(x)): softsign(x),
    x / (1 + exp(-x)): swish(x),
    exp(-(x**2)): bell(x, 1),
    1 - exp(-(x**2)): -expm1(-(x**2)),
    sin(2 * x) / x: 2 * sinc(2 * x),
    sinh(x) / x: sinhc(x),
    exp(a) / (exp(a) + exp(b)): softmax(a, b),
    1 - x / (x + y): y / (x + y),
    2 - 2 * (x + 1) / (x + y + 1): 2 * y / (x + y + 1),
    1 / (x + y) - x / (x + y) ** 2: y / (x + y) ** 2,
    exp(a) / TOTAL: softmax(a, b, c),
    log(TOTAL) - a: class_surprise(a, b, c),
    log(1 + exp(x)) - log(2): softplus_gap(x),
    exp(z) / (1 + exp(z)) ** 2: sigmoid_slope(z),
}


@pytest.mark.parametrize("plain", PRECISE, ids=str)
def test_plain_formula_in_functions_that_keep_their_digits(plain: Expr) -> None:
    assert stable(plain) == PRECISE[plain]
    assert stable(PRECISE[plain]) == PRECISE[plain]


def test_a_power_less_1_keeps_its_digits_where_its_base_is_never_below_0() -> None:
    assert stable((1 - Abs(x) ** g) / g) == -expm1(xlogy(g, absolute(x))) / g
    assert stable((1 + x**2) ** g - 1) == expm1(xlog1py(g, x**2))
    assert stable(1 - x**g) == 1 - x**g  # x may be -1, and g a whole number


def test_slopes_are_those_of_the_stable_form_but_at_an_edge() -> None:
    assert stable_slopes(1 - cos(x), ["x"]) == {"x": sin(x)}
    assert stable_slopes(exp(x) / (1 + exp(x)), ["x"]) == {"x": sigmoid_slope(x)}
    assert stable_slopes(-t * (1 - p) ** g * log(p), ["p"])["p"].subs({t: 1, p: 1, g: 2}).doit() == 0


def values(expr: Expr, at: Mapping[str, ArrayLike]) -> NDArray[np.float64]:
    """Compute an expression as a program does, at one or more points."""
    program = Program(tuple(map(Symbol, at)), ((Symbol("L"), expr),))
    shape = np.broadcast(*at.values()).shape
    return np.broadcast_to(program.evaluate(at)["L"], shape)


def exact(expr: Expr, at: Mapping[str, float]) -> float:
    """Compute the plain formula in many digits; NaN where it is not real, or too large for a float."""
    plain = lambdify([Symbol(name) for name in at], textbook(expr), "mpmath")
    with mp.workdps(400):
        found = plain(*map(mp.mpf, at.values()))
        return float(found) if mp.isfinite(found) and not mp.im(found) and abs(found) < 1e300 else math.nan


@pytest.mark.parametrize(
    ("plain", "at"),
    [
        *((log(1 + exp(z)), {"z": value}) for value in (-800, -40, 40, 800)),
        *((1 / (1 + exp(-z)), {"z": value}) for value in (-700, -40, 40, 800)),
        *((1 - 1 / (1 + exp(-z)), {"z": value}) for value in (-800, -40, 40, 700)),
        *((exp(z) / (1 + exp(z)) ** 2, {"z": value}) for value in (-700, 700)),
        *((log(1 / (1 + exp(-z))), {"z": value}) for value in (-800, 40, 700)),
        *((log(1 - sigmoid(z)), {"z": value}) for value in (-700, 40, 800)),
        *((z - log(1 + exp(z)), {"z": value}) for value in (-800, 0.5)),
        *((e, {"a": 800, "b": -800, "c": 799}) for e in (log(TOTAL), exp(a) / TOTAL, 1 - exp(a) / TOTAL, exp(c) / TOTAL)),
        *((e, {"a": -800, "b": -801, "c": -900}) for e in (log(TOTAL), exp(a) / TOTAL, 1 - exp(a) / TOTAL, exp(b) / TOTAL)),
        *((TOTAL * exp(-a), {"a": value, "b": value - 1, "c": value - 2}) for value in (-800, 800)),
        *((log(1 - exp(a) / TOTAL), {"a": value, "b": 0, "c": 1}) for value in (-600, 30, 800)),
        *(((1 - exp(a) / TOTAL) ** 2 * log(exp(a) / TOTAL), {"a": value, "b": 0, "c": 1}) for value in (-800, 3, 300)),
        *((log(1 - p), {"p": value}) for value in (1e-20, 1e-300, 1 - 2**-53)),
        (log(p / (1 - p)), {"p": 1e-300}),
        (log(2 * exp(a) + 3), {"a": 800}),
        (exp(2 * a) / (exp(a) + 2) ** 2, {"a": 800}),
    ],
    ids=str,
)
def test_right_where_the_plain_formula_overflows_or_cancels(plain: Expr, at: dict[str, float]) -> None:
    close(values(stable(plain), at), exact(plain, at), relative=1e-12)


@pytest.mark.parametrize(
    ("plain", "at", "expected"),
    [
        (t * log(p), {"t": 0, "p": 0}, 0.0),
        (t * log(p), {"t": 1, "p": 0}, -INF),
        (t * log(1 - p), {"t": 0, "p": 1}, 0.0),
        (p * log(p), {"p": 0}, 0.0),
        (w * (t * log(p) + (1 - t) * log(1 - p)), {"w": 0, "t": 1, "p": 0}, 0.0),
        (w * (t * log(p) + (1 - t) * log(1 - p)), {"w": 2, "t": 1, "p": 1}, 0.0),
        (p * (log(p) - log(t)), {"p": 0, "t": 0.5}, 0.0),
        (t * (1 - p) ** g * log(p), {"t": 0, "p": 0, "g": 2}, 0.0),
        (t * (log(TOTAL) - a), {"t": 0, "a": -INF, "b": 0, "c": 1}, 0.0),
        (t * log(1 + exp(-z)) + (1 - t) * log(1 + exp(z)), {"t": 1, "z": INF}, 0.0),
        ((exp(a) / TOTAL) ** g, {"a": -INF, "b": 0, "c": 1, "g": 0}, 1.0),
    ],
)
def test_finite_at_the_edge(plain: Expr, at: dict[str, float], expected: float) -> None:
    assert values(stable(plain), at) == expected


@sparse
@given(data=st.data())
@pytest.mark.parametrize("name", VARIANTS)
def test_loss_written_out_is_as_stable_as_its_program(name: str, data: st.DataObject) -> None:
    program = VARIANTS[name]
    at = data.draw(columns(program, 8))
    found = values(stable(program.inline()), at)
    close(found, program.evaluate(at)["L"] + np.zeros(8), absolute=1e-10 if "z" in {n[0] for n in at} else 1e-300)


@pytest.mark.parametrize("name", VARIANTS)
def test_loss_written_out_becomes_no_longer(name: str) -> None:
    loss = stable(VARIANTS[name].inline())
    assert loss.count_ops() <= VARIANTS[name].inline().count_ops()
    assert stable(loss) == loss


LINEAR = st.sampled_from([a, b, -a, a - b, c - a, 2 * b + 1, a * t, S.Zero])
SMALL = st.sampled_from([S.One, S(2), Rational(1, 2), p, 1 - p])
POSITIVE = st.recursive(
    st.one_of(LINEAR.map(exp), LINEAR.map(sigmoid), SMALL),
    lambda part: st.one_of(
        st.builds(Add, part, part),
        st.builds(Add, part, part, part),
        st.builds(Mul, part, part),
        st.builds(lambda one, other: one / other, part, part),
        st.builds(lambda one, other: one / (one + other), part, part),
        st.builds(lambda one, other: 1 - one / (one + other), part, part),
        st.builds(Pow, part, st.sampled_from([S(2), S(-2), S.Half, g])),
    ),
    max_leaves=6,
)
REAL = st.recursive(
    st.one_of(POSITIVE, POSITIVE.map(log), st.sampled_from([a, b, t, 1 - t])),
    lambda part: st.one_of(
        st.builds(Add, part, part), st.builds(Mul, part, part), st.builds(Mul, st.sampled_from([t, w]), part)
    ),
    max_leaves=4,
)
PLACE = st.fixed_dictionaries(
    {
        **dict.fromkeys("abc", st.floats(-3, 3)),
        **dict.fromkeys("ptw", st.floats(0.05, 0.95)),
        "g": st.sampled_from([0.0, 0.5, 2.0]),
    }
)


def size(expr: Expr) -> int:
    """How many operations an expression takes as it is computed: what stands in it twice, once."""
    parts, left = cse(expr, optimizations=())
    return int(sum(part.count_ops() for _, part in parts) + sum(each.count_ops() for each in left))


@settings(deadline=None, max_examples=60)
@given(REAL, PLACE)
def test_any_formula_keeps_its_value_and_its_size(plain: Expr, at: dict[str, float]) -> None:
    assume(not plain.has(zoo, nan, oo, I))
    found = stable(plain)
    expected = exact(plain, at)
    assume(abs(expected) < 1e9)
    close(values(found, at), expected, absolute=1e-12)
    assert size(found) <= 4 * size(plain) + 10  # each term over a sum of exponentials is one less a logarithm that they share
    again = stable(found)  # in another order perhaps, of what SymPy has sorted in between
    close(values(again, at), expected, absolute=1e-12)
    assert size(again) <= 2 * size(found) + 4


@pytest.mark.parametrize(
    "plain",
    [
        exp(a) / (exp(a) + 1 - exp(a) / (exp(a) + sigmoid(a))),
        (1 - p / (p + exp(a))) * exp(a),
        exp(a) / (p + exp(a) + sigmoid(a)),
        a * (1 - (exp(a - b) + exp(2 * b + 1)) / (exp(a - b) + exp(2 * b + 1) + 1 / (2 * p + 1))),
    ],
    ids=str,
)
def test_what_is_divided_by_its_exponentials_stays_so(plain: Expr) -> None:
    found = stable(plain)
    assert stable(found) == found
    assert size(found) <= 3 * size(plain)


def test_a_long_formula_takes_as_long_as_it_is() -> None:
    outputs, targets = symbols("p1:401"), symbols("t1:401")
    short, long = (
        Add(*(-t * log(p) - (1 - t) * log(1 - p) for p, t in zip(outputs[:n], targets, strict=False))) for n in (100, 400)
    )
    assert long.count_ops() > 3_000
    calls = []
    for plain in (short, long):
        with Profile(builtins=False) as counted:
            stable(plain)
        calls.append(sum(each.callcount for each in counted.getstats()))
    assert calls[1] < 5 * calls[0]


def test_a_formula_may_be_nested_more_deeply_than_calls() -> None:
    nested = x
    for k in range(400):
        nested = 1 / (1 + exp(-nested * y - k))
    found = stable(nested)
    for k in reversed(range(400)):
        assert isinstance(found, sigmoid)
        found = (found.args[0] - k) / y
    assert found == x
