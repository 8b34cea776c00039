"""What the live chart is given: the browser's kernels compute what Python's figure holds."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import streamlit as st
from py_mini_racer import MiniRacer

from explorer.core.binary import Axis, binary_view
from explorer.figures.binary import binary_figure
from explorer.live import live
from explorer.live.standalone import Slider, standalone_page

VALUES: dict[Axis, dict[str, float]] = {"p": {"p": 0.37, "t": 0.8}, "z": {"z": -2.5, "t": 0.8}}


def chart_data(axis: Axis) -> dict[str, Any]:
    figure = binary_figure(axis, VALUES[axis], other=True, squared=True)
    return live.chart_data(figure, binary_view(axis).program, values=VALUES[axis], filename="chart", alt="chart")


def run(source: str, call: str) -> Any:
    engine = MiniRacer()
    engine.eval(source.replace("export const", "var"))
    text = engine.eval(f"JSON.stringify({call}, (k, v) => v instanceof Float64Array ? Array.from(v, String) : v)")
    return json.loads(str(text))


@pytest.mark.parametrize("axis", ["p", "z"])
def test_each_kernel_computes_its_trace(axis: Axis) -> None:
    figure = binary_figure(axis, VALUES[axis], other=True, squared=True)
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
    assert set(numbers) == (set(steps) | set(VALUES[axis])) - {"tangent"}
    for name, number in numbers.items():
        assert number == pytest.approx(float(steps.get(name, VALUES[axis].get(name, 0))), rel=1e-12)


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
    state: dict[str, Any] = {"chart": {"commit": committed}, "p": 0.2, "t": 1.0}
    monkeypatch.setattr(st, "session_state", state)
    live._settle("chart", {"p": (0.0, 1.0)})
    assert (state["p"], state["t"]) == (settled, 1.0)


def test_the_page_alone_holds_script_sliders_and_numbers_and_fetches_nothing() -> None:
    view = binary_view("p")
    figure = binary_figure("p", VALUES["p"])
    sliders = [Slider("p", "Prediction p", 0, 1, 0.001, 0.37), Slider("t", "Target <t>", 0, 1, 0.001, 0.8)]
    page = standalone_page(figure, view.program, sliders, title="A & B", quantities=[("L", "Loss")])
    assert page.count('<input type="range"') == 2
    assert "<title>A &amp; B</title>" in page
    assert "Target &lt;t&gt;" in page
    assert 'data-quantity="L"' in page
    assert "{{" not in page.split("<script>")[0]
    head = page.split("<script>")[0]
    assert "http" not in head.replace("http://www.w3.org", "")
