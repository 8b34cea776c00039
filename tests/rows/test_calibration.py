"""Calibration errors and the Brier score against the papers' formulas and scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss

from explorer.rows.analyses.calibration import FINE, Calibration, wilson
from explorer.rows.report import Report
from tests.rows.made import FloatArray, table


def calibration(*arguments: object, bins: int = 15, **options: object) -> Calibration:
    made = Report(table(*arguments, **options), bins=bins).calibration  # type: ignore[arg-type]
    assert made is not None
    return made


def guo(p: FloatArray, t: FloatArray, edges: FloatArray, w: FloatArray) -> list[tuple[float, float, float]]:
    """Weight, mean prediction and mean target of each bin (low, high] that has rows; the first holds 0 too."""
    found = []
    for low, high in zip(edges[:-1], edges[1:], strict=True):
        within = ((p > low) | (low == edges[0])) & (p <= high)
        if w[within].sum() > 0:
            found.append((w[within].sum(), np.average(p[within], weights=w[within]), np.average(t[within], weights=w[within])))
    return found


def expected_error(bins: list[tuple[float, float, float]]) -> float:
    return sum(weight * abs(p - t) for weight, p, t in bins) / sum(weight for weight, _, _ in bins)


def sample(kind: str, seed: int = 0, size: int = 2500) -> tuple[FloatArray, FloatArray, FloatArray]:
    random = np.random.default_rng(seed)
    p = random.uniform(size=size) ** 2
    if kind == "ties":
        p = np.round(p * 20) / 20  # on the edges of bins
    if kind == "ends":
        p = np.where(random.uniform(size=size) < 0.3, np.round(p), p)
    t = (random.uniform(size=size) < 0.1 + 0.7 * p).astype(float)
    if kind == "one class":
        t[:] = 1
    if kind == "soft":
        t = random.uniform(size=size)
    return p, t, random.uniform(0.1, 2, size) if kind == "weights" else np.ones(size)


@pytest.mark.parametrize(
    ("kind", "bins"),
    [("plain", 15), ("plain", 1), ("ties", 20), ("ties", 16), ("ends", 7), ("one class", 15), ("soft", 15), ("weights", 16)],
)
def test_errors_in_bins_of_equal_width(kind: str, bins: int) -> None:
    p, t, w = sample(kind)
    found = calibration("binary", p, t, weight=w, bins=bins)
    expected = guo(p, t, np.arange(bins + 1) / bins, w)
    assert found.ece == pytest.approx(expected_error(expected), abs=1e-9)
    assert found.mce == pytest.approx(max(abs(p_k - t_k) for _, p_k, t_k in expected), abs=1e-9)
    filled = [(b.weight, b.prediction, b.target) for b in found.bins if b.count]
    np.testing.assert_allclose(filled, expected, rtol=1e-9)
    assert len(found.bins) == bins
    assert all(b.low <= b.prediction <= b.high + 1e-12 for b in found.bins if b.count)
    brier = found.brier
    assert brier.score == pytest.approx(np.average((p - t) ** 2, weights=w), abs=1e-12)
    parts = brier.reliability - brier.resolution + brier.uncertainty + brier.within_variance - brier.within_covariance
    assert parts == pytest.approx(brier.score, abs=1e-12)
    assert brier.uncertainty == pytest.approx(np.cov(t, aweights=w, ddof=0), abs=1e-12)
    mean = np.average(t, weights=w)
    assert brier.reliability == pytest.approx(sum(n * (a - b) ** 2 for n, a, b in expected) / w.sum(), abs=1e-12)
    assert brier.resolution == pytest.approx(sum(n * (b - mean) ** 2 for n, _, b in expected) / w.sum(), abs=1e-12)


def test_against_scikit_learn() -> None:
    p, t, w = sample("weights")
    found = calibration("binary", p, t, bins=10)
    rate, mean = calibration_curve(t, p, n_bins=10)
    np.testing.assert_allclose([b.target for b in found.bins if b.count], rate, rtol=1e-12)
    np.testing.assert_allclose([b.prediction for b in found.bins if b.count], mean, rtol=1e-12)
    weighted = calibration("binary", p, t, weight=w)
    assert weighted.brier.score == pytest.approx(brier_score_loss(t, p, sample_weight=w), rel=1e-12)


def test_every_edge_of_every_number_of_bins_belongs_to_its_left() -> None:
    for bins in (1, 10, 20, 29, 1000):
        edges = np.arange(bins + 1) / bins
        p = np.concatenate([edges, np.nextafter(edges[:-1], 1)])
        found = calibration("binary", p, p, bins=bins)
        assert [b.count for b in found.bins] == [3, *[2] * (bins - 1)]


def test_bins_change_without_a_scan() -> None:
    p, t, w = sample("weights")
    found = calibration("binary", p, t, weight=w)
    for bins in (5, 12, 30, FINE):
        other = found.in_bins(bins)
        assert other.scores is found.scores
        assert other.ece == pytest.approx(expected_error(guo(p, t, np.arange(bins + 1) / bins, w)), abs=1e-9)
    assert found.in_bins(11).ece == pytest.approx(expected_error(guo(p, t, np.arange(12) / 11, w)), abs=1e-9)


@pytest.mark.parametrize(("size", "scale"), [(2, "probability"), (5, "logit"), (12, "probability")])
def test_several_classes(size: int, scale: str) -> None:
    random = np.random.default_rng(size)
    z = random.normal(size=(1500, size)) * 2
    p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
    t, w = random.integers(0, size, 1500), random.uniform(size=1500)
    found = calibration("classes", p if scale == "probability" else z, t, weight=w, scale=scale)
    edges = np.arange(16) / 15
    right = (p.argmax(1) == t).astype(float)
    assert found.ece == pytest.approx(expected_error(guo(p.max(1), right, edges, w)), abs=1e-9)
    each = [expected_error(guo(p[:, k], (t == k).astype(float), edges, w)) for k in range(size)]
    assert list(found.ece_by_class.values()) == pytest.approx(each, abs=1e-9)


def test_of_binary_rows_both_classes() -> None:
    p, t, w = sample("weights")
    found = calibration("binary", p, t, weight=w).ece_by_class
    edges = np.arange(16) / 15
    assert found["yes"] == pytest.approx(expected_error(guo(p, t, edges, w)), abs=1e-9)
    assert found["no"] == pytest.approx(expected_error(guo(1 - p, 1 - t, edges, w)), abs=1e-9)


@pytest.mark.parametrize("kind", ["plain", "ends", "weights"])
def test_errors_in_bins_of_equal_weight(kind: str) -> None:
    p, t, w = sample(kind)
    found = calibration("binary", p, t, weight=w, bins=7)
    order = np.argsort(p, kind="stable")
    reached = np.cumsum(w[order])
    edges = [p[order][np.searchsorted(reached, k / 7 * w.sum())] for k in range(1, 7)]
    expected = guo(p, t, np.array([-1.0, *np.unique(edges), 1.0]), w)
    assert found.ece_mass == pytest.approx(expected_error(expected), abs=1e-9)
    assert sum(b.count for b in found.mass_bins) == len(p)
    if kind == "plain":
        assert {b.count for b in found.mass_bins} <= {len(p) // 7, len(p) // 7 + 1}


def test_debiased_error_of_calibrated_rows_is_smaller_than_chance() -> None:
    """The estimate of Kumar, Liang and Ma, equation by equation, on hard targets without weights."""
    p, t, w = sample("plain")
    found = calibration("binary", p, t)
    squares = 0.0
    for low, high in zip(np.arange(15) / 15, np.arange(1, 16) / 15, strict=True):
        within = (p > low) & (p <= high)
        n, rate = within.sum(), t[within].mean()
        squares += n / len(p) * ((p[within].mean() - rate) ** 2 - rate * (1 - rate) / (n - 1))
    assert found.ece_debiased == pytest.approx(math.sqrt(squares), abs=1e-9)
    random = np.random.default_rng(5)
    squared = [calibration("binary", p, (random.uniform(size=len(p)) < p).astype(float)).ece_debiased ** 2 for _ in range(3)]
    assert np.mean(squared) < 15 * 0.25 / len(p) / 2


def test_intervals_are_wilsons() -> None:
    low, high = wilson(np.array([0.0, 0.1, 1.0]), np.array([10.0, 50.0, 4.0]))
    z = 1.959963984540054
    for k, (rate, n) in enumerate([(0.0, 10.0), (0.1, 50.0), (1.0, 4.0)]):
        for end in (low[k], high[k]):  # the ends solve (rate - end)^2 = z^2 end (1 - end) / n
            assert (rate - end) ** 2 == pytest.approx(z**2 * end * (1 - end) / n, abs=1e-12)
    p, t, w = sample("weights")
    found = calibration("binary", p, t, weight=3 * w).bins[2]
    within = (p > 2 / 15) & (p <= 3 / 15)
    worth = w[within].sum() ** 2 / (w[within] ** 2).sum()
    ends = wilson(np.array([found.target]), np.array([worth]))
    assert (found.target_low, found.target_high) == pytest.approx((ends[0][0], ends[1][0]))


@pytest.mark.parametrize("bins", [0, 1001, 2.5])
def test_a_number_of_bins_that_is_none(bins: int) -> None:
    with pytest.raises(ValueError, match=rf"^bins must be an integer from 1 to 1000; got {bins}\.$"):
        calibration("binary", [0.5], [1], bins=bins)
