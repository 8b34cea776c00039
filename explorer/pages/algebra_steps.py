"""The chain as it is read, and what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from explorer.core.algebra.chain import Step
from explorer.core.algebra.layering import Layered, symbols
from explorer.core.algebra.operands import KINDS
from explorer.core.algebra.operations import OPERATIONS, Outcome
from explorer.core.program import Steps
from explorer.live.live import live_text, scrollable
from explorer.pages import alert, algebra_chain
from explorer.pages.algebra_chain import Link
from explorer.pages.algebra_start import Start
from explorer.views import formula

LINES = 200
"""How many lines of a layered form are shown."""


def show(start: Start, links: Sequence[Link], steps: Sequence[Step]) -> None:
    """The start and each step: its formula, its size and its check."""
    with st.container(key="steps-shown"):
        _steps(start, links, steps)
        scrollable(key="scrollable")


def _steps(start: Start, links: Sequence[Link], steps: Sequence[Step]) -> None:
    _head("Start", start.outcome)
    _formula(start.outcome, (), "start")
    before = start.outcome
    for k, link in enumerate(links, 1):
        title = said(link.step)
        if link.outcome is not None:
            _head(f"<strong>{k}</strong> · {escape(title)}", link.outcome)
            _absent(link.step, before)
            _formula(link.outcome, before.computed.steps, f"step {k}")
            before = link.outcome
        elif link.problem:
            st.html(f"<strong>{k}</strong> · {escape(title)}")
            alert.error(link.problem)
        else:
            algebra_chain.progress(title, steps[:k])


def said(step: Step) -> str:
    """Return a step as a phrase."""
    operation = OPERATIONS[step.operation]
    given = list(step.operands)
    if operation.asks == ("symbols",):
        return operation.title.format(", ".join(given) or "every symbol")
    said = operation.title.count("{}")
    defaults = [str(KINDS[kind].default) for kind in operation.asks[len(given) : said]]
    return operation.title.format(*given[:said], *defaults) + "".join(map(operation.more.format, given[said:]))


def _head(title: str, outcome: Outcome) -> None:
    """A step's title, which is markup, its size and its check."""
    check = outcome.agreement
    mark = "" if check is None else f" · {'✓' if check.holds else '✗'} {escape(str(check))}"
    st.html(f"{title} · {_size(outcome)}{mark}")
    if check is not None and check.points and not check.holds:
        st.error("Do not trust this step: before and after differ.")


def _absent(step: Step, before: Outcome) -> None:
    """Say by which symbols nothing can change."""
    asks = OPERATIONS[step.operation].asks[:1]
    asked = step.parsed()[: 1 if asks == ("symbol",) else None] if asks in (("symbol",), ("symbols",)) else ()
    missing = [str(symbol) for symbol in asked if str(symbol) not in symbols(before.computed)]
    if missing:
        does = "does" if len(missing) == 1 else "do"
        alert.warning(f"{', '.join(missing)} {does} not occur in what this step starts from.")


def _size(outcome: Outcome) -> str:
    count = len(outcome.subject.steps) if isinstance(outcome.subject, Layered) else 0
    layers = f" in {count} step{'s' if count != 1 else ''}" if count else ""
    return f"{outcome.size:,} operation{'s' if outcome.size != 1 else ''}{layers}"


def _formula(outcome: Outcome, before: Steps, key: str) -> None:
    """LaTeX if it is short, else line by line what was not there before."""
    if outcome.latex:
        st.latex(outcome.latex)
        return
    known = set(before)
    new = [step for step in outcome.computed.steps if step not in known]
    parts = [formula.line(name, [expr]) for name, expr in new[:LINES]]
    if len(new) < len(outcome.computed.steps):
        parts.insert(0, "<p>The lines above, and:</p>")
    if len(new) > LINES:
        parts.append(f"<p>… and {len(new) - LINES:,} lines more.</p>")
    box = f"<div class='live-worked live-layers live-short' tabindex='0' role='group' aria-label='Formula of {key}'>"
    live_text(f"{box}{''.join(parts)}</div>", key=f"formula {key}")
