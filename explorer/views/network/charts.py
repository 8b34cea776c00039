"""The charts of a network: the loss along one weight and over two, its gradient, what it predicts, and the descent."""

from __future__ import annotations

from explorer.core.checks import FloatArray
from explorer.core.network import Network
from explorer.figures.descent import comparison_figure, history_figure
from explorer.figures.network import decision_figure, gradient_figure, reach, slice_figure, surface_figure
from explorer.views.network.moment import Moment
from explorer.views.network.rows import FEATURE
from explorer.views.network.text import shown_by_row
from explorer.views.view import Chart

NO_PREDICTION = "What a network predicts is drawn where it has 2 inputs."


def charts(moment: Moment) -> tuple[Chart, ...]:
    """Return all that stand open."""
    drawn = [_slice(moment), _surface(moment), _gradient(moment)]
    if len(moment.network.inputs) == 2:
        drawn.append(_prediction(moment))
    if has_history(moment):
        drawn.append(_history(moment))
    return tuple(drawn)


def surface_key(moment: Moment) -> str:
    """Return the key of the chart over two weights."""
    return "solid-chart" if moment.state.solid else "surface-chart"


def has_history(moment: Moment) -> bool:
    """Whether there are steps to be drawn."""
    return bool(moment.state.plan.steps and len(moment.path.loss))


def _limit(moment: Moment) -> float:
    """How far the axes of both weights reach."""
    names = [moment.state.along, moment.state.across]
    return reach([moment.weights[name] for name in names] + moment.path.weights[:, _places(moment)].ravel().tolist())


def _places(moment: Moment) -> tuple[int, int]:
    first, second = map(moment.network.weights.index, (moment.state.along, moment.state.across))
    return first, second


def _slice(moment: Moment) -> Chart:
    limit, along, program, values = _limit(moment), moment.state.along, moment.view.program, moment.values
    return Chart(
        key="slice-chart",
        title="Loss along one weight",
        alt=f"Mean loss along {along}, with its tangent",
        filename="network-slice",
        figure=slice_figure(program, values, moment.rows, along, limit, numbers=moment.numbers.mean),
        program=program,
        values=values,
        rows=moment.rows,
        limits={along: (-limit, limit)},
        writes=False,
    )


def _surface(moment: Moment) -> Chart:
    limit, names, program, values = (
        _limit(moment),
        (moment.state.along, moment.state.across),
        moment.view.program,
        moment.values,
    )
    figure = surface_figure(
        program, values, moment.rows, names, limit, moment.path, _places(moment),
        solid=moment.state.solid, numbers=moment.numbers.mean,
    )  # fmt: skip
    return Chart(
        key=surface_key(moment),
        title="Loss over two weights",
        alt=f"Mean loss over {names[0]} and {names[1]}, with the way down",
        filename="network-surface",
        figure=figure,
        program=program,
        values=values,
        rows=moment.rows,
        limits=dict.fromkeys(names, (-limit, limit)),
        writes=False,
    )


def _gradient(moment: Moment) -> Chart:
    network, program, values = moment.network, moment.view.program, moment.values
    return Chart(
        key="gradient-chart",
        title="Slope in each weight",
        alt="The derivative of the mean loss by each weight",
        filename="network-gradient",
        figure=gradient_figure(program, values, moment.rows, network.weights, numbers=moment.numbers.mean),
        program=program,
        values=values,
        rows=moment.rows,
        each=shown_by_row(network, moment.view) if moment.rows else (),
    )


def _prediction(moment: Moment) -> Chart:
    (x, t), network, program, values = moment.data, moment.network, moment.view.program, moment.values
    figure = decision_figure(
        program, values, x, _classes(network, t), moment.state.place, numbers=moment.numbers.mean
    )  # fmt: skip
    return Chart(
        key="decision-chart",
        title="What it predicts",
        alt="What the network predicts over the plane of its inputs, with the data",
        filename="network-prediction",
        figure=figure,
        program=program,
        values=values,
        limits={name: FEATURE for name in moment.example if name in network.inputs},
        writes=False,
    )


def _history(moment: Moment) -> Chart:
    """The loss at each step; of ways that are compared what they are worth."""
    paths = moment.paths
    alike = {name: worth for name, worth in moment.measures.items() if len(paths[name].loss)}
    return Chart(
        key="history-chart",
        title="Two descents, measured alike" if alike else "Loss at each step",
        alt="Both descents measured alike, step by step" if alike else "The loss at each step of the descent",
        filename="network-descent",
        figure=comparison_figure(alike) if alike else history_figure(moment.path),
        program=moment.network.program(),
        writes=False,
    )


def _classes(network: Network, t: FloatArray) -> FloatArray | None:
    """Each row's class; None where targets are no classes."""
    if network.loss == "index":
        return t[:, 0]
    if network.output == "identity":
        return None
    return (t[:, 0] > 0.5).astype(float) if t.shape[1] == 1 else t.argmax(axis=1).astype(float)
