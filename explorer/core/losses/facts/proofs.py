"""What SymPy proves of a loss, for every value of its parameters and of a target that is not one of a few numbers.

A prediction's domain is cut where the formula has another piece; on each piece it is written in a positive symbol, so that
the signs that SymPy knows decide. To add a proof: write a function of Pieces that yields or returns what holds, and list it
in PROOFS. No proof means no more than that none was found.
"""

from __future__ import annotations

import math
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import pairwise
from time import monotonic, process_time
from typing import Any, TypeAlias

from sympy import (
    Abs,
    Eq,
    Expr,
    Heaviside,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Ne,
    Piecewise,
    Pow,
    Rational,
    S,
    Symbol,
    cancel,
    exp,
    expand,
    expand_log,
    factor,
    false,
    limit,
    log,
    oo,
    sign,
    simplify,
    solve,
    together,
    true,
)
from sympy.core.relational import Relational

from explorer.core.domains import Input, Logit

SECONDS, TOGETHER = 0.25, 0.8
"""Computing time for one proof, and for all of a loss."""
MOST_PIECES = 8
"""Into how many pieces a domain may fall."""

Proven: TypeAlias = Any
"""True or False; or expressions in the symbols of the inputs: two bounds, or places and jumps; or the growth at both ends."""

_U = Symbol("u'", positive=True)  # no input has such a name
_V = Symbol("v'", positive=True)
_X = Symbol("x'", real=True)
_SWITCHES = (Abs, Max, Min, sign, Heaviside, KroneckerDelta, Piecewise)


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
        self.x: Symbol = _X
        self.given: dict[Symbol, Expr] = {Symbol(other.name): _assumed(other) for other in question.others}
        self.centre = self.given[Symbol(question.target)] if question.target else S.Zero
        if question.formula.has(S.NaN, S.ComplexInfinity):
            raise NotProvenError
        self.formula = self._in_x(question.formula)

    def _in_x(self, formula: Expr) -> Expr:
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
        return list(self._cut(self.formula, *self.ends))

    def _cut(self, formula: Expr, low: Expr, high: Expr, depth: int = 0) -> Iterator[Piece]:
        """Yield the pieces between two places: where a switch is not decided there, those on both sides of it."""
        if depth > MOST_PIECES:
            raise NotProvenError
        while switches := _innermost(formula):
            switch = switches[0]
            argument = _argument(switch)
            decided = self._sign(argument, low, high)
            if decided is None:
                places = [low, *self._roots(argument, low, high), high]
                for start, stop in pairwise(places):
                    yield from self._cut(formula, start, stop, depth + 1)
                return
            formula = formula.xreplace({switch: _value(switch, decided)})
        yield Piece(low, high, formula)

    def _roots(self, argument: Expr, low: Expr, high: Expr) -> list[Expr]:
        """The places between two where an argument is 0, in order: one or two."""
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
            return formula.xreplace({self.x: low + _U})
        if low == -oo:
            return formula.xreplace({self.x: high - _U})
        return formula.xreplace({self.x: (low + high * _U) / (1 + _U)})

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


def exactly(x: float) -> Expr:
    """Return a number that somebody has set as a fraction: 0.1 is 1/10."""
    return Rational(x).limit_denominator(10**9)


# --- Signs ---


def sign_of(expr: Expr) -> int | None:
    """Return 1, -1 or 0 for an expression that has that sign for every value of its symbols, else None."""
    for form in _forms(expr):
        if form.is_zero:
            return 0
        if form.is_positive:
            return 1
        if form.is_negative:
            return -1
    return None


def is_nonnegative(expr: Expr) -> bool:
    """Whether an expression is seen to be 0 or more for every value of its symbols."""
    return any(form.is_nonnegative for form in _forms(expr))


def _forms(expr: Expr) -> Iterator[Expr]:
    """An expression in forms from which its sign may be seen, the quickest first."""
    yield expr
    positive = [s for s in expr.free_symbols if s.is_positive]
    shifted = expr.replace(lambda e: isinstance(e, log), lambda e: expand_log(log(factor(together(e.args[0]))), force=True))
    factored = _factored(shifted)
    yield factored
    exponentials = {e for e in factored.atoms(exp) if sign_of_exponent(e) is not None}
    if exponentials and positive:
        above = {e: _shift(e) for e in exponentials}
        yield _factored(factored.xreplace(above))
    if factored.has(exp, log) or any(not power.exp.is_Integer for power in factored.atoms(Pow)):
        yield _factored(simplify(shifted))


def _shift(e: Expr) -> Expr:
    """An exponential by how much it, or its reciprocal, is above 1: an exponent u, a multiple of one symbol."""
    exponent = e.args[0]
    coefficient, rest = exponent.as_coeff_Mul()
    base = Symbol(f"above'{rest}", positive=True)
    return (1 + base) ** coefficient


def sign_of_exponent(e: Expr) -> int | None:
    """The sign of what an exponential is of, besides a number: 1 if that is positive."""
    _, rest = e.args[0].as_coeff_Mul()
    return 1 if rest.is_positive else None


def _factored(expr: Expr) -> Expr:
    """An expression as a quotient of products, with sums multiplied out, whose terms' signs SymPy knows."""
    above, below = factor(together(expr)).as_numer_denom()
    return _product(above) / _product(below)


def _product(expr: Expr) -> Expr:
    return reduce(lambda x, y: x * y, (_known(part) for part in Mul.make_args(factor(expr))), S.One)


def _known(part: Expr) -> Expr:
    """A factor multiplied out, unless its sign is known, or it is a power."""
    if part.is_nonnegative or part.is_nonpositive or isinstance(part, Pow):
        return part
    return expand(part)


# --- Switches ---


def _innermost(formula: Expr) -> list[Expr]:
    """The switches in a formula that have no other switch within."""
    found = list(formula.atoms(*_SWITCHES)) + [r for p in formula.atoms(Piecewise) for r in p.atoms(Relational)]
    along = [switch for switch in found if _X in switch.free_symbols]  # one of the other inputs alone is but a number
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


# --- Proofs ---


def smooth(of: Pieces) -> Proven:
    """Which derivative jumps between pieces, where and how high: the value and the slope, or if neither does the curvature."""
    found = []
    for left, right in pairwise(of.pieces):
        for order in (0, 1, 2):
            height = simplify((right.formula - left.formula).diff(of.x, order).subs(of.x, left.high))
            if height.has(oo, S.NaN, S.ComplexInfinity):
                raise NotProvenError
            if height != 0:
                found.append((S(order), of.named(left.high + of.centre), of.named(height)))
                break
    return tuple(jump for jump in found if jump[0] < 2) or tuple(found)


def convex(of: Pieces) -> Proven:
    """True if the curvature of each piece is 0 or more and the slope rises between them; False if one falls for sure."""
    turns = []
    for left, right in pairwise(of.pieces):
        step = right.formula - left.formula
        if simplify(step.subs(of.x, left.high)) != 0:
            return False
        turns.append(simplify(step.diff(of.x).subs(of.x, left.high)))
    if any(sign_of(turn) == -1 for turn in turns):
        return False
    curvatures = [of.within(piece.formula.diff(of.x, 2), piece.low, piece.high) for piece in of.pieces]
    if of.question.convex is not False and all(map(is_nonnegative, (*turns, *curvatures))):
        return True
    if of.question.convex is not True and any(_falls_somewhere(curvature) for curvature in curvatures):
        return False
    raise NotProvenError


def _falls_somewhere(curvature: Expr) -> bool:
    """Whether a curvature is negative at some number of times a positive parameter, whatever that is."""
    scales = [S.One, *sorted((s for s in curvature.free_symbols - {_U, _X} if s.is_positive), key=str)]
    places = [times * scale for scale in scales for times in (Rational(1, 20), Rational(1, 2), S(2), S(10))]
    moved = {_U: places, _X: [sign * place for place in places for sign in (-1, 1)]}
    for symbol, candidates in moved.items():
        if symbol in curvature.free_symbols and any(cancel(curvature.subs(symbol, x)).is_negative for x in candidates):
            return True
    return False


def symmetric(of: Pieces) -> Proven:
    """True if the formula is the same on both sides of the centre, or for both classes."""
    if of.question.classes:
        one, other = (of._in_x(formula) for formula in of.question.classes)
        mirrored = 1 - of.x if of.question.by.domain.is_share else -of.x
        other = other.xreplace({of.x: mirrored})
    else:
        if not of.question.target:
            raise NotProvenError
        one, other = of.formula, of.formula.xreplace({of.x: -of.x})
    if one == other:
        return True
    low, high = of.ends
    if not of.question.classes:
        low, high = S.Zero, (high if high == oo else -low)
    pairs = zip(of._cut(one, low, high), of._cut(other, low, high), strict=False)
    for left, right in pairs:
        if (left.low, left.high) != (right.low, right.high):
            raise NotProvenError
        if _differ(left.formula, right.formula):
            raise NotProvenError
    return True


def _differ(one: Expr, other: Expr) -> bool:
    return bool(cancel(one - other) != 0 and simplify(one - other) != 0)


def bounded(of: Pieces) -> Proven:
    """The lower and the upper bound: limits at the ends and values between pieces, where the formula is monotonic."""
    return _range(of, 0)


def slope_bounded(of: Pieces) -> Proven:
    """The lower and the upper bound of the slope, as `bounded`."""
    return _range(of, 1)


def _range(of: Pieces, order: int) -> Proven:
    """Between what the loss or its slope lies: it must be monotonic on each piece, or on both sides of the centre."""
    ends: list[Expr] = []
    for piece in _monotonic_parts(of, order):
        formula = piece.formula.diff(of.x, order) if order else piece.formula
        ends += [_at_end(of, formula, piece.low, 1), _at_end(of, formula, piece.high, -1)]
    low, high = ends[0], ends[0]
    for end in ends[1:]:
        low, high = _lesser(low, end), _lesser(high, end, larger=True)
    return of.named(low), of.named(high)


def _monotonic_parts(of: Pieces, order: int) -> Iterator[Piece]:
    for piece in of.pieces:
        slope = piece.formula.diff(of.x, order + 1)
        parts = [piece]
        if not _monotonic(of, slope, piece):
            places = [piece.low, *of._roots(slope, piece.low, piece.high), piece.high]
            parts = [Piece(low, high, piece.formula) for low, high in pairwise(places)]
        for part in parts:
            if len(parts) > 1 and not _monotonic(of, slope, part):
                raise NotProvenError
            yield part


def _monotonic(of: Pieces, slope: Expr, piece: Piece) -> bool:
    within = of.within(slope, piece.low, piece.high)
    return is_nonnegative(within) or is_nonnegative(-within)


def _at_end(of: Pieces, formula: Expr, end: Expr, inward: int) -> Expr:
    if abs(end) == oo:
        found = limit(formula.xreplace({of.x: -inward * _U}), _U, oo)
    else:
        found = formula.subs(of.x, end)
        if found.has(oo, S.NaN, S.ComplexInfinity):
            found = limit(formula.xreplace({of.x: end + inward * _U}), _U, 0, "+")
    if not found.is_extended_real:
        raise NotProvenError
    return simplify(found) if found.is_finite else found


def _lesser(one: Expr, other: Expr, *, larger: bool = False) -> Expr:
    if one == other:
        return one
    if oo in (one, other) or -oo in (one, other):
        least = other if one == oo or other == -oo else one
    else:
        order = sign_of(other - one)
        if order is None:
            raise NotProvenError
        least = one if order >= 0 else other
    return (one if least is other else other) if larger else least


def growth(of: Pieces) -> Proven:
    """How the loss goes on at both ends."""
    return tuple(_growth(of, side) for side in (-1, 1))


def _growth(of: Pieces, side: int) -> str:
    piece = of.pieces[0 if side < 0 else -1]
    end = piece.low if side < 0 else piece.high
    infinite = abs(end) == oo
    formula = piece.formula.xreplace({of.x: side * _V if infinite else end - side / _V})
    toward = limit(formula, _V, oo)
    if toward.is_finite:
        return "bound"
    if toward not in (oo, -oo):
        raise NotProvenError
    rate = simplify(limit(simplify(_V * formula.diff(_V) / formula), _V, oo))
    if rate == oo:
        return "exponential"
    if rate == 0:
        steepness = limit(_V * formula.diff(_V), _V, oo)
        if steepness.is_finite and steepness.is_zero is False:
            return "logarithm"
        raise NotProvenError
    if rate.is_Integer and limit(formula / _V**rate, _V, oo).is_finite:
        return f"power {rate}"
    raise NotProvenError


def vanishing(of: Pieces) -> Proven:
    """Where the formula is constant without being least: convex, or else falling, rising, or first falling and then rising."""
    if of.is_convex:
        return ()
    parts = list(_monotonic_parts(of, 0))
    slopes = [part.formula.diff(of.x) for part in parts]
    signs = [sign_of(of.within(slope, part.low, part.high)) for slope, part in zip(slopes, parts, strict=True)]
    turning = [sign for sign in signs if sign != 0]
    if None in signs or turning != sorted(turning):  # type: ignore[type-var]
        raise NotProvenError
    for (left, right), part in zip(pairwise(zip(slopes, signs, strict=True)), parts, strict=False):
        if left[1] == right[1] and any(simplify(slope.subs(of.x, part.high)) == 0 for slope in (left[0], right[0])):
            raise NotProvenError
    flat = [part for part, sign in zip(parts, signs, strict=True) if sign == 0]
    if not flat:
        return ()
    least, _ = _range(of, 0)
    places = []
    for part in flat:
        above = sign_of(of._in_x(of.named(part.formula)) - of._in_x(least))
        if above is None:
            raise NotProvenError
        if above:
            places.append((of.named(part.low + of.centre), of.named(part.high + of.centre)))
    return tuple(places)


def proper(of: Pieces) -> Proven:
    """True if the slope of the expected loss at rate q has the sign of the prediction less q, or of its sigmoid less q."""
    if not of.question.classes:
        raise NotProvenError
    domain = of.question.by.domain
    rate = _V / (1 + _V)
    one, other = (of._in_x(formula) for formula in of.question.classes)
    if one.has(*_SWITCHES) or other.has(*_SWITCHES):
        raise NotProvenError
    slope = ((1 - rate) * one + rate * other).diff(of.x)
    share = _U / (1 + _U)
    if domain.is_share:
        slopes = [slope.xreplace({of.x: share})]
    else:
        factors = (S.One,) if isinstance(domain, Logit) else (S.One, S.Half)
        slopes = [slope.xreplace({of.x: times * log(_U)}) for times in factors]
    if any(sign_of(_factored(simplify(slope / (share - rate)))) == 1 for slope in slopes):
        return True
    raise NotProvenError


PROOFS: Mapping[str, Callable[[Pieces], Proven]] = {
    function.__name__: function for function in (convex, bounded, slope_bounded, symmetric, smooth, vanishing, growth, proper)
}


def proven(question: Question, seconds: float = SECONDS, latest: float = math.inf) -> dict[str, Proven]:
    """Return what is proven, by its key; for the main thread of a process, as each proof is stopped by a signal.

    Parameters
    ----------
    question : Question
    seconds : float
        Computing time for each proof.
    latest : float
        Seconds after which no proof is begun any more, as on a busy machine.
    """
    found: dict[str, Proven] = {}
    start, begun = monotonic(), process_time()
    try:
        of = Pieces(question)
    except NotProvenError:
        return found
    with suppress(*_FAILURES), limited(seconds):
        len(of.pieces)
    for key in question.wanted:
        if monotonic() - start > latest:
            break
        left = TOGETHER - (process_time() - begun)
        with suppress(*_FAILURES), limited(min(seconds, max(left, seconds / 10))):
            found[key] = PROOFS[key](of)
            of.is_convex = found.get("convex") is True
    return found


class OutOfTimeError(BaseException):
    """A proof is stopped; no Exception, which SymPy may catch."""


_FAILURES = (NotProvenError, NotImplementedError, ValueError, TypeError, AttributeError, RecursionError, OutOfTimeError)
"""How SymPy says that it cannot."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Stop what takes more than so much computing time, where there are such signals."""
    if not hasattr(signal, "SIGVTALRM"):
        yield
        return

    def stop(*_: Any) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
