"""The one place that shows a sentence with somebody's own words in it: as they were typed, nothing in them is Markdown.

Streamlit's own alerts read Markdown, which knows no way to escape a bare address, www., a mail address or :smile:.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.views.markup import alert


def error(sentence: str) -> None:
    """Say why something is not taken, or is wrong."""
    st.html(alert(sentence, "error"))


def warning(sentence: str, place: DeltaGenerator | None = None) -> None:
    """Say what else is shown than was asked for, in a place of the page or here."""
    (place or st).html(alert(sentence, "warning"))
