"""Files as programs and people write them are recognised without a word; their mean loss is held against NumPy."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.rows import open_rows
from tests.rows.made import FloatArray

COUNT = 40
R = np.random.default_rng(7)
P = R.uniform(0.02, 0.98, COUNT).round(4)
T = (R.uniform(size=COUNT) < P).astype(int)
Z = (R.normal(size=(COUNT, 3)) * 2).round(4)
C = (Z + R.gumbel(size=Z.shape)).argmax(1)
Q = np.exp(Z) / np.exp(Z).sum(1, keepdims=True)
Y = (R.normal(size=COUNT) * 20 + 100).round(2)
F = (Y + R.normal(size=COUNT) * 5).round(2)
ORDER = R.permutation(COUNT)
NAMES = ("cat", "dog", "horse")
DAYS = [f"2024-01-{1 + k % 28:02}" for k in range(COUNT)]
BINARY = -np.log(np.where(T == 1, P, 1 - P))
CLASSES = -np.log(Q[np.arange(COUNT), C])
SQUARES = (Y - F) ** 2


def csv(head: Sequence[str], *columns: Sequence[Any], comma: bool = False) -> bytes:
    """Columns under names, or without any; with semicolons and decimal commas, as German spreadsheets write."""
    lines = [list(head)] if head else []
    lines += [
        [f"{value:.10g}" if isinstance(value, float) else str(value) for value in row] for row in zip(*columns, strict=True)
    ]
    if comma:
        lines = [[cell.replace(".", ",") for cell in line] for line in lines]
    return "".join((";" if comma else ",").join(line) + "\r\n" for line in lines).encode()


def lines(rows: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def array(values: Any) -> bytes:
    to = io.BytesIO()
    np.save(to, values)
    return to.getvalue()


def named(k: int) -> list[dict[str, Any]]:
    """The probabilities of a row as pipelines answer, the largest first."""
    return [{"label": NAMES[j], "score": float(Q[k, j])} for j in np.argsort(-Q[k])]


def of_classes(**more: Any) -> bytes:
    """A row as JSON, with the classes' probabilities as `more` says, a function of its number each."""
    return lines([{"label": NAMES[C[k]], **{name: made(k) for name, made in more.items()}} for k in range(COUNT)])


PROBABILITIES, TARGETS, FORECASTS = P.tolist(), Y.tolist(), F.tolist()
SURE = [{"label": "NP"[int(p > 0.5)], "score": max(p, 1 - p), "gold": "NP"[t]} for p, t in zip(PROBABILITIES, T, strict=True)]
CATS = [{"label": "NP"[t], "cats": {"P": p, "N": 1 - p}} for p, t in zip(PROBABILITIES, T, strict=True)]
JPG = [f"{k}.jpg" for k in range(COUNT)]
ANSWERS = [["nein", "ja"][t] for t in T]
GERMAN = csv(("Kundennr", "gekündigt", "Wahrscheinlichkeit"), range(COUNT), ANSWERS, PROBABILITIES, comma=True)
BOUNDS = csv(("ds", "y", "yhat", "yhat_lower", "yhat_upper"), DAYS, TARGETS, FORECASTS, FORECASTS, TARGETS)
CASES: dict[str, tuple[dict[str, bytes], FloatArray]] = {
    "a list of names and scores": ({"a.jsonl": of_classes(scores=named)}, CLASSES),
    "how sure a label is": ({"a.jsonl": lines(SURE)}, BINARY),
    "a record a row": ({"a.jsonl": of_classes(cats=lambda k: dict(zip(NAMES, Q[k].tolist(), strict=True)))}, CLASSES),
    "a record of two classes": ({"a.jsonl": lines(CATS)}, BINARY),
    "lists of names and of scores": (
        {"a.jsonl": of_classes(prediction=lambda k: {"classes": NAMES, "scores": Q[k].tolist()})},
        CLASSES,
    ),
    "an object of columns": ({"a.json": json.dumps({"y_true": T.tolist(), "y_pred": PROBABILITIES}).encode()}, BINARY),
    "identities that are called otherwise": (
        {
            "a.csv": csv(("picture", "label"), JPG, PROBABILITIES),
            "b.csv": csv(("picture", "label"), [JPG[k] for k in ORDER], T[ORDER].tolist()),
        },
        BINARY,
    ),
    "two files in one order": ({"a.csv": csv((), *Q.T.tolist()), "b.csv": csv((), C.tolist())}, CLASSES),
    "a prediction called after its target": (
        {"a.csv": csv(("id", "date", "sales", "price", "sales_pred"), range(COUNT), DAYS, TARGETS, FORECASTS, FORECASTS)},
        SQUARES,
    ),
    "a number of the row beside a target": (
        {"a.csv": csv(("day", "sum", "forecast"), range(COUNT), TARGETS, FORECASTS)},
        SQUARES,
    ),
    "bounds of a prediction": ({"a.csv": BOUNDS}, SQUARES),
    "German names": ({"a.csv": csv(("Datum", "Ist", "Prognose"), DAYS, TARGETS, FORECASTS, comma=True)}, SQUARES),
    "letters of Windows-1252": ({"a.csv": GERMAN.decode().encode("cp1252")}, BINARY),
    "an array of two columns": ({"a.npy": array(np.column_stack([T, P]))}, BINARY),
}


@pytest.mark.parametrize(("files", "losses"), CASES.values(), ids=CASES)
def test_the_mean_is_that_of_the_rows_as_they_were_meant(files: dict[str, bytes], losses: FloatArray, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in files]
    for path, data in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    with open_rows(paths if len(paths) > 1 else paths[0]) as rows:
        assert rows.report().mean_loss == pytest.approx(losses.mean(), rel=1e-6)
