"""The numbers of a chart that Python computes anew: dots that have moved are the data set's, and minima are found again."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.core.estimate import estimate
from explorer.core.fit import fit
from explorer.core.losses import LOSSES
from explorer.figures.estimate import estimate_figure, fit_figure
from explorer.views.moved import numbers_at
from explorer.views.view import Chart


def test_the_estimate_follows_a_dot_and_a_parameter() -> None:
    one = estimate((LOSSES["squared_error"], LOSSES["quantile"]), 9)
    solved = one.solved(one.start("even"))
    rows = {column: values.tolist() for column, values in solved.rows.items()}
    chart = Chart("estimate", "", "", "", estimate_figure(solved), one.program, solved.values, rows=rows, cells=one.cells)
    still, moved = numbers_at(chart, {}), numbers_at(chart, {"t9": 0.0, "tau": 0.3, "elsewhere": 1.0})
    assert (still["best1"], still["best2"]) == pytest.approx((5, 9))
    assert (moved["best1"], moved["best2"]) == pytest.approx((4, np.quantile(np.arange(9.0), 0.3, method="inverted_cdf")))
    assert set(moved) == {s.name for s in one.program.inputs} - {"m", "t"}


def test_the_line_follows_a_point() -> None:
    one = fit((LOSSES["squared_error"],), 3)
    points = {"fit_x1": 0.0, "fit_y1": 1.0, "fit_x2": 5.0, "fit_y2": 2.0, "fit_x3": 10.0, "fit_y3": 3.0}
    solved = one.solved(points)
    rows = {column: values.tolist() for column, values in solved.rows.items()}
    chart = Chart("fit", "", "", "", fit_figure(solved), one.program, solved.values, rows=rows, cells=one.cells)
    slope, intercept = np.polyfit([0, 5, 10], [1, 2, 9], 1)
    moved = numbers_at(chart, {"fit_y3": 9.0})
    assert (moved["fit_slope1"], moved["fit_intercept1"]) == pytest.approx((slope, intercept), abs=1e-9)
