"""What people call raw scores and labels in objectives, and what libraries call functions of arrays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sympy import Expr, Integer, Symbol

PREDICTED = re.compile(
    r"(y_?)?(pred|predt|preds|prediction|predictions|hat|margin|approx|approxes|score|scores|raw|logits?|output)\w*",
    re.IGNORECASE,
)
HAPPENED = re.compile(r"(y_?)?(label|labels|true|target|targets|truth)\w*|dtrain|dmatrix|train_data|dataset", re.IGNORECASE)
WEIGHTS = re.compile(r"((sample|class)_?)?weights?", re.IGNORECASE)
"""What each row is weighted by, its class for instance: that is no part of the loss, and taken as 1."""
RETURNED = (("grad", "hess"), ("gradient", "hessian"), ("g", "h"), ("der1", "der2"), ("grads", "hesses"))
"""What a gradient and a Hessian are called where nothing is returned."""
MAXIMISED = {"calc_ders_range", "calc_ders_multi"}
"""CatBoost's methods, which give the slopes of what is to become large."""

IMPORTED = {
    "numpy", "scipy", "math", "xgboost", "lightgbm", "catboost", "torch", "pandas", "typing", "sklearn", "jax", "tensorflow",
}  # fmt: skip
"""What may be imported: names of anything else are not read either."""
LIBRARIES = {
    "np", "numpy", "math", "scipy", "special", "torch", "F", "jnp", "jax", "tf", "K", "keras", "nn", "ops",
    "xp", "cp", "anp", "pd",
}  # fmt: skip
"""What libraries are called where a function is asked of them."""
LABELS_ASKED = {"get_label", "get_labels"}
"""Methods of a dataset that return its labels."""
ONE_HOT = {"one_hot", "get_dummies", "to_categorical", "label_binarize"}
"""Functions that make of labels vectors of zeros and a one."""
COLUMNS = {"values", "T", "data", "label", "labels", "target"}
"""Attributes that leave an array's values as they are."""
METHODS_THAT_KEEP = {
    "astype", "flatten", "ravel", "reshape", "copy", "squeeze", "to_numpy", "numpy", "detach", "cpu", "item", "view",
}  # fmt: skip
"""Methods that leave an array's values as they are."""
FUNCTIONS_THAT_KEEP = {
    "array", "asarray", "atleast_1d", "float", "float32", "float64", "int", "list", "copy", "ravel", "squeeze",
}  # fmt: skip
"""Functions that leave the values of their first argument as they are."""
FILLED = {"ones": 1, "ones_like": 1, "zeros": 0, "zeros_like": 0, "empty": 0, "empty_like": 0}
"""Function -> the number of which its array is full."""


def meanings(arguments: Sequence[str], score: Symbol, target: Symbol) -> Mapping[str, Symbol]:
    """Return which arguments are raw scores and labels: by their names, else as XGBoost has them, scores first."""
    meant: dict[str, Symbol] = {}
    for name in arguments:
        if HAPPENED.fullmatch(name):
            meant[name] = target
        elif PREDICTED.fullmatch(name):
            meant[name] = score
    free = [name for name in arguments if name not in meant]
    left = [symbol for symbol in (score, target) if symbol not in meant.values()]
    if {"y", "t"} & set(free[:1]) and len(left) == 2 and len(free) > 1:
        left.reverse()
    return meant | dict(zip(free, left, strict=False))


def named(expr: Expr, meant: Mapping[str, Expr]) -> Expr:
    """Return an expression with the names that people use for a symbol in its place."""
    return expr.xreplace({symbol: meant[symbol.name] for symbol in expr.free_symbols if symbol.name in meant})


def synonyms(expr: Expr, score: str, target: str, taken: set[str]) -> dict[str, Expr]:
    """Return what names that are no symbols of the loss are called like: raw scores or targets; n is a number of rows."""
    return dict(_synonyms(expr, score, target, taken))


def _synonyms(expr: Expr, score: str, target: str, taken: set[str]) -> Iterator[tuple[str, Expr]]:
    for name in sorted({symbol.name for symbol in expr.free_symbols} - taken):
        if PREDICTED.fullmatch(name):
            yield name, Symbol(score)
        elif target and HAPPENED.fullmatch(name):
            yield name, Symbol(target)
        elif WEIGHTS.fullmatch(name):
            yield name, Integer(1)
        elif name in ("n", "N"):
            yield name, Integer(1000)
