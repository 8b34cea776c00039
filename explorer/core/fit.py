"""Lines fitted to the same points, each by another loss: the line whose mean loss over the points is least."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from sympy import Expr, Integer, Symbol

from explorer.core.checks import FloatArray
from explorer.core.domains import Input, Real
from explorer.core.estimate import MOST, kind, named_parameters, parameters_of
from explorer.core.losses.spec import Loss
from explorer.core.minimum import Lowest, Minimum, locate
from explorer.core.program import Program

ACROSS = (0.0, 10.0)
"""From where to where lines run."""
HEIGHTS = (-10.0, 20.0)
"""How low and how high a line may be at both."""
START: tuple[tuple[float, float], ...] = (
    (0.5, 1.6), (1.4, 2.3), (2.2, 2.1), (3.1, 3.4), (4.0, 3.5), (4.8, 4.6), (5.7, 4.4), (6.5, 5.7), (7.4, 5.9), (8.8, 0.8),
)  # fmt: skip
"""Points on a line but for the last, an outlier."""
_X, _Y, _LEFT, _RIGHT = "fit_x", "fit_y", "left", "right"


def can_fit(loss: Loss) -> bool:
    """Whether a line may be a loss's prediction: it predicts a real number, however small."""
    return kind(loss) == "real" and all(loss.input(loss.by).domain.holds(end) for end in (*HEIGHTS, 0.0))


@dataclass(frozen=True, eq=False)  # one object for the same losses: `fit` keeps it
class Fit:
    """Up to five losses of a line, each averaged over the same points.

    Attributes
    ----------
    losses : tuple of Loss
    count : int
        Of points.
    program : Program
        Steps mean1, mean2 ... of a line by its heights left and right at the ends of ACROSS, with its slopes by those,
        mean_left1 and mean_right1; and of each line found its fit_slope1 and fit_intercept1. Inputs: left, right; the columns
        fit_x and fit_y, whose entries fit_x1, fit_y1 ... are inputs as well; the losses' parameters; and what is found: left1,
        right1, fit_least1 for each loss.
    parameters : tuple of mappings
        Of each loss: its parameter -> the input of the program.
    """

    losses: tuple[Loss, ...]
    count: int
    program: Program
    parameters: tuple[Mapping[str, Symbol], ...]

    @cached_property
    def cells(self) -> dict[str, tuple[str, ...]]:
        """Column of the data set -> the inputs that are its entries."""
        return {column: tuple(f"{column}{k}" for k in range(1, self.count + 1)) for column in (_X, _Y)}

    @cached_property
    def minima(self) -> tuple[Minimum, ...]:
        """What is found for each loss."""
        return tuple(
            Minimum(
                f"mean{k}",
                {_LEFT: HEIGHTS, _RIGHT: HEIGHTS},
                (f"mean_left{k}", f"mean_right{k}"),
                (f"left{k}", f"right{k}"),
                f"fit_least{k}",
                dots=(_X, _Y),
                across=ACROSS,
            )
            for k in range(1, len(self.losses) + 1)
        )

    @cached_property
    def inputs(self) -> dict[str, Input]:
        """Every input that is set and not found, by the program's name for it."""
        domain = Real(shown=ACROSS)
        found = {
            name: Input(name, domain, 1.0, "target", f"Point {k}: {column[-1]}")
            for column, names in self.cells.items()
            for k, name in enumerate(names, 1)
        }
        for loss, names in zip(self.losses, self.parameters, strict=True):
            found |= {names[given.name].name: given for given in parameters_of(loss)}
        return found

    def start(self) -> dict[str, float]:
        """Return a number for each input: points as START has them, and the losses' parameters as they start."""
        points = {f"{column}{k}": at[i] for k, at in enumerate(START, 1) for i, column in enumerate((_X, _Y))}
        return {name: points.get(name, given.start) for name, given in self.inputs.items()}

    def rows(self, values: Mapping[str, float]) -> dict[str, FloatArray]:
        """Return the data set: the points as columns fit_x and fit_y."""
        return {column: np.array([values[name] for name in names]) for column, names in self.cells.items()}

    def solved(self, values: Mapping[str, float]) -> FitSolved:
        """Return the line of each loss at some numbers of the inputs."""
        given = {name: float(values[name]) for name in self.inputs}
        rows = self.rows(given)
        found = [locate(self.program, minimum, given, rows) for minimum in self.minima]
        return FitSolved(self, given, rows, tuple(place for place in found if isinstance(place, Lowest)))


@dataclass(frozen=True)
class FitSolved:
    """A Fit at some numbers.

    Attributes
    ----------
    of : Fit
    given : mapping
        Input -> number, of all that is not found.
    rows : mapping
        The points as columns fit_x and fit_y, shape (count,).
    places : tuple of Lowest
        The line of each loss, by its heights at the ends of ACROSS.
    """

    of: Fit
    given: Mapping[str, float]
    rows: Mapping[str, FloatArray]
    places: tuple[Lowest, ...]

    @cached_property
    def values(self) -> dict[str, float]:
        """Every input but left, right and the columns: those given, and those found."""
        found = dict(self.given)
        for minimum, place in zip(self.of.minima, self.places, strict=True):
            found |= zip(minimum.found, (*place.at, place.value), strict=True)
        return found

    @cached_property
    def numbers(self) -> dict[str, float]:
        """The inputs of `values`, and fit_slope1, fit_intercept1, fit_slope2 ... of the lines."""
        names = [f"{name}{k}" for k in range(1, len(self.places) + 1) for name in ("fit_slope", "fit_intercept")]
        lines = Program(self.of.program.inputs_of(names), self.of.program.needed(names), Symbol(names[0]))
        found = lines.evaluate({s.name: self.values[s.name] for s in lines.inputs})
        return {**self.values, **{name: float(number) for name, number in found.items()}}

    @cached_property
    def statements(self) -> tuple[str, ...]:
        """What to say of each line; "" but where the search ended at its limits."""
        return tuple("none within the limits" if set(place.at) & set(HEIGHTS) else "" for place in self.places)


@lru_cache(maxsize=32)
def fit(losses: tuple[Loss, ...], count: int = len(START)) -> Fit:
    """Return losses of a line, each averaged over so many points.

    Raises
    ------
    ValueError
        If there is no loss or more than MOST, or one predicts no real number, or there are fewer than two points.
    """
    if not 1 <= len(losses) <= MOST:
        raise ValueError(f"A fit must have from 1 to {MOST} losses; got {len(losses)}.")
    if count < 2:
        raise ValueError(f"A line must be fitted to at least 2 points; got {count}.")
    for loss in losses:
        if not can_fit(loss):
            raise ValueError(f"A line must be fitted by a loss of a real prediction and target; got {loss.name}.")
    ends = [_LEFT, _RIGHT]
    ahead = [*ends, _X, _Y, *(f"{column}{k}" for k in range(1, count + 1) for column in (_X, _Y))]
    found = [f"{name}{k}" for k in range(1, len(losses) + 1) for name in ("left", "right", "fit_least")]
    parameters = named_parameters(losses, [*ahead, *found])
    names = dict.fromkeys(symbol for each in parameters for symbol in each.values())
    low, high = map(Integer, map(int, ACROSS))
    x, left, right = map(Symbol, (_X, *ends))
    steps = ((Symbol("share"), (x - low) / (high - low)), (Symbol("line"), left + (right - left) * Symbol("share")))
    program = Program((*map(Symbol, ahead), *names, *map(Symbol, found)), steps, Symbol("line"))
    for k, (loss, renamed) in enumerate(zip(losses, parameters, strict=True), 1):
        program = _with_line(program, loss, renamed, k)
    return Fit(losses, count, Program(program.inputs, program.steps, Symbol("mean1")), parameters)


def _with_line(program: Program, loss: Loss, renamed: Mapping[str, Symbol], k: int) -> Program:
    """A program with a loss of the line, its slopes by the line's heights, and slope and intercept of the line found."""
    sloped = loss.program().gradient([loss.by])
    (target,) = loss.names("target")
    given: dict[str, Expr] = {**renamed, loss.by: Symbol("line"), target: Symbol(_Y)}
    program = program.including(sloped, {sloped.output.name: f"mean{k}", f"d_{loss.by}": f"mean_line{k}"}, given)
    pull, share, left, right = map(Symbol, (f"mean_line{k}", "share", f"left{k}", f"right{k}"))
    low, high = map(Integer, map(int, ACROSS))
    return program.extended(
        {
            f"mean_left{k}": pull * (1 - share),
            f"mean_right{k}": pull * share,
            f"fit_slope{k}": (right - left) / (high - low),
            f"fit_intercept{k}": left - low * Symbol(f"fit_slope{k}"),
        }
    )
