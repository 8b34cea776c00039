"""Which classes and which groups the loss comes from, and what is taken for what."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ibis
import numpy as np
from numpy.typing import NDArray

from explorer.rows.analyses.scans import FloatArray, columns, is_finite, number
from explorer.rows.spec import Layout

MANY = 100
"""So many classes or groups are told apart, the last of them all others together where there are more."""
OTHERS = "others"


@dataclass(frozen=True)
class Part:
    """The rows of one class, or of one group.

    Attributes
    ----------
    name : str
        Of the class or group.
    count : int
        Rows.
    weight, share : float
        Their weights added, and which part of all weight that is.
    base_rate : float or None
        Of a class its share; of a group the mean target of binary rows, None of others.
    mean_loss, mean_finite : float
        Their mean loss, infinite if one is, and the mean of the finite ones; NaN if there is no row.
    infinite : int
        How many losses are not finite.
    loss_share : float
        Which part of all finite loss is theirs.
    accuracy, precision, recall : float or None
        Of a class its own, its accuracy being its recall; of a group those of the positive class of binary rows. None where
        there is no such thing, NaN where it would be 0/0.
    """

    name: str
    count: int
    weight: float
    share: float
    base_rate: float | None
    mean_loss: float
    mean_finite: float
    infinite: int
    loss_share: float
    accuracy: float | None = None
    precision: float | None = None
    recall: float | None = None


@dataclass(frozen=True, eq=False)
class Cells:
    """What was taken for what.

    Attributes
    ----------
    names : tuple of str
        The classes, in the order of `matrix`: all of them, or the most frequent and then the others together.
    count, weight, finite, infinite, loss : array, shape (K, K)
        Rows, their weights, the weights and number of those with and without a finite loss, and that loss by weight. Rows of an
        array stand for the true class, columns for the one predicted.
    """

    names: tuple[str, ...]
    count: NDArray[np.int64]
    weight: FloatArray
    finite: FloatArray
    infinite: NDArray[np.int64]
    loss: FloatArray

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The classes."""
        taken, whole, lost = self.weight.sum(0), self.weight.sum(), self.loss.sum()
        return tuple(
            Part(
                name,
                int(self.count[k].sum()),
                float(self.weight[k].sum()),
                _ratio(self.weight[k].sum(), whole),
                _ratio(self.weight[k].sum(), whole),
                *_means(self.loss[k].sum(), self.finite[k].sum(), self.infinite[k].sum()),
                _ratio(self.loss[k].sum(), lost),
                _ratio(self.weight[k, k], self.weight[k].sum()),
                _ratio(self.weight[k, k], taken[k]),
                _ratio(self.weight[k, k], self.weight[k].sum()),
            )
            for k, name in enumerate(self.names)
        )


def cells(rows: ibis.Table, layout: Layout) -> Cells:
    """Return what was taken for what, of rows that are `scored` and have a `loss`: one scan, two for more than MANY classes."""
    names = layout.classes or ("0", "1")
    if len(names) > MANY:
        found = columns(rows.group_by("truth").aggregate(weight=rows.weight.sum()).order_by(ibis.desc("weight"), "truth"))
        top = sorted(int(k) for k in found["truth"][: MANY - 1])
        places = {k: place for place, k in enumerate(top)}
        rows = rows.mutate(**{name: rows[name].cases(*places.items(), else_=len(top)) for name in ("truth", "predicted")})
        names = (*(names[k] for k in top), OTHERS)
    found = columns(_sums(rows, "truth", "predicted"))
    return arranged(names, found["truth"].astype(int), found["predicted"].astype(int), found)


def arranged(
    names: Sequence[str], truth: NDArray[np.int64], predicted: NDArray[np.int64], found: Mapping[str, NDArray[Any]]
) -> Cells:
    """Return sums by pairs of a true and a predicted class, arrays of shape (n,), as cells."""
    arrays = {name: np.zeros((len(names), len(names))) for name in ("count", "weight", "finite", "infinite", "loss")}
    for name, array in arrays.items():
        array[truth, predicted] = found[name]
    count, infinite = (arrays[name].astype(np.int64) for name in ("count", "infinite"))
    return Cells(tuple(names), count, arrays["weight"], arrays["finite"], infinite, arrays["loss"])


def by_group(rows: ibis.Table, layout: Layout) -> tuple[Part, ...]:
    """Return the groups, the heaviest first and from MANY on together, from one scan.

    The rows have a `loss`, and are `scored` where there are classes. A row without a group belongs to one named "".
    """
    rows = rows.mutate(group=rows["group"].fill_null(""))
    of_classes, binary = layout.kind in {"binary", "classes"}, layout.kind == "binary"
    more = {}
    if of_classes:
        more["right"] = (rows.truth == rows.predicted).ifelse(rows.weight, number(0)).sum()
    if binary:
        more |= {
            "target": (rows.weight * rows.t).sum(),
            "true": (rows.truth == 1).ifelse(rows.weight, number(0)).sum(),
            "taken": (rows.predicted == 1).ifelse(rows.weight, number(0)).sum(),
            "both": ((rows.truth == 1) & (rows.predicted == 1)).ifelse(rows.weight, number(0)).sum(),
        }
    sums = _sums(rows, "group", **more)
    rank = ibis.row_number().over(order_by=[ibis.desc(sums.weight), sums["group"]])
    ranked = sums.mutate(rank=ibis.least(rank, MANY - 1))
    rest = ranked.group_by("rank").aggregate(
        group=ranked["group"].min(),
        groups=ranked.count(),
        **{name: ranked[name].sum() for name in sums.columns if name != "group"},
    )
    found = columns(rest.order_by("rank"))
    whole, lost = found["weight"].sum(), found["loss"].sum()
    return tuple(_group({name: found[name][k] for name in found}, whole, lost, layout) for k in range(len(found["rank"])))


def _group(of: dict[str, Any], whole: float, lost: float, layout: Layout) -> Part:
    binary = layout.kind == "binary"
    return Part(
        str(of["group"]) if of["groups"] == 1 else OTHERS,
        int(of["count"]),
        float(of["weight"]),
        _ratio(of["weight"], whole),
        _ratio(of["target"], of["weight"]) if binary else None,
        *_means(of["loss"], of["finite"], of["infinite"]),
        _ratio(of["loss"], lost),
        _ratio(of["right"], of["weight"]) if "right" in of else None,
        _ratio(of["both"], of["taken"]) if binary else None,
        _ratio(of["both"], of["true"]) if binary else None,
    )


def _sums(rows: ibis.Table, *by: str, **more: ibis.Value) -> ibis.Table:
    kept = is_finite(rows.loss)
    return rows.group_by(*by).aggregate(
        count=rows.count(),
        weight=rows.weight.sum(),
        finite=kept.ifelse(rows.weight, number(0)).sum(),
        infinite=kept.ifelse(0, 1).sum(),
        loss=kept.ifelse(rows.weight * rows.loss, number(0)).sum(),
        **more,
    )


def _means(loss: float, finite: float, infinite: float) -> tuple[float, float, int]:
    mean = _ratio(loss, finite)
    return math.inf if infinite else mean, mean, int(infinite)


def _ratio(above: float, below: float) -> float:
    return float(above / below) if below else math.nan
