"""CatBoost: classes of an objective and of a metric. It maximises: the derivatives that it asks for are those of less loss."""

from __future__ import annotations

from explorer.core.objective.exports.boosting import core, opened
from explorer.core.objective.exports.hessians import HESSIANS, LEAST
from explorer.core.objective.exports.parts import Parts, file
from explorer.core.objective.scores import Objective


def code(objective: Objective, *, hessian: str = HESSIANS[0], least: float = LEAST, name: str = "objective") -> str:
    """Return a file of the classes of an objective and its metric.

    Raises
    ------
    ValueError
        If the name or the Hessian is none.
    NotImplementedError
        If a label an example is not what the loss takes.
    """
    parts = Parts(objective, name, hessian, least)
    parts.refuse_several_examples("CatBoost")
    parts, beginning = core(parts)
    derivatives = _of_classes(parts) if parts.classes > 1 else _of_rows(parts)
    slow = ("Of several classes CatBoost asks one row at a time, so that training is slow.",) if parts.classes > 1 else ()
    return file(opened(parts, "CatBoost", _usage(parts), *_NOTES, *slow), *beginning, derivatives, _metric(parts))


_NOTES = (
    "CatBoost maximises: both derivatives are those of minus the loss.",
    "boost_from_average is for the built-in objectives: training starts at raw scores of 0, or of a Pool's baseline.",
)


def _usage(parts: Parts) -> str:
    classes = f"\n    classes_count={parts.classes}," if parts.classes > 1 else ""
    after = f"\npredictions = {parts.name}_prediction(scores)" if parts.link else ""
    given = "dict(" if parts.classes > 1 else ""
    pool = (
        f"catboost.Pool(features, targets, baseline=np.full(len(targets), {parts.start}))"
        if parts.start
        else "features, targets"
    )
    before = f"{parts.start} + " if parts.start else ""
    model, end = ("CatBoost", "))") if given else ("CatBoostRegressor", ")")
    return f"""\
model = catboost.{model}({given}
    loss_function={parts.class_name}(),
    eval_metric={parts.class_name}Metric(),
    iterations=100,
    leaf_estimation_method="Newton",
    leaf_estimation_iterations=1,{classes}
{end}
model.fit({pool})
scores = {before}model.predict(features, prediction_type="RawFormulaVal"){after}"""


def _constructor(parts: Parts) -> str:
    if not parts.parameters:
        return ""
    return f"    def __init__(self{parts.keywords}):\n{parts.kept_by_self}\n"


def _kept(parts: Parts) -> str:
    return "".join(f", self.{name}" for name in parts.names.values())


def _of_rows(parts: Parts) -> str:
    targets = ", targets" if parts.targets else ""
    return f'''\
class {parts.class_name}:
    """{parts.objective.loss.title}, for loss_function."""

{_constructor(parts)}    def calc_ders_range(self, scores, targets, weights):
        """First and second derivative of minus the loss by raw score, shape (n, 2)."""
        _, gradient, hessian = rows(scores{targets}{_kept(parts)})
        derivatives = -np.stack([gradient, hessian], axis=1)
        return derivatives if weights is None else derivatives * np.asarray(weights)[:, None]'''


def _of_classes(parts: Parts) -> str:
    return f'''\
class {parts.class_name}:
    """{parts.objective.loss.title}, for loss_function."""

{_constructor(parts)}    def calc_ders_multi(self, scores, target, weight):
        """First and second derivatives of minus the loss by the raw scores of one row; between two classes 0."""
        _, gradient, hessian = rows([scores], [target]{_kept(parts)})
        weight = 1.0 if weight is None else weight
        return (-weight * gradient[0]).tolist(), np.diag(-weight * hessian[0]).tolist()'''


def _metric(parts: Parts) -> str:
    scores = "np.stack(scores, axis=1)" if parts.classes > 1 else "scores[0]"
    targets = ", targets" if parts.targets else ""
    return f'''\
class {parts.class_name}Metric:
    """The mean loss, for eval_metric."""

{_constructor(parts)}    def is_max_optimal(self):
        """Whether higher is better."""
        return False

    def evaluate(self, scores, targets, weights):
        """The sum of the losses, and that of the weights; there is an array of raw scores for each class."""
        loss, _, _ = rows({scores}{targets}{_kept(parts)})
        weights = np.ones(len(loss)) if weights is None else np.asarray(weights)
        return float(np.sum(loss * weights)), float(np.sum(weights))

    def get_final_error(self, error, weight):
        """The mean of those sums."""
        return error / weight if weight else 0.0'''
