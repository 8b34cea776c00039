"""What /rows asks beside its pictures, and where the parts of the view stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.live import echo, live
from explorer.pages import controls
from explorer.rows import Report
from explorer.rows.export import losses_csv
from explorer.rows.spec import Layout
from explorer.views.rows import State, fields
from explorer.views.rows.fields import BIN, BINS, CLASSES, LARGEST, LIBRARIES, OF_A_BIN, TEMPERATURE, TOGETHER, WEIGH, WORST
from explorer.views.view import View

SAVED = 1_000_000
"""The most rows that are saved through a browser."""
PAIRS = (("classes-confusion", "classes-loss"), ("classes-roc", "classes-precision"))
"""The charts of classes, as they stand beside each other; the last two are of two classes."""
Places = dict[str, DeltaGenerator]
"""Key of a text or chart -> where it stands."""


def loss(layout: Layout) -> tuple[str, tuple[float, ...]]:
    """Ask for the loss, and for its parameters; return its title, "" for the usual one, and their numbers."""
    known = fields.losses(layout)
    title = controls.choice(known)
    sliders = fields.parameters(fields.chosen(layout, title))
    return "" if title == known.default else title, tuple(map(controls.slider, sliders.values()))


def rest(state: State, places: Places) -> State:
    """Ask for all that stands below the first numbers; return the state with it, and note where the parts stand."""
    if state.rows.layout.classes:
        left, right = st.columns(2, gap="large")
        with left:
            bins = controls.slider(BINS)
            with left.container():
                live.live_text("<p>Click a bin: the table below shows its rows.</p>", key="click-a-bin")
            places["reliability-chart"] = left.container()
            places["calibration"] = left.container()
        with right:
            temperature = controls.slider(TEMPERATURE)
            for key in ("temperature", "temperature-chart", "at-temperature"):
                places[key] = right.container()
        state = replace(state, bin_count=bins, temperature=temperature)
    st.subheader("Rows to look at")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        worst = controls.choice(fields.worst(state.rows.layout))
        splits = fields.split(state.rows.layout)
        split = controls.choice(splits) if worst == LARGEST and splits.options[1:] else TOGETHER
        number = controls.whole(BIN) if worst == OF_A_BIN else BIN.default
        places["save"] = st.container()
    places["worst-table"] = st.container()
    state = replace(state, worst=worst, split=split, bin=number)
    if state.rows.layout.classes:
        classes = controls.expander(CLASSES, ":material/category:")
        weigh = controls.expander(WEIGH, ":material/balance:")
        libraries = controls.expander(LIBRARIES, ":material/library_books:")
        state = replace(state, classes=bool(classes.open), weigh=bool(weigh.open), libraries=bool(libraries.open))
        places |= {"weighing-table": weigh, "libraries-table": libraries}
        places |= dict.fromkeys(("classes-table", "groups-table"), classes.container())
        for pair in PAIRS if state.classes else ():
            places |= dict(zip(pair, classes.columns(2, gap="large"), strict=True))
    return state


def show(view: View, places: Places, shown: set[str]) -> None:
    """Show the parts of a view in their places, but those that are shown already."""
    for key in view.texts:
        if key not in shown:
            with places[key]:
                live.text(view, key)
    for key in (chart.key for chart in view.charts):
        if key not in shown:
            with places[key]:
                live.chart(view, key, on_commit=_choose_bin if key == "reliability-chart" else None)
    shown |= {*view.texts, *(chart.key for chart in view.charts)}


def _choose_bin(moved: Mapping[str, float]) -> None:
    """Have the table show the rows of the bin that a hand has chosen on the chart."""
    if BIN.name in moved:
        chosen = {WORST: OF_A_BIN, BIN.name: str(int(moved[BIN.name]))}
        for name, value in chosen.items():
            echo.told().put(name, st.session_state.get(name), value)
        controls.set_later(**chosen)


def save(report: Report, places: Places) -> None:
    """A button that saves the loss of every row, of so many as a browser can take."""
    if report.count <= SAVED:
        places["save"].download_button(
            "Losses of all rows, CSV",
            partial(losses_csv, report),
            file_name="losses.csv",
            mime="text/csv",
            icon=":material/download:",
            help="Every row that counts with its loss.",
            on_click="ignore",
        )
