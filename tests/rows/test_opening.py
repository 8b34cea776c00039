"""Opening: what comes in as a file or a table, what is refused, and what is left behind."""

from __future__ import annotations

import gc
import re
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import ibis
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

from explorer.core.losses import binary_cross_entropy
from explorer.rows import open_rows
from explorer.rows.analyses import scans
from explorer.rows.reading import engine

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


def test_several_threads_look_at_the_same_rows(tmp_path: Path) -> None:
    with open_rows(written(tmp_path)) as rows, ThreadPoolExecutor(4) as pool:
        means = list(pool.map(lambda _: rows.report().mean_loss, range(12)))
    assert means == pytest.approx([MEAN] * 12, abs=1e-12)


COLUMNS = {"y_true": T, "y_score": P}


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pl.LazyFrame, pa.table, dict])
def test_a_table_in_memory_is_taken_as_it_is(make: Callable[[Any], Any]) -> None:
    with open_rows(make(COLUMNS)) as rows:
        assert rows.source == "the table"
        assert rows.report().mean_loss == pytest.approx(MEAN, abs=1e-12)


def test_a_table_of_ibis_stays_where_it_is() -> None:
    backend = ibis.duckdb.connect()
    backend.con.execute("CREATE TABLE scores AS SELECT unnest([1, 1, 0, 0]) AS y_true, unnest([0.2, 0.9, 0.6, 0.4]) AS y_score")
    with open_rows(backend.table("scores")) as rows:
        assert rows.folder is None
        assert rows.report().mean_loss == pytest.approx(MEAN, abs=1e-12)
    assert backend.list_tables() == ["scores"]


def test_a_table_of_sqlite_becomes_a_file(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "scores.db") as connection:
        connection.execute("CREATE TABLE scores (y_true INT, y_score REAL)")
        connection.executemany("INSERT INTO scores VALUES (?, ?)", zip(T.tolist(), P.tolist(), strict=True))
        connection.execute("CREATE TABLE hollow (y_true INT, y_score REAL)")
    connection.close()
    backend = ibis.sqlite.connect(tmp_path / "scores.db")
    with open_rows(backend.table("scores")) as rows:
        assert rows.folder is not None
        assert rows.report().mean_loss == pytest.approx(MEAN, abs=1e-12)
    with pytest.raises(ValueError, match=r"^the table holds no rows\.$"):
        open_rows(backend.table("hollow"))
    backend.disconnect()


def test_rows_have_the_order_of_the_predictions_whichever_table_comes_first() -> None:
    truth = pd.DataFrame({"id": [3, 1, 4, 2], "label": ["no", "yes", "no", "yes"]})
    predictions = pd.DataFrame({"id": [1, 2, 3, 4], "no": 1 - P, "yes": P})
    for tables in ([truth, predictions], [predictions, truth]):
        with open_rows(tables) as rows:
            found = rows.report()
            assert found.mean_loss == pytest.approx(MEAN, abs=1e-12)
            assert [row["row"] for row in found.worst] == np.argsort(np.abs(P - (1 - T)), kind="stable").tolist()


def test_two_tables_are_joined_by_their_identities() -> None:
    predictions = pl.DataFrame({"id": [4, 3, 2, 1], "y_score": P})
    truth = pd.DataFrame({"id": [1, 2, 3, 4], "y_true": T[::-1]})
    with open_rows([predictions, truth]) as rows:
        assert rows.report().mean_loss == pytest.approx(MEAN, abs=1e-12)


@pytest.mark.parametrize("first", [True, False])
def test_an_array_without_names_may_hold_the_class_beside_the_probabilities(tmp_path: Path, first: bool) -> None:
    p = np.random.default_rng(0).dirichlet((1, 1, 1), 40)
    t = np.arange(40) % 3
    parts = (t, p) if first else (p, t)
    np.save(tmp_path / "scores.npy", np.column_stack(parts))
    with open_rows(tmp_path / "scores.npy") as rows:
        assert rows.layout.truth == ("scores_0" if first else "scores_3")
        assert rows.report().mean_loss == pytest.approx(-np.log(p[np.arange(40), t]).mean())


@pytest.mark.parametrize("beside", [np.zeros(40), np.arange(40) / 2], ids=["a class that is never predicted", "no class"])
def test_an_array_without_names_is_refused_with_what_names_it(tmp_path: Path, beside: Any) -> None:
    np.save(tmp_path / "scores.npy", np.column_stack([np.random.default_rng(0).dirichlet((1, 1, 1), 40), beside]))
    named = re.escape("; an array has no names: np.savez('rows.npz', label=t, probs=p) gives them.")
    with pytest.raises(ValueError, match=f"^scores.npy: No targets are recognised in the columns 'scores_0', .*{named}$"):
        open_rows(tmp_path / "scores.npy")


def test_two_files_of_arrays_are_joined_by_their_order(tmp_path: Path) -> None:
    np.save(tmp_path / "y_score.npy", P)
    np.save(tmp_path / "y_true.npy", T)
    with open_rows([tmp_path / "y_score.npy", tmp_path / "y_true.npy"]) as rows:
        assert rows.source == "y_score.npy and y_true.npy"
        assert rows.report().mean_loss == pytest.approx(MEAN, abs=1e-12)


def test_a_column_of_numbers_with_one_bad_value_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text() + "1,abc\n")
    with pytest.raises(ValueError, match="^scores.csv, line 6, column 'y_score': a number was expected; got 'abc'.$"):
        open_rows(path)


def test_what_is_not_recognised_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("word,other\ncat,dog\n")
    with pytest.raises(ValueError, match="^scores.csv: No predictions are recognised"):
        open_rows(path)


@pytest.mark.parametrize(
    ("source", "error", "said"),
    [
        ("nowhere.csv", FileNotFoundError, "nowhere.csv does not exist."),
        ("/dev/zero", OSError, "zero is no file."),
        (3, TypeError, "A path, or a table of pandas, Polars, Arrow or Ibis was expected; got int."),
        ([], ValueError, "One source is opened, or predictions and their truth; got 0."),
        (
            {"y": [1, "a"]},
            ValueError,
            "the table holds values of several types in the column 'y': '1' (int) in row 0 and 'a' (str)",
        ),
        ({"y": []}, ValueError, "the table holds no rows."),
    ],
)
def test_what_cannot_be_opened_is_refused(source: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error) as refused:
        open_rows(source)
    assert str(refused.value).startswith(said)


def test_what_is_computed_of_each_row_is_written_once_for_all_reports_of_a_layout(tmp_path: Path) -> None:
    p = np.random.default_rng(0).dirichlet((1, 1, 1), 40)
    labels = {name: p.argmax(1) if name == "label" else p.argmin(1) for name in ("label", "other")}
    table = pa.table(labels | {f"p_{k}": p[:, k] for k in range(3)})
    parquet.write_table(table, tmp_path / "scores.parquet")
    with open_rows(tmp_path / "scores.parquet", truth="label") as rows, ThreadPoolExecutor(4) as pool:
        means = {name: -np.log(p[np.arange(40), t]).mean() for name, t in labels.items()}
        assert list(pool.map(lambda _: rows.report().mean_loss, range(8))) == pytest.approx([means["label"]] * 8)
        assert rows.folder is not None
        assert len(list(rows.folder.glob("*.parquet"))) == 1
        assert open_rows(rows.raw, truth="other").report().mean_loss == pytest.approx(means["other"])
        assert sorted(file.suffix for file in rows.folder.iterdir() if file.is_file()) == [".parquet"] * 2


def test_what_a_disk_has_no_room_for_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("label,p_0,p_1,p_2\n" + "0,0.5,0.25,0.25\n" * 100)
    found = []
    for free in (4 * 100 * 25 - 1, 4 * 100 * 25):
        monkeypatch.setattr("shutil.disk_usage", lambda folder, free=free: SimpleNamespace(free=free))
        with open_rows(tmp_path / "a.csv") as rows:
            assert rows.report().mean_loss == pytest.approx(np.log(2))
            assert rows.folder is not None
            found.append(len(list(rows.folder.glob("*.parquet"))))
    assert found[1] == found[0] + 1


def test_without_room_for_what_is_computed_of_each_row_it_is_computed_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise duckdb.IOException("Could not write file: No space left on device")

    p = np.random.default_rng(0).dirichlet((1, 1, 1), 40)
    with open_rows(pa.table({"label": p.argmin(1)} | {f"p_{k}": p[:, k] for k in range(3)})) as rows:
        monkeypatch.setattr(engine, "_write", full)
        report = rows.report()
        assert report.mean_loss == pytest.approx(-np.log(p.min(1)).mean())
        assert [row["row"] for row in report.worst] == np.argsort(p.min(1))[:20].tolist()


@pytest.mark.parametrize("own", [True, False], ids=["a file", "a table of a DuckDB elsewhere"])
def test_what_lies_near_an_edge_of_equal_mass_is_written_down_for_as_long_as_it_is_looked_for(
    monkeypatch: pytest.MonkeyPatch, own: bool
) -> None:
    monkeypatch.setattr(scans, "SORTED", 20)
    p = np.sort(np.random.default_rng(0).beta(2, 3, 6000))
    t = (np.random.default_rng(1).uniform(size=6000) < p).astype(int)
    table = pa.table({"y_true": t, "y_score": p})
    backend = ibis.duckdb.connect()
    backend.con.register("given", table)
    with open_rows(table if own else backend.table("given")) as rows:
        found = rows.report().calibration
        assert found is not None
        parts = np.array_split(np.arange(6000), 15)  # equally many in each, as no two are equal
        assert [each.count for each in found.mass_bins] == [400] * 15
        assert found.ece_mass == pytest.approx(sum(abs((p[part] - t[part]).sum()) for part in parts) / 6000, abs=1e-12)
        left = [file.name for file in rows.folder.iterdir() if file.suffix == ".part"] if rows.folder else []
        assert (left, own) == ([], rows.folder is not None)
