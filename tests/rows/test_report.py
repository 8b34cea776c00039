"""Means, intervals, shares and histograms of losses against NumPy and scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.metrics import log_loss

from explorer.rows.analyses.scans import Bounds, located, quantiles
from explorer.rows.report import Report
from tests.rows.made import FloatArray, table


def random_binary(seed: int, size: int = 3000) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Probabilities with ties, targets that are less sure than these, weights."""
    random = np.random.default_rng(seed)
    p = np.round(random.uniform(size=size), 2).clip(0.001, 0.999)
    return p, (random.uniform(size=size) < 0.2 + 0.6 * p).astype(float), random.uniform(0.1, 3, size=size)


def clustered(part: FloatArray, whole: FloatArray) -> tuple[float, float]:
    """A ratio of sums over examples and its standard error: the residuals' spread, linearised."""
    mean = part.sum() / whole.sum()
    return mean, math.sqrt(((part - mean * whole) ** 2).sum() * len(part) / (len(part) - 1)) / whole.sum()


@pytest.mark.parametrize("weighted", [False, True])
def test_means_of_binary_rows(weighted: bool) -> None:
    p, t, weight = random_binary(1)
    report = Report(table("binary", p, t, weight=weight if weighted else None))
    w = weight if weighted else np.ones(len(p))
    loss = -t * np.log(p) - (1 - t) * np.log1p(-p)
    assert report.mean_loss == pytest.approx(log_loss(t, p, sample_weight=w), rel=1e-12)
    assert report.mean_of_means == report.mean_finite == report.mean_loss
    assert report.bits == pytest.approx(report.mean_loss / math.log(2))
    mean, error = clustered(w * loss, w)
    assert report.standard_error == pytest.approx(error, rel=1e-9)
    assert report.interval == pytest.approx((mean - 1.959964 * error, mean + 1.959964 * error), rel=1e-6)
    if not weighted:
        assert error == pytest.approx(loss.std(ddof=1) / math.sqrt(len(p)))
    assert report.accuracy == pytest.approx(np.average((p > 0.5) == (t > 0.5), weights=w), rel=1e-12)
    rate = np.average(t, weights=w)
    assert report.floor == pytest.approx(-rate * math.log(rate) - (1 - rate) * math.log(1 - rate), rel=1e-12)
    assert (report.count, report.infinite, report.undefined, report.perplexity) == (len(p), 0, 0, None)


@pytest.mark.parametrize(("size", "scale"), [(2, "logit"), (3, "logit"), (12, "probability")])
def test_means_of_classes(size: int, scale: str) -> None:
    random = np.random.default_rng(size)
    z = random.normal(size=(500, size)) * 2
    p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
    t = random.integers(0, size - 1, 500)  # the last class never is
    weight = random.uniform(size=500)
    report = Report(table("classes", z if scale == "logit" else p, t, weight=weight, scale=scale))  # type: ignore[arg-type]
    assert report.mean_loss == pytest.approx(log_loss(t, p, labels=range(size), sample_weight=weight), rel=1e-12)
    assert report.accuracy == pytest.approx(np.average(p.argmax(1) == t, weights=weight), rel=1e-12)
    rates = np.array([weight[t == k].sum() for k in range(size - 1)]) / weight.sum()
    assert report.floor == pytest.approx(-(rates * np.log(rates)).sum(), rel=1e-12)


def test_of_equal_predictions_the_first_is_the_class_predicted() -> None:
    assert Report(table("classes", [[0.4, 0.4, 0.2]] * 3, [0, 1, 2])).accuracy == pytest.approx(1 / 3)
    assert Report(table("binary", [0.5, 0.5, 0.5], [0, 0, 1])).accuracy == pytest.approx(2 / 3)


def test_regression_has_a_variance_for_its_floor_even_far_from_zero() -> None:
    random = np.random.default_rng(3)
    t = 1.7e9 + random.normal(size=400)
    y, weight = t + random.normal(size=400), random.uniform(size=400)
    report = Report(table("regression", y, t, weight=weight))
    assert report.mean_loss == pytest.approx(np.average((y - t) ** 2, weights=weight), rel=1e-9)
    assert report.floor == pytest.approx(np.cov(t, aweights=weight, ddof=0), rel=1e-6)
    assert (report.accuracy, report.bits, report.calibration) == (None, None, None)


def test_tokens_have_two_means_and_an_error_by_example() -> None:
    random = np.random.default_rng(4)
    example = np.sort(random.integers(0, 40, 900))
    logp = -random.exponential(size=900) * (1 + example % 5)
    report = Report(table("tokens", logp, example=example))
    part = np.array([-logp[example == k].sum() for k in np.unique(example)])
    whole = np.array([(example == k).sum() for k in np.unique(example)]).astype(float)
    mean, error = clustered(part, whole)
    assert report.mean_loss == pytest.approx(mean, rel=1e-12)
    assert report.standard_error == pytest.approx(error, rel=1e-9)
    assert report.mean_of_means == pytest.approx((part / whole).mean(), rel=1e-12)
    assert abs(report.mean_of_means - report.mean_loss) > 1e-3
    assert report.perplexity == pytest.approx(math.exp(mean), rel=1e-12)
    assert (report.count, report.summary.examples) == (900, len(part))
    assert (report.floor, report.accuracy) == (None, None)


def test_infinite_losses_are_counted_and_kept_out_of_one_mean_only() -> None:
    report = Report(table("binary", [0.0, 1.0, 0.5, 1.0], [1, 1, 1, 0]))
    assert (report.count, report.infinite) == (4, 2)
    assert report.mean_loss == report.mean_of_means == math.inf
    assert report.mean_finite == pytest.approx(math.log(2) / 2)
    assert int(report.histogram.count.sum()) == 2


def test_an_infinite_loss_without_weight_is_none() -> None:
    report = Report(table("binary", [0.0, 0.5], [1, 1], weight=[0, 2]))
    assert report.infinite == 1
    assert report.mean_loss == pytest.approx(math.log(2))


def test_tokens_ruled_out_are_counted() -> None:
    report = Report(table("tokens", [-math.inf, -1.0, -3.0], example=[0, 0, 1]))
    assert (report.infinite, report.mean_loss, report.mean_finite, report.mean_of_means) == (1, math.inf, 2.0, 2.0)


def test_rows_that_do_not_count_are_told_and_left_out() -> None:
    made = table("binary", [0.5, math.nan, 0.9, 2.0], [1, 1, 1, 0], fault=[None, "p is NaN", None, "p is NaN"])
    report = Report(made)
    assert report.faults == {"p is NaN": 2}
    assert report.count == 2
    assert report.mean_loss == pytest.approx(-(math.log(0.5) + math.log(0.9)) / 2)


def test_no_row_counts() -> None:
    report = Report(table("binary", [math.nan], [1], fault=["p is NaN"]))
    assert (report.count, report.infinite, report.faults) == (0, 0, {"p is NaN": 1})
    assert all(map(math.isnan, (report.mean_loss, report.standard_error, report.worst_share())))
    assert report.calibration is not None
    assert math.isnan(report.calibration.ece)


@pytest.mark.parametrize(("fraction", "tied"), [(0.0, False), (0.0503, False), (0.0503, True), (1.0, True)])
def test_what_the_worst_carry(fraction: float, tied: bool) -> None:
    p, t, _ = random_binary(5)
    p = p if tied else np.random.default_rng(6).uniform(size=len(p))
    report = Report(table("binary", p, t))
    loss = np.sort(-np.log(np.where(t == 1, p, 1 - p)))[::-1]
    whole, rest = int(fraction * len(loss)), fraction * len(loss) % 1
    expected = (loss[:whole].sum() + (rest * loss[whole] if rest else 0)) / loss.sum()
    assert report.worst_share(fraction) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_a_share_outside_its_interval_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^fraction must lie in \[0, 1\]; got 2\.$"):
        Report(table("binary", [0.5], [1])).worst_share(2)


def test_quantiles_are_exact_by_weight() -> None:
    random = np.random.default_rng(7)
    values = np.concatenate([np.exp(random.normal(size=9000) * 20), np.full(3000, 0.25), [4e307, -4e307]])
    weight = random.integers(1, 4, len(values)).astype(float)
    wanted = [fraction * weight.sum() for fraction in (0, 0.001, 0.1, 0.25, 0.5, 0.9, 0.99999, 1)]
    rows = table("regression", [*values, math.inf, math.nan], np.zeros(len(values) + 2), weight=[*weight, 1, 1]).rows
    found = quantiles(rows, "y", [reached / weight.sum() for reached in wanted])
    for reached, quantile in zip(wanted, found, strict=True):
        order = np.argsort(values)
        expected = values[order][np.searchsorted(np.cumsum(weight[order]), reached)]
        assert quantile.value == expected
        assert quantile.below == weight[values < expected].sum()
        assert quantile.part == pytest.approx((weight * values)[values < expected].sum())
        assert quantile.at == weight[values == expected].sum()


def test_a_quantile_reached_exactly_is_the_least_value() -> None:
    found = quantiles(table("binary", [0.1, 0.2, 0.3, 0.4], np.zeros(4)).rows, "p", [0.0, 0.5, 0.75])
    assert [quantile.value for quantile in found] == [0.1, 0.2, 0.3]


def test_quantiles_of_no_rows() -> None:
    (found,) = quantiles(table("binary", [], []).rows, "p", [0.5])
    assert math.isnan(found.value)


def test_quantiles_of_neighbouring_floats() -> None:
    values = np.repeat([0.0, 5e-324], 4000)
    (found,) = located(table("binary", values, values).rows, "p", [6000], [Bounds(0, 1, 8000)])
    assert (found.value, found.below, found.at) == (5e-324, 4000, 4000)


def test_the_histogram_holds_every_row() -> None:
    random = np.random.default_rng(8)
    p, weight = random.uniform(size=2000) ** 4, random.uniform(size=2000)
    found = Report(table("binary", p, np.ones(2000), weight=weight)).histogram
    loss = -np.log(p)
    edges = np.array([*found.low, found.high[-1]])
    np.testing.assert_array_equal(found.count, np.histogram(loss, edges)[0])
    np.testing.assert_allclose(found.weight, np.histogram(loss, edges, weights=weight)[0], atol=1e-9)
    assert found.loss.sum() == pytest.approx((weight * loss).sum())


def test_a_loss_of_zero_has_a_cell_of_its_own() -> None:
    found = Report(table("binary", [1.0, 1.0, 0.5], [1, 1, 1])).histogram
    assert (found.count[0], found.high[0], found.count.sum()) == (2, 0, 3)


@pytest.mark.parametrize("others", [9, 500])
def test_a_residual_at_the_end_of_all_numbers_is_in_the_outermost_cell(others: int) -> None:
    report = Report(table("regression", [1.7e308, -1.7e308, *[0.5, -0.25] * others], np.zeros(2 + 2 * others)))
    found = report.positions.weight
    beside = others if others > 9 else 0  # of many, the cells reach no farther than most residuals
    assert (found[0], found[-1], found.sum()) == (1, 1 + beside, 2 + 2 * others)
    assert report.infinite == 2
