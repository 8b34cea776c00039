"""What an operation is: what it asks for, what it does to a subject, and how that is checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy import Expr

from explorer.core.algebra import agreement, layering, rewriting
from explorer.core.algebra.agreement import Agreement
from explorer.core.algebra.layering import Layered, Subject, each, written_out
from explorer.core.algebra.operands import Operand
from explorer.core.domains import Input, Inputs


@dataclass(frozen=True)
class Operation:
    """What can be done to a subject.

    Attributes
    ----------
    name : str
        One word.
    label : str
        What it is called in a list.
    title : str
        What a step of a chain is called, with {} for an operand.
    asks : tuple of str
        The kinds of its operands, names in `operands.KINDS`.
    run : callable
        (subject, *operands) -> subject; where by_inputs is set, with `inputs` as well.
    check : callable
        (before, after, *operands, inputs) -> Agreement.
    needs : str
        A sentence on what it works on, if not on everything.
    more : str
        What follows the title if one more operand is given.
    by_inputs : bool
        Whether what is done depends on what the symbols stand for.
    brings : callable
        (before, *operands, inputs) -> what its new symbols stand for, where that is known.
    """

    name: str
    label: str
    title: str
    run: Callable[..., Subject]
    check: Callable[..., Agreement]
    asks: tuple[str, ...] = ()
    needs: str = ""
    more: str = ""
    by_inputs: bool = False
    brings: Callable[..., tuple[Input, ...]] = lambda *_, **__: ()

    def done(self, before: Subject, *operands: Operand, inputs: Inputs) -> Subject:
        """Return what it makes of a subject."""
        return self.run(before, *operands, inputs=inputs) if self.by_inputs else self.run(before, *operands)


def on_entries(change: Callable[..., Expr]) -> Callable[..., Subject]:
    """An operation that writes its subject out and changes each entry by itself."""

    def run(before: Subject, *operands: Any) -> Subject:
        return each(rewriting.plain(written_out(before)), lambda entry: rewriting.plain(change(entry, *operands)))

    return run


def on_symbols(change: Callable[[Expr], Expr]) -> Callable[..., Subject]:
    """The same, with the functions that SymPy does not know as letters."""
    return on_entries(lambda entry: rewriting.with_names(entry, change))


def equal(before: Subject, after: Subject, *_: Any, inputs: Inputs) -> Agreement:
    """Hold values after against those before: the form alone has changed."""
    return agreement.same_values(before, after, inputs=inputs)


def refuse_steps(before: Layered, other: Expr) -> None:
    """Raise ValueError if an operand speaks of a step, which is no variable."""
    steps = {name for name, _ in before.program.steps}
    if taken := sorted(str(s) for s in other.free_symbols & steps):
        raise ValueError(f"{taken[0]} is a step of the layered form, not a variable: write the expression out first.")


def refuse_matrix(before: Subject, operation: str) -> None:
    """Raise ValueError where there is more than one expression."""
    height, width = layering.shape(before)
    if (height, width) != (1, 1):
        raise ValueError(f"{operation} needs one expression; got a matrix of {height} by {width}. Take its Jacobian.")
