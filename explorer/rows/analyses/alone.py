"""What is asked of two classes first: one number, from a scan of its own that costs less than all cells do.

Rows may have NaN or NULL, and then do not count, but no number out of bounds. NULL is left out of a sum, and NaN makes a sum
NaN: then nothing is told.
"""

from __future__ import annotations

import math

import ibis
import numpy as np
from numpy.typing import NDArray

from explorer.rows.analyses import agreeing, summary
from explorer.rows.analyses.agreeing import Mean
from explorer.rows.analyses.odds import DENORMAL, TINY
from explorer.rows.analyses.scans import columns, number, single
from explorer.rows.analyses.summary import Summary
from explorer.rows.spec import Layout

LEAST = 1e-3
"""Of smaller means 1 - p has lost digits that count."""


def losses(rows: ibis.Table, layout: Layout) -> dict[str, float] | None:
    """Return sums of the usual loss; None where they are not told so: some loss is infinite, or all are tiny.

    These are of its negative, `own`: the sum, that of the squares, `parts`, and the `least`; and how many `rows`.
    """
    if layout.scale == "logit":
        own = -(1 + (rows.z * (1 - 2 * rows.t)).exp()).ln()
    else:
        own = ((rows.p - (1 - rows.t)).abs() + number(TINY)).ln()
    rows = rows.select(own=own)
    own = rows.own
    sums = {"own": own.sum(), "parts": (own * own).sum()}
    found = single(rows.aggregate(rows=own.count(), **sums, least=own.min()))
    if not -found["own"] > LEAST * found["rows"] or (layout.scale == "probability" and found["least"] < -DENORMAL):
        return None
    return found


def summarise(found: dict[str, float]) -> Summary:
    """Return the means of the usual loss that follow from `losses`."""
    count, part = found["rows"], -found["own"]
    known = {"examples": count, "weighed": count, "whole": count, "wholes": count, "part": part, "products": part}
    return summary.of_sums(found | known | {"infinite": 0.0, "undefined": 0.0, "beyond": 0.0, "means": math.nan})


def libraries(found: dict[str, float], rows: ibis.Table, layout: Layout) -> tuple[Mean, ...] | None:
    """Return the mean as libraries have it, from `losses`; None where some library keeps a prediction away from 0 or 1.

    A file says between which bounds its numbers lie, so that an engine need not look for such a prediction.
    """
    breaks = agreeing.breaks(layout)
    far = breaks[len(breaks) // 2]  # the least of losses that are too large for some library
    score, low, high = (rows.z, -far, far) if layout.scale == "logit" else (rows.p, math.exp(-far), -math.expm1(-far))
    outside = [rows.filter(each).limit(1).select(one=number(1)) for each in (score < number(low), score > number(high))]
    if len(columns(ibis.union(*outside))["one"]):
        return None
    return agreeing.named(layout, dict.fromkeys(agreeing.names(layout), -found["own"]), found["rows"])


def sides(rows: ibis.Table, layout: Layout) -> NDArray[np.int64]:
    """Return how many rows of each target (rows) are taken for each class (columns), shape (2, 2)."""
    above = rows.z if layout.scale == "logit" else rows.p - number(0.5)
    key = rows.t * 3 + above.sign() + above * 0  # the sign of NaN is 0
    rows = rows.select(key=key.try_cast("int8"))  # by so small a number DuckDB groups in half the time
    found = columns(rows.group_by("key").aggregate(count=rows.count()))
    kept = np.isfinite(found["key"].astype(np.float64))
    truth, side = np.divmod(found["key"][kept].astype(np.int64) + 1, 3)
    counts = np.zeros((2, 2), dtype=np.int64)
    np.add.at(counts, (truth, side // 2), found["count"][kept].astype(np.int64))
    return counts


def floor(rows: ibis.Table, layout: Layout) -> float | None:
    """Return the entropy of the base rates, in nats; None where an engine cannot tell that so."""
    mean = single(rows.aggregate(mean=(rows.t + (rows.z if layout.scale == "logit" else rows.p) * 0).mean()))["mean"]
    return None if math.isnan(mean) else summary.entropy(np.array([1 - mean, mean]))
