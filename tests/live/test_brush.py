"""A hand that paints cells, or moves a point: which cells it comes by, and what it sends when it lets go."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from py_mini_racer import MiniRacer

from tests.live.scripts import engine

PAGE = """
  const element = () => ({
    style: {}, dataset: {}, on: {}, append() {}, setAttribute() {}, focus() {}, setPointerCapture() {},
    addEventListener(type, act) { this.on[type] = act; },
    getBoundingClientRect: () => ({ left: 100, top: 50, width: 30, height: 30 }),
  });
  const document = { createElement: element };
"""
PAINTING = """
  const names = Array.from({ length: 9 }, (_, k) => `p${k + 1}`);
  const axis = { _length: 30, _offset: 0 };
  const limits = Object.fromEntries(names.map((name) => [name, [0, 1]]));
  delete limits.p9;
  const settled = Object.fromEntries(names.map((name) => [name, 0.2]));
  settled.p5 = 0.9;
  const sent = [];
  const chart = {
    root: element(), limits, held: {}, numbers: settled,
    plot: { _fullData: [{ xaxis: "x", yaxis: "y" }], _fullLayout: { xaxis: axis, yaxis: axis } },
    current() { return { ...settled, ...this.held }; },
    hold(numbers) { Object.assign(this.held, numbers); },
    drop(numbers) { this.held = {}; sent.push(["drop", numbers]); },
    commit(numbers) { sent.push(["commit", numbers]); },
  };
  const trace = { name: "prediction", meta: { bind: { z: names } } };
  const brush = new script.Brush(chart, { trace, columns: 3, index: 0 }, [0, 1]);
  const event = (x, y, more) => ({
    pointerId: 1, button: 0, buttons: 1, clientX: 100 + x, clientY: 50 + y, preventDefault() {}, ...more,
  });
  const pointer = (type, x, y, more = {}) => brush.element.on[`pointer${type}`](event(x, y, more));
  const preventDefault = () => {};
  const key = (name, type = "down", repeat = false) => brush.element.on[`key${type}`]({ key: name, repeat, preventDefault });
"""
"""A grid of 3 x 3 cells of 10 pixels, all 0.2 but the middle one, 0.9; the last may not be painted."""

CORNERS = [["commit", {"p1": 1, "p7": 1}]]


@pytest.fixture(scope="module")
def brushes() -> MiniRacer:
    return engine("parts/brush.js", page=PAGE)


def sent(brushes: MiniRacer, acts: str) -> Any:
    """What a hand sends that does something."""
    return json.loads(str(brushes.eval(f"(() => {{ {PAINTING} {acts}; return JSON.stringify(sent); }})()")))


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ("pointer('down', 5, 5); pointer('up', 5, 5)", [["commit", {"p1": 1}]]),
        ("pointer('down', 15, 15); pointer('up', 15, 15)", [["commit", {"p5": 0}]]),
        ("pointer('down', 5, 5); pointer('move', 25, 5); pointer('up', 25, 5)", [["commit", {"p1": 1, "p2": 1, "p3": 1}]]),
        ("pointer('down', 5, 5); pointer('move', -90, 5); pointer('move', 5, 25); pointer('up', 5, 25)", CORNERS),
        ("pointer('down', 5, 5); pointer('move', 400, 5); pointer('up', 400, 5)", [["commit", {"p1": 1, "p2": 1, "p3": 1}]]),
        ("pointer('down', 25, 25); pointer('up', 25, 25)", []),
        ("pointer('down', 5, 5, { button: 2 }); pointer('move', 25, 5); pointer('up', 25, 5)", []),
        ("pointer('move', 5, 5)", []),
        (
            "pointer('down', 5, 5); pointer('down', 25, 15, { pointerId: 2 }); pointer('move', 25, 15, { pointerId: 2 });"
            "pointer('up', 25, 15, { pointerId: 2 }); pointer('move', 15, 5); pointer('up', 15, 5)",
            [["commit", {"p1": 1, "p2": 1}]],
        ),
        ("pointer('down', 5, 5); pointer('move', 15, 5, { buttons: 0 }); pointer('move', 25, 5)", [["commit", {"p1": 1}]]),
        ("pointer('down', 5, 5); pointer('cancel', 5, 5); pointer('up', 5, 5)", [["drop", {"p1": 0.2}]]),
        ("key(' '); key(' ', 'up')", [["commit", {"p1": 1}]]),
        ("key('ArrowDown'); key('ArrowRight'); key(' '); key(' ', 'down', true); key(' ', 'up')", [["commit", {"p5": 0}]]),
        ("key('ArrowUp'); key('ArrowLeft'); key(' '); key('ArrowRight'); key(' ', 'up')", [["commit", {"p1": 1, "p2": 1}]]),
        ("key(' '); brush.element.on.blur(); key('ArrowRight'); key(' ', 'up')", [["commit", {"p1": 1}]]),
    ],
    ids=[
        "press", "press a full cell", "drag", "out and in again", "let go outside", "a cell that may not be painted",
        "other button", "no press", "two fingers", "let go unseen", "cancelled", "key", "cursor", "keys drag", "focus lost",
    ],
)  # fmt: skip
def test_a_hand_sends_what_it_has_painted_once_it_lets_go(brushes: MiniRacer, acts: str, expected: Any) -> None:
    assert sent(brushes, acts) == expected


def test_what_is_painted_twice_is_put_back_as_it_was(brushes: MiniRacer) -> None:
    acts = "pointer('down', 15, 15); pointer('move', 5, 15); pointer('move', 15, 15); pointer('cancel', 0, 0)"
    assert sent(brushes, acts) == [["drop", {"p5": 0.9, "p4": 0.2}]]


PLACES = some.floats(-3, 11).map(lambda place: round(place, 2))


@given(PLACES, PLACES, PLACES, PLACES)
@settings(deadline=None, max_examples=50)
def test_the_cells_between_two_places_touch_each_other_and_lie_on_the_way(
    brushes: MiniRacer, row: float, column: float, to_row: float, to_column: float
) -> None:
    ends = json.dumps([{"row": row, "column": column}, {"row": to_row, "column": to_column}])
    cells = json.loads(str(brushes.eval(f"JSON.stringify(script.between(...{ends}))")))
    assert abs(cells[0]["row"] - row) <= 0.5
    assert abs(cells[-1]["column"] - to_column) <= 0.5
    for one, other in zip(cells, cells[1:], strict=False):
        assert max(abs(one["row"] - other["row"]), abs(one["column"] - other["column"])) == 1
    for cell in cells:  # its middle is within half a cell of the straight line, along both axes together
        across = (cell["column"] - column) * (to_row - row) - (cell["row"] - row) * (to_column - column)
        assert abs(across) <= 0.5 * (abs(to_row - row) + abs(to_column - column)) + 1e-6


GRIP = """
  const told = [];
  const axis = { type: "linear", _length: 10, _offset: 0, p2d: (pixel) => pixel };
  const chart = {
    root: element(), numbers: {}, limits: { x1: [-50, 50], y1: [-50, 50] }, step: () => 1, current: () => ({ x1: 0, y1: 0 }),
    plot: { ...element(), _fullLayout: { xaxis: axis, yaxis: axis } },
    hold() {}, commit(numbers) { told.push(numbers); },
  };
  const trace = { name: "anchor", x: [0], y: [0], meta: {} };
  const grip = new script.Grip(chart, { trace, drag: { x: "x1", y: "y1" } }, true);
  grip.element.releasePointerCapture = () => {};
  const pointer = (type, x, y, pointerId = 1) => grip.element.on[`pointer${type}`](
    { pointerId, button: 0, clientX: 100 + x, clientY: 50 + y, preventDefault() {} },
  );
  const key = (name) => grip.element.on.keydown({ key: name, preventDefault() {} });
"""


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ("pointer('down', 0, 0); pointer('move', 3, 4); pointer('up', 3, 4)", [{"x1": 3, "y1": 4}]),
        ("pointer('down', 0, 0); pointer('move', 900, -900); pointer('up', 0, 0)", [{"x1": 50, "y1": -50}]),
        (
            "pointer('down', 0, 0); pointer('down', 9, 9, 2); pointer('move', 9, 9, 2); pointer('move', 1, 2);"
            "pointer('up', 9, 9, 2); pointer('move', 2, 3); pointer('move', 8, 8, 2); pointer('up', 2, 3)",
            [{"x1": 2, "y1": 3}],
        ),
        ("pointer('down', 0, 0); pointer('up', 0, 0)", []),
        ("key('ArrowUp'); grip.element.on.blur(); pointer('down', 0, 0); pointer('move', 3, 4); pointer('up', 3, 4)", None),
        ("pointer('down', 0, 0); pointer('move', 3, 4); grip.element.on.keyup(); pointer('up', 3, 4)", [{"x1": 3, "y1": 4}]),
    ],
    ids=["drag", "beyond the limits", "two fingers", "press", "focus lost", "another key meanwhile"],
)
def test_a_point_goes_with_the_finger_that_holds_it(acts: str, expected: Any) -> None:
    grips = engine("parts/grip.js", page=PAGE)
    told = json.loads(str(grips.eval(f"(() => {{ {GRIP} {acts}; return JSON.stringify(told); }})()")))
    assert told == (expected if expected is not None else [{"y1": 1}, {"x1": 3, "y1": 4}])
