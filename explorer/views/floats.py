"""Where a formula fails in plain floats as it is written, and what is computed instead."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from sympy import Expr

from explorer.core.algebra import naming
from explorer.core.algebra.layering import Subject
from explorer.core.algebra.precision import Remedy, Trouble, remedy, trouble
from explorer.core.digits import format_number
from explorer.core.domains import Inputs
from explorer.core.functions import textbook
from explorer.views.fields import Flag
from explorer.views.markup import table

FLOATS = Flag("floats", "In plain floats", help="Where the formula as it is written loses digits, overflows or is NaN.")
KEY = "floats-table"
LONGEST = 80
"""The most operations of a result that is looked at."""
FINE = "Plain floats compute this as it is written: no digits are lost at any point that was tried."
KEPT = 64
"""How many formulas are remembered."""
UNKNOWN = "This formula has a function without exact digits, so nothing can be said."
EPSILON = 2.0**-52
FAULTS = {"digits": "loses digits", "overflow": "overflows", "nan": "is NaN"}
PROOFS = {"algebra": "equal to it by algebra", "points": "equal to it at {} points", "same": "the formula itself"}


def fits(formula: Subject) -> bool:
    """Return whether a formula is one short expression of symbols."""
    return isinstance(formula, Expr) and bool(formula.free_symbols) and naming.size(formula) <= LONGEST


@lru_cache(maxsize=KEPT)
def text(formula: Expr, inputs: Inputs) -> str:
    """Return where it fails, worst point by worst point, and the form that keeps its digits."""
    plain = textbook(formula)
    try:
        found, better = trouble(plain, inputs), remedy(plain, inputs)
    except NotImplementedError:
        return f"<p>{UNKNOWN}</p>"
    return (_faults(found) if found else f"<p>{FINE}</p>") + _form(better)


def _faults(found: Sequence[Trouble]) -> str:
    rows = [(escape(each.floats), FAULTS[each.fault], _where(each)) for each in found]
    return table("Where plain floats fail", ("Written out in", "Fault", "Worst at"), rows, kind="live-prose live-compact")


def _where(each: Trouble) -> str:
    at = ", ".join(f"{escape(name)} = {_number(value)}" for name, value in each.at.items())
    spans = ", ".join(f"{_number(low)} to {_number(high)}" for low, high in each.spans)
    more = f"<small>so from {spans}</small>" if spans else ""
    return f"{at}: {_number(each.found)} instead of {_number(each.exact)}{more}"


def _number(value: float) -> str:
    return format_number(value, 4, trim=True)


def _form(better: Remedy) -> str:
    if better.proof == "same":
        return ""
    proof = PROOFS[better.proof].format(better.points)
    off = format_number(max(better.error / EPSILON, 0.5), 2)
    return (
        f"<p class='live-floats'>Here, and in exported code, this is computed instead: {proof}, "
        f"off by at most {off} units of the last digit at {better.points} points.</p>"
        f"<p><code>{escape(str(better.form))}</code></p>"
    )
