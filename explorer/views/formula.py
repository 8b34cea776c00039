"""Formulas as markup: symbols, then the numbers put in, which move with the live chart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from sympy import Expr, Symbol

from explorer.core import notation
from explorer.core.worked import Worked
from explorer.views.markup import LIMITS, equals, quantity

Origins = tuple[tuple[Symbol, Expr], ...]


def line(
    left: Symbol | None,
    forms: Sequence[Expr],
    leaf: Callable[[str, bool], str] | None = None,
    result: str = "",
    signs: Sequence[str] = (),
) -> str:
    """Return `left = form = ...` on one line, and `= result` if there is one; without left what goes on with the line above.

    leaf, if given, says what stands for each symbol: it takes the name, and whether a minus sign needs a bracket. signs, if
    given, are what stands after each form instead of =.
    """
    bodies = [_mathml(form) if leaf is None else _put_in(form, leaf) for form in forms]
    bodies += [result] if result else []
    between = ["<mo>=</mo>", *signs, *["<mo>=</mo>"] * len(bodies)]
    body = "".join(sign + body for sign, body in zip(between, bodies, strict=False))
    return f"<div><math display='block'>{_mathml(left)}{body}</math></div>" if left else stage(body)


def stage(body: str) -> str:
    """Return a line that goes on with the one above: = and what it comes to."""
    return f"<div><math display='block'><mrow>{body}</mrow></math></div>"


def letter(name: str) -> str:
    """Return a symbol as it is written."""
    return _mathml(Symbol(name))


def symbols(step: Symbol, *forms: Expr) -> str:
    """Return `step = form = ...` on one line; a step d_<name> is written as a derivative of L."""
    body = "<mo>=</mo>".join(map(_mathml, (step, *forms)))
    scrolling = f"tabindex='0' role='group' aria-label='Formula of {step.name}'"
    return f"<div class='live-formula' {scrolling}><math display='block'>{body}</math></div>"


def worked(*parts: Worked, result: str, numbers: Mapping[str, float], inputs: Collection[str]) -> str:
    """Return the stages of one or more formulas for the same number, one line each, then the number.

    What is an input is written as it stands, what is worked out is rounded.
    """

    def put_in(name: str, bracket: bool) -> str:
        digits = 10 if name in inputs else 4
        return quantity(name, numbers[name], digits=digits, trim=True, bracket=bracket, tag="mn")

    stages = [(name, _put_in(stage, put_in, part.origins)) for part in parts for name, stage in part.values.items()]
    stages.append((result, quantity(result, numbers[result], digits=5, trim=True, tag="mn")))
    signs = ["<mo>=</mo>"]
    signs += [equals(a, numbers[a], b, numbers[b]) for (a, _), (b, _) in pairwise(stages)]
    return put_together(stage(sign + body) for sign, (_, body) in zip(signs, stages, strict=True))


def put_together(lines: Iterable[str]) -> str:
    """Return lines with numbers put in, under one another."""
    label = "With the numbers put in"
    return f"<div class='live-worked' tabindex='0' role='group' aria-label='{label}'>{''.join(lines)}{limits()}</div>"


def limits() -> str:
    """Return what an arrow between two lines means; it is seen where there is one."""
    return f"<p class='live-note live-limits' role='note'>{LIMITS}</p>"


def _put_in(expr: Expr, leaf: Callable[[str, bool], str], origins: Origins = ()) -> str:
    return "".join(leaf(*part) if isinstance(part, tuple) else part for part in _parts(expr, origins))


@lru_cache(maxsize=4096)
def _mathml(expr: Expr) -> str:
    return notation.mathml(expr)


@lru_cache(maxsize=4096)
def _parts(stage: Expr, origins: Origins) -> tuple[str | tuple[str, bool], ...]:
    """The MathML of a stage, cut where a number goes: its name, and whether a minus sign needs a bracket."""
    cut = notation.mathml(stage, lambda symbol, bracket: f"\0{symbol.name} {bracket}\0", dict(origins)).split("\0")
    return tuple((part.split()[0], part.endswith("True")) if i % 2 else part for i, part in enumerate(cut))
