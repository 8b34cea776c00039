"""The numeric losses: published numbers, the contract's boundaries, whole error sentences, and independent oracles."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from mpmath import mp
from scipy.special import entr, expit, rel_entr, softmax, xlog1py, xlogy
from sklearn.metrics import log_loss

from explorer.core.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_gradient,
    cross_entropy,
    cross_entropy_gradient,
    cross_entropy_with_logits,
    cross_entropy_with_logits_gradient,
    example_losses,
    form_for,
    index_cross_entropy,
    index_cross_entropy_gradient,
    index_cross_entropy_with_logits,
    index_cross_entropy_with_logits_gradient,
    mean_loss,
    squared_error,
    squared_error_gradient,
)
from tests.core.helpers import CASES, FINITE, INTERIOR, LOGIT, PROBABILITY, WEIGHT, close, few, loss_named, several

INF = math.inf
DIGITS = 1000  # enough that plain formulas and difference quotients hold wherever a float is not 0


# --- Published numbers ---


@pytest.mark.parametrize("case", CASES["binary"], ids=lambda case: str(case["source"]))
def test_published_binary_loss_and_slopes(case: dict[str, Any]) -> None:
    p, t = case["p"], case["t"]
    z = math.log(p / (1 - p))
    close(binary_cross_entropy(p, t), case["loss"])
    close(binary_cross_entropy_gradient(p, t), case["d_p"])
    close(binary_cross_entropy_with_logits(z, t), case["loss"])
    close(binary_cross_entropy_with_logits_gradient(z, t), case["d_logit"])


@pytest.mark.parametrize("case", CASES["probabilities"], ids=lambda case: str(case["source"]))
def test_published_loss_of_a_distribution(case: dict[str, Any]) -> None:
    close(cross_entropy(case["p"], case["t"]), case["loss"])
    close(cross_entropy_with_logits(np.log(case["p"]), case["t"]), case["loss"])  # the published p sum to 1


def test_published_batch() -> None:
    batch = CASES["batch"]
    close(index_cross_entropy(batch["p"], batch["index"]), batch["losses"], absolute=5e-9)
    close(mean_loss("index", batch["p"], batch["index"]), batch["mean"])


@pytest.mark.parametrize(("p", "surprise"), [(float(p), s) for p, s in CASES["minus_log"].items()])
def test_published_surprise_at_a_probability(p: float, surprise: float) -> None:
    close(binary_cross_entropy(p, 1), surprise, absolute=1e-15)
    close(cross_entropy([p, 1 - p], [1, 0]), surprise, absolute=1e-15)
    close(index_cross_entropy([p, 1 - p], 0), surprise, absolute=1e-15)


def test_published_loss_of_an_impossible_outcome() -> None:
    case = CASES["log_of_zero"]
    assert binary_cross_entropy(case["p"], case["t"]) == float(case["plain"])


def test_published_entropy_and_cross_entropy() -> None:
    case = CASES["information"]
    t = np.array([0.12, 0.3, 0.6]) / 1.02
    close(cross_entropy(t, t), case["entropy"])
    close(cross_entropy(case["p"], t), case["cross_entropy"])


def test_published_weighted_losses() -> None:
    case = CASES["weighted_mean"]
    weights = np.array(case["class_weights"])[case["index"]]
    weighted = weights * index_cross_entropy_with_logits(case["logits"], case["index"])
    close(weighted, case["losses"], absolute=5e-5)
    close(weighted.sum(), case["sum"], absolute=5e-5)
    close(weighted.sum() / weights.sum(), case["mean"], absolute=5e-5)


@pytest.mark.parametrize(("classes", "floor"), [(int(n), v) for n, v in CASES["floors"]["double softmax"].items()])
def test_published_floor_when_probabilities_pass_for_logits(classes: int, floor: float) -> None:
    certain_and_right = np.eye(classes)[0]
    close(index_cross_entropy_with_logits(certain_and_right, 0), floor)


@pytest.mark.parametrize(("classes", "floor"), [(int(n), v) for n, v in CASES["floors"]["label smoothing 0.1"].items()])
def test_published_floor_of_smoothed_labels(classes: int, floor: float) -> None:
    smoothed = 0.9 * np.eye(classes)[0] + 0.1 / classes
    close(cross_entropy(smoothed, smoothed), floor)


# --- Boundaries ---


@pytest.mark.parametrize(
    ("loss", "prediction", "target", "expected"),
    [
        (binary_cross_entropy, 0, 1, INF),
        (binary_cross_entropy, 1, 0, INF),
        (binary_cross_entropy, 0, 0, 0.0),
        (binary_cross_entropy, -0.0, -0.0, 0.0),
        (binary_cross_entropy, 1, 1, 0.0),
        (binary_cross_entropy, 0, 0.5, INF),
        (binary_cross_entropy, 0, 5e-324, INF),
        (binary_cross_entropy_with_logits, -INF, 1, INF),
        (binary_cross_entropy_with_logits, -INF, 0, 0.0),
        (binary_cross_entropy_with_logits, INF, 1, 0.0),
        (binary_cross_entropy_with_logits, INF, 0, INF),
        (binary_cross_entropy_with_logits, INF, 0.5, INF),
        (binary_cross_entropy_with_logits, 1e4, 0, 1e4),
        (binary_cross_entropy_with_logits, 1e4, 1, 0.0),
        (cross_entropy, [0, 1], [1, 0], INF),
        (cross_entropy, [0, 1], [0, 1], 0.0),
        (cross_entropy, [0, 0], [0, 0], 0.0),
        (cross_entropy, [1], [1], 0.0),
        (cross_entropy_with_logits, [-INF, 3], [1, 0], INF),
        (cross_entropy_with_logits, [-INF, 3], [0, 1], 0.0),
        (cross_entropy_with_logits, [7], [1], 0.0),
        (cross_entropy_with_logits, [1e4, -1e4], [0, 1], 2e4),
        (index_cross_entropy, [0, 1], 0, INF),
        (index_cross_entropy, [0, 1], 1, 0.0),
        (index_cross_entropy_with_logits, [-INF, 3], 0, INF),
        (index_cross_entropy_with_logits, [-INF, 3], 1, 0.0),
        (squared_error, 2, 2, 0.0),
    ],
)
def test_loss_on_the_boundary(loss: Callable[..., Any], prediction: Any, target: Any, expected: float) -> None:
    value = loss(prediction, target)
    assert value == expected
    assert not np.signbit(value)


@pytest.mark.parametrize(
    ("gradient", "prediction", "target", "expected"),
    [
        (binary_cross_entropy_gradient, 0, 0, 1.0),  # 0/0 in -t/p + (1 - t)/(1 - p) counts as 0
        (binary_cross_entropy_gradient, 1, 1, -1.0),
        (binary_cross_entropy_gradient, 0, 1, -INF),
        (binary_cross_entropy_gradient, -0.0, 1, -INF),
        (binary_cross_entropy_gradient, 1, 0, INF),
        (binary_cross_entropy_gradient, 0.25, 0.25, 0.0),
        (binary_cross_entropy_gradient, 0, 0.5, -INF),
        (binary_cross_entropy_gradient, 1, 0.5, INF),
        (binary_cross_entropy_with_logits_gradient, -INF, 1, -1.0),
        (binary_cross_entropy_with_logits_gradient, INF, 1, 0.0),
        (binary_cross_entropy_with_logits_gradient, -INF, 0, 0.0),
        (binary_cross_entropy_with_logits_gradient, 1e4, 0.25, 0.75),
        (cross_entropy_gradient, [0, 1], [0, 1], [0.0, -1.0]),
        (cross_entropy_gradient, [0, 1], [1, 0], [-INF, 0.0]),
        (cross_entropy_gradient, [-0.0, 1], [1, 0], [-INF, 0.0]),
        (cross_entropy_with_logits_gradient, [-INF, 3], [0, 1], [0.0, 0.0]),
        (cross_entropy_with_logits_gradient, [-INF, 3], [1, 0], [-1.0, 1.0]),
        (cross_entropy_with_logits_gradient, [1e4, -1e4], [0, 1], [1.0, -1.0]),
        (cross_entropy_with_logits_gradient, [1e4, -1e4], [1, 0], [0.0, 0.0]),
        (index_cross_entropy_gradient, [0, 1], 0, [-INF, 0.0]),
        (index_cross_entropy_gradient, [-0.0, 1], 0, [-INF, 0.0]),
        (index_cross_entropy_gradient, [0, 1], 1, [0.0, -1.0]),
        (index_cross_entropy_with_logits_gradient, [-INF, 3], 0, [-1.0, 1.0]),
        (index_cross_entropy_with_logits_gradient, [1e4, -1e4], 0, [0.0, 0.0]),
        (squared_error_gradient, 3, 1, 4.0),
    ],
)
def test_gradient_on_the_boundary(gradient: Callable[..., Any], prediction: Any, target: Any, expected: Any) -> None:
    value = gradient(prediction, target)
    np.testing.assert_array_equal(value, expected)
    assert not np.any(np.signbit(value) & (value == 0))


@pytest.mark.parametrize(
    ("gradient", "prediction", "target", "expected"),
    [
        (binary_cross_entropy_gradient, 5e-324, 1, -INF),
        (cross_entropy_gradient, [5e-324, 1], [1, 0], [-INF, 0.0]),
        (index_cross_entropy_gradient, [5e-324, 1], 0, [-INF, 0.0]),
    ],
)
def test_gradient_at_the_smallest_probability_is_infinite(
    gradient: Callable[..., Any], prediction: Any, target: Any, expected: Any
) -> None:
    np.testing.assert_array_equal(gradient(prediction, target), expected)


def test_distributions_are_computed_as_given_even_if_they_do_not_sum_to_one() -> None:
    close(cross_entropy([0.5, 0.2], [2, 3]), 2 * math.log(2) + 3 * math.log(5))


def test_arguments_broadcast() -> None:
    p, t = np.array([[0.2], [0.5], [0.9]]), np.array([0.0, 1.0])
    expected = [[-math.log(1 - x), -math.log(x)] for (x,) in p]
    close(binary_cross_entropy(p, t), expected)


def test_one_prediction_broadcasts_against_many_indices() -> None:
    close(index_cross_entropy([0.5, 0.25, 0.25], [[0, 1], [2, 0]]), [[math.log(2), math.log(4)], [math.log(4), math.log(2)]])


# --- Errors ---


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: binary_cross_entropy(1.5, 0), "p must lie in [0, 1]; got 1.5."),
        (lambda: binary_cross_entropy(-0.25, 0), "p must lie in [0, 1]; got -0.25."),
        (lambda: binary_cross_entropy(0.5, 2), "t must lie in [0, 1]; got 2."),
        (lambda: binary_cross_entropy([0.1, math.nan], 0), "p must lie in [0, 1]; got nan."),
        (lambda: binary_cross_entropy_gradient(0.5, math.nan), "t must lie in [0, 1]; got nan."),
        (lambda: binary_cross_entropy_gradient(INF, 0), "p must lie in [0, 1]; got inf."),
        (lambda: binary_cross_entropy_with_logits(math.nan, 0), "z must be a number; got nan."),
        (lambda: binary_cross_entropy_with_logits(0, -1), "t must lie in [0, 1]; got -1."),
        (lambda: binary_cross_entropy_with_logits_gradient(math.nan, 0), "z must be a number; got nan."),
        (lambda: cross_entropy([0.5, 1.5], [1, 0]), "p must lie in [0, 1]; got 1.5."),
        (lambda: cross_entropy([0.5, 0.5], [1, -2]), "t must be finite and not negative; got -2."),
        (lambda: cross_entropy([0.5, 0.5], [1, INF]), "t must be finite and not negative; got inf."),
        (lambda: cross_entropy([0.5, 0.5], [1, math.nan]), "t must be finite and not negative; got nan."),
        (lambda: cross_entropy([0.5, 0.5], [1, 0, 0]), "t must have as many classes as p, 2; got 3."),
        (lambda: cross_entropy_gradient([0.5, 0.5], [1]), "t must have as many classes as p, 2; got 1."),
        (lambda: cross_entropy(0.5, [1]), "p must have a last axis of classes; got shape ()."),
        (lambda: cross_entropy(np.zeros((2, 0)), [1]), "p must have a last axis of classes; got shape (2, 0)."),
        (lambda: cross_entropy([0.5], 1), "t must have a last axis of classes; got shape ()."),
        (lambda: cross_entropy_with_logits([1, 2], [1]), "t must have as many classes as z, 2; got 1."),
        (lambda: cross_entropy_with_logits([1, 2], [-1, 1]), "t must be finite and not negative; got -1."),
        (lambda: cross_entropy_with_logits([-INF, -INF], [1, 0]), "z must hold a finite value for some class; got -inf."),
        (lambda: cross_entropy_with_logits([INF, 0], [1, 0]), "z must be a number below infinity; got inf."),
        (lambda: cross_entropy_with_logits([math.nan, 0], [1, 0]), "z must be a number below infinity; got nan."),
        (lambda: cross_entropy_with_logits_gradient([INF, 0], [1, 0]), "z must be a number below infinity; got inf."),
        (lambda: index_cross_entropy_with_logits([-INF], 0), "z must hold a finite value for some class; got -inf."),
        (lambda: index_cross_entropy_with_logits_gradient(1.0, 0), "z must have a last axis of classes; got shape ()."),
        (lambda: index_cross_entropy([0.5, 0.5], 2), "k must lie in [0, 1]; got 2."),
        (lambda: index_cross_entropy([0.5, 0.5], -1), "k must lie in [0, 1]; got -1."),
        (lambda: index_cross_entropy([0.5, 0.5], 0, base=1), "k must lie in [1, 2]; got 0."),
        (lambda: index_cross_entropy_gradient([0.5, 0.5], 3, base=1), "k must lie in [1, 2]; got 3."),
        (lambda: index_cross_entropy([0.5, 0.5], 0.5), "k must be whole numbers; got 0.5."),
        (lambda: index_cross_entropy([0.5, 0.5], math.nan), "k must be whole numbers; got nan."),
        (lambda: index_cross_entropy([0.5, 0.5], True), "k must be whole numbers; got bool."),
        (lambda: index_cross_entropy([0.5, 0.5], 0, base=2), "base must be 0 or 1; got 2."),
        (lambda: squared_error(INF, 0), "y must be finite; got inf."),
        (lambda: squared_error(0, math.nan), "t must be finite; got nan."),
        (lambda: squared_error_gradient(-INF, 0), "y must be finite; got -inf."),
        (
            lambda: mean_loss("absolute", 1, 1),  # type: ignore[arg-type]
            "form must be one of binary, probabilities, index, squared; got absolute.",
        ),
        (lambda: mean_loss("squared", 1, 1, from_logits=True), "from_logits must be False for form squared; got True."),
        (lambda: mean_loss("binary", [], []), "prediction must hold at least one position; got shape (0,)."),
        (
            lambda: mean_loss("index", np.zeros((0, 3)), np.zeros(0, int), from_logits=True),
            "prediction must hold at least one position; got shape (0, 3).",
        ),
        (lambda: mean_loss("index", [0.5, 0.5], 3, index_base=1), "k must lie in [1, 2]; got 3."),
        (lambda: example_losses("binary", [0.5], [1, 1]), "targets must be as many as predictions, 1; got 2."),
        (lambda: example_losses("binary", [[0.5], [1.5]], [[1], [1]]), "p must lie in [0, 1]; got 1.5."),
        (
            lambda: form_for("arctan", 0),
            "output must be an activation such as sigmoid, softmax or identity; got arctan.",
        ),
    ],
)
def test_error_names_argument_rule_and_value(call: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole sentence is compared below
        call()
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("call", "value"),
    [
        (lambda: binary_cross_entropy(1 + 1e-9, 0), 1 + 1e-9),
        (lambda: binary_cross_entropy(0.5, 1.0000001), 1.0000001),
        (lambda: index_cross_entropy([0.5, 0.5], 12345678), 12345678),
        (lambda: index_cross_entropy([0.5, 0.5], 1.00000001), 1.00000001),
    ],
)
def test_error_shows_the_value_and_not_one_rounded_into_the_rule(call: Callable[[], Any], value: float) -> None:
    with pytest.raises(ValueError, match="got") as error:
        call()
    shown = str(error.value).rpartition("got ")[2].removesuffix(".")
    assert float(shown) == value


# --- Independent oracles: probabilities ---


@several
@given(p=PROBABILITY, t=PROBABILITY)
def test_binary_value_against_scipy(p: float, t: float) -> None:
    close(binary_cross_entropy(p, t), -(xlogy(t, p) + xlog1py(1 - t, -p)))


@several
@given(p=st.lists(st.floats(1e-10, 1 - 1e-10), min_size=1, max_size=8), data=st.data())
def test_mean_binary_loss_against_scikit_learn(p: list[float], data: st.DataObject) -> None:
    labels = data.draw(st.lists(st.sampled_from([0, 1]), min_size=len(p), max_size=len(p)))
    expected = log_loss(labels, p, labels=[0, 1])
    close(mean_loss("binary", p, labels), expected, absolute=1e-15)  # it takes ln(1 - p), we ln1p(-p)


@several
@given(values=st.lists(st.tuples(PROBABILITY, PROBABILITY), min_size=1, max_size=5))
def test_cross_entropy_against_scipy_divergence_and_entropy(values: list[tuple[float, float]]) -> None:
    p, t = np.array(values).T
    close(cross_entropy(p, t), np.sum(rel_entr(t, p) + entr(t)), absolute=1e-14)


@several
@given(p=INTERIOR, t=PROBABILITY)
def test_binary_gradient_against_derivative_in_many_digits(p: float, t: float) -> None:
    with mp.workdps(DIGITS):
        exact = mp.diff(lambda x: -(t * mp.log(x) + (1 - mp.mpf(t)) * mp.log(1 - x)), p)
    close(binary_cross_entropy_gradient(p, t), float(exact), absolute=1e-300)


@several
@given(values=st.lists(st.tuples(st.floats(1e-3, 1 - 1e-3), WEIGHT), min_size=1, max_size=5))
def test_cross_entropy_gradient_against_central_differences(values: list[tuple[float, float]]) -> None:
    p, t = np.array(values).T
    steps = 1e-5 * np.eye(len(p)) * p
    differences = (cross_entropy(p + steps, t) - cross_entropy(p - steps, t)) / (2e-5 * p)
    close(cross_entropy_gradient(p, t), differences, relative=1e-8, absolute=1e-8 * t.sum() / p)


# --- Independent oracles: logits ---


@several
@given(z=LOGIT, t=PROBABILITY)
@example(z=40.0, t=1.0)
@example(z=-700.0, t=0.0)
def test_binary_loss_and_gradient_of_logits_against_many_digits(z: float, t: float) -> None:
    def plain(x: Any) -> Any:
        return t * mp.log(1 + mp.exp(-x)) + (1 - mp.mpf(t)) * mp.log(1 + mp.exp(x))

    with mp.workdps(DIGITS):
        loss, slope = float(plain(mp.mpf(z))), float(mp.diff(plain, z))
    cancelled = 0 if t in (0, 1) else 1e-15
    close(binary_cross_entropy_with_logits(z, t), loss, absolute=1e-300)
    close(binary_cross_entropy_with_logits_gradient(z, t), slope, absolute=cancelled + 1e-300)


@several
@given(z=st.lists(LOGIT, min_size=1, max_size=4), k=st.integers(0, 3))
@example(z=[40.0, 0.0, 0.0], k=0)
@example(z=[-700.0, 0.0], k=1)
@example(z=[5.0, 5.0], k=1)
def test_index_loss_and_gradient_of_logits_against_many_digits(z: list[float], k: int) -> None:
    k %= len(z)
    with mp.workdps(DIGITS):
        powers = [mp.exp(x) for x in z]
        loss = float(mp.log(sum(powers)) - z[k])
        slopes = [float(power / sum(powers) - (j == k)) for j, power in enumerate(powers)]
    close(index_cross_entropy_with_logits(z, k), loss, absolute=1e-300)
    close(index_cross_entropy_with_logits_gradient(z, k), slopes, absolute=1e-300)


@several
@given(values=st.lists(st.tuples(LOGIT, WEIGHT), min_size=1, max_size=4))
@example(values=[(40.0, 1.0), (0.0, 0.0)])
def test_loss_and_gradient_of_logits_against_many_digits(values: list[tuple[float, float]]) -> None:
    z, t = np.array(values).T
    with mp.workdps(DIGITS):
        total = mp.log(sum(mp.exp(x) for x in z))
        weight = mp.fsum(t)
        loss = float(sum(w * (total - x) for x, w in zip(z, t, strict=True)))
        slopes = [float(weight * mp.exp(x - total) - w) for x, w in zip(z, t, strict=True)]
    close(cross_entropy_with_logits(z, t), loss, absolute=1e-300)
    close(cross_entropy_with_logits_gradient(z, t), slopes, absolute=1e-15 * t.sum() + 1e-300)


@several
@given(z=st.floats(-8, 8), t=PROBABILITY)
def test_binary_logits_and_probabilities_agree(z: float, t: float) -> None:
    p = expit(z)
    close(binary_cross_entropy_with_logits(z, t), binary_cross_entropy(p, t), relative=1e-11)
    chained = binary_cross_entropy_gradient(p, t) * p * (1 - p)
    close(binary_cross_entropy_with_logits_gradient(z, t), chained, relative=1e-11, absolute=1e-15)


@several
@given(values=st.lists(st.tuples(st.floats(-8, 8), WEIGHT), min_size=1, max_size=5))
def test_class_logits_and_probabilities_agree(values: list[tuple[float, float]]) -> None:
    z, t = np.array(values).T
    p = np.minimum(softmax(z), 1.0)
    close(cross_entropy_with_logits(z, t), cross_entropy(p, t), relative=1e-11, absolute=1e-14 * t.sum())
    by_p = cross_entropy_gradient(p, t)
    close(cross_entropy_with_logits_gradient(z, t), p * (by_p - (p * by_p).sum()), relative=1e-11, absolute=1e-14 * t.sum())


@several
@given(z=st.lists(LOGIT, min_size=1, max_size=4), data=st.data())
def test_a_class_ruled_out_by_both_changes_nothing(z: list[float], data: st.DataObject) -> None:
    t = data.draw(st.lists(WEIGHT, min_size=len(z), max_size=len(z)))
    place = data.draw(st.integers(0, len(z)))
    longer_z, longer_t = np.insert(z, place, -INF), np.insert(t, place, 0.0)
    close(cross_entropy_with_logits(longer_z, longer_t), cross_entropy_with_logits(z, t), absolute=1e-300)
    expected = np.insert(cross_entropy_with_logits_gradient(z, t), place, 0.0)
    close(cross_entropy_with_logits_gradient(longer_z, longer_t), expected, absolute=1e-15 * sum(t) + 1e-300)


@several
@given(y=FINITE, t=FINITE)
def test_squared_error_and_gradient_against_many_digits(y: float, t: float) -> None:
    with mp.workdps(DIGITS):
        difference = mp.mpf(y) - mp.mpf(t)
        close(squared_error(y, t), float(difference**2), absolute=1e-300)
        close(squared_error_gradient(y, t), float(2 * difference))


# --- Index and one-hot; where counting starts ---


@several
@given(values=st.lists(st.tuples(PROBABILITY, LOGIT), min_size=1, max_size=5), data=st.data())
def test_index_equals_one_hot_and_either_base(values: list[tuple[float, float]], data: st.DataObject) -> None:
    p, z = np.array(values).T
    k = data.draw(st.integers(0, len(p) - 1))
    one_hot = np.eye(len(p))[k]
    for form, x in (("cross_entropy", p), ("cross_entropy_with_logits", z)):
        for suffix in ("", "_gradient"):
            by_index = loss_named(f"index_{form}{suffix}")
            expected = loss_named(form + suffix)(x, one_hot)
            close(by_index(x, k), expected)
            np.testing.assert_array_equal(by_index(x, k + 1, base=1), by_index(x, k, base=0))


# --- Any rank ---


def surprise(p: float) -> float:
    return INF if p == 0 else -math.log(p)


def plain_binary(p: float, t: float) -> float:
    return sum(w * surprise(q) for w, q in ((t, p), (1 - t, 1 - p)) if w > 0)


def plain_classes(p: Any, t: Any) -> float:
    return math.fsum(w * surprise(q) for q, w in zip(p, t, strict=True) if w > 0)


def plain_index(p: Any, k: int) -> float:
    return surprise(p[k])


def plain_softmax(z: Any) -> list[float]:
    powers = [math.exp(x - max(z)) for x in z]
    return [power / sum(powers) for power in powers]


def plain_squared(y: float, t: float) -> float:
    return math.pow(y - t, 2)


POSITIONS = hnp.array_shapes(min_dims=0, max_dims=3, max_side=3)
NEAR = st.floats(-5, 5)


@few
@given(shape=POSITIONS, data=st.data())
@pytest.mark.parametrize(
    ("loss", "plain", "element"),
    [
        (binary_cross_entropy, plain_binary, PROBABILITY),
        (
            binary_cross_entropy_with_logits,
            lambda z, t: plain_binary(1 / (1 + math.exp(-z)), t),
            NEAR,
        ),
        (squared_error, plain_squared, PROBABILITY),
    ],
)
def test_elementwise_batch_of_any_rank_against_a_loop(
    loss: Callable[..., Any], plain: Callable[..., float], element: st.SearchStrategy[float], shape: Any, data: st.DataObject
) -> None:
    x = data.draw(hnp.arrays(float, shape, elements=element))
    t = data.draw(hnp.arrays(float, shape, elements=PROBABILITY))
    value = loss(x, t)
    slope = loss_named(f"{loss.__name__}_gradient")
    assert np.shape(value) == np.shape(slope(x, t)) == shape
    for i in np.ndindex(shape):
        close(value[i], plain(float(x[i]), float(t[i])), absolute=1e-13)
        close(slope(x, t)[i], slope(x[i], t[i]))


@few
@given(shape=POSITIONS, classes=st.integers(1, 4), data=st.data())
@pytest.mark.parametrize(
    ("loss", "plain", "element"),
    [
        (cross_entropy, plain_classes, PROBABILITY),
        (cross_entropy_with_logits, lambda z, t: plain_classes(plain_softmax(z), t), NEAR),
        (index_cross_entropy, plain_index, PROBABILITY),
        (index_cross_entropy_with_logits, lambda z, k: plain_index(plain_softmax(z), k), NEAR),
    ],
)
def test_class_batch_of_any_rank_against_a_loop(
    loss: Callable[..., Any],
    plain: Callable[..., float],
    element: st.SearchStrategy[float],
    shape: Any,
    classes: int,
    data: st.DataObject,
) -> None:
    x = data.draw(hnp.arrays(float, (*shape, classes), elements=element))
    if loss.__name__.startswith("index"):
        t = data.draw(hnp.arrays(np.int64, shape, elements=st.integers(0, classes - 1)))
    else:
        t = data.draw(hnp.arrays(float, (*shape, classes), elements=WEIGHT))
    value = loss(x, t)
    slope = loss_named(f"{loss.__name__}_gradient")
    assert np.shape(value) == shape
    assert slope(x, t).shape == x.shape
    for i in np.ndindex(shape):
        close(value[i], plain(x[i], t[i]), absolute=1e-13)
        close(slope(x, t)[i], slope(x[i], t[i]))


@pytest.mark.parametrize("name", ["index_cross_entropy", "index_cross_entropy_with_logits"])
@pytest.mark.parametrize("suffix", ["", "_gradient"])
def test_arguments_are_left_as_they_were(name: str, suffix: str) -> None:
    prediction, k = np.array([[0.25, 0.75], [0.5, 0.5]]), np.array([1, 2])
    loss_named(name + suffix)(prediction, k, base=1)
    np.testing.assert_array_equal(prediction, [[0.25, 0.75], [0.5, 0.5]])
    np.testing.assert_array_equal(k, [1, 2])


# --- Means, examples, forms ---


@pytest.mark.parametrize(
    ("form", "prediction", "target", "options", "expected"),
    [
        ("binary", [[0.5, 0.25]], [[1, 1]], {}, 1.5 * math.log(2)),
        ("binary", [0.0, 0.0], [0.0, 1.0], {"from_logits": True}, math.log(2)),
        ("probabilities", [[0.5, 0.5], [0.25, 0.75]], [[1, 0], [1, 0]], {}, 1.5 * math.log(2)),
        ("probabilities", [[3.0, 3.0]], [[0.5, 0.5]], {"from_logits": True}, math.log(2)),
        ("index", [[0.5, 0.5], [0.25, 0.75]], [0, 0], {}, 1.5 * math.log(2)),
        ("index", [[0.5, 0.5], [0.25, 0.75]], [2, 1], {"index_base": 1}, 1.5 * math.log(2)),
        ("index", [[0.0, 0.0, -INF]], [1], {"from_logits": True, "index_base": 1}, math.log(2)),
        ("squared", [[1.0, 2.0], [3.0, 4.0]], [[0.0, 0.0], [0.0, 0.0]], {}, 7.5),
        ("binary", 0.0, 1.0, {}, INF),
    ],
)
def test_mean_loss_is_over_every_position(form: Any, prediction: Any, target: Any, options: Any, expected: float) -> None:
    mean = mean_loss(form, prediction, target, **options)
    assert type(mean) is float
    close(mean, expected)


def test_examples_may_differ_in_length() -> None:
    predictions = [[[0.5, 0.5]], [[0.25, 0.75], [0.5, 0.5], [0.125, 0.875]]]
    each = example_losses("index", predictions, [[1], [1, 1, 1]], index_base=1)
    close(each, np.array([1, 2]) * math.log(2))


def test_examples_pass_logits_on() -> None:
    close(example_losses("binary", [[0.0], [1e4, 0.0]], [[1], [1, 0]], from_logits=True), [math.log(2), math.log(2) / 2])


def test_no_examples_have_no_losses() -> None:
    assert example_losses("binary", [], []).shape == (0,)


@pytest.mark.parametrize(
    ("output", "target", "form"),
    [
        ("sigmoid", [0.0, 0.3, 1.0], "binary"),
        ("sigmoid", [0, 1], "binary"),
        ("sigmoid", [True, False], "binary"),
        ("sigmoid", [0.5, 2.0], "squared"),
        ("sigmoid", -0.5, "squared"),
        ("softmax", [0, 2, 1], "index"),
        ("softmax", np.array([1], np.uint8), "index"),
        ("softmax", [0.0, 1.0], "probabilities"),
        ("softmax", [True, False], "probabilities"),
        *((output, [0, 1], "squared") for output in ("identity", "linear", "tanh", "relu", "softplus", "leaky_relu", "sin")),
    ],
)
def test_form_that_fits_an_output_and_a_target(output: str, target: Any, form: str) -> None:
    assert form_for(output, target) == form
