"""A figure's bound attributes hold the program's numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from sympy import Symbol, symbols

from explorer.core.program import Program
from explorer.core.sweeps import means
from explorer.figures.binding import ENDLESS, bound_names, following, settle
from explorer.figures.style import PALETTE
from explorer.figures.traces import color_scale

x, y, w, t = symbols("x y w t")
PRODUCT = Program((x, y, w, t), ((Symbol("a"), w * x), (Symbol("L"), (Symbol("a") - t) ** 2 + y)))


def settled(trace: dict[str, Any], values: dict[str, float], **options: Any) -> Any:
    return settle([trace], {}, PRODUCT, values, **options).data[0]


def test_a_curve_runs_over_its_swept_input() -> None:
    trace = {"type": "scatter", "x": [0.0, 1.0, 2.0], "meta": following({"y": "L"}, sweep={"x": "x"})}
    assert list(settled(trace, {"y": 1, "w": 3, "t": 2}).y) == [5, 2, 17]


def test_a_point_takes_one_number_for_each_attribute() -> None:
    trace = {"type": "scatter", "x": [0.0], "y": [0.0], "opacity": 0.0, "meta": following({"x": "x", "y": "L", "opacity": "a"})}
    point = settled(trace, {"x": 0.5, "y": 1, "w": 1, "t": 0})
    assert (point.x, point.y, point.opacity) == ((0.5,), (1.25,), 0.5)


def test_bars_take_one_step_each_and_dotted_attributes_are_reached() -> None:
    meta = following({"y": ["a", "L"], "marker.line.width": "a"})
    trace = {"type": "bar", "y": [0, 0], "marker": {"line": {"width": 0.0}, "color": "red"}, "meta": meta}
    bars = settled(trace, {"x": 2, "y": 0, "w": 3, "t": 1})
    assert list(bars.y) == [6, 25]
    assert bars.marker.line.width == 6
    assert bars.marker.color == "red"


@pytest.mark.parametrize(("y", "length"), [(np.inf, ENDLESS), (-np.inf, -ENDLESS), (1e300, ENDLESS), (7, 7)])
@pytest.mark.parametrize(("way", "across"), [("y", "x"), ("x", "y")])
def test_a_bar_without_end_is_drawn_as_far_as_any_chart_reaches(y: float, length: float, way: str, across: str) -> None:
    trace = {"type": "bar", way: [0], across: [1], "meta": following({way: ["L"]})}
    assert list(settled(trace, {"x": 0, "y": y, "w": 0, "t": 0})[way]) == [length]


def test_a_line_without_end_stays_so() -> None:
    trace = {"type": "scatter", "y": [0, 0], "meta": following({"y": ["L", "y"]})}
    assert list(settled(trace, {"x": 0, "y": np.inf, "w": 0, "t": 0}).y) == [np.inf] * 2


@pytest.mark.parametrize(("w", "color"), [(-2, 1), (0, 0), (3, 0)])
def test_a_colour_can_follow_a_sign(w: float, color: int) -> None:
    meta = following({"line.width": "w", "line.color": "w"}, signs={"line.color": (1, 0)})
    edge = settled({"type": "scatter", "line": {"width": 0, "color": ""}, "meta": meta}, {"x": 0, "y": 0, "w": w, "t": 0})
    assert edge.line.color == PALETTE[color]


def test_a_heat_map_spans_the_grid_of_both_inputs() -> None:
    trace = {
        "type": "heatmap",
        "x": [0.0, 1.0],
        "y": [0.0, 10.0, 20.0],
        "meta": following({"z": "L"}, sweep={"x": "x", "y": "y"}),
    }
    z = np.asarray(settled(trace, {"w": 2, "t": 1}).z)
    assert z.tolist() == [[1, 1], [11, 11], [21, 21]]


def test_the_cells_of_a_heat_map_can_be_steps_row_by_row() -> None:
    trace = {"type": "heatmap", "x": [1, 2], "z": [], "meta": following({"z": ["x", "y", "a", "L"]})}
    z = np.asarray(settled(trace, {"x": 1, "y": 2, "w": 3, "t": 4}).z)
    assert z.tolist() == [[1, 2], [3, 3]]


def test_shades_are_spread_evenly_over_a_colour_scale() -> None:
    assert color_scale((1, -1, 0)) == [[0, PALETTE[1]], [0.5, "#FFFFFF"], [1, PALETTE[0]]]


def test_what_depends_on_rows_is_their_mean() -> None:
    rows = {"x": [1.0, 2.0], "t": [0.0, 1.0]}
    trace = {"type": "scatter", "x": [0.0, 1.0], "meta": following({"y": "L"}, sweep={"x": "w"})}
    assert list(settled(trace, {"y": 0.5}, rows=rows).y) == [1.0, 1.5]
    point = {"type": "scatter", "x": [0.0], "y": [0.0], "meta": following({"x": "w", "y": "L"})}
    assert (settled(point, {"w": 1, "y": 0.5}, rows=rows).x, settled(point, {"w": 1, "y": 0.5}, rows=rows).y) == ((1,), (1.5,))


def test_each_trace_needs_only_the_inputs_of_its_own_steps() -> None:
    curve = {"type": "scatter", "x": [1.0, 2.0], "meta": following({"y": "a"}, sweep={"x": "x"})}
    point = {"type": "scatter", "x": [0.0], "y": [0.0], "meta": following({"x": "w", "y": "w"})}
    figure = settle([curve, point], {}, PRODUCT, {"w": 3})
    assert [list(trace.y) for trace in figure.data] == [[3, 6], [3]]


def test_a_trace_that_misses_an_input_is_refused() -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole sentence is compared below
        settled({"type": "scatter", "y": [0.0], "meta": following({"y": "L"})}, {"x": 1, "y": 1, "w": 1})
    assert str(error.value) == "evaluate must be given each input once, t, w, x, y; got t astray."


@pytest.mark.parametrize("rows", [{}, {"x": [1.0, 2.0, 6.0], "t": [0.0, 1.0, -1.0]}])
def test_averaged_gives_every_step_as_a_chart_with_these_rows_shows_it(rows: dict[str, list[float]]) -> None:
    values = {"x": 2.0, "y": 0.5, "w": 3.0, "t": 1.0}
    given = {name: value for name, value in values.items() if name not in rows}
    columns = {name: np.array(rows.get(name, [value])) for name, value in values.items()}
    a = columns["w"] * columns["x"]
    expected = {"a": a.mean(), "L": ((a - columns["t"]) ** 2 + columns["y"]).mean()}
    assert means(PRODUCT, given, rows) == pytest.approx(expected, rel=1e-15)
    bars = settled({"type": "bar", "y": [0, 0], "meta": following({"y": ["a", "L"]})}, given, rows=rows)
    assert list(bars.y) == pytest.approx([expected["a"], expected["L"]], rel=1e-15)


def test_following_tells_only_what_is_given() -> None:
    assert following({}) == {}
    assert following({"x": "px"}, drag={"x": "tx"}, sets={"p1": "set_p1"}, color=-1) == {
        "bind": {"x": "px"},
        "drag": {"x": "tx"},
        "sets": {"p1": "set_p1"},
        "color": -1,
    }


def test_the_traces_given_are_left_as_they_were() -> None:
    trace = {
        "type": "scatter",
        "x": [0.0],
        "y": [7.0],
        "marker": {"size": 1.0},
        "meta": following({"y": "L", "marker.size": "a"}),
    }
    settled(trace, {"x": 1, "y": 1, "w": 1, "t": 1})
    assert trace["y"] == [7.0]
    assert trace["marker"] == {"size": 1.0}


def test_a_plain_trace_stays_plain() -> None:
    figure = settle([{"type": "scatter", "y": [1, 2]}], {"title": {"text": "plain"}}, PRODUCT, {})
    assert list(figure.data[0].y) == [1, 2]
    assert go.Figure(figure.to_dict()).layout.title.text == "plain"


@pytest.mark.parametrize(
    ("meta", "names"), [(None, []), ({"bind": {"y": "L"}}, ["L"]), ({"bind": {"y": ["a", "L"], "x": "a"}}, ["a", "L"])]
)
def test_each_bound_name_is_listed_once(meta: dict[str, Any] | None, names: list[str]) -> None:
    assert bound_names(meta) == names
