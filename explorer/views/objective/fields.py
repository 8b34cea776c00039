"""What may be set on /objective."""

from __future__ import annotations

import math
from functools import lru_cache

from explorer.core.algebra.naming import is_short
from explorer.core.domains import Labels, Logit
from explorer.core.losses import LOSSES, Loss
from explorer.core.losses.typed import from_inputs
from explorer.core.objective import Objective
from explorer.core.objective.exports import EXPORTS, HESSIANS
from explorer.core.objective.exports.parts import Parts
from explorer.views.fields import Choice, Flag, Number, Text
from explorer.views.losses.fields import number
from explorer.views.losses.own import BY, DOMAIN, ROLE, Own

TITLES: dict[str, Loss] = {
    loss.title: loss
    for loss in LOSSES.values()
    if loss.family in ("regression", "binary", "classes") and Parts(Objective(loss), "objective").is_of_one_example
}
"""The losses of the catalogue that take one label an example, by title."""
CHOSEN = Choice(
    "loss",
    "Loss",
    tuple(TITLES),
    help="What the model is trained by; the link may stand between it and the raw score.",
    allowed="the title of a loss",
    opens=LOSSES["binary_cross_entropy"].title,
    many=True,
)
TYPED = Text("typed", "Or your own", help="A formula such as log(1 + exp(-y*f)), which is taken in place of the loss.")
GRADIENT = Text(
    "gradient",
    "Your gradient",
    help="An expression such as p - t, or the body of a Python function, which may return both; it is read, never run.",
)
HESSIAN = Text("hessian", "Your Hessian", help="Likewise, such as p*(1 - p); empty where the function returns it.")
BOOSTING = Flag(
    "boosting", "What does boosting do with the Hessian?", help="The leaf value of a row, and remedies for a bad Hessian."
)
LEAST = Number(
    "log_least", "log₁₀ of the least Hessian", -16.0, 0.0, -6.0, 0.5, help="What a remedy keeps the Hessian at least at."
)
PULL = Number("reg_lambda", "λ", 0.0, 5.0, 0.0, 0.05, help="What is added to the Hessian in a leaf: reg_lambda of XGBoost.")
TRAINING = Flag("training", "Train with it", help="The objective as a file for a library.")
LIBRARY = Choice("library", "Library", tuple(EXPORTS), help="What the file is for.", many=True)
TAKEN = Choice("taken", "Hessian", HESSIANS, help="What the file gives boosting for the Hessian.", many=True)
BOOSTS = ("XGBoost", "LightGBM", "CatBoost")
"""Libraries that take a Hessian."""
_RESERVED = {field.name for field in (CHOSEN, TYPED, GRADIENT, HESSIAN, BOOSTING, LEAST, PULL, TRAINING, LIBRARY, TAKEN)}
_RESERVED |= {"link", BY}


@lru_cache(maxsize=128)
def loss_of(own: Own) -> Loss:
    """Return what is typed as a loss; raise ValueError where it is none, or this page cannot take it."""
    if not is_short(own.expr):
        raise ValueError("A loss on this page must have at most 150 parts: write a shorter one.")
    for given in own.inputs:
        if (
            given.name in _RESERVED
            or given.name.endswith(("_written", "_taken", "_leaf"))
            or given.name.startswith((ROLE, DOMAIN))
        ):
            raise ValueError(f"{given.name} is a name of this page: give this symbol another one.")
    loss = from_inputs(own.expr, own.inputs)
    if not Parts(Objective(loss), "objective").is_of_one_example:
        raise ValueError("A loss on this page must have one target, and one prediction or those of classes.")
    return loss


def links(loss: Loss) -> Choice:
    """Return which links fit a loss: those that give what its prediction may be, the usual one first."""
    return Choice("link", "Link", _fitting(loss), help="What makes the prediction of the raw score that the model gives.")


def _fitting(loss: Loss) -> tuple[str, ...]:
    domain, happened = loss.input(loss.predictions[0]).domain, [loss.input(name).domain for name in loss.names("target")]
    if domain.joint:
        return ("softmax",)
    if domain.is_share:
        return ("logistic",)
    if domain.low == 0:
        return ("exp", "identity") if math.isinf(domain.high) else ("identity",)
    is_score = not loss.is_curve or isinstance(domain, Logit) or loss.by == "z"
    labelled = any(isinstance(target, Labels) for target in happened)
    return ("identity",) if is_score or labelled or math.isfinite(domain.low) else ("identity", "logistic", "exp")


def numbers(own: Objective) -> dict[str, Number]:
    """Return the slider of each input of an objective."""
    return {given.name: number(given) for given in own.inputs}
