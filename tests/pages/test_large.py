"""The largest expressions that can be typed: whatever the page does with them, everybody else is answered meanwhile."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.server import serving
from benchmarks.session import Session
from explorer.views.view import CODES
from tests.core.algebra.large import expressions
from tests.pages import steps
from tests.speed import in_time

ANSWERED = 0.5
"""Seconds within which another session is answered."""
OVER_BUDGET = "The operation was stopped after 5 seconds."
WORST = (
    "*".join(f"log(p{k})" for k in range(180)),
    "*".join(f"softplus(x{k})*x{k}" for k in range(100)),
    "*".join(f"(1+exp(x{k}))" for k in range(140)),
    "tanh(" * 58 + "x" + ")" * 58,
)


@contextmanager
def turns() -> Iterator[list[float]]:
    """Measure how long this process computes while another of its threads waits for its turn."""
    waits, ended = [0.0], threading.Event()

    def beat() -> None:
        while not ended.is_set():
            start, computed = time.perf_counter(), time.process_time()
            time.sleep(0.01)
            waits.append(min(time.perf_counter() - start, time.process_time() - computed))

    thread = threading.Thread(target=beat)
    gc.freeze()  # as the application does; what other tests have left would be searched for garbage, in half a second
    thread.start()
    try:
        yield waits
    finally:
        ended.set()
        thread.join()
        gc.unfreeze()


def test_large_expressions_of_every_shape_leave_others_their_turn() -> None:
    page = steps.open_page("algebra", start="typed")
    page.session_state["share"] = True
    texts = list(expressions(10, every=30))
    over = []
    with turns() as waits:
        for text, language in zip(texts, cycle(CODES), strict=False):
            page.session_state["share-code"] = language
            page.text_input(key="typed").set_value(text).run()
            assert not page.exception, text
            said = steps.errors(page)
            assert all(error.startswith(OVER_BUDGET) for error in said), (text, said)
            over += [text] * bool(said)
    assert len(texts) == 10
    assert len(over) < len(texts) / 4, over  # none on a machine that does nothing else
    assert in_time(max(waits), ANSWERED)


def test_the_largest_network_leaves_others_their_turn_while_it_is_built() -> None:
    with turns() as waits:  # of a hidden activation that no other test has, as what is built once is kept
        page = steps.open_page(
            "network", sizes="4-16-16-16-10", hidden="sin", loss="cross-entropy, class index", data="one example"
        )
    assert not page.exception
    assert len(waits) > 20
    assert in_time(max(waits), ANSWERED)


def _computed(process: int) -> float:
    """Return the seconds for which a process has computed."""
    times = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


async def _visit(port: int, *texts: str) -> None:
    for text in texts:
        async with Session(port, "algebra", urlencode({"start": "typed", "typed": text, "chain": "gradient"})):
            pass


async def _beside(port: int, process: int) -> list[float]:
    """Return how long the server computed for others before each answer to a session: not how busy the machine is."""
    waits: list[float] = []
    async with Session(port) as session:
        await session.move(0.5)
        at_work = asyncio.create_task(_visit(port, *WORST))
        while not at_work.done():
            before = _computed(process)
            answered = await session.move(0.3 + 0.4 * (len(waits) % 2))
            waits.append(min(answered, _computed(process) - before))
            await asyncio.sleep(0.05)
        await at_work
    return waits


def test_another_session_is_answered_while_the_worst_are_at_work() -> None:
    with serving() as server, ThreadPoolExecutor() as apart:  # this thread may have a loop already, that of a browser
        waits = apart.submit(asyncio.run, _beside(server.port, server.process.pid)).result()
    assert len(waits) > 10
    assert in_time(max(waits), ANSWERED)
