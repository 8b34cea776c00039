"""What a loss is drawn as, where a curve says little.

Vectors of two numbers are points of a plane, two numbers are one point; what is predicted of each pixel is a mask,
and three classes are a triangle.
"""

from __future__ import annotations

from typing import Literal

from explorer.core.domains import Input, Mask
from explorer.core.losses import Loss

Kind = Literal["plane", "pair", "mask", "triangle", ""]


def kind(loss: Loss) -> Kind:
    """Return what a loss is drawn as; "" where a curve says most."""
    given = points(loss)
    if any(isinstance(entry.domain, Mask) for entry in loss.inputs):
        return "mask"
    if len(given) == 1 and len(given[0]) == 3:
        return "triangle"
    if len(given) == 2 and all(len(entries) == 1 for entries in given):
        return "pair"
    return "plane" if len(given) > 1 and all(len(entries) == 2 for entries in given) else ""


def points(loss: Loss) -> tuple[tuple[Input, ...], ...]:
    """Return the vectors that a loss predicts, the entries of each."""
    return tuple(entries for entries in loss.groups if entries[0].role == "prediction")


def coordinates(loss: Loss) -> tuple[str, ...]:
    """Return the inputs of a loss that are coordinates of points, where it is drawn as such."""
    return loss.predictions if kind(loss) == "plane" else ()


def point_name(entries: tuple[Input, ...]) -> str:
    """Return what a point is called: its entries' label without their number."""
    label = entries[0].said.rpartition(" ")[0]
    return label[0].lower() + label[1:]


def slope(name: str) -> str:
    """Return what the program of a picture calls the loss's slope by a prediction."""
    return f"by_{name}"
