"""What predictions say of each row: each class's probability, the class predicted, how sure; as expressions."""

from __future__ import annotations

import math

import ibis

from explorer.rows.analyses.scans import added, number
from explorer.rows.expressions import settled
from explorer.rows.spec import Layout


def names(layout: Layout) -> list[str]:
    """Return the names of the columns that hold each class's prediction, of binary rows the positive one's alone."""
    letter = "z" if layout.scale == "logit" else "p"
    if layout.wide:
        raise TypeError("The predictions of many classes have no names.")
    return [f"{letter}{k}" for k in range(1, len(layout.classes) + 1)] if layout.kind == "classes" else [letter]


def scored(rows: ibis.Table, layout: Layout) -> ibis.Table:
    """Return rows of classes with more columns.

    Parameters
    ----------
    rows : ibis.Table
        Rows of a Table that count.
    layout : Layout
        Of binary rows or of classes.

    Returns
    -------
    ibis.Table
        With `truth`, the index of the class that is true (of binary rows 1 where the target is above one half); `predicted`,
        the index of the likeliest class, the first of equals (of binary rows 1 above one half alone); `confidence`, its
        probability; and `given`, that of the class that is true. Of binary rows `positive` too, the probability of class 1.
    """
    return _binary(rows, layout) if layout.kind == "binary" else _classes(rows, layout)


def _binary(rows: ibis.Table, layout: Layout) -> ibis.Table:
    if layout.scale == "logit":
        rows = rows.mutate(rest=(-rows.z.abs()).exp())
        rows = rows.mutate(whole=1 + rows.rest)
        rows = rows.mutate(positive=(rows.z >= 0).ifelse(number(1), rows.rest) / rows.whole)
    else:
        rows = rows.mutate(positive=rows.p)
    rows = rows.mutate(truth=(rows.t > number(0.5)).cast("int64"), predicted=(rows.positive > number(0.5)).cast("int64"))
    return rows.mutate(
        confidence=ibis.greatest(rows.positive, 1 - rows.positive),
        given=(rows.positive - (1 - rows.truth)).abs(),
    )


def _of_lists(rows: ibis.Table, layout: Layout) -> ibis.Table:
    """The same of rows whose predictions stand in a list."""
    letter = "p" if layout.scale != "logit" else "z"
    rows = settled(rows.mutate(truth=rows.t.cast("int64"), best=rows[letter].maxs()))
    listed = rows[letter]
    rows = settled(rows.mutate(predicted=listed.index(rows.best).cast("int64"), chosen=listed[rows.truth]))
    if letter == "p":
        return rows.rename(confidence="best", given="chosen")
    less = rows.z.map(lambda z: (z == rows.best).ifelse(number(0), (z - rows.best).exp()))
    equal = rows.z.filter(lambda z: z == rows.best).length()
    rows = settled(rows.mutate(rest=less.sums() + (equal - 1)))
    rows = rows.mutate(whole=1 + rows.rest)
    return settled(rows.mutate(confidence=1 / rows.whole, given=relative(rows, "chosen").exp() / rows.whole))


def probabilities(rows: ibis.Table, layout: Layout) -> ibis.Value:
    """The list of the classes' probabilities, of rows that are `scored` and have their predictions in a list."""
    if layout.scale != "logit":
        return rows.p
    return rows.z.map(lambda z: (z == rows.best).ifelse(number(0), z - rows.best).exp() / rows.whole)


def _classes(rows: ibis.Table, layout: Layout) -> ibis.Table:
    if layout.wide:
        return _of_lists(rows, layout)
    each = names(layout)
    rows = rows.mutate(truth=rows.t.cast("int64"), best=ibis.greatest(*(rows[name] for name in each)))
    rows = rows.mutate(
        predicted=ibis.cases(*((rows[name] == rows.best, k) for k, name in enumerate(each))).cast("int64"),
        chosen=ibis.cases(*((rows.truth == k, rows[name]) for k, name in enumerate(each))),
    )
    if layout.scale != "logit":
        return rows.rename(confidence="best", given="chosen")
    less = [(rows.predicted == k).ifelse(number(0), (rows[name] - rows.best).exp()) for k, name in enumerate(each)]
    rows = rows.mutate(rest=added(less))
    rows = rows.mutate(whole=1 + rows.rest)
    return rows.mutate(confidence=1 / rows.whole, given=relative(rows, "chosen").exp() / rows.whole)


def surprise(rows: ibis.Table, layout: Layout) -> ibis.Table:
    """Return rows of classes that are `scored` with a column `loss` more, the usual one, from what is known of them already.

    Of binary rows the targets are classes.
    """
    if layout.scale == "logit" and layout.kind == "binary":
        below = ibis.greatest(-rows.z * (2 * rows.t - 1), number(0))
        return rows.mutate(loss=(rows.z.abs() < number(math.inf)).ifelse(logarithm_of_whole(rows) + below, below))
    if layout.scale == "logit":
        return rows.mutate(loss=logarithm_of_whole(rows) + (rows.best - rows.chosen))
    loss = -rows.given.nullif(number(0)).ln()
    if layout.kind == "binary":
        loss += (rows.positive - rows.truth).abs() - (1 - rows.given)  # what 1 - p has lost of a small p
    return rows.mutate(loss=ibis.coalesce(loss, number(math.inf)))


def logarithm_of_whole(rows: ibis.Table) -> ibis.Value:
    """The logarithm of `whole`, which is 1 + `rest`, without the digits that 1 + rest has lost."""
    return rows.whole.ln() + (rows.rest - (rows.whole - 1)) / rows.whole


def relative(rows: ibis.Table, name: str) -> ibis.Value:
    """A logit less the largest: 0 for that one even where it is infinite."""
    return (rows[name] == rows.best).ifelse(number(0), rows[name] - rows.best)


def sigmoid(z: ibis.Value) -> ibis.Value:
    """1 / (1 + exp(-z)) without overflow."""
    small = (-z.abs()).exp()
    return (z >= 0).ifelse(number(1), small) / (1 + small)


def probability(rows: ibis.Table, layout: Layout, k: int) -> ibis.Value:
    """The probability of the class of index k, of rows that are `scored`."""
    if layout.kind == "binary":
        return rows.positive if k == 1 else 1 - rows.positive
    if layout.wide:
        z = rows.p[k] if layout.scale != "logit" else rows.z[k]
        return z if layout.scale != "logit" else (z == rows.best).ifelse(number(0), z - rows.best).exp() / rows.whole
    name = names(layout)[k]
    return rows[name] if layout.scale != "logit" else relative(rows, name).exp() / rows.whole


def chances(rows: ibis.Table, layout: Layout) -> ibis.Table:
    """Return rows that are `scored` with c0, c1, ... more: each class's probability, where predictions stand in no list."""
    if layout.kind == "binary":
        return rows.mutate(c0=1 - rows.positive, c1=rows.positive)
    each = dict(enumerate(names(layout)))
    if layout.scale != "logit":
        return rows.mutate(**{f"c{k}": rows[name] for k, name in each.items()})
    rows = rows.mutate(**{f"e{k}": relative(rows, name).exp() for k, name in each.items()})
    rows = rows.mutate(part=1 / added([rows[f"e{k}"] for k in each]))
    return rows.mutate(**{f"c{k}": rows[f"e{k}"] * rows.part for k in each})
