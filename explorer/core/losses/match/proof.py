"""Proves by algebra that two losses are equal, within a budget of time."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from sympy import Expr, Float, Rational, S, Symbol, expand, simplify

from explorer.core.algebra import budget
from explorer.core.domains import Input
from explorer.core.functions import textbook
from explorer.core.losses.match.spec import Match
from explorer.core.losses.match.values import as_target, pairs_of
from explorer.core.losses.spec import Loss

SECONDS = 2.0
"""How long one proof may take."""


def proved(loss: Loss, found: Match) -> Match:
    """Return a match, said to be proved if SymPy proves it in time."""
    try:
        is_proved = budget.run(_is_equal, *_both(loss, found), seconds=SECONDS)
    except Exception:  # SymPy's, of whatever kind, and time: then values speak alone
        return found
    return replace(found, proved=is_proved)


def _both(loss: Loss, found: Match) -> tuple[Expr, Expr]:
    """Both losses as formulas of real or positive symbols."""
    other = found.loss
    pairs = [(loss.by, other.input(other.by))] if found.target else pairs_of(loss, other) or []
    given: dict[Symbol, Expr] = {}
    given |= {Symbol(name): _exact(value) for name, value in found.target}
    for own, one in pairs:
        known, domain = Symbol(own), loss.input(own).domain
        values = as_target(np.array([0.0, 1.0]), one.domain, domain)
        given[Symbol(one.name)] = _exact(values[0]) + _exact(values[1] - values[0]) * known
    given |= {
        Symbol(name): Symbol(text) if text in loss.starts else Rational(text.replace("−", "-"))
        for name, text in found.parameters
    }
    assumed = {Symbol(one.name): _assumed(one) for one in loss.inputs}
    theirs = _exact(found.factor) * other.plain.xreplace(given) + _exact(found.offset)
    return textbook(loss.plain).xreplace(assumed), textbook(theirs).xreplace(assumed)


def _exact(number: float) -> Expr:
    """A number as a fraction, where it is a simple one."""
    simple = Fraction(float(number)).limit_denominator(1000)
    return Rational(simple.numerator, simple.denominator) if float(simple) == number else Float(number)


def _assumed(given: Input) -> Symbol:
    return Symbol(given.name, positive=True) if given.domain.low >= 0 else Symbol(given.name, real=True)


def _is_equal(one: Expr, other: Expr) -> bool:
    return any(change(one - other) == S.Zero for change in (lambda expr: expr, expand, simplify))
