"""What a temperature does to rows of several classes, in few enough numbers to move live."""

from __future__ import annotations

import math
from dataclasses import replace

import ibis
import numpy as np

from explorer.core.calibration import COLDEST, HOTTEST, TEMPERATURES, Tables
from explorer.rows.analyses.scans import added, columns, number
from explorer.rows.analyses.scores import names, relative, scored, sigmoid
from explorer.rows.analyses.temperature import logit
from explorer.rows.spec import Layout, Table

CONFIDENCES = 120
"""Fine bins of confidence."""
GOLDEN = 0.6180339887498949
"""Multiples of it spread evenly over [0, 1), so that any part of them is a sample."""
SAMPLE = 20_000
"""At most so many rows of several classes are looked at: each is counted at every temperature."""


def tables(table: Table, count: int) -> Tables:
    """Return rows of several classes by the confidence of the likeliest one at each temperature, of a sample if they are many.

    Parameters
    ----------
    table : Table
    count : int
        How many rows count.
    """
    rows, layout = table.counted, table.layout
    if count > SAMPLE:
        numbered = table.numbered.counted
        rows = numbered.filter((numbered.row * GOLDEN).cast("float64") % 1.0 < SAMPLE / count)
    given = names(layout)
    if layout.scale != "logit":
        rows = rows.mutate(**{f"z{k}": _logarithm(rows[name]) for k, name in enumerate(given, 1)})
    rows = scored(rows, replace(layout, scale="logit"))
    logits = names(replace(layout, scale="logit"))
    below = {f"below{k}": relative(rows, name) for k, name in enumerate(logits)}
    at = ibis.array([ibis.literal(k, "int64") for k in range(len(TEMPERATURES))]).unnest()
    rows = rows.select("weight", right=rows.truth == rows.predicted, behind=relative(rows, "chosen"), at=at, **below)
    temperature = ibis.literal(COLDEST) * ((rows.at * (math.log(HOTTEST / COLDEST) / (len(TEMPERATURES) - 1))).exp())
    rows = rows.mutate(temperature=temperature)
    rows = rows.mutate(whole=added([(rows[name] / rows.temperature).exp() for name in below]))
    rows = rows.mutate(q=1 / rows.whole, loss=rows.whole.ln() - rows.behind / rows.temperature)
    rows = rows.mutate(cell=ibis.least((rows.q * CONFIDENCES).floor(), CONFIDENCES - 1.0).cast("int64"))
    found = columns(
        rows.group_by("at", "cell").aggregate(
            n=rows.weight.sum(),
            q=(rows.weight * rows.q).sum() / rows.weight.sum(),
            k=(rows.weight * rows.right.cast("float64")).sum(),
            loss=(rows.weight * rows.loss).sum(),
        )
    )
    filled = {name: np.zeros((len(TEMPERATURES), CONFIDENCES)) for name in ("q", "n", "k", "loss")}
    for name, into in filled.items():
        into[found["at"].astype(int), found["cell"].astype(int)] = found[name]
    return Tables.of(**filled)


def tempered(rows: ibis.Table, layout: Layout, temperature: float) -> ibis.Table:
    """Return rows that are `scored` with `score`, the probability that is judged once a temperature divides every logit."""
    T = number(temperature)
    if layout.kind == "binary":
        return rows.mutate(score=sigmoid(logit(rows, layout) / T))
    of_logits = layout.scale == "logit"
    below = [relative(rows, name) if of_logits else _logarithm(rows[name] / rows.confidence) for name in names(layout)]
    return rows.mutate(score=ibis.least(1 / added([(behind / T).exp() for behind in below]), number(1)))


def _logarithm(p: ibis.Value) -> ibis.Value:
    """ln p, minus infinity at 0."""
    return (p > 0).ifelse((p > 0).ifelse(p, 1.0).ln(), float("-inf"))
