"""What is printed from a program computes what the program does, in every language."""

from __future__ import annotations

import inspect
import re
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp
from sympy import Expr, Function, Integer, Max, Symbol, exp, nan, symbols, zeta

from explorer.core import functions
from explorer.core.functions import FUNCTIONS, SPECIAL, textbook
from explorer.core.printers import LANGUAGES
from explorer.core.program import Program
from tests.core.helpers import VARIANTS, columns, inputs_of, kind, predictions, sparse, targets, with_gradient
from tests.core.printers.engines import ENGINES
from tests.core.printers.shared import AT, EDGES, EXPRESSIONS, NETWORKS, L, agree, every_expression, of, points, x, y

every_language = pytest.mark.parametrize("language", ENGINES)


def test_every_language_is_listed_by_its_name_and_can_be_run_here() -> None:
    assert [language.name for language in LANGUAGES.values()] == list(LANGUAGES) == ["SymPy", *ENGINES]
    assert all(re.fullmatch("[a-z]+", language.extension) for language in LANGUAGES.values())
    for language in LANGUAGES.values():
        signature = inspect.signature(language.code)
        assert list(signature.parameters)[:3] == ["program", "name", "outputs"]
        assert [p.default for p in signature.parameters.values()][1:3] == ["loss", ()]


@every_language
def test_every_function_but_least_focal_has_its_edges_tried_and_is_printed(language: str) -> None:
    names = {f.__name__ for f in FUNCTIONS}
    assert set(EDGES) == names - {"least_focal"}
    module: Any = inspect.getmodule(LANGUAGES[language].code)
    own = module.FUNCTIONS if language == "NumPy" else module.SOURCES
    assert set(own) <= names | {f.__name__ for f in SPECIAL}
    assert ("least_focal" in own) == (language in {"NumPy", "JavaScript"})


# --- Values ---


@every_language
@pytest.mark.parametrize("name", EDGES)
def test_functions_agree_with_numpy_at_the_edge(language: str, name: str) -> None:
    program, values = of(name)
    near = 1e-15 if language == "Wolfram Language" and name in ("focal_slope", "general_robust_shape_slope") else 0
    agree(ENGINES[language](program, values, ())["L"], program.evaluate(values)["L"], absolute=near)


@every_language
def test_every_kind_of_expression_is_computed_as_numpy_does(language: str) -> None:
    program = every_expression()
    outputs = [step.name for step, _ in program.steps]
    found, expected = ENGINES[language](program, AT, outputs), program.evaluate(AT)
    for name, (_, expr) in zip(outputs, program.steps, strict=True):
        try:
            agree(found[name], expected[name])
        except AssertionError as error:
            raise AssertionError(f"{expr}: {error}") from None


@pytest.mark.parametrize("number", range(len(EXPRESSIONS)), ids=lambda number: str(EXPRESSIONS[number]))
def test_every_kind_of_expression_is_computed_as_sympy_does(number: int) -> None:
    program = every_expression()
    found = np.broadcast_to(program.evaluate(AT, [f"e{number}"])[f"e{number}"], 4)
    agree(found, [_exact(EXPRESSIONS[number], *map(float, point)) for point in zip(*AT.values(), strict=True)])


def _exact(expr: Expr, *point: float) -> float:
    """Return the value of an expression in x and y in 40 digits; NaN if it is no real number."""
    with mp.workdps(40):
        plain = textbook(expr.replace(functions.shift, Max))  # in algebra shift is 0
        value = plain.subs(dict(zip((x, y), map(mp.mpf, point), strict=True))).evalf(40)
    return float(value) if value.is_extended_real and value is not nan else np.nan


def _compare(program: Program, values: dict[str, Any], gradient: list[str], cancelled: Any, without: str = "") -> None:
    """Assert that the loss and its gradient are those of NumPy in every language but one.

    cancelled is the absolute error that a gradient may keep where its terms cancel.
    """
    outputs = ["L", *gradient]
    expected = program.evaluate(values, outputs)
    for language, run in ENGINES.items():
        if language == without:
            continue
        found = run(program, values, outputs)
        for output in outputs:
            try:
                agree(found[output], expected[output], absolute=1e-300 if output == "L" else cancelled)
            except AssertionError as error:
                raise AssertionError(f"{output} in {language}: {error}") from None


@sparse
@given(data=st.data())
@pytest.mark.parametrize("name", VARIANTS)
def test_every_loss_and_its_gradient(name: str, data: st.DataObject) -> None:
    program, slopes = with_gradient(name), [f"d_{x}" for x in predictions(VARIANTS[name])]
    cancelled = len(targets(program)) * 1e-15
    _compare(program, data.draw(columns(program, 3)), slopes, cancelled, without="SQL")  # test_sql takes all points at once


BOUNDARY = {"probability": [0.0, 0.5, 1.0], "logit": [-np.inf, -700.0, 0.0, 700.0], "real": [-1e4, 0.0, 1.0]}
BOUNDARY |= {"smoothing": [0.0, 1.0], "weight": [0.0, 2.0], "focus": [0.0, 0.5, 2.0]}


@pytest.mark.parametrize("name", [name for name in VARIANTS if not {"1", "3", "5"} & set(name.split("-"))])
def test_every_loss_and_its_gradient_on_the_boundary(name: str) -> None:
    program = with_gradient(name)
    by = predictions(program)
    grid = [
        point for point in product(*(BOUNDARY[kind(one)] for one in inputs_of(program))) if any(np.isfinite(point[: len(by)]))
    ]
    random = np.random.default_rng(0)
    chosen = [grid[k] for k in sorted(random.permutation(len(grid))[:40])]
    values = dict(zip((s.name for s in program.inputs), np.array(chosen).T, strict=True))
    _compare(program, values, [f"d_{x}" for x in by], len(targets(program)) * 1e-15)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_and_its_gradient(name: str) -> None:
    network = NETWORKS[name]
    given = points(network)
    largest = np.max([np.abs(given[weight]) for weight in network.weights], axis=0)
    cancelled = 1e-15 * np.maximum(1, largest) ** 2  # 1 - tanh(z)**2, times what lies above
    _compare(network.gradient(), given, [f"d_{weight}" for weight in network.weights], cancelled)


# --- What is returned ---


@every_language
def test_without_outputs_the_function_returns_the_output_alone_and_holds_only_what_that_needs(language: str) -> None:
    program = Program((x, y), ((Symbol("a"), functions.relu(x)), (L, functions.sigmoid(y) + 1), (Symbol("b"), L + 1)))
    source = LANGUAGES[language].code(program)
    assert not re.search(r"\b(relu|a|b)\b", source)
    values = {"x": np.array([1.0, 2.0]), "y": np.array([0.0, -1.0])}
    agree(ENGINES[language](program, values, ())["L"], program.evaluate(values)["L"])


@every_language
def test_outputs_are_returned_by_name_in_the_order_asked_for(language: str) -> None:
    program = Program((x, y), ((Symbol("a"), x + 1), (Symbol("two"), Integer(2)), (L, Symbol("a") * y))).gradient(["x", "y"])
    values = {"x": np.array([1.0, 2.0]), "y": np.array([0.5, -1.0])}
    names = ["d_y", "L", "x", "two", "a", "d_x"]
    found = ENGINES[language](program, values, names)
    assert list(found) == names
    expected = program.evaluate(values) | values
    for name in names:
        agree(found[name], expected[name])
        agree(ENGINES[language](program, values, [name])[name], found[name])


@every_language
@pytest.mark.parametrize("inputs", [(), (x,)])
def test_a_program_may_be_a_number(language: str, inputs: tuple[Symbol, ...]) -> None:
    program = Program(inputs, ((Symbol("a"), Integer(3)), (L, Integer(0))))
    values = {s.name: np.array([1.0]) for s in inputs}
    agree(ENGINES[language](program, values, ())["L"], 0)
    agree(ENGINES[language](program, values, ["a", "L"])["a"], 3)


@every_language
def test_the_function_has_the_name_asked_for(language: str) -> None:
    source = LANGUAGES[language].code(Program((x,), ((L, x + 1),)), "surprise")
    assert "surprise" in source
    assert "loss" not in source


# --- Names that a language takes for itself ---

WORDS = """
    lambda exp double end E I N loss result np log pi e Inf NaN nan inf math torch jax jnp in var class let yield eval Math
    function return begin module struct int float void static char const xlogy sigmoid argmax index_of_largest maximum signum
    C D K O Pi Sin If Module None True import print true false arguments symbols beta gamma sum max min abs linux unix
    INFINITY isnan main complex using quote do local global NULL M_PI fmax sqrt pow y0 j1 softplus xmuly x x_ exp_ end_ n i r
    count inputs rows sweep Infinity undefined del not and or is elseif baremodule isa where log1p expm1 clamp sort
    big oftype AbstractFloat fma ldexp
""".split()  # noqa: SIM905


@every_language
def test_any_word_may_name_an_input(language: str) -> None:
    inputs = symbols(WORDS)
    terms = [(k + 2) * functions.xmuly(s, exp(s)) + functions.maximum(s, 0) ** 2 for k, s in enumerate(inputs)]
    program = Program(inputs, ((Symbol("out"), sum(terms) + functions.sigmoid(inputs[0])),), Symbol("out"))
    values = {s.name: np.array([0.01 * k, 0.02]) for k, s in enumerate(inputs)}
    agree(ENGINES[language](program, values, ())["out"], program.evaluate(values)["out"])


@every_language
def test_any_word_may_name_a_step(language: str) -> None:
    start, *rest = symbols(WORDS)
    steps = [(step, before / 2 + functions.softplus(before)) for before, step in zip((start, *rest), rest, strict=False)]
    program = Program((start,), tuple(steps), rest[-1])
    values = {start.name: np.array([0.5, -1.0])}
    expected = program.evaluate(values)
    found = ENGINES[language](program, values, WORDS[1:])
    for word in WORDS[1:]:
        agree(found[word], expected[word])


# --- What cannot be printed ---


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("expr", "function"),
    [
        (functions.least_focal(x, y, 1), "least_focal"),
        (1 + zeta(x), "zeta"),
        (Function("f")(x) ** 2, "f"),
        (Function("f")(1) * x, "f"),
    ],
)
def test_what_a_language_cannot_compute_is_refused(language: str, expr: Expr, function: str) -> None:
    if (language, function) in {("NumPy", "least_focal"), ("JavaScript", "least_focal"), ("SymPy", "zeta"), ("SymPy", "f")}:
        return
    with pytest.raises(NotImplementedError) as error:
        LANGUAGES[language].code(Program((x, y), ((L, expr),)))
    assert str(error.value) == f"{function} cannot be written in {language}."


@pytest.mark.parametrize("language", ["NumPy", "PyTorch", "JAX", "JavaScript", "C", "Julia"])
def test_a_function_of_several_that_is_made_of_others_is_defined_once_and_no_symbol_is_called_so(language: str) -> None:
    names = symbols("z1 softmax_of_3 x1")
    terms = [functions.softmax(names[k], *names[:k], *names[k + 1 :]) * (k + 1) for k in range(3)]
    program = Program(names, ((L, sum(terms)),))
    code = LANGUAGES[language].code
    assert len(code(program)) < len(code(Program(names, ((L, terms[0]),)))) + 100
    values = {"z1": np.array([0.3, 40.0]), "softmax_of_3": np.array([-1.0, 39.0]), "x1": np.array([0.0, -700.0])}
    agree(ENGINES[language](program, values, ())["L"], program.evaluate(values)["L"])
