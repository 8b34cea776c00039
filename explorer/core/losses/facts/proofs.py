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
from itertools import pairwise
from time import monotonic, process_time
from typing import Any, TypeAlias

from sympy import Expr, Rational, S, cancel, limit, log, oo, simplify

from explorer.core.domains import Logit
from explorer.core.losses.facts.pieces import SWITCHES, NotProvenError, Piece, Pieces, Question, U, V, X
from explorer.core.losses.facts.signs import factored, is_nonnegative, sign_of

SECONDS, TOGETHER = 0.25, 0.8
"""Computing time for one proof, and for all of a loss."""

Proven: TypeAlias = Any
"""True or False; or expressions in the symbols of the inputs: two bounds, or places and jumps; or the growth at both ends."""


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
    scales = [S.One, *sorted((s for s in curvature.free_symbols - {U, X} if s.is_positive), key=str)]
    places = [times * scale for scale in scales for times in (Rational(1, 20), Rational(1, 2), S(2), S(10))]
    moved = {U: places, X: [sign * place for place in places for sign in (-1, 1)]}
    for symbol, candidates in moved.items():
        if symbol in curvature.free_symbols and any(cancel(curvature.subs(symbol, x)).is_negative for x in candidates):
            return True
    return False


def symmetric(of: Pieces) -> Proven:
    """True if the formula is the same on both sides of the centre, or for both classes."""
    if of.question.classes:
        one, other = (of.in_x(formula) for formula in of.question.classes)
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
    pairs = zip(of.cut(one, low, high), of.cut(other, low, high), strict=False)
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
            places = [piece.low, *of.roots(slope, piece.low, piece.high), piece.high]
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
        found = limit(formula.xreplace({of.x: -inward * U}), U, oo)
    else:
        found = formula.subs(of.x, end)
        if found.has(oo, S.NaN, S.ComplexInfinity):
            found = limit(formula.xreplace({of.x: end + inward * U}), U, 0, "+")
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
    formula = piece.formula.xreplace({of.x: side * V if infinite else end - side / V})
    toward = limit(formula, V, oo)
    if toward.is_finite:
        return "bound"
    if toward not in (oo, -oo):
        raise NotProvenError
    rate = simplify(limit(simplify(V * formula.diff(V) / formula), V, oo))
    if rate == oo:
        return "exponential"
    if rate == 0:
        steepness = limit(V * formula.diff(V), V, oo)
        if steepness.is_finite and steepness.is_zero is False:
            return "logarithm"
        raise NotProvenError
    if rate.is_Integer and limit(formula / V**rate, V, oo).is_finite:
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
        above = sign_of(of.in_x(of.named(part.formula)) - of.in_x(least))
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
    rate = V / (1 + V)
    one, other = (of.in_x(formula) for formula in of.question.classes)
    if one.has(*SWITCHES) or other.has(*SWITCHES):
        raise NotProvenError
    slope = ((1 - rate) * one + rate * other).diff(of.x)
    share = U / (1 + U)
    if domain.is_share:
        slopes = [slope.xreplace({of.x: share})]
    else:
        factors = (S.One,) if isinstance(domain, Logit) else (S.One, S.Half)
        slopes = [slope.xreplace({of.x: times * log(U)}) for times in factors]
    if any(sign_of(factored(simplify(slope / (share - rate)))) == 1 for slope in slopes):
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
