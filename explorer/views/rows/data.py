"""The rows of a view, and the analyses of them that are kept, so that a scan is made once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from threading import local
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from explorer.core.calibration import Scores, Tables
from explorer.core.losses import Loss
from explorer.rows import Report, Rows, open_rows
from explorer.rows.analyses.calibration import Calibration
from explorer.rows.analyses.temperature import CELLS, Logits
from explorer.rows.analyses.tempering import tables
from explorer.rows.examples import EXAMPLES
from explorer.rows.losses import default
from explorer.rows.reading import watch

Columns = tuple[tuple[str, str], ...]
"""What of a layout somebody has changed, by its name in the address."""
MOST = 64
"""Of what is kept of the same rows."""
T = TypeVar("T")
_KEPT: WeakKeyDictionary[Rows, dict[Hashable, Any]] = WeakKeyDictionary()


_THREAD = local()


@contextmanager
def noted() -> Iterator[list[Hashable]]:
    """Note the keys of all that this thread asks for in the block, whether it is kept already or not."""
    keys: list[Hashable] = []
    _THREAD.noted = keys
    try:
        yield keys
    finally:
        _THREAD.noted = None


def known(rows: Rows, keys: Sequence[Hashable]) -> int:
    """Return how many of some keys are kept of rows."""
    return sum(key in _KEPT.get(rows, {}) for key in keys)


def kept(rows: Rows, key: Hashable, make: Callable[[], T]) -> T:
    """Return what make returns, made once for these rows as long as it is among the last that were asked for."""
    held = _KEPT.setdefault(rows, {})
    if (keys := getattr(_THREAD, "noted", None)) is not None and key not in keys:
        keys.append(key)
    if key not in held:
        watch.check()
        made = make()
        while len(held) >= MOST:
            held.pop(next(iter(held)), None)
        held[key] = made
    found: T = held[key]
    return found


@lru_cache(maxsize=len(EXAMPLES))
def example(name: str) -> Rows:
    """Return made-up rows, opened once."""
    rows = open_rows(EXAMPLES[name]())
    rows.source = name
    return rows


def laid_out(rows: Rows, columns: Columns) -> tuple[Rows, str]:
    """Return the rows with what somebody has changed of their layout; or as they were, and why that cannot be."""
    return kept(rows, columns, partial(_laid_out, rows, columns)) if columns else (rows, "")


def _laid_out(rows: Rows, columns: Columns) -> tuple[Rows, str]:
    changed: dict[str, Any] = dict(columns)
    if "," in dict(columns).get("prediction", ""):
        changed["prediction"] = [name.strip() for name in dict(columns)["prediction"].split(",")]
    try:
        laid = open_rows(rows.raw, **changed)
    except ValueError as error:
        return rows, str(error).removeprefix("the table: ")
    laid.source = rows.source
    return laid, ""


def report(rows: Rows, loss: Loss | None = None, numbers: Mapping[str, float] | None = None) -> Report:
    """Return the report on rows under a loss, the usual one by default."""
    if loss is None or (loss.name == default(rows.layout).name and not numbers):
        return kept(rows, "report", rows.report)
    key = loss.name, tuple(sorted((numbers or {}).items()))
    return kept(rows, ("report", key), lambda: rows.report(loss=loss, numbers=numbers))


def calibration(rows: Rows, bins: int) -> Calibration | None:
    """Return the calibration in some bins; None of rows without classes."""
    found = report(rows).calibration
    return kept(rows, ("bins", bins), lambda: found.in_bins(bins)) if found else None


def fine(rows: Rows) -> Scores | Tables:
    """Return rows of classes in bins that a temperature can move."""
    return kept(rows, "fine", partial(_fine, rows))


def _fine(rows: Rows) -> Scores | Tables:
    usual = report(rows)
    return tables(rows.table, usual.count) if rows.layout.kind == "classes" else scores(usual.logits_at_best, usual.temperature)


def scores(cells: Logits, best: float | None) -> Scores:
    """Return cells of logits as scores, two for each: they have its spread, and its covariance of logits and targets.

    So what is averaged over them is right to second order in the width of a cell. Where one would lie across an edge of bins at
    the temperature 1 or the best one, they are the means of each target instead.
    """
    n, t = cells.weight, cells.t
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = cells.z / n
        spread = np.sqrt(np.maximum(cells.zz / n - mean**2, 0))
        low, high = mean - spread, mean + spread
        tilt = np.where(spread > 0, (cells.tz - t * mean) / (2 * spread), 0)
        of_each = np.where(t < n, (cells.z - cells.tz) / (n - t), mean), np.where(t > 0, cells.tz / t, mean)
        across = np.logical_or(*(cells.parts(low, T) != cells.parts(high, T) for T in (1.0, best or 1.0)))
    most = np.minimum(t, n - t) / 2
    tilt = np.clip(tilt, -most, most)
    ends = np.where(cells.cell < 0, -np.inf, np.where(cells.cell >= CELLS, np.inf, 0))
    apart = (of_each, (n - t, t), (0 * t, t))
    together = ((low, high), (n / 2, n / 2), (t / 2 - tilt, t / 2 + tilt))
    z, *counts = (np.where(across, one, other) for one, other in zip(apart, together, strict=True))
    return Scores.of(*(np.concatenate(each) for each in (z + ends, *counts)))
