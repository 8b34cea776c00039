"""Every loss by its name, and how to find one. To add a family: write a module with its own LOSSES, and list it here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from explorer.core.losses import adversarial, binary, classes, likelihoods, overlap, pairs, regression
from explorer.core.losses.spec import Loss

FAMILIES: dict[str, str] = {
    "regression": "Regression",
    "binary": "Two classes",
    "classes": "Several classes",
    "pairs": "Pairs and preferences",
    "adversarial": "Adversarial",
    "overlap": "Overlap",
}
"""Family -> its title."""

_MODULES = (regression, likelihoods, binary, classes, pairs, adversarial, overlap)

LOSSES: dict[str, Loss] = {loss.name: loss for loss in chain.from_iterable(module.LOSSES for module in _MODULES)}
"""Name -> Loss, family by family."""


def named(text: str) -> Loss | None:
    """Return the loss that has a text as its name, title or alias, whatever its case and hyphens; None where none has."""
    asked = _words(text)
    return next((loss for loss in LOSSES.values() if any(_words(name) == asked for name in _names(loss))), None)


def find(text: str) -> tuple[Loss, ...]:
    """Return the losses that a text may mean: those of that name or alias first, then those that hold each of its words.

    Examples
    --------
    >>> find("smooth L1")[0].name
    'huber'
    """
    asked = _words(text)
    exact = [loss for loss in [named(text)] if loss]
    holding = [loss for loss in LOSSES.values() if all(any(word in name for name in _said(loss)) for word in asked)]
    return tuple(dict.fromkeys(exact + holding)) if asked else ()


def _names(loss: Loss) -> Iterator[str]:
    yield from (loss.name, loss.title, *loss.aliases)


def _said(loss: Loss) -> tuple[str, ...]:
    return tuple(" ".join(_words(name)) for name in (*_names(loss), FAMILIES[loss.family]))


def _words(text: str) -> list[str]:
    """A text's words, without case and hyphens."""
    return text.lower().replace("_", " ").replace("-", " ").split()
