"""Losses on one axis: what the shared program computes is each loss's own, whatever stands beside it."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.core.comparison import MOST, alike, axis_of, comparison, name
from explorer.core.losses import LOSSES

AXES = {axis: [loss for loss in LOSSES.values() if axis_of(loss) == axis] for axis in ("number", "score", "probability")}


def test_each_axis_has_its_losses() -> None:
    assert {axis: len(losses) >= 3 for axis, losses in AXES.items()} == dict.fromkeys(AXES, True)
    assert axis_of(LOSSES["huber"]) == "number"
    assert axis_of(LOSSES["hinge"]) == axis_of(LOSSES["binary_cross_entropy_with_logits"]) == "score"
    assert axis_of(LOSSES["brier"]) == "probability"
    assert axis_of(LOSSES["triplet"]) == axis_of(LOSSES["dice"]) == axis_of(LOSSES["cross_entropy"]) == ""


@pytest.mark.parametrize("axis", AXES)
def test_what_a_comparison_computes_of_a_loss_is_what_the_loss_computes_alone(axis: str) -> None:
    random = np.random.default_rng(3)
    losses = AXES[axis]
    for start in range(0, len(losses), MOST - 1):
        chosen = alike(losses[start : start + MOST])
        shown = comparison(chosen)
        for _ in range(4):
            values = {given.name: float(given.domain.moderate(random, 1)[0, 0]) for given in shown.inputs}
            if not all(loss.input(loss.by).domain.holds(values[shown.by]) for loss in chosen):
                values[shown.by] = abs(values[shown.by])
            found = shown.program.evaluate({**values, "along": 0.0})
            for place, loss in enumerate(chosen):
                own = loss.with_slopes.evaluate(shown.own_values(place, values))
                for step, alone in (("L", "L"), ("slope", f"d_{loss.by}"), ("curvature", f"d2_{loss.by}")):
                    ours, theirs = float(found[name(step, place)]), float(own[alone])
                    assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-9, nan_ok=True), (loss.name, step, values)


def test_a_label_of_minus_one_is_a_target_of_zero() -> None:
    shown = comparison((LOSSES["hinge"], LOSSES["binary_cross_entropy_with_logits"]))
    assert shown.own_values(1, {"y": 0.5, "t": -1.0}) == {"z": 0.5, "t": 0.0}
    found = shown.program.evaluate({"y": 0.5, "t": -1.0, "along": 0.0})
    assert float(found["L"]) == 1.5
    assert float(found["L_2"]) == pytest.approx(np.log1p(np.exp(0.5)), rel=1e-14)


def test_labels_of_zero_and_one_stay_as_they_are() -> None:
    shown = comparison((LOSSES["generalized_cross_entropy"], LOSSES["binary_cross_entropy"]))
    assert shown.own_values(1, {"p": 0.3, "t": 0.0, "q": 0.7}) == {"p": 0.3, "t": 0.0}


def test_the_target_is_one_that_each_loss_takes() -> None:
    domains = {known: LOSSES[known].input("t").domain for known in ("poisson", "percentage_error", "squared_log_error")}
    for known, domain in domains.items():
        shown = comparison((LOSSES["huber"], LOSSES[known]))
        assert next(given.domain for given in shown.inputs if given.name == "t") == domain


@pytest.mark.parametrize("known", ["poisson", "gamma", "squared_log_error"])
def test_a_loss_has_no_value_where_it_cannot_have_the_prediction_of_the_first(known: str) -> None:
    shown = comparison((LOSSES["huber"], LOSSES[known]))
    found = shown.program.evaluate({"y": [-2.0, 2.0], "t": 1.0, "delta": 1.0, "along": 0.0})
    assert [bool(np.isnan(x)) for x in found["L_2"]] == [True, False]
    assert float(found["L_2"][1]) == float(LOSSES[known].program().evaluate({"y": 2.0, "t": 1.0})["L"])


def test_a_ratio_of_policies_stands_beside_no_prediction_of_a_number() -> None:
    assert alike((LOSSES["huber"], LOSSES["ppo_clip"])) == (LOSSES["huber"],)


def test_inputs_of_one_name_and_other_domains_are_two() -> None:
    shown = comparison((LOSSES["quantile"], LOSSES["expectile"], LOSSES["huber"], LOSSES["pseudo_huber"]))
    assert [given.name for given in shown.inputs] == ["y", "t", "tau", "delta"]
    apart = comparison((LOSSES["epsilon_insensitive"], LOSSES["huber"]))
    assert {given.name for given in apart.inputs} == {"y", "t", "epsilon", "delta"}


def test_scaled_losses_have_the_same_curvature_where_prediction_and_target_agree() -> None:
    shown = comparison(tuple(LOSSES[known] for known in ("squared_error", "huber", "pseudo_huber", "log_cosh", "tukey")), True)
    values = shown.program.evaluate({**{given.name: given.start for given in shown.inputs}, "y": 0.5, "t": 0.5, "along": 0.0})
    assert [float(values[name("shown_curvature", place)]) for place in range(5)] == pytest.approx([1.0] * 5, rel=1e-12)


def test_scaled_losses_of_a_score_have_the_same_value_between_the_classes() -> None:
    known = ("hinge", "binary_cross_entropy_with_logits", "exponential", "savage")
    shown = comparison(tuple(LOSSES[one] for one in known), True)
    values = shown.program.evaluate({"y": 0.0, "t": 1.0, "along": 0.0})
    assert [float(values[name("shown", place)]) for place in range(4)] == pytest.approx([1.0] * 4, rel=1e-12)


def test_what_cannot_be_scaled_stays_as_it_is() -> None:
    shown = comparison((LOSSES["absolute_error"], LOSSES["squared_error"]), True)
    values = shown.program.evaluate({"y": 2.0, "t": 0.0, "along": 0.0})
    assert (float(values["shown"]), float(values["shown_2"])) == (2.0, 2.0)


def test_the_tangent_touches_the_first_loss() -> None:
    shown = comparison((LOSSES["squared_error"],))
    values = shown.program.evaluate({"y": 1.5, "t": 0.0, "along": np.array([0.0, 1.5, 2.0])})
    assert values["tangent"].tolist() == [-2.25, 2.25, 3.75]


def test_a_loss_of_another_axis_is_left_out() -> None:
    chosen = [LOSSES[known] for known in ("huber", "hinge", "squared_error", "triplet")]
    assert [loss.name for loss in alike(chosen)] == ["huber", "squared_error"]
    assert [loss.name for loss in alike([LOSSES["triplet"], LOSSES["huber"]])] == ["triplet"]


def test_code_to_take_away_gives_each_loss_and_its_slope() -> None:
    shown = comparison((LOSSES["huber"], LOSSES["absolute_error"]))
    assert shown.outputs == ("L", "slope", "L_2", "slope_2")
    found = shown.taken.evaluate({"y": 2.0, "t": 0.0, "delta": 1.0})
    assert [float(found[step]) for step in shown.outputs] == [1.5, 1.0, 2.0, 1.0]
