"""Points in a plane and a mask to paint: what the browser previews is what Python draws."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from benchmarks.geometry import PLACES, mask, mask_chart, plane_chart
from explorer.figures.lazy import specification
from explorer.figures.style import PALETTE, THEMES
from explorer.live.data import chart_data
from tests.live.scripts import engine
from tests.live.test_drawing import script

CHARTS = {
    "plane": (plane_chart, PLACES | {"x1": 1.25, "y1": -0.5, "x3": 2.0, "margin": 0.5}),
    "plane, pulls turned": (plane_chart, PLACES | {"x1": 2.5, "x2": -2.5, "x3": 2.25}),
    "mask": (mask_chart, mask() | {"p1": 1.0, "p28": 0.0, "p64": 0.75}),
}


def traces(figure: go.Figure) -> Any:
    return json.loads(json.dumps(specification(figure)["data"], default=np.ndarray.tolist))


@pytest.mark.parametrize("name", CHARTS)
def test_the_preview_of_every_trace_is_pythons_figure(name: str) -> None:
    make, moved = CHARTS[name]
    shown, settled = make(), make(moved)
    program = chart_data(shown)["program"].replace("export const", "var")
    source = f"""
      {program}
      const palette = {json.dumps(PALETTE)};
      const module = {{ kernels, needs, setters }};
      const followers = {json.dumps(traces(shown.figure))}.map((trace, i) => new script.Follower(trace, i, module, palette));
      const found = followers.map((f) => f.kernel ? f.attributes({json.dumps(moved)}, {{}}) : []);
      return JSON.stringify(found, (key, value) => (value instanceof Float64Array ? Array.from(value) : value));
    """
    found = json.loads(str(engine("parts/follower.js").eval(f"(() => {{ {source} }})()")))
    checked = 0
    for attributes, trace in zip(found, traces(settled.figure), strict=True):
        assert {path for path, _ in attributes} == set((trace.get("meta") or {}).get("bind", {}))
        for path, value in attributes:
            if path == "line.color":
                assert value == trace["line"]["color"]
            else:
                np.testing.assert_allclose(value, trace[path], rtol=1e-12, atol=1e-15)
            checked += 1
    assert checked >= 2


def test_the_colours_of_a_heat_map_are_pythons_in_the_light() -> None:
    light = THEMES["light"]
    theme = {"palette": PALETTE, "text": light.text, "ground": light.ground, "grid": light.line, "font": ""}
    data = traces(mask_chart().figure)
    source = f"""
      const page = {{ Plotly: {{}}, theme: () => ({json.dumps(theme)}) }};
      const chart = new script.LiveChart({{ ...element(), querySelector: element }}, page);
      const data = {json.dumps(data)};
      for (const trace of data) delete trace.colorscale;
      globalThis.getComputedStyle = () => ({{ fontSize: "16px" }});
      document.documentElement = {{ style: {{ setProperty() {{}} }} }};
      chart.paint(data, {{}});
      return JSON.stringify(data.map((trace) => trace.colorscale ?? null));
    """
    found = json.loads(str(script("parts/chart.js").eval(f"(() => {{ {source} }})()")))
    assert [[share, color.upper()] for share, color in found[1]] == data[1]["colorscale"]
    assert [scale for scale in found if scale] == [trace["colorscale"] for trace in data if "colorscale" in trace]


def test_a_chart_keeps_what_each_hand_holds_and_what_is_on_its_way() -> None:
    source = """
      const moved = [];
      const page = { Plotly: {}, open: () => ({ a: 1, b: 1 }), hold: (numbers) => moved.push(numbers) };
      const chart = new script.LiveChart({ ...element(), querySelector: element }, page);
      chart.hold({ b: 2 });
      chart.hold({ c: 3 });
      const held = [{ ...chart.held }];
      chart.hands = [{ moved: { b: 2 } }, { moved: undefined }];
      chart.gather();
      held.push(chart.held);
      chart.hands = [];
      chart.drop({ b: 0 });
      held.push(chart.held);
      return JSON.stringify([held, moved]);
    """
    held, moved = json.loads(str(script("parts/chart.js").eval(f"(() => {{ {source} }})()")))
    assert held == [{"b": 2, "c": 3}, {"a": 1, "b": 2}, {"a": 1, "b": 1}]
    assert moved == [{"b": 2}, {"c": 3}, {"b": 0}]


def test_a_label_and_a_colour_move_in_place() -> None:
    source = """
      const label = { on: {}, setAttribute(name, value) { this.on[name] = value; } };
      const group = { on: {}, firstElementChild: label, setAttribute(name, value) { this.on[name] = value; } };
      const path = { style: {}, setAttribute() {} };
      const node = { querySelectorAll: (selector) => (selector === ".js-line" ? [path] : [group]) };
      const trace = () => ({
        type: "scatter", x: [0], y: [0], visible: true, mode: "lines+text", cliponaxis: false, xaxis: "x", yaxis: "y",
        line: { color: "blue" },
      });
      const axis = { type: "linear", _length: 100, _offset: 0, d2p: (x) => x, d2c: (x) => x };
      const plot = {
        data: [trace()], _fullData: [trace()], calcdata: [[{ node3: { node: () => node } }]],
        _fullLayout: { xaxis: axis, yaxis: axis },
      };
      const places = [[[30], [40]], [[300], [40]]].map(([x, y]) => {
        script.move(plot, 0, [["x", x], ["y", y], ["line.color", "red"]]);
        return { ...label.on, ...group.on };
      });
      return JSON.stringify([places, path.style.stroke, plot.data[0].line, plot._fullData[0].line]);
    """
    places, stroke, *lines = json.loads(str(script("parts/draw.js").eval(f"(() => {{ {source} }})()")))
    shown, hidden = places
    assert shown == {"x": "30", "y": "40", "visibility": "visible"}
    assert hidden["visibility"] == "hidden"
    assert (stroke, lines) == ("red", [{"color": "red"}] * 2)
