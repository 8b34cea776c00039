"""The rows that one wants to look at: the largest losses, sure and wrong, likely wrong labels, those of a bin."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import ibis

from explorer.rows.analyses.calibration import check_bins, fine_bin, judged
from explorer.rows.analyses.scans import columns, is_finite, number, single
from explorer.rows.analyses.scores import chances, probabilities, scored
from explorer.rows.analyses.tempering import tempered
from explorer.rows.expressions import settled
from explorer.rows.portable import answer
from explorer.rows.spec import Layout, Table

MOST = 1000
"""No more rows than these are ever taken."""
FIRST = 200_000
"""Among so many rows a loss is looked for that few of all reach: as many times more of these as there are more."""
FARTHEST = 500.0
"""A loss above it is known to be no more."""
By = Literal["class", "group"]
Row = dict[str, Any]


@dataclass(frozen=True)
class Above:
    """Rows whose loss is larger than a threshold.

    Attributes
    ----------
    count : int
        How many.
    weight, share : float
        Their weights added, and which part of all weight that is.
    loss_share : float
        Which part of all finite loss they carry.
    """

    count: int
    weight: float
    share: float
    loss_share: float


def worst(rows: ibis.Table, table: Table, count: int = 20, by: By | None = None, least: float | None = None) -> list[Row]:
    """Return the rows with the largest losses, the first of equals first, those whose loss is NaN last.

    Parameters
    ----------
    rows : ibis.Table
        Rows that count, with a `loss`, and `scored` where they are of classes.
    table : Table
        Theirs.
    count : int
        How many, of each class or group if one asks for these; never more than MOST in all.
    by : str, optional
        "class" or "group".
    least : float, optional
        A loss that so many rows reach, if one is known.

    Returns
    -------
    list of dict
        `row`, `truth`, `prediction` (of classes a list, by class), `loss`, `weight`, and where there are any `predicted`,
        `confidence`, `group`, `identity`; of tokens `example` and `position`.
    """
    size = rows.loss.isnan().ifelse(number(-math.inf), rows.loss)
    if least is not None and table.layout.kind != "classes":
        rows = rows.filter(rows.loss >= number(least))
        size = rows.loss
    if by is None:
        return shown(rows.order_by(ibis.desc(size), "row"), table, count)
    column = {"class": "truth", "group": "group"}[by]
    if column not in rows.columns:
        raise ValueError(f"by must name what the rows have; they have no {by}.")
    place = ibis.row_number().over(group_by=rows[column], order_by=[ibis.desc(size), rows.row])
    ranked = rows.mutate(place=place)
    return shown(ranked.filter(ranked.place < count).order_by(column, ibis.desc("loss"), "row"), table, MOST)


def reached(rows: ibis.Table, count: int) -> float | None:
    """Return a loss above 0 that at least so many rows reach, of which the first ones alone are looked at; None without one."""
    largest = rows.select("loss").limit(FIRST).order_by(ibis.desc("loss")).limit(count)
    found = single(largest.aggregate(rows=largest.count(), least=largest.loss.min()))
    least = min(found["least"], FARTHEST)
    return least if found["rows"] == count and least > 0 else None


def confidently_wrong(rows: ibis.Table, table: Table, count: int = 20) -> list[Row]:
    """Return rows that are `scored` whose predicted class is not the true one, the surest first."""
    wrong = rows.truth != rows.predicted
    if table.layout.kind == "binary":
        return shown(rows.filter(wrong).order_by(ibis.desc("confidence"), ibis.desc("loss"), "row"), table, count)
    # An engine that looks for wrong rows first computes twice what was predicted.
    rows = rows.mutate(surest=wrong.ifelse(rows.confidence, number(-1)))
    order = ibis.desc("surest"), ibis.desc("loss"), "row"
    first = rows.order_by(*order).limit(_within(count))
    return shown(first.filter(first.surest >= 0).order_by(*order), table, count)


def mean_given(rows: ibis.Table) -> dict[int, float]:
    """Return the index of each class that is true of a row -> the mean probability given to it, of rows that are `scored`."""
    found = columns(rows.group_by("truth").aggregate(mean=(rows.weight * rows.given).sum() / rows.weight.sum()))
    return {int(k): float(mean) for k, mean in zip(found["truth"], found["mean"], strict=True) if not math.isnan(mean)}


def likely_wrong_label(
    rows: ibis.Table, table: Table, thresholds: Mapping[int, float], lost: Callable[[ibis.Table], ibis.Table], count: int = 20
) -> list[Row]:
    """Return rows whose label is likely wrong, as confident learning counts them (Northcutt, Jiang and Chuang, 2021).

    The threshold of a class is the mean of its probability over the rows so labelled, as `mean_given` returns it. Of the
    classes whose probability is at least their threshold the likeliest is the label a row should have; where that is another
    than it has, the row is listed, as `suggested`, those first whose probability of the label given lies farthest below the
    suggested one's, the `margin`. lost adds the losses of the rows that are listed.
    """
    layout = table.layout
    if len(thresholds) < 2:
        return []
    suggesting = _suggesting_of_lists if layout.wide else _suggesting
    found = suggesting(scored(rows, layout), layout, thresholds).select(*rows.columns, "farthest")
    first = found.order_by("farthest", "row").limit(_within(count))
    first = first.filter(first.farthest < number(math.inf)).select(*rows.columns)  # what else is shown is of these alone
    listed = suggesting(scored(lost(first), layout), layout, thresholds)
    return shown(listed.order_by("margin", "row"), table, count, "suggested", "margin")


def _suggesting(rows: ibis.Table, layout: Layout, thresholds: Mapping[int, float]) -> ibis.Table:
    """Rows that are `scored` with what their label should be, and `farthest`, the margin of those where it is another."""
    rows = chances(rows, layout)
    rows = rows.mutate(given=ibis.cases(*((rows.truth == k, rows[f"c{k}"]) for k in sorted(thresholds))))
    able = {
        f"able{k}": (rows[f"c{k}"] >= number(threshold)).ifelse(rows[f"c{k}"], number(-1))
        for k, threshold in sorted(thresholds.items())
    }
    rows = rows.mutate(**able)
    rows = rows.mutate(top=ibis.greatest(*(rows[name] for name in able)))
    rows = rows.mutate(
        suggested=ibis.cases(*((rows[f"able{k}"] == rows.top, k) for k in sorted(thresholds))),
        own=ibis.cases(*((rows.truth == k, rows[f"able{k}"]) for k in sorted(thresholds))),
        margin=rows.given - rows.top,
    )
    return _apart(rows)


def _apart(rows: ibis.Table) -> ibis.Table:
    return rows.mutate(farthest=((rows.top >= 0) & (rows.own < rows.top)).ifelse(rows.margin, number(math.inf)))


def _suggesting_of_lists(rows: ibis.Table, layout: Layout, thresholds: Mapping[int, float]) -> ibis.Table:
    """The same of rows whose predictions stand in a list; a class without rows has a threshold that nothing reaches."""
    least = ibis.array([number(thresholds.get(k, math.inf)) for k in range(len(layout.classes))])
    rows = settled(rows.mutate(able=probabilities(rows, layout), least=least))
    pairs = rows.able.zip(rows.least)
    rows = settled(rows.mutate(able=pairs.map(lambda pair: (pair.f1 >= pair.f2).ifelse(pair.f1, number(-1)))))
    rows = settled(rows.mutate(top=rows.able.maxs()))
    rows = rows.mutate(suggested=rows.able.index(rows.top), own=rows.able[rows.truth], margin=rows.given - rows.top)
    return _apart(settled(rows.drop("able", "least")))


def in_bin(rows: ibis.Table, table: Table, k: int, size: int, count: int = 20, *, temperature: float = 1.0) -> list[Row]:
    """Return the rows of a bin of equal width, from 0, of so many, the largest losses first, of rows that are `scored`.

    A bin is of the probabilities that a temperature makes; the losses stay those of the predictions as they are.
    """
    check_bins(size)
    if not 0 <= k < size:
        raise ValueError(f"A bin must be one of 0 to {size - 1}; got {k}.")
    rows = judged(rows, table.layout) if temperature == 1 else tempered(rows, table.layout, temperature)
    within = rows.filter(fine_bin(rows.score, size) == k)
    return shown(within.order_by(ibis.desc("loss"), "row"), table, count)


def above(rows: ibis.Table, threshold: float) -> Above:
    """Return what the rows with a larger loss than threshold are, infinite ones among them, from one scan."""
    more, kept = rows.loss > number(threshold), is_finite(rows.loss)
    found = single(
        rows.aggregate(
            count=more.cast("int64").sum(),
            weight=more.ifelse(rows.weight, number(0)).sum(),
            whole=rows.weight.sum(),
            loss=(more & kept).ifelse(rows.weight * rows.loss, number(0)).sum(),
            lost=kept.ifelse(rows.weight * rows.loss, number(0)).sum(),
        )
    )
    if math.isnan(found["count"]):
        return Above(0, 0.0, math.nan, math.nan)
    share = found["weight"] / found["whole"] if found["whole"] else math.nan
    return Above(int(found["count"]), found["weight"], share, found["loss"] / found["lost"] if found["lost"] else math.nan)


def shown(rows: ibis.Table, table: Table, count: int, *more: str) -> list[Row]:
    """Return the first rows of a query as one shows them."""
    count = _within(count)
    layout, predictions = table.layout, table.predictions
    others = (
        "row",
        "t",
        "truth",
        "loss",
        "weight",
        "predicted",
        "confidence",
        "group",
        "identity",
        "example",
        "position",
        *more,
    )
    kept = [name for name in dict.fromkeys((*others, *predictions)) if name in rows.columns]
    found = answer(rows.limit(count).select(*kept)).to_pylist()
    if predictions[0] not in rows.columns:
        whole = table.numbered.counted
        whole = whole.filter(whole.row.isin([each["row"] for each in found])) if found else whole.limit(0)
        beside = {each["row"]: each for each in answer(whole.drop("weight")).to_pylist()}
        found = [beside[each["row"]] | each for each in found]
    return [_row(each, layout, predictions) for each in found]


def _within(count: int) -> int:
    """How many rows are taken, at most MOST."""
    if count < 1:
        raise ValueError(f"count must be at least 1; got {count}.")
    return min(count, MOST)


def _row(given: Row, layout: Layout, predictions: tuple[str, ...]) -> Row:
    row = {name: value for name, value in given.items() if name not in {"t", "truth", *predictions}}
    names = layout.classes or ("0", "1")
    values = [given[name] for name in predictions]
    row["prediction"] = values if layout.kind == "classes" and not layout.wide else values[0]
    if "t" in given:
        row["truth"] = given["t"]
    if "truth" in given and (layout.kind == "classes" or given["t"] in {0.0, 1.0}):
        row["truth"] = names[given["truth"]]
    return row | {name: names[given[name]] for name in ("predicted", "suggested") if name in given}
