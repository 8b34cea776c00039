"""What all tests share: CI draws the same examples at every run; elsewhere each run looks at others."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from benchmarks.browser import chromium

LONGEST = (
    "tests/pages/test_large",
    "tests/browser/test_history",
    "tests/browser/test_network",
    "tests/deploy",
    "tests/browser",
)

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of a process: Playwright takes no second one beside it.

    The shell has no windows, and costs a seventh less; what is compiled stays compiled for the next page. Letters are as
    wide as in a window.
    """
    flags = ["--js-flags=--no-flush-bytecode", "--font-render-hinting=slight"]
    with chromium("chromium-headless-shell", flags=flags) as launched:
        yield launched


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process is left with it when the others have ended."""
    items.sort(key=lambda item: next((k for k, place in enumerate(LONGEST) if item.nodeid.startswith(place)), len(LONGEST)))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their parameter: a file packed twice has two times in it, and each process would name another test."""
    return argname if isinstance(val, bytes) else None
