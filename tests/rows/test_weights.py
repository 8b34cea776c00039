"""Weighted rows of two classes in cells, against NumPy, SciPy and scikit-learn over the rows themselves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import expit
from sklearn.metrics import average_precision_score, brier_score_loss, confusion_matrix, log_loss, roc_auc_score

from explorer.rows import open_rows
from explorer.rows.analyses import mass, scans
from explorer.rows.analyses.calibration import wilson
from explorer.rows.report import Report
from explorer.rows.spec import Scale
from tests.rows.made import FloatArray, table
from tests.rows.test_odds import DRAWS, SCORES, SIZE, surprise


def weighted(x: FloatArray, t: FloatArray, w: FloatArray | None, scale: Scale = "probability") -> Report:
    found = table("binary", x, t, weight=w, scale=scale)
    report = Report(replace(found, layout=replace(found.layout, labels=("0", "1"))))
    assert report.odds is not None
    return report


def drawn(name: str, scale: Scale = "probability") -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Predictions, their probabilities, targets, and weights of which some are 0 and some are large."""
    random = np.random.default_rng(len(name))
    x = (DRAWS if scale == "probability" else SCORES)[name](random)
    p: FloatArray = x if scale == "probability" else expit(x)
    t: FloatArray = (random.uniform(size=SIZE) < np.clip(0.1 + 0.8 * p, 0, 1)).astype(float)
    w: FloatArray = np.where(np.arange(SIZE) % 7 == 0, 0.0, random.exponential(size=SIZE))
    w[5] = 1000.0
    return x, p, t, w


def gap(p: FloatArray, t: FloatArray | NDArray[np.int64], w: FloatArray, bins: int) -> float:
    within = np.searchsorted(np.arange(1, bins) / bins, p, side="left")
    return float(np.abs(np.bincount(within, w * (p - t), bins)).sum() / w.sum())


@pytest.mark.parametrize("name", DRAWS)
def test_sums_are_those_of_the_rows_by_weight(name: str) -> None:
    _, p, t, w = drawn(name)
    report = weighted(p, t, w)
    loss = surprise(p, t)
    finite = np.isfinite(loss)
    part, of = np.where(finite, loss, 0), np.where(finite, w, 0)
    mean = (w * part).sum() / of.sum()
    squares = np.where(finite, w * (part - mean), 0) ** 2
    assert (report.count, report.infinite) == (SIZE, (~finite).sum())
    assert report.summary.weight == pytest.approx(w.sum(), rel=1e-13)
    assert report.mean_finite == pytest.approx(mean, rel=1e-12)
    assert report.mean_loss == (math.inf if (w[~finite] > 0).any() else report.mean_finite)
    assert report.standard_error == pytest.approx(math.sqrt(squares.sum() * SIZE / (SIZE - 1)) / of.sum(), rel=1e-9)
    assert report.accuracy == pytest.approx(np.average((p > 0.5) == t, weights=w), rel=1e-12)
    rate = np.average(t, weights=w)
    assert report.floor == pytest.approx(-rate * np.log(rate) - (1 - rate) * np.log1p(-rate), rel=1e-12)
    assert report.confusion is not None
    assert report.cells is not None
    np.testing.assert_allclose(report.confusion, confusion_matrix(t, p > 0.5, labels=[0, 1], sample_weight=w), rtol=1e-12)
    np.testing.assert_array_equal(report.cells.count, confusion_matrix(t, p > 0.5, labels=[0, 1]))
    assert report.calibration is not None
    assert report.calibration.brier.score == pytest.approx(brier_score_loss(t, p, sample_weight=w), rel=1e-12)
    for bins in (8, 15):
        each = report.calibration.in_bins(bins)
        assert each.ece == pytest.approx(gap(p, t, w, bins), abs=1e-12)
        assert each.ece_by_class == pytest.approx({"no": gap(1 - p, 1 - t, w, bins), "yes": gap(p, t, w, bins)}, abs=1e-12)
    found = report.calibration.mass_bins
    within = np.searchsorted([bin.high for bin in found][:-1], p, side="left")
    count, whole, squares, hits = (np.bincount(within, of, len(found)) for of in (np.ones(SIZE), w, w * w, w * t))
    low, high = wilson(hits / whole, whole**2 / squares)
    assert [bin.count for bin in found] == count.tolist()
    assert [bin.weight for bin in found] == pytest.approx(whole, rel=1e-9)
    np.testing.assert_allclose([(bin.target_low, bin.target_high) for bin in found], np.stack([low, high], axis=1), atol=1e-9)
    assert report.positions.weight.sum() == pytest.approx(w.sum(), rel=1e-12)
    assert report.positions.loss.sum() == pytest.approx((w * part).sum(), rel=1e-12)
    assert report.histogram.count.sum() == finite.sum()
    assert report.histogram.weight.sum() == pytest.approx(of.sum(), rel=1e-12)
    means = {mean.library: mean.mean for mean in report.libraries}
    assert means["scikit-learn"] == pytest.approx(log_loss(t, p, labels=[0, 1], sample_weight=w), rel=1e-10)
    assert means["Keras"] == pytest.approx(np.average(surprise(np.clip(p, 1e-7, 1 - 1e-7), t), weights=w), rel=1e-9)
    order = np.argsort(-np.where(finite, loss, -1), kind="stable")
    for fraction in (0.01, 0.3):
        taken = np.clip(fraction * of.sum() - (np.cumsum(of[order]) - of[order]), 0, of[order])
        assert report.worst_share(fraction) == pytest.approx((taken * part[order]).sum() / (w * part).sum(), rel=1e-9)


@pytest.mark.parametrize(("name", "scale"), [("even", "probability"), ("sure", "probability"), ("usual", "logit")])
def test_temperatures_and_curves_by_weight(name: str, scale: Scale) -> None:
    x, p, t, w = drawn(name, scale)
    z = x if scale == "logit" else np.log(p) - np.log1p(-p)
    report = weighted(x, t, w, scale)

    def loss(temperature: float) -> float:
        return float(np.average(np.logaddexp(0, z / temperature) - t * z / temperature, weights=w))

    expected = np.exp(minimize_scalar(lambda x: loss(np.exp(x)), bounds=(-4, 4), method="bounded", options={"xatol": 1e-10}).x)
    best, curve, areas = report.temperature, report.temperature_curve, report.curves()
    assert best == pytest.approx(expected, rel=5e-6)
    assert best is not None
    assert curve is not None
    assert areas is not None
    for temperature in (1.0, best):  # at these no cell lies across an edge
        assert curve.loss_at(temperature) == pytest.approx(loss(temperature), rel=1e-6)
        assert curve.ece_at(temperature) == pytest.approx(gap(expit(z / temperature), t, w, 15), abs=2e-6)
    assert areas.auc == pytest.approx(roc_auc_score(t, z, sample_weight=w), abs=areas.auc_error + 1e-12)
    assert areas.average_precision == pytest.approx(
        average_precision_score(t, z, sample_weight=w), abs=areas.average_precision_error + 1e-12
    )


@pytest.mark.parametrize("few", [True, False], ids=["few rows are sorted", "many are"])
@pytest.mark.parametrize(("name", "scale"), [("even", "probability"), ("on edges", "probability"), ("usual", "logit")])
def test_a_row_of_weight_3_is_three_rows(name: str, scale: Scale, few: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if few:
        monkeypatch.setattr(scans, "SORTED", 20)
        monkeypatch.setattr(mass, "NUMBERS", 200)
    x, _, t, _ = drawn(name, scale)
    times = np.random.default_rng(1).integers(0, 4, SIZE)
    one, other = weighted(x, t, times.astype(float), scale), weighted(np.repeat(x, times), np.repeat(t, times), None, scale)
    for of in (
        lambda report: report.mean_loss,
        lambda report: report.accuracy,
        lambda report: report.confusion.ravel(),
        lambda report: report.positions.loss,
        lambda report: [number for bin in report.calibration.bins for number in (bin.weight, bin.prediction, bin.target)],
        lambda report: [
            number for bin in report.calibration.mass_bins for number in (bin.high, bin.weight, bin.prediction, bin.target)
        ],
        lambda report: report.calibration.ece_mass,
        lambda report: report.worst_share(0.05),
        lambda report: report.auc,
    ):
        assert of(one) == pytest.approx(of(other), rel=1e-9, abs=1e-12)
    assert one.temperature == pytest.approx(other.temperature, rel=1e-6)


def test_weights_of_1_change_no_digit() -> None:
    x, _, t, _ = drawn("sure")
    one, other = weighted(x, t, np.ones(SIZE)), weighted(x, t, None)
    assert one.summary == other.summary
    assert one.calibration is not None
    assert other.calibration is not None
    assert one.calibration.bins == other.calibration.bins
    assert one.calibration.mass_bins == other.calibration.mass_bins
    assert (one.temperature, one.worst_share()) == (other.temperature, other.worst_share())


STRAYS: Mapping[str, Any] = {"none": {}, "missing": None, "NaN": math.nan, "infinite": math.inf, "negative": -0.5, "zero": 0.0}


NEVER = {("NaN", "whole"), ("infinite", "whole")}
KINDS = {"double": pa.float64(), "float": pa.float32(), "whole": pa.int32()}


@pytest.mark.parametrize(("name", "kind"), [pair for pair in product(STRAYS, KINDS) if pair not in NEVER])
def test_a_row_without_a_weight_has_no_cell(name: str, kind: str) -> None:
    random = np.random.default_rng(3)
    p, t = random.uniform(size=300), random.integers(0, 2, 300)
    w: list[Any] = random.integers(1, 9, 300).tolist()
    p[7], t[7] = 0, 1  # an infinite loss
    if name != "none":
        w[7] = STRAYS[name]
    if kind == "whole" and name == "negative":
        w[7] = -1
    given = pa.array(w, KINDS[kind])
    with open_rows(pa.table({"y_true": t, "y_score": p, "weight": given}), weight="weight") as rows:
        report = rows.report()
        assert report.odds is not None
        kept = np.array([k for k in range(300) if k != 7 or name in {"none", "zero"}])
        counted = np.array([w[k] for k in kept], dtype=float)
        assert report.count == len(kept)
        assert sum(report.faults.values()) == 300 - len(kept)
        finite = kept != 7
        mean = np.average(surprise(p, t.astype(float))[kept][finite], weights=counted[finite])
        assert report.mean_loss == (math.inf if name == "none" else pytest.approx(mean, rel=1e-12))
        assert report.mean_finite == pytest.approx(mean, rel=1e-12)
        assert report.infinite == len(kept) - 299
        assert report.calibration is not None
        assert report.calibration.ece == pytest.approx(gap(p[kept], t[kept], counted, 15), abs=1e-12)


@pytest.mark.parametrize("size", [1e-200, 1e-90, 1e90, 1e130])
def test_weights_of_any_size(size: float) -> None:
    _, p, t, w = drawn("even")
    found = table("binary", p, t, weight=w * size)
    report = Report(replace(found, layout=replace(found.layout, labels=("0", "1"))))
    assert (report.odds is None) == (size in {1e-200, 1e130})
    assert report.mean_loss == pytest.approx(log_loss(t, p, sample_weight=w), rel=1e-12)
    assert report.calibration is not None
    assert report.calibration.ece == pytest.approx(gap(p, t, w, 15), rel=1e-12)
    assert report.temperature == pytest.approx(weighted(p, t, w).temperature, rel=1e-5)
