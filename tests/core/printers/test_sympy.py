"""SymPy: source that runs as it stands and defines the formulas of a program."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Expr, Float, Integer, Rational, Symbol, cbrt, exp, lambdify, log, sin, sqrt, symbols, tanh

from explorer.core.functions import absolute, argmax, maximum, sigmoid, textbook
from explorer.core.printers import sympy
from explorer.core.program import Program
from tests.core.helpers import PROGRAMS, VARIANTS, close, predictions
from tests.core.printers.engines import run
from tests.core.printers.shared import EXPRESSIONS, NETWORKS, L, points

t, w, x, y = symbols("t w x y")


@pytest.mark.parametrize("name", PROGRAMS)
def test_sympy_code_of_every_loss_runs_alone_and_defines_the_same(name: str) -> None:
    program = PROGRAMS[name]
    first = predictions(program)[0]
    slope = program.gradient([first]).inline(f"d_{first}", textbook=False)
    scope = run(sympy.expressions(loss=program.inline(), slope=slope))
    assert scope["loss"] == program.inline()
    assert scope["slope"] == textbook(slope)


@pytest.mark.parametrize(
    "expr",
    [
        tanh(w * x) ** 2,
        sin(x) / 3,
        Float(0.1) * x,
        Float(1e-20) * x,
        sqrt(x),
        cbrt(x),
        exp(1) * x,
        Rational(1, 3) + x,
        Integer(3),
        Symbol("lambda") * x,
    ],
    ids=str,
)
def test_sympy_code_of_any_expression_runs_alone_and_defines_the_same(expr: Expr) -> None:
    assert run(sympy.expressions(result=expr))["result"] == expr


def test_sympy_code_refuses_a_function_without_a_plain_formula() -> None:
    with pytest.raises(NotImplementedError) as error:
        sympy.expressions(result=x + argmax(x, y))
    assert str(error.value) == "argmax cannot be written in SymPy."


@pytest.mark.parametrize("name", NETWORKS)
def test_sympy_program_of_a_network_defines_the_loss(name: str) -> None:
    network = NETWORKS[name]
    program = network.program()
    source = sympy.code(program)
    assert source.splitlines()[-1].startswith("L = ")
    assert [line.split(" = ")[0] for line in source.splitlines()[3:]] == [step.name for step, _ in program.needed(["L"])]
    given = {s: column[0] for s, column in points(network).items()}
    found = lambdify(program.inputs, run(source)["L"])(*given.values())
    close(found, lambdify(program.inputs, program.inline())(*given.values()), absolute=1e-15)
    close(found, program.evaluate(given)["L"], absolute=1e-15)


@pytest.mark.parametrize("name", VARIANTS)
def test_sympy_program_of_every_loss_defines_it(name: str) -> None:
    program = VARIANTS[name]
    given = {s.name: value for s, value in zip(program.inputs, np.random.default_rng(0).uniform(0.1, 0.9, 99), strict=False)}
    found = lambdify(program.inputs, run(sympy.code(program))["L"])(*given.values())
    close(found, lambdify(program.inputs, program.inline())(*given.values()), absolute=1e-15)
    close(found, program.evaluate(given)["L"], absolute=1e-15)


def test_sympy_program_reads_step_by_step() -> None:
    log_, once = symbols("log once")
    program = Program((log_, t), ((once, log(log_) + 1), (Symbol("symbols"), once / 3), (L, sigmoid(t) * Symbol("symbols"))))
    source = sympy.code(program)
    assert source.splitlines() == [
        "from sympy import exp, log, symbols",
        "",
        'log_, t = symbols("log t")',
        "once = log(log_) + 1",
        "symbols_ = once/3",
        "L = symbols_/(1 + exp(-t))",
    ]
    assert run(source)["L"] == program.inline()


@pytest.mark.parametrize("name", ["lambda", "exp", "symbols", "Integer", "N", "E", "print"])
def test_any_name_may_stand_in_sympy_source(name: str) -> None:
    a, b = symbols(f"{name} {name}_")
    program = Program((a, b), ((Symbol("first"), exp(a) + 2), (L, Symbol("first") * b / 3)))
    assert run(sympy.code(program))["L"] == program.inline()
    swapped = Program((x,), ((a, exp(x) + 2), (b, a / 3), (L, a * b)))
    assert run(sympy.code(swapped))["L"] == swapped.inline()


def test_sympy_program_keeps_numbers_exact() -> None:
    one = Symbol("one")
    assert run(sympy.code(Program((x,), ((one, Rational(1)), (L, one / 3 + x)))))["L"] == Rational(1, 3) + x


def test_a_function_of_program_steps_is_written_in_textbook_form() -> None:
    program = Program((x, y), ((Symbol("a"), absolute(exp(x))), (L, maximum(Symbol("a"), y) - sigmoid(x))))
    assert sympy.code(program, outputs=["a"]).splitlines() == [
        "from sympy import Abs, exp, symbols",
        "",
        'x, y = symbols("x y")',
        "a = Abs(exp(x))",
    ]
    assert sympy.code(program).splitlines()[-1] == "L = Max(a, y) - 1/(1 + exp(-x))"


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=str)
def test_every_kind_of_expression_is_defined_as_it_is(expr: Expr) -> None:
    found, expected = run(sympy.code(Program((x, y), ((L, expr),))))["L"], textbook(expr).doit()
    assert found == expected or found - expected == 0  # 1e400 comes back with more digits


def test_numbers_without_inputs_are_defined() -> None:
    source = sympy.code(Program((), ((L, Integer(3)),)))
    assert source.splitlines() == ["from sympy import Integer", "", "L = Integer(3)"]
    assert run(source)["L"] == 3
