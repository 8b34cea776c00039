"""Parts as named steps: the same expression, each part once, and no step so long that work on it explodes."""

from __future__ import annotations

from itertools import count

import pytest
from sympy import Expr, Mul, Rational, Symbol, exp, log, sin, symbols, tanh

from explorer.core.algebra import naming
from explorer.core.functions import leaky_relu, logistic_loss, logsumexp, minimum, sigmoid, softplus, textbook, xlogy

x, y, t, z = symbols("x y t z")
MANY = symbols("x:200")


def nested(function: type[Expr], depth: int) -> Expr:
    expr: Expr = x
    for _ in range(depth):
        expr = function(expr, evaluate=False)
    return expr


def parts(*entries: Expr) -> tuple[list[tuple[Symbol, Expr]], list[Expr]]:
    return naming.named(entries, (Symbol(f"u{k}") for k in count(1)))


def written_out(steps: list[tuple[Symbol, Expr]], left: Expr) -> Expr:
    for name, expr in reversed(steps):
        left = left.xreplace({name: expr})
    return left


def test_short_is_what_stays_short_when_written_out() -> None:
    deep = z
    for _ in range(6):
        deep = logistic_loss(t, deep)
    assert naming.is_short(logistic_loss(t, sigmoid(z)) + x**2)
    assert not naming.is_short(deep)
    assert not naming.is_short(nested(tanh, 40))
    assert not naming.is_short(sum(x**k for k in range(100)))


def test_size_counts_a_part_as_often_as_it_is_written() -> None:
    assert naming.size(x) == 1
    assert naming.size(x * y + 1) == 5
    assert naming.size(nested(leaky_relu, 60)) > 2**60


def test_a_short_expression_stays_whole_but_for_what_stands_twice() -> None:
    assert parts(x * y + 1) == ([], [x * y + 1])
    assert parts(tanh(x * y) + exp(tanh(x * y))) == ([(Symbol("u1"), tanh(x * y))], [Symbol("u1") + exp(Symbol("u1"))])
    assert parts(x * y * z, x * y * t)[0] == [(Symbol("u1"), x * y)]


@pytest.mark.parametrize(
    "expr",
    [
        Mul(*(1 + exp(s) for s in MANY)),
        Mul(*(s ** MANY[k - 1] for k, s in enumerate(MANY))),
        sum(s * sin(s) for s in MANY),
        1 / sum(exp(s) for s in MANY),
        xlogy(Mul(*MANY), sum(MANY)),
    ],
    ids=["product", "powers", "sum", "quotient", "function"],
)
def test_a_long_expression_is_the_same_in_short_steps(expr: Expr) -> None:
    steps, (left,) = parts(expr)
    assert written_out(steps, left) == expr
    assert max(naming.size(step) for _, step in steps) <= naming.LONGEST_STEP
    assert len(steps) < naming.size(expr)


@pytest.mark.parametrize("function", [tanh, leaky_relu, sigmoid])
def test_what_is_nested_deeply_is_in_short_steps(function: type[Expr]) -> None:
    steps, (left,) = parts(nested(function, 60))
    assert max(naming.size(step) for _, step in [*steps, (x, left)]) <= naming.LONGEST_STEP
    assert sum(step.count(function) for _, step in steps) + left.count(function) == 60


def test_the_arguments_of_one_function_stay_together() -> None:
    steps, (left,) = parts(logsumexp(*(s + 1 for s in MANY)))
    assert len(left.args) == len(MANY)
    assert len(steps) == len(MANY)


def test_a_function_that_comes_up_on_the_way_is_written_out_as_well() -> None:
    assert textbook(minimum(minimum(z, z), z)) == z


@pytest.mark.parametrize("function", [softplus, sigmoid])
def test_no_number_of_millions_of_digits_is_computed_to_write_a_function_out(function: type[Expr]) -> None:
    written = function(10**6 * log(999)).textbook()
    assert written.has(exp)
    assert all(number.p.bit_length() < 100 for number in written.atoms(Rational))
