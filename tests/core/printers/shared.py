"""What the tests of the languages print: networks, every function at its edges, and every kind of expression."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray
from sympy import (
    Abs,
    E,
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
    S,
    Symbol,
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atanh,
    cbrt,
    ceiling,
    cos,
    cosh,
    cot,
    exp,
    floor,
    log,
    pi,
    sec,
    sign,
    sin,
    sinh,
    sqrt,
    symbols,
    tan,
    tanh,
)

from explorer.core import functions
from explorer.core.functions import FUNCTIONS
from explorer.core.network import PAIRS, Activation, Network
from explorer.core.program import Program
from tests.core.helpers import close

Columns = dict[str, NDArray[np.float64]]
L, x, y = symbols("L x y")

NETWORKS: dict[str, Network] = {hidden: Network((2, 2, 1), hidden) for hidden in get_args(Activation)}
NETWORKS |= {f"{output} {loss} {n}": Network((2, 2, n), "tanh", output, loss) for output, loss in PAIRS for n in (1, 3)}
NETWORKS |= {"deep": Network((3, 4, 3, 2), "relu", "softmax", "index"), "wide": Network((4, 6, 10), "sin", "softmax", "index")}


def points(network: Network) -> Columns:
    """Return moderate weights, some that saturate the output, and some that put every unit at 0; targets of every class."""
    random = np.random.default_rng(0)
    scale = np.array([1.0, 1.0, 1.0, 30.0, 3000.0, 0.0])
    rows = len(scale)
    given: Columns = {name: random.uniform(-2, 2, rows) for name in network.inputs}
    given |= {name: random.uniform(-1, 1, rows) * scale for name in network.weights}
    if network.loss == "index":
        targets = np.arange(rows) % float(network.sizes[-1])
    else:
        targets = np.eye(len(network.targets))[np.arange(rows) % len(network.targets)]
        targets[0] = 1 / len(network.targets)
    return given | dict(zip(network.targets, np.atleast_2d(targets.T), strict=True))


ROBUST: list[tuple[float, ...]] = [
    (u, alpha)
    for u in (0, 1e-20, 0.3, 50, 1e19)
    for alpha in (-np.inf, -1e20, -2, -1e-3, -1e-12, 0, 1e-12, 0.5, 1, 2 - 1e-12, 2, 2 + 1e-12, 4)
]
EDGES: dict[str, list[tuple[float, ...]]] = {
    "xlogy": [(0, 0), (1, 0), (2, 3)],
    "xlog1py": [(0, -1), (1, -1), (2, 1e-20), (2, 3), (1, -0.6)],
    "xdivy": [(0, 0), (1, 4), (-3, 2)],
    "xmuly": [(0, np.inf), (2, np.inf), (2, 3)],
    "focal": [(0, 0, 2), (1, 0, 0.5), (1, 1, 0), (1, 1, 0.5), (1, 1, 2), (2, 0.3, 1.5)],
    "focal_surprise": [(0, np.inf, 2), (1, 0, 0), (1, 0, 0.5), (1, 1e-20, 2), (2, 0.3, 1.5), (1, 1e4, 2)],
    "focal_slope": [(0, np.inf, 2), (1, 0, 0), (1, 0, 0.5), (1, 1e-20, 2), (1, 800, 2), (2, 0.3, 1.5), (1, 40, 5)],
    "sigmoid": [(-700,), (0,), (1e4,), (-1e4,)],
    "logit": [(0.25,), (0.5,), (0.5 + 2**-40,), (1e-300,), (1 - 2**-53,)],
    "power_surprise": [(0, 0, 0.5), (1, 0, 0.5), (2, 1, 0.3), (1, 1 - 2**-53, 0.7), (0.3, 1e-300, 1), (1, 0.5, 1e-30)],
    "entropy_gap": [(0, 0), (0, 1), (1, 0), (0.5, 0.5), (0.3, 0.3 + 1e-9), (1, 1e-300), (0.2, 0.9)],
    "exp_difference": [(1, 700.3), (9300.1, 1e4), (-np.inf, 1), (1e4, 0), (0.1, 0.3)],
    "log_quotient": [(1,), (1 - 2**-53,), (1 + 2**-52,), (0.3,), (1e-300,), (40,)],
    "logistic_loss": [(0, -1e4), (1, 1e4), (0, 1e4), (0.3, -2), (1, 0), (0, -700), (1, 700), (0.5, 30)],
    "softplus": [(-1e4,), (-700,), (-30,), (0,), (20.5,), (30,), (1e4,)],
    "expm1": [(-1e4,), (-700,), (-1,), (-1e-20,), (0,), (1e-160,), (0.5,), (20,), (1e4,)],
    "log_cosh": [(-1e300,), (-20,), (-1,), (-1e-8,), (0,), (1e-100,), (0.3,), (0.999,), (2,), (np.inf,)],
    "log_cosh_slope": [(-1e300,), (-20,), (0,), (1e-100,), (0.3,), (np.inf,)],
    "norm": [(0, 0), (1, 0), (-3, 4), (1e-200, -1e-200), (1e200, 1e200), (-np.inf, 2), (1, 1e-300)],
    "direction": [(0, 0), (1, 0), (-3, 4), (0, 2), (1e-200, -1e-200), (1e200, 1e200), (2, 1e-300)],
    **dict.fromkeys(("general_robust", "general_robust_slope", "general_robust_shape_slope"), ROBUST),
    "logsumexp": [(0, -40, -1000), (5, 5, 5), (-1e4, 1e4, 0), (-3, -2, -2.5)],
    "refined": [
        (0, -0.983, -0.605, -2.529),
        (0, -1e-13, -29.9336, -1000),
        (-0.1, -0.2, -3, -4),
        (5.5, 5, 4, 3),
        (-3, -4, -4, -5),
    ],
    "shift": [(0, -1000, 3), (-4, -2, -3)],
    "argmax": [(0, -1000, 3), (1, 2, 2), (3, 3, 3)],
    "positive": [(0,), (1e-300,), (-1,)],
    "relu": [(0,), (3,), (-1,)],
    "leaky_relu": [(0,), (3,), (-1,)],
    "same": [(0, 0), (1, 2), (2, 2)],
    "below": [(0, 0), (1, 2), (2, -np.inf)],
    "at_most": [(0, 0), (1, 2), (2, -np.inf)],
    "where": [(0, 1, 2), (1, 1, 2), (-0.5, 3, np.nan), (0, np.nan, np.inf)],
    "absolute": [(0,), (-1e-300,), (2,), (-np.inf,)],
    "signum": [(0,), (-1e-300,), (2,), (-np.inf,)],
    "maximum": [(0, 0), (1, 2), (3, -4), (-np.inf, np.inf)],
    "minimum": [(0, 0), (1, 2), (3, -4), (-np.inf, np.inf)],
}
"""Function -> where it may go wrong."""


def of(name: str) -> tuple[Program, Columns]:
    """Return a function as a program, and its edges as columns."""
    function = next(f for f in FUNCTIONS if f.__name__ == name)
    names = symbols(f"a1:{len(EDGES[name][0]) + 1}")
    program = Program(names, ((L, function(*names)),))
    return program, {s.name: np.array(column, float) for s, column in zip(names, zip(*EDGES[name], strict=True), strict=True)}


EXPRESSIONS: list[Expr] = [
    x + y, x - 2 * y, x * y, x / y, -x / (y * 3), (x - y) ** 2, -((x - y) ** 2), (x + 1) * (y - x), 2 / (x * y),
    x - (y - 1) / x, x**2, x**3, x**-1, x**-2, y**x, y**-x, 2**x, Rational(1, 3) ** x, (x * y) ** 2, (x**2) ** y, y ** (x / 3),
    y**0.25, 3 * y**-0.5, sqrt(y), 1 / sqrt(y), x / sqrt(y + 1), cbrt(y), sqrt(2) * x, sqrt(x**2), Integer(0), Integer(3),
    -Integer(3) * x, Rational(1, 3), Rational(-2, 3) * x, x + Rational(1, 2), x + 2**53 + 1, (2**60 + 1) * x, -(10**22) * x,
    10**400 * x, -(10**400) + x, Rational(10**400, 3 * 10**399 + 1) * x, x / 10**400, Float(0.1), Float(0.1) * x,
    Float(1e-20) * x, Float(5e-324) * x, Float(1.5e300) * x, Float(-2.5e-7) - x, Float("1e400") * x, pi, pi * x, E, E * x,
    pi**2 - x, S.EulerGamma * x, S.GoldenRatio, S.Infinity, S.NegativeInfinity + x, exp(x), exp(2) * x, exp(-x), log(y),
    log(2), x / log(2), log(log(3)) * x, exp(1000) * x, pi**1000 * x, 2 ** Rational(1, 3) * x, sin(x), cos(x), tan(x), sinh(x),
    cosh(x), tanh(x), asin(x / 3), acos(x / 3), atan(x), asinh(x), acosh(1 + y), atanh(x / 3), sec(x), cot(x), sin(1),
    atan(2) * x, floor(x), ceiling(x), sin(x) ** 2 + cos(x) ** 2, Abs(x), Abs(x) * y, Abs(exp(x)), sign(x), x * sign(-x),
    Max(x, y), Max(x, y, 0), Min(x, y), Min(0, x, y) - 1, Max(x, log(3)), Heaviside(x, 0), x * Heaviside(x - y, 0),
    Heaviside(x - 2), 2 - Heaviside(x, Rational(1, 3)), KroneckerDelta(x, 2), functions.absolute(x) ** 2 - y,
    functions.signum(x) ** 2 - y, functions.maximum(x, 1), functions.maximum(1, 2), 2 * functions.maximum(x, y) + 1,
    2 * functions.minimum(x, y) + 1, functions.minimum(functions.absolute(x), Rational(1, 3)),
    functions.xmuly(1, y) + functions.xlogy(Rational(1, 2), Abs(x)) + functions.sigmoid(Float(0.3)) + functions.shift(x, 1),
    functions.same(x, 2) + functions.same(2, y) + functions.same(1, 1) + functions.relu(-3) * x, functions.softplus(2) * 2,
    functions.where(functions.below(x, y), log(y - x), 1 / (x + y)), 2 * functions.where(functions.same(x, 2), x, y) - 1,
    functions.where(functions.minimum(functions.below(0, x), 1 - functions.same(y, 2)), sqrt(x), functions.at_most(1, x) * y),
    functions.where(1 - functions.same(x, y), functions.where(functions.at_most(x, 1), 3, x), 1),
    Piecewise((x, x < y), (y, (x > 1) & Ne(x, 3)), (1, True)), functions.where(functions.below(1, 2), x, y),
    x + Max(x, y, 0) + Max(y, log(3)), sqrt(2) * sin(x) + pi * tanh(y) + sqrt(Abs(x)) + exp(2),
    Abs(x) + sign(y) * Float(1e-5) - x**2 / 7 - x**-1, sqrt(-2) * x, Integer(-8) ** Rational(1, 3) + x, asin(2),
    log(cos(2)) - x, S.NaN, x * S.ComplexInfinity,
]  # fmt: skip
"""Every kind of expression; the last few have no real value."""

AT: Columns = {"x": np.array([-1.5, 0.5, 2.0, 2.0]), "y": np.array([0.25, 3.0, 2.0, 0.5])}


def every_expression() -> Program:
    """Return a program with a step e<k> for each of EXPRESSIONS; its output is a number."""
    steps = [(Symbol(f"e{k}"), expr) for k, expr in enumerate(EXPRESSIONS)]
    return Program((x, y), (*steps, (L, Integer(2))))


def agree(found: Any, expected: Any, *, relative: float = 1e-12, absolute: Any = 0.0) -> None:
    """Assert equality as `close` does, where NaN may stand for NaN."""
    found, expected, absolute = np.broadcast_arrays(found, expected, absolute)
    held = ~np.isnan(expected)
    assert np.isnan(found[~held]).all(), f"{found} is not {expected}"
    close(found[held], expected[held], relative=relative, absolute=absolute[held])
