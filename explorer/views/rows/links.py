"""Links from a row to the sliders of another page, or to a network."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import numpy as np

from explorer.core.digits import exact_text
from explorer.core.losses import Loss
from explorer.core.network import LIMITS
from explorer.core.stable_numpy import logit, sigmoid
from explorer.rows.losses import default
from explorer.rows.spec import Layout
from explorer.views.address import kept
from explorer.views.categorical.fields import CLASSES, class_names
from explorer.views.network.rows import PASTED
from explorer.views.network.weights import LIMIT

WHOLE = 1e-13
"""How far from 1 probabilities may add up to be those of a softmax."""


def address_of(
    layout: Layout, truth: float, predictions: Sequence[float], loss: Loss, numbers: Mapping[str, float]
) -> str | None:
    """Return where a row can be seen and moved; None where no page has room for it.

    Parameters
    ----------
    layout : Layout
    truth : float
        As a Table has it: of classes the index from 0.
    predictions : sequence of float
        As a Table has them.
    loss : Loss
        The one that is shown; the usual ones have pages of their own.
    numbers : mapping
        Parameter of the loss -> number.
    """
    if layout.kind == "tokens":
        return None
    usual = loss.name == default(layout).name
    if layout.kind == "binary" and usual:
        by = {} if layout.scale == "probability" else {"by": "logit"}
        return _address("binary", by | {_letter(layout): exact_text(predictions[0]), "t": exact_text(truth)})
    if layout.kind == "classes":
        return _of_classes(layout, int(truth), predictions) if usual else None
    if not loss.is_curve:
        return None
    target = 2 * truth - 1 if loss.input("t").domain.low < 0 and layout.kind == "binary" else truth
    held = {"loss": loss.name, loss.by: exact_text(_taken(layout, loss, predictions[0])), "t": exact_text(target)}
    return _address("losses", held | {name: exact_text(number) for name, number in numbers.items()})


def network_of(layout: Layout, truth: float, predictions: Sequence[float], loss: Loss) -> str | None:
    """Return where a row is a network of one layer, whose input is 1 and whose weights are the logits; None where it is none.

    Parameters as of `address_of`. A network has finite logits, and of several classes probabilities that add up to 1.
    """
    kinds = {"binary": "binary cross-entropy", "classes": "cross-entropy, class index", "regression": "squared error"}
    if layout.kind not in kinds or loss.name != default(layout).name or len(predictions) > LIMITS["outputs"][1]:
        return None
    z = np.asarray(predictions, dtype=np.float64)
    if layout.scale == "probability":
        if len(z) > 1 and abs(math.fsum(predictions) - 1) > WHOLE:
            return None
        with np.errstate(divide="ignore"):
            z = np.log(z) if layout.kind == "classes" else logit(z)
    if not (np.abs(z) <= LIMIT).all():
        return None
    held = {"sizes": f"1-{len(z)}", "loss": kinds[layout.kind], "data": PASTED, "table": f"1 {exact_text(truth)}"}
    return _address("network", held | {"w": ",".join(map(exact_text, (*z, *[0.0] * len(z))))})


def _taken(layout: Layout, loss: Loss, prediction: float) -> float:
    """A prediction as a loss takes it: a probability, or a logit."""
    wants_p = loss.by == "p"
    if layout.scale == "probability" and not wants_p:
        return float(logit(prediction))
    return float(sigmoid(prediction)) if layout.scale == "logit" and wants_p else prediction


def _letter(layout: Layout) -> str:
    return {"probability": "p", "logit": "z"}.get(layout.scale, "y")


def _of_classes(layout: Layout, truth: int, predictions: Sequence[float]) -> str | None:
    count = len(layout.classes)
    if not CLASSES.low <= count <= CLASSES.high:
        return None
    by = {} if layout.scale == "probability" else {"by": "logit"}
    held = by | {"classes": str(count), "k": str(truth)}
    names = ",".join(layout.classes)
    named = {} if class_names(names, count)[1] else {"names": names}
    letter = _letter(layout)
    scores = {f"{letter}{k}": exact_text(value) for k, value in enumerate(predictions, 1)}
    return _address("categorical", held | scores | named)


def _address(page: str, held: Mapping[str, str]) -> str:
    return kept(f"/{page}?{urlencode(held)}")
