"""The error and the gamma function: their digits in NumPy, JavaScript and C, their slopes, and losses that are made of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
import sqlglot
from mpmath import mp
from numpy.typing import NDArray
from sympy import Expr, Symbol, lambdify, pi, sqrt
from sympy import digamma as sympy_digamma
from sympy import erf as sympy_erf
from sympy import gamma as sympy_gamma

from explorer.core import notation, printers
from explorer.core.algebra import apply, read, rewriting
from explorer.core.algebra.stable import stable, stable_slopes
from explorer.core.functions import (
    SPECIAL,
    StableFunction,
    digamma,
    erf,
    erfc,
    erfc_excess,
    erfc_rate,
    gamma_function,
    lgamma,
    log_erfc,
    log_half_erfc,
    tetragamma,
    textbook,
    trigamma,
)
from explorer.core.losses import typed_loss
from explorer.core.printers import keras
from explorer.core.program import Program
from tests.core.helpers import close
from tests.core.printers.engines import ENGINES, sqlite

INF, NAN = math.inf, math.nan
k, n, x = Symbol("k"), Symbol("n"), Symbol("x")
EXACT: dict[type[StableFunction], Callable[[Any], Any]] = {
    erf: mp.erf,
    erfc: mp.erfc,
    gamma_function: mp.gamma,
    lgamma: lambda x: mp.log(abs(mp.gamma(x))) if abs(x) < 1e6 else mp.loggamma(x),
    digamma: lambda x: mp.psi(0, x),
    trigamma: lambda x: mp.psi(1, x),
    tetragamma: lambda x: mp.psi(2, x),
    log_erfc: lambda x: mp.log(mp.erfc(x)),
    log_half_erfc: lambda x: mp.log(mp.erfc(x) / 2),
    erfc_rate: lambda x: 2 * mp.exp(-x * x) / mp.sqrt(mp.pi) / mp.erfc(x),
    erfc_excess: lambda x: 2 * mp.exp(-x * x) / mp.sqrt(mp.pi) / mp.erfc(x) - 2 * x,
}
OF_ERROR = (erf, erfc, log_erfc, log_half_erfc, erfc_rate, erfc_excess)
UNITS: dict[type[StableFunction], float] = {gamma_function: 8, lgamma: 4, log_erfc: 4, log_half_erfc: 4, erfc_rate: 8}
"""Of how many units in the last place a value may be off, if not of 4; of a sum that crosses 0 see `SIZES`."""
UNITS |= {digamma: 10, erfc_excess: 4000}
SIZES: dict[type[StableFunction], Callable[[Any], Any]] = {
    digamma: lambda x: 1,
    lgamma: lambda x: 1 if x < 0 else 0,
    tetragamma: lambda x: abs(mp.pi / mp.sin(mp.pi * x)) ** 2 * 4 if x < 0.5 else 0,
    log_erfc: lambda x: 0,
}
"""Function -> the size of what is added up to its value: of a smaller value that is what counts."""


@cache
def points(of_error: bool) -> NDArray[np.float64]:
    """Numbers of every size, and those next to which something changes."""
    random = np.random.default_rng(5)
    edges = [1.0, 2.0, 0.5, 1.5, 2.5, 10.0, 12.0, 24.0]
    near = [edge + side * 10.0**-size for edge in edges for side in (1, -1) for size in (1, 6, 15)]
    tiny = [*10 ** random.uniform(-300, 0, 12)]
    if of_error:
        found = [*edges, *near, *tiny, *random.uniform(0, 7, 30), *random.uniform(7, 26, 12)]
        return np.array([*found, *(-y for y in found if y < 8), 0.0])
    positive = [*edges, *near, *tiny, *random.uniform(0, 12, 30), *random.uniform(12, 171, 20), *range(3, 30)]
    return np.array(
        [*positive, *10 ** random.uniform(2, 200, 6), *random.uniform(-20, 0, 40), -1e-200, *random.uniform(-150, -20, 8)]
    )


@pytest.mark.parametrize("language", ["NumPy", "JavaScript", "C", "SQL"])
@pytest.mark.parametrize("function", SPECIAL, ids=lambda f: f.__name__)
def test_a_function_has_its_digits_everywhere(function: type[StableFunction], language: str) -> None:
    at = points(function in OF_ERROR)
    found = ENGINES[language](Program((x,), ((Symbol("L"), function(x)),)), {"x": at}, ())["L"]
    looser = (8 if function in OF_ERROR else 6 if function is lgamma else 0) if language == "SQL" else 0
    assert {point: off for point, off in _units(function, at, found, np.float64).items() if off > looser} == {}


@pytest.mark.parametrize(
    "function", [erf, erfc, gamma_function, lgamma, digamma, trigamma, tetragamma], ids=lambda f: f.__name__
)
def test_a_function_has_its_digits_in_float32(function: type[StableFunction]) -> None:
    at = points(function in OF_ERROR)
    at = at[np.abs(at) < 1e30].astype(np.float32).astype(float)
    found = Program((x,), ((Symbol("L"), function(x)),)).evaluate({"x": at}, floats=np.float32)["L"]
    assert found.dtype == np.float32
    assert _units(function, at, found, np.float32) == {}


def _units(function: type[StableFunction], at: Any, found: Any, kind: type[np.floating[Any]]) -> dict[float, float]:
    """Where a value is off by too many units in the last place, and by how many."""
    limits, off = np.finfo(kind), {}
    with mp.workdps(60 if function in (erf, erfc) or function not in OF_ERROR else 400):
        for point, value in zip(at.tolist(), found.tolist(), strict=True):
            try:
                exact = EXACT[function](mp.mpf(point))
            except (ValueError, ZeroDivisionError):
                continue
            if not float(limits.tiny) <= abs(exact) <= float(limits.max):
                continue
            size = max(abs(exact), SIZES[function](mp.mpf(point)) if function in SIZES else 0)
            error = abs(value - exact) / float(np.spacing(kind(float(size)))) if math.isfinite(value) else mp.inf
            if not error <= UNITS.get(function, 6):
                off[point] = float(error)
    return off


@pytest.mark.parametrize("language", ["NumPy", "JavaScript", "C", "SQL"])
@pytest.mark.parametrize(
    ("function", "at", "values"),
    [
        (erf, (0, INF, -INF, NAN), (0, 1, -1, NAN)),
        (erfc, (0, INF, -INF, NAN, 27.5), (1, 0, 2, NAN, 0)),
        (gamma_function, (0.0, INF, -INF, NAN, -1, 172, 5e-324, 23), (INF, INF, NAN, NAN, NAN, INF, INF, math.factorial(22))),
        (lgamma, (0, INF, 1, 2, -3, NAN, 5e-324, 1e300), (INF, INF, 0, 0, INF, NAN, -math.log(5e-324), math.lgamma(1e300))),
        (digamma, (0.0, INF, NAN, 1e300), (-INF, INF, NAN, math.log(1e300))),
        (trigamma, (0, INF, -2, NAN, 1e200), (INF, 0, INF, NAN, 1e-200)),
        (tetragamma, (0, INF, NAN), (-INF, 0, NAN)),
        (log_erfc, (-INF, -7, 1e4, 1e200), (math.log(2), math.log(2), -1e8 - math.log(1e4 * math.sqrt(math.pi)), -INF)),
        (log_half_erfc, (-INF, 0), (0, -math.log(2))),
        (erfc_rate, (-1e6, 1e6, 1e200), (0, 2e6, 2e200)),
        (erfc_excess, (1e6, 1e200), (1e-6, 1e-200)),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_at_the_edge(language: str, function: type[StableFunction], at: tuple[float, ...], values: tuple[float, ...]) -> None:
    found = ENGINES[language](Program((x,), ((Symbol("L"), function(x)),)), {"x": np.array(at, float)}, ())["L"]
    for have, want in zip(found, values, strict=True):
        assert math.isnan(have) if math.isnan(want) else have == pytest.approx(want, rel=1e-11, abs=1e-320)


@pytest.mark.parametrize("function", [f for f in SPECIAL if f is not tetragamma], ids=lambda f: f.__name__)
def test_a_slope_is_that_of_the_textbook_formula(function: type[StableFunction]) -> None:
    slope = lambdify(x, textbook(function(x).diff(x)), "mpmath")
    for point in (-3.3, 0.4, 1.7, 6.2):
        with mp.workdps(40):
            close(float(slope(mp.mpf(point))), float(mp.diff(EXACT[function], mp.mpf(point))))


def test_the_third_derivative_of_digamma_is_refused_in_a_sentence() -> None:
    with pytest.raises(
        NotImplementedError, match=r"^The slope of tetragamma, the third derivative of digamma, is not known here\.$"
    ):
        digamma(x).diff(x, 3)


def test_sympys_own_become_ours() -> None:
    assert rewriting.own(sympy_erf(x) + sympy_gamma(x) * sympy_digamma(x)) == erf(x) + gamma_function(x) * digamma(x)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("log(n!)", lgamma(n + 1)),
        ("-log(erfc(-x)/2)", -log_half_erfc(-x)),
        ("log((1 + erf(x))/2)", log_half_erfc(-x)),
        ("log(1 - erfc(x)/2)", log_half_erfc(-x)),
        ("log(1 - erf(x))", log_erfc(x)),
        ("1 + erf(x)", erfc(-x)),
        ("1 - erfc(x)", erf(x)),
        ("2 - erfc(x)", erfc(-x)),
    ],
)
def test_what_cancels_is_put_in_functions_that_do_not(text: str, form: Expr) -> None:
    assert stable(read(text)) == form


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("log(k!)", r"\ln\left(k!\right)"),
        ("lgamma(x)", r"\ln\left(\Gamma\left(x\right)\right)"),
        ("digamma(x)^2", r"\psi^{2}\left(x\right)"),
        ("polygamma(1, x)", r"\psi_{1}\left(x\right)"),
        ("erfc(x)^2", r"\operatorname{erfc}^{2}\left(x\right)"),
    ],
)
def test_notation(text: str, shown: str) -> None:
    assert notation.latex(read(text)) == shown
    assert notation.mathml(read(text))


@pytest.mark.parametrize("text", ["torch.special.digamma(x)", "scipy.special.psi(x)", "PolyGamma[0, x]", "polygamma(0, x)"])
def test_digamma_by_its_names(text: str) -> None:
    assert read(text) == digamma(x)


@pytest.mark.parametrize("text", ["special.log_ndtr(x)", "log(ndtr(x))", r"\log(\operatorname{erfc}(-x/\sqrt{2})/2)"])
def test_how_likely_a_normal_number_is_by_its_names(text: str) -> None:
    assert read(text) == read("log(erfc(-x/sqrt(2))/2)")


def test_what_can_be_read_in_two_ways_or_is_not_known_is_refused_in_a_sentence() -> None:
    with pytest.raises(
        ValueError, match=r"^!! can be read in two ways: write factorial\(factorial\(n\)\), or the product, at character 3\.$"
    ):
        read("n!!")
    with pytest.raises(ValueError, match=r"^polygamma is known here for the orders 0, 1 and 2, at character 1\.$"):
        read("polygamma(3, x)")
    with pytest.raises(ValueError, match=r"^log_half_erfc is not a function: write "):
        read("log_half_erfc(x)")


@pytest.mark.parametrize("language", ["PyTorch", "JAX"])
def test_what_libraries_have_themselves_agrees_on_a_stand_in(language: str) -> None:
    at = {"x": np.array([0.3, 1.0, 2.5, 9.5, 12.0, 30.0])}
    for function in SPECIAL:
        program = Program((x,), ((Symbol("L"), function(x)),))
        close(ENGINES[language](program, at, ())["L"], program.evaluate(at)["L"], relative=1e-11)


def test_the_languages_name_their_own() -> None:
    program = Program((x,), ((Symbol("L"), erf(x) + erfc(x) + gamma_function(x) + lgamma(x) + digamma(x) + trigamma(x)),))
    names = {
        "SymPy": ("erf(x)", "gamma(x)", "loggamma(x)", "polygamma(1, x)"),
        "NumPy": ("import math\n", "math.erf"),
        "PyTorch": ("torch.erf(x)", "torch.erfc(x)", "torch.lgamma(x)", "torch.digamma(x)", "torch.polygamma(1, x)"),
        "JAX": ("import jax.scipy.special\n", "jax.scipy.special.gamma(x)", "jax.scipy.special.polygamma(1.0, x)"),
        "C": ("tgamma(x)", "lgamma(x)", "erfc(x)"),
        "Julia": ("import SpecialFunctions\n", "SpecialFunctions.erfc(x)", "SpecialFunctions.gamma(x)"),
        "Wolfram Language": ("Erfc[x]", "Gamma[x]", "PolyGamma[0, x]", "LogGamma[x]"),
    }
    for language, expected in names.items():
        text = printers.LANGUAGES[language].code(program)
        assert [name for name in expected if name not in text] == []
    assert "ops.erf(x)" in keras.code(Program((x,), ((Symbol("L"), erf(x)),)))
    for function in (lgamma(x), 1 + erfc(x)):
        with pytest.raises(NotImplementedError, match=r"^(lgamma|erfc) cannot be written in Keras\.$"):
            keras.code(Program((x,), ((Symbol("L"), function),)))


@pytest.mark.parametrize("dialect", printers.sql.DIALECTS.values())
def test_every_dialect_of_sql_has_them_by_way_of_what_it_has(dialect: str) -> None:
    program = Program((x,), ((Symbol("L"), sum(function(x) for function in SPECIAL)),))
    query = printers.sql.code(program, dialect=dialect).lower()
    assert [name for name in ("erf(", "erfc(", "gamma(", "digamma(") if name in query] == []
    sqlglot.parse_one(query, read=dialect)


def test_sqlite_agrees_with_duckdb() -> None:
    at = {"x": np.array([0.3, 1.0, 2.5, 9.5, 12.0, 25.0])}
    for function in SPECIAL:
        program = Program((x,), ((Symbol("L"), function(x)),))
        close(sqlite(program, at)["L"], ENGINES["SQL"](program, at, ())["L"], relative=1e-13)


def test_a_probit_loss_is_finite_with_its_slopes_however_wrong_the_score_is() -> None:
    loss = typed_loss("-log(erfc(-z/sqrt(2))/2)", by="z")
    at = np.array([-1e6, -40.0, -1.0, 0.0, 3.0, 30.0])
    program = loss.program().gradient(["z"])
    found = program.evaluate({"z": at})
    with mp.workdps(400):
        exact = [float(-mp.log(mp.ncdf(point))) for point in map(mp.mpf, at[1:].tolist())]
    close(found["L"], [5e11 + math.log(1e6 * math.sqrt(2 * math.pi)), *exact], relative=1e-12)
    close(found["d_z"][:2], [-1e6 - 1e-6, -40.0249688], relative=1e-8)
    (bend,) = stable_slopes(stable_slopes(read("-log(erfc(-z/sqrt(2))/2)"), ["z"])["z"], ["z"]).values()
    close(Program((Symbol("z"),), ((Symbol("L"), bend),)).evaluate({"z": at})["L"][0], 1.0, relative=1e-9)


def test_a_poisson_loss_has_its_constant_for_every_count() -> None:
    loss = typed_loss("m - k*log(m) + log(k!)", by="m", target="k")
    assert [type(given.domain).__name__ for given in loss.inputs if given.name == "k"] == ["Count"]
    found = loss.program().evaluate({"m": np.full(4, 2.5), "k": np.array([0.0, 1.0, 20.0, 1000.0])})["L"]
    close(found, [2.5 - c * math.log(2.5) + math.lgamma(c + 1) for c in (0, 1, 20, 1000)])


def test_algebra_works_on_them() -> None:
    poisson = read("m - k*log(m) + lgamma(k + 1)")
    assert apply(poisson, "differentiate", k) == digamma(k + 1) - read("log(m)")
    assert apply(read("erf(x)"), "series", x, 0, 4) == 2 * x / sqrt(pi) - 2 * x**3 / (3 * sqrt(pi))
