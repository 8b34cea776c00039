"""Histograms that tests of calibration share."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.core.calibration import TEMPERATURES, Tables

FINE = 120


@cache
def tables() -> tuple[Tables, NDArray[Any], NDArray[np.float64]]:
    """Tables of three classes, with the logits and labels that they came of."""
    draw = np.random.default_rng(8)
    y = draw.integers(0, 3, 500)
    z = draw.normal(0, 2, (500, 3))
    z[np.arange(500), y] += 2
    columns = []
    for temperature in TEMPERATURES:
        p = np.exp(z / temperature - np.logaddexp.reduce(z / temperature, axis=1, keepdims=True))
        q, right, loss = p.max(axis=1), p.argmax(axis=1) == y, -np.log(p[np.arange(500), y])
        place = np.minimum((q * FINE).astype(int), FINE - 1)
        n, s, k, sums = (np.bincount(place, w, FINE) for w in (np.ones(500), q, right, loss))
        columns.append((np.divide(s, n, out=np.zeros(FINE), where=n > 0), n, k, sums))
    q, n, k, loss = map(np.array, zip(*columns, strict=True))
    return Tables.of(q, n, k, loss), y, z
