"""Label smoothing, class weights, focal factor, ignored index and reductions: of every class loss, value and gradient."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from mpmath import mp
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import softmax

from explorer.core.losses import (
    cross_entropy,
    cross_entropy_gradient,
    cross_entropy_with_logits,
    cross_entropy_with_logits_gradient,
    example_losses,
    index_cross_entropy,
    index_cross_entropy_gradient,
    index_cross_entropy_with_logits,
    index_cross_entropy_with_logits_gradient,
)
from explorer.core.options import reduced
from tests.core.helpers import CASES, GAMMA, INTERIOR, LOGIT, PROBABILITY, SMOOTHING, WEIGHT, close, few, loss_named, several

INF = math.inf
DIGITS = 400  # enough that plain formulas and difference quotients hold wherever a float is not 0
IGNORED = -100

FORMS = ("cross_entropy", "cross_entropy_with_logits")
ALL = [f"{target}{form}{suffix}" for target in ("", "index_") for form in FORMS for suffix in ("", "_gradient")]


@st.composite
def options(draw: st.DrawFn, classes: int) -> dict[str, Any]:
    weights = draw(st.none() | st.lists(WEIGHT, min_size=classes, max_size=classes))
    return {"label_smoothing": draw(SMOOTHING), "class_weights": weights, "gamma": draw(GAMMA)}


@st.composite
def cases(draw: st.DrawFn, element: st.SearchStrategy[float]) -> tuple[list[float], list[float], dict[str, Any]]:
    """Predictions and targets of one position, and options."""
    x = draw(st.lists(element, min_size=1, max_size=4))
    return x, draw(st.lists(WEIGHT, min_size=len(x), max_size=len(x))), draw(options(len(x)))


# --- The plain formulas, in many digits ---


def coefficients(t: Sequence[float], label_smoothing: float, class_weights: Sequence[float] | None) -> list[Any]:
    s = mp.mpf(label_smoothing)
    return [w * ((1 - s) * x + s / len(t)) for x, w in zip(t, class_weights or [1] * len(t), strict=True)]


def of_probabilities(p: Sequence[Any], a: Sequence[Any], gamma: float) -> Any:
    return -mp.fsum(w * (1 - mp.mpf(x)) ** gamma * mp.log(x) for x, w in zip(p, a, strict=True) if w > 0)


def of_logits(z: Sequence[Any], a: Sequence[Any], gamma: float) -> Any:
    terms = []
    for j, w in enumerate(a):
        own, others = mp.exp(z[j]), mp.fsum(mp.exp(x) for i, x in enumerate(z) if i != j)
        terms.append(w * (others / (own + others)) ** gamma * mp.log1p(others / own))
    return mp.fsum(terms)


def slopes(loss: Callable[..., Any], x: Sequence[float], a: Sequence[Any], gamma: float) -> list[float]:
    def along(j: int) -> Callable[[Any], Any]:
        return lambda v: loss([*x[:j], v, *x[j + 1 :]], a, gamma)

    return [float(mp.diff(along(j), x[j])) for j in range(len(x))]


# --- Published numbers ---


def test_published_weighted_losses_and_means() -> None:
    case = CASES["weighted_mean"]
    weighted = index_cross_entropy_with_logits(case["logits"], case["index"], class_weights=case["class_weights"])
    close(weighted, case["losses"], absolute=5e-5)
    close(reduced(weighted, "sum"), case["sum"], absolute=5e-5)
    weights = np.take(case["class_weights"], case["index"])
    close(reduced(weighted, "weighted mean", weights=weights), case["mean"], absolute=5e-5)
    close(reduced(weighted, "mean"), 5.29915, absolute=5e-5)


@pytest.mark.parametrize(("classes", "floor"), [(int(n), v) for n, v in CASES["floors"]["label smoothing 0.1"].items()])
def test_published_floor_of_smoothed_labels_is_the_least_and_lies_at_the_smoothed_target(classes: int, floor: float) -> None:
    def loss(first: float) -> float:
        p = [first, *[(1 - first) / (classes - 1)] * (classes - 1)]
        return float(index_cross_entropy(p, 0, label_smoothing=0.1))

    lowest = minimize_scalar(loss, bounds=(0.01, 0.99), method="bounded", options={"xatol": 1e-10})
    smoothed = 0.9 + 0.1 / classes
    close(lowest.x, smoothed, absolute=1e-6)
    close(lowest.fun, floor, absolute=1e-12)
    close(loss(smoothed), floor)
    slope = index_cross_entropy_with_logits_gradient(
        np.log([smoothed, *[0.1 / classes] * (classes - 1)]), 0, label_smoothing=0.1
    )
    close(slope, 0.0, absolute=1e-15)


def test_published_focal_losses() -> None:
    """The example in the documentation of Keras' categorical_focal_crossentropy, whose alpha is 0.25 and gamma 2."""
    p, t = [[0.05, 0.9, 0.05], [0.1, 0.85, 0.05]], [[0, 1, 0], [0, 0, 1]]
    close(cross_entropy(p, t, class_weights=[0.25] * 3, gamma=2), [2.63401289e-04, 6.75912094e-01], relative=1e-6)


# Printed by torch.nn.functional.cross_entropy of PyTorch 2.15.0, in float64, with weight and label_smoothing as here.
LOGITS = [[0.5, -1.0, 2.0], [3.0, 0.0, -0.5], [-2.0, 1.5, 1.0], [0.0, 0.25, -4.0]]
PYTORCH: dict[str, Any] = {"label_smoothing": 0.1, "class_weights": [2, 4, 6]}


def test_pytorch_of_indices() -> None:
    k = np.array([2, 1, IGNORED, 0])
    loss = index_cross_entropy_with_logits(LOGITS, k, ignore_index=IGNORED, **PYTORCH)
    close(loss, [1.899605520611511, 12.207786578167703, 0.0, 2.60130486882698])
    close(reduced(loss, "sum"), 16.708696967606194)
    weights = np.take(PYTORCH["class_weights"], np.where(k == IGNORED, 0, k))
    close(reduced(loss, "weighted mean", weights=weights, counted=k != IGNORED), 1.392391413967183)
    expected = [
        [0.9500176077455463, 0.09351959163665391, -1.0435371993821998],
        [3.637090358140125, -3.5489341291213212, -0.08815622901880371],
        [0.0, 0.0, 0.0],
        [-0.9111175334609657, 1.0936160405967272, -0.18249850713576143],
    ]
    close(index_cross_entropy_with_logits_gradient(LOGITS, k, ignore_index=IGNORED, **PYTORCH), expected)
    unweighted = index_cross_entropy_with_logits(LOGITS, k, ignore_index=IGNORED, label_smoothing=0.1)
    close(reduced(unweighted, "mean", counted=k != IGNORED), 1.4479503544643881)


def test_pytorch_of_distributions() -> None:
    t = [[0.2, 0.3, 0.5], [1.0, 0.0, 0.0], [0.5, 0.25, 0.5], [0.0, 0.0, 2.0]]  # whatever they sum to
    loss = cross_entropy_with_logits(LOGITS, t, **PYTORCH)
    close(loss, [5.375553286823493, 1.2692826179922374, 7.2475591846615925, 53.30664296857372])
    close(reduced(loss, "mean"), 16.79975951451276)
    expected = [
        [0.3691517136490999, -1.0357622506844124, 0.6666105370353126],
        [0.17039969697706892, -0.031913771016726676, -0.13848592596034204],
        [-0.8762624120380555, 1.9604444176818268, -1.084182005643771],
        [4.797947102380538, 6.112954388492429, -10.910901490872968],
    ]
    close(cross_entropy_with_logits_gradient(LOGITS, t, **PYTORCH), expected)


# --- Boundaries ---


@pytest.mark.parametrize("gamma", [0.5, 1, 2, 5])
@pytest.mark.parametrize(
    ("form", "prediction", "target", "loss", "gradient"),
    [
        ("cross_entropy", [0, 1], [1, 0], INF, [-INF, 0.0]),
        ("cross_entropy", [0, 1], [0, 1], 0.0, [0.0, 0.0]),
        ("cross_entropy", [0, 0], [0, 0], 0.0, [0.0, 0.0]),
        ("cross_entropy", [1], [1], 0.0, [0.0]),
        ("cross_entropy", [5e-324, 1], [1, 0], -math.log(5e-324), [-INF, 0.0]),
        ("cross_entropy_with_logits", [-INF, 3], [1, 0], INF, [-1.0, 1.0]),
        ("cross_entropy_with_logits", [-INF, 3], [0, 1], 0.0, [0.0, 0.0]),
        ("cross_entropy_with_logits", [7], [1], 0.0, [0.0]),
        ("cross_entropy_with_logits", [100, -100], [0, 1], 200.0, [1.0, -1.0]),
        ("cross_entropy_with_logits", [1e4, -1e4], [0, 1], 2e4, [1.0, -1.0]),
        ("cross_entropy_with_logits", [1e4, -1e4], [1, 0], 0.0, [0.0, 0.0]),
    ],
)
def test_focal_loss_and_gradient_on_the_boundary(
    form: str, prediction: Any, target: Any, loss: float, gradient: Any, gamma: float
) -> None:
    value, slope = (loss_named(form + suffix)(prediction, target, gamma=gamma) for suffix in ("", "_gradient"))
    close(value, loss)
    close(slope, gradient, absolute=1e-80)
    assert not np.any(np.signbit(value))
    assert not np.any(np.signbit(slope) & (slope == 0))


@pytest.mark.parametrize(
    ("form", "prediction", "certain"),
    [("cross_entropy", [0, 1], [1, 0]), ("cross_entropy_with_logits", [-INF, 3], [1, 0])],
)
def test_smoothing_fears_a_class_ruled_out_and_a_weight_of_0_forgives_it(form: str, prediction: Any, certain: Any) -> None:
    loss, gradient = loss_named(form), loss_named(form + "_gradient")
    assert loss(prediction, [0, 1], label_smoothing=0.1) == INF
    assert loss(prediction, certain, class_weights=[0, 1]) == 0
    np.testing.assert_array_equal(gradient(prediction, certain, class_weights=[0, 1]), [0, 0])


@several
@given(z=st.lists(st.sampled_from([-1e4, -100.0, 0.0, 100.0, 1e4]), min_size=1, max_size=4), data=st.data())
def test_finite_at_extreme_logits(z: list[float], data: st.DataObject) -> None:
    t = data.draw(st.lists(WEIGHT, min_size=len(z), max_size=len(z)))
    chosen = data.draw(options(len(z)))
    assert np.isfinite(cross_entropy_with_logits(z, t, **chosen))
    assert np.isfinite(cross_entropy_with_logits_gradient(z, t, **chosen)).all()


# --- Independent oracles ---


@several
@given(case=cases(PROBABILITY))
def test_value_of_probabilities_against_many_digits(case: tuple[list[float], list[float], dict[str, Any]]) -> None:
    p, t, chosen = case
    with mp.workdps(DIGITS):
        a = coefficients(t, chosen["label_smoothing"], chosen["class_weights"])
        impossible = any(w > 0 and x == 0 for x, w in zip(p, a, strict=True))
        expected = INF if impossible else float(of_probabilities(p, a, chosen["gamma"]))
    close(cross_entropy(p, t, **chosen), expected)


@several
@given(case=cases(INTERIOR))
@example(case=([1 - 2**-53], [1.0], {"label_smoothing": 0.0, "class_weights": None, "gamma": 0.5}))
def test_gradient_of_probabilities_against_many_digits(case: tuple[list[float], list[float], dict[str, Any]]) -> None:
    p, t, chosen = case
    with mp.workdps(DIGITS):
        a = coefficients(t, chosen["label_smoothing"], chosen["class_weights"])
        expected = slopes(of_probabilities, p, a, chosen["gamma"])
    close(cross_entropy_gradient(p, t, **chosen), expected)


@several
@given(case=cases(LOGIT))
@example(case=([100.0, -100.0, 0.0], [1.0, 0.0, 0.0], {"label_smoothing": 0.1, "class_weights": None, "gamma": 2.0}))
@example(case=([-100.0, 100.0], [1.0, 3.0], {"label_smoothing": 0.0, "class_weights": [2.0, 5.0], "gamma": 0.5}))
def test_value_and_gradient_of_logits_against_many_digits(case: tuple[list[float], list[float], dict[str, Any]]) -> None:
    z, t, chosen = case
    gamma = chosen["gamma"]
    with mp.workdps(DIGITS):
        a = coefficients(t, chosen["label_smoothing"], chosen["class_weights"])
        loss, gradient = float(of_logits(z, a, gamma)), slopes(of_logits, z, a, gamma)
        size = float((1 + gamma) * mp.fsum(a))  # its terms have either sign, so their sum may cancel
    close(cross_entropy_with_logits(z, t, **chosen), loss, absolute=1e-300)
    close(cross_entropy_with_logits_gradient(z, t, **chosen), gradient, absolute=1e-15 * size + 1e-300)


@several
@given(z=st.lists(LOGIT, min_size=1, max_size=4), k=st.integers(0, 3), weight=st.floats(1e-6, 10), gamma=GAMMA)
@example(z=[40.0, 0.0, 0.0], k=0, weight=1.0, gamma=0.5)
@example(z=[100.0, -100.0], k=0, weight=3.0, gamma=2.0)
@example(z=[-700.0, 0.0], k=1, weight=1.0, gamma=0.5)
@example(z=[5.0, 5.0], k=1, weight=1.0, gamma=5.0)
def test_focal_loss_at_one_class_of_logits_to_full_relative_precision(
    z: list[float], k: int, weight: float, gamma: float
) -> None:
    k %= len(z)
    with mp.workdps(DIGITS):
        a = [weight * (j == k) for j in range(len(z))]
        loss, gradient = float(of_logits(z, a, gamma)), slopes(of_logits, z, a, gamma)
    chosen: dict[str, Any] = {"class_weights": [weight] * len(z), "gamma": gamma}
    close(index_cross_entropy_with_logits(z, k, **chosen), loss, absolute=1e-300)
    close(index_cross_entropy_with_logits_gradient(z, k, **chosen), gradient, absolute=1e-300)


@several
@given(case=cases(st.floats(0.01, 0.99)))
@pytest.mark.parametrize("form", FORMS)
def test_gradient_against_central_differences(form: str, case: tuple[list[float], list[float], dict[str, Any]]) -> None:
    x, t, chosen = case
    loss = loss_named(form)
    steps = 1e-5 * np.eye(len(x))
    differences = (loss(x + steps, t, **chosen) - loss(x - steps, t, **chosen)) / 2e-5
    size = float(loss(x, t, **chosen)) + np.sum(t) + 10  # what rounding in the loss is relative to
    close(loss_named(form + "_gradient")(x, t, **chosen), differences, relative=1e-5, absolute=1e-8 * size)


# --- What must not matter, and what must be the same ---


@several
@given(case=cases(st.floats(-8, 8)))
def test_logits_and_probabilities_agree(case: tuple[list[float], list[float], dict[str, Any]]) -> None:
    z, t, chosen = case
    p = np.minimum(softmax(z), 1.0)
    size = 10 * (1 + chosen["gamma"]) * (1 + np.sum(t))
    close(cross_entropy_with_logits(z, t, **chosen), cross_entropy(p, t, **chosen), relative=1e-11, absolute=1e-14 * size)
    by_p = cross_entropy_gradient(p, t, **chosen)
    chained = p * (by_p - (p * by_p).sum())
    close(cross_entropy_with_logits_gradient(z, t, **chosen), chained, relative=1e-11, absolute=1e-14 * size)


@several
@given(case=cases(st.just(0.0) | st.floats(1e-6, 1)))  # where a gradient and four times it are both finite, or neither
@pytest.mark.parametrize("suffix", ["", "_gradient"])
@pytest.mark.parametrize("form", FORMS)
def test_smoothing_and_weights_equal_targets_changed_by_hand(
    form: str, suffix: str, case: tuple[list[float], list[float], dict[str, Any]]
) -> None:
    x, t, chosen = case
    loss, s, gamma = loss_named(form + suffix), chosen["label_smoothing"], chosen["gamma"]
    weights = np.ones(len(x)) if chosen["class_weights"] is None else np.array(chosen["class_weights"])
    by_hand = weights * ((1 - s) * np.array(t) + s / len(x))
    np.testing.assert_array_equal(loss(x, t, **chosen), loss(x, by_hand, gamma=gamma))
    np.testing.assert_array_equal(
        loss(x, t, label_smoothing=s, class_weights=4 * weights, gamma=gamma), 4 * loss(x, t, **chosen)
    )


@several
@given(values=st.lists(st.floats(0, 1), min_size=1, max_size=5), data=st.data())
@pytest.mark.parametrize("name", ALL)
def test_options_that_change_nothing(name: str, values: list[float], data: st.DataObject) -> None:
    classes = len(values)
    by_index = name.startswith("index")
    t = data.draw(st.integers(0, classes - 1) if by_index else st.lists(WEIGHT, min_size=classes, max_size=classes))
    neutral = {"label_smoothing": 0.0, "class_weights": np.ones(classes), "gamma": 0.0}
    plain = loss_named(name)(values, t)
    close(loss_named(name)(values, t, **neutral), plain)
    if by_index:
        close(loss_named(name)(values, t, ignore_index=IGNORED), plain)


@several
@given(values=st.lists(st.tuples(PROBABILITY, LOGIT), min_size=1, max_size=5), base=st.sampled_from([0, 1]), data=st.data())
@pytest.mark.parametrize("suffix", ["", "_gradient"])
def test_index_equals_one_hot(suffix: str, values: list[tuple[float, float]], base: int, data: st.DataObject) -> None:
    p, z = np.array(values).T
    k = data.draw(st.integers(0, len(p) - 1))
    chosen = data.draw(options(len(p)))
    for form, x in zip(FORMS, (p, z), strict=True):
        by_index = loss_named(f"index_{form}{suffix}")(x, k + base, base=base, **chosen)
        close(by_index, loss_named(form + suffix)(x, np.eye(len(p))[k], **chosen))


@several
@given(z=st.lists(LOGIT, min_size=1, max_size=4), data=st.data())
def test_a_class_ruled_out_by_both_changes_nothing(z: list[float], data: st.DataObject) -> None:
    t = data.draw(st.lists(WEIGHT, min_size=len(z), max_size=len(z)))
    gamma, place = data.draw(GAMMA), data.draw(st.integers(0, len(z)))
    longer_z, longer_t = np.insert(z, place, -INF), np.insert(t, place, 0.0)
    loss = cross_entropy_with_logits(z, t, gamma=gamma)
    close(cross_entropy_with_logits(longer_z, longer_t, gamma=gamma), loss, absolute=1e-300)
    gradient = np.insert(cross_entropy_with_logits_gradient(z, t, gamma=gamma), place, 0.0)
    rounding = 1e-15 * (1 + gamma) * sum(t) + 1e-300
    close(cross_entropy_with_logits_gradient(longer_z, longer_t, gamma=gamma), gradient, absolute=rounding)


# --- Ignored positions ---


@few
@given(data=st.data(), chosen=options(3), ignored=st.sampled_from([IGNORED, 0, 1, 7]), base=st.sampled_from([0, 1]))
@pytest.mark.parametrize("form", FORMS)
def test_ignored_positions_are_0_and_leave_the_others_alone(
    form: str, data: st.DataObject, chosen: dict[str, Any], ignored: int, base: int
) -> None:
    valid = st.integers(base, base + 2)
    k = data.draw(hnp.arrays(np.int64, (2, 4), elements=valid | st.just(ignored)))
    x = data.draw(hnp.arrays(float, (2, 4, 3), elements=st.floats(0, 1)))
    value = loss_named(f"index_{form}")(x, k, base=base, ignore_index=ignored, **chosen)
    slope = loss_named(f"index_{form}_gradient")(x, k, base=base, ignore_index=ignored, **chosen)
    for i in np.ndindex(k.shape):
        if k[i] == ignored:
            assert value[i] == 0
            np.testing.assert_array_equal(slope[i], 0)
        else:
            close(value[i], loss_named(f"index_{form}")(x[i], k[i], base=base, **chosen))
            close(slope[i], loss_named(f"index_{form}_gradient")(x[i], k[i], base=base, **chosen))


def test_an_ignored_position_may_be_impossible() -> None:
    assert index_cross_entropy([0, 1], 0, ignore_index=0) == 0
    np.testing.assert_array_equal(index_cross_entropy_gradient([0, 1], 0, ignore_index=0), [0, 0])
    assert index_cross_entropy_with_logits([-INF, 1], 0, ignore_index=0, label_smoothing=0.1) == 0


@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.int64, np.float64])
def test_an_index_of_any_whole_type_may_be_ignored(kind: Any) -> None:
    k = np.array([0, 7], kind)
    close(index_cross_entropy([0.5, 0.5], k, ignore_index=7), [math.log(2), 0])
    close(index_cross_entropy([0.5, 0.5], k[:1], ignore_index=-1000), [math.log(2)])


# --- Batches ---


@few
@given(data=st.data(), chosen=options(3))
@pytest.mark.parametrize("form", FORMS)
def test_a_padded_batch_has_the_mean_of_its_ragged_examples(form: str, data: st.DataObject, chosen: dict[str, Any]) -> None:
    lengths = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    x = data.draw(hnp.arrays(float, (len(lengths), 4, 3), elements=st.floats(0.01, 0.99)))
    k = data.draw(hnp.arrays(np.int64, (len(lengths), 4), elements=st.integers(0, 2)))
    k[np.arange(4) >= np.array(lengths)[:, np.newaxis]] = IGNORED
    loss = loss_named(f"index_{form}")
    ragged = [loss(x[i, :n], k[i, :n], **chosen) for i, n in enumerate(lengths)]
    padded = loss(x, k, ignore_index=IGNORED, **chosen)
    close(reduced(padded, "mean", counted=k != IGNORED), np.concatenate(ragged).mean())
    for row, target, each in zip(padded, k, ragged, strict=True):
        close(reduced(row, "mean", counted=target != IGNORED), each.mean())


def test_ragged_examples_reduce_to_their_mean_losses() -> None:
    p = [[[0.5, 0.5]], [[0.25, 0.75], [0.5, 0.5], [0.125, 0.875]]]
    k = [[0], [0, 0, 0]]
    each = [float(reduced(index_cross_entropy(x, i))) for x, i in zip(p, k, strict=True)]
    close(each, example_losses("index", p, k))


@few
@given(data=st.data(), chosen=options(3), shape=st.sampled_from([(2, 3, 4), (4,), (3, 1), (2, 1, 4), ()]))
@pytest.mark.parametrize("name", ALL)
def test_batch_of_many_axes_against_a_loop(
    name: str, data: st.DataObject, chosen: dict[str, Any], shape: tuple[int, ...]
) -> None:
    x = data.draw(hnp.arrays(float, (2, 3, 4, 3), elements=st.floats(0, 1)))
    if name.startswith("index"):
        t = data.draw(hnp.arrays(np.int64, shape, elements=st.integers(0, 2)))
        each = np.broadcast_to(t, (2, 3, 4))
    else:
        t = data.draw(hnp.arrays(float, (*shape, 3), elements=WEIGHT))
        each = np.broadcast_to(t, (2, 3, 4, 3))
    value = loss_named(name)(x, t, **chosen)
    assert value.shape == ((2, 3, 4, 3) if name.endswith("_gradient") else (2, 3, 4))
    for i in np.ndindex(2, 3, 4):
        close(value[i], loss_named(name)(x[i], each[i], **chosen))


@pytest.mark.parametrize("name", ALL)
def test_one_prediction_broadcasts_against_many_targets(name: str) -> None:
    k = np.array([[0, 1], [2, 0]])
    x, t = np.array([0.5, 0.25, 0.25]), k if name.startswith("index") else np.eye(3)[k]
    chosen: dict[str, Any] = {"label_smoothing": 0.1, "class_weights": [1, 2, 3], "gamma": 2}
    value = loss_named(name)(x, t, **chosen)
    assert value.shape == ((2, 2, 3) if name.endswith("_gradient") else (2, 2))
    np.testing.assert_array_equal(value, loss_named(name)(np.broadcast_to(x, (2, 2, 3)), t, **chosen))


@pytest.mark.parametrize("name", ALL)
def test_arguments_are_left_as_they_were(name: str) -> None:
    x, k, weights = np.array([[0.25, 0.75], [0.5, 0.5]]), np.array([1, 0]), np.array([2.0, 3.0])
    t = k if name.startswith("index") else np.eye(2)[k]
    before = [array.copy() for array in (x, t, weights)]
    loss_named(name)(x, t, label_smoothing=0.1, class_weights=weights, gamma=2)
    for array, copy in zip((x, t, weights), before, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize("name", ALL)
def test_every_option_is_by_keyword_and_changes_nothing_by_default(name: str) -> None:
    defaults = {"label_smoothing": 0.0, "class_weights": None, "gamma": 0.0}
    expected = {"base": 0, **defaults, "ignore_index": None} if name.startswith("index") else defaults
    parameters = inspect.signature(loss_named(name)).parameters.values()
    assert {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY} == expected


# --- Reductions ---


@several
@given(
    values=hnp.arrays(float, hnp.array_shapes(min_dims=0, max_dims=3, max_side=4), elements=st.floats(0, 1e3)), data=st.data()
)
def test_reductions_against_loops(values: NDArray[np.float64], data: st.DataObject) -> None:
    weights = data.draw(hnp.arrays(float, values.shape, elements=st.floats(1e-3, 10)))
    counted = data.draw(hnp.arrays(bool, values.shape))
    rows = [(values[i], weights[i]) for i in np.ndindex(values.shape) if counted[i]]
    total = math.fsum(loss for loss, _ in rows)
    np.testing.assert_array_equal(reduced(values, "none", counted=counted), np.where(counted, values, 0))
    close(reduced(values, "sum", counted=counted), total)
    if rows:
        close(reduced(values, counted=counted), total / len(rows))
        close(reduced(values, "mean", weights=weights, counted=counted), total / len(rows))
        mean = total / math.fsum(weight for _, weight in rows)
        close(reduced(values, "weighted mean", weights=weights, counted=counted), mean)
        close(reduced(values, "weighted mean", counted=counted), total / len(rows))


@pytest.mark.parametrize(("values", "counted"), [([], None), ([1.0, 2.0], [False, False]), (3.0, False)])
def test_nothing_counted_has_no_mean_and_the_sum_0(values: Any, counted: Any) -> None:
    assert reduced(values, "sum", counted=counted) == 0
    assert np.isnan(reduced(values, "mean", counted=counted))
    assert np.isnan(reduced(values, "weighted mean", weights=np.ones(np.shape(values)), counted=counted))


def test_a_loss_that_is_not_counted_may_be_anything() -> None:
    assert reduced([1.0, INF, math.nan], "mean", counted=[True, False, False]) == 1
    assert reduced([1.0, INF], "mean") == INF


def test_weights_that_are_all_0_leave_no_mean() -> None:
    assert np.isnan(reduced([0.0, 0.0], "weighted mean", weights=[0, 0]))
    assert reduced([1.0, 0.0], "weighted mean", weights=[0, 0]) == INF


def test_weights_and_mask_broadcast_to_the_losses() -> None:
    values = np.array([[1.0, 2.0], [3.0, 4.0]])
    close(reduced(values, "weighted mean", weights=[1, 3]), 10 / 8)
    close(reduced(values, "mean", counted=[True, False]), 2)
    close(reduced(values, "mean", counted=[[False], [True]]), 3.5)


# --- Errors ---


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"label_smoothing": -0.1}, "label_smoothing must lie in [0, 1]; got -0.1."),
        ({"label_smoothing": 1.5}, "label_smoothing must lie in [0, 1]; got 1.5."),
        ({"label_smoothing": math.nan}, "label_smoothing must lie in [0, 1]; got nan."),
        ({"class_weights": [1, 2]}, "class_weights must hold one weight per class, 3; got 2."),
        ({"class_weights": []}, "class_weights must hold one weight per class, 3; got 0."),
        ({"class_weights": 1}, "class_weights must hold one weight per class, 3; got shape ()."),
        ({"class_weights": [[1, 2, 3]]}, "class_weights must hold one weight per class, 3; got shape (1, 3)."),
        ({"class_weights": [1, -2, 3]}, "class_weights must be finite and not negative; got -2."),
        ({"class_weights": [1, INF, 3]}, "class_weights must be finite and not negative; got inf."),
        ({"class_weights": [1, math.nan, 3]}, "class_weights must be finite and not negative; got nan."),
        ({"gamma": -1}, "gamma must be finite and not negative; got -1."),
        ({"gamma": INF}, "gamma must be finite and not negative; got inf."),
        ({"gamma": math.nan}, "gamma must be finite and not negative; got nan."),
    ],
)
@pytest.mark.parametrize("name", ALL)
def test_refused_option_names_itself_rule_and_value(name: str, chosen: dict[str, Any], sentence: str) -> None:
    target = 1 if name.startswith("index") else [0, 1, 0]
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole sentence is compared below
        loss_named(name)([0.5, 0.25, 0.25], target, **chosen)
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("k", "chosen", "sentence"),
    [
        (1, {"ignore_index": 0.5}, "ignore_index must be a whole number; got 0.5."),
        (1, {"ignore_index": INF}, "ignore_index must be a whole number; got inf."),
        (1, {"ignore_index": "1"}, "ignore_index must be a whole number; got <U1."),
        ([0, 3], {"ignore_index": -100}, "k must lie in [0, 2]; got 3."),
        ([-100, 0], {"ignore_index": -100, "base": 1}, "k must lie in [1, 3]; got 0."),
        ([-100, 0], {"gamma": 2}, "k must lie in [0, 2]; got -100."),
        ([-100, 0.5], {"ignore_index": -100}, "k must be whole numbers; got 0.5."),
        ([True, False], {"ignore_index": -100}, "k must be whole numbers; got bool."),
        (1, {"ignore_index": 1, "base": 2}, "base must be 0 or 1; got 2."),
    ],
)
@pytest.mark.parametrize("name", [name for name in ALL if name.startswith("index")])
def test_refused_index_names_itself_rule_and_value(name: str, k: Any, chosen: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole sentence is compared below
        loss_named(name)([0.5, 0.25, 0.25], k, **chosen)
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: cross_entropy([0.5, 1.5], [1, 0], gamma=2), "p must lie in [0, 1]; got 1.5."),
        (lambda: cross_entropy([0.5, 0.5], [1, -2], label_smoothing=1), "t must be finite and not negative; got -2."),
        (lambda: cross_entropy([0.5, 0.5], [1, 0, 0], gamma=2), "t must have as many classes as p, 2; got 3."),
        (lambda: cross_entropy_with_logits([1, 2], [1], gamma=2), "t must have as many classes as z, 2; got 1."),
        (lambda: index_cross_entropy(0.5, 0, gamma=2), "p must have a last axis of classes; got shape ()."),
        (
            lambda: index_cross_entropy_with_logits([-INF], 0, gamma=2),
            "z must hold a finite value for some class; got -inf.",
        ),
        (
            lambda: reduced([1.0], "average"),  # type: ignore[arg-type]
            "reduction must be one of none, sum, mean, weighted mean; got average.",
        ),
        (lambda: reduced([1.0], "weighted mean", weights=[-1]), "weights must be finite and not negative; got -1."),
        (lambda: reduced([1.0], "weighted mean", weights=[math.nan]), "weights must be finite and not negative; got nan."),
        (lambda: reduced([1.0], counted=[1]), "counted must be booleans; got int64."),
    ],
)
def test_error_names_argument_rule_and_value(call: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole sentence is compared below
        call()
    assert str(error.value) == sentence
