"""Predictions and targets written out in a text: "output = [[0.9, 0.1]], target = torch.tensor([0])"."""

from __future__ import annotations

import json
import re

import numpy as np

from explorer.core.checks import FloatArray
from explorer.doctor.predictions.form import form_of

NEAR = 0.02
"""How far from 1 the sum of printed shares may be."""
FEW = 3
"""So many indices are no shape."""
_LIST = r"\b(?![^\n\[\]]{0,40}(?:size|shape))[^\n\[\]]{0,40}?(\[[-+\d.,eE\s\[\]]{1,2000}\])"
_PREDICTIONS = re.compile(
    rf"\b(?:y_?pred\w*|pred\w*|outputs?|inputs?|logits?|probs?|probabilities|y_?hat){_LIST}", re.IGNORECASE
)
_TARGETS = re.compile(rf"\b(?:targets?|labels?|y_?true|y_?test|truth|y(?= ?=)){_LIST}", re.IGNORECASE)
_BARE = re.compile(r"(?<![\d.])\.(?=\d)|(?<=\d)\.(?!\d)")
"""A point without a digit on one side of it, as Python writes and JSON does not read it."""


def found(text: str) -> dict[str, FloatArray]:
    """Return predictions and targets where a text writes out both and they belong together, or some indices alone.

    Examples
    --------
    >>> found("y_pred = [[.9, .1]], y_true = [0]")["predictions"].shape
    (1, 2)
    """
    if "[" not in text:
        return {}
    predictions, targets = _array(_PREDICTIONS, text), _array(_TARGETS, text)
    if predictions is None and targets is not None and targets.ndim == 1 and targets.size >= FEW and not np.any(targets % 1):
        return {"targets": targets}
    if predictions is None or targets is None:
        return {}
    if (
        predictions.ndim == targets.ndim == 1
        and predictions.size > 1
        and abs(predictions.sum() - 1) < NEAR
        and np.any(targets % 1)
    ):
        predictions, targets = predictions[None], targets[None]  # the shares of one example
    if form_of(predictions, targets) is None:
        return {}
    return {"predictions": predictions, "targets": targets}


def _array(pattern: re.Pattern[str], text: str) -> FloatArray | None:
    """The first list after a name; None where there is none, or it is no array of numbers."""
    match = pattern.search(text)
    if match is None:
        return None
    plain = _BARE.sub(lambda point: "0." if match[1][point.end() : point.end() + 1].isdigit() else ".0", match[1])
    try:
        array = np.asarray(json.loads(plain), dtype=np.float64)
    except (ValueError, RecursionError):
        return None
    return array if array.size and array.ndim in {1, 2} else None
