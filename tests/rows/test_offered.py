"""What a server offers: files of one folder, and what its command was given."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.rows.offered import Given, given, offered


def test_the_files_of_the_folder_are_offered_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, secret = tmp_path / "rows", tmp_path / "secret.csv"
    (folder / "below").mkdir(parents=True)
    for path in (folder / "b.csv", folder / "a.parquet", folder / ".hidden.csv", folder / "below" / "c.csv", secret):
        path.write_text("a\n1\n")
    (folder / "link.csv").symlink_to(secret)
    monkeypatch.setenv("LOSS_EXPLORER_ROWS", str(folder))
    assert offered() == {"a.parquet": folder / "a.parquet", "b.csv": folder / "b.csv"}


@pytest.mark.parametrize("folder", ["", "/nowhere"])
def test_without_a_folder_nothing_is_offered(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOSS_EXPLORER_ROWS", folder)
    assert offered() == {}


@pytest.mark.parametrize(
    ("chosen", "name"),
    [
        (Given(("/data/it's é.csv", "/data/truth.csv")), "it's é.csv and truth.csv"),
        (Given(("schema.scores",), "sc://host:15002"), "schema.scores"),
    ],
)
def test_what_the_command_was_given_reaches_the_server(chosen: Given, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen.name == name
    monkeypatch.setenv("LOSS_EXPLORER_OPENED", chosen.said)
    assert given() == chosen
    monkeypatch.delenv("LOSS_EXPLORER_OPENED")
    assert given() is None
