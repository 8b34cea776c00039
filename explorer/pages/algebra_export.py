"""The result of /algebra to take away: formula and code in every language, as text and as a file."""

from __future__ import annotations

from functools import lru_cache, partial

import streamlit as st

from explorer.core.algebra import budget
from explorer.core.algebra.export import LATEX, Export, export
from explorer.core.algebra.operations import Outcome
from explorer.core.printers import LANGUAGES
from explorer.pages import alert


def show(outcome: Outcome) -> None:
    """A button that opens the languages; code is printed once it is open."""
    opened = st.popover("Take it away", icon=":material/code:", key="take-open", on_change="rerun")
    if not opened.open:
        return
    with opened:
        language = st.segmented_control(
            "Language",
            [LATEX, *LANGUAGES],
            default=LATEX,
            key="language",
            required=True,
            help="What the last result is written in.",
        )
        slopes = False
        if outcome.computed.shape == (1, 1):
            slopes = st.toggle("With the gradient", True, key="with gradient", help="Also write the slope by every symbol.")
        try:
            text, highlight, extension = _exported(outcome, language, slopes)
        except (NotImplementedError, TimeoutError, MemoryError, ValueError) as error:
            alert.error(str(error))
            return
        st.download_button(
            f"Download loss.{extension}",
            text,
            file_name=f"loss.{extension}",
            mime="text/plain",
            icon=":material/download:",
            on_click="ignore",
            key="download code",
        )
        st.code(text, language=highlight, wrap_lines=True)


@lru_cache(maxsize=64)
def _exported(outcome: Outcome, language: str, slopes: bool) -> Export:
    """What is taken away; it may be long."""
    return budget.run(partial(export, gradient=slopes, formula=outcome.latex), outcome.computed, language)
