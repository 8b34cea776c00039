"""What arrays of predictions and targets show by themselves.

To look for another fault: a function that yields causes with their evidence, in the module of its meaning, listed in LOOKS.
"""

from __future__ import annotations

from collections.abc import Callable

from explorer.doctor.facts import Facts
from explorer.doctor.predictions import shapes
from explorer.doctor.predictions.constant import constant
from explorer.doctor.predictions.edges import edges
from explorer.doctor.predictions.form import Form, Found, form_of
from explorer.doctor.predictions.losses import told
from explorer.doctor.predictions.order import order
from explorer.doctor.predictions.targets import ranges

LOOKS: tuple[Callable[[Facts, Form], Found], ...] = (ranges, order, constant, edges, told)
"""What is looked for in predictions and targets together."""


def evidence(facts: Facts) -> Found:
    """Yield causes with what the arrays show; nothing where there are none."""
    p, t = facts.predictions, facts.targets
    if t is not None:
        yield from shapes.of_targets(facts, t)
    if p is None or not p.size:
        return
    if facts.kind in {"triplet", "contrastive"} and p.ndim == 2 and p.shape[0] > 1:
        yield from shapes.one_point(p)
    if t is None:
        return
    yield from shapes.broadcast(facts, p, t)
    form = form_of(p, t)
    if form is not None:
        for look in LOOKS:
            yield from look(facts, form)
