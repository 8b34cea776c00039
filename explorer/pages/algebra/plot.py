"""The result of /algebra over one of its symbols, live: sliders for all of them, the numbers and the slopes."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer.core.algebra.chain import Step
from explorer.live import echo, live
from explorer.pages import controls, link, share
from explorer.views import algebra
from explorer.views.algebra import symbols
from explorer.views.algebra.following import labels, last
from explorer.views.algebra.stage import Stage
from explorer.views.algebra.start import Start
from explorer.views.algebra.state import state
from explorer.views.algebra.symbols import FIRST, PREFIX, SLIDERS
from explorer.views.fields import Choice
from explorer.views.floats import FLOATS, fits
from explorer.views.floats import KEY as FLOATS_TABLE


@echo.alone
def show(start: Start, steps: Sequence[Step], stages: tuple[Stage, ...]) -> None:
    """The last result of the chain, with what is asked to show it."""
    result = last(stages)
    over = symbols.along(result)
    along, entries, numbers = "", None, None
    if over:
        along = _along(over)
        among = symbols.entries(labels(stages))
        entries = controls.some(among) if among else None
        chart = st.container()
        numbers = _sliders(result, along)
    if not stages[-1].at_work:
        _strangers(result, over.default if over else "")
    above = st.container()
    opened = controls.expander(FLOATS, ":material/memory:") if fits(result.reached.subject) else None
    view = algebra.view(state(start, steps, stages, along, entries, numbers, floats=bool(opened and opened.open)))
    if over:
        with chart:
            live.chart(view, "chart", prefix=PREFIX)
    with above:
        live.text(view, "numbers")
        if "use" in view.texts:
            live.text(view, "use")
    if opened and opened.open:
        with opened:
            live.text(view, FLOATS_TABLE)
    share.show(view)
    echo.listen()


def _along(field: Choice) -> str:
    """The symbol on the horizontal axis. One of an earlier result is left: the address must say what is shown."""
    if st.session_state.get(field.name, field.default) not in field.options:
        st.session_state[field.name] = field.default
    return controls.choice(field, width=160)


def _sliders(result: Stage, along: str) -> dict[str, float]:
    """A slider for each symbol, the plotted one first; symbols beyond the last slider stay at their defaults."""
    fields = {name: symbols.number(result, name) for name in symbols.ordered(result, along)}
    names, numbers = [*fields][:SLIDERS], {}
    for k in range(0, len(names[:FIRST]), 2):
        for column, name in zip(st.columns(2, gap="medium"), names[:FIRST][k : k + 2], strict=False):
            with column:
                numbers[name] = controls.slider(fields[name])
    if rest := names[FIRST:]:
        with st.expander(f"{len(rest)} symbols more"):
            numbers |= {name: controls.slider(fields[name]) for name in rest}
            if len(fields) > SLIDERS:
                st.markdown(f"The other {len(fields) - SLIDERS} stay where they are. Substitute numbers to move them.")
    return numbers


def _strangers(result: Stage, along: str) -> None:
    """Say which numbers of the link belong to no symbol of the result."""
    for name, sentence in symbols.strangers(result, along, link.unread(PREFIX)).items():
        link.ignore(name, sentence, result.step)
