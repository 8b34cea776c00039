"""Expressions of Ibis that layouts and tables share, in terms that every engine has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ibis

Column = Any  # Ibis has no types of its own that mypy reads

ROW = "row of the predictions"
"""The column that numbers the rows in the order of their file, also through a join; it is none of the file's own."""


LISTED = "predictions as a list"
"""The column that has the predictions of many classes beside theirs, so that a query need not name each."""


def own_columns(table: ibis.Table) -> list[str]:
    """Return the names of the columns that came with the rows."""
    return [name for name in table.columns if name not in {ROW, LISTED}]


def number(column: Column) -> Column:
    """Return a column as doubles, NULL where it holds no number: NaN, or a text that is none."""
    value = as_double(column)
    if column.type().is_floating() or column.type().is_string():
        return value.isnan().ifelse(ibis.null("float64"), value)
    return value


def as_double(column: Column) -> Column:
    """Return a column as doubles, NaN among them; NULL where a text is no number."""
    kind = column.type()
    if kind.is_boolean():
        return column.cast("int8").cast("float64")
    return column.try_cast("float64") if kind.is_string() else column.cast("float64")


def text(column: Column) -> Column:
    """Return a column as text: whole numbers without a decimal point, truth values as true and false."""
    kind = column.type()
    if kind.is_string():
        return column
    if kind.is_boolean():
        return ibis.cases((column, "true"), (~column, "false"))
    if kind.is_floating() or kind.is_decimal():
        return is_whole(column).ifelse(_bounded(column).cast("int64").cast("string"), column.cast("string"))
    return column.cast("string")


def is_whole(value: Column) -> Column:
    """Whether numbers are whole and below 1e15 in size."""
    return _bounded(value) == _bounded(value).floor()


def _bounded(value: Column) -> Column:
    """Numbers of which an engine can take the floor, which it writes as an integer: 0.5 in place of larger ones."""
    value = value.cast("float64")
    return (value.abs() < 10**15).ifelse(value, constant(0.5))


def constant(value: float) -> Column:
    """A double: engines take a number with a point for a decimal, which has neither NaN nor infinities nor all digits."""
    return ibis.literal(repr(value)).cast("float64")


def finite(value: Column) -> Column:
    """Whether doubles are below infinity in size; NULL stays."""
    return value.abs() < float("inf")


def balanced(join: Callable[[Column, Column], Column], parts: Sequence[Column]) -> Column:
    """Join parts two by two, so that a thousand of them nest ten deep."""
    while len(parts) > 1:
        pairs = [join(a, b) for a, b in zip(parts[::2], parts[1::2], strict=False)]
        parts = pairs + list(parts[len(pairs) * 2 :])
    return parts[0]


def settled(table: ibis.Table) -> ibis.Table:
    """Return a table whose columns are computed before what is built on it.

    Else Ibis puts their expressions in place of their names, also where a function of each entry of a list has one.
    """
    return table.alias(ibis.util.gen_name("settled"))


STEPS = ("token_logprobs", "content", "prompt_logprobs", "logprobs", "logprob", "choices", "body", "response")
"""The fields of an answer that lead to log probabilities, the nearest first."""


def is_nested(column: Column) -> bool:
    """Whether a column holds lists or records."""
    return bool(column.type().is_array() or column.type().is_struct())


def token_list(column: Column) -> Column | None:
    """Return the list within a column that has an entry a token, as the usual interfaces answer; None where there is none.

    An entry is a number or a record with a field `logprob`; `entry` takes the number out.
    """
    kind = column.type()
    if kind.is_array():
        inner = kind.value_type
        if inner.is_numeric() or (inner.is_struct() and "logprob" in inner.names and inner["logprob"].is_numeric()):
            return column
        return token_list(column[0]) if inner.is_struct() else None
    if kind.is_struct():
        for name in STEPS:
            if name in kind.names and (found := token_list(column[name])) is not None:
                return found
    return None


def entry(column: Column) -> Column:
    """Return the log probability that an entry of a token list is, or holds."""
    return number(column["logprob"] if column.type().is_struct() else column)
