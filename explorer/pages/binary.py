"""The page /binary: binary cross-entropy, live."""

from __future__ import annotations

import streamlit as st

from explorer.core.batch import CERTAIN
from explorer.live import echo, live
from explorer.pages import controls, head, share
from explorer.views import binary
from explorer.views.binary import AXES, BY, LOG, OTHER, PREDICTIONS, SQUARED, TARGET, State


def show() -> None:
    """Ask what to show, then show it live."""
    head.show(
        "Binary cross-entropy",
        "How far the prediction of one yes-or-no event is from what happened. "
        "Try first: drag *Prediction p* towards 0, then switch on *Squared error* and compare the slopes.",
    )
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        by = controls.choice(BY, _convert)
        other, squared, log = map(controls.toggle, (OTHER, SQUARED, LOG))
    _live(by, other, squared, log)


@echo.alone
def _live(by: str, other: bool, squared: bool, log: bool) -> None:
    """What a slider changes: chart, numbers, worked formula and libraries. Streamlit runs only this when one moves."""
    left, right = st.columns(2, gap="large")
    with left:
        prediction = controls.number(PREDICTIONS[AXES[by]])
    with right:
        target = controls.number(TARGET)
    view = binary.view(State(by, prediction, target, other, squared, log))
    live.disagreements(view)
    with st.container(key="chart-and-numbers"):
        live.text(view, "numbers")
        live.chart(view, "chart")
        live.text(view, "formulas")
    live.text(view, "libraries")
    share.show(view)
    echo.listen()


def _convert() -> None:
    """Keep the point in place when the prediction changes between probability and logit."""
    to = AXES[st.session_state["by"]]
    before = PREDICTIONS["p" if to == "z" else "z"]
    value = binary.converted(State(next(by for by in AXES if AXES[by] == before.name), controls.now(before)), to)
    controls.set_later(**controls.at(PREDICTIONS[to], min(max(value, -CERTAIN), CERTAIN)))
