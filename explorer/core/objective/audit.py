"""Whether a hand-written gradient and Hessian are those of a loss by its raw score, and if not, which known fault they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product

from sympy import Expr

from explorer.core.checks import FloatArray
from explorer.core.losses.spec import Loss
from explorer.core.objective.faults import Judged, of_gradient, of_hessian
from explorer.core.objective.pasted import Pasted, named, synonyms, written
from explorer.core.objective.points import Points
from explorer.core.objective.scores import Objective, objective

MOST_SETTLED, MOST_NUMBERS = 2, 6
"""Of how many parameters numbers are sought in a formula, and among how many numbers each."""
MAXIMISED = "CatBoost is given the slopes of what is to become large, so both are taken with their sign turned. "


@dataclass(frozen=True)
class Audit:
    """What was found of a gradient, and of a Hessian if one was given."""

    objective: Objective
    gradient: Judged
    hessian: Judged | None


def audit(loss: Loss, gradient: str, hessian: str | None = None, *, link: str = "identity") -> Audit:
    """Compare a hand-written gradient and Hessian with those of a loss by its raw score.

    Parameters
    ----------
    loss : Loss
    gradient : str
        An expression in the raw score (z, or of the identity the prediction itself), the prediction, the target and the
        parameters; of a vector that of the first score. Or the body of a Python function, which may return both.
    hessian : str, optional
        Likewise, d² loss / d score².
    link : str
        What makes a prediction of the raw score: identity, logistic, softmax or exp.

    Raises
    ------
    ValueError
        If a formula cannot be read or has a symbol that the loss does not, or the link does not fit.

    Examples
    --------
    >>> from explorer.core.losses import LOSSES
    >>> audit(LOSSES["squared_error"], "2*(t - y)", "2").gradient.verdict
    'sign'
    """
    own = objective(loss, link)
    texts = _written(own, gradient, hessian)
    known = _formulas(own, texts)
    settled = _settled(own, texts, known)
    turned = any(text.turned for text in texts)
    judged = [of_gradient(Points(own, known[0], "gradient", settled=settled))]
    judged += [of_hessian(Points(own, known[1], "Hessian", settled=settled))] if len(known) > 1 else []
    slope, *curvature = [replace(one, because=MAXIMISED + one.because) if turned else one for one in judged]
    return Audit(own, slope, curvature[0] if curvature else None)


def formulas(own: Objective, gradient: str, hessian: str | None = None) -> list[Expr]:
    """Return a gradient, and a Hessian if there is one, as expressions in the objective's inputs and predictions.

    Raises ValueError as `audit` does.
    """
    return _formulas(own, _written(own, gradient, hessian))


def _written(own: Objective, gradient: str, hessian: str | None) -> list[Pasted]:
    """What somebody has written of both."""
    targets = own.loss.names("target") or ("",)
    return [written(text, own.scores, targets) for text in (gradient, hessian) if text is not None]


def _formulas(own: Objective, texts: list[Pasted]) -> list[Expr]:
    """The gradient, and the Hessian: of its own text the last that it returns."""
    target = next(iter(own.loss.names("target")), "")
    parts = texts[0].parts[:2] if len(texts) == 1 else (texts[0].parts[0], texts[1].parts[-1])
    return [_known(expr, own, target) for expr in parts]


def _settled(own: Objective, texts: list[Pasted], known: list[Expr]) -> dict[str, float]:
    """Numbers for parameters of the loss that the formula has none of: those that it is written with, if it is known so."""
    symbols = {symbol.name for formula in known for symbol in formula.free_symbols}
    free = [given for given in own.inputs if given.role == "parameter" and given.name not in symbols]
    if not free or len(free) > MOST_SETTLED:
        return {}
    constants = {name: value for text in texts for name, value in text.constants.items()}
    numbers = dict.fromkeys(number for text in texts for number in (*text.constants.values(), *map(abs, text.numbers)))
    options = []
    for given in free:
        wanted = [constants[given.name]] if given.name in constants else [*numbers, given.start]
        fit = [value for value in dict.fromkeys(wanted) if given.domain.holds(value)]
        options.append(fit[:MOST_NUMBERS] or [given.start])
    ways = [dict(zip([given.name for given in free], way, strict=True)) for way in product(*options)]
    tried = ((way, _verdict(own, known, way)) for way in ways)
    return next((way for way, verdict in tried if verdict != "wrong"), ways[0] if len(ways) == 1 else {})


def _verdict(own: Objective, known: list[Expr], settled: Mapping[str, float]) -> str:
    """What is found of a gradient at some numbers of parameters; where none is given, of the Hessian."""
    if known[0].is_number and len(known) > 1:
        return of_hessian(Points(own, known[1], "Hessian", settled=settled)).verdict
    return of_gradient(Points(own, known[0], "gradient", settled=settled)).verdict


def along(own: Objective, formula: Expr, at: Mapping[str, FloatArray]) -> FloatArray:
    """Return what a formula of `formulas` is at points, in a form that floats can compute."""
    return Points(own, formula, "").values(formula, at)


def _known(expr: Expr, own: Objective, target: str) -> Expr:
    """A formula in the objective's inputs alone, with the predictions still by their names."""
    names = {given.name for given in own.inputs} | set(own.predicted)
    meant = named(expr, synonyms(expr, own.scores[0], target, names))
    if unknown := sorted(symbol.name for symbol in meant.free_symbols if symbol.name not in names):
        raise ValueError(f"A formula may have the symbols {', '.join(sorted(names))}; got {unknown[0]}.")
    return meant
