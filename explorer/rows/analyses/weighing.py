"""What another loss would weigh: whose gradients grow under it, by how probable each row's truth was thought."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import ibis

from explorer.core.losses import Loss
from explorer.rows.analyses.scans import added, is_finite, number
from explorer.rows.analyses.scores import chances, scored
from explorer.rows.losses import default, per_row
from explorer.rows.portable import answer
from explorer.rows.spec import Table

SMALLEST = 1e-150
"""What is smaller counts as this: its square is a float still, for else some engines stop."""
PARTS = 10
"""How many parts of equal width the probability of the truth is cut into."""


class Share(NamedTuple):
    """The rows whose truth was given a probability from low to high, and what share of all gradients is theirs."""

    low: float
    high: float
    rows: int
    usual: float
    chosen: float


def shares(table: Table, loss: Loss, numbers: Mapping[str, float]) -> tuple[Share, ...]:
    """Return the share of the gradients' length that each part of the rows has, under the usual loss and under another."""
    usual = _usual(table)
    both = per_row(Table(usual, table.layout, usual), loss, numbers, slope=True)
    both = scored(both, table.layout)
    both = both.mutate(place=(both.given * PARTS).floor().cast("int64").clip(0, PARTS - 1))
    lengths = {"usual": "usual", "chosen": "slope"}
    found = both.group_by("place").aggregate(
        rows=both.count(), **{name: _finite(both[column], both.weight).sum() for name, column in lengths.items()}
    )
    each = answer(found).to_pylist()
    by_place = {row["place"]: row for row in each}
    sums = {name: sum(row[name] or 0.0 for row in each) or 1.0 for name in ("usual", "chosen")}
    empty = {"rows": 0, "usual": 0.0, "chosen": 0.0}
    return tuple(
        Share(
            k / PARTS,
            (k + 1) / PARTS,
            (row := by_place.get(k, empty))["rows"],
            (row["usual"] or 0.0) / sums["usual"],
            (row["chosen"] or 0.0) / sums["chosen"],
        )
        for k in range(PARTS)
    )


def _usual(table: Table) -> ibis.Table:
    """The rows that count with the length of the usual loss's gradient by the raw scores, `usual`.

    Of classes it follows from their probabilities: those of the others, and the sum of these for the truth.
    """
    layout = table.layout
    if layout.kind != "classes" or layout.wide:
        return per_row(table, default(layout), slope=True).rename(usual="slope").drop("loss")
    rows, every = chances(scored(table.counted, layout), layout), range(len(layout.classes))
    rows = rows.mutate(**{f"c{k}": (rows.truth == k).ifelse(number(0), rows[f"c{k}"]) for k in every})
    rows = rows.mutate(
        others=ibis.greatest(added([rows[f"c{k}"] for k in every]), number(SMALLEST)),
        **{f"c{k}": ibis.greatest(rows[f"c{k}"], number(SMALLEST)) for k in every},
    )
    squares = added([rows[name] * rows[name] for name in ("others", *(f"c{k}" for k in every))])
    usual = squares.sqrt()
    if layout.scale == "logit":  # none where the truth's score is infinite
        usual = (rows.chosen > number(-math.inf)).ifelse(usual, None)
    return rows.mutate(usual=usual).select(*table.counted.columns, "usual")


def _finite(length: ibis.Value, weight: ibis.Value) -> ibis.Value:
    """A gradient's length by weight; 0 where it has none."""
    return is_finite(length).ifelse(length * weight, number(0))
