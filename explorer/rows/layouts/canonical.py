"""Rows under the names that formulas have, and why some do not count. To add a fault, name it here and list its case."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Sequence

import ibis

from explorer.rows.expressions import (
    LISTED,
    ROW,
    Column,
    as_double,
    balanced,
    constant,
    entry,
    finite,
    is_nested,
    is_whole,
    number,
    settled,
    text,
    token_list,
)
from explorer.rows.spec import FAULT, Layout, Table

TARGET_MISSING = "target missing"
TARGET_IGNORED = "target ignored"
TARGET_UNKNOWN = "target unknown: "
"""What stands in the row follows, up to 40 letters."""
TARGET_OUTSIDE = "target outside 0 to 1"
TARGET_INFINITE = "target infinite"
PREDICTION_MISSING = "prediction missing"
PREDICTION_LENGTH = "prediction of another length"
PREDICTION_INFINITE = "prediction infinite"
PROBABILITY_OUTSIDE = "probability outside 0 to 1"
NOT_ONE = "row does not add to 1"
UNDEFINED = "infinite logits without probabilities"
ABOVE_ZERO = "log probability above 0"
FIRST_TOKEN = "first token without prediction"
NO_TOKENS = "example without tokens"
WEIGHT = "weight negative or missing"

INFINITY = float("inf")
FARTHEST = 520
"""Raw scores farther out are rare."""
ROUNDING = 1e-5
"""How far a probability may be above 1, and a log probability above 0: float32 is that far off. They are taken as 1 and 0."""


def canonical(raw: ibis.Table, layout: Layout) -> Table:
    """Return rows under the names that formulas have, as an expression that nothing has computed yet.

    Parameters
    ----------
    raw : ibis.Table
        The rows as they were read. Where it has the column ROW, that numbers the rows; otherwise their order does.
    layout : Layout
        Which columns are what.

    Returns
    -------
    Table
        As many rows as raw has, or one a token. NaN is NULL too. Numbers of rows that do not count may be NULL.
    """
    if layout.kind == "tokens":
        return _tokens(raw, layout)
    named, numbered = (_named(raw, layout, first) for first in ({}, {"row": _row(raw)}))
    good = _counts(numbered, layout)
    fault = ibis.cases((good, ibis.null("string")), *_faults(numbered, layout)).name(FAULT)
    values = _values(numbered, layout, number, _index)
    every = numbered.select(numbered.row, number(numbered.weight).name("weight"), fault, *_texts(numbered), **values)
    counted, placed = (_as_named(rows.filter(_counts(rows, layout)), layout) for rows in (named, numbered))
    return Table(every, layout, counted, placed, raw)


def complete(table: Table, *, below: bool = False) -> Table:
    """Return a Table all of whose rows are known to count, so that none is looked at for that, which would take a while.

    Parameters
    ----------
    table : Table
        With its `raw` rows.
    below : bool
        Whether every probability is known to lie below 1, so that none is looked at for being rounded above it.
    """
    raw, layout = table.raw, table.layout
    named, numbered = (_as_named(_named(raw, layout, first), layout, below=below) for first in ({}, {"row": _row(raw)}))
    return Table(table.rows, layout, named, numbered)


def strays(table: Table) -> ibis.Table | None:
    """Return one row for each kind of number that is out of bounds, of two classes; None where that is not told quickly.

    Where there is none, rows that do not count lack a number, or have NaN for it, and every probability is 1 at most. A file
    says between which bounds its numbers lie, so that an engine need not look at them.
    """
    raw, layout = table.raw, table.layout
    if raw is None or layout.kind != "binary" or not layout.labels or len(layout.predictions) > 1:
        return None
    score, target, least = raw[layout.predictions[0]], raw[layout.truth], -FARTHEST if layout.scale == "logit" else 0
    weights = [raw[layout.weight]] if layout.weight else []
    if not all(column.type().is_numeric() for column in (score, *weights)):
        return None
    outside = [score < least, _above(score, -least or 1)]
    outside += [weight < 0 for weight in weights]
    first = _first(target, layout.labels)
    if first is not None:
        outside += [target < first, _above(target, first + 1)]
        outside += [] if target.type().is_integer() else [(target > first) & (target < first + 1)]
    found = [raw.filter(each).limit(1).select(one=ibis.literal(1, "int8")) for each in outside]
    return ibis.union(*found)


def _above(value: Column, most: int) -> Column:
    return (value > most) & ~value.isnan() if value.type().is_floating() else value > most


def in_a_list(raw: ibis.Table, layout: Layout) -> Column:
    """The predictions of a row, which stand in a column a class, as a list."""
    return ibis.array([as_double(raw[name]) for name in layout.predictions])


def _row(raw: Column) -> Column:
    """The number of a row."""
    return (raw[ROW] if ROW in raw.columns else ibis.row_number()).cast("int64")


def _as_named(rows: ibis.Table, layout: Layout, *, below: bool = False) -> ibis.Table:
    """Rows, of those that count, under the names that formulas have."""
    first = [rows["row"]] if "row" in rows.columns else []
    return rows.select(*first, rows.weight, *_texts(rows), **_values(rows, layout, as_double, _place, below=below))


def _named(raw: ibis.Table, layout: Layout, first: dict[str, Column]) -> ibis.Table:
    """The columns as they came, under names that cannot meet: those of first, a target, scores and what every kind has."""
    columns = {**first, **_common(raw, layout), "target": raw[layout.truth]}
    listed = raw[layout.predictions[0]]
    if layout.wide:
        if not listed.type().is_array():
            listed = raw[LISTED] if LISTED in raw.columns else in_a_list(raw, layout)
        missing = constant(math.nan)
        lists = raw.select(**columns, length=listed.length(), listed=listed.cast("array<float64>"))
        lists = lists.mutate(listed=lists.listed.map(lambda score: ibis.coalesce(score, missing)))
        return settled(lists)
    if listed.type().is_array():
        # A list of another length is left out whole: engines differ in what they say of a place that it lacks.
        whole = (listed.length() == len(layout.classes)).ifelse(listed, ibis.null(listed.type()))
        lists = raw.select(**columns, length=listed.length(), listed=whole)
        return lists.mutate(**{f"score{k + 1}": as_double(lists.listed[k]) for k in range(len(layout.classes))}).drop("listed")
    return raw.select(**columns, **{f"score{k}": as_double(raw[name]) for k, name in enumerate(layout.predictions, 1)})


def _common(raw: ibis.Table, layout: Layout) -> dict[str, Column]:
    """The columns that every kind has: weight, group and identity."""
    columns = {"weight": as_double(raw[layout.weight]) if layout.weight else ibis.literal(1, "int8").cast("float64")}
    for name, column in (("group", layout.group), ("identity", layout.identity)):
        if column:
            columns[name] = text(raw[column])
    return columns


def _texts(named: ibis.Table) -> list[Column]:
    return [named[name] for name in ("group", "identity") if name in named.columns]


def _scores(named: ibis.Table) -> list[Column]:
    return [named[name] for name in named.columns if name.startswith("score")]


def _counts(named: ibis.Table, layout: Layout) -> Column:
    """Whether a row counts; of others it is false or NULL.

    NaN is above all numbers in every engine. DuckDB forgets that where a file says between which bounds its numbers lie,
    and not that there is NaN among them.
    """
    scores = _scores(named)
    conditions = [_target_counts(named.target, layout)]
    if layout.wide:
        conditions.append(_list_counts(named, layout))
    elif layout.scale == "probability":
        conditions += [(score >= 0) & (score <= constant(1 + ROUNDING)) & ~score.isnan() for score in scores]
        if len(scores) > 1:
            conditions.append((balanced(operator.add, scores) - 1).abs() <= constant(layout.tolerance))
    elif layout.kind == "regression":
        conditions.append(finite(scores[0]))
    elif len(scores) > 1:
        total, high = balanced(operator.add, scores), ibis.greatest(*scores)
        conditions.append(finite(total) | (total.notnull() & (high <= INFINITY) & ~_undefined(scores)))
    else:
        conditions.append((scores[0] <= INFINITY) & ~scores[0].isnan())
    if layout.weight:
        conditions.append((named.weight >= 0) & finite(named.weight) & ~named.weight.isnan())
    return balanced(operator.and_, conditions)


def _list_counts(named: ibis.Table, layout: Layout) -> Column:
    """Whether the list of a row's predictions is one of probabilities, or of logits; a missing number is NaN in it."""
    low, high, total = named.listed.mins(), named.listed.maxs(), named.listed.sums()
    whole = named.length == len(layout.classes)
    if layout.scale == "probability":
        inside = (low >= 0) & (high <= constant(1 + ROUNDING))
        return whole & inside & ((total - 1).abs() <= constant(layout.tolerance))
    return whole & (high <= INFINITY) & ~high.isnan() & ~_undefined_list(named.listed)


def _undefined_list(listed: Column) -> Column:
    """Whether infinite logits leave the probabilities open."""
    return (listed.maxs() == -INFINITY) | (listed.filter(lambda score: score == INFINITY).length() > 1)


def _faults(named: ibis.Table, layout: Layout) -> Iterator[tuple[Column, Column | str]]:
    """What can be wrong with a row, as pairs of condition and fault; the first that holds is said."""
    scores = _scores(named)
    yield from _target_faults(named.target, layout)
    if "length" in named.columns:
        yield named.length != len(layout.classes), PREDICTION_LENGTH
    several = (ibis.least(*scores), ibis.greatest(*scores), balanced(operator.add, scores)) if len(scores) > 1 else ()
    if layout.wide:
        several = (named.listed.mins(), named.listed.maxs(), named.listed.sums())
    low, high, total = several or scores * 3
    yield total.isnull() | high.isnan(), PREDICTION_MISSING
    if layout.scale == "probability":
        yield (low < 0) | (high > constant(1 + ROUNDING)), PROBABILITY_OUTSIDE
        if several:
            yield (total - 1).abs() > constant(layout.tolerance), NOT_ONE
    elif layout.kind == "regression":
        yield ~finite(scores[0]), PREDICTION_INFINITE
    elif several:
        yield _undefined_list(named.listed) if layout.wide else _undefined(scores), UNDEFINED
    if layout.weight:
        yield ibis.literal(True), WEIGHT


def _target_counts(target: Column, layout: Layout) -> Column:
    """Whether a target is one; of a missing one it is false or NULL."""
    if layout.labels:  # none of which is to be ignored
        return _is_known(target, layout.labels)
    value = number(target)
    known = finite(value) if layout.kind == "regression" else (value >= 0) & (value <= 1)
    ignored = _ignored(target, layout)
    return known & ~balanced(operator.or_, ignored) if ignored else known


def _target_faults(target: Column, layout: Layout) -> Iterator[tuple[Column, Column | str]]:
    """What can be wrong with a target."""
    if ignored := _ignored(target, layout):
        yield balanced(operator.or_, ignored), TARGET_IGNORED
    value = target if layout.labels and not target.type().is_numeric() else number(target)
    yield value.isnull(), TARGET_MISSING
    if layout.labels:
        yield _index(target, layout.labels).isnull(), ibis.literal(TARGET_UNKNOWN) + text(target).substr(0, 40)
    elif layout.kind == "regression":
        yield ~finite(value), TARGET_INFINITE
    else:
        yield ~((value >= 0) & (value <= 1)), TARGET_OUTSIDE


def _ignored(target: Column, layout: Layout) -> list[Column]:
    """Whether a target is each of those to be ignored; what is a label as well, or what its type cannot hold, is left out."""
    labels = [label for label in layout.ignored if label not in layout.labels]
    return [equal for label in labels if (equal := _is_label(target, label)) is not None]


def _values(
    named: ibis.Table,
    layout: Layout,
    taken: Callable[[Column], Column],
    index: Callable[[Column, Sequence[str]], Column],
    *,
    below: bool = False,
) -> dict[str, Column]:
    """The columns of formulas: t, and p, z or y as taken, numbered where there are several classes; index finds a label."""
    scores = [taken(score) for score in _scores(named)]
    letter = {"probability": "p", "logit": "z", "value": "y"}[layout.scale]
    target = index(named.target, layout.labels) if layout.labels else number(named.target)
    if layout.wide:
        return {"t": target.cast("int64"), letter: named.listed.map(_clipped) if letter == "p" else named.listed}
    if layout.kind == "classes":
        shown = [_clipped(score) if letter == "p" else score for score in scores]
        return {"t": target.cast("int64"), **{f"{letter}{k}": score for k, score in enumerate(shown, 1)}}
    score = scores[0] if len(scores) == 1 else scores[1] if letter == "p" else taken(scores[1] - scores[0])
    return {"t": target.cast("float64"), letter: _clipped(score) if letter == "p" and not below else score}


def _clipped(value: Column) -> Column:
    """A probability without what rounding put above 1: 1 - p must not be negative."""
    return (value > 1).ifelse(constant(1.0), value)


def _undefined(scores: Sequence[Column]) -> Column:
    """Whether infinite logits leave the probabilities open: all are -inf, or two are inf."""
    above = balanced(operator.add, [(score == INFINITY).cast("int8").cast("int64") for score in scores])
    return (ibis.greatest(*scores) == -INFINITY) | (above > 1)


def _tokens(raw: ibis.Table, layout: Layout) -> Table:
    """The tokens of each example, one a row."""
    column = raw[layout.predictions[0]]
    row = _row(raw)
    common = {"row": row, **_common(raw, layout)}
    if is_nested(column):
        listed = raw.select(**common, listed=token_list(column)).unnest("listed", offset="position", keep_empty=True)
        named = listed.mutate(example=listed.row, logp=entry(listed.listed)).drop("listed")
    else:
        order = raw[layout.position] if layout.position else row
        columns = raw.select(**common, key=raw[layout.identity], order=order, logp=number(column))
        within = ibis.row_number().over(ibis.window(group_by="key", order_by=["order", "row"]))
        number_of = ibis.dense_rank().over(ibis.window(order_by="key"))
        named = columns.mutate(example=number_of, position=within)
    position = named.position.cast("int64")
    weight = [(~((named.weight >= 0) & finite(named.weight)).fill_null(False), WEIGHT)] if layout.weight else []
    fault = ibis.cases(
        (position.isnull(), NO_TOKENS),
        (named.logp.isnull() & (position == 0), FIRST_TOKEN),
        (named.logp.isnull(), PREDICTION_MISSING),
        (named.logp > constant(ROUNDING), ABOVE_ZERO),
        *weight,
    ).name(FAULT)
    values = {
        "example": named.example.cast("int64"),
        "position": position,
        "logp": (named.logp > 0).ifelse(constant(0.0), named.logp),
    }
    every = named.select(named.row, number(named.weight).name("weight"), fault, *_texts(named), **values)
    return Table(every, layout)


def _is_label(target: Column, label: str) -> Column | None:
    """Whether a target is what a label says; None where a column of its type cannot hold it."""
    if target.type().is_string():
        return target == label
    if target.type().is_boolean():
        return {"true": target, "false": ~target}.get(label)
    if not target.type().is_numeric():
        return text(target) == label
    try:
        value = float(label)
    except ValueError:
        return None
    if not target.type().is_integer():
        return target == constant(value)
    if not value.is_integer() or (value < 0 and target.type().is_unsigned_integer()):
        return None
    return target == ibis.literal(int(value), target.type() if target.type().is_unsigned_integer() else "int64")


def _index(target: Column, labels: Sequence[str]) -> Column:
    """The place of a target among labels, from 0; NULL where it is none of them."""
    if _first(target, labels) is not None:
        return _place(_is_known(target, labels).ifelse(target, ibis.null(target.type())), labels)
    return _place(target, labels)


def _first(target: Column, labels: Sequence[str]) -> int | None:
    """The first label, where they are whole numbers in a row; None where they are others."""
    if not target.type().is_numeric() or not labels[0].isdecimal():
        return None
    first = int(labels[0])
    return first if list(labels) == [str(first + k) for k in range(len(labels))] else None


def _is_known(target: Column, labels: Sequence[str]) -> Column:
    """Whether a target is one of labels; of a missing one it is false or NULL."""
    first = _first(target, labels)
    if first is None:
        return _place(target, labels).notnull()
    value = target if target.type().is_integer() else number(target)
    within = (value >= first) & (value < first + len(labels))
    return within if target.type().is_integer() else within & is_whole(value)


def _place(target: Column, labels: Sequence[str]) -> Column:
    """The place of a target that is known to be a label, or NULL, among these; whole numbers in a row are subtracted."""
    first = _first(target, labels)
    if first is not None:
        # An engine may do this before it leaves a row out whose target is NaN, which is no whole number.
        if not first and target.type().is_integer():
            return target
        whole = target.cast("int64") if target.type().is_integer() else target.try_cast("int64")
        return whole - first if first else whole
    branches = [
        (equal, ibis.literal(k, "int64")) for k, label in enumerate(labels) if (equal := _is_label(target, label)) is not None
    ]
    return ibis.cases(*branches)
