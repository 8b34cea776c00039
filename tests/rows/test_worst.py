"""The rows worth a look against sorted arrays."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from pyarrow import parquet
from scipy.special import logit, softmax

from explorer.rows import open_rows
from explorer.rows.analyses import worst
from explorer.rows.report import Report
from tests.rows.made import FloatArray, table


def numbers(rows: list[dict[str, object]]) -> list[object]:
    return [row["row"] for row in rows]


def sample() -> tuple[Report, FloatArray, NDArray[np.int64], FloatArray]:
    random = np.random.default_rng(0)
    z = random.normal(size=(600, 4)) * 2
    t = np.array([random.choice(4, p=p) for p in softmax(z, axis=1)])
    report = Report(table("classes", z, t, scale="logit", group=[f"g{k % 3}" for k in range(600)]))
    p = softmax(z, axis=1)
    return report, p, t, -np.log(p[np.arange(600), t])


def test_the_largest_losses() -> None:
    report, p, t, loss = sample()
    order = np.argsort(-loss)
    assert numbers(report.worst) == order[:20].tolist()
    first = report.worst[0]
    assert first["loss"] == pytest.approx(loss[order[0]])
    assert first["truth"] == f"class {t[order[0]]}"
    assert first["predicted"] == f"class {p[order[0]].argmax()}"
    assert first["confidence"] == pytest.approx(p[order[0]].max())
    assert len(first["prediction"]) == 4
    assert first["group"] == f"g{order[0] % 3}"
    by_class = [order[t[order] == k][:2] for k in range(4)]
    assert numbers(report.worst_rows(2, "class")) == np.concatenate(by_class).tolist()
    by_group = [order[order % 3 == k][:3] for k in range(3)]
    assert numbers(report.worst_rows(3, "group")) == np.concatenate(by_group).tolist()


def test_sure_and_wrong() -> None:
    report, p, t, _ = sample()
    wrong = np.flatnonzero(p.argmax(1) != t)
    expected = wrong[np.argsort(-p.max(1)[wrong])]
    assert numbers(report.confidently_wrong(5)) == expected[:5].tolist()
    assert len(report.confidently_wrong(1000)) == len(wrong)


def test_likely_wrong_labels_as_confident_learning_counts_them() -> None:
    report, p, t, _ = sample()
    thresholds = np.array([p[t == k, k].mean() for k in range(4)])
    able = np.where(p >= thresholds, p, -1)
    suggested, own = able.argmax(1), p[np.arange(600), t]
    off = np.flatnonzero((able.max(1) >= 0) & (suggested != t))
    margin = own - p[np.arange(600), suggested]
    found = report.likely_wrong_label(1000)
    assert numbers(found) == off[np.argsort(margin[off])].tolist()
    assert found[0]["suggested"] == f"class {suggested[found[0]['row']]}"
    assert found[0]["margin"] == pytest.approx(margin[found[0]["row"]])
    assert 0 < len(off) < (p.argmax(1) != t).sum()


def test_a_flipped_label_is_found() -> None:
    random = np.random.default_rng(1)
    t = random.integers(0, 2, 400)
    p = np.where(t == 1, 0.9, 0.1) + random.uniform(-0.05, 0.05, 400)
    p[7] = 0.94 if t[7] else 0.06
    t[7] = 1 - t[7]
    report = Report(table("binary", p, t))
    assert numbers(report.likely_wrong_label()) == [7]
    assert report.likely_wrong_label()[0]["suggested"] == ("no" if t[7] else "yes")
    assert Report(table("binary", p, np.ones(400))).likely_wrong_label() == []


def test_thresholds_are_means_by_weight() -> None:
    p, t = [0.9, 0.5, 0.8, 0.1], [1, 1, 0, 0]  # the third is suspect beside a threshold of 0.7, not beside one of 0.9
    assert numbers(Report(table("binary", p, t, weight=[0.5] * 4)).likely_wrong_label()) == [2]
    assert numbers(Report(table("binary", p, t, weight=[1, 1e-6, 1, 1])).likely_wrong_label()) == []


def test_rows_of_a_bin_and_above_a_loss() -> None:
    report, p, t, loss = sample()
    within = np.flatnonzero((p.max(1) > 9 / 15) & (p.max(1) <= 10 / 15))
    assert numbers(report.in_bin(9, 1000)) == within[np.argsort(-loss[within])].tolist()
    found = report.above(1.5)
    assert (found.count, found.weight) == ((loss > 1.5).sum(), (loss > 1.5).sum())
    assert found.share == pytest.approx((loss > 1.5).mean())
    assert found.loss_share == pytest.approx(loss[loss > 1.5].sum() / loss.sum())
    with pytest.raises(ValueError, match=r"^A bin must be one of 0 to 14; got 15\.$"):
        report.in_bin(15)


@pytest.mark.parametrize("scale", ["logit", "probability"])
def test_rows_of_a_bin_at_a_temperature(scale: Literal["logit", "probability"]) -> None:
    _, p, t, loss = sample()
    z = np.log(p)
    report = Report(table("classes", z if scale == "logit" else p, t, scale=scale))
    within = np.flatnonzero(np.ceil(softmax(z / 2.5, axis=1).max(1) * 15) == 6)
    assert len(within) > 50
    assert numbers(report.in_bin(5, 1000, temperature=2.5)) == within[np.argsort(-loss[within])].tolist()
    sure, given = np.array([0.0, 0.2, 0.6, 0.999, 1.0]), [1, 1, 0, 0, 0]
    two = Report(table("binary", sure if scale == "probability" else logit(sure), given, scale=scale))
    assert [numbers(two.in_bin(k, temperature=3)) for k in (0, 5, 8, 13, 14)] == [[0], [1], [2], [3], [4]]


def test_rows_of_other_kinds() -> None:
    soft = Report(table("binary", [0.0, 0.5, 0.5], [0.25, 1, 1], weight=[1, 2, 3]))
    assert [row["truth"] for row in soft.worst] == [0.25, "yes", "yes"]
    assert [row["loss"] for row in soft.worst] == pytest.approx([math.inf, math.log(2), math.log(2)])
    assert numbers(soft.worst) == [0, 1, 2]
    assert soft.worst[1]["weight"] == 2
    assert soft.above(1).count == 1
    tokens = Report(table("tokens", [-1.0, -3.0], example=[0, 4]))
    assert tokens.worst[0] == {"row": 1, "loss": 3.0, "weight": 1.0, "example": 4, "prediction": -3.0}
    assert (tokens.confidently_wrong(), tokens.likely_wrong_label(), tokens.in_bin(0)) == ([], [], [])
    with pytest.raises(ValueError, match=r"^by must name what the rows have; they have no group\.$"):
        tokens.worst_rows(3, "group")
    with pytest.raises(ValueError, match=r"^count must be at least 1; got 0\.$"):
        tokens.worst_rows(0)
    none = Report(table("binary", [0.5], [1], fault=["no"]))
    assert (none.worst, none.above(0).count) == ([], 0)


@pytest.mark.parametrize("first", [50, 10**6], ids=["of many rows", "of few"])
@pytest.mark.parametrize("missing", ["prediction", "target", "weight", "nothing", "in bounds"])
@pytest.mark.parametrize("scale", ["probability", "logit"])
def test_rows_that_are_asked_for_first(
    scale: Literal["logit", "probability"], missing: str, first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worst, "FIRST", first)
    random = np.random.default_rng(2)
    p = random.uniform(0.01, 0.99, 300)
    t = (random.uniform(size=300) < p) * 1.0
    w = np.ones(300)
    p[40:43], t[40:43] = (1e-4, 1 - 1e-4, 2e-4), (1, 0, 1)  # the largest losses
    x = p if scale == "probability" else logit(p)
    if missing != "nothing":
        {"prediction": x, "target": t, "weight": w, "in bounds": x}[missing][41] = -np.inf if missing == "in bounds" else np.nan
    columns = {"y_true": t, "y_score": x} | ({"weight": w} if missing == "weight" else {})
    path = tmp_path / "rows.parquet"
    parquet.write_table(pa.table(columns), path)
    loss = -np.log(np.where(t == 1, p, 1 - p))
    kept = np.array([k for k in range(300) if k != 41 or missing == "nothing"])
    if missing == "in bounds" and scale == "logit":  # minus infinity is a score, of which class 0 is sure
        kept, loss[41] = np.arange(300), 0.0
    order = kept[np.argsort(-loss[kept], kind="stable")]
    with open_rows(path, scale=scale) as rows:
        assert numbers(rows.report().worst_rows(20)) == order[:20].tolist()
        assert numbers(rows.report().worst_rows(1000)) == order.tolist()
        wrong = order[loss[order] > np.log(2)]
        assert numbers(rows.report().confidently_wrong(10)) == wrong[:10].tolist()


def test_the_worst_rows_of_a_loss_of_many_steps_are_found() -> None:
    """DuckDB would write its steps into each other, which takes hours: that is told before the query is asked."""
    random = np.random.default_rng(1)
    p = random.uniform(0.01, 0.99, 200)
    rows = open_rows(pa.table({"y_true": (random.random(200) < p).astype(int), "y_score": p}))
    engine = rows.table.counted.get_backend()
    assert engine.con.execute("SELECT current_setting('disabled_optimizers')").fetchone() == ("late_materialization",)
    report = rows.report(loss="asymmetric")
    losses = [row["loss"] for row in report.worst]
    assert losses == sorted(losses, reverse=True)
    assert len(losses) == 20
    assert losses[0] == pytest.approx(max(report.rows.loss.to_pyarrow().to_pylist()))
