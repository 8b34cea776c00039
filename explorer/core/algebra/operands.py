"""The kinds of operands that operations ask for, and how each is read from text. To add one: list it in KINDS."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from numbers import Number
from typing import Any, TypeAlias

from sympy import Expr, Integer, Lambda, MatrixBase, S, Symbol, sympify

from explorer.core.algebra.reading import read

Operand: TypeAlias = Expr | int | str
"""An expression, a number of times, or one of a few words."""

MOST = 10
"""The most derivatives at once, and the highest order of a series."""
SCALES = ("logit", "probability")
SIDES = ("both", "above", "below")
_INFINITE = re.compile(r"([+\-−]?)\s*(oo|inf|infinity|∞)", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
    """A kind of operand.

    Attributes
    ----------
    read : callable
        Text, or what is given in its place -> operand; raises ValueError.
    default : operand or None
        What holds if it is left out; None where it must be given.
    several : bool
        Whether any number of them may follow, none for all.
    """

    read: Callable[[Any], Operand]
    default: Operand | None = None
    several: bool = False


def expression(given: Any) -> Expr:
    """Return an expression, read if it is text."""
    return read(given) if isinstance(given, str) else _number(given)


def _number(given: Any) -> Expr:
    if isinstance(given, Number) and not isinstance(given, bool | complex):
        given = sympify(given)  # a number, never text
    if not isinstance(given, Expr) or isinstance(given, MatrixBase | Lambda):
        raise ValueError(f"An expression is needed; got {type(given).__name__}.")
    if given.has(S.NaN, S.Infinity, S.NegativeInfinity, S.ComplexInfinity):
        raise ValueError(f"An expression must be finite; got {str(given)[:40]}.")
    return given


def symbol(given: Any) -> Symbol:
    """Return a symbol."""
    expr = expression(given)
    if not isinstance(expr, Symbol):
        raise ValueError(f"A symbol is needed, such as p; got {str(given)[:40]}.")
    return expr


def point(given: Any) -> Expr:
    """Return a number, an expression or an infinity."""
    if isinstance(given, str) and (infinite := _INFINITE.fullmatch(given.strip())):
        return S.Infinity if infinite[1] in ("", "+") else S.NegativeInfinity
    if isinstance(given, str) and re.search("oo|∞", given):  # letters side by side would be a product, x o o
        raise ValueError(f"An infinite point is oo or -oo alone; got {given.strip()[:40]}.")
    return given if given in (S.Infinity, S.NegativeInfinity) else expression(given)


def _count(what: str) -> Callable[[Any], int]:
    def read_count(given: Any) -> int:
        text = str(given).strip()
        if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or not 1 <= int(text) <= MOST:
            raise ValueError(f"{what} must be a whole number from 1 to {MOST}; got {text[:40]}.")
        return int(text)

    return read_count


def _word(what: str, words: Sequence[str]) -> Callable[[Any], str]:
    def read_word(given: Any) -> str:
        text = str(given).strip().lower()
        if text not in words:
            raise ValueError(f"{what} must be one of {', '.join(words)}; got {text[:40]}.")
        return text

    return read_word


KINDS: dict[str, Kind] = {
    "symbol": Kind(symbol),
    "symbols": Kind(symbol, several=True),
    "expression": Kind(expression),
    "times": Kind(_count("Times"), 1),
    "point": Kind(point, Integer(0)),
    "order": Kind(_count("Order"), 4),
    "side": Kind(_word("From", SIDES), "both"),
    "scale": Kind(_word("As", SCALES)),
}
"""Every kind by its name."""


def parsed(asks: Sequence[str], given: Iterable[Any]) -> tuple[Operand, ...]:
    """Return operands for what an operation asks, read and complete.

    Raises
    ------
    ValueError
        If one is missing, one too many, or does not fit.
    """
    rest = [one for part in given for one in (part if isinstance(part, list | tuple) else [part])]
    operands: list[Operand] = []
    for name in asks:
        kind = KINDS[name]
        if kind.several:
            operands += [kind.read(one) for one in rest]
            rest = []
        elif rest:
            operands.append(kind.read(rest.pop(0)))
        elif kind.default is None:
            raise ValueError(f"{'An' if name[0] in 'aeiou' else 'A'} {name} is missing.")
        else:
            operands.append(kind.default)
    if rest:
        raise ValueError(f"There is one operand too many: {str(rest[0])[:40]}.")
    return tuple(operands)
