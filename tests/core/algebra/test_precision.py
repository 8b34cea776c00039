"""Where plain floats fail is found, what is computed instead does not, and why both are the same is said rightly."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Expr, cos, cosh, exp, log, sqrt, symbols

from explorer.core.algebra import budget, precision
from explorer.core.algebra.precision import proved, remedy, trouble
from explorer.core.functions import sigmoid, softplus, versine

a, b, x, y = symbols("a b x y")


def found(expr: Expr) -> dict[tuple[str, str], precision.Trouble]:
    return {(each.floats, each.fault): each for each in trouble(expr)}


def test_softplus_overflows_on_one_side_and_loses_its_digits_on_the_other() -> None:
    faults = found(log(1 + exp(x)))
    for floats, edge in (("float64", 709.0), ("float32", 88.0), ("float16", 11.0)):
        overflow, digits = faults[floats, "overflow"], faults[floats, "digits"]
        ((first, last),) = overflow.spans
        assert edge < first < 1.7 * edge + 2
        assert last == pytest.approx(1e4, rel=1e-3)
        assert overflow.found == np.inf
        assert digits.spans[-1][1] < 0
        assert digits.error > 0.2


def test_both_sides_are_told_apart() -> None:
    left, right = found(log(cosh(x)))["float64", "overflow"].spans
    assert left[0] == -right[1] == -1e4
    assert -800 < left[1] < -700
    assert 700 < right[0] < 800


@pytest.mark.parametrize(
    ("expr", "fault"),
    [
        (exp(x) / (1 + exp(x)), "nan"),
        (log(exp(a) + exp(b)), "overflow"),
        (1 - cos(x), "digits"),
        ((exp(x) - 1) / x, "digits"),
        (sqrt(x**2), "digits"),
    ],
    ids=str,
)
def test_fault_is_found_in_every_kind_of_floats_where_it_can_be(expr: Expr, fault: str) -> None:
    assert {floats for floats, each in found(expr) if each == fault} >= {"float64", "float32", "float16"}


@pytest.mark.parametrize("expr", [x + 1, exp(-x), softplus(x)], ids=str)
def test_nothing_is_said_of_what_floats_compute(expr: Expr) -> None:
    assert [each for each in trouble(expr) if each.floats != "float16"] == []


def test_the_same_points_are_tried_each_time() -> None:
    assert trouble(log(exp(a) + exp(b))) == trouble(log(exp(a) + exp(b)))


def test_what_is_computed_instead_is_right_and_proved() -> None:
    cure = remedy(1 - cos(x))
    assert (cure.form, cure.proof) == (versine(x), "algebra")
    assert cure.points > 60
    assert cure.error < 1e-15
    assert remedy(x + 1).proof == "same"
    assert proved(exp(x) / (1 + exp(x)), sigmoid(x))


@pytest.mark.parametrize("stopped", [TimeoutError, MemoryError])
def test_a_proof_that_takes_too_long_or_too_much_leaves_the_points(
    monkeypatch: pytest.MonkeyPatch, stopped: type[Exception]
) -> None:
    def run(*args: object, **options: object) -> None:
        raise stopped

    monkeypatch.setattr(budget, "run", run)
    assert remedy(exp(x) / (1 + exp(x))).proof == "points"


def test_a_form_that_is_another_is_not_proved_and_its_error_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not proved(1 - cos(x), versine(x) + y / 10**30)
    monkeypatch.setattr(precision, "stable", lambda expr, inputs: versine(x) * (1 + 1e-6))
    cure = remedy(1 - cos(x))
    assert cure.proof == "points"
    assert cure.error == pytest.approx(1e-6, rel=1e-3)
    monkeypatch.setattr(precision, "stable", lambda expr, inputs: expr)
    assert remedy(1 - cos(x)).error == 1
