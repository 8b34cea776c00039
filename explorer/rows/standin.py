"""The usual losses as plain expressions, until `losses` prints any loss of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

import ibis

from explorer.core.losses import LOSSES, Loss
from explorer.rows.scans import added
from explorer.rows.spec import Layout, Table


def found(layout: Layout, name: str | None) -> Loss:
    """Return the loss that people mean for rows laid out so."""
    usual = {"binary": "binary_cross_entropy", "classes": "cross_entropy", "regression": "squared_error"}
    return LOSSES[name or usual.get(layout.kind, "binary_cross_entropy")]


def per_row(table: Table, loss: Loss | None = None, numbers: Mapping[str, float] | None = None) -> ibis.Table:
    """Return the rows that count, with a column `loss` more."""
    rows, layout = table.counted, table.layout
    if layout.kind == "tokens":
        return rows.mutate(loss=-rows.logp)
    if layout.kind == "regression":
        return rows.mutate(loss=(rows.y - rows.t) * (rows.y - rows.t))
    if layout.kind == "binary" and layout.scale == "logit":
        return rows.mutate(loss=ibis.greatest(rows.z, 0.0) - rows.z * rows.t + (1 + (-rows.z.abs()).exp()).ln())
    if layout.kind == "binary":
        return rows.mutate(loss=_weighed(rows.t, rows.p) + _weighed(1 - rows.t, 1 - rows.p))
    chosen = ibis.cases(*((rows.t == k, rows[name]) for k, name in enumerate(table.predictions)))
    if layout.scale == "probability":
        return rows.mutate(loss=_surprise(chosen))
    top = ibis.greatest(*(rows[name] for name in table.predictions))
    return rows.mutate(loss=added([(rows[name] - top).exp() for name in table.predictions]).ln() + top - chosen)


def _weighed(t: ibis.Value, p: ibis.Value) -> ibis.Value:
    return (t == 0).ifelse(0.0, t * _surprise(p))


def _surprise(p: ibis.Value) -> ibis.Value:
    return (p > 0).ifelse(-(p > 0).ifelse(p, 1.0).ln(), float("inf"))
