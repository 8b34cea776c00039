"""The charts of a loss that is asked about: its history, or the constants around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from explorer.core.checks import FloatArray
from explorer.doctor.marks import Mark
from explorer.figures.lazy import LazyFigure
from explorer.figures.style import BLUE, GREY, ORANGE, PALETTE, TEMPLATE, VERMILLION

MOST = 2000
"""As many losses of a history are drawn: of a longer one the least and the greatest of each stretch."""
_MARGIN = {"l": 60, "r": 16, "t": 24, "b": 52}


def history_figure(loss: FloatArray, beside: FloatArray, marks: Sequence[Mark]) -> go.Figure:
    """Return the losses over their steps, those of validation beside them, and what is worth marking.

    Parameters
    ----------
    loss, beside : array, shape (n,) or (0,)
        NaN where there is none.
    marks : sequence of Mark
        In the order of their places.
    """
    traces = [_line(loss, "loss", BLUE)]
    if np.isfinite(beside).any():
        traces.append(_line(beside, "validation loss", VERMILLION))
    if peaks := [mark for mark in marks if mark.kind == "spike"]:
        traces.append(_marks(peaks))
    shapes, said = [], []
    for mark in marks:
        if mark.kind == "plateau":
            shapes.append(_rule("y", mark.value))
            said.append(_label(mark.said, x=1, xref="paper", y=mark.value, xanchor="right"))
        elif mark.kind != "spike":
            shapes.append(_rule("x", mark.start + 1))
            side = "right" if mark.start > len(loss) / 2 else "left"
            said.append(_label(mark.said, x=mark.start + 1, y=1, yref="paper", yanchor="top", xanchor=side))
    return LazyFigure(traces, _layout("step", "loss", shapes=shapes, annotations=said, showlegend=len(traces) > 1))


def constants_figure(constants: Sequence[tuple[float, str]], loss: float | None) -> go.Figure:
    """Return constants, each on a line of its own with its formula, and a rule where the loss is.

    Parameters
    ----------
    constants : sequence of (float, str)
        From the least to the greatest.
    loss : float or None
        Finite.
    """
    trace: dict[str, Any] = {
        "type": "scatter", "mode": "markers", "x": [value for value, _ in constants], "y": [*range(len(constants))],
        "hovertemplate": "%{x:.7g}<extra></extra>", "marker": {"color": PALETTE[BLUE], "size": 9},
        "meta": {"color": BLUE}, "showlegend": False,
    }  # fmt: skip
    layout = _layout("loss", "", showlegend=False)
    greatest = max(value for value, _ in constants)
    layout["xaxis"]["range"] = [min(0.0, loss or 0.0), 1.1 * max(greatest, loss or 0.0)]
    layout["yaxis"] = {
        "tickvals": trace["y"], "ticktext": [f"{formula} = {value:.5g}" for value, formula in constants],
        "range": [-0.6, len(constants) + 0.4],
        "fixedrange": True, "automargin": True, "showgrid": False,
    }  # fmt: skip
    if loss is not None:
        layout["shapes"] = [_rule("x", loss)]
        side = "right" if loss > 0.6 * greatest else "left"
        layout["annotations"] = [_label(f"yours: {loss:.6g}", x=loss, y=len(constants) + 0.4, xanchor=side, yanchor="top")]
    return LazyFigure([trace], layout)


def _line(values: FloatArray, name: str, color: int) -> dict[str, Any]:
    places = _kept(values)
    return {
        "type": "scatter", "mode": "lines+markers" if len(places) <= 40 else "lines", "x": (places + 1).tolist(),
        "y": [float(v) if np.isfinite(v) else None for v in values[places]], "name": name,
        "line": {"color": PALETTE[color], "width": 2}, "meta": {"color": color},
        "hovertemplate": "step %{x}: %{y:.6g}<extra></extra>",
    }  # fmt: skip


def _marks(peaks: Sequence[Mark]) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "markers", "x": [peak.start + 1 for peak in peaks], "y": [peak.value for peak in peaks],
        "name": "spike", "text": [peak.said for peak in peaks], "meta": {"color": ORANGE},
        "marker": {"color": PALETTE[ORANGE], "size": 10, "symbol": "triangle-up"}, "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip


def _kept(values: FloatArray) -> Any:
    """The places that are drawn, in order."""
    if len(values) <= MOST:
        return np.arange(len(values))
    edges = np.linspace(0, len(values), MOST // 2 + 1).astype(int)
    lowest = [
        low + int(np.argmin(np.nan_to_num(values[low:high], nan=np.inf))) for low, high in zip(edges, edges[1:], strict=False)
    ]
    highest = [
        low + int(np.argmax(np.nan_to_num(values[low:high], nan=-np.inf))) for low, high in zip(edges, edges[1:], strict=False)
    ]
    return np.unique([*lowest, *highest])


def _rule(axis: str, at: float) -> dict[str, Any]:
    """A line across all of the chart."""
    other = "x" if axis == "y" else "y"
    return {
        "type": "line", f"{axis}0": at, f"{axis}1": at, f"{other}0": 0, f"{other}1": 1, f"{other}ref": "paper",
        "line": {"color": PALETTE[GREY], "width": 1.5, "dash": "dash"},
    }  # fmt: skip


def _label(text: str, **place: Any) -> dict[str, Any]:
    return {"text": text, "showarrow": False, "yanchor": "bottom", "font": {"size": 13}} | place


def _layout(across: str, up: str, **more: Any) -> dict[str, Any]:
    return {
        "template": TEMPLATE, "margin": _MARGIN, "height": 340, "xaxis": {"title": {"text": across, "standoff": 8}},
        "yaxis": {"title": {"text": up}}, **more,
    }  # fmt: skip
