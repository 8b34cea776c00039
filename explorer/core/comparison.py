"""Losses over the same prediction as one program: what the page /losses computes.

Losses are alike if their predictions run over the same axis: a number, a score, a probability. Inputs that have one name and
one domain are one input.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

from sympy import Expr, Integer, Piecewise, Rational, S, Symbol
from sympy.logic.boolalg import BooleanFunction

from explorer.core.algebra.naming import is_short
from explorer.core.domains import Domain, Input, Labels
from explorer.core.functions import minimum, same, textbook, where, xlogy
from explorer.core.losses import Loss
from explorer.core.losses.typed import NAME, of_steps, steps_of
from explorer.core.program import Program
from explorer.core.worked import Worked, work_out

_SEED = Program((), ((Symbol("seed"), Integer(1)),), Symbol("seed"))
"""A program must have a step to begin with."""
Axis = Literal["number", "score", "probability", ""]
MOST = 5
"""How many losses stand on one axis."""
LONGEST = 64
"""The most inputs of a formula that is worked out; one of more is nothing to read."""
ALONG = "along"
"""The program's name for any place on the axis, where tangents run."""


def axis_of(loss: Loss) -> Axis:
    """Return what a loss's prediction runs over; "" if it can only stand alone."""
    targets = [loss.input(name) for name in loss.names("target")]
    if not loss.is_curve or len(targets) != 1:
        return ""
    by, target = loss.input(loss.by).domain, targets[0].domain
    if by.is_share:
        return "probability" if target.is_share or target.step >= 1 else ""
    if isinstance(target, Labels) or target.is_share:
        return "score"
    return "number" if target.step < 1 or loss.by == "y" else ""


def alike(losses: Sequence[Loss]) -> tuple[Loss, ...]:
    """Return the first losses that can stand on the axis of the first one: at most MOST, that one among them."""
    axis = axis_of(losses[0])
    if not axis:
        return (losses[0],)
    return tuple(dict.fromkeys(loss for loss in losses if axis_of(loss) == axis))[:MOST]


def name(step: str, place: int) -> str:
    """Return what a step of a loss is called: that of the first one as it is, that of the second with _2.

    Examples
    --------
    >>> name("L", 0), name("slope", 1)
    ('L', 'slope_2')
    """
    return step if place == 0 else f"{step}_{place + 1}"


@dataclass(frozen=True)
class Comparison:
    """Some losses that are alike.

    Attributes
    ----------
    losses : tuple of Loss
    scaled : bool
        Whether what is drawn is scaled: to the same curvature where prediction and target are equal, for numbers, or to the
        same value 1 in between the classes, for scores and probabilities.
    """

    losses: tuple[Loss, ...]
    scaled: bool = False

    @cached_property
    def axis(self) -> Axis:
        """What all of them run over."""
        return axis_of(self.losses[0])

    @property
    def by(self) -> str:
        """The program's name for what is predicted: the first loss's."""
        return self.losses[0].by

    @cached_property
    def _target(self) -> Input | None:
        """The target of all, which each of them takes: of labels the first ones, of numbers the fewest."""
        targets = [given for loss in self.losses for given in loss.inputs if given.role == "target"]
        if not self.axis:
            return None
        if self.axis == "number":
            return min(targets, key=lambda given: (given.domain.step < 1, -given.domain.low, not given.domain.open_low))
        return next((given for given in targets if isinstance(given.domain, Labels)), targets[0])

    @cached_property
    def _own_names(self) -> tuple[dict[str, str], ...]:
        """For each loss: its name for an input -> the program's. Two inputs of one name and different domains are two."""
        taken: dict[str, Domain] = {}
        shared = (self.by, self._target.name) if self.axis and self._target else ()
        names = []
        for loss in self.losses:
            own = {}
            for given in loss.inputs:
                if self.axis and given.name == loss.by:
                    own[given.name] = self.by
                elif self._target and given.role == "target":
                    own[given.name] = self._target.name
                else:
                    is_free = given.name not in shared and taken.setdefault(given.name, given.domain) == given.domain
                    own[given.name] = given.name if is_free else f"{given.name}_{loss.name}"
            names.append(own)
        return tuple(names)

    def own(self, place: int, input_name: str) -> str:
        """Return the program's name for an input of a loss."""
        return self._own_names[place][input_name]

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """What the program takes, each once: prediction and target first."""
        found: dict[str, Input] = {}
        for place, loss in enumerate(self.losses):
            for given in loss.inputs:
                known = self.own(place, given.name)
                shared = self._target if self._target and known == self._target.name else given
                found.setdefault(known, replace(shared, name=known))
        return tuple(found.values())

    def _given(self, place: int) -> dict[str, Expr]:
        """What stands for each input of a loss: a target in [0, 1] follows from a label of -1 or 1."""
        loss, target = self.losses[place], self._target
        given: dict[str, Expr] = {own: Symbol(known) for own, known in self._own_names[place].items()}
        for own in loss.names("target") if target else ():
            wanted, domain = loss.input(own).domain, target.domain if target else None
            if isinstance(domain, Labels) and not isinstance(wanted, Labels):
                given[own] = (given[own] - Integer(domain.low)) / Integer(domain.high - domain.low)
        return given

    def own_values(self, place: int, numbers: Mapping[str, float]) -> dict[str, float]:
        """Return what a loss's own inputs are where the program's have some numbers."""
        values = {}
        for own, expr in self._given(place).items():
            known = {symbol: numbers[symbol.name] for symbol in expr.free_symbols}
            values[own] = numbers[expr.name] if expr.is_Symbol else float(expr.subs(known))
        return values

    def _centre(self, place: int) -> dict[str, Expr]:
        """The inputs of a loss where it is scaled."""
        loss = self.losses[place]
        given = self._given(place)
        if self.axis == "number":
            given[loss.by] = given[loss.names("target")[0]]
        else:
            given[loss.by] = Rational(1, 2) if self.axis == "probability" else S.Zero
        return given

    @cached_property
    def taken(self) -> Program:
        """Losses and slopes alone, to take away: L, slope, L_2, slope_2 ..."""
        return self._with(_SEED, self._given, "L", "slope")

    def _within(self, place: int) -> dict[str, Expr]:
        """As `_given`, with NaN for a prediction that the first loss can have, and this one cannot."""
        loss, given = self.losses[place], self._given(place)
        low = loss.input(loss.by).domain.low
        if place and low > self.losses[0].input(self.by).domain.low:
            beyond = minimum(given[loss.by] - low, 0)
            given[loss.by] += xlogy(beyond, beyond)  # the logarithm of what is negative
        return given

    def _with(self, whole: Program, given: Callable[[int], dict[str, Expr]], *wanted: str) -> Program:
        """A program of the inputs with some steps of each loss, where it has them."""
        seed = replace(whole, inputs=tuple(Symbol(given.name) for given in self.inputs))
        for place, loss in enumerate(self.losses):
            own = {"L": "L", f"d_{loss.by}": "slope", f"d2_{loss.by}": "curvature"}
            steps = {
                step: name(kind, place) for step, kind in own.items() if kind in wanted and step in loss.with_slopes.symbols
            }
            seed = seed.including(loss.with_slopes, steps, given(place))
        return Program(seed.inputs, seed.steps[1:])

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """The steps of `taken` to take away."""
        return tuple(name(step, place) for place in range(len(self.losses)) for step in ("L", "slope"))

    @cached_property
    def worked(self) -> tuple[Worked, ...]:
        """Each loss with its numbers put in, stage by stage, in the inputs of the program; none of a whole mask."""
        if len(self.inputs) > LONGEST:
            return ()
        return tuple(
            work_out(Symbol("L") if self._is_typed_in_steps(place) else self.formula(place), f"v{place + 1}x")
            for place in range(len(self.losses))
        )

    def is_long(self, place: int) -> bool:
        """Whether a loss is typed, and so long that it is read and worked out step by step."""
        loss = self.losses[place]
        return loss.family == NAME and not is_short(loss.plain)

    def in_steps(self, place: int) -> bool:
        """Whether a loss is worked out step by step: it has cases, or is long."""
        loss = self.losses[place]
        has_cases = loss.shown.has(Piecewise) and len(loss.program().steps) > 1
        return has_cases or self._is_typed_in_steps(place)

    def _is_typed_in_steps(self, place: int) -> bool:
        loss = self.losses[place]
        return loss.family == NAME and (loss.shown.has(Piecewise, where) or self.is_long(place))

    def formula(self, place: int) -> Expr:
        """Return a loss as one expression in the inputs of the program, to be worked out: by cases it cannot be."""
        loss = self.losses[place]
        expr = loss.program().inline() if loss.shown.has(Piecewise) else textbook(loss.shown)
        return expr.xreplace({Symbol(own): known for own, known in self._given(place).items()})

    def steps(self, place: int) -> tuple[tuple[str, Expr], ...]:
        """Return the steps of a loss by their names in the program, in terms of the program's; one step says nothing more."""
        loss, own_L = self.losses[place], name("L", place)
        known: dict[Symbol, Expr] = {Symbol(own): expr for own, expr in self._given(place).items()}
        steps = []
        for step, expr in loss.program().steps:
            symbol = Symbol(own_L if step.name == "L" else f"{step.name}_{own_L}")
            steps.append((symbol.name, expr.xreplace(known)))
            known[step] = symbol
        return tuple(steps)

    def written(self, place: int) -> dict[str, Expr]:
        """Return the value of each step of a loss as plain arithmetic has it, so NaN for 0/0; none where it is not shown."""
        if not (self._is_typed_in_steps(place) or self.losses[place].shown.has(Piecewise)) or len(self.inputs) > LONGEST:
            return {}
        return {f"{known}_written": _plainly(expr) for known, expr in self.steps(place)}

    @cached_property
    def program(self) -> Program:
        """All that the page shows.

        Inputs: `inputs`, and ALONG, any place on the axis. Steps, those of the first loss without a number after their name:
        L, slope and, of a curve, curvature, as they are; scale; shown, shown_slope and shown_curvature, as they are drawn;
        tangent, at ALONG, of the first loss; and what is worked out.
        """
        whole = self._with(_SEED, self._within, "L", "slope", "curvature")
        for place in range(len(self.losses)):
            whole = self._with_scale(whole, place)
        tangent = Symbol("shown") + Symbol("shown_slope") * (Symbol(ALONG) - Symbol(self.by))
        whole = whole.extended({"tangent": tangent}, inputs=(Symbol(ALONG),))
        for place in range(len(self.losses)):
            whole = whole.extended(self.written(place))
        for worked in self.worked:
            whole = whole.extended(worked.steps | worked.values)
        return whole

    def _with_scale(self, whole: Program, place: int) -> Program:
        """The program with how a loss is scaled, and what is drawn of it."""
        loss, scale = self.losses[place], name("scale", place)
        if self.scaled and self.axis:
            step = f"d2_{loss.by}" if self.axis == "number" else "L"
            raw = name("raw_scale", place)
            whole = whole.including(loss.with_slopes, {step: raw}, self._centre(place))
            usable = Symbol(raw)
            whole = whole.extended({scale: 1 / (usable + same(usable, 0))})
        else:
            whole = whole.extended({scale: Integer(1)})
        steps = {"shown": "L", "shown_slope": "slope", "shown_curvature": "curvature"}
        drawn = {
            name(shown, place): Symbol(scale) * Symbol(name(step, place))
            for shown, step in steps.items()
            if name(step, place) in whole.symbols
        }
        return whole.extended(drawn)


def _plainly(expr: Expr) -> Expr:
    """A step as plain arithmetic has it; as it stands where SymPy has put comparisons of nested cases together."""
    plain = textbook(expr)
    return expr if plain.atoms(BooleanFunction) else plain


@lru_cache(maxsize=128)
def comparison(losses: tuple[Loss, ...], scaled: bool = False) -> Comparison:
    """Return losses that are alike, worked out once.

    Parameters
    ----------
    losses : tuple of Loss
        As `alike` gives them.
    scaled : bool
    """
    return Comparison(losses, scaled)


def worked_through(expr: Expr, inputs: tuple[Input, ...]) -> Program:
    """Return a typed loss's steps after all that a page does with them: in a process of its own it shows if that ever ends."""
    steps = steps_of(expr, inputs)
    shown = Comparison((of_steps(steps, expr, inputs),))
    shown.program.javascript()
    shown.taken.operations()
    return steps
