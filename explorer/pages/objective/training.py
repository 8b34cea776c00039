"""The objective as a file: for which library, to copy and to save."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from explorer.core.objective.exports import EXPORTS
from explorer.pages import controls
from explorer.views.objective import State
from explorer.views.objective.fields import BOOSTS, LIBRARY, TAKEN
from explorer.views.objective.training import name
from explorer.views.objective.whole import file


def ask(state: State) -> State:
    """Ask for which library, and which Hessian boosting is given."""
    with st.container(horizontal=True, gap="small"):
        library = controls.choice(LIBRARY, width=220)
        taken = controls.choice(TAKEN, width=220) if library in BOOSTS else TAKEN.default
    return replace(state, library=library, taken=taken)


def show(state: State) -> None:
    """The file."""
    text, export = file(state), EXPORTS[state.library]
    st.code(text, language=export.highlight, wrap_lines=True)
    st.download_button(
        f"File, .{export.extension}", text, f"{name(state.objective)}.{export.extension}", "text/plain",
        icon=":material/download:", help="This code as a file.", on_click="ignore", key="objective file",
    )  # fmt: skip
