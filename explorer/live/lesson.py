"""A lesson on a Streamlit page. Where somebody is in it stands in the address, which the browser's half keeps by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from explorer.live.assets import FOLDER, address, script
from explorer.live.standalone import as_json

_lesson = st.components.v2.component(
    "live_lesson", html='<div class="lesson-root"></div>', js=script("lesson"), isolate_styles=False
)


def style() -> None:
    """Give the page the look of lessons, and of views without native sliders."""
    for name in ("page.css", "lesson.css"):
        st.html(FOLDER / name)


def gallery(html: str, *, key: str) -> None:
    """Show what leads to lessons."""
    _lesson(key=key, data={"html": html})


def lesson(html: str, spec: dict[str, Any], plotly: Path, *, key: str) -> None:
    """Show a lesson: its markup, what its script needs to know, and the Plotly.js that it draws with."""
    _lesson(key=key, data={"html": html, "spec": as_json(spec), "plotly": address(plotly)})
