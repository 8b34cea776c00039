"""What a person does and sees on a page with a live chart."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page

CHART = ".live-chart[data-ready]"


def open_page(page: Page, url: str) -> None:
    """Open an address and wait until its charts are interactive and its script run has ended."""
    page.goto(url)
    page.wait_for_selector(CHART)
    settle(page)
    wait_until(page, "[...document.querySelectorAll('.live-chart')].every(chart => chart.dataset.ready)")


def settle(page: Page) -> None:
    """Wait until Streamlit is idle, also where one run calls for another, and what it sent has been drawn."""
    for _ in range(2):
        page.wait_for_timeout(200)
        wait_until(page, "document.querySelector('.stApp')?.dataset.testScriptState !== 'running'")
    page.wait_for_timeout(100)


def go_back(page: Page) -> None:
    """Press Back, and wait until the page shows what it did before."""
    page.go_back()
    page.wait_for_timeout(500)
    settle(page)


def wait_until(page: Page, condition: str) -> None:
    """Wait until a JavaScript condition holds. Playwright's own wait needs eval, which the page's policy forbids."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"Within 10 seconds this never held: {condition}")


def thumb(page: Page, key: str) -> Locator:
    """The native range input of a slider, as the live chart finds it."""
    return page.locator(f".st-key-{key} input[type=range]")


def thumb_value(page: Page, key: str) -> float:
    return float(thumb(page, key).input_value())


def thumb_centre(page: Page, key: str) -> tuple[float, float]:
    """Where the thumb of a slider is on the screen."""
    box = page.evaluate(
        """key => {
          const input = document.querySelector(`.st-key-${key} input[type=range]`);
          let thumb = input;
          const isThumb = e => getComputedStyle(e).position === 'absolute' && e.getBoundingClientRect().width >= 4;
          while (!isThumb(thumb)) thumb = thumb.parentElement;
          const box = thumb.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];
        }""",
        key,
    )
    return box[0], box[1]


def quantity(page: Page, name: str) -> float:
    """The plain number that the page shows for a step."""
    text = page.locator(f"[data-quantity='{name}']").first.get_attribute("data-value")
    assert text is not None
    return float(text.replace("Infinity", "inf"))


def address(page: Page) -> dict[str, list[str]]:
    """The page's address: each name with its values."""
    return parse_qs(urlsplit(page.url).query)


def trace(page: Page, uid: str) -> dict[str, Any]:
    """What Plotly has drawn of a trace, on whichever chart: x, y, base and z as lists, and whether it is visible."""
    drawn: dict[str, Any] = page.evaluate(
        """uid => {
          const trace = [...document.querySelectorAll('.live-plot')].flatMap(plot => plot._fullData).find(t => t.uid === uid);
          const plain = v => ArrayBuffer.isView(v) || Array.isArray(v) ? Array.from(v, plain) : v;
          return Object.fromEntries(['x', 'y', 'base', 'z', 'visible'].map(name => [name, plain(trace[name])]));
        }""",
        uid,
    )
    return drawn


def axis_range(page: Page, axis: str) -> list[float]:
    found: list[float] = page.evaluate("axis => Array.from(document.querySelector('.live-plot')._fullLayout[axis].range)", axis)
    return found


def count_messages(page: Page) -> list[str | bytes]:
    """A list to which every WebSocket message that the page sends from its next opening on is added."""
    sent: list[str | bytes] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    return sent
