"""A running application and a browser to drive it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect

from benchmarks.server import Server, serving
from tests.browser.steps import leave, new_tab

expect.set_options(timeout=30_000)  # of a machine that runs other tests


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:  # a machine that runs tests has less time for an operation
            patch.setenv("LOSS_EXPLORER_SECONDS", "12")
            running = stack.enter_context(serving(log=tmp_path_factory.mktemp("server") / "log"))
        yield running


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab for all tests: once it has compiled the scripts of a page, it opens the next in a third of the time."""
    with new_tab(browser) as page:
        yield page


@pytest.fixture
def faulty_page(tab: Page) -> Page:
    """The tab as if it were new, at 1280 x 900; what is opened in it may log errors."""
    leave(tab)
    tab.unroute_all()
    tab.mouse.up()
    tab.mouse.move(0, 0)
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.emulate_media(media="screen", color_scheme="light")
    return tab


@pytest.fixture
def page(faulty_page: Page, server: Server) -> Iterator[Page]:
    """The tab as if it were new, at 1280 x 900; what is opened in it must log no error, and the server none meanwhile."""
    errors: list[str] = []
    logged = len(server.logged())

    def log(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    def fail(error: Error) -> None:
        errors.append(str(error))

    faulty_page.on("console", log)
    faulty_page.on("pageerror", fail)
    yield faulty_page
    leave(faulty_page)
    faulty_page.remove_listener("console", log)
    faulty_page.remove_listener("pageerror", fail)
    assert errors == []
    assert "Traceback" not in server.logged()[logged:]
