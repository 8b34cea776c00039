"""Expressions in numbers of views, of which the answers and conditions of lessons are made."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from sympy import Symbol

from explorer.core.algebra import read
from explorer.core.program import Program
from explorer.views import address
from explorer.views.view import View

NEAR = 1e-6
"""By how much, relatively, two numbers may differ that are equal."""
Relation = Literal["=", "<", ">", "<=", ">="]
_OF = re.compile(r"\s*([A-Za-z]\w*)\s+of\s+(/\S+)\s*", re.ASCII)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_RELATION = re.compile(r"<=|>=|=|<|>")


class Compared(NamedTuple):
    """A relation of two expressions."""

    left: str
    relation: Relation
    right: str


@lru_cache(maxsize=256)
def view(text: str) -> View:
    """Return the view of an address that a lesson holds.

    Raises
    ------
    ValueError
        If the address names no page, or holds what its page refuses.
    """
    found = address.view(text)
    if found.refused:
        raise ValueError(f"The address {text} holds what its page refuses: {found.refused[0]}")
    return found


def number_of(text: str) -> float:
    """Return the number that `NAME of ADDRESS` names.

    Raises
    ------
    ValueError
        If it is not of that form, or the view has no such number.
    """
    found = _OF.fullmatch(text)
    if not found:
        raise ValueError(f'A quantity must be written as "L of /binary?p=0.2&t=1"; got {text[:80]}.')
    name, where = found.groups()
    numbers = view(where).numbers
    if name not in numbers:
        raise ValueError(f"A quantity of {where} must be one of {', '.join(numbers)}; got {name}.")
    return float(numbers[name])


def compared(text: str) -> list[Compared]:
    """Return the relations of a condition, which " and " joins.

    Raises
    ------
    ValueError
        If a part has not exactly one of = < > <= >=.
    """
    parts = []
    for part in re.split(r"\s+and\s+", text):
        sides = _RELATION.split(part)
        if len(sides) != 2:
            raise ValueError(f"A condition must have one of = < > <= >= between two expressions; got {part[:80]}.")
        relation = cast("Relation", _RELATION.findall(part)[0])
        parts.append(Compared(sides[0].strip(), relation, sides[1].strip()))
    return parts


class Quantities:
    """The numbers that a lesson has named, and what is computed of them."""

    def __init__(self) -> None:
        self.numbers: dict[str, float] = {}

    def define(self, name: str, text: str) -> None:
        """Name the number that `NAME of ADDRESS` is.

        Raises
        ------
        ValueError
            If the name is none or taken, or as `number_of`.
        """
        if not _NAME.fullmatch(name):
            raise ValueError(f"A name must be letters, digits and underscores after a letter; got {name[:40]}.")
        if name in self.numbers:
            raise ValueError(f"Every name must stand once; got {name} twice.")
        self.numbers[name] = number_of(text)

    def value(self, text: str) -> float:
        """Return the number of an expression in the names, in the notation of /algebra.

        Raises
        ------
        ValueError
            If it cannot be read, holds a name that is not known, or has no finite number.
        """
        expr = read(text)
        names = sorted(symbol.name for symbol in expr.free_symbols)
        if unknown := [name for name in names if name not in self.numbers]:
            raise ValueError(
                f"An expression must hold names of let: {', '.join(self.numbers) or 'none yet'}; got {unknown[0]}."
            )
        program = Program(tuple(map(Symbol, names)), ((Symbol("L"), expr),))
        found = float(program.evaluate({name: self.numbers[name] for name in names})["L"])
        if not math.isfinite(found):
            raise ValueError(f"An expression must have a finite number; {text[:80]} has {found}.")
        return found

    def holds(self, text: str) -> bool:
        """Return whether a condition holds; what is equal is so to NEAR.

        Raises
        ------
        ValueError
            As `compared` and `value`.
        """
        return all(self._holds(*one) for one in compared(text))

    def _holds(self, left: str, relation: Relation, right: str) -> bool:
        a, b = self.value(left), self.value(right)
        same = math.isclose(a, b, rel_tol=NEAR, abs_tol=NEAR**2)
        match relation:
            case "=":
                return same
            case "<":
                return a < b and not same
            case ">":
                return a > b and not same
            case "<=":
                return a < b or same
            case ">=":
                return a > b or same
