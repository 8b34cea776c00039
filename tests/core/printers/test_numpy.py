"""NumPy: source that runs as it stands and computes what the program does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Max, Symbol, symbols

from explorer.core.functions import FUNCTIONS, StableFunction
from explorer.core.printers import numpy
from explorer.core.program import Program
from tests.core.helpers import PROGRAMS, close, columns, few, with_gradient
from tests.core.printers.engines import run
from tests.core.printers.shared import NETWORKS, L, points

GRADIENTS = {name: with_gradient(name) for name in PROGRAMS}


def every_step(program: Program) -> list[str]:
    return [step.name for step, _ in program.steps]


@few
@given(data=st.data())
@pytest.mark.parametrize("name", GRADIENTS)
def test_numpy_code_runs_alone_and_computes_the_same(name: str, data: st.DataObject) -> None:
    program = GRADIENTS[name]
    values = data.draw(columns(program, 8))
    with np.errstate(all="ignore"):
        results = run(numpy.code(program, outputs=every_step(program)))["loss"](**values)
    expected = program.evaluate(values)
    assert set(results) == set(expected)
    for step in expected:
        np.testing.assert_array_equal(results[step], expected[step])


def test_numpy_code_holds_only_the_functions_that_it_calls_and_has_the_name_asked_for() -> None:
    source = numpy.code(PROGRAMS["binary_cross_entropy"], "surprise")
    assert [line for line in source.splitlines() if line.startswith(("def", "import"))] == [
        "import numpy as np",
        "def xlogy(x, y):",
        "def xlog1py(x, y):",
        "def surprise(p, t):",
    ]


def test_numpy_prints_the_largest_of_several_for_arrays() -> None:
    x, y = symbols("x y")
    program = Program((x, y), ((Symbol("L"), Max(x, y, 0)),))
    assert program.evaluate({"x": [-1.0, 2.0], "y": [-3.0, 5.0]})["L"].tolist() == [0, 5]
    assert run(numpy.code(program))["loss"](-1.0, 4.0) == 4


@pytest.mark.parametrize("name", NETWORKS)
def test_numpy_code_of_a_network_runs_alone_and_computes_loss_and_gradient(name: str) -> None:
    program, given = NETWORKS[name].gradient(), points(NETWORKS[name])
    with np.errstate(all="ignore"):
        found = run(numpy.code(program, outputs=every_step(program)))["loss"](**given)
    expected = program.evaluate(given)
    assert set(found) == set(expected)
    for step in expected:
        np.testing.assert_array_equal(found[step], expected[step])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_numpy_code_defines_each_function_that_it_calls(function: type[StableFunction]) -> None:
    names = symbols(f"a1:{1 + (function.nargs.args[0] if function.nargs.is_FiniteSet else 3)}")
    program = Program(names, ((L, function(*names)),))
    values = {s.name: 0.25 * k for k, s in enumerate(names, 1)}
    close(run(numpy.code(program))["loss"](**values), program.evaluate(values)["L"])


def test_numpy_reads_step_by_step() -> None:
    x, t = symbols("x t")
    program = Program((x, t), ((Symbol("lambda"), x / 3), (L, (Symbol("lambda") - t) ** 2 + 1 / x**2))).gradient(["x"])
    assert numpy.code(program, "cost", ["L", "lambda", "x"]).splitlines() == [
        "import numpy as np",
        "",
        "",
        "def cost(x, t):",
        "    lambda_ = (1/3)*x",
        "    L = (lambda_ - t)**2 + x**(-2.0)",
        '    return {"L": L, "lambda": lambda_, "x": x}',
    ]
