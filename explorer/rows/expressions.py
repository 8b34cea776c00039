"""Expressions of Ibis that layouts and tables share, in terms that every engine has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ibis

Column = Any  # Ibis has no types of its own that mypy reads

ROW = "row of the predictions"
"""The column that keeps the order of the file through a join."""


def number(column: Column) -> Column:
    """Return a column as doubles, NULL where it holds no number: NaN, or a text that is none."""
    kind = column.type()
    if kind.is_boolean():
        return column.cast("int8").cast("float64")
    value = column.try_cast("float64") if kind.is_string() else column.cast("float64")
    if kind.is_floating() or kind.is_string():
        return value.isnan().ifelse(ibis.null("float64"), value)
    return value


def text(column: Column) -> Column:
    """Return a column as text: whole numbers without a decimal point, truth values as true and false."""
    kind = column.type()
    if kind.is_string():
        return column
    if kind.is_boolean():
        return ibis.cases((column, "true"), (~column, "false"))
    if kind.is_floating() or kind.is_decimal():
        whole = (column == column.floor()) & (column.abs() < 1e15)
        return whole.ifelse(column.cast("int64").cast("string"), column.cast("string"))
    return column.cast("string")


def finite(value: Column) -> Column:
    """Whether doubles are below infinity in size; NULL stays."""
    return value.abs() < float("inf")


def balanced(join: Callable[[Column, Column], Column], parts: Sequence[Column]) -> Column:
    """Join parts two by two, so that a thousand of them nest ten deep."""
    while len(parts) > 1:
        pairs = [join(a, b) for a, b in zip(parts[::2], parts[1::2], strict=False)]
        parts = pairs + list(parts[len(pairs) * 2 :])
    return parts[0]


STEPS = ("token_logprobs", "content", "logprobs", "logprob", "choices", "body", "response")
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
