"""What Streamlit components share: one that shows nothing, and what the browser sends of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from explorer.live.assets import script


def unseen(name: str) -> Any:
    """A component that shows nothing: `<name>.js` does something to the page."""
    html = f'<div class="live-{name}" hidden></div>'
    return st.components.v2.component(f"live_{name}", html=html, js=script(name), isolate_styles=False)


def sent(key: str, name: str) -> Any:
    """Return what the browser sent of a component by a name; None where nothing came.

    A callback may come after its component has left the page: then its state is gone.
    """
    state = st.session_state.get(key)
    return state.get(name) if isinstance(state, Mapping) else None


def ignore() -> None:
    """Streamlit keeps a component's state only if it has a callback."""
