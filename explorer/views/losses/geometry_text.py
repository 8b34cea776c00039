"""What /losses writes beside a picture: what is predicted, and the loss's slope by each number of it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from explorer.core.losses import Loss
from explorer.views.losses.shapes import kind, point_name, points, slope
from explorer.views.markup import quantity, table


def slopes(loss: Loss, numbers: Mapping[str, float]) -> str:
    """Return a table of each prediction with the slope by it; of points both coordinates on a line."""
    if kind(loss) == "plane":
        names = {point_name(entries): [given.name for given in entries] for entries in points(loss)}
        heads = ["Point", "x", "y", "∂L/∂x", "∂L/∂y"]
    else:
        names = {loss.input(name).said: [name] for name in loss.predictions}
        heads = ["Prediction", "value", "slope"]
    rows = [
        (escape(said), *(_number(name, numbers) for name in own), *(_number(slope(name), numbers) for name in own))
        for said, own in names.items()
    ]
    return table("Slopes by each prediction", heads, rows, kind="live-losses")


def _number(name: str, numbers: Mapping[str, float]) -> str:
    return quantity(name, numbers[name], digits=4, trim=True)
