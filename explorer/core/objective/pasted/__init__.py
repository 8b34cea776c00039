"""A gradient and a Hessian that somebody wrote, as expressions or as a Python function, read and never run."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sympy import Expr, Float, Rational

from explorer.core.algebra.reading.limits import LENGTH
from explorer.core.objective.pasted.expressions import CLASS, of_a_row
from explorer.core.objective.pasted.names import FILLED, FUNCTIONS_THAT_KEEP, METHODS_THAT_KEEP, named, synonyms
from explorer.core.objective.pasted.statements import Walk
from explorer.core.objective.pasted.syntax import numbers_in

__all__ = ["Pasted", "named", "synonyms", "written"]
_CODE = re.compile(r"^\s*(def\s|class\s|return\b|for\s|if\s.*:$)|^\s*\w+(\[.*\])?\s*[-+*/]?=[^=]", re.MULTILINE)

_ARRAYS = re.compile(rf"\b({'|'.join((*FILLED, 'full', 'full_like', 'repeat', *METHODS_THAT_KEEP, *FUNCTIONS_THAT_KEEP))})\(")
_COMPARED = re.compile("[<>]|[=!]=")


@dataclass(frozen=True)
class Pasted:
    """What somebody has written.

    Attributes
    ----------
    parts : tuple of Expr
        The gradient, and the Hessian if there is one.
    constants : mapping
        Name -> the number that it is set to.
    numbers : tuple of float
        Every number that stands in it.
    turned : bool
        Whether it is one of CatBoost's, whose signs are turned.
    """

    parts: tuple[Expr, ...]
    constants: Mapping[str, float]
    numbers: tuple[float, ...]
    turned: bool = False


def _is_code(text: str) -> bool:
    """Whether a text is the body of a function, or a whole one, rather than an expression."""
    return bool(_CODE.search(text))


def written(text: str, scores: tuple[str, ...], targets: tuple[str, ...]) -> Pasted:
    """Return a formula or the body of a function, in the symbols of scores and targets: of several classes the first one's.

    Raises
    ------
    ValueError
        If it is neither.
    """
    if _is_code(text):
        return _pasted(text, scores, targets)
    try:
        expr = of_a_row(text)
    except ValueError:
        if not (_ARRAYS.search(text) or _COMPARED.search(text)):
            raise
        return _pasted(f"return {text.strip()}", scores, targets)
    return Pasted((expr,), {}, tuple(float(number) for number in expr.atoms(Rational, Float)))


def _pasted(text: str, scores: tuple[str, ...], targets: tuple[str, ...]) -> Pasted:
    """What a function's body returns."""
    if len(text) > LENGTH:
        raise ValueError(f"A function may have at most {LENGTH:,} characters; got {len(text):,}.")
    try:
        statements = ast.parse(_dedented(text)).body
    except (SyntaxError, RecursionError, MemoryError, ValueError) as error:
        line = f", at line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise ValueError(f"This is no Python function{line}.") from None
    walk = Walk(scores, targets)
    try:
        parts = walk.outcome(statements)
        if any(part.has(CLASS) for part in parts):
            raise ValueError("A label is the number of a class: compare it with each class, or make it one-hot.")
        return Pasted(parts, walk.constants, tuple(numbers_in(statements)), walk.turned)
    except RecursionError:
        raise ValueError("This function is nested too deeply.") from None


def _dedented(code: str) -> str:
    """Code whose first lines may be indented, without its remarks, line by line."""
    lines = [line if line.strip() and not line.strip().startswith("#") else "" for line in code.splitlines()]
    indent = min((len(line) - len(line.lstrip()) for line in lines if line), default=0)
    return "\n".join(line[indent:] for line in lines)
