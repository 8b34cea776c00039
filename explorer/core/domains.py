"""What a symbol stands for, by the names that losses and networks give their inputs: only this module reads names."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Role = Literal["prediction", "logit", "target", "smoothing", "focus", "number"]


class Domain(NamedTuple):
    """What a symbol runs over.

    Attributes
    ----------
    role : str
        What it is in a loss; "number" for what no loss names so.
    low, high : float
        How far it runs in a picture.
    opens : float
        Where it stands at first.
    is_share : bool
        Whether it cannot lie outside [0, 1].
    """

    role: Role
    low: float
    high: float
    opens: float
    is_share: bool = False


_DOMAINS: tuple[tuple[re.Pattern[str], Domain], ...] = (
    (re.compile(r"p\d*"), Domain("prediction", 0.0, 1.0, 0.2, is_share=True)),
    (re.compile(r"t\d*"), Domain("target", 0.0, 1.0, 1.0, is_share=True)),
    (re.compile(r"epsilon"), Domain("smoothing", 0.0, 1.0, 0.1, is_share=True)),
    (re.compile(r"gamma"), Domain("focus", 0.0, 5.0, 2.0)),
    (re.compile(r"z\d*"), Domain("logit", -6.0, 6.0, 1.0)),
    (re.compile(r".*", re.DOTALL), Domain("number", -3.0, 3.0, 1.0)),
)


def domain_of(name: str) -> Domain:
    """Return what a symbol of that name stands for.

    Examples
    --------
    >>> domain_of("p2").role, domain_of("pq").role
    ('prediction', 'number')
    """
    return next(domain for names, domain in _DOMAINS if names.fullmatch(name))
