"""What the browser's scripts work out before they draw: lines cut at the margin, places of circles, steps of grips."""

from __future__ import annotations

import json
import math
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some
from py_mini_racer import MiniRacer

from tests.live.scripts import engine, module

PAGE = """
  const listeners = { addEventListener: () => {}, removeEventListener: () => {} };
  const document = { ...listeners, dispatchEvent: () => {}, querySelectorAll: () => [] };
  const element = () => ({
    ...listeners, style: {}, dataset: {}, classList: { toggle() {} }, setAttribute() {}, append() {}, remove() {},
  });
  document.createElement = element;
  const addEventListener = () => {};
  const requestAnimationFrame = () => 1;
  class ResizeObserver {}
"""
"""As much of a browser as a chart needs that draws nothing."""


@cache
def script(name: str) -> MiniRacer:
    return engine(name, page=PAGE)


def call(name: str, function: str, *values: Any) -> Any:
    """What a function of a script returns for values that JSON holds."""
    given_values = ", ".join(map(json.dumps, values))
    return json.loads(str(script(name).eval(f"JSON.stringify(script.{function}({given_values}))")))


# --- draw.js ---

PLACES = some.floats(-1000, 1000).map(lambda place: round(place, 3))


@given(PLACES, PLACES, PLACES, PLACES)
@example(0, 0, 0, 0)
@example(-500, 50, 500, 50)
@example(-60, -70, -60, 200)
@settings(deadline=None)
def test_a_segment_is_cut_to_what_lies_within_the_margin(x0: float, y0: float, x1: float, y1: float) -> None:
    """Against a walk along it."""
    part = call("parts/draw.js", "within", x0, y0, x1, y1, 100, 80, 10)
    shares = [k / 500 for k in range(501)]
    points = [(share, x0 + share * (x1 - x0), y0 + share * (y1 - y0)) for share in shares]
    inside = [share for share, x, y in points if -10 <= x <= 110 and -10 <= y <= 90]
    if part is None:
        assert all(not (-9.999 < x < 109.999 and -9.999 < y < 89.999) for _, x, y in points)
    else:
        assert all(part[0] - 1e-6 <= share <= part[1] + 1e-6 for share in inside)
        for share in part:
            assert -10.001 <= x0 + share * (x1 - x0) <= 110.001
            assert -10.001 <= y0 + share * (y1 - y0) <= 90.001


@pytest.mark.parametrize(
    ("x", "y", "path"),
    [
        ([0, 10, 20], [0, 5, 0], "M0.00,0.00L10.00,5.00L20.00,0.00"),
        ([0, 10, 20, 30], [0, None, 0, 1], "M20.00,0.00L30.00,1.00"),  # a gap
        ([0, 200, 0], [0, 0, 10], "M0.00,0.00L150.00,0.00M150.00,2.50L0.00,10.00"),  # out, and in again
        ([500, 600], [0, 0], "M0,0"),
        ([5], [5], "M0,0"),
    ],
)
def test_a_path_leaves_out_what_nobody_sees(x: list[float], y: list[float | None], path: str) -> None:
    numbers = f"{json.dumps(x)}, {json.dumps(y).replace('null', 'NaN')}"
    assert script("parts/draw.js").eval(f"script.pathThrough({numbers}, 100, 80)") == path


@pytest.mark.parametrize("upright", [True, False])
def test_bars_that_say_how_wide_they_are_move_to_the_side(upright: bool) -> None:
    script("parts/draw.js").eval(f"""
        var paths = [{{}}, {{}}].map((o) => ({{setAttribute: (_, d) => (o.d = d), own: o}}));
        var axis = (scale) => ({{_length: 100, c2p: (c) => scale * c}});
        var node3 = {{node: () => ({{querySelectorAll: () => paths}})}};
        var points = [{{node3}}, {{}}];
        var [along, beside] = {json.dumps(["y", "x"] if upright else ["x", "y"])};
        var trace = {{type: "bar", orientation: {json.dumps("v" if upright else "h")}, visible: true, xaxis: "x", yaxis: "y"}};
        var plot = {{data: [{{}}], _fullData: [trace], calcdata: [points],
          _fullLayout: {{xaxis: axis(beside === "x" ? 10 : 1), yaxis: axis(beside === "y" ? 10 : 1)}}}};
        var moved = script.move(plot, 0, [[beside, [2, 5]], [along, [30, 40]], ["width", [2, 4]]]);
    """)
    shown = json.loads(
        str(script("parts/draw.js").eval("JSON.stringify([moved, paths.map((p) => p.own.d), points, plot.data[0]])"))
    )
    moved, paths, points, data = shown
    assert moved
    assert paths == (["M10,0V30H30V0Z", "M30,0V40H70V0Z"] if upright else ["M0,10V30H30V10Z", "M0,30V70H40V30Z"])
    assert [(point["p"], point["p0"], point["p1"]) for point in points] == [(2, 1, 3), (5, 3, 7)]
    assert data == {"x": [2, 5] if upright else [30, 40], "y": [30, 40] if upright else [2, 5], "width": [2, 4]}


# --- field.js ---


@given(
    some.lists(some.integers(-50, 50), min_size=2, max_size=8, unique=True).map(sorted),
    some.booleans(),
    some.sampled_from([0, 0.5]),
)
@settings(deadline=None)
def test_each_pixel_knows_between_which_coordinates_it_lies(coordinates: list[int], upwards: bool, reach: float) -> None:
    slope = -1 if upwards else 1
    source = f"""
      const {{ before, on }} = script.places({{ p2d: (pixel) => {slope} * (pixel - 60) }}, {coordinates}, 120, {reach});
      return JSON.stringify([Array.from(before), Array.from(on, (share) => Number.isNaN(share) ? null : share)]);
    """
    before, on = json.loads(str(script("parts/field.js").eval(f"(() => {{ {source} }})()")))
    first, *_, last = coordinates
    least, most = first - reach * (coordinates[1] - first), last + reach * (last - coordinates[-2])
    for pixel, (k, share) in enumerate(zip(before, on, strict=True)):
        at = slope * (pixel + 0.5 - 60)
        if share is None:
            assert not least <= at <= most
        else:
            assert least <= at <= most
            at = min(max(at, first), last)
            assert math.isclose(coordinates[k] + share * (coordinates[k + 1] - coordinates[k]), at, abs_tol=1e-9)


# --- grip.js ---


@given(some.floats(-20, 20), some.sampled_from([(0.0, 1.0, 0.001), (-12.0, 12.0, 0.01), (-3.0, 3.0, 0.5), (0.0, 1.05, 0.1)]))
@settings(deadline=None)
def test_a_grip_stands_on_a_step_within_its_limits(value: float, slider: tuple[float, float, float]) -> None:
    low, high, step = slider
    at = call("parts/grip.js", "snapped", value, [low, high], step)
    assert low <= at <= high
    assert abs(at - min(max(value, low), high)) <= step / 2 + 1e-9
    steps = (at - low) / step
    assert math.isclose(steps, round(steps), abs_tol=1e-9) or at == high


# --- diagram.js ---


def unit(layer: int, place: int) -> dict[str, Any]:
    return {"name": f"u{layer}_{place}", "label": "", "layer": layer, "place": place, "shown": [], "choosable": True}


@given(some.lists(some.integers(1, 8), min_size=2, max_size=5))
@settings(deadline=None)
def test_circles_of_a_network_lie_within_the_picture_and_apart(sizes: list[int]) -> None:
    circles = call("diagram.js", "placed", [unit(layer, place) for layer, size in enumerate(sizes) for place in range(size)])
    for one in circles:
        assert one["r"] <= one["x"] <= 420 - one["r"]
        assert one["r"] <= one["y"] <= 300 - one["r"]
        assert one.get("side") == {0: "input", len(sizes) - 1: "output"}.get(one["layer"])
        for other in circles:
            apart = math.hypot(one["x"] - other["x"], one["y"] - other["y"])
            assert one is other or apart >= one["r"] + other["r"]


@given(some.tuples(PLACES, PLACES, PLACES, PLACES), PLACES, PLACES)
@settings(deadline=None)
def test_the_nearest_point_of_a_line_is_on_it_and_none_is_nearer(line: tuple[float, ...], x: float, y: float) -> None:
    x1, y1, x2, y2 = line
    if (x1, y1) == (x2, y2):
        return
    nearest = call("diagram.js", "foot", dict(zip(("x1", "y1", "x2", "y2"), line, strict=True)), {"x": x, "y": y})
    walked = [math.hypot(x1 + k / 200 * (x2 - x1) - x, y1 + k / 200 * (y2 - y1) - y) for k in range(201)]
    assert nearest["distance"] <= min(walked) + 1e-6
    assert math.isclose(math.hypot(nearest["x"] - x, nearest["y"] - y), nearest["distance"], abs_tol=1e-9)


# --- chart.js ---


def test_a_frame_runs_each_kernel_once_grips_included() -> None:
    """A curve, a point with a grip, one whose grip sets by a place, and a trace that follows another input."""
    source = """
      const calls = [0, 0, 0, 0];
      const kernel = (i, name) => (numbers) => (calls[i]++, { [name]: numbers[name] });
      const program = {
        kernels: [kernel(0, "p"), kernel(1, "p"), kernel(2, "p"), kernel(3, "q")],
        needs: [["p"], ["p"], ["p"], ["q"]],
        setters: [null, null, ({ x }) => ({ p: x }), null],
        quantities: (numbers) => numbers,
      };
      const meta = { bind: { x: "p" } };
      const point = { type: "scatter", x: [0], y: [0], visible: false, mode: "markers", xaxis: "x", yaxis: "y" };
      const data = [
        { ...point, meta },
        { ...point, meta: { ...meta, drag: { x: "p" } } },
        { ...point, meta: { ...meta, drag: { x: "x" }, sets: { p: "p" } } },
        { ...point, meta: { bind: { x: "q" }, drag: { x: "q" } } },
      ];
      const axis = { type: "linear", _length: 100, _offset: 0, d2p: (x) => x, d2c: (x) => x, p2d: (x) => x };
      const plot = {
        ...element(), data, _fullData: data.map((trace) => ({ ...trace })), calcdata: data.map(() => [{}]),
        _fullLayout: { xaxis: axis, yaxis: axis },
      };
      let shown = { p: 0.1, q: 0.2 };
      const chart = new script.LiveChart({ ...element(), querySelector: () => plot }, {
        Plotly: {}, read: () => shown, hold() {}, commit() {}, step: () => 0.1, theme: () => ({}),
      });
      const followers = data.map((trace, i) => new follower.Follower(trace, i, program, []));
      Object.assign(chart, { followers, program, writes: true, limits: { p: [0, 1], q: [0, 1] } });
      chart.numbers = chart.current();
      chart.place();
      const settled = [...calls];
      const counted = (numbers) => {
        calls.fill(0);
        shown = numbers;
        chart.draw();
        return [...calls];
      };
      const later = [[0.3, 0.2], [0.3, 0.4], [0.3, 0.4]].map(([p, q]) => counted({ p, q }));
      return JSON.stringify([settled, ...later]);
    """
    counts = json.loads(
        str(script("parts/chart.js").eval(f"(() => {{ {module('parts/follower.js', 'follower')} {source} }})()"))
    )
    assert counts == [[0, 1, 1, 1], [1, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]]


def test_a_number_out_of_sight_follows_back_to_the_settled_one() -> None:
    """A chart is shown while its thumb still lags behind, and writes what that says; then the thumb catches up."""
    source = """
      globalThis.IntersectionObserver = class {
        constructor(crossed) { this.crossed = crossed; }
        observe(target) { this.crossed([{ target, isIntersecting: false }]); }
      };
      globalThis.HTMLInputElement = class {};
      const block = element();
      const number = { ...element(), dataset: { quantity: "p", digits: "4", value: "0.2" }, closest: () => block };
      const scope = { querySelectorAll: (selector) => (selector === ".live-text" ? [block] : [number]) };
      let thumb = 0.7;
      const chart = new script.LiveChart({ ...element(), querySelector: element }, {
        Plotly: {}, scope, read: ({ p }) => (thumb === p ? {} : { p: thumb }), hold() {}, commit() {}, theme: () => ({}),
      });
      const program = { kernels: [], needs: [], setters: [], quantities: (numbers) => numbers };
      Object.assign(chart, { program, writes: true, values: { p: 0.2 } });
      chart.numbers = chart.current();
      chart.rewrite(true);
      const shown = [number.dataset.value];
      for (thumb of [0.5, 0.2]) {
        chart.draw();
        shown.push(number.dataset.value);
      }
      return JSON.stringify(shown);
    """
    shown = json.loads(str(script("parts/chart.js").eval(f"(() => {{ {source} }})()")))
    assert shown == ["0.7", "0.7", "0.2"]  # what nobody sees may wait while the thumb moves, but not for ever
