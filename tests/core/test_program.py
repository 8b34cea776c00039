"""Program: what it refuses, how it computes, and its gradients held against SymPy's and against finite differences."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Expr, Float, Integer, Symbol, diff, exp, log, nsimplify, symbols, sympify, tanh

from explorer.core import formulas
from explorer.core.functions import sigmoid, softplus, xlogy
from explorer.core.program import Program
from tests.core.helpers import CASES, PROGRAMS, close, columns, few, predictions, several, with_gradient

a, b, x, y, t, L = symbols("a b x y t L")


def square() -> Program:
    """L = a**2 + x, where a = x y."""
    return Program((x, y), ((a, x * y), (L, a**2 + x)))


def names(symbols: Iterable[Symbol]) -> set[str]:
    return {s.name for s in symbols}


# --- What a program may be ---


@pytest.mark.parametrize(
    ("build", "sentence"),
    [
        (
            lambda: Program((Symbol("x y"),), ((L, x),)),
            "A name must be letters, digits and underscores after a letter; got x y.",
        ),
        (lambda: Program((x,), ((Symbol("1a"), x),)), "A name must be letters, digits and underscores after a letter; got 1a."),
        (lambda: Program((x,), ((Symbol("_a"), x),)), "A name must be letters, digits and underscores after a letter; got _a."),
        (lambda: Program((x, x), ((L, x),)), "Every name must stand once; got x twice."),
        (lambda: Program((x,), ((L, x), (L, x))), "Every name must stand once; got L twice."),
        (lambda: Program((x,), ((x, x**2), (L, x))), "Every name must stand once; got x twice."),
        (lambda: Program((x,), ((L, x + y + b),)), "Step L must use inputs and earlier steps; got b."),
        (lambda: Program((x,), ((L, a), (a, x))), "Step L must use inputs and earlier steps; got a."),
        (lambda: Program((x,), ((L, L + 1),)), "Step L must use inputs and earlier steps; got L."),
        (lambda: Program((x,), ((a, x),)), "The output must be a step; got L."),
        (lambda: Program((L,), ((a, L),)), "The output must be a step; got L."),
        (lambda: square().symbol("q"), "A name must be an input or a step of the program; got q."),
        (lambda: square().gradient(["q"]), "A name must be an input or a step of the program; got q."),
        (lambda: square().gradient(["x"], of="q"), "A name must be an input or a step of the program; got q."),
        (lambda: square().inline("q"), "A name must be an input or a step of the program; got q."),
        (lambda: square().needed(["q"]), "A name must be an input or a step of the program; got q."),
        (lambda: square().inputs_of(["q"]), "A name must be an input or a step of the program; got q."),
        (lambda: square().depends(["q"]), "A name must be an input or a step of the program; got q."),
        (lambda: square().substitute({"a": 1}), "substitute must be given inputs of the program; got a."),
        (lambda: square().evaluate({"x": 1}), "evaluate must be given each input once, x, y; got y astray."),
        (lambda: square().evaluate({"x": 1, "y": 1, "q": 1}), "evaluate must be given each input once, x, y; got q astray."),
        (lambda: square().evaluate({"x": 1, "y": 1, "a": 1}), "evaluate must be given each input once, x, y; got a astray."),
        (lambda: square().extended({"a": x}), "Every name must stand once; got a twice."),
        (lambda: square().extended({"c": t}), "Step c must use inputs and earlier steps; got t."),
    ],
)
def test_error_names_argument_rule_and_value(build: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole sentence is compared below
        build()
    assert str(error.value) == sentence


@pytest.mark.parametrize("field", ["inputs", "steps", "output"])
def test_program_is_frozen(field: str) -> None:
    program = square()
    with pytest.raises(FrozenInstanceError):
        setattr(program, field, ())


def test_equal_programs_are_equal_and_hash_alike() -> None:
    assert square() == square()
    assert len({square(), square(), square().gradient(["x"])}) == 2


# --- Computing ---


def test_evaluate_gives_every_step() -> None:
    assert square().evaluate({"x": 2, "y": 3}) == {"a": 6, "L": 38}


def test_evaluate_broadcasts() -> None:
    values = square().evaluate({"x": [[1.0], [2.0]], "y": [0.0, 1.0, 2.0]})
    np.testing.assert_array_equal(values["a"], [[0, 1, 2], [0, 2, 4]])
    np.testing.assert_array_equal(values["L"], [[1, 2, 5], [2, 6, 18]])


def test_evaluate_takes_whole_numbers_as_floats() -> None:
    values = Program((x,), ((L, x**3),)).evaluate({"x": [10**7]})
    np.testing.assert_array_equal(values["L"], [1e21])


def test_evaluate_gives_infinity_and_nan_without_a_warning_and_no_negative_zero() -> None:
    program = Program((x,), ((a, log(x)), (b, 1 / x - 1 / x**2 + a), (L, -x)))
    values = program.evaluate({"x": 0.0})
    assert values["a"] == -np.inf
    assert np.isnan(values["b"])
    assert not np.signbit(values["L"])


def test_evaluate_the_published_network() -> None:
    case = CASES["trained_net"]
    expression = sympify(case["expression"])
    program = Program(symbols("x1 x2"), ((L, expression),))
    values = program.evaluate({"x1": [0, 1], "x2": [0, 1]})
    close(values["L"], [case["at_0_0"], case["at_1_1"]])


@pytest.mark.parametrize("name", ["lambda", "in", "np", "xlogy", "program"])
def test_a_word_that_python_uses_may_name_an_input(name: str) -> None:
    program = Program((Symbol(name), x), ((L, xlogy(Symbol(name), x)),))
    close(program.evaluate({name: 2.0, "x": 3.0})["L"], 2 * np.log(3))


# --- Gradients ---


@pytest.mark.parametrize("name", PROGRAMS)
def test_gradient_is_the_derivative_of_the_inlined_loss(name: str) -> None:
    program = PROGRAMS[name]
    inputs = [s.name for s in program.inputs]
    point = dict(zip(inputs, np.linspace(0.15, 0.85, len(inputs)) ** 1.3, strict=True))
    values = program.gradient(inputs).evaluate(point)
    exact = {s: nsimplify(Float(point[s.name]), rational=True) for s in program.inputs}
    for s in program.inputs:
        expected = diff(program.inline(), s).subs(exact).evalf(30)
        close(values[f"d_{s.name}"], float(expected), absolute=1e-15)


@few
@given(data=st.data())
@pytest.mark.parametrize("name", PROGRAMS)
def test_gradient_against_central_differences(name: str, data: st.DataObject) -> None:
    program = PROGRAMS[name]
    inputs = [s.name for s in program.inputs]
    point = {s: data.draw(st.floats(0.1, 0.9)) for s in inputs}
    values = program.gradient(inputs).evaluate(point)
    h = 1e-5
    for s in inputs:
        above, below = (program.evaluate(point | {s: point[s] + step})["L"] for step in (h, -h))
        close(values[f"d_{s}"], (above - below) / (2 * h), relative=1e-6, absolute=1e-7)


OPERATIONS: tuple[Callable[[Expr, Expr], Expr], ...] = (
    lambda u, v: u + 2 * v,
    lambda u, v: u * v,
    lambda u, v: u / (1 + v**2),
    lambda u, v: tanh(u),
    lambda u, v: sigmoid(u - v),
    lambda u, v: softplus(v),
    lambda u, v: exp(-(u**2)),
    lambda u, v: u,
)


@several
@given(data=st.data())
def test_gradient_of_any_program_is_the_derivative_of_its_inlined_output(data: st.DataObject) -> None:
    known = [x, y]
    steps = []
    for k in range(data.draw(st.integers(1, 6))):
        operation, u, v = (data.draw(st.sampled_from(choices)) for choices in (OPERATIONS, known, known))
        steps.append((Symbol(f"s{k}"), operation(u, v)))
        known.append(Symbol(f"s{k}"))
    program = Program((x, y), tuple(steps), output=steps[-1][0])
    point = {"x": data.draw(st.floats(-1, 1)), "y": data.draw(st.floats(-1, 1))}
    values = program.gradient(["x", "y"]).evaluate(point)
    for s in (x, y):
        expected = float(diff(program.inline(), s).subs({x: point["x"], y: point["y"]}).evalf(30))
        close(values[f"d_{s}"], expected, relative=1e-9, absolute=1e-12)


def test_gradient_keeps_output_and_earlier_steps() -> None:
    gradient = square().gradient(["x"])
    assert gradient.output == L
    assert gradient.steps[:2] == square().steps


def test_gradient_by_a_step_holds_that_step_as_a_variable() -> None:
    values = square().gradient(["a"]).evaluate({"x": 2, "y": 3})
    assert values["d_a"] == 12


def test_gradient_by_an_input_passes_through_a_step_that_is_asked_for_too() -> None:
    values = square().gradient(["x", "a", "y"]).evaluate({"x": 2, "y": 3})
    assert [values[name] for name in ("d_x", "d_a", "d_y")] == [37, 12, 24]


def test_gradient_by_the_output_is_one() -> None:
    assert square().gradient(["L"]).evaluate({"x": 2, "y": 3})["d_L"] == 1


def test_gradient_by_what_the_output_does_not_depend_on_is_zero() -> None:
    values = square().extended({"c": x * y}).gradient(["c"]).evaluate({"x": 2, "y": 3})
    assert values["d_c"] == 0


def test_a_derivative_that_equals_its_step_uses_the_step() -> None:
    gradient = Program((x,), ((a, exp(x)), (L, a**2))).gradient(["x"])
    assert not any(expr.has(exp) for _, expr in gradient.steps[2:])


def test_gradient_takes_symbols_and_repeated_names() -> None:
    assert square().gradient([x, "x"]) == square().gradient(["x"])


def test_gradient_of_another_step_with_another_prefix() -> None:
    gradient = square().gradient(["x", "y"], of="a", prefix="slope_")
    values = gradient.evaluate({"x": 2, "y": 3})
    assert values["slope_x"] == 3
    assert values["slope_y"] == 2
    assert gradient.output == L


@pytest.mark.parametrize("t_value", [0.0, 0.3, 1.0])
def test_second_derivative_of_binary_cross_entropy(t_value: float) -> None:
    first = formulas.binary_cross_entropy().gradient(["p"])
    values = first.gradient(["p"], of="d_p", prefix="d2_").evaluate({"p": 0.2, "t": t_value})
    close(values["d2_p"], t_value / 0.2**2 + (1 - t_value) / 0.8**2)
    close(values["d_p"], -t_value / 0.2 + (1 - t_value) / 0.8)


def test_gradient_of_a_deep_program_stays_small() -> None:
    depth = 40
    chain = tuple((Symbol(f"s{k}"), (Symbol(f"s{k - 1}") if k else x) ** 2 + x) for k in range(depth))
    program = Program((x,), chain, output=chain[-1][0])
    assert program.operations() == 2 * depth
    assert program.gradient(["x"]).operations() < 10 * program.operations()  # inlined, it would double with every step


# --- Rewriting ---


def test_inline_gives_one_expression_in_the_inputs() -> None:
    assert square().inline() == x**2 * y**2 + x
    assert square().inline("a") == x * y
    assert square().inline("x") == x


def test_inline_writes_plain_formulas_unless_told_not_to() -> None:
    program = Program((x, y), ((a, xlogy(x, y)), (L, sigmoid(a))))
    assert program.inline() == 1 / (1 + exp(-x * log(y)))
    assert program.inline(textbook=False) == sigmoid(xlogy(x, y))


@several
@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_substitute_keeps_a_number_exactly(value: float) -> None:
    program = Program((x, y), ((L, x + 0 * y),)).substitute({"x": value})
    assert program.inputs == (y,)
    assert program.evaluate({"y": 0})["L"] == value


@pytest.mark.parametrize("name", PROGRAMS)
def test_substituted_numbers_give_what_evaluating_them_gives(name: str) -> None:
    program = with_gradient(name)
    rest = {name: 0.1 + 0.2 * k for k, name in enumerate(predictions(program))}
    known = {s.name: 0.1 * k for k, s in enumerate(program.inputs) if s.name not in rest}
    expected = program.evaluate(known | rest)
    for step, value in program.substitute(known).evaluate(rest).items():
        close(value, expected[step], absolute=1e-15)


@pytest.mark.parametrize("p", [0.0, 1.0])
@pytest.mark.parametrize("t_value", [0.0, 0.5, 1.0])
def test_numbers_on_the_boundary_may_be_substituted(p: float, t_value: float) -> None:
    program = formulas.binary_cross_entropy().gradient(["p", "t"])
    expected = program.evaluate({"p": p, "t": t_value})
    for known, rest in (({"p": p}, {"t": t_value}), ({"t": t_value}, {"p": p})):
        results = program.substitute(known).evaluate(rest)
        assert {name: results[name] for name in expected} == expected


def test_substitute_takes_expressions_whose_symbols_become_inputs() -> None:
    program = square().substitute({"x": t + b, "y": x})
    assert names(program.inputs) == {"b", "t", "x"}
    assert program.evaluate({"b": 1, "t": 2, "x": 5}) == {"a": 15, "L": 228}


def test_substitute_may_swap_inputs() -> None:
    swapped = square().substitute({"x": y, "y": x})
    assert swapped.evaluate({"x": 3, "y": 2}) == square().evaluate({"x": 2, "y": 3})


def test_substitute_takes_whole_numbers_as_whole_numbers() -> None:
    assert square().substitute({"x": 2.0}).steps == ((a, 2 * y), (L, a**2 + Integer(2)))


def test_extended_adds_steps_and_inputs() -> None:
    program = square().extended({"c": L + t, "d": Symbol("c") * 2}, inputs=[t])
    assert program.inputs == (x, y, t)
    assert program.evaluate({"x": 2, "y": 3, "t": 1})["d"] == 78


def test_including_takes_steps_and_what_they_need_under_new_names() -> None:
    program = Program((x, t), ((L, x - t),)).including(square(), {"L": "other"}, {"y": 1 + t})
    assert [step.name for step, _ in program.steps] == ["L", "a_other", "other"]
    assert program.evaluate({"x": 2, "t": 2}) == {"L": 0, "a_other": 6, "other": 38}


def test_including_several_steps_shares_what_they_need() -> None:
    program = Program((x, y), ((Symbol("c"), x + y),), output=Symbol("c")).including(square(), {"L": "l", "a": "product"})
    assert program.evaluate({"x": 2, "y": 3}) == {"c": 5, "product": 6, "l": 38}


def test_including_leaves_out_what_is_not_needed() -> None:
    program = Program((x, y), ((L, x + y),)).including(square().gradient(["y"]), {"a": "product"})
    assert [step.name for step, _ in program.steps] == ["L", "product"]


# --- Dependencies ---


def test_needed_gives_the_steps_behind_a_name_in_order() -> None:
    program = square().extended({"c": x + 1})
    assert program.needed(["L"]) == square().steps
    assert program.needed(["c"]) == ((Symbol("c"), x + 1),)
    assert program.needed(["x"]) == ()


@pytest.mark.parametrize(
    ("wanted", "inputs"),
    [
        ([], ()),
        (["L"], (x, y)),
        (["c"], (x,)),
        (["y"], (y,)),
        (["t", "c"], (x, t)),
        ([L, Symbol("c")], (x, y)),
        (["a"], (x, y)),
    ],
)
def test_inputs_of_gives_the_inputs_behind_names_in_order(wanted: list[str | Symbol], inputs: tuple[Symbol, ...]) -> None:
    assert square().extended({"c": x + 1}, inputs=[t]).inputs_of(wanted) == inputs


def test_depends_gives_the_names_ahead() -> None:
    program = square().extended({"c": x + 1})
    assert names(program.depends(["y"])) == {"y", "a", "L"}
    assert names(program.depends(["x"])) == {"x", "a", "L", "c"}
    assert names(program.depends([L])) == {"L"}


@few
@given(data=st.data())
@pytest.mark.parametrize("name", ["cross_entropy-3", "cross_entropy_with_logits-3"])
def test_only_what_depends_on_an_input_changes_with_it(name: str, data: st.DataObject) -> None:
    program = PROGRAMS[name]
    point = {s: v[0] for s, v in data.draw(columns(program, 1)).items()}
    changed = data.draw(st.sampled_from(sorted(point)))
    before = program.evaluate(point)
    after = program.evaluate(point | {changed: 0.77})
    moved = {step for step in before if before[step] != after[step]}
    assert moved <= names(program.depends([changed]))


def test_operations_counts_those_of_every_step() -> None:
    assert square().operations() == 3


def test_a_program_that_has_been_run_can_be_copied_to_another_process() -> None:
    program = Program((x,), ((Symbol("L"), x**2),))
    assert float(program.evaluate({"x": 3.0})["L"]) == 9.0
    copied = pickle.loads(pickle.dumps(program))
    assert copied == program
    assert float(copied.evaluate({"x": 4.0})["L"]) == 16.0
