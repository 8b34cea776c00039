"""Confusion, classes and groups against scikit-learn and NumPy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix, precision_score, recall_score

from explorer.rows.analyses.classes import cells
from explorer.rows.analyses.scores import scored
from explorer.rows.report import Report
from tests.rows.made import table


@pytest.mark.parametrize("weighted", [False, True])
def test_classes(weighted: bool) -> None:
    random = np.random.default_rng(0)
    p = random.dirichlet(np.ones(5), size=1200)
    t = random.integers(0, 4, 1200)  # the last class never is
    w = random.uniform(size=1200) if weighted else np.ones(1200)
    report = Report(table("classes", p, t, weight=w if weighted else None))
    expected = confusion_matrix(t, p.argmax(1), sample_weight=w, labels=range(5))
    assert report.confusion is not None
    np.testing.assert_allclose(report.confusion, expected, rtol=1e-12)
    assert report.confusion.dtype == (np.float64 if weighted else np.int64)
    parts = report.by_class
    assert parts is not None
    loss = -np.log(p[np.arange(1200), t])
    options = {"average": None, "sample_weight": w, "labels": range(4), "zero_division": 0}
    assert [part.precision for part in parts[:4]] == pytest.approx(precision_score(t, p.argmax(1), **options))
    assert [part.recall for part in parts[:4]] == pytest.approx(recall_score(t, p.argmax(1), **options))
    for k, part in enumerate(parts[:4]):
        assert (part.name, part.count) == (f"class {k}", (t == k).sum())
        assert part.weight == pytest.approx(w[t == k].sum())
        assert part.base_rate == pytest.approx(w[t == k].sum() / w.sum())
        assert part.mean_loss == pytest.approx(np.average(loss[t == k], weights=w[t == k]))
        assert part.loss_share == pytest.approx((w * loss)[t == k].sum() / (w * loss).sum())
    assert (parts[4].count, parts[4].base_rate, parts[4].precision, parts[4].loss_share) == (0, 0, 0, 0)
    assert math.isnan(parts[4].mean_loss)


def test_of_many_classes_the_most_frequent_are_told_apart() -> None:
    random = np.random.default_rng(1)
    p = random.dirichlet(np.ones(103), size=800)
    t = np.concatenate([np.arange(103), random.integers(4, 103, 697)])
    t[t == 50] = 51  # one is never seen
    made = table("classes", p, t)
    found = cells(scored(made.counted.mutate(loss=made.counted.p[0]), made.layout), made.layout)
    names = found.names
    assert (len(names), names[-1]) == (100, "others")
    assert not {"class 1", "class 2", "class 3", "class 50"} & set(names)
    kept = [int(name.split()[1]) for name in names[:-1]]
    recoded = np.full(103, 99)
    recoded[kept] = np.arange(99)
    np.testing.assert_array_equal(found.count, confusion_matrix(recoded[t], recoded[p.argmax(1)], labels=range(100)))
    assert sum(part.loss_share for part in found.parts) == pytest.approx(1)


def test_groups_of_binary_rows() -> None:
    random = np.random.default_rng(2)
    p, w = random.uniform(size=900), random.uniform(size=900)
    t = (random.uniform(size=900) < p).astype(float)
    group = np.where(p > 0.9, None, random.choice(["a", "b"], 900, p=[0.8, 0.2]))  # type: ignore[call-overload]
    report = Report(table("binary", p, t, weight=w, group=group.tolist()))
    parts = report.by_group
    assert parts is not None
    assert [part.name for part in parts] == ["a", "b", ""]
    loss = -np.log(np.where(t == 1, p, 1 - p))
    for part in parts:
        mine = np.array([(name or "") == part.name for name in group])
        y, guess, mass = t[mine], p[mine] > 0.5, w[mine]
        assert (part.count, part.infinite) == (mine.sum(), 0)
        assert part.share == pytest.approx(mass.sum() / w.sum())
        assert part.base_rate == pytest.approx(np.average(y, weights=mass))
        assert part.mean_loss == pytest.approx(np.average(loss[mine], weights=mass))
        assert part.loss_share == pytest.approx((mass * loss[mine]).sum() / (w * loss).sum())
        assert part.accuracy == pytest.approx(np.average(guess == y, weights=mass))
        assert part.precision == pytest.approx(precision_score(y, guess, sample_weight=mass))
        assert part.recall == pytest.approx(recall_score(y, guess, sample_weight=mass))


def test_many_groups_of_regression_and_an_infinite_loss() -> None:
    t = np.arange(240) * 1.0
    group = [f"g{min(k, 119)}" for k in range(240)]
    parts = Report(table("regression", t + 2, t, group=group)).by_group
    assert parts is not None
    assert (len(parts), parts[0].name, parts[0].count) == (100, "g119", 121)
    assert (parts[-1].name, parts[-1].count, parts[-1].mean_loss, parts[-1].accuracy) == ("others", 21, 4.0, None)
    infinite = Report(table("binary", [0.0, 0.5], [1, 1], group=["a", "a"])).by_group
    assert infinite is not None
    assert (infinite[0].mean_loss, infinite[0].infinite) == (math.inf, 1)
    assert infinite[0].mean_finite == pytest.approx(math.log(2))


def test_without_classes_or_groups_there_are_none() -> None:
    report = Report(table("regression", [1.0], [1]))
    assert (report.confusion, report.by_class, report.by_group, report.curves()) == (None, None, None, None)
