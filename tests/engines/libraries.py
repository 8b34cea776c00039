"""Asks the real libraries for a loss and its gradient at a point, in each dtype that they take."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import json
import math
import os
import re
import sys
import types
from collections.abc import Callable
from typing import Any, NamedTuple

os.environ["KERAS_BACKEND"] = "jax"
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import keras
import lightgbm
import numpy as np
import optax
import sklearn._loss
import sklearn.linear_model._sgd_fast
import sklearn.metrics
import torch
import xgboost

from tests.engines.calls import Call
from tests.engines.definitions import DEFINITIONS, Point, vectors

jax.config.update("jax_enable_x64", True)
keras.backend.set_floatx("float64")

PACKAGES = {
    "torch": "torch",
    "torchvision": "torchvision",
    "keras": "keras",
    "jax": "jax",
    "optax": "optax",
    "sklearn": "scikit-learn",
    "xgboost": "xgboost",
    "lightgbm": "lightgbm",
}
"""Module -> the package that brings it."""


def version(package: str) -> str:
    """Return a package's version, without the build that a + marks."""
    return importlib.metadata.version(package).split("+")[0]


def _torchvision() -> Any:
    """The module of torchvision that is Python alone: its compiled half needs the build of torch that it was made with."""
    origin = importlib.util.find_spec("torchvision")
    assert origin is not None
    assert origin.submodule_search_locations
    folder = origin.submodule_search_locations[0]
    package, utils = types.ModuleType("torchvision_python"), types.ModuleType("torchvision_python.utils")
    package.__path__ = []
    utils._log_api_usage_once = lambda _: None  # type: ignore[attr-defined]
    sys.modules |= {package.__name__: package, utils.__name__: utils}
    spec = importlib.util.spec_from_file_location("torchvision_python.ops.focal_loss", f"{folder}/ops/focal_loss.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return types.SimpleNamespace(ops=module)


MODULES: dict[str, Any] = {
    "torch": torch,
    "torchvision": _torchvision(),
    "keras": keras,
    "jax": jax,
    "optax": optax,
    "sklearn": sklearn,
    "numpy": np,
}
"""What the sources of calls may use."""


class Answer(NamedTuple):
    """What a library gives: each part None where it has none."""

    value: float | None
    gradient: dict[str, float] | None
    hessian: dict[str, float] | None = None


DTYPES = ("float64", "float32", "float16", "bfloat16")


def rounded(at: Point, dtype: str) -> Point:
    """Return a point as a dtype holds it."""
    return {name: float(torch.tensor(number, dtype=getattr(torch, dtype))) for name, number in at.items()}


def dtypes(call: Call) -> tuple[str, ...]:
    """Return the dtypes that a library computes a loss in."""
    if call.library in {"xgboost"} or (call.library == "lightgbm" and ".metric." not in call.source):
        return ("float32",)
    if call.library == "lightgbm" or "_sgd_fast" in call.source:
        return ("float64",)
    return DTYPES[:2] if call.library == "sklearn" else DTYPES


def ask(call: Call, at: Point, dtype: str) -> Answer | None:
    """Return what a call gives at a point; None where the library refuses the point, or the dtype."""
    try:
        return _asker(call)(call, at, dtype)
    except (ValueError, TypeError, RuntimeError, xgboost.core.XGBoostError, lightgbm.basic.LightGBMError):
        return None


def _asker(call: Call) -> Callable[[Call, Point, str], Answer]:
    if call.library == "sklearn":
        return (
            _of_sgd
            if "_sgd_fast" in call.source
            else _of_objective
            if "_loss.H" in call.source or re.search(r"_loss\.[A-Z]", call.source)
            else _of_metric
        )
    return {"xgboost": _of_xgboost, "lightgbm": _of_lightgbm}.get(call.library) or (
        _of_torch if "torch" in call.source else _of_jax
    )


# --- What has automatic differentiation ---

_PARAMETERS = {"delta", "tau", "epsilon", "rho", "alpha", "beta", "gamma", "q", "m", "nu"}


def _of_torch(call: Call, at: Point, dtype: str) -> Answer:
    by = DEFINITIONS[call.loss].by.split()
    tensors = {
        name: torch.tensor(number, dtype=getattr(torch, dtype)) for name, number in at.items() if name not in _PARAMETERS
    }
    for name in by:
        tensors[name].requires_grad_()
    plain = {name: number for name, number in at.items() if name in _PARAMETERS}
    scope = {**MODULES, **plain, **tensors, **vectors(tensors, torch.stack)}
    loss = eval(call.source, scope).squeeze()
    found = torch.autograd.grad(loss, [tensors[name] for name in by], allow_unused=True)
    slopes = {name: 0.0 if slope is None else float(slope) for name, slope in zip(by, found, strict=True)}
    return Answer(float(loss.detach()), slopes)


def _of_jax(call: Call, at: Point, dtype: str) -> Answer:
    by = DEFINITIONS[call.loss].by.split()
    arrays = {name: jax.numpy.asarray(number, dtype=dtype) for name, number in at.items() if name not in _PARAMETERS}
    plain = {name: number for name, number in at.items() if name in _PARAMETERS}

    def loss(predictions: dict[str, Any]) -> Any:
        given = {**arrays, **predictions}
        return eval(call.source, {**MODULES, **plain, **given, **vectors(given, jax.numpy.stack)}).squeeze()

    value, slopes = jax.value_and_grad(loss)({name: arrays[name] for name in by})
    return Answer(float(value), {name: float(slopes[name]) for name in by})


# --- scikit-learn ---


def _of_metric(call: Call, at: Point, dtype: str) -> Answer:
    numbers = {name: getattr(np, dtype)(number) for name, number in at.items()}
    scope = {**MODULES, **numbers, **vectors(numbers, np.array)}
    return Answer(float(eval(call.source, scope)), None)


def _of_sgd(call: Call, at: Point, dtype: str) -> Answer:
    loss = eval(call.source, {**MODULES, **at})
    return Answer(loss.py_loss(at["y"], at["t"]), {"y": loss.py_dloss(at["y"], at["t"])})


def _label_and_raw(call: Call, at: Point) -> tuple[float, list[float]]:
    scope = {**vars(math), **at, **vectors(at, list)}
    if "index" in call.target:
        scope["index"] = float(np.argmax(scope["t"]))
    raw = eval(call.raw, scope)
    return float(eval(call.target, scope)), raw if isinstance(raw, list) else [raw]


def _by_prediction(call: Call, at: Point, slopes: Any) -> dict[str, float]:
    scale = at["y"] if call.raw == "log(y)" else 1.0
    by = DEFINITIONS[call.loss].by.split()
    return {name: float(slope) / scale for name, slope in zip(by, np.ravel(slopes), strict=True)}


def _of_objective(call: Call, at: Point, dtype: str) -> Answer:
    label, raw = _label_and_raw(call, at)
    name, arguments = call.source.removeprefix("sklearn._loss.").split("(", 1)
    import sklearn._loss.loss as losses

    given = {k: at.get(v, 3) for k, v in re.findall(r"(\w+)=(\w+)", arguments)}
    delta = given.pop("delta", None)
    objective = getattr(losses, name)(**given) if delta is None else getattr(losses, name)(quantile=0.5, delta=delta)
    raws = np.array([raw] if len(raw) > 1 else raw, dtype=dtype)
    values, slopes = objective.loss_gradient(y_true=np.array([label], dtype=dtype), raw_prediction=raws)
    return Answer(float(values[0]), _by_prediction(call, at, slopes))


# --- Boosting: what one step says of the gradient and the hessian that it was made from ---


def _options(call: Call, at: Point) -> dict[str, float]:
    return {key: at.get(word, 3) for key, word in re.findall(r"(\w+)=(\w+)", call.source)}


STRENGTH = 2.0**20
"""Of the regularisation: with it no step is so long that a library cuts it."""


def _of_xgboost(call: Call, at: Point, dtype: str) -> Answer:
    label, raw = _label_and_raw(call, at)
    data = xgboost.DMatrix(np.zeros((1, 1)), label=[label], base_margin=[raw])
    objective, _, metric = call.source.removeprefix("xgboost.").removeprefix("metric.").split("(")[0].partition(".")
    given: dict[str, Any] = _options(call, at) | {"objective": objective, "lambda": STRENGTH, "verbosity": 0}
    if metric:
        told = xgboost.Booster(given | {"eval_metric": metric, "disable_default_eval_metric": 1}, [data]).eval(data)
        return Answer(float(told.rsplit(":", 1)[1]), None)
    booster = xgboost.train(given | {"eta": 1, "max_depth": 1, "min_child_weight": 0}, data, 1)
    trees = json.loads(booster.save_raw("json"))["learner"]["gradient_booster"]["model"]["trees"]
    hessians = [tree["sum_hessian"][0] for tree in trees]
    slopes = [-tree["base_weights"][0] * (h + STRENGTH) for tree, h in zip(trees, hessians, strict=True)]
    return Answer(None, _by_prediction(call, at, slopes), dict(zip(_by_prediction(call, at, slopes), hessians, strict=True)))


ROWS = 64
"""Of each example: LightGBM guesses a leaf's number of rows from its hessians."""
LIGHT_STRENGTH = 1e-6
"""Of LightGBM's regularisation, which makes up for hessians that are 0; a larger one would keep it from splitting."""


def _of_lightgbm(call: Call, at: Point, dtype: str) -> Answer:
    label, raw = _label_and_raw(call, at)
    objective = call.source.removeprefix("lightgbm.").removeprefix("metric.").split("(")[0]
    is_metric = ".metric." in call.source
    named = {"l2": "regression"}.get(objective, objective)
    labels = [label] if is_metric else [label, *_other_labels(named, label, raw)]
    groups = len(labels)
    given: dict[str, Any] = {
        "objective": named,
        "learning_rate": 1,
        "lambda_l2": LIGHT_STRENGTH,
        "min_data_in_leaf": 0,
        "min_sum_hessian_in_leaf": 0,
        "num_leaves": 3,
        "boost_from_average": False,
        "verbosity": -1,
        "min_data_in_bin": 1,
        "feature_pre_filter": False,
        "num_threads": 1,
        "poisson_max_delta_step": 0.7,
        **_options(call, at),
    }
    scores = np.repeat(np.array(raw), groups * ROWS)
    features = np.repeat(np.arange(float(groups)), ROWS)[:, None]
    data = lightgbm.Dataset(features, label=np.repeat(labels, ROWS), init_score=scores, params=given)
    booster = lightgbm.Booster(given, data)
    if is_metric:
        return Answer(float(booster.eval_train()[0][2]), None)
    booster.update()
    at_leaf = np.asarray(booster.predict(features, pred_leaf=True)).T
    weights, steps = zip(*(_first_leaf(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]), strict=True)
    rows = [np.count_nonzero(leaf == leaf[0]) for leaf in at_leaf]
    hessians = [weight / count for weight, count in zip(weights, rows, strict=True)]
    slopes = [-step * (weight + LIGHT_STRENGTH) / count for step, weight, count in zip(steps, weights, rows, strict=True)]
    return Answer(None, _by_prediction(call, at, slopes), dict(zip(_by_prediction(call, at, slopes), hessians, strict=True)))


def _other_labels(objective: str, label: float, raw: list[float]) -> list[float]:
    """Return labels of other examples, so that their gradients differ and the tree has a split."""
    if len(raw) > 1:
        return [other for other in (0.0, 1.0, 2.0) if other != label]
    if objective in {"binary", "cross_entropy"}:
        return [float(label < 0.5)] if objective == "binary" else [1.0 if label < 1 else 0.0]
    return [2 * raw[0] - label] if objective in {"regression", "huber"} and raw[0] != label else [label + 1]


def _first_leaf(node: dict[str, Any]) -> tuple[float, float]:
    """Return weight and value of the leaf of the first example."""
    while "left_child" in node:
        node = node["left_child"]
    if "leaf_weight" not in node:
        raise ValueError("LightGBM found no split here, so that it tells no hessian.")
    return node["leaf_weight"], node["leaf_value"]
