"""The page /losses: any loss of the catalogue, or one that is typed, up to five on one axis, live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from explorer.live import echo, live
from explorer.pages import alert, controls, head, link, share
from explorer.pages.losses import estimates, gallery, masks, own
from explorer.views import losses
from explorer.views.fields import Number
from explorer.views.floats import FLOATS, fits
from explorer.views.floats import KEY as FLOATS_TABLE
from explorer.views.losses import State, fields, geometry
from explorer.views.losses.estimates import of_estimate, of_fit
from explorer.views.losses.own import TYPED, Own
from explorer.views.losses.shapes import coordinates
from explorer.views.losses.state import apart, sentence, shown

_RENAMED = "_renamed"
ACROSS = 3
"""How many sliders stand side by side."""
BESIDE = ("numbers", "slopes")
"""The texts beside the chart."""


def show() -> None:
    """Ask which losses to show, then show them live."""
    head.show(
        "Losses",
        "What each loss makes of an error: its value, its slope, its curvature. "
        "Try first: drag a point, then add *Tukey's biweight* and see where its slope goes.",
    )
    above = st.container(key="choose", horizontal=True, gap="small", vertical_alignment="bottom")
    typed = own.ask(controls.text(TYPED, placeholder=own.EXAMPLE))
    with above:
        chosen = _chosen(fields.chosen(bool(typed)))
        gallery.show(chosen, typed)
    if left_out := apart(chosen, typed):
        alert.warning(sentence(left_out, chosen, typed))
        chosen = tuple(title for title in chosen if title not in left_out)
    scaled = bool(shown(chosen, own=typed).axis) and controls.toggle(fields.SCALED)
    _live(chosen, scaled, typed)
    _put_right()


def _chosen(field: fields.Chosen) -> tuple[str, ...]:
    """The titles of the losses; a link may have their names or aliases, and is then put right."""
    name = field.name
    given = link.all_opened(name)
    meant, sentences = field.read({name: given})
    link.take(name)
    with controls.following(name, list(field.default)):
        chosen = controls.some(field, placeholder=fields.none_chosen(field))
    if given and meant != chosen:
        link.refuse(name, " ".join(sentences), list(meant))
        st.session_state[_RENAMED] = True
        controls.set_controls(**{name: list(meant)})
    if sentences:
        link.refuse(name, sentences[0], list(meant))
        link.explain(name, list(chosen), "")
    return chosen or field.default


def _put_right() -> None:
    """Put the losses into the address again: Streamlit has taken a name that it did not know out of it.

    Done last, for a control that finds something else to put right runs the page anew.
    """
    name = fields.CHOSEN.name
    if st.session_state.pop(_RENAMED, False):
        others = {key: st.query_params.get_all(key) for key in st.query_params if key != name}
        live.visit(urlencode(others | {name: st.session_state[name]}, doseq=True), key="visit renamed")


@echo.alone
def _live(chosen: tuple[str, ...], scaled: bool, typed: Own | None) -> None:
    """What a slider changes. Streamlit runs only this when one moves."""
    compared = shown(chosen, own=typed)
    asked, folded = fields.numbers(compared), coordinates(compared.losses[0])
    held = _sliders([field for name, field in asked.items() if name not in folded])
    first, above, texts = st.container(), st.container(), st.container()
    if folded:
        with st.expander(geometry.COORDINATES.title, icon=":material/tune:"), link.explained_in(above):
            held |= _sliders([asked[name] for name in folded], across=2)
    values = tuple(held[name] for name in asked)
    estimate = controls.expander(fields.ESTIMATE, ":material/adjust:") if of_estimate(compared) else None
    fit = controls.expander(fields.FIT, ":material/show_chart:") if of_fit(compared) else None
    floats = controls.expander(FLOATS, ":material/memory:") if typed and fits(typed.expr) else None
    facts = controls.expander(fields.FACTS, ":material/fact_check:")
    libraries = controls.expander(fields.LIBRARIES, ":material/library_books:")
    below = st.container()
    state = State(chosen, values, scaled, bool(facts.open), libraries=bool(libraries.open), own=typed)
    state = replace(state, floats=bool(floats and floats.open))
    if state.is_mask:
        with first:
            state = masks.ask(state)
        with texts:
            state = masks.ask_texts(state, above)
    if estimate and estimate.open:
        with estimate:
            state = estimates.ask(state)
    if fit and fit.open:
        state = estimates.ask_points(state)
    view = losses.view(state)
    with above:
        live.disagreements(view)
        with st.container(key="chart-and-numbers"):
            for key in BESIDE:
                if key in view.texts:
                    live.text(view, key)
            live.chart(view, view.charts[0].key, on_commit=masks.paint if state.is_mask else None)
        live.text(view, "formulas")
    if estimate and estimate.open:
        with estimate:
            estimates.show(view, state)
    if fit and fit.open:
        with fit:
            estimates.show_lines(view)
    if floats and floats.open:
        with floats:
            live.text(view, FLOATS_TABLE)
    if facts.open:
        with facts:
            live.text(view, "facts-table")
    if libraries.open:
        with libraries:
            live.text(view, "libraries-table")
    with below:
        live.text(view, "sources")
        share.show(view)
    echo.listen()


def _sliders(asked: Sequence[Number], across: int = ACROSS) -> dict[str, float]:
    """Row by row, so that they keep their order where a phone shows them below each other."""
    values = {}
    for k in range(0, len(asked), across):
        for place, field in zip(st.columns(min(across, len(asked)), gap="medium"), asked[k : k + across], strict=False):
            with place:
                values[field.name] = controls.slider(field)
    return values
