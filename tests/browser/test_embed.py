"""A page within a frame of a page from elsewhere: allowed and not, without menu and margins, and its address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Frame, Locator, Page, expect

from benchmarks.server import Server, free_port, serving
from explorer.server.embed import VARIABLE

ELSEWHERE = "http://localhost"
"""Another site than 127.0.0.1, where the application is: a browser keeps their cookies apart."""


class Around(BaseHTTPRequestHandler):
    """Answers with a page that frames the address after "?"."""

    def do_GET(self) -> None:
        url = urlsplit(self.path).query
        page = f'<!doctype html><title>Around</title><iframe width="1280" height="700" frameborder="0" src="{url}"></iframe>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, format: str, *arguments: object) -> None:
        """Write nothing."""


@contextmanager
def around(port: int) -> Iterator[None]:
    """Serve pages with a frame at a port."""
    with ThreadingHTTPServer(("127.0.0.1", port), Around) as server:
        Thread(target=server.serve_forever).start()
        try:
            yield
        finally:
            server.shutdown()


@pytest.fixture(scope="module")
def allowed() -> Iterator[str]:
    """The origin that may frame the application."""
    port = free_port()
    with around(port):
        yield f"{ELSEWHERE}:{port}"


@pytest.fixture(scope="module")
def framed(allowed: str) -> Iterator[Server]:
    """The application as one that may be framed."""
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(VARIABLE, allowed)
            running = stack.enter_context(serving())
        yield running


@pytest.fixture
def outer(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1320, "height": 740})
    yield context.new_page()
    context.close()


def show(outer: Page, origin: str, url: str) -> Frame:
    """Open a page with a frame of the application; return the frame."""
    outer.goto(f"{origin}/?{url}")
    return outer.frames[1]


def ready(frame: Frame) -> Locator:
    """Wait until the charts in a frame are there; return the page in it."""
    frame.locator(".live-chart[data-ready]").first.wait_for()
    return frame.locator(".stApp[data-test-script-state='notRunning']")


def address(frame: Frame) -> dict[str, list[str]]:
    return parse_qs(urlsplit(frame.url).query)


@pytest.mark.parametrize("page", ["binary", "network"])
def test_a_framed_page_has_no_menu_and_no_margins(outer: Page, allowed: str, framed: Server, page: str) -> None:
    errors: list[str] = []
    outer.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    outer.on("pageerror", lambda error: errors.append(str(error)))
    frame = show(outer, allowed, f"{framed.url}/{page}?embed=true")
    ready(frame).wait_for()
    expect(frame.locator(".st-key-head .stMarkdown p")).to_be_hidden()
    for width in (1280, 640):
        outer.evaluate("width => { document.querySelector('iframe').width = width }", width)
        expect(frame.locator("h1")).to_be_visible()
        expect(frame.get_by_test_id("stTopNav")).to_have_count(0)
        expect(frame.get_by_test_id("stExpandSidebarButton")).to_have_count(0)
        outer.wait_for_timeout(300)
        left, top, right, bottom = frame.locator(".st-key-head").evaluate(
            "e => (({ left, top, right, bottom }) => [left, top, right, bottom])(e.getBoundingClientRect())"
        )
        assert left == top == 8
        assert right >= width - 8 - 16  # a scroll bar may stand beside it
        assert bottom <= 50
        assert frame.evaluate("document.documentElement.scrollWidth") <= width
    assert errors == []


def test_embed_stays_in_the_address_whatever_is_done(outer: Page, allowed: str, framed: Server) -> None:
    frame = show(outer, allowed, f"{framed.url}/binary?embed=true&t=0.5&embed_options=light_theme")
    ready(frame).wait_for()
    own = {"embed": ["true"], "embed_options": ["light_theme"]}
    assert address(frame) == own | {"t": ["0.5"]}
    thumb = frame.locator(".st-key-p input[type=range]")
    before = float(thumb.input_value())
    thumb.press("ArrowRight")
    frame.wait_for_url("**p=**")
    assert float(address(frame)["p"][0]) > before
    assert {name: address(frame)[name] for name in ("t", *own)} == own | {"t": ["0.5"]}
    frame.locator(".st-key-reset").get_by_role("button", name="Reset").click()
    frame.locator(".st-key-t input[type=range][value='1']").wait_for()
    assert address(frame) == own
    ready(frame).wait_for()
    expect(frame.get_by_test_id("stTopNav")).to_have_count(0)


def test_a_page_from_elsewhere_that_is_not_listed_gets_nothing(outer: Page, allowed: str, framed: Server) -> None:
    told: list[str] = []
    outer.on("console", lambda message: told.append(message.text))
    port = free_port()
    with around(port):
        frame = show(outer, f"{ELSEWHERE}:{port}", f"{framed.url}/binary?embed=true")
        outer.wait_for_timeout(1000)
        assert frame.locator(".stApp").count() == 0
    assert [text for text in told if "frame-ancestors" in text and allowed in text] != []


def test_nobody_is_listed_by_default(outer: Page, allowed: str, server: Server) -> None:
    frame = show(outer, allowed, f"{server.url}/binary?embed=true")
    outer.wait_for_timeout(1000)
    assert frame.locator(".stApp").count() == 0
