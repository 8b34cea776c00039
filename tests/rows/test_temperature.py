"""The best temperature against scipy.optimize, and what others do against NumPy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import expit, log_softmax, softmax

from explorer.rows.analyses.temperature import TemperatureCurve
from explorer.rows.report import Report
from tests.rows.made import FloatArray, table


def binary_loss(z: FloatArray, t: FloatArray, w: FloatArray, temperature: float) -> float:
    return float(np.average(np.logaddexp(0, z / temperature) - t * z / temperature, weights=w))


def class_loss(z: FloatArray, t: FloatArray, w: FloatArray, temperature: float) -> float:
    return float(np.average(-log_softmax(z / temperature, axis=1)[np.arange(len(t)), t.astype(int)], weights=w))


def optimum(loss: object, *arguments: FloatArray) -> float:
    found = minimize_scalar(lambda x: loss(*arguments, math.exp(x)), bounds=(-4, 4), method="bounded", options={"xatol": 1e-10})  # type: ignore[operator]
    return math.exp(found.x)


def curve(report: Report) -> TemperatureCurve:
    assert report.temperature_curve is not None
    return report.temperature_curve


def ece(p: FloatArray, t: FloatArray, w: FloatArray, bins: int = 15) -> float:
    within = np.clip(np.ceil(p * bins).astype(int) - 1, 0, bins - 1)
    return float(np.abs(np.bincount(within, w * (p - t))).sum() / w.sum())


@pytest.mark.parametrize(("factor", "scale"), [(2.5, "logit"), (0.2, "probability")])
def test_binary_rows(factor: float, scale: str) -> None:
    random = np.random.default_rng(1)
    z = random.normal(size=3000) * 2
    t, w = (random.uniform(size=3000) < expit(z / factor)).astype(float), random.uniform(size=3000)
    t[:300] = random.uniform(size=300)  # some are soft
    report = Report(table("binary", z if scale == "logit" else expit(z), t, weight=w, scale=scale))  # type: ignore[arg-type]
    best = report.temperature
    assert best is not None
    assert best == pytest.approx(optimum(binary_loss, z, t, w), rel=1e-6)
    found = curve(report)
    np.testing.assert_allclose(found.loss, [binary_loss(z, t, w, T) for T in found.temperature], atol=2e-5)
    assert found.loss_at(1) == pytest.approx(report.mean_loss, abs=1e-6)
    assert found.ece_at(0.3) == pytest.approx(ece(expit(z / 0.3), t, w), abs=0.01)
    for temperature in (1.0, best):  # at these no cell lies across an edge
        assert found.ece_at(temperature) == pytest.approx(ece(expit(z / temperature), t, w), abs=2e-6)
    tied = Report(table("binary", np.round(expit(z), 2), t))
    assert tied.calibration is not None
    assert curve(tied).ece_at(1) == pytest.approx(tied.calibration.ece, abs=2e-6)


@pytest.mark.parametrize(("size", "scale"), [(2, "probability"), (4, "logit")])
def test_classes(size: int, scale: str) -> None:
    random = np.random.default_rng(size)
    z = random.normal(size=(1500, size)) * 3
    t = np.array([random.choice(size, p=p) for p in softmax(z / 1.7, axis=1)])
    w = random.uniform(size=1500)
    given = z if scale == "logit" else softmax(z, axis=1)
    report = Report(table("classes", given, t, weight=w, scale=scale))  # type: ignore[arg-type]
    assert report.temperature == pytest.approx(optimum(class_loss, z, t, w), rel=1e-6)
    found = curve(report)
    np.testing.assert_allclose(found.loss, [class_loss(z, t, w, T) for T in found.temperature], rtol=1e-9)
    for temperature in np.geomspace(0.1, 10, 40):
        assert found.loss_at(temperature) == pytest.approx(class_loss(z, t, w, temperature), abs=1e-5)
    right = (z.argmax(1) == t).astype(float)
    np.testing.assert_allclose(found.ece, [ece(softmax(z / T, axis=1).max(1), right, w) for T in found.temperature], atol=1e-9)
    first = found.temperature.tolist().index(1)
    assert found.ece_at(1) == pytest.approx(found.ece[first])
    assert min(found.ece[first : first + 2]) <= found.ece_at(1.1) <= max(found.ece[first : first + 2])


@pytest.mark.parametrize("moved", [-1e4, -80.0, 80.0, 1e4])
def test_scores_far_from_0_are_those_near_it(moved: float) -> None:
    random = np.random.default_rng(5)
    z = random.normal(size=(500, 3)) * 3
    t = (z / 1.7 + random.gumbel(size=z.shape)).argmax(1).astype(float)
    report = Report(table("classes", z + moved, t, scale="logit"))
    assert report.temperature == pytest.approx(optimum(class_loss, z, t, np.ones(500)), rel=1e-6)
    assert curve(report).loss_at(0.1) == pytest.approx(class_loss(z, t, np.ones(500), 0.1), rel=1e-5)


@pytest.mark.parametrize("scale", [0.3, 3, 30])
def test_between_temperatures_a_sample_of_many_rows_says_how_the_loss_of_classes_bends(scale: float) -> None:
    random = np.random.default_rng(0)
    z = random.normal(size=(60_000, 3)) * scale
    t = (z / 1.7 + random.gumbel(size=z.shape)).argmax(1)
    order = np.argsort(t, kind="stable")  # the first rows are all of one class
    found = curve(Report(table("classes", z[order], t[order], scale="logit")))
    for temperature in np.geomspace(0.1, 10, 23):
        expected = class_loss(z, t.astype(float), np.ones(len(t)), temperature)
        assert found.loss_at(temperature) == pytest.approx(expected, rel=1e-5, abs=1e-5)


def test_probabilities_0_and_1_stay_what_they_are() -> None:
    random = np.random.default_rng(3)
    z = random.normal(size=2000) * 3
    t = (random.uniform(size=2000) < expit(z / 2)).astype(float)
    p, certain = np.concatenate([expit(z), [0, 1, 1, 0]]), np.concatenate([t, [0, 1, 0, 1]])  # two are right, two impossible
    report = Report(table("binary", p, certain))
    assert report.infinite == 2
    assert report.temperature == pytest.approx(optimum(binary_loss, z, t, np.ones(2000)), rel=1e-6)
    assert curve(report).loss_at(1) == pytest.approx(report.mean_finite, abs=1e-6)
    assert curve(report).ece_at(1) == pytest.approx(ece(p, certain, np.ones(2004)), abs=0.01)


def test_classes_ruled_out_stay_so() -> None:
    random = np.random.default_rng(4)
    z = random.normal(size=(2000, 3)) * 3
    t = np.array([random.choice(3, p=p) for p in softmax(z / 2, axis=1)])
    z[np.arange(2000), (t + 1) % 3] = -math.inf  # never the true one
    padded, truth = np.vstack([softmax(z, axis=1), [[0.5, 0.5, 0.0]]]), [*t, 2]  # the last is impossible
    report = Report(table("classes", padded, truth))
    assert report.infinite == 1
    assert report.temperature == pytest.approx(optimum(class_loss, z, t, np.ones(2000)), rel=1e-6)
    assert curve(report).loss_at(1) == pytest.approx(report.mean_finite, rel=1e-9)


@pytest.mark.parametrize(
    ("z", "t", "expected"),
    [
        ([1.0, -2.0, 3.0], [1, 0, 1], 0.0),
        ([1.0, -2.0, 3.0], [0, 1, 0], math.inf),
        ([0.0, 0.0, 0.0], [0, 1, 1], 1.0),
    ],
    ids=["all right", "all wrong", "nothing said"],
)
def test_temperatures_without_an_optimum(z: list[float], t: list[int], expected: float) -> None:
    assert Report(table("binary", z, t, scale="logit")).temperature == expected
    pairs = np.column_stack([np.zeros(3), z])
    assert Report(table("classes", pairs, t, scale="logit")).temperature == expected


def test_without_rows_or_classes_there_is_none() -> None:
    for kind, p in (("binary", [0.5]), ("classes", [[0.5, 0.5]])):
        none = Report(table(kind, p, [1], fault=["no"]))  # type: ignore[arg-type]
        assert none.temperature is not None
        assert math.isnan(none.temperature)
        assert np.isnan(curve(none).loss).all()
    assert Report(table("regression", [1.0], [1])).temperature is None
    assert Report(table("regression", [1.0], [1])).temperature_curve is None
