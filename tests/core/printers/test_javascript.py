"""JavaScript: what a page runs on each move of a slider computes what Python does, at a point and over arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Symbol, exp, symbols, sympify, tanh

from explorer.core import printers
from explorer.core.binary import Axis, binary_view
from explorer.core.functions import (
    StableFunction,
    absolute,
    argmax,
    direction,
    entropy_gap,
    expm1,
    focal,
    focal_slope,
    focal_surprise,
    general_robust,
    general_robust_slope,
    leaky_relu,
    least_focal,
    log_cosh,
    log_cosh_slope,
    log_quotient,
    logistic_loss,
    logit,
    logsumexp,
    maximum,
    minimum,
    norm,
    positive,
    power_surprise,
    relu,
    same,
    shift,
    sigmoid,
    signum,
    softplus,
    xdivy,
    xlog1py,
    xlogy,
    xmuly,
)
from explorer.core.program import Program
from tests.core.helpers import (
    CASES,
    PROGRAMS,
    close,
    columns,
    every_javascript_step,
    few,
    inputs_of,
    javascript,
    kind,
    predictions,
    targets,
    with_gradient,
)
from tests.core.printers.shared import AT, agree, every_expression

INF, NAN = float("inf"), float("nan")
L, p, t, w, x, y, z = symbols("L p t w x y z")
GRADIENTS = {name: with_gradient(name) for name in PROGRAMS}


def cancelled(program: Program) -> float:
    """Return the absolute error that a gradient may keep where its terms cancel: each is at most 1, one for each target."""
    return 1e-15 * len(targets(program))


# --- One point ---


@few
@given(data=st.data())
@pytest.mark.parametrize("name", GRADIENTS)
def test_javascript_computes_every_step_as_numpy_does(name: str, data: st.DataObject) -> None:
    program = GRADIENTS[name]
    values = data.draw(columns(program, 8))
    expected = program.evaluate(values)
    printed = every_javascript_step(program, values)
    assert set(printed) == set(expected)
    for step in expected:
        close(printed[step], expected[step], absolute=cancelled(program))


BOUNDARY = {"probability": [0.0, 0.5, 1.0], "logit": [-1e4, -40.0, 0.0, 40.0, 1e4], "real": [-1e4, 0.0, 1.0]}
BOUNDARY |= {"smoothing": [0.0, 1.0], "weight": [0.0, 2.0], "focus": [0.0, 0.5, 2.0]}


@pytest.mark.parametrize("name", [name for name in GRADIENTS if name[-1] not in "345"])
def test_javascript_agrees_with_numpy_on_the_boundary(name: str) -> None:
    program = GRADIENTS[name]
    grid = np.meshgrid(*(BOUNDARY[kind(one)] for one in inputs_of(program)))
    values = {s.name: axis.ravel() for s, axis in zip(program.inputs, grid, strict=True)}
    expected = program.evaluate(values)
    printed = every_javascript_step(program, values)
    for step in expected:
        close(printed[step], expected[step], absolute=cancelled(program))


@pytest.mark.parametrize(
    ("function", "points"),
    [
        (xlogy, [(0, 0), (1, 0), (-1, 0), (0, INF), (2, 3)]),
        (xlog1py, [(0, -1), (1, -1), (2, 1e-20), (2, 3)]),
        (xdivy, [(0, 0), (1, 0), (-1, 0), (1, INF), (2, 3)]),
        (xmuly, [(0, INF), (0, -INF), (2, INF), (2, 3)]),
        (focal, [(0, 0, 2), (1, 0, 0.5), (1, 1, 0), (1, 1, 0.5), (1, 1, 2), (2, 0.3, 1.5)]),
        (focal_surprise, [(0, INF, 2), (1, INF, 0.5), (1, 0, 0), (1, 0, 0.5), (1, 1e-20, 2), (2, 0.3, 1.5)]),
        (focal_slope, [(0, INF, 2), (1, INF, 0.5), (1, 0, 0), (1, 0, 0.5), (1, 1e-20, 2), (1, 800, 2), (2, 0.3, 1.5)]),
        (sigmoid, [(-1e4,), (1e4,), (-700,), (0,), (INF,), (-INF,)]),
        (logit, [(0,), (1,), (0.5,), (0.25,)]),
        (log_quotient, [(0,), (1,), (1 - 2**-53,), (0.5,), (4,)]),
        (logistic_loss, [(0, -1e4), (1, 1e4), (0, 1e4), (0.3, -2), (1, 0), (1, INF), (0.5, -INF)]),
        (softplus, [(-1e4,), (1e4,), (-700,), (0,), (INF,), (-INF,)]),
        (logsumexp, [(0, -1000, -1000), (0, -40, -INF), (5, 5, 5), (-1e4, 1e4, 0), (-1e4, -1e4, -1e4)]),
        (power_surprise, [(0, 0, 0.5), (1, 0, 0.5), (2, 1, 0.3), (1, 1 - 2**-53, 0.7), (0.3, 1e-300, 1)]),
        (entropy_gap, [(0, 0), (0, 1), (1, 0), (0.5, 0.5), (0.3, 0.3 + 1e-9), (1, 1e-300)]),
        (expm1, [(0,), (-1e4,), (1e-20,), (-1e-160,), (0.5,), (700,), (INF,), (-INF,)]),
        (log_cosh, [(0,), (1e-100,), (-1e-8,), (0.3,), (-0.999,), (1,), (20,), (-1e300,), (INF,)]),
        (log_cosh_slope, [(0,), (1e-100,), (-1e-8,), (0.3,), (20,), (-1e300,), (INF,)]),
        (norm, [(0, 0), (3, -4), (1e-200, 1e-200), (1e200, -1e200), (-INF, 1)]),
        (direction, [(0, 0), (3, -4), (1e-200, 1e-200), (1e200, -1e200), (1, INF), (0, INF)]),
        (
            general_robust,
            [(INF, 0), (INF, 1), (INF, 2), (INF, -2), (INF, -INF), (1e300, 1), (1e300, 2 - 1e-12), (1e-160, -1e200)],
        ),
        (general_robust_slope, [(INF, 0), (INF, 2), (INF, -INF), (1e300, 1), (1e300, 2 - 1e-12), (1e-160, -1e200)]),
        (shift, [(0, -1000, 3), (-INF, -2, -3), (-1e4, -1e4, -1e4)]),
        (argmax, [(0, -1000, 3), (-INF, -INF, -INF), (1, 2, 2)]),
        (positive, [(0,), (1e-300,), (-1,), (INF,), (-INF,), (NAN,)]),
        (relu, [(0,), (1e-300,), (-1,), (3,), (INF,), (-INF,)]),
        (leaky_relu, [(0,), (1e-300,), (-1,), (3,), (INF,), (-INF,)]),
        (same, [(0, 0), (1, 2), (2, 2), (INF, INF), (INF, -INF), (NAN, NAN)]),
        (absolute, [(0,), (-2,), (INF,), (-INF,)]),
        (signum, [(0,), (-1e-300,), (2,), (-INF,)]),
        (maximum, [(0, 0), (1, 2), (3, -4), (-INF, INF)]),
        (minimum, [(0, 0), (1, 2), (3, -4), (-INF, INF)]),
        (least_focal, [(0, 0, 0), (2, 0, 0), (2, 0, 3), (0, 1, 3), (0.5, 1, 1), (2, 1, 1e-20), (10, 0.1, 2)]),
    ],
)
def test_javascript_functions_agree_with_numpy_at_the_edge(
    function: type[StableFunction], points: Sequence[tuple[float, ...]]
) -> None:
    names = symbols(f"a:{len(points[0])}")
    program = Program(names, ((L, function(*names)),))
    values = {s.name: np.array(column) for s, column in zip(names, zip(*points, strict=True), strict=True)}
    close(every_javascript_step(program, values)["L"], program.evaluate(values)["L"])


@pytest.mark.parametrize("function", [relu, leaky_relu])
def test_rectifiers_pass_nan_on_in_every_language(function: type[StableFunction]) -> None:
    program = Program((x,), ((L, function(x)),))
    assert np.isnan(every_javascript_step(program, {"x": [NAN]})["L"]).all()
    assert np.isnan(program.evaluate({"x": NAN})["L"])


@pytest.mark.parametrize("axis", ["p", "z"])
def test_javascript_of_the_binary_page_agrees_with_numpy(axis: Axis) -> None:
    program = binary_view(axis).program
    values = {axis: np.array([0.2, 0.9]), "t": np.array([1.0, 0.25]), "u": np.array([0.5, 0.1])}
    expected = program.evaluate(values)
    for step, printed in every_javascript_step(program, values).items():
        close(printed, expected[step])


def test_javascript_of_the_published_network() -> None:
    case = CASES["trained_net"]
    program = Program(symbols("x1 x2"), ((L, sympify(case["expression"])),))
    printed = every_javascript_step(program, {"x1": [0, 1], "x2": [0, 1]})
    close(printed["L"], [case["at_0_0"], case["at_1_1"]])


@few
@given(number=st.floats(allow_nan=False, allow_infinity=False), value=st.floats(-10, 10))
def test_numbers_are_printed_exactly(number: float, value: float) -> None:
    program = Program((x, y), ((L, x), (Symbol("sum"), x + y))).substitute({"x": number})
    printed = every_javascript_step(program, {"y": [value]})
    assert printed["L"] == program.evaluate({"y": value})["L"] == number
    assert printed["sum"] == program.evaluate({"y": value})["sum"]


# --- Kernels ---


def neuron() -> Program:
    """One neuron's loss over a data set (rows x and t), with steps that depend on the sweep, the rows, both or neither."""
    b, c, decay, shared, raised, out = symbols("b c decay shared raised out")
    return Program(
        (w, b, c, x, t),
        (
            (shared, c**2 + 1),
            (decay, w**2 * shared),
            (raised, exp(x) + shared),
            (out, tanh(w * x + b)),
            (L, (out - t) ** 2 + decay),
        ),
    ).gradient(["w", "b"])


POINT: dict[str, Any] = {"w": 0.5, "b": -0.25, "c": 2.0}
SWEEP: dict[str, Any] = {"w": np.array([-1.0, 0.0, 0.5, 3.0]), "b": np.array([0.5, 0.25, 0.0, -1.0])}
ROWS: dict[str, Any] = {"x": np.array([-1.0, 0.5, 2.0]), "t": np.array([0.0, 1.0, 0.25])}
OUTPUTS = ["shared", "decay", "raised", "L", "d_w", "d_b"]


def kernel(program: Program, outputs: Sequence[str], given: dict[str, Any], sweep: Any, rows: Any) -> dict[str, Any]:
    source = printers.javascript.kernel(program, outputs, sweep=list(sweep), rows=list(rows))
    results = javascript(source, given, sweep, rows)
    assert set(results) == set(outputs)
    return dict(results)


def test_kernel_of_numbers_gives_numbers() -> None:
    point = POINT | {"x": 2.0, "t": 1.0}
    results = kernel(neuron(), [*OUTPUTS, "w"], point, {}, {})
    expected = neuron().evaluate(point)
    for name in OUTPUTS:
        assert isinstance(results[name], float)
        close(results[name], expected[name])
    assert results["w"] == POINT["w"]


def test_kernel_with_a_sweep_gives_a_value_for_each_point() -> None:
    point: dict[str, Any] = {"c": 2.0, "x": 2.0, "t": 1.0}
    results = kernel(neuron(), [*OUTPUTS, "w", "c"], point, SWEEP, {})
    expected = neuron().evaluate(point | SWEEP)
    for name in OUTPUTS:
        close(results[name], np.broadcast_to(expected[name], 4))
    close(results["w"], SWEEP["w"])
    close(results["c"], np.full(4, 2.0))


def test_kernel_with_rows_gives_the_mean_over_the_rows() -> None:
    results = kernel(neuron(), [*OUTPUTS, "x"], POINT, {}, ROWS)
    expected = neuron().evaluate(POINT | ROWS)
    for name in OUTPUTS:
        close(results[name], np.mean(expected[name]))
    close(results["x"], 0.5)


def test_kernel_with_sweep_and_rows_gives_a_mean_for_each_point() -> None:
    results = kernel(neuron(), OUTPUTS, {"c": 2.0}, SWEEP, ROWS)
    across = {name: column[:, np.newaxis] for name, column in SWEEP.items()}
    expected = neuron().evaluate({"c": 2.0} | across | ROWS)
    for name in OUTPUTS:
        close(results[name], np.broadcast_to(expected[name], (4, 3)).mean(axis=1))


def test_kernel_does_not_average_over_a_row_that_is_swept_as_well() -> None:
    swept: dict[str, Any] = {"x": np.linspace(-1, 1, 5)}
    results = kernel(neuron(), ["out", "raised", "L"], POINT, swept, ROWS)
    expected = neuron().evaluate(POINT | {"x": swept["x"][:, np.newaxis], "t": ROWS["t"]})
    close(results["out"], expected["out"].ravel())
    close(results["raised"], expected["raised"].ravel())
    close(results["L"], expected["L"].mean(axis=1))


@few
@given(data=st.data())
@pytest.mark.parametrize("name", [name for name in GRADIENTS if name[-1] not in "45"])
def test_kernel_of_every_loss_agrees_with_numpy(name: str, data: st.DataObject) -> None:
    program = GRADIENTS[name]
    values = data.draw(columns(program, 4))
    swept = predictions(program)[0]
    rows = {name: values[name] for name in targets(program)}
    point: dict[str, Any] = {s: column[0] for s, column in values.items() if s not in rows and s != swept}
    outputs = [program.output.name, *(f"d_{s}" for s in predictions(program))]
    results = kernel(program, outputs, point, {swept: values[swept]}, rows)
    expected = program.evaluate(point | {swept: values[swept][:, np.newaxis]} | rows)
    for output in outputs:
        with np.errstate(invalid="ignore"):
            mean = np.broadcast_to(expected[output], (4, 4)).mean(axis=1)
        size = np.abs(np.where(np.isfinite(expected[output]), expected[output], 0)).max()
        held = ~np.isnan(mean)  # inf - inf over the rows
        close(np.array(results[output])[held], mean[held], absolute=cancelled(program) + 1e-15 * size)
        assert np.isnan(np.array(results[output])[~held]).all()


# --- Names that a language takes for itself ---

JAVASCRIPT_WORDS = ["var", "in", "class", "let", "yield", "eval", "Math", "Float64Array"]
OUR_WORDS = ["inputs", "sweep", "rows", "n", "i", "r", "count", "sigmoid", "mean_L", "all_L"]


def named(name: str) -> Program:
    """Return a program with an input of that name, x, and the output L = name x + sigmoid(name)."""
    s = Symbol(name)
    return Program((s, x), ((L, s * x + sigmoid(s)),))


EXPECTED = 2 * 3 + 1 / (1 + np.exp(-2))
EXPECTED_AT_1 = 1 * 3 + 1 / (1 + np.exp(-1))


@pytest.mark.parametrize("name", JAVASCRIPT_WORDS + OUR_WORDS)
def test_a_word_that_javascript_uses_may_name_an_input(name: str) -> None:
    close(javascript(named(name).javascript(), {name: 2, "x": 3})["L"], EXPECTED)


@pytest.mark.parametrize("name", JAVASCRIPT_WORDS + OUR_WORDS)
def test_a_word_that_javascript_uses_may_name_an_input_of_a_kernel(name: str) -> None:
    close(kernel(named(name), ["L"], {name: 2}, {"x": [3, 3]}, {})["L"], [EXPECTED, EXPECTED])
    close(kernel(named(name), ["L"], {name: 2}, {}, {"x": [3, 3]})["L"], EXPECTED)
    close(kernel(named(name), ["L"], {"x": 3}, {name: [1, 2]}, {})["L"], [EXPECTED_AT_1, EXPECTED])
    close(kernel(named(name), ["L"], {"x": 3}, {}, {name: [1, 2]})["L"], (EXPECTED_AT_1 + EXPECTED) / 2)


@pytest.mark.parametrize("name", ["var", "class", "count", "n"])
def test_a_word_that_javascript_uses_may_name_a_step(name: str) -> None:
    program = Program((x,), ((Symbol(name), x + 1), (L, Symbol(name) ** 2)))
    assert javascript(program.javascript(), {"x": 2}) == {name: 3, "L": 9}
    assert kernel(program, [name, "L"], {}, {"x": [1, 2]}, {}) == {name: [2, 3], "L": [4, 9]}


# --- To take away ---


def test_javascript_reads_step_by_step() -> None:
    program = Program((x, t), ((y, relu(x) / 3), (L, (y - t) ** 2 + x**3))).gradient(["x"])
    assert printers.javascript.code(program, "cost", ["L", "d_x"]).splitlines() == [
        "const positive = (z) => (z > 0 ? 1 : 0);",
        "",
        "const relu = (z) => (z < 0 ? 0 : z);",
        "",
        "function cost(x, t) {",
        "  const y = (1/3)*relu(x);",
        "  const L = Math.pow(x, 3) + Math.pow(-t + y, 2);",
        "  const d_y = -2*t + 2*y;",
        "  const d_x = (1/3)*d_y*positive(x) + 3*(x*x);",
        "  return {L: L, d_x: d_x};",
        "}",
    ]


def test_kernels_and_every_step_compute_every_kind_of_expression() -> None:
    program = every_expression()
    expected = program.evaluate(AT)
    outputs = list(expected)
    found = kernel(program, outputs, {}, AT, {})
    steps = every_javascript_step(program, AT)
    for name in outputs:
        agree(found[name], expected[name])
        agree(steps[name], expected[name])
