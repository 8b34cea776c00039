"""The form in which algebra is done: nothing gained, nothing lost, and softmax kept whole."""

from __future__ import annotations

import pytest
from sympy import Expr, exp, log, simplify, symbols

from explorer.core.algebra import rewriting
from explorer.core.formulas import LOSSES
from explorer.core.functions import focal, logistic_loss, logsumexp, sigmoid, softplus, textbook, xdivy, xlogy

p, t, x, y, z = symbols("p t x y z")
SOFTMAX = [exp(k - logsumexp(x, y)) for k in (x, y)]


@pytest.mark.parametrize(
    ("expr", "plain"),
    [
        (xlogy(t, p), t * log(p)),
        (xdivy(t, p), t / p),
        (focal(t, p, 2), -t * (1 - p) ** 2 * log(p)),
        (logistic_loss(t, z), t * softplus(-z) + (1 - t) * softplus(z)),
        (sigmoid(z), sigmoid(z)),
        (SOFTMAX[0], SOFTMAX[0]),
    ],
)
def test_plain_formulas(expr: Expr, plain: Expr) -> None:
    assert rewriting.plain(expr) == plain


@pytest.mark.parametrize("name", LOSSES)
def test_the_plain_form_of_a_loss_is_its_textbook_form(name: str) -> None:
    whole = LOSSES[name]().inline(textbook=False)
    assert simplify(textbook(rewriting.plain(whole)) - textbook(whole)) == 0


def test_what_is_read_has_no_softplus() -> None:
    assert rewriting.written(softplus(z) + sigmoid(z)) == log(exp(z) + 1) + sigmoid(z)
    assert rewriting.written(SOFTMAX[0]) == exp(x) / (exp(x) + exp(y))


def test_the_probabilities_of_a_softmax_are_found() -> None:
    assert rewriting.softmax_terms(SOFTMAX[1] * (1 - SOFTMAX[0]) + exp(x) + exp(x - y)) == SOFTMAX


@pytest.mark.parametrize(
    ("expr", "gathered"),
    [
        (sigmoid(-z), 1 - sigmoid(z)),
        (softplus(-z), softplus(z) - z),
        (log(sigmoid(z)), z - softplus(z)),
        (log(1 - sigmoid(z)), -softplus(z)),
        (log(exp(x - y)), x - y),
        (log(p), log(p)),
    ],
)
def test_both_signs_are_gathered(expr: Expr, gathered: Expr) -> None:
    assert rewriting.gathered(expr) == gathered


@pytest.mark.parametrize(
    ("expr", "factored"),
    [
        (SOFTMAX[0] - SOFTMAX[0] ** 2, SOFTMAX[0] * (1 - SOFTMAX[0])),
        (t * softplus(z) - softplus(z), -softplus(z) * (1 - t)),
        (p**2 - p, -p * (1 - p)),
    ],
)
def test_factored(expr: Expr, factored: Expr) -> None:
    assert rewriting.factored(expr) == factored


@pytest.mark.parametrize(
    ("expr", "simplified"),
    [
        (SOFTMAX[0] + SOFTMAX[1], 1),
        (t * SOFTMAX[0] + p * SOFTMAX[0] - t, (p + t) * SOFTMAX[0] - t),
        (sigmoid(z) ** 2 + sigmoid(z) * sigmoid(-z), sigmoid(z)),
        (p / (p * t), 1 / t),
        (1 / (1 + exp(-z)) - t, sigmoid(z) - t),
        (((1 - t) * exp(z) - t) / (exp(z) + 1), sigmoid(z) - t),
        (exp(-2 * z) / (1 + exp(-z)) ** 2, sigmoid(-z) ** 2),
        (exp(x) + exp(y), exp(x) + exp(y)),
    ],
)
def test_simplified(expr: Expr, simplified: Expr) -> None:
    assert rewriting.simplified(expr) == simplified
