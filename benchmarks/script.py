"""The time a page's script takes for one change, without network or browser."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from importlib import import_module
from statistics import median
from typing import Any

from streamlit.testing.v1 import AppTest


def measure(
    name: str = "binary", key: str = "p", query: Mapping[str, str | list[str]] | None = None, changes: int = 30
) -> float:
    """Return the median seconds that a whole page takes after one of its sliders moved; query is its address."""
    logging.disable(logging.WARNING)
    taken: list[float] = []
    page_module: Any = import_module(f"explorer.pages.{name}")
    show = page_module.show

    def timed() -> None:
        start = time.perf_counter()
        show()
        taken.append(time.perf_counter() - start)

    page_module.show = timed
    script = f"from explorer.pages import {name}, link\nlink.remember()\n{name}.show()"
    try:
        page = AppTest.from_string(script, default_timeout=30)
        for parameter, value in (query or {}).items():
            page.query_params[parameter] = value
        page.run()
        for change in range(changes):
            page.slider(key=key).set_value(round(0.1 + 0.02 * change, 3)).run()
    finally:
        page_module.show = show
        logging.disable(logging.NOTSET)
    return median(taken[3:])
