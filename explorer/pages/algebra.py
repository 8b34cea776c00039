"""The page /algebra: take a loss apart, step by step, and take it away."""

from __future__ import annotations

import streamlit as st

from explorer.core.algebra import budget
from explorer.pages import (
    alert,
    algebra_chain,
    algebra_examples,
    algebra_export,
    algebra_next,
    algebra_plot,
    algebra_start,
    algebra_steps,
    head,
)


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
        start = algebra_start.ask()
        steps, problem = algebra_chain.stored() if start.wanted else ((), "")
        links = algebra_chain.follow(start, steps)
        finished = [link for link in links if link.outcome is not None]
        last = finished[-1].outcome if finished else None
        outcome = last or start.outcome
        algebra_steps.show(start, links, steps)
        if problem:
            alert.warning(problem)
        at_work = bool(links) and links[-1].outcome is None and not links[-1].problem
        algebra_next.ask(outcome, [link.step for link in finished], steps, at_work=at_work)
    with right:
        with st.container(horizontal=True):
            algebra_examples.show()
            algebra_export.show(outcome)
        algebra_plot.show(start, outcome, algebra_chain.labels(start, links))
