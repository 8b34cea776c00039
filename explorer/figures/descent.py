"""The charts of a descent on /network: the loss by step, and several descents measured alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from explorer.core.landscape import Descent, Measures
from explorer.figures.binding import Trace
from explorer.figures.lazy import LazyFigure
from explorer.figures.network import HEIGHT, MARGIN
from explorer.figures.style import BLUE, TEMPLATE, VERMILLION
from explorer.figures.traces import line


def history_figure(path: Descent) -> go.Figure:
    """Return the loss by step of a descent."""
    wide = path.loss.min() > 0 and path.loss.max() > 30 * path.loss.min()
    layout = _by_step(len(path.loss)) | {
        "yaxis": {"title": {"text": "mean loss"}, "type": "log" if wide else "linear", "rangemode": "tozero"}
    }
    return LazyFigure([_by_steps("loss by step", path.loss, BLUE)], layout)


def comparison_figure(measured: Mapping[str, Measures]) -> go.Figure:
    """Return by step what several descents are worth, measured alike: surprise above, the share right below.

    measured names each by what it was trained on.
    """
    traces = []
    for (name, found), color in zip(measured.items(), (BLUE, VERMILLION), strict=False):
        traces.append(
            {**_by_steps("surprise " + name, found.surprise, color), "name": f"trained on {name}", "showlegend": True}
        )
        traces.append({**_by_steps("right " + name, found.right, color), "yaxis": "y2"})
    surprise = np.concatenate([found.surprise for found in measured.values()])
    wide = surprise.min() > 0 and surprise.max() > 30 * surprise.min()
    by_step = _by_step(max(len(found.right) for found in measured.values()))
    layout = by_step | {
        "height": HEIGHT + 50,
        "margin": by_step["margin"] | {"b": 94},  # the legend, of two rows where it is narrow
        "xaxis": by_step["xaxis"] | {"anchor": "y2", "title": {"text": "step", "standoff": 6}},
        "yaxis": {
            "title": {"text": "−ln p of true class"}, "domain": [0.4, 1], "type": "log" if wide else "linear",
            "rangemode": "tozero",
        },
        "yaxis2": {"title": {"text": "share right"}, "domain": [0, 0.28], "range": [-0.05, 1.05], "tickvals": [0, 0.5, 1]},
        "legend": {"orientation": "h", "x": 0, "y": -0.22, "yanchor": "top"},
    }  # fmt: skip
    return LazyFigure(traces, layout)


def _by_steps(uid: str, numbers: NDArray[Any], color: int) -> Trace:
    """A line of a number by step."""
    return line(
        uid.replace(" ", "-"), color, [*range(len(numbers))], numbers.tolist(), name=uid, showlegend=False,
        hovertemplate="step %{x}: %{y:.5g}<extra></extra>",
    )  # fmt: skip


def _by_step(points: int) -> dict[str, Any]:
    """The layout of a chart whose axis counts steps, from 0."""
    return {
        "template": TEMPLATE,
        "height": HEIGHT,
        "uirevision": "history",
        "xaxis": {"title": {"text": "step"}, "range": [0, max(10, points - 1)]},
        "margin": MARGIN,
    }
