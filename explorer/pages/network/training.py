"""The descent of /network: what is asked, and a run that goes on by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import streamlit as st

from explorer.core.landscape import STEPS, Descent
from explorer.core.network import Network
from explorer.live import echo
from explorer.live.live import next_turn, uncut
from explorer.pages import controls
from explorer.pages.network.setting import RUN_ASKED
from explorer.views.network.descent import RATE, RULE, TAKEN, VERSUS, Plan
from explorer.views.network.remark import Remark
from explorer.views.network.weights import Weights

PAUSE = 0.1
"""Seconds between two pictures of a run."""
STRIDE, RUN = 20, 1000
"""How many steps are taken at once, and how many by one run."""
_RUN = "_descent_run"


@dataclass(frozen=True)
class _Run:
    """A way down that goes on by itself: its network and start, how far it is and how far it is to go."""

    network: Network
    start: Weights
    at: int
    until: int


def _run() -> _Run | None:
    found: _Run | None = st.session_state.get(_RUN)
    return found


def stop() -> None:
    """End a run whose way is left: other weights take its place."""
    st.session_state.pop(_RUN, None)


def _halt() -> None:
    """Let a run go no further: the next run of the script is its last."""
    if run := _run():
        st.session_state[_RUN] = replace(run, until=run.at)


def ask(network: Network, start: Weights) -> Plan:
    """The rule of descent and its learning rate, the buttons, and the steps so far."""
    echo.hold("steps")
    if st.session_state.get(RUN_ASKED):
        at = controls.whole_now(TAKEN)
        st.session_state[_RUN] = _Run(network, start, at, min(at + RUN, STEPS))
        st.session_state[RUN_ASKED] = False
    run = _run()
    if run and (run.network, run.start) != (network, start):
        stop()
        run = None
    going = run is not None and run.at < run.until
    if run:
        echo.put("steps", str(run.at))
    rule = controls.choice(RULE)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        rate = controls.typed(RATE, width=140)
        steps = controls.whole(TAKEN, disabled=going, width=140)
    echo.follow("steps")
    if run and steps != run.at:  # a step through the browser's history leads away from the run
        stop()
        st.rerun()
    with st.container(horizontal=True, gap="small"):
        full = steps >= STEPS
        st.button("Step", on_click=uncut(_go), args=(1,), disabled=going or full)
        st.button("10 steps", on_click=uncut(_go), args=(10,), disabled=going or full)
        if going:
            st.button("Stop", icon=":material/stop:", key="stop", on_click=uncut(_halt))
        else:
            st.button("Run", icon=":material/play_arrow:", key="run", on_click=uncut(_begin), disabled=full)
        st.button("To the start", on_click=uncut(_go), args=(-STEPS,), disabled=going or not steps)
    progress = st.empty()
    if run and going:
        progress.progress(max(0.0, 1 - (run.until - run.at) / RUN), text=f"Step {run.at} of {run.until}")
    return Plan(rule, rate, steps, controls.toggle(VERSUS))


def go_on(path: Descent) -> None:
    """Take a run's next steps once the browser has drawn these; call it at the page's end."""
    run = _run()
    if run is None:
        return
    if run.at >= run.until:
        stop()
        return
    if path.stopped is not None:
        _halt()
    next_turn(run.at, key="turns", pause=PAUSE, on_turn=_advance)


def _advance(turn: int) -> None:
    run = _run()
    if run and run.at == turn:
        st.session_state[_RUN] = replace(run, at=min(run.at + STRIDE, run.until))


def _go(steps: int) -> None:
    """Go some steps further, or back."""
    echo.hold("steps")
    echo.put("steps", str(min(max(controls.whole_now(TAKEN) + steps, 0), STEPS)))


def _begin() -> None:
    st.session_state[RUN_ASKED] = True  # from where, the next run of the script knows: a weight may have moved since the last


def say(remarks: Iterable[Remark]) -> None:
    """Show sentences, those that warn in a box."""
    shows: dict[str, Callable[[str], object]] = {"": st.markdown, "warning": st.warning, "error": st.error}
    for remark in remarks:
        shows[remark.kind](remark.sentence)
