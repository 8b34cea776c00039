"""Rows that take long to count: a sample answers first, then all of them, counted by a thread that can be stopped."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Thread

import streamlit as st

from explorer.rows.reading.watch import Watch
from explorer.rows.sampling import LARGE, sample
from explorer.views import rows as views
from explorer.views.rows import State, data
from explorer.views.view import View

EVERY = 0.5
"""Seconds between two looks at whether they are."""
_RUN = "_rows_run"


@dataclass
class Run:
    """A thread that counts all rows for a state; parts are the keys of what it makes, as they were noted of a sample."""

    key: Hashable
    state: State
    parts: Sequence[Hashable]
    watch: Watch = field(default_factory=Watch)
    thread: Thread = field(init=False)
    farthest: float = 0.0

    def __post_init__(self) -> None:
        """Begin."""
        self.thread = Thread(target=self._count, daemon=True)
        self.thread.start()

    def _count(self) -> None:
        """Fill what is kept of the rows."""
        with self.watch.over_this_thread():
            views.view(self.state)

    @property
    def ended(self) -> bool:
        """Whether all are counted, or never will be."""
        return not self.thread.is_alive()

    def progress(self) -> tuple[float, str]:
        """Return which part is done, which never grows less, and a sentence on it."""
        rows = self.state.rows
        size, done, within = len(self.parts), data.known(rows, self.parts), self.watch.progress
        self.farthest = max(self.farthest, min((done + (within or 0.0)) / size, 1.0))
        counted = "" if within is None else f": {int(within * rows.count):,} of {rows.count:,} rows"
        return self.farthest, f"Part {min(done + 1, size)} of {size}{counted}"


def growing(state: State) -> Iterator[View]:
    """Yield what a state shows as it becomes known; of many rows a sample's, with a sentence and a button that stops."""
    rows, run, key = state.rows, _run(), (id(state.rows), state.scans)
    counted = run is not None and run.key == key and run.ended and not run.watch.stopped
    part = None if rows.count < LARGE or counted else data.kept(rows, "sample", partial(sample, rows))
    few = replace(state, rows=part or rows)
    if part is None or _is_known(state, few):
        yield from views.growing(state)
        return
    bar = st.container(horizontal=True, vertical_alignment="center", key="sample")
    bar.markdown(f"From a sample of {part.count:,} of {rows.count:,} rows.", width="content")
    yield from views.growing(few)  # before all are counted: they would take its time
    if run is None or run.key != key:
        if run:
            run.watch.stop()
        run = st.session_state[_RUN] = Run(key, state, _parts(few))
    with bar:
        _say(run)


def _parts(few: State) -> list[Hashable]:
    """The keys of what a state takes, as they are noted of a sample."""
    return data.kept(few.rows, ("parts", few.scans), partial(_noted, few))


def _noted(few: State) -> list[Hashable]:
    with data.noted() as parts:
        views.view(few)
    return parts


def _is_known(state: State, few: State) -> bool:
    """Whether all is counted that a state shows, since an earlier choice has asked for it."""
    if not data.known(few.rows, [("parts", few.scans)]):
        return False
    parts = _parts(few)
    return data.known(state.rows, parts) == len(parts)


def end() -> None:
    """End the count that runs: other rows are to be shown."""
    if run := st.session_state.pop(_RUN, None):
        run.watch.stop()


def _run() -> Run | None:
    found: Run | None = st.session_state.get(_RUN)
    return found


def _say(run: Run) -> None:
    """Say how far the count of all rows is, or ask for it."""
    if run.watch.stopped:
        st.button("Count all", icon=":material/play_arrow:", on_click=_again)
    else:
        st.markdown(":material/hourglass_top: The rest is being counted.", width="content")
        _progress(run)
        st.button("Stop", icon=":material/stop:", on_click=run.watch.stop)


@st.fragment(run_every=EVERY)
def _progress(run: Run) -> None:
    """Say how many rows are counted; show all as soon as they are."""
    if run.ended:
        st.rerun()
    part, said = run.progress()
    st.progress(part, text=said)


def _again() -> None:
    st.session_state.pop(_RUN, None)
