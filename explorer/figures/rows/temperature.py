"""Mean loss and calibration error over the temperature, and the best temperature."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Symbol

from explorer.core.calibration import LOGARITHMS, TEMPERATURES, Scores, Tables
from explorer.core.functions import absolute, relu
from explorer.core.program import Program
from explorer.figures.binding import Trace, following
from explorer.figures.rows.drawn import Drawn, live
from explorer.figures.style import BLUE, GREEN, GREY, PURPLE, TEMPLATE
from explorer.figures.traces import line, point

POINTS = 121
"""Of curves that can be computed anywhere."""
TICKS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)
LEFT = ((0.25, 1.0), (4.0, math.inf))
"""Between which best temperatures the label stands to the left: the line at 1, or the chart's end, is near on the right."""
_PANELS = {"loss": [0.47, 1.0], "error": [0.0, 0.39]}


def temperature(histogram: Scores | Tables, *, temperature: float = 1.0, bins: int = 15, best: float | None = None) -> Drawn:
    """Return the mean loss over the temperature, under it the calibration error, with a point that a hand moves.

    The curves hold for the number of bins given. Between their points they, and the points on them, are straight.

    Parameters
    ----------
    histogram : Scores or Tables
    temperature : float
        Its logarithm to base 10 is the input `log_T`.
    bins : int
    best : float, optional
        Where the loss is least; that of the histogram, or of the least table, if left out.
    """
    x = np.linspace(*LOGARITHMS, POINTS if isinstance(histogram, Scores) else len(TEMPERATURES))
    losses, errors = histogram.losses(10**x), histogram.errors(10**x, bins)
    if best is None:
        best = histogram.best_temperature if isinstance(histogram, Scores) else float(10 ** x[np.argmin(losses)])
    program = _program(len(x), float(x[1] - x[0]))
    rows = {"at": x, "loss": losses, "error": errors}
    values = {"log_T": math.log10(temperature)}
    traces = [
        _upright("one", 0.0, GREY, "dot"),
        _upright("best", math.log10(best), GREEN, "dash"),
        *_curve("loss", "mean loss", x, losses, "y", BLUE),
        *_curve("error", "ECE", x, errors, "y2", PURPLE),
    ]
    return live(traces, _layout(losses, errors, best), program, values, rows, limits={"log_T": LOGARITHMS})


def _program(points: int, step: float) -> Program:
    """Both curves where the temperature is: each point's part falls to 0 at its neighbours."""
    log_T, at, loss, error, part = map(Symbol, ("log_T", "at", "loss", "error", "part"))
    steps = {
        "part": points * relu(1 - absolute(log_T - at) / step),
        "loss_at_T": part * loss,
        "error_at_T": part * error,
    }
    return Program((log_T, at, loss, error), tuple((Symbol(name), expr) for name, expr in steps.items()), Symbol("loss_at_T"))


def _curve(name: str, title: str, x: NDArray[np.float64], y: NDArray[np.float64], axis: str, color: int) -> list[Trace]:
    return [
        line(
            name, color, x, y, name=title, yaxis=axis, showlegend=False, customdata=10**x,
            hovertemplate=f"T = %{{customdata:.3g}}<br>{title} %{{y:.4g}}<extra></extra>",
        ),
        point(
            f"{name} at T", color, name=title, yaxis=axis, hovertemplate=f"{title} %{{y:.4g}}<extra></extra>",
            meta=following({"x": "log_T", "y": f"{name}_at_T"}, drag={"x": "log_T"}),
        ),
    ]  # fmt: skip


def _upright(uid: str, x: float, color: int, dash: str) -> Trace:
    return line(uid, color, [x, x], [0.0, 1.0], width=1.5, dash=dash, name=uid, yaxis="y3", showlegend=False, hoverinfo="skip")


def _layout(losses: NDArray[np.float64], errors: NDArray[np.float64], best: float) -> dict[str, Any]:
    most = float(errors.max()) or 1.0
    left = any(low <= best < high for low, high in LEFT)
    return {
        "template": TEMPLATE,
        "height": 470,
        "uirevision": "temperature",
        "plot_bgcolor": "rgba(0,0,0,0)",  # so that the lines behind the panels are seen
        "xaxis": {
            "range": [LOGARITHMS[0] - 0.08, LOGARITHMS[1] + 0.08], "anchor": "y2",
            "title": {"text": "temperature T", "standoff": 6},
            "tickvals": [math.log10(T) for T in TICKS], "ticktext": [f"{T:g}" for T in TICKS],
        },
        "yaxis": {"domain": _PANELS["loss"], "title": {"text": "mean loss"}, "range": _heights(losses), "nticks": 5},
        "yaxis2": {"domain": _PANELS["error"], "title": {"text": "ECE"}, "range": [-0.08 * most, 1.1 * most], "nticks": 4},
        "yaxis3": {"domain": [0, 1], "range": [0, 1], "visible": False, "fixedrange": True},
        "annotations": [
            {
                "x": math.log10(best), "xref": "x", "y": 1, "yref": "paper", "yanchor": "top", "showarrow": False,
                "xanchor": "right" if left else "left", "xshift": -4 if left else 4,
                "text": f"best T = {best:.3g}",
            }
        ],
    }  # fmt: skip


def _heights(losses: NDArray[np.float64]) -> list[float]:
    """From a little under the least to what the curve is at its ends, but no more than some times the least: it grows fast."""
    finite = losses[np.isfinite(losses)]
    if not finite.size:
        return [0.0, 1.0]
    low, high = float(finite.min()), float(finite.max())
    high = min(high, max(4 * low, low + 1.0))
    room = 0.08 * (high - low) or 0.5
    return [max(0.0, low - 2 * room), high + room]
