"""Short questions on Python's syntax, and the error for what is not read."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from explorer.core.objective.pasted.names import LIBRARIES


class UnreadError(ValueError):
    """A part of some code that is not read."""

    def __init__(
        self, node: ast.stmt | ast.expr, do: str = "write assignments and one return, with np.where for cases"
    ) -> None:
        super().__init__(f"Line {node.lineno} is not read: {do}.")


def function_name(node: ast.expr) -> str:
    """Return what a call's function is called, without its module; "" of anything else."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""


def owner(call: ast.Call) -> ast.expr | None:
    """Return the array of which a method is called; None of a function, a library's too."""
    return call.func.value if isinstance(call.func, ast.Attribute) and not is_library(call.func.value) else None


def is_library(node: ast.expr) -> bool:
    """Whether it is a library, such as np or scipy.special."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in LIBRARIES


def is_none(node: ast.expr) -> bool:
    """Whether it is None."""
    return isinstance(node, ast.Constant) and node.value is None


def is_list(node: ast.expr) -> bool:
    """Whether it is a list of some numbers, a dictionary, or an array of them."""
    if isinstance(node, ast.Call) and function_name(node) in ("array", "asarray", "tensor") and node.args:
        return is_list(node.args[0])
    return isinstance(node, ast.Dict) or (isinstance(node, ast.List | ast.Tuple) and bool(node.elts))


def number(node: ast.AST) -> float | None:
    """Return a number as it is written; None of anything else."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = number(node.operand)
        return None if inner is None else -inner
    value = node.value if isinstance(node, ast.Constant) else None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def numbers_in(statements: list[ast.stmt]) -> Iterator[float]:
    """Yield the numbers that are written in some code."""
    for statement in statements:
        for node in ast.walk(statement):
            if (found := number(node)) is not None:
                yield found
