"""Loss and gradient of a network by matrices, written by hand apart from its Program, so that each checks the other.

Weights are one array in the order of `Network.weights`, with any axes before the last: one call then answers for many networks.
They may be complex: real parts decide comparisons, so that a complex step differentiates the gradient.
To add an activation: list it in ACTIVATIONS; a loss: in LOSSES.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.core.checks import FloatArray
from explorer.core.network import Network

Array = NDArray[Any]


def vector(network: Network, weights: Mapping[str, float]) -> FloatArray:
    """Return weights by name as one array, shape (weights,)."""
    for name in network.weights:
        if name not in weights:
            raise ValueError(f"weights must name each weight of the network; got no {name}.")
    return np.array([weights[name] for name in network.weights], dtype=np.float64)


def named(network: Network, theta: ArrayLike) -> dict[str, float]:
    """Return an array of weights, shape (weights,), by name."""
    return dict(zip(network.weights, np.asarray(theta, dtype=np.float64).tolist(), strict=True))


def predict(network: Network, theta: ArrayLike, x: ArrayLike) -> Array:
    """Return what the network predicts.

    Parameters
    ----------
    theta : array, shape (..., weights)
    x : array, shape (rows, inputs)

    Returns
    -------
    array, shape (..., rows, outputs)
    """
    features = _columns("x", x, len(network.inputs))
    with np.errstate(all="ignore"):
        z = _forward(network, layers(network, theta), features)[-1].z
        return OUTPUTS[network.output](z).swapaxes(-1, -2)


def right(network: Network, theta: ArrayLike, x: ArrayLike, t: ArrayLike) -> FloatArray:
    """Return the share of rows whose class the network predicts, shape (...). Arguments as for `loss`.

    Of softmax the class is the largest output, the first of equals, as argmax has it;
    each sigmoid says whether it is above 1/2, and all must be right.

    Raises
    ------
    ValueError
        If the output is the identity, which predicts no class.
    """
    if network.output == "identity":
        raise ValueError("An identity output predicts no class.")
    predicted, targets = predict(network, theta, x), _data(network, x, t)[1].T
    if network.output == "softmax":
        agree = predicted.argmax(axis=-1) == targets.argmax(axis=-1)
    else:
        agree = ((predicted > 0.5) == (targets > 0.5)).all(axis=-1)
    return np.asarray(agree.mean(axis=-1))


def loss(network: Network, theta: ArrayLike, x: ArrayLike, t: ArrayLike) -> Array:
    """Return the mean loss of the rows, in nats or, for the squared error, in squared units of the target.

    Parameters
    ----------
    theta : array, shape (..., weights)
    x : array, shape (rows, inputs)
    t : array, shape (rows, targets)
        For the loss "index" one column of whole numbers, counted from 0.

    Returns
    -------
    array, shape (...)
        Infinite or NaN where the loss is; no warning.
    """
    with np.errstate(all="ignore"):
        return np.asarray(rows_loss(network, theta, x, t).mean(axis=-1))


def rows_loss(network: Network, theta: ArrayLike, x: ArrayLike, t: ArrayLike) -> Array:
    """Return the loss of each row, shape (..., rows). Arguments as for `loss`."""
    features, targets = _data(network, x, t)
    with np.errstate(all="ignore"):
        z = _forward(network, layers(network, theta), features)[-1].z
        return LOSSES[network.output, network.loss].value(z, targets)


def loss_and_gradient(network: Network, theta: ArrayLike, x: ArrayLike, t: ArrayLike) -> tuple[Array, Array]:
    """Return the mean loss, shape (...), and its gradient by backpropagation, shape (..., weights). Arguments as for `loss`."""
    features, targets = _data(network, x, t)
    parts = layers(network, theta := np.asarray(theta))
    with np.errstate(all="ignore"):
        passed = _forward(network, parts, features)
        chosen = LOSSES[network.output, network.loss]
        value = chosen.value(passed[-1].z, targets).mean(axis=-1)
        bar = chosen.slope(passed[-1].z, targets) / features.shape[-1]  # d loss / dz of the layer at hand
        gradient = np.empty(theta.shape, dtype=np.result_type(theta, np.float64))
        slopes = layers(network, gradient)
        for k in reversed(range(len(parts))):
            below = passed[k - 1].h if k else features
            slopes[k].matrix[...] = bar @ below.swapaxes(-1, -2)
            slopes[k].biases[...] = bar.sum(axis=-1, keepdims=True)
            if k:
                bar = parts[k].matrix.swapaxes(-1, -2) @ bar
                bar *= ACTIVATIONS[network.hidden].slope(passed[k - 1].z, below)
    return value, gradient


class Layer(NamedTuple):
    """Views into an array of weights: a matrix, shape (..., to, from), and biases, shape (..., to, 1)."""

    matrix: Array
    biases: Array


class _Pass(NamedTuple):
    """What goes through a layer: z and its activation h, shape (..., units, rows)."""

    z: Array
    h: Array


def layers(network: Network, theta: ArrayLike) -> list[Layer]:
    """The layers' matrices and biases, as views."""
    theta = np.asarray(theta)
    if theta.shape[-1:] != (len(network.weights),):
        raise ValueError(f"theta must have a last axis of {len(network.weights)} weights; got shape {theta.shape}.")
    views, start = [], 0
    for before, after in pairwise(network.sizes):
        middle, end = start + before * after, start + before * after + after
        views.append(Layer(theta[..., start:middle].reshape(*theta.shape[:-1], after, before), theta[..., middle:end, None]))
        start = end
    return views


def _columns(name: str, values: ArrayLike, width: int) -> FloatArray:
    """Columns of data as rows, shape (width, rows), for matrices to stand before."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 2 or array.shape[1] != width or not len(array):
        raise ValueError(f"{name} must have shape (rows, {width}) with at least 1 row; got {array.shape}.")
    return array.T


def columns(network: Network, x: ArrayLike, t: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return features, shape (inputs, rows), and targets, shape (targets, rows), if they fit the network."""
    features, targets = _columns("x", x, len(network.inputs)), _columns("t", t, len(network.targets))
    if features.shape[1] != targets.shape[1]:
        raise ValueError(f"t must have as many rows as x, {features.shape[1]}; got {targets.shape[1]}.")
    return features, targets


def _data(network: Network, x: ArrayLike, t: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """As `columns`, but with targets of shape (outputs, rows): a class index becomes the distribution certain of it."""
    features, targets = columns(network, x, t)
    if network.loss == "index":
        targets = np.equal(np.arange(network.sizes[-1])[:, np.newaxis], targets).astype(np.float64)
    return features, targets


def _forward(network: Network, layers: list[Layer], features: FloatArray) -> list[_Pass]:
    activation = ACTIVATIONS[network.hidden].value
    passed: list[_Pass] = []
    h: Array = features
    for k, layer in enumerate(layers, 1):
        z = layer.matrix @ h
        z += layer.biases
        h = activation(z) if k < len(layers) else z
        passed.append(_Pass(z, h))
    return passed


def _above(z: Array) -> NDArray[np.bool_]:
    """Whether z > 0, by the real part."""
    return z.real > 0


def _small(z: Array) -> Array:
    """e^-|z|, which never overflows."""
    return np.exp(np.where(_above(z), -z, z))


def _sigmoid(z: Array) -> Array:
    small = _small(z)
    return np.where(_above(z), 1.0, small) / (1.0 + small)


def _softplus(z: Array) -> Array:
    return _relu(z) + np.log1p(_small(z))


def _relu(z: Array) -> Array:
    return np.where(z.real <= 0, 0.0, z)  # NaN stays


class _Activation(NamedTuple):
    """An activation h of z, and dh/dz as a function of z and h."""

    value: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]


ACTIVATIONS: dict[str, _Activation] = {
    "identity": _Activation(lambda z: z, lambda z, h: np.ones_like(z)),
    "sigmoid": _Activation(_sigmoid, lambda z, h: h * _sigmoid(-z)),  # precise on both sides, as h (1 - h) is not
    "tanh": _Activation(np.tanh, lambda z, h: 1.0 - h * h),
    "relu": _Activation(_relu, lambda z, h: np.where(_above(z), 1.0, 0.0)),
    "softplus": _Activation(_softplus, lambda z, h: _sigmoid(z)),
    "leaky relu": _Activation(lambda z: np.where(_above(z), z, 0.01 * z), lambda z, h: np.where(_above(z), 1.0, 0.01)),
    "sin": _Activation(np.sin, lambda z, h: np.cos(z)),
}


def _times(weight: Array, value: Array) -> Array:
    """weight value, and 0 where weight = 0 even if value is infinite."""
    return np.where(weight == 0, 0.0, weight * value)


def _binary(z: Array, t: Array) -> Array:
    """t ln(1 + e^-z) + (1 - t) ln(1 + e^z) = ln(1 + e^-|z|) + |z| times what the target gives to the other side."""
    above = _above(z)
    return np.asarray((np.log1p(_small(z)) + _times(np.where(above, 1.0 - t, t), np.where(above, z, -z))).mean(axis=-2))


def _binary_slope(z: Array, t: Array) -> Array:
    """sigmoid(z) - t, written so that it does not cancel when z agrees with t."""
    return np.asarray(((1.0 - t) * _sigmoid(z) - t * _sigmoid(-z)) / z.shape[-2])


class _Softmax(NamedTuple):
    """Of z along the outputs: how far each lies below the largest, e^-that, which is the largest, and the sum of the others."""

    gap: Array
    power: Array
    largest: NDArray[np.bool_]
    rest: Array


def _softmax_parts(z: Array) -> _Softmax:
    largest = np.arange(z.shape[-2])[:, np.newaxis] == z.real.argmax(axis=-2, keepdims=True)
    gap = np.where(largest, z, 0.0).sum(axis=-2, keepdims=True) - z
    power = np.exp(-gap)
    return _Softmax(gap, power, largest, np.where(largest, 0.0, power).sum(axis=-2, keepdims=True))


def _softmax(z: Array) -> Array:
    parts = _softmax_parts(z)
    return parts.power / (1.0 + parts.rest)


def _cross_entropy(z: Array, t: Array) -> Array:
    """sum_k t_k (ln(e^z1 + ...) - z_k)."""
    parts = _softmax_parts(z)
    return np.asarray(_times(t, parts.gap + np.log1p(parts.rest)).sum(axis=-2))


def _cross_entropy_slope(z: Array, t: Array) -> Array:
    """p_k sum(t) - t_k, written as p_k (sum(t) - t_k) - t_k (1 - p_k), where 1 - p_k does not cancel."""
    _, power, largest, rest = _softmax_parts(z)
    others = np.where(largest, rest, 1.0 + rest - power)
    return np.asarray((power * (t.sum(axis=-2, keepdims=True) - t) - t * others) / (1.0 + rest))


def _squared(z: Array, t: Array) -> Array:
    return np.asarray(((z - t) ** 2).mean(axis=-2))


def _squared_slope(z: Array, t: Array) -> Array:
    return np.asarray(2.0 / z.shape[-2] * (z - t))


def _squared_of_sigmoid(z: Array, t: Array) -> Array:
    return _squared(_sigmoid(z), t)


def _squared_of_sigmoid_slope(z: Array, t: Array) -> Array:
    y = _sigmoid(z)
    return _squared_slope(y, t) * y * _sigmoid(-z)


class _Loss(NamedTuple):
    """A loss of the last layer's z and the targets, shape (..., outputs, rows): each row's, shape (..., rows), and d / dz."""

    value: Callable[[Array, Array], Array]
    slope: Callable[[Array, Array], Array]


LOSSES: dict[tuple[str, str], _Loss] = {
    ("sigmoid", "binary"): _Loss(_binary, _binary_slope),
    ("softmax", "probabilities"): _Loss(_cross_entropy, _cross_entropy_slope),
    ("softmax", "index"): _Loss(_cross_entropy, _cross_entropy_slope),
    ("identity", "squared"): _Loss(_squared, _squared_slope),
    ("sigmoid", "squared"): _Loss(_squared_of_sigmoid, _squared_of_sigmoid_slope),
}

OUTPUTS: dict[str, Callable[[Array], Array]] = {"sigmoid": _sigmoid, "softmax": _softmax, "identity": lambda z: z}
