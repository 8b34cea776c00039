"""Watches a thread's queries from another thread: how far they are, and a way to stop them.

DuckDB alone says so; of other engines no query begins once the watched ones are stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, local
from typing import Any

import duckdb

SETTINGS = ("enable_progress_bar", "enable_progress_bar_print")
"""DuckDB's, that a watched query changes: without the first it does not count, with the second it writes on the terminal."""
_THREAD = local()


class StoppedError(Exception):
    """Somebody does not want to know any more."""


class Watch:
    """What is seen of a thread's queries, and what ends them."""

    def __init__(self) -> None:
        self._stop = Event()
        self._cursor: Any = None

    @contextmanager
    def over_this_thread(self) -> Iterator[None]:
        """Watch the queries that this thread runs in the block, which ends where they are stopped."""
        _THREAD.watch = self
        try:
            yield
        except StoppedError:
            pass
        except duckdb.Error:  # interrupted, or of a file that is gone
            if not self.stopped:
                raise
        finally:
            _THREAD.watch = self._cursor = None

    @property
    def stopped(self) -> bool:
        """Whether somebody has stopped them."""
        return self._stop.is_set()

    @property
    def progress(self) -> float | None:
        """Which part of the running query is done, from 0 to 1; None where that is not known."""
        cursor = self._cursor
        percent = -1.0 if cursor is None else float(cursor.query_progress())
        return min(percent / 100, 1.0) if percent >= 0 else None

    def stop(self) -> None:
        """End the query that runs, and let none begin after it."""
        self._stop.set()
        if (cursor := self._cursor) is not None:
            cursor.interrupt()

    def take(self, cursor: Any) -> None:
        """Watch a cursor of DuckDB, which the thread's next query runs on."""
        check()
        for setting, value in zip(SETTINGS, ("true", "false"), strict=True):
            cursor.execute(f"SET {setting} = {value}")
        self._cursor = cursor
        check()  # between these two it may have been stopped


def current() -> Watch | None:
    """Return what watches this thread."""
    found: Watch | None = getattr(_THREAD, "watch", None)
    return found


def check() -> None:
    """Raise StoppedError where this thread's queries are stopped."""
    if (watch := current()) and watch.stopped:
        raise StoppedError
