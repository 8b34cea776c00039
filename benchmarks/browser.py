"""A browser to drive the application with: for measurements and for tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def chromium(*preferred: str, flags: Sequence[str] = ()) -> Iterator[Browser]:
    """Run the first of the preferred that the system has, else its Chromium, else Playwright's own, while the context lasts."""
    names = *preferred, "chromium", "chromium-browser", "google-chrome", "chromium-headless-shell"
    system = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system, args=[*FLAGS, *flags])
        yield browser
        browser.close()
