"""minimum.js finds what minimum.py does, with the programs that it is sent."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pytest
from py_mini_racer import MiniRacer

from explorer.core.estimate import estimate, kind
from explorer.core.fit import ACROSS, HEIGHTS, can_fit, fit
from explorer.core.losses import LOSSES
from explorer.core.minimum import solve
from explorer.figures.estimate import estimate_figure, fit_figure
from explorer.live.data import chart_data
from explorer.views.view import Chart
from tests.live.scripts import engine

NEAR = 1e-8
"""Of a range: within what both agree."""
DOTS = ((0.4, 0.9, 1.1, 1.6, 2.0, 2.7, 3.4, 5.2, 9.1), (1.2, 1.6, 2.0, 2.5, 7.0, 7.4, 7.9, 8.3, 9.9), (3.0,) * 9)
RATES = (0.0, 0.3, 0.5, 1.0)


@cache
def script() -> MiniRacer:
    return engine("parts/minimum.js")


def run(code: str) -> Any:
    return json.loads(str(script().eval(f"JSON.stringify({code})")))


def found(chart: Chart, numbers: dict[str, float]) -> dict[str, float]:
    """Every minimum of a chart, once its inputs have moved to some numbers, as a browser finds them."""
    data = chart_data(chart)
    script().eval(data["program"].replace("export const", "var"))
    settled = json.dumps(dict.fromkeys(data["values"], -1))
    answer: dict[str, float] = run(f"""(() => {{
        const numbers = {json.dumps(numbers)};
        const rows = script.columnsOf({json.dumps(data["rows"])}, {json.dumps(data["cells"])})(numbers);
        return new script.Minima({json.dumps(data["minima"])}, minima, {settled}).among(numbers, rows);
    }})()""")
    return answer


@pytest.mark.parametrize("name", [name for name, loss in LOSSES.items() if kind(loss)])
def test_a_browser_finds_the_constant_that_python_does(name: str) -> None:
    loss = LOSSES[name]
    one = estimate((loss,), len(DOTS[0]) if kind(loss) == "real" else 0)
    low, high = one.axis
    for shown in DOTS if one.count else RATES:
        given = dict(zip(one.dots, shown, strict=True)) if isinstance(shown, tuple) else {"rate": shown}
        solved = one.solved({**one.start(""), **given})
        rows = {column: values.tolist() for column, values in solved.rows.items()}
        figure = estimate_figure(solved)
        chart = Chart("estimate", "", "", "", figure, one.program, solved.values, rows=rows, cells=one.cells)
        there = found(chart, dict(solved.given))
        places = [there[place] for place in ("best1", "from1", "to1")]
        assert places == pytest.approx([solved.values[place] for place in ("best1", "from1", "to1")], abs=NEAR * (high - low))
        assert there["least1"] == pytest.approx(solved.values["least1"], rel=1e-10, abs=1e-10)


@pytest.mark.parametrize("name", [name for name, loss in LOSSES.items() if can_fit(loss)])
def test_a_browser_fits_the_line_that_python_does(name: str) -> None:
    one = fit((LOSSES[name],))
    for outlier in (0.8, 9.5):
        solved = one.solved({**one.start(), "fit_y10": outlier})
        rows = {column: values.tolist() for column, values in solved.rows.items()}
        chart = Chart("fit", "", "", "", fit_figure(solved), one.program, solved.values, rows=rows, cells=one.cells)
        there = found(chart, dict(solved.given))
        assert there["fit_least1"] == pytest.approx(solved.values["fit_least1"], rel=1e-10, abs=1e-10)
        ends = [there["left1"], there["right1"]]
        reach = NEAR * (HEIGHTS[1] - HEIGHTS[0])
        assert ends == pytest.approx([solved.values["left1"], solved.values["right1"]], abs=reach)


def test_what_is_settled_is_pythons_own_and_what_has_moved_is_found_once() -> None:
    script().eval("""
        var calls = 0;
        var kernel = (n, s) => (calls++, {f: s.m.map((m) => (m - n.t) ** 2), g: s.m.map((m) => 2 * (m - n.t))});
        var minima = new script.Minima([{of: "f", over: {m: [0, 10]}, slopes: ["g"], at: ["best"], value: "least", ends: [],
          dots: [], across: [0, 1], needs: ["t"], sets: ["best", "least"]}], [kernel], {t: 3, best: 3.25, least: 7});
    """)
    assert run("minima.among({t: 3, u: 1}, {})") == {"t": 3, "u": 1, "best": 3.25, "least": 7}
    assert run("calls") == 0
    assert run("minima.among({t: 4}, {})") == {"t": 4, "best": pytest.approx(4, abs=1e-9), "least": pytest.approx(0, abs=1e-9)}
    assert run("[calls, minima.among({t: 4, u: 2}, {}).best, calls]")[::2] == [10, 10]
    assert run("minima.among({t: 3}, {}).best") == 3.25


def test_columns_of_inputs_stay_the_same_object_while_none_of_their_entries_moves() -> None:
    script().eval("var at = script.columnsOf({t: [1, 2], w: [5, 6]}, {t: ['t1', 't2']}); var first = at({t1: 1, t2: 2});")
    assert run("[first, at({t1: 1, t2: 2, m: 7}) === first]") == [{"t": [1, 2], "w": [5, 6]}, True]
    assert run("at({t1: 1, t2: 3})") == {"t": [1, 3], "w": [5, 6]}


def test_entries_that_json_has_no_number_for_are_numbers_again() -> None:
    script().eval("var whole = script.columnsOf({w: [5, 'NaN', '-Infinity']}, {})({}).w;")
    assert run("[whole[0], Number.isNaN(whole[1]), whole[2] === -Infinity]") == [5, True, True]


def test_python_solves_what_a_declaration_names() -> None:
    one = fit((LOSSES["squared_error"],), 3)
    values = {"fit_x1": 0.0, "fit_x2": 5.0, "fit_x3": 10.0, "fit_y1": 1.0, "fit_y2": 2.0, "fit_y3": 6.0}
    solved = solve(one.program, one.minima[0], values, one.rows(values))
    slope, intercept = np.polyfit([0, 5, 10], [1, 2, 6], 1)
    ends = [intercept + slope * x for x in ACROSS]
    assert [solved["left1"], solved["right1"]] == pytest.approx(ends, abs=1e-9)
