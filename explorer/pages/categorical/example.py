"""What the page /categorical asks of the chosen row, and of the options that have sliders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle

import streamlit as st

from explorer.pages import controls
from explorer.views.categorical import batch, fields
from explorer.views.categorical.batch import Batch
from explorer.views.categorical.state import Controls, Setting
from explorer.views.fields import Number, Whole


def ask_example(setting: Setting, stored: Batch) -> tuple[tuple[float, ...], int | tuple[float, ...]]:
    """Prediction and target of the chosen row."""
    asked = Controls(stored, setting.names)
    label = {"p": "Prediction p", "z": "Logits z"}[setting.layout.by]
    if asked.index:
        index = _ask_index(asked.index, setting)
        prediction = _sliders(asked.prediction)
        _all_at_once({label: (asked.prediction, prediction)})
        return prediction, index
    left, right = st.columns(2, gap="medium")
    with left:
        prediction = _sliders(asked.prediction)
    with right:
        target = _sliders(asked.target)
    _all_at_once({label: (asked.prediction, prediction), "Target t": (asked.target, target)})
    return prediction, target


def _sliders(asked: Sequence[Number], *, columns: int = 1) -> tuple[float, ...]:
    """A slider for each class."""
    places = st.columns(columns, gap="medium") if columns > 1 else [st.container(gap="small")]
    values = []
    for place, field in zip(cycle(places), asked, strict=False):
        with place:
            values.append(controls.slider(field))
    return tuple(values)


def _all_at_once(vectors: Mapping[str, tuple[Sequence[Number], Sequence[float]]]) -> None:
    """A field for all numbers of each vector, by its label; for probabilities a button that makes their sum 1.

    The button is always there, as what comes and goes would move the numbers away from a hand that drags.
    """
    for label, (asked, values) in vectors.items():
        controls.vector(label, asked, values)
    with st.container(horizontal=True, gap="small"):
        for asked, values in vectors.values():
            letter = asked[0].name[0]
            if letter in "pt":
                st.button(
                    f"Normalise {letter}",
                    key=f"normalise-{letter}",
                    on_click=_normalise,
                    args=(asked, values),
                    disabled=not batch.can_be_normalised(values),
                    help=f"Divide each {letter} by their sum, so that they sum to 1.",
                )


def _normalise(asked: Sequence[Number], values: Sequence[float]) -> None:
    for field, value in zip(asked, batch.normalised(values), strict=True):
        controls.put(field.name, value)


def _ask_index(field: Whole, setting: Setting) -> int:
    """The class index, counted from the layout's base; also the ignored one, if there is such."""
    with st.container(horizontal=True, vertical_alignment="center"):
        index = controls.whole(field, width=150)
        st.markdown(fields.said_of_index(index, field, setting.names), width="content")
    return index


def ask_options(setting: Setting) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """What the sliders of the setting's scalars and weights hold."""
    scalars = _sliders(setting.scalars, columns=2) if setting.scalars else ()
    if not setting.weights:
        return scalars, ()
    weights = _sliders(setting.weights, columns=2)
    _all_at_once({"Class weights w": (setting.weights, weights)})
    return scalars, weights
