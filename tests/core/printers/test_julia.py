"""Julia: source that a real grammar reads. That it computes the same, `test_languages` says, on a stand-in."""

from __future__ import annotations

import pytest
from sympy import Symbol, log, symbols

from explorer.core.functions import argmax, relu, xlogy
from explorer.core.printers import julia
from explorer.core.program import Program
from tests.core.helpers import VARIANTS, with_gradient
from tests.core.printers.julia_stand_in import Module, parse
from tests.core.printers.shared import NETWORKS, L, every_expression

x, y = symbols("x y")


def test_julia_reads_step_by_step() -> None:
    program = Program((x, y), ((Symbol("end"), relu(x) ** 2 / 3), (L, argmax(x, y) - Symbol("end") ** -2 + xlogy(y, 2))))
    assert julia.code(program, "cost", ["L", "end", "x"]).splitlines() == [
        "xlogy(x, y) = x == 0 ? 0.0 : x * log(y)",
        "",
        "index_of_largest(values...) = argmax(values) - 1",
        "",
        "relu(z) = z < 0 ? 0.0 : z",
        "",
        "function cost(x, y)",
        "    end_ = (1/3)*relu(x)^2",
        "    L = index_of_largest(x, y) + xlogy(y, 2) - 1/end_^2",
        "    return (; L = L, end_ = end_, x = x)",
        "end",
    ]


@pytest.mark.parametrize("name", [*VARIANTS, *NETWORKS])
def test_julia_can_be_read(name: str) -> None:
    program = with_gradient(name) if name in VARIANTS else NETWORKS[name].gradient()
    parse(julia.code(program, outputs=[step.name for step, _ in program.steps]))


def test_julia_of_every_kind_of_expression_can_be_read() -> None:
    program = every_expression()
    parse(julia.code(program, outputs=[step.name for step, _ in program.steps]))


def test_what_is_no_julia_is_refused() -> None:
    with pytest.raises(AssertionError, match="Julia cannot read"):
        parse("function loss(x)\n    return x +\nend")
    with pytest.raises(AssertionError, match="end names nothing"):
        Module("function loss(end)\n    return end\nend")


@pytest.mark.parametrize(
    ("expression", "value"),
    [("-x^2", -9), ("-(x)^2", -9), ("2*(x + 1)", 8), ("1 - (x + 1)*2", -7), ("2^(1/2)*x", 3 * 2**0.5), ("x^(-1)/3", 1 / 9)],
)
def test_the_stand_in_reads_arithmetic_as_julia_does(expression: str, value: float) -> None:
    assert Module(f"f(x) = {expression}").call("f", [3.0]) == pytest.approx(value)


def test_the_stand_in_refuses_what_julia_raises_an_error_for() -> None:
    for function in (log, lambda x: x**0.5):
        with pytest.raises(AssertionError, match="DomainError"):
            Module(julia.code(Program((x,), ((L, function(x)),)))).call("loss", [-1.0])
