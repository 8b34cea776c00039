"""The reliability diagram: mean target over mean prediction in bins, at any temperature and number of bins."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from sympy import Symbol

from explorer.core.calibration import LOGARITHMS, MOST_BINS, Scores, Tables, bins_program
from explorer.core.functions import same
from explorer.core.program import Program
from explorer.figures.binding import Trace, following
from explorer.figures.rows.drawn import Drawn, live
from explorer.figures.style import BLUE, GREY, ORANGE, PALETTE, TEMPLATE
from explorer.figures.traces import bars, line

_COLUMNS = ["n", "k", "s", "place"]
"""Of the pool, along which traces run."""


def reliability(
    histogram: Scores | Tables,
    *,
    temperature: float = 1.0,
    bins: int = 15,
    chosen: int = 0,
    titles: tuple[str, str] = ("", ""),
) -> Drawn:
    """Return the mean target of each bin over its mean prediction, with its 95 % interval, and how many rows it has.

    Parameters
    ----------
    histogram : Scores or Tables
        Of tables the one is shown whose temperature is nearest; the step `T_shown` says which.
    temperature : float
        Its logarithm to base 10 is the input `log_T`, and `T` a step.
    bins : int
        The input `bins`, from 1 to MOST_BINS.
    chosen : int
        The bin that is set off, from 1, or 0 for none: the input `bin`, which a click on a bin sets.
    titles : pair of str
        What the axes of predictions and targets are, where that is not a probability and how often it comes true.

    Returns
    -------
    Drawn
        Its program has the steps `ece_at_T` and `loss_at_T`, over all rows.

    Raises
    ------
    ValueError
        If bins are none or too many.
    """
    if not 1 <= bins <= MOST_BINS:
        raise ValueError(f"bins must be from 1 to {MOST_BINS}; got {bins}.")
    tables = isinstance(histogram, Tables)
    values = {"log_T": math.log10(temperature), "bins": float(bins), "bin": float(chosen)}
    values |= {"total": histogram.total, "finite": histogram.finite or 1.0}
    pool = histogram.pool()
    drawn = live(
        [_chosen(), _diagonal(), _bars(), _intervals(), _points(), _shares()],
        _layout(titles[0] or ("confidence" if tables else "predicted probability"), titles[1] or _target(tables=tables)),
        _program(tables=tables),
        values,
        pool.columns(values),
        limits={"log_T": LOGARITHMS, "bins": (1.0, float(MOST_BINS))},
        pool=pool,
    )
    return drawn._replace(picks={"bin": (1.0, float(MOST_BINS))})


@cache
def _program(*, tables: bool) -> Program:
    """The bins, and of each whether it is the one chosen."""
    place, chosen = Symbol("place"), Symbol("bin")
    return bins_program(tables=tables).extended({"chosen": same(place + 1, chosen)}, inputs=[chosen])


def _target(*, tables: bool) -> str:
    return "accuracy" if tables else "share of positives"


def _diagonal() -> Trace:
    ends = [0.0, 1.0]
    return line("diagonal", GREY, ends, ends, width=1.5, dash="dash", name="calibrated", showlegend=False, hoverinfo="skip")


def _chosen() -> Trace:
    return bars(
        "chosen", ORANGE, [0.5], [0.0], width=[1.0], name="bin whose rows are shown", opacity=0.3, hoverinfo="skip",
        showlegend=False,
        meta=following({"x": "middle", "y": "chosen", "width": "width"}, along=_COLUMNS, pick={"bin": "bins"}),
    )  # fmt: skip


def _bars() -> Trace:
    return bars(
        "bars", BLUE, [0.5], [0.5], width=[1.0], name="bins", opacity=0.22, hoverinfo="skip", showlegend=False,
        meta=following({"x": "middle", "y": "height", "width": "width"}, along=_COLUMNS),
    )  # fmt: skip


def _intervals() -> Trace:
    return line(
        "intervals", BLUE, [0.0], [0.0], width=1.8, name="95 % interval", showlegend=False, hoverinfo="skip",
        meta=following({"x": ["prediction", "prediction", "gap"], "y": ["low", "high", "gap"]}, along=_COLUMNS),
    )  # fmt: skip


def _points() -> Trace:
    return {
        "type": "scatter", "uid": "points", "name": "bins", "x": [0.0], "y": [0.0], "mode": "markers", "showlegend": False,
        "cliponaxis": False, "hovertemplate": "predicted %{x:.4f}<br>true %{y:.4f}<extra></extra>",
        "marker": {"size": 8, "color": PALETTE[BLUE], "line": {"width": 1.5, "color": "white"}},
        "meta": following({"x": "prediction", "y": "target"}, along=_COLUMNS, color=BLUE),
    }  # fmt: skip


def _shares() -> Trace:
    return bars(
        "shares", GREY, [0.5], [0.5], width=[1.0], name="rows", yaxis="y2", opacity=0.7, showlegend=False,
        hovertemplate="%{y:.2%} of the rows<extra></extra>",
        meta=following({"x": "middle", "y": "share", "width": "width"}, along=_COLUMNS),
    )  # fmt: skip


def _layout(predicted: str, true: str) -> dict[str, Any]:
    ticks = {"tickvals": [0, 0.2, 0.4, 0.6, 0.8, 1]}
    return {
        "template": TEMPLATE,
        "height": 470,
        "barmode": "overlay",
        "uirevision": "reliability",
        "xaxis": {"range": [0, 1], "anchor": "y2", "title": {"text": predicted, "standoff": 6}, **ticks},
        "yaxis": {"range": [0, 1], "domain": [0.27, 1], "title": {"text": true}, **ticks},
        "yaxis2": {"range": [0, 1.03], "domain": [0, 0.2], "title": {"text": "rows"}, "tickformat": ".0%", "nticks": 3},
    }
