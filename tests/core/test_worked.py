"""Working out a formula stage by stage keeps its value and leaves nothing unexplained."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Expr, Function, Symbol, exp, log, sqrt, symbols, tanh

from explorer.core.binary import Axis, binary_view
from explorer.core.functions import sigmoid
from explorer.core.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_gradient,
)
from explorer.core.program import Program
from explorer.core.worked import Worked, work_out
from tests.core.helpers import close, several

p, t, x, y = symbols("p t x y")


def values_of_stages(worked: Worked, point: dict[str, float]) -> list[float]:
    """Put numbers in: compute each stage from the numbers worked out before."""
    stages = {f"stage{k}": stage for k, stage in enumerate(worked.stages)}
    steps = tuple((Symbol(name), part) for name, part in (worked.steps | stages).items())
    values = Program(tuple(map(Symbol, point)), steps, output=steps[-1][0]).evaluate(point)
    return [float(values[name]) for name in stages]


EXPRESSIONS = [
    -(t * log(p) + (1 - t) * log(1 - p)),
    (p - t) / (p * (1 - p)),
    t * log(1 + exp(-x)) + (1 - t) * log(1 + exp(x)),
    sigmoid(x) - t,
    tanh(x * tanh(y - 1) + log(1 + exp(x))),
    sqrt(x + y) / (1 + exp(x + y)) ** 2,
    log(log(2 + x)) - log(2 + x),
    x,
    x + y,
    log(x),
]


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=str)
def test_every_stage_has_the_value_of_the_expression(expr: Expr) -> None:
    point = {"p": 0.2, "t": 0.7, "x": 0.4, "y": 1.25}
    close(values_of_stages(work_out(expr, "v"), point), float(expr.subs(point).evalf(30)))


@several
@given(data=st.data())
def test_every_stage_of_any_expression_has_its_value(data: st.DataObject) -> None:
    atoms = st.sampled_from([x, y, 1 - x, x + y])

    def larger(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        return st.one_of(
            st.builds(lambda u, v: u + v, inner, inner),
            st.builds(lambda u, v: u * v, inner, inner),
            inner.map(tanh),
            inner.map(sigmoid),
            inner.map(lambda u: log(2 + u**2)),
        )

    expr = data.draw(st.recursive(atoms, larger, max_leaves=6))
    worked = work_out(expr, "v")
    point = {"x": 0.375, "y": -0.25}
    close(values_of_stages(worked, point), float(expr.subs(point).evalf(30)), relative=1e-9, absolute=1e-12)
    assert worked.stages[0] == expr


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=str)
def test_names_count_up_from_the_prefix_and_stand_for_inputs_and_earlier_names(expr: Expr) -> None:
    worked = work_out(expr, "w")
    assert list(worked.steps) == [f"w{k}" for k in range(1, len(worked.steps) + 1)]
    known = set(expr.free_symbols)
    for name, part in worked.steps.items():
        assert part.free_symbols <= known
        known.add(Symbol(name))


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=str)
def test_each_stage_changes_and_the_last_holds_no_function_but_its_outermost(expr: Expr) -> None:
    stages = work_out(expr, "v").stages
    assert len(set(stages)) == len(stages)
    assert not any(argument.has(Function) for argument in stages[-1].args)


def test_sums_come_before_functions_and_inner_functions_before_outer_ones() -> None:
    v1, v2, v3, v4 = symbols("v1:5")
    worked = work_out(y * log(1 + tanh(x - 1)), "v")
    assert worked.stages == (
        y * log(1 + tanh(x - 1)),
        y * log(1 + tanh(v1)),
        y * log(1 + v2),
        y * log(v3),
        y * v4,
    )
    assert worked.steps == {"v1": x - 1, "v2": tanh(v1), "v3": 1 + v2, "v4": log(v3)}


def test_names_count_up_from_left_to_right() -> None:
    every = range(1, 12)
    t, p = ([Symbol(f"{letter}{k}") for k in every] for letter in "tp")
    worked = work_out(-sum(t_k * log(1 - p_k) for t_k, p_k in zip(t, p, strict=True)), "v")
    assert list(worked.steps.values()) == [*(1 - p_k for p_k in p), *(log(Symbol(f"v{k}")) for k in every)]


def test_a_part_that_stands_twice_has_one_name() -> None:
    worked = work_out(y * log(1 - x) + (1 - x) * tanh(1 - x), "v")
    assert list(worked.steps.values()).count(1 - x) == 1


@several
@given(p=st.floats(0.001, 0.999), z=st.floats(-12, 12), t=st.floats(0, 1))
@pytest.mark.parametrize("axis", ["p", "z"])
def test_stages_of_the_binary_page_have_the_value_of_loss_and_slope(axis: Axis, p: float, z: float, t: float) -> None:
    view = binary_view(axis)
    point = {axis: {"p": p, "z": z}[axis], "t": t}
    loss, slope = {
        "p": (binary_cross_entropy(p, t), binary_cross_entropy_gradient(p, t)),
        "z": (binary_cross_entropy_with_logits(z, t), binary_cross_entropy_with_logits_gradient(z, t)),
    }[axis]
    close(values_of_stages(view.worked_loss, point), loss, relative=1e-9, absolute=1e-12)
    close(values_of_stages(view.worked_slope, point), slope, relative=1e-9, absolute=1e-12)
