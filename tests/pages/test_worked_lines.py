"""Worked lines are true as they are written: read as arithmetic, each is the next, or is marked as a limit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp
from sympy import Symbol

from explorer.core.binary import Axis, binary_view
from explorer.core.categorical import By, Option, categorical_view
from explorer.core.network import Network
from explorer.core.network_view import Line as NetworkLine
from explorer.core.network_view import network_view
from explorer.core.sweeps import means
from explorer.views import binary
from explorer.views.categorical import text as class_text
from explorer.views.network import text as network_text
from tests.pages.arithmetic import Line, chains, lines

several = settings(max_examples=80, deadline=None)
BOUNDARIES = st.sampled_from([0.0, 1.0, 0.5, 1e-20, 1 - 2**-53, 0.99999])
SHARES = st.one_of(BOUNDARIES, st.floats(1e-300, 1), st.integers(0, 1000).map(lambda k: k / 1000))
LOGITS = st.one_of(st.sampled_from([0.0, 12.0, -12.0, 20.0, -300.0, 300.0, 40.0]), st.floats(-50, 50))

LEAST = mp.mpf("1e-300")
"""What a float may take for 0."""


def true_as_written(blocks: list[list[Line]]) -> None:
    assert blocks
    for block in blocks:
        assert block[0].sign == "="
        for line, after in zip(block, block[1:], strict=False):
            none = mp.isnan(line.value), mp.isnan(after.value)
            if after.sign == "→":
                assert none[0] or mp.isinf(line.value) or line.interval.a != line.interval.b
            elif any(none):  # what is rounded as it is printed may say 0/0
                assert line.interval.a != line.interval.b
            elif after.sign != "≈" or abs(line.value - after.value) > 1e-6 * max(1, abs(line.value)):
                assert line.interval.a <= after.interval.b + LEAST
                assert after.interval.a <= line.interval.b + LEAST


@several
@given(p=SHARES, z=LOGITS, t=SHARES)
@pytest.mark.parametrize("axis", ["p", "z"])
def test_lines_of_binary(axis: Axis, p: float, z: float, t: float) -> None:
    values = {axis: {"p": p, "z": z}[axis], "t": t}
    view = binary_view(axis)
    numbers = values | {name: float(value) for name, value in view.program.evaluate({**values, "u": 0}).items()}
    blocks = lines(binary._formulas(view, numbers))
    assert len(blocks) == 2
    true_as_written(blocks)


OPTIONS: list[frozenset[Option]] = [frozenset(), frozenset({"smoothing", "weights"}), frozenset({"focal"})]


@settings(max_examples=40, deadline=None)
@given(data=st.data(), options=st.sampled_from(OPTIONS))
@pytest.mark.parametrize("by", ["p", "z"])
def test_lines_of_categorical(by: By, data: st.DataObject, options: frozenset[Option]) -> None:
    p = data.draw(st.lists(SHARES if by == "p" else LOGITS, min_size=3, max_size=3))
    t = data.draw(st.one_of(st.permutations([1.0, 0.0, 0.0]), st.lists(SHARES, min_size=3, max_size=3)))
    index = t.index(1.0) + 1 if sorted(t) == [0, 0, 1] else None
    view = categorical_view(by, 3, options, index=index, along=data.draw(st.integers(1, 3)))
    given_values = dict.fromkeys((symbol.name for symbol in view.program.inputs), 0.0)
    given_values |= {f"{by}{k}": x for k, x in enumerate(p, 1)} | {f"t{k}": x for k, x in enumerate(t, 1)}
    given_values |= {"epsilon": 0.1, "w1": 1.0, "w2": 2.0, "w3": 0.5, "gamma": 2.0, "T": 2.0, "others": 1.0}
    known = {symbol.name for symbol in view.program.inputs}
    given_values = {name: value for name, value in given_values.items() if name in known}
    numbers = given_values | means(view.program, given_values, {})
    true_as_written(lines(class_text.formulas(view, numbers)))


NETWORKS = [
    Network((1, 1)),
    Network((1, 1, 1), "sigmoid", "sigmoid", "binary"),
    Network((1, 1), output="sigmoid", loss="squared"),
    Network((1, 2), output="softmax", loss="probabilities"),
    Network((1, 1, 1), "softplus", "identity", "squared"),
]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_lines_of_network(network: Network, data: st.DataObject) -> None:
    weights = {name: data.draw(LOGITS) for name in network.weights}
    given_values = {name: data.draw(SHARES) for name in (*network.inputs, *network.targets)}
    for block in chains_of(network, weights, given_values):
        true_as_written(block)


def chains_of(network: Network, weights: dict[str, float], given_values: dict[str, float]) -> list[list[list[Line]]]:
    """The lines layer by layer, those of backpropagation, and the loss in one line."""
    view, known = network_view(network, "w1_1_1"), weights | given_values
    found = known | {name: float(value) for name, value in view.program.evaluate({**known, "u": 0}).items()}
    numbers = network_text.Numbers(found, found, None, frozenset(weights))
    inline = NetworkLine("L", Symbol("L"), (network.program().inline(),), ("inline",))
    kept: set[str] = set()
    return [
        chains(network_text.lines(shown, numbers, (), kept.__contains__, ""))
        for shown in (view.layered, view.backward, (inline,))
    ]


@pytest.mark.parametrize(
    ("network", "weight", "layered", "backward", "inline"),
    [
        (NETWORKS[0], 1.0, ["==", "==", "==="], ["=="], ["=="]),
        (NETWORKS[0], 40.0, ["==", "==", "=→="], ["=="], ["=="]),  # y is 1, so ln(1 - y) has no value
        (NETWORKS[0], 800.0, ["==", "==", "==→"], ["=="], ["=→"]),  # and e^z is beyond a float
        (NETWORKS[0], 30.0, ["==", "==", "=≈="], ["=="], ["=="]),  # y is 1 but for a rounding that counts
        (NETWORKS[2], 40.0, ["==", "==", "=="], ["=≈"], ["=="]),  # y (1 - y) is 0, but not the slope
        (NETWORKS[3], 800.0, ["==", "==", "=→", "==", "=→"], ["==", "=="], ["=→"]),
    ],
)
def test_signs_where_outputs_saturate(
    network: Network, weight: float, layered: list[str], backward: list[str], inline: list[str]
) -> None:
    weights = dict.fromkeys(network.weights, 0.0) | {"w1_1_1": weight}
    targets = dict.fromkeys(network.targets, 0.0) | ({"t2": 1.0} if len(network.targets) > 1 else {})
    found = chains_of(network, weights, {"x1": 1.0} | targets)
    assert [["".join(line.sign for line in chain) for chain in block] for block in found] == [layered, backward, inline]
