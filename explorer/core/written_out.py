"""The loss of a network in one line of LaTeX, written as text, since SymPy would take minutes for a million characters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from sympy import Expr, Function, Symbol

from explorer.core import notation
from explorer.core.functions import textbook
from explorer.core.network import Network
from explorer.core.program import Program

_UNIT = re.compile(r"(?P<before>\\left\(|\{)?(?P<unit>[zh]_\{\d+,\d+\})(?P<after> ?\\right\)|\})?")

Parts = tuple[tuple[str, str], ...]
"""Text, then the unit that stands after it, "" at the end."""


def latex(network: Network, weights: Mapping[str, float] | None = None) -> str:
    """Return `L = ...` in the inputs, the targets and those weights that are not given as numbers."""
    known: dict[str, str] = {}
    for unit, parts in _parts(network, tuple((weights or {}).items())):
        known[unit] = "".join(text + known.get(inner, "") for text, inner in parts)
    return f"L = {known['L']}"


def length(network: Network) -> int:
    """Return how many characters `latex` has with every weight as a letter, without writing it."""
    known: dict[str, int] = {}
    for unit, parts in _parts(network, ()):
        known[unit] = sum(len(text) + known.get(inner, 0) for text, inner in parts)
    return known["L"] + len("L = ")


@lru_cache(maxsize=16)
def _parts(network: Network, weights: tuple[tuple[str, float], ...]) -> tuple[tuple[str, Parts], ...]:
    """Each unit's z and activation, and the loss, as text around the units below."""
    program = network.program().substitute(dict(weights))
    last = [Symbol(f"z{network.layers[-1]}_{k}") for k in range(1, network.sizes[-1] + 1)]
    end = next(i for i, (name, _) in enumerate(program.steps) if name == last[-1]) + 1
    steps = [(name, textbook(expr)) for name, expr in program.steps[:end]]
    targets = [Symbol(name) for name in network.targets]
    loss = Program((*last, *targets), program.steps[end:]).inline()
    written = {notation.latex(name): expr for name, expr in steps}
    lines = [(notation.latex(name), _cut(notation.latex(expr), written)) for name, expr in steps]
    return (*lines, ("L", _cut(notation.latex(loss), written)))


def _cut(text: str, written: Mapping[str, Expr]) -> Parts:
    """Text around the units that stand in it, with a bracket where one is needed."""
    parts, start = [], 0
    for match in _UNIT.finditer(text):
        unit = match["unit"]
        enclosed = bool(match["before"]) and bool(match["after"])
        bare = enclosed or isinstance(written[unit], Function)
        parts.append((text[start : match.start("unit")] + ("" if bare else r"\left("), unit))
        if not bare:
            parts.append((r"\right)", ""))
        start = match.end("unit")
    return (*parts, (text[start:], ""))
