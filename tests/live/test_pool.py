"""pool.js sums what pool.py does, with the program that it is sent; a trace along the sums shows what Python's figure does."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pytest
from py_mini_racer import MiniRacer
from sympy import Symbol

from explorer.core import sweeps
from explorer.core.calibration import Scores
from explorer.core.pool import Pool
from explorer.core.program import Program
from explorer.figures.rows import Drawn, reliability
from explorer.live.data import chart_data
from explorer.views.view import Chart
from tests.core.histograms import tables
from tests.live.scripts import module

MOVED = [(0.4, 15.0), (-1.0, 50.0), (0.0, 7.9)]


@cache
def script() -> MiniRacer:
    found = MiniRacer()
    page = "var atob = (text) => text; var document = {}; var getComputedStyle = () => ({});"
    found.eval(f"{page}\n{module('parts/pool.js', 'pooling')}\n{module('parts/follower.js', 'follower')}")
    return found


def run(code: str) -> Any:
    return json.loads(str(script().eval(f"JSON.stringify({code})")))


def histogram() -> Scores:
    draw = np.random.default_rng(2)
    n = draw.integers(1, 40, 300)
    return Scores.of(np.concatenate([[-np.inf], draw.normal(0, 3, 298), [np.inf]]), n, draw.integers(0, n + 1) * 1.0)


def moved(drawn: Drawn, values: dict[str, float]) -> dict[str, Any]:
    """What a browser makes of a chart at other numbers: columns, and each trace's attributes."""
    data = chart_data(Chart("key", "", "", "", **drawn._asdict()))
    script().eval(data["program"].replace("export const", "var"))
    given = json.loads(data["figure"])["data"]
    traces = [{"type": trace["type"], "x": [0], "y": [0], "meta": trace["meta"]} for trace in given]
    script().eval(f"""
        var plain = {json.dumps(data["rows"])}, values = {json.dumps(values)};
        var at = pooling.pooled({json.dumps(data["pool"])}, pool, () => plain);
    """)
    answer: dict[str, Any] = run(f"""(() => {{
        const rows = at(values);
        const attributes = {json.dumps(traces)}.map((trace, i) => {{
            const one = new follower.Follower(trace, i, {{kernels, needs, setters}}, []);
            const found = one.kernel ? one.attributes(values, rows) : [];
            return Object.fromEntries(found.map(([path, value]) => [path, Array.from(value)]));
        }});
        const [numbers, again] = [quantities(values, {{}}, rows), at({{...values, other: 1}}) === rows];
        return {{rows, attributes, needs, numbers, again}};
    }})()""")
    return answer


def close(found: Any, expected: Any) -> None:
    """Hold numbers from a browser, where JSON has nothing for those that are not finite, against Python's."""
    theirs = np.asarray(expected, dtype=np.float64).ravel()
    ours = np.array([np.nan if value is None else value for value in np.ravel(np.array(found, dtype=object))], dtype=np.float64)
    np.testing.assert_allclose(ours, np.where(np.isfinite(theirs), theirs, np.nan), rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize(("log_T", "bins"), MOVED)
@pytest.mark.parametrize("of", ["scores", "tables"])
def test_a_browser_makes_of_other_numbers_what_python_settles_at_them(of: str, log_T: float, bins: float) -> None:
    shown = histogram() if of == "scores" else tables()[0]
    drawn = reliability(shown, bins=12)
    values = {**drawn.values, "log_T": log_T, "bins": bins}
    there = moved(drawn, values)
    assert drawn.pool
    columns = drawn.pool.columns(values)
    assert set(there["rows"]) == set(columns)
    for name, column in columns.items():
        close(there["rows"][name], column)
    numbers = sweeps.means(drawn.program, values, columns)
    for name in ("ece_at_T", "loss_at_T", "T"):
        close(there["numbers"][name], numbers[name])
    settled = reliability(shown, temperature=10**log_T, bins=int(bins)).figure
    for trace, attributes in zip(settled.data, there["attributes"], strict=True):
        for path, value in attributes.items():
            close(value, trace[path])
    assert there["again"]


def test_a_trace_along_a_pool_needs_the_numbers_that_this_is_computed_from() -> None:
    drawn = reliability(histogram())
    there = moved(drawn, dict(drawn.values))
    needs = dict(zip([trace.uid for trace in drawn.figure.data], there["needs"], strict=True))
    assert needs["diagonal"] == []
    assert set(needs["points"]) == {"log_T", "bins"}
    assert set(needs["shares"]) == {"log_T", "bins", "total"}


def test_a_row_that_is_no_slots_is_left_out() -> None:
    x = Symbol("x")
    program = Program((x,), ((Symbol("slot"), x), (Symbol("one"), x - x + 1), (Symbol("twice"), 2 * x)), Symbol("slot"))
    pool = Pool(program, {"x": (0.0, 2.0, 2.0, -1.0, 1.5, 3.0, float("nan"))}, "slot", 3, {"count": "one", "sum": "twice"})
    found = pool.columns({})
    assert {name: column.tolist() for name, column in found.items()} == {
        "place": [0, 1, 2],
        "count": [1, 0, 2],
        "sum": [0, 0, 8],
    }
    script().eval(
        f"var kernel = (n, s) => ({{slot: s.x, one: s.x.map(() => 1), twice: s.x.map((x) => 2 * x)}});"
        f"var columns = pooling.pooled({json.dumps(pool.declaration())}, kernel, () => ({{}}))({{}})"
    )
    assert run("columns") == {"place": [0, 1, 2], "count": [1, 0, 2], "sum": [0, 0, 8]}
