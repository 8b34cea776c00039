"""Softmax cross-entropy on many positions, by blocks that fit the processor's cache.

Each block is turned so that its positions lie side by side: NumPy then works on long rows, not on a few classes at a time.
Loss and gradient of one call share its exponentials.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from explorer.core.checks import FloatArray, IntArray
from explorer.core.options import focal_factor, focal_slope

BLOCK = 16384
"""Positions in a block."""


class _Softmax(NamedTuple):
    """One block, turned: shape (classes, positions), and (positions,) for rest.

    gap is max(z) - z and power e^-gap, 1 for the largest class; rest is the sum of all other powers. Leaving the largest out
    lets log1p keep losses far below the spacing of floats at 1.
    """

    gap: FloatArray
    power: FloatArray
    largest: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    rest: FloatArray

    @property
    def surprise(self) -> FloatArray:
        """-ln p, shape (classes, positions)."""
        return np.asarray(self.gap + np.log1p(self.rest))

    @property
    def others(self) -> FloatArray:
        """The sum of all powers but a class's own, shape (classes, positions): 1 - p times the sum of all."""
        return np.where(self.largest, self.rest, 1 + self.rest - self.power)


Part = Callable[[_Softmax, slice], FloatArray]
"""What to compute of a block, given which positions it holds: shape (positions,), or (classes, positions)."""


def index_loss(k: IntArray) -> Part:
    """-ln p_k, for classes k of shape (...), counted from 0."""
    chosen = k.reshape(-1)

    def part(s: _Softmax, at: slice) -> FloatArray:
        here = chosen[at], np.arange(s.rest.size)
        return np.asarray(s.gap[here] + np.log1p(s.rest))

    return part


def index_gradient(k: IntArray) -> Part:
    """p, less 1 at class k, of shape (...): there minus the sum of all other probabilities, which does not cancel."""
    chosen = k.reshape(-1)

    def part(s: _Softmax, at: slice) -> FloatArray:
        here = chosen[at], np.arange(s.rest.size)
        total = 1 + s.rest
        gradient = s.power / total
        gradient[here] = 0.0 - np.where(s.largest[here], s.rest, total - s.power[here]) / total  # never -0.0
        return gradient

    return part


def distribution_loss(t: FloatArray, gamma: float = 0.0) -> Part:
    """-sum_k t_k (1 - p_k)**gamma ln p_k, t of shape (..., classes); where t_k = 0 even an impossible class counts 0."""
    weights = t.reshape(-1, t.shape[-1])

    def part(s: _Softmax, at: slice) -> FloatArray:
        w, loss = weights[at].T, s.surprise
        if gamma != 0:
            loss = focal_factor(s.others / (1 + s.rest), gamma) * loss
        return np.asarray(np.multiply(w, loss, out=np.zeros(w.shape), where=w != 0).sum(axis=0))

    return part


def distribution_gradient(t: FloatArray, gamma: float = 0.0) -> Part:
    """p sum(w) - w, where w is t, shape (..., classes), times the focal slope if any.

    Written as p (sum(w) - w) - w (1 - p), which does not cancel.
    """
    weights = t.reshape(-1, t.shape[-1])

    def part(s: _Softmax, at: slice) -> FloatArray:
        w, total, others = weights[at].T, 1 + s.rest, s.others
        if gamma != 0:
            w = w * focal_slope(s.power / total, others / total, s.surprise, gamma)
        return np.asarray((s.power * (w.sum(axis=0) - w) - w * others) / total)

    return part


def evaluate(z: FloatArray, *parts: Part) -> tuple[FloatArray, ...]:
    """Compute parts of the softmax of logits, shape (..., classes), on all processors where there are many positions.

    Returns
    -------
    tuple of arrays
        For each part, shape (...) or (..., classes).
    """
    logits = z.reshape(-1, z.shape[-1])

    def run(at: slice) -> list[FloatArray]:
        softmax = _softmax(logits[at])
        return [part(softmax, at) for part in parts]

    blocks = [slice(start, start + BLOCK) for start in range(0, max(len(logits), 1), BLOCK)]
    first = run(blocks[0])
    results = [np.empty((len(logits), *part.shape[:-1])) for part in first]

    def fill(at: slice) -> None:
        for result, part in zip(results, run(at) if at is not blocks[0] else first, strict=True):
            result[at] = part.T

    if len(blocks) > 8:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(fill, blocks))
    else:
        for at in blocks:
            fill(at)
    return tuple(result.reshape((*z.shape[:-1], *result.shape[1:])) for result in results)


def _softmax(logits: FloatArray) -> _Softmax:
    z = logits.T.copy()
    gap = np.subtract(z.max(axis=0), z, out=z)
    power = np.exp(-gap)
    largest = power == 1
    others = np.subtract(power, largest)
    rest = others.sum(axis=0) + (largest.sum(axis=0) - 1)
    return _Softmax(gap, power, largest, rest)
