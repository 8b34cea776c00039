"""A loss that somebody types: the text, what it leaves open, and what each of its symbols is."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.core.losses import Loss
from explorer.live import live
from explorer.pages import alert, controls, link
from explorer.views import reading
from explorer.views.fields import Choice
from explorer.views.losses import own as views
from explorer.views.losses import text as texts
from explorer.views.losses.own import BY, DOMAIN, ROLE, Own

_GOOD, _FAILED = "_own_good", "_own_failed"
"""Where the session keeps the last loss that was typed, and the last that could not be made, with what was said of it."""
EXAMPLE = "such as log(1 + exp(-y*f))"


def ask(text: str, made: Callable[[Own], Loss] = lambda found: found.loss) -> Own | None:
    """Ask what a text that is typed leaves open; None where nothing is typed, or nothing that ever was a loss.

    Parameters
    ----------
    made : callable
        Returns the loss that the page takes it for; raises ValueError where it takes none.
    """
    good = _good(made)
    if not text.strip():
        st.session_state.pop(_GOOD, None)
        return None
    said = views.problem(text)
    wanted = good.text if said and good else "" if said else text
    place = st.container(gap="small")
    try:
        found = _asked(wanted) if wanted else None
        said = said or (_failing(found, made) if found else "")
    except ValueError as error:
        found, said = good, said or str(error)
    if said:
        with place:
            alert.error(f"{said} {good.text[:60]} is shown." if good else said)
        found = found if found and found.text == (good.text if good else "") else good
    if found:
        st.session_state[_GOOD] = found
        with place:
            live.live_text(texts.reading(found), key="reading")
            if equal := texts.known(found):
                live.live_text(equal, key="equals")
    return found


def _good(made: Callable[[Own], Loss]) -> Own | None:
    """The last that was a loss, if this page takes it too."""
    good: Own | None = st.session_state.get(_GOOD)
    try:
        return good if good and made(good) else None
    except ValueError:
        return None


def _failing(found: Own, made: Callable[[Own], Loss]) -> str:
    """Why a text cannot be a loss; what took too long is not tried again until something changes."""
    page = st.context.url
    failed: tuple[Own, str, str | None] | None = st.session_state.get(_FAILED)
    if failed and failed[::2] == (found, page):
        return failed[1]
    try:
        made(found)
    except ValueError as error:
        st.session_state[_FAILED] = found, str(error), page
        return str(error)
    return ""


def _asked(text: str) -> Own:
    """Ask what a text leaves open, and what its symbols are; raise ValueError where it cannot be read so."""
    questions, above = st.container(horizontal=True, gap="small"), st.container()
    rows: dict[str, DeltaGenerator] = {}

    def answer(field: Choice) -> str:  # its default is a proposal, which follows the text
        with questions:
            return controls.choice(field)

    def choose(field: Choice) -> str:
        if not rows:
            rows[""] = st.expander("What the symbols are", icon=":material/tune:")
        symbol = field.name.removeprefix(ROLE).removeprefix(DOMAIN)
        if symbol not in rows:
            rows[symbol] = rows[""].container(horizontal=True, gap="small")
        with rows[symbol], link.explained_in(above):
            chosen = controls.choice(field, width=220)
        if field.name == BY:  # a control that moves from one row to another is no longer tied to the address
            rows.update({name: rows[""].container(horizontal=True, gap="small") for name in field.options})
        return chosen

    found = views.own(text, answer, choose)
    unread = [name for prefix in (reading.PREFIX, ROLE, DOMAIN) for name in link.unread(prefix)]
    with link.explained_in(above):
        for name, sentence in views.strangers(found, unread).items():
            link.ignore(name, sentence, found)
    return found
