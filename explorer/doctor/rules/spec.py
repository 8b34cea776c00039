"""What a rule is: a Cause with the function that looks for it; and the sentences that rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from explorer.core.digits import format_number
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Evidence
from explorer.doctor.printed import Printed

Rule = Callable[[Facts], Iterator[Evidence]]
FRAMEWORKS = ("PyTorch", "Keras", "JAX", "scikit-learn", "XGBoost")


@dataclass(frozen=True)
class Cause:
    """One cause, and how it is looked for.

    Attributes
    ----------
    name : str
        Its id.
    title, check, source : str
        As `Finding`.
    prior : float
        How often the cause is the right one where it agrees, in (0, 1]; see `score`.
    fix : mapping
        Framework -> what to do; "" what holds in all others.
    rule : function
        Of facts, yields Evidence: the one that agrees best counts.
    """

    name: str
    title: str
    prior: float
    check: str
    fix: Mapping[str, str] = field(repr=False)
    source: str
    rule: Rule = field(repr=False)

    @property
    def fixes(self) -> dict[str, str]:
        """What to do in each framework."""
        return {framework: self.fix.get(framework, self.fix[""]) for framework in FRAMEWORKS}


def cause(name: str, title: str, *, prior: float, check: str, fix: Mapping[str, str], source: str) -> Callable[[Rule], Cause]:
    """Make a Cause of the rule below."""
    return lambda rule: Cause(name, title, prior, check, fix, source, rule)


def shown(value: float) -> str:
    """Return a number as the arithmetic shows it."""
    return format_number(value, 5, trim=True)


def percent(share: float) -> str:
    """Return a share as the arithmetic shows it."""
    return f"{format_number(100 * share, 3, trim=True)} %"


def compared(formula: str, expected: float, found: Printed | None) -> str:
    """Return a formula with its value beside the number that was found."""
    have = f"; you have {found}" if found is not None else ""
    return f"{formula} = {shown(expected)}{have}."
