"""Queries that every engine answers alike: numbers are doubles wherever Ibis says so.

Spark, and what stands in for it, takes 0.5 for a decimal number, and a column that is 1 or a double, as a case may be, for
integers: infinities are an error then, and fractions are cut off without one. To divide by 0 is an error too, here NULL; DuckDB
gives infinity or NaN, and to look for 0 costs it more than to divide.
PostgreSQL makes small integers of truth values, and nothing else; of integers that are divided, Ibis makes doubles for it,
but at times in another place where the same number stands; a result too small for a double is an error there. DuckDB
turns a decimal number of 17 digits into a double beside the one that is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import ibis
import pyarrow
from ibis.expr import operations as ops

_CHOICES = (ops.IfElse, ops.SimpleCase, ops.SearchedCase, ops.Coalesce, ops.Least, ops.Greatest, ops.Clip)
"""What gives one of several values, each of which must be a double if one is."""
_ASKED = {"bool_expr", "base", "cases"}
"""The parts of these that say which."""


def answer(expression: ibis.Table) -> pyarrow.Table:
    """Return what a query gives, computed by the engine that has its rows."""
    return portable(expression).to_pyarrow()


def portable(expression: ibis.Table) -> ibis.Table:
    """Return a query whose doubles are doubles in every engine."""
    engines = {table.source.name for table in expression.op().find(ops.DatabaseTable)}
    found = expression.op().replace(partial(_replaced, divides=engines == {"duckdb"}))
    return (found.replace(_bounded) if "postgres" in engines else found).to_expr()


def _bounded(node: Any, parts: Mapping[str, Any] | None) -> Any:
    """An exponential of a number that is at least LOWEST, or NULL."""
    node = node if parts is None else node.__recreate__(parts)
    if not isinstance(node, ops.Exp) or (isinstance(node.arg, ops.IfElse) and node.arg.true_expr == LOWEST):
        return node
    return ops.Exp(ops.IfElse(ops.Less(node.arg, LOWEST), LOWEST, node.arg))


def _replaced(node: Any, parts: Mapping[str, Any] | None, *, divides: bool) -> Any:
    """A node of a query in those terms; parts are its children where these have changed. Some engines divide by 0."""
    if isinstance(node, ops.Literal):
        is_double = node.dtype.is_floating() and node.value is not None
        return _double(ops.Literal(repr(float(node.value)), "string")) if is_double else node
    if isinstance(node, _CHOICES) and node.dtype.is_floating():
        given = parts or dict(zip(node.__argnames__, node.__args__, strict=True))
        parts = {name: part if name in _ASKED else _doubles(part) for name, part in given.items()}
    if isinstance(node, ops.Cast) and node.arg.dtype.is_boolean() and node.to.is_numeric():
        parts = {"arg": ops.Cast((parts or {}).get("arg", node.arg), "int32"), "to": node.to}
    if isinstance(node, ops.Divide):
        left, right = (parts or {}).get("left", node.left), (parts or {}).get("right", node.right)
        if not divides and not isinstance(node.right, ops.Literal):
            right = ops.NullIf(right, _double(ops.Literal("0", "string")))
        parts = {"left": _double(left) if left.dtype.is_integer() else left, "right": right}
    return node if parts is None else node.__recreate__(parts)


def _doubles(part: Any) -> Any:
    if isinstance(part, tuple):
        return tuple(map(_doubles, part))
    return part if part is None or part.dtype.is_floating() else _double(part)


def _double(value: Any) -> Any:
    return ops.Cast(value, "float64")


LOWEST = _double(ops.Literal("-230", "string"))
"""Exponentials are 1e-100 and more where they must not be too small: three of them multiply."""
