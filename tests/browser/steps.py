"""What a person does and sees on a page with a live chart."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Request

from benchmarks.server import serving

SERVE = """
import streamlit as st
from starlette.middleware import Middleware

from explorer.live.front_end import routes
from explorer.server.headers import SecurityHeaders

app = st.App({script!r}, routes=routes(), middleware=[Middleware(SecurityHeaders)])
"""
CHART = ".live-chart[data-ready]"
HEADS = "[...document.querySelectorAll('.live-chart > .live-title')].map(e => [e.innerText, e.scrollWidth <= e.clientWidth])"
WATCH = (Path(__file__).parent / "watch.js").read_text(encoding="utf-8")


@contextmanager
def new_tab(browser: Browser, **options: Any) -> Iterator[Page]:
    """A tab of a browser that has nothing stored, which knows when its page is at rest."""
    with browser.new_context(**options) as context:
        context.add_init_script(WATCH)
        yield context.new_page()


def open_page(page: Page, url: str) -> None:
    """Open an address and wait until its charts are interactive and its script run has ended."""
    page.goto(url)
    page.wait_for_selector(CHART)
    settle(page)
    wait_until(page, "[...document.querySelectorAll('.live-chart')].every(chart => chart.dataset.ready)")


def leave(page: Page) -> None:
    """Leave what is open, and forget what it stored: what is opened next has a visitor who comes for the first time."""
    page.evaluate("location.protocol === 'about:' || (localStorage.clear(), sessionStorage.clear())")
    page.context.clear_cookies()
    page.goto("about:blank")


def settle(page: Page) -> None:
    """Wait until Streamlit is idle, also where one run calls for another, and what it sent has been drawn; see watch.js."""
    resting = page.evaluate("atRest()")
    assert resting is True, f"Within a minute the page was never at rest: {resting}"


def let_draw(page: Page) -> None:
    """Wait until any page, also one from a file, has drawn what a hand did: it was idle four times, in its own time."""
    page.evaluate(
        """() => new Promise((resolve) => {
          let left = 4;
          const look = () => (left-- ? setTimeout(() => requestIdleCallback(look, { timeout: 100 }), 20) : resolve());
          look();
        })"""
    )


def follow(page: Page) -> None:
    """Wait until the page has drawn what follows from a hand that has not let go yet."""
    assert page.evaluate("hasFollowed()") is True


def go_back(page: Page) -> None:
    """Press Back, and wait until the page shows what it did before."""
    page.go_back()
    settle(page)


def go_forward(page: Page) -> None:
    """Press Forward, and wait as `go_back` does."""
    page.go_forward()
    settle(page)


def wait_until(page: Page, condition: str) -> None:
    """Wait until a JavaScript condition holds. Playwright's own wait needs eval, which the page's policy forbids."""
    assert eventually(page, lambda: bool(page.evaluate(condition))), f"Within 30 seconds this never held: {condition}"


def eventually(page: Page, holds: Callable[[], bool]) -> bool:
    """Whether something holds within 30 seconds: what Python has answered may be drawn late by a busy browser."""
    end = time.monotonic() + 30
    while not holds():
        if time.monotonic() > end:
            return False
        page.wait_for_timeout(20)
    return True


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


def hold_thumb(page: Page, key: str, pixels: int) -> None:
    """Drag a slider's thumb sideways and do not release it; wait until the page has followed."""
    thumb(page, key).scroll_into_view_if_needed()
    x, y = thumb_centre(page, key)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + pixels, y, steps=8)
    follow(page)


def hold_arrow(page: Page, key: str, repeats: int) -> None:
    """Hold the right arrow key on a slider, and wait until all that follows from it has ended."""
    thumb(page, key).focus()
    for _ in range(repeats):
        page.keyboard.down("ArrowRight")
    page.keyboard.up("ArrowRight")
    settle(page)


def not_reached_by_keyboard(page: Page, controls: Sequence[str], presses: int) -> list[str]:
    """Press Tab until every control has had the focus, so often at most; return those that have not, by their names."""
    missing = list(controls)
    for _ in range(presses):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
              const e = document.activeElement;
              return e.getAttribute('aria-label') || e.closest('label')?.innerText || e.innerText || e.tagName;
            }"""
        )
        missing = [control for control in missing if control not in focused]
        if not missing:
            break
    return missing


def paste(target: Locator, text: str) -> None:
    """Paste text into an input."""
    target.evaluate(
        """(input, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData('text/plain', text);
          input.focus();
          const event = new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true});
          if (input.dispatchEvent(event)) document.execCommand('insertText', false, text);
        }""",
        text,
    )


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


def check_fit_and_access(page: Page, url: str, scheme: Any, *widths: int) -> None:
    """Open an address in a theme, at the first width: nothing is cut off, axe finds no barrier, each chart has a heading."""
    page.emulate_media(color_scheme=scheme)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        if width == widths[0]:
            open_page(page, url)
        settle(page)
        main = "document.querySelector('[data-testid=stMain]')"
        assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth")
        ground = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
        assert page.evaluate("getComputedStyle(document.querySelector('.main-svg')).backgroundColor") == ground
        heads = page.evaluate(HEADS)
        assert len(heads) == page.locator(".live-chart").count()
        assert all(text and whole for text, whole in heads), (width, heads)
        assert barriers(page) == []


def barriers(page: Page) -> list[tuple[str, str]]:
    """The serious and critical barriers that axe finds: each rule with the first element that breaks it."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")]


@contextmanager
def downloaded_page(browser: Browser, page: Page, folder: Path, name: str) -> Iterator[Page]:
    """Download the view as a page, under a name, and open it as `standing_alone` does."""
    page.get_by_role("button", name="Share").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Page", exact=True).click()
    assert started.value.suggested_filename == name
    started.value.save_as(folder / name)
    with standing_alone(browser, folder / name) as alone:
        yield alone


@contextmanager
def standing_alone(browser: Browser, file: Path, ready: str = "main[data-ready]") -> Iterator[Page]:
    """Open a page without a server, and without a network; it must log nothing and ask for nothing."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    alone = context.new_page()
    said: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith(("file:", "blob:", "data:")):
            said.append(request.url)

    alone.on("console", lambda message: said.append(message.text))
    alone.on("pageerror", lambda error: said.append(str(error)))
    alone.on("request", asked)
    alone.goto(file.as_uri())
    alone.wait_for_selector(ready)
    yield alone
    assert said == []
    context.close()


def open_from_file(page: Page, url: str, folder: Path, said: str) -> None:
    """Save the view as a file, open another page and there the file; wait until its address says what is given."""
    page.get_by_role("button", name="Save or open a file").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Save as a file").click()
    started.value.save_as(folder / "view.json")
    leave(page)
    open_page(page, url)
    page.get_by_role("button", name="Save or open a file").click()
    page.locator("input[type=file]").set_input_files(folder / "view.json")
    wait_until(page, f"location.search.includes('{said}')")
    settle(page)


@contextmanager
def served(folder: Path, script: str) -> Iterator[str]:
    """The address of a script, served under the application's own security policy with the chart's scripts."""
    (folder / "script.py").write_text(script)
    (folder / "serve.py").write_text(SERVE.format(script=str(folder / "script.py")))
    with serving(folder / "serve.py") as server:
        yield server.url
