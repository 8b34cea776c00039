"""What every test of a page does: open it at an address, and look at what its components were sent."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def running(name: str, /, **query: Any) -> AppTest:
    """The page of that name at an address, before its first run."""
    page = AppTest.from_string(f"from explorer.pages import {name}, link\nlink.remember()\n{name}.show()", default_timeout=30)
    for key, value in query.items():
        page.query_params[key] = value
    return page


def open_page(name: str, /, **query: Any) -> AppTest:
    """The page of that name, run once at an address; it must raise nothing."""
    page = running(name, **query)
    page.run()
    assert not page.exception
    return page


def data(page: AppTest) -> list[dict[str, Any]]:
    """What each component of the page was sent."""
    return [json.loads(component.proto.json) for component in page.get("bidi_component")]
