"""Which cause the doctor names where which fault was committed."""

from __future__ import annotations

import time
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


def answer_seconds() -> dict[str, float]:
    """Return what is told -> seconds of this process until it is answered."""
    k = np.arange(100_000)
    losses = 2.3 * np.exp(-k / 30_000) + 0.01 * np.random.default_rng(0).standard_normal(k.size)
    texts = {
        "a text of 1,300 characters": "My loss is stuck at 2.302 with 10 classes and a batch size of 64. " * 20,
        "a log of 100,000 lines": "\n".join(f"epoch {n} loss {loss:.4f} acc 0.5" for n, loss in zip(k, losses, strict=True)),
    }
    diagnose("0.69")
    taken = {}
    for name, text in texts.items():
        began = time.process_time()
        diagnose(text)
        taken[name] = time.process_time() - began
    return taken


def on_diagonal(table: dict[str, Counter[str]]) -> float:
    """Return the share of right diagnoses."""
    return sum(counts[cause] for cause, counts in table.items()) / sum(counts.total() for counts in table.values())
