"""levels.js gives a contour one level where its field is flat, as Plotly finds none there and does not end."""

from __future__ import annotations

import json

import pytest

from tests.live.scripts import engine


@pytest.mark.parametrize(
    ("z", "expected"),
    [
        ([[0, 1], [2, 3]], []),
        ([[None, 1], [2, None]], []),
        ([[None, None], [None, None]], []),
        ([[0, 0], [0, 0]], [["autocontour", False], ["contours.start", 0], ["contours.end", 0], ["contours.size", 1]]),
        ([[1e22, 1e22]], [["autocontour", False], ["contours.start", 1e22], ["contours.end", 1e22], ["contours.size", 1e22]]),
        ([[2, 2 + 4e-16]], [["autocontour", False], ["contours.start", 2], ["contours.end", 2], ["contours.size", 2 + 4e-16]]),
    ],
)
def test_a_flat_field_has_one_level(z: object, expected: object) -> None:
    given = f"script.levels({{type: 'contour', ncontours: 12}}, {json.dumps(z)})"
    assert json.loads(str(engine("parts/levels.js").eval(f"JSON.stringify({given})"))) == expected


def test_levels_are_plotlys_again_once_the_field_is_not_flat_and_given_ones_stay() -> None:
    script = engine("parts/levels.js")
    flat = "script.levels({type: 'contour', ncontours: 12, autocontour: false}, [[0, 1]])"
    assert script.eval(f"JSON.stringify({flat})") == '[["autocontour",true]]'
    assert script.eval("JSON.stringify(script.levels({type: 'contour', autocontour: false}, [[0, 0]]))") == "[]"
