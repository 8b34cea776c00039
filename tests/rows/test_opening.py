"""Opening: what comes in as a file or a table, what is refused, and what is left behind."""

from __future__ import annotations

import gc
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from explorer.core.losses import binary_cross_entropy
from explorer.rows import open_rows

P = np.array([0.2, 0.9, 0.6, 0.4])
T = np.array([1, 1, 0, 0])
MEAN = float(binary_cross_entropy(P, T).mean())


def written(folder: Path) -> Path:
    path = folder / "scores.csv"
    path.write_text("y_true,y_score\n" + "".join(f"{t},{p}\n" for t, p in zip(T, P, strict=True)))
    return path


def test_a_file_of_text_is_opened_and_reported(tmp_path: Path) -> None:
    with open_rows(written(tmp_path)) as rows:
        assert (rows.source, rows.count, rows.layout.kind) == ("scores.csv", 4, "binary")
        assert rows.report().mean_loss == pytest.approx(MEAN, abs=1e-12)


def test_a_folder_of_parts_is_one_table(tmp_path: Path) -> None:
    for number, part in enumerate((slice(0, 1), slice(1, 4))):
        parquet.write_table(pa.table({"y_true": T[part], "y_score": P[part]}), tmp_path / f"part-{number}.parquet")
    with open_rows(str(tmp_path)) as rows:
        assert rows.count == 4
        assert rows.report().mean_loss == pytest.approx(MEAN, abs=1e-12)


def test_what_was_written_goes_with_the_last_that_needs_it(tmp_path: Path) -> None:
    rows = open_rows(written(tmp_path))
    report, folder = rows.report(), rows.folder
    assert folder is not None
    del rows
    gc.collect()
    assert folder.exists()
    assert report.mean_loss == pytest.approx(MEAN, abs=1e-12)
    del report
    gc.collect()
    assert not folder.exists()


def test_closing_removes_what_was_written(tmp_path: Path) -> None:
    with open_rows(written(tmp_path)) as rows:
        folder = rows.folder
    assert folder is not None
    assert not folder.exists()
