"""How sure a finding is: one model for every cause.

score = prior × agreement. The prior, in (0, 1], says how often a number like that has this cause once it agrees: it stands
beside each rule. The agreement, in [0, 1], says how well what was found fits what the cause predicts:

    agreement = closeness × (1 - chance)

closeness is 1 as far as rounding and the noise of a training explain the distance to the expected number, and falls as a
bell beyond; so a near miss of a precise fingerprint loses to a plain fit. chance is how probable it is that some other
number prints as near, given how few digits there are and how many expected numbers were tried. What is told in words and
not in numbers has an agreement from the list below.

Where a text has words, P(cause | words) of `reading.telling` is a second witness. It may be believed where no rule speaks, as
little that what is no more than said is never probable; and both are weighed by how far it lies behind the likeliest, the less
the surer the rule is:

    rule  = prior × agreement
    said  = SAID × √P(cause | words)
    score = (said + (1 − said) × rule) × ((P(cause | words) + LITTLE) / (P(likeliest | words) + LITTLE))^(1 − SURE × rule)
"""

from __future__ import annotations

import math

from explorer.doctor.printed import Printed

SHOWN = 0.1
"""The least score of a finding that is shown."""
POSSIBLE = 0.5
"""Below this a finding is possible and no more."""
WORDS = ((0.8, "very likely"), (0.65, "likely"), (POSSIBLE, "probable"), (0.0, "possible"))
"""From which score on a finding is called what."""

CERTAIN, TOLD, FITTING, HINTED, BARE = 1.0, 0.95, 0.75, 0.5, 0.3
"""Agreement of what is no number: seen in the data itself; said in words; fits what is known; a hint; not against it."""

SAID = 0.48
"""How far words may be believed that no one else would use: what is said and no more is possible, and never probable."""

LITTLE = 0.2
"""How probable a cause is at least whatever the words: a number that fits exactly is shown against them too."""

SURE = 0.75
"""By how much less words weigh beside a rule that is sure."""

RANGE = 3.0
"""How far losses spread: a loss is taken to be as probable anywhere along three powers of e."""


def closeness(found: Printed, expected: float, noise: float = 0.0) -> float:
    """Return 1 where rounding explains the distance, and a bell in what is left of it beside the noise.

    Parameters
    ----------
    found : Printed
        Finite.
    expected : float
        What the cause predicts.
    noise : float
        How much a training strays from it, relative to it.

    Examples
    --------
    >>> from explorer.doctor.printed import read
    >>> closeness(read("0.693"), 0.693147), round(closeness(read("0.70"), 0.693147, 0.01), 2)
    (1.0, 0.96)
    """
    left = max(abs(found.value - expected) - found.half, 0.0)
    width = max(noise * abs(expected), found.half / 4, 1e-9 * abs(expected), 1e-12)
    return math.exp(-0.5 * (left / width) ** 2)


def chance(found: Printed, expected: float, noise: float = 0.0, tried: int = 1) -> float:
    """Return how probable it is that an unrelated loss prints as near to one of so many expected numbers."""
    reach = (found.half + noise * abs(expected)) / max(abs(expected), 1e-12)
    return min(2 * reach * tried / RANGE, 1.0)


def agreement(found: Printed, expected: float, noise: float = 0.0, tried: int = 1) -> float:
    """Return how well a number fits what a cause predicts, in [0, 1]; see the module."""
    if not found.is_finite or not math.isfinite(expected):
        return 0.0
    return closeness(found, expected, noise) * (1 - chance(found, expected, noise, tried))


def weighed(score: float, probability: float, likeliest: float) -> float:
    """Return the score that rules give, 0 where none speaks, with the words as a second witness; see the module.

    Parameters
    ----------
    score, probability, likeliest : float
        Prior × agreement; how probable the cause, and the likeliest one, is by the words; in [0, 1].

    Examples
    --------
    >>> weighed(0.9, 1.0, 1.0) > 0.9 > weighed(0.9, 0.0, 1.0) > SHOWN, weighed(0.0, 1.0, 1.0) < POSSIBLE
    (True, True)
    """
    said = SAID * math.sqrt(probability)
    return (said + (1 - said) * score) * math.pow((probability + LITTLE) / (likeliest + LITTLE), 1 - SURE * score)


def words(score: float) -> str:
    """Return a score in words."""
    return next(said for least, said in WORDS if score >= least)
