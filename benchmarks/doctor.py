"""Which cause the doctor names where which fault was committed."""

from __future__ import annotations

import zlib
from collections import Counter

import numpy as np

from benchmarks.faults import FAULTS
from explorer.doctor import diagnose

TIMES = 50


def confusion(times: int = TIMES) -> dict[str, Counter[str]]:
    """Return cause -> how often which diagnosis stood first; "nothing" where there was none."""
    table: dict[str, Counter[str]] = {}
    for cause, commit in FAULTS.items():
        rng = np.random.default_rng(zlib.crc32(cause.encode()))
        table[cause] = Counter(_first(commit(rng)) for _ in range(times))
    return table


def _first(told: dict[str, object]) -> str:
    found = diagnose(**told)  # type: ignore[arg-type]
    return found[0].cause if found else "nothing"


def on_diagonal(table: dict[str, Counter[str]]) -> float:
    """Return the share of right diagnoses."""
    return sum(counts[cause] for cause, counts in table.items()) / sum(counts.total() for counts in table.values())
