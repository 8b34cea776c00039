"""Networks of every kind for the tests, data that fits them, and their loss written in plain formulas for HIPS autograd."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, pairwise
from typing import Any

import autograd.numpy as anp
import numpy as np
from numpy.typing import NDArray

from explorer.core.network import ACTIVATIONS, PAIRS, Network

Array = NDArray[np.float64]

SIZES = ((2, 3, 1), (1, 1), (3, 4, 2), (4, 2, 3, 2, 3), (2, 1, 1, 10), (1, 5, 4), (2, 2))

KINDS = [
    Network(sizes, hidden, output, loss)  # type: ignore[arg-type]  # ACTIVATIONS' keys are the names
    for sizes, (hidden, output, loss) in zip(cycle(SIZES), [(h, *pair) for h in ACTIVATIONS for pair in PAIRS], strict=False)
]
"""Every activation with every pair of output and loss, and every size with several of them."""


def named_kind(network: Network) -> str:
    """Return what pytest calls a network."""
    return "-".join([*map(str, network.sizes), network.hidden, network.output, network.loss]).replace(" ", "_")


def data(network: Network, rows: int = 6, seed: int = 0) -> tuple[Array, Array]:
    """Return features and targets drawn at random."""
    random = np.random.default_rng(seed)
    x = random.normal(size=(rows, network.sizes[0]))
    if network.loss == "index":
        return x, random.integers(0, network.sizes[-1], (rows, 1)).astype(float)
    return x, random.uniform(size=(rows, network.sizes[-1]))


def weights_and_theta(network: Network, seed: int = 0) -> tuple[dict[str, float], Array]:
    """Return weights drawn at random, by name and as an array; none is so small that a unit sits on a kink."""
    theta = np.random.default_rng(seed).normal(size=len(network.weights))
    return dict(zip(network.weights, theta.tolist(), strict=True)), theta


def columns(network: Network, x: Array, t: Array) -> dict[str, Any]:
    """Return data as a program takes it."""
    return dict(zip((*network.inputs, *network.targets), (*x.T, *t.T), strict=True))


PLAIN: dict[str, Callable[[Any], Any]] = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": anp.tanh,
    "relu": lambda z: anp.where(z > 0, z, 0),
    "softplus": lambda z: anp.log(1 + anp.exp(z)),
    "leaky relu": lambda z: anp.where(z > 0, z, z / 100),
    "sin": anp.sin,
}


def plain_loss(network: Network, x: Array, t: Array) -> Callable[[Any], Any]:
    """Return the mean loss as a function of the array of weights that autograd can differentiate."""

    def loss(theta: Any) -> Any:
        h, start = x, 0
        for before, after in pairwise(network.sizes):
            matrix = anp.reshape(theta[start : start + after * before], (after, before))
            start += after * (before + 1)
            z = anp.dot(h, matrix.T) + theta[start - after : start]
            h = PLAIN[network.hidden](z)
        return anp.mean(_plain_rows(network, z, t))

    return loss


def _plain_rows(network: Network, z: Any, t: Array) -> Any:
    if network.output == "softmax":
        p = anp.exp(z) / anp.sum(anp.exp(z), axis=1, keepdims=True)
        target = np.eye(network.sizes[-1])[t[:, 0].astype(int)] if network.loss == "index" else t
        return -anp.sum(target * anp.log(p), axis=1)
    y = PLAIN[network.output](z)
    if network.loss == "binary":
        return anp.mean(-t * anp.log(y) - (1 - t) * anp.log(1 - y), axis=1)
    return anp.mean((y - t) ** 2, axis=1)
