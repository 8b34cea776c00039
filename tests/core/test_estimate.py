"""The constant that a loss estimates, against statistics that NumPy computes, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from sympy import Symbol, exp, log

from explorer.core.domains import Input, Labels, Logit, Mask, Positive, Probability, Real
from explorer.core.estimate import MOST, STARTS, Estimate, estimate, kind, together
from explorer.core.functions import absolute, relu, softplus, xlogy
from explorer.core.losses import LOSSES, Loss
from explorer.core.statistics import expectile, quantile, statements, statistic


def binary(name: str, prediction: Any, target: Any, formula: Callable[..., Any]) -> Loss:
    inputs = (Input("p", prediction, 0.5, "prediction"), Input("t", target, 1.0, "target"))
    return Loss(name, name, "binary", inputs, "p", formula)


ENTROPY = binary("entropy", Probability(), Probability(), lambda p, t: -xlogy(t, p) - xlogy(1 - t, 1 - p))
BRIER = binary("squares", Probability(), Mask(), lambda p, t: (p - t) ** 2)
FOCAL = binary("focal", Probability(), Probability(), lambda p, t: -t * (1 - p) ** 2 * log(p) - (1 - t) * p**2 * log(1 - p))
HINGE = binary("margin", Real(), Labels(), lambda p, t: relu(1 - t * p))
EXPONENTIAL = binary("steep", Real(), Labels(), lambda p, t: exp(-t * p))
LOGISTIC = binary("logistic", Logit(), Probability(), lambda p, t: softplus(p) - t * p)
TWO = binary("two", Real(), Real(), lambda p, t: p - t)


def at(losses: Sequence[Loss], dots: Sequence[float], **parameters: float) -> list[float]:
    one = estimate(tuple(losses), len(dots))
    solved = one.solved({**one.start(""), **dict(zip(one.dots, dots, strict=True)), **parameters})
    return [place.at for place in solved.places]


def at_rate(loss: Loss, rate: float) -> tuple[float, str]:
    one = estimate((loss,))
    solved = one.solved({"rate": rate})
    return solved.places[0].at, statements(solved)[0]


@pytest.mark.parametrize("dots", [*STARTS.values(), (0.0, 0.0, 10.0), (3.0,) * 7, (10.0,) * 4, (0.0, 10.0)])
@pytest.mark.parametrize("tau", [0.9, 0.25])
def test_losses_of_real_targets_estimate_the_statistics_of_textbooks(dots: tuple[float, ...], tau: float) -> None:
    names = ("squared_error", "absolute_error", "quantile", "expectile")
    found = at([LOSSES[name] for name in names], dots, tau=tau)
    t = np.array(dots)
    ranked = np.sort(t)
    exact = tau * len(t)
    low, high = (ranked[min(int(np.floor(exact + shift)), len(t) - 1)] for shift in (-1e-9, 1e-9))
    assert found[:3] == pytest.approx([t.mean(), np.median(t), (low + high) / 2], abs=1e-9)
    weights = np.where(t > found[3], tau, 1 - tau)
    assert (weights * (t - found[3])).sum() == pytest.approx(0, abs=1e-8)
    assert expectile(t, tau) == pytest.approx(found[3], abs=1e-9)
    assert quantile(t, tau) == pytest.approx(found[2], abs=1e-9)


@pytest.mark.parametrize("rate", [0.0, 0.2, 0.5, 0.83, 1.0])
def test_proper_losses_estimate_the_rate_and_focal_loss_does_not(rate: float) -> None:
    for loss in (ENTROPY, BRIER):
        found, said = at_rate(loss, rate)
        assert found == pytest.approx(rate, abs=1e-10)
        assert said == "the rate"
    focal, said = at_rate(FOCAL, rate)
    assert (abs(focal - rate) > 0.01) == (rate in (0.2, 0.83))
    assert said == ""


@pytest.mark.parametrize(
    ("loss", "rate", "place", "said"),
    [
        (HINGE, 0.7, 1, "the likelier label"),
        (HINGE, 0.2, -1, "the likelier label"),
        (HINGE, 0.5, 0, "the likelier label; least from −1 to 1, of which this is the middle"),
        (HINGE, 1.0, 2.5, "the likelier label; least from 1 on"),
        (HINGE, 0.0, -2.5, "the likelier label; least up to −1"),
        (LOGISTIC, 0.7, np.log(7 / 3), "the logit of the rate"),
        (EXPONENTIAL, 0.7, np.log(7 / 3) / 2, "half the logit of the rate"),
        (EXPONENTIAL, 1.0, 4, "none within the axis, as it falls on and on"),
        (LOGISTIC, 0.0, -4, "none within the axis, as it falls on and on"),
    ],
)
def test_what_scores_are_estimated(loss: Loss, rate: float, place: float, said: str) -> None:
    found, sentence = at_rate(loss, rate)
    assert found == pytest.approx(place, abs=1e-9)
    assert sentence == said


def test_two_heaps_leave_the_median_open_so_the_middle_is_taken_and_said() -> None:
    one = estimate((LOSSES["absolute_error"],), 8)
    assert statements(one.solved(one.start("two heaps"))) == ("the median; least from 2.5 to 7, of which this is the middle",)


def test_losses_are_told_by_what_they_estimate_not_by_their_names() -> None:
    named = dict.fromkeys(("quantile", "expectile"), (("tau", 0.3),))
    said = {name: statistic(LOSSES[name], named.get(name, ())) for name in ("squared_error", "absolute_error", *named)}
    assert said == {
        "squared_error": "the mean",
        "absolute_error": "the median",
        "quantile": "the 0.3-quantile",
        "expectile": "the 0.3-expectile",
    }
    assert statistic(LOSSES["quantile"], (("tau", 0.5),)) == "the median"
    assert statistic(LOSSES["huber"], (("delta", 1.0),)) == ""
    assert statistic(LOSSES["huber"], (("delta", 20.0),)) == "the mean"
    assert statistic(LOSSES["poisson"]) == "the mean"


def test_mean_losses_and_slopes_are_those_of_the_dots() -> None:
    one = estimate((LOSSES["squared_error"], LOSSES["huber"]), 3)
    dots = np.array([1.0, 2.0, 7.0])
    given: dict[str, Any] = {s.name: 0.0 for s in one.program.inputs} | {"m": 3.0, "delta": 1.5, "t": dots}
    found = one.program.evaluate(given)
    assert {name: found[name].mean() for name in ("mean1", "slope1", "mean2", "slope2")} == pytest.approx(
        {"mean1": 7, "slope1": -2 / 3, "mean2": (1.875 + 0.5 + 4.875) / 3, "slope2": 1 / 3}
    )


def test_parameters_of_one_name_and_domain_are_one_input_and_others_are_told_apart() -> None:
    def scaled(name: str, parameter: str, domain: Any) -> Loss:
        inputs = (Input("y", Real(), 0, "prediction"), Input("t", Real(), 0, "target"), Input(parameter, domain, 0.5))
        return Loss(name, name, "regression", inputs, "y", lambda y, t, c: c * absolute(y - t))

    positive, share = Positive(), Probability()
    one = estimate(
        (scaled("a", "c", positive), scaled("b", "c", positive), scaled("d", "c", share), scaled("e", "m", positive)), 2
    )
    assert [{name: symbol.name for name, symbol in names.items()} for names in one.parameters] == [
        {"c": "c"}, {"c": "c"}, {"c": "c_d"}, {"m": "m_e"},
    ]  # fmt: skip
    assert [*one.inputs] == ["t1", "t2", "c", "c_d", "m_e"]
    assert one.program.inputs[:4] == tuple(map(Symbol, ("m", "t", "t1", "t2")))


def test_only_losses_of_one_number_estimate_a_constant() -> None:
    assert (kind(LOSSES["huber"]), kind(ENTROPY), kind(HINGE), kind(LOGISTIC)) == ("real", "probability", "score", "score")
    assert kind(LOSSES["dice"]) is None
    assert together([LOSSES["huber"], ENTROPY, HINGE, BRIER], "probability") == (ENTROPY, BRIER)
    assert len(together([LOSSES["huber"]] * 9, "real")) == MOST


@pytest.mark.parametrize(
    ("losses", "count", "sentence"),
    [
        ((), 3, "An estimate must have from 1 to 5 losses; got 0."),
        ((BRIER,) * 6, 0, "An estimate must have from 1 to 5 losses; got 6."),
        ((BRIER, HINGE), 0, "Losses must all be of a probability prediction; got margin of a score one."),
        ((LOSSES["dice"],), 3, "A loss must predict one number for one target; got dice."),
        ((TWO,), 0, "A loss of real targets must have dots; got 0 of them."),
    ],
)
def test_what_cannot_be_estimated_is_refused(losses: tuple[Loss, ...], count: int, sentence: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole sentence is compared below
        estimate(losses, count)
    assert str(error.value) == sentence


def test_the_axis_begins_above_0_where_a_loss_takes_none() -> None:
    axes: list[Estimate] = [estimate((LOSSES[name],), 2) for name in ("squared_error", "gamma")]
    assert [one.axis for one in axes] == [(0, 10), (0.05, 10)]
