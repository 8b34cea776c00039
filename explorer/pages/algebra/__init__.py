"""The page /algebra: take a loss apart, step by step, and take it away."""

from __future__ import annotations

import streamlit as st

from explorer.core.algebra import budget
from explorer.pages import alert, head
from explorer.pages.algebra import ask, chain, plot, start, steps


def show() -> None:
    """Ask where to start, show the chain, and ask what comes next; beside it the last result, live."""
    budget.warm()
    head.show(
        "Algebra",
        "A loss taken apart step by step, each step checked by numbers, and its last result plotted live. "
        "Try first: choose an example, then a next step.",
    )
    left, right = st.columns([3, 2], gap="large")
    with left:
        begun, wanted = start.ask()
        asked, problem = chain.stored() if wanted else ((), "")
        stages = chain.follow(begun, asked)
        steps.show(stages, asked)
        if problem:
            alert.warning(problem)
        ask.ask(stages, asked)
    with right:
        plot.show(begun, asked, stages)


__all__ = ["show"]
