"""A query is seen to come on, and is ended, from another thread."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import duckdb
import pytest

from explorer.rows.reading.engine import connect, held
from explorer.rows.reading.watch import Watch

LONG = "SELECT sum(sin(a.x * b.x)) FROM many a, many b"
"""Half an hour's work."""


@pytest.fixture(scope="module")
def backend() -> Iterator[Any]:
    made = connect()
    made.con.execute("CREATE TABLE many AS SELECT range::DOUBLE AS x FROM range(300_000)")
    yield made
    made.disconnect()


def test_a_query_that_is_stopped_ends_at_once_and_none_begins_after_it(backend: Any) -> None:
    watch, ended = Watch(), []

    def run() -> None:
        with watch.over_this_thread():
            for _ in range(2):
                backend.con.sql(LONG).fetchall()
            ended.append("neither is ever done")

    thread = Thread(target=run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while (seen := watch.progress) is None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert seen is not None
    assert 0 <= seen < 1
    watch.stop()
    thread.join(10)
    assert not thread.is_alive()
    assert (watch.stopped, watch.progress, ended) == (True, None, [])


def test_what_is_not_watched_is_as_it_was_and_nothing_else_can_be_set(backend: Any) -> None:
    assert backend.con.sql("SELECT current_setting('enable_progress_bar')").fetchone() == (False,)
    with Watch().over_this_thread():
        assert backend.con.sql("SELECT current_setting('enable_progress_bar')").fetchone() == (True,)
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        backend.con.execute("SET threads = 1")


def test_what_was_being_written_down_is_gone_once_it_is_stopped(backend: Any) -> None:
    watch, many = Watch(), backend.table("many")
    pairs = many.cross_join(many.view()).select(y=many.x.sin())  # hours of work

    def run() -> None:
        with watch.over_this_thread(), held(pairs):
            pass

    def parts() -> list[Path]:
        return list(backend.con.folder.glob("*.part"))

    thread = Thread(target=run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not parts() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert parts()
    watch.stop()
    thread.join(10)
    assert (thread.is_alive(), parts()) == (False, [])
