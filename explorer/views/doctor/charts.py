"""The chart of /doctor: the losses in their order where there are several, else the constants around the one."""

from __future__ import annotations

import math

from explorer.core.program import Program
from explorer.doctor import Facts
from explorer.doctor.constants import table
from explorer.doctor.marks import marks
from explorer.figures.doctor import constants_figure, history_figure
from explorer.views.view import Chart

NEAREST = 8
"""So many constants are drawn."""


def chart(facts: Facts, program: Program) -> Chart:
    """Return the chart of some facts; it moves with nothing, and the program is that of the view."""
    history = facts.history
    if history is not None and len(history) > 1:
        figure = history_figure(history.loss, history.column("val_loss"), marks(history))
        return Chart(
            "history",
            "Loss, step by step",
            "The losses that were told, in their order",
            "history",
            figure,
            program,
            writes=False,
        )
    loss = facts.finite.value if facts.finite is not None else None
    figure = constants_figure(_nearest(loss), loss)
    alt = "Constants that losses often are, on one axis" + ("" if loss is None else f", and the loss {loss:.6g}")
    return Chart("among", "Constants", alt, "constants", figure, program)


def _nearest(loss: float | None) -> list[tuple[float, str]]:
    """The constants nearest to a loss by their ratio, in order; several of one value and formula stand once."""
    middle = loss if loss is not None and loss > 0 else 1.0
    constants = sorted({(one.value, one.formula) for one in table()}, key=lambda one: abs(math.log(one[0] / middle)))
    return sorted(constants[:NEAREST])
