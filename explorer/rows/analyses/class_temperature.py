"""The temperature of classes, and what any temperature does to them: each row is computed, where two classes have cells.

With b = 1/T the loss of a row is log(sum exp(b d_k)) - b d_t, where d_k is how far a class's score lies below the largest.
Probabilities p stand for the scores log p. A row whose loss is infinite takes no part.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce
from operator import mul

import ibis
import numpy as np

from explorer.rows.analyses.calibration import nearest
from explorer.rows.analyses.odds import TINY
from explorer.rows.analyses.scans import FloatArray, added, columns, number
from explorer.rows.analyses.scores import names, relative
from explorer.rows.analyses.temperature import TemperatureCurve, best, refined
from explorer.rows.expressions import settled
from explorer.rows.spec import Layout

NEVER = -1e30
"""How far a class of probability 0 lies below the likeliest: its exponential is 0, and 0 its products with three of it."""
HALVES = 7
"""The curve is computed where T is 2 ** (k / 2), k from -HALVES to HALVES."""
INVERSES = tuple(2.0 ** (k / 2) for k in range(-HALVES, HALVES + 1))
NODES = 6
"""Between these, what other rows lose than a sample of them is interpolated by so many neighbours."""
FIRST, FEW = 20_000, 10
"""So many rows say about where the best temperature of classes is; of more classes than FEW, fewer."""
SMALL = 1e-200
"""Between this and its inverse sums of exponentials hold all their digits, and so do their products with scores."""


def sample_size(layout: Layout) -> int:
    """Return how many rows say about what all of them do."""
    return max(FIRST * FEW // max(len(layout.classes), FEW), 500)


def class_temperature(rows: ibis.Table, layout: Layout) -> float:
    """Return the best temperature of classes, of rows that are `scored`: about where the first rows have it, then exactly.

    That takes one or two scans; a handful where the first rows have none, or all rows another one altogether. The scores are
    taken as they are as long as their exponentials are far from what floats can hold, else less the largest of each row.
    """
    below = layout.wide

    def derivatives(rows: ibis.Table, inverses: Sequence[float]) -> dict[str, FloatArray]:
        nonlocal below
        found = columns(_class_sums(rows, layout, inverses, below=below).order_by("inverse"))
        if below or (found["least"] > SMALL).all() and (found["most"] < 1 / SMALL).all() and np.isfinite(found["turn"]).all():
            return found
        below = True
        return derivatives(rows, inverses)

    def sums(inverses: Sequence[float]) -> list[tuple[float, float, float]]:
        found = derivatives(rows, inverses)
        if not len(found["inverse"]):
            return [(math.nan, math.nan, math.nan)] * len(inverses)
        return [(float(a), float(b), float(c)) for a, b, c in zip(found["slope"], found["curve"], found["turn"], strict=True)]

    first = derivatives(rows.limit(sample_size(layout)), INVERSES)
    found = math.nan
    if (low := np.flatnonzero((first["slope"][:-1] < 0) & (first["slope"][1:] > 0))).size:
        two = slice(int(low[0]), int(low[0]) + 2)
        found = refined(sums, 1 / _crossing(first["inverse"][two], first["slope"][two], first["curve"][two]))
    return best(lambda inverses: [each[:2] for each in sums(inverses)]) if math.isnan(found) else found


def _crossing(at: FloatArray, value: FloatArray, slope: FloatArray) -> float:
    """Where the polynomial of degree 3 that has two values, of which the first is below 0, and their slopes is 0."""
    step = at[1] - at[0]
    (a, b), (c, d) = value, slope * step
    roots = np.roots([2 * a - 2 * b + c + d, -3 * a + 3 * b - 2 * c - d, c, a])
    within = roots.real[(np.abs(roots.imag) < 1e-9) & (roots.real > 0) & (roots.real < 1)]
    return float(at[0] + step * (within[0] if within.size else a / (a - b)))


def class_curve(rows: ibis.Table, sample: ibis.Table, layout: Layout, bins: int, whole: float) -> TemperatureCurve:
    """Return the curve of classes, from a scan of rows that are `scored`, and one of a sample.

    A histogram cannot hold what is needed, for K scores are K - 1 differences: each row is computed at 15 temperatures. Between
    these the curve is that of the sample, whose derivatives are known, and what all rows lose more, which is small and smooth.

    Parameters
    ----------
    rows, sample : ibis.Table
    layout : Layout
    bins : int
    whole : float
        The weight of the rows whose loss is finite.
    """
    inverse = np.array(INVERSES)
    whole = whole or math.nan
    found = columns(_at_inverses(rows, layout, bins).order_by("node"))
    loss, ece = (found[name] / whole if len(found["node"]) else np.full(len(inverse), math.nan) for name in ("loss", "gap"))
    part = columns(_class_sums(sample, layout, INVERSES).order_by("inverse"))
    known = len(part["inverse"]) and part["weight"][0] > 0
    of_sample = [part[name] / part["weight"] if known else np.zeros(len(inverse)) for name in ("loss", "slope", "curve")]
    more = loss - of_sample[0]

    def loss_at(temperature: float) -> float:
        return _between(1 / temperature, inverse, *of_sample) + _interpolated(-math.log(temperature), np.log(inverse), more)

    def ece_at(temperature: float) -> float:
        return float(np.interp(math.log(temperature), -np.log(inverse[::-1]), ece[::-1]))

    return TemperatureCurve(1 / inverse[::-1], loss[::-1], ece[::-1], loss_at, ece_at)


def _between(x: float, at: FloatArray, value: FloatArray, slope: FloatArray, curve: FloatArray) -> float:
    """The polynomial of degree 5 in log x that has both neighbours' values and first two derivatives."""
    k = int(np.clip(np.searchsorted(at, x) - 1, 0, len(at) - 2))
    two, logs = slice(k, k + 2), np.log(at[k : k + 2])
    step = logs[1] - logs[0]
    s = float(np.clip((math.log(x) - logs[0]) / step, 0, 1))
    first = slope[two] * at[two] * step
    second = (curve[two] * at[two] ** 2 + slope[two] * at[two]) * step**2
    near = [_hermite(s) @ np.array([value[k], first[0], second[0]]), _hermite(1 - s) @ [value[k + 1], -first[1], second[1]]]
    return float(sum(near))


def _hermite(s: float) -> FloatArray:
    """What value, slope and curvature at the near end count for, at a share s of the way."""
    u = 1 - s
    return u**3 * np.array([1 + 3 * s + 6 * s**2, s * (1 + 3 * s), s**2 / 2])


def _interpolated(x: float, at: FloatArray, value: FloatArray) -> float:
    """The polynomial through the NODES nearest values."""
    k = int(np.clip(np.searchsorted(at, x) - NODES // 2, 0, len(at) - NODES))
    near, values = at[k : k + NODES], value[k : k + NODES]
    apart = np.where(np.eye(NODES, dtype=bool), 1.0, near[:, None] - near)
    ways = np.where(np.eye(NODES, dtype=bool), 1.0, x - near)
    return float((np.prod(ways, axis=1) / np.prod(apart, axis=1)) @ values)


def _at_inverses(rows: ibis.Table, layout: Layout, bins: int) -> ibis.Table:
    """The loss of all rows, added, and how far bins' predictions and targets are apart, at each of INVERSES."""
    rows = _wholes_of_lists(rows, layout) if layout.wide else _wholes(rows, layout)
    values = dict[str, ibis.Value]()
    kept = rows.own > number(NEVER / 2)
    own, weight = kept.ifelse(rows.own, number(0)), kept.ifelse(rows.weight, number(0))
    for node, inverse in enumerate(INVERSES):
        whole = rows[f"whole{node}"]
        values[f"p{node}"], values[f"loss{node}"] = 1 / whole, weight * (whole.ln() - own * number(inverse))
    rows = settled(rows.select(weight=weight, right=rows.right, **values))
    gaps = {f"gap{node}": rows.weight * (rows[f"p{node}"] - rows.right) for node in range(len(INVERSES))}
    keys = {f"key{node}": nearest(rows[f"p{node}"], bins) + (node * (bins + 1) + 1) for node in range(len(INVERSES))}
    rows = settled(rows.select(*[f"loss{node}" for node in range(len(INVERSES))], **gaps, **keys))
    each = [ibis.struct({name: rows[f"{name}{node}"] for name in ("key", "gap", "loss")}) for node in range(len(INVERSES))]
    long = rows.select(each=ibis.array(each).unnest())
    long = long.select(**{name: long.each[name] for name in ("key", "gap", "loss")})
    fine = long.group_by(key=long.key.cast("int64")).aggregate(gap=long.gap.sum(), loss=long.loss.sum())
    return fine.group_by(node=fine.key // (bins + 1)).aggregate(gap=fine.gap.abs().sum(), loss=fine.loss.sum())


def _wholes(rows: ibis.Table, layout: Layout) -> ibis.Table:
    """Rows with the sum of their exponentials at each of INVERSES: the next but one has the squares of its terms."""
    each = range(len(names(layout)))
    strict = rows.get_backend().name == "postgres"  # there a product that is too small for a double is an error
    below = {f"d{k}": _below(rows, layout, name) for k, name in enumerate(names(layout))}
    rows = rows.select("weight", "truth", right=(rows.truth == rows.predicted).cast("float64"), **below)
    rows = rows.mutate(own=ibis.cases(*((rows.truth == k, rows[f"d{k}"]) for k in each)))
    for node, inverse in enumerate(INVERSES):
        of_before = [rows[f"e{node - 2}_{k}"] if node > 1 else None for k in each]
        terms = {
            f"e{node}_{k}": (rows[f"d{k}"] * number(inverse)).exp() if strict or before is None else before * before
            for k, before in zip(each, of_before, strict=True)
        }
        rows = rows.mutate(**terms)
    return rows.mutate(**{f"whole{node}": added([rows[f"e{node}_{k}"] for k in each]) for node in range(len(INVERSES))})


def _wholes_of_lists(rows: ibis.Table, layout: Layout) -> ibis.Table:
    """The same of rows whose predictions stand in a list."""
    rows = _with_below(rows, layout)
    return rows.mutate(
        **{
            f"whole{node}": rows.below.map(lambda d, inverse=inverse: (d * number(inverse)).exp()).sums()
            for node, inverse in enumerate(INVERSES)
        }
    )


def _class_sums(rows: ibis.Table, layout: Layout, inverses: Sequence[float], *, below: bool = True) -> ibis.Table:
    """The loss at each inverse of a temperature and its first three derivatives by that, added over rows.

    below says whether scores are taken less the largest of a row.
    """
    if layout.wide:
        return _list_sums(rows, layout, inverses)
    each = names(layout)
    scores = {f"d{k}": (_below if below else _score)(rows, layout, name) for k, name in enumerate(each)}
    rows = rows.select("weight", "truth", **scores)
    rows = rows.mutate(own=ibis.cases(*((rows.truth == k, rows[f"d{k}"]) for k in range(len(each)))))
    given = ibis.array([number(inverse) for inverse in inverses]).unnest()
    rows = rows.mutate(inverse=given if len(inverses) > 1 else number(inverses[0]))
    rows = rows.mutate(**{f"e{k}": (rows.inverse * rows[f"d{k}"]).exp() for k in range(len(each))})
    pairs = [(rows[f"e{k}"], rows[f"d{k}"]) for k in range(len(each))]
    sums = {f"s{power}": [reduce(mul, [d] * power, e) for e, d in pairs] for power in range(4)}
    return _summed(rows.mutate(**{name: added(terms) for name, terms in sums.items()}))


def _list_sums(rows: ibis.Table, layout: Layout, inverses: Sequence[float]) -> ibis.Table:
    """The same of rows whose predictions stand in a list."""
    rows = _with_below(rows, layout)
    given = ibis.array([number(inverse) for inverse in inverses]).unnest()
    rows = settled(rows.mutate(inverse=given if len(inverses) > 1 else number(inverses[0])))
    rows = rows.mutate(
        s0=rows.below.map(lambda d: (rows.inverse * d).exp()).sums(),
        s1=rows.below.map(lambda d: (rows.inverse * d).exp() * d).sums(),
        s2=rows.below.map(lambda d: (rows.inverse * d).exp() * d * d).sums(),
        s3=rows.below.map(lambda d: (rows.inverse * d).exp() * d * d * d).sums(),
    )
    return _summed(settled(rows))


def _with_below(rows: ibis.Table, layout: Layout) -> ibis.Table:
    """Rows with the list of how far each class's score lies below the largest, and with that of the truth, `own`."""
    if layout.scale == "logit":
        below = rows.z.map(lambda z: (z == rows.best).ifelse(number(0), ibis.greatest(z - rows.best, number(NEVER))))
    else:
        below = rows.p.map(lambda p: ibis.coalesce((p > 0).ifelse(p / rows.confidence, None).ln(), number(NEVER)))
    right = (rows.truth == rows.predicted).cast("float64")
    rows = settled(rows.select("weight", "truth", right=right, below=below))
    return settled(rows.mutate(own=rows.below[rows.truth]))


def _summed(rows: ibis.Table) -> ibis.Table:
    """Sums over rows that have those of exponentials over their classes."""
    kept = rows.own > number(NEVER / 2)
    w, own = kept.ifelse(rows.weight, number(0)), kept.ifelse(rows.own, number(0))
    rows = rows.mutate(w=w, own=own, s0=rows.s0 + number(TINY))  # of scores far below 0, taken as they are, it is 0
    rows = rows.mutate(mean=rows.s1 / rows.s0, square=rows.s2 / rows.s0)
    cube = rows.s3 / rows.s0 - rows.mean * (3 * rows.square - 2 * rows.mean * rows.mean)
    return rows.group_by("inverse").aggregate(
        weight=rows.w.sum(),
        loss=(rows.w * (rows.s0.ln() - rows.inverse * rows.own)).sum(),
        slope=(rows.w * (rows.mean - rows.own)).sum(),
        curve=(rows.w * (rows.square - rows.mean * rows.mean)).sum(),
        turn=(rows.w * cube).sum(),
        least=rows.s0.min(),
        most=rows.s0.max(),
    )


def _score(rows: ibis.Table, layout: Layout, name: str) -> ibis.Value:
    """A class's score."""
    if layout.scale == "logit":
        return rows[name]
    return ibis.coalesce((rows[name] > 0).ifelse(rows[name], None).ln(), number(NEVER))


def _below(rows: ibis.Table, layout: Layout, name: str) -> ibis.Value:
    """How far a class's score lies below the largest."""
    if layout.scale == "logit":
        return ibis.greatest(relative(rows, name), number(NEVER))
    return ibis.coalesce((rows[name] > 0).ifelse(rows[name] / rows.confidence, None).ln(), number(NEVER))
