"""The loss of each example of a data set, averaged over its positions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from explorer.core.checks import FloatArray
from explorer.core.losses.numeric import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy,
    cross_entropy_with_logits,
    index_cross_entropy,
    index_cross_entropy_with_logits,
    squared_error,
)

Form = Literal["binary", "probabilities", "index", "squared"]

FORMS: dict[str, dict[bool, Callable[..., FloatArray]]] = {
    "binary": {False: binary_cross_entropy, True: binary_cross_entropy_with_logits},
    "probabilities": {False: cross_entropy, True: cross_entropy_with_logits},
    "index": {False: index_cross_entropy, True: index_cross_entropy_with_logits},
    "squared": {False: squared_error},
}
"""Form -> {from logits?: loss}."""


def mean_loss(form: Form, prediction: ArrayLike, target: ArrayLike, *, from_logits: bool = False, index_base: int = 0) -> float:
    """Mean loss over every position, in nats; of squared error in squared units.

    Parameters
    ----------
    form : "binary", "probabilities", "index" or "squared"
    prediction, target : array
        As the loss of that form takes them: shape (...), or (..., classes) for probabilities and the predictions of an index.
    from_logits : bool
        Whether prediction holds logits; squared error has no such form.
    index_base : 0 or 1
        The index of the first class, for form "index".

    Raises
    ------
    ValueError
        If the form is unknown, there is no position to average over, or the loss refuses its arguments.
    """
    if form not in FORMS:
        raise ValueError(f"form must be one of {', '.join(FORMS)}; got {form}.")
    if from_logits not in FORMS[form]:
        raise ValueError(f"from_logits must be False for form {form}; got {from_logits}.")
    loss = FORMS[form][from_logits]
    keywords: dict[str, Any] = {"base": index_base} if form == "index" else {}
    per_position = loss(prediction, target, **keywords)
    if per_position.size == 0:
        raise ValueError(f"prediction must hold at least one position; got shape {np.shape(prediction)}.")
    return float(per_position.mean())


def example_losses(
    form: Form,
    predictions: Sequence[ArrayLike],
    targets: Sequence[ArrayLike],
    *,
    from_logits: bool = False,
    index_base: int = 0,
) -> FloatArray:
    """One mean loss per example, shape (examples,). Examples may differ in length.

    Raises
    ------
    ValueError
        If there are not as many targets as predictions, or `mean_loss` refuses an example.
    """
    if len(predictions) != len(targets):
        raise ValueError(f"targets must be as many as predictions, {len(predictions)}; got {len(targets)}.")
    return np.array(
        [
            mean_loss(form, prediction, target, from_logits=from_logits, index_base=index_base)
            for prediction, target in zip(predictions, targets, strict=True)
        ],
        dtype=np.float64,
    )


def form_for(output: str, target: ArrayLike) -> Form:
    """Return the form that fits an output activation and a target, an array of any shape.

    A sigmoid with targets in [0, 1] takes "binary"; softmax takes "index" for whole-number dtypes and "probabilities" for
    floats and booleans (so write a one-hot target as floats); every other activation takes "squared".

    Raises
    ------
    ValueError
        If the activation is unknown.
    """
    t = np.asarray(target)
    if output == "softmax":
        return "index" if t.dtype.kind in "iu" else "probabilities"
    if output == "sigmoid":
        return "binary" if bool(np.all((t >= 0) & (t <= 1))) else "squared"
    if output in {"identity", "linear", "tanh", "relu", "softplus", "leaky_relu", "sin"}:
        return "squared"
    raise ValueError(f"output must be an activation such as sigmoid, softmax or identity; got {output}.")
