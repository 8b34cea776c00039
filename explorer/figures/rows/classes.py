"""Charts of classes, which do not move: the confusion matrix, losses by class, ROC and precision-recall curves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from explorer.core.checks import FloatArray
from explorer.figures.binding import Trace, checked, following
from explorer.figures.lazy import LazyFigure
from explorer.figures.rows.drawn import Drawn, short
from explorer.figures.style import BLUE, GREY, GROUND, PALETTE, TEMPLATE, VERMILLION
from explorer.figures.traces import bars, line, point

NUMBERED = 12
"""Up to so many classes, cells and bars have their numbers."""
LONGEST = 14
"""How many characters of a class's name an axis shows."""


def confusion(counts: ArrayLike, classes: Sequence[str], *, normalised: bool = False) -> Drawn:
    """Return the confusion matrix as a heat map.

    Parameters
    ----------
    counts : array, shape (classes, classes)
        Weight of the rows, by true class and then by predicted class.
    classes : sequence of str
    normalised : bool
        Whether each true class's cells are shares of it.
    """
    table = np.asarray(counts, dtype=np.float64)
    if table.shape != (len(classes), len(classes)):
        raise ValueError(f"counts must have shape ({len(classes)}, {len(classes)}); got {table.shape}.")
    with np.errstate(invalid="ignore"):
        shares = table / table.sum(axis=1, keepdims=True)
    shown = shares if normalised else table
    names = [_short(name) for name in classes]
    places = np.arange(len(classes))
    hover = "true %{y}<br>predicted %{x}<br>%{text}<extra></extra>"
    cells: Trace = {
        "type": "heatmap", "uid": "cells", "x": places, "y": places, "z": np.nan_to_num(shares), "zmin": 0, "zmax": 1,
        "text": _texts(shown, normalised=normalised), "hovertemplate": hover, "colorscale": [[0, "white"], [1, PALETTE[BLUE]]],
        "showscale": False, "xgap": 2, "ygap": 2, "meta": following({}, shades=[GROUND, BLUE]),
    }  # fmt: skip
    if len(classes) <= NUMBERED:
        cells["texttemplate"] = "%{text}"
    longest = max(map(len, names), default=0)
    ticks = {"tickvals": places, "ticktext": names, "showgrid": False, "constrain": "domain"}
    layout = {
        **_LOOK,
        "height": 400 + 7 * longest,
        "xaxis": {"title": {"text": "predicted"}, "tickangle": -90 if longest > 3 else 0, "automargin": True, **ticks},
        "yaxis": {"title": {"text": "true"}, "autorange": "reversed", "automargin": True, **ticks},
    }
    return _still([cells], layout)


def class_losses(losses: ArrayLike, counts: ArrayLike, classes: Sequence[str]) -> Drawn:
    """Return each class's share of the loss beside its share of the rows, the largest share of the loss first.

    Parameters
    ----------
    losses, counts : array, shape (classes,)
        Sum of weighted losses, and weight, of the rows of each true class.
    """
    loss, rows = (np.asarray(column, dtype=np.float64) for column in (losses, counts))
    with np.errstate(invalid="ignore"):
        loss, rows = np.nan_to_num(loss / loss.sum()), np.nan_to_num(rows / rows.sum())
    order = np.argsort(loss, kind="stable")  # the first of a vertical axis stands at its foot
    names = [_short(classes[k]) for k in order]
    each = np.arange(len(order))
    traces = [
        bars(uid, color, share[order], each, name=name, orientation="h", hovertemplate=f"{name} %{{x:.2%}}<extra></extra>")
        for uid, name, share, color in (("rows", "share of rows", rows, GREY), ("loss", "share of loss", loss, VERMILLION))
    ]
    height = int(np.clip(130 + 34 * len(classes), 240, 900))
    layout = {
        **_LOOK,
        "height": height,
        "bargap": 0.25,
        "bargroupgap": 0.05,
        "xaxis": {"tickformat": ".0%", "rangemode": "tozero", "nticks": 6},
        "yaxis": {"tickvals": each, "ticktext": names, "automargin": True, "showgrid": False},
        "legend": {"orientation": "h", "x": 0, "y": -34 / (height - 80), "yanchor": "top", "traceorder": "reversed"},
    }
    return _still(traces, layout)


def roc(false_positive: ArrayLike, true_positive: ArrayLike, *, area: float, at: tuple[float, float] | None = None) -> Drawn:
    """Return the ROC curve, the diagonal of chance, and the point of the threshold 0.5.

    Parameters
    ----------
    false_positive, true_positive : array, shape (thresholds,)
        Rates.
    area : float
        Under the curve.
    at : pair of float, optional
        Both rates at the threshold 0.5.
    """
    chance = ([0.0, 1.0], [0.0, 1.0])
    return _trade(
        false_positive, true_positive, chance, f"AUC = {area:.4f}", ("false positive rate", "true positive rate"), at, low=True
    )


def precision_recall(
    recall: ArrayLike, precision: ArrayLike, *, area: float, base: float, at: tuple[float, float] | None = None
) -> Drawn:
    """Return precision over recall, the base rate, and the point of the threshold 0.5.

    Parameters
    ----------
    recall, precision : array, shape (thresholds,)
    area : float
        The average precision.
    base : float
        Share of the positives: the precision of chance.
    at : pair of float, optional
        Recall and precision at the threshold 0.5.
    """
    said = f"average precision = {area:.4f}"
    return _trade(recall, precision, ([0.0, 1.0], [base, base]), said, ("recall", "precision"), at, low=base < 0.5, hv="vh")


def _trade(
    x: ArrayLike,
    y: ArrayLike,
    chance: tuple[list[float], list[float]],
    said: str,
    titles: tuple[str, str],
    at: tuple[float, float] | None,
    *,
    low: bool,
    hv: str = "linear",
) -> Drawn:
    """A curve of two rates beside that of chance, with the point of the threshold 0.5; low, its area stands at the right."""
    places, heights = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    hover = f"{titles[0]} %{{x:.4f}}<br>{titles[1]} %{{y:.4f}}<extra></extra>"
    curve = line("curve", BLUE, places, heights, name=titles[1], hovertemplate=hover)
    curve["line"]["shape"] = hv
    traces = [line("chance", GREY, *chance, width=1.5, dash="dash", name="chance", hoverinfo="skip"), curve]
    if at:
        traces.append(
            point(
                "at 0.5", name="threshold 0.5", x=[at[0]], y=[at[1]], mode="markers+text", text=["0.5"],
                textposition="bottom right" if at[0] < 0.5 else "bottom left", textfont={"color": PALETTE[VERMILLION]},
                hovertemplate="threshold 0.5<br>%{x:.4f}, %{y:.4f}<extra></extra>",
            )
        )  # fmt: skip
    edge = {"range": [-0.01, 1.01], "tickvals": [0, 0.2, 0.4, 0.6, 0.8, 1]}
    place = {"x": 0.97, "xanchor": "right", "y": 0.04} if low else {"x": 0.03, "xanchor": "left", "y": 0.04}
    layout = {
        **_LOOK,
        "showlegend": False,
        "xaxis": {"title": {"text": titles[0], "standoff": 6}, **edge},
        "yaxis": {"title": {"text": titles[1]}, **edge},
        "annotations": [{"text": said, "xref": "paper", "yref": "paper", "showarrow": False, **place}],
    }
    return _still(traces, layout)


_LOOK: dict[str, Any] = {"template": TEMPLATE, "height": 420}


def _still(traces: list[Trace], layout: dict[str, Any]) -> Drawn:
    return Drawn(LazyFigure(*checked(traces, layout)))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _texts(shown: FloatArray, *, normalised: bool) -> list[list[str]]:
    """What cells say: shares in per cent, counts in full up to four digits."""

    def said(value: float) -> str:
        if not np.isfinite(value):
            return ""
        if normalised:
            return f"{100 * value:.1f}" if 0 < value < 0.995 else f"{100 * value:.0f}"
        return f"{value:.4g}" if value < 10_000 else short(float(f"{value:.3g}"))

    return [[said(float(value)) for value in row] for row in shown]
