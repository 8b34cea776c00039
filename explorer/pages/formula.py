"""Formulas as markup: symbols, then the numbers put in, which move with the live chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from sympy import Expr, Symbol

from explorer.core import notation
from explorer.core.worked import Worked
from explorer.live.markup import quantity


def line(left: Symbol, forms: Sequence[Expr], leaf: Callable[[str, bool], str] | None = None, result: str = "") -> str:
    """Return `left = form = ...` on one line, and `= result` if there is one.

    leaf, if given, says what stands for each symbol: it takes the name, and whether a minus sign needs a bracket.
    """
    bodies = [_mathml(form) if leaf is None else _put_in(form, leaf) for form in forms]
    body = "<mo>=</mo>".join([_mathml(left), *bodies, *([result] if result else [])])
    return f"<div><math display='block'>{body}</math></div>"


def letter(name: str) -> str:
    """Return a symbol as it is written."""
    return _mathml(Symbol(name))


def symbols(step: Symbol, *forms: Expr) -> str:
    """Return `step = form = ...` on one line; a step d_<name> is written as a derivative of L."""
    body = "<mo>=</mo>".join(map(_mathml, (step, *forms)))
    scrolling = f"tabindex='0' role='group' aria-label='Formula of {step.name}'"
    return f"<div class='live-formula' {scrolling}><math display='block'>{body}</math></div>"


def worked(*parts: Worked, result: str, numbers: Mapping[str, float]) -> str:
    """Return the stages of one or more formulas for the same number, one line each, then the number."""

    def put_in(name: str, bracket: bool) -> str:
        return quantity(name, numbers[name], digits=4, trim=True, bracket=bracket, tag="mn")

    def equals(body: str) -> str:
        return f"<div><math display='block'><mrow><mo>=</mo>{body}</mrow></math></div>"

    stages = [stage for part in parts for stage in part.stages if not stage.is_Number]
    lines = [equals(_put_in(stage, put_in)) for stage in stages]
    lines.append(equals(quantity(result, numbers[result], digits=5, trim=True, tag="mn")))
    return f"<div class='live-worked' tabindex='0' role='group' aria-label='With the numbers put in'>{''.join(lines)}</div>"


def _put_in(expr: Expr, leaf: Callable[[str, bool], str]) -> str:
    return "".join(leaf(*part) if isinstance(part, tuple) else part for part in _parts(expr))


@lru_cache(maxsize=4096)
def _mathml(expr: Expr) -> str:
    return notation.mathml(expr)


@lru_cache(maxsize=4096)
def _parts(stage: Expr) -> tuple[str | tuple[str, bool], ...]:
    """The MathML of a stage, cut where a number goes: its name, and whether a minus sign needs a bracket."""
    cut = notation.mathml(stage, lambda symbol, bracket: f"\0{symbol.name} {bracket}\0").split("\0")
    return tuple((part.split()[0], part.endswith("True")) if i % 2 else part for i, part in enumerate(cut))
