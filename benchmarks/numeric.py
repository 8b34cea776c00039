"""The numeric core against scikit-learn's log_loss, on 1,000,000 x 10 logits."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np
from sklearn.metrics import log_loss

from explorer.core import losses


def measure(rounds: int = 5) -> dict[str, float]:
    """Return median seconds: ours for loss and gradient from logits, theirs for the loss from probabilities; and the ratio."""
    random = np.random.default_rng(0)
    z = 3 * random.normal(size=(1_000_000, 10))
    k = random.integers(0, 10, len(z))
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)

    def ours() -> None:
        losses.index_cross_entropy_with_logits_and_gradient(z, k)

    def theirs() -> None:
        log_loss(k, p)

    pairs = [(_seconds(ours), _seconds(theirs)) for _ in range(rounds + 1)][1:]
    return {
        "ours": median(a for a, _ in pairs),
        "theirs": median(b for _, b in pairs),
        "ratio": median(b / a for a, b in pairs),
    }


def _seconds(action: Callable[[], None]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
