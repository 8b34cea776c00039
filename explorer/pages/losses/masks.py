"""The masks of an overlap loss: a brush, a shape that is true, and both masks as text, which the address holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.live import echo
from explorer.pages import alert, controls, link
from explorer.views.losses import State
from explorer.views.losses.masks import BRUSH, MASK, SHAPE, TRUTH, Pixels, painted


def ask(state: State) -> State:
    """Ask for the brush and the target."""
    with st.container(key="mask-controls", horizontal=True, gap="medium"):
        return replace(state, brush=controls.choice(BRUSH), shape=controls.choice(SHAPE, _choose))


def ask_texts(state: State, above: DeltaGenerator) -> State:
    """Ask for both masks as text; what is wrong with one is said above."""
    echo.hold(MASK.name)
    with st.expander("Masks as text", icon=":material/grid_on:"), link.explained_in(above):
        state = replace(state, mask=_text(MASK, above), truth=_text(TRUTH, above))
    echo.follow(MASK.name)
    return state


def paint(moved: Mapping[str, float]) -> None:
    """Keep what a hand has painted: of quick strokes a browser sends the next before it has the last in the text."""
    echo.hold(MASK.name)
    mask, _ = MASK.checked(st.session_state.get(MASK.name, ""))
    echo.put(MASK.name, painted(mask, moved))


def _choose() -> None:
    """A shape that is chosen takes the place of somebody's own."""
    controls.set_later(**{TRUTH.name: ""})


def _text(field: Pixels, above: DeltaGenerator) -> str:
    value, sentences = field.checked(controls.text(field.text))
    with above:
        for sentence in sentences:
            alert.error(sentence)
    return value
