"""Predictions and targets in the form that a loss takes: probabilities, logits or numbers; indices or distributions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from explorer.core.checks import FloatArray
from explorer.doctor import addresses
from explorer.doctor.finding import Evidence

Found = Iterator[tuple[str, Evidence]]
"""Causes with their evidence."""
MOST_ROWS = 100_000
"""As many rows are looked at, evenly spread."""
IGNORED = -100.0
"""The index that PyTorch leaves out."""
WORDS = {"regression", "hinge", "triplet", "contrastive", "preference", "policy", "critic", "likelihood"}
"""Kinds whose predictions are no probabilities, whatever they look like."""


@dataclass(frozen=True)
class Form:
    """Predictions and targets as one of the project's losses takes them.

    Attributes
    ----------
    p : array, shape (rows, columns)
        Predictions; one column of binary ones and of numbers.
    t : array, shape (rows,) or (rows, columns)
        An index or a number a row, or a distribution.
    """

    p: FloatArray
    t: FloatArray

    @property
    def classes(self) -> int:
        """How many columns there are."""
        return int(self.p.shape[1])

    @property
    def has_index(self) -> bool:
        """Whether targets are whole numbers, one a row."""
        return self.t.ndim == 1 and bool(np.all(self.t == np.round(self.t)))

    @cached_property
    def within(self) -> bool:
        """Whether all predictions lie in [0, 1]."""
        return bool(np.all((self.p >= 0) & (self.p <= 1)))

    @cached_property
    def sums(self) -> bool:
        """Whether rows of predictions sum to 1."""
        return self.classes > 1 and self.within and bool(np.all(np.abs(self.p.sum(axis=1) - 1) < 0.02))

    @property
    def is_binary(self) -> bool:
        """Whether there is one column, and targets are two labels."""
        return self.classes == 1 and self.t.ndim == 1 and np.unique(self.t[:5000]).size <= 2

    @cached_property
    def right(self) -> float:
        """The share of rows whose largest column, or side of the middle, is that of the target."""
        if self.classes == 1:
            middle = 0.5 if self.within else 0.0
            return float(np.mean((self.p[:, 0] > middle) == (self.t > self.t.mean())))
        return float(np.mean(self.p.argmax(axis=1) == self.index))

    @cached_property
    def index(self) -> FloatArray:
        """The class of each row."""
        return self.t if self.t.ndim == 1 else self.t.argmax(axis=1).astype(np.float64)

    @cached_property
    def probable(self) -> FloatArray:
        """Predictions as probabilities."""
        if self.within:
            return self.p
        if self.classes == 1:
            return np.asarray(1 / (1 + np.exp(-np.clip(self.p, -700, 700))))
        power = np.exp(self.p - self.p.max(axis=1, keepdims=True))
        return np.asarray(power / power.sum(axis=1, keepdims=True))


def form_of(p: FloatArray, t: FloatArray) -> Form | None:
    """Return arrays as a loss takes them, without rows that hold no number or are ignored; None where they do not fit."""
    rows = p.shape[0]
    if t.shape[0] != rows or p.ndim > 2 or t.ndim > 2:
        return None
    columns = p.reshape(rows, -1)
    targets = t[:, 0] if t.ndim == 2 and t.shape[1] == 1 else t
    if targets.ndim == 2 and targets.shape != columns.shape:
        return None
    step = max(1, rows // MOST_ROWS)
    columns, targets = columns[::step], targets[::step]
    counts = np.isfinite(columns).all(axis=1) & np.isfinite(targets.reshape(len(targets), -1)).all(axis=1)
    if columns.shape[1] > 1 and targets.ndim == 1:
        counts &= targets != IGNORED
    return Form(columns[counts], targets[counts]) if counts.any() and columns.shape[1] else None


def mean(values: ArrayLike) -> float:
    """Return the mean as a plain number."""
    return float(np.asarray(values).mean())


def example(form: Form, p: FloatArray) -> tuple[str, str]:
    """Return the addresses of the row that costs most, and of a good one."""
    if form.classes == 1:
        wrong = int(np.argmax(np.abs(p[:, 0] - form.t)))
        return addresses.binary(p[wrong, 0], form.t[wrong]), addresses.binary(0.95)
    index = form.index.astype(int) % form.classes
    wrong = int(np.argmin(p[np.arange(len(p)), index]))
    good = np.full(form.classes, 0.05 / max(form.classes - 1, 1))
    good[index[wrong]] = 0.95
    return addresses.classes(p[wrong].tolist(), int(index[wrong])), addresses.classes(good.tolist(), int(index[wrong]))
