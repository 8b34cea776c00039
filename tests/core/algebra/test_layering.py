"""Layered forms: the same numbers in named steps, under names that nothing else has."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Expr, ImmutableMatrix, Symbol, exp, symbols, tanh

from explorer.core.algebra.layering import Layered, layered, operations, reverse, shape, written_out
from explorer.core.algebra.layering import symbols as names_of
from explorer.core.functions import logsumexp

x, y, p1, L = symbols("x y p1 L")
SOFTMAX = exp(x - logsumexp(x, y)) * (1 - exp(y - logsumexp(x, y)))


@pytest.mark.parametrize(
    "expr",
    [
        x,
        L + x,
        tanh(x * y) + exp(tanh(x * y)),
        SOFTMAX,
        SOFTMAX * p1,
        ImmutableMatrix([x, x * y]),
        ImmutableMatrix([[x, y], [x * y, SOFTMAX]]),
    ],
    ids=str,
)
def test_a_layered_form_is_the_expression(expr: Expr) -> None:
    found = layered(expr)
    assert written_out(found) == expr
    assert found.shape == shape(expr)
    taken = [s.name for s in found.program.inputs]
    assert len(set(taken)) == len(taken)


def test_a_common_part_is_one_step() -> None:
    found = layered(tanh(x * y) + exp(tanh(x * y)))
    assert sum(expr.has(tanh) for _, expr in found.steps) == 1


def test_probabilities_are_p_unless_that_letter_is_taken() -> None:
    assert {"p2", "L"} <= {name.name for name, _ in layered(SOFTMAX).steps}
    assert "q1" in {name.name for name, _ in layered(SOFTMAX * p1).steps}


def test_symbols_stand_in_reading_order() -> None:
    assert names_of(sum(symbols("p10 p2 p1 t x"))) == ("p1", "p2", "p10", "t", "x")


def test_reverse_mode_differentiates_every_entry() -> None:
    program, slopes = reverse(layered(ImmutableMatrix([x**2 * y, x + y])), (x, y))
    values = program.evaluate({"x": 3.0, "y": 2.0})
    found = [[float(values[name]) for name in row] for row in slopes]
    np.testing.assert_allclose(found, [[12.0, 9.0], [1.0, 1.0]])


def test_the_derivative_by_a_foreign_symbol_is_zero() -> None:
    program, ((slope,),) = reverse(layered(x**2), (y,))
    assert float(program.evaluate({"x": 3.0, "y": 1.0})[slope]) == 0.0


def test_operations_are_counted_as_written() -> None:
    assert operations(x + y) == 1
    assert operations(logsumexp(x, y)) == 4
    assert operations(layered(tanh(x * y) + exp(tanh(x * y)))) == operations(tanh(x * y) + exp(tanh(x * y))) - 2


def test_entries_may_be_inputs() -> None:
    program = layered(x).program
    assert Layered(program, (("x",),)).written_out() == Symbol("x")
