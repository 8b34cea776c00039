"""The descent of /network: what is asked, the way down, and what there is to see of it besides the surface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import streamlit as st

from explorer.core import landscape
from explorer.core.checks import FloatArray
from explorer.core.landscape import RULES, STEPS, Descent
from explorer.core.network import Loss, Network
from explorer.figures.network import history_figure
from explorer.live.live import live_chart
from explorer.live.markup import format_number
from explorer.pages import address, controls, link
from explorer.pages.network_weights import Weights

PAUSE = 0.4
"""Seconds between the steps of a run."""
STRIDE, RUN = 20, 1000
"""How many steps are taken at once, and how many by one run."""
_UNTIL = "_descent_until"
_BLOCK = 200

Data = tuple[FloatArray, FloatArray]


@dataclass(frozen=True)
class Plan:
    """How the weights go down: a rule in RULES, its learning rate, the steps taken so far, and whether to compare."""

    rule: str
    rate: float
    steps: int
    versus: bool


def running() -> bool:
    """Whether the weights go down by themselves now."""
    return _UNTIL in st.session_state


def stop() -> None:
    """Let the weights stand."""
    st.session_state.pop(_UNTIL, None)


def ask() -> Plan:
    """The rule of descent and its learning rate, the buttons, and the steps so far."""
    if running():
        _go(STRIDE)
    rule = controls.choice("Rule", "rule", list(RULES))
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        rate = st.number_input(
            "Learning rate", 1e-6, 1e6, 0.5, step=0.1, key="rate", bind="query-params", format="%g", width=140
        )
        st.button("Step", on_click=_go, args=(1,))
        st.button("10 steps", on_click=_go, args=(10,))
        label = "Stop" if running() else "Run"
        if st.button(label, icon=":material/stop:" if running() else ":material/play_arrow:", key="run", on_click=_run):
            st.rerun()
        st.button("To the start", on_click=address.put, args=("steps", ""), disabled=not taken())
    link.explain("rate", rate, "a number from 1e-06 to 1e+06")
    if running():
        until = st.session_state[_UNTIL]
        st.progress(min(1.0, 1 - (until - taken()) / RUN), text=f"Step {taken()} of {until}")
        if taken() >= until:
            stop()
            st.rerun()
    versus = controls.toggle("Beside the other loss", "versus", "Go down cross-entropy and squared error from the same start.")
    return Plan(rule, rate, taken(), versus)


def taken() -> int:
    """Return how many steps the address says were taken; 0 if it says none that can be."""
    text = st.query_params.get("steps", "0")
    return min(int(text), STEPS) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _go(count: int) -> None:
    address.put("steps", str(min(taken() + count, STEPS)))


def _run() -> None:
    if running():
        stop()
    else:
        st.session_state[_UNTIL] = min(taken() + RUN, STEPS)


def at_start(plan: Plan) -> Plan:
    """Return a plan of which no step was taken."""
    return replace(plan, steps=0)


def way(network: Network, start: Weights, data: Data, plan: Plan) -> Descent:
    """Return the way down from the start with the plan's steps."""
    x, t = data
    ahead = min(-(-plan.steps // _BLOCK) * _BLOCK, STEPS)  # so that the next steps are there already
    whole = _descend(network, tuple(start.items()), x.tobytes(), t.tobytes(), len(x), plan.rule, plan.rate, ahead)
    end = plan.steps + 1
    stopped = whole.stopped if whole.stopped and whole.stopped.step <= plan.steps else None
    return Descent(whole.weights[:end], whole.loss[:end], whole.gradient_norm[:end], stopped)


@lru_cache(maxsize=32)
def _descend(
    network: Network, start: tuple[tuple[str, float], ...], x: bytes, t: bytes, rows: int, rule: str, rate: float, steps: int
) -> Descent:
    features, targets = (np.frombuffer(data).reshape(rows, -1) for data in (x, t))
    return landscape.descend(network, dict(start), features, targets, rule=rule, rate=rate, steps=steps)


def other(network: Network) -> Network | None:
    """Return the same network with the other of cross-entropy and squared error; None where a sigmoid has not both."""
    losses: dict[Loss, Loss] = {"binary": "squared", "squared": "binary"}
    return replace(network, loss=losses[network.loss]) if network.output == "sigmoid" else None


NAMES: dict[Loss, str] = {"binary": "cross-entropy", "squared": "squared error"}


def compared(network: Network, start: Weights, path: Descent, data: Data, plan: Plan) -> dict[str, Descent]:
    """Return the way, and beside it that of the other loss if asked for, each by its loss's name."""
    paths = {NAMES.get(network.loss, "loss"): path}
    rival = other(network) if plan.versus else None
    if rival is not None:
        paths[NAMES[rival.loss]] = way(rival, start, data, plan)
    return paths


def report(plan: Plan, paths: Mapping[str, Descent]) -> None:
    """How far the way has come, and whether the learning rate is too large."""
    if plan.versus and len(paths) == 1:
        st.markdown("The other loss is there for a sigmoid output.")
    for path in paths.values():
        _say(path, plan)
    for name, path in paths.items():
        if len(path.loss) and plan.steps:
            norm, loss = format_number(float(path.gradient_norm[-1]), 4), format_number(float(path.loss[-1]), 6)
            which = f" of {name}" if len(paths) > 1 else ""
            st.markdown(f"Step {len(path.loss) - 1}{which}: loss {loss}, gradient norm {norm}.")


def history(network: Network, paths: Mapping[str, Descent]) -> None:
    """The loss at each step."""
    live_chart(
        history_figure(paths),
        network.program(),
        key="history-chart",
        values={},
        writes=False,
        filename="network-descent",
        alt="The loss at each step of the descent",
    )


def _say(path: Descent, plan: Plan) -> None:
    """Say that a learning rate is too large, if the way shows it."""
    if path.stopped is not None:
        step, name = path.stopped.step, path.stopped.name
        if step == 0:
            st.error(f"The weights at the start must give a finite loss; {name} is not finite.")
            return
        st.error(
            f"The learning rate must be smaller than {plan.rate:g} here: step {step} makes {name} infinite. "
            f"The way ends at step {step - 1}."
        )
    elif len(path.loss) > 1 and path.loss[-1] > 2 * path.loss[0]:
        first, end = (format_number(float(path.loss[k]), 4) for k in (0, -1))
        st.warning(f"The loss rose from {first} to {end}: a learning rate of {plan.rate:g} is too large here.")
