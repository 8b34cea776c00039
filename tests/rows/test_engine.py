"""Engines: DuckDB reaches nothing but what it is given; what is no engine is refused."""

from __future__ import annotations

import gc
import socket
from pathlib import Path
from typing import Any

import duckdb
import pytest

from explorer.rows.reading.engine import connect, literal, private_folder, remove_folders


@pytest.fixture(scope="module")
def folder() -> Path:
    return private_folder()


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("given") / "it's [1].csv"
    path.write_text("a\n1\n")
    path.with_name("other.csv").write_text("a\n2\n")
    path.with_name("it's 1.csv").write_text("a\n3\n")
    return path


@pytest.fixture(scope="module")
def backend(given: Path, folder: Path) -> Any:
    return connect(files=[given], folder=folder)


def test_the_given_file_is_read(backend: Any, given: Path) -> None:
    assert backend.con.execute("SELECT a FROM read_csv(?)", [literal(given)]).fetchall() == [(1,)]


@pytest.mark.parametrize("other", ["other.csv", "it's 1.csv", "*.csv", "../given0/other.csv"])
def test_no_other_file_is_read(backend: Any, given: Path, other: str) -> None:
    with pytest.raises(duckdb.PermissionException, match="Cannot access"):
        backend.con.execute("SELECT * FROM read_csv(?)", [str(given.parent / other)])


def test_a_link_out_of_the_private_folder_is_not_followed(backend: Any, given: Path, folder: Path) -> None:
    link = folder / "link.csv"
    link.symlink_to(given.with_name("other.csv"))
    with pytest.raises(duckdb.PermissionException, match="Cannot access"):
        backend.con.execute("SELECT * FROM read_csv(?)", [str(link)])


@pytest.mark.parametrize(
    "query",
    [
        "INSTALL httpfs",
        "LOAD httpfs",
        "ATTACH 'other.db'",
        "COPY (SELECT 1) TO 'other.csv'",
        "SELECT * FROM 'https://example.org/a.csv'",
    ],
)
def test_nothing_else_is_reached(backend: Any, query: str) -> None:
    with pytest.raises(duckdb.PermissionException):
        backend.con.execute(query)


@pytest.mark.parametrize("setting", ["enable_external_access = true", "memory_limit = '64GB'", "allowed_paths = ['/']"])
def test_settings_are_locked(backend: Any, setting: str) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        backend.con.execute(f"SET {setting}")


def test_no_variable_is_a_table(backend: Any) -> None:
    rows = __import__("pyarrow").table({"a": [1]})
    assert rows.num_rows == 1
    with pytest.raises(duckdb.CatalogException, match="rows does not exist"):
        backend.con.execute("SELECT * FROM rows")


@pytest.mark.parametrize(("variable", "said"), [("", "1.8 GiB"), ("500MB", "476.8 MiB")])
def test_memory_is_limited(variable: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOSS_EXPLORER_MEMORY", variable)
    backend = connect()
    assert backend.con.execute("SELECT current_setting('memory_limit')").fetchone() == (said,)


def test_no_amount_of_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOSS_EXPLORER_MEMORY", "lots")
    with pytest.raises(ValueError, match="LOSS_EXPLORER_MEMORY is an amount of memory such as 2GB or 500MB; got 'lots'."):
        connect()


def test_the_folder_goes_with_the_connection() -> None:
    folder = private_folder()
    backend = connect(folder=folder)
    assert folder.exists()
    del backend
    gc.collect()
    assert not folder.exists()


@pytest.mark.parametrize("engine", ["mysql://host/database", "spark", "sc://"])
def test_what_is_no_engine_is_refused(engine: str) -> None:
    with pytest.raises(ValueError, match=f"sc://host.*; got '{engine}'."):
        connect(engine)


def test_an_engine_that_is_not_there_is_said_at_once() -> None:
    with socket.socket() as taken:  # bound, and not listening
        taken.bind(("127.0.0.1", 0))
        address = f"sc://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(OSError, match=f"{address} cannot be reached: Connection refused."):
            connect(address)


def test_a_server_that_ends_leaves_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.rows.reading.engine._FOLDERS", set())
    folders = [private_folder(), private_folder()]
    (folders[0] / "rows.parquet").write_text("a")
    remove_folders()
    assert not any(folder.exists() for folder in folders)
