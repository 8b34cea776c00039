"""The chart of /algebra holds the numbers of the result."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import exp, symbols

from explorer.core.algebra.layering import layered
from explorer.core.program import Program
from explorer.figures.algebra import POINTS, algebra_figure

x, y = symbols("x y")


def program(expr: object) -> Program:
    return layered(expr).program


def test_each_entry_is_a_curve_with_a_point_on_it() -> None:
    figure = algebra_figure(program(x**2 * y), {"L": "value"}, {"x": 2.0, "y": 3.0}, "x", (-3.0, 3.0))
    curve, point = figure.data
    assert len(curve.x) == POINTS
    np.testing.assert_allclose(curve.y, 3 * np.linspace(-3, 3, POINTS) ** 2)
    assert (point.x[0], point.y[0]) == (2.0, 12.0)
    assert curve.meta["sweep"] == {"x": "x"}
    assert point.meta["drag"] == {"x": "x"}
    assert not figure.layout.showlegend


def test_several_entries_have_names_and_colours() -> None:
    both = program(x * y).extended({"second": x + y})
    figure = algebra_figure(both, {"L": "∂/∂x", "second": "∂/∂y"}, {"x": 1.0, "y": 1.0}, "y", (0.0, 1.0))
    first, second, *_ = figure.data
    assert (first.name, second.name) == ("∂/∂x", "∂/∂y")
    assert first.line.color != second.line.color
    assert figure.layout.showlegend
    assert figure.layout.xaxis.title.text == "y"


def test_a_pole_does_not_flatten_the_rest() -> None:
    figure = algebra_figure(program(1 / x), {"L": "value"}, {"x": 0.5}, "x", (0.0, 1.0))
    low, high = figure.layout.yaxis.range
    assert low < 1.0
    assert 10 < high < 50


@pytest.mark.parametrize(("expr", "value"), [(x - x + 2, 2.0), (exp(x) - exp(x), 0.0)])
def test_a_constant_has_room_above_and_below(expr: object, value: float) -> None:
    whole = program(expr).extended({}, inputs=[x])
    low, high = algebra_figure(whole, {"L": "value"}, {"x": 1.0}, "x", (0.0, 1.0)).layout.yaxis.range
    assert low < value < high


def test_without_any_finite_number_the_axis_stands() -> None:
    figure = algebra_figure(program((-1 - x**2) ** 0.5), {"L": "value"}, {"x": 1.0}, "x", (0.0, 1.0))
    assert figure.layout.yaxis.range == (-1.0, 1.0)
