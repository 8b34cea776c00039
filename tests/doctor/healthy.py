"""Healthy runs: small networks trained by the project's own descent, every loss and option, as a log would have them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from explorer.core.datasets import dataset
from explorer.core.landscape import descend, measures
from explorer.core.network import Network

LOSSES = (
    ("sigmoid", "binary"),
    ("softmax", "probabilities"),
    ("softmax", "index"),
    ("identity", "squared"),
    ("sigmoid", "squared"),
)
KINDS = {"binary": "binary", "probabilities": "classes", "index": "classes", "squared": "regression"}
RULES = {"plain": 1.0, "momentum": 0.1, "Adam": 0.03}
FELL = 0.6
"""A run that ends above this part of its start has not learned, and is not healthy."""


def runs(least: int) -> Iterator[dict[str, Any]]:
    """Yield facts of healthy runs, at least so many: history, kind, classes; every third with digits as printed."""
    count = 0
    for seed in range(100):
        for (output, loss), (rule, rate), hidden in product(LOSSES, RULES.items(), ("tanh", "relu")):
            if count >= least:
                return
            outputs = 1 if output != "softmax" else 2 + seed % 3
            network = Network((2, 6, outputs), hidden, output, loss)  # type: ignore[arg-type]
            name = (
                "line" if output == "identity" else "moons" if outputs <= 2 and seed % 2 else "spirals" if seed % 2 else "line"
            )
            x, t = dataset(name, network, 60)
            way = descend(network, network.random_weights(seed), x, t, rule=rule, rate=rate, steps=60 + 40 * (seed % 4))
            if way.stopped is not None or way.loss[-1] > FELL * way.loss[0]:
                continue
            count += 1
            yield _facts(network, way, x, t, seed)


def _facts(network: Network, way: Any, x: Any, t: Any, seed: int) -> dict[str, Any]:
    loss = np.round(way.loss, 4) if seed % 3 else way.loss
    facts: dict[str, Any] = {"history": loss.tolist()}
    if seed % 2:
        facts["kind"] = KINDS[network.loss]
        if network.output == "softmax":
            facts["classes"] = network.sizes[-1]
    if seed % 4 == 1 and network.output == "sigmoid":
        right = measures(network, way.weights, x, t).right
        facts["history"] = [
            {"step": k, "loss": float(a), "accuracy": float(b), "grad_norm": float(c)}
            for k, (a, b, c) in enumerate(zip(loss, right, way.gradient_norm, strict=True))
        ]
    return facts
