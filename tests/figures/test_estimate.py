"""The charts of estimates and lines show where each loss is least."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from sympy import exp

from explorer.core.domains import Input, Labels, Real
from explorer.core.estimate import STARTS, estimate
from explorer.core.fit import ACROSS, START, fit
from explorer.core.losses import LOSSES, Loss
from explorer.figures.estimate import estimate_figure, fit_figure

LOSS_NAMES = ("squared_error", "absolute_error", "quantile", "huber", "welsch")
STEEP = Loss(
    "steep", "Steep", "binary", (Input("y", Real(), 0, "prediction"), Input("t", Labels(), 1, "target")), "y",
    lambda y, t: exp(-t * y),
)  # fmt: skip


def traces(figure: go.Figure) -> dict[str, Any]:
    return {trace.uid: trace for trace in figure.data}


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("count", [1, 5])
def test_each_curve_is_the_mean_loss_and_its_mark_stands_where_it_is_least(start: str, count: int) -> None:
    one = estimate(tuple(LOSSES[name] for name in LOSS_NAMES[:count]), len(STARTS[start]))
    figure = estimate_figure(one.solved(one.start(start)))
    shown = traces(figure)
    x, y = np.asarray(shown["mean1"].x), np.asarray(shown["mean1"].y)
    np.testing.assert_allclose(y, ((x[:, None] - np.array(STARTS[start])) ** 2).mean(axis=1), rtol=1e-12)
    for k in range(1, count + 1):
        curve, mark = np.asarray(shown[f"mean{k}"].y), shown[f"best{k}"]
        assert mark.y[0] <= curve.min() + 1e-12
        assert mark.y[0] == pytest.approx(np.interp(mark.x[0], x, curve), abs=0.02 * np.ptp(curve))
        assert shown[f"down{k}"].x == mark.x * 2
        low, high = figure.layout[f"yaxis{k + 1}"].range
        assert low < mark.y[0] < high
        flat = shown[f"flat{k}"]
        assert flat.x[0] <= mark.x[0] <= flat.x[1]
    assert [shown[name].x[0] for name in one.dots] == list(STARTS[start])
    assert [trace.meta["drag"] for trace in figure.data if "drag" in trace.meta] == [{"x": name} for name in one.dots]
    assert [text.text for text in figure.layout.annotations] == [loss.title for loss in one.losses]


def test_two_heaps_show_how_far_the_absolute_error_is_least() -> None:
    one = estimate((LOSSES["absolute_error"],), 8)
    shown = traces(estimate_figure(one.solved(one.start("two heaps"))))
    assert shown["flat1"].x == (2.5, 7.0)
    assert shown["best1"].x == (4.75,)


def test_of_two_classes_there_are_no_dots_and_the_mark_may_stand_at_the_end() -> None:
    one = estimate((STEEP,))
    figure = estimate_figure(one.solved({"rate": 1.0}))
    assert traces(figure)["best1"].x == (4.0,)
    assert {trace.uid for trace in figure.data} == {"down1", "mean1", "flat1", "best1"}
    assert figure.layout.xaxis.anchor == "y2"


def test_panels_do_not_overlap() -> None:
    one = estimate(tuple(LOSSES[name] for name in LOSS_NAMES), 7)
    layout = estimate_figure(one.solved(one.start("an outlier"))).layout
    domains = [layout[f"yaxis{k}"].domain for k in range(2, 8)]
    assert all(upper[0] >= lower[1] for upper, lower in zip(domains, domains[1:], strict=False))
    assert (domains[-1][0], domains[0][1] < 1) == (0, True)


def test_lines_run_across_and_points_can_be_dragged_both_ways() -> None:
    one = fit(tuple(LOSSES[name] for name in LOSS_NAMES))
    shown = traces(fit_figure(one.solved(one.start())))
    x, y = np.array(START).T
    slope, intercept = np.polyfit(x, y, 1)
    line = shown["line1"]
    assert line.x == ACROSS
    assert list(line.y) == pytest.approx([intercept + slope * x for x in ACROSS], abs=1e-9)
    assert {shown[f"line{k}"].name for k in range(1, 6)} == {loss.title for loss in one.losses}
    assert [(shown[f"dot{k}"].x[0], shown[f"dot{k}"].y[0]) for k in range(1, 11)] == list(START)
    assert shown["dot3"].meta["drag"] == {"x": "fit_x3", "y": "fit_y3"}
