"""The pictures of rows show what their arrays say."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from sympy import Symbol, log

from explorer.core import sweeps
from explorer.core.calibration import TEMPERATURES, Scores, wilson
from explorer.core.program import Program
from explorer.figures.rows import (
    Curve,
    Drawn,
    Histogram,
    class_losses,
    confusion,
    distribution,
    precision_recall,
    reliability,
    roc,
    temperature,
)
from explorer.figures.rows.distribution import Side
from explorer.figures.rows.drawn import counts_axis
from tests.core.histograms import tables

P, R = Symbol("p"), Symbol("r")
ENTROPY = Curve("cross-entropy", Program((P,), ((Symbol("L"), -log(P)),)))
SQUARE = Curve("squared error", Program((R,), ((Symbol("half"), R / 2), (Symbol("L"), 4 * Symbol("half") ** 2))))
EDGES = np.linspace(-2, 2, 21)


def traces(figure: go.Figure) -> dict[str, Any]:
    return {trace.uid: trace for trace in figure.data}


def numbers(drawn: Drawn) -> dict[str, float]:
    return sweeps.means(drawn.program, drawn.values, drawn.rows)


def residuals() -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.random.default_rng(4).normal(0, 0.7, 900).clip(-1.99, 1.99)


def histogram() -> Histogram:
    r = residuals()
    return Histogram(EDGES, np.histogram(r, EDGES)[0], np.histogram(r, EDGES, weights=r**2)[0])


def scores() -> Scores:
    n = np.array([40, 0, 30, 20, 60, 50])
    return Scores.of([-3, -2, -1, 0.5, 1, 4], n, [4, 0, 9, 14, 40, 47])


# --- Distribution ---


@pytest.mark.parametrize(("side", "threshold"), [("below", -0.6), ("above", 0.4), ("outside", 0.8), ("outside", -0.8)])
def test_what_lies_beyond_is_counted_on_edges_as_of_the_rows(side: Side, threshold: float) -> None:
    r = residuals()
    beyond = {"below": r < threshold, "above": r >= threshold, "outside": np.abs(r) >= abs(threshold)}[side]
    drawn = distribution(histogram(), [SQUARE], threshold, side=side)
    found = numbers(drawn)
    assert found["rows_beyond"] == pytest.approx(beyond.sum(), abs=1e-9)
    assert found["fraction_beyond"] == pytest.approx(beyond.mean(), abs=1e-12)
    assert found["share_beyond"] == pytest.approx((r**2)[beyond].sum() / (r**2).sum(), abs=1e-12)
    assert found["loss_at"] == pytest.approx(threshold**2)
    shown = traces(drawn.figure)
    assert np.sum(shown["rows beyond"].y) == pytest.approx(beyond.sum())
    assert list(shown["rows"].y) == histogram().counts.tolist()  # type: ignore[union-attr]
    x, y = (np.asarray(shown["curve beyond"][axis]) for axis in "xy")
    assert x[np.isfinite(y)].size == {"below": x < threshold, "above": x > threshold, "outside": np.abs(x) > 0.8}[side].sum()
    np.testing.assert_allclose(y[np.isfinite(y)], x[np.isfinite(y)] ** 2)
    assert (shown["threshold"].x[0], shown["threshold"].y[0]) == pytest.approx((threshold, threshold**2))
    assert ("mirrored line" in shown) == (side == "outside")
    assert drawn.limits == {"threshold": (-2, 2)}


def test_an_endless_curve_is_shown_as_far_as_most_of_it_goes_and_several_have_a_legend() -> None:
    edges = np.linspace(0, 1, 11)
    focal = Curve("focal", Program((P,), ((Symbol("L"), -((1 - P) ** 2) * log(P)),)))
    one, two = (
        distribution(Histogram(edges, np.ones(10), np.ones(10)), curves, 0.0) for curves in ([ENTROPY], [ENTROPY, focal])
    )
    low, high = one.figure.layout.yaxis2.range
    assert low < 0 < 3 < high < 6
    assert [trace.name for trace in two.figure.data if trace.showlegend] == ["cross-entropy", "focal"]
    assert not [trace for trace in one.figure.data if trace.showlegend]


def test_a_logarithmic_axis_has_a_place_for_none_and_says_counts() -> None:
    heights, axis = counts_axis([0, 1, 20, 5000], logarithmic=True)
    assert heights[0] == 0 < heights[1]
    assert axis["ticktext"] == ["1", "10", "100", "1k"]
    np.testing.assert_allclose(np.interp(np.log10([1, 20]), np.arange(4), axis["tickvals"]), heights[1:3])
    drawn = distribution(Histogram([0, 1, 2], [10, 1000], [1, 1]), [SQUARE], 1.0, logarithmic=True)
    assert numbers(drawn)["rows_beyond"] == 10
    assert traces(drawn.figure)["rows"].customdata.tolist() == [10, 1000]


def test_a_curve_of_two_numbers_is_refused() -> None:
    both = Curve("both", Program((P, R), ((Symbol("L"), P * R),)))
    with pytest.raises(ValueError, match=r"^A curve must have one input; got p, r\.$"):
        distribution(histogram(), [both], 0.0)


# --- Calibration ---


def test_a_bin_stands_at_its_means_with_its_interval() -> None:
    shown = traces(reliability(scores(), bins=4).figure)
    z, n, k = scores().z, scores().n, scores().k
    q = 1 / (1 + np.exp(-z))
    bin_of = np.floor(4 * q).astype(int)
    for b in range(4):
        held = bin_of == b
        if not held.any():
            assert shown["points"].y[b] < -1
            continue
        assert shown["points"].x[b] == pytest.approx(np.average(q[held], weights=n[held]))
        assert shown["points"].y[b] == pytest.approx(k[held].sum() / n[held].sum())
        assert shown["shares"].y[b] == pytest.approx(n[held].sum() / 200)
        ends = [float(end) for end in wilson(k[held].sum(), n[held].sum())]
        assert list(shown["intervals"].y[3 * b : 3 * b + 2]) == pytest.approx(ends)
    assert not np.isfinite(shown["intervals"].y[2::3]).any()
    assert list(shown["bars"].x[:4]) == [0.125, 0.375, 0.625, 0.875]
    assert set(shown["bars"].width) == {0.25}
    assert list(shown["bars"].y) == pytest.approx([max(y, 0) for y in shown["points"].y])
    assert not any(shown["shares"].y[4:])


def test_the_curves_over_temperature_pass_through_their_points() -> None:
    drawn = temperature(scores(), temperature=2.0, bins=4)
    shown = traces(drawn.figure)
    assert shown["loss at T"].x[0] == pytest.approx(np.log10(2))
    assert shown["loss at T"].y[0] == pytest.approx(float(scores().losses(2.0)), rel=1e-3)
    assert shown["loss at T"].y[0] == pytest.approx(np.interp(np.log10(2), shown["loss"].x, shown["loss"].y), rel=1e-12)
    assert shown["error at T"].y[0] == pytest.approx(np.interp(np.log10(2), shown["error"].x, shown["error"].y), rel=1e-12)
    best = 10 ** shown["best"].x[0]
    assert best == pytest.approx(scores().best_temperature)
    low, high = drawn.figure.layout.yaxis.range
    assert low < scores().losses(best) < high
    assert drawn.figure.layout.annotations[0].text == f"best T = {best:.3g}"


def test_tables_have_a_curve_through_their_temperatures_and_a_best_that_is_given() -> None:
    shown = traces(temperature(tables()[0], best=1.7).figure)
    np.testing.assert_allclose(10 ** np.asarray(shown["error"].x), TEMPERATURES)
    assert 10 ** shown["best"].x[0] == pytest.approx(1.7)
    drawn = reliability(tables()[0], bins=10)
    assert numbers(drawn)["T_shown"] == pytest.approx(1)
    assert drawn.figure.layout.yaxis.title.text == "accuracy"


def test_bins_beyond_the_most_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^bins must be from 1 to 50; got 51\.$"):
        reliability(scores(), bins=51)


# --- Classes ---


def test_cells_are_coloured_by_share_and_say_shares_or_counts() -> None:
    counts = [[90, 10, 0], [5, 12_345, 5], [0, 0, 0]]
    for normalised, texts in ((True, ["90.0", "10.0", "0"]), (False, ["90", "10", "0"])):
        cells = confusion(counts, ["a", "b", "a name without end"], normalised=normalised).figure.data[0]
        np.testing.assert_allclose(cells.z[0], [0.9, 0.1, 0])
        assert list(cells.text[0]) == texts
        assert cells.texttemplate == "%{text}"
    assert cells.text[1][1] == "12.3k"
    assert list(confusion(counts, ["a", "b", "c"], normalised=True).figure.data[0].text[2]) == ["", "", ""]
    assert confusion(np.eye(13), [str(k) for k in range(13)]).figure.data[0].texttemplate is None
    with pytest.raises(ValueError, match=r"^counts must have shape \(2, 2\); got \(3, 3\)\.$"):
        confusion(counts, ["a", "b"])


def test_classes_stand_by_their_share_of_the_loss() -> None:
    figure = class_losses([1, 6, 3], [10, 20, 70], ["a", "b", "c"]).figure
    shown = traces(figure)
    assert list(shown["loss"].x) == [0.1, 0.3, 0.6]
    assert list(shown["rows"].x) == [0.1, 0.7, 0.2]
    assert list(figure.layout.yaxis.ticktext) == ["a", "c", "b"]


def test_curves_of_thresholds_have_their_point_and_what_chance_does() -> None:
    shown = traces(roc([0, 0.2, 1], [0, 0.8, 1], area=0.8, at=(0.2, 0.8)).figure)
    assert (shown["at 0.5"].x[0], shown["at 0.5"].y[0]) == (0.2, 0.8)
    assert list(shown["chance"].y) == [0, 1]
    figure = precision_recall([0, 0.5, 1], [1, 0.9, 0.3], area=0.71234, base=0.3).figure
    assert list(traces(figure)["chance"].y) == [0.3, 0.3]
    assert "at 0.5" not in traces(figure)
    assert figure.layout.annotations[0].text == "average precision = 0.7123"
