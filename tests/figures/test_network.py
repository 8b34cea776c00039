"""The data in the charts of /network, against the numeric core."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from numpy.typing import ArrayLike, NDArray

from explorer.core import dense
from explorer.core.landscape import Descent, Measures, descend
from explorer.core.network import PAIRS, Network
from explorer.core.network_view import network_view
from explorer.figures.binding import ENDLESS
from explorer.figures.descent import comparison_figure, history_figure
from explorer.figures.network import FINE, decision_figure, gradient_figure, label, reach, slice_figure, surface_figure
from explorer.figures.style import BLUE, PALETTE, VERMILLION
from tests.core.networks import columns, data, named_kind, weights_and_theta

Array = NDArray[np.float64]

KINDS = [Network((2, 3, 3 if output == "softmax" else 1), "tanh", output, loss) for output, loss in PAIRS]
each_kind = pytest.mark.parametrize("network", KINDS, ids=named_kind)
ALONG, ACROSS, LIMIT = "w1_2_1", "b2_1", 6.0
SMALL = Network((2, 3, 1))
CLASSES = Network((2, 3, 3), "tanh", "softmax", "index")


class Shown:
    """A network with weights and data drawn at random, and its charts; as one example if there is one row."""

    def __init__(self, network: Network, rows: int = 6, given: Mapping[str, float] | None = None) -> None:
        self.network = network
        self.program = network_view(network, ALONG).program
        self.weights = {**weights_and_theta(network)[0], **(given or {})}
        self.theta = dense.vector(network, self.weights)
        self.x, self.t = data(network, rows)
        every = {name: column.tolist() for name, column in columns(network, self.x, self.t).items()}
        self.rows: dict[str, list[float]] = every if rows > 1 else {}
        self.values = self.weights | ({} if rows > 1 else {name: column[0] for name, column in every.items()})

    def loss(self, **moved: ArrayLike) -> Array:
        """The mean loss where some weights take other values, of any shape."""
        arrays = np.broadcast_arrays(*moved.values())
        theta = np.broadcast_to(self.theta, (*arrays[0].shape, self.theta.size)).copy()
        for name, array in zip(moved, arrays, strict=True):
            theta[..., self.network.weights.index(name)] = array
        return np.asarray(dense.loss(self.network, theta, self.x, self.t))

    def slope(self, weight: str) -> float:
        _, gradient = dense.loss_and_gradient(self.network, self.theta, self.x, self.t)
        return float(gradient[self.network.weights.index(weight)])

    def slice(self) -> go.Figure:
        return slice_figure(self.program, self.values, self.rows, ALONG, LIMIT)

    def surface(self, path: Descent | None = None, *, solid: bool = False) -> go.Figure:
        places = (self.network.weights.index(ALONG), self.network.weights.index(ACROSS))
        return surface_figure(self.program, self.values, self.rows, (ALONG, ACROSS), LIMIT, path, places, solid=solid)

    def gradient(self) -> go.Figure:
        return gradient_figure(self.program, self.values, self.rows, self.network.weights)

    def decision(self, classes: Sequence[float] | None = None, row: int | None = 0) -> go.Figure:
        kinds = None if classes is None else np.array(classes)
        return decision_figure(self.program, self.values, self.x, kinds, row)

    def descent(self, steps: int = 5) -> Descent:
        return descend(self.network, self.weights, self.x, self.t, rule="plain", rate=0.5, steps=steps)


def by_uid(figure: go.Figure) -> dict[str, Any]:
    return {trace.uid: trace for trace in figure.data}


# --- The slice ---


@pytest.mark.parametrize("rows", [1, 6])
@each_kind
def test_the_slice_is_the_numeric_core_along_one_weight(network: Network, rows: int) -> None:
    shown = Shown(network, rows)
    traces = by_uid(shown.slice())
    at = np.array(traces["loss"].x)
    assert (at[0], at[-1]) == (-LIMIT, LIMIT)
    np.testing.assert_allclose(traces["loss"].y, shown.loss(**{ALONG: at}), rtol=1e-10)
    here, slope = float(shown.loss(**{ALONG: shown.weights[ALONG]})), shown.slope(ALONG)
    ends = np.array(traces["tangent"].x)
    np.testing.assert_allclose(traces["tangent"].y, here + slope * (ends - shown.weights[ALONG]), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose([*traces["point"].x, *traces["point"].y], [shown.weights[ALONG], here], rtol=1e-12)


@each_kind
def test_the_axis_of_the_slice_holds_the_curve_and_the_point(network: Network) -> None:
    figure = Shown(network).slice()
    low, high = figure.layout.yaxis.range
    curve, point = (np.array(by_uid(figure)[uid].y) for uid in ("loss", "point"))
    assert low <= min(curve.min(), point.min())
    assert max(curve.max(), point.max()) <= high
    assert high - low <= 4 * curve.max()
    assert list(figure.layout.xaxis.range) == [-LIMIT, LIMIT]


def test_the_axis_of_a_slice_without_any_finite_loss_is_an_interval() -> None:
    shown = Shown(Network((2, 3, 1), "identity", "identity", "squared"), given={"w2_1_1": 1e300, "b2_1": 1e300})
    figure = shown.slice()
    assert not np.isfinite(np.array(by_uid(figure)["loss"].y)).any()
    low, high = figure.layout.yaxis.range
    assert -inf < low < high < inf


def test_the_axis_of_a_flat_slice_has_a_height() -> None:
    network = Network((2, 3, 1), "relu", "sigmoid", "binary")
    low, high = Shown(network, given={"w2_1_2": 0.0}).slice().layout.yaxis.range
    assert low < high


def test_a_hand_on_the_slice_moves_its_weight() -> None:
    traces = by_uid(Shown(SMALL).slice())
    assert traces["loss"].meta["bind"] == {"y": "L"}
    assert traces["loss"].meta["sweep"] == {"x": ALONG}
    assert traces["tangent"].meta["bind"] == {"y": "tangent"}
    assert traces["tangent"].meta["sweep"] == {"x": "u"}
    assert traces["point"].meta["bind"] == {"x": ALONG, "y": "L"}
    assert traces["point"].meta["drag"] == {"x": ALONG}


# --- The surface ---


@pytest.mark.parametrize("solid", [False, True])
@pytest.mark.parametrize("rows", [1, 6])
@each_kind
def test_the_surface_is_the_numeric_core_over_two_weights(network: Network, rows: int, solid: bool) -> None:
    shown = Shown(network, rows)
    surface = by_uid(shown.surface(solid=solid))["surface"]
    across, down, z = (np.array(surface[axis]) for axis in "xyz")
    assert z.shape == (FINE, FINE)
    assert [axis[k] for axis in (across, down) for k in (0, -1)] == [-LIMIT, LIMIT, -LIMIT, LIMIT]
    expected = shown.loss(**{ALONG: across[np.newaxis, :], ACROSS: down[:, np.newaxis]})  # columns are along, rows across
    np.testing.assert_allclose(z, expected, rtol=1e-9, atol=1e-12)
    assert abs(expected - expected.T).max() > 0.01  # else the order of axes would not show


@pytest.mark.parametrize("solid", [False, True])
def test_the_point_on_the_surface_is_the_present_weights(solid: bool) -> None:
    shown = Shown(SMALL)
    point = by_uid(shown.surface(solid=solid))["point"]
    here = {ALONG: shown.weights[ALONG], ACROSS: shown.weights[ACROSS]}
    assert [*point.x, *point.y] == list(here.values())
    if solid:
        np.testing.assert_allclose(point.z, shown.loss(**here), rtol=1e-12)


@pytest.mark.parametrize("solid", [False, True])
def test_the_way_down_is_drawn_through_its_weights(solid: bool) -> None:
    shown = Shown(SMALL)
    descent = shown.descent()
    path = by_uid(shown.surface(descent, solid=solid))["path"]
    columns_of = dict(zip(SMALL.weights, descent.weights.T, strict=True))
    np.testing.assert_array_equal(path.x, columns_of[ALONG])
    np.testing.assert_array_equal(path.y, columns_of[ACROSS])
    assert len(path.x) == 6
    if solid:
        np.testing.assert_array_equal(path.z, descent.loss)


@pytest.mark.parametrize("solid", [False, True])
@pytest.mark.parametrize("steps", [None, 0])
def test_without_a_step_there_is_no_way_to_draw(solid: bool, steps: int | None) -> None:
    shown = Shown(SMALL)
    path = by_uid(shown.surface(None if steps is None else shown.descent(steps), solid=solid))["path"]
    assert len(path.x) == len(path.y) == 0


def test_a_way_drawn_once_does_not_stay() -> None:
    shown = Shown(SMALL)
    shown.surface(shown.descent())
    assert len(by_uid(shown.surface())["path"].x) == 0


def test_a_hand_on_the_contour_moves_both_weights_and_no_hand_moves_the_solid() -> None:
    shown = Shown(SMALL)
    for solid in (False, True):
        traces = by_uid(shown.surface(solid=solid))
        assert traces["surface"].meta["bind"] == {"z": "L"}
        assert traces["surface"].meta["sweep"] == {"x": ALONG, "y": ACROSS}
        assert traces["point"].meta["bind"] == {"x": ALONG, "y": ACROSS} | ({"z": "L"} if solid else {})
        assert traces["point"].meta.get("drag") == (None if solid else {"x": ALONG, "y": ACROSS})


def test_the_axes_of_the_surface_are_named_after_their_weights() -> None:
    shown = Shown(SMALL)
    contour, scene = shown.surface().layout, shown.surface(solid=True).layout.scene
    names = ["w<sub>1,2,1</sub>", "b<sub>2,1</sub>"]
    assert [contour.xaxis.title.text, contour.yaxis.title.text] == names == [label(ALONG), label(ACROSS)]
    assert [scene.xaxis.title.text, scene.yaxis.title.text, scene.zaxis.title.text] == [*names, "L"]


# --- How far axes reach ---


@pytest.mark.parametrize(
    ("weights", "limit"),
    [([], 6), ([0], 6), ([6, -2], 6), ([6.01], 12), ([1, -40], 50), ([999], 1000), ([1e9], 1000), ([[1, 2], [3, -13]], 25)],
)
def test_the_axes_reach_all_weights_as_far_as_1000(weights: ArrayLike, limit: float) -> None:
    assert reach(weights) == limit


# --- The gradient ---


@pytest.mark.parametrize("rows", [1, 6])
@each_kind
def test_the_bars_are_the_gradient_of_the_numeric_core(network: Network, rows: int) -> None:
    shown = Shown(network, rows)
    figure = shown.gradient()
    bars = by_uid(figure)["gradient"]
    _, expected = dense.loss_and_gradient(network, shown.theta, shown.x, shown.t)
    np.testing.assert_allclose(bars.y, expected, rtol=1e-9, atol=1e-14)
    assert list(bars.meta["bind"]["y"]) == [f"d_{name}" for name in network.weights]
    assert list(bars.customdata) == [label(name) for name in network.weights]
    low, high = figure.layout.yaxis.range
    assert low == -high
    assert abs(expected).max() <= high <= 5 * abs(expected).max()


def test_a_gradient_of_zero_still_has_an_axis() -> None:
    network = Network((2, 3, 1), "relu", "identity", "squared")
    shown = Shown(network, rows=1, given=dict.fromkeys(network.weights, 0.0))
    shown.values["t1"] = 0.0
    figure = shown.gradient()
    assert not np.any(by_uid(figure)["gradient"].y)
    low, high = figure.layout.yaxis.range
    assert low < 0 < high


def test_a_derivative_without_end_is_drawn_as_far_as_any_chart_reaches() -> None:
    network = Network((2, 3, 1), "identity", "identity", "squared")
    shown = Shown(network, rows=1, given={"b2_1": -1.7e308})
    bars = np.array(by_uid(shown.gradient())["gradient"].y)
    assert shown.slope("b2_1") == -inf
    assert bars[-1] == -ENDLESS
    assert set(abs(bars)) == {ENDLESS}


def test_every_bar_has_its_tick_where_there_is_room() -> None:
    axis = Shown(SMALL).gradient().layout.xaxis
    assert list(zip(axis.tickvals, axis.ticktext, strict=True)) == list(enumerate(map(label, SMALL.weights)))
    large = Network((4, 16, 16, 10), output="softmax", loss="index")
    axis = gradient_figure(network_view(large, "b1_1").program, *_zeros(large)).layout.xaxis
    assert len(axis.tickvals) <= 20
    assert list(axis.ticktext) == [label(large.weights[k]) for k in axis.tickvals]


def _zeros(network: Network) -> tuple[dict[str, float], dict[str, list[float]], tuple[str, ...]]:
    return dict.fromkeys((*network.inputs, *network.weights, *network.targets), 0.0), {}, network.weights


# --- The prediction ---


@each_kind
def test_the_field_is_what_the_numeric_core_predicts(network: Network) -> None:
    shown = Shown(network)
    field = by_uid(shown.decision())["field"]
    across, down = np.meshgrid(field.x, field.y)
    predicted = dense.predict(network, shown.theta, np.stack([across.ravel(), down.ravel()], axis=1))
    expected = predicted.argmax(axis=1) if network.output == "softmax" else predicted[:, 0]
    np.testing.assert_allclose(np.array(field.z), expected.reshape(across.shape), rtol=1e-10, atol=1e-15)
    assert field.meta["sweep"] == {"x": "x1", "y": "x2"}
    assert field.meta["bind"] == {"z": "class" if network.output == "softmax" else "y1"}


def test_several_sigmoids_show_the_class_and_several_heights_the_first() -> None:
    for output, loss in PAIRS[-2:]:
        shown = Shown(Network((2, 3, 3), "tanh", output, loss))
        field = by_uid(shown.decision())["field"]
        predicted = dense.predict(shown.network, shown.theta, np.array([[field.x[10], field.y[40]]]))[0]
        assert field.z[40][10] == pytest.approx(predicted.argmax() if output == "sigmoid" else predicted[0])


def test_the_picture_of_three_classes_has_three_colours_and_each_rows_class() -> None:
    shown = Shown(CLASSES, 9)
    classes = np.arange(9) % 3
    traces = by_uid(shown.decision(classes.tolist()))
    field = traces["field"]
    assert field.type == "heatmap"
    assert set(np.unique(field.z)) <= {0, 1, 2}
    assert len(np.unique(field.z)) > 1
    colours = {}
    for kind in range(3):
        points = traces[f"class-{kind}"]
        np.testing.assert_array_equal(np.stack([points.x, points.y], axis=1), shown.x[classes == kind])
        bounds = ((kind + side - field.zmin) / (field.zmax - field.zmin) for side in (-0.5, 0.5))
        below, above = ({colour for at, colour in field.colorscale if abs(at - bound) < 1e-9} for bound in bounds)
        (colours[kind],) = below & above
        assert points.marker.color == colours[kind]
    assert len(set(colours.values())) == 3


def test_data_of_one_output_are_coloured_as_the_field_is_where_they_are_right() -> None:
    traces = by_uid(Shown(SMALL, 4).decision([0.0, 1.0, 1.0, 0.0]))
    scale = dict(traces["field"].colorscale)
    assert [traces[f"class-{k}"].marker.color for k in (0, 1)] == [scale[0.0], scale[1.0]]
    assert (traces["field"].zmin, traces["field"].zmax) == (0, 1)


def test_all_data_lie_within_the_picture_and_the_row_stands_out() -> None:
    shown = Shown(SMALL, 20)
    figure = shown.decision([0.0] * 20, row=7)
    x, y = figure.layout.xaxis.range, figure.layout.yaxis.range
    assert (x[0] < shown.x[:, 0]).all()
    assert (shown.x[:, 0] < x[1]).all()
    assert (y[0] < shown.x[:, 1]).all()
    assert (shown.x[:, 1] < y[1]).all()
    ring = by_uid(figure)["row"]
    assert [*ring.x, *ring.y] == shown.x[7].tolist()


def test_rows_that_are_all_the_same_have_a_picture_too() -> None:
    shown = Shown(SMALL)
    figure = decision_figure(shown.program, shown.values, np.array([[5.0, -1.0]] * 3), np.zeros(3), 0)
    for axis, place in ((figure.layout.xaxis, 5), (figure.layout.yaxis, -1)):
        low, high = axis.range
        assert low < place < high


def test_the_one_example_can_be_dragged() -> None:
    shown = Shown(SMALL, rows=1)
    traces = by_uid(shown.decision([0.0], row=None))
    assert set(traces) == {"field", "example"}
    example = traces["example"]
    assert [*example.x, *example.y] == shown.x[0].tolist()
    assert example.meta["drag"] == {"x": "x1", "y": "x2"}


def test_targets_that_are_no_classes_are_data() -> None:
    network = KINDS[3]
    assert network.output == "identity"
    assert set(by_uid(Shown(network).decision())) == {"field", "data", "row"}


# --- The history ---


def test_the_history_is_the_loss_at_each_step() -> None:
    descent = Shown(SMALL).descent(30)
    figure = history_figure(descent)
    (trace,) = figure.data
    np.testing.assert_array_equal(trace.y, descent.loss)
    assert trace.showlegend is False
    assert list(figure.layout.xaxis.range) == [0, 30]


def test_of_two_descents_the_axes_show_every_step_and_the_legend_says_what_each_was_trained_on() -> None:
    whole = Measures(np.linspace(1, 0.5, 31), np.linspace(0, 1, 31))
    cut = Measures(whole.surprise[:4], whole.right[:4])
    for measured in ({"a": whole, "b": cut}, {"a": cut, "b": whole}):
        figure = comparison_figure(measured)
        assert [trace.name for trace in figure.data if trace.showlegend] == ["trained on a", "trained on b"]
        for (name, found), above, below in zip(measured.items(), figure.data[::2], figure.data[1::2], strict=True):
            np.testing.assert_array_equal(above.y, found.surprise)
            np.testing.assert_array_equal(below.y, found.right)
            assert (above.yaxis, below.yaxis) == (None, "y2")
            assert above.line.color == below.line.color == {"a": PALETTE[BLUE], "b": PALETTE[VERMILLION]}[name]
        assert figure.layout.xaxis.range[1] >= 30
        assert figure.layout.xaxis.anchor == "y2"
        assert figure.layout.legend.y < 0


def test_losses_far_apart_are_drawn_on_a_scale_of_powers() -> None:
    def axis(*losses: float) -> str:
        column = np.array(losses)
        return str(history_figure(Descent(column[:, np.newaxis], column, column)).layout.yaxis.type)

    assert axis(1, 0.5) == "linear"
    assert axis(1, 0.001) == "log"
    assert axis(1, 0.001, 0) == "linear"


# --- All ---


@pytest.mark.parametrize("rows", [1, 6])
@pytest.mark.parametrize("network", [*KINDS, Network((2, 3, 10), "relu", "softmax", "index")], ids=named_kind)
def test_every_chart_is_a_valid_figure(network: Network, rows: int) -> None:
    shown = Shown(network, rows)
    classes = [float(k % network.sizes[-1]) for k in range(rows)]
    charts = [
        shown.slice(), shown.surface(shown.descent()), shown.surface(shown.descent(), solid=True), shown.gradient(),
        shown.decision(classes, None if rows == 1 else rows - 1), history_figure(shown.descent()),
    ]  # fmt: skip
    for figure in charts:
        validated = go.Figure(figure.to_dict())
        assert [trace.uid for trace in validated.data] == [trace.uid for trace in figure.data]
        assert len({trace.uid for trace in figure.data}) == len(figure.data)


def test_charts_of_numbers_that_are_none_are_valid_too() -> None:
    shown = Shown(Network((2, 3, 1), "identity", "identity", "squared"), given={"w2_1_1": 1e300, "b1_1": -1e300})
    assert not np.isfinite(shown.loss(**{ALONG: 0.0}))
    for figure in (shown.slice(), shown.surface(), shown.surface(solid=True), shown.gradient(), shown.decision()):
        go.Figure(figure.to_dict())
        assert all(np.isfinite(figure.layout[axis].range or 0).all() for axis in ("xaxis", "yaxis"))
