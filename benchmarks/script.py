"""The time a page's script takes for one change, without network or browser."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from statistics import median

from streamlit.testing.v1 import AppTest

from explorer.pages import binary

MAIN = Path(__file__).parents[1] / "main.py"


def measure(changes: int = 30) -> float:
    """Return the median seconds that the whole page /binary takes after its slider moved."""
    logging.disable(logging.WARNING)
    taken: list[float] = []
    show = binary.show

    def timed() -> None:
        start = time.perf_counter()
        show()
        taken.append(time.perf_counter() - start)

    binary.show = timed
    try:
        page = AppTest.from_file(str(MAIN), default_timeout=30).run()
        for change in range(changes):
            page.slider(key="p").set_value(round(0.1 + 0.02 * change, 3)).run()
    finally:
        binary.show = show
        logging.disable(logging.NOTSET)
    return median(taken[3:])
