"""What the live chart is given: the browser's kernels compute what Python's figure holds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
import pytest
import streamlit as st
from py_mini_racer import MiniRacer
from streamlit.testing.v1 import AppTest

import explorer
from explorer.core import losses
from explorer.core.binary import Axis, binary_view
from explorer.core.categorical import By, Option, categorical_view
from explorer.core.program import Program
from explorer.core.sweeps import means
from explorer.figures.binary import binary_figure
from explorer.figures.categorical import classes_figure, slice_figure, triangle_figure
from explorer.figures.triangle import with_triangle
from explorer.live import data, diagram, live, table
from explorer.live.assets import FOLDER
from explorer.views.view import Chart
from tests.live.scripts import engine

VALUES: dict[Axis, dict[str, float]] = {"p": {"p": 0.37, "t": 0.8}, "z": {"z": -2.5, "t": 0.8}}


def chart_data(axis: Axis) -> dict[str, Any]:
    figure = binary_figure(axis, VALUES[axis], other=True, squared=True)[0]
    found: dict[str, Any] = data.chart_data(
        Chart("chart", "chart", "chart", "chart", figure, binary_view(axis).program, VALUES[axis])
    )
    return found


def run(source: str, call: str) -> Any:
    engine = MiniRacer()
    engine.eval(source.replace("export const", "var"))
    text = engine.eval(f"JSON.stringify({call}, (k, v) => v instanceof Float64Array ? Array.from(v, String) : v)")
    return json.loads(str(text))


@pytest.mark.parametrize("axis", ["p", "z"])
def test_each_kernel_computes_its_trace(axis: Axis) -> None:
    figure = binary_figure(axis, VALUES[axis], other=True, squared=True)[0]
    source = chart_data(axis)["program"]
    checked = 0
    for index, trace in enumerate(figure.data):
        sweep = {name: list(trace[path]) for path, name in trace.meta.get("sweep", {}).items()}
        arrays = ", ".join(f"{name}: Float64Array.from({json.dumps(values)})" for name, values in sweep.items())
        results = run(source, f"kernels[{index}]({json.dumps(VALUES[axis])}, {{{arrays}}}, {{}})")
        for path, name in trace.meta["bind"].items():
            found = np.array(results[name] if sweep else [results[name]], dtype=str).astype(float)
            np.testing.assert_allclose(found, np.atleast_1d(np.asarray(trace[path], dtype=float)), rtol=1e-12, atol=1e-14)
            checked += 1
    assert checked >= len(figure.data)


@pytest.mark.parametrize("axis", ["p", "z"])
def test_the_quantities_are_every_step_that_needs_no_sweep(axis: Axis) -> None:
    numbers = run(chart_data(axis)["program"], f"quantities({json.dumps(VALUES[axis])}, {{}}, {{}})")
    steps = binary_view(axis).program.evaluate({**VALUES[axis], "u": 0})
    assert set(numbers) == (set(steps) | set(VALUES[axis])) - {"tangent", "squared_tangent"}
    for name, number in numbers.items():
        assert number == pytest.approx(float(steps.get(name, VALUES[axis].get(name, 0))), rel=1e-12)


# --- A chart with rows, a grid, and a point that a hand moves ---

PREDICTION: dict[By, list[float]] = {"p": [0.2, 0.3, 0.5], "z": [1.5, -0.5, 0.25]}
ROWS = {
    "p": np.array([[0.7, 0.1, 0.2], [0.1, 0.5, 0.4], [0.02, 0.9, 0.08]]),
    "z": np.array([[0.0, 2.0, -1.0], [3.0, 0.5, 0.25], [-4.0, 0.0, 4.0]]),
}
TARGETS = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.25, 0.5, 0.25]])
OPTIONS: dict[By, tuple[Option, ...]] = {
    "p": ("smoothing", "weights", "focal"),
    "z": ("smoothing", "weights", "focal", "temperature"),
}
OPTION_VALUES = {"epsilon": 0.1, "gamma": 2.0, "T": 2.0, "w1": 1.0, "w2": 2.0, "w3": 0.5, "n1": 1.25, "n2": 1.5, "n3": 0.25}
GIVEN = {"t1": 0.0, "t2": 1.0, "t3": 0.0, "o1": 1.0, "o2": 0.0, "o3": 0.0, "others": 3.0, "counts": 1.0, "hits": 2.0}


class Categorical(NamedTuple):
    program: Program
    values: dict[str, float]
    rows: dict[str, list[float]]
    figures: dict[str, go.Figure]

    def module(self, chart: str, **options: Any) -> str:
        given = {"values": self.values, "rows": self.rows, **options}
        return str(data.chart_data(Chart(chart, chart, chart, chart, self.figures[chart], self.program, **given))["program"])


def numbered(letter: str, columns: Iterable[Any]) -> dict[str, Any]:
    return {f"{letter}{k}": column for k, column in enumerate(columns, 1)}


def categorical(by: By, options: Iterable[Option] = ()) -> Categorical:
    program = with_triangle(categorical_view(by, 3, frozenset(options)).program, by, frozenset(options))
    values = numbered(by, PREDICTION[by]) | GIVEN
    values |= {name: value for name, value in OPTION_VALUES.items() if name in program.symbols}
    rows = numbered("x", ROWS[by].T.tolist()) | numbered("y", TARGETS.T.tolist())
    numbers = values | means(program, {**values, "u": 0.0, "tx": 0.0, "ty": 0.0}, rows)
    names = ("cat", "dog", "owl")
    figures = {
        "classes": classes_figure(program, values, numbers, names),
        "slice": slice_figure(program, values, numbers, "cat", "z1" if by == "z" else None),
        "triangle": triangle_figure(program, values, numbers, names, tuple(numbered(by, "123"))),
    }
    return Categorical(program, values, rows, figures)


@pytest.mark.parametrize("chart", ["classes", "slice", "triangle"])
@pytest.mark.parametrize("by", ["p", "z"])
def test_each_kernel_computes_its_trace_from_the_inputs_that_it_needs(by: By, chart: str) -> None:
    given = categorical(by)
    source = given.module(chart)
    needs = run(source, "needs")
    for index, trace in enumerate(given.figures[chart].data):
        if not (trace.meta or {}).get("bind"):
            assert run(source, f"kernels[{index}]") is None
            continue
        sweep = {name: np.asarray(trace[path]) for path, name in trace.meta.get("sweep", {}).items()}
        if trace.type == "contour":
            sweep = dict(zip(sweep, (axis.ravel() for axis in np.meshgrid(*sweep.values())), strict=True))
        arrays = ", ".join(f"{name}: Float64Array.from({json.dumps(column.tolist())})" for name, column in sweep.items())
        inputs = {name: given.values[name] for name in needs[index]}
        results = run(source, f"kernels[{index}]({json.dumps(inputs)}, {{{arrays}}}, {json.dumps(given.rows)})")
        for path, bound in trace.meta["bind"].items():
            names = [bound] if isinstance(bound, str) else bound
            found = np.array([results[name] for name in names], dtype=str).astype(float)
            if sign := trace.meta.get("ends"):
                assert [x == sign * np.inf for x in found] == [mark is not None for mark in trace[path]]
                continue
            np.testing.assert_allclose(found.ravel(), np.ravel(trace[path]), rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize(
    ("chart", "uid", "needs"),
    [
        ("classes", "prediction", ["p1", "p2", "p3"]),
        ("classes", "target", ["t1", "t2", "t3"]),
        ("classes", "floor", ["t1", "t2", "t3"]),
        ("classes", "share", ["p1", "p2", "p3", "t1", "t2", "t3"]),
        ("triangle", "field", ["t1", "t2", "t3"]),
        ("triangle", "point-px-py", ["p1", "p2", "p3"]),
        ("triangle", "outline", []),
    ],
)
def test_a_trace_needs_only_what_its_numbers_are_computed_from(chart: str, uid: str, needs: list[str]) -> None:
    given = categorical("p")
    place = [trace.uid for trace in given.figures[chart].data].index(uid)
    assert run(given.module(chart), "needs")[place] == needs


@pytest.mark.parametrize("by", ["p", "z"])
def test_the_setter_of_a_point_gives_the_prediction_at_the_place_under_the_hand(by: By) -> None:
    given = categorical(by)
    place = {"tx": 0.4, "ty": 0.3}
    count = len(given.figures["triangle"].data)
    source = given.module("triangle")
    (setter,) = (i for i in range(count) if run(source, f"setters[{i}] !== null"))
    assert given.figures["triangle"].data[setter].uid == "point-px-py"
    found = run(source, f"setters[{setter}]({json.dumps(given.values | place)}, {{}}, {{}})")
    unswept = dict.fromkeys((s.name for s in given.program.inputs), 0.0)
    expected = given.program.evaluate(unswept | given.values | place)
    assert found == {name: pytest.approx(float(expected[name])) for name in numbered(f"set_{by}", "123")}


@pytest.mark.parametrize("with_options", [False, True])
@pytest.mark.parametrize("by", ["p", "z"])
def test_the_quantities_are_averages_over_the_rows_of_what_needs_no_sweep(by: By, with_options: bool) -> None:
    given = categorical(by, OPTIONS[by] if with_options else ())
    found = run(given.module("classes"), f"quantities({json.dumps(given.values)}, {{}}, {json.dumps(given.rows)})")
    expected = means(given.program, {**given.values, "u": 0.0, "tx": 0.0, "ty": 0.0}, given.rows)
    swept = {s.name for s in given.program.depends(["u", "tx", "ty"])}
    assert set(found) == (set(expected) | set(given.values)) - swept
    assert found == pytest.approx({name: {**given.values, **expected}[name] for name in found}, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("by", ["p", "z"])
def test_each_gives_a_step_row_by_row(by: By) -> None:
    given = categorical(by)
    found = run(given.module("classes", each=("row_L",)), f"each({json.dumps(given.values)}, {json.dumps(given.rows)})")
    loss = {"p": losses.cross_entropy, "z": losses.cross_entropy_with_logits}[by]
    assert list(found) == ["row_L"]
    np.testing.assert_allclose(np.array(found["row_L"], dtype=float), loss(ROWS[by], TARGETS), rtol=1e-12)


@pytest.mark.parametrize(
    ("options", "exports"),
    [
        ({}, ["kernels", "needs", "setters", "quantities"]),
        ({"writes": False}, ["kernels", "needs", "setters"]),
        ({"each": ("row_L",)}, ["kernels", "needs", "setters", "quantities", "each"]),
    ],
)
def test_a_module_exports_what_its_chart_is_there_for(options: dict[str, Any], exports: list[str]) -> None:
    source = categorical("p").module("classes", **options)
    assert re.findall(r"^export const (\w+)", source, re.MULTILINE) == exports


def test_the_figure_keeps_the_names_that_carry_a_readers_choices_over() -> None:
    figure = json.loads(chart_data("p")["figure"])
    assert "curve L" in [trace["uid"] for trace in figure["data"]]


@pytest.mark.parametrize(
    ("committed", "settled"),
    [
        ({"p": 0.3}, 0.3),
        ({"p": 7}, 1.0),
        ({"p": -1}, 0.0),
        ({"p": float("nan")}, 0.2),
        ({"p": "0.3"}, 0.2),
        ({"t": 0.3}, 0.2),
        ("p", 0.2),
        (None, 0.2),
    ],
)
def test_a_hand_on_the_chart_sets_only_what_it_may(monkeypatch: pytest.MonkeyPatch, committed: object, settled: float) -> None:
    state: dict[str, Any] = {"chart": {"commit": [{"number": 1, "values": committed}]}, "p": 0.2, "t": 1.0}
    monkeypatch.setattr(st, "session_state", state)
    live._settle("chart", {"p": (0.0, 1.0)}, partial(live._set, ""))
    assert (state["p"], state["t"]) == (settled, 1.0)


def test_commits_are_taken_once_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser sends each until it is answered."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    limits = {"p": (0.0, 1.0), "t": (0.0, 1.0)}
    told: list[dict[str, float]] = []
    first, second, third = (
        {"number": k, "values": values} for k, values in enumerate(({"p": 0.5, "t": 0.5}, {"p": 0.75}, {"t": 0.25}), 1)
    )
    for commits in ([first, second], [first, second, third], [third], "commit", [4], [{"number": "4", "values": {"p": 0.0}}]):
        state["chart"] = {"commit": commits}
        live._settle("chart", limits, told.append)
    assert told == [{"p": 0.75, "t": 0.5}, {"t": 0.25}]


CALLBACKS: dict[str, Callable[[list[Any]], None]] = {
    "chart": lambda told: live._settle("gone", {"p": (0.0, 1.0)}, told.append),
    "turn": lambda told: live._turn("gone", 1, told.append),
    "diagram": lambda told: diagram._choose("gone", {"y1"}, told.append),
    "table": lambda told: table._act("gone", 1, 1, told.append),
}


@pytest.mark.parametrize("callback", CALLBACKS.values(), ids=CALLBACKS)
@pytest.mark.parametrize("state", [{}, {"gone": None}, {"gone": {}}, {"gone": 1.0}])
def test_a_callback_after_its_component_has_left_the_page_does_nothing(
    monkeypatch: pytest.MonkeyPatch, callback: Callable[[list[Any]], None], state: dict[str, Any]
) -> None:
    monkeypatch.setattr(st, "session_state", {**state})
    told: list[Any] = []
    callback(told)
    assert told == []
    assert st.session_state == state


def test_the_look_is_sent_once_a_run_and_not_with_each_component() -> None:
    page = AppTest.from_string(
        "from explorer.live.live import live_text, style\nstyle()\nlive_text('1', key='a')\nlive_text('2', key='b')"
    )
    run = page.run()
    assert [component.proto.css_content for component in run.get("bidi_component")] == ["", ""]
    assert [element.proto.body for element in run.get("html")] == [f"<style>{(FOLDER / 'live.css').read_text()}</style>"]


def test_a_kernel_runs_once_for_numbers_however_often_a_frame_asks() -> None:
    follower = """
      let computed = 0;
      const module = {kernels: [({p}) => (computed++, {p})], needs: [["p"]], setters: [null]};
      const follower = new script.Follower({type: "scatter", x: [0], meta: {bind: {x: "p"}}}, 0, module, []);
      const rows = {};
      const ask = numbers => [0, 1].map(() => follower.attributes(numbers, rows));
      const frames = [{p: 1, q: 1}, {p: 1, q: 2}, {p: 2, q: 2}].map(ask);
    """
    found = json.loads(str(engine("parts/follower.js").eval(f"{follower}; JSON.stringify([computed, frames])")))
    assert found == [2, [[[["x", [p]]]] * 2 for p in (1, 1, 2)]]


@pytest.mark.parametrize("address", ["/rows", "/losses?typed=(y-t)^1000&estimate=true&fit=true", "/binary?p=0&t=1"])
def test_what_is_sent_is_json_also_where_numbers_are_infinite_or_none(address: str, tmp_path: Path) -> None:
    (tmp_path / "wrong.csv").write_text("y_true,y_score\n1,0\n0,1\n")  # with every loss infinite
    view = explorer.view(address, rows=tmp_path / "wrong.csv" if address == "/rows" else None)
    sent = json.dumps([data.chart_data(chart) for chart in view.charts], allow_nan=False)
    assert ('"NaN"' in sent) == address.startswith("/losses")
