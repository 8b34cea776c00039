"""What every test of a page does: open it at an address, and look at what its components were sent."""

from __future__ import annotations

import json
import re
from html import unescape
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


def errors(page: AppTest) -> list[str]:
    """The sentences that say what is wrong or not taken."""
    return [*_alerts(page, "error"), *(error.value for error in page.error)]


def warnings(page: AppTest) -> list[str]:
    """The sentences that say what else is shown than was asked for."""
    return [*_alerts(page, "warning"), *(warning.value for warning in page.warning)]


def _alerts(page: AppTest, kind: str) -> list[str]:
    box = re.compile(rf"<p class='live-alert live-{kind}' role='alert'>(.*)</p>", re.DOTALL)
    return [unescape(match[1]) for text in _bodies(page) if (match := box.fullmatch(text))]


def html(page: AppTest) -> list[str]:
    """What each piece of markup reads as."""
    return [unescape(re.sub("<[^>]*>", "", text)) for text in _bodies(page)]


def _bodies(page: AppTest) -> list[str]:
    return [element.proto.body for element in page.get("html")]
