"""Exported objectives in the real libraries: boosting trains as with its own, and slopes are those of the core."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import catboost
import jax
import keras
import numpy as np
import optax
import pytest
import torch
import xgboost
from numpy.typing import NDArray

from explorer.core.losses import LOSSES, typed_loss
from explorer.core.objective import LINKS, Objective, objective
from explorer.core.objective.exports import EXPORTS
from tests.engines.conftest import Report

Array = NDArray[np.float64]
ROWS = 144
SATURATED = (-1e4, -800.0, -40.0, -3.0, -1.0, 0.0, 0.5, 1.0, 2.5, 40.0, 800.0, 1e4)
HALF_SQUARE = objective(typed_loss("(y - t)^2/2", by="y", target="t"))
LOGISTIC = objective(LOSSES["binary_cross_entropy"], "logistic")
SOFTMAX = objective(LOSSES["cross_entropy"], "softmax")


def _exported() -> Iterator[tuple[str, Objective]]:
    """Every loss of the catalogue, but those of masks, with each link that its predictions can come from."""
    for loss in LOSSES.values():
        domain = loss.input(loss.predictions[0]).domain
        links = {"identity": not domain.joint, "logistic": domain.is_share and not domain.joint, "softmax": domain.joint}
        links["exp"] = (domain.low, domain.high) == (0, math.inf)
        if loss.family != "overlap":
            yield from ((f"{loss.name}, {link}", objective(loss, link)) for link in LINKS if links[link])


CASES = dict(_exported())


def ran(library: str, trained: Objective) -> dict[str, Any]:
    """Run an exported file."""
    scope: dict[str, Any] = {}
    exec(EXPORTS[library].code(trained, name="trained"), scope)
    return scope


def points(trained: Objective) -> tuple[dict[str, Array], Array, Array | None]:
    """Return values of all inputs, saturated ones among them, and raw scores and targets as the files take them."""
    random, at = np.random.default_rng(0), {}
    for given in trained.inputs:
        if given.role == "prediction":
            usable = [x for x in (*SATURATED, *given.domain.shown) if given.domain.holds(x)]
            at[given.name] = random.choice(usable, ROWS)
        elif given.role == "target":
            near = [x for x in (*given.domain.edges, *SATURATED) if given.domain.holds(x) and 1e-6 < abs(x) <= 1e4 or x == 0]
            at[given.name] = random.choice([x for x in near if given.domain.holds(x)], ROWS)
        else:
            at[given.name] = np.full(ROWS, given.start)
    happened = [given for given in trained.inputs if given.role == "target"]
    scores = np.stack([at[name] for name in trained.scores], axis=1)
    scores = scores if scores.shape[1] > 1 else scores[:, 0]
    if len(happened) > 1:
        labels = random.integers(0, len(happened), ROWS)
        at |= {given.name: (labels == k) * 1.0 for k, given in enumerate(happened)}
        return at, scores, labels.astype(np.float64)
    return at, scores, at[happened[0].name] if happened else None


def in_pytorch(trained: Objective, scores: Array, targets: Array | None) -> tuple[Array, Array]:
    """Return losses and slopes."""
    given = torch.tensor(scores, requires_grad=True)
    labels = [] if targets is None else [torch.tensor(targets)]
    losses = ran("PyTorch", trained)["Trained"](reduction="none")(given, *labels)
    losses.sum().backward()
    assert given.grad is not None
    return losses.detach().numpy(), given.grad.numpy()


def in_jax(trained: Objective, scores: Array, targets: Array | None) -> tuple[Array, Array]:
    """Return losses and slopes."""
    function = ran("JAX", trained)["trained"]
    labels = [] if targets is None else [targets]

    def total(scores: Any) -> Any:
        losses = function(scores, *labels)
        return losses.sum(), losses

    (_, losses), slopes = jax.value_and_grad(total, has_aux=True)(jax.numpy.asarray(scores))
    return np.asarray(losses), np.asarray(slopes)


def in_keras(trained: Objective, scores: Array, targets: Array | None) -> tuple[Array, Array]:
    """Return losses and slopes, on the backend that is set: that of JAX."""
    if targets is None:
        targets = np.zeros(ROWS)
    made = ran("Keras", trained)["Trained"](reduction="none", dtype="float64")

    def total(scores: Any) -> Any:
        losses = made(targets, scores)
        return losses.sum(), losses

    (_, losses), slopes = jax.value_and_grad(total, has_aux=True)(jax.numpy.asarray(scores))
    return np.asarray(losses), np.asarray(slopes)


DIFFERENTIATE: Mapping[str, Callable[[Objective, Array, Array | None], tuple[Array, Array]]] = {
    "PyTorch": in_pytorch,
    "JAX": in_jax,
    "Keras": in_keras,
}

NEAR = {
    "PyTorch": (1e-9, 1e-15),
    "JAX": (1e-9, 1e-15),
    "Keras": (1e-5, 1e-6),  # some operations compute in float32, whatever they are given
}


@pytest.fixture(autouse=True)
def _doubles() -> Iterator[None]:
    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)
    yield
    jax.config.update("jax_enable_x64", before)


@pytest.mark.parametrize("library", DIFFERENTIATE)
@pytest.mark.parametrize("case", CASES)
def test_value_and_slopes_are_those_of_the_core(case: str, library: str, report: Report) -> None:
    trained = CASES[case]
    at, scores, targets = points(trained)
    expected = {name: np.broadcast_to(value, ROWS) for name, value in trained.program.evaluate(at).items()}
    losses, slopes = DIFFERENTIATE[library](trained, scores, targets)
    columns = slopes.T if slopes.ndim > 1 else [slopes]
    pairs = [(losses, expected["L"]), *zip(columns, (expected[name] for name in trained.gradients), strict=True)]
    near, least = NEAR[library]
    for found, ours in pairs:
        here = ~np.isnan(ours)  # where infinite terms meet, libraries differ in which of them they drop
        np.testing.assert_allclose(found[here], ours[here], rtol=near, atol=least)
        with np.errstate(all="ignore"):
            off = np.abs(found - ours) / np.maximum(np.abs(ours), 1e-3)
        report.add(library, "exported losses and their gradients", int(here.sum()), float(np.nanmax(off, initial=0.0)))


def data(trained: Objective) -> tuple[Array, Array, Array]:
    """Return features, targets and weights."""
    random = np.random.default_rng(1)
    features = random.normal(0, 1, (200, 4))
    signal = features[:, 0] + 0.5 * features[:, 1] + random.normal(0, 0.3, 200)
    targets = signal if trained is HALF_SQUARE else signal > 0 if trained is LOGISTIC else np.digitize(signal, [-0.5, 0.5])
    return features, targets.astype(np.float64), random.uniform(0.5, 2, 200)


@pytest.mark.parametrize(
    ("trained", "built_in", "base"), [(HALF_SQUARE, "reg:squarederror", 0.0), (LOGISTIC, "binary:logistic", 0.5)]
)
def test_xgboost_trains_as_with_its_own_objective(trained: Objective, built_in: str, base: float, report: Report) -> None:
    features, targets, weights = data(trained)
    matrix = xgboost.DMatrix(features, label=targets, weight=weights)
    scope = ran("XGBoost", trained)
    logged: dict[str, dict[str, list[float]]] = {}
    common = {"max_depth": 4, "nthread": 1, "seed": 1}
    own = xgboost.train(common | {"objective": built_in, "base_score": base}, matrix, 20)
    ours = xgboost.train(
        common | {"base_score": 0.0, "disable_default_eval_metric": True},
        matrix,
        20,
        obj=scope["trained"],
        custom_metric=scope["trained_metric"],
        evals=[(matrix, "train")],
        evals_result=logged,
        verbose_eval=False,
    )
    found, expected = (model.predict(matrix, output_margin=True) for model in (ours, own))
    np.testing.assert_allclose(found, expected, atol=1e-6, rtol=0)
    losses = scope["rows"](found, targets)[0]
    assert logged["train"]["trained"][-1] == pytest.approx(
        np.average(losses, weights=weights), rel=1e-4
    )  # it is logged in few digits
    report.add("XGBoost", "training as with built-in objectives", len(found), float(np.max(np.abs(found - expected))))


@pytest.mark.parametrize(("trained", "built_in"), [(HALF_SQUARE, "RMSE"), (LOGISTIC, "Logloss")])
def test_catboost_trains_as_with_its_own_objective(trained: Objective, built_in: str, report: Report) -> None:
    features, targets, weights = data(trained)
    scope = ran("CatBoost", trained)
    common: dict[str, Any] = {
        "iterations": 20,
        "depth": 4,
        "learning_rate": 0.3,
        "boost_from_average": False,
        "leaf_estimation_method": "Newton",
        "leaf_estimation_iterations": 1,
        "bootstrap_type": "No",
        "random_strength": 0,
        "thread_count": 1,
        "verbose": False,
        "allow_writing_files": False,
    }
    own = catboost.CatBoost(common | {"loss_function": built_in}).fit(features, targets, sample_weight=weights)
    ours = catboost.CatBoost(
        {name: value for name, value in common.items() if name != "boost_from_average"}
        | {"loss_function": scope["Trained"](), "eval_metric": scope["TrainedMetric"]()}
    ).fit(features, targets, sample_weight=weights)
    found, expected = (model.predict(features, prediction_type="RawFormulaVal") for model in (ours, own))
    np.testing.assert_allclose(found, expected, atol=1e-6, rtol=0)
    losses = scope["rows"](found, targets)[0]
    logged = ours.get_evals_result()["learn"]["Trained" + "Metric"][-1]
    assert logged == pytest.approx(np.average(losses, weights=weights), rel=1e-6)
    report.add("CatBoost", "training as with built-in objectives", len(found), float(np.max(np.abs(found - expected))))


def test_several_classes_train_in_xgboost_and_catboost() -> None:
    features, targets, _ = data(SOFTMAX)
    parts = ran("XGBoost", SOFTMAX)
    matrix = xgboost.DMatrix(features, label=targets)
    options = {"num_class": 3, "base_score": 0.0, "disable_default_eval_metric": True, "nthread": 1}
    shares = parts["trained_prediction"](
        xgboost.train(options, matrix, 20, obj=parts["trained"]).predict(matrix, output_margin=True)
    )
    assert np.mean(shares.argmax(1) == targets) > 0.95
    parts = ran("CatBoost", SOFTMAX)
    model = catboost.CatBoost(
        {
            "loss_function": parts["Trained"](),
            "eval_metric": parts["TrainedMetric"](),
            "classes_count": 3,
            "iterations": 60,
            "leaf_estimation_method": "Newton",
            "leaf_estimation_iterations": 1,
            "verbose": False,
            "allow_writing_files": False,
        }
    ).fit(features, targets)
    shares = parts["trained_prediction"](model.predict(features, prediction_type="RawFormulaVal"))
    assert np.mean(shares.argmax(1) == targets) > 0.8


def test_a_step_of_optax_and_a_saved_model_of_keras(tmp_path: Path) -> None:
    features, targets, _ = data(LOGISTIC)

    def model(weights: Any, features: Any) -> Any:
        return features @ weights

    optimizer = optax.sgd(0.5)
    weights = jax.numpy.zeros(4)
    training = ran("JAX", LOGISTIC)["trained_training"](model, optimizer)
    state, logged = optimizer.init(weights), []
    for _ in range(50):
        weights, state, loss = training(weights, state, features, targets)
        logged.append(float(loss))
    assert logged[0] == pytest.approx(math.log(2))
    assert logged[-1] < 0.3
    scope = ran("Keras", objective(LOSSES["huber"]))
    trained = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    trained.compile(optimizer=keras.optimizers.SGD(0.1), loss=scope["Trained"](delta=0.5))
    before, after = (
        trained.fit(features, features[:, 0] * 2, epochs=20, verbose=0, batch_size=200).history["loss"][k] for k in (0, -1)
    )
    trained.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    assert again.loss.delta == 0.5
    assert after < before


def test_pytorch_differentiates_twice_through_slopes_of_its_own() -> None:
    scope = ran("PyTorch", objective(LOSSES["brier"], "logistic"))
    scores = torch.linspace(-3, 3, 7, dtype=torch.float64, requires_grad=True)
    losses = torch.nn.functional.softplus(scope["trained"](scores, torch.ones(7), reduction="none"))
    assert torch.autograd.gradcheck(lambda z: scope["trained"](z, torch.ones(7)), scores)
    assert torch.autograd.gradgradcheck(lambda z: scope["trained"](z, torch.ones(7)), scores)
    assert losses.requires_grad
