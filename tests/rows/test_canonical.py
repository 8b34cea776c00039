"""Rows under the names of formulas, held against the same done by hand, and each fault that keeps a row from counting."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest

from explorer.rows.expressions import ROW
from explorer.rows.layouts import canonical as faults
from explorer.rows.layouts.canonical import canonical
from explorer.rows.layouts.joining import joined
from explorer.rows.layouts.layout import recognise
from explorer.rows.spec import FAULT, UNLIKELY, Table

CONNECTION = ibis.duckdb.connect(threads=1)
NUMBERS = count()
NAN, INF = float("nan"), float("inf")


def raw(columns: Mapping[str, Any]) -> ibis.Table:
    """Return a table as files give it."""
    name = f"canonical_{next(NUMBERS)}"
    CONNECTION.con.register(name, pa.table(dict(columns)))
    return CONNECTION.table(name)


def table(columns: Mapping[str, Any], **given: Any) -> Table:
    """Return a table's rows as formulas have them."""
    source = raw(columns)
    return canonical(source, recognise(source, **given))


def rows(made: Table) -> list[dict[str, Any]]:
    """Return all rows in order, and hold those that count against them."""
    order = [name for name in ("row", "position") if name in made.rows.columns]
    found: list[dict[str, Any]] = made.rows.order_by(order).to_pyarrow().to_pylist()
    names = list(made.counted.columns)
    alike = [{name: row[name] for name in names} for row in found if row[FAULT] is None]
    assert sorted(map(repr, made.counted.to_pyarrow().to_pylist())) == sorted(map(repr, alike))
    return found


def values(made: Table, *names: str) -> list[tuple[Any, ...]]:
    """Return some columns of the rows that count."""
    return [tuple(row[name] for name in names) for row in rows(made) if row[FAULT] is None]


def said(made: Table) -> list[str | None]:
    """Return the faults in the order of rows."""
    return [row[FAULT] for row in rows(made)]


def test_random_binary_rows_are_what_numpy_makes_of_them() -> None:
    random = np.random.default_rng(1)
    y, p, w = random.integers(0, 2, 200), random.random(200), random.random(200)
    made = table({"y": y, "p": p, "weight": w, "fold": random.integers(0, 3, 200)})
    assert values(made, "row", "t", "p", "weight") == list(
        zip(range(200), y.astype(float).tolist(), p.tolist(), w.tolist(), strict=True)
    )


@pytest.mark.parametrize(("first", "dtype"), [(0, np.uint64), (1, np.float32)])
def test_random_classes_are_what_numpy_makes_of_them(first: int, dtype: type[np.generic]) -> None:
    random = np.random.default_rng(2)
    t, scores = random.integers(0, 4, 100), random.normal(size=(100, 4)).astype(np.float32)
    t[:4] = range(4)
    for columns in (
        {"y": (t + first).astype(dtype), "logits": pa.array(list(scores))},
        {"y": (t + first).astype(dtype), **{f"logits_{k}": scores[:, k] for k in range(4)}},
    ):
        expected = [(int(k), *row) for k, row in zip(t, scores.astype(float).tolist(), strict=True)]
        assert values(table(columns), "t", "z1", "z2", "z3", "z4") == expected


P = [0.1, 0.2, 0.3]
SPOILED: dict[str, tuple[Mapping[str, Any], Sequence[str | None]]] = {
    "binary": (
        {"y": [0, 1, None, -100, 2, 1, 1, 1, 1], "p": [0.0, 1.0, 0.5, 0.5, 0.5, NAN, None, 1.5, -0.1]},
        [
            None,
            None,
            faults.TARGET_MISSING,
            faults.TARGET_IGNORED,
            faults.TARGET_UNKNOWN + "2",
            faults.PREDICTION_MISSING,
            faults.PREDICTION_MISSING,
            faults.PROBABILITY_OUTSIDE,
            faults.PROBABILITY_OUTSIDE,
        ],
    ),
    "names": (
        {"y": ["yes", "no", "maybe", "", None], "p": [0.1, 0.2, 0.3, 0.4, 0.5]},
        [None, None, faults.TARGET_UNKNOWN + "maybe", faults.TARGET_IGNORED, faults.TARGET_MISSING],
    ),
    "truth values": ({"y": [True, False, None], "p": P}, [None, None, faults.TARGET_MISSING]),
    "soft": ({"y": [0.5, 1.0, NAN, 0.25], "p": [*P, INF]}, [None, None, faults.TARGET_MISSING, faults.PROBABILITY_OUTSIDE]),
    "soft later": (
        {"y": [0.5, -1.0, 0.25], "p": P},
        [None, faults.TARGET_IGNORED, None],
    ),
    "logits": ({"y": [0, 1, 1, 0], "logit": [INF, -INF, NAN, 3.0]}, [None, None, faults.PREDICTION_MISSING, None]),
    "weights": (
        {"y": [0, 1, 1, 0, 1], "p": [*P, *P[:2]], "weight": [0.0, -1.0, NAN, None, INF]},
        [None, faults.WEIGHT, faults.WEIGHT, faults.WEIGHT, faults.WEIGHT],
    ),
    "classes": (
        {
            "y": [0.0, 1.0, 2.0, 1.0, 0.5, INF, 1.0],
            "p1": [0.1, 0.1, 0.5, -0.2, 0.1, 0.1, NAN],
            "p2": [0.2, 0.2, 0.5, 0.5, 0.2, 0.2, 0.2],
            "p3": [0.7, 0.70001, 0.5, 0.7, 0.7, 0.7, 0.7],
        },
        [
            None,
            None,
            faults.NOT_ONE,
            faults.PROBABILITY_OUTSIDE,
            faults.TARGET_UNKNOWN + "0.5",
            faults.TARGET_UNKNOWN + "inf",
            faults.PREDICTION_MISSING,
        ],
    ),
    "lists": (
        {"y": [0, 1, 2, 2], "probs": [[0.1, 0.2, 0.7], [0.1, 0.9], None, [0.1, None, 0.9]]},
        [None, faults.PREDICTION_LENGTH, faults.PREDICTION_MISSING, faults.PREDICTION_MISSING],
    ),
    "infinite logits": (
        {"y": [0, 1, 2, 1], "logits": [[1.0, INF, 2.0], [-INF, -INF, -INF], [INF, INF, 0.0], [-INF, 1.0, INF]]},
        [None, faults.UNDEFINED, faults.UNDEFINED, None],
    ),
    "infinite logits of two": (
        {"y": [0, 1, 1], "logits": [[1.0, INF], [INF, INF], [-INF, 1.0]]},
        [None, faults.UNDEFINED, None],
    ),
    "regression": (
        {"y": [0.5, INF, 3.0, NAN, 12.0], "yhat": [1.0, 1.0, INF, 1.0, NAN]},
        [None, faults.TARGET_INFINITE, faults.PREDICTION_INFINITE, faults.TARGET_MISSING, faults.PREDICTION_MISSING],
    ),
    "tokens": (
        {"logprobs": [[None, -1.0, UNLIKELY, 0.5], [], None, [-INF, None]]},
        [
            faults.FIRST_TOKEN,
            None,
            None,
            faults.ABOVE_ZERO,
            faults.NO_TOKENS,
            faults.NO_TOKENS,
            None,
            faults.PREDICTION_MISSING,
        ],
    ),
}


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
@pytest.mark.parametrize(("columns", "expected"), SPOILED.values(), ids=SPOILED)
def test_each_row_that_does_not_count_says_why(columns: Mapping[str, Any], expected: Sequence[str | None]) -> None:
    made = table(columns)
    assert said(made) == list(expected)
    assert not decimals(made.rows)


def decimals(expression: ibis.Table) -> list[str]:
    """Return the numbers with a point in what is written for Spark, to which they are decimals, without NaN and infinities."""
    assert ibis.pyspark.name == "pyspark"  # its options are there once it is asked for
    return re.findall(r"(?<!['\\w.])\d+\.\d+(?!['\\w])", str(ibis.to_sql(expression, dialect="pyspark")))


def test_names_and_signs_become_0_and_1() -> None:
    assert values(table({"y": ["yes", "no"], "p": [0.25, 0.5]}), "t", "p") == [(1.0, 0.25), (0.0, 0.5)]
    assert values(table({"y": [-1, 1], "score": [-3.0, 5.0]}), "t", "z") == [(0.0, -3.0), (1.0, 5.0)]
    assert values(table({"y": [True, False], "p": [True, False]}), "t", "p") == [(1.0, 1.0), (0.0, 0.0)]


def test_of_two_columns_the_positive_one_is_the_prediction() -> None:
    columns = {"y": ["yes", "no"], "prob_yes": [0.25, 0.5], "prob_no": [0.75, 0.5]}
    assert values(table(columns), "t", "p") == [(1.0, 0.25), (0.0, 0.5)]
    assert values(table({"y": [0, 1], "logits": [[1.0, 3.0], [5.0, 4.0]]}), "t", "z") == [(0.0, 2.0), (1.0, -1.0)]


def test_what_rounding_put_above_1_is_1() -> None:
    assert values(table({"y": [1, 0], "p": [1 + 1e-7, 0.5]}), "p") == [(1.0,), (0.5,)]


def test_single_precision_adds_to_1() -> None:
    random = np.random.default_rng(3)
    scores = random.normal(size=(50, 7)).astype(np.float32)
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    made = table({"y": random.integers(0, 7, 50), "probs": pa.array(list(p.astype(np.float16).astype(np.float32)))})
    assert said(made) == [None] * 50


def test_tokens_keep_their_example_and_place() -> None:
    columns = {
        "id": ["a", "b"],
        "logprobs": [{"content": [{"logprob": -1.0}, {"logprob": -2.0}]}, {"content": [{"logprob": -0.5}]}],
    }
    made = values(table(columns), "row", "example", "position", "identity", "logp")
    assert made == [(0, 0, 0, "a", -1.0), (0, 0, 1, "a", -2.0), (1, 1, 0, "b", -0.5)]


def test_tokens_a_row_each_are_numbered_within_their_example() -> None:
    columns = {"example": ["b", "a", "b"], "token": ["x", "y", "z"], "logprob": [-1.0, -2.0, -3.0]}
    assert values(table(columns), "row", "example", "position", "logp") == [(0, 1, 0, -1.0), (1, 0, 0, -2.0), (2, 1, 1, -3.0)]
    placed = table({**columns, "position": [7, 0, 3]})
    assert values(placed, "row", "position") == [(0, 1), (1, 0), (2, 0)]


def test_a_join_keeps_the_order_and_counts_what_is_lacking() -> None:
    both = joined(raw({"id": [3, 1, 2], "p": [0.1, 0.2, 0.9]}), raw({"id": [1, 2, 4], "y": [0, 1, 1]}))
    found = rows(canonical(both, recognise(both)))
    assert [(row["row"], row["identity"], row[FAULT]) for row in found] == [
        (0, "3", faults.TARGET_MISSING),
        (1, "1", None),
        (2, "2", None),
        (None, "4", faults.PREDICTION_MISSING),
    ]


def test_rows_that_are_numbered_keep_their_numbers() -> None:
    source = raw({"y": [0, 1], "p": [0.1, 0.2], ROW: [17, 4]})
    made = canonical(source, recognise(source))
    assert values(made, "row", "p") == [(4, 0.2), (17, 0.1)]
    assert made.numbered.counted.select("row").order_by("row").to_pyarrow().to_pydict() == {"row": [4, 17]}


def test_columns_of_any_name_are_no_danger() -> None:
    columns = {'"; drop table x; --': [0, 1], "row": [5, 6], "target": [0.25, 0.5], "score1": [1, 2], "group": ["a", None]}
    made = table(columns, truth='"; drop table x; --', prediction="target", identity="row")
    assert values(made, "t", "p", "group", "identity") == [(0.0, 0.25, "a", "5"), (1.0, 0.5, None, "6")]
