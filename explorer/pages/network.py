"""The page /network: the loss of a small network as a function of every weight, live."""

from __future__ import annotations

from functools import partial

import streamlit as st

from explorer.core import dense
from explorer.live import echo
from explorer.live.diagram import network_diagram
from explorer.live.live import live_text
from explorer.pages import (
    head,
    network_charts,
    network_formula,
    network_moment,
    network_picture,
    network_setting,
    network_text,
    network_training,
)
from explorer.pages import network_weights as weights
from explorer.pages.network_moment import Moment
from explorer.pages.network_setting import Setting
from explorer.views.diagram import Diagram


def show() -> None:
    """Ask what to show, then show it live."""
    head.show(
        "Network",
        "The loss of a small network as a function of every weight: drag one, or let it learn. "
        "Try first: press *Run* under Descent and watch all pictures move.",
        on_reset=network_training.stop,
    )
    setting = network_setting.ask()
    with st.spinner("Working out this network's formulas and gradient …"):  # a large one takes seconds at first
        _live(setting)


@st.fragment
def _live(setting: Setting) -> None:
    """What a slider changes. Streamlit runs only this when one moves.

    Controls are asked before what depends on them is computed, so each has its place on the page set apart first.
    """
    echo.catch_up("seed")
    network = setting.network
    left, right = st.columns([1, 2], gap="large")
    with left:
        picture, texts, sliders, asked = (st.container() for _ in range(4))
    with right:
        axes, charts, training = st.container(), st.container(), st.container()
    with asked:
        example = network_setting.ask_example(network) if setting.x is None else {}
        place = None if setting.x is None else network_setting.ask_row(len(setting.x))
    data = network_moment.data(setting, example)
    with training:
        st.subheader("Descent")
        report, history = st.columns(2)
    start = weights.start(setting)
    with report:
        plan = network_training.ask(network, start)
    chosen = weights.chosen(network)
    with axes:
        along, across, solid = weights.ask_axes(network, chosen)
    shown = tuple(dict.fromkeys((*weights.weights_of(network, chosen), along, across)))
    path = network_training.way(network, start, data, plan)
    now = dense.named(network, path.weights[-1]) if len(path.weights) else start
    moved = weights.take(setting, now, shown)
    if moved != now:
        network_training.stop()
        start = now = moved
        path = network_training.way(network, start, data, plan)
    with sliders:
        weights.ask(network, now, shown)
    moment = Moment(setting, example, place, along, across, now, path)
    moment.check()
    with picture:
        units, edges = network_picture.picture(network, place)
        numbers = tuple(
            tuple((moment.numbers.mean if one.row is None else moment.numbers.row)[one.quantity] for one in shown)
            for shown in (*(unit.shown for unit in units), *(edge.shown for edge in edges))
        )
        label = f"Network of {'-'.join(map(str, network.sizes))} units: edges are weights, circles activations"
        diagram = Diagram("diagram", label, units, edges, chosen, numbers)
        network_diagram(diagram, on_choose=partial(weights.choose, network))
    with texts:
        rows = 0 if setting.x is None else len(setting.x)
        readouts = network_text.readouts(network, moment.numbers, rows)
        live_text(readouts + network_text.against(network, moment.numbers), key="readouts")
    paths = network_training.compared(network, start, path, data, plan)
    found = network_training.measured(network, paths, data)
    with report:
        network_training.report(plan, paths, found)
    if plan.steps and len(path.loss):
        with history:
            network_training.history(network, paths, found)
    with charts:
        network_charts.show(moment, solid=solid)
    network_charts.show_around(moment)
    weights.ask_all(setting, now)
    network_formula.show(moment, shown)
    network_formula.file(setting)
    network_training.go_on(path)
    echo.listen()
