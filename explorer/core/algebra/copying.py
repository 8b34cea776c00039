"""Pickles expressions for another process without changing them.

SymPy's own way puts an expression together anew on arrival, which changes it where it was left as it was written, and takes
up to minutes.
"""

from __future__ import annotations

import io
import pickle
from functools import cache
from typing import Any

from sympy import Add, Expr, Function, Mul, Pow


def dumps(value: Any) -> bytes:
    """Return a value as bytes, which `pickle.loads` reads."""
    written = io.BytesIO()
    _Pickler(written).dump(value)
    return written.getvalue()


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, Add | Mul | Pow | Function) and type(value).__module__:
            return rebuilt, (type(value), value.args)
        return NotImplemented


def rebuilt(function: Any, arguments: tuple[Expr, ...]) -> Expr:
    """Return a sum, a product, a power or a function of arguments that SymPy has put together so before."""
    expr = Expr.__new__(function, *arguments)
    if issubclass(function, Function):
        expr.nargs = _nargs(function)
    else:
        expr.is_commutative = all(argument.is_commutative for argument in arguments)
    return expr


@cache
def _nargs(function: Any) -> Any:
    return function.nargs
