"""A check of algebra must notice what is wrong, and say how far it goes."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Expr, ImmutableMatrix, Integer, Rational, cos, exp, log, oo, symbols, tanh

from explorer.core.algebra import agreement, sampling
from explorer.core.algebra.agreement import Agreement
from explorer.core.algebra.exact import Exact
from explorer.core.algebra.layering import Layered
from explorer.core.functions import sigmoid
from explorer.core.network import Network

p, t, x, y = symbols("p t x y")


def test_equal_expressions_agree() -> None:
    found = agreement.same_values((x + 1) ** 2, x**2 + 2 * x + 1)
    assert found.points == 20
    assert found.holds
    assert str(found) == "Agrees at 20 points to 1e-10."


@pytest.mark.parametrize("wrong", [x**2 + 2 * x + 1.000001, x**2, -((x + 1) ** 2), log(-((x + 1) ** 2))])
def test_other_expressions_do_not(wrong: Expr) -> None:
    found = agreement.same_values((x + 1) ** 2, wrong)
    assert not found.holds
    assert str(found).startswith("Disagrees: by up to ")


def test_where_an_expression_has_no_value_it_is_not_compared() -> None:
    found = agreement.same_values(log(x), log(x) + 0)
    assert found.points == 20
    assert found.holds


def test_an_expression_without_any_value_is_not_checked() -> None:
    found = agreement.same_values(log(-1 - x**2), log(-1 - x**2))
    assert not found.holds
    assert str(found) == "Not checked: no real value at 400 random points."


def test_numbers_without_symbols_are_compared_once() -> None:
    assert str(agreement.same_values(Integer(4), Integer(2) ** 2)) == "Agrees at 1 point to 1e-10."


def test_derivatives_are_held_against_differences() -> None:
    right = agreement.differences(exp(x) * y, exp(x) * y, ["x"])
    assert str(right) == "Agrees with finite differences at 20 points to 1e-6."
    assert right.worst < 1e-9
    wrong = agreement.differences(exp(x) * y, exp(x) * y + x / 1000, ["x"])
    assert str(wrong).startswith("Disagrees with finite differences: by up to ")


def test_each_entry_of_a_gradient_counts() -> None:
    value = x**2 * y
    assert agreement.differences(value, ImmutableMatrix([2 * x * y, x**2]), ["x", "y"]).holds
    assert not agreement.differences(value, ImmutableMatrix([x**2, 2 * x * y]), ["x", "y"]).holds


def test_a_layered_network_is_checked_with_class_indices() -> None:
    network = Network((1, 2), output="softmax", loss="index")
    loss = Layered(network.program(), (("L",),))
    found = sampling.points(loss)
    assert set(found["t1"]) <= {0.0, 1.0, 2.0}
    assert agreement.same_values(loss, loss.written_out()).holds


def test_a_substitution_is_held_against_the_numbers_put_in() -> None:
    assert agreement.put_in(p**2 * t, sigmoid(x) ** 2 * t, {"p": sigmoid(x)}).holds
    assert not agreement.put_in(p**2 * t, sigmoid(x) * t, {"p": sigmoid(x)}).holds


def test_roots_must_give_zero() -> None:
    assert agreement.roots(x**2 - t, ImmutableMatrix([-(t ** (1 / 2)), t ** (1 / 2)]), "x").holds
    assert not agreement.roots(x**2 - t, ImmutableMatrix([t]), "x").holds
    assert agreement.roots(1 - t / x, ImmutableMatrix([t]), "x").holds  # at t = 0 there is no value
    assert not agreement.roots(1 / x, ImmutableMatrix([t - t]), "x").holds


def test_a_limit_must_be_neared() -> None:
    assert agreement.limit((exp(x) - 1) / x, Integer(1), "x", Integer(0), "both").holds
    assert not agreement.limit((exp(x) - 1) / x, Integer(2), "x", Integer(0), "both").holds
    assert agreement.limit(-log(x), oo, "x", Integer(0), "above").holds
    assert not agreement.limit(-log(x), -oo, "x", Integer(0), "above").holds
    assert agreement.limit(exp(-x) + t, t, "x", oo, "both").holds


@pytest.mark.parametrize("order", [1, 2, 4, 7])
def test_what_a_series_leaves_out_must_shrink_with_its_order(order: int) -> None:
    right = exp(x).series(x, 0, order).removeO()
    assert agreement.series(exp(x), right, "x", Integer(0), order).holds
    assert not agreement.series(exp(x), right + x ** (order - 1) / 100, "x", Integer(0), order).holds


def test_points_are_probabilities_where_the_name_says_so() -> None:
    found = sampling.points(p * t * x)
    assert ((found["p"] > 0) & (found["p"] < 1) & (found["t"] > 0) & (found["t"] < 1)).all()
    assert (np.abs(found["x"]) <= 2).all()
    assert (found["x"] < 0).any()


def test_a_claim_is_said_only_if_it_holds() -> None:
    assert str(Agreement(20, 0.5, 1.0, claim="It shrinks")) == "It shrinks at 20 points."
    assert str(Agreement(20, 2.0, 1.0, " close by", "It shrinks")) == "Disagrees close by: by up to 2 at 20 points."


def test_rounding_is_not_taken_for_a_wrong_derivative() -> None:
    assert agreement.differences(x * y + y**40, y, ["x"]).holds
    assert agreement.differences(x * y + 10**9 * t, y, ["x"]).holds
    assert agreement.differences(exp(1 / x), -exp(1 / x) / x**2, ["x"]).holds


def test_a_limit_by_cancellation_is_no_disagreement() -> None:
    assert agreement.limit((1 - cos(x)) / x**2, Rational(1, 2), "x", Integer(0), "both").holds


@pytest.mark.parametrize(
    ("expr", "at", "expected"),
    [
        (log(p), 1.0, 0.0),
        (1 - p, 1.0, 0.0),
        (log(1 - p), 1e-300, -1e-300),
        (1 - (1 - p), 1e-300, 1e-300),
        (log((2 + exp(-x)) / 2), 800.0, np.exp(-700.0) * np.exp(-100.0) / 2),
        (log(exp(exp(-x))), 800.0, np.exp(-700.0) * np.exp(-100.0)),
        (1 - tanh(x), 300.0, 2 * np.exp(-600.0)),
        (log((1 + exp(-x)) ** Rational(1, 2)), 700.0, np.exp(-700.0) / 2),
        (((1 + exp(-x)) ** 3 - 1) * exp(x), 700.0, 3.0),
        ((1 + exp(-x)) ** exp(x), 500.0, np.e),
    ],
)
def test_digits_that_are_gone_are_found_again(expr: Expr, at: float, expected: float) -> None:
    (name,) = map(str, expr.free_symbols)
    ((found,),) = Exact(expr).values({name: [at]}, 1)
    assert float(found) == pytest.approx(expected, rel=1e-12, abs=0)
