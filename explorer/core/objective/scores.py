"""A loss by its raw score: what boosting and a last layer without activation are trained by.

The raw score (margin) is what a model gives before the link: a prediction is link(score).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sympy import Expr, Piecewise, Symbol, exp

from explorer.core.algebra.layering import layered
from explorer.core.algebra.stable import stable
from explorer.core.domains import Input, Inputs, Logit, Real
from explorer.core.functions import logsumexp, sigmoid
from explorer.core.losses.spec import Loss
from explorer.core.program import Program

Link = Callable[[tuple[Expr, ...]], tuple[Expr, ...]]
"""Raw scores -> predictions."""


def _softmax(scores: tuple[Expr, ...]) -> tuple[Expr, ...]:
    whole = logsumexp(*scores)
    return tuple(exp(score - whole) for score in scores)


LINKS: dict[str, Link] = {
    "identity": lambda scores: scores,
    "logistic": lambda scores: tuple(sigmoid(score) for score in scores),
    "softmax": _softmax,
    "exp": lambda scores: tuple(exp(score) for score in scores),
}
"""Link -> what it makes of raw scores; softmax of all of a vector together."""


@dataclass(frozen=True)
class Objective:
    """A loss by its raw scores.

    Attributes
    ----------
    loss : Loss
    link : str
        One of LINKS.
    """

    loss: Loss
    link: str = "identity"

    def __post_init__(self) -> None:
        """Check that the link takes these predictions."""
        if self.link not in LINKS:
            raise ValueError(f"link must be one of {', '.join(LINKS)}; got {self.link}.")
        if self.link == "softmax" and len(self.loss.predictions) < 2:
            raise ValueError(f"softmax must have the predictions of at least 2 classes; {self.loss.title} has 1.")

    @cached_property
    def scores(self) -> tuple[str, ...]:
        """The raw scores' names, in the order of the predictions: those themselves where nothing stands between."""
        predictions = self.loss.predictions
        if self.link == "identity":
            return predictions
        taken = {given.name.rstrip("0123456789") for given in self.loss.inputs}
        letter = next(letter for letter in ("z", "f", "score", "raw_score") if letter not in taken)
        return (letter,) if len(predictions) == 1 else tuple(f"{letter}{k}" for k in range(1, len(predictions) + 1))

    @cached_property
    def predicted(self) -> dict[str, Expr]:
        """Prediction -> what the link makes of the raw scores."""
        made = LINKS[self.link](tuple(map(Symbol, self.scores)))
        return dict(zip(self.loss.predictions, made, strict=True))

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """What the program takes: the raw scores, then all other inputs of the loss."""
        if self.link == "identity":
            return self.loss.inputs
        group = self.scores[0].rstrip("0123456789") if len(self.scores) > 1 else ""
        domain = Logit() if self.link in ("logistic", "softmax") else Real()
        starts = (1.0, 0.0, -1.0, 0.5)
        scores = tuple(
            Input(name, domain, starts[k % len(starts)], "prediction", f"Raw score {name}", group)
            for k, name in enumerate(self.scores)
        )
        return (*scores, *(given for given in self.loss.inputs if given.role != "prediction"))

    @cached_property
    def program(self) -> Program:
        """L, and for each raw score gradient and diagonal Hessian: d_<score> and d2_<score>."""
        if self.link == "identity" and self.loss.is_curve:
            return self.loss.with_slopes
        whole = self.value.gradient(self.scores)
        for score in self.scores:
            whole = whole.gradient([score], of=f"d_{score}", prefix="d2_" if len(self.scores) == 1 else f"d2{score}_")
        return whole if len(self.scores) == 1 else _renamed(whole, {f"d2{s}_{s}": f"d2_{s}" for s in self.scores})

    @cached_property
    def value(self) -> Program:
        """The loss by the raw scores, in stable functions."""
        inputs = tuple(Symbol(given.name) for given in self.inputs)
        if self.link == "identity":
            return self.loss.program()
        known = {Symbol(name): expr for name, expr in self.predicted.items()}
        if self.loss.plain.has(Piecewise):  # its cases stand in its steps, as stable functions
            return _substituted(self.loss.program(), known, inputs)
        own = layered(stable(self.loss.plain.xreplace(known), Inputs(self.inputs))).program
        return Program(inputs, own.steps, own.output)

    @property
    def gradients(self) -> tuple[str, ...]:
        """The program's steps d loss / d score, in the order of the scores."""
        return tuple(f"d_{score}" for score in self.scores)

    @property
    def hessians(self) -> tuple[str, ...]:
        """The program's steps d² loss / d score², the diagonal of the Hessian."""
        return tuple(f"d2_{score}" for score in self.scores)

    @property
    def by_prediction(self) -> Program:
        """The loss with its slope and curvature by the prediction itself: the well-known other quantity."""
        sloped, slope = self.loss.with_slopes, f"d_{self.loss.by}"
        known = {"d2_" + self.loss.by, slope} & set(sloped.symbols)
        return sloped.gradient([self.loss.by], of=slope, prefix="d2_") if known == {slope} else sloped


@lru_cache(maxsize=64)
def objective(loss: Loss, link: str = "identity") -> Objective:
    """Return a loss by its raw scores.

    Parameters
    ----------
    loss : Loss
    link : str
        What makes predictions of raw scores: one of LINKS.

    Raises
    ------
    ValueError
        If there is no such link, or it does not take these predictions.

    Examples
    --------
    >>> from explorer.core.losses import LOSSES
    >>> trained = objective(LOSSES["binary_cross_entropy"], "logistic")
    >>> {name: round(float(value), 4) for name, value in trained.program.evaluate({"z": -2, "t": 1}).items()}
    {'L': 2.1269, 'd_z': -0.8808, 'd2_z': 0.105}
    """
    return Objective(loss, link)


def _substituted(program: Program, known: dict[Symbol, Expr], inputs: tuple[Symbol, ...]) -> Program:
    return Program(inputs, tuple((name, expr.xreplace(known)) for name, expr in program.steps), program.output)


def _renamed(program: Program, names: dict[str, str]) -> Program:
    known = {Symbol(old): Symbol(new) for old, new in names.items()}
    steps = tuple((known.get(name, name), expr.xreplace(known)) for name, expr in program.steps)
    return Program(program.inputs, steps, program.output)
