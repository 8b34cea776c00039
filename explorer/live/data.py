"""What the scripts get of a view: its charts, diagram and numbers as plain data, its program as JavaScript."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import plotly.graph_objects as go

from explorer.core import printers
from explorer.core.digits import exact_text
from explorer.core.program import Program
from explorer.figures.binding import bound_names
from explorer.figures.lazy import specification, to_json
from explorer.live.assets import PLOTLY, PLOTLY_WHOLE
from explorer.views.diagram import Diagram, Edge, Unit
from explorer.views.view import Chart


def chart_data(chart: Chart) -> dict[str, Any]:
    """Return what chart.js needs to draw a chart and make it follow."""
    minima = tuple(_minima(chart))
    return {
        "figure": to_json(chart.figure),
        "program": _module(
            chart.program,
            _bindings(chart.figure),
            tuple(chart.values),
            tuple(chart.rows),
            tuple(chart.each),
            chart.writes,
            tuple((column, tuple(names)) for column, names in _sources(chart).items()),
            _Pooled(chart.pool.program, chart.pool.steps, tuple(chart.pool.rows)) if chart.pool else None,
            tuple(_Search((minimum["of"], *minimum["slopes"]), tuple(minimum["over"])) for minimum in minima),
        ),
        "cells": {column: list(names) for column, names in chart.cells.items()},
        "pool": chart.pool and chart.pool.declaration(),
        "minima": minima,
        "values": {name: _number(value) for name, value in chart.values.items()},
        "rows": {column: [*map(_number, entries)] for column, entries in chart.rows.items()},
        "limits": {name: list(pair) for name, pair in chart.limits.items()},
        "filename": chart.filename,
        "alt": chart.alt,
        "writes": chart.writes,
    }


def _number(value: float) -> float | str:
    """A number, or a text where JSON has none."""
    return value if math.isfinite(value) else exact_text(value)


def diagram_data(diagram: Diagram) -> dict[str, Any]:
    """Return what diagram.js needs; numbers as text, since JSON has no infinity."""
    numbers = iter(diagram.numbers)

    def part(one: Unit | Edge) -> dict[str, Any]:
        shown = [vars(s) | {"value": exact_text(value)} for s, value in zip(one.shown, next(numbers), strict=True)]
        return vars(one) | {"shown": shown}

    units = [part(unit) for unit in diagram.units]
    return {"units": units, "edges": [part(edge) for edge in diagram.edges], "chosen": diagram.chosen, "label": diagram.label}


def plotly_for(*figures: go.Figure) -> Path:
    """Return the Plotly.js that draws some figures: the whole of it only where one of them has three dimensions."""
    return PLOTLY_WHOLE if any("scene" in specification(figure)["layout"] for figure in figures) else PLOTLY


def _minima(chart: Chart) -> Iterator[dict[str, Any]]:
    """What the traces of a chart declare to be found, with the inputs that it depends on and those that it sets."""
    for trace in specification(chart.figure)["data"]:
        if declared := (trace.get("meta") or {}).get("least"):
            inputs = chart.program.inputs_of((declared["of"], *declared["slopes"]))
            needs = _given((s.name for s in inputs if s.name not in declared["over"]), _sources(chart))
            yield {**declared, "needs": needs, "sets": [*declared["at"], declared["value"], *declared["ends"]]}


def _sources(chart: Chart) -> dict[str, Sequence[str]]:
    """Column of rows -> the inputs that it comes of, where it moves."""
    pool = chart.pool
    return {**chart.cells, **(dict.fromkeys((pool.place, *pool.sums), pool.needs) if pool else {})}


def _given(names: Iterable[str], cells: Mapping[str, Sequence[str]]) -> list[str]:
    """Inputs, with those that it comes of in place of a column."""
    return list(dict.fromkeys(entry for name in names for entry in cells.get(name, (name,))))


class _Search(NamedTuple):
    """Of a minimum: the step and its slopes, and the inputs over which it is sought."""

    names: tuple[str, ...]
    over: tuple[str, ...]


class _Pooled(NamedTuple):
    """Of a pool: its program, the steps that are wanted row by row, and its rows."""

    program: Program
    steps: tuple[str, ...]
    rows: tuple[str, ...]


class _Binding(NamedTuple):
    """Of one trace: the names it shows, the inputs it sweeps, the columns it runs along, the steps a hand sets inputs to."""

    names: tuple[str, ...]
    sweep: tuple[str, ...]
    along: tuple[str, ...]
    sets: tuple[str, ...]


def _bindings(figure: go.Figure) -> tuple[_Binding, ...]:
    metas = [trace.get("meta") or {} for trace in specification(figure)["data"]]
    return tuple(
        _Binding(
            tuple(bound_names(m)),
            tuple(m.get("sweep", {}).values()),
            tuple(m.get("along", ())),
            tuple(m.get("sets", {}).values()),
        )
        for m in metas
    )


@lru_cache(maxsize=64)
def _module(
    program: Program,
    bindings: tuple[_Binding, ...],
    given: tuple[str, ...],
    rows: tuple[str, ...],
    each: tuple[str, ...],
    writes: bool,
    cells: tuple[tuple[str, tuple[str, ...]], ...],
    pool: _Pooled | None,
    searches: tuple[_Search, ...],
) -> str:
    """Return a JavaScript module: for each trace its kernel, the inputs it needs and its setter; then the page's numbers."""
    kernel = partial(printers.javascript.kernel, program)
    exports = {
        "kernels": _list(kernel(b.names, (*b.sweep, *b.along), rows) if b.names else "null" for b in bindings),
        "needs": json.dumps(
            [_given((s.name for s in program.inputs_of(b.names) if s.name not in b.sweep), dict(cells)) for b in bindings]
        ),
        "setters": _list(kernel(b.sets) if b.sets else "null" for b in bindings),
    }
    if searches:
        exports["minima"] = _list(kernel(search.names, search.over, rows) for search in searches)
    if pool:
        exports["pool"] = printers.javascript.kernel(pool.program, pool.steps, pool.rows)
    if writes:
        missing = program.depends(s for s in program.inputs if s.name not in {*given, *rows})
        quantities = [name for name, symbol in program.symbols.items() if symbol not in missing and name not in rows]
        exports["quantities"] = kernel(quantities, (), rows)
    if each:
        exports["each"] = kernel(each, [name for name in rows if program.symbol(name) in program.inputs_of(each)])
    return "".join(f"export const {name} = {source};\n" for name, source in exports.items())


def _list(sources: Iterable[str]) -> str:
    return "[\n" + ",\n".join(sources) + "\n]"
