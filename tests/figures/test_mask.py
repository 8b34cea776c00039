"""A mask to paint: its cells row by row, the outline of the target, and the colours of the shares."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from sympy import Add, Symbol

from explorer.core.program import Program
from explorer.figures.mask import mask_alt, mask_figure, rounded_up

SIZE = 3
EVERY = range(1, SIZE**2 + 1)
P, T = ([Symbol(f"{letter}{k}") for k in EVERY] for letter in "pt")
PROGRAM = Program(
    (*P, *T), ((Symbol("L"), Add(*((p - t) ** 2 for p, t in zip(P, T, strict=True)))),)
).gradient([p.name for p in P])  # fmt: skip
INSIDE = np.array([[1, 0, 0], [1, 1, 0], [0, 0, 1]])
VALUES = {f"p{k}": k / 10 for k in EVERY} | {f"t{k}": float(t) for k, t in zip(EVERY, INSIDE.ravel(), strict=True)}


def traces(**options: Any) -> dict[str, Any]:
    return {trace.uid: trace for trace in mask_figure(PROGRAM, VALUES, SIZE, **options).data}


def test_cells_are_inputs_and_shares_steps_row_by_row() -> None:
    found = traces()
    p = np.arange(1, 10).reshape(SIZE, SIZE) / 10
    np.testing.assert_allclose(found["prediction"].z, p)
    np.testing.assert_allclose(found["share"].z, 2 * (p - INSIDE))
    assert found["prediction"].meta["bind"] == {"z": [f"p{k}" for k in EVERY]}


def test_a_hand_paints_the_prediction_alone_with_what_is_asked() -> None:
    found = traces(brush=(0.1, 0.8))
    assert {uid: trace.meta.get("brush") for uid, trace in found.items() if "brush" in trace.meta} == {"prediction": [0.1, 0.8]}
    assert "nearer to 0.1 than to 0.8 to paint 0.8" in mask_alt(SIZE, (0.1, 0.8))


def test_the_outline_parts_the_target_from_the_rest() -> None:
    line = traces()["target"]
    sides = {tuple(sorted(zip(line.x[k : k + 2], line.y[k : k + 2], strict=True))) for k in range(0, len(line.x), 3)}
    padded = np.pad(INSIDE, 1)
    expected = set()
    for row in range(1, SIZE + 1):
        for column in range(1, SIZE + 1):
            for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0)):
                if padded[row, column] and not padded[row + down, column + right]:
                    x, y = column + right / 2, row + down / 2
                    expected.add(((x - abs(down) / 2, y - abs(right) / 2), (x + abs(down) / 2, y + abs(right) / 2)))
    assert sides == expected
    assert set(line.x[2::3]) == set(line.y[2::3]) == {None}


@pytest.mark.parametrize(("reach", "most"), [(None, 2.0), (0.3, 0.3)])
def test_the_shares_have_diverging_colours_around_0(reach: float | None, most: float) -> None:
    share = traces(reach=reach)["share"]
    assert (share.zmin, share.zmax) == (-most, most)
    assert share.colorscale[1] == (0.5, "#FFFFFF")


@pytest.mark.parametrize(
    ("number", "rounded"),
    [
        (0.0, 1),
        (1.0, 1),
        (1.01, 2),
        (0.023, 0.05),
        (0.05, 0.05),
        (0.0501, 0.1),
        (7e8, 1e9),
        (math.inf, 1),
        (math.nan, 1),
        (3e-7, 5e-7),
    ],
)
def test_a_number_is_rounded_up_to_a_round_one(number: float, rounded: float) -> None:
    assert rounded_up(number) == pytest.approx(rounded)
