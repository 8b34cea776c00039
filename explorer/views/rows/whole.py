"""The view of /rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

import ibis

from explorer.core import notation, printers
from explorer.core.sweeps import means
from explorer.rows.analyses import weighing
from explorer.rows.analyses.calibration import Calibration
from explorer.rows.losses import default, program
from explorer.rows.report import Report
from explorer.views.rows import charts, data, text
from explorer.views.rows.fields import BINS, CONFIDENT, LIKELY, OF_A_BIN, TEMPERATURE, threshold
from explorer.views.rows.state import State
from explorer.views.view import LATEX, Chart, Slider, View

T = TypeVar("T")
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
    page = _Page(state, refused)
    if not (page.report.together or page.report).summary.weight:  # which is no more work than all that the page shows of it
        yield _without_rows(state, refused, page.report)
        return
    page.add_losses()
    yield page.view()
    calibration = data.calibration(state.rows, state.bins)
    if calibration:
        page.add_reliability(calibration)
        yield page.view()
    page.add_single_rows()
    yield page.view()
    if calibration:
        page.add_temperatures()
        yield page.view()
        page.texts["calibration"] = text.calibration(calibration)
        yield page.view()
    page.add_choices()
    yield page.view()


class _Page:
    """What is known so far of a state of which some rows count."""

    def __init__(self, state: State, refused: tuple[str, ...]) -> None:
        self.state, self.refused = state, refused
        self.report = data.report(state.rows, state.chosen, state.numbers)
        self.usual = data.report(state.rows)  # of the loss that such rows usually have
        self.texts, self.charts, self.numbers = dict[str, str](), list[Chart](), dict[str, float]()

    def view(self) -> View:
        state = self.state
        return View(
            state=state,
            refused=self.refused,
            title=f"{state.rows.source}: {state.chosen.title}",
            program=program(state.rows.layout, state.chosen, state.numbers),
            numbers=self.numbers | _moving(self.charts),
            sliders=_sliders(state),
            charts=tuple(self.charts),
            texts=dict(self.texts),
            layout=_layout(self.charts, self.texts),
            still=frozenset((*STILL, "summary", "carried")) & self.texts.keys(),
            print_code=partial(_code, state),
            own="" if state.data else state.rows.source,
        )

    def _kept(self, name: str, make: Callable[[], T], *more: object) -> T:
        """What is computed of the rows under the loss chosen, once."""
        return data.kept(self.state.rows, (name, self.state.chosen.name, self.state.values, *more), make)

    def add_losses(self) -> None:
        """The mean loss, and where rows lie on the curve of theirs."""
        state, layout = self.state, self.state.rows.layout
        self.texts["summary"] = text.summary(self.report, self.usual, layout, state.chosen)
        self.numbers |= _numbers(self.report, self.usual)
        self.charts.append(charts.distribution(self._kept("places", lambda: self.report.positions), state))
        self.texts["beyond"] = text.beyond(self.charts[0], self.report.infinite)
        if state.recognised:
            self.texts["recognised-table"] = text.recognised(layout)

    def add_reliability(self, calibration: Calibration) -> None:
        """How often predictions come true, at the temperature set."""
        self.numbers["ece"] = calibration.ece
        self.charts.append(charts.reliability(data.fine(self.state.rows), self.state))
        self.texts["temperature"] = text.temperature(self.state.temperature)

    def add_single_rows(self) -> None:
        """How much of the loss the worst rows carry, and the rows worth a look."""
        state = self.state
        of_bin = state.worst == OF_A_BIN
        self.texts["carried"] = text.carried(self._kept("share", self.report.worst_share))
        asked = (state.bin, state.bins, state.shown_temperature) if of_bin else (state.by,)
        single = self._kept("single", partial(_single, self.report, state), state.worst, *asked)
        said = text.bin_shown(state) if of_bin else text.split(state.by, EACH, len(single), ROOM)
        if not of_bin or state.chosen_bin:
            said += text.worst(single, state.rows.layout, state.chosen, state.numbers, own=not state.data)
        self.texts["worst-table"] = said

    def add_temperatures(self) -> None:
        """What temperatures do, and which is the best."""
        if math.isnan(self.usual.mean_finite):
            self.texts["at-temperature"] = text.no_temperature()
            return
        best = self.usual.temperature
        self.numbers |= {} if best is None else {"temperature": best}
        self.charts.append(charts.temperature(data.fine(self.state.rows), self.state, best))
        self.texts["at-temperature"] = text.at_temperature(best, self.charts[1])

    def add_choices(self) -> None:
        """Classes and groups, what another loss would weigh, and what libraries say: where each is chosen."""
        state, layout = self.state, self.state.rows.layout
        if state.classes and layout.classes:
            self.charts += charts.classes(self.report, layout)
            self.texts["classes-table"] = text.parts(self.report.by_class or (), "Class")
            if layout.group:
                self.texts["groups-table"] = text.parts(self.report.by_group or (), "Group")
        if state.weigh and layout.classes:
            make = partial(weighing.shares, state.rows.table, state.chosen, state.numbers)
            title = default(layout).title
            parts = self._kept("weighing", make) if state.chosen.title != title else ()
            self.texts["weighing-table"] = text.weighing(parts, title, state.chosen.title)
        if state.libraries and (means := data.kept(state.rows, "means", lambda: self.usual.libraries)):
            self.texts["libraries-table"] = text.libraries(means)


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
