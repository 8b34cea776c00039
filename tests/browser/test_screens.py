"""A lecture hall's screen and a phone's: what grows, and what shows that it goes on."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from benchmarks.server import Server
from tests.browser.steps import open_page

SIZES = """() => {
  const text = document.querySelector('[data-testid=stMarkdownContainer] p');
  const plots = [...document.querySelectorAll('.live-plot')];
  const main = document.querySelector('[data-testid=stMain]');
  return {text: parseFloat(getComputedStyle(text).fontSize), type: plots.map(plot => plot._fullLayout.font.size),
    height: plots.map(plot => plot.offsetHeight), fits: main.scrollWidth <= main.clientWidth};
}"""
FADES = """() => [...document.querySelectorAll('.live-formula, .live-worked, .live-table, .live-edit-frame')].map(
  e => [e.scrollWidth > e.clientWidth + 1, getComputedStyle(e).maskImage !== 'none'])"""


def test_charts_and_type_grow_on_a_wide_screen(page: Page, server: Server) -> None:
    sizes = {}
    for width, height in ((1280, 900), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        open_page(page, f"{server.url}/categorical")
        sizes[width] = page.evaluate(SIZES)
        assert sizes[width]["fits"]
    near, far = sizes[1280], sizes[1920]
    assert far["text"] >= 1.2 * near["text"]
    assert all(wide >= 1.2 * narrow for wide, narrow in zip(far["type"], near["type"], strict=True))
    assert all(wide >= 1.2 * narrow for wide, narrow in zip(far["height"], near["height"], strict=True))


def test_the_menu_shows_where_the_focus_is(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/binary")
    page.get_by_role("link", name="Skip to main content").focus()
    for name in ("Binary", "Categorical"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name=name, exact=True)).to_be_focused()
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_what_scrolls_sideways_fades_where_it_goes_on_and_nothing_else_does(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("categorical?classes=10", "rows?data=Five+classes&recognised=true&split=by+class"):
        open_page(page, f"{server.url}/{path}")
        found = page.evaluate(FADES)
        assert [fades for _, fades in found] == [scrolls for scrolls, _ in found]
        assert {True, False} == {scrolls for scrolls, _ in found}
