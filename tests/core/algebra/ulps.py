"""How many units in the last place floats are off: formulas that people write, where they are looked at, and their digits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from typing import Any

import numpy as np
from mpmath import iv, mp
from mpmath.libmp import ComplexResult
from numpy.typing import NDArray
from sympy import Abs, Expr, Symbol, cos, cosh, diff, exp, lambdify, log, sin, sinh, sqrt, symbols, tanh

from explorer.core.algebra import layering, rewriting
from explorer.core.algebra.stable import stable, stable_slopes
from explorer.core.functions import sigmoid
from explorer.core.program import Program

FloatArray = NDArray[np.float64]
ALLOWED = 4
"""Units in the last place that a value and its slopes may be off."""
FAR = 1e4
"""How far out symbols are looked at."""
a, b, c, e, p, t, x, y, z = symbols("a b c e p t x y z")
TOTAL = exp(a) + exp(b) + exp(c)

FORMULAS: dict[str, Expr] = {
    "softplus": log(1 + exp(x)),
    "softplus of -x": log(1 + exp(-x)),
    "softplus apart": log(exp(x) + 1) - x,
    "ln cosh": log(cosh(x)),
    "ln cosh by exponentials": log((exp(x) + exp(-x)) / 2),
    "surprise": -log(1 / (1 + exp(-x))),
    "surprise at the other": -log(1 - 1 / (1 + exp(-x))),
    "ln sigmoid": log(sigmoid(x)),
    "logsumexp of 2": log(exp(a) + exp(b)),
    "logsumexp of 3": log(TOTAL),
    "class surprise": log(TOTAL) - a,
    "softmax of 2": exp(a) / (exp(a) + exp(b)),
    "softmax of 3": exp(a) / TOTAL,
    "sigmoid": exp(x) / (1 + exp(x)),
    "sigmoid of -x": 1 / (1 + exp(x)),
    "sigmoid's slope": exp(-x) / (1 + exp(-x)) ** 2,
    "tanh by exponentials": (exp(x) - exp(-x)) / (exp(x) + exp(-x)),
    "tanh of 2 x": (exp(2 * x) - 1) / (exp(2 * x) + 1),
    "tanh by sinh and cosh": sinh(x) / cosh(x),
    "1 - tanh squared": 1 - tanh(x) ** 2,
    "tanh": tanh(x),
    "swish": x / (1 + exp(-x)),
    "size": sqrt(x**2),
    "length": sqrt(x**2 + y**2),
    "smooth size": sqrt(x**2 + 1),
    "smooth size of e": sqrt(x**2 + e),
    "pseudo-Huber": sqrt(1 + x**2) - 1,
    "Cauchy": log(1 + x**2),
    "Welsch": 1 - exp(-(x**2)),
    "x ln x": p * log(p),
    "entropy": -p * log(p) - (1 - p) * log(1 - p),
    "ln(1 + y)": log(1 + y),
    "ln(1 + y) over y": log(1 + y) / y,
    "y - ln(1 + y)": y - log(1 + y),
    "ln(1 - p)": log(1 - p),
    "logit": log(p / (1 - p)),
    "e^x - 1": exp(x) - 1,
    "e^x - 1 over x": (exp(x) - 1) / x,
    "LINEX": exp(x) - x - 1,
    "ln(1 - e^-t)": log(1 - exp(-t)),
    "1 - cos": 1 - cos(x),
    "sin over x": sin(x) / x,
    "sinh over x": sinh(x) / x,
    "cosh - 1": cosh(x) - 1,
    "softsign": x / (1 + Abs(x)),
    "logistic loss of 1": -log(1 / (1 + exp(-z))),
}
"""By name. What a symbol may be is told by its letter: see DOMAINS."""
DOMAINS: dict[str, tuple[float, float]] = {"p": (0.0, 1.0), "e": (0.0, FAR), "t": (0.0, FAR), "y": (-1.0, FAR)}
"""Letter -> the least and the largest number; of others all up to FAR."""


@cache
def points(count: int) -> dict[str, FloatArray]:
    """Return numbers for every letter: ends, what is next to them, every size, and where people's formulas cancel."""
    random = np.random.default_rng(3)
    found = {letter: _column(letter, count, random) for letter in "abceptxyz"}
    for several in ("ab", "abc"):  # whose exponentials sum nearly to 1
        few = slice(len(several), None, 6)
        shares = random.dirichlet(np.ones(len(several)), len(found["a"][few]))
        beside = np.log1p(10 ** random.uniform(-15, -0.5, len(shares)) * random.choice([-1, 1], len(shares)))
        for letter, share in zip(several, shares.T, strict=True):
            found[letter][few] = np.log(share) + beside
    return found


def _column(letter: str, count: int, random: np.random.Generator) -> FloatArray:
    low, high = DOMAINS.get(letter, (-FAR, FAR))
    special = [0.0, -0.0, 5e-324, 1e-310, 2.3e-308, 1e-300, 1e-16, 1e-8, 0.5, 1.0, np.pi, 2 * np.pi, 20.0, 37.0, 88.8, 104.0]
    special += [np.exp(-1), 0.25, 709.7, 710.5, 745.0, 746.0, 1e3, 1e4, 1 - 2.0**-53, 1 + 2.0**-52, 2 * np.pi * 1000]
    sizes = 10 ** random.uniform(-300, 4, count)
    small = 10 ** random.uniform(-20, 0, count)
    middle = random.uniform(0, 40, count)
    large = random.uniform(0, FAR, count)
    found = np.choose(random.integers(0, 4, count), [sizes, small, middle, large])
    found[: min(len(special), count)] = random.permutation(special)[:count]
    if low == 0 and high == 1:
        found = np.where(found > 1, random.random(count), found)
        found = np.where(random.random(count) < 0.2, 1 - found, found)
    found = np.where((low < 0) & (random.random(count) < 0.5), -found, found)
    return np.where((found < low) | (found > high), np.abs(random.uniform(-0.99, 0.99, count)), found)


@cache
def prepared(*names: str) -> tuple[Program, dict[str, list[str]]]:
    """Return formulas as they are exported, in stable functions and with their slopes, as one program; name -> its steps."""
    steps: list[tuple[Symbol, Expr]] = []
    outputs = {}
    for k, name in enumerate(names):
        plain = rewriting.own(FORMULAS[name])
        by = layering.symbols(plain)
        layers = layering.layered(stable(plain))
        slopes = layering.slopes(layers, by, list(stable_slopes(plain, by).values()))
        own = {step: Symbol(f"f{k}_{step.name}") for step, _ in slopes.program.steps}
        steps += [(own[step], expr.xreplace(own)) for step, expr in slopes.program.steps]
        outputs[name] = [f"f{k}_{output}" for output in (*layers.names, *slopes.names)]
    return Program(tuple(map(Symbol, points(1))), tuple(steps), steps[-1][0]), outputs


DIGITS = (60, 330, 960, 4500)
"""How many digits are computed in: more where so many cancel that fewer than SURE are left."""
SURE = 50
NOTHING = mp.mpf("1e-345")
"""What every float rounds to 0."""


def _wide(name: str) -> Callable[[Any], Any]:
    """A function of mpmath's intervals, made wider: of a small number an end may be rounded to the wrong side."""
    function = getattr(iv, name)

    def widened(interval: Any) -> Any:
        slack = mp.mpf(10) ** (3 - iv.dps)
        return function(interval) * (1 + iv.mpf([-slack, slack]))

    return widened


_INTERVALS = {name: _wide(name) for name in ("exp", "log", "sqrt", "sin", "cos")}
_INTERVALS |= {"signum": lambda x: iv.mpf([mp.sign(x.a), mp.sign(x.b)]), "absolute": abs}


@cache
def digits(name: str, count: int) -> list[list[Any]]:
    """Return the exact value and slopes of a formula at its points, by intervals; NaN where there is no real value."""
    plain = rewriting.own(FORMULAS[name])
    at = {letter: points(count)[letter] for letter in layering.symbols(plain)}
    rows = list(zip(*(column.tolist() for column in at.values()), strict=True))
    found = []
    for expr in (plain, *(diff(plain, Symbol(s)) for s in at)):
        written = expr.replace(sigmoid, lambda z: sigmoid(z).textbook()).rewrite([sinh, cosh, tanh], exp)
        compute = lambdify(list(map(Symbol, at)), written, [_INTERVALS])
        found.append([_exact(compute, row) for row in rows])
    return found


def _exact(compute: Callable[..., Any], row: tuple[float, ...]) -> Any:
    before = iv.dps
    try:
        for iv.dps in DIGITS:
            with suppress(ZeroDivisionError, ValueError, ComplexResult):
                value = compute(*map(iv.mpf, row))
                with mp.workdps(iv.dps):
                    low, high = mp.mpf(value.a), mp.mpf(value.b)
                    if max(abs(low), abs(high)) < NOTHING:
                        return mp.zero
                    if (high - low) * mp.mpf(10) ** SURE <= min(abs(low), abs(high)) < mp.inf:
                        return low
        return mp.nan
    finally:
        iv.dps = before


def off(found: FloatArray, exact: list[Any], size: FloatArray) -> FloatArray:
    """Return by how many units in the last place floats are off; 0 where there is no value that a float can hold.

    Of a number below `size` that of `size` is the unit.
    """
    errors = np.zeros(len(exact))
    for k, (have, want) in enumerate(zip(found, exact, strict=True)):
        if want == want and abs(want) < np.finfo(float).max:
            unit = np.spacing(max(abs(float(want)), size[k]))
            errors[k] = float(abs(mp.mpf(float(have)) - want) / unit) if np.isfinite(have) else np.inf
    return errors


Run = Callable[[Program, Mapping[str, FloatArray], tuple[str, ...]], Mapping[str, FloatArray]]


def worst(run: Run, count: int, *names: str) -> dict[str, tuple[float, dict[str, float]]]:
    """Return by how much the value and each slope of formulas, as a language computes them, is off at most, and where."""
    program, outputs = prepared(*(names or FORMULAS))
    at = points(count)
    found = run(program, at, tuple(step for steps in outputs.values() for step in steps))
    result = {}
    for name, steps in outputs.items():
        letters = layering.symbols(FORMULAS[name])
        for step, what, exact in zip(steps, ("", *(f" by {letter}" for letter in letters)), digits(name, count), strict=True):
            peak = np.abs(np.max([at[letter] for letter in letters], axis=0))
            size = np.zeros(count)
            if name == "sin over x" and what:  # where tan x = x, of which docs/precision.md tells
                size = np.where(peak > 1, 1 / np.maximum(peak, 1), 0.0)
            errors = off(np.broadcast_to(found[step], count), exact, size)
            k = int(errors.argmax())
            result[name + what] = float(errors[k]), {letter: float(at[letter][k]) for letter in letters}
    return result
