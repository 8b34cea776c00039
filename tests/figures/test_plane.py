"""Points in a plane: where arrows, their heads and circles are drawn, and how much of the plane is shown."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sympy import Symbol

from explorer.core.program import Program
from explorer.figures.plane import Arrow, Circle, Point, plane_figure, with_plane
from explorer.figures.style import BLUE, PALETTE, VERMILLION

NAMES = ("x1", "y1", "x2", "y2", "dx", "dy", "r")
x1, y1, x2, y2, dx, dy, r = map(Symbol, NAMES)
STEPS = {"tip_x": x1 + dx, "tip_y": y1 + dy, "pull": dx, "L": (x1 - x2) ** 2 + (y1 - y2) ** 2}
POINTS = (Point("a", "x1", "y1", (Arrow("tip_x", "tip_y", "pull"),)), Point("b", "x2", "y2"))
CIRCLES = (Circle("margin", "x2", "y2", "r"),)
PROGRAM = with_plane(
    Program((x1, y1, x2, y2, dx, dy, r), tuple((Symbol(name), step) for name, step in STEPS.items())), POINTS, CIRCLES, head=0.5
)
VALUES = dict(zip(NAMES, (1.0, -1.0, 2.0, 0.5, 3.0, 4.0, 0.75), strict=True))
LIMITS = {"x1": (-2.0, 2.0), "y1": (-1.0, 1.0), "x2": (0.0, 4.0), "y2": (-3.0, 0.5)}


def traces(**changed: float) -> dict[str, Any]:
    figure = plane_figure(POINTS, PROGRAM, VALUES | changed, LIMITS, circles=CIRCLES)
    return {trace.uid: trace for trace in figure.data}


@pytest.mark.parametrize(("way", "head"), [((3.0, 4.0), 0.5), ((-0.3, 0.1), np.hypot(0.3, 0.1)), ((0.0, -2.0), 0.5)])
def test_an_arrow_ends_at_its_step_with_a_head_no_longer_than_itself(way: tuple[float, float], head: float) -> None:
    arrow = traces(dx=way[0], dy=way[1])["arrow1"]
    start, tip, left, again, right = np.column_stack([arrow.x, arrow.y])
    np.testing.assert_allclose(start, [1, -1])
    np.testing.assert_allclose(tip, start + way)
    np.testing.assert_allclose(again, tip)
    back = -np.array(way) / np.hypot(*way)
    for side in (left, right):
        assert (side - tip) @ back == pytest.approx(head)
    np.testing.assert_allclose((left + right) / 2, tip + head * back)
    assert np.hypot(*(left - right)) == pytest.approx(head)


def test_an_arrow_without_length_has_a_head_without() -> None:
    arrow = traces(dx=0, dy=0)["arrow1"]
    assert (list(arrow.x), list(arrow.y)) == ([1] * 5, [-1] * 5)


@pytest.mark.parametrize(("pull", "color"), [(-1.0, VERMILLION), (1.0, BLUE)])
def test_an_arrow_that_pushes_has_another_colour(pull: float, color: int) -> None:
    assert traces(dx=pull)["arrow1"].line.color == PALETTE[color]


def test_a_circle_goes_round_its_centre() -> None:
    circle = traces()["circle1"]
    np.testing.assert_allclose(np.hypot(circle.x - 2.0, circle.y - 0.5), 0.75)
    assert len(circle.x) == 73
    assert (circle.x[0], circle.y[0]) == pytest.approx((circle.x[-1], circle.y[-1]))


def test_each_point_is_moved_along_both_axes_and_named() -> None:
    found = traces()
    point = found["point-x1-y1"]
    assert (point.x, point.y, point.text, point.name) == ((1.0,), (-1.0,), ("a",), "a")
    assert point.meta["drag"] == {"x": "x1", "y": "y1"}
    assert list(found) == ["circle1", "arrow1", "point-x1-y1", "point-x2-y2"]  # the last lies on top


def test_all_places_that_the_limits_allow_are_shown_to_scale() -> None:
    layout = plane_figure(POINTS, PROGRAM, VALUES, LIMITS, circles=CIRCLES).layout
    assert layout.xaxis.range == pytest.approx((-2.48, 4.48))
    assert layout.yaxis.range == pytest.approx((-3.32, 1.32))
    assert layout.yaxis.scaleanchor == "x"


def test_without_circles_no_input_is_added() -> None:
    assert [symbol.name for symbol in with_plane(PROGRAM, ()).inputs] == [*NAMES, "turn"]
    bare = Program((x1,), ((Symbol("L"), x1),))
    assert with_plane(bare, ()) == bare
