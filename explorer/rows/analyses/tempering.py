"""What a temperature does to rows of several classes, in few enough numbers to move live."""

from __future__ import annotations

import math
from dataclasses import replace

import ibis
import numpy as np

from explorer.core.calibration import COLDEST, HOTTEST, TEMPERATURES, Tables
from explorer.rows.analyses.scans import added, columns, number, spread
from explorer.rows.analyses.scores import names, relative, scored, sigmoid
from explorer.rows.analyses.temperature import logit
from explorer.rows.expressions import settled
from explorer.rows.spec import Layout, Table

CONFIDENCES = 120
"""Fine bins of confidence."""
SAMPLE, FEW = 20_000, 10
"""At most so many rows of several classes are looked at: each is counted at every temperature. Of more than FEW, fewer."""


def tables(table: Table, count: int) -> Tables:
    """Return rows of several classes by the confidence of the likeliest one at each temperature, of a sample if they are many.

    Parameters
    ----------
    table : Table
    count : int
        How many rows count.
    """
    rows, layout = table.counted, table.layout
    size = max(SAMPLE * FEW // max(len(layout.classes), FEW), 500)
    if count > size:
        rows = spread(table.numbered.counted, count, size)
    if layout.scale != "logit":
        given = (
            {"z": rows.p.map(_logarithm)}
            if layout.wide
            else {f"z{k}": _logarithm(rows[name]) for k, name in enumerate(names(layout), 1)}
        )
        rows = rows.mutate(**given)
    rows = scored(rows, replace(layout, scale="logit"))
    if layout.wide:
        below = {"below": rows.z.map(lambda z: (z == rows.best).ifelse(number(0), z - rows.best))}
    else:
        below = {f"below{k}": relative(rows, name) for k, name in enumerate(names(replace(layout, scale="logit")))}
    at = ibis.array([ibis.literal(k, "int64") for k in range(len(TEMPERATURES))]).unnest()
    rows = rows.select("weight", right=rows.truth == rows.predicted, behind=relative(rows, "chosen"), at=at, **below)
    steps = rows.at * (-math.log(HOTTEST / COLDEST) / (len(TEMPERATURES) - 1))
    rows = rows.mutate(inverse=steps.exp() * number(1 / COLDEST))
    if layout.wide:
        rows = settled(rows)
        rows = rows.mutate(whole=rows.below.map(lambda behind: (behind * rows.inverse).exp()).sums())
    else:
        rows = rows.mutate(whole=added([(rows[name] * rows.inverse).exp() for name in below]))
    rows = rows.mutate(q=1 / rows.whole, loss=rows.whole.ln() - rows.behind * rows.inverse)
    rows = rows.mutate(cell=ibis.least((rows.q * CONFIDENCES).floor(), CONFIDENCES - 1.0).cast("int64"))
    found = columns(
        rows.group_by("at", "cell").aggregate(
            n=rows.weight.sum(),
            q=(rows.weight * rows.q).sum() / rows.weight.sum(),
            k=(rows.weight * rows.right.cast("float64")).sum(),
            loss=(rows.weight * (rows.behind > number(-math.inf)).ifelse(rows.loss, number(0))).sum(),
            impossible=(rows.behind > number(-math.inf)).ifelse(number(0), rows.weight).sum(),
        )
    )
    filled = {name: np.zeros((len(TEMPERATURES), CONFIDENCES)) for name in ("q", "n", "k", "loss")}
    for name, into in filled.items():
        into[found["at"].astype(int), found["cell"].astype(int)] = found[name]
    return Tables.of(**filled, impossible=float(found["impossible"][found["at"] == 0].sum()))


def tempered(rows: ibis.Table, layout: Layout, temperature: float) -> ibis.Table:
    """Return rows that are `scored` with `score`, the probability that is judged once a temperature divides every logit."""
    T = number(temperature)
    if layout.kind == "binary":
        return rows.mutate(score=sigmoid(logit(rows, layout) / T))
    of_logits = layout.scale == "logit"
    if layout.wide:
        behind = rows.z.map(lambda z: z - rows.best) if of_logits else rows.p.map(lambda p: _logarithm(p / rows.confidence))
        return rows.mutate(score=ibis.least(1 / behind.map(lambda each: (each / T).exp()).sums(), number(1)))
    below = [relative(rows, name) if of_logits else _logarithm(rows[name] / rows.confidence) for name in names(layout)]
    return rows.mutate(score=ibis.least(1 / added([(behind / T).exp() for behind in below]), number(1)))


def _logarithm(p: ibis.Value) -> ibis.Value:
    """ln p, minus infinity at 0."""
    return (p > 0).ifelse((p > 0).ifelse(p, 1.0).ln(), float("-inf"))
