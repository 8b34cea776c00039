"""Every step of the program behind /binary, held against the numeric losses or an independent formula."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp
from numpy.typing import NDArray
from scipy.special import expit
from sympy import Symbol, diff, simplify

from explorer.core import printers
from explorer.core.binary import Axis, binary_view
from explorer.core.functions import textbook
from explorer.core.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_gradient,
)
from tests.core.helpers import CASES, close, several

INF = math.inf
AXES: list[Axis] = ["p", "z"]
LOSS: dict[Axis, Any] = {"p": binary_cross_entropy, "z": binary_cross_entropy_with_logits}
SLOPE: dict[Axis, Any] = {"p": binary_cross_entropy_gradient, "z": binary_cross_entropy_with_logits_gradient}
PLACES: dict[Axis, st.SearchStrategy[float]] = {"p": st.floats(0.001, 0.999), "z": st.floats(-12, 12)}

anywhere = pytest.mark.parametrize("axis", AXES)


def steps(axis: Axis, place: float, t: float, u: float = 0.5) -> dict[str, NDArray[np.float64]]:
    return binary_view(axis).program.evaluate({axis: place, "t": t, "u": u})


# --- Published numbers ---


@anywhere
def test_published_loss_and_slopes(axis: Axis) -> None:
    (case,) = CASES["binary"]
    place = case["p"] if axis == "p" else math.log(case["p"] / (1 - case["p"]))
    values = steps(axis, place, case["t"])
    close(values["L"], case["loss"])
    close(values["d_p"], case["d_p"])
    close(values["d_z"], case["d_logit"])
    close(values["p"] if axis == "z" else values["z"], case["p"] if axis == "z" else math.log(0.25))


@pytest.mark.parametrize(("name", "published"), [("d_z", -0.982014), ("d_squared", -0.034690)])
def test_published_slopes_of_cross_entropy_and_squared_error_far_from_the_target(name: str, published: float) -> None:
    close(steps("z", -4, 1)[name], published, absolute=5e-7)


# --- Every step ---


@several
@given(data=st.data(), t=st.floats(0, 1))
@anywhere
def test_loss_and_slope_are_those_of_the_numeric_core(axis: Axis, data: st.DataObject, t: float) -> None:
    place = data.draw(PLACES[axis])
    values = steps(axis, place, t)
    p = place if axis == "p" else expit(place)
    z = place if axis == "z" else math.log(place) - math.log1p(-place)
    close(values["L"], LOSS[axis](place, t))
    close(values["slope"], SLOPE[axis](place, t), absolute=1e-13)
    close(values["d_p"], binary_cross_entropy_gradient(p, t), absolute=1e-13, relative=1e-10)
    close(values["d_z"], binary_cross_entropy_with_logits_gradient(z, t), absolute=1e-13)
    close(values["z" if axis == "p" else "p"], z if axis == "p" else p, absolute=1e-15)


@several
@given(z=st.floats(-340, 340), t=st.floats(0, 1))
def test_slopes_by_logit_keep_their_digits_where_p_has_none(z: float, t: float) -> None:
    values = steps("z", z, t)
    with mp.workdps(400):
        p, target = 1 / (1 + mp.exp(-mp.mpf(z))), mp.mpf(t)
        by_p = [(p - target) / (p * (1 - p)), target / p**2 + (1 - target) / (1 - p) ** 2]
        squared = [(p - target) ** 2, 2 * (p - target), 2 * (p - target) * p * (1 - p)]
        expected, size = [float(x) for x in by_p + squared], float((1 - target) / (1 - p) + target / p)
    close(values["d_p"], expected[0], relative=1e-13, absolute=1e-15 * size)  # at p = t it is 0
    close(values["d2_p"], expected[1], relative=1e-13)
    for name, known in zip(("squared", "d_squared_p", "d_squared_z"), expected[2:], strict=True):
        close(values[name], known, relative=1e-9, absolute=1e-16 if 1e-9 < t < 1 - 1e-9 else 1e-25)


@pytest.mark.parametrize("p", [1 - 1e-9, 1 - 2**-53, 1e-12, 0.3])
def test_the_slope_of_squared_error_by_the_logit_keeps_its_digits_near_1(p: float) -> None:
    close(steps("p", p, 1)["d_squared_z"], -2 * (1 - p) ** 2 * p, relative=1e-14)


@several
@given(data=st.data(), t=st.floats(0, 1))
@anywhere
def test_bits_are_nats_over_ln_2(axis: Axis, data: st.DataObject, t: float) -> None:
    place = data.draw(PLACES[axis])
    close(steps(axis, place, t)["bits"], LOSS[axis](place, t) / math.log(2))


@several
@given(data=st.data(), t=st.floats(0, 1))
@anywhere
def test_tangent_is_the_line_through_the_loss_with_its_slope(axis: Axis, data: st.DataObject, t: float) -> None:
    place, u = data.draw(PLACES[axis]), data.draw(PLACES[axis])
    expected = LOSS[axis](place, t) + SLOPE[axis](place, t) * (u - place)
    close(steps(axis, place, t, u)["tangent"], expected, absolute=1e-12)
    assert steps(axis, place, t, place)["tangent"] == steps(axis, place, t)["L"]


@several
@given(data=st.data(), t=st.floats(0, 1))
@anywhere
def test_the_other_outcome_has_target_one_less_t(axis: Axis, data: st.DataObject, t: float) -> None:
    place = data.draw(PLACES[axis])
    values = steps(axis, place, t)
    close(values["other"], LOSS[axis](place, 1 - t), absolute=1e-14)
    close(values["d_other"], SLOPE[axis](place, 1 - t), absolute=1e-12)


@several
@given(data=st.data(), t=st.floats(0, 1))
@anywhere
def test_squared_error_is_of_the_probability_and_its_slope_is_along_the_axis(axis: Axis, data: st.DataObject, t: float) -> None:
    place = data.draw(PLACES[axis])
    values = steps(axis, place, t)
    p, p_by_place = (place, 1.0) if axis == "p" else (expit(place), expit(place) * expit(-place))
    close(values["squared"], (p - t) ** 2, absolute=1e-15)
    close(values["d_squared"], 2 * (p - t) * p_by_place, absolute=1e-15)
    close(values["d_squared_p"], 2 * (p - t), absolute=1e-15)
    q = 1 - place if axis == "p" else expit(-place)
    close(values["d_squared_z"], 2 * (p - t) * p * q, absolute=1e-15)
    u = data.draw(PLACES[axis])
    close(steps(axis, place, t, u)["squared_tangent"], (p - t) ** 2 + 2 * (p - t) * p_by_place * (u - place), absolute=1e-13)


@pytest.mark.parametrize(("axis", "place"), [("p", 0), ("p", 1), ("p", 1e-300), ("z", -1e4), ("z", 1e4), ("z", -40)])
@pytest.mark.parametrize("t", [0, 0.25, 1])
def test_squared_error_has_its_slopes_where_cross_entropy_has_none(axis: Axis, place: float, t: float) -> None:
    values = steps(axis, place, t)
    p, q = (place, 1 - place) if axis == "p" else (expit(place), expit(-place))
    close(values["squared"], (p - t) ** 2)
    close(values["d_squared_p"], 2 * (p - t), absolute=1e-15)
    close(values["d_squared_z"], 2 * (p - t) * p * q, absolute=1e-15)


@several
@given(data=st.data(), t=st.floats(0, 1))
@anywhere
def test_second_derivative_against_central_differences_of_the_slope(axis: Axis, data: st.DataObject, t: float) -> None:
    place = data.draw({"p": st.floats(0.05, 0.95), "z": st.floats(-12, 12)}[axis])
    h = 1e-5
    difference = (SLOPE[axis](place + h, t) - SLOPE[axis](place - h, t)) / (2 * h)
    close(steps(axis, place, t)[f"d2_{axis}"], difference, relative=1e-5, absolute=1e-9)


@pytest.mark.parametrize(("t", "walls"), [(0, (0, 1)), (0.3, (1, 1)), (1, (1, 0))])
@anywhere
def test_a_wall_stands_where_the_loss_grows_without_bound(axis: Axis, t: float, walls: tuple[int, int]) -> None:
    values = steps(axis, 0.5, t)
    assert (float(values["wall_0"]), float(values["wall_1"])) == walls
    towards = {"p": (0.0, 1.0), "z": (-INF, INF)}[axis]
    assert [bool(np.isinf(LOSS[axis](end, t))) for end in towards] == [bool(wall) for wall in walls]


@pytest.mark.parametrize("t", [0.0, 0.25, 1.0])
@pytest.mark.parametrize("p", [0.0, 1.0])
def test_loss_slopes_and_logit_at_an_impossible_or_certain_prediction(p: float, t: float) -> None:
    values = steps("p", p, t)
    assert values["L"] == binary_cross_entropy(p, t)
    assert values["other"] == binary_cross_entropy(p, 1 - t)
    assert values["d_p"] == binary_cross_entropy_gradient(p, t)
    assert values["d_other"] == binary_cross_entropy_gradient(p, 1 - t)
    assert values["z"] == (INF if p else -INF)
    assert values["d_z"] == p - t
    assert values["d2_p"] == (INF if t != p else 1)
    assert values["squared"] == (p - t) ** 2


@anywhere
def test_every_step_is_finite_inside(axis: Axis) -> None:
    for place in np.linspace(*{"p": (0.001, 0.999), "z": (-12, 12)}[axis], 7):
        for t in (0.0, 0.5, 1.0):
            values = steps(axis, float(place), t)
            assert all(np.isfinite(value) for value in values.values())


# --- What the page writes ---


@anywhere
def test_written_slope_and_curvature_are_the_derivatives_of_the_written_loss(axis: Axis) -> None:
    view, place = binary_view(axis), Symbol(axis)
    assert simplify(diff(view.loss, place) - textbook(view.slope)) == 0
    assert simplify(diff(view.loss, place, 2) - textbook(view.curvature)) == 0


@anywhere
def test_worked_numbers_are_steps_of_the_program(axis: Axis) -> None:
    view = binary_view(axis)
    worked = view.worked_loss.steps | view.worked_slope.steps
    values = steps(axis, 0.3, 0.25)
    known = {Symbol(axis): 0.3, Symbol("t"): 0.25} | {Symbol(name): float(values[name]) for name in worked}
    for name, part in worked.items():
        close(values[name], float(textbook(part).subs(known)))
    close(float(view.worked_loss.stages[-1].subs(known)), LOSS[axis](0.3, 0.25))
    close(float(view.worked_slope.stages[-1].subs(known)), SLOPE[axis](0.3, 0.25))


@anywhere
def test_numpy_code_gives_loss_and_slope(axis: Axis) -> None:
    scope: dict[str, Any] = {}
    exec(printers.numpy.code(binary_view(axis).loss_and_slope, outputs=["L", f"d_{axis}"]), scope)
    values = scope["loss"](0.3, 0.25)
    assert set(values) == {"L", f"d_{axis}"}
    close(values["L"], LOSS[axis](0.3, 0.25))
    close(values[f"d_{axis}"], SLOPE[axis](0.3, 0.25))


@anywhere
def test_a_view_is_made_once(axis: Axis) -> None:
    assert binary_view(axis) is binary_view(axis)
    assert binary_view(axis).axis == axis
