"""What a link asked for and did not get. Streamlit drops a bad value in the address silently; a page says so here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.pages import alert
from explorer.views.fields import refusal

_OPENED = "_opened_with"
_IGNORED = "_ignored"
_PLACE: ContextVar[DeltaGenerator | None] = ContextVar("_PLACE", default=None)


class _Ignored(NamedTuple):
    sentence: str
    value_then: object


def remember() -> None:
    """Keep the address that the session was opened with, before any control reads it."""
    if _OPENED not in st.session_state:
        st.session_state[_OPENED] = {key: st.query_params.get_all(key) for key in st.query_params}
        st.session_state[_IGNORED] = {}


def reopen(address: dict[str, list[str]]) -> None:
    """Keep another address as the one that the session was opened with."""
    st.session_state[_OPENED] = dict(address)
    st.session_state[_IGNORED] = {}


def opened(key: str) -> str:
    """Return what the link gave for a key that no control has read yet; "" if it gave none, or several."""
    given: list[str] = st.session_state[_OPENED].get(key, [])
    return given[0] if len(given) == 1 else ""


def all_opened(key: str) -> list[str]:
    """Return all that the link gave for a key that no control has read yet."""
    return list(st.session_state[_OPENED].get(key, []))


def take(key: str) -> None:
    """Take what the link gave for a key as read."""
    st.session_state[_OPENED].pop(key, None)


@contextmanager
def explained_in(place: DeltaGenerator) -> Iterator[None]:
    """Say in another place what there is to say of the controls asked meanwhile, as they may be out of sight."""
    before = _PLACE.set(place)
    try:
        yield
    finally:
        _PLACE.reset(before)


def explain(key: str, value: object, allowed: str) -> None:
    """Say beside a control that the link's value for it was ignored, until the control is changed.

    Parameters
    ----------
    key : str
        The control's key, which is its name in the address.
    value : object
        What the control holds.
    allowed : str
        What it may hold, to end the sentence "... must be".
    """
    given: list[str] | None = st.session_state[_OPENED].pop(key, None)
    ignored: dict[str, _Ignored] = st.session_state[_IGNORED]
    if given is not None and (text := refusal(key, given, value, allowed)):
        ignored[key] = _Ignored(text, value)
    _show(key, value)


def refuse(key: str, sentence: str, value: object) -> None:
    """Have a control say why what the link gave for it was ignored, while it holds a value."""
    if sentence:
        st.session_state[_IGNORED][key] = _Ignored(sentence, value)


def unread(prefix: str) -> list[str]:
    """Return the names of the link that begin so and that no control has read."""
    return [name for name in (*st.session_state[_OPENED], *st.session_state[_IGNORED]) if name.startswith(prefix)]


def ignore(key: str, sentence: str, value: object) -> None:
    """Say that a name of the link was ignored for which there is no control, until what it was opened with has changed."""
    if st.session_state[_OPENED].pop(key, None) is not None:
        st.session_state[_IGNORED][key] = _Ignored(sentence, value)
    _show(key, value)


def _show(key: str, value: object) -> None:
    """Show why a name was ignored, unless what holds has changed since."""
    ignored: dict[str, _Ignored] = st.session_state[_IGNORED]
    if key in ignored and ignored[key].value_then != value:
        del ignored[key]
    if key in ignored:
        alert.warning(ignored[key].sentence, _PLACE.get())
