"""Lines that losses fit, against NumPy's and SciPy's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog, minimize

from explorer.core.fit import START, can_fit, fit
from explorer.core.losses import LOSSES

NAMES = ("squared_error", "absolute_error", "quantile", "huber", "tukey")
X, Y = np.array(START).T


def lines(y: np.ndarray, **parameters: float) -> list[tuple[float, float]]:
    one = fit(tuple(LOSSES[name] for name in NAMES))
    values = {**one.start(), **{f"fit_y{k}": number for k, number in enumerate(y.tolist(), 1)}, **parameters}
    numbers = one.solved(values).numbers
    return [(numbers[f"fit_intercept{k}"], numbers[f"fit_slope{k}"]) for k in range(1, len(NAMES) + 1)]


def least_quantile_loss(y: np.ndarray, tau: float) -> float:
    n = len(y)
    answer = linprog(
        np.concatenate([[0, 0], np.full(n, tau / n), np.full(n, (1 - tau) / n)]),
        A_eq=np.hstack([np.column_stack([np.ones(n), X]), np.eye(n), -np.eye(n)]),
        b_eq=y,
        bounds=[(None, None)] * 2 + [(0, None)] * (2 * n),
    )
    return float(answer.fun)


@pytest.mark.parametrize("outlier", [0.8, 10.0])
@pytest.mark.parametrize("tau", [0.9, 0.2])
def test_lines_are_those_of_other_programs(outlier: float, tau: float) -> None:
    y = np.array([*Y[:-1], outlier])
    squares, absolute, quantile, huber, tukey = lines(y, tau=tau)
    assert squares == pytest.approx(np.polyfit(X, y, 1)[::-1], abs=1e-9)

    def residual(line: tuple[float, float]) -> np.ndarray:
        return np.asarray(y - line[0] - line[1] * X)

    assert np.abs(residual(absolute)).mean() / 2 == pytest.approx(least_quantile_loss(y, 0.5), abs=1e-9)
    r = residual(quantile)
    assert np.maximum(tau * r, (tau - 1) * r).mean() == pytest.approx(least_quantile_loss(y, tau), abs=1e-9)

    def hubers(line: np.ndarray) -> float:
        size = np.abs(residual((line[0], line[1])))
        return float(np.where(size < 1, size**2 / 2, size - 0.5).mean())

    other = minimize(hubers, squares, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-14})
    assert huber == pytest.approx(tuple(other.x), abs=1e-6)
    without = np.polyfit(X[:-1], Y[:-1], 1)
    assert tukey[1] == pytest.approx(without[0], abs=0.05)  # the outlier does not count


def test_only_losses_of_any_real_number_fit_lines() -> None:
    assert can_fit(LOSSES["huber"])
    assert not any(can_fit(LOSSES[name]) for name in ("poisson", "gamma", "dice"))
    with pytest.raises(ValueError, match=r"^A line must be fitted by a loss of a real prediction and target; got poisson\.$"):
        fit((LOSSES["poisson"],))
    with pytest.raises(ValueError, match=r"^A line must be fitted to at least 2 points; got 1\.$"):
        fit((LOSSES["huber"],), 1)
    with pytest.raises(ValueError, match=r"^A fit must have from 1 to 5 losses; got 0\.$"):
        fit(())


@pytest.mark.parametrize("name", NAMES)
def test_points_over_one_another_leave_a_line_through_their_middle(name: str) -> None:
    one = fit((LOSSES[name],), 4)
    points = {f"fit_x{k}": 4.0 for k in range(1, 5)} | {f"fit_y{k}": 3.0 for k in range(1, 5)}
    solved = one.solved({**one.start(), **points})
    numbers = solved.numbers
    assert numbers["fit_intercept1"] + 4 * numbers["fit_slope1"] == pytest.approx(3, abs=1e-6)
    assert numbers["fit_least1"] == pytest.approx(0, abs=1e-9)
