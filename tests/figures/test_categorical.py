"""The data in the charts of /categorical, against the numeric core."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from numpy.typing import NDArray
from scipy.special import rel_entr, softmax
from scipy.stats import entropy

from explorer.core import losses
from explorer.core.categorical import By, Option, categorical_view
from explorer.figures.binding import ENDLESS, MARK
from explorer.figures.categorical import ACROSS, DOWN, LOGITS, classes_figure, slice_figure, triangle_figure
from explorer.figures.traces import endless
from explorer.figures.triangle import HEIGHT, with_triangle

NAMES = ("cat", "dog", "owl")
P, Z, T = np.array([0.2, 0.3, 0.5]), np.array([1.5, -0.5, 0.25]), np.array([0.6, 0.1, 0.3])
GIVEN: dict[By, NDArray[np.float64]] = {"p": P, "z": Z}
CORNERS = np.array([[0, 0], [1, 0], [0.5, HEIGHT]])
OPTIONS: tuple[Option, ...] = ("smoothing", "weights", "focal")
OPTION_VALUES = {"epsilon": 0.1, "gamma": 2.0, "w1": 1.0, "w2": 2.0, "w3": 0.5}
CORE_OPTIONS: dict[str, Any] = {"label_smoothing": 0.1, "gamma": 2.0, "class_weights": [1.0, 2.0, 0.5]}
by_each = pytest.mark.parametrize("by", ["p", "z"])
Figures = dict[str, go.Figure]


def figures(by: By, prediction: Any, target: Any = T, options: tuple[Option, ...] = (), along: int = 1) -> Figures:
    """Make each chart; only the inputs that it needs are given."""
    program = with_triangle(categorical_view(by, 3, frozenset(options)).program, by, frozenset(options))
    every = range(1, 4)
    values = {f"{by}{k}": float(prediction[k - 1]) for k in every} | {f"t{k}": float(target[k - 1]) for k in every}
    values |= {f"o{k}": float(k == along) for k in every}
    values |= {name: value for name, value in OPTION_VALUES.items() if name in program.symbols}
    numbers = program.evaluate(dict.fromkeys((s.name for s in program.inputs), 0.0) | values)
    plain = values | {name: float(number) for name, number in numbers.items()}
    return {
        "classes": classes_figure(program, values, plain, NAMES),
        "slice": slice_figure(program, values, plain, NAMES[along - 1], f"z{along}" if by == "z" else None),
        "triangle": triangle_figure(program, values, plain, NAMES, tuple(f"{by}{k}" for k in every)),
    }


def by_uid(figure: go.Figure) -> dict[str, Any]:
    return {trace.uid: trace for trace in figure.data}


# --- The classes ---


@by_each
def test_the_bars_are_the_numeric_core(by: By) -> None:
    p = P if by == "p" else softmax(Z)
    bars = by_uid(figures(by, GIVEN[by])["classes"])
    np.testing.assert_allclose(bars["prediction"].y, p, rtol=1e-12)
    np.testing.assert_allclose(bars["target"].y, T)
    np.testing.assert_allclose(bars["share"].y, -T * np.log(p), rtol=1e-12)
    np.testing.assert_allclose(bars["slope-p"].y, losses.cross_entropy_gradient(p, T), rtol=1e-12)
    slope = losses.cross_entropy_with_logits_gradient(np.log(p), T)
    np.testing.assert_allclose(bars["slope-z"].y, slope, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose([bars["floor"].x, bars["excess"].base], entropy(T), rtol=1e-12)
    np.testing.assert_allclose(bars["excess"].x, rel_entr(T, p).sum(), rtol=1e-12)


@pytest.mark.parametrize("prediction", [P, [0.2, 0.3, 0.7]])
@pytest.mark.parametrize("target", [T, [0.6, 0.1, 0.1]])
@pytest.mark.parametrize("options", [(), OPTIONS])
def test_the_loss_and_its_floor_are_called_what_they_are_for_any_sums(
    prediction: Any, target: Any, options: tuple[Option, ...]
) -> None:
    bars = by_uid(figures("p", prediction, target, options)["classes"])
    assert (bars["floor"].name, bars["excess"].name) == ("floor", "above the floor")


@by_each
def test_the_bars_obey_the_options(by: By) -> None:
    p = P if by == "p" else softmax(Z)
    bars = by_uid(figures(by, GIVEN[by], options=OPTIONS)["classes"])
    np.testing.assert_allclose(np.sum(bars["share"].y), losses.cross_entropy(p, T, **CORE_OPTIONS), rtol=1e-12)
    np.testing.assert_allclose(bars["slope-p"].y, losses.cross_entropy_gradient(p, T, **CORE_OPTIONS), rtol=1e-12)
    slope = losses.cross_entropy_with_logits_gradient(np.log(p), T, **CORE_OPTIONS)
    np.testing.assert_allclose(bars["slope-z"].y, slope, rtol=1e-12, atol=1e-15)


def test_bars_without_end_are_drawn_as_far_as_any_chart_reaches() -> None:
    bars = by_uid(figures("p", [0, 0.5, 0.5], [1, 0, 0])["classes"])
    assert bars["share"].y[0] == bars["excess"].x[0] == ENDLESS
    assert bars["slope-p"].y[0] == -ENDLESS
    np.testing.assert_allclose(bars["slope-z"].y, [-1, 0.5, 0.5])


def test_a_bar_without_end_is_marked_with_its_sign_and_no_other_is() -> None:
    marks = by_uid(figures("p", (0, 0.5, 0.5), (0.5, 0.5, 0))["classes"])
    shown = {uid: [end is not None for end in trace.y] for uid, trace in marks.items() if uid.startswith("endless-")}
    none, first = [False] * 3, [True, False, False]
    assert marks["endless-loss"].x == (MARK[1],)
    assert shown == {
        "endless-l": first, "endless-l-below": none, "endless-d_p": none, "endless-d_p-below": first, "endless-d_z": none,
        "endless-d_z-below": none, "endless-loss": [True],
    }  # fmt: skip
    assert (marks["endless-l"].text, marks["endless-d_p-below"].text) == ("<b>∞</b>", "<b>−∞</b>")
    assert marks["endless-d_p-below"].textfont.size == 18
    assert endless("many", -1, {"y": ["a"]}, bars=10)["textfont"]["size"] == 10  # "−∞" stays within a bar
    finite = by_uid(figures("p", P)["classes"])
    assert all(end is None for uid, trace in finite.items() if uid.startswith("endless-d") for end in trace.y)
    assert finite["endless-loss"].x == (None,)


@pytest.mark.parametrize("p", [[0.2, 0.3, 0.5], [1e-9, 0.5, 0.5], [0, 0.5, 0.5]])
def test_the_axes_of_the_classes_reach_the_bars_as_far_as_30(p: list[float]) -> None:
    figure = figures("p", p, [1, 0, 0])["classes"]
    for uid, axis, way in (
        ("excess", "xaxis2", "x"),
        ("share", "yaxis2", "y"),
        ("slope-p", "yaxis3", "y"),
        ("slope-z", "yaxis4", "y"),
    ):
        low, high = figure.layout[axis].range
        sizes = np.abs(by_uid(figure)[uid][way])
        assert high >= max(sizes[sizes < ENDLESS].clip(max=30), default=0)
        assert low in (0, -high)


def test_the_classes_have_their_names_below() -> None:
    axis = figures("p", P)["classes"].layout.xaxis
    assert list(zip(axis.tickvals, axis.ticktext, strict=True)) == [(1, "cat"), (2, "dog"), (3, "owl")]


# --- The slice ---


@pytest.mark.parametrize("along", [1, 2, 3])
@by_each
def test_the_slice_is_the_numeric_core_along_one_logit(by: By, along: int) -> None:
    z = np.log(P) if by == "p" else Z
    traces = by_uid(figures(by, GIVEN[by], along=along)["slice"])
    moved = np.where(np.arange(3) == along - 1, LOGITS[:, np.newaxis], z)
    loss, slope = losses.cross_entropy_with_logits(z, T), losses.cross_entropy_with_logits_gradient(z, T)[along - 1]
    np.testing.assert_allclose(traces["curve"].x, LOGITS)
    np.testing.assert_allclose(traces["curve"].y, losses.cross_entropy_with_logits(moved, T), rtol=1e-12)
    np.testing.assert_allclose(traces["tangent"].y, loss + slope * (LOGITS - z[along - 1]), rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(traces["floor line"].y, [entropy(T)] * 2)
    (point,) = (trace for uid, trace in traces.items() if uid.startswith("point"))
    np.testing.assert_allclose([point.x[0], point.y[0]], [z[along - 1], loss], rtol=1e-12)
    assert point.meta.get("drag") == ({"x": f"z{along}"} if by == "z" else None)


@pytest.mark.parametrize(("z", "top"), [([0, 0, 0], 5.3), ([20, -20, 0], 30), ([-18, 0, 0], 19)])
def test_the_axis_of_the_slice_reaches_the_loss_as_far_as_30(z: list[float], top: float) -> None:
    low, high = figures("z", z, [0, 1, 0] if z[0] > 0 else [1, 0, 0])["slice"].layout.yaxis.range
    assert low == -0.25
    assert top <= high <= 1.1 * 30


# --- The triangle ---


@pytest.mark.parametrize(("options", "core"), [((), {}), (OPTIONS, CORE_OPTIONS)], ids=["plain", "options"])
@by_each
def test_the_field_is_the_numeric_core_at_many_points_within_the_triangle(
    by: By, options: tuple[Option, ...], core: dict[str, Any]
) -> None:
    field = by_uid(figures(by, GIVEN[by], options=options)["triangle"])["field"]
    across, down = np.meshgrid(field.x, field.y)
    p = np.stack([across, down, np.ones(across.shape)], axis=-1) @ np.linalg.inv(np.vstack([CORNERS.T, np.ones(3)])).T
    within = (p > -1e-12).all(axis=-1)
    assert within.sum() >= 5000
    expected = losses.cross_entropy(p[within].clip(1e-6, 1), T, **core)
    np.testing.assert_allclose(np.array(field.z)[within], expected, rtol=1e-9)
    assert (field.x[0], field.x[-1], field.y[0], field.y[-1]) == (ACROSS[0], 1, DOWN[0], HEIGHT)


@by_each
def test_the_point_lies_at_the_prediction_and_the_way_down_starts_there(by: By) -> None:
    place = (P if by == "p" else softmax(Z)) @ CORNERS
    traces = by_uid(figures(by, GIVEN[by])["triangle"])
    np.testing.assert_allclose([traces["point-px-py"].x[0], traces["point-px-py"].y[0]], place)
    x, y = np.array(traces["descent"].x), np.array(traces["descent"].y)
    np.testing.assert_allclose([x[0], y[0]], place)
    assert (x[1], y[1]) == (x[3], y[3])
    np.testing.assert_allclose(np.hypot(x[1] - x[0], y[1] - y[0]), 0.13)
    np.testing.assert_allclose(np.hypot(x[2] - x[1], y[2] - y[1]), np.hypot(x[4] - x[3], y[4] - y[3]))


@by_each
def test_a_hand_on_the_point_sets_every_prediction(by: By) -> None:
    meta = by_uid(figures(by, GIVEN[by])["triangle"])["point-px-py"].meta
    assert meta["drag"] == {"x": "tx", "y": "ty"}
    assert meta["sets"] == {f"{by}{k}": f"set_{by}{k}" for k in (1, 2, 3)}


def test_the_corners_are_named_where_their_class_is_certain() -> None:
    labels = figures("p", P)["triangle"].layout.annotations
    assert [label.text for label in labels] == list(NAMES)
    np.testing.assert_allclose([(label.x, label.y) for label in labels], CORNERS)


# --- All ---


@pytest.mark.parametrize("options", [(), OPTIONS], ids=["plain", "options"])
@pytest.mark.parametrize("chart", ["classes", "slice", "triangle"])
@by_each
def test_every_chart_is_a_valid_figure(by: By, chart: str, options: tuple[Option, ...]) -> None:
    figure = figures(by, [0.0, 0.0, 1.0], [1.0, 0.0, 0.0], options)[chart]
    validated = go.Figure(figure.to_dict())
    assert [trace.uid for trace in validated.data] == [trace.uid for trace in figure.data]
    assert len({trace.uid for trace in figure.data}) == len(figure.data)
