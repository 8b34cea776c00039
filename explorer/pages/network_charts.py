"""The four charts of /network that follow the sliders."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from explorer.core import landscape
from explorer.core.checks import FloatArray
from explorer.core.digits import format_number
from explorer.core.network import Network
from explorer.figures.network import (
    curvature_figure,
    decision_figure,
    directions_figure,
    gradient_figure,
    reach,
    slice_figure,
    surface_figure,
)
from explorer.live.live import live_chart
from explorer.pages import network_setting, network_text
from explorer.pages import network_weights as weights
from explorer.pages import old_controls as controls
from explorer.pages.network_moment import Moment

AROUND = np.linspace(-1, 1, 51)
"""How far the random directions are followed, in lengths of the weights."""


def show(moment: Moment, *, solid: bool) -> None:
    """Slice and surface, the gradient, and what the network predicts."""
    over, under = st.columns(2), st.columns(2)
    with over[0]:
        _slice(moment)
    with over[1]:
        _surface(moment, solid)
    with under[0]:
        _gradient(moment)
    with under[1]:
        _prediction(moment)


def _limit(moment: Moment) -> float:
    """How far the axes of both weights reach."""
    names = [moment.along, moment.across]
    return reach([moment.weights[name] for name in names] + moment.path.weights[:, _places(moment)].ravel().tolist())


def _places(moment: Moment) -> tuple[int, int]:
    first, second = map(moment.network.weights.index, (moment.along, moment.across))
    return first, second


def _slice(moment: Moment) -> None:
    limit, along, rows = _limit(moment), moment.along, moment.setting.rows
    live_chart(
        slice_figure(moment.view.program, moment.values, rows, along, limit),
        moment.view.program,
        key="slice-chart",
        values=moment.values,
        rows=rows,
        writes=False,
        limits={along: (-limit, limit)},
        title="Loss along one weight",
        on_commit=weights.hold,
        filename="network-slice",
        alt=f"Mean loss along {along}, with its tangent",
    )


def _surface(moment: Moment, solid: bool) -> None:
    limit, names, rows = _limit(moment), (moment.along, moment.across), moment.setting.rows
    live_chart(
        surface_figure(moment.view.program, moment.values, rows, names, limit, moment.path, _places(moment), solid=solid),
        moment.view.program,
        key="solid-chart" if solid else "surface-chart",
        values=moment.values,
        rows=rows,
        writes=False,
        limits=dict.fromkeys(names, (-limit, limit)),
        title="Loss over two weights",
        on_commit=weights.hold,
        filename="network-surface",
        alt=f"Mean loss over {moment.along} and {moment.across}, with the way down",
    )


def _gradient(moment: Moment) -> None:
    rows = moment.setting.rows
    live_chart(
        gradient_figure(moment.view.program, moment.values, rows, moment.network.weights),
        moment.view.program,
        key="gradient-chart",
        values=moment.values,
        rows=rows,
        each=network_text.shown_by_row(moment.network, moment.view) if rows else (),
        title="Slope by each weight",
        filename="network-gradient",
        alt="The derivative of the mean loss by each weight",
    )


def _prediction(moment: Moment) -> None:
    if len(moment.network.inputs) != 2:
        st.markdown("What a network predicts is drawn where it has 2 inputs.")
        return
    x, t = moment.data
    live_chart(
        decision_figure(moment.view.program, moment.values, x, _classes(moment.network, t), moment.place),
        moment.view.program,
        key="decision-chart",
        values=moment.values,
        writes=False,
        limits={name: network_setting.FEATURE for name in moment.example if name in moment.network.inputs},
        title="What it predicts",
        filename="network-prediction",
        alt="What the network predicts over the plane of its inputs, with the data",
    )


def show_around(moment: Moment) -> None:
    """The loss around the present weights in all directions, where somebody asks for it."""
    around = controls.expander("Curvature and random directions", "around", ":material/landscape:")
    if not around.open:
        return
    network, now, (x, t) = moment.network, moment.weights, moment.data
    with around:
        left, right = st.columns(2)
    first, second = (landscape.filter_normalised(network, now, 2 * moment.setting.seed + k) for k in range(2))
    losses = landscape.loss_in_directions(network, now, first, second, AROUND, AROUND, x, t)
    still = partial(live_chart, program=network.program(), values={}, writes=False)
    with left:
        st.markdown("Mean loss in two random directions, each as long as the weights, unit by unit (Li et al. 2018).")
        still(
            directions_figure(AROUND, losses),
            key="directions-chart",
            title="Loss in two directions",
            filename="network-directions",
            alt="Mean loss in two random directions from the present weights",
        )
    with right:
        if len(now) > landscape.CURVED:
            st.markdown(f"Curvatures are computed for at most {landscape.CURVED} weights; this network has {len(now)}.")
            return
        curvatures = landscape.eigenvalues(network, now, x, t)
        negative = int((curvatures < -1e-9 * abs(curvatures).max()).sum())
        st.markdown(
            f"Eigenvalues of the Hessian: {negative} of {len(curvatures)} negative, from "
            f"{format_number(curvatures[0], 4)} to {format_number(curvatures[-1], 4)}."
        )
        still(
            curvature_figure(curvatures),
            key="curvature-chart",
            title="Curvatures",
            filename="network-curvature",
            alt="The eigenvalues of the mean loss's second derivatives",
        )


def _classes(network: Network, t: FloatArray) -> FloatArray | None:
    """Each row's class; None where targets are no classes."""
    if network.loss == "index":
        return t[:, 0]
    if network.output == "identity":
        return None
    return (t[:, 0] > 0.5).astype(float) if t.shape[1] == 1 else t.argmax(axis=1).astype(float)
