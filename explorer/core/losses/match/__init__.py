"""Finds which loss of the catalogue a typed one equals: by values first, then proved by algebra where SymPy can.

A constant factor above 0 and a constant offset may come in between: 2 × squared error.
"""

from __future__ import annotations

from functools import lru_cache

from explorer.core.losses.catalogue import LOSSES
from explorer.core.losses.match.proof import proved
from explorer.core.losses.match.spec import Match
from explorer.core.losses.match.values import MOST_INPUTS, at_a_target, compared
from explorer.core.losses.spec import Loss

__all__ = ["Match", "match"]

MOST = 3
"""How many losses are named."""


def match(loss: Loss) -> list[Match]:
    """Return the losses of the catalogue that a loss equals, the plainest first.

    Examples
    --------
    >>> from explorer.core.losses import typed_loss
    >>> str(match(typed_loss("2*(y - t)^2", by="y"))[0])
    'Equals 2 × squared error, by algebra.'
    >>> str(match(typed_loss("max(0, 1 - m)", by="m"))[0])
    'Equals hinge loss at t = 1, by algebra.'
    """
    return list(_matches(loss))


@lru_cache(maxsize=256)
def _matches(loss: Loss) -> tuple[Match, ...]:
    if len(loss.inputs) > MOST_INPUTS:
        return ()
    found = [one for other in LOSSES.values() if (one := compared(loss, other) or at_a_target(loss, other))]
    found.sort(key=lambda one: (one.factor != 1 or one.offset != 0, len(one.parameters)))
    exact = [one for one in found if one.factor == 1 and one.offset == 0]
    if exact and exact[0].target:  # at one target many are the same, with parameters that are idle there
        exact = [one for one in exact if len(one.parameters) == len(exact[0].parameters)]
    kept = exact[:MOST] or found[:1]
    return (*(proved(loss, one) for one in kept[:1]), *kept[1:])
