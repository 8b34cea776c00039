"""Mathics, an interpreter of the Wolfram Language: runs printed code, and differentiates it where it can."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

from mathics.core.atoms import MachineReal
from mathics.core.load_builtin import import_and_load_builtins
from mathics.session import MathicsSession

from explorer.core.printers import wolfram
from explorer.core.program import Program


@cache
def session() -> Any:
    """The one session: to start it takes seconds."""
    import_and_load_builtins()
    return MathicsSession()


def text(number: float) -> str:
    """Return a number as the language reads it, a machine number."""
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    digits, _, power = repr(number).partition("e")
    return f"{digits if '.' in digits else digits + '.'}*^{int(power or 0)}"


def define(program: Program, outputs: Sequence[str] = ()) -> None:
    """Define a program's printed function, loss, after all that was defined is gone."""
    session().evaluate('ClearAll["Global`*"]')
    for definition in wolfram.code(program, outputs=outputs).split("\n\n"):
        session().evaluate(definition)


def number(found: Any) -> float | None:
    """Return what was found as a float; None where it is no number."""
    written = str(found)
    if "Indeterminate" in written:
        return math.nan
    if "DirectedInfinity[1]" in written or "DirectedInfinity[-1]" in written:
        return -math.inf if "-1" in written else math.inf
    try:
        return float(found.to_python()) if not isinstance(found, MachineReal) else float(found.value)
    except (TypeError, ValueError, AttributeError):
        return None


def values(row: list[float]) -> list[float | None]:
    """Return the outputs at a point."""
    return [number(found) for found in session().evaluate(f"Values[N[loss[{', '.join(map(text, row))}]]]").elements]


def slope(names: list[str], by: str, row: list[float]) -> float | None:
    """Return the slope of loss at a point by D; None where Mathics has no answer."""
    rules = ", ".join(f"{name} -> {text(x)}" for name, x in zip(names, row, strict=True))
    return number(session().evaluate(f"N[D[loss[{', '.join(names)}], {by}] /. {{{rules}}}]"))
