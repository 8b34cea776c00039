"""Sessions that each change a slider once a second."""

from __future__ import annotations

import asyncio
import random
from statistics import median, quantiles

from benchmarks.session import Session


async def _visitor(port: int, changes: int, delay: float) -> list[float]:
    await asyncio.sleep(delay)
    async with Session(port) as session:
        taken = []
        for _ in range(changes):
            seconds = await session.move(random.random())
            taken.append(seconds)
            await asyncio.sleep(max(0.0, 1 - seconds))
        return taken[2:]


async def _all(port: int, sessions: int, changes: int) -> list[float]:
    visits = [_visitor(port, changes, i / sessions) for i in range(sessions)]
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
