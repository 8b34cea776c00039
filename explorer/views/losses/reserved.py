"""Names that a symbol on /losses cannot have, as the page uses them."""

from __future__ import annotations

import re

_PAGE = re.compile(
    r"loss|typed|by|scaled|facts|floats|libraries|estimate|fit|dots|at|rate|points|mask|truth|shape|brush|embed|embed_options"
    r"|head|choose|gallery|reset|share|chart|picture|numbers|slopes|formulas|sources|reading|equals|estimates|lines"
    r"|batch|row|chosen|table|chain|(role|domain)_.*"
)
"""What the page has in its address, and keys of its parts."""
_STEPS = re.compile(
    r"along|ready|seed|rim|origin|left|right|tangent"
    r"|(L|slope|curvature|shown|shown_slope|shown_curvature|scale|raw_scale)(_\d+)?"
    r"|(d|d2|by|at|tip|share|towards|fit)_.*"
    r"|.*_(L|slope|curvature|shown|scale|mean|one|zero|written|left|right)(_?\d+)?"
    r"|(best|least|from|to|mean|slope|one|zero|left|right)\d+"
    r"|v\d+x.*"
)
"""What the programs of the page call their steps, and inputs that are none of a loss."""


def is_reserved(name: str) -> bool:
    """Return whether a name is one that the page has for something else.

    Examples
    --------
    >>> is_reserved("scale"), is_reserved("slope_2"), is_reserved("delta")
    (True, True, False)
    """
    return bool(_PAGE.fullmatch(name) or _STEPS.fullmatch(name))
