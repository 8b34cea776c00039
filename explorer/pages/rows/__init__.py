"""The page /rows: somebody's own predictions and targets, taken apart; or made-up ones to try."""

from __future__ import annotations

import streamlit as st

from explorer.live import echo, live
from explorer.pages import address, controls, head, share
from explorer.pages.rows import asking, counting, source
from explorer.rows import Rows
from explorer.views.rows import State, fields
from explorer.views.rows.data import report


def show() -> None:
    """Ask for rows, then show them live."""
    head.show(
        "Rows",
        "Your own predictions and targets, taken apart: which rows carry the loss, whether probabilities mean what they say. "
        "Try first: drag the temperature until the bins lie on the diagonal.",
    )
    opened = source.ask()
    if opened:
        _live(*opened)
    else:
        address.keep_controls()
        echo.listen()


@echo.alone
def _live(given: Rows, data: str) -> None:
    """What a control changes. Streamlit runs only this when one does."""
    recognised = controls.expander(fields.RECOGNISED, ":material/fact_check:")
    with recognised:
        reasons = st.container()
        columns = source.ask_columns(given.layout)
    rows, columns = source.lay_out(given, columns)
    note = st.container()
    numbers, pictures = st.columns([2, 3], gap="large")
    below = st.container()
    with numbers:
        loss, values = asking.loss(rows.layout)
        readouts = st.container()
        place = controls.slider(fields.threshold(rows.layout))
        beyond = st.container()
    files = () if data else source.names()
    state = State(
        rows, data, columns, loss, values, place=place, recognised=bool(recognised.open), files=files,
        here="" if data else source.chosen_here(),
    )  # fmt: skip
    with below:
        state, places = asking.rest(state)
    with note:
        view = counting.view(state)
    if recognised.open:
        with reasons:
            live.text(view, "recognised-table")
    if "nothing" in view.texts:
        with pictures:
            live.text(view, "nothing")
    else:
        with readouts:
            live.text(view, "summary")
        with beyond:
            live.text(view, "beyond")
        with pictures:
            live.chart(view, "distribution-chart")
        asking.show(view, places)
        asking.save(report(rows, state.chosen, state.numbers), places)
    share.show(view)
    echo.listen()
