"""Files as people really have them: each is read without further words, or refused in one sentence that says where and why."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import ArrayLike

from explorer.rows import open_rows

Files = dict[str, bytes]


def lines(*rows: object) -> Files:
    return {"a.jsonl": "\n".join(map(json.dumps, rows)).encode()}


def text(written: str, encoding: str = "utf-8") -> Files:
    return {"a.csv": written.encode(encoding)}


def arrays(**given: ArrayLike) -> Files:
    target = io.BytesIO()
    np.savez(target, allow_pickle=False, **{name: np.asarray(array) for name, array in given.items()})
    return {"a.npz": target.getvalue()}


CANDIDATES = [None, {"7": {"logprob": -3.0, "rank": 5}, "9": {"logprob": -0.5, "rank": 1}}, {"4": {"logprob": -1.5, "rank": 1}}]
ANSWER = {"choices": [{"logprobs": None, "prompt_logprobs": CANDIDATES, "prompt_token_ids": [1, 7, 4]}]}
SCORES = np.arange(24.0).reshape(2, 3, 4)

READ: dict[str, tuple[Files, str, list[float], list[float]]] = {
    # files, kind and scale, targets, the last prediction of each row
    "one-hot columns": (
        text("y_0,y_1,y_2,p_0,p_1,p_2\n1,0,0,.5,.3,.2\n0,0,1,.1,.2,.7\n"),
        "classes probability", [0, 2], [0.2, 0.7],
    ),
    "one-hot names": (text("true_b,true_a,pred_b,pred_a\n1,0,.9,.1\n0,1,.2,.8\n"), "binary probability", [1, 0], [0.9, 0.2]),
    "one-hot lists": (
        lines({"label": [0, 1, 0], "probs": [0.2, 0.5, 0.3]}, {"label": [1, 0, 0], "probs": [0.7, 0.2, 0.1]}),
        "classes probability",
        [1, 0],
        [0.3, 0.1],
    ),
    "one-hot arrays": (
        arrays(probs=[[0.5, 0.5], [0.2, 0.8]], y_true=[[1, 0], [0, 1]]),
        "binary probability", [0, 1], [0.5, 0.8],
    ),
    "soft columns of two": (text("y_0,y_1,p_0,p_1\n.2,.8,.5,.5\n.9,.1,.7,.3\n"), "binary probability", [0.8, 0.1], [0.5, 0.3]),
    "one-hot solution": (
        {"submission.csv": b"id,sick,well\na,.7,.3\nb,.4,.6\n", "solution.csv": b"id,sick,well\nb,0,1\na,1,0\n"},
        "binary probability",
        [1, 0],
        [0.7, 0.4],
    ),
    "solution first": (
        {"solution.csv": b"id,target\n1,0\n2,1\n", "submission.csv": b"id,target\n1,.25\n2,.5\n"},
        "binary probability",
        [0, 1],
        [0.25, 0.5],
    ),
    "% written": (text("y_true,y_score\n1,93.2%\n0,4 %\n"), "binary probability", [1, 0], [0.932, 0.04]),
    "percent by name": (text("label,churn_pct\n1,93.2\n0,4\n"), "binary probability", [1, 0], [0.932, 0.04]),
    "percent by sum": (text("label,p_a,p_b,p_c\na,50,30,20\nc,10,20,70\n"), "classes probability", [0, 2], [0.2, 0.7]),
    "thousands": (text('y,yhat\n"1,200.5","1,100.25"\n300,310\n'), "regression value", [1200.5, 300], [1100.25, 310]),
    "points for thousands": (
        text("y;yhat\n1.200,5;1.100,25\n12.000;310\n"),
        "regression value", [1200.5, 12000], [1100.25, 310],
    ),
    "quoted commas": (text('y_true,y_score\n"1","0,25"\n"0","0,5"\n'), "binary probability", [1, 0], [0.25, 0.5]),
    "UTF-16": (text("y_true\ty_score\r\n1\t0.25\r\n0\t0.5\r\n", "utf-16"), "binary probability", [1, 0], [0.25, 0.5]),
    "old ends of lines": (text("y_true,y_score\r1,0.25\r0,0.5\r"), "binary probability", [1, 0], [0.25, 0.5]),
    "comments": (text("# model 3\n\ny_true,y_score\n1,0.25\n\n0,0.5\n"), "binary probability", [1, 0], [0.25, 0.5]),
    "told delimiter": (text("sep=;\ny_true;y_score\n1;0.25\n0;0.5\n"), "binary probability", [1, 0], [0.25, 0.5]),
    "spaces": (text("y_true y_score\n1 0.25\n0 0.5\n"), "binary probability", [1, 0], [0.25, 0.5]),
    "arrays in cells": (
        text('label,probs\n0,"[0.5 0.3 0.2]"\n1,"[0.2, 0.7, 0.1]"\n'),
        "classes probability", [0, 1], [0.2, 0.1],
    ),
    "no names": (text("0,.5,.3,.2\n1,.4,.5,.1\n2,.1,.1,.8\n"), "classes probability", [0, 1, 2], [0.2, 0.1, 0.8]),
    "suffix": (
        text("Id,SalePrice,SalePrice_pred\n1,200000,210000\n2,150000,140000\n"),
        "regression value", [2e5, 1.5e5], [2.1e5, 1.4e5],
    ),
    "a trainer's tokens": (
        arrays(predictions=SCORES, label_ids=[[1, 2, -100], [0, 3, -100]], metrics=0.5),
        "classes logit",
        [1, 2, 0, 3],
        [3, 7, 15, 19],
    ),
    "log softmax": (text("label,log_prob_0,log_prob_1\n0,-0.1,-2.5\n1,-1,-0.5\n"), "binary logit", [0, 1], [-2.4, 0.5]),
    "candidates of a prompt": (lines(ANSWER), "tokens log probability", [], [-3.0, -1.5]),
    "candidates of one": (lines({"prompt_logprobs": [None, {"4": -1.5}]}), "tokens log probability", [], [-1.5]),
}  # fmt: skip


def written(folder: Path, files: Files) -> list[Path]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


@pytest.mark.parametrize("case", READ.values(), ids=READ)
def test_a_file_is_read_as_it_was_meant(case: tuple[Files, str, list[float], list[float]], tmp_path: Path) -> None:
    files, kind, targets, predictions = case
    with open_rows(written(tmp_path, files)) as rows:
        assert f"{rows.layout.kind} {rows.layout.scale}" == kind
        last = rows.table.predictions[-1]
        found = (
            rows.table.rows.filter(rows.table.rows.fault.isnull())
            .order_by(["row", *(["position"] if rows.layout.kind == "tokens" else [])])
            .to_pyarrow()
        )
    assert found[last].to_pylist() == pytest.approx(predictions, abs=1e-12)
    assert not targets or found["t"].to_pylist() == pytest.approx(targets, abs=1e-12)


REFUSED: dict[str, tuple[Files, str]] = {
    "a bad value": (
        text("y_true,y_score\n1,0.3\n0,abc\n"),
        "a.csv, line 3, column 'y_score': a number was expected; got 'abc'.",
    ),
    "a bad weight": (
        text("y_true,y_score,weight\n1,.3,1\n0,.4,2\n0,.4,x\n"),
        "a.csv, line 4, column 'weight': a number was expected; got 'x'.",
    ),
    "1,200 or 1.2": (text('y,yhat\n"1,200","1,100"\n'), "a.csv, line 2, column 'yhat': a number was expected; got '1,100'."),
    "scores up to 100": (
        text("label,score\n1,93.2\n0,4.5\n1,55\n"),
        "a.csv: The predictions in 'score' go from 4.5 to 93.2, as percentages do; give scale='percent' if they are, or "
        "scale='logit' if they are logits.",
    ),
    "decisions": (
        text("y_true,y_pred\n0,0\n1,2\n2,2\n"),
        "a.csv: The column 'y_pred' holds whole numbers from 0 to 2, as classes chosen, not probabilities; a loss needs one "
        "probability or logit a class (give kind='regression' if they are numbers).",
    ),
    "candidates alone": (
        lines({"prompt_logprobs": CANDIDATES}),
        "a.jsonl has in line 1, 'prompt_logprobs', entry 1 (the first is 0), 2 tokens, and no 'prompt_token_ids' says which of "
        "them the text has: ask the server for return_token_ids, or for the token alone (prompt_logprobs=0).",
    ),
    "columns of pandas": (
        lines({"y_true": {"0": 1, "1": 0}, "y_score": {"0": 0.3, "1": 0.4}}),
        "a.jsonl is one object of columns; an object a row was expected, as pandas writes with orient='records', lines=True.",
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_unclear_says_so_in_one_sentence(case: tuple[Files, str], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=".") as refused:
        open_rows(written(tmp_path, case[0]))
    assert str(refused.value) == case[1]


def test_a_score_up_to_100_is_a_percentage_where_somebody_says_so(tmp_path: Path) -> None:
    (path,) = written(tmp_path, text("label,score\n1,90\n0,4\n"))
    with open_rows(path, scale="percent") as rows:
        assert rows.report().mean_loss == pytest.approx(-(np.log(0.9) + np.log(0.96)) / 2, abs=1e-12)
        assert "divided by 100" in next(reason.because for reason in rows.layout.reasons if reason.about == "percentages")
