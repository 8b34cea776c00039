"""The chain of /algebra: what was done to the start, step by step, each in a process of its own and within its budget.

The address holds the chain. What a step made is kept for all visitors, since it depends on the start and the chain alone; what
failed is kept for one session.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from threading import Lock

import streamlit as st

from explorer.core.algebra import budget, chain
from explorer.core.algebra.budget import Task
from explorer.core.algebra.chain import Step
from explorer.core.algebra.layering import Layered, symbols
from explorer.core.algebra.operations import Outcome, work
from explorer.core.digits import superscripted
from explorer.pages import address
from explorer.pages.algebra_start import Start

KEPT = 500
"""How many outcomes are kept for all visitors."""
PATIENCE = 0.3
"""Seconds to wait before a sign says that a step is at work."""
_FAILED, _AT_WORK = "_algebra_failed", "_algebra_task"
_LAYERED = "Layered, it stays small: name common subexpressions first, or take derivatives before writing it out."
_SMALLER = "The layered form is as small as it gets: put numbers in, or take fewer symbols or a smaller network."


@dataclass(frozen=True)
class Link:
    """A step of the chain and what came of it.

    Attributes
    ----------
    step : Step
    outcome : Outcome or None
        None if it failed or is still at work.
    problem : str
        Why it failed; "" if it did not.
    """

    step: Step
    outcome: Outcome | None = None
    problem: str = ""


class _Outcomes:
    """What steps made, by start and chain; the oldest are forgotten."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Outcome] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Outcome | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, outcome: Outcome) -> None:
        with self._lock:
            self._kept[key] = outcome
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


_OUTCOMES = _Outcomes()


def stored() -> tuple[tuple[Step, ...], str]:
    """Return the chain that the address holds, and a sentence about what could not be read of it."""
    return chain.read(address.get("chain"))


def put(steps: Sequence[Step]) -> None:
    """Put a chain into the address; call it in a callback. What has failed may be tried again."""
    st.session_state.pop(_FAILED, None)
    address.put("chain", chain.write(steps))


def follow(start: Start, steps: Sequence[Step]) -> list[Link]:
    """Return what came of each step, up to the first that failed or is still at work."""
    links: list[Link] = []
    before = start.outcome
    for k, step in enumerate(steps, 1):
        link = _link(f"{start.name}: {chain.write(steps[:k])}", step, before)
        links.append(link)
        if link.outcome is None:
            break
        before = link.outcome
    else:
        _stop()
    return links


def _link(key: str, step: Step, before: Outcome) -> Link:
    if found := _OUTCOMES.get(key):
        return Link(step, found)
    failed: dict[str, str] = st.session_state.setdefault(_FAILED, {})
    if key in failed:
        return Link(step, problem=failed[key])
    task = _task(key, step, before)
    if not task.wait(PATIENCE):
        return Link(step)
    st.session_state.pop(_AT_WORK, None)
    try:
        found = task.result()
    except (TimeoutError, MemoryError) as error:
        failed[key] = f"{error} {_SMALLER if isinstance(before.subject, Layered) else _LAYERED}"
    except ValueError as error:
        failed[key] = str(error)
    except Exception as error:  # whatever else happens in another process, the page and the chain stand
        failed[key] = f"This step failed: {error}"
    else:
        _OUTCOMES.put(key, found)
        return Link(step, found)
    return Link(step, problem=failed[key])


def _task(key: str, step: Step, before: Outcome) -> Task[Outcome]:
    """The session's task if it is at this step already, else a new one in its place."""
    at_work: tuple[str, Task[Outcome]] | None = st.session_state.get(_AT_WORK)
    if at_work and at_work[0] == key:
        return at_work[1]
    _stop()
    task = budget.submit(work, before.subject, step.operation, step.parsed())
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


def labels(start: Start, links: Sequence[Link]) -> tuple[str, ...]:
    """Return what each entry of the last outcome is, row by row: ∂/∂p, ∂²/∂p∂t, a root."""
    paths: list[tuple[str, ...]] = [()]
    before, found = start.outcome, None
    for link in links:
        if link.outcome is None:
            break
        by = link.step.operands or symbols(before.computed)
        if link.step.operation in ("gradient", "jacobian"):
            paths = [(*path, name) for path in paths for name in by]
        elif link.step.operation == "hessian":
            paths = [(first, second) for first in by for second in by]
        elif link.step.operation == "solve":
            found = [f"root {k}" for k in range(1, len(link.outcome.computed.names) + 1)]
        before = link.outcome
    return tuple(found or map(_label, paths))


def _label(path: Sequence[str]) -> str:
    if not path:
        return "value"
    power = "" if len(path) == 1 else superscripted(len(path))
    below = f"∂{path[0]}{power}" if len(set(path)) == 1 else "".join(f"∂{name}" for name in path)
    return f"∂{power}/{below}"


@st.fragment(run_every=0.1)
def progress(doing: str, steps: Sequence[Step]) -> None:
    """A sign that a step is at work, with a button that cancels it; the page runs anew once it has ended."""
    at_work: tuple[str, Task[Outcome]] | None = st.session_state.get(_AT_WORK)
    if at_work is None or at_work[1].done:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(escape(f"Working: {doing}. It is stopped after {budget.SECONDS:g} seconds."))
        st.button("Cancel", icon=":material/close:", on_click=cancel, args=(steps,), key="cancel step")
