"""The landscape of a network's loss over its weights: along one, in two directions; its curvature; a way down it.

To add a rule of descent: write its update and list it in RULES.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from explorer.core import checks, dense
from explorer.core.checks import FloatArray
from explorer.core.network import Network
from explorer.core.sweeps import BLOCK, averaged

CURVED = 150
"""The most weights that a Hessian is computed for."""
STEPS = 10_000
"""The most steps of a descent."""


def loss_along(
    network: Network, weights: Mapping[str, float], name: str, at: ArrayLike, x: ArrayLike, t: ArrayLike
) -> FloatArray:
    """Return the mean loss where one weight takes each value of `at`, shape (points,). x and t as for `dense.loss`."""
    if name not in network.weights:
        raise ValueError(f"A weight must be one of the network's; got {name}.")
    features, targets = dense.columns(network, x, t)
    rows = dict(zip((*network.inputs, *network.targets), (*features, *targets), strict=True))
    return averaged(network.program(), ["L"], weights, {name: at}, rows)["L"]


def filter_normalised(network: Network, weights: Mapping[str, float], seed: int) -> FloatArray:
    """Return a random direction in the space of weights, shape (weights,), that is as long as the weights unit by unit.

    A unit's filter is the row of weights that lead into it. Its part of the direction is Gaussian, scaled to the filter's norm.
    Biases stay where they are, as in the authors' own figures (their option `--xignore biasbn`).

    References
    ----------
    H. Li et al. (2018), Visualizing the Loss Landscape of Neural Nets, section 4 (filter-wise normalization).
    """
    random = np.random.default_rng(seed)
    direction = np.zeros(len(network.weights))
    pairs = zip(*(dense.layers(network, theta) for theta in (direction, dense.vector(network, weights))), strict=True)
    for drawn, given in pairs:
        gaussian = random.normal(size=drawn.matrix.shape)
        with np.errstate(over="ignore"):  # a unit's weights may be longer than the largest number
            drawn.matrix[...] = gaussian / _row_norms(gaussian) * _row_norms(given.matrix)
    return direction


def _row_norms(matrix: FloatArray) -> FloatArray:
    return _norms(matrix)[:, np.newaxis]


def loss_in_directions(
    network: Network,
    weights: Mapping[str, float],
    first: ArrayLike,
    second: ArrayLike,
    across: ArrayLike,
    down: ArrayLike,
    x: ArrayLike,
    t: ArrayLike,
) -> FloatArray:
    """Return the mean loss at weights + a first + b second, for a in `across` and b in `down`: (len(down), len(across)).

    The directions have shape (weights,); x and t are as for `dense.loss`.
    """
    start = dense.vector(network, weights)
    a, b = np.meshgrid(np.asarray(across, dtype=np.float64), np.asarray(down, dtype=np.float64))
    size = _block(network, x)
    losses = np.empty(a.size)
    with np.errstate(all="ignore"):
        for k in range(0, a.size, size):
            steps = (v.ravel()[k : k + size, np.newaxis] * np.asarray(way) for v, way in ((a, first), (b, second)))
            losses[k : k + size] = dense.loss(network, start + sum(steps), x, t)
    return losses.reshape(a.shape)


def _block(network: Network, x: ArrayLike) -> int:
    """How many networks to compute at once; measured: a layer of so many stays in the cache."""
    return max(1, 4 * BLOCK // (len(np.asarray(x)) * max(network.sizes)))


def hessian(network: Network, weights: Mapping[str, float], x: ArrayLike, t: ArrayLike) -> FloatArray:
    """Return the second derivatives of the mean loss by the weights, shape (weights, weights), exact up to rounding.

    Each column is the imaginary part of the gradient after a tiny imaginary step, over that step: there is no difference to
    cancel. At a kink of relu the second derivative counts as 0. x and t as for `dense.loss`.

    Raises
    ------
    ValueError
        If the network has more than CURVED weights.

    References
    ----------
    W. Squire and G. Trapp (1998), Using Complex Variables to Estimate Derivatives of Real Functions, SIAM Review 40(1).
    """
    count, step = len(network.weights), 1e-20
    if count > CURVED:
        raise ValueError(f"A Hessian must be of at most {CURVED} weights; got {count}.")
    theta = dense.vector(network, weights) + 1j * step * np.eye(count)
    _, gradient = dense.loss_and_gradient(network, theta, x, t)
    matrix = gradient.imag / step
    return (matrix + matrix.T) / 2


def eigenvalues(network: Network, weights: Mapping[str, float], x: ArrayLike, t: ArrayLike) -> FloatArray:
    """Return the curvatures of the mean loss, the eigenvalues of its `hessian`, ascending, shape (weights,)."""
    return np.asarray(np.linalg.eigvalsh(checks.finite("The Hessian", hessian(network, weights, x, t))), dtype=np.float64)


@dataclass(frozen=True)
class Stopped:
    """Where a descent left the numbers: the step whose point is not finite, and the first name there that is not.

    A weight goes before the loss L, and that before the gradient, d_<weight>.
    """

    step: int
    name: str


@dataclass(frozen=True)
class Descent:
    """A way down: what stood before the first step and after each. Steps that are not finite are left out.

    Attributes
    ----------
    weights : array, shape (steps + 1, weights)
    loss : array, shape (steps + 1,)
        Mean over the rows.
    gradient_norm : array, shape (steps + 1,)
        Euclidean.
    stopped : Stopped or None
        Why there are fewer steps than asked for.
    """

    weights: FloatArray
    loss: FloatArray
    gradient_norm: FloatArray
    stopped: Stopped | None = None


Rule = Callable[[float], Callable[[FloatArray], FloatArray]]
"""From a learning rate to a function that is told the gradient at each step and returns what to add to the weights."""


def _plain(rate: float) -> Callable[[FloatArray], FloatArray]:
    return lambda gradient: -rate * gradient


def _momentum(rate: float, keep: float = 0.9) -> Callable[[FloatArray], FloatArray]:
    """A heavy ball: v <- keep v + gradient, and the step is -rate v."""
    velocity: Any = 0.0

    def step(gradient: FloatArray) -> FloatArray:
        nonlocal velocity
        velocity = keep * velocity + gradient
        return np.asarray(-rate * velocity)

    return step


def _adam(
    rate: float, keep: float = 0.9, keep_square: float = 0.999, least: float = 1e-8
) -> Callable[[FloatArray], FloatArray]:
    """Adam, with the bias of both means corrected.

    References
    ----------
    D. P. Kingma and J. Ba (2015), Adam: A Method for Stochastic Optimization, algorithm 1.
    """
    mean: Any = 0.0
    square: Any = 0.0
    count = 0

    def step(gradient: FloatArray) -> FloatArray:
        nonlocal mean, square, count
        count += 1
        mean = keep * mean + (1 - keep) * gradient
        square = keep_square * square + (1 - keep_square) * gradient * gradient
        return np.asarray(-rate * (mean / (1 - keep**count)) / (np.sqrt(square / (1 - keep_square**count)) + least))

    return step


def _restarts(rate: float, period: int = 20) -> Callable[[FloatArray], FloatArray]:
    """Plain, at a rate that falls along a cosine to almost 0 and starts again.

    References
    ----------
    I. Loshchilov and F. Hutter (2017), SGDR: Stochastic Gradient Descent with Warm Restarts, equation 5.
    """
    phases = cycle(np.cos(np.pi * np.arange(period) / period))
    return lambda gradient: -rate * (1 + next(phases)) / 2 * gradient


def _uncleared(rate: float) -> Callable[[FloatArray], FloatArray]:
    """What a loop does that forgets to clear gradients: each step is along the sum of all so far."""
    return _momentum(rate, keep=1.0)


RULES: dict[str, Rule] = {
    "plain": _plain,
    "momentum": _momentum,
    "Adam": _adam,
    "restarts": _restarts,
    "uncleared": _uncleared,
}
"""Name -> rule of descent."""


def descend(
    network: Network, weights: Mapping[str, float], x: ArrayLike, t: ArrayLike, *, rule: str, rate: float, steps: int
) -> Descent:
    """Return the way that a rule takes from given weights, each step on all rows.

    It stops before the first weight, loss or gradient that is not finite; no warning.

    Parameters
    ----------
    x, t
        As for `dense.loss`.
    rule : str
        "plain" gradient descent, with "momentum" 0.9, "Adam" with 0.9, 0.999 and 1e-8, "restarts" of the rate after each 20
        steps, or gradients "uncleared", added up for ever.
    rate : float
        The learning rate, above 0.
    steps : int
        At most STEPS.

    Raises
    ------
    ValueError
        If the rule is unknown, or rate or steps is out of its interval.
    """
    if rule not in RULES:
        raise ValueError(f"rule must be one of {', '.join(RULES)}; got {rule}.")
    if not 0 < rate < np.inf:
        raise ValueError(f"rate must be finite and above 0; got {rate:g}.")
    if not (isinstance(steps, int) and 0 <= steps <= STEPS):
        raise ValueError(f"steps must be a whole number from 0 to {STEPS}; got {steps}.")
    theta, update = dense.vector(network, weights), RULES[rule](rate)
    path, slopes, losses = np.empty((steps + 1, theta.size)), np.empty((steps + 1, theta.size)), np.empty(steps + 1)
    stopped, end = None, steps + 1
    with np.errstate(all="ignore"):
        for k in range(steps + 1):
            losses[k], slopes[k] = dense.loss_and_gradient(network, theta, x, t)
            path[k] = theta
            if not (np.isfinite(losses[k]) and np.isfinite(slopes[k]).all() and np.isfinite(theta).all()):
                stopped, end = Stopped(k, _first_endless(network, theta, losses[k], slopes[k])), k
                break
            theta = theta + update(slopes[k])
    return Descent(path[:end], losses[:end], _norms(slopes[:end]), stopped)


@dataclass(frozen=True)
class Measures:
    """What a way down is worth whatever it was trained on: its points measured alike, each of shape (points,).

    Attributes
    ----------
    surprise : array
        The mean of -ln of the probability that the true class is given, in nats: cross-entropy.
    right : array
        The share of rows whose class is predicted; see `dense.right`.
    """

    surprise: FloatArray
    right: FloatArray


def measures(network: Network, way: FloatArray, x: ArrayLike, t: ArrayLike) -> Measures:
    """Return what each point of a way is worth, shape (points, weights), for a network of sigmoid outputs.

    x and t as for `dense.loss`.
    """
    judge = replace(network, loss="binary")
    size = _block(network, x)
    surprise, right = np.empty(len(way)), np.empty(len(way))
    with np.errstate(all="ignore"):
        for k in range(0, len(way), size):
            surprise[k : k + size] = dense.loss(judge, way[k : k + size], x, t)
            right[k : k + size] = dense.right(judge, way[k : k + size], x, t)
    return Measures(surprise, right)


def _first_endless(network: Network, theta: FloatArray, loss: float, gradient: FloatArray) -> str:
    names = (*network.weights, "L", *(f"d_{name}" for name in network.weights))
    return names[int(np.isfinite([*theta, loss, *gradient]).argmin())]


def _norms(gradients: FloatArray) -> FloatArray:
    """Euclidean norms of rows, scaled so that squares neither overflow nor vanish."""
    scale = np.maximum(np.abs(gradients).max(axis=1), np.finfo(np.float64).tiny)
    return np.asarray(scale * np.linalg.norm(gradients / scale[:, np.newaxis], axis=1))
