"""The network by matrices: held against HIPS autograd, finite differences, and its own complex step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import autograd
import numpy as np
import pytest

from explorer.core import dense
from explorer.core.network import PAIRS, Network
from tests.core.helpers import close
from tests.core.networks import KINDS, columns, data, named_kind, plain_loss, weights_and_theta

SMALL = Network((2, 3, 1))

# --- Weights as an array ---


def test_weights_become_an_array_in_the_network_s_order_and_back() -> None:
    weights = SMALL.random_weights(0)
    theta = dense.vector(SMALL, dict(reversed(weights.items())))
    assert theta.tolist() == list(weights.values())
    assert dense.named(SMALL, theta) == weights


def test_layers_are_views_of_matrices_and_biases() -> None:
    theta = np.arange(13.0)
    first, second = dense.layers(SMALL, theta)
    assert first.matrix.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert first.biases.tolist() == [[6], [7], [8]]
    assert second.matrix.tolist() == [[9, 10, 11]]
    second.biases[...] = 99
    assert theta[12] == 99


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: dense.vector(SMALL, {"w1_1_1": 1.0}), "weights must name each weight of the network; got no w1_1_2."),
        (
            lambda: dense.loss(SMALL, np.zeros(12), [[0, 1]], [[0]]),
            "theta must have a last axis of 13 weights; got shape (12,).",
        ),
        (lambda: dense.loss(SMALL, 1.0, [[0, 1]], [[0]]), "theta must have a last axis of 13 weights; got shape ()."),
        (
            lambda: dense.loss(SMALL, np.zeros(13), [[0, 1, 2]], [[0]]),
            "x must have shape (rows, 2) with at least 1 row; got (1, 3).",
        ),
        (lambda: dense.predict(SMALL, np.zeros(13), [0, 1]), "x must have shape (rows, 2) with at least 1 row; got (2,)."),
        (
            lambda: dense.loss_and_gradient(SMALL, np.zeros(13), np.zeros((0, 2)), np.zeros((0, 1))),
            "x must have shape (rows, 2) with at least 1 row; got (0, 2).",
        ),
        (
            lambda: dense.loss(SMALL, np.zeros(13), [[0, 1]], [[0, 1]]),
            "t must have shape (rows, 1) with at least 1 row; got (1, 2).",
        ),
        (lambda: dense.rows_loss(SMALL, np.zeros(13), [[0, 1]], [[0], [1]]), "t must have as many rows as x, 1; got 2."),
    ],
)
def test_error_names_argument_rule_and_value(call: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole sentence is compared below
        call()
    assert str(error.value) == sentence


# --- Gradients ---


@pytest.mark.parametrize("network", KINDS, ids=named_kind)
def test_both_gradients_against_autograd(network: Network) -> None:
    x, t = data(network, rows=7)
    oracle = plain_loss(network, x, t)
    for seed in range(3):
        weights, theta = weights_and_theta(network, seed)
        expected = autograd.grad(oracle)(theta)
        loss, gradient = dense.loss_and_gradient(network, theta, x, t)
        close(loss, oracle(theta), relative=1e-9)
        close(gradient, expected, relative=1e-9, absolute=1e-12)
        found = network.gradient().evaluate(weights | columns(network, x, t))
        close([np.mean(found[f"d_{name}"]) for name in network.weights], expected, relative=1e-9, absolute=1e-12)


@pytest.mark.parametrize("network", KINDS, ids=named_kind)
def test_gradient_against_central_differences(network: Network) -> None:
    x, t = data(network)
    _, theta = weights_and_theta(network)
    steps = 1e-6 * np.eye(theta.size)
    slopes = (dense.loss(network, theta + steps, x, t) - dense.loss(network, theta - steps, x, t)) / 2e-6
    close(dense.loss_and_gradient(network, theta, x, t)[1], slopes, relative=1e-6, absolute=1e-8)


@pytest.mark.parametrize("network", KINDS, ids=named_kind)
def test_gradient_against_the_loss_s_complex_step(network: Network) -> None:
    x, t = data(network)
    _, theta = weights_and_theta(network)
    losses = dense.loss(network, theta + 1e-20j * np.eye(theta.size), x, t)
    close(losses.imag / 1e-20, dense.loss_and_gradient(network, theta, x, t)[1], relative=1e-10, absolute=1e-13)


@pytest.mark.parametrize("network", KINDS, ids=named_kind)
def test_where_every_z_is_zero_the_complex_step_still_sees_the_slope(network: Network) -> None:
    x, t = data(network)
    theta = np.zeros(len(network.weights))
    losses = dense.loss(network, theta + 1e-20j * np.eye(theta.size), x, t)
    close(losses.imag / 1e-20, dense.loss_and_gradient(network, theta, x, t)[1], absolute=1e-15)


@pytest.mark.parametrize(("hidden", "slope"), [("relu", 0.0), ("leaky relu", 0.01)])
def test_the_slope_at_a_kink_is_that_of_the_left(hidden: Any, slope: float) -> None:
    network = Network((1, 1, 1), hidden, "identity", "squared")
    weights = {"w1_1_1": 2.0, "b1_1": 0.0, "w2_1_1": 3.0, "b2_1": 1.0}
    theta = dense.vector(network, weights)
    _, gradient = dense.loss_and_gradient(network, theta, [[0.0]], [[0.5]])
    found = network.gradient().evaluate(weights | {"x1": 0, "t1": 0.5})
    expected = {"w1_1_1": 0.0, "b1_1": 3 * slope, "w2_1_1": 0.0, "b2_1": 1.0}
    assert dense.named(network, gradient) == expected
    assert {name: found[f"d_{name}"] for name in network.weights} == expected


# --- Shapes ---


@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_axes_before_the_last_are_networks_of_their_own(output: Any, loss: Any) -> None:
    network = Network((2, 3, 2), "tanh", output, loss)
    x, t = data(network, rows=5)
    theta = np.random.default_rng(1).normal(size=(4, 3, len(network.weights)))
    losses, gradients = dense.loss_and_gradient(network, theta, x, t)
    assert (losses.shape, gradients.shape) == ((4, 3), theta.shape)
    assert dense.predict(network, theta, x).shape == (4, 3, 5, 2)
    for place in np.ndindex(4, 3):
        loss_here, gradient_here = dense.loss_and_gradient(network, theta[place], x, t)
        close(losses[place], loss_here)
        close(gradients[place], gradient_here, relative=1e-10, absolute=1e-14)
        close(dense.predict(network, theta, x)[place], dense.predict(network, theta[place], x), absolute=1e-15)
    close(dense.rows_loss(network, theta, x, t).mean(axis=-1), losses)


@pytest.mark.parametrize("network", [kind for kind in KINDS if kind.hidden == "tanh"], ids=named_kind)
def test_predictions_are_probabilities_or_plain_numbers(network: Network) -> None:
    x, _ = data(network)
    _, theta = weights_and_theta(network)
    y = dense.predict(network, theta, x)
    if network.output == "softmax":
        close(y.sum(axis=-1), 1.0)
    if network.output != "identity":
        assert ((y > 0) & (y <= 1)).all()


def test_whole_numbers_will_do_as_weights() -> None:
    loss, gradient = dense.loss_and_gradient(SMALL, np.zeros(13, dtype=int), [[0, 1]], [[1]])
    assert loss == np.log(2)
    assert gradient[-1] == -0.5


# --- Extremes ---


@pytest.mark.parametrize(("output", "loss"), [pair for pair in PAIRS if pair[1] != "squared"])
@pytest.mark.parametrize("z", [-1e4, 1e4])
def test_huge_logits_give_a_finite_loss_and_gradient(output: Any, loss: Any, z: float) -> None:
    network = Network((1, 2), "tanh", output, loss)
    theta = dense.vector(network, {"w1_1_1": 0.0, "w1_2_1": 0.0, "b1_1": z, "b1_2": 0.0})
    t = [[0.0]] if loss == "index" else [[1.0, 0.0]]
    value, gradient = dense.loss_and_gradient(network, theta, [[0.0]], t)
    softmax = output == "softmax"
    right = 0.0 if softmax else np.log(2) / 2
    close(value, right + (z < 0) * (1e4 if softmax else 5e3))
    assert np.isfinite(gradient).all()


@pytest.mark.parametrize(("target", "loss", "slope"), [(1.0, 0.0, 0.0), (0.0, np.inf, 1.0), (0.5, np.inf, 0.5)])
def test_an_infinite_logit_costs_nothing_where_it_is_right(target: float, loss: float, slope: float) -> None:
    network = Network((1, 1))
    value, gradient = dense.loss_and_gradient(network, [0.0, np.inf], [[0.0]], [[target]])
    assert value == loss
    assert gradient[1] == slope


@pytest.mark.parametrize("network", KINDS, ids=named_kind)
def test_what_diverges_is_not_finite_and_gives_no_warning(network: Network) -> None:
    x, t = data(network)
    for value in (1e200, np.inf, np.nan):
        loss, gradient = dense.loss_and_gradient(network, np.full(len(network.weights), value), x, t)
        assert not np.isnan(value) or (np.isnan(loss) and np.isnan(gradient).any())
        assert dense.predict(network, np.full(len(network.weights), value), x).shape == (6, network.sizes[-1])


# --- The share right ---


@pytest.mark.parametrize(
    ("z", "index", "share"),
    [
        ([[0.0, 0.0, 0.0]], [0], 1.0),  # of equals the first, as argmax has it
        ([[0.0, 0.0, 0.0]], [1], 0.0),
        ([[1.0, 2.0, 2.0], [2.0, 1.0, 2.0]], [1, 2], 0.5),
        ([[-800.0, 800.0, 0.0]], [1], 1.0),
    ],
)
def test_of_softmax_the_first_of_the_largest_is_predicted(z: list[list[float]], index: list[int], share: float) -> None:
    network = Network((3, 3), output="softmax", loss="index")
    theta = [1.0, 0, 0, 0, 1.0, 0, 0, 0, 1.0, 0, 0, 0]
    assert dense.right(network, theta, z, np.array(index)[:, np.newaxis]) == share
    told = Network((3, 3), output="softmax", loss="probabilities")
    assert dense.right(told, theta, z, np.eye(3)[index]) == share


@pytest.mark.parametrize(("z", "t", "share"), [([0, 1, -1], [0, 1, 1], 2 / 3), ([0], [1], 0), ([1e-9], [1], 1)])
def test_of_a_sigmoid_above_one_half_is_a_yes(z: list[float], t: list[float], share: float) -> None:
    column, targets = np.array(z, dtype=float)[:, np.newaxis], np.array(t)[:, np.newaxis]
    for loss in ("binary", "squared"):
        assert dense.right(Network((1, 1), loss=loss), [1.0, 0.0], column, targets) == pytest.approx(share)
    both = Network((1, 2))
    assert dense.right(both, [1.0, 1.0, 0.0, 0.0], [[1.0], [1.0]], [[1, 1], [1, 0]]) == 0.5


def test_an_identity_output_predicts_no_class() -> None:
    with pytest.raises(ValueError, match=r"^An identity output predicts no class\.$"):
        dense.right(Network((1, 1), output="identity", loss="squared"), [1.0, 0.0], [[1.0]], [[1.0]])
