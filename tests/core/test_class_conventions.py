"""What each library computes for several classes: published numbers, scikit-learn itself, figures measured in the others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from sklearn.metrics import log_loss

from explorer.core.class_conventions import CONVENTIONS, double_softmax_floor, readings
from explorer.core.conventions import Precision
from explorer.core.losses import (
    cross_entropy,
    cross_entropy_with_logits,
    index_cross_entropy,
    index_cross_entropy_with_logits,
)
from tests.core.helpers import CASES, WEIGHT, close, several

PLAIN, WOLFRAM, KERAS, PYTORCH, DOUBLE, NLL, SCIKIT_LEARN = (convention.name for convention in CONVENTIONS)
PRECISIONS: tuple[Precision, ...] = (np.float64, np.float32)
ROUNDING = {np.float64: 1e-12, np.float32: 1e-6}
INF, NAN = math.inf, math.nan

P, T = (0.1, 0.2, 0.7), (0.12, 0.3, 0.6)
SHORT, LONG = (0.1, 0.2, 0.6), (0.12, 0.2, 0.7)  # sums 0.9 and 1.02
RULED_OUT = (0.0, 0.3, 0.7)
Z = (2.0, -1.0, 0.5)

# torch 2.15, CPU, reduction="none", of tensors of each dtype, measured once.
# What it is given, then its target: a distribution or an index; then the loss in float64 and in float32.
TORCH_LOGITS: list[tuple[Sequence[float], Sequence[float] | int, float, float]] = [
    (np.log(P).tolist(), T, 0.973146551252755, 0.9731465578079224),
    (np.log(P).tolist(), 2, 0.3566749439387324, 0.3566749691963196),
    (np.log(SHORT).tolist(), T, 0.9581692331781271, 0.9581693410873413),
    (np.log(SHORT).tolist(), 0, 2.197224577336219, 2.1972246170043945),
    (Z, (0.2, 0.3, 0.5), 1.891311296657157, 1.8913114070892334),
    (Z, (0.0, 0.0, 0.0), 0, 0),
    (Z, 1, 3.241311296657157, 3.2413113117218018),
    ((1000.0, -1000.0, 999.0), (0.3, 0.3, 0.4), 600.7132616875182, 600.7133178710938),
    ((100.0, 0.0, 0.0), 0, 0, 0),
    ((100.0, 0.0, 0.0), 1, 100, 100),
    ((math.log(1e-50), 0.0, -INF), 0, 115.12925464970229, 115.12925720214844),
    ((-INF, 0.0, 1.0), (0.0, 0.5, 0.5), NAN, NAN),
    ((-INF, 0.0, 1.0), (0.5, 0.5, 0.0), INF, INF),
    ((-INF, 0.0, 1.0), 1, 1.3132616875182228, 1.31326162815094),
    ((-INF, 0.0, 1.0), 0, INF, INF),
    ((0.0, -INF, -INF), 0, 0, 0),
]
TORCH_PROBABILITIES: list[tuple[Sequence[float], Sequence[float] | int, float, float]] = [
    (P, 0, 1.367949548903625, 1.3679494857788086),
    (P, 2, 0.767949548903625, 0.7679495811462402),
    (P, T, 1.0053085398816974, 1.0053086280822754),
    (SHORT, 2, 0.8227932187257527, 0.8227932453155518),
    (RULED_OUT, (0.0, 0.5, 0.5), 0.9733000436247918, 0.973300039768219),
    (RULED_OUT, (0.5, 0.5, 0.0), 1.323300043624792, 1.3233000040054321),
    ((1.0, 0.0, 0.0), 0, 0.5514447139320511, 0.5514446496963501),
    ((0.0, 1.0, 0.0), 0, 1.551444713932051, 1.55144464969635),
    ((0.1,) * 10, 9, 2.302585092994046, 2.3025851249694824),
]
TORCH_NLL: list[tuple[Sequence[float], int, float, float]] = [
    (P, 0, 2.3025850929940455, 2.3025851249694824),
    (P, 2, 0.35667494393873245, 0.3566749691963196),
    (SHORT, 2, 0.5108256237659907, 0.5108255743980408),
    ((1.0, 0.0, 0.0), 0, 0, 0),
    ((0.0, 1.0, 0.0), 0, INF, INF),
]
# keras 3.15 on torch 2.15, CPU: CategoricalCrossentropy(reduction="none", dtype=...), measured once.
KERAS_PROBABILITIES: list[tuple[Sequence[float], Sequence[float], float, float]] = [
    (P, T, 0.9731465512527551, 0.9731465578079224),
    (SHORT, T, 0.9581692331781271, 0.9581692814826965),
    (LONG, (0.0, 0.0, 1.0), 0.37647757123491227, 0.37647753953933716),
    (RULED_OUT, (0.0, 0.5, 0.5), 0.7803238741323343, 0.78032386302948),
    (RULED_OUT, (1.0, 0.0, 0.0), 16.11809565095832, 16.11809539794922),
    ((1e-9, 0.5, 0.5), (1.0, 0.0, 0.0), 16.11809565095832, 16.11809539794922),
    ((1.0, 0.0, 0.0), (1.0, 0.0, 0.0), 1.0000000494736474e-07, 1.1920930376163597e-07),
    ((0.0, 0.0, 0.0), T, NAN, NAN),
]

INSIDE = st.floats(1e-6, 1 - 1e-6)
PROBABILITY = st.one_of(st.sampled_from([0.0, 1e-20, 1e-7, 1 - 1e-7, 1.0]), INSIDE)
LOGIT = st.one_of(st.just(-INF), st.floats(-50, 50))


def vector(values: st.SearchStrategy[float]) -> st.SearchStrategy[list[float]]:
    return st.lists(values, min_size=2, max_size=10)


def losses(name: str, p: Sequence[float], target: Any, logits: Any = None) -> tuple[float | None, float | None]:
    """Loss in float64 and float32 of the convention with that name; the target is a distribution or an index."""
    index = target if isinstance(target, int) else None
    t = target if index is None else np.eye(len(p))[index]
    found = next(r for r in readings(p, t, logits=logits, index=index) if r.convention.name == name)
    return found.float64, found.float32


def match(actual: tuple[float | None, float | None], expected: Sequence[Any], ulps: int = 4) -> None:
    """Assert that float64 and float32 agree to a few roundings; None and NaN must be the same."""
    for value, wanted, precision in zip(actual, expected, PRECISIONS, strict=True):
        if wanted is None or math.isnan(wanted):
            assert str(value) == str(wanted)
        else:
            assert value is not None
            close(value, wanted, relative=ulps * float(np.finfo(precision).eps))


# --- Published numbers ---


@pytest.mark.parametrize("case", CASES["probabilities"])
@pytest.mark.parametrize("name", [PLAIN, WOLFRAM, KERAS, PYTORCH])
def test_published_loss_of_a_distribution(name: str, case: dict[str, Any]) -> None:
    match(losses(name, case["p"], case["t"]), [case["loss"]] * 2)


def test_wolfram_does_not_rescale_a_target_with_sum_1_02() -> None:
    loss, _ = losses(WOLFRAM, P, T)
    assert loss is not None
    assert round(loss, 6) == 0.973147


@pytest.mark.parametrize("name", [PLAIN, WOLFRAM, KERAS, PYTORCH, NLL, SCIKIT_LEARN])
def test_published_losses_of_a_batch(name: str) -> None:
    batch = CASES["batch"]
    found = [losses(name, p, k)[0] for p, k in zip(batch["p"], batch["index"], strict=True)]
    close(np.array(found, dtype=float), batch["losses"], absolute=5e-9)
    close(np.array(found, dtype=float).mean(), batch["mean"])


@pytest.mark.parametrize(
    ("name", "source"),
    [(PLAIN, "plain"), (KERAS, "clip 1e-7 (Keras, nnfs)"), (SCIKIT_LEARN, "scikit-learn float64 (eps of the dtype)")],
)
def test_published_loss_of_an_impossible_outcome(name: str, source: str) -> None:
    close(losses(name, [0, 1], 0)[0], float(CASES["log_of_zero"][source]), relative=1e-9)


# --- Measured figures ---


@pytest.mark.parametrize(("z", "target", "float64", "float32"), TORCH_LOGITS)
def test_loss_of_logits_is_that_measured_in_pytorch(z: Any, target: Any, float64: float, float32: float) -> None:
    match(losses(PYTORCH, P, target, z), (float64, float32))


@pytest.mark.parametrize(("p", "target", "float64", "float32"), TORCH_PROBABILITIES)
def test_loss_of_probabilities_taken_for_logits_is_that_measured_in_pytorch(
    p: Any, target: Any, float64: float, float32: float
) -> None:
    match(losses(DOUBLE, p, target), (float64, float32))


@pytest.mark.parametrize(("p", "index", "float64", "float32"), TORCH_NLL)
def test_negative_log_likelihood_is_that_measured_in_pytorch(p: Any, index: int, float64: float, float32: float) -> None:
    match(losses(NLL, p, index), (float64, float32))


@pytest.mark.parametrize(("p", "t", "float64", "float32"), KERAS_PROBABILITIES)
def test_loss_is_that_measured_in_keras(p: Any, t: Any, float64: float, float32: float) -> None:
    match(losses(KERAS, p, t), (float64, float32))


# --- scikit-learn itself ---


@several
@given(p=vector(PROBABILITY), data=st.data())
@pytest.mark.filterwarnings("ignore:The y_prob values do not sum to one")
@pytest.mark.parametrize("precision", PRECISIONS)
def test_loss_is_that_of_scikit_learn(precision: Precision, p: list[float], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(p) - 1))
    expected = log_loss([index], np.array([p], dtype=precision), labels=range(len(p)))
    found = losses(SCIKIT_LEARN, p, index)[PRECISIONS.index(precision)]
    close(found, expected, relative=ROUNDING[precision], absolute=np.finfo(precision).eps)


@pytest.mark.parametrize("p", [SHORT, LONG])
@pytest.mark.parametrize("precision", PRECISIONS)
def test_scikit_learn_warns_and_does_not_rescale(precision: Precision, p: Sequence[float]) -> None:
    with pytest.warns(UserWarning, match="do not sum to one"):
        expected = log_loss([0], np.array([p], dtype=precision), labels=range(3))
    close(expected, -math.log(p[0]), relative=ROUNDING[precision])
    match(losses(SCIKIT_LEARN, p, 0), [-math.log(p[0])] * 2)


def test_scikit_learn_has_no_loss_for_a_distribution() -> None:
    with pytest.raises(ValueError, match="not supported"):
        log_loss([T], [P])
    assert losses(SCIKIT_LEARN, P, T) == (None, None)


# --- The exact losses ---


@several
@given(p=vector(INSIDE), data=st.data())
def test_inside_all_that_take_probabilities_agree_with_the_exact_loss(p: list[float], data: st.DataObject) -> None:
    t = data.draw(st.lists(st.floats(0, 1), min_size=len(p), max_size=len(p)))
    index = data.draw(st.integers(0, len(p) - 1))
    rescaled = np.divide(p, sum(p))
    for name in (PLAIN, WOLFRAM):
        close(losses(name, p, t)[0], cross_entropy(p, t))
        close(losses(name, p, index)[0], index_cross_entropy(p, index))
    for name in (KERAS, PYTORCH):
        clipped = np.clip(rescaled, 1e-7, 1 - 1e-7) if name == KERAS else rescaled
        close(losses(name, p, t)[0], cross_entropy(clipped, t), absolute=1e-14)
        close(losses(name, p, index)[0], index_cross_entropy(clipped, index), absolute=1e-14)


@several
@given(p=vector(PROBABILITY), data=st.data())
def test_at_an_index_negative_log_likelihood_is_the_exact_loss(p: list[float], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(p) - 1))
    close(losses(NLL, p, index)[0], index_cross_entropy(p, index))


@several
@given(z=vector(LOGIT).filter(lambda z: max(z) > -INF), data=st.data())
@pytest.mark.parametrize("precision", PRECISIONS)
def test_loss_of_logits_is_the_exact_loss(precision: Precision, z: list[float], data: st.DataObject) -> None:
    t = np.array(data.draw(st.lists(WEIGHT, min_size=len(z), max_size=len(z))))
    index = data.draw(st.integers(0, len(z) - 1))
    p, which = [1 / len(z)] * len(z), PRECISIONS.index(precision)
    rounding = 200 * float(np.finfo(precision).eps)  # the logits, up to 50 from 0, are rounded
    close(losses(PYTORCH, p, index, z)[which], index_cross_entropy_with_logits(z, index), absolute=rounding)
    t[np.isinf(z) & (t == 0)] = 1.0  # else it takes 0 · −inf
    close(losses(PYTORCH, p, t, z)[which], cross_entropy_with_logits(z, t), absolute=rounding * t.sum())


@several
@given(p=vector(PROBABILITY), data=st.data())
def test_double_softmax_is_the_exact_loss_of_p_taken_for_logits(p: list[float], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(p) - 1))
    close(losses(DOUBLE, p, index)[0], index_cross_entropy_with_logits(p, index))
    close(losses(DOUBLE, p, p)[0], cross_entropy_with_logits(p, p))


# --- The floor of a double softmax ---


@pytest.mark.parametrize(("classes", "floor"), CASES["floors"]["double softmax"].items())
def test_published_floors_of_a_double_softmax(classes: str, floor: float) -> None:
    close(double_softmax_floor(int(classes)), floor)


@pytest.mark.parametrize("classes", range(2, 11))
def test_floor_of_a_double_softmax_is_the_least_loss_over_all_probabilities(classes: int) -> None:
    least = minimize(
        lambda p: float(index_cross_entropy_with_logits(p, 0)),
        np.full(classes, 1 / classes),
        method="SLSQP",
        bounds=[(0, 1)] * classes,
        constraints={"type": "eq", "fun": lambda p: p.sum() - 1},
    )
    close(least.fun, double_softmax_floor(classes), relative=1e-7)
    close(least.x, np.eye(classes)[0], absolute=1e-6)
    match(losses(DOUBLE, list(np.eye(classes)[0]), 0), [double_softmax_floor(classes)] * 2)


@several
@given(p=vector(PROBABILITY), data=st.data())
def test_no_target_takes_a_double_softmax_below_its_floor(p: list[float], data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.floats(0.01, 1), min_size=len(p), max_size=len(p)))
    loss, _ = losses(DOUBLE, p, np.divide(weights, sum(weights)))
    assert loss is not None
    assert loss >= double_softmax_floor(len(p)) - 1e-12


def test_floor_of_a_double_softmax_needs_a_class() -> None:
    with pytest.raises(ValueError, match=r"^classes must be at least 1; got 0\.$"):
        double_softmax_floor(0)


# --- Boundaries: p = 0, sums other than 1, targets that are refused ---


@pytest.mark.parametrize(
    ("p", "target", "expected"),
    [
        (RULED_OUT, 0, {PLAIN: INF, WOLFRAM: None, PYTORCH: INF, NLL: INF}),
        (RULED_OUT, 2, {PLAIN: NAN, WOLFRAM: -math.log(0.7), PYTORCH: -math.log(0.7), NLL: -math.log(0.7)}),
        (RULED_OUT, (0.5, 0.5, 0.0), {PLAIN: INF, WOLFRAM: None, PYTORCH: INF, NLL: None}),
        (RULED_OUT, (0.0, 0.5, 0.5), {PLAIN: NAN, WOLFRAM: None, PYTORCH: NAN, NLL: None}),
        ((0.0, 0.0, 0.0), 0, {PLAIN: NAN, WOLFRAM: None, KERAS: NAN, PYTORCH: NAN, DOUBLE: math.log(3), NLL: INF}),
        ((0.0, 1.0), 1, {PLAIN: NAN, WOLFRAM: 0.0, PYTORCH: 0.0, NLL: 0.0}),
    ],
)
def test_loss_where_a_class_is_ruled_out(p: Any, target: Any, expected: dict[str, float | None]) -> None:
    for name, loss in expected.items():
        match(losses(name, p, target), [loss] * 2)


@pytest.mark.parametrize("p", [SHORT, LONG])
def test_only_keras_and_log_softmax_rescale_probabilities(p: Sequence[float]) -> None:
    for name in (PLAIN, WOLFRAM, NLL, SCIKIT_LEARN):
        match(losses(name, p, 2), [-math.log(p[2])] * 2)
    for name in (KERAS, PYTORCH):
        match(losses(name, p, 2), [math.log(sum(p) / p[2])] * 2)


def test_small_probabilities_underflow_in_float32_except_as_logits() -> None:
    p, loss = (1e-50, 0.3, 0.7), -math.log(1e-50)
    for name, in_float32 in {PLAIN: INF, WOLFRAM: None, PYTORCH: loss, NLL: INF}.items():
        match(losses(name, p, 0), (loss, in_float32))


def test_a_distribution_is_refused_where_an_index_is_needed() -> None:
    refused = {r.convention.name for r in readings(P, T) if r.float64 is None and r.float32 is None}
    assert refused == {NLL, SCIKIT_LEARN}


@pytest.mark.parametrize("index", [0, 1, 2])
def test_every_library_takes_an_index(index: int) -> None:
    assert None not in {loss for r in readings(P, np.eye(3)[index], index=index) for loss in (r.float64, r.float32)}


# --- The list and its arguments ---


def test_readings_follow_the_list_of_conventions() -> None:
    assert tuple(r.convention for r in readings(P, T)) == CONVENTIONS


@pytest.mark.parametrize("convention", CONVENTIONS, ids=lambda c: c.name)
def test_every_note_is_one_short_sentence(convention: Any) -> None:
    assert len(convention.note) <= 120
    assert convention.note.endswith(".")
    assert not any(mark in convention.note[:-1] for mark in ".?!")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"p": (0.5, 1.5), "t": (0, 1)}, "p must lie in [0, 1]; got 1.5."),
        ({"p": (0.5, 0.5), "t": (0, -1)}, "t must be finite and not negative; got -1."),
        ({"p": (0.5, 0.5), "t": T}, "t must have as many classes as p, 2; got 3."),
        ({"p": (0.5, 0.5), "t": (0, 1), "logits": Z}, "logits must have as many classes as p, 2; got 3."),
        ({"p": (0.5, 0.5), "t": (0, 1), "logits": (0, NAN)}, "logits must be a number below infinity; got nan."),
        ({"p": (0.5, 0.5), "t": (0, 1), "index": 2}, "index must lie in [0, 1]; got 2."),
    ],
)
def test_arguments_out_of_range_are_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole sentence is compared below
        readings(**arguments)
    assert str(error.value) == message
