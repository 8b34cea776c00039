"""The page /objective in a browser: a formula is judged, the link switched, and the page taken along without a server."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import explorer
from benchmarks.server import Server
from tests.browser.steps import address, check_fit_and_access, go_back, let_draw, open_page, quantity, settle, standing_alone


def test_what_is_written_is_judged_kept_and_taken_back(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/objective?loss=Squared+error")
    field = page.get_by_role("textbox", name="Your gradient")
    field.fill("2*(t - y)")
    field.press("Control+Enter")
    settle(page)
    expect(page.get_by_text("Gradient: sign flipped")).to_be_visible()
    assert address(page)["gradient"] == ["2*(t - y)"]
    page.get_by_text("exp", exact=True).click()
    settle(page)
    expect(page.get_by_text("Gradient: another quantity")).to_be_visible()
    assert field.input_value() == "2*(t - y)"
    go_back(page)
    settle(page)
    expect(page.get_by_text("Gradient: sign flipped")).to_be_visible()
    page.get_by_role("link", name="Put the sliders there").click()
    page.wait_for_url("**y=*")
    settle(page)
    assert quantity(page, "d_y") == pytest.approx(explorer.view(page.url).numbers["d_y"], rel=1e-12)
    field.fill("for k in range(3):\n    x = k\nreturn x, x")
    field.press("Control+Enter")
    settle(page)
    expect(page.get_by_text("Gradient: Line 1 is not read")).to_be_visible()
    assert field.input_value().startswith("for k")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_the_page_fits_the_screen_and_passes_axe(page: Page, server: Server, width: int, scheme: str) -> None:
    query = "gradient=t-p&hessian=1&boosting=true&training=true"
    check_fit_and_access(page, f"{server.url}/objective?{query}", scheme, width)


def test_remedies_follow_their_sliders_without_a_server(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "objective.html"
    query = "loss=Tukey's biweight loss&c=2&boosting=true&training=true&gradient=y-t"
    view = explorer.view(f"/objective?{query}")
    file.write_text(view.to_html(), encoding="utf-8")
    with standing_alone(browser, file) as alone:
        assert alone.locator(".live-chart[data-ready] .main-svg").count() >= len(view.charts) == 3
        assert alone.locator("pre").count() == 1
        alone.set_viewport_size({"width": 1280, "height": 4000})  # what is out of sight is written once it is seen
        alone.locator("summary").click()
        for name, value in (("y", "1.2"), ("log_least", "-1"), ("reg_lambda", "1")):
            alone.locator(f"input[name={name}]").fill(value)
        let_draw(alone)
        found = explorer.view(f"/objective?{query}&y=1.2&log_least=-1&reg_lambda=1").numbers
        assert [quantity(alone, n) for n in ("L", "d_y", "h1_leaf", "h3_leaf")] == pytest.approx(
            [found[n] for n in ("L", "d_y", "h1_leaf", "h3_leaf")], rel=1e-12
        )
