"""A limit of computing time that means as much work on a slow machine as on the one which it was set on."""

from __future__ import annotations

import time

STANDARD = 0.02
"""Seconds that the piece of work in `_taken` takes on the machine which the limits were set on."""


def in_time(seconds: float, limit: float) -> bool:
    """Whether what took so long keeps a limit, which is longer where, at this moment, all takes longer.

    Examples
    --------
    >>> in_time(0.1, limit=0.5), in_time(500, limit=0.5)
    (True, False)
    """
    return seconds < limit or seconds < limit * min(_taken() for _ in range(3)) / STANDARD


def _taken() -> float:
    start = time.thread_time()
    sum(hash(str(number)) % 2 for number in range(100_000))
    return time.thread_time() - start
