"""Faults that the arrays themselves show."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from explorer.core import losses
from explorer.core.checks import FloatArray
from explorer.doctor import diagnose
from explorer.doctor.score import POSSIBLE

RNG = np.random.default_rng(3)
ROWS = 200
INDEX = RNG.integers(0, 4, ROWS)
Z = 4.0 * np.eye(4)[INDEX] + RNG.normal(size=(ROWS, 4))
P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
LABEL = (RNG.random(ROWS) < 0.4).astype(float)
ONE = 1 / (1 + np.exp(-(6 * LABEL - 3 + RNG.normal(size=ROWS))))


def mean(values: FloatArray) -> float:
    return round(float(np.mean(values)), 4)


MEAN = float(np.mean(losses.index_cross_entropy(P, INDEX)))
MANY = RNG.dirichlet(np.full(500, 0.05), 300)
TWO_HOT = np.eye(4)[INDEX] + np.eye(4)[(INDEX + 1) % 4]

FAULTS: dict[str, list[dict[str, Any]]] = {
    "softmax-twice": [
        {"predictions": P, "targets": INDEX, "loss": mean(losses.index_cross_entropy_with_logits(P, INDEX))},
        {"predictions": np.exp(P) / np.exp(P).sum(axis=1, keepdims=True), "targets": INDEX},
        {"predictions": P, "targets": INDEX, "kind": "CrossEntropyLoss"},
    ],
    "sigmoid-twice": [
        {"predictions": ONE, "targets": LABEL, "loss": mean(losses.binary_cross_entropy_with_logits(ONE, LABEL))},
        {"predictions": 1 / (1 + np.exp(-ONE)), "targets": LABEL},
        {"predictions": ONE, "targets": LABEL, "kind": "BCEWithLogitsLoss"},
    ],
    "log-missing": [
        {"predictions": P, "targets": INDEX, "loss": mean(-P[np.arange(ROWS), INDEX])},
        {"predictions": [[0.5, 0.5]], "targets": [[0.5, 0.5]], "loss": -1.1931, "kind": "kl_div"},
    ],
    "sum-not-mean": [{"predictions": P, "targets": INDEX, "loss": round(ROWS * MEAN, 2)}],
    "label-order": [{"predictions": P[:, [2, 0, 3, 1]], "targets": INDEX}, {"predictions": 1 - ONE, "targets": LABEL}],
    "off-by-one-index": [{"predictions": P, "targets": (INDEX + move) % 4} for move in (1, 3)],
    "target-outside": [
        {"predictions": ONE, "targets": 255 * LABEL},
        {"predictions": ONE, "targets": 2 * LABEL - 1, "kind": "bce"},
        {"predictions": P, "targets": 3 * INDEX},
        {"predictions": P, "targets": INDEX + 1},
    ],
    "target-not-normalised": [{"predictions": P, "targets": TWO_HOT, "kind": "cross-entropy"}],
    "one-label": [{"predictions": ONE, "targets": np.ones(ROWS)}],
    "one-class": [{"predictions": np.ones((ROWS, 1)), "targets": LABEL[:, None], "kind": "softmax"}],
    "all-ignored": [{"predictions": Z, "targets": np.full(ROWS, -100), "loss": "nan"}],
    "probability-exactly-one": [{"predictions": np.round(ONE), "targets": np.roll(LABEL, 1), "loss": "inf"}],
    "no-signal": [{"predictions": np.full((ROWS, 4), 0.25) + 0.001 * RNG.normal(size=(ROWS, 4)), "targets": INDEX}],
    "base-rate": [{"predictions": np.full(ROWS, 0.1), "targets": (np.arange(ROWS) % 10 == 0).astype(float)}],
    "probabilities-in-hinge": [{"predictions": ONE, "targets": 2 * LABEL - 1, "kind": "hinge"}],
    "embeddings-collapsed": [{"predictions": np.full((32, 8), 0.35), "targets": np.arange(32) % 4, "kind": "triplet"}],
    "broadcast": [{"predictions": RNG.normal(size=(50, 1)), "targets": RNG.normal(size=50), "kind": "mse"}],
    "hessian-zero": [{"predictions": np.full(ROWS, 0.5), "targets": RNG.normal(size=ROWS), "framework": "xgboost"}],
    "sign-flipped": [{"predictions": -np.arange(50.0), "targets": np.arange(50.0), "kind": "mse"}],
    "overconfident": [{"predictions": np.where(RNG.random(ROWS) < 0.75, LABEL, 1 - LABEL) * 0.98 + 0.01, "targets": LABEL}],
}  # fmt: skip


SMALL: dict[str, dict[str, Any]] = {
    "label-order": {"predictions": [0.1, 0.9, 0.2, 0.8], "targets": [1, 0, 1, 0]},
    "off-by-one-index": {"predictions": [*np.eye(3)[[1, 2, 0, 1, 2, 0]] * 0.7 + 0.1], "targets": [2, 0, 1, 2, 0, 1]},
    "overconfident": {"predictions": [0.99, 0.98, 0.999, 0.97, 0.02, 0.99], "targets": [1, 0, 1, 1, 0, 0]},
    "probability-exactly-one": {"predictions": [1.0, 0.0, 1.0, 0.3], "targets": [1, 1, 0, 0]},
}


@pytest.mark.parametrize("cause", SMALL)
def test_a_fault_in_a_few_rows_stands_first(cause: str) -> None:
    assert [finding.cause for finding in diagnose(**SMALL[cause])][:1] == [cause]


@pytest.mark.parametrize("rows", [4, 6, 12, 49])
def test_few_rows_of_probabilities_that_are_right_are_seldom_called_wrong(rows: int) -> None:
    random = np.random.default_rng(rows)
    called = 0
    for _ in range(200):
        p = random.beta(0.5, 0.5, rows) * 0.98 + 0.01
        found = diagnose(predictions=p, targets=(random.random(rows) < p).astype(float))
        called += any(finding.score >= POSSIBLE and finding.cause != "one-label" for finding in found)
    assert called <= 2


@pytest.mark.parametrize(("cause", "facts"), [(cause, facts) for cause, told in FAULTS.items() for facts in told])
def test_a_fault_in_the_arrays_stands_first(cause: str, facts: dict[str, Any]) -> None:
    assert [finding.cause for finding in diagnose(**facts)][:1] == [cause]


@pytest.mark.parametrize(
    "facts",
    [
        {"predictions": P, "targets": INDEX},
        {"predictions": Z, "targets": INDEX, "loss": mean(losses.index_cross_entropy_with_logits(Z, INDEX))},
        {"predictions": P, "targets": np.eye(4)[INDEX], "loss": mean(losses.index_cross_entropy(P, INDEX))},
        {"predictions": ONE, "targets": LABEL, "loss": mean(losses.binary_cross_entropy(ONE, LABEL)), "kind": "binary"},
        {"predictions": MANY, "targets": MANY.argmax(axis=1)},
        {"predictions": MANY[:30], "targets": RNG.permutation(500)[:30]},
        {"predictions": ONE[:2], "targets": np.ones(2)},
        {"predictions": np.arange(50.0) + RNG.normal(size=50), "targets": np.arange(50.0), "kind": "mse"},
        {"predictions": [[0.5, 0.5]], "targets": [[0.9, 0.1]], "kind": "kl_div", "loss": 0.3681, "reduction": "sum"},
    ],
)
def test_arrays_in_order_give_nothing(facts: dict[str, Any]) -> None:
    assert [finding for finding in diagnose(**facts) if finding.score >= 0.5] == []


@pytest.mark.parametrize("kind", ["bce", "cross_entropy", "kl", "mse", "triplet", "focal", "hinge", None])
def test_whatever_arrays_hold_is_taken(kind: str | None) -> None:
    many = [ONE[:9], Z[:9], P[:9], ONE[:9, np.newaxis], np.full((9, 1), np.nan), np.full((9, 4), np.inf), np.zeros((9, 4))]
    targets = [LABEL[:9], 1.5 * LABEL[:9], INDEX[:9] - 3, np.full(9, np.nan), np.full(9, -100), P[:9], np.ones((9, 1))]
    for predictions, told, loss in itertools.product(many, targets, [None, "nan", -1.2]):
        assert isinstance(diagnose(kind=kind, predictions=predictions, targets=told, loss=loss), list)


def test_a_loss_of_zero_over_two_labels_is_not_of_one_class() -> None:
    assert [f.cause for f in diagnose(loss=0.0, predictions=[40.0, 50.0, -60.0], targets=[1, 1, 0])] == []
    assert [f.cause for f in diagnose(loss=0.0, predictions=[40.0, 50.0, 60.0], targets=[1, 1, 1])][:2] == [
        "one-class",
        "one-label",
    ]
