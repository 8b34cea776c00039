"""The result of /algebra to take away: formula and code in every language, as text and as a file."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st
from sympy import Symbol

from explorer.core import notation
from explorer.core.algebra.operations import Outcome
from explorer.core.algebra.subject import reverse, symbols
from explorer.core.printers import LANGUAGES
from explorer.pages import controls

LATEX = "LaTeX"


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
            text, highlight, extension = _printed(outcome, language, slopes)
        except NotImplementedError as error:
            st.error(controls.literal(str(error)))
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
def _printed(outcome: Outcome, language: str, slopes: bool) -> tuple[str, str, str]:
    """The text, what to highlight it as, and the ending of its file."""
    layers = outcome.computed
    if slopes and symbols(layers):
        program, ((*by,),) = reverse(layers, tuple(map(Symbol, symbols(layers))))
        names: tuple[str, ...] = (*layers.names, *by)
    else:
        program, names = layers.program, layers.names
    if language == LATEX:
        formula = outcome.latex
        if slopes or not formula:
            formula = notation.latex_steps(program.needed(dict.fromkeys(names)))
        return f"{formula}\n", "latex", "tex"
    found = LANGUAGES[language]
    unique = tuple(dict.fromkeys(names))
    outputs = () if unique == (program.output.name,) else unique
    return found.code(program, "loss", outputs), found.highlight, found.extension
