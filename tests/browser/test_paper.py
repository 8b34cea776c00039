"""A page on paper: nothing lies on top of another block, nothing is cut off, and no formula vanishes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.server import Server
from tests.browser.steps import downloaded_page, let_draw, open_page, settle

UPRIGHT, ACROSS = 703, 1032
"""An A4 page's width in pixels within its margins."""

BLOCKS = """() => {
  dispatchEvent(new Event('beforeprint'));
  const seen = e => e.getClientRects().length && e.getBoundingClientRect().height > 0;
  const alone = '.live-page > h1, .live-sliders, .live-column > *';
  const all = [...document.querySelectorAll(`main [data-testid=stElementContainer], ${alone}`)];
  const blocks = all.filter(seen).map(e => [e.className.slice(0, 80), e.getBoundingClientRect()]);
  const over = [], wide = [];
  blocks.forEach(([name, a], i) => blocks.slice(i + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 2 && down > 2) over.push([name, other, across, down]);
  }));
  const limit = document.documentElement.clientWidth + 1;
  for (const e of document.querySelectorAll(
    'main [data-testid=stElementContainer], .live-chart, .main-svg, .live-text *, .live-edit *, .katex-html, .live-net svg',
  )) {
    const box = e.getBoundingClientRect();
    if (seen(e) && box.right > limit && box.width > 1) wide.push([e.tagName, e.className.toString().slice(0, 60), box.right]);
    if (seen(e) && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible' && e.clientWidth) wide.push(
      [e.tagName, 'scrolls', e.className.toString().slice(0, 60)]);
  }
  const letters = [...document.querySelectorAll('.katex, .live-text math')].map(e => parseFloat(getComputedStyle(e).fontSize));
  const tiny = letters.filter(size => size < 4);
  return {over, wide, tiny: tiny.length, count: blocks.length};
}"""


@pytest.mark.parametrize(
    "address",
    [
        "binary?squared=true&other=true",
        "categorical?target=distribution&options=label+smoothing",
        "categorical?classes=10",
        "network?numbers=true",
        "algebra?chain=gradient+p%3Bfactor",
        "losses?facts=true&estimate=true&fit=true",
        "objective?gradient=t-p&hessian=1&boosting=true&training=true",
        "rows?data=Five+classes&recognised=true&libraries=true",
        "doctor?told=nan&constants=true",
    ],
)
def test_on_paper_nothing_overlaps_and_nothing_is_cut(page: Page, server: Server, address: str) -> None:
    open_page(page, f"{server.url}/{address}")
    page.emulate_media(media="print")
    for width in (UPRIGHT, ACROSS):
        page.set_viewport_size({"width": width, "height": 1000})
        settle(page)
        found = page.evaluate(BLOCKS)
        assert found["count"] > 8
        assert found["over"] == []
        assert found["wide"] == []
        assert found["tiny"] == 0


def test_a_page_without_a_server_fits_the_paper(browser: Browser, page: Page, server: Server, tmp_path: Path) -> None:
    open_page(page, f"{server.url}/binary?p=0.3")
    with downloaded_page(browser, page, tmp_path, "binary.html") as alone:
        alone.emulate_media(media="print")
        alone.set_viewport_size({"width": UPRIGHT, "height": 1000})
        let_draw(alone)
        found = alone.evaluate(BLOCKS)
        assert found["count"] >= 3
        assert (found["over"], found["wide"], found["tiny"]) == ([], [], 0)
