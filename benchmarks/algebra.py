"""Visitors of /algebra who each do something every second, beside some whose operation never ends."""

from __future__ import annotations

import asyncio
import random
import time
from statistics import median, quantiles
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks.session import Session

ENDLESS = "(a + b + c + d + e + f + {k})^90"
"""What nobody multiplies out within the budget."""
OPERATIONS = ("differentiate x", "expand", "factor", "simplify", "series x, 1, 4")


class Waits(NamedTuple):
    """95th percentiles, in seconds, until the server has answered: anything, a moved slider, a new operation."""

    all: float
    slider: float
    operation: float


def _query(expression: str, chain: str) -> str:
    return urlencode({"start": "typed", "typed": expression, "chain": chain})


async def _visitor(port: int, place: int, rounds: int, seed: int) -> tuple[list[float], list[float]]:
    """Do something every second: open a link to an operation that nobody has done before, then move a slider four times."""
    choice = random.Random(f"{place} {seed}")
    await asyncio.sleep(5 * place / 17)
    moves, operations = [], []
    for turn in range(rounds):
        expression = f"t*Log[x + {place + 2}] + (x - {turn})^3/(x^2 + {choice.randint(2, 10**6)})"
        start = time.perf_counter()
        async with Session(port, "algebra", _query(expression, OPERATIONS[turn % len(OPERATIONS)])) as session:
            operations.append(time.perf_counter() - start)
            await asyncio.sleep(max(0.0, 1 - operations[-1]))
            for _ in range(4):
                moves.append(await session.move(choice.random()))
                await asyncio.sleep(max(0.0, 1 - moves[-1]))
    return moves[4:], operations[1:]


async def _never_ending(port: int, place: int) -> None:
    for k in range(1000):
        async with Session(port, "algebra", _query(ENDLESS.format(k=f"{place}{k}"), "expand")):
            pass


async def _all(port: int, visitors: int, endless: int, rounds: int) -> Waits:
    hanging = [asyncio.create_task(_never_ending(port, k)) for k in range(endless)]
    await asyncio.sleep(1)
    found = await asyncio.gather(*(_visitor(port, place, rounds, endless) for place in range(visitors)))
    for task in hanging:
        task.cancel()
    await asyncio.gather(*hanging, return_exceptions=True)
    moves, operations = ([seconds for one in found for seconds in one[part]] for part in (0, 1))
    return Waits(*(quantiles(taken, n=20)[-1] for taken in (moves + operations, moves, operations)))


def measure(port: int, visitors: int = 17, endless: int = 3, rounds: int = 6) -> Waits:
    """Return how long visitors wait while some others' operations never end."""
    return asyncio.run(_all(port, visitors, endless, rounds))


async def _gradient(port: int, seed: int) -> float:
    network = {"start": "network", "sizes": "2-3-3-3", "hidden": "tanh", "loss": "cross-entropy, distribution"}
    start = time.perf_counter()
    async with Session(port, "algebra", urlencode(network | {"chain": f"multiply {seed}; gradient"})):  # nobody had it before
        return time.perf_counter() - start


def gradient(port: int) -> float:
    """Return the median seconds from opening a link to a 2-3-3-3 network's gradient until that is there, checked."""
    return median(asyncio.run(_gradient(port, seed)) for seed in range(2, 7))
