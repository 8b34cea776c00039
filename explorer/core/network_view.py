"""What the page /network shows, as one program, and its formulas as a textbook writes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from sympy import Add, Expr, Integer, Mul, Rational, Symbol, cos, exp

from explorer.core import formulas
from explorer.core.functions import argmax, positive, same, sigmoid, textbook
from explorer.core.network import ACTIVATIONS, Network
from explorer.core.program import Program


@dataclass(frozen=True)
class Line:
    """One line of a formula: a symbol and what it equals.

    Attributes
    ----------
    name : str
        The step of the program that the line computes.
    symbol : Symbol
        What stands on the left: the step, or delta<layer>_<unit> for d_z<layer>_<unit>.
    forms : tuple of Expr
        What it equals, in inputs, steps and deltas.
    values : tuple of str
        For each form the step of `NetworkView.program` that is its value as plain arithmetic has it, so NaN for 0 ln 0; empty
        where that is the line's own step.
    """

    name: str
    symbol: Symbol
    forms: tuple[Expr, ...]
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class NetworkView:
    """A network seen along two of its weights.

    Attributes
    ----------
    program : Program
        The network's program with its gradient, and further: u, any place along the first weight, and `tangent` there; with
        several outputs `class`, the greatest, from 0; `right`, 1 where the greatest softmax is that of the target, or each
        sigmoid on the target's side of 1/2; with a sigmoid output `slope_binary` and `slope_squared`, the derivatives of both
        losses of the first output by its logit, and `slope_ratio`; the values of the lines' forms, and `inline`, that of the
        loss in one line.
    layered : tuple of Line
        Each unit's z and activation, then the loss.
    backward : tuple of Line
        Each unit's delta, from the last layer to the first.
    """

    program: Program
    layered: tuple[Line, ...]
    backward: tuple[Line, ...]


@lru_cache(maxsize=64)
def network_view(network: Network, along: str) -> NetworkView:
    """Return the view of a network whose slice runs along one weight."""
    layered, backward = _layered(network), _backward(network)
    known = {Symbol(f"delta{name[3:]}"): Symbol(name) for name in (line.name for line in backward)}
    plain = {
        value: form.xreplace(known)
        for line in (*layered, *backward)
        for value, form in zip(line.values, line.forms, strict=False)
        if value != line.name
    }
    program = _program(network, along).extended({**plain, "inline": _loss_by_logits(network)})
    return NetworkView(program, layered, backward)


def quantity_of(symbol: Symbol) -> str:
    """Return the step of the program that a symbol of a Line stands for."""
    name = str(symbol.name)
    return name.replace("delta", "d_z", 1) if name.startswith("delta") else name


def weight_lines(network: Network, weights: tuple[str, ...]) -> tuple[Line, ...]:
    """Return for each weight its derivative as a textbook writes it: delta times what comes in."""
    lines = []
    for name in weights:
        layer, to, *source = map(int, name[1:].split("_"))
        below = Symbol(network.units(layer - 1)[source[0] - 1]) if source else Integer(1)
        lines.append(Line(f"d_{name}", Symbol(f"d_{name}"), (Symbol(f"delta{layer}_{to}") * below,)))
    return tuple(lines)


def unit_weights(network: Network, layer: int, unit: int) -> tuple[str, ...]:
    """Return the weights that lead into a unit, its bias last."""
    return (*(f"w{layer}_{unit}_{source}" for source in range(1, network.sizes[layer - 1] + 1)), f"b{layer}_{unit}")


def _loss_by_logits(network: Network) -> Expr:
    """The loss as plain arithmetic has it from the last layer's z on."""
    known: dict[Symbol, Expr] = {}
    for step, expr in network.program().needed(["L"]):
        if step.name[0] not in "zh":
            known[step] = textbook(expr).xreplace(known)
    return known[Symbol("L")]


def _valued(lines: list[Line], program: Program) -> tuple[Line, ...]:
    """The lines, each form with a step for its value unless it is what the program computes."""
    steps = {name.name: expr for name, expr in program.steps}
    return tuple(
        replace(
            line,
            values=tuple(line.name if f == steps[line.name] else f"{line.name}_at{k}" for k, f in enumerate(line.forms, 1)),
        )
        for line in lines
    )


@lru_cache(maxsize=64)
def _program(network: Network, along: str) -> Program:
    """Loss and gradient with the tangent along a weight, the class predicted, and whether it is right."""
    loss, u, weight, slope = Symbol("L"), Symbol("u"), Symbol(along), Symbol(f"d_{along}")
    program = network.gradient().extended({"tangent": loss + slope * (u - weight)}, inputs=(u,))
    last, outputs = network.layers[-1], [Symbol(name) for name in network.outputs]
    targets = [Symbol(name) for name in network.targets]
    if len(outputs) > 1:
        program = program.extended({"class": argmax(*outputs)})
    z = Symbol(f"z{last}_1")
    half = Rational(1, 2)
    if network.output == "softmax" and len(outputs) > 1:
        wanted = targets[0] if network.loss == "index" else argmax(*targets)
        program = program.extended({"right": same(Symbol("class"), wanted)})
    elif network.output == "sigmoid":  # each output says yes or no
        sides = (Symbol(f"z{last}_{k}") for k in range(1, len(outputs) + 1))
        program = program.extended(
            {"right": Mul(*(same(positive(a), positive(t - half)) for a, t in zip(sides, targets, strict=True)))}
        )
    if network.output == "sigmoid":
        squared = Program((z, targets[0]), ((Symbol("y"), sigmoid(z)), (loss, (Symbol("y") - targets[0]) ** 2)))
        binary = formulas.binary_cross_entropy_with_logits().gradient(["z"])
        program = program.including(binary, {"d_z": "slope_binary"}, {"z": z, "t": targets[0]})
        program = program.including(squared.gradient([z]), {f"d_{z}": "slope_squared"})
        program = program.extended({"slope_ratio": Symbol("slope_binary") / Symbol("slope_squared")})
    return program


@lru_cache(maxsize=64)
def _layered(network: Network) -> tuple[Line, ...]:
    """Each layer as lines of a textbook: logits, activations, and at the end the loss."""
    program, last = network.program(), network.layers[-1]
    steps = {name.name: expr for name, expr in program.steps}
    lines = []
    for layer in network.layers:
        every = range(1, network.sizes[layer] + 1)
        lines += [_line(f"z{layer}_{k}", steps[f"z{layer}_{k}"]) for k in every]
        if layer < last:
            lines += [
                _line(name, textbook_activation(network, Symbol(f"z{layer}_{k}")))
                for k, name in zip(every, network.units(layer), strict=True)
            ]
    z = [Symbol(f"z{last}_{k}") for k in range(1, network.sizes[-1] + 1)]
    y = [Symbol(name) for name in network.outputs]
    t = _targets(network)
    if network.output == "softmax":
        powers = [exp(z_k) for z_k in z]
        lines += [_line(y_k.name, power / Add(*powers)) for y_k, power in zip(y, powers, strict=True)]
        formula = formulas.cross_entropy(len(y))
        given = {f"p{k}": y_k for k, y_k in enumerate(y, 1)} | {f"t{k}": t_k for k, t_k in enumerate(t, 1)}
        loss = formula.inline().xreplace({formula.symbol(k): v for k, v in given.items()})
        return _valued([*lines, _line("L", loss)], program)
    lines += [_line(y_k.name, steps[y_k.name]) for y_k in y]
    binary = network.loss == "binary"
    formula = formulas.binary_cross_entropy() if binary else formulas.squared_error()
    names = ("p" if binary else "y", "t")
    whole = formula.inline()
    shares = [whole.xreplace(dict(zip(map(formula.symbol, names), pair, strict=True))) for pair in zip(y, t, strict=True)]
    loss = shares[0] if len(shares) == 1 else Add(*shares) / len(shares)
    if binary and len(shares) == 1:
        return _valued([*lines, Line("L", Symbol("L"), (loss, textbook(steps["L"])))], program)
    return _valued([*lines, _line("L", loss)], program)


def textbook_activation(network: Network, z: Symbol) -> Expr:
    """Return a hidden unit's activation of z; the sigmoid keeps its letter."""
    activation = ACTIVATIONS[network.hidden](z)
    return activation if isinstance(activation, sigmoid) else textbook(activation)


@lru_cache(maxsize=64)
def _backward(network: Network) -> tuple[Line, ...]:
    last, *hidden = reversed(network.layers)
    outputs = [
        Line(f"d_z{last}_{k}", Symbol(f"delta{last}_{k}"), (_output_delta(network, k),))
        for k in range(1, network.sizes[last] + 1)
    ]
    below = (  # computed as they are written
        Line(f"d_z{layer}_{k}", Symbol(f"delta{layer}_{k}"), (_hidden_delta(network, layer, k),))
        for layer in hidden
        for k in range(1, network.sizes[layer] + 1)
    )
    return (*_valued(outputs, network.gradient()), *below)


def _output_delta(network: Network, k: int) -> Expr:
    """d L / d z of output k."""
    y, t, count = Symbol(network.outputs[k - 1]), _targets(network), len(network.outputs)
    if network.loss == "binary":
        return (y - t[k - 1]) / count
    if network.loss == "squared":
        return 2 * (y - t[k - 1]) * (y * (1 - y) if network.output == "sigmoid" else 1) / count
    return y - t[k - 1] if network.loss == "index" else y * Add(*t) - t[k - 1]


def _hidden_delta(network: Network, layer: int, k: int) -> Expr:
    """The deltas of the layer above, by the weights that lead there, times the activation's derivative."""
    above = range(1, network.sizes[layer + 1] + 1)
    back = Add(*(Symbol(f"w{layer + 1}_{to}_{k}") * Symbol(f"delta{layer + 1}_{to}") for to in above))
    return _slope(network, Symbol(f"z{layer}_{k}"), Symbol(f"h{layer}_{k}")) * back


def _slope(network: Network, z: Symbol, h: Symbol) -> Expr:
    """The activation's derivative, in terms of h where a textbook has it so."""
    slopes: dict[str, Expr] = {
        "identity": Integer(1),
        "sigmoid": h * (1 - h),
        "tanh": 1 - h**2,
        "relu": positive(z),
        "softplus": sigmoid(z),
        "leaky relu": Rational(1, 100) + Rational(99, 100) * positive(z),
        "sin": cos(z),
    }
    return slopes[network.hidden]


def _targets(network: Network) -> list[Expr]:
    """What stands before each output's surprise: the targets, or 1 for the class that happened."""
    if network.loss == "index":
        return [same(Symbol("t1"), Integer(k - 1)) for k in range(1, len(network.outputs) + 1)]
    return [Symbol(name) for name in network.targets]


def _line(name: str, expr: Expr) -> Line:
    return Line(name, Symbol(name), (expr,))
