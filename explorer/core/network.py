"""A small feed-forward network as a Program. To add an activation: list it in ACTIVATIONS, and in `dense` for arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, get_args

import numpy as np
from sympy import Add, Expr, Integer, Symbol, exp, sin, tanh

from explorer.core import formulas
from explorer.core.domains import Class, Input, Inputs, Probability, Real
from explorer.core.functions import leaky_relu, relu, same, sigmoid, softplus
from explorer.core.program import Program

Activation = Literal["identity", "sigmoid", "tanh", "relu", "softplus", "leaky relu", "sin"]
Output = Literal["sigmoid", "softmax", "identity"]
Loss = Literal["binary", "probabilities", "index", "squared"]

ACTIVATIONS: dict[str, Callable[[Expr], Expr]] = {
    "identity": lambda z: z,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "relu": relu,
    "softplus": softplus,
    "leaky relu": leaky_relu,
    "sin": sin,
}
"""Name -> activation of a hidden unit as a function of its z; each has a derivative everywhere."""

PAIRS: tuple[tuple[Output, Loss], ...] = (
    ("sigmoid", "binary"),
    ("softmax", "probabilities"),
    ("softmax", "index"),
    ("identity", "squared"),
    ("sigmoid", "squared"),
)
"""Which losses fit which output activation."""

LIMITS = {"inputs": (1, 4), "hidden layers": (0, 3), "units of a hidden layer": (1, 16), "outputs": (1, 10)}


@dataclass(frozen=True)
class Network:
    """A feed-forward network and its loss.

    Parameters
    ----------
    sizes : tuple of int
        Inputs, units of each hidden layer, outputs: as many as LIMITS allows.
    hidden : str
        The hidden units' activation, a name in ACTIVATIONS.
    output : str
        The outputs' activation: "sigmoid", "softmax" or "identity".
    loss : str
        "binary" cross-entropy, cross-entropy of target "probabilities" or of a class "index" counted from 0, or "squared"
        error; a pair of output and loss in PAIRS. Of several outputs, binary cross-entropy and squared error are the mean.

    Raises
    ------
    ValueError
        If a size is out of its limits, or a name or the pair is unknown.

    Examples
    --------
    >>> Network((1, 1)).weights
    ('w1_1_1', 'b1_1')
    """

    sizes: tuple[int, ...] = (2, 3, 1)
    hidden: Activation = "tanh"
    output: Output = "sigmoid"
    loss: Loss = "binary"

    def __post_init__(self) -> None:
        """Check sizes and names."""
        if len(self.sizes) < 2:
            got = "-".join(map(str, self.sizes)) or "nothing"
            raise ValueError(f"Units must be given for inputs and outputs at least, as in 2-1; got {got}.")
        first, *middle, last = self.sizes
        counts = [("inputs", first), ("hidden layers", len(middle)), *(("units of a hidden layer", n) for n in middle)]
        for what, count in (*counts, ("outputs", last)):
            low, high = LIMITS[what]
            if not (isinstance(count, int) and low <= count <= high):
                raise ValueError(f"{what.capitalize()} must be a whole number from {low} to {high}; got {count}.")
        if self.hidden not in ACTIVATIONS:
            raise ValueError(f"hidden must be one of {', '.join(ACTIVATIONS)}; got {self.hidden}.")
        if self.output not in get_args(Output):
            raise ValueError(f"output must be one of {', '.join(get_args(Output))}; got {self.output}.")
        if (self.output, self.loss) not in PAIRS:
            fitting = " or ".join(loss for output, loss in PAIRS if output == self.output)
            raise ValueError(f"The loss of {self.output} outputs must be {fitting}; got {self.loss}.")

    @property
    def layers(self) -> range:
        """The numbers of the layers of weights, from 1."""
        return range(1, len(self.sizes))

    @cached_property
    def weights(self) -> tuple[str, ...]:
        """Every weight and bias by name: layer by layer the matrix row by row, w<layer>_<to>_<from>, then b<layer>_<to>."""
        return tuple(name for layer in self.layers for name in (*self._matrix(layer), *self._biases(layer)))

    def _matrix(self, layer: int) -> Iterator[str]:
        before, after = self.sizes[layer - 1 : layer + 1]
        return (f"w{layer}_{to}_{source}" for to in range(1, after + 1) for source in range(1, before + 1))

    def _biases(self, layer: int) -> Iterator[str]:
        return (f"b{layer}_{to}" for to in range(1, self.sizes[layer] + 1))

    @property
    def inputs(self) -> tuple[str, ...]:
        """The features, x1 ..."""
        return tuple(f"x{k}" for k in range(1, self.sizes[0] + 1))

    @property
    def targets(self) -> tuple[str, ...]:
        """The targets, t1 ...: one for each output, or the one class index."""
        return ("t1",) if self.loss == "index" else tuple(f"t{k}" for k in range(1, self.sizes[-1] + 1))

    @property
    def outputs(self) -> tuple[str, ...]:
        """The predictions, y1 ..."""
        return tuple(f"y{k}" for k in range(1, self.sizes[-1] + 1))

    @property
    def known(self) -> Inputs:
        """What the program's inputs stand for: features, weights and targets, all at 0."""
        target = {"index": Class(max(2, self.sizes[-1])), "squared": Real()}.get(self.loss, Probability())
        return Inputs(
            (
                *(Input(name, Real(), 0.0) for name in self.inputs),
                *(Input(name, Real(), 0.0, "weight") for name in self.weights),
                *(Input(name, target, 0.0, "target") for name in self.targets),
            )
        )

    def units(self, layer: int) -> tuple[str, ...]:
        """Return the names of a layer's activations: x1 ... for layer 0, y1 ... for the last, else h<layer>_1 ..."""
        if layer == 0:
            return self.inputs
        if layer == self.layers[-1]:
            return self.outputs
        return tuple(f"h{layer}_{k}" for k in range(1, self.sizes[layer] + 1))

    def program(self) -> Program:
        """Return the loss of one example as a Program.

        Its inputs are the features, the weights and the targets. Steps: z<layer>_<unit>, h<layer>_<unit>, y1 ... and L. The
        loss is computed from the last layer's z, so that it stays exact where an output rounds to 0 or 1.
        """
        return _program(self)

    def gradient(self) -> Program:
        """Return the program with its backpropagation: d_<weight> for each weight, and d_z<layer>_<unit> on the way."""
        return _gradient(self)

    def random_weights(self, seed: int) -> dict[str, float]:
        """Return weights drawn evenly from +-1/sqrt(n) for a unit of n inputs, biases too, in steps of 0.01.

        The interval is that of PyTorch's Linear.
        """
        random = np.random.default_rng(seed)
        spread = {name: self.sizes[layer - 1] ** -0.5 for layer in self.layers for name in self._of(layer)}
        return {name: round(float(random.uniform(-reach, reach)), 2) + 0.0 for name, reach in spread.items()}

    def _of(self, layer: int) -> tuple[str, ...]:
        return (*self._matrix(layer), *self._biases(layer))


@lru_cache(maxsize=64)
def _program(network: Network) -> Program:
    activation, last = ACTIVATIONS[network.hidden], network.layers[-1]
    steps: list[tuple[Symbol, Expr]] = []
    below = [Symbol(name) for name in network.inputs]
    for layer in network.layers:
        z = [Symbol(f"z{layer}_{k}") for k in range(1, network.sizes[layer] + 1)]
        for to, z_k in enumerate(z, 1):
            terms = (Symbol(f"w{layer}_{to}_{source}") * h for source, h in enumerate(below, 1))
            steps.append((z_k, Add(Symbol(f"b{layer}_{to}"), *terms)))
        if layer < last:
            below = [Symbol(name) for name in network.units(layer)]
            steps += [(h_k, activation(z_k)) for h_k, z_k in zip(below, z, strict=True)]
    inputs = tuple(map(Symbol, (*network.inputs, *network.weights, *network.targets)))
    return Program(inputs, (*steps, *_loss_steps(network, z)))


def _loss_steps(network: Network, z: list[Symbol]) -> list[tuple[Symbol, Expr]]:
    """The outputs y and the loss L, from the last layer's z: the formulas of `formulas`, whose names these are."""
    size, y = len(z), [Symbol(name) for name in network.outputs]
    t = [Symbol(name) for name in network.targets]
    if network.output == "softmax":
        steps: dict[str, Expr] = {}
        if network.loss == "index":
            steps = {f"c{k}": same(t[0], Integer(k - 1)) for k in range(1, size + 1)}
            t = [Symbol(name) for name in steps]
        given = {f"z{k}": z_k for k, z_k in enumerate(z, 1)} | {f"t{k}": t_k for k, t_k in enumerate(t, 1)}
        formula = formulas.cross_entropy_with_logits(size)
        steps |= {name.name: expr.xreplace({formula.symbol(k): v for k, v in given.items()}) for name, expr in formula.steps}
        surprises = [Symbol(f"s{k}") for k in range(1, size + 1)]
        loss = steps.pop("L")
        steps |= {y_k.name: exp(-s_k) for y_k, s_k in zip(y, surprises, strict=True)} | {"L": loss}
        return [(Symbol(name), expr) for name, expr in steps.items()]
    squash = sigmoid if network.output == "sigmoid" else ACTIVATIONS["identity"]
    outputs = [(y_k, squash(z_k)) for y_k, z_k in zip(y, z, strict=True)]
    if network.loss == "binary":
        formula, argument, places = formulas.binary_cross_entropy_with_logits(), "z", z
    else:
        formula, argument, places = formulas.squared_error(), "y", y
    losses = [formula.substitute({argument: at, "t": t_k}).inline(textbook=False) for at, t_k in zip(places, t, strict=True)]
    if size == 1:
        return [*outputs, (Symbol("L"), losses[0])]
    shares = [(Symbol(f"l{k}"), loss) for k, loss in enumerate(losses, 1)]
    return [*outputs, *shares, (Symbol("L"), Add(*(name for name, _ in shares)) / size)]


@lru_cache(maxsize=64)
def _gradient(network: Network) -> Program:
    return _program(network).gradient(network.weights)
