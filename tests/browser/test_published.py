"""What is published: from a file, in a frame of a page from elsewhere, in a course system; and a lesson while it is written."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Request, expect

import explorer
from benchmarks.server import ROOT
from explorer.lessons import preview, read
from explorer.lessons.publishing import publish
from tests.browser.steps import barriers, eventually, quantity, wait_until
from tests.lessons.sample import SAMPLE

READY = ".lesson[data-ready=true]"
FRAME = (
    "<!doctype html><title>Around</title><link rel='icon' href='data:,'>{before}"
    "<iframe src='{url}' width='100%' height='700'></iframe>"
)
RUNTIME = ROOT / "node_modules" / "scorm-again" / "dist" / "scorm12.min.js"
SYSTEM = """<script src="runtime.js"></script><script>
window.called = [];
window.API = new Scorm12API({ lmsCommitUrl: false, autocommit: false });
if (sessionStorage.kept) API.loadFromJSON(JSON.parse(sessionStorage.kept));
for (const name of ["LMSInitialize", "LMSFinish"]) API.on(name, () => called.push(name));
API.on("LMSCommit", () => { sessionStorage.kept = JSON.stringify(API.renderCMIToJSONObject().cmi); });
window.kept = (name) => API.getCMIValue(`cmi.${name}`);
</script>"""
"""A course system by SCORM 1.2 in the page around a lesson, by a library that real ones use: it logs what breaks the rules."""


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Write nothing."""


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The address of a folder on a server of its own."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published folder: a lesson with a block of each kind, and a view."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "07-sample.md").write_text(SAMPLE, encoding="utf-8")
    publish(folder / "out", [read(folder / "07-sample.md")], views=[explorer.view("/categorical?classes=3")])
    return folder / "out"


@contextmanager
def watched(browser: Browser, *within: str, **options: Any) -> Iterator[Page]:
    """A tab in which nothing may be logged, and nothing asked for that does not lie within these addresses."""
    with browser.new_context(viewport={"width": 1280, "height": 900}, **options) as context:
        page = context.new_page()
        said: list[str] = []

        def asked(request: Request) -> None:
            if not request.url.startswith((*within, "blob:", "data:")):
                said.append(request.url)

        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", asked)
        yield page
        assert said == []


def fits(page: Page) -> None:
    """Nothing is wider than the window of a computer or a phone, and the page is dark where that is preferred."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        wait_until(page, "document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(14, 17, 23)"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_folder_works_from_files_without_a_network(browser: Browser, out: Path) -> None:
    with watched(browser, out.as_uri(), offline=True) as page:
        page.goto((out / "index.html").as_uri())
        assert barriers(page) == []
        fits(page)
        page.get_by_role("link", name="Categorical cross-entropy").click()
        page.wait_for_selector("main[data-ready]")
        page.locator("input[name=p1]").fill("0.5")
        assert eventually(page, lambda: quantity(page, "p1") == 0.5)
        expect(page.locator("main[data-moved]")).to_be_visible()
        fits(page)
        page.get_by_role("link", name="All lessons").click()
        page.get_by_role("link", name="A sample").click()
        page.wait_for_selector(READY)
        page.get_by_role("button", name="Begin").click()
        page.get_by_role("textbox").fill("1.386")
        page.get_by_role("button", name="Check").click()
        expect(page.get_by_text("Right.")).to_be_visible()
        expect(page.get_by_text("Twice: 1.386.")).to_be_visible()
        page.wait_for_selector(".lesson-view:not([hidden]) .live-chart[data-ready] .main-svg")
        fits(page)
        page.reload()
        expect(page.get_by_text("Twice: 1.386.")).to_be_visible()
        assert page.url.endswith("sample.html#step=2&answers=quarter-1.386")


def test_titles_of_charts_are_whole_on_a_phone(browser: Browser, out: Path) -> None:
    with watched(browser, "file:", offline=True) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto((out / "categorical.html").as_uri())
        page.wait_for_selector("main[data-ready]")
        whole = "(head) => [head.innerText, head.scrollWidth <= head.clientWidth && head.scrollHeight <= head.clientHeight]"
        heads = page.evaluate(f"[...document.querySelectorAll('.live-title')].map({whole})")
    assert len(heads) == 3
    assert [text for text, fits in heads if not fits] == []


def test_a_lesson_lives_in_a_frame_of_a_page_from_elsewhere(browser: Browser, out: Path, tmp_path: Path) -> None:
    with hosted(out) as inner, hosted(tmp_path) as outer, watched(browser, inner, outer) as page:
        (tmp_path / "page.html").write_text(FRAME.format(before="", url=f"{inner}/sample.html"), encoding="utf-8")
        page.goto(f"{outer}/page.html")
        frame = page.frames[1]
        frame.wait_for_selector(READY)
        frame.get_by_role("button", name="Begin").click()
        frame.get_by_role("textbox").fill("0.35")
        frame.get_by_role("textbox").press("Enter")
        expect(frame.get_by_text("Half of it.")).to_be_visible()
        assert frame.url == f"{inner}/sample.html#step=2&answers=quarter-0.35"
        assert page.url == f"{outer}/page.html"
        assert frame.locator(".lesson-home").is_visible()


def test_a_course_system_hears_how_far_somebody_is(browser: Browser, out: Path) -> None:
    shutil.copyfile(RUNTIME, out / "runtime.js")
    (out / "system.html").write_text(FRAME.format(before=SYSTEM, url="sample.html"), encoding="utf-8")
    with hosted(out) as url, watched(browser, url) as page:
        page.goto(f"{url}/system.html")
        frame = page.frames[1]
        frame.wait_for_selector(READY)
        assert page.evaluate("called") == ["LMSInitialize"]
        assert page.evaluate("kept('core.lesson_status')") == "incomplete"
        assert page.evaluate("kept('core.lesson_location')") == "1"
        expect(frame.locator(".lesson-home")).to_be_hidden()
        frame.evaluate("location.hash = 'step=3&answers=quarter-1*times-1*place-0.3'")
        frame.locator("[data-predict=curve]").get_by_role("button", name="Check").scroll_into_view_if_needed()
        assert page.evaluate("kept('core.lesson_status')") == "incomplete"
        frame.locator("[data-predict=curve] input").first.press("ArrowUp")
        frame.locator("[data-predict=curve]").get_by_role("button", name="Check").click()
        expect(frame.get_by_text("It falls.")).to_be_visible()
        assert page.evaluate("kept('core.lesson_status')") == "completed"
        place = page.evaluate("kept('suspend_data')")
        assert place.startswith("step=3&answers=quarter-1*times-1*place-0.3*curve-")
        assert page.evaluate("kept('core.lesson_location')") == "3"
        page.reload()
        frame = page.frames[1]
        frame.wait_for_selector(READY)
        expect(frame.get_by_text("It falls.")).to_be_visible()
        assert frame.evaluate("location.hash") == f"#{place}"
        assert page.evaluate("kept('core.lesson_status')") == "completed"
        page.evaluate("document.querySelector('iframe').remove()")
        assert page.evaluate("called") == ["LMSInitialize", "LMSFinish"]


@contextmanager
def previewed(file: Path) -> Iterator[str]:
    """The address at which a lesson is shown while it is written."""
    server = uvicorn.Server(uvicorn.Config(preview.app(file, "en"), log_level="warning", ws="none"))
    with socket.create_server((preview.HOST, 0)) as listening:  # before anybody asks
        running = Thread(target=server.run, args=([listening],))
        running.start()
        try:
            yield f"http://{preview.HOST}:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            running.join()


def test_a_lesson_follows_its_file(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "07-sample.md"
    file.write_text(SAMPLE, encoding="utf-8")
    with previewed(file) as url, watched(browser, url) as page:
        page.goto(url)
        page.wait_for_selector(READY)
        page.get_by_role("button", name="Begin").click()
        expect(page.get_by_text("How large at")).to_be_visible()
        file.write_text(SAMPLE.replace("How large at", "How small at"), encoding="utf-8")
        expect(page.get_by_text("How small at")).to_be_visible()
        file.write_text(SAMPLE.replace("answer: quarter", "answer: quarrel"), encoding="utf-8")
        expect(page.get_by_role("alert")).to_contain_text(f"{file}:18: ")
        assert barriers(page) == []
        file.write_text(SAMPLE, encoding="utf-8")
        expect(page.get_by_text("How large at")).to_be_visible()
        assert page.url == f"{url}/#step=2"
