"""What is said of each loss is what the literature knows of it, and no proof contradicts the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest
from sympy import Symbol

from explorer.core.algebra import budget
from explorer.core.functions import absolute
from explorer.core.losses import LOSSES, Loss
from explorer.core.losses.facts import Fact, agree, answers, asked, facts, proofs, proven, substituted

KNOWN: tuple[tuple[str, Mapping[str, float], Mapping[str, str]], ...] = (
    ("squared_error", {}, {"convex": "yes", "slope_bounded": "no", "symmetric": "yes", "smooth": "yes", "growth": "quadratic"}),
    ("absolute_error", {"t": 2}, {"convex": "yes", "slope_bounded": "within ±1", "growth": "linear",
                                  "smooth": "no: kink at y = 2: the slope jumps by 2"}),
    ("huber", {"delta": 2}, {"convex": "yes", "slope_bounded": "within ±2", "growth": "linear at both ends",
                             "smooth": "up to the slope: the curvature jumps at y = −2 and 2"}),
    ("pseudo_huber", {"delta": 2}, {"convex": "yes", "slope_bounded": "within ±2", "smooth": "yes", "growth": "linear"}),
    ("log_cosh", {}, {"convex": "yes", "slope_bounded": "within ±1", "smooth": "yes", "growth": "linear"}),
    ("quantile", {"tau": 0.9}, {"convex": "yes", "symmetric": "no", "slope_bounded": "yes: from −0.9 to 0.1",
                                "smooth": "no: kink at y = 0: the slope jumps by 1"}),
    ("expectile", {"tau": 0.9}, {"convex": "yes", "symmetric": "no", "growth": "quadratic", "slope_bounded": "no"}),
    ("epsilon_insensitive", {"epsilon": 0.5}, {"convex": "yes", "slope_bounded": "within ±1",
                                               "vanishing": "nowhere: it is 0 between y = −0.5 and 0.5, where"}),
    ("tukey", {"c": 3}, {"convex": "no: between y = −3 and −1.342 and between y = 1.342 and 3", "bounded": "yes: from 0 to 1.5",
                         "vanishing": "for y below −3 and for y above 3", "growth": "to 1.5 at both ends"}),
    ("cauchy", {"c": 2}, {"convex": "no: for y below −2 and for y above 2", "slope_bounded": "within ±1",
                          "growth": "logarithmic", "vanishing": "nowhere, but it tends to 0"}),
    ("welsch", {"c": 2}, {"convex": "no: for y below −1.414", "bounded": "yes: from 0 to 2", "smooth": "yes"}),
    ("geman_mcclure", {"c": 1}, {"convex": "no: for y below −0.5774", "bounded": "yes: from 0 to 0.5"}),
    ("general_robust", {"c": 1, "alpha": 1.5}, {"convex": "yes", "growth": "like the power 1.5"}),
    ("general_robust", {"c": 1, "alpha": 1}, {"convex": "yes", "growth": "linear", "slope_bounded": "within ±1"}),
    ("general_robust", {"c": 1, "alpha": 0}, {"convex": "no", "growth": "logarithmic"}),
    ("general_robust", {"c": 1, "alpha": -2}, {"convex": "no", "bounded": "yes: from 0 to 2"}),
    ("squared_log_error", {}, {"convex": "no", "growth": "to"}),
    ("percentage_error", {"t": 4}, {"convex": "yes", "slope_bounded": "within ±0.25"}),
    ("poisson", {"t": 3}, {"convex": "yes", "growth": "logarithmic for y → 0; linear for y → ∞", "symmetric": "no"}),
    ("gamma", {"t": 1}, {"convex": "no: for y above 2", "growth": "like 1 / distance for y → 0; logarithmic for y → ∞"}),
    ("tweedie", {"rho": 1.99}, {"growth": "like 1 / distance to the power 0.99 for y → 0; like the power 0.01 for y → ∞"}),
    ("gaussian", {"v": 2}, {"convex": "yes", "growth": "quadratic"}),
    ("laplace", {"b": 2}, {"convex": "yes", "slope_bounded": "within ±0.5"}),
    ("student_t", {}, {"convex": "no", "growth": "logarithmic"}),
    ("hinge", {"t": 1}, {"convex": "yes", "slope_bounded": "yes: from −1 to 0", "growth": "linear for y → −∞; to 0 for y → ∞",
                         "smooth": "no: kink at y = 1: the slope jumps by 1", "symmetric": "yes",
                         "vanishing": "nowhere: it is 0 for y above 1, where the loss is least",
                         "proper": "no: the least is at y = −1 or 1, only which class is likelier"}),
    ("squared_hinge", {"t": 1}, {"convex": "yes", "growth": "quadratic for y → −∞", "proper": "yes, through its link"}),
    ("modified_huber", {"t": 1}, {"convex": "yes", "growth": "linear for y → −∞", "proper": "yes, through its link"}),
    ("exponential", {"t": 1}, {"convex": "yes", "growth": "exponential for y → −∞; to 0 for y → ∞",
                               "proper": "yes, through its link: at every rate q the least is at y = 0.5 ln(q/(1 − q))"}),
    ("savage", {"t": 1}, {"convex": "no: for y below −0.6931", "bounded": "yes: from 0 to 1", "proper": "yes, through its link",
                          "slope_bounded": "yes: from −0.2963 to 0"}),
    ("tangent", {"t": 1}, {"convex": "no", "proper": "yes, through its link: at every rate q the least is at y = tan(q − ½)"}),
    ("ramp", {"t": 1}, {"convex": "no: at y = 0 its slope falls by 1", "vanishing": "for y below 0", "proper": "no"}),
    ("zero_one", {"t": 1}, {"convex": "no: it jumps at y = 0", "smooth": "no: jump at y = 0: by 1",
                            "vanishing": "for y below 0", "proper": "no"}),
    ("binary_cross_entropy", {}, {"convex": "yes", "bounded": "below by 0, above not", "growth": "logarithmic for p → 0",
                                  "proper": "yes: at every rate q the least is at p = q"}),
    ("binary_cross_entropy_with_logits", {}, {"convex": "yes", "growth": "linear for z → −∞", "proper": "yes, "
                                              "through its link: at every rate q the least is at z = ln(q/(1 − q))"}),
    ("weighted_binary_cross_entropy", {}, {"convex": "yes", "symmetric": "no", "proper": "no"}),
    ("smoothed_binary_cross_entropy", {"epsilon": 0.1}, {"convex": "yes", "growth": "linear", "proper": "no: at rate 0.95 the "
                                                         "least is at σ(z) = 0.905"}),
    ("focal", {"gamma": 2}, {"convex": "no", "proper": "no"}),
    ("focal", {"gamma": 0, "alpha": 0.5}, {"convex": "yes", "proper": "yes"}),
    ("brier", {"t": 1}, {"convex": "yes", "bounded": "yes: from 0 to 1", "proper": "yes: at every rate q", "smooth": "yes"}),
    ("generalized_cross_entropy", {"q": 0.5}, {"convex": "yes", "bounded": "yes: from 0 to 2",
                                               "proper": "no: at rate 0.75 the least is at p = 0.9"}),
    ("cross_entropy", {}, {"jointly_convex": "yes", "proper": "yes"}),
    ("cross_entropy_with_logits", {}, {"jointly_convex": "yes", "proper": "yes", "growth": "to"}),
    ("brier_of_classes", {}, {"jointly_convex": "yes", "proper": "yes"}),
    ("generalized_cross_entropy_of_classes", {}, {"proper": "no"}),
    ("kullback_leibler", {}, {"jointly_convex": "yes"}),
    ("ranknet", {}, {"convex": "yes", "jointly_convex": "yes"}),
    ("triplet", {}, {"convex": "no", "jointly_convex": "no"}),
    ("gan_wasserstein", {}, {"slope_bounded": "yes: it is −1 everywhere", "bounded": "neither below nor above"}),
    ("gan_minimax_generator", {}, {"convex": "no", "growth": "to 0 for g → −∞; falling, linear for g → ∞"}),
    ("gan_non_saturating_generator", {}, {"convex": "yes"}),
    ("dice", {}, {"jointly_convex": "no", "bounded": "yes"}),
)  # fmt: skip
"""Loss, numbers other than where it starts, and how the answer begins."""


def at(loss: Loss, **numbers: float) -> dict[str, float]:
    return {**loss.starts, **numbers}


@pytest.mark.parametrize(("name", "numbers", "known"), KNOWN, ids=[name for name, *_ in KNOWN])
def test_what_is_known_of_a_loss_is_found(name: str, numbers: Mapping[str, float], known: Mapping[str, str]) -> None:
    loss = LOSSES[name]
    found = {answer.key: answer.text for answer in answers(loss, at(loss, **numbers))}
    assert {key: found[key][: len(text)] for key, text in known.items()} == known


@pytest.mark.parametrize("name", LOSSES)
def test_no_proof_contradicts_the_numbers(name: str) -> None:
    loss = LOSSES[name]
    values = at(loss)
    found = {answer.key: answer.verdict for answer in answers(loss, values)}
    known = substituted(budget.run(proofs.proven, asked(loss, values), 0.02, seconds=60), values)
    for key in known.keys() & found.keys():
        assert agree(found[key], known[key]), f"{key}: {found[key]} in numbers, {known[key]} proven"


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is."""
    monkeypatch.setattr("explorer.core.losses.facts.SECONDS", 60.0)


def by_key(found: tuple[Fact, ...]) -> dict[str, Fact]:
    return {fact.key: fact for fact in found}


@pytest.mark.usefixtures("patient")
def test_what_sympy_proves_is_said_with_what_it_holds_for() -> None:
    huber = by_key(facts(LOSSES["huber"], {"t": 1.0, "delta": 0.5}))
    assert huber["convex"] == Fact("convex", "Convex in y?", "yes", "proved by SymPy, for every t and δ")
    assert huber["slope_bounded"].how == "proved by SymPy, for every t and δ"
    assert huber["smooth"].answer == "up to the slope: the curvature jumps at y = 0.5 and 1.5"
    entropy = by_key(facts(LOSSES["binary_cross_entropy"], {"t": 1.0}))
    assert entropy["proper"].how == "proved by SymPy"
    hinge = by_key(facts(LOSSES["hinge"], {"t": 1.0}))
    assert hinge["proper"].how == "at 18 rates, each at 3,602 points"


@pytest.mark.usefixtures("patient")
def test_facts_are_found_in_a_thread_of_a_server_and_not_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Any] = []
    for _ in range(2):
        thread = Thread(target=lambda: found.append(facts(LOSSES["absolute_error"], {"t": 0.25})))
        thread.start()
        thread.join()
    assert found[0] == found[1]
    assert by_key(found[0])["convex"].how == "proved by SymPy, for every t"
    monkeypatch.setattr("explorer.core.losses.facts.QUESTIONS", ())
    monkeypatch.delattr("explorer.core.algebra.budget.run")
    assert facts(LOSSES["absolute_error"], {"t": 0.25}) == found[0]


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(
    ("formula", "changed"),
    [
        (lambda y, t: -((y - t) ** 2), {"convex", "bounded"}),
        (lambda y, t: (absolute(y) - t) ** 2, {"smooth"}),
        (lambda y, t: (y - t) ** 2 + y, {"symmetric"}),
        (lambda y, t: absolute(y - t), {"smooth", "slope_bounded", "growth"}),
    ],
)
def test_another_formula_has_other_facts_though_it_has_the_same_name(formula: Any, changed: set[str]) -> None:
    loss = LOSSES["squared_error"]
    values = {"y": 1.5, "t": 1.0}
    before = {answer.key: answer.text for answer in answers(loss, values)}
    altered = replace(loss, formula=formula)
    after = {answer.key: answer.text for answer in answers(altered, values)}
    assert altered == loss
    assert changed <= {key for key, text in after.items() if text != before[key]}
    known = proven(altered, values)
    assert known
    assert all(agree(answer.verdict, known.get(answer.key, answer.verdict)) for answer in answers(altered, values))


def test_an_input_that_is_missing_is_named() -> None:
    with pytest.raises(ValueError, match=r"^facts must be given each input of huber but y; got no delta\.$"):
        facts(LOSSES["huber"], {"t": 0.0})


@pytest.mark.parametrize(
    ("name", "values"),
    [("poisson_with_log_rate", {"z": 0.5, "t": 8.0}), ("general_robust", {"y": 1.5, "t": 0.0, "alpha": 1e70, "c": 1.0})],
)
def test_a_curve_that_is_beyond_floats_far_out_warns_of_nothing(name: str, values: dict[str, float]) -> None:
    assert {answer.key for answer in answers(LOSSES[name], values)} >= {"convex", "bounded", "slope_bounded"}


def test_a_proof_that_takes_long_is_stopped() -> None:
    def for_long() -> None:
        for _ in range(10_000_000):
            Symbol("x")

    with pytest.raises(proofs.OutOfTimeError), proofs.limited(0.02):
        for_long()
