"""The page /doctor: what explains a loss, from a number, a sentence, a log, or predictions and targets."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer.doctor import Finding
from explorer.live import echo, live
from explorer.pages import address, alert, controls, head, rows, share
from explorer.pages.rows import source
from explorer.rows import Rows
from explorer.rows.spec import NoNumbersError
from explorer.views import doctor
from explorer.views.doctor.state import CONSTANTS, FACTS, IN_FILE, LEFT_OUT, NOTHING, OPTIONS, TOLD, first, state
from explorer.views.doctor.text import on_rows

_PASTE = "A number, a sentence, or the lines of a log as Keras, Lightning, Hugging Face or your own code print them."


def show() -> None:
    """Ask for a loss, then show what explains it."""
    head.show(
        "Doctor",
        "Tell it a loss and see what explains that, likeliest first. Try first: *nan*, *0.6931*, or the log of a run; "
        "or drop the predictions and targets that a loss was computed of.",
    )
    text_place = st.container()
    own = _dropped()
    with text_place:
        told = _told(first(own))
    typed = _facts(told, own)
    above = st.container()
    opened = controls.expander(CONSTANTS, ":material/table_rows:")
    asked = state(told, typed, constants=bool(opened.open), rows=own)
    view = doctor.view(asked)
    with above:
        for sentence in asked.understood.sentences:
            alert.error(sentence)
        left, right = st.columns([3, 2], gap="large")
        with left:
            live.text(view, "understood")
            live.text(view, "findings")
            _on_rows(asked.found)
        with right:
            live.chart(view, view.charts[0].key)
    if opened.open:
        with opened:
            live.text(view, "constants-table")
    share.show(view)
    echo.listen()


def _dropped() -> Rows | NoNumbersError | None:
    """The rows that somebody has dropped, here or on /rows."""
    files = source.drop()
    return source.dropped(files, blank=True) if files else None


def _told(default: str) -> str:
    """The text; the address holds it where it is short."""
    said = address.get(TOLD)
    kept = (said if TOLD in st.query_params else default).strip()
    if address.left_out(TOLD) and not kept:
        alert.warning(LEFT_OUT)
    kept = "" if kept == IN_FILE else kept
    text = st.text_area("Loss, sentence or log", kept, key=controls.fresh_key(TOLD, kept), height=96, help=_PASTE)
    if text.strip() != kept:
        address.put(TOLD, "" if text.strip() == default else text.strip() or NOTHING)
        st.rerun()  # the field belongs to the text that it was made with
    return kept


def _facts(told: str, own: Rows | NoNumbersError | None) -> dict[str, str]:
    """What somebody has put right; a field that is empty shows what the text tells, or what the rows show."""
    facts = state(told, {}, constants=False, rows=own).understood.facts
    with st.container(key="told-facts"):
        return {name: _fact(name, getattr(facts, name)) for name in FACTS}


def _fact(name: str, known: object) -> str:
    """One of them: a line of text, or a list where some answers are usual."""
    proposed = "not told" if known is None else str(known)
    if name in OPTIONS:
        return controls.listed(FACTS[name], OPTIONS[name], placeholder=proposed)
    return controls.text(FACTS[name], placeholder=proposed)


def _on_rows(found: Sequence[Finding]) -> None:
    """Links to where /rows shows in the rows themselves what was found; a link of the menu, as it keeps the files."""
    places = on_rows(found)
    if places:
        page = st.Page(rows.show, title="Rows", url_path="rows")
        with st.container(horizontal=True, gap="small"):
            for label, query in places.items():
                st.page_link(page, label=label, icon=":material/table_chart:", query_params=query)
