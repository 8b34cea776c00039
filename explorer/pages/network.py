"""The page /network: the loss of a small network as a function of every weight, live."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial

import numpy as np
import streamlit as st

from explorer.core import dense
from explorer.core.checks import FloatArray
from explorer.core.landscape import Descent, averaged
from explorer.core.network import Network
from explorer.core.network_view import NetworkView, network_view
from explorer.figures.network import decision_figure, gradient_figure, reach, slice_figure, surface_figure
from explorer.live.diagram import network_diagram
from explorer.live.live import live_chart, live_text
from explorer.pages import controls, network_formula, network_picture, network_setting, network_text, network_training
from explorer.pages import network_weights as weights
from explorer.pages.network_setting import Setting
from explorer.pages.network_text import Numbers

TOLERANCE = 1e-9


def show() -> None:
    """Ask what to show, then show it live; while the weights go down by themselves, anew each moment."""
    st.title("Network")
    controls.take_typed()
    setting = network_setting.ask()
    st.fragment(_live, run_every=network_training.PAUSE if network_training.running() else None)(setting)


def _live(setting: Setting) -> None:
    """What a slider changes. Streamlit runs only this when one moves."""
    network = setting.network
    controls.take_typed()
    left, right = st.columns([1, 2], gap="large")
    with left:
        picture, sliders, texts = st.container(), st.container(), st.container()
    with right:
        axes, charts, training = st.container(), st.container(), st.container()
    with texts:
        example = network_setting.ask_example(network) if setting.x is None else {}
        place = network_setting.ask_row(len(setting.x)) if setting.x is not None else None
    x, t = _data(setting, example)
    with training:
        st.subheader("Descent")
        left_half, right_half = st.columns(2)
    with left_half:
        plan = network_training.ask()
    start = weights.start(setting)
    path = network_training.way(network, start, (x, t), plan)
    now = dense.named(network, path.weights[-1]) if len(path.weights) else start
    with axes:
        along, across, solid = weights.ask_axes(network)
    chosen = weights.chosen(network)
    shown = tuple(dict.fromkeys((*weights.weights_of(network, chosen), along, across)))
    moved = weights.moved(now, shown)
    if moved != now:
        network_training.stop()
        weights.keep(setting, moved)
        start, now, plan = moved, moved, network_training.at_start(plan)
    with sliders:
        weights.ask(network, now, shown)
    view = network_view(network, along)
    numbers = _numbers(setting, view, now, example, x, t, place)
    _compare(network, numbers, now, x, t)
    with picture:
        units, edges = network_picture.picture(network, place)
        network_diagram(
            units,
            edges,
            lambda one: (numbers.mean if one.row is None else numbers.row)[one.quantity],
            key="diagram",
            chosen=chosen,
            label=f"Network of {'-'.join(map(str, network.sizes))} units: edges are weights, circles activations",
            on_choose=partial(weights.choose, network),
        )
    with texts:
        live_text(network_text.readouts(network, numbers, len(setting.rows.get("x1", ()))), key="readouts")
        live_text(network_text.against(network, numbers), key="against")
    paths = network_training.compared(network, start, (x, t), plan)
    path = next(iter(paths.values()))
    with left_half:
        network_training.report(network, plan, paths)
    if plan.steps and len(path.loss):
        with right_half:
            network_training.history(network, paths)
    with charts:
        _charts(setting, view, now, example, path, (along, across), x, t, place, solid=solid)
    weights.ask_all(setting, now)
    network_formula.show(network, view, numbers, now, shown)
    network_formula.file(setting)


def _data(setting: Setting, example: Mapping[str, float]) -> tuple[FloatArray, FloatArray]:
    """The rows; of one example the one on the sliders."""
    if setting.x is not None and setting.t is not None:
        return setting.x, setting.t
    return tuple(np.array([[example[name] for name in names]]) for names in (setting.network.inputs, setting.network.targets))  # type: ignore[return-value]


def _numbers(
    setting: Setting,
    view: NetworkView,
    now: Mapping[str, float],
    example: Mapping[str, float],
    x: FloatArray,
    t: FloatArray,
    place: int | None,
) -> Numbers:
    """The program's numbers at the present weights."""
    network, row = setting.network, 0 if place is None else place
    of_row = dict(zip((*network.inputs, *network.targets), (*x[row].tolist(), *t[row].tolist()), strict=True))
    steps = [name.name for name, _ in view.program.steps]
    there = averaged(view.program, steps, {**now, **of_row, "u": 0.0}, {}, {})
    mean = averaged(view.program, steps, {**now, **example, "u": 0.0}, {}, setting.rows) if setting.rows else there
    return Numbers(
        {**now, **example, **{name: float(value) for name, value in mean.items()}},
        {**now, **of_row, **{name: float(value) for name, value in there.items()}},
        place,
        frozenset(now),
    )


def _compare(network: Network, numbers: Numbers, now: Mapping[str, float], x: FloatArray, t: FloatArray) -> None:
    """Hold the program against the numeric core, and show any disagreement."""
    loss, gradient = dense.loss_and_gradient(network, dense.vector(network, now), x, t)
    core = {"L": float(loss)} | {f"d_{name}": float(slope) for name, slope in dense.named(network, gradient).items()}
    for name, theirs in core.items():
        ours = numbers.mean[name]
        if not (math.isclose(ours, theirs, rel_tol=TOLERANCE, abs_tol=TOLERANCE) or ours != ours and theirs != theirs):
            st.error(f"{name} disagrees: the formula gives {ours!r}, the numeric core {theirs!r}.")


def _charts(
    setting: Setting,
    view: NetworkView,
    now: Mapping[str, float],
    example: Mapping[str, float],
    path: Descent,
    names: tuple[str, str],
    x: FloatArray,
    t: FloatArray,
    place: int | None,
    *,
    solid: bool,
) -> None:
    """Slice and surface, what the network predicts, and its gradient."""
    network, (along, across) = setting.network, names
    values, rows = {**now, **example}, setting.rows
    places = tuple(network.weights.index(name) for name in names)
    limit = reach([now[along], now[across], *path.weights[:, places].ravel()])
    chart = partial(live_chart, program=view.program, values=values)
    span = (-limit, limit)
    over, under = st.columns(2), st.columns(2)
    with over[0]:
        chart(
            slice_figure(view.program, values, rows, along, limit),
            key="slice-chart",
            rows=rows,
            writes=False,
            limits={along: span},
            filename="network-slice",
            alt=f"Mean loss along {along}, with its tangent",
        )
    with over[1]:
        chart(
            surface_figure(view.program, values, rows, names, limit, path, (places[0], places[1]), solid=solid),
            key="solid-chart" if solid else "surface-chart",
            rows=rows,
            writes=False,
            limits={along: span, across: span},
            filename="network-surface",
            alt=f"Mean loss over {along} and {across}, with the way down",
        )
    with under[0]:
        chart(
            gradient_figure(view.program, values, rows, network.weights),
            key="gradient-chart",
            rows=rows,
            each=network_text.shown_by_row(network, view) if rows else (),
            filename="network-gradient",
            alt="The derivative of the mean loss by each weight",
        )
    with under[1]:
        if len(network.inputs) == 2:
            chart(
                decision_figure(view.program, values, x, _classes(network, t), place),
                key="decision-chart",
                writes=False,
                limits={name: network_setting.FEATURE for name in example if name.startswith("x")},
                filename="network-prediction",
                alt="What the network predicts over the plane of its inputs, with the data",
            )
        else:
            st.markdown("The picture of predictions needs 2 inputs.")


def _classes(network: Network, t: FloatArray) -> FloatArray | None:
    """Each row's class; None where targets are no classes."""
    if network.loss == "index":
        return t[:, 0]
    if network.output == "identity":
        return None
    return (t[:, 0] > 0.5).astype(float) if t.shape[1] == 1 else t.argmax(axis=1).astype(float)
