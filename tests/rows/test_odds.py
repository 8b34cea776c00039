"""Rows of two classes in cells, against NumPy, SciPy and scikit-learn over the rows themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import expit
from sklearn.metrics import brier_score_loss, confusion_matrix, log_loss

from explorer.rows import open_rows
from explorer.rows.analyses import odds
from explorer.rows.analyses.positions import CELLS
from explorer.rows.report import Report
from tests.rows.made import FloatArray, table

SIZE = 4000
Draw = Callable[[np.random.Generator], FloatArray]
DRAWS: dict[str, Draw] = {
    "even": lambda random: random.uniform(size=SIZE),
    "sure": lambda random: expit(random.normal(size=SIZE) * 6),
    "rare": lambda random: 10 ** -random.uniform(3, 12, SIZE),
    "on edges": lambda random: random.integers(0, 21, SIZE) / 20,
    "at the ends": lambda random: random.choice([0.0, 1.0, 1e-305, 1e-300, 1e-17, 1e-8, 1 - 1e-9, 1 - 2**-53, 0.5], SIZE),
}


def made(name: str) -> tuple[Report, FloatArray, FloatArray]:
    """A report, and the probabilities and targets that it is on."""
    random = np.random.default_rng(len(name))
    p = DRAWS[name](random)
    t = (
        random.uniform(size=SIZE) < expit(np.clip((np.log(p + 1e-300) - np.log1p(-np.minimum(p, 1 - 1e-16))) / 1.6, -5, 5))
    ) * 1.0
    found = table("binary", p, t)
    report = Report(replace(found, layout=replace(found.layout, labels=("0", "1"))))
    assert report.odds is not None
    return report, p, t


def surprise(p: FloatArray, t: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore"):
        return -np.where(t == 1, np.log(p), np.log1p(-p))


def error(p: FloatArray, t: FloatArray, bins: int) -> float:
    within = np.searchsorted(np.arange(1, bins) / bins, p, side="left")
    return float(np.abs(np.bincount(within, p - t, bins)).sum() / len(p))


@pytest.mark.parametrize("name", DRAWS)
def test_sums_are_those_of_the_rows(name: str) -> None:
    report, p, t = made(name)
    loss = surprise(p, t)
    finite = np.isfinite(loss)
    part = np.where(finite, loss, 0)
    assert (report.count, report.infinite) == (SIZE, (~finite).sum())
    assert report.mean_finite == pytest.approx(loss[finite].mean(), rel=1e-12)
    assert report.mean_loss == (pytest.approx(report.mean_finite) if not (~finite).any() else np.inf)
    assert report.standard_error == pytest.approx(loss[finite].std(ddof=1) / np.sqrt(finite.sum()), rel=1e-4)
    assert report.accuracy == pytest.approx(((p > 0.5) == t).mean(), rel=1e-12)
    assert report.confusion is not None
    np.testing.assert_allclose(report.confusion, confusion_matrix(t, p > 0.5, labels=[0, 1]), atol=1e-9)
    assert report.calibration is not None
    assert report.calibration.brier.score == pytest.approx(brier_score_loss(t, p), rel=1e-9)
    for bins in (5, 8, 15, 30):
        each = report.calibration.in_bins(bins)
        assert each.ece == pytest.approx(error(p, t, bins), abs=1e-12)
        expected = {"no": error(1 - p, 1 - t, bins), "yes": error(p, t, bins)}
        assert each.ece_by_class == pytest.approx(expected, abs=1e-12)
    given = np.abs(p - (1 - t))
    on_edges = np.isclose(given * CELLS, np.round(given * CELLS), rtol=0, atol=1e-9)
    cells = np.minimum(np.floor(given * CELLS + np.where(on_edges, 1e-6, 0)), CELLS - 1).astype(int)
    np.testing.assert_allclose(report.positions.weight, np.bincount(cells, minlength=CELLS), atol=1e-9)
    np.testing.assert_allclose(report.positions.loss, np.bincount(cells, part, CELLS), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", DRAWS)
def test_losses_lie_in_their_cells(name: str) -> None:
    report, p, t = made(name)
    loss = surprise(p, t)
    found = report.histogram
    edges = np.append(found.low, found.high[-1])
    assert (np.diff(edges[1:]) > 0).all()
    beside = (
        np.searchsorted(edges * (1 + 1e-9), loss[np.isfinite(loss)]),
        np.searchsorted(edges * (1 - 1e-9), loss[np.isfinite(loss)]),
    )
    if name not in {"on edges", "at the ends"}:
        np.testing.assert_array_equal(found.count, np.histogram(loss[np.isfinite(loss)], edges)[0])
    assert found.count.sum() == np.isfinite(loss).sum()
    assert all((each > 0).all() for each in beside)
    for fraction in (0.01, 0.3):
        order = np.argsort(-np.where(np.isfinite(loss), loss, -1), kind="stable")
        weight, ordered = np.isfinite(loss[order]) * 1.0, np.where(np.isfinite(loss[order]), loss[order], 0)
        before = np.cumsum(weight) - weight
        taken = np.clip(fraction * weight.sum() - before, 0, weight)
        assert report.worst_share(fraction) == pytest.approx((taken * ordered).sum() / (weight * ordered).sum(), rel=1e-9)


@pytest.mark.parametrize("name", ["even", "sure", "rare"])
def test_temperatures(name: str) -> None:
    report, p, t = made(name)
    kept = (p > 0) & (p < 1)
    p, t = p[kept], t[kept]
    z = np.log(p) - np.log1p(-p)

    def loss(temperature: float) -> float:
        return float(np.average(np.logaddexp(0, z / temperature) - t * z / temperature))

    expected = np.exp(minimize_scalar(lambda x: loss(np.exp(x)), bounds=(-4, 4), method="bounded", options={"xatol": 1e-10}).x)
    best, curve = report.temperature, report.temperature_curve
    assert best is not None
    assert curve is not None
    assert best == pytest.approx(expected, rel=2e-6)
    np.testing.assert_allclose(curve.loss, [loss(T) for T in curve.temperature], rtol=2e-4)
    for temperature in (1.0, best):  # at these no cell lies across an edge
        assert curve.loss_at(temperature) == pytest.approx(loss(temperature), rel=1e-6)
        assert curve.ece_at(temperature) == pytest.approx(error(expit(z / temperature), t, 15), abs=2e-6)


def test_a_temperature_that_is_far_below_1_is_found_among_the_rows() -> None:
    random = np.random.default_rng(0)
    z = 0.01 * random.normal(size=20_000)
    t = (random.uniform(size=len(z)) < expit(z / 0.005)) * 1.0
    found = table("binary", expit(z), t)
    expected = np.exp(
        minimize_scalar(
            lambda x: np.mean(np.logaddexp(0, z / np.exp(x)) - t * z / np.exp(x)),
            bounds=(-7, 0),
            method="bounded",
            options={"xatol": 1e-11},
        ).x
    )
    for layout in (found.layout, replace(found.layout, labels=("0", "1"))):
        assert Report(replace(found, layout=layout)).temperature == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("name", DRAWS)
def test_libraries_keep_probabilities_away_from_0_and_1(name: str) -> None:
    report, p, t = made(name)
    means = {mean.library: mean.mean for mean in report.libraries}
    assert means["scikit-learn"] == pytest.approx(log_loss(t, p, labels=[0, 1]), rel=1e-10)
    kept = np.clip(p, 1e-7, 1 - 1e-7)
    assert means["Keras"] == pytest.approx(np.average(surprise(kept, t)), rel=1e-9)
    assert means["PyTorch"] == pytest.approx(np.average(np.minimum(surprise(p, t), 100)), rel=1e-10)


def test_few_numbers_travel_however_far_predictions_reach() -> None:
    random = np.random.default_rng(0)
    p = np.concatenate(
        [random.uniform(size=30_000), 10 ** -random.uniform(0, 300, 10_000), 1 - 10 ** -random.uniform(0, 16, 10_000)]
    )
    found = table("binary", p, random.integers(0, 2, len(p)))
    cells = odds.counted(found.counted, found.layout)
    assert 6 * len(cells.count) < 10_000


def test_of_denormal_numbers_rows_are_counted_in_another_way() -> None:
    p = np.array([5e-324, 1e-310, 0.25])
    found = table("binary", p, [1, 1, 1])
    report = Report(replace(found, layout=replace(found.layout, labels=("0", "1"))))
    assert report.odds is None
    assert report.mean_loss == pytest.approx(-np.log(p).mean(), rel=1e-12)


def test_no_digits_are_lost_of_small_losses() -> None:
    p = np.array([3e-18, 1e-13, 7e-12])
    found = table("binary", p, [0, 0, 0])
    report = Report(replace(found, layout=replace(found.layout, labels=("0", "1"))))
    assert report.odds is not None
    assert report.mean_loss == pytest.approx(-np.log1p(-p).mean(), rel=1e-14, abs=0)


def test_sums_of_many_equal_rows_lose_no_digits() -> None:
    p = np.repeat([0.37, 0.5], 100_000)
    found = table("binary", p, np.zeros(len(p)))
    report = Report(replace(found, layout=replace(found.layout, labels=("0", "1"))))
    assert report.mean_loss == pytest.approx(-np.log([0.63, 0.5]).mean(), rel=1e-15)


SCORES: dict[str, Draw] = {
    "usual": lambda random: random.normal(size=SIZE) * 4,
    "in steps": lambda random: random.integers(-6, 7, SIZE) / 2,
    "far out": lambda random: random.choice([-np.inf, np.inf, 0.0, -1e-9, 40, -40, 300, -300, 36.5, 17.2], SIZE),
}


@pytest.mark.parametrize("name", SCORES)
def test_raw_scores_are_counted_as_they_are(name: str) -> None:
    random = np.random.default_rng(len(name))
    z = SCORES[name](random)
    t = (random.uniform(size=SIZE) < expit(np.clip(z / 1.6, -3, 3))) * 1.0
    found = table("binary", z, t, scale="logit")
    report = Report(replace(found, layout=replace(found.layout, labels=("0", "1"))))
    assert (report.odds is None) == np.isinf(z).any()
    p, loss = expit(z), np.where(np.isinf(z), np.where((z > 0) == t, 0, np.inf), np.logaddexp(0, np.where(t == 1, -z, z)))
    finite = np.isfinite(loss)
    assert (report.count, report.infinite) == (SIZE, (~finite).sum())
    assert report.mean_finite == pytest.approx(loss[finite].mean(), rel=1e-12)
    assert report.accuracy == pytest.approx(((z > 0) == t).mean(), rel=1e-12)
    assert report.calibration is not None
    for bins in (7, 15):
        assert report.calibration.in_bins(bins).ece == pytest.approx(error(p, t, bins), abs=1e-12)
    assert report.calibration.brier.score == pytest.approx(brier_score_loss(t, p), rel=1e-9)
    order = np.argsort(-np.where(finite, loss, -1), kind="stable")
    weight, ordered = finite[order] * 1.0, np.where(finite[order], loss[order], 0)
    for fraction in (0.01, 0.3):
        taken = np.clip(fraction * weight.sum() - (np.cumsum(weight) - weight), 0, weight)
        assert report.worst_share(fraction) == pytest.approx((taken * ordered).sum() / ordered.sum(), rel=1e-9)
    assert [row["row"] for row in report.worst] == np.argsort(-loss, kind="stable")[:20].tolist()
    assert report.libraries[0].mean == pytest.approx(log_loss(t, p, labels=[0, 1]), rel=1e-10)
    z, t = z[np.isfinite(z)], t[np.isfinite(z)]
    best, curve = report.temperature, report.temperature_curve
    assert best is not None
    assert curve is not None
    slope = np.array([((expit(z / T) - t) * z).sum() for T in (best * (1 - 4e-6), best * (1 + 4e-6))])
    assert slope[0] > 0 > slope[1]
    if name != "far out":
        assert curve.ece_at(best) == pytest.approx(error(expit(z / best), t, 15), abs=2e-6)


def test_raw_scores_beyond_all_probabilities_are_counted_in_another_way() -> None:
    found = table("binary", [800.0, -900.0, 1.0, np.inf], [1, 1, 1, 1], scale="logit")
    report = Report(replace(found, layout=replace(found.layout, labels=("0", "1"))))
    assert report.odds is None
    assert report.mean_loss == pytest.approx((900 + np.logaddexp(0, -1)) / 4, rel=1e-14)


@pytest.mark.parametrize("scale", ["probability", "logit"])
@pytest.mark.parametrize("size", [30, 70, 110, 200])
def test_the_best_temperature_of_scores_far_out_is_right(size: int, scale: str) -> None:
    random = np.random.default_rng(size)
    z = random.normal(size=SIZE) * size
    t = (random.logistic(size=SIZE) < z * 4 / size) * 1.0
    p = expit(z)
    found = table("binary", z if scale == "logit" else p, t, scale=scale)  # type: ignore[arg-type]
    report = Report(replace(found, layout=replace(found.layout, labels=("0", "1"))))
    best = report.temperature
    assert best is not None
    if scale == "probability":  # one of 1 stays that, and one near 1 has few digits
        p, t = p[p < 1], t[p < 1]
        z = np.log(p) - np.log1p(-p)
    slope = np.array([((expit(z / T) - t) * z).sum() for T in (best * (1 - 1e-5), best * (1 + 1e-5))])
    assert slope[0] > 0 > slope[1]


STRAYS: dict[str, tuple[dict[int, float | None], dict[int, float | None]]] = {
    "none": ({}, {}),
    "missing numbers": ({3: np.nan, 4: None}, {5: None, 6: None}),
    "a probability above 1": ({3: 1.5, 5: np.nan}, {}),
    "a probability below 0": ({4: -0.25, 5: np.nan}, {}),
    "a probability above 1 by rounding": ({3: 1 + 1e-6, 4: 1.0}, {3: 1, 4: 1}),
    "a target above": ({}, {3: 2, 5: None}),
    "a target below": ({}, {4: -100, 5: None}),
}


@pytest.mark.parametrize("kind", ["whole", "double", "text"])
@pytest.mark.parametrize("name", STRAYS)
def test_what_does_not_count_has_no_cell(name: str, kind: str) -> None:
    random = np.random.default_rng(3)
    p: list[float | None] = list(random.uniform(size=400))
    t: list[float | None] = [int(x) for x in random.integers(0, 2, 400)]
    for column, strays in zip((p, t), STRAYS[name], strict=True):
        for row, value in strays.items():
            column[row] = value
    of_kind = {"whole": pa.int64(), "double": pa.float64(), "text": pa.string()}[kind]
    targets = [None if x is None else {"text": str, "whole": int, "double": float}[kind](x) for x in t]
    with open_rows(pa.table({"y_true": pa.array(targets, of_kind), "y_score": pa.array(p, pa.float64())})) as rows:
        report = rows.report()
        assert report.odds is not None
        kept = [k for k in range(400) if t[k] in (0, 1) and p[k] is not None and 0 <= float(p[k] or 0) <= 1.00001]
        given = np.array([abs(min(float(p[k] or 0), 1) - (1 - float(t[k] or 0))) for k in kept])
        assert report.count == len(kept)
        assert sum(report.faults.values()) == 400 - len(kept)
        assert report.mean_loss == pytest.approx(-np.log(given).mean(), rel=1e-12)
        loss = -np.sort(np.log(given))  # the largest first
        share, most = 0.1 * len(kept), len(kept) // 10
        carried = loss[:most].sum() + (share - most) * loss[most]
        assert report.worst_share(0.1) == pytest.approx(carried / loss.sum(), rel=1e-9)


@pytest.mark.parametrize("stray", [None, np.nan, np.inf, -np.inf, 600.0, -2000.0])
def test_raw_scores_that_have_no_cell(stray: float | None) -> None:
    random = np.random.default_rng(4)
    z: list[float | None] = list(random.normal(size=300) * 3)
    t = [int(x) for x in random.integers(0, 2, 300)]
    z[7], t[7] = stray, 1
    with open_rows(pa.table({"y_true": t, "logit": pa.array(z, pa.float64())})) as rows:
        assert rows.layout.scale == "logit"
        report = rows.report()
        missing = stray is None or np.isnan(stray)
        kept = [k for k in range(300) if k != 7 or not missing]
        assert (report.odds is None) == (not missing)
        losses = np.logaddexp(0, [-(z[k] or 0) if t[k] else (z[k] or 0) for k in kept])
        assert report.count == len(kept)
        assert report.mean_loss == pytest.approx(losses.mean(), rel=1e-12)


ALONE: dict[str, tuple[Draw, bool]] = {
    "usual": (lambda random: random.uniform(0.01, 0.99, SIZE), True),
    "a certain one": (lambda random: np.append(random.uniform(size=SIZE), 0.0), False),
    "tiny losses": (lambda random: 10 ** -random.uniform(12, 18, SIZE), False),
    "some that libraries change": (lambda random: np.append(random.uniform(0.01, 0.99, SIZE), [1e-9, 1e-8]), True),
    "a missing one": (lambda random: np.append(random.uniform(size=SIZE), np.nan), False),
}


@pytest.mark.parametrize("scale", ["probability", "logit"])
@pytest.mark.parametrize("name", ALONE)
def test_one_number_alone_is_told_without_cells(name: str, scale: str) -> None:
    draw, told = ALONE[name]
    p = draw(np.random.default_rng(5))
    t = np.where(np.isnan(p) | (p == 0), 1, np.random.default_rng(6).uniform(size=len(p)) < p) * 1
    if scale == "logit":
        p = np.log(p[p != 0]) - np.log1p(-p[p != 0])
        t = t[: len(p)]
    with open_rows(pa.table({"y_true": t, "y_score": p}), scale=scale) as rows:
        first, other = rows.report(), rows.report()
        assert other.together is not None
        assert first.mean_loss == pytest.approx(other.mean_loss, rel=1e-12)
        assert first.interval == pytest.approx(other.interval, rel=1e-9)
        assert ("odds" in vars(first)) != (told or (scale == "logit" and name == "a certain one"))
        assert rows.report().accuracy == pytest.approx(other.accuracy, rel=1e-12)
        report = rows.report()
        assert [mean.mean for mean in report.libraries] == pytest.approx([mean.mean for mean in other.libraries], rel=1e-12)
        changed = name == "some that libraries change" and scale == "probability"
        assert ("odds" in vars(report)) == ("odds" in vars(first) or changed)
        assert other.confusion is not None
        report = rows.report()
        np.testing.assert_array_equal(report.confusion, other.confusion)
        assert "odds" not in vars(report)
        assert rows.report().floor == pytest.approx(other.floor, rel=1e-12)


@pytest.mark.parametrize(("p", "told"), [(9e-8, False), (1.1e-7, True), (1 - 9e-8, False), (1 - 1.1e-7, True)])
def test_libraries_means_are_the_mean_between_what_they_keep(p: float, told: bool) -> None:
    scores = np.append(np.linspace(0.1, 0.9, 40), p)
    with open_rows(pa.table({"y_true": np.arange(41) % 2, "y_score": scores})) as rows:
        report = rows.report()
        means = [mean.mean for mean in report.libraries]
        assert ("odds" not in vars(report)) == told
        assert means[0] == pytest.approx(log_loss(np.arange(41) % 2, scores), rel=1e-12)
        assert means[2] == pytest.approx(log_loss(np.arange(41) % 2, np.clip(scores, 1e-7, 1 - 1e-7)), rel=1e-9)
