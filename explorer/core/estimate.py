"""Up to five losses of one constant, averaged over the same targets, and the constant at which each mean is least.

The targets are dots on an axis; of two classes they are ones and zeros, and a rate of ones says all. `statistics` says what the
constants found are: a mean, a median ...
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np
from sympy import Expr, Integer, Symbol

from explorer.core.checks import FloatArray
from explorer.core.domains import Input, Labels, Probability, Real
from explorer.core.functions import xmuly
from explorer.core.losses.spec import Loss
from explorer.core.minimum import Least, Minimum, locate
from explorer.core.program import Program

Kind = Literal["real", "probability", "score"]
"""What the constant is: a real number among such targets, or of two classes a probability or a score, such as a logit."""
MOST = 5
"""How many losses are compared at most."""
AXES: dict[Kind, tuple[float, float]] = {"real": (0.0, 10.0), "probability": (0.0, 1.0), "score": (-4.0, 4.0)}
"""Over what constants go."""
LEAST_POSITIVE = 0.05
"""Where the axis begins if a loss takes no 0."""
RATE = Input("rate", Probability(), 0.7, "target", "Rate of ones")
STARTS: dict[str, tuple[float, ...]] = {
    "skewed": (0.4, 0.9, 1.1, 1.6, 2.0, 2.7, 3.4, 5.2, 9.1),
    "two heaps": (1.2, 1.6, 2.0, 2.5, 7.0, 7.4, 7.9, 8.3),
    "an outlier": (3.0, 3.4, 3.7, 4.0, 4.2, 4.6, 9.6),
    "even": (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0),
}
"""Dots to begin with, by their name."""
_CONSTANT, _TARGET = "m", "t"


def kind(loss: Loss) -> Kind | None:
    """Return of which kind the constant is that a loss estimates; None if it predicts or is given more than one number."""
    if not loss.is_curve or len(loss.names("target")) != 1:
        return None
    target = loss.input(loss.names("target")[0]).domain
    if not (target.is_share or isinstance(target, Labels) or (target.low, target.high) == (0, 1)):
        return "real"
    return "probability" if loss.input(loss.by).domain.is_share else "score"


def together(losses: Sequence[Loss], wanted: Kind) -> tuple[Loss, ...]:
    """Return those losses that estimate a constant of a kind, at most MOST."""
    return tuple(loss for loss in losses if kind(loss) == wanted)[:MOST]


def named_parameters(losses: Sequence[Loss], taken: Sequence[str] = ()) -> tuple[dict[str, Symbol], ...]:
    """Return for each loss: its parameter -> its symbol in a program of all.

    One symbol stands for those of the same name and domain. Else, or where a name is taken, the loss's name is added.
    """
    known: dict[str, Input] = {}
    found = []
    for loss in losses:
        names = {}
        for given in parameters_of(loss):
            name = given.name
            if name in taken or known.setdefault(name, given).domain != given.domain:
                name = f"{name}_{loss.name}"
            known.setdefault(name, given)
            names[given.name] = Symbol(name)
        found.append(names)
    return tuple(found)


def parameters_of(loss: Loss) -> tuple[Input, ...]:
    """Return the inputs of a loss that are neither what it predicts nor a target."""
    return tuple(given for given in loss.inputs if given.role in ("parameter", "weight"))


@dataclass(frozen=True, eq=False)  # one object for the same losses: `estimate` keeps it
class Estimate:
    """Up to five losses of a constant m, each averaged over the same targets.

    Attributes
    ----------
    losses : tuple of Loss
        All of one kind.
    kind : Kind
    count : int
        Of dots; 0 unless targets are real.
    program : Program
        Steps mean1, mean2 ... and slope1, slope2 ... by m. Inputs: m; t, a column whose entries t1, t2 ... are inputs as well,
        or rate; the losses' parameters; and what is found: best1, least1, from1, to1 for each loss.
    parameters : tuple of mappings
        Of each loss: its parameter -> the input of the program.
    """

    losses: tuple[Loss, ...]
    kind: Kind
    count: int
    program: Program
    parameters: tuple[Mapping[str, Symbol], ...]

    @cached_property
    def axis(self) -> tuple[float, float]:
        """Over what the constant runs, and dots may lie."""
        low, high = AXES[self.kind]
        domains = [given.domain for loss in self.losses for given in loss.inputs if given.role in ("prediction", "target")]
        if self.kind == "real" and not all(domain.holds(0.0) for domain in domains):
            return LEAST_POSITIVE, high
        return low, high

    @cached_property
    def dots(self) -> tuple[str, ...]:
        """The inputs that are dots."""
        return tuple(f"{_TARGET}{k}" for k in range(1, self.count + 1))

    @cached_property
    def cells(self) -> dict[str, tuple[str, ...]]:
        """Column of the data set -> the inputs that are its entries."""
        return {_TARGET: self.dots} if self.count else {}

    @cached_property
    def minima(self) -> tuple[Minimum, ...]:
        """What is found for each loss."""
        return tuple(
            Minimum(
                f"mean{k}",
                {_CONSTANT: self.axis},
                (f"slope{k}",),
                (f"best{k}",),
                f"least{k}",
                (f"from{k}", f"to{k}"),
                tuple(self.cells),
            )
            for k in range(1, len(self.losses) + 1)
        )

    @cached_property
    def inputs(self) -> dict[str, Input]:
        """Every input that is set and not found, by the program's name for it."""
        low, high = self.axis
        domain = Real(shown=(low, high))
        found = {name: Input(name, domain, 1.0, "target", f"Dot {k}") for k, name in enumerate(self.dots, 1)}
        found |= {} if self.count else {RATE.name: RATE}
        for loss, names in zip(self.losses, self.parameters, strict=True):
            found |= {names[given.name].name: given for given in parameters_of(loss)}
        return found

    def start(self, name: str) -> dict[str, float]:
        """Return a number for each input: dots as STARTS has them, or the rate; and the losses' parameters as they start."""
        dots = dict(zip(self.dots, STARTS.get(name, ()), strict=False))
        return {given: dots.get(given, one.start) for given, one in self.inputs.items()}

    def rows(self, values: Mapping[str, float]) -> dict[str, FloatArray]:
        """Return the data set: the dots as a column."""
        return {column: np.array([values[name] for name in names]) for column, names in self.cells.items()}

    def solved(self, values: Mapping[str, float]) -> Solved:
        """Return where each loss is least at some numbers of the inputs."""
        given = {name: float(values[name]) for name in self.inputs}
        rows = self.rows(given)
        found = [locate(self.program, minimum, given, rows) for minimum in self.minima]
        return Solved(self, given, rows, tuple(place for place in found if isinstance(place, Least)))


@dataclass(frozen=True)
class Solved:
    """An Estimate at some numbers.

    Attributes
    ----------
    of : Estimate
    given : mapping
        Input -> number, of all that is not found.
    rows : mapping
        The dots as a column, shape (count,).
    places : tuple of Least
        Where each loss is least.
    """

    of: Estimate
    given: Mapping[str, float]
    rows: Mapping[str, FloatArray]
    places: tuple[Least, ...]

    @cached_property
    def values(self) -> dict[str, float]:
        """Every input but m and t: those given, and those found."""
        found = dict(self.given)
        for minimum, place in zip(self.of.minima, self.places, strict=True):
            found |= zip(minimum.found, (place.at, place.value, place.start, place.end), strict=True)
        return found

    def parameters(self, k: int) -> tuple[tuple[str, float], ...]:
        """Return the parameters of a loss by its own names, with their numbers."""
        return tuple((name, self.given[symbol.name]) for name, symbol in self.of.parameters[k].items())


@lru_cache(maxsize=256)
def estimate(losses: tuple[Loss, ...], count: int = 0) -> Estimate:
    """Return losses of one kind, each averaged over so many dots, or of two classes over ones and zeros.

    Raises
    ------
    ValueError
        If there is none, or more than MOST, or one estimates no constant or one of another kind.
    """
    if not 1 <= len(losses) <= MOST:
        raise ValueError(f"An estimate must have from 1 to {MOST} losses; got {len(losses)}.")
    kinds = [kind(loss) for loss in losses]
    first = kinds[0]
    for loss, its in zip(losses, kinds, strict=True):
        if its is None:
            raise ValueError(f"A loss must predict one number for one target; got {loss.name}.")
        if its != first:
            raise ValueError(f"Losses must all be of a {first} prediction; got {loss.name} of a {its} one.")
    if first is None:  # so that a type checker knows
        raise ValueError("A loss must predict one number for one target.")
    if first == "real" and not count:
        raise ValueError("A loss of real targets must have dots; got 0 of them.")
    dots = [f"{_TARGET}{k}" for k in range(1, count + 1)] if first == "real" else []
    found = [f"{name}{k}" for k in range(1, len(losses) + 1) for name in ("best", "least", "from", "to")]
    ahead = [_CONSTANT, *([_TARGET, *dots] if dots else [RATE.name])]
    parameters = named_parameters(losses, [*ahead, *found])
    names = dict.fromkeys(symbol for each in parameters for symbol in each.values())
    inputs = (*map(Symbol, ahead), *names, *map(Symbol, found))
    program = Program(inputs, ((Symbol("ready"), Integer(1)),), Symbol("ready"))
    for k, (loss, renamed) in enumerate(zip(losses, parameters, strict=True), 1):
        program = _with_mean(program, loss, renamed, k, in_rows=bool(dots))
    steps = program.steps[1:]
    return Estimate(losses, first, len(dots), Program(inputs, steps, Symbol("mean1")), parameters)


def _with_mean(program: Program, loss: Loss, renamed: Mapping[str, Symbol], k: int, *, in_rows: bool) -> Program:
    """A program with a loss's mean and its slope by the constant, as steps mean<k> and slope<k>."""
    sloped = loss.program().gradient([loss.by])
    (target,) = loss.names("target")
    given: dict[str, Expr] = {**renamed, loss.by: Symbol(_CONSTANT)}
    output, slope = sloped.output.name, f"d_{loss.by}"
    if in_rows:
        return program.including(sloped, {output: f"mean{k}", slope: f"slope{k}"}, {**given, target: Symbol(_TARGET)})
    domain, rate = loss.input(target).domain, Symbol(RATE.name)
    for name, label in (("one", domain.high), ("zero", domain.low)):
        names = {output: f"{name}{k}", slope: f"d_{name}{k}"}
        program = program.including(sloped, names, {**given, target: Integer(int(label))})
    return program.extended(
        {
            step: xmuly(rate, Symbol(f"{before}one{k}")) + xmuly(1 - rate, Symbol(f"{before}zero{k}"))
            for step, before in ((f"mean{k}", ""), (f"slope{k}", "d_"))
        }
    )
