"""Sessions that each change a slider once a second."""

from __future__ import annotations

import asyncio
import os
import random
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median, quantiles

from benchmarks.server import Server
from benchmarks.session import Session


async def _visitor(session: Session, changes: int, delay: float) -> list[float]:
    await asyncio.sleep(delay)
    taken = []
    for _ in range(changes):
        seconds = await session.move(random.random())
        taken.append(seconds)
        await asyncio.sleep(max(0.0, 1 - seconds))
    return taken[2:]


async def _all(port: int, sessions: int, changes: int) -> list[float]:
    """Open the sessions one after the other, then let all of them change something every second, evenly spread."""
    async with AsyncExitStack() as opened:
        visitors = [await opened.enter_async_context(Session(port)) for _ in range(sessions)]
        visits = (_visitor(session, changes, k / sessions) for k, session in enumerate(visitors))
        return [seconds for taken in await asyncio.gather(*visits) for seconds in taken]


def measure(port: int, sessions: int, changes: int = 12) -> tuple[float, float]:
    """Return median and 95th percentile of the seconds from a change to the end of its script run."""
    taken = asyncio.run(_all(port, sessions, changes))
    return median(taken), quantiles(taken, n=20)[-1]


def saturation(port: int, limit: float = 1.0, most: int = 200) -> tuple[int, float]:
    """Return the least number of sessions, in steps of 20, whose 95th percentile passes limit, and that percentile."""
    late = 0.0
    for sessions in range(40, most + 1, 20):
        _, late = measure(port, sessions, 8)
        if late > limit:
            return sessions, late
    return most, late


def _processor(server: Server) -> float:
    """The seconds of a processor that a server has used."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _cost(server: Server, page: str, changes: int) -> float:
    async with Session(server.port, page) as session:
        for _ in range(10):
            await session.move(random.random())
        before = _processor(server)
        for _ in range(changes):
            await session.move(random.random())
        return (_processor(server) - before) / changes


def cost(server: Server, page: str, changes: int = 100) -> float:
    """Return the seconds of a processor that one change on a page costs a server, all included."""
    return asyncio.run(_cost(server, page, changes))
