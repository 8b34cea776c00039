"""Calibration of histograms, against the rows that they came of, and its programs against NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.stats import binomtest

from explorer.core import sweeps
from explorer.core.calibration import MOST_BINS, TEMPERATURES, Scores, bins_program, nearest, wilson
from tests.core.histograms import tables

Array = NDArray[np.float64]


def rows(count: int = 4000) -> tuple[Array, Array]:
    """Scores that are too sure of themselves, and labels."""
    draw = np.random.default_rng(5)
    z = draw.normal(-0.5, 1.5, count)
    t = (draw.random(count) < 1 / (1 + np.exp(-z))).astype(np.float64)
    return 2.5 * z, t


def each_row() -> Scores:
    """A histogram with a fine bin for each row, so that nothing is lost."""
    z, t = rows()
    return Scores.of(z, np.ones(z.size), t)


def error(q: Array, t: Array, bins: int) -> float:
    """The expected calibration error by its definition, of rows."""
    place = np.minimum((q * bins).astype(int), bins - 1)
    held = [place == k for k in range(bins) if (place == k).any()]
    return float(sum(abs(t[kept].mean() - q[kept].mean()) * kept.mean() for kept in held))


@pytest.mark.parametrize("temperature", [0.3, 1.0, 2.5])
@pytest.mark.parametrize("bins", [1, 10, 15])
def test_bins_and_losses_are_those_of_the_rows(temperature: float, bins: int) -> None:
    z, t = rows()
    q = 1 / (1 + np.exp(-z / temperature))
    assert each_row().binned(temperature, bins).error == pytest.approx(error(q, t, bins), abs=1e-12)
    loss = np.logaddexp(0, (1 - 2 * t) * z / temperature).mean()
    assert each_row().losses(temperature) == pytest.approx(loss, rel=1e-12)


def test_the_best_temperature_is_where_the_loss_of_the_rows_is_least() -> None:
    z, t = rows()
    found = minimize_scalar(lambda T: float(np.logaddexp(0, -(2 * t - 1) * z / T).mean()), bounds=(0.05, 20), method="bounded")
    assert each_row().best_temperature == pytest.approx(found.x, abs=1e-4)


def test_a_score_without_end_is_a_prediction_of_0_or_1_at_every_temperature() -> None:
    sure = Scores.of([-np.inf, 0.0, np.inf], [2, 4, 2], [0, 2, 2])
    np.testing.assert_allclose(sure.losses([0.1, 1.0]), np.log(2) / 2)
    assert sure.binned(3.0, 10).weight.tolist() == [2, 0, 0, 0, 4, 0, 0, 0, 0, 2]
    partly = Scores.of([-np.inf, 1.0], [2, 4], [1, 2])  # one of two says 0 of what is 1: its loss is infinite, and left out
    assert partly.finite == 5
    assert partly.losses(1.0) == pytest.approx((4 * np.log1p(np.e) - 2) / 5, rel=1e-12)
    values = {"log_T": 0.0, "bins": 15.0, "total": partly.total, "finite": partly.finite}
    columns = partly.pool().columns(values)
    assert all(np.isfinite(list(values)).all() for values in partly.pool().rows.values())
    numbers = sweeps.means(bins_program(), values, columns)
    assert numbers["loss_at_T"] == pytest.approx(float(partly.losses(1.0)), rel=1e-12)
    assert numbers["ece_at_T"] == pytest.approx(partly.binned(1.0, 15).error, abs=1e-12)
    assert np.isfinite(sure.best_temperature)


def test_a_prediction_on_an_edge_is_in_the_lower_bin_whatever_its_logit_rounds_to() -> None:
    p = np.arange(1, 10) / 10
    shown = Scores.of(np.log(p) - np.log1p(-p), np.ones(9), np.zeros(9)).binned(1.0, 10)
    assert shown.weight.tolist() == [*[1] * 9, 0]


def test_the_interval_is_wilsons() -> None:
    low, high = wilson([0, 3, 10, 0], [10, 12, 10, 0])
    for k, n, start, end in [(0, 10, low[0], high[0]), (3, 12, low[1], high[1]), (10, 10, low[2], high[2])]:
        interval = binomtest(k, n).proportion_ci(method="wilson")
        assert (start, end) == pytest.approx((interval.low, interval.high), abs=1e-12)
    assert np.isnan([low[3], high[3]]).all()


@pytest.mark.parametrize("shift", [-0.9, 0.0, 0.31])
@pytest.mark.parametrize("bins", [1, 15, 50])
def test_the_program_of_bins_says_what_numpy_does(shift: float, bins: int) -> None:
    shown = each_row()
    values = {"log_T": shift, "bins": float(bins), "total": shown.total, "finite": shown.finite}
    columns = shown.pool().columns(values)
    binned = shown.binned(10**shift, bins)
    for name, column in zip("nks", binned, strict=True):
        np.testing.assert_allclose(columns[name], [*column, *[0.0] * (MOST_BINS - bins)], rtol=1e-12, atol=1e-9)
    numbers = sweeps.means(bins_program(), values, columns)
    assert numbers["ece_at_T"] == pytest.approx(binned.error, abs=1e-12)
    assert numbers["loss_at_T"] == pytest.approx(float(shown.losses(10**shift)), rel=1e-12)
    each = bins_program().evaluate({**values, **columns})
    for name, ends in zip(("low", "high"), wilson(binned.positive, binned.weight), strict=True):
        np.testing.assert_allclose(each[name][:bins], ends, rtol=1e-12, atol=1e-12)
    assert np.isinf(each["gap"]).all()


def test_tables_are_those_of_the_nearest_temperature() -> None:
    shown, y, z = tables()
    at = TEMPERATURES[nearest(1.3)]
    p = np.exp(z / at - np.logaddexp.reduce(z / at, axis=1, keepdims=True))
    values = {"log_T": float(np.log10(1.3)), "bins": 15.0, "total": shown.total, "finite": shown.finite}
    columns = shown.pool().columns(values)
    numbers = sweeps.means(bins_program(tables=True), values, columns)
    assert numbers["ece_at_T"] == pytest.approx(error(p.max(axis=1), (p.argmax(axis=1) == y).astype(float), 15), abs=1e-12)
    assert numbers["loss_at_T"] == pytest.approx(-np.log(p[np.arange(y.size), y]).mean(), rel=1e-12)
    assert numbers["T_shown"] == pytest.approx(at, rel=1e-12)
    assert numbers["ece_at_T"] == pytest.approx(shown.errors([1.3], 15)[0], abs=1e-12)
    assert numbers["loss_at_T"] == pytest.approx(shown.losses([1.3])[0], rel=1e-12)


def test_temperatures_are_even_by_ratio_with_1_among_them() -> None:
    assert TEMPERATURES[nearest(1.0)] == pytest.approx(1.0, abs=1e-15)
    assert (nearest(0.01), nearest(100.0)) == (0, 40)
    np.testing.assert_allclose(np.diff(np.log(TEMPERATURES)), np.log(400) / 40)


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (([0.0], [0], [0]), "A histogram must have a row; got none."),
        (([0.0], [1], [2]), "k must lie between 0 and n in every bin."),
        (([0.0], [1, 1], [1]), "z, n and k must have one shape; got (1,), (2,), (1,)."),
    ],
)
def test_a_histogram_that_cannot_be_is_refused(columns: tuple[list[float], ...], sentence: str) -> None:
    with pytest.raises(ValueError, match="^" + sentence.replace("(", r"\(").replace(")", r"\)") + "$"):
        Scores.of(*columns)
