"""live_chart(figure, program): a Plotly figure that follows native sliders while they are dragged.

The sliders stay the state; the component only watches them. While a thumb moves, the browser evaluates the program's
JavaScript and redraws what each trace's `meta` binds (see `explorer.figures.binding`); on release Python's figure replaces it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial, wraps
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec

import plotly.graph_objects as go
import streamlit as st
from streamlit.runtime.scriptrunner import RerunException

from explorer.core import printers
from explorer.core.program import Program
from explorer.figures.binding import bound_names
from explorer.figures.lazy import specification, to_json
from explorer.live.assets import FOLDER, LIVE, PLOTLY, PLOTLY_WHOLE, address, script

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


def unseen(name: str) -> Any:
    """A component that shows nothing: `<name>.js` does something to the page."""
    html = f'<div class="live-{name}" hidden></div>'
    return st.components.v2.component(f"live_{name}", html=html, js=script(name), isolate_styles=False)


_visit, _turns, _scrollable = map(unseen, ("visit", "turns", "scrollable"))


def style() -> None:
    """Give the page the look of all that is live; once a run, as a component would send its style anew at each change."""
    st.html(FOLDER / "live.css")


def live_chart(
    figure: go.Figure,
    program: Program,
    *,
    key: str,
    values: Mapping[str, float],
    limits: Mapping[str, tuple[float, float]] | None = None,
    rows: Mapping[str, Sequence[float]] | None = None,
    each: Sequence[str] = (),
    writes: bool = True,
    prefix: str = "",
    title: str = "",
    filename: str = "chart",
    alt: str = "",
    on_commit: Callable[[dict[str, float]], None] | None = None,
) -> None:
    """Show a figure that follows the sliders whose keys are inputs of its program.

    Parameters
    ----------
    figure : go.Figure
        Complete as it stands, settled at `values`.
    program : Program
        What the traces are bound to, and every `data-quantity` on the page.
    key : str
        The component's key.
    values : mapping
        Input -> its settled number. An input with a slider of the same key follows its thumb.
    limits : mapping
        Input -> (least, greatest) for those that a hand on the chart may move.
    rows : mapping
        Input -> column of a data set; what depends on one is averaged over the rows.
    each : sequence of str
        Steps to show row by row as well, in elements with a data-row.
    writes : bool
        Whether this chart keeps the numbers on the page moving; one chart of a page does.
    prefix : str
        What goes before an input's name in its slider's key.
    title : str
        The heading over the chart: short, as it shares its line with the chart's buttons.
    filename : str
        For the chart's own downloads, without an ending.
    alt : str
        What the chart shows, for those who do not see it.
    on_commit : callable
        Called with the inputs that a hand on the chart has set, before the script runs again; unless given, their controls are.
    """
    data = chart_data(
        figure, program, values=values, limits=limits, rows=rows, each=each, writes=writes, filename=filename, alt=alt
    )
    data |= {"script": address(LIVE), "plotly": address(plotly_for(figure)), "prefix": prefix, "title": title}
    data["height"] = specification(figure)["layout"].get("height", HEIGHT)
    settle = uncut(partial(_settle, key, dict(limits or {}), on_commit or partial(_set, prefix)))
    state = _chart(key=key, data=data, default={"plain": False}, on_plain_change=ignore, on_commit_change=settle)
    if state.get("plain"):
        st.plotly_chart(figure, key=f"{key}-plain")


def chart_data(
    figure: go.Figure,
    program: Program,
    *,
    values: Mapping[str, float],
    limits: Mapping[str, tuple[float, float]] | None = None,
    rows: Mapping[str, Sequence[float]] | None = None,
    each: Sequence[str] = (),
    writes: bool = True,
    filename: str,
    alt: str,
) -> dict[str, Any]:
    """Return what chart.js needs to draw a figure and make it follow; arguments as `live_chart`."""
    return {
        "figure": to_json(figure),
        "program": _module(program, _bindings(figure), tuple(values), tuple(rows or ()), tuple(each), writes),
        "values": dict(values),
        "rows": dict(rows or {}),
        "limits": {name: list(pair) for name, pair in (limits or {}).items()},
        "filename": filename,
        "alt": alt,
        "writes": writes,
    }


def plotly_for(figure: go.Figure) -> Path:
    """Return the Plotly.js that draws a figure: the whole of it only where a trace has three dimensions."""
    return PLOTLY_WHOLE if "scene" in specification(figure)["layout"] else PLOTLY


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


def sent(key: str, name: str) -> Any:
    """Return what the browser sent of a component by a name; None where nothing came.

    A callback may come after its component has left the page: then its state is gone.
    """
    state = st.session_state.get(key)
    return state.get(name) if isinstance(state, Mapping) else None


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


def ignore() -> None:
    """Streamlit keeps a component's state only if it has a callback."""


def _settle(key: str, limits: Mapping[str, tuple[float, float]], on_commit: Callable[[dict[str, float]], None]) -> None:
    """Pass on the numbers that a hand on the chart has let go of, as far as they are allowed."""
    committed, allowed = sent(key, "commit"), {}
    for name, value in (committed if isinstance(committed, dict) else {}).items():
        if name in limits and isinstance(value, int | float) and math.isfinite(value):
            low, high = limits[name]
            allowed[name] = min(max(float(value), low), high)
    if allowed:
        on_commit(allowed)


def _set(prefix: str, numbers: Mapping[str, float]) -> None:
    for name, value in numbers.items():
        st.session_state[f"{prefix}{name}"] = value


class _Binding(NamedTuple):
    """Of one trace: the names that it shows, the inputs that it sweeps, and the steps that a hand on it sets inputs to."""

    names: tuple[str, ...]
    sweep: tuple[str, ...]
    sets: tuple[str, ...]


def _bindings(figure: go.Figure) -> tuple[_Binding, ...]:
    metas = [trace.get("meta") or {} for trace in specification(figure)["data"]]
    return tuple(
        _Binding(tuple(bound_names(m)), tuple(m.get("sweep", {}).values()), tuple(m.get("sets", {}).values())) for m in metas
    )


@lru_cache(maxsize=64)
def _module(
    program: Program,
    bindings: tuple[_Binding, ...],
    given: tuple[str, ...],
    rows: tuple[str, ...],
    each: tuple[str, ...],
    writes: bool,
) -> str:
    """Return a JavaScript module: for each trace its kernel, the inputs it needs and its setter; then the page's numbers."""
    kernel = partial(printers.javascript.kernel, program)
    exports = {
        "kernels": _list(kernel(b.names, b.sweep, rows) if b.names else "null" for b in bindings),
        "needs": json.dumps([[s.name for s in program.inputs_of(b.names) if s.name not in b.sweep] for b in bindings]),
        "setters": _list(kernel(b.sets) if b.sets else "null" for b in bindings),
    }
    if writes:
        missing = program.depends(s for s in program.inputs if s.name not in {*given, *rows})
        quantities = [name for name, symbol in program.symbols.items() if symbol not in missing and name not in rows]
        exports["quantities"] = kernel(quantities, (), rows)
    if each:
        exports["each"] = kernel(each, [name for name in rows if program.symbol(name) in program.inputs_of(each)])
    return "".join(f"export const {name} = {source};\n" for name, source in exports.items())


def _list(sources: Iterable[str]) -> str:
    return "[\n" + ",\n".join(sources) + "\n]"
