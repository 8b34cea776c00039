"""A gradient and a Hessian that somebody has written: read, and what was found of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sympy import Expr

from explorer.core.algebra.naming import size
from explorer.core.objective import Judged, Objective, audit
from explorer.core.objective.audit import formulas

PARTS = 500
"""The most parts of a formula that is judged while somebody waits."""


@dataclass(frozen=True)
class Item:
    """What was found of one of the two."""

    name: str
    formula: Expr
    judged: Judged


def items(own: Objective, gradient: str, hessian: str) -> tuple[Item, ...]:
    """Return what was found of both, of each that is there and can be read."""
    found: list[Item] = []
    for name, text in (("Gradient", gradient), ("Hessian", hessian)):
        if text.strip():
            try:
                found += _items(own, name, text, gradient_alone=not hessian.strip())
            except ValueError:
                continue
    return tuple(found)


def problems(own: Objective, gradient: str, hessian: str) -> tuple[str, ...]:
    """Return a sentence for each that cannot be read."""
    return tuple(said for _, said in refusals(own, gradient, hessian))


def refusals(own: Objective, gradient: str, hessian: str) -> Iterator[tuple[str, str]]:
    """Which of both cannot be read, and why."""
    for name, text in (("Gradient", gradient), ("Hessian", hessian)):
        if text.strip():
            try:
                _items(own, name, text, gradient_alone=not hessian.strip())
            except ValueError as error:
                yield name, f"{name}: {error}"


@lru_cache(maxsize=256)
def _items(own: Objective, name: str, text: str, *, gradient_alone: bool) -> tuple[Item, ...]:
    """What a text holds: one, or of a function's body both where no other text stands for the second."""
    if name == "Hessian":
        exprs = formulas(own, "0", text)[1:]
        _check(exprs)
        found = audit(own.loss, "0", text, link=own.link).hessian
        return (Item(name, exprs[0], found),) if found else ()
    exprs = formulas(own, text)
    _check(exprs)
    both = audit(own.loss, text, link=own.link)
    first = Item(name, exprs[0], both.gradient)
    return (first, Item("Hessian", exprs[1], both.hessian)) if both.hessian and gradient_alone else (first,)


def _check(exprs: list[Expr]) -> None:
    if any(size(expr) > PARTS for expr in exprs):
        raise ValueError(f"A formula on this page must have at most {PARTS} parts: write a shorter one.")
