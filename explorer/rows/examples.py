"""Made-up rows to try the page on: one table for each kind, drawn anew with the same seed each time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow

from explorer.core.checks import FloatArray

SEED = 15
GROUPS = ("north", "south", "west")


def overconfident() -> pyarrow.Table:
    """Return 20,000 rows of two classes, whose scores are as sure again as they should be; 2 % of the labels are wrong."""
    random = np.random.default_rng(SEED)
    count = 20_000
    logit = random.normal(-0.7, 1.6, count)
    truth = random.uniform(size=count) < _sigmoid(logit)
    truth ^= random.uniform(size=count) < 0.02
    group = np.asarray(GROUPS)[random.integers(0, 3, count)]
    shift = np.select([group == "south", group == "west"], [0.8, -0.4])
    return pyarrow.table({"y_true": truth.astype(int), "y_score": _sigmoid(2 * logit + shift), "group": group})


def animals() -> pyarrow.Table:
    """Return 6,000 rows of five classes with logits, one class rare, two of them often taken for each other."""
    random = np.random.default_rng(SEED)
    names, count = ("cat", "dog", "fox", "hare", "owl"), 6_000
    truth = random.choice(5, count, p=(0.35, 0.3, 0.2, 0.12, 0.03))
    logits = random.normal(0.0, 1.3, (count, 5))
    logits[np.arange(count), truth] += 2.6
    logits[:, 2] += 1.6 * (truth == 1)
    wrong = random.uniform(size=count) < 0.03
    label = np.where(wrong, random.integers(0, 5, count), truth)
    columns = {f"logit_{name}": logits[:, k] for k, name in enumerate(names)}
    return pyarrow.table({"id": np.arange(count), "label": np.asarray(names)[label]} | columns)


def prices() -> pyarrow.Table:
    """Return 5,000 rows with a number to predict; every fiftieth is far off."""
    random = np.random.default_rng(SEED)
    count = 5_000
    y = random.lognormal(0.5, 0.4, count)
    scatter = np.where(random.uniform(size=count) < 0.02, 2.5, 0.25)
    return pyarrow.table({"y": y, "yhat": y + scatter * random.standard_normal(count)})


def tokens() -> pyarrow.Table:
    """Return 400 texts of 3 to 300 tokens with the log probability of each; short ones are the harder."""
    random = np.random.default_rng(SEED)
    lengths = random.integers(3, 300, 400)
    drawn = [-random.exponential(0.6 + 6.0 / length, length) for length in lengths]
    return pyarrow.table({"id": np.arange(400), "logprobs": [values.tolist() for values in drawn]})


EXAMPLES: dict[str, Callable[[], pyarrow.Table]] = {
    "Two classes": overconfident,
    "Five classes": animals,
    "Numbers": prices,
    "Tokens": tokens,
}
"""By the names that the page lists."""


def _sigmoid(z: FloatArray) -> FloatArray:
    return 1 / (1 + np.exp(-z))
