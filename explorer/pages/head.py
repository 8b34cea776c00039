"""What every page begins with: its title, what one sees there and what to try first, and the way back to where it began."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from explorer.live import echo
from explorer.live.live import visit
from explorer.pages import link

_PRESSED, _TURN = "_reset_pressed", "_reset_turn"
_HELP = "Open the page anew; Back undoes it."


def show(title: str, sees: str, *, on_reset: Callable[[], None] | None = None) -> None:
    """Say what the page is, beside a button that sets all of it back to its defaults; Back undoes that.

    Parameters
    ----------
    title : str
    sees : str
        What one sees and what to try first, as Markdown.
    on_reset : callable
        Called before, to end what the address does not hold.
    """
    with st.container(key="head"):
        st.markdown(f"# {title}\n\n{sees}")
        st.button("Reset", icon=":material/restart_alt:", key="reset", help=_HELP, on_click=_press)
    echo.mind(_PRESSED, _is_pressed)
    if not st.session_state.pop(_PRESSED, False):
        return
    if on_reset:
        on_reset()
    st.session_state[_TURN] = turn = st.session_state.get(_TURN, 0) + 1
    link.reopen({})
    visit("", key=f"visit reset {turn}")


def _press() -> None:
    """Note what a part of the page that is run alone would not hear of: what is left by the same touch comes with it."""
    st.session_state[_PRESSED] = True


def _is_pressed() -> bool:
    return bool(st.session_state.get(_PRESSED))
