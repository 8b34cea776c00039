"""Files of predictions and targets, as `explorer.rows` opens them: what is taken out of them, and the fault they show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import explorer
from explorer.doctor import diagnose, from_rows, understand
from explorer.doctor.addresses import ROWS
from explorer.views import doctor
from explorer.views.doctor.text import NOTHING_IN_ROWS, on_rows
from explorer.views.fields import Reader
from tests.doctor.test_predictions import INDEX, LABEL, ONE, P, Z

BINARY = {"y_true": LABEL.astype(int), "y_score": ONE}


def classes(p: Any, labels: Any = INDEX, first: int = 0, name: str = "p") -> dict[str, Any]:
    return {"label": labels} | {f"{name}_{k + first}": p[:, k] for k in range(p.shape[1])}


@pytest.mark.parametrize(
    ("columns", "cause"),
    [
        ({"y_true": LABEL.astype(int), "y_score": 1 - ONE}, "label-order"),
        ({"y_true": 255 * LABEL.astype(int), "y_score": ONE}, "target-outside"),
        (classes(P, INDEX + 1), "target-outside"),
        (classes(P, (INDEX + 1) % 4), "off-by-one-index"),
        ({"target": Z[:, 0], "prediction": -Z[:, 0]}, "sign-flipped"),
        ({"animal": np.array(["cat", "dog"])[LABEL.astype(int)], "p_dog": ONE}, None),
        (classes(P, INDEX + 1, first=1), None),
        (classes(P, np.where(INDEX == 1, -100, INDEX)), None),
        ({"y_true": 2 * LABEL.astype(int) - 1, "logit": np.log(ONE / (1 - ONE))}, None),
    ],
)
def test_a_fault_in_a_file_stands_first(columns: dict[str, Any], cause: str | None) -> None:
    found = diagnose(rows=pd.DataFrame(columns))
    assert [one.cause for one in found if one.score >= 0.5][:1] == ([cause] if cause else [])
    assert [one.rows for one in found if one.cause == cause] == ([ROWS[cause]] if cause else [])


def test_a_loss_that_is_told_is_held_against_the_rows() -> None:
    told = f"{float(np.logaddexp(0, np.where(LABEL == 1, -ONE, ONE)).mean()):.4f}"
    first = diagnose(f"loss {told}", rows=pd.DataFrame(BINARY))[0]
    assert first.cause == "sigmoid-twice"
    assert f"you have {told}" in first.because


def test_of_many_rows_some_are_looked_at_evenly_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(from_rows, "MOST_ROWS", 60)
    facts = understand(rows=pd.DataFrame(BINARY))
    assert facts.predictions is not None
    assert facts.targets is not None
    np.testing.assert_array_equal(facts.predictions, ONE[::4])
    np.testing.assert_array_equal(facts.targets, LABEL[::4])
    assert facts.sources["predictions"] == "50 of 200 rows, evenly spread, of the table (y_score)"


def test_what_is_told_goes_before_what_the_rows_show() -> None:
    facts = understand("hinge loss", rows=pd.DataFrame(BINARY), classes=2)
    assert (facts.kind, facts.classes, facts.sources["kind"]) == ("hinge", 2, "a word of the text")


def test_rows_without_a_number_are_counted_and_the_others_looked_at() -> None:
    holed = np.where(np.arange(len(ONE)) % 4 == 0, np.nan, 1 - ONE)
    table = pd.DataFrame({"y_true": LABEL.astype(int), "y_score": holed})
    assert (
        understand(rows=table).sources["predictions"] == "200 rows of the table (y_score), 50 of them without a finite number"
    )
    assert diagnose(rows=table)[0].cause == "label-order"


def test_of_predictions_that_are_all_nan_it_says_so_and_why_that_may_be(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_bytes(b"y_true,y_score\n1,nan\n0,nan\n")
    view = explorer.view("/doctor", rows=tmp_path / "rows.csv")
    assert "predictions <strong>2 rows of rows.csv (y_score), none of which holds a number</strong>" in view.texts["understood"]
    found = diagnose(rows=tmp_path / "rows.csv")
    assert {"diverging", "overflow", "nan-in-gradient"} <= {one.cause for one in found}
    assert diagnose("cross entropy, every label is -100", rows=tmp_path / "rows.csv")[0].cause == "all-ignored"


def test_lists_arrays_and_tokens(tmp_path: Path) -> None:
    listed = understand(rows=pd.DataFrame({"label": INDEX, "probs": P.tolist()}))
    assert listed.predictions is not None
    np.testing.assert_array_equal(listed.predictions, P)
    np.save(tmp_path / "p.npy", P)
    np.save(tmp_path / "t.npy", INDEX)
    assert understand(rows=[tmp_path / "p.npy", tmp_path / "t.npy"]).classes == 4
    (tmp_path / "tokens.jsonl").write_text('{"token_logprobs": [null, -0.5, -1.0]}\n' * 9)
    tokens = understand(rows=tmp_path / "tokens.jsonl")
    assert tokens.loss is not None
    assert (tokens.loss.value, tokens.sources["loss"]) == (0.75, "the mean of 18 tokens of tokens.jsonl")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xcc\xff", "rows.csv has in line 1 a byte, 0xcc, that is not UTF-8: save it as UTF-8."),
        (b"y_true,y_score\n1,0.5\n0,many\n", "rows.csv, line 3, column 'y_score': a number was expected; got 'many'."),
    ],
)
def test_a_broken_file_is_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "rows.csv").write_bytes(content)
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        diagnose(rows=tmp_path / "rows.csv")


def test_the_view_of_own_rows_says_what_was_looked_at_and_leads_to_them() -> None:
    view = explorer.view("/doctor?is_batch=8", rows=pd.DataFrame(classes(P[:, [2, 0, 3, 1]])))
    assert view.address == "/doctor?is_batch=8"
    assert view.own == "the table"
    assert "predictions <strong>200 rows of the table (p_0, p_1, p_2 …)</strong>" in view.texts["understood"]
    assert "target='_blank'" in view.texts["findings"]
    assert list(on_rows(view.state.found).items())[0] == ("See these rows by class", {"classes": "true"})  # type: ignore[attr-defined]
    assert NOTHING_IN_ROWS in explorer.view("/doctor", rows=pd.DataFrame(BINARY)).texts["findings"]


def test_beside_rows_nothing_is_told_until_somebody_does() -> None:
    rows = from_rows.opened(pd.DataFrame(BINARY))
    for told in ("", doctor.state.EXAMPLE, "loss 0.7"):
        given = doctor.state.state(told, {}, constants=False, rows=rows)
        assert doctor.read_own(Reader(given.write()), rows) == given
