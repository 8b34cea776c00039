"""Data sets fit every network, are always the same and can be learnt; pasted rows are read or refused in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from explorer.core.datasets import DATASETS, dataset, read_rows
from explorer.core.network import PAIRS, Network
from tests.core.helpers import close

BINARY, SEVERAL = Network((2, 3, 1)), Network((2, 3, 3), output="softmax", loss="probabilities")
INDEX, PLAIN = Network((2, 3, 3), output="softmax", loss="index"), Network((1, 2), output="identity", loss="squared")


def classes(network: Network, t: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return which class each row of targets says."""
    return (t.argmax(axis=1) if t.shape[1] > 1 else t[:, 0]).astype(int)


# --- Data sets ---


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: dataset("circles", BINARY),
            "A data set must be one of XOR, AND, OR, line, moons, spirals; got circles.",
        ),
        (lambda: dataset("line", BINARY, 0), "rows must be a whole number from 1 to 500; got 0."),
        (lambda: dataset("line", BINARY, 501), "rows must be a whole number from 1 to 500; got 501."),
        (lambda: dataset("line", BINARY, 2.5), "rows must be a whole number from 1 to 500; got 2.5."),  # type: ignore[arg-type]
        (lambda: dataset("moons", Network((3, 1))), "The data set moons needs a network of 2 inputs; this one has 3."),
        (lambda: dataset("spirals", Network((1, 1))), "The data set spirals needs a network of 2 inputs; this one has 1."),
    ],
)
def test_error_names_argument_rule_and_value(call: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole sentence is compared below
        call()
    assert str(error.value) == sentence


@pytest.mark.parametrize(("output", "loss"), PAIRS)
@pytest.mark.parametrize("outputs", [1, 2, 5])
@pytest.mark.parametrize("name", DATASETS)
def test_a_set_fits_its_network_and_is_always_the_same(name: str, outputs: int, output: Any, loss: Any) -> None:
    for inputs in (2,) if name in ("moons", "spirals") else (1, 2, 3, 4):
        network = Network((inputs, outputs), "tanh", output, loss)
        for rows in (1, 7, 500):
            x, t = dataset(name, network, rows)
            rows = 2**inputs if name in ("XOR", "AND", "OR") else rows
            assert (x.shape, t.shape) == ((rows, inputs), (rows, len(network.targets)))
            assert np.abs(x).max() < 1.3
            np.testing.assert_array_equal(x, x.round(3))
            np.testing.assert_array_equal(t, t.round(3))
            again = dataset(name, network, rows if rows in range(1, 501) else 1)
            np.testing.assert_array_equal(x, again[0])
            np.testing.assert_array_equal(t, again[1])
            if not (name == "line" and output == "identity"):
                assert set(np.unique(t)) <= set(range(outputs if loss == "index" else 2))
                assert loss == "index" or outputs == 1 or (t.sum(axis=1) == 1).all()


@pytest.mark.parametrize("inputs", [1, 2, 3, 4])
@pytest.mark.parametrize(("name", "of"), [("XOR", lambda row: sum(row) % 2 == 1), ("AND", all), ("OR", any)])
def test_corners_are_all_corners_with_their_truth(name: str, of: Callable[[list[float]], bool], inputs: int) -> None:
    x, t = dataset(name, Network((inputs, 1)))
    assert len({tuple(row) for row in x.tolist()}) == 2**inputs
    assert [bool(target) for target in t[:, 0]] == [of(row) for row in x.tolist()]


@pytest.mark.parametrize(("name", "count"), [("XOR", 2), ("line", 2), ("moons", 2), ("spirals", 4)])
def test_two_classes_take_the_first_two_of_more_outputs_and_spirals_one_arm_each(name: str, count: int) -> None:
    for network in (Network((2, 4), output="softmax", loss="probabilities"), Network((2, 4), output="softmax", loss="index")):
        assert set(classes(network, dataset(name, network)[1])) == set(range(count))


def test_a_single_class_has_only_index_0() -> None:
    assert not dataset("XOR", Network((2, 1), output="softmax", loss="index"))[1].any()


@pytest.mark.parametrize("inputs", [1, 2, 3, 4])
def test_a_line_parts_its_classes_with_room_between(inputs: int) -> None:
    network = Network((inputs, 1))
    x, t = dataset("line", network, 200)
    assert np.abs(x).max() <= 1
    assert 0.2 < t.mean() < 0.8
    assert LogisticRegression(C=1e4).fit(x, t[:, 0]).score(x, t[:, 0]) == 1.0


def test_a_line_on_identity_outputs_is_a_plane_for_each_with_a_little_noise() -> None:
    x, t = dataset("line", Network((3, 2), output="identity", loss="squared"), 300)
    extended = np.hstack([x, np.ones((300, 1))])
    found, _, _, _ = np.linalg.lstsq(extended, t)
    close(np.linalg.norm(found[:3], axis=0), 1.0, absolute=0.02)
    assert (t - extended @ found).std(axis=0) == pytest.approx(0.05, rel=0.2)
    assert np.abs(found[:, 0] - found[:, 1]).max() > 0.1


@pytest.mark.parametrize(("name", "outputs"), [("moons", 1), ("spirals", 1), ("spirals", 3), ("spirals", 5)])
def test_moons_and_spirals_can_be_told_apart_but_not_by_a_line(name: str, outputs: int) -> None:
    network = Network((2, outputs))
    x, t = dataset(name, network, 400)
    expected = classes(network, t)
    assert np.ptp(np.bincount(expected)) <= 1
    assert KNeighborsClassifier(3).fit(x, expected).score(x, expected) > 0.97
    assert LogisticRegression().fit(x, expected).score(x, expected) < 0.93


# --- Pasted rows ---


@pytest.mark.parametrize(
    "text",
    [
        "0 0.5 1\n-1 1e3 0",
        "0\t0.5\t1\n-1\t1e3\t0\n",
        "0, 0.5, 1\r\n-1, 1e3, 0\r\n",
        "0;0,5;1\n-1;1e3;0",
        "x1 x2 t1\n0 0.5 1\n-1 1e3 0",
        "x1,x2,target\n0,0.5,1\n-1,1e3,0",
        "height;width;class\n0;0.5;1\n−1;1000;0",
        "\n\n 0 0.5 1 \n\n-1 1000 0\n\n",
    ],
)
def test_rows_are_read_however_they_are_parted(text: str) -> None:
    x, t = read_rows(text, BINARY)
    assert x.tolist() == [[0, 0.5], [-1, 1000]]
    assert t.tolist() == [[1], [0]]


@pytest.mark.parametrize(
    "text", ["0,5 1/4 20 %", "0,5; 1 / 4; 20%", "0,5\t1/4\t2×10⁻¹", "0.5, 1/4, 20 %", "a;b;c\n,5;25 %;1/5"]
)
def test_pasted_numbers_may_be_written_as_people_write_them(text: str) -> None:
    x, t = read_rows(text, BINARY)
    assert (x.tolist(), t.tolist()) == ([[0.5, 0.25]], [[0.2]])


def test_a_header_leaves_decimal_commas_what_they_are() -> None:
    x, t = read_rows("a b c\n0,5 1,5 1\n2,5 -1 0", BINARY)
    assert x.tolist() == [[0.5, 1.5], [2.5, -1]]
    assert t.tolist() == [[1], [0]]


@pytest.mark.parametrize(
    ("network", "text", "targets"),
    [
        (BINARY, "0 0 0.25", [[0.25]]),
        (SEVERAL, "0 0 0 0.5 7", [[0, 0.5, 7]]),
        (INDEX, "0 0 2\n0 0 0", [[2], [0]]),
        (PLAIN, "0 -5 1e6", [[-5, 1e6]]),
        (BINARY, "0 0 -0", [[0]]),
    ],
)
def test_targets_are_what_the_loss_allows(network: Network, text: str, targets: list[list[float]]) -> None:
    _, t = read_rows(text, network)
    assert t.tolist() == targets
    assert not np.signbit(t[t == 0]).any()


@pytest.mark.parametrize(
    ("network", "text", "sentence"),
    [
        (BINARY, "", "The data must hold 1 to 500 rows; got 0."),
        (BINARY, "x1 x2 t1", "The data must hold 1 to 500 rows; got 0."),
        (BINARY, "0 0 1\n" * 501, "The data must hold 1 to 500 rows; got 501."),
        (BINARY, "0 0 1\n0 0 1\n0 0 1 1", "Row 3 must hold 2 inputs and 1 target, 3 numbers; got 4."),
        (BINARY, "a b c\n0 0 1\n0 0", "Row 2 must hold 2 inputs and 1 target, 3 numbers; got 2."),
        (SEVERAL, "0 0 1", "Row 1 must hold 2 inputs and 3 targets, 5 numbers; got 3."),
        (PLAIN, "0", "Row 1 must hold 1 input and 2 targets, 3 numbers; got 1."),
        (BINARY, "0 0 1\n0 one 1", "x2 in row 2 must be a number; got one."),
        (BINARY, "0;;1", "x2 in row 1 must be a number; got nothing."),
        (BINARY, "0 nan 1", "x2 in row 1 must be a number; got nan."),
        (BINARY, "0 1e999 1", "x2 in row 1 must be a number; got 1e999."),
        (BINARY, "1001 0 1", "x1 in row 1 must lie in [-1000, 1000]; got 1001."),
        (BINARY, "0 -1000.000001 1", "x2 in row 1 must lie in [-1000, 1000]; got -1000.000001."),
        (BINARY, "0 0 1.5", "t1 in row 1 must lie in [0, 1]; got 1.5."),
        (SEVERAL, "0 0 1 -0.5 0", "t2 in row 1 must be finite and not negative; got -0.5."),
        (INDEX, "0 0 3", "t1 in row 1 must be a whole number from 0 to 2; got 3."),
        (INDEX, "0 0 -1", "t1 in row 1 must be a whole number from 0 to 2; got -1."),
        (INDEX, "0 0 0.5", "t1 in row 1 must be a whole number from 0 to 2; got 0.5."),
    ],
)
def test_a_row_that_does_not_fit_is_refused_in_one_sentence(network: Network, text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole sentence is compared below
        read_rows(text, network)
    assert str(error.value) == sentence
