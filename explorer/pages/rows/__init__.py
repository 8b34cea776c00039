"""The page /rows: somebody's own predictions and targets, taken apart; or made-up ones to try."""

from __future__ import annotations

import streamlit as st

from explorer.live import echo
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
    places: asking.Places = {}
    with recognised:
        places["recognised-table"] = st.container()
        columns = source.ask_columns(given.layout)
    rows, columns = source.lay_out(given, columns)
    note = st.container()
    numbers, pictures = st.columns([2, 3], gap="large")
    places |= dict.fromkeys(("distribution-chart", "nothing"), pictures)
    below = st.container()
    with numbers:
        loss, values = asking.loss(rows.layout)
        places |= dict.fromkeys(("summary", "carried"), st.container())
        place = controls.slider(fields.threshold(rows.layout))
        places["beyond"] = st.container()
    files = () if data else source.names()
    state = State(
        rows, data, columns, loss, values, place=place, recognised=bool(recognised.open), files=files,
        here="" if data else source.chosen_here(),
    )  # fmt: skip
    with below:
        state = asking.rest(state, places)
    shown: set[str] = set()
    with note, st.spinner("Counting …"):
        for view in counting.growing(state):
            asking.show(view, places, shown)
    if "nothing" not in view.texts and rows.count <= asking.SAVED:  # of more, nothing waits here for all to be counted
        asking.save(report(rows, state.chosen, state.numbers), places)
    share.show(view)
    echo.listen()
