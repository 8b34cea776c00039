"""Every page without a server: all of it is there, follows its sliders, fits its window, and asks for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

import explorer
from explorer.views.view import View
from tests.browser.steps import let_draw, quantity, standing_alone

SHOWN = {
    "/binary?p=0.3&t=0.6&squared=true": {"p": 0.4},
    "/binary?by=logit&z=40&t=0": {"z": 20.0, "t": 0.5},
    "/categorical?target=distribution&options=class+weights&options=focal&t1=0.6&t2=0.4": {"p2": 0.4, "t1": 0.5, "gamma": 1.5},
    "/categorical?classes=10&by=logit&options=temperature&names=%C3%84,b&batch=1+2+3;x&z1=500": {"z2": 3.0, "T": 2.0},
    "/algebra?start=network&sizes=2-3-1": {"w1_1_1": 0.7},
    "/losses?typed=log%281+%2B+exp%28-y%2Af%29%29%2Fscale&loss=hinge": {"f": 0.5, "scale_typed": 2.5},
}
"""Addresses, and where their sliders are moved."""


def loss(view: View, moved: Mapping[str, float]) -> float:
    """The loss of a view once some of its sliders have moved, by its program."""
    values = {**dict.fromkeys((s.name for s in view.program.inputs), 0.0), **view.charts[0].values, **moved}
    return float(view.program.evaluate({s.name: values[s.name] for s in view.program.inputs}, ["L"])["L"])


def wide(page: Page) -> Any:
    """How far the page reaches beyond its window, in pixels, once each chart is drawn anew."""
    reach = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    waits = iter(range(50))  # the page's policy lets nobody wait for a function in it
    while (beyond := page.evaluate(reach)) and next(waits, None) is not None:
        page.wait_for_timeout(100)
    return beyond


@pytest.mark.parametrize("address", SHOWN)
def test_a_page_without_a_server_is_whole_and_live(browser: Browser, tmp_path: Path, address: str) -> None:
    view = explorer.view(address)
    file = tmp_path / "page.html"
    file.write_text(view.to_html(), encoding="utf-8")
    assert file.stat().st_size < 6_000_000
    with standing_alone(browser, file) as page:
        assert page.evaluate("[...document.querySelectorAll('input[type=range]')].map(i => i.name)") == [
            slider.name for slider in view.sliders
        ]
        assert page.locator(".live-chart[data-ready] .main-svg").count() >= len(view.charts)
        assert page.locator(".live-text").count() >= len(view.texts)
        assert quantity(page, "L") == pytest.approx(view.numbers["L"], rel=1e-12)
        for name, value in SHOWN[address].items():
            page.locator(f"input[name={name}]").fill(str(value))
        let_draw(page)
        assert quantity(page, "L") == pytest.approx(loss(view, SHOWN[address]), rel=1e-12)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert wide(page) == 0
        page.emulate_media(color_scheme="dark")
        let_draw(page)
        ground = "element => getComputedStyle(element).backgroundColor"
        assert [page.locator(part).first.evaluate(ground) for part in ("body", ".main-svg")] == ["rgb(14, 17, 23)"] * 2
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []


def test_a_loss_so_large_that_its_field_is_flat_is_drawn(browser: Browser, tmp_path: Path) -> None:
    view = explorer.view("/network?hidden=relu&loss=squared+error&steps=300&rate=1000")
    assert view.numbers["L"] > 1e300
    file = tmp_path / "page.html"
    file.write_text(view.to_html(), encoding="utf-8")
    with standing_alone(browser, file) as page:
        assert page.locator(".live-chart[data-ready]").count() == len(view.charts)


def test_a_hand_on_a_chart_moves_the_slider(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(explorer.view("/binary?p=0.3").to_html(), encoding="utf-8")
    with standing_alone(browser, file) as page:
        grip = page.locator("[data-grip=p]").first
        grip.scroll_into_view_if_needed()
        box = grip.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 80, y, steps=6)
        page.mouse.move(x + 30, y, steps=3)
        page.mouse.up()
        let_draw(page)
        moved = float(page.locator("input[name=p]").input_value())
        assert 0.3 < moved < 0.6
        assert quantity(page, "p") == moved


def test_what_does_not_follow_the_sliders_says_so_once_they_have_moved(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(explorer.view("/binary?p=0").to_html(), encoding="utf-8")
    with standing_alone(browser, file) as page:
        note, since = page.get_by_text("L = ∞: p = 0"), page.get_by_text("Computed for the numbers that this page opened with.")
        assert (note.is_visible(), since.is_visible()) == (True, False)
        page.locator("input[name=p]").fill("0.5")
        assert (note.is_visible(), since.is_visible()) == (False, True)
        page.locator("input[name=p]").fill("0")
        assert (note.is_visible(), since.is_visible()) == (True, False)
