"""What each loss estimates, and the line that it fits: dots and points that a hand moves, kept in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from explorer.live import live
from explorer.pages import address, alert, controls
from explorer.views.losses import State, fields
from explorer.views.losses.estimates import has_dots
from explorer.views.losses.fields import Places
from explorer.views.losses.state import places
from explorer.views.view import View


def ask(state: State) -> State:
    """Ask for targets: what they begin with, and where they stand; or how many are ones."""
    if not has_dots(state.shown):
        return replace(state, estimate=True, rate=controls.slider(fields.RATE))
    start = controls.choice(fields.DOTS, _begin_anew)
    return replace(state, estimate=True, start=start, dots=_read(places(state.shown, start)))


def ask_points(state: State) -> State:
    """Take the points from the address."""
    return replace(state, fit=True, points=_read(fields.POINTS))


def show(view: View, state: State) -> None:
    """Show where each loss is least, and the dots to move."""
    on_commit = partial(_move, places(state.shown, state.start), view.chart("estimate-chart").cells)
    _beside(view, "estimates", "estimate-chart", on_commit if has_dots(state.shown) else None)


def show_lines(view: View) -> None:
    """Show the line of each loss, and the points to move."""
    _beside(view, "lines", "fit-chart", partial(_move, fields.POINTS, view.chart("fit-chart").cells))


def _beside(view: View, text: str, chart: str, on_commit: controls.Act | None) -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        live.chart(view, chart, on_commit=on_commit)
    with right:
        live.text(view, text)


def _read(field: Places) -> tuple[float, ...]:
    value, sentences = field.read({field.name: [address.get(field.name)]})
    for sentence in sentences:
        alert.warning(sentence)
    return value


def _move(field: Places, cells: Mapping[str, Sequence[str]], moved: Mapping[str, float]) -> None:
    """Put dots where a hand has let go of them; the columns of the data set take turns in the address."""
    names = [name for together in zip(*cells.values(), strict=True) for name in together]
    held, _ = field.read({field.name: [address.get(field.name)]})
    address.put(field.name, field.text([moved.get(name, value) for name, value in zip(names, held, strict=True)]))


def _begin_anew() -> None:
    address.put("at", "")
