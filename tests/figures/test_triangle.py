"""The triangle's steps, held against its geometry and the numeric losses."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st

from explorer.core import losses
from explorer.core.program import Program
from explorer.figures.triangle import with_triangle
from tests.core.class_points import POSSIBLE, SETUPS, Point, Setup, Vector, at, every, numbered, points
from tests.core.helpers import close, several, sparse

CORNERS = np.array([[0, 0], [1, 0], [0.5, np.sqrt(3) / 2]])
"""Where each class of three is certain."""


class Triangle(Setup):
    """Three classes, with what their triangle draws."""

    @property
    def program(self) -> Program:
        return with_triangle(super().program, self.by, frozenset(self.options))


TRIANGLES: list[Setup] = [Triangle(setup.by, 3, setup.options) for setup in SETUPS if setup.classes == 3]
ON_THE_WAY = r"\w+_field|b\d|h\d|slope_[xy]|steepness"
TRIED_BELOW = r"set_[pz]\d"


def of_the_triangle(point: Point) -> dict[str, float]:
    to_shares = np.linalg.inv(np.vstack([CORNERS.T, np.ones(3)]))
    there = to_shares @ [point.values["tx"], point.values["ty"], 1]
    place = point.p / point.p.sum() @ CORNERS
    ends = {"p": place}
    down = -to_shares[:, :2].T @ point.d_p
    if (steepness := np.hypot(*down)) > 0.01 * np.abs(point.d_p).max():  # else rounding may turn it
        arrow = 0.13 * down / steepness
        across = np.array([-arrow[1], arrow[0]])
        ends |= {"d": arrow, "tip_": place + arrow}
        ends |= {"left_": place + 0.75 * arrow + 0.15 * across, "right_": place + 0.75 * arrow - 0.15 * across}
    steps = {f"{name}{axis}": float(end[i]) for name, end in ends.items() for i, axis in enumerate("xy")}
    return steps | {"field": float(losses.cross_entropy(np.clip(there, 1e-6, 1), point.t, **point.options))}


@sparse
@given(data=st.data())
@every(TRIANGLES)
def test_steps_are_what_independent_formulas_give(setup: Setup, data: st.DataObject) -> None:
    point = data.draw(points(setup))
    size = 1 + (1 + point.options["gamma"]) * point.coefficients.sum() / min(point.T, 1.0)
    for name, value in of_the_triangle(point).items():
        note(name)
        np.testing.assert_allclose(point.found[name], value, rtol=1e-9, atol=1e-13 * size)


@every(TRIANGLES)
def test_every_step_is_tried(setup: Setup) -> None:
    plain = Setup(setup.by, 3, setup.options).program
    values = {s.name: 0.1 + 0.618 * k % 0.8 for k, s in enumerate(setup.program.inputs)}
    added = {step.name for step, _ in setup.program.steps} - set(plain.symbols)
    rest = added - set(of_the_triangle(Point(setup, values)))
    assert [name for name in sorted(rest) if not re.fullmatch(f"{ON_THE_WAY}|{TRIED_BELOW}", name)] == []


def test_where_the_loss_has_no_end_there_is_no_way_down() -> None:
    found = at("p", [0.0, 0.0, 1.0], [1.0, 0.0, 0.0], of=Triangle)
    assert np.isnan(found["tip_x"])


@sparse
@given(data=st.data())
@every(TRIANGLES)
def test_the_arrow_stands_upright_on_the_line_of_equal_loss_and_points_down(setup: Setup, data: st.DataObject) -> None:
    point = data.draw(points(setup))
    p = point.p / point.p.sum()
    if setup.by == "p":
        point = point.changed(numbered("p", p))
    found = point.found
    arrow = np.array([found["tip_x"] - found["px"], found["tip_y"] - found["py"]])
    assume(np.isfinite(arrow).all())  # at the least loss there is no way down
    close(np.hypot(*arrow), 0.13)

    def slope(direction: Vector) -> float:
        """The change of the loss per step along a direction of the plane, within the distributions."""
        change = np.linalg.solve(np.vstack([CORNERS.T, np.ones(3)]), [*direction, 0]) * 1e-6 * p.min()
        return float(losses.cross_entropy(p + change, point.t, **point.options)) - float(
            losses.cross_entropy(p - change, point.t, **point.options)
        )

    down, level = slope(arrow), slope(np.array([-arrow[1], arrow[0]]))
    assert down <= 1e-12
    assert abs(level) <= 1e-5 * abs(down) + 1e-12


@sparse
@given(data=st.data())
@every(TRIANGLES)
def test_the_prediction_set_at_a_place_lies_there(setup: Setup, data: st.DataObject) -> None:
    point, by = data.draw(points(setup)), setup.by
    shares = np.array(data.draw(st.lists(POSSIBLE, min_size=3, max_size=3)))
    there = shares / shares.sum() @ CORNERS
    found = point.changed({"tx": there[0], "ty": there[1]}).found
    new = numbered(by, np.array([found[f"set_{by}{k}"] for k in (1, 2, 3)]))
    again = point.changed(new).found
    step = 0.001 if by == "p" else 0.01 / point.T
    close([again["px"], again["py"]], there, absolute=step)
    if by == "z":
        close(np.mean(list(new.values())), point.z.mean(), absolute=0.006)


@several
@given(tx=st.floats(-2, 3), ty=st.floats(-2, 3))
def test_probabilities_set_anywhere_are_thousandths_of_a_distribution(tx: float, ty: float) -> None:
    found = at("p", [0.2, 0.3, 0.5], [1.0, 0.0, 0.0], of=Triangle, tx=tx, ty=ty)
    p = [float(found[f"set_p{k}"]) for k in (1, 2, 3)]
    thousandths = [round(1000 * p_k) for p_k in p]
    assert p == [k / 1000 for k in thousandths]
    assert sum(thousandths) == 1000
    assert min(p) >= 0


@several
@given(tx=st.floats(-2, 3), ty=st.floats(-2, 3))
def test_logits_set_anywhere_are_hundredths(tx: float, ty: float) -> None:
    found = at("z", [0.2, 0.3, 0.5], [1.0, 0.0, 0.0], of=Triangle, tx=tx, ty=ty)
    z = [float(found[f"set_z{k}"]) for k in (1, 2, 3)]
    assert z == [round(100 * z_k) / 100 for z_k in z]


@pytest.mark.parametrize("k", [1, 2, 3])
def test_a_corner_sets_a_certain_prediction(k: int) -> None:
    tx, ty = CORNERS[k - 1]
    found = at("p", [0.2, 0.3, 0.5], [1.0, 0.0, 0.0], of=Triangle, tx=tx, ty=ty)
    assert [float(found[f"set_p{j}"]) for j in (1, 2, 3)] == [float(j == k) for j in (1, 2, 3)]
