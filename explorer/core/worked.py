"""A formula with its numbers put in, worked out stage by stage as one does by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from sympy import Add, Expr, Function, Symbol

from explorer.core.functions import reading_order


@dataclass(frozen=True)
class Worked:
    """The stages of working out an expression.

    Attributes
    ----------
    stages : tuple of Expr
        The expression itself, then with its inner sums worked out, then its functions, and so on, inside out. Each symbol in
        a stage stands for a number: an input, or a name from `steps`.
    steps : dict
        Name -> expression in inputs and earlier names: what the stages have worked out.
    values : dict
        Name -> a stage to show, whose value the name stands for: as plain arithmetic has it, so NaN for 0/0 and 0 ln 0. A stage
        that is one number is not shown.
    """

    stages: tuple[Expr, ...]
    steps: dict[str, Expr]
    values: dict[str, Expr]

    @cached_property
    def origins(self) -> tuple[tuple[Symbol, Expr], ...]:
        """Each name with what it was worked out from, in inputs alone."""
        origins: dict[Expr, Expr] = {}
        for name, part in self.steps.items():
            origins[Symbol(name)] = part.xreplace(origins)
        return tuple(origins.items())


def work_out(expr: Expr, prefix: str) -> Worked:
    """Return the stages of expr; the numbers worked out on the way are named `<prefix>1`, `<prefix>2`, ..."""
    steps: dict[Expr, Symbol] = {}

    def named(part: Expr) -> Symbol:
        return steps.setdefault(part, Symbol(f"{prefix}{len(steps) + 1}"))

    stages = [expr]
    while True:
        for is_ready in (_is_plain_sum, _is_innermost_function):
            worked = _replace_parts(stages[-1], is_ready, named)
            if worked != stages[-1]:
                stages.append(worked)
                break
        else:
            shown = [stage for stage in stages if not stage.is_Atom]
            values = {f"{prefix}at{k}": stage for k, stage in enumerate(shown, 1)}
            return Worked(tuple(stages), {name.name: part for part, name in steps.items()}, values)


def _replace_parts(expr: Expr, is_ready: Callable[[Expr], bool], named: Callable[[Expr], Symbol]) -> Expr:
    """Replace the largest parts of expr that are ready; never the whole of it."""
    if not expr.args:
        return expr
    in_order = sorted(expr.args, key=reading_order)  # so that names count up from left to right
    parts = {a: named(a) if is_ready(a) else _replace_parts(a, is_ready, named) for a in in_order}
    return expr.func(*(parts[a] for a in expr.args))


def _is_plain_sum(expr: Expr) -> bool:
    return isinstance(expr, Add) and not expr.has(Function)


def _is_innermost_function(expr: Expr) -> bool:
    return isinstance(expr, Function) and not any(a.has(Function) for a in expr.args)
