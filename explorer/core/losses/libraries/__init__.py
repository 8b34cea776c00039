"""What the libraries compute for each loss: CONVENTIONS has them by the loss's name, `readings` what they give.

To add one: list it under its loss in the module of its family. What it computes is held against what the library was
measured to compute, in tests/core/losses/measured.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from explorer.core.losses.libraries.binary import BINARY
from explorer.core.losses.libraries.classes import CLASSES
from explorer.core.losses.libraries.pairs import PAIRS
from explorer.core.losses.libraries.regression import REGRESSION
from explorer.core.losses.libraries.spec import LIBRARIES, Answer, Convention, Reading, read
from explorer.core.losses.spec import Loss

__all__ = ["CONVENTIONS", "Answer", "Convention", "Reading", "readings", "versions"]

CONVENTIONS: Mapping[str, tuple[Convention, ...]] = {**REGRESSION, **BINARY, **CLASSES, **PAIRS}
"""Loss -> what libraries make of it."""


def readings(loss: Loss, at: Mapping[str, float]) -> tuple[Reading, ...]:
    """Return what each library gives for a loss at some numbers, input -> number; none where no library is known to have it.

    Examples
    --------
    >>> from explorer.core.losses import LOSSES
    >>> [reading.answer.value for reading in readings(LOSSES["huber"], {"y": 3, "t": 0, "delta": 0.5})][:2]
    [1.375, 2.75]
    """
    return tuple(read(convention, loss, at) for convention in CONVENTIONS.get(loss.name, ()))


def versions(conventions: Iterable[Convention]) -> list[str]:
    """Return the libraries that have some conventions, each with the version that was measured."""
    asked = {convention.module for convention in conventions}
    return [" ".join(named) for module, named in LIBRARIES.items() if module in asked and named[1]]
