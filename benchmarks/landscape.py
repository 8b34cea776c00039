"""The network's program, surfaces and descent: how long each takes, beside SymPy's own derivative and torch if it is there."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import diff
from sympy.core.cache import clear_cache

from explorer.core import dense, landscape, network
from explorer.core.datasets import dataset
from explorer.core.network import Network
from explorer.core.sweeps import averaged

Array = NDArray[np.float64]

SIZES = {"2-8-8-2": (2, 8, 8, 2), "4-16-16-4": (4, 16, 16, 4)}
PATIENCE = 60.0
"""Seconds after which SymPy's own derivative is given up."""


def measure(rounds: int = 5) -> dict[str, float]:
    """Return median seconds, and numbers of operations, by what was measured. What took too long or is absent is left out."""
    found: dict[str, float] = {}
    for name, sizes in SIZES.items():
        kind = Network(sizes, "tanh", "softmax", "index")
        found[f"build {name}"] = _median(lambda kind=kind: _build(kind), rounds)  # type: ignore[misc]  # bound now
        found[f"operations {name}"] = kind.gradient().operations()
    return found | _against_sympy(Network((2, 2, 1))) | _surfaces(rounds) | _descent(rounds)


def _build(kind: Network) -> None:
    """The program and its gradient, from nothing: what SymPy remembers is forgotten too."""
    clear_cache()
    network._program.cache_clear()
    network._gradient.cache_clear()
    kind.gradient()


def _against_sympy(kind: Network) -> dict[str, float]:
    """Our gradient beside SymPy's derivative of the loss as one formula, with its common parts left where they are."""
    ours = {"build 2-2-1": _median(lambda: _build(kind), 1), "operations 2-2-1": float(kind.gradient().operations())}
    process = (pool := multiprocessing.Pool(1)).apply_async(_derive, (kind,))
    try:
        seconds, operations = process.get(PATIENCE)
    except multiprocessing.TimeoutError:
        return ours
    finally:
        pool.terminate()
    ratio = operations / kind.gradient().operations()
    return ours | {"sympy.diff 2-2-1": seconds, "sympy.diff operations 2-2-1": operations, "sympy.diff ratio 2-2-1": ratio}


def _derive(kind: Network) -> tuple[float, float]:
    formula = kind.program().inline()
    start = time.perf_counter()
    slopes = [diff(formula, name) for name in kind.weights]
    return time.perf_counter() - start, float(formula.count_ops() + sum(slope.count_ops() for slope in slopes))


def _surfaces(rounds: int) -> dict[str, float]:
    """Over two weights of the first layer and in two directions; few examples, then many."""
    found: dict[str, float] = {}
    for what, kind, data, points in (
        ("101x101x4 of 2-4-1", Network((2, 4, 1)), "XOR", 101),
        ("51x51x200 of 2-8-8-2", Network((2, 8, 8, 2), "tanh", "softmax", "index"), "moons", 51),
    ):
        weights, (x, t), at = kind.random_weights(0), dataset(data, kind, 200), np.linspace(-5, 5, points)
        pair = kind.weights[0], kind.weights[1]
        one, two = (landscape.filter_normalised(kind, weights, seed) for seed in range(2))
        found[f"surface {what}"] = _median(_surface(kind, weights, pair, at, x, t), rounds)
        found[f"directions {what}"] = _median(
            lambda: landscape.loss_in_directions(kind, weights, one, two, at, at, x, t),  # noqa: B023
            rounds,
        )
        if find_spec("torch") and kind.loss == "binary":
            found[f"torch.vmap {what}"] = _median(_torch(kind, weights, pair, at, x, t), rounds)
    return found


def _surface(
    kind: Network, weights: Mapping[str, float], pair: tuple[str, str], at: Array, x: Array, t: Array
) -> Callable[[], Any]:
    """The mean loss where two weights span a grid, as a chart computes it."""
    features, targets = dense.columns(kind, x, t)
    rows = dict(zip((*kind.inputs, *kind.targets), (*features, *targets), strict=True))
    across, down = np.meshgrid(at, at)
    sweep = dict(zip(pair, (across.ravel(), down.ravel()), strict=True))
    return lambda: averaged(kind.program(), ["L"], weights, sweep, rows)


def _torch(
    kind: Network, weights: Mapping[str, float], pair: tuple[str, str], at: Array, x: Array, t: Array
) -> Callable[[], None]:
    """The same surface of binary cross-entropy by torch.vmap."""
    torch: Any = import_module("torch")
    theta = torch.tensor(dense.vector(kind, weights))
    features, targets, places = torch.tensor(x), torch.tensor(t), [kind.weights.index(name) for name in pair]
    grid = torch.cartesian_prod(torch.tensor(at), torch.tensor(at))

    def loss(point: Any) -> Any:
        moved, start, h = theta.index_put((torch.tensor(places),), point), 0, features
        for layer, (before, after) in enumerate(pairwise(kind.sizes), 1):
            matrix = moved[start : start + after * before].reshape(after, before)
            start += after * (before + 1)
            z = h @ matrix.T + moved[start - after : start]
            h = torch.tanh(z) if layer < len(kind.sizes) - 1 else z
        return torch.nn.functional.binary_cross_entropy_with_logits(h, targets)

    return lambda: torch.vmap(loss)(grid)


def _descent(rounds: int) -> dict[str, float]:
    """A thousand steps on 200 examples, by each rule; and the curvatures."""
    kind = Network((2, 8, 8, 2), "tanh", "softmax", "index")
    weights, (x, t) = kind.random_weights(0), dataset("moons", kind, 200)

    def run(rule: str) -> Callable[[], Any]:
        return lambda: landscape.descend(kind, weights, x, t, rule=rule, rate=0.01, steps=1000)

    found = {f"1000 steps of 2-8-8-2 on 200, {rule}": _median(run(rule), rounds) for rule in landscape.RULES}
    return found | {"eigenvalues of 2-8-8-2 on 200": _median(lambda: landscape.eigenvalues(kind, weights, x, t), rounds)}


def _median(action: Callable[[], Any], rounds: int) -> float:
    """The median of some rounds, after one that is not counted."""
    return median([_seconds(action) for _ in range(rounds + 1)][1:])


def _seconds(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    for what, value in measure().items():
        print(f"{what:<44} {value:.4g}")
