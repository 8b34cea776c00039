"""The descent of /network: what is asked, the way down, and what there is to see of it besides the surface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import streamlit as st

from explorer.core import landscape
from explorer.core.checks import FloatArray
from explorer.core.digits import format_number
from explorer.core.landscape import RULES, STEPS, Descent, Measures
from explorer.core.network import Loss, Network
from explorer.figures.network import comparison_figure, history_figure
from explorer.live import echo
from explorer.live.live import live_chart, next_turn, uncut
from explorer.pages import old_controls as controls
from explorer.pages.network_setting import RUN_ASKED
from explorer.pages.network_weights import Weights

PAUSE = 0.1
"""Seconds between two pictures of a run."""
RATES = (1e-6, 1e6)
STRIDE, RUN = 20, 1000
"""How many steps are taken at once, and how many by one run."""
_RULE = "How a step follows from the slope: straight down, with momentum, or as Adam, which suits each weight's step to it."
_RATE = "How far a step goes for each unit of slope: too small is slow, too large jumps over the valley."
_STEPS = "How many steps have been taken from the start; a smaller number goes back."
_RUN = "_descent_run"
_BLOCK = 200

Data = tuple[FloatArray, FloatArray]


@dataclass(frozen=True)
class Plan:
    """How the weights go down: a rule in RULES, its learning rate, the steps taken so far, and whether to compare."""

    rule: str
    rate: float
    steps: int
    versus: bool


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
        at = controls.whole_now("steps", 0, STEPS, 0)
        st.session_state[_RUN] = _Run(network, start, at, min(at + RUN, STEPS))
        st.session_state[RUN_ASKED] = False
    run = _run()
    if run and (run.network, run.start) != (network, start):
        stop()
        run = None
    going = run is not None and run.at < run.until
    if run:
        echo.put("steps", str(run.at))
    rule = controls.choice("Rule", "rule", list(RULES), help=_RULE)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        rate = controls.field("rate", "Learning rate", *RATES, 0.5, width=140, help=_RATE)
        steps = controls.whole("steps", "Steps", 0, STEPS, 0, disabled=going, width=140, help=_STEPS)
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
    versus = controls.toggle(
        "Compare both losses",
        "versus",
        help="Train on cross-entropy, and on squared error from the same start; measure both alike. For a sigmoid output.",
    )
    return Plan(rule, rate, steps, versus)


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
    echo.put("steps", str(min(max(controls.whole_now("steps", 0, STEPS, 0) + steps, 0), STEPS)))


def _begin() -> None:
    st.session_state[RUN_ASKED] = True  # from where, the next run of the script knows: a weight may have moved since the last


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
    """Return the way, and beside it that of the other loss if asked for, each by the loss that it is trained on."""
    paths = {NAMES.get(network.loss, "loss"): path}
    rival = other(network) if plan.versus else None
    if rival is not None:
        paths[NAMES[rival.loss]] = way(rival, start, data, plan)
    return paths


def measured(network: Network, paths: Mapping[str, Descent], data: Data) -> dict[str, Measures]:
    """Return what ways are worth that are compared, measured alike; nothing for one way alone."""
    x, t = data
    if len(paths) == 1:
        return {}
    return {name: _measured(network, path.weights.tobytes(), x.tobytes(), t.tobytes(), len(x)) for name, path in paths.items()}


@lru_cache(maxsize=4)
def _measured(network: Network, path: bytes, x: bytes, t: bytes, rows: int) -> Measures:
    features, targets = (np.frombuffer(data).reshape(rows, -1) for data in (x, t))
    return landscape.measures(network, np.frombuffer(path).reshape(-1, len(network.weights)), features, targets)


def report(plan: Plan, paths: Mapping[str, Descent], found: Mapping[str, Measures]) -> None:
    """How far the way has come, and whether the learning rate is too large."""
    if plan.versus and len(paths) == 1:
        st.markdown("Both losses need a sigmoid output: choose binary cross-entropy, or squared error of sigmoid.")
    for name, path in paths.items():
        _say(path, plan, f" on the {name}" if found else "")
    for name, path in paths.items():
        if not (len(path.loss) and plan.steps):
            continue
        step = len(path.loss) - 1
        if name in found:
            right, surprise = (format_number(float(n[-1]), 4, trim=True) for n in (found[name].right, found[name].surprise))
            st.markdown(f"Trained on {name}, step {step}: share right {right}, −ln p of the true class {surprise}.")
        else:
            norm, loss = format_number(float(path.gradient_norm[-1]), 4), format_number(float(path.loss[-1]), 6)
            st.markdown(f"Step {step}: loss {loss}, gradient norm {norm}.")


def history(network: Network, paths: Mapping[str, Descent], found: Mapping[str, Measures]) -> None:
    """The loss at each step; of ways that are compared what they are worth."""
    alike = {name: found[name] for name, path in paths.items() if name in found and len(path.loss)}
    live_chart(
        comparison_figure(alike) if alike else history_figure(next(iter(paths.values()))),
        network.program(),
        key="history-chart",
        values={},
        writes=False,
        title="Two descents, measured alike" if alike else "Loss at each step",
        filename="network-descent",
        alt="Both descents measured alike, step by step" if alike else "The loss at each step of the descent",
    )


def _say(path: Descent, plan: Plan, which: str) -> None:
    """Say that a learning rate is too large, if the way shows it; which names the way where there are two."""
    if path.stopped is not None:
        step, name = path.stopped.step, path.stopped.name
        if step == 0:
            st.error(f"The weights at the start must give a finite loss; {name}{which} is not finite.")
            return
        st.error(
            f"The learning rate must be smaller than {plan.rate:g} here: step {step}{which} makes {name} infinite. "
            f"The way ends at step {step - 1}."
        )
    elif len(path.loss) > 1 and path.loss[-1] > 2 * path.loss[0]:
        first, end = (format_number(float(path.loss[k]), 4) for k in (0, -1))
        st.warning(f"The loss{which} rose from {first} to {end}: a learning rate of {plan.rate:g} is too large here.")
