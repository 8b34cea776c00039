"""Losses by their raw scores against closed forms and differences."""

import numpy as np
import pytest

from explorer.core.losses import LOSSES, typed_loss
from explorer.core.objective import LINKS, Objective, objective

SATURATED = np.array([-1e4, -800.0, -40.0, -3.0, 0.0, 2.5, 40.0, 800.0, 1e4])


def test_binary_cross_entropy_behind_a_sigmoid_is_p_less_t_and_p_times_its_rest() -> None:
    typed = typed_loss("-(t*log(p) + (1 - t)*log(1 - p))", by="p")
    z = SATURATED[:, None]
    p, rest = np.exp(-np.logaddexp(0, -z)), np.exp(-np.logaddexp(0, z))
    t = np.array([0.0, 0.3, 1.0])
    for loss in (LOSSES["binary_cross_entropy"], typed):
        found = objective(loss, "logistic").program.evaluate({"z": z, "t": t})
        np.testing.assert_allclose(found["d_z"], np.where(t == 1, -rest, np.where(t == 0, p, p - t)), rtol=1e-14, atol=0)
        np.testing.assert_allclose(found["d2_z"], np.broadcast_to(p * rest, (9, 3)), rtol=1e-14)


def test_cross_entropy_behind_a_softmax_is_p_less_t_and_p_times_its_rest() -> None:
    z = np.random.default_rng(0).normal(0, 3, (3, 40))
    t = np.eye(3)[[0, 1, 2, 0] * 10].T
    p = np.exp(z) / np.exp(z).sum(0)
    trained = objective(LOSSES["cross_entropy"], "softmax")
    found = trained.program.evaluate({**dict(zip(trained.scores, z, strict=True)), "t1": t[0], "t2": t[1], "t3": t[2]})
    for k, score in enumerate(trained.scores):
        np.testing.assert_allclose(found[f"d_{score}"], p[k] - t[k], atol=1e-14)
        np.testing.assert_allclose(found[f"d2_{score}"], p[k] * (1 - p[k]), atol=1e-14)


@pytest.mark.parametrize("name", ["huber", "poisson", "brier", "tweedie", "log_cosh", "typed"])
@pytest.mark.parametrize("link", [link for link in LINKS if link != "softmax"])
def test_gradient_and_hessian_are_the_slopes_of_value_and_gradient(name: str, link: str) -> None:
    trained = objective(LOSSES[name] if name in LOSSES else typed_loss("t*log(1 + exp(-z))/(1 + exp(z))^2", by="z"), link)
    (score,), step = trained.scores, 1e-5
    random = np.random.default_rng(1)
    at = {one.name: one.domain.moderate(random, 30)[:, 0] for one in trained.inputs}
    if link == "identity":
        at[score] = np.abs(at[score]) + 0.05 if trained.inputs[0].domain.low == 0 else at[score]
    back, here, ahead = (trained.program.evaluate(at | {score: at[score] + k * step}) for k in (-1, 0, 1))
    for value, slope in (("L", f"d_{score}"), (f"d_{score}", f"d2_{score}")):
        expected = (ahead[value] - back[value]) / (2 * step)
        np.testing.assert_allclose(np.broadcast_to(here[slope], 30), expected, rtol=1e-5, atol=1e-6, err_msg=slope)


def test_a_score_takes_no_name_that_the_loss_has() -> None:
    trained = objective(typed_loss("(p - z)^2", by="p", parameters=["z"]), "logistic")
    assert trained.scores == ("f",)
    assert [one.name for one in trained.inputs] == ["f", "z"]


def test_refuses_links_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="link must be one of identity, logistic, softmax, exp; got tanh"):
        Objective(LOSSES["squared_error"], "tanh")
    with pytest.raises(ValueError, match="at least 2 classes"):
        objective(LOSSES["squared_error"], "softmax")
