"""Multiplies, divides and adds expressions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Expr, Symbol

from explorer.core.algebra import agreement, layering, rewriting
from explorer.core.algebra.agreement import Agreement
from explorer.core.algebra.layering import Layered, Subject, each
from explorer.core.algebra.operations.spec import refuse_steps
from explorer.core.domains import Inputs

SMALL = 200
"""Up to how many operations a quotient is cancelled at once."""


def _combine(combine: Callable[[Any, Any], Any]) -> tuple[Callable[..., Subject], Callable[..., Agreement]]:
    """An operation with another expression, on numbers or symbols alike, and its check."""

    def run(before: Subject, other: Expr) -> Subject:
        if isinstance(before, Layered):
            return _extended(before, lambda entry: combine(entry, other), other)
        return each(before, lambda entry: combine(entry, other))

    def check(before: Subject, after: Subject, other: Expr, *, inputs: Inputs) -> Agreement:
        return agreement.combined(before, after, other, combine, inputs=inputs)

    return run, check


def _extended(before: Layered, change: Callable[[Expr], Expr], other: Expr) -> Layered:
    """A layered subject with one step more for each entry; other is what the change brings in."""
    program = before.program
    refuse_steps(before, other)
    new = [s for s in sorted(other.free_symbols, key=str) if s not in program.inputs]
    letters = layering.fresh(("r", "v"), program.symbols)
    made = [[next(letters).name for _ in row] for row in before.entries]
    steps = {
        name: change(Symbol(entry))
        for row, entries in zip(made, before.entries, strict=True)
        for name, entry in zip(row, entries, strict=True)
    }
    return Layered(program.extended(steps, inputs=new), tuple(map(tuple, made)))


def _quotient(before: Any, other: Any) -> Any:
    """A quotient, of numbers or expressions; a short one cancelled."""
    if isinstance(other, Expr) and other.is_zero:
        raise ValueError("An expression cannot be divided by 0.")
    quotient = before / other
    return rewriting.factored(quotient) if isinstance(quotient, Expr) and 0 < quotient.count_ops() <= SMALL else quotient


multiply, check_multiply = _combine(lambda a, b: a * b)
subtract, check_subtract = _combine(lambda a, b: a - b)
add, check_add = _combine(lambda a, b: a + b)
divide, check_divide = _combine(_quotient)
