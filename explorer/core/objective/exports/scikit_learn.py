"""scikit-learn: the mean loss as a metric of predictions, and a scorer of it."""

from __future__ import annotations

from explorer.core.domains import Class, Input, Labels, Logit
from explorer.core.objective.exports.hessians import HESSIANS, LEAST
from explorer.core.objective.exports.parts import Parts, blocks, file
from explorer.core.objective.scores import Objective
from explorer.core.printers import numpy


def code(objective: Objective, *, hessian: str = HESSIANS[0], least: float = LEAST, name: str = "objective") -> str:
    """Return a file of a metric of predictions (after the link, if there is one) and a scorer of it.

    Raises
    ------
    ValueError
        If the name is none.
    NotImplementedError
        If several targets stand for no class.
    """
    parts = Parts(objective, name, hessian, least)
    parts.refuse_several_examples("scikit-learn")
    made = blocks(numpy.code(parts.by_prediction, "losses"))
    parts = parts.free(made)
    imports, *functions = made
    return file(
        _opened(parts), f"{imports}\nfrom sklearn.metrics import make_scorer", *functions, _metric(parts), _scorer(parts)
    )


def _opened(parts: Parts) -> str:
    loss = parts.objective.loss
    lines = (
        f"{loss.title} as a metric of predictions, and as a scorer for scikit-learn.",
        "",
        f"Predictions: what {response(parts)} returns.",
        f"Targets: {parts.targets_said}." if parts.targets else "Targets are not read.",
        "",
        f"    scores = cross_val_score(estimator, features, targets, scoring={parts.name}_scorer)",
    )
    return '"""' + "\n".join(lines) + '\n"""'


def response(parts: Parts) -> str:
    """Return the method of an estimator that gives what the loss takes."""
    predicted = _predicted(parts)
    if predicted.domain.is_share:
        return "predict_proba"
    of_class = bool(parts.targets) and isinstance(parts.targets[0].domain, Labels | Class)
    return "decision_function" if of_class or isinstance(predicted.domain, Logit) else "predict"


def _predicted(parts: Parts) -> Input:
    return parts.objective.loss.input(parts.objective.loss.predictions[0])


def _metric(parts: Parts) -> str:
    lines = [
        f"def {parts.name}(targets, predictions, *, sample_weight=None{parts.keywords.removeprefix(', *')}):",
        '    """The mean loss."""',
        "    columns = np.asarray(predictions, dtype=np.float64)",
    ]
    if parts.classes > 1:
        if parts.classes == 2 and _predicted(parts).domain.is_share:
            lines.append("    columns = np.stack([1 - columns, columns], axis=1) if columns.ndim == 1 else columns")
        lines.append(f"    columns = columns.reshape(-1, {parts.classes}).T")
    if parts.takes_class:
        lines.append(f"    targets = np.eye({parts.classes})[np.asarray(targets, dtype=int)].T  # a row for each class")
    elif parts.targets:
        lines.append("    targets = np.asarray(targets, dtype=np.float64)")
    targets = ", *targets" if parts.takes_class else ", targets" if parts.targets else ""
    lines += [
        '    with np.errstate(all="ignore"):  # what overflows on the way comes out right',
        f"        loss = losses({'*columns' if parts.classes > 1 else 'columns'}{targets}{parts.positions})",
        "    return float(np.average(loss, weights=sample_weight))",
    ]
    return "\n".join(lines)


def _scorer(parts: Parts) -> str:
    return f'{parts.name}_scorer = make_scorer({parts.name}, greater_is_better=False, response_method="{response(parts)}")'
