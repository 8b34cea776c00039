"""What libraries make of several examples at once: means, weights and smoothed targets. Values alone, in float64."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from tests.engines.libraries import MODULES, PACKAGES, version


class Figure(NamedTuple):
    """A reduction: the loss that it reduces, what is evaluated, its arrays by name, and a sentence."""

    loss: str
    source: str
    at: dict[str, Any]
    note: str


_WEIGHED = {"z": [[0.2, 0.3, 0.5], [0.5, 0.2, 0.3]], "index": [2, 1], "w": [2.0, 4.0, 6.0]}
_SOFT = {"z": _WEIGHED["z"], "t": [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]], "w": _WEIGHED["w"]}
_TWO = {"p": [[0.5, 0.25, 0.25], [0.125, 0.625, 0.25]], "t": [[0.25, 0.5, 0.25], [0.5, 0.25, 0.25]]}
_SMOOTHED = {"p": [0.9, 0.1], "t": [0.95, 0.05], "gamma": 2.0}
_CE = "torch.nn.functional.cross_entropy"
_KL = "torch.nn.functional.kl_div(torch.log(p), t"

_SEQUENCES = {
    "z": [[[0.2, 0.3, 0.5], [0.0, 0.0, 0.0]], [[0.5, 0.2, 0.3], [2.0, -1.0, 0.5]]],
    "index": [[2, -100], [1, 0]],
}

FIGURES: tuple[Figure, ...] = (
    Figure(
        "cross_entropy_with_logits",
        f"{_CE}(z.transpose(1, 2), index)",
        _SEQUENCES,
        "Of sequences: divides by the positions that count, 3; -100 marks one that does not.",
    ),
    Figure(
        "cross_entropy_with_logits",
        f"torch.stack([{_CE}(z[k], index[k]) for k in (0, 1)]).mean()",
        _SEQUENCES,
        "The mean of each sequence's mean, as written by hand: a position of a short one counts more.",
    ),
    Figure(
        "cross_entropy_with_logits",
        f"{_CE}(z, index, weight=w)",
        _WEIGHED,
        "Of indices: divides by the weights of what happened, 6 + 4.",
    ),
    Figure("cross_entropy_with_logits", f"{_CE}(z, index, weight=w, reduction='sum')", _WEIGHED, "What is divided."),
    Figure(
        "cross_entropy_with_logits", f"{_CE}(z, t, weight=w)", _SOFT, "Of distributions: divides by the number of examples, 2."
    ),
    Figure(
        "cross_entropy_with_logits",
        f"{_CE}(z, index, weight=w, label_smoothing=0.1)",
        _WEIGHED,
        "Smoothed, and divided by 6 + 4 all the same.",
    ),
    Figure(
        "cross_entropy_with_logits",
        f"{_CE}(z, index, weight=w, ignore_index=1)",
        _WEIGHED,
        "What is ignored counts in no mean.",
    ),
    Figure(
        "cross_entropy_with_logits",
        "keras.losses.SparseCategoricalCrossentropy(from_logits=True, dtype='float64')(index, z, sample_weight=w[index])",
        _WEIGHED,
        "Divides by the number of examples, 2, however they weigh.",
    ),
    Figure(
        "cross_entropy_with_logits",
        "keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction='mean_with_sample_weight', dtype='float64')"
        "(index, z, sample_weight=w[index])",
        _WEIGHED,
        "Divides by the weights, 6 + 4.",
    ),
    Figure(
        "cross_entropy_with_logits",
        "sklearn.metrics.log_loss(index, jax.nn.softmax(z), labels=[0, 1, 2], sample_weight=w[index])",
        _WEIGHED,
        "Takes probabilities; divides by the weights, 6 + 4.",
    ),
    Figure("kullback_leibler", f"{_KL}, reduction='sum')", _TWO, "Everything added."),
    Figure("kullback_leibler", f"{_KL}, reduction='mean')", _TWO, "Divides by all 6 entries."),
    Figure(
        "kullback_leibler", f"{_KL}, reduction='batchmean')", _TWO, "Divides by the 2 examples: the mean of the divergence."
    ),
    Figure(
        "kullback_leibler",
        "keras.losses.KLDivergence(dtype='float64')(t, p)",
        _TWO,
        "Takes t first; divides by the 2 examples.",
    ),
    Figure(
        "kullback_leibler",
        "optax.losses.kl_divergence(jax.numpy.log(p), t).mean()",
        _TWO,
        "Takes ln p first; divides by the 2 examples.",
    ),
    Figure(
        "focal",
        "keras.losses.categorical_focal_crossentropy(t, p, alpha=1.0, gamma=gamma)",
        _SMOOTHED,
        "Of smoothed targets each class keeps its own factor (1 - p)^gamma.",
    ),
    Figure(
        "focal",
        "torchvision.ops.sigmoid_focal_loss(torch.logit(p[0]), t[0], alpha=-1, gamma=float(gamma))",
        _SMOOTHED,
        "Of a smoothed target one factor (1 - p t - (1 - p)(1 - t))^gamma for both outcomes.",
    ),
    Figure(
        "focal",
        "(1 - p[0]) ** gamma * torch.nn.functional.binary_cross_entropy(p[0], t[0])",
        _SMOOTHED,
        "The factor of the hard target beside a smoothed cross-entropy, as written by hand.",
    ),
)


def figures() -> Iterator[dict[str, Any]]:
    """Yield a record for each figure; `batch` marks it, for its arrays are no single point."""
    for figure in FIGURES:
        first = figure.source.split(".")[0]
        library = first if first in PACKAGES else "torch"
        on_torch = "torch" in figure.source
        convert = MODULES["torch"].tensor if on_torch else MODULES["jax"].numpy.asarray
        arrays = {name: convert(np.asarray(array)) for name, array in figure.at.items()}
        yield {
            "loss": figure.loss,
            "library": library,
            "version": version(PACKAGES[library]),
            "call": figure.source,
            "dtype": "float64",
            "batch": True,
            "at": figure.at,
            "value": float(eval(figure.source, MODULES | arrays)),
            "note": figure.note,
        }
