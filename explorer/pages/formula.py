"""Formulas as markup: symbols, then the numbers put in, which move with the live chart."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sympy import Expr, Symbol

from explorer.core import printers
from explorer.core.worked import Worked
from explorer.live.markup import quantity


def symbols(step: Symbol, *forms: Expr) -> str:
    """Return `step = form = ...` on one line; a step d_<name> is written as a derivative of L."""
    body = "<mo>=</mo>".join(map(_mathml, (step, *forms)))
    scrolling = f"tabindex='0' role='group' aria-label='Formula of {step.name}'"
    return f"<div class='live-formula' {scrolling}><math display='block'>{body}</math></div>"


def worked(*parts: Worked, result: str, numbers: Mapping[str, float]) -> str:
    """Return the stages of one or more formulas for the same number, one line each, then the number."""

    def put_in(name: str, bracket: bool) -> str:
        return quantity(name, numbers[name], digits=4, trim=True, bracket=bracket, tag="mn")

    def line(body: str) -> str:
        return f"<div><math display='block'><mrow><mo>=</mo>{body}</mrow></math></div>"

    stages = [stage for part in parts for stage in part.stages if not stage.is_Number]
    lines = [line("".join(put_in(*p) if isinstance(p, tuple) else p for p in _parts(stage))) for stage in stages]
    lines.append(line(quantity(result, numbers[result], digits=5, trim=True, tag="mn")))
    return f"<div class='live-worked' tabindex='0' role='group' aria-label='With the numbers put in'>{''.join(lines)}</div>"


@lru_cache(maxsize=256)
def _mathml(expr: Expr) -> str:
    return printers.mathml(expr)


@lru_cache(maxsize=256)
def _parts(stage: Expr) -> tuple[str | tuple[str, bool], ...]:
    """The MathML of a stage, cut where a number goes: its name, and whether a minus sign needs a bracket."""
    cut = printers.mathml(stage, lambda symbol, bracket: f"\0{symbol.name} {bracket}\0").split("\0")
    return tuple((part.split()[0], part.endswith("True")) if i % 2 else part for i, part in enumerate(cut))
