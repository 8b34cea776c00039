"""The page /losses: any loss of the catalogue, up to five on one axis, live."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

import streamlit as st

from explorer.live import live
from explorer.pages import alert, controls, head, link, share
from explorer.views import losses
from explorer.views.fields import Number
from explorer.views.losses import State, fields
from explorer.views.losses.state import apart, sentence, shown

ACROSS = 3
"""How many sliders stand side by side."""


def show() -> None:
    """Ask which losses to show, then show them live."""
    head.show(
        "Losses",
        "What each loss makes of an error: its value, its slope, its curvature. "
        "Try first: drag a point, then add *Tukey's biweight* and see where its slope goes.",
    )
    _by_title()
    chosen = controls.some(fields.CHOSEN) or fields.CHOSEN.default
    if left_out := apart(chosen):
        alert.warning(sentence(left_out, chosen))
        chosen = tuple(title for title in chosen if title not in left_out)
    scaled = controls.toggle(fields.SCALED)
    _live(chosen, scaled)


def _by_title() -> None:
    """Put the titles of losses into an address that has their names or aliases."""
    name = fields.CHOSEN.name
    given = link.all_opened(name)
    titles = fields.resolved(given)
    if given and titles and given != titles:
        link.take(name)
        st.query_params[name] = list(dict.fromkeys(titles))


@st.fragment
def _live(chosen: tuple[str, ...], scaled: bool) -> None:
    """What a slider changes. Streamlit runs only this when one moves."""
    values = _sliders(tuple(fields.numbers(shown(chosen)).values()))
    view = losses.view(State(chosen, values, scaled))
    live.disagreements(view)
    with st.container(key="chart-and-numbers"):
        live.text(view, "numbers")
        live.chart(view, "chart")
        live.text(view, "formulas")
    live.text(view, "sources")
    share.show(view)


def _sliders(asked: Sequence[Number]) -> tuple[float, ...]:
    places = st.columns(min(ACROSS, len(asked)), gap="medium")
    values = []
    for place, field in zip(cycle(places), asked, strict=False):
        with place:
            values.append(controls.slider(field))
    return tuple(values)
