"""Data to train a network on: known sets, drawn to fit it, and pasted rows.

To add a set: write a function from a network, a number of rows and a source of randomness to x and t; list it in DATASETS.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np

from explorer.core import batch, checks
from explorer.core.checks import FloatArray, IntArray
from explorer.core.network import Network

ROWS = (1, 500)
"""Fewest and most rows of data."""
REACH = 1000.0
"""How far from 0 a feature may lie."""
DIGITS = 3
"""To how many decimals the numbers of a set are rounded."""

Random = np.random.Generator
Draw = Callable[[Network, int, Random], tuple[FloatArray, FloatArray]]


def dataset(name: str, network: Network, rows: int = 100) -> tuple[FloatArray, FloatArray]:
    """Return a data set that fits a network, always the same.

    Parameters
    ----------
    name : str
        A name in DATASETS.
    rows : int
        How many, within ROWS. The corners of XOR, AND and OR are as many as they are.

    Returns
    -------
    x : array, shape (rows, inputs)
        Features, within about [-1, 1]; for XOR, AND and OR 0 or 1.
    t : array, shape (rows, targets)
        The class: as 0 or 1 on one output, as 1 on its own of several, or as an index from 0. On an identity output the line
        is a plane, and the target its height with a little noise.

    Raises
    ------
    ValueError
        If the name is unknown, rows are too few or too many, or the set needs another number of inputs.

    Examples
    --------
    >>> x, t = dataset("XOR", Network((2, 2, 1)))
    >>> np.hstack([x, t]).tolist()
    [[0.0, 0.0, 0.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 0.0]]
    """
    if name not in DATASETS:
        raise ValueError(f"A data set must be one of {', '.join(DATASETS)}; got {name}.")
    low, high = ROWS
    if not (isinstance(rows, int) and low <= rows <= high):
        raise ValueError(f"rows must be a whole number from {low} to {high}; got {rows}.")
    inputs = network.sizes[0]
    if name in FLAT and inputs != 2:
        raise ValueError(f"The data set {name} needs a network of 2 inputs; this one has {inputs}.")
    x, t = DATASETS[name](network, rows, np.random.default_rng(0))
    return x.round(DIGITS) + 0.0, t.round(DIGITS) + 0.0


def _targets(network: Network, classes: IntArray) -> FloatArray:
    """Targets that say which class each row belongs to."""
    outputs = network.sizes[-1]
    if network.loss == "index" or outputs == 1:
        return np.minimum(classes, outputs - 1 if network.loss == "index" else 1)[:, np.newaxis].astype(np.float64)
    return np.eye(outputs)[classes]


def _corners(of: Callable[[IntArray], IntArray]) -> Draw:
    """The corners of the unit cube; `of` them, shape (corners, inputs), says which class each is."""

    def points(network: Network, rows: int, random: Random) -> tuple[FloatArray, FloatArray]:
        corners = np.array(list(product((0, 1), repeat=network.sizes[0])))
        return corners.astype(np.float64), _targets(network, of(corners).astype(np.int64))

    return points


def _line(
    network: Network, rows: int, random: Random, margin: float = 0.1, noise: float = 0.05
) -> tuple[FloatArray, FloatArray]:
    """Points of the cube [-1, 1]^inputs: the height of a plane over each, or on which side of a plane it lies."""
    inputs, outputs = network.sizes[0], network.sizes[-1]
    normals = random.normal(size=(outputs, inputs))
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    x = random.uniform(-1, 1, (2 * rows + 20, inputs))
    if network.output == "identity":
        x = x[:rows]
        return x, x @ normals.T + 0.2 + noise * random.normal(size=(rows, outputs))
    height = x @ normals[0]
    x, height = x[abs(height) > margin][:rows], height[abs(height) > margin][:rows]
    return x, _targets(network, (height > 0).astype(np.int64))


def _moons(network: Network, rows: int, random: Random, noise: float = 0.07) -> tuple[FloatArray, FloatArray]:
    """Two half circles, each with an end inside the other."""
    classes = np.arange(rows) % 2
    angle = random.uniform(0, np.pi, rows)
    turned = 1 - 2 * classes  # the second moon is the first, upside down
    x = np.stack([turned * (np.cos(angle) - 0.5), turned * (np.sin(angle) - 0.25)], axis=1) / 1.5
    return x + noise * random.normal(size=x.shape), _targets(network, classes)


def _spirals(network: Network, rows: int, random: Random, noise: float = 0.02) -> tuple[FloatArray, FloatArray]:
    """Arms that wind once around the middle: one for each output, and at least two."""
    arms = max(2, network.sizes[-1])
    classes = np.arange(rows) % arms
    radius = random.uniform(0.05, 1, rows)
    angle = 2 * np.pi * (radius + classes / arms)
    x = radius[:, np.newaxis] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return x + noise * random.normal(size=x.shape), _targets(network, classes)


DATASETS: dict[str, Draw] = {
    "XOR": _corners(lambda x: x.sum(axis=1) % 2),
    "AND": _corners(lambda x: x.min(axis=1)),
    "OR": _corners(lambda x: x.max(axis=1)),
    "line": _line,
    "moons": _moons,
    "spirals": _spirals,
}
"""Name -> function that draws the set."""

FLAT = ("moons", "spirals")
"""The sets that lie in a plane."""


def read_rows(text: str, network: Network) -> tuple[FloatArray, FloatArray]:
    r"""Return the rows of a pasted text, features then targets, if they fit a network.

    Cells stand apart as in `batch.pasted`. A first line without any number holds names, and is left out and not counted.

    Returns
    -------
    x : array, shape (rows, inputs)
        Each within REACH of 0.
    t : array, shape (rows, targets)
        In [0, 1] for the loss "binary", not negative for "probabilities", a class counted from 0 for "index".

    Raises
    ------
    ValueError
        At the first row that does not fit, or if the rows are none or too many.

    Examples
    --------
    >>> read_rows("x1, x2, t1\n0, 0.5, 1", Network((2, 1)))
    (array([[0. , 0.5]]), array([[1.]]))
    >>> read_rows("0 1", Network((2, 1)))
    Traceback (most recent call last):
        ...
    ValueError: Row 1 must hold 2 inputs and 1 target, 3 numbers; got 2.
    """
    first, _, rest = text.lstrip("\r\n ").partition("\n")
    cells = [cell for row in batch.pasted(first) for cell in row]
    rows = batch.pasted(text if any(map(_is_number, cells)) else rest)
    low, high = ROWS
    if not low <= len(rows) <= high:
        raise ValueError(f"The data must hold {low} to {high} rows; got {len(rows)}.")
    data = np.array([_read_row(number, row, network) for number, row in enumerate(rows, 1)])
    return data[:, : network.sizes[0]], data[:, network.sizes[0] :]


def _read_row(number: int, cells: batch.Cells, network: Network) -> list[float]:
    names = (*network.inputs, *network.targets)
    if len(cells) != len(names):
        parts = " and ".join((_counted(len(network.inputs), "input"), _counted(len(network.targets), "target")))
        raise ValueError(f"Row {number} must hold {parts}, {len(names)} numbers; got {len(cells)}.")
    read = [batch._number(f"{name} in row {number}", cell) + 0.0 for name, cell in zip(names, cells, strict=True)]
    for name, value in zip(names, read, strict=True):
        _check(f"{name} in row {number}", value, name in network.targets, network)
    return read


def _check(name: str, value: float, is_target: bool, network: Network) -> None:
    if not is_target:
        checks.within(name, value, -REACH, REACH)
    elif network.loss == "binary":
        checks.within(name, value, 0, 1)
    elif network.loss == "probabilities":
        checks.weight(name, value)
    elif network.loss == "index" and not (value.is_integer() and 0 <= value < network.sizes[-1]):
        raise ValueError(f"{name} must be a whole number from 0 to {network.sizes[-1] - 1}; got {value:.15g}.")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _is_number(cell: str) -> bool:
    try:
        batch._number("", cell)
    except ValueError:
        return False
    return True
