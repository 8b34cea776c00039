"""The page /network: the loss of a small network as a function of every weight, live."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from explorer.live import echo, live
from explorer.live.diagram import diagram
from explorer.pages import controls, head, share
from explorer.pages.network import charts, formula, setting, training, weights
from explorer.views.network.charts import has_history, surface_key
from explorer.views.network.moment import Moment
from explorer.views.network.rows import EXAMPLE
from explorer.views.network.state import AROUND, TABLE_OF_WEIGHTS, State, start_of
from explorer.views.network.weights import shown_weights
from explorer.views.network.whole import shown


def show() -> None:
    """Ask what to show, then show it live."""
    head.show(
        "Network",
        "The loss of a small network as a function of every weight: drag one, or let it learn. "
        "Try first: press *Run* under Descent and watch all pictures move.",
        on_reset=training.stop,
    )
    asked = setting.ask()
    with st.spinner("Working out this network's formulas and gradient …"):  # a large one takes seconds at first
        _live(asked)


@echo.alone
def _live(asked: State) -> None:
    """What a slider changes. Streamlit runs only this when one moves.

    Controls are asked before what depends on them is computed, so each has its place on the page set apart first.
    """
    network = asked.network
    with st.container(key="network-columns"):
        left, right = st.columns([1, 2], gap="large")
    with left:
        picture, texts, sliders, example = (st.container() for _ in range(4))
    with right:
        axes, pictures, descent = (st.container(key=f"network-{part}") for part in ("axes", "charts", "descent"))
    around = controls.expander(AROUND, ":material/landscape:")
    table = controls.expander(TABLE_OF_WEIGHTS, ":material/table:")
    below = st.container()
    with example:
        if asked.data == EXAMPLE:
            asked = replace(asked, example=setting.ask_example(network))
        else:
            asked = replace(asked, row=setting.ask_row(asked))
    with descent:
        st.subheader("Descent")
        report, history = st.columns(2)
    start = weights.start(asked)
    with report:
        plan = training.ask(network, start)
    chosen = weights.chosen(network)
    with axes:
        along, across, surface = weights.ask_axes(network, chosen)
    asked = replace(asked, plan=plan, chosen=chosen, along=along, across=across, surface=surface)
    now = Moment(replace(asked, start=start_of(network, asked.seed, start))).weights
    names = shown_weights(network, chosen, along, across)
    moved = weights.take(asked, now, names)
    if moved != now:
        training.stop()
        start = now = moved
    with sliders:
        weights.ask(network, now, names)
    with below:
        asked = formula.ask(asked)
    asked = replace(asked, start=start_of(network, asked.seed, start))
    asked = replace(asked, around=bool(around.open), table_of_weights=bool(table.open))
    moment = Moment(asked)
    view = shown(moment)
    with picture:
        diagram(view, on_choose=partial(weights.choose, network))
    with texts:
        live.text(view, "readouts")
        live.disagreements(view)
    with report:
        training.say(moment.report)
    if has_history(moment):
        with history:
            live.chart(view, "history-chart")
    with pictures:
        charts.show(view, surface_key(moment))
    if asked.around:
        with around:
            charts.show_around(view)
    if asked.table_of_weights:
        with table:
            weights.ask_all(asked, now)
    with below:
        formula.show(moment, view)
        formula.file()
    share.show(view)
    training.go_on(moment.path)
    echo.listen()
