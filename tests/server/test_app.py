"""What a browser is given first of each page."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from explorer.pages import PAGES, tab_title
from explorer.server.app import ROUTES


@pytest.mark.parametrize("page", ["", *PAGES])
def test_a_page_is_called_by_its_name_before_any_script_has_run(page: str) -> None:
    routes: list[Any] = [route for route in ROUTES if route.path == f"/{page}"]
    with ThreadPoolExecutor(1) as pool:  # this thread may have Playwright's loop
        body = pool.submit(asyncio.run, routes[0].endpoint(None)).result().body.decode()
    assert re.findall("<title>(.*)</title>", body) == [tab_title(page)]


def test_no_two_pages_have_one_title() -> None:
    assert tab_title("") == "Loss Explorer"
    assert tab_title("losses") == "Losses · Loss Explorer"
    assert len({tab_title(page) for page in PAGES}) == len(PAGES)
