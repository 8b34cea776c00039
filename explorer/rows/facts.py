"""What the numbers of predictions look like: one query on a sample of the rows."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass

import ibis

from explorer.rows.expressions import balanced, number
from explorer.rows.search import Search


@dataclass(frozen=True)
class Facts:
    """What a sample of predictions looks like.

    Attributes
    ----------
    rows, filled : int
        Rows, and those of them with all predictions.
    low, high : float or None
        The smallest and the largest prediction; None where there is none. Infinities count.
    inside : float
        Which share of rows has all predictions between 0 and 1.
    add_up : float
        Which share of rows adds to 1 within 0.001.
    percent : float
        Which share of rows adds to 100 within 0.1, or, of a single prediction, is above 1 and at most 100.
    rounded : tuple of float
        Which share of rows adds to 1 but for rounding to 2, and to 3, decimals.
    whole : float
        Which share of rows has whole numbers only.
    lengths : tuple of int
        The shortest and the longest list, or the number of columns twice.
    """

    rows: int
    filled: int
    low: float | None
    high: float | None
    inside: float
    add_up: float
    percent: float
    rounded: tuple[float, float]
    whole: float
    lengths: tuple[int, int]


def facts_of(search: Search, columns: Sequence[str]) -> Facts:
    """Ask the sample once for all that decides about predictions."""
    sample = search.sample
    if search.is_list(columns[0]):
        listed = sample[columns[0]]
        low, high, total, length = listed.mins(), listed.maxs(), listed.sums(), listed.length()
        whole = ibis.literal(False)
        rounding = length.cast("float64")
    else:
        numbers = [number(sample[name]) for name in columns]
        filled = balanced(operator.and_, [column.notnull() for column in numbers])
        low, high = (ibis.least(*numbers), ibis.greatest(*numbers)) if len(numbers) > 1 else (numbers[0], numbers[0])
        total = filled.ifelse(balanced(operator.add, numbers), ibis.null("float64"))
        length = ibis.literal(len(columns), "int64")
        whole = balanced(operator.and_, [column == column.floor() for column in numbers])
        rounding = ibis.literal(float(len(columns)))
    rows = sample.select(low=number(low), high=number(high), total=number(total), length=length, whole=whole, rounding=rounding)
    off = (rows.total - 1).abs()
    inside = (rows.low >= 0) & (rows.high <= 1.00001)
    percent = ((rows.total - 100).abs() <= 0.1) if len(columns) > 1 else (rows.total > 1.00001) & (rows.total <= 100)
    share = {
        "inside": inside,
        "add_up": off <= 1e-3,
        "percent": percent & (rows.low >= 0),
        "two": off <= 0.005 * rows.rounding + 1e-9,
        "three": off <= 0.0005 * rows.rounding + 1e-9,
        "whole": rows.whole,
    }
    counts = {name: condition.fill_null(False).cast("int64").sum() for name, condition in share.items()}
    ends = {"low": rows.low.min(), "high": rows.high.max(), "shortest": rows.length.min(), "longest": rows.length.max()}
    answer = rows.aggregate(rows=rows.count(), filled=rows.total.count(), **ends, **counts).to_pyarrow().to_pylist()[0]
    some = max(int(answer["filled"]), 1)
    of = {name: int(answer[name] or 0) / some for name in share}
    return Facts(
        int(answer["rows"]),
        int(answer["filled"]),
        answer["low"],
        answer["high"],
        of["inside"],
        of["add_up"],
        of["percent"],
        (of["two"], of["three"]),
        of["whole"],
        (int(answer["shortest"] or 0), int(answer["longest"] or 0)),
    )
