"""The data in the chart of /binary, against the numeric core."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.core import losses
from explorer.figures.binary import FRAMES, Scale, binary_figure


def by_uid(figure: go.Figure) -> dict[str, Any]:
    return {trace.uid: trace for trace in figure.data}


def test_the_curves_over_probability_are_the_numeric_core() -> None:
    p = FRAMES["p"].x
    traces = by_uid(binary_figure("p", {"p": 0.3, "t": 0.7}, other=True, squared=True)[0])
    np.testing.assert_allclose(traces["curve L"].y, losses.binary_cross_entropy(p, 0.7), rtol=1e-12)
    np.testing.assert_allclose(traces["curve slope"].y, losses.binary_cross_entropy_gradient(p, 0.7), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(traces["curve other"].y, losses.binary_cross_entropy(p, 0.3), rtol=1e-12)
    np.testing.assert_allclose(traces["curve d_other"].y, losses.binary_cross_entropy_gradient(p, 0.3), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(traces["curve squared"].y, losses.squared_error(p, 0.7), rtol=1e-12)
    np.testing.assert_allclose(traces["curve d_squared"].y, losses.squared_error_gradient(p, 0.7), rtol=1e-12, atol=1e-15)


def test_the_curves_over_the_logit_are_the_numeric_core() -> None:
    z = FRAMES["z"].x
    traces = by_uid(binary_figure("z", {"z": -4, "t": 1}, squared=True)[0])
    np.testing.assert_allclose(traces["curve L"].y, losses.binary_cross_entropy_with_logits(z, 1), rtol=1e-12)
    np.testing.assert_allclose(traces["curve slope"].y, losses.binary_cross_entropy_with_logits_gradient(z, 1), rtol=1e-12)
    h = 1e-6
    difference = (losses.squared_error(1 / (1 + np.exp(-z - h)), 1) - losses.squared_error(1 / (1 + np.exp(-z + h)), 1)) / (
        2 * h
    )
    np.testing.assert_allclose(traces["curve d_squared"].y, difference, atol=1e-9)


def test_the_point_lies_on_the_curve_and_the_tangent_touches_it() -> None:
    traces = by_uid(binary_figure("p", {"p": 0.2, "t": 1})[0])
    assert list(traces["point-L"].x) == [0.2]
    assert list(traces["point-L"].y) == pytest.approx([1.6094379124341003])
    assert list(traces["point-slope"].y) == pytest.approx([-5])
    at_0, at_1 = traces["tangent"].y
    assert at_0 == pytest.approx(1.6094379124341003 + 0.2 * 5)
    assert at_1 == pytest.approx(1.6094379124341003 - 0.8 * 5)


@pytest.mark.parametrize(("t", "walls"), [(0, (0, 1)), (1, (1, 0)), (0.5, (1, 1))])
def test_an_asymptote_stands_where_the_loss_has_no_bound(t: float, walls: tuple[float, float]) -> None:
    traces = by_uid(binary_figure("p", {"p": 0.2, "t": t})[0])
    assert (traces["wall_0"].opacity, traces["wall_1"].opacity) == walls
    ends = losses.binary_cross_entropy([0, 1], t)
    assert tuple(np.isinf(ends).astype(float)) == walls


def test_the_loss_axis_reaches_up_to_a_rare_prediction() -> None:
    assert binary_figure("p", {"p": 1e-9, "t": 1})[0].layout.yaxis.range[1] > 20.723
    assert list(binary_figure("p", {"p": 0.2, "t": 1})[0].layout.yaxis.range) == [-0.3, 7.3]


@pytest.mark.parametrize(
    ("axis", "other", "squared", "scale"), list(product("pz", (False, True), (False, True), ("linear", "log")))
)
def test_every_variant_is_a_valid_figure(axis: Any, other: bool, squared: bool, scale: Scale) -> None:
    figure = binary_figure(axis, {axis: 0.0, "t": 1}, other=other, squared=squared, scale=scale)[0]
    validated = go.Figure(figure.to_dict())
    assert [trace.uid for trace in validated.data] == [trace.uid for trace in figure.data]
    assert ("curve other" in by_uid(figure), "curve squared" in by_uid(figure)) == (other, squared)
    assert validated.layout.yaxis.type == scale


@pytest.mark.parametrize(("axis", "x"), [("p", 0.1), ("z", -2.0)])
def test_squared_error_has_its_own_point_and_tangent(axis: Any, x: float) -> None:
    traces = by_uid(binary_figure(axis, {axis: x, "t": 1}, squared=True)[0])
    p = x if axis == "p" else 1 / (1 + np.exp(-x))
    slope = 2 * (p - 1) * (1 if axis == "p" else p * (1 - p))
    assert (*traces["point-squared"].x, *traces["point-squared"].y) == pytest.approx((x, (p - 1) ** 2), rel=1e-12)
    assert traces["point-d_squared"].y == pytest.approx([slope], rel=1e-12)
    tangent = traces["squared_tangent"]
    np.testing.assert_allclose(tangent.y, (p - 1) ** 2 + slope * (np.asarray(tangent.x) - x), rtol=1e-12)
    assert "squared_tangent" not in by_uid(binary_figure(axis, {axis: x, "t": 1})[0])


@pytest.mark.parametrize("p", [0.0, 1e-300, 1e-9, 0.01, 0.2, 0.5, 1.0])
def test_the_axis_of_the_derivative_follows_the_point(p: float) -> None:
    slope = abs(float(losses.binary_cross_entropy_gradient(p, 1)))
    low, high = binary_figure("p", {"p": p, "t": 1})[0].layout.yaxis2.range
    assert low == -high
    assert high == pytest.approx(1.05 * slope if 10.5 < slope < np.inf else 10.5)
