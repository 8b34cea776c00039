"""The picture of a lesson in the gallery: the lines of a chart, drawn small."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.figures.lazy import specification
from explorer.views.view import View

WIDTH, HEIGHT, EDGE = 160.0, 90.0, 12.0
"""Of the picture, and what stays free around the lines, in its own units."""
COLORS = ("var(--st-primary-color)", "var(--lesson-2)", "var(--lesson-3)", "var(--lesson-4)")
"""Of the lines, in order."""
LINES = len(COLORS)
Line = tuple[NDArray[Any], NDArray[Any]]
POINTS = 60


def picture(view: View) -> str:
    """Return the first lines of a view's chart as SVG, in the page's colours: of the one where they have most points."""
    lines: list[Line] = []
    layout: Any = {}
    for spec in (specification(chart.figure) for chart in view.charts):
        found = list(islice(_lines(spec["data"]), LINES))
        if _count(found) > _count(lines):
            lines, layout = found, spec["layout"]
    x, y = (_range(layout.get(f"{axis}axis"), [line[k] for line in lines]) for k, axis in enumerate("xy"))
    drawn = "".join(
        f"<polyline points='{_points(line, x, y)}' fill='none' stroke='{color}' stroke-width='2.5' stroke-linejoin='round'/>"
        for line, color in zip(lines, COLORS, strict=False)
    )
    return f"<svg viewBox='0 0 {WIDTH:g} {HEIGHT:g}' aria-hidden='true'>{drawn}</svg>"


def _count(lines: Sequence[Line]) -> int:
    return sum(x.size for x, _ in lines)


def _lines(traces: Sequence[Any]) -> Iterator[Line]:
    """The named lines of the chart's first axes, of finite points."""
    for trace in traces:
        plain = trace.get("type", "scatter") == "scatter" and "lines" in trace.get("mode", "lines")
        if not plain or trace.get("xaxis", "x") != "x" or trace.get("yaxis", "y") != "y" or not trace.get("name"):
            continue
        if trace.get("x") is None or trace.get("y") is None:
            continue
        x, y = (np.asarray(trace[axis], dtype=float) for axis in "xy")
        seen = np.isfinite(x) & np.isfinite(y)
        if seen.sum() > 2:
            kept = np.unique(np.linspace(0, seen.sum() - 1, POINTS).round().astype(int))
            yield x[seen][kept], y[seen][kept]


def _range(axis: Any, columns: Sequence[NDArray[Any]]) -> tuple[float, float]:
    """How far an axis reaches: as the chart says, or over all that is drawn."""
    if axis and axis.get("range") and axis.get("type") != "log":
        low, high = axis["range"]
        return float(low), float(high)
    if not columns:
        return 0.0, 1.0
    low, high = min(float(column.min()) for column in columns), max(float(column.max()) for column in columns)
    return low, high if high > low else low + 1


def _points(line: Line, x: tuple[float, float], y: tuple[float, float]) -> str:
    across = EDGE + (line[0] - x[0]) / (x[1] - x[0]) * (WIDTH - 2 * EDGE)
    up = HEIGHT - EDGE - (line[1] - y[0]) / (y[1] - y[0]) * (HEIGHT - 2 * EDGE)
    return " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(across, np.clip(up, -HEIGHT, 2 * HEIGHT), strict=True))
