"""What boosting may take for the Hessian: the second derivative, or a remedy where that is 0 or negative."""

from __future__ import annotations

from sympy import Expr, Float, Integer, Symbol, exp, tanh

from explorer.core.domains import Logit
from explorer.core.functions import absolute, logsumexp, maximum
from explorer.core.objective.scores import Objective
from explorer.core.program import Program

HESSIANS = ("second derivative", "clipped", "Gauss-Newton", "absolute")
"""The first is the second derivative as it is; the others are at least a small number."""
LEAST = 1e-6
"""XGBoost's own objectives have 1e-16; with it a leaf of saturated rows without regularisation steps very far."""


def with_hessians(objective: Objective, hessian: str = HESSIANS[0], least: float = LEAST) -> tuple[Program, tuple[str, ...]]:
    """Return an objective's program with what boosting takes for the Hessian, and the names of those steps, one a raw score.

    Parameters
    ----------
    objective : Objective
    hessian : str
        One of HESSIANS. Gauss-Newton is the loss's curvature by the prediction times the squared slope of the link; a logit
        without a link is taken for one behind a logistic link, or a softmax.
    least : float
        What it is at least, above 0; without a meaning for the second derivative.

    Raises
    ------
    ValueError
        If there is no such Hessian, or least is not above 0.

    Examples
    --------
    >>> from explorer.core.losses import LOSSES
    >>> from explorer.core.objective.scores import objective
    >>> program, names = with_hessians(objective(LOSSES["absolute_error"]), "clipped", 0.5)
    >>> float(program.evaluate({"y": 3, "t": 1})[names[0]])
    0.5
    """
    if hessian not in HESSIANS:
        raise ValueError(f"hessian must be one of {', '.join(HESSIANS)}; got {hessian}.")
    if not least > 0:
        raise ValueError(f"least must be a number above 0; got {least:g}.")
    if hessian == HESSIANS[0]:
        return objective.program, objective.hessians
    made = {f"d2_{score}_used": maximum(_taken(objective, score, hessian), Float(least)) for score in objective.scores}
    return objective.program.extended(made), tuple(made)


def _taken(objective: Objective, score: str, hessian: str) -> Expr:
    second = Symbol(f"d2_{score}")
    if hessian == "Gauss-Newton":
        return second - Symbol(f"d_{score}") * _bend(objective, score)
    return absolute(second) if hessian == "absolute" else second


def _bend(objective: Objective, score: str) -> Expr:
    """The link's second derivative over its first: what the gradient adds to the second derivative by it."""
    link, z = objective.link, Symbol(score)
    if link == "identity" and all(isinstance(objective.loss.input(name).domain, Logit) for name in objective.scores):
        link = "logistic" if len(objective.scores) == 1 else "softmax"
    if link == "softmax":
        return 1 - 2 * exp(z - logsumexp(*map(Symbol, objective.scores)))
    return {"identity": Integer(0), "exp": Integer(1), "logistic": -tanh(z / 2)}[link]
