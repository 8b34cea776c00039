"""The live chart as one HTML file: the same figure, program and script, with plain sliders and no server."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import plotly.graph_objects as go

from explorer.core.program import Program
from explorer.live.assets import FOLDER, script
from explorer.live.data import chart_data, plotly_for
from explorer.views.markup import quantity
from explorer.views.view import Chart


@dataclass(frozen=True)
class Slider:
    """A slider of the page: the input that it sets, its label, bounds, step and value."""

    name: str
    label: str
    low: float
    high: float
    step: float
    value: float

    @property
    def limits(self) -> tuple[float, float]:
        """How far it reaches: to its value too, which may have been typed beyond its bounds."""
        return min(self.low, self.value), max(self.high, self.value)


_TEMPLATE = (Path(__file__).parent / "old_page.html").read_text()


def standalone_page(
    figure: go.Figure,
    program: Program,
    sliders: Sequence[Slider],
    *,
    title: str,
    quantities: Sequence[tuple[str, str]] = (),
    fixed: Mapping[str, float] | None = None,
    rows: Mapping[str, Sequence[float]] | None = None,
) -> str:
    """Return an HTML page with the chart, a slider for each input and the numbers named in quantities (step, label).

    fixed holds the inputs that have no slider, as far as the chart needs them; rows the columns of a data set, as for
    `live_chart`.
    """
    values = {**(fixed or {}), **{s.name: s.value for s in sliders}}
    limits = {s.name: s.limits for s in sliders}
    data = chart_data(Chart("chart", title, title, title, figure, program, values, limits, rows or {}))
    numbers = {
        **values,
        **{k: float(v) for k, v in program.evaluate({**{s.name: 0.0 for s in program.inputs}, **values}).items()},
    }
    parts = {
        "title": escape(title),
        "css": (FOLDER / "live.css").read_text(),
        "sliders": "\n".join(map(_slider, sliders)),
        "numbers": "\n".join(f"<dt>{escape(label)}</dt><dd>{quantity(name, numbers[name])}</dd>" for name, label in quantities),
        "spec": json.dumps(data).replace("<", "\\u003c"),
        "plotly": plotly_for(figure).read_text(encoding="utf-8"),
        "script": script("old_page"),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], _TEMPLATE)


def _slider(slider: Slider) -> str:
    low, high = slider.limits
    name, shown = escape(slider.name), quantity(slider.name, slider.value, trim=True)
    return (
        f'<label><span>{escape(slider.label)} = {shown}</span><input type="range" name="{name}" min="{low}" '
        f'max="{high}" step="any" data-step="{slider.step}" value="{slider.value!r}"></label>'
    )
