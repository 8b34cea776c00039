"""The result of /algebra over one of its symbols, live: sliders for all of them, the numbers and the slopes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import NamedTuple

import plotly.graph_objects as go
import streamlit as st

from explorer.core.algebra.layering import Layered, symbols
from explorer.core.algebra.operations import Outcome
from explorer.core.algebra.sampling import indices
from explorer.core.program import Program
from explorer.figures.algebra import MOST, algebra_figure
from explorer.live.live import live_chart, live_text
from explorer.live.old_standalone import Slider, standalone_page
from explorer.pages import old_controls as controls
from explorer.pages.algebra_start import Start
from explorer.views.markup import quantity

PREFIX = "at-"
"""Goes before a symbol in its slider's key, as no control's own key does: somebody's symbol may have any name."""
FIRST, SLIDERS = 8, 24
"""How many sliders stand open, and how many there are."""
PREDICTIONS = "pzywx"
"""How the names begin of what is plotted over first."""
LINES = 16
"""How many numbers stand below the chart."""

_OVER = "The symbol on the horizontal axis; the others stay where their sliders are."
_ENTRIES = "Which entries of the result are drawn."
_SLIDER = "The number that stands for this symbol in the chart and below it."


class _Range(NamedTuple):
    names: re.Pattern[str]
    low: float
    high: float
    default: float


_RANGES = (
    _Range(re.compile(r"p\d*"), 0.0, 1.0, 0.2),
    _Range(re.compile(r"t\d*"), 0.0, 1.0, 1.0),
    _Range(re.compile(r"epsilon"), 0.0, 1.0, 0.1),
    _Range(re.compile(r"gamma"), 0.0, 5.0, 2.0),
    _Range(re.compile(r"z\d*"), -6.0, 6.0, 1.0),
    _Range(re.compile(r".*"), -3.0, 3.0, 1.0),
)
"""What a symbol runs over, by its name."""
_INDEX = _Range(re.compile(r".*"), 0.0, 9.0, 0.0)


@st.fragment
def show(start: Start, outcome: Outcome, labels: Sequence[str]) -> None:
    """The last result of the chain, whose entries have labels."""
    layers = outcome.computed
    names = symbols(layers)
    if not names:
        live_text(_table(layers, labels, {}, layers.program, ()), key="numbers")
        return
    shown = _entries(layers, labels)
    first = min(names, key=lambda name: next(k for k, letter in enumerate((*PREDICTIONS, name[0])) if letter == name[0]))
    if st.session_state.get("along", first) not in names:  # of an earlier result; the address must say what is shown
        st.session_state["along"] = first
    along = controls.one_of("Plot over", "along", names, first, allowed="a symbol of the result", width=160, help=_OVER)
    chart = st.container()
    values = _sliders(layers, names, start.values, along)
    program, slopes = (outcome.slopes.program, outcome.slopes.names) if outcome.slopes else (layers.program, ())
    limits = _range(layers, along)
    figure = algebra_figure(program, shown, values, along, (limits.low, limits.high))
    with chart:
        live_chart(
            figure,
            program,
            key="chart",
            values=values,
            limits={along: (limits.low, limits.high)},
            prefix=PREFIX,
            title=f"The result over {along}",
            filename="algebra",
            alt=f"{', '.join(shown.values())} over {along}",
        )
    live_text(_table(layers, labels, values, program, slopes), key="numbers")
    _download(figure, program, layers, values, {**shown, **_slope_labels(layers, slopes)})


def _download(
    figure: go.Figure, program: Program, layers: Layered, values: Mapping[str, float], quantities: Mapping[str, str]
) -> None:
    """The chart with its sliders and numbers as a page that needs no server."""
    sliders = []
    for name, value in list(values.items())[:SLIDERS]:
        limits = _range(layers, name)
        sliders.append(Slider(name, name, limits.low, limits.high, _step(limits), value))
    page = partial(
        standalone_page, figure, program, sliders, title="Algebra", quantities=list(quantities.items()), fixed=dict(values)
    )
    st.download_button(
        "Download as a page",
        page,
        file_name="algebra.html",
        mime="text/html",
        icon=":material/download:",
        help="One HTML file with this chart and its sliders; it needs no server.",
        on_click="ignore",
    )


def _entries(layers: Layered, labels: Sequence[str]) -> dict[str, str]:
    """The entries that are drawn: all if there are few, else those that are chosen."""
    named = dict(zip(layers.names, labels, strict=True))
    if len(named) <= MOST:
        return named
    every = list(named.values())
    chosen = controls.some_of(
        "Entries", "entries", every, default=every[:4], most=MOST, allowed="an entry of the result", help=_ENTRIES
    )
    return {name: label for name, label in named.items() if label in (chosen or every[:1])}


def _range(layers: Layered, name: str) -> _Range:
    if name in indices(layers):
        return _INDEX
    return next(found for found in _RANGES if found.names.fullmatch(name))


def _sliders(layers: Layered, names: Sequence[str], given: Mapping[str, float], along: str) -> dict[str, float]:
    """A slider for each symbol, the plotted one first; symbols beyond the last slider stay at their defaults."""
    ordered = [along, *(name for name in names if name != along)]
    values = {name: given.get(name, _range(layers, name).default) for name in ordered}
    for k in range(0, min(FIRST, len(ordered)), 2):
        for column, name in zip(st.columns(2, gap="medium"), ordered[k : k + 2], strict=False):
            with column:
                values[name] = _slider(layers, name, values[name])
    rest = ordered[FIRST:SLIDERS]
    if rest:
        with st.expander(f"{len(rest)} symbols more"):
            for name in rest:
                values[name] = _slider(layers, name, values[name])
            if len(ordered) > SLIDERS:
                st.markdown(f"The other {len(ordered) - SLIDERS} stay where they are. Substitute numbers to move them.")
    return {name: values[name] for name in names}


def _slider(layers: Layered, name: str, default: float) -> float:
    limits = _range(layers, name)
    return controls.slider(PREFIX + name, name, limits.low, limits.high, default, _step(limits), help=_SLIDER)


def _step(limits: _Range) -> float:
    return 1.0 if limits is _INDEX else 0.001 if limits.high == 1 else 0.01


def _slope_labels(layers: Layered, slopes: Sequence[str]) -> dict[str, str]:
    return {slope: f"∂/∂{name}" for slope, name in zip(slopes, symbols(layers), strict=False)}


def _table(layers: Layered, labels: Sequence[str], values: Mapping[str, float], program: Program, slopes: Sequence[str]) -> str:
    """The value of each entry, as a matrix if it is one, and the slope by each symbol."""
    numbers = program.evaluate({s.name: values.get(s.name, 0.0) for s in program.inputs}, {*layers.names, *slopes})

    def cell(name: str) -> str:
        return f"<td>{quantity(name, float(numbers[name]))}</td>"

    height, width = layers.shape
    if min(height, width) > 1:
        body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in layers.entries)
        return f"<div class='live-table live-compact' tabindex='0' role='group' aria-label='Values'><table>{body}</table></div>"
    named = [*zip(layers.names, labels, strict=True), *_slope_labels(layers, slopes).items()]
    rows = "".join(f"<tr><th scope='row'>{escape(label)}</th>{cell(name)}</tr>" for name, label in named[:LINES])
    more = f"<p>… and {len(named) - LINES} more.</p>" if len(named) > LINES else ""
    kind = "live-numbers" if len(layers.names) == 1 else "live-numbers live-even"
    return f"<table class='{kind}'><tbody>{rows}</tbody></table>{more}"
