"""The chain of /algebra: in the address, and at work elsewhere while the page waits. What failed is kept for a session."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from explorer.core.algebra import budget, chain
from explorer.core.algebra.budget import Task
from explorer.core.algebra.chain import Step
from explorer.core.algebra.execution import Outcome, work
from explorer.live import echo
from explorer.pages import address
from explorer.views.algebra import following
from explorer.views.algebra.stage import Stage
from explorer.views.algebra.start import Start

PATIENCE = 0.3
"""Seconds to wait before a sign says that a step is at work."""
_FAILED, _AT_WORK = "_algebra_failed", "_algebra_task"


def stored() -> tuple[tuple[Step, ...], str]:
    """Return the chain that the address holds, and a sentence about what could not be read of it."""
    echo.mind("chain", lambda: address.get("chain"))
    return chain.read(address.get("chain"))


def put(steps: Sequence[Step]) -> None:
    """Put a chain into the address; call it in a callback. What has failed may be tried again."""
    st.session_state.pop(_FAILED, None)
    address.put("chain", chain.write(steps))


def follow(start: Start, steps: Sequence[Step]) -> tuple[Stage, ...]:
    """Return the start, and what came of each step up to the first that failed or is still at work."""
    stages = following.follow(start, steps, _stage)
    if not stages[-1].at_work:
        _stop()
    return stages


def _stage(key: str, step: Step, before: Outcome) -> Stage:
    """The stage of a step that nobody has done yet, or that is at work."""
    failed: dict[str, Stage] = st.session_state.setdefault(_FAILED, {})
    if key in failed:
        return failed[key]
    task = _task(key, step, before)
    if not task.wait(PATIENCE):
        return Stage(step, None, before)
    st.session_state.pop(_AT_WORK, None)
    stage = following.ended(key, step, before, task.result)
    if stage.problem:
        failed[key] = stage
    return stage


def _task(key: str, step: Step, before: Outcome) -> Task[Outcome]:
    """The session's task if it is at this step already, else a new one in its place."""
    at_work: tuple[str, Task[Outcome]] | None = st.session_state.get(_AT_WORK)
    if at_work and at_work[0] == key:
        return at_work[1]
    _stop()
    task = budget.submit(work, before.subject, step.operation, step.parsed(), before.inputs, before.computed)
    st.session_state[_AT_WORK] = key, task
    return task


def _stop() -> None:
    """End the session's task, if there is one."""
    if at_work := st.session_state.pop(_AT_WORK, None):
        at_work[1].cancel()


def cancel(steps: Sequence[Step]) -> None:
    """Stop the last step and take it out of the chain."""
    _stop()
    put(steps[:-1])


@st.fragment(run_every=0.1)
def progress(doing: str, steps: Sequence[Step]) -> None:
    """A sign that a step is at work, with a button that cancels it; the page runs anew once it has ended."""
    at_work: tuple[str, Task[Outcome]] | None = st.session_state.get(_AT_WORK)
    if at_work is None or at_work[1].done:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(escape(f"Working: {doing}. It is stopped after {budget.SECONDS:g} seconds."))
        st.button("Cancel", icon=":material/close:", on_click=cancel, args=(steps,), key="cancel step")
