"""The page /doctor: what explains a loss, from a number, a sentence or a log."""

from __future__ import annotations

import streamlit as st

from explorer.live import live
from explorer.pages import address, alert, controls, head, share
from explorer.views import doctor
from explorer.views.doctor.state import CONSTANTS, EXAMPLE, FACTS, IN_FILE, LEFT_OUT, NOTHING, TOLD, State, state

_PASTE = "A number, a sentence, or the lines of a log as Keras, Lightning, Hugging Face or your own code print them."


def show() -> None:
    """Ask for a loss, then show what explains it."""
    head.show(
        "Doctor",
        "Tell it a loss and see what explains that, likeliest first. Try first: *nan*, *0.6931*, or the log of a run.",
    )
    told = _told()
    typed = _facts(told)
    above = st.container()
    opened = controls.expander(CONSTANTS, ":material/table_rows:")
    asked = state(told, typed, constants=bool(opened.open))
    view = doctor.view(asked)
    with above:
        for sentence in asked.understood.sentences:
            alert.error(sentence)
        left, right = st.columns([3, 2], gap="large")
        with left:
            live.text(view, "understood")
            live.text(view, "findings")
        with right:
            live.chart(view, view.charts[0].key)
    if opened.open:
        with opened:
            live.text(view, "constants-table")
    share.show(view)


def _told() -> str:
    """The text; the address holds it where it is short."""
    kept = (address.get(TOLD) if TOLD in st.query_params else EXAMPLE).strip()
    if address.left_out(TOLD) and not kept:
        alert.warning(LEFT_OUT)
    kept = "" if kept == IN_FILE else kept
    text = st.text_area("Loss, sentence or log", kept, key=controls.fresh_key(TOLD, kept), height=96, help=_PASTE)
    if text.strip() != kept:
        address.put(TOLD, "" if text.strip() == EXAMPLE else text.strip() or NOTHING)
        st.rerun()  # the field belongs to the text that it was made with
    return kept


def _facts(told: str) -> dict[str, str]:
    """What somebody has put right; a field that is empty shows what the text tells."""
    facts = State(told).understood.facts
    with st.container(horizontal=True, gap="small"):
        return {
            name: controls.text(field, width=122, placeholder=_placeholder(getattr(facts, name)))
            for name, field in FACTS.items()
        }


def _placeholder(value: object) -> str:
    return "not told" if value is None else str(value)
