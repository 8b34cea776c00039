"""Which losses are drawn in which shape, where a curve says little.

Vectors of two numbers are points of a plane, two numbers are one point; what is predicted of each pixel is a mask,
and three classes are a triangle.
"""

from __future__ import annotations

from typing import Literal

from explorer.core.domains import Input, Logit, Mask, Real, Simplex
from explorer.core.losses import Loss
from explorer.core.losses.typed import NAME

Kind = Literal["plane", "pair", "mask", "triangle", ""]


def kind(loss: Loss) -> Kind:
    """Return what a loss is drawn as; "" where a curve says most."""
    given = points(loss)
    if any(isinstance(entry.domain, Mask) for entry in loss.inputs):
        return "mask"
    if len(given) == 1 and len(given[0]) == 3:
        return "triangle" if _is_of_classes(loss) else ""
    if len(given) == 2 and all(len(entries) == 1 for entries in given):
        return "pair"
    return "plane" if loss.family != NAME and len(given) > 1 and all(len(entries) == 2 for entries in given) else ""


def _is_of_classes(loss: Loss) -> bool:
    """Whether what is predicted are three probabilities p, or logits z, and no other input has the name of such."""
    letter = loss.predictions[0][:1]
    names = {f"{kind}{k}" for kind in "pz" for k in (1, 2, 3)}
    alike = {(type(loss.input(name).domain)) for name in loss.predictions} <= ({Simplex} if letter == "p" else {Logit, Real})
    others = names.intersection(loss.starts) - set(loss.predictions)
    return alike and not others and loss.predictions == tuple(f"{letter}{k}" for k in (1, 2, 3)) and letter in "pz"


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
