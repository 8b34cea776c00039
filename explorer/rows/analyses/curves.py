"""The curves of a score against a class: receiver operating characteristic, and precision over recall."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import ibis
import numpy as np

from explorer.rows.analyses.scans import FloatArray, columns, single
from explorer.rows.analyses.scores import probability
from explorer.rows.analyses.temperature import Logits, logits, of_probability
from explorer.rows.spec import Layout

DISTINCT = 3000
"""Up to so many different scores the curves are exact."""
WITHIN = (np.arange(16) + 0.5) / 16
"""Shares of a cell at which precision is taken."""


@dataclass(frozen=True)
class Curves:
    """Of one class against the rest.

    Attributes
    ----------
    false_positive, true_positive : array, shape (n + 1,)
        Parts of the negatives and of the positives that are above a threshold, from (0, 0) to (1, 1); NaN without any.
    precision : array, shape (n + 1,)
        Which part of what is above is positive; 1 at the first, where nothing is.
    auc, average_precision : float
        The area under the first curve, and the sum of precision times the rise of recall; NaN where there is one class alone.
    auc_error, average_precision_error : float
        How far off these can be at most: 0 where each score has its point, else what the order within cells could change.
    """

    false_positive: FloatArray
    true_positive: FloatArray
    precision: FloatArray
    auc: float
    average_precision: float
    auc_error: float
    average_precision_error: float

    @property
    def recall(self) -> FloatArray:
        """What precision is drawn over: the same as true_positive."""
        return self.true_positive


def curves(rows: ibis.Table, layout: Layout, k: int, cells: Callable[[], Logits] | None = None) -> Curves:
    """Return the curves of the class of index k, of rows that are `scored`.

    Parameters
    ----------
    rows : ibis.Table
    layout : Layout
    k : int
        1 of binary rows for the positive class.
    cells : function, optional
        What returns those of the same class.
    """
    raw = layout.kind == "binary" and layout.scale == "logit"
    score = (rows.z if k == 1 else -rows.z) if raw else probability(rows, layout, k)
    binary = layout.kind == "binary"
    target = (rows.t if k == 1 else 1 - rows.t) if binary else (rows.truth == k).cast("float64")
    kept = rows.select("weight", score=score, target=target)
    exact = _few(kept)
    if exact is not None:
        return exact
    z = kept.score if raw else of_probability(kept.score)
    found = cells() if cells else logits(kept, z, kept.target)
    return traced(found.t[::-1], (found.weight - found.t)[::-1], exact=False)


def _few(rows: ibis.Table) -> Curves | None:
    """The exact curves, where there are few different scores; the first rows tell whether it is worth to count all."""
    first = rows.limit(5 * DISTINCT)
    if single(first.aggregate(scores=first.score.nunique()))["scores"] > DISTINCT:
        return None
    sums = rows.group_by("score").aggregate(
        positive=(rows.weight * rows.target).sum(), negative=(rows.weight * (1 - rows.target)).sum()
    )
    found = columns(sums.limit(DISTINCT + 1))
    if len(found["score"]) > DISTINCT:
        return None
    order = np.argsort(-found["score"], kind="stable")
    return traced(found["positive"][order].astype(float), found["negative"][order].astype(float), exact=True)


def traced(positive: FloatArray, negative: FloatArray, *, exact: bool) -> Curves:
    """Return the curves through cells of descending score.

    Parameters
    ----------
    positive, negative : array, shape (n,)
        Their weights in each cell.
    exact : bool
        Whether all scores of a cell are equal.
    """
    hits, misses = (np.concatenate([[0.0], np.cumsum(values)]) for values in (positive, negative))
    positives, negatives = hits[-1] or math.nan, misses[-1] or math.nan
    above = hits + misses
    precision = np.divide(hits, above, out=np.ones(len(hits)), where=above > 0)
    auc = float((negative * (hits[:-1] + hits[1:]) / 2).sum() / (positives * negatives))
    if exact:
        average = float((positive * precision[1:]).sum() / positives)
        return Curves(misses / negatives, hits / positives, precision, auc, average, 0.0, 0.0)
    inside = hits[:-1, None] + positive[:, None] * WITHIN
    outside = misses[:-1, None] + negative[:, None] * WITHIN
    whole = inside + outside
    between = np.divide(inside, whole, out=np.zeros_like(whole), where=whole > 0).mean(1)
    best, worst = _share(hits[1:], misses[:-1]), _share(hits[:-1], misses[1:])
    wrong = np.maximum(best - between, between - worst)
    return Curves(
        misses / negatives,
        hits / positives,
        precision,
        auc,
        float((positive * between).sum() / positives),
        float((positive * negative).sum() / 2 / (positives * negatives)),
        float((positive * wrong).sum() / positives),
    )


def _share(part: FloatArray, other: FloatArray) -> FloatArray:
    whole = part + other
    share = np.zeros(len(part))
    np.divide(part, whole, out=share, where=whole > 0)
    return share
