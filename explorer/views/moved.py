"""The numbers of a chart after some inputs have moved, as a browser shows them."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.core.minimum import Minimum, solve
from explorer.core.sweeps import averaged
from explorer.figures.lazy import specification
from explorer.views.view import Chart


def numbers_at(chart: Chart, values: Mapping[str, float]) -> dict[str, float]:
    """Return every input and step of a chart's program that does not wait for a sweep, at other values of its inputs.

    Parameters
    ----------
    values : mapping
        Input -> number, of those that have moved; names that the chart does not have are passed over.
    """
    given = {name: float(values.get(name, number)) for name, number in chart.values.items()}
    rows = {**chart.rows, **{column: [given[name] for name in names] for column, names in chart.cells.items()}}
    for trace in specification(chart.figure)["data"]:
        if declared := (trace.get("meta") or {}).get("least"):
            given |= solve(chart.program, Minimum(**declared), given, rows)
    missing = chart.program.depends(s for s in chart.program.inputs if s.name not in {*given, *rows})
    names = [name for name, symbol in chart.program.symbols.items() if symbol not in missing and name not in rows]
    return {name: float(number) for name, number in averaged(chart.program, names, given, {}, rows).items()}
