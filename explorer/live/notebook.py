"""A view in a notebook, live through anywidget: JupyterLab, VS Code, marimo. `scripts/widget.js` is the browser's half.

The browser sends its edits, numbered, with the inputs that they set; Python takes them in the order in which they come, and
answers with all numbers and which edits they hold. The browser shows no answer that lacks an edit of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from numbers import Real
from typing import Any

import anywidget
from traitlets import Dict, Unicode, observe, validate

from explorer.core.sweeps import averaged
from explorer.live.assets import FOLDER, script
from explorer.live.standalone import body, colors, data, plotly
from explorer.views.moved import numbers_at
from explorer.views.view import View

ROOT = ".live-notebook"
"""The element that holds all of an output."""


def style() -> str:
    """Return the look of an output. Nothing in it reaches beyond that."""
    look, page = ((FOLDER / name).read_text(encoding="utf-8") for name in ("live.css", "page.css"))
    look = look.partition("/* From here on: the application's page")[0]
    return (
        f"{ROOT} {{ color-scheme: light; {colors('light')}; }}\n"
        f"{ROOT}[data-dark=true] {{ color-scheme: dark; {colors('dark')}; }}\n"
        f"{ROOT} {{\n{look}\n{page}}}\n"
    )


class Widget(anywidget.AnyWidget):
    """A view whose sliders are Python's too.

    Attributes
    ----------
    values : dict
        Input of a slider, or of what a hand on a chart moves -> number. To move them, assign a dict of some or all:
        `widget.values = {"p": 0.9}`.
    numbers : dict
        Input or step of the view's program -> its number at these values, computed by Python, averaged over the rows of a data
        set where it depends on one. Both can be observed, as traitlets can.

    Raises
    ------
    ValueError
        When values are assigned of which a name is no slider's, or a number beyond its slider. Then nothing changes.
    """

    _esm = script("widget")
    _css = style()
    _body = Unicode().tag(sync=True)
    _spec = Unicode().tag(sync=True)
    _plotly = Unicode().tag(sync=True)
    _edit = Dict().tag(sync=True, echo_update=False)
    _settled = Dict().tag(sync=True)

    values = Dict()
    numbers = Dict(read_only=True)

    def __init__(self, view: View) -> None:
        values = {name: chart.values[name] for chart in view.charts for name in chart.limits}
        values |= {slider.name: slider.value for slider in view.sliders}
        self._limits = {name: pair for chart in view.charts for name, pair in chart.limits.items()}
        self._limits |= {slider.name: slider.limits for slider in view.sliders}
        self._taken: dict[str, int] = {}
        self._numbers_at = _Numbers(view)
        super().__init__(
            _body=body(view), _spec=json.dumps(data(view)), _plotly=plotly(view).read_text(encoding="utf-8"), values=values
        )

    @validate("values")
    def _checked(self, proposal: Any) -> dict[str, float]:
        given = proposal["value"]
        for name, value in given.items():
            if name not in self._limits:
                raise ValueError(
                    f"values must be of sliders, {', '.join(self._limits) or 'of which there are none'}; got {name}."
                )
            low, high = self._limits[name]
            if isinstance(value, bool) or not isinstance(value, Real) or not low <= float(value) <= high:
                raise ValueError(f"{name} must lie in [{low:g}, {high:g}]; got {value!r}.")
        return {**self.values, **{name: float(value) for name, value in given.items()}}

    @observe("values")
    def _follow(self, change: Any) -> None:
        self.set_trait("numbers", self._numbers_at(change["new"]))
        self._settle()

    @observe("_edit")
    def _take(self, change: Any) -> None:
        """Take an edit of the browser's; what cannot be is put right by the answer."""
        edit = change["new"]
        self._taken[edit["client"]] = edit["number"]
        try:
            self.values = edit["values"]
        except ValueError as refused:
            self.log.warning("%s", refused)
        self._settle()

    def _settle(self) -> None:
        self._settled = {"values": self.values, "taken": dict(self._taken)}


class _Numbers:
    """The numbers of a view's program, at other values of its sliders."""

    def __init__(self, view: View) -> None:
        by_program = {chart.program: chart for chart in reversed(view.charts) if chart.writes}
        self.charts = [*by_program.values()]  # of those that share numbers the first one on the page comes last, and holds
        self.program = view.program
        self.settled = {s.name: view.numbers[s.name] for s in view.program.inputs} if not self.charts else {}

    def __call__(self, values: Mapping[str, float]) -> dict[str, float]:
        if not self.charts:
            found = averaged(self.program, self.program.symbols, {**self.settled, **values}, {}, {})
            return {name: float(number) for name, number in found.items()}
        return {name: number for chart in self.charts for name, number in numbers_at(chart, values).items()}
