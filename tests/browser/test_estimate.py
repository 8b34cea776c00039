"""A dot that a hand moves takes the minimum of each loss along, before Python speaks; a point its lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser

from explorer.core.estimate import STARTS, estimate
from explorer.core.fit import START, fit
from explorer.core.losses import LOSSES
from explorer.figures.estimate import estimate_figure, fit_figure
from explorer.live.standalone import page_of
from explorer.views.markup import quantity as shown
from explorer.views.view import Chart, View, Written
from tests.browser.steps import let_draw, quantity, standing_alone


@dataclass(frozen=True)
class State:
    page = "losses"

    def write(self) -> Written:
        return {}


def test_the_minimum_follows_a_dot_and_the_line_a_point(browser: Browser, tmp_path: Path) -> None:
    losses = tuple(LOSSES[name] for name in ("squared_error", "absolute_error", "huber", "quantile", "welsch"))
    one, lines = estimate(losses, 9), fit(losses[:1])
    dots, points = one.solved(one.start("skewed")), lines.solved(lines.start())
    of_dots = Chart(
        "estimate", "Mean loss", "Mean losses", "estimate", estimate_figure(dots), one.program, dots.values,
        dict.fromkeys(one.dots, one.axis), {"t": dots.rows["t"].tolist()}, cells=one.cells,
    )  # fmt: skip
    of_points = Chart(
        "fit", "Lines", "Lines", "fit", fit_figure(points), lines.program, points.values,
        {name: (0.0, 10.0) for names in lines.cells.values() for name in names},
        {name: column.tolist() for name, column in points.rows.items()}, cells=lines.cells,
    )  # fmt: skip
    names = ("best1", "best2", "fit_slope1")
    text = "".join(shown(name, {**dots.values, **points.numbers}[name]) for name in names)
    layout = ((("text",), ("estimate",), ("fit",)),)
    view = View(State(), (), "Estimates", one.program, dots.values, (of_dots, of_points), {"text": text}, layout, lambda _: "")
    file = tmp_path / "page.html"
    file.write_text(page_of(view), encoding="utf-8")
    with standing_alone(browser, file) as page:
        assert quantity(page, "best1") == pytest.approx(np.mean(STARTS["skewed"]), abs=1e-9)
        page.locator("[data-grip=t9]").focus()
        page.keyboard.press("Home")
        let_draw(page)
        moved = [*STARTS["skewed"][:8], 0.0]
        assert quantity(page, "best1") == pytest.approx(np.mean(moved), abs=1e-9)
        assert quantity(page, "best2") == np.median(moved)
        page.locator("[data-grip='fit_x10 fit_y10']").focus()
        page.keyboard.press("ArrowUp")
        let_draw(page)
        x, y = np.array(START).T
        y[9] += 0.1  # a key moves a point by a hundredth of its way
        assert quantity(page, "fit_slope1") == pytest.approx(np.polyfit(x, y, 1)[0], abs=1e-9)
