"""XGBoost: a custom objective and a metric for xgboost.train."""

from __future__ import annotations

from explorer.core.objective.exports.boosting import core, opened, weighted
from explorer.core.objective.exports.hessians import HESSIANS, LEAST
from explorer.core.objective.exports.parts import Parts, file
from explorer.core.objective.scores import Objective


def code(objective: Objective, *, hessian: str = HESSIANS[0], least: float = LEAST, name: str = "objective") -> str:
    """Return a file of an objective (gradient and Hessian by raw score) and its metric.

    Raises
    ------
    ValueError
        If the name or the Hessian is none.
    NotImplementedError
        If a label an example is not what the loss takes.
    """
    parts = Parts(objective, name, hessian, least)
    parts.refuse_several_examples("XGBoost")
    parts, beginning = core(parts)
    return file(opened(parts, "XGBoost", _usage(parts), *_NOTES), *beginning, _objective(parts), _metric(parts))


_NOTES = (
    "base_score is the raw score that training starts at: with an objective of one's own XGBoost applies no link to it, and it",
    "is 0.5 unless it is set.",
)


def _usage(parts: Parts) -> str:
    classes = f'"num_class": {parts.classes}, ' if parts.classes > 1 else ""
    after = f"\npredictions = {parts.name}_prediction(scores)" if parts.link else ""
    return f"""\
data = xgboost.DMatrix(features, label=targets)
parameters = {{{classes}"base_score": {parts.start}, "disable_default_eval_metric": True}}
model = xgboost.train(
    parameters, data, 100, obj={parts.name}, custom_metric={parts.name}_metric, evals=[(data, "train")]
)
scores = model.predict(data, output_margin=True){after}"""


def _given(parts: Parts) -> str:
    return f"scores{', data.get_label()' if parts.targets else ''}{parts.positions}"


def _objective(parts: Parts) -> str:
    shape = f"(n, {parts.classes})" if parts.classes > 1 else "(n,)"
    options = "; other parameters by functools.partial" if parts.parameters else ""
    return f'''\
def {parts.name}(scores, data{parts.keywords}):
    """Gradient and Hessian by raw score, each of shape {shape}{options}."""
    _, gradient, hessian = rows({_given(parts)})
    weights = data.get_weight()
    if weights.size:
        gradient, hessian = {weighted(parts, "gradient")}, {weighted(parts, "hessian")}
    return gradient, hessian'''


def _metric(parts: Parts) -> str:
    return f'''\
def {parts.name}_metric(scores, data{parts.keywords}):
    """Name and mean loss."""
    loss, _, _ = rows({_given(parts)})
    weights = data.get_weight()
    return "{parts.name}", float(np.average(loss, weights=weights if weights.size else None))'''
