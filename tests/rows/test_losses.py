"""The loss of each row as SQL computes it is the loss's own program at that row, and its slope that of a difference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ibis
import numpy as np
import pyarrow
import pytest
from numpy.typing import NDArray
from scipy.special import expit, logit, softmax

from explorer.core.losses import Loss
from explorer.rows import losses
from explorer.rows.examples import EXAMPLES
from explorer.rows.spec import Kind, Layout, Scale, Table

Array = NDArray[np.float64]
COUNT = 60


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    connection = ibis.duckdb.connect()
    yield connection
    connection.disconnect()


def layout(kind: Kind, scale: Scale) -> Layout:
    classes = {"binary": ("no", "yes"), "classes": ("a", "b", "c")}.get(kind, ())
    return Layout(kind, scale, "t", ("p",), classes, tuple(map(str, range(len(classes)))))


def drawn(laid: Layout) -> dict[str, Array]:
    """Columns of a Table, mostly moderate; some probabilities are 0 and 1, some logits far out."""
    random = np.random.default_rng(3)
    if laid.kind == "regression":
        return {"y": random.normal(0, 3, COUNT), "t": random.normal(0, 3, COUNT)}
    if laid.kind == "binary":
        t = random.integers(0, 2, COUNT).astype(float)
        p = np.r_[0.0, 1.0, 0.0, 1.0, 1e-300, random.uniform(size=COUNT - 5)]
        t[:5] = (0, 1, 1, 0, 1)
        return (
            {"p": p, "t": t} if laid.scale == "probability" else {"z": np.r_[-1e4, 1e4, random.normal(0, 4, COUNT - 2)], "t": t}
        )
    z = random.normal(0, 4, (COUNT, 3))
    scores = softmax(z, axis=1) if laid.scale == "probability" else z
    letter = "p" if laid.scale == "probability" else "z"
    return {f"{letter}{k + 1}": scores[:, k] for k in range(3)} | {"t": random.integers(0, 3, COUNT)}


def table(engine: Any, laid: Layout, columns: dict[str, Array]) -> Table:
    more = {"row": np.arange(COUNT), "weight": np.ones(COUNT), "fault": pyarrow.array([None] * COUNT, pyarrow.string())}
    return Table(engine.create_table(ibis.util.gen_name("rows"), ibis.memtable(pyarrow.table(columns | more))), laid)


def by_hand(loss: Loss, laid: Layout, columns: dict[str, Array]) -> Array:
    """The loss's own program, its predictions and targets worked out of the columns with SciPy."""
    given: dict[str, Any] = {one.name: one.start for one in loss.inputs if one.role in {"parameter", "weight"}}
    wants_p = loss.by.startswith("p")
    if laid.kind == "classes":
        scores = np.column_stack([columns[name] for name in columns if name != "t"])
        if laid.scale == "probability" and not wants_p:
            scores = np.log(scores)
        elif laid.scale == "logit" and wants_p:
            scores = softmax(scores, axis=1)
        given |= dict(zip(loss.predictions, scores.T, strict=True))
        given |= {f"t{k + 1}": columns["t"] == k for k in range(3)} if "t1" in loss.starts else {"t": columns["t"]}
    elif laid.kind == "binary":
        score = columns["p"] if laid.scale == "probability" else columns["z"]
        if wants_p and laid.scale == "logit":
            score = expit(score)
        elif not wants_p and laid.scale == "probability":
            score = np.clip(logit(score), -1e15, 1e15)
        given |= {loss.by: score, "t": 2 * columns["t"] - 1 if loss.input("t").domain.low < 0 else columns["t"]}
    else:
        given |= {loss.by: columns["y"], "t": columns["t"]}
    return np.asarray(loss.program().evaluate(given)["L"], dtype=np.float64)


CASES = [
    (laid, name)
    for laid in (
        layout("binary", "probability"), layout("binary", "logit"), layout("classes", "probability"),
        layout("classes", "logit"), layout("regression", "value"),
    )
    for name in losses.fitting(laid)
]  # fmt: skip


@pytest.mark.filterwarnings("ignore:overflow encountered", "ignore:divide by zero")
@pytest.mark.parametrize(
    ("laid", "name"), CASES, ids=lambda given: given if isinstance(given, str) else f"{given.kind}-{given.scale}"
)
def test_each_rows_loss_is_the_program_at_that_row(engine: Any, laid: Layout, name: str) -> None:
    columns, loss = drawn(laid), losses.found(laid, name)
    found = losses.per_row(table(engine, laid, columns), loss).order_by("row").loss.to_pyarrow().to_numpy()
    expected = by_hand(loss, laid, columns)
    if laid.scale == "probability" and not loss.by.startswith("p"):
        expected = np.where(expected > 1e6, np.inf, expected)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(
    ("laid", "name"), [case for case in CASES if case[1] in {"cross_entropy", "focal", "hinge", "huber", "brier"}]
)
def test_each_rows_slope_is_the_length_of_the_gradient_by_the_raw_scores(engine: Any, laid: Layout, name: str) -> None:
    columns, loss = drawn(laid), losses.found(laid, name)
    if laid.kind == "binary":
        columns = {
            k: np.where(np.arange(COUNT) < 5, x[10], x) for k, x in columns.items()
        }  # saturated ones have no differences
    found = losses.per_row(table(engine, laid, columns), loss, slope=True).order_by("row").slope.to_pyarrow().to_numpy()
    raw = {name: logit(x) if laid.kind == "binary" else np.log(x) for name, x in columns.items() if name[0] == "p"}
    raw = raw or {name: x for name, x in columns.items() if name != "t"}
    scale: Scale = "value" if laid.kind == "regression" else "logit"
    over = layout(laid.kind, scale)
    named = {name.replace("p", "z") if laid.kind != "regression" else name: x for name, x in raw.items()}
    squares = np.zeros(COUNT)
    for moved in named:
        up, down = ({k: x + side * (k == moved) for k, x in named.items()} | {"t": columns["t"]} for side in (1e-5, -1e-5))
        squares += ((by_hand(loss, over, up) - by_hand(loss, over, down)) / 2e-5) ** 2
    np.testing.assert_allclose(found, np.sqrt(squares), rtol=2e-5, atol=1e-8)


def test_a_loss_of_other_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="A loss of binary rows must be one of binary_cross_entropy, .*; got huber"):
        losses.found(layout("binary", "probability"), "huber")


@pytest.mark.parametrize("name", EXAMPLES)
def test_made_up_rows_are_the_same_each_time(name: str) -> None:
    assert EXAMPLES[name]().equals(EXAMPLES[name]())


def test_of_very_many_classes_the_usual_loss_alone_is_offered() -> None:
    few, many = (Layout("classes", "logit", "t", ("z",), tuple(map(str, range(size)))) for size in (100, 101))
    assert list(losses.fitting(many)) == list(losses.fitting(few))[:1] == ["cross_entropy_with_logits"]
