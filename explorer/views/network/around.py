"""The loss around the present weights in all directions: two random ones, and its curvatures."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from explorer.core import landscape
from explorer.core.digits import format_number
from explorer.figures.network import curvature_figure, directions_figure
from explorer.views.network.moment import Moment
from explorer.views.view import Chart

AT = np.linspace(-1, 1, 51)
"""How far the random directions are followed, in lengths of the weights."""
DIRECTIONS = "Mean loss in two random directions, each as long as the weights, unit by unit (Li et al. 2018)."


class Around(NamedTuple):
    """The charts, and a sentence on the curvatures."""

    charts: tuple[Chart, ...]
    curvature: str


def around(moment: Moment) -> Around:
    """Return what is drawn where somebody asks for it."""
    network, now, (x, t) = moment.network, moment.weights, moment.data
    first, second = (landscape.filter_normalised(network, now, 2 * moment.state.seed + k) for k in range(2))
    directions = Chart(
        key="directions-chart",
        title="Loss in two directions",
        alt="Mean loss in two random directions from the present weights",
        filename="network-directions",
        figure=directions_figure(AT, landscape.loss_in_directions(network, now, first, second, AT, AT, x, t)),
        program=network.program(),
        writes=False,
    )
    if len(now) > landscape.CURVED:
        said = f"Curvatures are computed for at most {landscape.CURVED} weights; this network has {len(now)}."
        return Around((directions,), said)
    try:
        curvatures = landscape.eigenvalues(network, now, x, t)
    except ValueError:
        return Around((directions,), "There are no curvatures here: the second derivatives are not finite.")
    negative = int((curvatures < -1e-9 * abs(curvatures).max()).sum())
    curvature = Chart(
        key="curvature-chart",
        title="Curvatures",
        alt="The eigenvalues of the mean loss's second derivatives",
        filename="network-curvature",
        figure=curvature_figure(curvatures),
        program=network.program(),
        writes=False,
    )
    return Around(
        (directions, curvature),
        f"Eigenvalues of the Hessian: {negative} of {len(curvatures)} negative, from "
        f"{format_number(curvatures[0], 4)} to {format_number(curvatures[-1], 4)}.",
    )
