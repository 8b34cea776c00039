"""Text in the address that no control holds: kept there if it is short, else in the session, and the address says so."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from explorer.live import echo

LONGEST_IN_LINK = 2_000
"""The most characters of one text that the address holds."""
_IN_FILE = "file"
"""What the address says of a text that it has no room for."""


_PAGE, _TEXTS = "_page", "_texts_of_"
NAMES = ("batch", "row", "chosen", "table", "w", "chain", "at", "points", "told", "files")
"""Every name that stands for such a text, on whichever page."""


def enter(page: str) -> None:
    """Bring back the texts that a page had when the menu led away from it; its controls come back by themselves."""
    state = st.session_state
    if state.get(_PAGE, page) != page:
        for name, text in state.get(_TEXTS + page, {}).items():
            if name not in st.query_params:
                st.query_params[name] = text
        echo.forget()
    state[_PAGE] = page
    _remember()


def _remember() -> None:
    """Keep the texts of the page that is shown."""
    if page := st.session_state.get(_PAGE):
        st.session_state[_TEXTS + page] = {name: st.query_params[name] for name in NAMES if name in st.query_params}


def get(name: str) -> str:
    """Return the text of a name; of one that the address has no room for the session's last, "" where there is none.

    It is what was put there with `put`, not what the browser sends back from before.
    """
    known, shown = echo.told(), _shown(name)
    if echo.navigated():
        known.follow(name, shown)
    found = str(known.settled(name, shown))
    if found != shown:
        _write(name, found)
    return long_text(name) if found == _IN_FILE else found


def put(name: str, text: str) -> None:
    """Keep a text in the address, or in the session if it is long, such that an echo cannot undo it; "" takes the name away."""
    note(echo.told(), name, _shown(name), text)
    if _short(text) == _IN_FILE:
        keep_long(name, text)
    _write(name, _short(text))


def note(told: echo.Told, name: str, shown: str, text: str) -> None:
    """Take note that a text goes into the address where the browser shows something else."""
    told.put(name, shown, _short(text))


def _shown(name: str) -> str:
    """What the address of the browser says."""
    found: str = st.query_params.get(name, "")
    return found


def _write(name: str, shown: str) -> None:
    """Write the address only if it changes: each time makes an entry of the browser's history."""
    if shown and _shown(name) != shown:
        st.query_params[name] = shown
    elif not shown and name in st.query_params:
        del st.query_params[name]
    _remember()


def keep_controls() -> None:
    """Keep in the address what controls put there that are not drawn in this run: Streamlit would take it away.

    Call it at the end of the run.
    """
    context = get_script_run_ctx()
    if context is None:
        return
    drawn = context.shared.widget_ids_this_run.snapshot()
    with context.session_state.query_params() as held:
        for name in list(held):
            binding = held.get_binding_for_param(name)
            if binding and binding.widget_id not in drawn:
                held.unbind_widget(binding.widget_id)


def clear(*names: str) -> None:
    """Take names of controls that are not drawn out of the address that is told next.

    One that is drawn is emptied by `controls.set_later`.
    """
    context = get_script_run_ctx()
    if context is None:
        return
    with context.session_state.query_params() as held:
        for name in names:
            if not held.is_bound(name):
                held.remove_param(name)
        held.set_initial_query_params_from_current()  # from these a control that is drawn for the first time takes its value


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_IN_LINK else _IN_FILE


def left_out(name: str) -> bool:
    """Whether the address has no room for the text."""
    return bool(st.query_params.get(name) == _IN_FILE)


def long_text(name: str) -> str:
    """Return the last text of a name that was too long in this session; "" if there was none."""
    text: str = st.session_state.get(_kept(name), "")
    return text


def keep_long(name: str, text: str) -> None:
    """Keep a text that the address has no room for."""
    st.session_state[_kept(name)] = text


def _kept(name: str) -> str:
    return f"_long_{name}"
