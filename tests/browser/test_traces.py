"""Every kind of trace follows a slider in the browser: bars, heat maps, widths, colours, and means over rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page
from sympy import Symbol, tanh

from explorer.core.program import Program
from explorer.figures.binding import Trace, following, settle
from explorer.live.standalone import page_of
from explorer.views.binary import State
from explorer.views.fields import Number
from explorer.views.markup import quantity as shown
from explorer.views.view import Chart, Slider, View
from tests.browser.steps import quantity, standing_alone

w, b, x, t = (Symbol(name) for name in "wbxt")
y = Symbol("y")
PROGRAM = Program((w, b, x, t), ((y, tanh(w * x + b)), (Symbol("width"), w**2), (Symbol("L"), (y - t) ** 2)))
ROWS = {"x": [-1.0, 0.5, 2.0], "t": [-1.0, 0.0, 1.0]}
TRACES: list[Trace] = [
    {"type": "bar", "x": ["loss", "width"], "y": [0, 0], "meta": following({"y": ["L", "width"]}, color=0)},
    {
        "type": "heatmap",
        "x": [-1.0, 0.0, 1.0],
        "y": [-2.0, 2.0],
        "z": [],
        "meta": following({"z": "L"}, sweep={"x": "w", "y": "b"}),
    },
    {
        "type": "scatter",
        "x": [0, 1],
        "y": [0, 0],
        "mode": "lines",
        "line": {"width": 1.0, "color": "black"},
        "meta": following({"line.width": "width", "line.color": "w"}, signs={"line.color": (1, 0)}),
    },
    {
        "type": "scatter",
        "x": [-1.0, 0.0, 1.0],
        "y": [0, 0, 0],
        "mode": "lines",
        "meta": following({"y": "L"}, sweep={"x": "w"}),
    },
]
BEFORE, AFTER = {"w": 1.0, "b": 0.5}, {"w": -1.5, "b": 0.25}


def figure(values: dict[str, float]) -> Any:
    return settle(TRACES, {}, PROGRAM, values, rows=ROWS)


@pytest.fixture(scope="module")
def drawn(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page with all the traces, after its sliders have gone from BEFORE to AFTER."""
    chart = Chart("chart", "Traces", "Traces", "traces", figure(BEFORE), PROGRAM, BEFORE, {}, ROWS)
    sliders = tuple(Slider(Number(name, name, -2, 2, value, 0.01), value) for name, value in BEFORE.items())
    layout = ((("chart", "numbers"),),)
    texts = {"numbers": shown("L", 0.0)}
    file = tmp_path_factory.mktemp("traces") / "traces.html"
    file.write_text(page_of(View(State(), (), "Traces", PROGRAM, {}, (chart,), texts, layout, str, sliders)))
    with standing_alone(browser, file) as page:
        for name, value in AFTER.items():
            page.locator(f"input[name={name}]").fill(str(value))
        page.wait_for_timeout(300)
        yield page


def attribute(page: Page, index: int, path: str) -> Any:
    """What Plotly holds, arrays as lists."""
    script = """([index, path]) => {
      const plain = v => ArrayBuffer.isView(v) || Array.isArray(v) ? Array.from(v, plain) : v;
      return plain(path.split('.').reduce((o, part) => o[part], document.querySelector('.live-plot')._fullData[index]));
    }"""
    return page.evaluate(script, [index, path])


def test_bars_heat_map_width_colour_and_curve_hold_what_python_computes(drawn: Page) -> None:
    bars, heat, edge, curve = figure(AFTER).data
    assert attribute(drawn, 0, "y") == pytest.approx(list(bars.y), rel=1e-12)
    np.testing.assert_allclose(attribute(drawn, 1, "z"), heat.z, rtol=1e-12)
    assert attribute(drawn, 2, "line.width") == pytest.approx(edge.line.width)
    assert attribute(drawn, 2, "line.color").lower() == "#c24e00"  # negative: the page's second colour
    np.testing.assert_allclose(attribute(drawn, 3, "y"), curve.y, rtol=1e-12)


def test_a_number_beside_the_chart_is_the_mean_over_the_rows(drawn: Page) -> None:
    by_hand = np.mean([(np.tanh(AFTER["w"] * x + AFTER["b"]) - t) ** 2 for x, t in zip(ROWS["x"], ROWS["t"], strict=True)])
    assert quantity(drawn, "L") == pytest.approx(by_hand, rel=1e-12)
