"""Which cause the doctor names where which fault was committed."""

from __future__ import annotations

import time
import zlib
from collections import Counter
from collections.abc import Callable

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
    texts = {"a text of 1,300 characters": "My loss is stuck at 2.302 with 10 classes and a batch size of 64. " * 20, **_logs()}
    diagnose("0.69")
    taken = {}
    for name, text in texts.items():
        began = time.process_time()
        diagnose(text)
        taken[name] = time.process_time() - began
    return taken


def _logs(lines: int = 100_000) -> dict[str, str]:
    """Format -> so many lines of a training that goes well."""
    k = np.arange(lines)
    losses = 2.3 * np.exp(-k / 30_000) + 0.01 * np.random.default_rng(0).standard_normal(k.size)
    formats: dict[str, Callable[[int, float], str]] = {
        "plain": lambda n, loss: f"epoch {n} loss {loss:.4f} acc 0.5",
        "dictionaries": lambda n, loss: f"{{'loss': {loss:.4f}, 'grad_norm': {3 * loss:.5f}, 'epoch': {n / 1000:.2f}}}",
        "CSV": lambda n, loss: f"{n // 100},{n},{loss:.6f},{1.1 * loss:.6f},0.001",
        "tqdm": lambda n, loss: (
            f"Epoch 1: {n // 1000}%|█  | {n}/{lines} [00:{n % 60:02d}<01:00, 5.{n % 10}it/s, loss={loss:.3f}]"
        ),
        "XGBoost": lambda n, loss: f"[{n}]\ttrain-logloss:{loss:.5f}\ttest-logloss:{1.1 * loss:.5f}",
    }
    heads = {"CSV": "epoch,step,loss,val_loss,lr\n"}
    return {
        f"a log of {lines:,} lines, {name}": heads.get(name, "") + "\n".join(map(line, k.tolist(), losses.tolist()))
        for name, line in formats.items()
    }


def on_diagonal(table: dict[str, Counter[str]]) -> float:
    """Return the share of right diagnoses."""
    return sum(counts[cause] for cause, counts in table.items()) / sum(counts.total() for counts in table.values())
