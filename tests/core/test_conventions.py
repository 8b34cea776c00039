"""What each library makes of ln 0, held against published numbers, scikit-learn itself and figures measured in PyTorch."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.metrics import log_loss

from explorer.core.conventions import CONVENTIONS, Precision, Reading, Result, readings
from explorer.core.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_gradient,
)
from tests.core.helpers import CASES, close, several

PLAIN, KERAS, PYTORCH, SCIKIT_LEARN, FROM_LOGITS = (convention.name for convention in CONVENTIONS)
ROUNDING = {np.float64: 1e-12, np.float32: 1e-6}
INSIDE = st.floats(1e-6, 1 - 1e-6)

# torch 2.13, CPU: BCELoss(reduction="none") and its gradient by backward(), of tensors of each dtype, measured once.
TORCH: list[tuple[Precision, float, float, float, float]] = [
    (np.float64, 0, 1, 100, -1000000003995.8029),
    (np.float64, 0, 0, 0, 0),
    (np.float64, 1, 0, 100, 1000000003995.8029),
    (np.float64, 0.2, 1, 1.6094379124341003, -4.999999999999999),
    (np.float64, 1e-9, 1, 20.72326583694641, -999999999.9999999),
    (np.float64, 1e-7, 0.3, 4.835428765287499, -2999999.29999993),
    (np.float32, 0, 1, 100, -999999995904.0),
    (np.float32, 0.2, 1, 1.6094379425048828, -4.999999523162842),
    (np.float32, 1e-9, 1, 20.7232666015625, -1000000000.0),
    (np.float32, 0.99999999, 0, 100, 999999995904.0),
]


def reading(name: str, p: float, t: float) -> Reading[Result]:
    return next(r for r in readings(p, t) if r.convention.name == name)


def result(name: str, p: float, t: float, precision: Precision = np.float64) -> Result:
    found = reading(name, p, t)
    chosen = found.float64 if precision is np.float64 else found.float32
    assert chosen is not None
    return chosen


def slope(name: str, p: float, t: float, precision: Precision = np.float64) -> float:
    gradient = result(name, p, t, precision)[1]
    assert gradient is not None
    return gradient


# --- Published numbers ---


@pytest.mark.parametrize(
    ("name", "source"),
    [
        (PLAIN, "plain"),
        (KERAS, "clip 1e-7 (Keras, nnfs)"),
        (PYTORCH, "PyTorch BCELoss (log clamped at -100)"),
        (SCIKIT_LEARN, "scikit-learn float64 (eps of the dtype)"),
    ],
)
def test_published_loss_of_an_impossible_outcome(name: str, source: str) -> None:
    case = CASES["log_of_zero"]
    loss, _ = result(name, case["p"], case["t"])
    close(loss, float(case[source]), relative=1e-9)


@pytest.mark.parametrize(("precision", "p", "t", "loss", "gradient"), TORCH)
def test_loss_and_gradient_are_those_measured_in_pytorch(
    precision: Precision, p: float, t: float, loss: float, gradient: float
) -> None:
    close(result(PYTORCH, p, t, precision), (loss, gradient), relative=float(np.finfo(precision).eps))


# --- scikit-learn itself ---


@several
@given(p=st.one_of(st.sampled_from([0.0, 1e-20, 1e-7, 1 - 1e-7, 1.0]), INSIDE), t=st.sampled_from([0, 1]))
@pytest.mark.parametrize("precision", [np.float64, np.float32])
def test_loss_is_that_of_scikit_learn(precision: Precision, p: float, t: int) -> None:
    expected = log_loss([t], np.array([p], dtype=precision), labels=[0, 1])
    loss, gradient = result(SCIKIT_LEARN, p, t, precision)
    close(loss, expected, relative=ROUNDING[precision], absolute=np.finfo(precision).eps)
    assert gradient is None


@pytest.mark.parametrize("t", [0.3, 1e-9, 1 - 1e-9])
def test_scikit_learn_has_no_loss_for_a_target_that_is_no_label(t: float) -> None:
    with pytest.raises(ValueError, match="not belonging to the passed labels"):
        log_loss([t], [0.5], labels=[0, 1])
    assert reading(SCIKIT_LEARN, 0.5, t).float64 is None
    assert reading(SCIKIT_LEARN, 0.5, t).float32 is None


# --- The plain formula ---


@pytest.mark.parametrize(("p", "t"), [(0, 0), (1, 1)])
@pytest.mark.parametrize("precision", [np.float64, np.float32])
def test_plain_formula_is_nan_where_it_takes_zero_times_infinity(precision: Precision, p: float, t: float) -> None:
    loss, gradient = result(PLAIN, p, t, precision)
    assert math.isnan(loss)
    assert gradient is not None
    assert math.isnan(gradient)


@pytest.mark.parametrize(("p", "t", "gradient"), [(0, 1, -math.inf), (1, 0, math.inf)])
def test_plain_formula_is_infinite_at_an_impossible_outcome(p: float, t: float, gradient: float) -> None:
    assert result(PLAIN, p, t) == (math.inf, gradient)


def test_plain_formula_in_float32_is_infinite_where_the_probability_rounds_to_one() -> None:
    assert result(PLAIN, 1 - 1e-9, 0, np.float32)[0] == math.inf
    close(result(PLAIN, 1 - 1e-9, 0, np.float64)[0], -math.log(1e-9), relative=1e-7)


# --- Keras ---


@pytest.mark.parametrize(("p", "t"), [(0.0, 1.0), (1e-8, 1.0), (1.0, 0.0), (1 - 1e-8, 0.0)])
@pytest.mark.parametrize("precision", [np.float64, np.float32])
def test_keras_has_a_ceiling_and_no_gradient_where_it_clips(precision: Precision, p: float, t: float) -> None:
    loss, gradient = result(KERAS, p, t, precision)
    ceiling = (
        -math.log(1e-7) if p < 0.5 or precision is np.float64 else -math.log(2**-23)
    )  # float32 rounds 1 - 1e-7 to 1 - 2^-23
    close(loss, ceiling, relative=1e-6)
    assert gradient == 0


# --- Where no library clips, all agree ---


@several
@given(p=INSIDE, t=st.floats(0, 1))
@pytest.mark.parametrize("name", [PLAIN, KERAS, PYTORCH])
def test_inside_all_agree_with_the_exact_loss_and_gradient(name: str, p: float, t: float) -> None:
    loss, gradient = result(name, p, t)
    close(loss, binary_cross_entropy(p, t), relative=1e-9, absolute=1e-15)
    assert gradient is not None
    close(gradient, binary_cross_entropy_gradient(p, t), relative=1e-9)


# --- From logits ---


@several
@given(p=st.floats(1e-300, 1 - 2**-53), t=st.floats(0, 1))
@pytest.mark.parametrize("precision", [np.float64, np.float32])
def test_from_logits_agrees_with_the_exact_loss_and_gradient(precision: Precision, p: float, t: float) -> None:
    z = math.log(p) - math.log1p(-p)
    loss, gradient = result(FROM_LOGITS, p, t, precision)
    assert gradient is not None
    rounding = 2 * float(np.finfo(precision).eps)
    close(loss, binary_cross_entropy_with_logits(z, t), relative=rounding, absolute=rounding * (1 + abs(z)))  # z, t rounded
    close(gradient, binary_cross_entropy_with_logits_gradient(z, t), absolute=rounding * (1 + abs(z)))


@pytest.mark.parametrize(("p", "t"), [(1 - 1e-12, 0), (1e-60, 1)])
def test_from_logits_is_exact_in_float32_where_probabilities_saturate(p: float, t: float) -> None:
    close(result(FROM_LOGITS, p, t, np.float32)[0], binary_cross_entropy(p, t), relative=1e-6)
    assert result(PLAIN, p, t, np.float32)[0] == math.inf
    close(abs(slope(FROM_LOGITS, p, t, np.float32)), 1)


@pytest.mark.parametrize(
    ("p", "t", "expected"),
    [(0, 0, (0, 0)), (1, 1, (0, 0)), (0, 1, (math.inf, -1)), (1, 0, (math.inf, 1)), (0, 0.5, (math.inf, -0.5))],
)
@pytest.mark.parametrize("precision", [np.float64, np.float32])
def test_from_logits_on_the_boundary(precision: Precision, p: float, t: float, expected: Result) -> None:
    assert result(FROM_LOGITS, p, t, precision) == expected


@pytest.mark.parametrize("t", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("z", [-800.0, -40.0, 0.5, 36.7, 40.0, 800.0])
def test_from_logits_takes_the_logit_that_was_predicted(z: float, t: float) -> None:
    *_, logits = readings(float(expit(z)), t, z)
    assert logits.convention.name == FROM_LOGITS
    for found, rounding in ((logits.float64, 1e-15), (logits.float32, 1e-6)):
        assert found is not None
        close(found[0], binary_cross_entropy_with_logits(z, t), relative=rounding)
        close(found[1], binary_cross_entropy_with_logits_gradient(z, t), relative=rounding, absolute=1e-37)


# --- The list ---


def test_readings_follow_the_list_of_conventions() -> None:
    assert tuple(r.convention for r in readings(0.2, 1)) == CONVENTIONS


def test_every_convention_says_what_its_gradient_is_taken_by() -> None:
    assert {c.name: c.wrt for c in CONVENTIONS} == {PLAIN: "p", KERAS: "p", PYTORCH: "p", SCIKIT_LEARN: "p", FROM_LOGITS: "z"}
    close([slope(PLAIN, 0.2, 1), slope(FROM_LOGITS, 0.2, 1)], [-5, -0.8])
