"""The loss in one line: what is written computes what the program does, and is as long as it says."""

from __future__ import annotations

import re
from typing import get_args

import numpy as np
import pytest

from explorer.core import written_out
from explorer.core.network import PAIRS, Activation, Network


def computed(text: str, values: dict[str, float]) -> float:
    """The number that LaTeX of a loss stands for."""
    words = {r"\left": "", r"\right": "", r"\tanh": "tanh", r"\sin": "sin", r"\ln": "log", r"\max": "max", r"\frac": "frac"}
    code = re.sub(r"([a-z])_\{([\d,]+)\}", lambda m: f"{m[1]}{m[2].replace(',', '_')}", text.removeprefix("L = "))
    code = re.sub(r"\\left\[(t1) = (\d)\\right\]", r"same(\1, \2)", code)
    code = re.sub(r"\\[a-z]+", lambda m: words[m[0]], code).replace("{", "(").replace("}", ")").replace("^", "**")
    code = re.sub(r"(?<=[\w)]) +(?=[\w(])", "*", code)
    functions = {"tanh": np.tanh, "sin": np.sin, "log": np.log, "max": max, "e": np.e}
    functions |= {"frac": lambda above: lambda below: above / below, "same": lambda a, b: float(a == b)}
    return float(eval(code, {"__builtins__": {}}, {**functions, **values}))


KINDS = [(hidden, pair) for hidden in get_args(Activation) for pair in PAIRS]
CASES = [Network((2, 2, 2, 2), hidden, *pair) for hidden, pair in KINDS] + [
    Network((1, 1)),
    Network((2, 3, 1)),
]


@pytest.mark.parametrize("network", CASES, ids=str)
def test_what_is_written_computes_the_loss(network: Network) -> None:
    weights = network.random_weights(3)
    given = {"x1": 0.4, "x2": -0.7} | dict.fromkeys(network.targets, 1.0)
    given = {name: given[name] for name in (*network.inputs, *network.targets)}
    expected = float(network.program().evaluate(weights | given)["L"])
    text = written_out.latex(network)
    assert len(text) == written_out.length(network)
    assert computed(text, weights | given) == pytest.approx(expected, rel=1e-12)
    kept = network.weights[0]
    some = written_out.latex(network, {name: value for name, value in weights.items() if name != kept})
    assert computed(some, given | {kept: weights[kept]}) == pytest.approx(expected, rel=1e-12)


def test_a_long_one_is_as_long_as_it_says() -> None:
    network = Network((4, 16, 16, 4), output="softmax", loss="index")
    text = written_out.latex(network)
    assert len(text) == written_out.length(network) > 500_000
    assert text.count(r"\left(") == text.count(r"\right)")


def test_the_length_of_one_too_long_to_write_is_known() -> None:
    assert written_out.length(Network((4, 16, 16, 16, 10), output="softmax", loss="index")) > 50_000_000
