"""What symbols stand for goes with them: checks draw numbers of their domains, and predictions are known by their roles."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Expr, Symbol, exp, log, symbols

from explorer.core.algebra import agreement, apply, budget, rewriting, sampling
from explorer.core.algebra.execution import work
from explorer.core.algebra.stable import stable
from explorer.core.domains import TYPED, Inputs, Labels
from explorer.core.functions import absolute, logsumexp, sigmoid, softplus, textbook
from explorer.core.losses import LOSSES
from explorer.core.network import Network

d, g, p1, p2, t, y, z1, z2 = symbols("d g p1 p2 t y z1 z2")


def plain(name: str) -> tuple[Expr, Inputs]:
    loss = LOSSES[name]
    return rewriting.plain(loss.program().inline(textbook=False)), Inputs(loss.inputs)


@pytest.mark.parametrize("name", LOSSES)
def test_points_are_of_their_domains(name: str) -> None:
    inputs = Inputs(tuple(given for given in LOSSES[name].inputs if given.name[1:] not in map(str, range(5, 65))))
    every = sum(Symbol(given.name) for given in inputs.known)
    for at in (sampling.points(every, inputs=inputs), sampling.whole_range(every, count=48, inputs=inputs)):
        for given in inputs.known:
            assert all(map(given.domain.holds, at[given.name])), given
            assert np.ptp(at[given.name]) > 0


def test_a_label_is_both_and_a_count_is_whole() -> None:
    at = sampling.whole_range(t * y, count=48, inputs=plain("hinge")[1])
    assert set(at["t"]) == {-1.0, 1.0}
    assert min(at["y"]) == -800
    counted = sampling.whole_range(t * y, count=48, inputs=plain("poisson")[1])
    assert {0.0, 1.0, 1e6} <= set(counted["t"])
    assert not (counted["t"] % 1).any()
    assert min(counted["y"]) == 0


def test_a_hinge_that_is_wrong_at_the_label_minus_1_is_noticed() -> None:
    hinge, inputs = plain("hinge")
    wrong = hinge.xreplace({t: absolute(t)})
    assert not agreement.same_values(hinge, wrong, inputs=inputs).holds
    assert agreement.same_values(hinge, wrong, inputs=TYPED).holds  # t is guessed to be from 0 to 1


@pytest.mark.parametrize(("name", "symbol"), [("huber", "delta"), ("poisson", "y"), ("tweedie", "t"), ("quantile", "tau")])
def test_what_holds_in_the_domain_alone_is_right(name: str, symbol: str) -> None:
    loss, inputs = plain(name)
    same = loss.xreplace({Symbol(symbol): absolute(Symbol(symbol))})
    found = agreement.same_values(loss, same, inputs=inputs)
    assert found.holds, str(found)


def test_what_symbols_stand_for_reaches_the_process_and_comes_back() -> None:
    hinge, inputs = plain("hinge")
    found = budget.run(work, hinge, "multiply", (Symbol("q"),), inputs)
    assert found.inputs == inputs
    assert found.inputs["t"].domain == Labels(-1.0, 1.0)
    assert found.inputs["q"].role == "weight"  # guessed
    assert apply(hinge, "differentiate", "y", inputs=inputs) == work(hinge, "differentiate", (y, 1), inputs).subject


def test_a_network_knows_what_its_symbols_stand_for() -> None:
    index = Network((1, 2), output="softmax", loss="index")
    assert [index.known[name].role for name in ("x1", "w1_1_1", "t1")] == ["parameter", "weight", "target"]
    assert [given.name for given in index.known.known] == [s.name for s in index.program().inputs]
    assert index.known["t1"].domain.edges == (0.0, 1.0)
    assert Network((1, 1)).known["t1"].domain.is_share
    assert not Network((1, 1), output="identity", loss="squared").known["t1"].domain.is_share


def test_only_a_predicted_probability_has_edges() -> None:
    quotient = (p1 - t) / (p1 * (1 - p1))
    assert stable(quotient) != stable(quotient, plain("triplet")[1])  # there p1 is a point's


@pytest.mark.parametrize(
    ("name", "to", "before", "after"),
    [
        ("gan_minimax", "probability", softplus(-d) + softplus(g), -log(1 - Symbol("p_g")) - log(Symbol("p_d"))),
        ("dice", "logit", p1 + p2, sigmoid(z1) + sigmoid(z2)),
        ("brier_of_classes", "logit", p1, exp(z1 - logsumexp(z1, z2, Symbol("z3")))),
        ("binary_cross_entropy", "logit", symbols("p"), sigmoid(Symbol("z"))),
    ],
)
def test_predictions_are_rewritten_by_what_they_are(name: str, to: str, before: Expr, after: Expr) -> None:
    found = work(before, "rewrite", (to,), Inputs(LOSSES[name].inputs))
    assert found.subject == after
    assert found.agreement is not None
    assert found.agreement.holds
    back = work(found.subject, "rewrite", ("logit" if to == "probability" else "probability",), found.inputs)
    at = {"p1": 0.2, "p2": 0.3, "p3": 0.5, "p": 0.2, "d": 0.7, "g": -0.4}
    assert abs(float(textbook(back.subject - before).subs(at))) < 1e-15


def test_what_is_no_prediction_is_not_rewritten() -> None:
    with pytest.raises(ValueError, match=r"^There is no p, nor p1, p2 \.\.\., to rewrite as a logit\.$"):
        apply(p1 + p2, "rewrite", "logit", inputs=plain("triplet")[1])
