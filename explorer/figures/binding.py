"""How a trace follows a program: declared once, in the trace's `meta`, for Python and the browser.

`bind` says which attribute is which step: `{"y": "L"}` or, for an attribute with one entry per step, `{"y": ["d_p1", "d_p2"]}`;
on a heat map `{"z": ["p1", "p2", ...]}` names its cells row by row, as many to a row as its x has entries.
`sweep` says which attribute runs over which input: `{"x": "p"}`. On a heat map, contour or surface, x and y span a grid.
`along`, in place of a sweep, names columns of the data set: an attribute then has one entry for each of its rows, or where it
is bound to a list of steps, one of each step for each row in turn.
`drag` says which input a hand on the trace's point moves along an axis: `{"x": "p"}`. Where the place under the hand is not
itself the number to set, `sets` says which input then becomes which step: `{"p1": "set_p1"}`.
`brush`, two numbers, lets a hand paint a heat map whose cells are inputs: a press on a cell nearer to the first paints the
second, on any other the first; a drag goes on with it.
`pick` says which input a click on a bar, or above or below it, sets to the bar's number, from 1, where a page takes one; and
which input or step says how many bars there are: `{"bin": "bins"}`.
`color` is the trace's colour as a position in the palette, or -1 for the page's background; `signs` gives a bound colour two of
them, for a negative number and for any other: `{"line.color": [1, 0]}`. `shades` are the colours of a heat map's scale, from
the least number to the greatest, as such positions.
`least` says which inputs are found, as the place where a step of the program is least (see `core.minimum`): their settled
numbers are given like all others, and the browser finds them anew while others move.
`ends`, 1 or -1, makes a trace the mark at the end of bars that have none: it stands at MARK of its axis where a number is
infinite with that sign, and nowhere else.

A layout's `meta` may hold as `narrow` what is different in it where a browser's chart is less than 520 pixels wide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from explorer.core import sweeps
from explorer.core.minimum import Minimum
from explorer.core.program import Program
from explorer.figures.lazy import LazyFigure
from explorer.figures.style import PALETTE

Trace = dict[str, Any]

GRIDS = ("heatmap", "contour", "surface")
ENDLESS = 1e6
"""How long a bar is drawn that has no end."""
MARK = {1: 0.88, -1: 0.12}
"""Where on an axis from 0 to 1 the mark of such a bar is, by its sign."""


def checked(traces: list[Trace], layout: dict[str, Any]) -> tuple[list[Trace], dict[str, Any]]:
    """Return traces and layout once Plotly has found nothing wrong with them, so that `settle` need not ask again."""
    go.Figure(traces, layout)
    return traces, layout


def following(
    bind: Mapping[str, str | Sequence[str]],
    *,
    sweep: Mapping[str, str] | None = None,
    along: Sequence[str] | None = None,
    drag: Mapping[str, str] | None = None,
    sets: Mapping[str, str] | None = None,
    color: int | None = None,
    signs: Mapping[str, tuple[int, int]] | None = None,
    ends: int | None = None,
    brush: tuple[float, float] | None = None,
    pick: Mapping[str, str] | None = None,
    shades: Sequence[int] | None = None,
    least: Minimum | None = None,
) -> dict[str, Any]:
    """Return the `meta` of a trace that follows a program."""
    parts: dict[str, Any] = {"bind": dict(bind), "sweep": dict(sweep or {}), "drag": dict(drag or {})}
    parts |= {"color": color, "ends": ends, "brush": brush and list(brush), "shades": shades and list(shades)}
    parts |= {"sets": dict(sets or {}), "pick": dict(pick or {})}
    parts["along"] = along and list(along)
    parts["least"] = least.declaration() if least else None
    parts["signs"] = {path: list(pair) for path, pair in (signs or {}).items()}
    return {name: part for name, part in parts.items() if part not in ({}, None)}


def bound_names(meta: Mapping[str, Any] | None) -> list[str]:
    """Return each input or step that a trace with this meta is bound to, once."""
    bind = (meta or {}).get("bind", {})
    names = [name for bound in bind.values() for name in ([bound] if isinstance(bound, str) else bound)]
    return list(dict.fromkeys(names))


def settle(
    traces: Sequence[Trace],
    layout: Mapping[str, Any],
    program: Program,
    values: Mapping[str, float],
    *,
    rows: Mapping[str, ArrayLike] | None = None,
    numbers: Mapping[str, float] | None = None,
) -> go.Figure:
    """Return a figure whose bound attributes hold the program's numbers; arguments as for `filled`."""
    return LazyFigure(filled(traces, program, values, rows=rows, numbers=numbers), layout)


def filled_together(
    traces: Sequence[Trace], program: Program, values: Mapping[str, float]
) -> tuple[list[Trace], dict[str, float]]:
    """Return traces as `filled` does, and all inputs and steps at the values, from one evaluation: for short sweeps."""
    swept = [_swept(trace) if bound_names(trace.get("meta")) else None for trace in traces]
    apart = {s.key: s.sweep for s in swept if s and s.sweep}
    numbers, along = sweeps.together(program, values, list(apart.values()))
    results: dict[bytes, Mapping[str, Any]] = {b"": numbers, **dict(zip(apart, along, strict=True))}
    return [_filled(trace, results[s.key], s.shape) if s else trace for trace, s in zip(traces, swept, strict=True)], numbers


def filled(
    traces: Sequence[Trace],
    program: Program,
    values: Mapping[str, float],
    *,
    rows: Mapping[str, ArrayLike] | None = None,
    numbers: Mapping[str, float] | None = None,
) -> list[Trace]:
    """Return traces whose bound attributes hold the program's numbers.

    Parameters
    ----------
    traces : dicts
        As go.Figure takes them. A trace's `meta` says what follows what. They are read, not changed, so they can be kept; and
        they are not validated again here, which takes longer than all the numbers: validate them once, where they are made.
    values : mapping
        Input -> number.
    rows : mapping, optional
        Input -> column of a data set, shape (rows,). What depends on one is averaged over the rows, but along them.
    numbers : mapping, optional
        Input or step -> its number at the values, where that is known: then it is not computed again.
    """
    columns = rows or {}
    swept = [_swept(trace, columns) if bound_names(trace.get("meta")) else None for trace in traces]
    results: dict[bytes, Mapping[str, Any]] = {} if numbers is None else {b"": numbers}
    for key in {s.key for s in swept if s} - results.keys():
        together = [(trace, s) for trace, s in zip(traces, swept, strict=True) if s and s.key == key]
        names = tuple(dict.fromkeys(name for trace, _ in together for name in bound_names(trace["meta"])))
        results[key] = sweeps.averaged(program, names, values, together[0][1].sweep, columns)
    return [_filled(trace, results[s.key], s.shape) if s else trace for trace, s in zip(traces, swept, strict=True)]


class _Sweep(NamedTuple):
    """Input -> the numbers that a trace runs over, the shape of what comes out, and a key for traces that share both."""

    sweep: dict[str, NDArray[Any]]
    shape: tuple[int, ...]
    key: bytes


def _swept(trace: Trace, rows: Mapping[str, ArrayLike] = MappingProxyType({})) -> _Sweep:
    if along := trace["meta"].get("along"):
        columns = {name: np.asarray(rows[name], dtype=np.float64) for name in along}
        return _keyed(columns, columns[along[0]].shape)
    sweep = {name: np.asarray(_get(trace, path), dtype=np.float64) for path, name in trace["meta"].get("sweep", {}).items()}
    if trace["type"] in GRIDS and len(sweep) == 2:
        x, y = (trace["meta"]["sweep"][path] for path in ("x", "y"))
        across, down = np.meshgrid(sweep[x], sweep[y])
        return _keyed({x: across.ravel(), y: down.ravel()}, across.shape)
    return _keyed(sweep, tuple(len(column) for column in sweep.values())[:1])


def _keyed(sweep: dict[str, NDArray[Any]], shape: tuple[int, ...]) -> _Sweep:
    return _Sweep(sweep, shape, b"".join(name.encode() + column.tobytes() for name, column in sweep.items()))


def _filled(trace: Trace, results: Mapping[str, Any], shape: tuple[int, ...]) -> Trace:
    """Return a copy of a trace with its bound attributes set."""
    for path, bound in trace["meta"]["bind"].items():
        if not isinstance(bound, str) and shape:  # in turn
            value: Any = np.stack([results[name] for name in bound], axis=1).ravel()
        elif not isinstance(bound, str):
            value = [float(results[name]) for name in bound]
            if sign := trace["meta"].get("ends"):
                value = [MARK[sign] if x == sign * np.inf else None for x in value]
            if trace["type"] == "bar":  # Plotly would leave out a bar without end
                value = [min(max(x, -ENDLESS), ENDLESS) for x in value]
            if trace["type"] in GRIDS:
                value = np.reshape(value, (-1, len(trace["x"])))
        elif shape:
            value = results[bound].reshape(shape)
        else:
            number = float(results[bound])
            value = [number] if isinstance(_get(trace, path), list) else number
            if path in trace["meta"].get("signs", {}):
                value = PALETTE[trace["meta"]["signs"][path][number >= 0]]
        trace = _with(trace, path, value)
    return trace


def _get(trace: Mapping[str, Any], path: str) -> Any:
    value: Any = trace
    for part in path.split("."):
        value = value[part]
    return value


def _with(trace: Trace, path: str, value: Any) -> Trace:
    """Return a copy of a trace with the attribute at a dotted path set."""
    head, _, rest = path.partition(".")
    return {**trace, head: _with(trace[head], rest, value) if rest else value}
