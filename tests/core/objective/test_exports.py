"""Exported objectives: what they print computes what the core does, and LightGBM trains with it as with its own."""

from __future__ import annotations

import ast
from types import SimpleNamespace
from typing import Any

import lightgbm
import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from explorer.core.losses import LOSSES, typed_loss
from explorer.core.objective import Objective, objective
from explorer.core.objective.exports import EXPORTS, HESSIANS, with_hessians
from tests.core.objective.stand_ins import ran

HALF_SQUARE = typed_loss("(y - t)^2/2", by="y", target="t")
CASES = {
    "half square": objective(HALF_SQUARE),
    "quantile": objective(LOSSES["quantile"]),
    "huber": objective(LOSSES["huber"]),
    "hinge": objective(LOSSES["hinge"]),
    "focal": objective(LOSSES["focal"]),
    "poisson": objective(LOSSES["poisson"], "exp"),
    "logistic": objective(LOSSES["binary_cross_entropy"], "logistic"),
    "softmax": objective(LOSSES["cross_entropy"], "softmax"),
    "several hinges": objective(LOSSES["multiclass_hinge"]),
    "keyword": objective(typed_loss("scores*(y - t)^2 + lambda_*0 + name*(y - t)", by="y", target="t")),
}
SATURATED = np.array([-1e4, -800.0, -40.0, -3.0, 0.0, 2.5, 40.0, 800.0, 1e4])
Array = NDArray[np.float64]


def printed(library: str, trained: Objective, **options: Any) -> dict[str, Any]:
    """Run an export and return what it defines."""
    scope: dict[str, Any] = {}
    exec(EXPORTS[library].code(trained, **options), scope)
    return scope


def given(trained: Objective) -> tuple[Array, Array, dict[str, Array | float]]:
    """Return scores, targets, and both as the program takes them: all over the domain, saturated too."""
    random, classes = np.random.default_rng(0), len(trained.scores)
    scores = random.choice(SATURATED, (60, classes)) if classes > 1 else np.resize(SATURATED, 60)[:, None]
    targets = [one for one in trained.inputs if one.role == "target"]
    labels = random.integers(0, classes, 60).astype(float) if classes > 1 else targets[0].domain.moderate(random, 60)[:, 0]
    at: dict[str, Array | float] = dict(zip(trained.scores, scores.T, strict=True))
    at |= {one.name: one.start for one in trained.inputs if one.role == "parameter"}
    at |= {one.name: labels if len(targets) == 1 else (labels == k) * 1.0 for k, one in enumerate(targets)}
    return scores if classes > 1 else scores[:, 0], labels, at


@pytest.mark.parametrize("hessian", HESSIANS)
@pytest.mark.parametrize("case", CASES)
def test_boosting_is_given_what_the_core_computes(case: str, hessian: str) -> None:
    trained = CASES[case]
    scores, labels, at = given(trained)
    program, names = with_hessians(trained, hessian)
    expected = {name: np.broadcast_to(value, 60) for name, value in program.evaluate(at).items()}
    weights = np.linspace(0.5, 2, 60)
    data = SimpleNamespace(get_label=lambda: labels, get_weight=lambda: weights)
    parts = {
        library: printed(library, trained, hessian=hessian, name="trained") for library in ("XGBoost", "LightGBM", "CatBoost")
    }
    for library in ("XGBoost", "LightGBM"):
        found = parts[library]["trained"](scores, data)
        for slopes, steps in zip(found, (trained.gradients, names), strict=True):
            theirs = np.stack([expected[step] * weights for step in steps], axis=1)
            np.testing.assert_array_equal(slopes, theirs if len(steps) > 1 else theirs[:, 0])
        _, mean, *_ = parts[library]["trained_metric"](scores, data)
        assert mean == pytest.approx(np.average(expected["L"], weights=weights), rel=1e-12)
    if len(names) == 1:
        found = parts["CatBoost"]["Trained"]().calc_ders_range(scores, labels, weights)
        for k, step in enumerate((*trained.gradients, *names)):
            np.testing.assert_array_equal(found[:, k], -expected[step] * weights)
    else:
        first, second = parts["CatBoost"]["Trained"]().calc_ders_multi(scores[3], labels[3], 2.0)
        assert first == [-2 * expected[step][3] for step in trained.gradients]
        assert np.diag(second).tolist() == [-2 * expected[step][3] for step in names]
    if hessian != HESSIANS[0]:
        assert all((expected[step] >= 1e-6).all() for step in names) or trained.link == "exp"  # inf less inf at 800


DIFFERENTIABLE = ("PyTorch", "JAX", "Keras")
OF_MORE = {"triplet": objective(LOSSES["triplet"]), "zero one": objective(LOSSES["zero_one"])}


@pytest.mark.parametrize("case", CASES | OF_MORE)
def test_files_that_differentiate_print_the_loss_and_its_slopes(case: str) -> None:
    trained = (CASES | OF_MORE)[case]
    scores, labels, at = given(trained)
    expected = {name: np.broadcast_to(value, 60) for name, value in trained.program.evaluate(at).items()}
    parameters = {one.name: one.start for one in trained.inputs if one.role == "parameter"}
    targets = [labels] if any(one.role == "target" for one in trained.inputs) else []
    with np.errstate(all="ignore"):
        for library in DIFFERENTIABLE:
            scope = ran(library, EXPORTS[library].code(trained, name="trained"))
            order = (*targets, scores) if library == "Keras" else (scores, *targets)
            if library == "PyTorch":
                found = scope["Trained"](reduction="none")(*order)
                assert scope["Trained"]()(*order) == pytest.approx(np.mean(expected["L"]), nan_ok=True)
            elif library == "Keras":
                made = scope["Trained"](reduction="none")
                found = made(labels[:, None] if scores.ndim == 1 else labels, scores[:, None]).ravel() if targets else None
                assert set(made.get_config()) == {"reduction", *(f"{n}_" * (n in ("scores", "name")) or n for n in parameters)}
            else:
                found = scope["trained"](*order)
            if found is not None:
                np.testing.assert_allclose(np.broadcast_to(found, 60), expected["L"], rtol=1e-12, err_msg=library)
            if "slopes" in scope:
                columns = [at[name] for name in (*trained.scores, *(i.name for i in trained.inputs if i.role == "target"))]
                slopes = scope["slopes"](*columns, *parameters.values())
                for name in trained.gradients:
                    np.testing.assert_allclose(np.broadcast_to(slopes[name], 60), expected[name], rtol=1e-12, err_msg=library)


def test_targets_of_another_shape_are_refused() -> None:
    for library in ("PyTorch", "JAX"):
        scope = ran(library, EXPORTS[library].code(CASES["huber"], name="trained"))
        with pytest.raises(ValueError, match=r"^targets must have the shape \(3, 1\); got \(3,\)\.$"):
            scope["trained"](np.zeros((3, 1)), np.zeros(3))


def test_gauss_newton_is_the_curvature_by_the_prediction_times_the_squared_slope_of_the_link() -> None:
    z, t = np.linspace(-6, 6, 13), 1.0
    p = 1 / (1 + np.exp(-z))
    program, (name,) = with_hessians(objective(LOSSES["binary_cross_entropy"], "logistic"), "Gauss-Newton", 1e-300)
    np.testing.assert_allclose(program.evaluate({"z": z, "t": t})[name], (1 - p) ** 2, rtol=1e-9)
    trained = objective(LOSSES["brier_of_classes"], "softmax")
    scores = np.array([0.3, -1.0, 2.0])
    q = np.exp(scores) / np.exp(scores).sum()
    program, names = with_hessians(trained, "Gauss-Newton")
    found = program.evaluate(dict(zip(trained.scores, scores, strict=True)) | {"t1": 0.0, "t2": 1.0, "t3": 0.0}, names)
    expected = [2 * sum((q[j] * ((j == k) - q[k])) ** 2 for j in range(3)) for k in range(3)]
    np.testing.assert_allclose([float(found[name]) for name in names], expected, rtol=1e-12)


def test_predictions_apply_the_link_once() -> None:
    found = printed("XGBoost", CASES["logistic"], name="trained")["trained_prediction"](SATURATED)
    np.testing.assert_allclose(found, np.exp(-np.logaddexp(0, -SATURATED)), rtol=1e-15)
    rows = printed("LightGBM", CASES["softmax"], name="trained")["trained_prediction"](np.array([[1e4, 0.0, -1e4]]))
    assert rows.tolist() == [[1.0, 0.0, 0.0]]


def test_scores_of_scikit_learn_are_those_of_its_own_metric() -> None:
    random = np.random.default_rng(0)
    features = random.normal(0, 1, (90, 3))
    for case, targets in (("logistic", features[:, 0] > 0.3), ("softmax", np.digitize(features[:, 0], [-0.5, 0.5]))):
        model = LogisticRegression().fit(features, targets.astype(int))
        scorer = printed("scikit-learn", CASES[case], name="trained")["trained_scorer"]
        expected = -log_loss(targets.astype(int), model.predict_proba(features))
        assert scorer(model, features, targets.astype(int)) == pytest.approx(expected, rel=1e-12)


COMMON = {"verbosity": -1, "num_threads": 1, "num_leaves": 7, "deterministic": True, "seed": 1}


@pytest.mark.parametrize(
    ("case", "built_in"), [("half square", "regression"), ("logistic", "binary"), ("softmax", "multiclass")]
)
def test_lightgbm_trains_as_with_its_own_objective(case: str, built_in: str) -> None:
    random = np.random.default_rng(1)
    features = random.normal(0, 1, (200, 4))
    signal = features[:, 0] + 0.5 * features[:, 1] + random.normal(0, 0.3, 200)
    targets = {"regression": signal, "binary": signal > 0, "multiclass": np.digitize(signal, [-0.5, 0.5])}[built_in]
    weights, several = random.uniform(0.5, 2, 200), {"num_class": 3} if case == "softmax" else {}
    scope = printed("LightGBM", CASES[case], name="trained")

    def trained(chosen: Any) -> Array:
        data = lightgbm.Dataset(features, label=targets, weight=weights, params={"verbosity": -1})
        options = COMMON | several | {"objective": chosen, "boost_from_average": False}
        return np.asarray(lightgbm.train(options, data, 8).predict(features, raw_score=True))

    ours, theirs = trained(scope["trained"]), trained(built_in)
    if case == "softmax":  # LightGBM's own Hessian is p (1 - p) times K / (K - 1)

        def scaled(scores: Array, data: lightgbm.Dataset) -> tuple[Array, Array]:
            gradient, hessian = scope["trained"](scores, data)
            return gradient, 1.5 * hessian

        ours = trained(scaled)
    np.testing.assert_allclose(ours, theirs, atol=1e-6)
    options: dict[str, Any] = {"n_estimators": 8, "n_jobs": 1, "metric": "none", "verbosity": -1, **several}
    estimator = lightgbm.LGBMRegressor(objective=scope["trained_for_estimators"](), **options)
    metric = scope["trained_metric_for_estimators"]()
    estimator.fit(features, targets, sample_weight=weights, eval_X=features, eval_y=targets, eval_metric=metric)
    (found,) = estimator.evals_result_.values()
    losses = scope["rows"](estimator.predict(features, raw_score=True), targets)[0]
    assert found["trained"][-1] == pytest.approx(np.average(losses, weights=weights), rel=1e-6)


def usage(text: str) -> str:
    """Return the lines of a file's docstring that say how it is used."""
    said = ast.get_docstring(ast.parse(text)) or ""
    return "\n".join(line[4:] for line in said.split("\n") if line.startswith("    "))


def test_what_must_stay_above_0_starts_there_as_the_file_says() -> None:
    random = np.random.default_rng(2)
    features = random.normal(0, 1, (200, 3))
    targets = 3 + np.sin(features[:, 0]) + random.uniform(-0.1, 0.1, 200)
    trained = objective(LOSSES["gamma"], "identity")
    text = EXPORTS["LightGBM"].code(trained)
    scope: dict[str, Any] = {"lightgbm": lightgbm, "features": features, "targets": targets}
    exec(text, scope)
    exec(usage(text).replace('"metric": "none"', '"metric": "none", "verbosity": -1, "num_threads": 1'), scope)
    assert np.abs(scope["scores"] - targets).mean() < 0.15
    start = trained.inputs[0].start
    assert start > 0
    assert f'"base_score": {start},' in EXPORTS["XGBoost"].code(trained)
    assert f"baseline=np.full(len(targets), {start})" in EXPORTS["CatBoost"].code(trained)
    for library in ("XGBoost", "LightGBM", "CatBoost", "PyTorch", "Keras", "JAX"):
        assert "Raw scores must stay above 0" in EXPORTS[library].code(trained)
        assert "Raw scores must stay above 0" not in EXPORTS[library].code(objective(LOSSES["gamma"], "exp"))


def test_a_file_needs_a_name_and_a_label_an_example() -> None:
    with pytest.raises(ValueError, match="name must be a name of Python; got 2nd."):
        EXPORTS["XGBoost"].code(CASES["huber"], name="2nd")
    with pytest.raises(
        ValueError, match="hessian must be one of second derivative, clipped, Gauss-Newton, absolute; got none."
    ):
        EXPORTS["XGBoost"].code(CASES["huber"], hessian="none")
    with pytest.raises(NotImplementedError, match="LightGBM takes one label an example"):
        EXPORTS["LightGBM"].code(objective(LOSSES["triplet"]))
    named_as_a_function = EXPORTS["LightGBM"].code(objective(LOSSES["asymmetric"]), name="focal_surprise")
    assert "def focal_surprise(x, s, g):" in named_as_a_function
    assert "def focal_surprise_(scores, data" in named_as_a_function
    assert "It is 0 everywhere" in EXPORTS["XGBoost"].code(CASES["quantile"])
