"""What /network shows: each line of its formulas against the program's step, and the further steps against hand computation."""

from __future__ import annotations

from itertools import product
from math import exp
from typing import Any

import numpy as np
import pytest
from sympy import Expr, Float, Integer, Symbol

from explorer.core import dense
from explorer.core.functions import textbook
from explorer.core.network import ACTIVATIONS, PAIRS, Network
from explorer.core.network_view import NetworkView, network_view, quantity_of, unit_weights, weight_lines
from tests.core.helpers import close
from tests.core.networks import columns, data, named_kind, weights_and_theta

EVERY = [Network((2, 3, outputs), hidden, *pair) for hidden, pair, outputs in product(ACTIVATIONS, PAIRS, (1, 2))]
"""Every activation with every pair of output and loss, of one output and of two."""

OUTPUTS = [Network((2, 3, outputs), "tanh", *pair) for pair, outputs in product(PAIRS, (1, 3))]
PUBLISHED = {"w1_1_1": 0.0, "b1_1": -4.0, "x1": 1.0, "t1": 1.0, "u": 0.0}
"""A unit with logit -4 whose target is 1."""


def numbers(view: NetworkView, network: Network, row: int = 0, u: float = 0.0) -> dict[str, float]:
    """Every input and step of a view at weights and an example drawn at random."""
    x, t = data(network)
    example = {name: float(column[row]) for name, column in columns(network, x, t).items()}
    given = weights_and_theta(network)[0] | example | {"u": u}
    return given | {name: float(value) for name, value in view.program.evaluate(given).items()}


def evaluated(form: Expr, given: dict[str, float]) -> float:
    """The value of a line's form, by SymPy to 30 digits from its textbook formula."""
    found = {s: given[quantity_of(s)] for s in form.free_symbols}
    exact = {s: Integer(value) if value.is_integer() else Float(value, 30) for s, value in found.items()}
    return float(textbook(form).xreplace(exact).evalf(30))


# --- The lines ---


@pytest.mark.parametrize("network", EVERY, ids=named_kind)
def test_every_line_is_the_programs_step(network: Network) -> None:
    view = network_view(network, "b1_1")
    given = numbers(view, network)
    lines = (*view.layered, *view.backward, *weight_lines(network, network.weights))
    for line in lines:
        for form in line.forms:
            close(evaluated(form, given), given[line.name], relative=1e-9, absolute=1e-12)


@pytest.mark.parametrize("network", OUTPUTS, ids=named_kind)
def test_every_unit_has_its_lines_in_the_order_of_computation(network: Network) -> None:
    view = network_view(network, "b1_1")
    outputs = range(1, network.sizes[-1] + 1)
    forward = ["z1_1", "z1_2", "z1_3", "h1_1", "h1_2", "h1_3", *(f"z2_{k}" for k in outputs), *network.outputs, "L"]
    assert [line.name for line in view.layered] == forward
    assert [str(line.symbol) for line in view.layered] == forward
    backward = [*(f"2_{k}" for k in outputs), "1_1", "1_2", "1_3"]
    assert [line.name for line in view.backward] == [f"d_z{unit}" for unit in backward]
    assert [str(line.symbol) for line in view.backward] == [f"delta{unit}" for unit in backward]


def test_a_line_uses_only_what_stands_before_it() -> None:
    network = Network((2, 2, 3, 2), "tanh", "softmax", "probabilities")
    view = network_view(network, "b1_1")
    known = {*network.inputs, *network.weights, *network.targets}
    for line in (*view.layered, *view.backward, *weight_lines(network, network.weights)):
        assert {s.name for form in line.forms for s in form.free_symbols} <= known
        known.add(line.symbol.name)


def test_a_weights_derivative_is_delta_times_what_comes_in() -> None:
    lines = weight_lines(Network((2, 3, 1)), ("w1_3_2", "w2_1_3", "b2_1"))
    assert [(line.name, str(line.symbol), str(*line.forms)) for line in lines] == [
        ("d_w1_3_2", "d_w1_3_2", "delta1_3*x2"),
        ("d_w2_1_3", "d_w2_1_3", "delta2_1*h1_3"),
        ("d_b2_1", "d_b2_1", "delta2_1"),
    ]


def test_a_delta_stands_for_a_derivative_and_any_other_symbol_for_itself() -> None:
    names = ("delta2_1", "d_w1_1_1", "z2_1", "x1")
    assert [quantity_of(Symbol(name)) for name in names] == ["d_z2_1", "d_w1_1_1", "z2_1", "x1"]


def test_the_weights_of_a_unit_lead_into_it_and_its_bias_is_last() -> None:
    network = Network((2, 3, 1))
    assert unit_weights(network, 1, 2) == ("w1_2_1", "w1_2_2", "b1_2")
    assert unit_weights(network, 2, 1) == ("w2_1_1", "w2_1_2", "w2_1_3", "b2_1")


def test_the_weights_of_all_units_are_those_of_the_network() -> None:
    network = Network((4, 2, 3, 2, 3), output="identity", loss="squared")
    found = [
        name for layer in network.layers for k in range(network.sizes[layer]) for name in unit_weights(network, layer, k + 1)
    ]
    assert sorted(found) == sorted(network.weights)


# --- The further steps ---


@pytest.mark.parametrize("network", OUTPUTS, ids=named_kind)
@pytest.mark.parametrize("along", ["w1_2_1", "b2_1"])
def test_the_tangent_touches_the_loss_with_its_slope(network: Network, along: str) -> None:
    view, u = network_view(network, along), 0.75
    x, t = data(network, rows=1)
    weights, theta = weights_and_theta(network)
    given = weights | columns(network, x, t) | {"u": u}
    loss, gradient = dense.loss_and_gradient(network, theta, x, t)
    expected = loss + gradient[network.weights.index(along)] * (u - weights[along])
    close(view.program.evaluate(given)["tangent"], expected)


@pytest.mark.parametrize("network", OUTPUTS, ids=named_kind)
def test_the_class_is_the_greatest_output_and_right_if_it_is_the_targets(network: Network) -> None:
    x, t = data(network, rows=40)
    weights, theta = weights_and_theta(network)
    found = network_view(network, "b1_1").program.evaluate(weights | columns(network, x, t) | {"u": 0.0})
    predicted = dense.predict(network, theta, x)
    several = network.sizes[-1] > 1
    assert ("class" in found) == several
    if several or network.output != "softmax":  # softmax of one output predicts nothing
        assert ("right" in found) == (network.output != "identity")
    if several:
        close(found["class"], predicted.argmax(axis=1))
    if "right" in found and (several or network.output == "sigmoid"):
        if network.output == "sigmoid":  # each output says yes or no
            right = ((predicted > 0.5) == (t > 0.5)).all(axis=1)
        else:
            right = predicted.argmax(axis=1) == (t[:, 0] if network.loss == "index" else t.argmax(axis=1))
        close(found["right"], right)
        assert 0 < np.mean(found["right"]) < 1


def test_the_first_of_equal_outputs_is_the_class() -> None:
    network = Network((1, 3), output="softmax", loss="index")
    given = dict.fromkeys((*network.weights, "x1", "u"), 0.0)
    found = network_view(network, "b1_1").program.evaluate(given | {"t1": [0.0, 1.0, 2.0]})
    close(found["class"], 0)
    close(found["right"], [1, 0, 0])


def test_an_output_of_one_half_counts_as_0() -> None:
    network = Network((1, 1))
    given = dict.fromkeys((*network.weights, "x1", "u"), 0.0)
    close(network_view(network, "b1_1").program.evaluate(given | {"t1": [0.0, 0.5, 0.51, 1.0]})["right"], [1, 1, 0, 0])


@pytest.mark.parametrize("loss", ["binary", "squared"])
def test_the_published_slopes_of_both_losses_in_the_logit(loss: Any) -> None:
    found = network_view(Network((1, 1), loss=loss), "b1_1").program.evaluate(PUBLISHED)
    assert round(float(found["slope_binary"]), 6) == -0.982014
    assert round(float(found["slope_squared"]), 6) == -0.03469
    assert round(float(found["slope_ratio"]), 1) == 28.3
    y = 1 / (1 + exp(4))
    close(found["slope_binary"], y - 1)
    close(found["slope_squared"], 2 * (y - 1) * y * (1 - y))
    close(found["slope_ratio"], 1 / (2 * y * (1 - y)))


@pytest.mark.parametrize("loss", ["binary", "squared"])
def test_the_slopes_are_those_of_the_first_output_alone(loss: Any) -> None:
    network = Network((2, 3, 2), "sin", "sigmoid", loss)
    view = network_view(network, "b1_1")
    found = numbers(view, network)
    y, t = found["y1"], found["t1"]
    close(found["slope_binary"], y - t)
    close(found["slope_squared"], 2 * (y - t) * y * (1 - y))
    close(found["slope_ratio"], found["slope_binary"] / found["slope_squared"])
    close(found[f"slope_{loss}"] / 2, found["d_z2_1"])  # the network's loss is the mean of two outputs


@pytest.mark.parametrize("network", [network for network in OUTPUTS if network.output != "sigmoid"], ids=named_kind)
def test_only_a_sigmoid_has_both_slopes(network: Network) -> None:
    assert not {"slope_binary", "slope_squared", "slope_ratio"} & set(network_view(network, "b1_1").program.symbols)
