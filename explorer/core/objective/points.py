"""A pasted formula beside the loss's own, at points of the whole domain and where formulas break."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from sympy import Expr, Symbol, log

from explorer.core.algebra.stable import stable
from explorer.core.checks import FloatArray
from explorer.core.domains import Inputs, Logit
from explorer.core.functions import textbook
from explorer.core.objective.scores import LINKS, Objective
from explorer.core.program import Program

POINTS = 240
"""At how many points both are compared."""
ENOUGH = 12
"""The fewest points at which both have a value, to say anything."""
EXACT = 1e-7
"""How near two numbers are that count as the same, relative to the larger of them."""
FAINT = 1e-9
"""How near relative to the largest of all."""
LARGE = 1e3
"""How many times the usual number the largest counts for at most: e^(e^z) has a largest beside which all else is faint."""
WIDE = 6.0
"""How far a raw score is drawn."""


@dataclass(frozen=True)
class Points:
    """One formula beside the loss's own, at points of the whole domain.

    Attributes
    ----------
    own : Objective
    formula : Expr
        In the objective's inputs and predictions.
    what : str
        What it is said to be: "gradient" or "Hessian".
    only_labels : bool
        Whether targets between 0 and 1 are 0 or 1 at every point.
    settled : mapping
        Parameter -> its number, where the formula has one of its own.
    """

    own: Objective
    formula: Expr
    what: str
    only_labels: bool = field(default=False)
    settled: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def at(self) -> dict[str, FloatArray]:
        """Points, mostly moderate; a target between 0 and 1 is also 0 or 1."""
        random = np.random.default_rng(20)
        points: dict[str, FloatArray] = {}
        groups: dict[str, list[str]] = {}
        for given in self.own.inputs:
            groups.setdefault(given.group or given.name, []).append(given.name)
        inputs = {given.name: given for given in self.own.inputs}
        for entries in groups.values():
            domain = inputs[entries[0]].domain
            drawn = domain.moderate(random, POINTS, len(entries))
            if entries[0] in self.own.scores and np.isinf(domain.low) and np.isinf(domain.high):
                drawn = random.uniform(-WIDE, WIDE, drawn.shape)
                drawn[: POINTS // 3] /= WIDE
            if inputs[entries[0]].role == "target" and domain.is_share:
                some = slice(None) if self.only_labels else slice(None, None, 3)
                drawn[some] = _labels(drawn[some])
            points |= dict(zip(entries, drawn.T, strict=True))
        return self._beside_targets(points) | {name: np.full(POINTS, value) for name, value in self.settled.items()}

    def _beside_targets(self, points: dict[str, FloatArray]) -> dict[str, FloatArray]:
        """The points, some with the prediction next to the target, where approximations of a kink are found out."""
        targets, scores = self.own.loss.names("target"), self.own.scores
        domain = self.own.inputs[0].domain
        if len(targets) == len(scores) == 1 and self.own.link == "identity" and not isinstance(domain, Logit):
            few = slice(None, None, 20)
            near = points[targets[0]][few] + np.geomspace(1e-4, 0.3, POINTS)[few] * np.where(np.arange(POINTS)[few] % 2, 1, -1)
            points[scores[0]][few] = np.where(np.vectorize(domain.holds)(near), near, points[scores[0]][few])
        return points

    @cached_property
    def links(self) -> str:
        """The link that a fault is about: the objective's own, or of a loss of logits the one within."""
        if self.own.link != "identity":
            return self.own.link
        by = self.own.inputs[0].domain
        return ("softmax" if len(self.own.scores) > 1 else "logistic") if isinstance(by, Logit) else ""

    def values(self, expr: Expr, at: Mapping[str, FloatArray] | None = None, *, plain: bool = False) -> FloatArray:
        """Return an expression at the points, or at others, shape (points,): in stable functions, or plain as it is written."""
        inputs = tuple(Symbol(given.name) for given in self.own.inputs)
        whole = expr.xreplace({Symbol(name): known for name, known in self.own.predicted.items()})
        whole = textbook(whole) if plain else stable(whole, Inputs(self.own.inputs))
        found = Program(inputs, ((Symbol("formula_value"), whole),), Symbol("formula_value")).evaluate(
            self.at if at is None else at
        )
        count = len(next(iter((self.at if at is None else at).values())))
        return np.asarray(np.broadcast_to(found["formula_value"], count), dtype=np.float64)

    def truth(self, order: int, at: Mapping[str, FloatArray] | None = None) -> FloatArray:
        """Return the loss's own gradient (order 1) or Hessian (order 2) by the first raw score, shape (points,)."""
        name = (self.own.gradients if order == 1 else self.own.hessians)[0]
        given = self.at if at is None else at
        found = self.own.program.evaluate(given, [name])[name]
        return np.asarray(np.broadcast_to(found, len(next(iter(given.values())))), dtype=np.float64)

    def by_prediction(self, order: int) -> FloatArray | None:
        """Return slope or curvature by the prediction itself, where a link stands between."""
        if self.own.link == "identity":
            return self._by_probability(order) if self.links == "logistic" else None
        program = self.own.by_prediction
        name = f"{'d_' if order == 1 else 'd2_'}{self.own.loss.by}"
        if name not in program.symbols:
            return None
        at = dict(self.at)
        for prediction, expr in self.own.predicted.items():
            at[prediction] = self.values(expr)
        at = {given.name: at[given.name] for given in self.own.loss.inputs}
        return np.broadcast_to(program.evaluate(at, [name])[name], POINTS)

    def linked(self) -> dict[str, FloatArray] | None:
        """The points with the link taken of the raw scores once more."""
        if not self.links:
            return None
        scores = tuple(Symbol(name) for name in self.own.scores)
        made = LINKS[self.links](scores)
        return dict(self.at) | {s.name: self.values(expr) for s, expr in zip(scores, made, strict=True)}

    def unlinked(self) -> dict[str, FloatArray] | None:
        """The points at which the raw scores, taken for predictions, would be theirs: NaN where they are none."""
        if not self.links:
            return None
        back = {"logistic": lambda p: log(p / (1 - p)), "exp": log, "softmax": log}[self.links]
        moved = {}
        for name in self.own.scores:
            inside = (self.at[name] > 0) & ((self.at[name] < 1) | (self.links == "exp"))
            with np.errstate(all="ignore"):
                moved[name] = np.where(inside, self.values(back(Symbol(name)), plain=True), np.nan)
        return dict(self.at) | moved

    @cached_property
    def slope_of_link(self) -> FloatArray | None:
        """The slope of the link, or of the sigmoid that a loss of logits has within; None of others."""
        if self.links not in ("logistic", "exp"):
            return None
        score = Symbol(self.own.scores[0])
        return self.values(LINKS[self.links]((score,))[0].diff(score))

    def _by_probability(self, order: int) -> FloatArray:
        """Slope or curvature of a loss of logits by the probability within."""
        p = self.values(LINKS["logistic"]((Symbol(self.own.scores[0]),))[0])
        with np.errstate(all="ignore"):
            if order == 1:
                return np.asarray(self.truth(1) / (p * (1 - p)))
            return np.asarray((self.truth(2) - self.truth(1) * (1 - 2 * p)) / (p * (1 - p)) ** 2)

    def by_mistaken(self, order: int, unlinked: Mapping[str, FloatArray]) -> FloatArray | None:
        """Slope or curvature by the prediction where the raw score is taken for it."""
        if self.links not in ("logistic", "exp"):
            return None
        p = self.at[self.own.scores[0]]
        with np.errstate(all="ignore"):
            slope, bend = (p * (1 - p), 1 - 2 * p) if self.links == "logistic" else (p, np.ones_like(p))
            if order == 1:
                return np.asarray(self.truth(1, unlinked) / slope)
            return np.asarray((self.truth(2, unlinked) - self.truth(1, unlinked) * bend) / slope**2)

    def is_same(self, one: FloatArray, other: FloatArray | None) -> bool:
        """Whether two arrays, shape (points,), are the same wherever both have a value."""
        if other is None:
            return False
        both = np.isfinite(one) & np.isfinite(other)
        if both.sum() < ENOUGH:
            return False
        near = EXACT * np.maximum(np.abs(one[both]), np.abs(other[both])) + faint(other[both])
        return bool(np.all(np.abs(one[both] - other[both]) <= near))

    def factor(self, one: FloatArray, other: FloatArray) -> float:
        """Return the constant c of one = c other, arrays of shape (points,); NaN if there is none."""
        use = np.isfinite(one) & np.isfinite(other)
        use &= np.abs(other) > faint(other[use])
        if use.sum() < ENOUGH:
            return float("nan")
        constant = float(np.median(one[use] / other[use]))
        return constant if np.isfinite(constant) and constant and self.is_same(one, constant * other) else float("nan")

    def worst(self, found: FloatArray, expected: FloatArray, among: FloatArray | None = None) -> int:
        """Return at which point both differ most, relative to their size."""
        with np.errstate(all="ignore"):
            gap = np.abs(found - expected) / (np.abs(found) + np.abs(expected) + 1e-12)
        usable = np.isfinite(gap) if among is None else np.isfinite(gap) & among
        return int(np.argmax(np.where(usable, gap, -1.0)))

    def hole(self, order: int) -> tuple[dict[str, FloatArray], FloatArray, FloatArray] | None:
        """A point, drawn or at an edge, where the formula as it is written has no value though the loss's own has."""
        for at in (self.at, *self.edges()):
            own, found = self.truth(order, at), self.values(self.formula, at, plain=True)
            if len(holes := np.flatnonzero(np.isfinite(own) & ~np.isfinite(found))):
                place = holes[0]
                return (
                    {name: numbers[place : place + 1] for name, numbers in at.items()},
                    found[place : place + 1],
                    own[place : place + 1],
                )
        return None

    def edges(self) -> Iterator[dict[str, FloatArray]]:
        """Points where formulas break: score 0, score and target equal, and the edges of predictions."""
        start = {given.name: np.array([given.start]) for given in self.own.inputs}
        score = self.own.scores[0]
        yield start | {score: np.array([0.0])} if self.own.inputs[0].domain.holds(0.0) else start
        for name in self.own.loss.names("target"):
            if self.own.inputs[0].domain.holds(float(start[name][0])):
                yield start | {score: start[name]}

    def moved(self, at: Mapping[str, FloatArray]) -> Points:
        """Return the same at other points."""
        other = replace(self)
        other.__dict__["at"] = at
        return other


def faint(numbers: FloatArray) -> float:
    """Return the size up to which a number is as good as 0 beside some finite ones, shape (n,)."""
    sizes = np.abs(numbers[numbers != 0])
    return FAINT * float(min(sizes.max(), LARGE * np.median(sizes))) if sizes.size else 0.0


def _labels(shares: FloatArray) -> FloatArray:
    """Return targets of nothing but 0 and 1: the nearest ones, of several classes a 1 at the largest."""
    classes = shares.shape[1]
    return np.round(shares) if classes == 1 else np.eye(classes)[shares.argmax(axis=1)]
