"""The Program behind /objective: loss, gradient and Hessian by the raw score, and the weight of a leaf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sympy import Abs, Add, DiracDelta, Expr, Heaviside, Max, Min, Piecewise, S, Symbol, exp, log, preorder_traversal

from explorer.core.functions import StableFunction, absolute, maximum, signum
from explorer.core.functions.written import tidy
from explorer.core.objective import Objective
from explorer.core.objective.exports import HESSIANS, with_hessians
from explorer.core.program import Program
from explorer.views.objective.fields import LEAST, PULL

REMEDIES = {name: (f"h{k}_taken", f"h{k}_leaf") for k, name in enumerate(HESSIANS)}
"""Hessian -> the steps that are its number, and the leaf value that it makes."""
LARGEST, LONGEST, TIDY = 70, 200, 45
"""The most parts of a formula that is written as one line, of one that is worked on for that, and of one that is factored."""


@dataclass(frozen=True)
class Shown:
    """An objective as the page shows it."""

    objective: Objective

    @property
    def slope(self) -> str:
        """The step of the gradient by the first raw score."""
        return self.objective.gradients[0]

    @property
    def bend(self) -> str:
        """The step of the Hessian's first entry."""
        return self.objective.hessians[0]

    @cached_property
    def predictions(self) -> Mapping[str, str]:
        """Prediction -> the step that it is; none without a link."""
        own = self.objective
        taken = {symbol.name for symbol, _ in own.program.steps}
        return {} if own.link == "identity" else {name: f"{name}_linked" if name in taken else name for name in own.predicted}

    @property
    def loss(self) -> Expr:
        """The loss by the predictions, as the program calls them."""
        return self.objective.loss.shown.xreplace({Symbol(name): Symbol(step) for name, step in self.predictions.items()})

    @cached_property
    def written(self) -> Mapping[str, Expr]:
        """Gradient and Hessian by the predictions as a textbook has them, by the chain rule; none that is long."""
        names = self.predictions or {name: name for name in self.objective.loss.predictions}
        by = [Symbol(step) for step in names.values()]
        slopes = _slopes(self.objective.link, by)
        found: dict[str, Expr] = {}
        expr = self.loss.replace(Abs, absolute)
        for step in (self.slope, self.bend):
            if _size(expr) > LONGEST or expr.has(Max, Min, Heaviside):
                break
            expr = Add(*(expr.diff(symbol) * slope for symbol, slope in zip(by, slopes, strict=True)))
            expr = expr if expr.has(Piecewise) else _shorter(expr)
            if _size(expr) <= LARGEST and not expr.has(DiracDelta):
                found[step] = expr
        return found

    @cached_property
    def program(self) -> Program:
        """Loss, predictions, gradient, Hessian, what they are as they are written, and one row's leaf."""
        own = self.objective
        steps: dict[str, Expr] = {step: own.predicted[name] for name, step in self.predictions.items()}
        slope, bend = Symbol(self.slope), Symbol(self.bend)
        is_flat = dict(own.program.steps)[bend].is_zero
        steps["newton"] = signum(-slope) * S.Infinity if is_flat else -slope / bend
        if not own.loss.shown.has(Piecewise):
            steps["L_written"] = self.loss
        steps |= {f"{step}_written": expr for step, expr in self.written.items() if not expr.has(Piecewise)}
        return own.program.extended(steps)

    @cached_property
    def with_remedies(self) -> Program:
        """The same with each Hessian that boosting may take, and the leaf that it makes."""
        own = self.objective
        slope, least = Symbol(self.slope), exp(log(10) * Symbol(LEAST.name))
        steps: dict[str, Expr] = {}
        for name, (taken, leaf) in REMEDIES.items():
            steps[taken] = self._taken(name, least)
            steps[leaf] = -slope / (Symbol(taken) + Symbol(PULL.name))
        return own.program.extended(steps, inputs=(Symbol(LEAST.name), Symbol(PULL.name)))

    def _taken(self, name: str, least: Expr) -> Expr:
        """What boosting takes for the Hessian."""
        if name == HESSIANS[0]:
            return Symbol(self.bend)
        program, (first, *_) = with_hessians(self.objective, name)
        inside = dict(program.steps)[Symbol(first)].args[0]
        return maximum(inside, least)


def _slopes(link: str, by: list[Symbol]) -> list[Expr]:
    """The slope of each prediction by the first raw score, in the predictions."""
    first = by[0]
    if link == "softmax":
        return [(int(one == first) - first) * one for one in by]
    return [{"identity": S.One, "logistic": first * (1 - first), "exp": first}[link], *[S.Zero] * (len(by) - 1)]


def _shorter(expr: Expr) -> Expr:
    """The shortest of some ways to write an expression."""
    ways = [expr]
    if _size(expr) <= LONGEST:
        ways.append(expr.expand())
        ways += [tidy(way) for way in ways if _size(way) <= TIDY and not way.has(StableFunction)]
    return min(ways, key=_size)


def _size(expr: Expr) -> int:
    return sum(1 for _ in preorder_traversal(expr))


@lru_cache(maxsize=64)
def shown(objective: Objective) -> Shown:
    """Return an objective as the page shows it."""
    return Shown(objective)
