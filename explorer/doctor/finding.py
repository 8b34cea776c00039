"""What the doctor answers: a Finding; and the Evidence of which a rule makes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from explorer.doctor import score


@dataclass(frozen=True)
class Evidence:
    """Why a rule thinks that its cause is there.

    Attributes
    ----------
    agreement : float
        In [0, 1]; see `score`.
    because : str
        The numbers found and expected, with their arithmetic.
    view, beside : str
        Addresses: the fault with these numbers, and what it would be without; "" where it is seen as it is without numbers.
    """

    agreement: float
    because: str
    view: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Finding:
    """One cause that explains what was told.

    Attributes
    ----------
    cause : str
        Its id, one of `rules.CAUSES`.
    title : str
    because : str
        The numbers found and expected, with their arithmetic.
    check : str
        The next question or check, which tells it from its neighbours.
    fix : mapping
        Framework -> what to do there.
    view, beside : str
        Addresses: the fault rebuilt with these numbers, and the mended one.
    source : str
        Where the formula or the behaviour is described.
    score : float
        In [0, 1]; see `score`.
    rows : str
        The address at which somebody's own rows show it, where they do.
    """

    cause: str
    title: str
    because: str
    check: str
    fix: Mapping[str, str] = field(repr=False)
    view: str
    beside: str
    source: str
    score: float
    rows: str = ""

    @property
    def confidence(self) -> str:
        """The score in words."""
        return score.words(self.score)
