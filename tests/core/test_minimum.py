"""Where a curve or a surface is least, against what is known of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog, minimize

from explorer.core.minimum import Curve, Point, Surface, least, lines_through, lowest

Array = NDArray[np.float64]
DOTS = np.array([0.4, 0.9, 1.1, 1.6, 2.0, 2.7, 3.4, 5.2, 9.1])


def curve(value: Callable[[Array], Any], slope: Callable[[Array], Any]) -> Curve:
    return lambda x: (np.asarray(value(x), dtype=float), np.asarray(slope(x), dtype=float))


def averaged(value: Callable[[Array], Array], slope: Callable[[Array], Array], dots: Array) -> Curve:
    return lambda x: (value(x[:, None] - dots).mean(axis=1), slope(x[:, None] - dots).mean(axis=1))


def test_a_smooth_curve_is_least_where_its_slope_is_0() -> None:
    found = least(averaged(np.square, lambda r: 2 * r, DOTS), 0, 10, DOTS)
    assert found.at == pytest.approx(DOTS.mean(), abs=1e-10)
    assert found.value == pytest.approx(DOTS.var(), rel=1e-14)
    assert found.end - found.start < 1e-9


def test_a_kink_is_found_exactly_and_a_flat_stretch_by_its_ends() -> None:
    found = least(averaged(np.abs, np.sign, DOTS), 0, 10, DOTS)
    assert (found.start, found.at, found.end) == (2, 2, 2)
    assert found.value == pytest.approx(16.4 / 9)
    found = least(averaged(np.abs, np.sign, DOTS[:8]), 0, 10, DOTS[:8])
    assert (found.start, found.at, found.end) == (1.6, 1.8, 2.0)


@pytest.mark.parametrize(("rate", "ends"), [(0.5, (-1, 1)), (0.7, (1, 1)), (0.3, (-1, -1)), (1, (1, 3)), (0, (-3, -1))])
def test_kinks_and_flat_stretches_where_no_dot_is(rate: float, ends: tuple[float, float]) -> None:
    def value(m: Array) -> Array:
        return rate * np.maximum(0, 1 - m) + (1 - rate) * np.maximum(0, 1 + m)

    found = least(curve(value, lambda m: (1 - rate) * (m > -1) - rate * (m < 1)), -3, 3)
    assert (found.start, found.end) == pytest.approx(ends, abs=1e-10)


@pytest.mark.parametrize(("rate", "ends"), [(0.5, (-3, 3)), (0.7, (0, 3)), (0.2, (-3, 0))])
def test_steps_without_a_slope(rate: float, ends: tuple[float, float]) -> None:
    found = least(curve(lambda m: np.where(m > 0, 1 - rate, rate), np.zeros_like), -3, 3)
    assert (found.start, found.end) == pytest.approx(ends, abs=1e-9)


def test_of_several_valleys_the_deepest_is_found() -> None:
    dots = np.array([1.0, 1.2, 8.0, 8.1, 8.2])
    found = least(averaged(lambda r: 1 - np.exp(-(r**2) * 2), lambda r: 4 * r * np.exp(-(r**2) * 2), dots), 0, 10, dots)
    assert found.at == pytest.approx(8.1, abs=1e-9)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_curve_that_falls_all_along_is_least_at_the_end(sign: int) -> None:
    found = least(curve(lambda x: np.exp(-sign * x), lambda x: -sign * np.exp(-sign * x)), -4, 4)
    assert (found.at, found.start, found.end) == (4 * sign,) * 3
    assert found.slope * sign < 0


def test_infinite_ends_are_left_alone_and_a_curve_that_is_infinite_throughout_has_no_minimum() -> None:
    with np.errstate(all="ignore"):
        found = least(curve(lambda p: -0.3 * np.log(p) - 0.7 * np.log(1 - p), lambda p: -0.3 / p + 0.7 / (1 - p)), 0, 1)
    assert found.at == pytest.approx(0.3, abs=1e-11)
    assert all(map(math.isnan, least(curve(lambda p: p + np.inf, lambda p: p * np.nan), 0, 1)))


# --- Two inputs ---

X = np.array([0.5, 1.4, 2.2, 3.1, 4.0, 4.8, 5.7, 6.5, 7.4, 8.8])
Y = np.array([1.6, 2.3, 2.1, 3.4, 3.5, 4.6, 4.4, 5.7, 5.9, 0.8])
BOX: tuple[Point, Point] = ((-10.0, 20.0), (-10.0, 20.0))


def of_lines(value: Callable[[Array], Array], slope: Callable[[Array], Array], y: Array = Y) -> Surface:
    def surface(points: Sequence[Point]) -> tuple[Array, Array, Array]:
        ends = np.array(points)
        r = ends[:, :1] + (ends[:, 1:] - ends[:, :1]) * X / 10 - y
        return value(r).mean(axis=1), (slope(r) * (1 - X / 10)).mean(axis=1), (slope(r) * X / 10).mean(axis=1)

    return surface


def smallest(tau: float, y: Array) -> float:
    """The least mean quantile loss of a line, by linear programming."""
    n = len(X)
    line = np.column_stack([1 - X / 10, X / 10])
    answer = linprog(
        np.concatenate([[0, 0], np.full(n, tau / n), np.full(n, (1 - tau) / n)]),
        A_eq=np.hstack([line, np.eye(n), -np.eye(n)]),
        b_eq=y,
        bounds=[(None, None)] * 2 + [(0, None)] * (2 * n),
    )
    return float(answer.fun)


def test_the_line_of_least_squares() -> None:
    found = lowest(of_lines(np.square, lambda r: 2 * r), BOX, lines_through(X, Y, (0, 10)))
    slope, intercept = np.polyfit(X, Y, 1)
    assert found.at == pytest.approx((intercept, intercept + 10 * slope), abs=1e-9)


@pytest.mark.parametrize("tau", [0.5, 0.9, 0.13])
@pytest.mark.parametrize("seed", range(4))
def test_lines_of_quantiles_are_those_of_linear_programming(tau: float, seed: int) -> None:
    y = Y if not seed else np.random.default_rng(seed).uniform(0, 10, len(X))
    surface = of_lines(lambda r: np.maximum(-tau * r, (1 - tau) * r), lambda r: np.where(r > 0, 1 - tau, -tau) * (r != 0), y)
    for starts in (lines_through(X, y, (0, 10)), []):  # exactly by lines through two dots, nearly without them
        assert lowest(surface, BOX, starts).value == pytest.approx(smallest(tau, y), abs=1e-9)


SHAPES: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]] = {
    "huber": (lambda r: np.where(np.abs(r) < 1, r**2 / 2, np.abs(r) - 0.5), lambda r: np.clip(r, -1, 1)),
    "insensitive": (lambda r: np.maximum(0, np.abs(r) - 0.5), lambda r: np.sign(r) * (np.abs(r) > 0.5)),
    "welsch": (lambda r: 1 - np.exp(-(r**2) / 2), lambda r: r * np.exp(-(r**2) / 2)),
    "cauchy": (lambda r: np.log1p(r**2), lambda r: 2 * r / (1 + r**2)),
    "tukey": (
        lambda r: np.where(np.abs(r) < 2, 1 - (1 - (r / 2) ** 2) ** 3, 1),
        lambda r: np.where(np.abs(r) < 2, 1.5 * r * (1 - (r / 2) ** 2) ** 2, 0),
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_other_search_from_many_starts_finds_a_lower_line(shape: str) -> None:
    surface = of_lines(*SHAPES[shape])
    starts = lines_through(X, Y, (0, 10))
    found = lowest(surface, BOX, starts)
    options = {"xatol": 1e-9, "fatol": 1e-13}
    for start in (*starts[::5], found.at):
        other = minimize(lambda p: surface([(p[0], p[1])])[0][0], start, method="Nelder-Mead", options=options)
        assert found.value <= other.fun + 1e-11


def test_dots_on_one_line_are_met_and_dots_over_one_another_leave_it_to_the_others() -> None:
    straight = 1 + 0.5 * X
    found = lowest(of_lines(np.abs, np.sign, straight), BOX, lines_through(X, straight, (0, 10)))
    assert (*found.at, found.value) == pytest.approx((1, 6, 0), abs=1e-14)
    assert lines_through(np.array([1.0, 1.0, 2.0]), np.array([0.0, 1.0, 2.0]), (0.0, 10.0)) == [(-2.0, 18.0), (0.0, 10.0)]
