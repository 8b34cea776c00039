"""ROC and precision over recall against scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import softmax
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score, roc_curve

from explorer.rows.analyses import curves as module
from explorer.rows.analyses.curves import Curves
from explorer.rows.report import Report
from tests.rows.made import table


def curves(report: Report, name: str | None = None) -> Curves:
    found = report.curves(name)
    assert found is not None
    return found


@pytest.mark.parametrize("ties", [False, True])
def test_binary_rows_exactly(ties: bool) -> None:
    random = np.random.default_rng(0)
    p = random.uniform(size=700)
    p = np.round(p, 1) if ties else p
    t, w = (random.uniform(size=700) < p).astype(float), random.uniform(size=700)
    report = Report(table("binary", p, t, weight=w))
    found = curves(report)
    assert report.auc == found.auc == pytest.approx(roc_auc_score(t, p, sample_weight=w), rel=1e-12)
    assert found.average_precision == pytest.approx(average_precision_score(t, p, sample_weight=w), rel=1e-12)
    assert (found.auc_error, found.average_precision_error) == (0, 0)
    false, true, _ = roc_curve(t, p, sample_weight=w, drop_intermediate=False)
    np.testing.assert_allclose(found.false_positive, false, atol=1e-12)
    np.testing.assert_allclose(found.true_positive, true, atol=1e-12)
    precision, recall, _ = precision_recall_curve(t, p, sample_weight=w)
    np.testing.assert_allclose(found.precision, precision[::-1], atol=1e-12)
    np.testing.assert_allclose(found.recall, recall[::-1], atol=1e-12)
    other = curves(report, "no")
    assert other.auc == pytest.approx(found.auc, rel=1e-12)
    assert other.average_precision == pytest.approx(average_precision_score(1 - t, 1 - p, sample_weight=w), rel=1e-12)


@pytest.mark.parametrize("scale", ["probability", "logit"])
def test_several_classes_one_against_the_rest(scale: str) -> None:
    random = np.random.default_rng(1)
    z = random.normal(size=(500, 4))
    t, p = random.integers(0, 4, 500), softmax(z, axis=1)
    report = Report(table("classes", z if scale == "logit" else p, t, scale=scale))  # type: ignore[arg-type]
    for k in (0, 2):
        assert curves(report, f"class {k}").auc == pytest.approx(roc_auc_score(t == k, p[:, k]), rel=1e-12)


@pytest.mark.parametrize("scale", ["probability", "logit"])
def test_many_scores_within_the_error_told(scale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DISTINCT", 500)
    random = np.random.default_rng(2)
    z = random.normal(size=4000) * 2 - 3
    t, w = (random.uniform(size=4000) < 1 / (1 + np.exp(-z))).astype(float), random.uniform(size=4000)
    z[:40] = math.inf if scale == "logit" else 800
    report = Report(table("binary", z if scale == "logit" else 1 / (1 + np.exp(-z)), t, weight=w, scale=scale))  # type: ignore[arg-type]
    order = np.where(np.isinf(z), 1e9, z)
    for name, sign, target in (("yes", 1, t), ("no", -1, 1 - t)):
        found = curves(report, name)
        assert 0 < found.auc_error < 2e-3
        assert found.auc == pytest.approx(roc_auc_score(target, sign * order, sample_weight=w), abs=min(found.auc_error, 1e-4))
        exact = average_precision_score(target, sign * order, sample_weight=w)
        assert 0 < found.average_precision_error < 0.05
        assert found.average_precision == pytest.approx(exact, abs=min(found.average_precision_error, 2e-3))


def test_one_class_only_has_no_area() -> None:
    found = curves(Report(table("binary", [0.2, 0.7], [1, 1])))
    assert math.isnan(found.auc)
    assert found.average_precision == 1
    assert np.isnan(found.false_positive).all()


def test_a_class_that_is_none() -> None:
    with pytest.raises(ValueError, match=r"^A class must be one of no, yes; got maybe\.$"):
        Report(table("binary", [0.2], [1])).curves("maybe")
