"""The page /categorical: cross-entropy of several classes, live."""

from __future__ import annotations

from functools import partial

import streamlit as st

from explorer.live import echo, live
from explorer.live.table import editable_table
from explorer.pages import address, controls, file, head, link, share
from explorer.pages.categorical import batch
from explorer.pages.categorical.example import ask_example, ask_options
from explorer.pages.categorical.setting import ask
from explorer.views import categorical
from explorer.views.categorical import State, fields
from explorer.views.categorical.state import NO_ROOM, Setting


def show() -> None:
    """Ask what to show, then show it live."""
    head.show(
        "Categorical cross-entropy",
        "How far a prediction over several classes is from the class that happened, and what each class adds to the loss. "
        "Try first: drag a slider, or the point in the triangle.",
    )
    row, place = st.container(horizontal=True, gap="medium", vertical_alignment="bottom"), st.container()
    with row:
        setting = ask(place)
    _live(setting)


@echo.alone
def _live(setting: Setting) -> None:
    """What a slider changes. Streamlit runs only this when one moves."""
    stored = batch.stored(setting.layout)
    with st.container(key="side-by-side"):
        asked, told, drawn = st.columns([10, 11, 11], gap="medium")
    with asked.container(key="sliders", gap="small"):
        prediction, target = ask_example(setting, stored)
        scalars, weights = ask_options(setting)
    row = fields.Row(len(stored.cells))
    link.explain(row.name, stored.chosen + 1, row.allowed)
    left, right = st.columns([3, 4], gap="large")
    with left:
        along = setting.names.index(controls.choice(fields.along(setting.names))) + 1
    view = categorical.view(State(setting, stored.cells, stored.chosen, prediction, target, scalars, weights, along))
    live.disagreements(view)
    with told:
        live.text(view, "numbers")
        if setting.has_triangle:
            live.chart(view, "triangle-chart")
    with drawn:
        live.chart(view, "classes-chart")
    with left:
        live.chart(view, "slice-chart")
        if setting.has_triangle:
            live.text(view, "by-class")
    with right:
        live.text(view, "formulas")
    live.text(view, "batch-title")
    if view.table:
        editable_table(view.table, on_action=partial(batch.act, setting.layout))
    _file()
    live.text(view, "reductions")
    live.text(view, "libraries")
    share.show(view)
    echo.listen()


def _file() -> None:
    """The whole view as a file, to save and to open; the only way to keep a long batch."""
    left_out = address.left_out("batch")
    text = address.long_text("batch") if left_out else ""
    if text:
        st.warning(
            f"This batch is too long for a link, with over {address.LONGEST_IN_LINK:,} characters: "
            "save the view as a file instead."
        )
    elif left_out:
        st.warning(NO_ROOM)
    with st.popover("Save or open a file", icon=":material/save:"):
        file.save("categorical", text)
        opened = file.ask("categorical")
    if opened:
        address.keep_long("batch", opened[1])
        file.show(opened[0])
