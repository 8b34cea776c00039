"""Network: what it refuses, its names, and its program held against matrices, the plain formula and published numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from typing import Any

import numpy as np
import pytest
from mpmath import mp
from sympy import Float, Integer, Symbol, symbols

from explorer.core import dense
from explorer.core.network import PAIRS, Network
from tests.core.helpers import CASES, close
from tests.core.networks import KINDS, columns, data, named_kind, weights_and_theta

# --- What a network may be ---


@pytest.mark.parametrize(
    ("build", "sentence"),
    [
        (lambda: Network((2,)), "Units must be given for inputs and outputs at least, as in 2-1; got 2."),
        (lambda: Network(()), "Units must be given for inputs and outputs at least, as in 2-1; got nothing."),
        (lambda: Network((0, 1)), "Inputs must be a whole number from 1 to 4; got 0."),
        (lambda: Network((5, 1)), "Inputs must be a whole number from 1 to 4; got 5."),
        (lambda: Network((2, 11)), "Outputs must be a whole number from 1 to 10; got 11."),
        (lambda: Network((2, 0)), "Outputs must be a whole number from 1 to 10; got 0."),
        (lambda: Network((2, 17, 1)), "Units of a hidden layer must be a whole number from 1 to 16; got 17."),
        (lambda: Network((2, 3, 0, 1)), "Units of a hidden layer must be a whole number from 1 to 16; got 0."),
        (lambda: Network((2, 3, 3, 3, 3, 1)), "Hidden layers must be a whole number from 0 to 3; got 4."),
        (lambda: Network((2, 2.5, 1)), "Units of a hidden layer must be a whole number from 1 to 16; got 2.5."),  # type: ignore[arg-type]
        (
            lambda: Network(hidden="gelu"),  # type: ignore[arg-type]
            "hidden must be one of identity, sigmoid, tanh, relu, softplus, leaky relu, sin; got gelu.",
        ),
        (lambda: Network(output="tanh"), "output must be one of sigmoid, softmax, identity; got tanh."),  # type: ignore[arg-type]
        (lambda: Network(loss="hinge"), "The loss of sigmoid outputs must be binary or squared; got hinge."),  # type: ignore[arg-type]
        (lambda: Network(output="identity", loss="binary"), "The loss of identity outputs must be squared; got binary."),
        (
            lambda: Network(output="softmax", loss="squared"),
            "The loss of softmax outputs must be probabilities or index; got squared.",
        ),
    ],
)
def test_error_names_argument_rule_and_value(build: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole sentence is compared below
        build()
    assert str(error.value) == sentence


def test_network_is_frozen_and_equal_networks_share_a_program() -> None:
    network = Network()
    with pytest.raises(FrozenInstanceError):
        network.sizes = (2, 1)  # type: ignore[misc]
    assert network.program() is Network().program()
    assert network.gradient() is Network().gradient()


# --- Names ---


def test_weights_are_named_layer_by_layer_and_row_by_row() -> None:
    assert Network((2, 3, 1)).weights == (
        *("w1_1_1", "w1_1_2", "w1_2_1", "w1_2_2", "w1_3_1", "w1_3_2", "b1_1", "b1_2", "b1_3"),
        *("w2_1_1", "w2_1_2", "w2_1_3", "b2_1"),
    )


def test_features_units_outputs_and_targets_have_names() -> None:
    network = Network((2, 3, 2), output="softmax", loss="probabilities")
    assert [network.units(layer) for layer in range(3)] == [("x1", "x2"), ("h1_1", "h1_2", "h1_3"), ("y1", "y2")]
    assert network.targets == ("t1", "t2")
    assert replace(network, loss="index").targets == ("t1",)


@pytest.mark.parametrize("network", KINDS, ids=named_kind)
def test_the_program_is_told_features_weights_and_targets(network: Network) -> None:
    program = network.program()
    assert tuple(s.name for s in program.inputs) == (*network.inputs, *network.weights, *network.targets)
    assert program.output == Symbol("L")
    for layer in network.layers:
        assert {f"z{layer}_{k}" for k in range(1, network.sizes[layer] + 1)} | set(network.units(layer)) <= set(program.symbols)


def test_random_weights_are_the_same_for_a_seed_and_within_their_interval() -> None:
    network = Network((4, 16, 9, 1))
    weights = network.random_weights(7)
    assert tuple(weights) == network.weights
    assert weights == network.random_weights(7) != network.random_weights(8)
    for name, value in weights.items():
        inputs = network.sizes[int(name[1:].split("_")[0]) - 1]
        assert abs(value) <= round(inputs**-0.5, 2)
        assert value == round(value, 2)
    drawn = np.array([network.random_weights(seed)["w1_1_1"] for seed in range(300)])
    assert abs(drawn.mean()) < 0.06  # +-1/2 evenly: standard error 0.017
    assert drawn.std() == pytest.approx(1 / np.sqrt(12), rel=0.1)


# --- Computing ---


@pytest.mark.parametrize("network", KINDS, ids=named_kind)
def test_program_and_gradient_against_matrices(network: Network) -> None:
    x, t = data(network)
    for seed in range(2):
        weights, theta = weights_and_theta(network, seed)
        found = network.gradient().evaluate(weights | columns(network, x, t))
        close(found["L"], dense.rows_loss(network, theta, x, t), absolute=1e-15)
        close(np.stack([found[y] for y in network.outputs], axis=1), dense.predict(network, theta, x), absolute=1e-15)
        loss, gradient = dense.loss_and_gradient(network, theta, x, t)
        close(found["L"].mean(), loss)
        close([np.mean(found[f"d_{name}"]) for name in network.weights], gradient, relative=1e-10, absolute=1e-13)


@pytest.mark.parametrize("network", [replace(kind, sizes=(2, 2, min(kind.sizes[-1], 2))) for kind in KINDS], ids=named_kind)
def test_program_is_its_inlined_textbook_formula(network: Network) -> None:
    x, t = data(network, rows=1)
    values = weights_and_theta(network)[0] | {name: float(column[0]) for name, column in columns(network, x, t).items()}
    exact = {Symbol(name): Integer(value) if value.is_integer() else Float(value, 30) for name, value in values.items()}
    close(network.program().evaluate(values)["L"], float(network.program().inline().xreplace(exact)), absolute=1e-15)


@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_some_weights_may_be_numbers(output: Any, loss: Any) -> None:
    network = Network((2, 3, 2), "tanh", output, loss)
    x, t = data(network)
    weights = weights_and_theta(network)[0]
    fixed = {name: weights[name] for name in ("w1_1_1", "b1_2", "w2_2_3")}
    rest = {name: value for name, value in weights.items() if name not in fixed} | columns(network, x, t)
    close(network.program().substitute(fixed).evaluate(rest)["L"], network.program().evaluate(rest | fixed)["L"])


def test_a_published_network_is_reproduced() -> None:
    case, network = CASES["trained_net"], Network((2, 2, 1), "tanh", "identity", "squared")
    weights = {
        **{"b1_1": 0.9682476245672822, "w1_1_1": 0.11994745409360652, "w1_1_2": -0.9841928909337702},
        **{"b1_2": 0.1432051850856072, "w1_2_1": -0.866500737817343, "w1_2_2": 0.8112145157992191},
        **{"b2_1": -0.36758202492667336, "w2_1_1": 0.8268122850621071, "w2_1_2": -0.17743436966754977},
    }
    values = network.program().evaluate(weights | {"x1": [0, 1], "x2": [0, 1], "t1": 0})
    close(values["y1"], [case["at_0_0"], case["at_1_1"]])
    close(values["L"], [case["at_0_0"] ** 2, case["at_1_1"] ** 2])


# --- Saturation ---

LOGITS = (-1e3, -40.0, 0.0, 40.0, 1e3)


def by_hand(network: Network, z: float, t: list[float]) -> tuple[float, float]:
    """The loss of a network without features whose first logit is z and whose second, if any, is 0; and its slope by z."""
    with mp.workdps(1000):
        p = 1 / (1 + mp.exp(-mp.mpf(z)))
        if network.loss == "squared":
            return float((p - t[0]) ** 2), float(2 * (p - t[0]) * p * (1 - p))
        shares = (t[0], 1 - t[0]) if network.loss == "binary" else (t[0], t[1])
        loss = sum(share * -mp.log(q) for share, q in zip(map(mp.mpf, shares), (p, 1 - p), strict=True))
        return float(loss), float(p * sum(map(mp.mpf, shares)) - shares[0])


@pytest.mark.parametrize("z", LOGITS)
@pytest.mark.parametrize(
    ("network", "targets"),
    [
        (Network((1, 1)), [[0.0], [0.25], [1.0]]),
        (Network((1, 1), output="sigmoid", loss="squared"), [[0.0], [0.25], [1.0]]),
        (Network((1, 2), output="softmax", loss="probabilities"), [[0.0, 1.0], [1.0, 0.0], [0.25, 0.75], [0.5, 2.0]]),
        (Network((1, 2), output="softmax", loss="index"), [[0.0], [1.0]]),
    ],
    ids=lambda value: named_kind(value) if isinstance(value, Network) else "",
)
def test_saturated_outputs_lose_no_digit(network: Network, targets: list[list[float]], z: float) -> None:
    weights = dict.fromkeys(network.weights, 0.0) | {"b1_1": z}
    x, t = np.zeros((len(targets), 1)), np.array(targets)
    shares = [[1 - row[0], row[0]] for row in targets] if network.loss == "index" else targets
    losses, slopes = zip(*(by_hand(network, z, share) for share in shares), strict=True)
    absolute = 1e-16 if network.loss == "squared" else 0.0  # 1 - sigmoid(40) is less than an output's last digit
    found = network.gradient().evaluate(weights | columns(network, x, t))
    close(found["L"], losses, absolute=absolute)
    close(found["d_b1_1"], slopes, absolute=1e-15)
    theta = dense.vector(network, weights)
    close(dense.rows_loss(network, theta, x, t), losses, absolute=absolute)
    for k in range(len(targets)):
        gradient = dense.loss_and_gradient(network, theta, x[k : k + 1], t[k : k + 1])[1]
        close(gradient[network.weights.index("b1_1")], slopes[k], absolute=absolute)


# --- Size ---


@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_program_and_gradient_of_a_network_of_two_layers_stay_small(output: Any, loss: Any) -> None:
    network = Network((2, 8, 8, 2), "tanh", output, loss)
    assert network.gradient().operations() <= 1000  # the program's own are among them


def test_operations_grow_linearly_with_the_weights() -> None:
    networks = [Network((2, units, units, 2), "tanh", "sigmoid", "binary") for units in (2, 4, 8, 16)]
    counts = [network.gradient().operations() for network in networks]
    shares = [count / len(network.weights) for count, network in zip(counts, networks, strict=True)]
    assert max(shares) < 1.25 * min(shares) < 7


def test_the_gradient_is_no_formula_of_its_own_for_each_weight() -> None:
    network = Network((2, 2, 1), "tanh", "identity", "squared")
    steps = dict(network.gradient().steps)
    d_w, d_z, x1 = symbols("d_w1_1_1 d_z1_1 x1")
    assert steps[d_w] == d_z * x1
