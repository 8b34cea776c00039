"""Fields that are painted while numbers move, held against what Plotly draws of the same numbers."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from playwright.sync_api import Page

from benchmarks.server import Server
from tests.browser.steps import let_draw, open_page, thumb_centre

# Shares of pixels that differ: by more than what rounding a colour does, and by so much that another band must be there.
COMPARE = """
async (pictures) => {
  const [a, b] = await Promise.all(pictures.map(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    return canvas.getImageData(0, 0, image.width, image.height).data;
  }));
  let differ = 0;
  for (let i = 0; i < a.length; i += 4) differ += [0, 1, 2].some((c) => Math.abs(a[i + c] - b[i + c]) > 12);
  return (4 * differ) / a.length;
}
"""

PLOT = "document.querySelector('.st-key-decision-chart .live-plot')"


def picture(page: Page) -> str:
    """What is seen of the plot area of the predictions."""
    box: Any = page.evaluate(
        f"""(() => {{
          const plot = {PLOT}, {{ _size: s }} = plot._fullLayout, box = plot.getBoundingClientRect();
          return {{ x: box.x + s.l, y: box.y + s.t, width: s.w, height: s.h }};
        }})()"""
    )
    return base64.b64encode(page.screenshot(clip=box)).decode()


@pytest.mark.parametrize(
    ("query", "share"),
    [
        ("data=moons&steps=40&rule=Adam&rate=0.1", 0.03),  # a contour: its lines are drawn with soft edges
        ("data=spirals&sizes=2-4-3&loss=cross-entropy,+class+index&steps=40&rule=Adam&rate=0.1", 0.01),  # a heat map
    ],
    ids=["contour", "heatmap"],
)
def test_what_is_painted_is_what_plotly_draws(page: Page, server: Server, query: str, share: float) -> None:
    page.set_viewport_size({"width": 1280, "height": 1500})
    open_page(page, f"{server.url}/network?{query}")
    settled = picture(page)
    x, y = thumb_centre(page, "b1_1")
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(x + 6 * step, y)
        page.wait_for_timeout(60)
    assert page.locator(".st-key-decision-chart .live-painted").count() == 1
    painted = picture(page)
    page.evaluate(
        f"""(async () => {{
          document.querySelectorAll(".live-field").forEach((field) => field.remove());
          document.querySelectorAll(".live-painted").forEach((group) => group.classList.remove("live-painted"));
          await Plotly.redraw({PLOT});
        }})()"""
    )
    let_draw(page)
    drawn = picture(page)
    assert page.evaluate(COMPARE, [painted, settled]) > 2 * share  # something moved
    assert page.evaluate(COMPARE, [painted, drawn]) < share
    page.mouse.up()
