"""The chain as it is read, and what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from explorer.core.algebra.chain import Step
from explorer.live.live import live_text, scrollable
from explorer.pages import alert
from explorer.pages.algebra import chain
from explorer.views.algebra import steps as lines
from explorer.views.algebra.stage import Stage


def show(stages: Sequence[Stage], steps: Sequence[Step]) -> None:
    """The start and each step: its formula, its size and its check."""
    with st.container(key="steps-shown"):
        for k, stage in enumerate(stages):
            if stage.step and stage.at_work:
                chain.progress(lines.said(stage.step), steps[:k])
            else:
                _show(stage, k)
        scrollable(key="scrollable")


def _show(stage: Stage, place: int) -> None:
    line = lines.line(stage, place)
    st.html("".join(f"<p>{part}</p>" for part in (line.head, *map(escape, line.notes))) if line.notes else line.head)
    if line.distrust:
        st.error(lines.DISTRUST)
    if line.absent:
        alert.warning(line.absent)
    if line.problem:
        alert.error(line.problem)
    elif line.latex:
        st.latex(line.latex)
    else:
        live_text(lines.written(stage, place), key=f"formula {lines.key(place)}")
