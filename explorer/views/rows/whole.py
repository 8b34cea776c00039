"""The view of /rows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import ibis

from explorer.core import notation, printers
from explorer.core.sweeps import means
from explorer.rows.analyses import weighing
from explorer.rows.losses import default, program
from explorer.rows.report import Report
from explorer.views.rows import charts, data, text
from explorer.views.rows.fields import BINS, CONFIDENT, LIKELY, OF_A_BIN, TEMPERATURE, threshold
from explorer.views.rows.state import State
from explorer.views.view import LATEX, Chart, Slider, View

STILL = tuple(f"{name}-table" for name in ("recognised", "worst", "classes", "groups", "libraries", "weighing"))
"""Texts that hold for the settled numbers alone."""
SHOWN, EACH, ROOM = 20, 5, 100
"""How many rows the table shows: of all, of each class or group, and of those at most."""


def view(state: State, refused: tuple[str, ...] = ()) -> View:
    """Return what a state shows."""
    *_, whole = growing(state, refused)
    return whole


def growing(state: State, refused: tuple[str, ...] = ()) -> Iterator[View]:
    """Yield what a state shows as it becomes known, the cheapest first: each view has all of the one before, and more."""
    rows, layout = state.rows, state.rows.layout
    report, usual = data.report(rows, state.chosen, state.numbers), data.report(rows)
    if not (report.together or report).summary.weight:  # which is no more work than all that the page shows of it
        yield _without_rows(state, refused, report)
        return
    known = (state.chosen.name, state.values)
    texts, pictures, numbers = dict[str, str](), list[Chart](), dict[str, float]()

    def so_far() -> View:
        return View(
            state=state,
            refused=refused,
            title=f"{rows.source}: {state.chosen.title}",
            program=program(layout, state.chosen, state.numbers),
            numbers=numbers | _moving(pictures),
            sliders=_sliders(state),
            charts=tuple(pictures),
            texts=dict(texts),
            layout=_layout(pictures, texts),
            still=frozenset((*STILL, "summary", "carried")) & texts.keys(),
            print_code=partial(_code, state),
            own="" if state.data else rows.source,
        )

    texts["summary"] = text.summary(report, usual, layout, state.chosen)
    numbers |= _numbers(report, usual)
    pictures.append(charts.distribution(data.kept(rows, ("places", *known), lambda: report.positions), state))
    texts["beyond"] = text.beyond(pictures[0], report.infinite)
    if state.recognised:
        texts["recognised-table"] = text.recognised(layout)
    yield so_far()
    calibration = data.calibration(rows, state.bins)
    if calibration:
        numbers["ece"] = calibration.ece
        pictures.append(charts.reliability(data.fine(rows), state))
        texts["temperature"] = text.temperature(state.temperature)
        yield so_far()
    texts["carried"] = text.carried(data.kept(rows, ("share", *known), report.worst_share))
    asked = (state.bin, state.bins, state.shown_temperature) if state.worst == OF_A_BIN else (state.by,)
    single = data.kept(rows, ("single", *known, state.worst, *asked), partial(_single, report, state))
    texts["worst-table"] = text.bin_shown(state) if state.worst == OF_A_BIN else text.split(state.by, EACH, len(single), ROOM)
    if state.worst != OF_A_BIN or state.chosen_bin:
        texts["worst-table"] += text.worst(single, layout, state.chosen, state.numbers, own=not state.data)
    yield so_far()
    if calibration:
        if math.isnan(usual.mean_finite):
            texts["at-temperature"] = text.no_temperature()
        else:
            best = usual.temperature
            numbers |= {} if best is None else {"temperature": best}
            pictures.append(charts.temperature(data.fine(rows), state, best))
            texts["at-temperature"] = text.at_temperature(best, pictures[1])
        yield so_far()
        texts["calibration"] = text.calibration(calibration)
        yield so_far()
    if state.classes and layout.classes:
        pictures += charts.classes(report, layout)
        texts["classes-table"] = text.parts(report.by_class or (), "Class")
        if layout.group:
            texts["groups-table"] = text.parts(report.by_group or (), "Group")
    if state.weigh and layout.classes:
        make = partial(weighing.shares, rows.table, state.chosen, state.numbers)
        title = default(layout).title
        parts = data.kept(rows, ("weighing", *known), make) if state.chosen.title != title else ()
        texts["weighing-table"] = text.weighing(parts, title, state.chosen.title)
    if state.libraries and (means := data.kept(rows, "means", lambda: usual.libraries)):
        texts["libraries-table"] = text.libraries(means)
    yield so_far()


def _without_rows(state: State, refused: tuple[str, ...], report: Report) -> View:
    """What is shown where no row counts: why."""
    texts = {"nothing": text.nothing(report)}
    if state.recognised:
        texts["recognised-table"] = text.recognised(state.rows.layout)
    return View(
        state=state,
        refused=refused,
        title=f"{state.rows.source}: no row counts",
        program=program(state.rows.layout, state.chosen, state.numbers),
        numbers={"rows": 0.0},
        charts=(),
        texts=texts,
        layout=tuple(((key,),) for key in texts),
        print_code=partial(_code, state),
    )


def _single(report: Report, state: State) -> list[dict[str, object]]:
    if state.worst == CONFIDENT:
        return report.confidently_wrong(SHOWN)
    if state.worst == LIKELY:
        return report.likely_wrong_label(SHOWN)
    if state.worst == OF_A_BIN:
        binned = replace(report, bins=state.bins)
        return binned.in_bin(state.bin - 1, SHOWN, temperature=state.shown_temperature) if state.chosen_bin else []
    if state.by:
        return report.worst_rows(EACH, state.by)[:ROOM]
    return report.worst[:SHOWN]


def _numbers(report: Report, usual: Report) -> dict[str, float]:
    """What the page says of all rows first."""
    found = {
        "rows": float(report.count),
        "mean_loss": report.mean_loss,
        "mean_of_means": report.mean_of_means,
        "accuracy": usual.accuracy,
        "floor": usual.floor,
    }
    return {name: float(value) + 0.0 for name, value in found.items() if value is not None}


def _moving(pictures: Sequence[Chart]) -> dict[str, float]:
    """What the pictures keep moving: means over the cells or bins that they hold."""
    return {
        name: value
        for chart in pictures
        if chart.writes
        for name, value in (*chart.values.items(), *means(chart.program, chart.values, chart.rows).items())
    }


def _sliders(state: State) -> tuple[Slider, ...]:
    moved = [Slider(threshold(state.rows.layout), state.threshold)]
    if state.rows.layout.classes:
        moved += [Slider(TEMPERATURE, state.temperature), Slider(BINS, state.bins)]
    return tuple(moved)


def _layout(pictures: list[Chart], texts: dict[str, str]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    keys = [chart.key for chart in pictures]
    rows: list[tuple[tuple[str, ...], ...]] = [(("summary", "carried", "beyond"), (keys[0],))]
    moved = [key for key in keys if key == "temperature-chart"]
    rows += [((keys[1], "calibration"), ("temperature", *moved, "at-temperature"))] if keys[1:] else []
    others = [key for key in keys[2:] if key not in moved]
    rows += [tuple((key,) for key in others[k : k + 2]) for k in range(0, len(others), 2)]
    placed = {"summary", "carried", "beyond", "calibration", "temperature", "at-temperature"}
    return (*rows, *(((key,),) for key in texts if key not in placed))


def _code(state: State, language: str) -> str:
    """The loss over the columns of the rows; in SQL the query that is run on them."""
    if language == "SQL":
        return str(ibis.to_sql(data.report(state.rows, state.chosen, state.numbers).rows))
    made = program(state.rows.layout, state.chosen, state.numbers)
    if language == LATEX:
        return f"L = {notation.latex(state.chosen.shown)}"
    if language == "SymPy":
        return printers.sympy.expressions(**{state.chosen.name: state.chosen.shown})
    return printers.language(language).code(made, outputs=["L"])
