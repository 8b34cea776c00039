"""Each operation, held against published results, SymPy's own evaluation and NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sympy import Abs, Expr, ImmutableMatrix, Max, Rational, Symbol, exp, log, oo, sign, sin, sqrt, symbols, tanh, zeta

from explorer.core.algebra import apply, rewriting
from explorer.core.algebra.execution import outcome, perform, work
from explorer.core.algebra.layering import Layered, Subject, layered, written_out
from explorer.core.algebra.operands import parsed
from explorer.core.algebra.operations import OPERATIONS
from explorer.core.algebra.reading import read
from explorer.core.formulas import LOSSES
from explorer.core.functions import logsumexp, positive, sigmoid, signum, softplus, textbook
from explorer.core.network import Network
from tests.core.helpers import CASES

PUBLISHED = CASES["algebra"]
p, t, x, y, z, w = symbols("p t x y z w")
BCE = rewriting.plain(LOSSES["binary_cross_entropy"]().inline(textbook=False))
SOFTMAX = rewriting.plain(LOSSES["cross_entropy_with_logits"](3).inline(textbook=False))


def do(before: Subject, operation: str, *operands: Any) -> Any:
    """Do an operation here, without a process."""
    return perform(before, operation, parsed(OPERATIONS[operation].asks, operands))


def layers(network: Network) -> Layered:
    return Layered(network.program(), (("L",),))


def numbers(found: Expr, at: dict[str, float]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Evaluate by SymPy's own arithmetic, in the textbook form."""
    entries = list(found) if hasattr(found, "shape") else [found]
    return np.array([float(textbook(entry).subs(at).evalf(30)) for entry in entries])


def test_the_published_results() -> None:
    slope = do(do(BCE, "differentiate", p), "factor")
    assert slope == read(PUBLISHED["d BCE/dp"])
    assert str(slope) == PUBLISHED["d BCE/dp"]
    assert do(slope, "divide", 2 * (p - t)) == read(PUBLISHED["(d BCE/dp) / (d (p - t)**2/dp)"])
    in_logit = do(BCE, "substitute", p, sigmoid(z))
    assert do(do(in_logit, "differentiate", z), "simplify") == read(PUBLISHED["d BCE/dz with p = sigmoid(z)"])


def test_apply_runs_in_a_process_and_takes_text() -> None:
    slope = apply(BCE, "differentiate", "p")
    assert apply(apply(slope, "factor"), "divide", "2*(p - t)") == 1 / (2 * p * (1 - p))


def test_apply_stops_what_takes_too_long() -> None:
    endless = sum(symbols("a b c d e")) ** 200
    with pytest.raises(TimeoutError, match=r"^The operation was stopped after 0\.5 seconds\.$"):
        apply(endless, "expand", seconds=0.5)


def test_the_hessian_of_softmax_is_diag_p_less_p_p() -> None:
    z1, z2, z3 = logits = symbols("z1 z2 z3")
    whole = logsumexp(z1, z2, z3)
    probability = ImmutableMatrix([exp(k - whole) for k in logits])
    total = sum(symbols("t1 t2 t3"))
    found = do(do(SOFTMAX, "hessian", *logits), "factor")
    for i in range(3):
        for j in range(3):
            expected = total * (probability[i] * int(i == j) - probability[i] * probability[j])
            assert (found[i, j] - expected).expand() == 0
    assert found[0, 0] == total * probability[0] * (1 - probability[0])
    at = {"z1": 0.3, "z2": -1.2, "z3": 2.0, "t1": 0.2, "t2": 0.5, "t3": 0.3}
    e = np.exp([0.3, -1.2, 2.0])
    e /= e.sum()
    np.testing.assert_allclose(numbers(found, at).reshape(3, 3), np.diag(e) - np.outer(e, e), rtol=1e-12)


def test_the_gradient_of_softmax_is_p_times_the_sum_of_t_less_t() -> None:
    z1, z2, z3 = logits = symbols("z1 z2 z3")
    t1, t2, t3 = symbols("t1 t2 t3")
    found = do(do(SOFTMAX, "gradient", *logits), "simplify")
    assert found.shape == (3, 1)
    assert found[0] == (t1 + t2 + t3) * exp(z1 - logsumexp(*logits)) - t1


def test_a_network_without_activation_expands_and_factors() -> None:
    network = Network((2, 2, 1), "identity", "identity", "squared")
    expanded = do(layers(network), "expand")
    assert expanded.is_Add
    assert len(expanded.args) == 36
    factored = do(expanded, "factor")
    assert factored.is_Pow
    assert factored.exp == 2
    at = network.random_weights(3) | {"x1": 0.4, "x2": -1.3, "t1": 0.7}
    loss = float(network.program().evaluate(at)["L"])
    for found in (expanded, factored):
        np.testing.assert_allclose(numbers(found, at), [loss], rtol=1e-12)


def test_the_gradient_of_a_layered_network_stays_layered_and_small() -> None:
    network = Network((2, 3, 3, 3), "tanh", "softmax", "probabilities")
    found = work(layers(network), "gradient", tuple(map(Symbol, network.weights)))
    assert isinstance(found.subject, Layered)
    assert found.size < 200
    assert found.agreement is not None
    assert found.agreement.holds
    at = network.random_weights(1) | {"x1": 0.5, "x2": -0.2, "t1": 0.1, "t2": 0.7, "t3": 0.2}
    expected = network.gradient().evaluate(at)
    computed = found.subject.program.evaluate(at)
    for name in network.weights:
        np.testing.assert_allclose(computed[f"d_{name}"], expected[f"d_{name}"], rtol=1e-12)


@pytest.mark.parametrize(
    ("before", "operation", "operands", "after"),
    [
        ((x + 1) * (x - 1), "expand", (), x**2 - 1),
        (x**2 - y**2, "factor", (), (x - y) * (x + y)),
        (x * y + x + y, "collect", (x,), x * (y + 1) + y),
        (1 / x + 1 / y, "together", (), (x + y) / (x * y)),
        (1 / (x * (x + 1)), "apart", (x,), 1 / x - 1 / (x + 1)),
        ((x**2 - 1) / (x - 1), "cancel", (), x + 1),
        (x, "multiply", ("y + 1",), x * (y + 1)),
        (x, "add", ("y",), x + y),
        (x, "subtract", (2,), x - 2),
        (x**2 - 1, "divide", (x - 1,), x + 1),
        (x**4, "differentiate", (x, 3), 24 * x),
        (x**2 * y, "gradient", (), ImmutableMatrix([2 * x * y, x**2])),
        (x**2 * y, "gradient", (y,), ImmutableMatrix([x**2])),
        (x**2 * y, "jacobian", (x, y), ImmutableMatrix([[2 * x * y, x**2]])),
        (x**2 * y, "hessian", (x, y), ImmutableMatrix([[2 * y, 2 * x], [2 * x, 0]])),
        (x**2, "substitute", (x, "sigmoid(z)"), sigmoid(z) ** 2),
        (exp(x), "series", (x, 0, 4), 1 + x + x**2 / 2 + x**3 / 6),
        (log(x), "series", (x, 1, 3), (x - 1) - (x - 1) ** 2 / 2),
        ((exp(x) - 1) / x, "limit", (x, 0), 1),
        (log(1 + exp(x)) - x, "limit", (x, "oo"), 0),
        (-log(p), "limit", (p, 0, "above"), oo),
        (-t * log(p), "limit", (p, 0, "above"), oo * sign(t)),
        (x**2 - 2, "solve", (x,), ImmutableMatrix([-sqrt(2), sqrt(2)])),
        (sigmoid(z) - t, "solve", (z,), ImmutableMatrix([log(t / (1 - t))])),
        (sigmoid(-z), "simplify", (), sigmoid(-z)),
        (sigmoid(z) + sigmoid(-z), "simplify", (), 1),
        (softplus(z) - softplus(-z), "simplify", (), z),
        (log(sigmoid(z)), "factor", (), z - softplus(z)),
        (log(sigmoid(z) / (1 - sigmoid(z))), "simplify", (), z),
        (log(1 / sigmoid(z)), "simplify", (), softplus(-z)),
        (log(p / (1 - p)), "rewrite", ("logit",), z),
        (log(1 + exp(z)), "simplify", (), softplus(z)),
        (exp(x) / (exp(x) + exp(y) + exp(z)), "simplify", (), exp(x - logsumexp(x, y, z))),
        (log(1 + exp(z)) - log(1 + exp(-z)) - z, "simplify", (), 0),
        (log(exp(x + w) + exp(y + w)) - w, "simplify", (), logsumexp(x, y)),
        (logsumexp(x - w, y - w) + w, "simplify", (), logsumexp(x, y)),
        (tanh(z) - 2 * sigmoid(2 * z) + 1, "simplify", (), 0),
        (2 * sigmoid(2 * z) - 1, "simplify", (), tanh(z)),
        (p - t, "rewrite", ("logit",), sigmoid(z) - t),
        (sigmoid(z) - t, "rewrite", ("probability",), p - t),
        (softplus(z), "rewrite", ("probability",), -log(1 - p)),
        (z, "rewrite", ("probability",), log(p / (1 - p))),
    ],
)
def test_operations(before: Expr, operation: str, operands: tuple[Any, ...], after: Expr) -> None:
    found = work(before, operation, parsed(OPERATIONS[operation].asks, operands))
    assert found.subject == after
    assert found.agreement is not None
    assert found.agreement.holds, str(found.agreement)


def test_binary_cross_entropy_in_the_logit_and_back() -> None:
    logit = do(BCE, "rewrite", "logit")
    assert logit == softplus(z) - t * z
    back = do(logit, "rewrite", "probability")
    at = {"p": 0.3, "t": 0.8}
    np.testing.assert_allclose(numbers(back, at), numbers(BCE, at), rtol=1e-12)


def test_probabilities_of_classes_as_logits() -> None:
    plain = rewriting.plain(LOSSES["cross_entropy"](3).inline(textbook=False))
    z1, z2, z3 = symbols("z1 z2 z3")
    t1, t2, t3 = symbols("t1 t2 t3")
    found = do(plain, "rewrite", "logit")
    assert (found - ((t1 + t2 + t3) * logsumexp(z1, z2, z3) - t1 * z1 - t2 * z2 - t3 * z3)).expand() == 0


@pytest.mark.parametrize("operation", ["differentiate", "gradient", "jacobian", "hessian"])
def test_layered_derivatives_are_those_of_the_expression(operation: str) -> None:
    expr = log(1 + exp(x * y)) * sigmoid(x) + y**3
    operands = (x, 2) if operation == "differentiate" else (x, y)
    flat = do(expr, operation, *operands)
    deep = do(layered(expr), operation, *operands)
    assert isinstance(deep, Layered)
    at = {"x": 0.7, "y": -1.1}
    np.testing.assert_allclose(numbers(written_out(deep), at), numbers(flat, at), rtol=1e-12)


def test_layered_arithmetic_and_substitution_stay_layered() -> None:
    network = Network((1, 1), "tanh", "sigmoid", "squared")
    at = {"x1": 0.5, "w1_1_1": -0.3, "b1_1": 0.2, "t1": 1.0}
    loss = float(network.program().evaluate(at)["L"])
    for operation, other, expected in (("multiply", x, 3 * loss), ("divide", x, loss / 3), ("subtract", x, loss - 3)):
        found = do(layers(network), operation, other)
        assert isinstance(found, Layered)
        np.testing.assert_allclose(float(found.program.evaluate(at | {"x": 3.0})[found.names[0]]), expected, rtol=1e-12)
    put_in = do(layers(network), "substitute", "x1", "2*y")
    assert isinstance(put_in, Layered)
    assert "y" in {s.name for s in put_in.program.inputs}


def test_common_subexpressions_name_the_probabilities() -> None:
    found = do(do(SOFTMAX, "hessian", *symbols("z1 z2 z3")), "cse")
    assert isinstance(found, Layered)
    assert {"p1", "p2", "p3"} <= {name.name for name, _ in found.steps}
    assert found.shape == (3, 3)
    assert written_out(do(found, "inline")) == written_out(found)


@pytest.mark.parametrize(
    ("before", "operation", "operands", "sentence"),
    [
        (x, "divide", (0,), "An expression cannot be divided by 0."),
        (log(p), "substitute", (p, 0), "At p = 0 there is no value; take the limit there."),
        (x + 1, "rewrite", ("logit",), "There is no p, nor p1, p2 ..., to rewrite as a logit."),
        (p + z, "rewrite", ("logit",), "z is in the expression already; substitute p by hand."),
        (Symbol("p100000000"), "rewrite", ("logit",), "Classes are rewritten up to p200; got p100000000."),
        (Symbol("z201"), "rewrite", ("probability",), "Classes are rewritten up to z200; got z201."),
        (
            sum(symbols("x:101")),
            "hessian",
            (),
            "This has 10,201 derivatives; at most 10,000 are worked out. Name fewer symbols.",
        ),
        (x**2 + 1, "solve", (x,), "No real solution for x was found."),
        (x - x, "solve", (x,), "Every x solves it: the expression is 0."),
        (
            1 / x,
            "limit",
            (x, 0),
            "From above the limit is ∞, from below -∞: choose a side.",
        ),
        (exp(x), "series", (x, "oo"), "A series needs a finite point."),
        (
            log(x) / x,
            "apart",
            (x,),
            "SymPy has no answer for this step. It takes a quotient of polynomials in the symbol.",
        ),
        (
            ImmutableMatrix([x, y]),
            "hessian",
            (x,),
            "Hessian needs one expression; got a matrix of 2 by 1. Take its Jacobian.",
        ),
        (Rational(1, 2), "gradient", (), "There is no symbol to differentiate by."),
        (x, "differentiate", ("x + 1",), "A symbol is needed, such as p; got x + 1."),
        (x, "differentiate", (), "A symbol is missing."),
        (x, "factor", (x,), "There is one operand too many: x."),
        (x, "differentiate", (x, 11), "Times must be a whole number from 1 to 10; got 11."),
        (x, "limit", (x, 0, "left"), "From must be one of both, above, below; got left."),
    ],
)
def test_refusals(before: Expr, operation: str, operands: tuple[Any, ...], sentence: str) -> None:
    with pytest.raises(ValueError, match="^") as refused:
        do(before, operation, *operands)
    assert str(refused.value) == sentence


def test_an_unknown_operation_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"^An operation must be one of expand, factor, .*; got frobnicate\.$"):
        apply(x, "frobnicate")


def test_a_step_of_a_layered_form_is_no_variable() -> None:
    with pytest.raises(
        ValueError, match=r"^h1_1 is a step of the layered form, not a variable: write the expression out first\.$"
    ):
        do(layers(Network((1, 1, 1))), "differentiate", "h1_1")


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss_can_be_a_start(name: str) -> None:
    found = outcome(rewriting.plain(LOSSES[name]().inline(textbook=False)))
    assert found.latex
    assert found.size > 0
    given = {s.name: 0.3 for s in found.computed.program.inputs}
    loss = LOSSES[name]()
    np.testing.assert_allclose(found.computed.program.evaluate(given)["L"], loss.evaluate(given)["L"], rtol=1e-12)


def test_every_operation_names_its_operands_in_its_title() -> None:
    for operation in OPERATIONS.values():
        assert operation.title.count("{}") <= len(operation.asks)
        assert operation.label


def test_symbols_with_assumptions_are_the_same_symbols() -> None:
    own = Symbol("p", positive=True)
    assert apply(own**2, "differentiate", "p") == 2 * own
    assert apply(own**2, "substitute", own, 3) == 9
    assert apply(own**2 * t, "gradient").shape == (2, 1)


@pytest.mark.parametrize("given", [3, 2.5, np.int64(3), np.float32(2.5)])
def test_numbers_are_operands(given: Any) -> None:
    assert float(apply(x, "multiply", given).subs(x, 2.0)) == pytest.approx(2 * float(given))


@pytest.mark.parametrize("given", [None, ImmutableMatrix([[x]]), object(), complex(0, 1), True, oo])
def test_what_is_no_expression_is_no_operand(given: Any) -> None:
    with pytest.raises(ValueError, match=r"^An expression (is needed; got|must be finite; got oo)"):
        apply(x, "divide", given)


@pytest.mark.parametrize(
    ("before", "operation", "operands"),
    [(sin(x), "limit", (x, "oo")), (oo, "differentiate", (x,)), (x + oo * y, "expand", ())],
)
def test_what_has_no_value_is_refused(before: Expr, operation: str, operands: tuple[Any, ...]) -> None:
    with pytest.raises(ValueError, match=r"^(Limit gives no real value here|Nothing can be done)"):
        do(before, operation, *operands)


def test_sympys_own_functions_have_usable_derivatives() -> None:
    assert do(Abs(x), "differentiate", x) == signum(x)
    assert do(Max(x, y), "differentiate", x) == (1 + positive(x - y) - positive(y - x)) / 2


def test_an_exponential_of_a_logsumexp_alone_is_kept() -> None:
    whole = 1 / (exp(x) + exp(y))
    at = {"x": 0.0, "y": 0.0}
    np.testing.assert_allclose(float(outcome(whole).computed.program.evaluate(at)["L"]), 0.5, rtol=1e-15)
    found = work(z * exp(-logsumexp(x, y)) + z**2, "factor", ())
    np.testing.assert_allclose(numbers(found.subject, at | {"z": 3.0}), [10.5], rtol=1e-12)


def test_a_wrong_result_of_the_computed_form_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.core.algebra.computing.stable", lambda expr, inputs: expr + Symbol("x") / 100)
    found = work(x**2 - 1, "factor", ())
    assert found.agreement is not None
    assert not found.agreement.holds


def test_what_cannot_be_computed_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^The result cannot be computed here: [A-Za-z]+ cannot be written in NumPy"):
        work(zeta(x), "expand", ())


def test_a_step_that_cannot_be_checked_says_so() -> None:
    found = work(log(-1 - x**2), "expand", ())
    assert str(found.agreement) == "Not checked: no real value at 400 random points."
