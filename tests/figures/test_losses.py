"""The chart of /losses: its curves lie where the losses are, and end where their domains do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from explorer.core.comparison import comparison
from explorer.core.losses import LOSSES, typed_loss
from explorer.figures.losses import comparison_figure


def figure(*names: str, scaled: bool = False, **values: float) -> tuple[Any, dict[str, Any]]:
    """Return the chart of some losses, by uid, at their starts but for some values."""
    shown = comparison(tuple(LOSSES[name] for name in names), scaled)
    drawn, _ = comparison_figure(shown, {given.name: given.start for given in shown.inputs} | values)
    return drawn, {trace.uid: trace for trace in drawn.data}


def test_curves_are_the_losses() -> None:
    _, traces = figure("squared_error", "absolute_error", t=1.0)
    x = np.asarray(traces["curve shown"].x)
    assert traces["curve shown"].y == pytest.approx((x - 1) ** 2)
    assert traces["curve shown_2"].y == pytest.approx(np.abs(x - 1))
    assert traces["curve shown_slope"].y == pytest.approx(2 * (x - 1))
    assert traces["curve shown_slope_2"].y == pytest.approx(np.sign(x - 1))
    assert traces["curve shown_curvature"].y == pytest.approx(np.full(len(x), 2.0))


def test_points_lie_on_their_curves_and_can_be_dragged() -> None:
    _, traces = figure("huber", "squared_error", y=2.0, t=0.0)
    assert (traces["point shown"].x[0], traces["point shown"].y[0]) == (2.0, 1.5)
    assert (traces["point shown_2"].x[0], traces["point shown_2"].y[0]) == (2.0, 4.0)
    assert {trace.meta["drag"]["x"] for uid, trace in traces.items() if uid.startswith("point")} == {"y"}


def test_a_curve_ends_where_its_domain_does() -> None:
    drawn, traces = figure("poisson", "squared_error", t=2.0)
    assert min(traces["curve shown"].x) >= 0
    assert min(traces["curve shown_2"].x) < 0
    assert [shape.x0 for shape in drawn.layout.shapes] == [0.0]
    drawn, traces = figure("binary_cross_entropy", "brier")
    assert (min(traces["curve shown"].x), max(traces["curve shown"].x)) == (0.0, 1.0)
    assert [shape.x0 for shape in drawn.layout.shapes] == [0.0, 1.0]


def test_the_axes_reach_as_far_as_the_point() -> None:
    drawn, _ = figure("squared_error", y=40.0, t=0.0)
    assert drawn.layout.xaxis.range[1] >= 40
    assert drawn.layout.yaxis.range[1] >= 1600
    assert drawn.layout.yaxis2.range[1] >= 80


def test_a_curve_that_hardly_reaches_farther_than_most_of_it_is_shown_whole() -> None:
    drawn, _ = figure("binary_cross_entropy_with_logits", t=1.0)
    assert drawn.layout.yaxis3.range[1] > 0.25  # its greatest curvature, at a score of 0


def test_a_curve_next_to_the_largest_numbers_has_a_range() -> None:
    shown = comparison((typed_loss("(y - t)^1000", by="y", target="t"),), False)
    drawn, _ = comparison_figure(shown, {"y": 1.5, "t": 0.0})
    for axis in (drawn.layout.yaxis, drawn.layout.yaxis2, drawn.layout.yaxis3):
        assert np.isfinite(axis.range).all()


def test_one_loss_that_grows_fast_does_not_flatten_the_others() -> None:
    drawn, _ = figure("hinge", "exponential", t=1.0)
    assert drawn.layout.yaxis.range[1] < 30


def test_several_predictions_have_no_curvature() -> None:
    drawn, traces = figure("ranknet")
    assert not any("curvature" in uid for uid in traces)
    assert drawn.layout.xaxis.anchor == "y2"


def test_points_of_the_other_losses_are_within_their_panels() -> None:
    drawn, traces = figure("hinge", "focal", "poly1")
    for uid, trace in traces.items():
        if uid.startswith("point"):
            low, high = drawn.layout["yaxis" + trace.yaxis[1:]].range
            assert low <= trace.y[0] <= high, uid
