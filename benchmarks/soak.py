"""What lasts: memory when sessions come and go, random actions for minutes, a server that is killed under an open page."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from benchmarks.server import Server
from benchmarks.session import Session
from explorer.pages import PAGES


class Memory(NamedTuple):
    """Of a server, in MB: for each session that is open; once KEPT sessions have been closed; and once `later` more have."""

    session: float
    before: float
    after: float


KEPT = 150
"""More closed sessions than Streamlit keeps in case their browsers come back, which is 128, for two minutes."""


def resident(server: Server) -> float:
    """Return the memory that a server holds, in MB."""
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


async def _come_and_go(port: int, visits: int, seed: int) -> None:
    """Open sessions of all pages in turn, five at a time, change something in each, and close them."""
    choice = Random(seed)

    async def visit(page: str) -> None:
        async with Session(port, page) as session:
            await session.move(choice.random())

    for first in range(0, visits, 5):
        await asyncio.gather(*(visit(PAGES[(first + k) % len(PAGES)]) for k in range(min(5, visits - first))))


async def _held(server: Server, sessions: int) -> float:
    """The memory that so many open sessions add, all of the first page."""
    before = resident(server)
    async with AsyncExitStack() as opened:
        for _ in range(sessions):
            await opened.enter_async_context(Session(server.port))
        return resident(server) - before


def memory(server: Server, later: int = 500, sessions: int = 50) -> Memory:
    """Return what a server's memory does while sessions come and go."""
    asyncio.run(_come_and_go(server.port, len(PAGES), seed=0))
    session = asyncio.run(_held(server, sessions)) / sessions
    asyncio.run(_come_and_go(server.port, KEPT, seed=1))
    before = resident(server)
    asyncio.run(_come_and_go(server.port, later, seed=2))
    return Memory(session, before, resident(server))


async def _wander(port: int, seed: int, until: float, done: Counter[str]) -> None:
    """Open pages and do anything there until the time has come."""
    choice = Random(seed)
    while time.monotonic() < until:
        async with Session(port, choice.choice(PAGES)) as session:
            for _ in range(choice.randrange(1, 40)):
                if time.monotonic() > until:
                    return
                done[await asyncio.wait_for(session.act(choice), 60)] += 1
                await asyncio.sleep(choice.uniform(0.05, 1))


async def _wanderers(port: int, visitors: int, seconds: float) -> Counter[str]:
    done: Counter[str] = Counter()
    until = time.monotonic() + seconds
    await asyncio.gather(*(_wander(port, seed, until, done) for seed in range(visitors)))
    return done


def wander(server: Server, minutes: float = 10, visitors: int = 8) -> tuple[Counter[str], list[str]]:
    """Let visitors do anything on all pages; return what they did, and the lines of the server's log that tell of an error."""
    done = asyncio.run(_wanderers(server.port, visitors, 60 * minutes))
    assert server.log is not None
    return done, [line for line in server.log.read_text().splitlines() if "Error" in line or "Traceback" in line]


def kills(server: Server, browser: Browser, times: int = 20) -> tuple[int, float]:
    """Kill and restart a server under an open page; return how often it came back with its state, and the longest that took."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{server.url}/binary?squared=true")
    page.wait_for_selector(".live-chart[data-ready]")
    back, longest = 0, 0.0
    for k in range(times):
        page.locator(".st-key-p input[type=range]").focus()
        page.keyboard.press("ArrowRight" if k % 3 else "PageUp")
        page.wait_for_timeout(1000)
        before = _state(page)
        server.process.kill()
        server.process.wait()
        page.wait_for_selector(".stApp:not([data-test-connection-state=CONNECTED])")
        server.start()
        start = time.monotonic()
        page.wait_for_selector(
            ".stApp[data-test-connection-state=CONNECTED][data-test-script-state=notRunning]", timeout=60_000
        )
        page.wait_for_timeout(500)
        longest = max(longest, time.monotonic() - start)
        back += _state(page) == before
    page.close()
    return back, longest


def _state(page: Page) -> tuple[str, str, str | None]:
    """What an open page shows: its address, its slider and its loss."""
    loss = page.locator("[data-quantity=L]").first.get_attribute("data-value")
    return page.url, page.locator(".st-key-p input[type=range]").input_value(), loss
