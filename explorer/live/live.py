"""chart(view, key), text(view, key): parts of a view on a Streamlit page, which follow native sliders while they are dragged.

The sliders stay the state; the component only watches them. While a thumb moves, the browser evaluates the program's
JavaScript and redraws what each trace's `meta` binds (see `explorer.figures.binding`); on release Python's figure replaces it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import ParamSpec

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException

from explorer.figures.lazy import specification
from explorer.live import echo
from explorer.live.assets import FOLDER, LIVE, address, script
from explorer.live.component import ignore, sent, unseen
from explorer.live.data import chart_data, plotly_for
from explorer.views.view import Chart, View

HEIGHT = 450
"""Of a chart that does not say its height, in pixels: Plotly's own."""

P = ParamSpec("P")

_chart = st.components.v2.component(
    "live_chart",
    html='<div class="live-chart"><h2 class="live-title"></h2><div class="live-plot" role="group"></div></div>',
    js=script("loader"),
    isolate_styles=False,
)
_text = st.components.v2.component(
    "live_text",
    html='<div class="live-text"></div>',
    js=script("text"),
    isolate_styles=False,
)


_visit, _turns, _scrollable = map(unseen, ("visit", "turns", "scrollable"))
_share = st.components.v2.component(
    "live_share", html='<div class="live-share"></div>', js=script("share"), isolate_styles=False
)


def style() -> None:
    """Give the page the look of all that is live; once a run, as a component would send its style anew at each change."""
    st.html(FOLDER / "live.css")


def chart(view: View, key: str, *, prefix: str = "", on_commit: Callable[[dict[str, float]], None] | None = None) -> None:
    """Show the chart of a view that has this key; prefix and on_commit as for `show_chart`."""
    show_chart(view.chart(key), prefix=prefix, on_commit=on_commit)


def show_chart(shown: Chart, *, prefix: str = "", on_commit: Callable[[dict[str, float]], None] | None = None) -> None:
    """Show a chart that follows the sliders whose keys are its inputs.

    Parameters
    ----------
    shown : Chart
        An input of its values with a slider of the same key follows that thumb; so does every `data-quantity` on the page.
    prefix : str
        What goes before an input's name in its slider's key.
    on_commit : callable
        Called with the inputs that a hand on the chart has set, before the script runs again; unless given, their controls are.
    """
    figure, key = shown.figure, shown.key
    data = chart_data(shown) | {"script": address(LIVE), "plotly": address(plotly_for(figure))}
    data["taken"] = st.session_state.get(_taken(key), 0)
    data |= {"prefix": prefix, "title": shown.title, "height": specification(figure)["layout"].get("height", HEIGHT)}
    settle = uncut(partial(_settle, key, {**shown.limits, **shown.picks}, on_commit or partial(_set, prefix)))
    state = _chart(key=key, data=data, default={"plain": False}, on_plain_change=ignore, on_commit_change=settle)
    if state.get("plain"):
        st.plotly_chart(figure, key=f"{key}-plain")


def text(view: View, key: str) -> None:
    """Show the markup of a view that has this key."""
    live_text(view.texts[key], key=key)


def disagreements(view: View) -> None:
    """Say on which numbers formula and numeric core differ."""
    for sentence in view.disagreements:
        st.error(sentence)


def copies(lines: Mapping[str, str]) -> None:
    """Show lines of text by their labels, each with a button that copies it."""
    _share(key="share-copies", data={"copies": [{"label": label, "text": text} for label, text in lines.items()]})


def pictures(view: View) -> None:
    """Show for each chart of a view on the page buttons that save it as SVG or PNG."""
    _share(key="share-pictures", data={"charts": [{"key": chart.key, "title": chart.title} for chart in view.charts]})


def live_text(html: str, *, key: str) -> None:
    """Show markup whose `quantity` elements move with the live chart on the page."""
    _text(key=key, data={"html": html})


def visit(query: str, *, key: str) -> None:
    """Go to another address of this page, in the same session: controls take their values from it.

    Parameters
    ----------
    query : str
        What stands after the question mark.
    key : str
        A key that no visit had before.
    """
    _visit(key=key, data={"query": query})


def scrollable(*, key: str) -> None:
    """Let a keyboard scroll the formulas of the keyed container that this stands in."""
    _scrollable(key=key, data={})


def next_turn(turn: int, *, key: str, pause: float, on_turn: Callable[[int], None]) -> None:
    """Run the page again by itself as soon as the browser has drawn it.

    Parameters
    ----------
    turn : int
        The number of this run, which on_turn gets.
    key : str
        The component's key.
    pause : float
        Seconds to wait after drawing.
    on_turn : callable
        Called with `turn` before the script runs again.
    """
    _turns(key=key, data={"turn": turn, "pause": 1000 * pause}, on_turn_change=uncut(partial(_turn, key, turn, on_turn)))


def _turn(key: str, turn: int, on_turn: Callable[[int], None]) -> None:
    """Take a turn that the browser has drawn, if it is the one that was asked for."""
    if sent(key, "turn") == turn:
        on_turn(turn)


def uncut(callback: Callable[P, None]) -> Callable[P, None]:
    """Return a callback that cannot be lost; it may be begun twice, so what counts must be the last that it writes.

    Streamlit cuts a callback short at its next touch of the session, and does not call it again, if another message of the
    browser has come in meanwhile.
    """

    @wraps(callback)
    def called(*args: P.args, **options: P.kwargs) -> None:
        try:
            callback(*args, **options)
        except RerunException:
            callback(*args, **options)  # that message waits for its turn now
            raise

    return called


def _taken(key: str) -> str:
    """Where the number of the last commit taken is kept."""
    return f"{key}-taken"


def _settle(key: str, limits: Mapping[str, tuple[float, float]], on_commit: Callable[[dict[str, float]], None]) -> None:
    """Pass on the numbers that a hand on the chart has let go of, as far as they are allowed.

    The browser numbers its commits and sends each until it is answered: of triggers in quick succession Streamlit keeps only
    the last.
    """
    commits = sent(key, "commit")
    taken = st.session_state.get(_taken(key), 0)
    allowed: dict[str, float] = {}
    for entry in commits if isinstance(commits, list) else []:
        match entry:
            case {"number": int(number), "values": dict(values)} if number > taken:
                taken = number
                allowed |= _allowed(values, limits)
    if allowed:
        on_commit(allowed)
    if taken:
        st.session_state[_taken(key)] = taken  # last: a callback may be begun twice


def _allowed(values: Mapping[object, object], limits: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """Return those of the numbers sent that a hand may set, within their limits."""
    allowed: dict[str, float] = {}
    for name, value in values.items():
        if isinstance(name, str) and name in limits and isinstance(value, int | float) and math.isfinite(value):
            low, high = limits[name]
            allowed[name] = min(max(float(value), low), high)
    return allowed


def _set(prefix: str, numbers: Mapping[str, float]) -> None:
    for name, value in numbers.items():
        echo.put(f"{prefix}{name}", value)
