"""What a first visit fetches, and when."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.server import Server
from explorer.pages import PAGES
from tests.browser.steps import CHART, new_tab, open_page, settle


@pytest.fixture(scope="module")
def newcomer(browser: Browser) -> Iterator[Page]:
    """A tab of a browser that has nothing stored."""
    with new_tab(browser) as page:
        yield page


def fetched(page: Page) -> list[str]:
    """The scripts that were fetched, by their paths."""
    scripts: list[str] = page.evaluate("performance.getEntriesByType('resource').map(entry => new URL(entry.name).pathname)")
    return [path.removeprefix("/") for path in scripts if path.endswith(".js")]


@pytest.mark.parametrize("name", ["", *PAGES])
def test_every_script_of_a_page_is_asked_for_at_once(newcomer: Page, server: Server, name: str) -> None:
    newcomer.goto(f"{server.url}/{name}")
    settle(newcomer)
    assert newcomer.locator(CHART).count() or name == "lessons"
    with urlopen(f"{server.url}/{name}") as answer:
        ahead = answer.read().decode()
    scripts = fetched(newcomer)
    assert any("Slider" in script for script in scripts)
    assert [script for script in scripts if script not in ahead] == []
    assert not any(script.endswith("/plotly.min.js") for script in scripts)


WATCH = """
  window.order = [];
  new MutationObserver((records) => {
    for (const { target } of records) {
      if (!target.matches(".live-chart")) continue;
      const { top, bottom } = target.getBoundingClientRect();
      const heights = Array.from(document.querySelectorAll(".live-plot"), (plot) => plot.offsetHeight);
      order.push({ seen: bottom > 0 && top < innerHeight, heights });
    }
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-ready"] });
"""


def test_charts_in_view_are_drawn_first_then_the_others_in_places_kept_for_them(newcomer: Page, server: Server) -> None:
    newcomer.set_viewport_size({"width": 1280, "height": 500})
    newcomer.add_init_script(WATCH)
    open_page(newcomer, f"{server.url}/network")
    order = newcomer.evaluate("order")
    assert [chart["seen"] for chart in (order[0], order[-1])] == [True, False]
    assert len(order) == 4
    assert len({height for chart in order for height in chart["heights"]}) == 1
