"""Where the last result fails in plain floats as it is written, and what is computed instead."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from sympy import Expr

from explorer.core.algebra import naming
from explorer.core.algebra.precision import Remedy, Trouble, remedy, trouble
from explorer.core.digits import format_number
from explorer.core.functions import textbook
from explorer.views.algebra.following import KEPT
from explorer.views.algebra.stage import Stage
from explorer.views.fields import Flag
from explorer.views.markup import table

FLOATS = Flag("floats", "In plain floats")
KEY = "floats-table"
LONGEST = 80
"""The most operations of a result that is looked at."""
FINE = "Plain floats compute this as it is written: no digits are lost at any point that was tried."
UNKNOWN = "This result has a function without exact digits, so nothing can be said."
EPSILON = 2.0**-52
FAULTS = {"digits": "loses digits", "overflow": "overflows", "nan": "is NaN"}
PROOFS = {"algebra": "equal to it by algebra", "points": "equal to it at {} points", "same": "the formula itself"}


def applies(stage: Stage) -> bool:
    """Whether a result is one short expression of symbols."""
    subject = stage.reached.subject
    return isinstance(subject, Expr) and bool(stage.symbols) and naming.size(subject) <= LONGEST


@lru_cache(maxsize=KEPT)
def text(stage: Stage) -> str:
    """Return where it fails, worst point by worst point, and the form that keeps its digits."""
    plain = textbook(stage.reached.subject)
    try:
        found, better = trouble(plain, stage.reached.inputs), remedy(plain, stage.reached.inputs)
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
