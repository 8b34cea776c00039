"""The page /objective: a loss by its raw score, live; what somebody wrote for it, checked; and files that train with it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from explorer.core.losses import Loss
from explorer.core.objective import objective
from explorer.live import echo, live
from explorer.pages import alert, controls, head, share
from explorer.pages.losses import own as own_loss
from explorer.pages.objective import training
from explorer.views import objective as views
from explorer.views.fields import Number
from explorer.views.losses.own import Own
from explorer.views.objective import State, fields, pasted
from explorer.views.objective.fields import BOOSTING, CHOSEN, GRADIENT, HESSIAN, LEAST, PULL, TITLES, TRAINING, TYPED

ACROSS = 3
"""How many sliders stand side by side."""
HIGH = 110
"""Of a field for a formula, in pixels."""


def show() -> None:
    """Ask for a loss and a link, then show both live."""
    head.show(
        "Objective",
        "What boosting trains by: gradient and Hessian of a loss by the raw score, and whether yours are right. "
        "Try first: write *t - p* for your gradient, and read what is wrong with it.",
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        chosen = controls.choice(CHOSEN, width=320)
        text = controls.text(TYPED, placeholder="log(1 + exp(-y*f))", width=320)
    typed = own_loss.ask(text, fields.loss_of)
    link = controls.choice(fields.links(_loss(chosen, typed)))
    _live(chosen, typed, link)


def _loss(chosen: str, typed: Own | None) -> Loss:
    return fields.loss_of(typed) if typed else TITLES[chosen]


@echo.alone
def _live(chosen: str, typed: Own | None, link: str) -> None:
    """What a slider changes. Streamlit runs only this when one moves."""
    loss = _loss(chosen, typed)
    own = objective(loss, link)
    values = _sliders(list(fields.numbers(own).values()))
    above, yours = st.container(), st.container()
    with yours:
        gradient, hessian = _pasted()
        for _, sentence in pasted.refusals(own, gradient, hessian):
            alert.error(sentence)
    boosting = controls.expander(BOOSTING, ":material/account_tree:")
    trained = controls.expander(TRAINING, ":material/model_training:")
    state = State(chosen, typed, link, values, gradient, hessian, bool(boosting.open), training=bool(trained.open))
    if boosting.open:
        with boosting:
            state = _remedies(state)
    if trained.open:
        with trained:
            state = training.ask(state)
    view = views.view(state)
    with above:
        live.disagreements(view)
        with st.container(key="chart-and-numbers"):
            live.text(view, "numbers")
            live.chart(view, "chart")
            live.text(view, "formulas")
    if "verdicts" in view.texts:
        with yours:
            live.text(view, "verdicts")
            live.chart(view, "yours")
    if boosting.open:
        with boosting:
            live.text(view, "remedies-table")
            live.chart(view, "remedies")
    if trained.open:
        with trained:
            training.show(state)
    share.show(view)
    echo.listen()


def _sliders(asked: list[Number]) -> tuple[float, ...]:
    """Row by row, so that they keep their order where a phone shows them below each other."""
    values = []
    for k in range(0, len(asked), ACROSS):
        for place, field in zip(st.columns(min(ACROSS, len(asked)), gap="medium"), asked[k : k + ACROSS], strict=False):
            with place:
                values.append(controls.slider(field))
    return tuple(values)


def _pasted() -> tuple[str, str]:
    """What somebody has written by hand."""
    st.markdown("## Yours, checked")
    left, right = st.columns(2, gap="medium")
    with left:
        gradient = controls.area(GRADIENT, height=HIGH, placeholder="p - t")
    with right:
        hessian = controls.area(HESSIAN, height=HIGH, placeholder="p*(1 - p)")
    return gradient, hessian


def _remedies(state: State) -> State:
    left, right = st.columns(2, gap="medium")
    with left:
        least = controls.slider(LEAST)
    with right:
        pull = controls.slider(PULL)
    return replace(state, log_least=least, reg_lambda=pull)
