"""LightGBM from 4.0 on: custom objectives and metrics for lightgbm.train and for its estimators."""

from __future__ import annotations

from explorer.core.objective.exports.boosting import core, opened, weighted
from explorer.core.objective.exports.hessians import HESSIANS, LEAST
from explorer.core.objective.exports.parts import Parts, file
from explorer.core.objective.scores import Objective


def code(objective: Objective, *, hessian: str = HESSIANS[0], least: float = LEAST, name: str = "objective") -> str:
    """Return a file of an objective (gradient and Hessian by raw score) and its metric, for training and for estimators.

    Raises
    ------
    ValueError
        If the name or the Hessian is none.
    NotImplementedError
        If a label an example is not what the loss takes.
    """
    parts = Parts(objective, name, hessian, least)
    parts.refuse_several_examples("LightGBM")
    parts, beginning = core(parts)
    functions = (_weighted_rows(parts), _mean(parts), _objective(parts), _metric(parts), *_for_estimators(parts))
    return file(opened(parts, "LightGBM", _usage(parts), *_notes(parts)), *beginning, *functions)


def _notes(parts: Parts) -> tuple[str, ...]:
    starts = "boost_from_average is for the built-in objectives: training starts at raw scores of 0, or of init_score."
    recoded = "LGBMClassifier recodes labels to 0, 1 ...: for labels of -1 and 1 take LGBMRegressor."
    is_signed = len(parts.targets) == 1 and parts.targets[0].domain.low == -1
    return (starts, *([recoded] if is_signed else []))


def _usage(parts: Parts) -> str:
    classes = f', "num_class": {parts.classes}' if parts.classes > 1 else ""
    keyword = f", num_class={parts.classes}" if parts.classes > 1 else ""
    after = f"\npredictions = {parts.name}_prediction(scores)" if parts.link else ""
    if start := parts.start:
        return f"""\
start = np.full(len(targets), {start})
data = lightgbm.Dataset(features, label=targets, init_score=start)
parameters = {{"objective": {parts.name}, "metric": "none"}}
model = lightgbm.train(parameters, data, 100, valid_sets=[data], feval={parts.name}_metric)
scores = {start} + model.predict(features, raw_score=True)

estimator = lightgbm.LGBMRegressor(objective={parts.name}_for_estimators(), metric="none")
estimator.fit(features, targets, init_score=start)"""
    return f"""\
data = lightgbm.Dataset(features, label=targets)
parameters = {{"objective": {parts.name}, "metric": "none"{classes}}}
model = lightgbm.train(parameters, data, 100, valid_sets=[data], feval={parts.name}_metric)
scores = model.predict(features, raw_score=True){after}

estimator = lightgbm.LGBMRegressor(objective={parts.name}_for_estimators(), metric="none"{keyword})
estimator.fit(features, targets, eval_X=features, eval_y=targets, eval_metric={parts.name}_metric_for_estimators())"""


def _shape(parts: Parts) -> str:
    return f"(n, {parts.classes})" if parts.classes > 1 else "(n,)"


def _weighted_rows(parts: Parts) -> str:
    return f"""\
def weighted(scores, targets, weights{parts.positions}):
    _, gradient, hessian = rows(scores{", targets" if parts.targets else ""}{parts.positions})
    if weights is not None:
        weights = np.asarray(weights, dtype=np.float64)
        gradient, hessian = {weighted(parts, "gradient")}, {weighted(parts, "hessian")}
    return gradient, hessian"""


def _mean(parts: Parts) -> str:
    return f'''\
def mean(scores, targets, weights{parts.positions}):
    loss, _, _ = rows(scores{", targets" if parts.targets else ""}{parts.positions})
    return "{parts.name}", float(np.average(loss, weights=weights)), False  # no higher value is better'''


def _objective(parts: Parts) -> str:
    options = "; other parameters by functools.partial" if parts.parameters else ""
    return f'''\
def {parts.name}(scores, data{parts.keywords}):
    """Gradient and Hessian by raw score, each of shape {_shape(parts)}{options}."""
    return weighted(scores, data.get_label(), data.get_weight(){parts.positions})'''


def _metric(parts: Parts) -> str:
    return f'''\
def {parts.name}_metric(scores, data{parts.keywords}):
    """Name and mean loss, and that higher is not better."""
    return mean(scores, data.get_label(), data.get_weight(){parts.positions})'''


def _for_estimators(parts: Parts) -> tuple[str, str]:
    """What makes functions of targets, scores and weights: an estimator counts what its objective takes."""
    keywords = parts.keywords.removeprefix(", ")
    return (
        f'''\
def {parts.name}_for_estimators({keywords}):
    """The objective of an estimator."""

    def objective_of_estimator(targets, scores, weights):
        return weighted(scores, targets, weights{parts.positions})

    return objective_of_estimator''',
        f'''\
def {parts.name}_metric_for_estimators({keywords}):
    """The eval_metric of an estimator."""

    def metric_of_estimator(targets, scores, weights):
        return mean(scores, targets, weights{parts.positions})

    return metric_of_estimator''',
    )
