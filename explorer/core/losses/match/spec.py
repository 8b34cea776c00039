"""What a match is, and how it is said in a sentence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from explorer.core.domains import Input
from explorer.core.losses.spec import Loss

_NAMES = (
    "Barron", "Brier", "Cauchy", "Dice", "Gaussian", "Geman", "Huber", "Jaccard", "Jensen", "Kullback", "Laplace", "Poisson",
    "Student", "Tukey's", "Tversky", "Tweedie", "Wasserstein", "Welsch",
)  # fmt: skip
"""With what titles begin that are written with a capital letter everywhere."""


@dataclass(frozen=True)
class Match:
    """A loss of the catalogue that a typed one equals.

    Attributes
    ----------
    loss : Loss
        Of the catalogue.
    parameters : tuple of (name, str)
        Each parameter of it, with the number or the symbol that stands for it.
    factor, offset : float
        The typed loss is factor × this one + offset.
    only : tuple of str
        What targets must be, where not all are ones of the other loss: "t is a number from 0 to 1".
    points : int
        At how many points both were found equal.
    proved : bool
        Whether SymPy proves it.
    target : tuple of (name, float)
        At what number of this loss's target, where the typed one has none.
    """

    loss: Loss
    parameters: tuple[tuple[str, str], ...] = ()
    factor: float = 1.0
    offset: float = 0.0
    only: tuple[str, ...] = ()
    points: int = 0
    proved: bool = False
    target: tuple[tuple[str, float], ...] = ()

    def __str__(self) -> str:
        """Say it in a sentence, with how it was found."""
        told = [(self.loss.input(name), text) for name, text in self.parameters if text != name]
        given = " and ".join(f"{_letter(one)} = {text}" for one, text in told)
        given += "".join(f"{' at' if not told else ', at'} {name} = {written(value)}" for name, value in self.target)
        factor = "" if self.factor == 1 else f"{written(self.factor)} × "
        sign = "plus" if self.offset > 0 else "minus"
        offset = f"{',' if given else ''} {sign} {written(abs(self.offset))}" if self.offset else ""
        only = f" where {' and '.join(self.only)}" if self.only else ""
        how = "by algebra" if self.proved else f"at {self.points} points"
        known = f" with {given}" if told else given
        return f"Equals {factor}{_named(self.loss.title)}{known}{offset}{only}, {how}."


def _named(title: str) -> str:
    """A title within a sentence: small but for people's names."""
    first = title.split()[0].split("-")[0].split("–")[0]
    is_name = first in _NAMES or first.isupper() or any(letter.isupper() for letter in title[1:3])
    return title if is_name else title[0].lower() + title[1:]


def _letter(given: Input) -> str:
    """What stands for an input in a formula: δ of "Threshold δ"."""
    last = given.label.split()[-1:]
    return last[0] if last and len(last[0]) == 1 and not last[0].isascii() else given.name


def written(number: float) -> str:
    """Return a number as people write it: as a fraction where it is a simple one."""
    simple = Fraction(number).limit_denominator(1000)
    if math.isclose(float(simple), number, rel_tol=1e-12) and simple.denominator not in (10, 100, 1000, 20, 50, 200, 500):
        return str(simple).replace("-", "−")
    return f"{number:.10g}".replace("-", "−")
