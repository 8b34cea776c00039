"""Cuts the domain of a prediction where a formula changes its branch, so that signs are known on each piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sympy import Abs, Eq, Expr, Heaviside, KroneckerDelta, Max, Min, Ne, Piecewise, S, Symbol, false, oo, sign, solve, true
from sympy.core.relational import Relational

from explorer.core.domains import Input
from explorer.core.losses.facts.signs import exactly, sign_of

MOST_PIECES = 8
"""Into how many pieces a domain may fall."""

U = Symbol("u'", positive=True)  # no input has such a name
V = Symbol("v'", positive=True)
X = Symbol("x'", real=True)
"""A place along a piece, how far out it is, and the prediction less the centre."""
SWITCHES = (Abs, Max, Min, sign, Heaviside, KroneckerDelta, Piecewise)


class NotProvenError(Exception):
    """There is no decision."""


@dataclass(frozen=True)
class Piece:
    """A formula between two places, where it has no switches."""

    low: Expr
    high: Expr
    formula: Expr


@dataclass(frozen=True)
class Question:
    """A loss's formula, what is predicted, and what its inputs may be.

    Attributes
    ----------
    formula : Expr
        In symbols without assumptions.
    by : Input
    others : tuple of Input
        What the formula has besides.
    target : str
        The one from whose value on a prediction is measured, or "".
    classes : tuple of Expr
        With `by`: the formula for each of two classes; else none.
    wanted : tuple of str
        What to prove: keys of PROOFS.
    convex : bool or None
        Whether to prove that it is, or that it is not; None to try both.
    """

    formula: Expr
    by: Input
    others: tuple[Input, ...]
    target: str = ""
    classes: tuple[Expr, ...] = ()
    wanted: tuple[str, ...] = (
        "convex",
        "bounded",
        "slope_bounded",
        "symmetric",
        "smooth",
        "vanishing",
        "growth",
        "proper",
    )
    convex: bool | None = None


class Pieces:
    """A loss in pieces.

    Parameters
    ----------
    question : Question
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self.is_convex = False
        self.x: Symbol = X
        self.given: dict[Symbol, Expr] = {Symbol(other.name): _assumed(other) for other in question.others}
        self.centre = self.given[Symbol(question.target)] if question.target else S.Zero
        if question.formula.has(S.NaN, S.ComplexInfinity):
            raise NotProvenError
        self.formula = self.in_x(question.formula)

    def in_x(self, formula: Expr) -> Expr:
        """Return a formula in x, the prediction less the centre, and in symbols of known sign."""
        return formula.xreplace({**self.given, Symbol(self.question.by.name): self.x + self.centre})

    @cached_property
    def ends(self) -> tuple[Expr, Expr]:
        """Those of the domain, less the centre."""
        domain = self.question.by.domain
        low, high = (exactly(edge) if abs(edge) != float("inf") else edge * oo for edge in (domain.low, domain.high))
        return S(low) - self.centre, S(high) - self.centre

    @cached_property
    def pieces(self) -> list[Piece]:
        """The pieces, in order."""
        return list(self.cut(self.formula, *self.ends))

    def cut(self, formula: Expr, low: Expr, high: Expr, depth: int = 0) -> Iterator[Piece]:
        """Yield the pieces between two places: where a switch is not decided there, those on both sides of it."""
        if depth > MOST_PIECES:
            raise NotProvenError
        while switches := _innermost(formula):
            switch = switches[0]
            argument = _argument(switch)
            decided = self._sign(argument, low, high)
            if decided is None:
                places = [low, *self.roots(argument, low, high), high]
                for start, stop in pairwise(places):
                    yield from self.cut(formula, start, stop, depth + 1)
                return
            formula = formula.xreplace({switch: _value(switch, decided)})
        yield Piece(low, high, formula)

    def roots(self, argument: Expr, low: Expr, high: Expr) -> list[Expr]:
        """Return the places between two where an argument is 0, in order: one or two."""
        if self.x not in argument.free_symbols:
            raise NotProvenError
        at_0 = argument.subs(self.x, 0) == 0 and self._is_between(S.Zero, low, high)
        roots = [S.Zero] if at_0 else [r for r in solve(argument, self.x) if self._is_between(r, low, high)]
        if not 1 <= len(roots) <= 2:
            raise NotProvenError
        order = sign_of(roots[-1] - roots[0]) if len(roots) == 2 else 1
        if order is None:
            raise NotProvenError
        return roots if order > 0 else roots[::-1]

    def _is_between(self, place: Expr, low: Expr, high: Expr) -> bool:
        above = low == -oo or sign_of(place - low) == 1
        below = high == oo or sign_of(high - place) == 1
        outside = (low != -oo and sign_of(low - place) in (0, 1)) or (high != oo and sign_of(place - high) in (0, 1))
        if not (above and below) and not outside:
            raise NotProvenError
        return bool(above and below)

    def _sign(self, formula: Expr, low: Expr, high: Expr) -> int | None:
        """The sign that a formula has everywhere between two places; None if that is not known."""
        if formula == 0:
            return 0
        return sign_of(self.within(formula, low, high))

    def within(self, formula: Expr, low: Expr, high: Expr) -> Expr:
        """Return a formula of x in a positive symbol that runs from one place to the other; over all numbers as it is."""
        if low == -oo and high == oo:
            return formula
        if high == oo:
            return formula.xreplace({self.x: low + U})
        if low == -oo:
            return formula.xreplace({self.x: high - U})
        return formula.xreplace({self.x: (low + high * U) / (1 + U)})

    def named(self, expr: Expr) -> Expr:
        """Return an expression in the symbols of the inputs."""
        return expr.xreplace({inner: outer for outer, shown in self.given.items() for inner, outer in _inverse(outer, shown)})


def _inverse(outer: Symbol, shown: Expr) -> list[tuple[Expr, Expr]]:
    """What to put in for the positive symbols that an input was written in."""
    if shown.is_Symbol:
        return [(shown, outer)]
    (inner,) = shown.free_symbols
    (solution,) = solve(shown - outer, inner)
    return [(inner, solution)]


def _assumed(given: Input) -> Expr:
    """An input as SymPy is to know it: a symbol, or between two bounds an expression in a positive one."""
    domain = given.domain
    low, high = domain.low, domain.high
    if low == 0 and high == float("inf"):
        return Symbol(given.name, positive=True)
    if abs(low) == float("inf") or abs(high) == float("inf"):
        inner = Symbol(given.name, positive=True) if abs(low) != float("inf") else Symbol(given.name, real=True)
        return exactly(low) + inner if abs(low) != float("inf") else inner
    inner = Symbol(given.name, positive=True)
    return (exactly(low) + exactly(high) * inner) / (1 + inner)


def _innermost(formula: Expr) -> list[Expr]:
    """The switches in a formula that have no other switch within."""
    found = list(formula.atoms(*SWITCHES)) + [r for p in formula.atoms(Piecewise) for r in p.atoms(Relational)]
    along = [switch for switch in found if X in switch.free_symbols]  # one of the other inputs alone is but a number
    plain = [e for e in along if not any(inner != e and e.has(inner) for inner in along)]
    return sorted(plain, key=lambda e: e.sort_key())


def _argument(switch: Expr) -> Expr:
    """What a switch turns on the sign of."""
    if isinstance(switch, Relational):
        return switch.lhs - switch.rhs
    if isinstance(switch, Max | Min):
        return switch.args[0] - switch.args[1]
    if isinstance(switch, KroneckerDelta):
        return switch.args[0] - switch.args[1]
    if isinstance(switch, Piecewise):
        raise NotProvenError
    return switch.args[0]


def _value(switch: Expr, decided: int) -> Expr:
    """A switch where the sign of its argument is known."""
    argument = _argument(switch)
    if isinstance(switch, Relational):
        if isinstance(switch, Eq | Ne):
            return true if (decided == 0) == isinstance(switch, Eq) else false
        return switch.func(S(decided), S.Zero)
    if isinstance(switch, Max | Min):
        larger = switch.args[0] if decided >= 0 else switch.args[1]
        smaller = switch.args[1] if decided >= 0 else switch.args[0]
        chosen, dropped = (larger, smaller) if isinstance(switch, Max) else (smaller, larger)
        return switch.func(*(arg for arg in switch.args if arg != dropped)) if len(switch.args) > 2 else chosen
    if isinstance(switch, KroneckerDelta):
        return S.One if decided == 0 else S.Zero
    if isinstance(switch, Abs):
        return argument * decided
    if isinstance(switch, Heaviside):
        return S.One if decided > 0 else S.Zero if decided < 0 else switch.args[1]
    return S(decided)
