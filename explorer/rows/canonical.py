"""Rows under the names that formulas have, and why some do not count. To add a fault, name it here and list its case."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence

import ibis

from explorer.rows.expressions import ROW, Column, balanced, entry, finite, is_nested, number, text, token_list
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

ROUNDING = 1e-5
"""How far a probability may be above 1, and a log probability above 0: float32 is that far off. They are taken as 1 and 0."""


def canonical(raw: ibis.Table, layout: Layout) -> Table:
    """Return rows under the names that formulas have, as an expression that nothing has computed yet.

    Parameters
    ----------
    raw : ibis.Table
        The rows as they were read.
    layout : Layout
        Which columns are what.

    Returns
    -------
    Table
        As many rows as raw has, or one a token. NaN is NULL too. Numbers of rows that do not count may be NULL.
    """
    build = {"binary": _binary, "classes": _classes, "regression": _regression, "tokens": _tokens}[layout.kind]
    return Table(build(raw, layout), layout)


def _common(raw: ibis.Table, layout: Layout) -> dict[str, Column]:
    """The columns that every kind has: row, weight, group and identity."""
    row = ibis.row_number()
    if ROW in raw.columns:
        row = row.over(ibis.window(order_by=[raw[ROW].asc(nulls_first=False)]))
    columns = {"row": row, "weight": number(raw[layout.weight]) if layout.weight else ibis.literal(1, "int8").cast("float64")}
    for name, column in (("group", layout.group), ("identity", layout.identity)):
        if column:
            columns[name] = text(raw[column])
    return columns


def _binary(raw: ibis.Table, layout: Layout) -> ibis.Table:
    scores = _scores(raw, layout)
    letter = "p" if layout.scale == "probability" else "z"
    named = raw.select(**_common(raw, layout), target=raw[layout.truth], length=_wrong_length(raw, layout), **scores)
    columns = [named[name] for name in scores]
    outside = balanced(operator.or_, [~_is_probability(column) for column in columns])
    if len(columns) == 1:
        value, undefined = columns[0], ibis.literal(False)
    elif letter == "p":
        value, undefined = columns[1], ibis.literal(False)
    else:
        value, undefined = columns[1] - columns[0], _undefined(columns)
    fault = ibis.cases(
        *_target_faults(named.target, layout),
        (named.length, PREDICTION_LENGTH),
        (_any_missing(columns), PREDICTION_MISSING),
        *(((outside, PROBABILITY_OUTSIDE), *_sum_faults(columns, layout)) if letter == "p" else ((undefined, UNDEFINED),)),
        *_weight_faults(named, layout),
    )
    target = number(named.target)
    if layout.labels:
        target = _index(named.target, layout.labels).cast("float64")
    return _finished(named, fault, {"t": target, letter: _clipped(value) if letter == "p" else value})


def _classes(raw: ibis.Table, layout: Layout) -> ibis.Table:
    scores = _scores(raw, layout)
    probabilities = layout.scale == "probability"
    named = raw.select(**_common(raw, layout), target=raw[layout.truth], length=_wrong_length(raw, layout), **scores)
    columns = [named[name] for name in scores]
    outside = balanced(operator.or_, [~_is_probability(column) for column in columns])
    fault = ibis.cases(
        *_target_faults(named.target, layout),
        (named.length, PREDICTION_LENGTH),
        (_any_missing(columns), PREDICTION_MISSING),
        *(
            ((outside, PROBABILITY_OUTSIDE), *_sum_faults(columns, layout))
            if probabilities
            else ((_undefined(columns), UNDEFINED),)
        ),
        *_weight_faults(named, layout),
    )
    values = {name: _clipped(named[name]) if probabilities else named[name] for name in scores}
    return _finished(named, fault, {"t": _index(named.target, layout.labels), **values})


def _regression(raw: ibis.Table, layout: Layout) -> ibis.Table:
    named = raw.select(**_common(raw, layout), target=raw[layout.truth], y=number(raw[layout.predictions[0]]))
    target = number(named.target)
    fault = ibis.cases(
        *_target_faults(named.target, layout),
        (~finite(target), TARGET_INFINITE),
        (named.y.isnull(), PREDICTION_MISSING),
        (~finite(named.y), PREDICTION_INFINITE),
        *_weight_faults(named, layout),
    )
    return _finished(named, fault, {"t": target, "y": named.y})


def _tokens(raw: ibis.Table, layout: Layout) -> ibis.Table:
    column = raw[layout.predictions[0]]
    common = _common(raw, layout)
    if is_nested(column):
        listed = raw.select(**common, listed=token_list(column)).unnest("listed", offset="position", keep_empty=True)
        named = listed.mutate(example=listed.row, logp=entry(listed.listed)).drop("listed")
    else:
        example = raw[layout.identity]
        order = raw[layout.position] if layout.position else common["row"]
        columns = raw.select(**common, example_key=example, order=order, logp=number(column))
        number_within = ibis.row_number().over(ibis.window(group_by="example_key", order_by=["order", "row"]))
        number_of = ibis.dense_rank().over(ibis.window(order_by="example_key"))
        named = columns.mutate(example=number_of, position=number_within).drop("example_key", "order")
    position = named.position.cast("int64")
    fault = ibis.cases(
        (position.isnull(), NO_TOKENS),
        (named.logp.isnull() & (position == 0), FIRST_TOKEN),
        (named.logp.isnull(), PREDICTION_MISSING),
        (named.logp > ROUNDING, ABOVE_ZERO),
        *_weight_faults(named, layout),
    )
    logp = (named.logp > 0).ifelse(0.0, named.logp)
    return _finished(named, fault, {"example": named.example.cast("int64"), "position": position, "logp": logp})


def _finished(named: ibis.Table, fault: Column, values: dict[str, Column]) -> ibis.Table:
    """The columns in the order in which Table names them."""
    others = [named[name] for name in ("group", "identity") if name in named.columns]
    row = named.row.cast("int64").name("row")
    return named.select(row, named.weight, fault.name(FAULT), *others, *(value.name(name) for name, value in values.items()))


def _scores(raw: ibis.Table, layout: Layout) -> dict[str, Column]:
    """The predictions as doubles, p1, p2 ... or z1, z2 ...; of a list of another length all are NULL."""
    letter = "p" if layout.scale == "probability" else "z"
    first = raw[layout.predictions[0]]
    if first.type().is_array():
        whole = _wrong_length(raw, layout).ifelse(ibis.null(first.type()), first)
        return {f"{letter}{k + 1}": number(whole[k]) for k in range(len(layout.classes))}
    return {f"{letter}{k}": number(raw[name]) for k, name in enumerate(layout.predictions, 1)}


def _wrong_length(raw: ibis.Table, layout: Layout) -> Column:
    """Whether a row's list of predictions has another length than there are classes."""
    first = raw[layout.predictions[0]]
    if not first.type().is_array():
        return ibis.literal(False)
    return first.notnull() & (first.length() != len(layout.classes))


def _any_missing(columns: Sequence[Column]) -> Column:
    return balanced(operator.or_, [column.isnull() for column in columns])


def _is_probability(value: Column) -> Column:
    return (value >= 0) & (value <= 1 + ROUNDING)


def _clipped(value: Column) -> Column:
    """A probability without what rounding put above 1: 1 - p must not be negative."""
    return (value > 1).ifelse(1.0, value)


def _sum_faults(columns: Sequence[Column], layout: Layout) -> Iterator[tuple[Column, str]]:
    if len(columns) > 1:
        yield (balanced(operator.add, columns) - 1).abs() > layout.tolerance, NOT_ONE


def _undefined(columns: Sequence[Column]) -> Column:
    """Whether infinite logits leave the probabilities open: all are -inf, or two are inf."""
    infinity = float("inf")
    above = balanced(operator.add, [(column == infinity).cast("int8").cast("int64") for column in columns])
    return (above > 1) | balanced(operator.and_, [column == -infinity for column in columns])


def _target_faults(target: Column, layout: Layout) -> Iterator[tuple[Column, Column | str]]:
    """What can be wrong with a target, as pairs of condition and fault."""
    numeric = not target.type().is_string()
    value = number(target) if numeric or not layout.labels else target
    ignored = [equal for label in layout.ignored if (equal := _is_label(target, label)) is not None]
    if ignored:
        yield balanced(operator.or_, ignored), TARGET_IGNORED
    yield target.isnull() if not numeric and layout.labels else value.isnull(), TARGET_MISSING
    if layout.labels:
        unknown = ibis.literal(TARGET_UNKNOWN) + text(target).substr(0, 40)
        yield _index(target, layout.labels).isnull(), unknown
    elif layout.kind == "binary":
        yield ~((value >= 0) & (value <= 1)), TARGET_OUTSIDE


def _weight_faults(named: ibis.Table, layout: Layout) -> Iterator[tuple[Column, str]]:
    if layout.weight:
        yield named.weight.isnull() | ~((named.weight >= 0) & finite(named.weight)), WEIGHT


def _is_label(target: Column, label: str) -> Column | None:
    """Whether a target is what a label says; None where a column of its type cannot hold it."""
    if target.type().is_string():
        return target == label
    if target.type().is_boolean():
        return {"true": target, "false": ~target}.get(label)
    if not target.type().is_numeric():
        return text(target) == label
    try:
        return target == (int(label) if label.lstrip("+-").isdecimal() else float(label))
    except ValueError:
        return None


def _index(target: Column, labels: Sequence[str]) -> Column:
    """The place of a target among labels, from 0; NULL where it is none of them. Whole numbers in a row are subtracted."""
    if target.type().is_numeric() and labels[0].isdecimal():
        first = int(labels[0])
        if list(labels) == [str(first + k) for k in range(len(labels))]:
            value = target if target.type().is_integer() else number(target)
            within = (value >= first) & (value < first + len(labels))
            if not target.type().is_integer():
                within &= value == value.floor()
            return within.ifelse(value, ibis.null(value.type())).cast("int64") - first
    branches = [
        (equal, ibis.literal(k, "int64")) for k, label in enumerate(labels) if (equal := _is_label(target, label)) is not None
    ]
    return ibis.cases(*branches)
