"""Predictions of many classes stand in a list a row; every analysis says what it says of the same predictions in columns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet
from scipy.special import log_softmax

from explorer.rows import open_rows
from tests.rows.analyses import ANALYSES, differences, tempered, weighed, written


@pytest.mark.parametrize("scale", ["probability", "logit"])
def test_a_list_says_what_columns_say(scale: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = written("classes")
    asked = ANALYSES if scale == "logit" else [each for each in ANALYSES if each not in {tempered, weighed}]
    if scale == "logit":
        for k, name in enumerate(table.column_names[1:4], 1):
            with np.errstate(divide="ignore"):
                table = table.set_column(k, name.replace("prob", "logit"), pa.array(3 * np.log(table[name].to_numpy())))
    parquet.write_table(table, tmp_path / "a.parquet")
    with open_rows(tmp_path / "a.parquet") as rows:
        assert rows.layout.scale == scale
        narrow = [analysis(rows.report()) for analysis in asked]
        monkeypatch.setattr("explorer.rows.spec.WIDE", 2)
    with open_rows(tmp_path / "a.parquet") as rows:
        assert rows.layout.wide
        for analysis, said in zip(asked, narrow, strict=True):
            assert list(differences(said, analysis(rows.report()))) == [], analysis.__name__


def test_an_array_of_many_classes_is_read_as_lists(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    z = (random.normal(size=(80, 60)) * 2).astype(np.float32)
    t = random.integers(0, 60, 80)
    np.savez(tmp_path / "a.npz", logits=z, labels=t)
    with open_rows(tmp_path / "a.npz") as rows:
        assert rows.layout.wide
        expected = -log_softmax(z.astype(float), axis=1)[np.arange(80), t]
        assert rows.report().mean_loss == pytest.approx(expected.mean(), rel=1e-12)
        assert rows.report().accuracy == pytest.approx((z.argmax(1) == t).mean())
        worst = rows.report().worst[0]
        assert worst["row"] == expected.argmax()
        assert worst["prediction"] == pytest.approx(z[expected.argmax()])
