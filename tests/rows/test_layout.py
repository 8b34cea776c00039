"""Layouts: which columns of small tables are what, with the number that decided in the reason; what is refused, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest

from explorer.rows.layouts.joining import joined
from explorer.rows.layouts.layout import recognise
from explorer.rows.layouts.names import ending, families, positive
from explorer.rows.layouts.search import label
from explorer.rows.spec import Layout

CONNECTION = ibis.duckdb.connect(threads=1)
NUMBERS = count()
NAN = float("nan")


def raw(columns: Mapping[str, Any]) -> ibis.Table:
    """Return a table as files give it."""
    name = f"layout_{next(NUMBERS)}"
    CONNECTION.con.register(name, pa.table(dict(columns)))
    return CONNECTION.table(name)


def because(layout: Layout, about: str) -> str:
    """Return why something was recognised."""
    return next(reason.because for reason in layout.reasons if reason.about == about)


@dataclass(frozen=True)
class Case:
    """A table, what is recognised in it, and parts of reasons by what they are about."""

    columns: Mapping[str, Any]
    kind: str
    scale: str
    truth: str
    predictions: Sequence[str]
    labels: Sequence[str] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)


P3 = {"prob_0": [0.1, 0.2, 0.3], "prob_1": [0.2, 0.2, 0.3], "prob_2": [0.7, 0.6, 0.4]}
NAMED3 = {"cat": [0.1, 0.2, 0.3], "dog": [0.2, 0.2, 0.3], "bird": [0.7, 0.6, 0.4]}
LISTS = [[0.1, 0.2, 0.7], [0.2, 0.2, 0.6], [0.3, 0.3, 0.4]]
PROB3 = ("prob_0", "prob_1", "prob_2")
ZERO_ONE = ("0", "1")

CASES = {
    "scikit-learn": Case(
        {"y_score": [0.1, 0.9], "y_true": [0, 1]},
        "binary",
        "probability",
        "y_true",
        ["y_score"],
        ZERO_ONE,
        {"scale": "100% of the predictions lie between 0 and 1; they go from 0.1 to 0.9"},
        {"ignored": ("-100", "-1")},
    ),
    "signs and margins": Case(
        {"label": [-1, 1, 1], "score": [-2.5, 0.2, 0.9]},
        "binary",
        "logit",
        "label",
        ["score"],
        ("-1", "1"),
        {"scale": "67% of the predictions lie between 0 and 1; they go from -2.5 to 0.9"},
        {"ignored": ("-100",)},
    ),
    "truth values": Case(
        {"Target": [True, False], "Logit": [0.1, 0.2]}, "binary", "logit", "Target", ["Logit"], ("false", "true")
    ),
    "two names": Case(
        {"class": ["yes", "no", "maybe"], "p": [0.1, 0.2, 0.9]},
        "binary",
        "probability",
        "class",
        ["p"],
        ("no", "yes"),
        {"classes": "'yes' usually names the positive class"},
    ),
    "names in order": Case(
        {"class": ["b", "a"], "p": [0.1, 0.2]},
        "binary",
        "probability",
        "class",
        ["p"],
        ("a", "b"),
        {"classes": "'b' is the later of the two in order"},
    ),
    "the name of the prediction": Case(
        {"class": ["b", "a"], "p_a": [0.1, 0.2]}, "binary", "probability", "class", ["p_a"], ("b", "a"), {"classes": "'p_a'"}
    ),
    "soft targets": Case(
        {"t": [0.1, 0.5, 1.0], "p": [0.1, 0.2, 0.9]},
        "binary",
        "probability",
        "t",
        ["p"],
        (),
        {"classes": "from 0.1 to 1"},
        {"classes": ("0", "1")},
    ),
    "exchanged": Case(
        {"y_true": [0.1, 0.9], "y_score": [0, 1]},
        "binary",
        "probability",
        "y_true",
        ["y_score"],
        (),
        {"kind": "the columns may be exchanged"},
    ),
    "no target but 0": Case({"y": [0, 0], "p": [0.1, 0.2]}, "binary", "probability", "y", ["p"], ZERO_ONE),
    "one row": Case({"y": [1], "p": [0.3]}, "binary", "probability", "y", ["p"], ZERO_ONE),
    "constant": Case(
        {"y": [1, 0], "p": [1, 1]}, "binary", "probability", "y", ["p"], ZERO_ONE, {"scale": "all are 0 or 1, as decisions are"}
    ),
    "text of numbers": Case(
        {"y": ["0", "1", ""], "p": ["0.5", "NA", "0.7"]},
        "binary",
        "probability",
        "y",
        ["p"],
        ZERO_ONE,
        {"ignored": "'' (1 times)"},
    ),
    "a probability too large": Case(
        {"y": [0, 1, 0, 1], "prob": [0.2, 1.5, 0.3, 0.4]},
        "binary",
        "probability",
        "y",
        ["prob"],
        ZERO_ONE,
        {"scale": "75% of the predictions lie between 0 and 1; they go from 0.2 to 1.5"},
    ),
    "two columns": Case(
        {"y": [0, 1], "p_0": [0.1, 0.2], "p_1": [0.9, 0.8]},
        "binary",
        "probability",
        "y",
        ["p_0", "p_1"],
        ZERO_ONE,
        {"scale": "100% of the rows add to 1"},
    ),
    "the positive one first": Case(
        {"y": ["yes", "no"], "prob_yes": [0.3, 0.4], "prob_no": [0.7, 0.6]},
        "binary",
        "probability",
        "y",
        ["prob_no", "prob_yes"],
        ("no", "yes"),
        {"positive": "'yes' usually names the positive class"},
    ),
    "companions": Case(
        {"id": [1, 2], "y": [0, 1], "p": [0.1, 0.2], "sample_weight": [1.0, 2.0], "fold": [1, 2]},
        "binary",
        "probability",
        "y",
        ["p"],
        ZERO_ONE,
        {"weight": "'sample_weight'", "group": "'fold'", "identity": "'id'"},
        {"weight": "sample_weight", "group": "fold", "identity": "id"},
    ),
    "from 0": Case(
        {"label": [0, 2, 1], **P3},
        "classes",
        "probability",
        "label",
        PROB3,
        ("0", "1", "2"),
        {"classes": "100% of the targets"},
    ),
    "from 1": Case(
        {"label": [1, 3, 2], **P3},
        "classes",
        "probability",
        "label",
        PROB3,
        ("1", "2", "3"),
        {"classes": "the targets go from 1 to 3 for 3 predictions, so they count from 1"},
    ),
    "either": Case(
        {"label": [1, 2, 2], "probs": LISTS},
        "classes",
        "probability",
        "label",
        ["probs"],
        ("0", "1", "2"),
        {"classes": "from 1 to 2 for 3 predictions, so both would fit"},
    ),
    "one too many": Case(
        {"label": [0, 1, 3], "probs": LISTS},
        "classes",
        "probability",
        "label",
        ["probs"],
        ("0", "1", "3"),
        {"classes": "scikit-learn sorts classes"},
    ),
    "padding": Case(
        {"label": [0, -100, 2], "logits": [[1.0, 2, 3], [1.0, 2, 3], [-1.0, 2, 3]]},
        "classes",
        "logit",
        "label",
        ["logits"],
        ("0", "1", "2"),
        {"ignored": "'-100' (1 times)", "scale": "they are called logits; 0% of the rows add to 1"},
        {"ignored": ("-100", "-1")},
    ),
    "endings are names": Case(
        {"label": ["b", "a", "b"], "p_a": P3["prob_0"], "p_b": P3["prob_1"], "p_c": P3["prob_2"]},
        "classes",
        "probability",
        "label",
        ["p_a", "p_b", "p_c"],
        ("a", "b", "c"),
    ),
    "columns are names": Case(
        {"image_id": ["x", "y", "z"], "label": ["Cat", "Dog", "Cat"], **NAMED3},
        "classes",
        "probability",
        "label",
        ["cat", "dog", "bird"],
        ("Cat", "Dog", "bird"),
        {"predictions": "called as values of the column 'label'"},
        {"identity": "image_id", "classes": ("cat", "dog", "bird")},
    ),
    "columns are names of places": Case(
        {"label": [0, 1, 2], **NAMED3},
        "classes",
        "probability",
        "label",
        ["cat", "dog", "bird"],
        ("0", "1", "2"),
        {"predictions": "100% of the rows of 3 columns add to 1"},
        {"classes": ("cat", "dog", "bird")},
    ),
    "sorted names": Case(
        {"label": ["b", "c", "a"], **P3}, "classes", "probability", "label", PROB3, ("a", "b", "c"), {"classes": "3 targets"}
    ),
    "numbers for names": Case(
        {"label": [9, 7, 9], "class_3": P3["prob_0"], "class_7": P3["prob_1"], "class_9": P3["prob_2"]},
        "classes",
        "probability",
        "label",
        ["class_3", "class_7", "class_9"],
        ("3", "7", "9"),
    ),
    "written with two decimals": Case(
        {"y": [0, 1, 2], "prob_0": [0.33, 0.33, 0.17], "prob_1": [0.33, 0.33, 0.17], "prob_2": [0.33, 0.33, 0.67]},
        "classes",
        "probability",
        "y",
        PROB3,
        ("0", "1", "2"),
        {"tolerance": "0.015"},
        {"tolerance": 0.015},
    ),
    "log probabilities of classes": Case(
        {"label": [0, 1, 1], "logprobs": np.log(LISTS).tolist()},
        "classes",
        "logit",
        "label",
        ["logprobs"],
        ("0", "1", "2"),
        {"scale": "log probabilities, which are logits too"},
    ),
    "regression": Case(
        {"y": [0.3, 1.7, 12.0], "yhat": [0.1, 0.2, 0.3]},
        "regression",
        "value",
        "y",
        ["yhat"],
        (),
        {"kind": "3 different targets, from 0.3 to 12"},
        {"ignored": ()},
    ),
    "regression of whole numbers": Case(
        {"y": [1, 5, 2, 8], "y_pred": [1.2, 4.0, 3.0, 7.0]}, "regression", "value", "y", ["y_pred"]
    ),
    "quotes and SQL": Case(
        {"group": [1, 2], "select": [5, 6], '"; drop table x; --': [0.2, 0.3], "y 'true'": [0, 1]},
        "binary",
        "probability",
        "y 'true'",
        ['"; drop table x; --'],
        ZERO_ONE,
        {"predictions": "you named it"},
        {"group": "group"},
        {"prediction": '"; drop table x; --'},
    ),
    "other languages": Case(
        {"étiquette": [0, 1], "prédiction": [0.2, 0.3]}, "binary", "probability", "étiquette", ["prédiction"], ZERO_ONE
    ),
    "named classes": Case(
        {"y": ["hi", "lo", "mid"], "a": P3["prob_0"], "b": P3["prob_1"], "c": P3["prob_2"]},
        "classes",
        "probability",
        "y",
        ["a", "b", "c"],
        ("hi", "mid", "lo"),
        {"classes": "called as the classes that you named"},
        {"classes": ("hi", "mid", "lo")},
        {"prediction": ["a", "b", "c"], "classes": ["hi", "mid", "lo"]},
    ),
    "named scale and padding": Case(
        {"y": [0, 1, 9], "score": [0.2, 0.3, 0.4]},
        "binary",
        "logit",
        "y",
        ["score"],
        ZERO_ONE,
        {"scale": "you named it", "ignored": "you named it"},
        {"ignored": ("9",)},
        {"scale": "logit", "ignored": [9]},
    ),
    "a list of numbers": Case({"json": [[-1.0, -2.0], [-0.5]]}, "tokens", "log probability", "", ["json"]),
    "log probabilities": Case(
        {"id": ["a", "b"], "label": [0, 1], "logprobs": [[None, -1.0, -9999.0], [-0.5]]},
        "tokens",
        "log probability",
        "",
        ["logprobs"],
        (),
        {"unlikely": "1 of 3 are -9999", "scale": "from -9999 to -0.5"},
        {"identity": "id"},
    ),
    "as completions": Case(
        {"logprobs": [{"tokens": ["x"], "token_logprobs": [-1.0]}]}, "tokens", "log probability", "", ["logprobs"]
    ),
    "as chats": Case(
        {"logprobs": [{"content": [{"token": "x", "logprob": -1.0}]}]}, "tokens", "log probability", "", ["logprobs"]
    ),
    "whole answers": Case(
        {"custom_id": ["r"], "response": [{"body": {"choices": [{"logprobs": {"content": [{"logprob": -1.0}]}}]}}]},
        "tokens",
        "log probability",
        "",
        ["response"],
        more={"identity": "custom_id"},
    ),
    "a row a token": Case(
        {"example": [1, 1, 2], "position": [0, 1, 0], "token": ["a", "b", "c"], "logprob": [-1.0, -2.0, -3.0]},
        "tokens",
        "log probability",
        "",
        ["logprob"],
        more={"identity": "example", "position": "position"},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_layouts_are_recognised_with_the_number_that_decided(case: Case) -> None:
    layout = recognise(raw(case.columns), **case.given)
    assert (layout.kind, layout.scale, layout.truth) == (case.kind, case.scale, case.truth)
    assert (list(layout.predictions), list(layout.labels)) == (list(case.predictions), list(case.labels))
    assert {name: getattr(layout, name) for name in case.more} == dict(case.more)
    for about, part in case.reasons.items():
        assert part in because(layout, about)


REFUSED: dict[str, tuple[Mapping[str, Any], Mapping[str, Any], str]] = {
    "nothing": (
        {"foo": [1, 2, 3], "bar": [4, 5, 6]},
        {},
        "No predictions are recognised in the columns 'foo', 'bar'; expected targets (such as y_true or label) and predictions "
        "(such as y_score, or prob_0, prob_1 ... one a class), or logprobs of tokens.",
    ),
    "no column": ({"y": [0], "p": [0.5]}, {"truth": "Y"}, "There is no column 'Y'; the columns are 'y', 'p'."),
    "one column twice": (
        {"y": [0], "p": [0.5]},
        {"truth": "y", "prediction": "y"},
        "The column 'y' cannot stand for two things at once.",
    ),
    "no rows": ({"y": pa.array([], pa.int64()), "p": pa.array([], pa.float64())}, {}, "There are no rows."),
    "no target": ({"y": pa.array([None], pa.int64()), "p": [0.5]}, {}, "The column 'y' holds no target."),
    "no number": ({"y": [0], "p": [NAN]}, {}, "The column 'p' holds no number; predictions are numbers."),
    "a word": ({"y": [0, 1], "p": ["0.5", "abc"]}, {}, "row 1 (the first is 0), column 'p': a number was expected; got 'abc'."),
    "percentages": (
        {"y": [0, 1], "prob": [20, 97.5]},
        {},
        "The predictions in 'prob' go from 20 to 97.5, as percentages do; give scale='percent' if they are, or scale='logit' "
        "if they are logits.",
    ),
    "several labels a row": (
        {"y": [0, 1, 2], **P3, "prob_0": [0.9, 0.8, 0.7]},
        {},
        "Only 0% of the rows add to 1, though the predictions go from 0.2 to 0.9; the probabilities of a row's classes "
        "must add to 1 (give scale='logit' if they are logits).",
    ),
    "one of many": (
        {"y": [0, 1, 2, 3, 4], "p": [0.1, 0.2, 0.3, 0.4, 0.5]},
        {},
        "The column 'y' holds 5 different targets, but there is one column of probabilities, 'p'; expected two targets, or a "
        "column of probabilities for each.",
    ),
    "three names": (
        {"y": ["a", "b", "c"], "p": [0.1, 0.2, 0.3]},
        {},
        "The column 'y' holds 3 names ('a', 'b', 'c'), but there is one column of predictions, 'p'; expected two names, or a "
        "column of predictions for each.",
    ),
    "names that are lacking": (
        {"label": ["a", "b", "b"], **P3},
        {},
        "The column 'label' holds 2 different targets ('a', 'b') for 3 predictions; name the classes in the order of the "
        "predictions.",
    ),
    "several labels of a row": (
        {"y_0": [1, 0], "y_1": [1, 0], "p_0": [0.5, 0.5], "p_1": [0.5, 0.5]},
        {},
        "The columns 'y_0', 'y_1' hold 0 and 1 for 2 classes, but only 0% of the rows have one 1, as one-hot targets do; where "
        "a row may have several labels, open each label by itself: truth=..., prediction=...",
    ),
    "soft targets of three": (
        {"y_0": [0.5, 0.2], "y_1": [0.5, 0.2], "y_2": [0.0, 0.6], "p_0": [0.5, 0.5], "p_1": [0.5, 0.5], "p_2": [0.0, 0.0]},
        {},
        "The columns 'y_0', 'y_1', 'y_2' hold soft targets, shares of 3 classes that add to 1; losses of rows take one class "
        "a row, or shares of two.",
    ),
    "classes chosen": (
        {"label": [3, 4, 5], "prediction": [3, 5, 4]},
        {},
        "The column 'prediction' holds whole numbers from 3 to 5, as classes chosen, not probabilities; a loss needs one "
        "probability or logit a class (give kind='regression' if they are numbers).",
    ),
    "names chosen": (
        {"label": ["cat", "dog"], "prediction": ["cat", "cat"]},
        {},
        "The column 'prediction' holds names, such as 'cat', as classes chosen, not probabilities; a loss needs one "
        "probability or logit a class.",
    ),
    "sure of a choice": (
        {"label": ["cat", "dog", "dog"], "predicted": ["cat", "cat", "dog"], "confidence": [0.9, 0.6, 0.7]},
        {},
        "The numbers in 'confidence' are all at least 0.5, and say how sure the class in 'predicted' is.",
    ),
    "too few classes": (
        {"y": [0, 1, 2], **P3},
        {"classes": ["a", "b"]},
        "classes must name 3 classes, one a prediction; got 2.",
    ),
    "kind": (
        {"y": [0], "p": [0.5]},
        {"kind": "ranking"},
        "kind must be one of binary, classes, regression, tokens; got 'ranking'.",
    ),
    "positive log probabilities": (
        {"logprobs": [[1.0, 2.0]]},
        {},
        "The column 'logprobs' holds numbers up to 2; log probabilities are at most 0.",
    ),
}


@pytest.mark.parametrize(("columns", "given", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_recognised_is_refused_in_one_sentence(
    columns: Mapping[str, Any], given: Mapping[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=".") as caught:
        recognise(raw(columns), **given)
    assert str(caught.value) == sentence


def test_columns_that_differ_in_case_alone_are_refused() -> None:
    table = ibis.table({"Y": "int64", "y": "int64", "p": "float64"}, name="twice")
    with pytest.raises(ValueError, match=r"The columns 'Y', 'y' differ only in case; rename one of them\."):
        recognise(table)


def test_the_whole_column_is_asked_where_the_first_rows_leave_classes_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.rows.layouts.search.SAMPLE", 2)
    columns = {"label": [1, 1, 2, 3], "probs": [*LISTS, LISTS[0]]}
    assert recognise(raw(columns)).labels == ("1", "2", "3")
    assert recognise(raw({"label": ["b", "b", "a", "c"], "probs": columns["probs"]})).labels == ("a", "b", "c")


def test_names_are_taken_apart() -> None:
    assert [ending(name) for name in ("prob_cat", "p1", "y_prob_not_spam", "logits-3", "cat")] == [
        ("prob", "cat"),
        ("p", "1"),
        ("yprob", "not_spam"),
        ("logits", "3"),
        ("", "cat"),
    ]
    assert families(["prob_0", "prob_10", "prob_2", "x_1", "x_2"]) == [["prob_0", "prob_2", "prob_10"]]


@pytest.mark.parametrize(
    ("labels", "chosen"),
    [(("no", "yes"), "yes"), (("spam", "ham"), "spam"), (("normal", "abnormal"), "abnormal"), (("not cat", "cat"), "cat")],
)
def test_the_positive_class_has_a_usual_name_or_the_negative_one_has(labels: tuple[str, str], chosen: str) -> None:
    assert positive(labels)[0] == chosen == positive(labels[::-1])[0]


def test_labels_are_text_without_a_point() -> None:
    assert [label(value) for value in (1.0, np.float64(-100), 3, True, "3.0", 0.5)] == ["1", "-100", "3", "true", "3.0", "0.5"]


def test_predictions_and_truth_are_joined_by_their_identities() -> None:
    predictions = raw({"id": [3, 1, 2], "target": [0.1, 0.2, 0.9]})
    truth = raw({"ID": [1, 2, 4], "target": [0, 1, 1]})
    both = joined(predictions, truth)
    layout = recognise(both)
    assert (layout.identity, layout.truth, layout.predictions) == ("id", "target", ("target_prediction",))
    found = both.order_by("id").select("id", "target", "target_prediction").to_pyarrow().to_pydict()
    assert found == {"id": [1, 2, 3, 4], "target": [0, 1, None, 1], "target_prediction": [0.2, 0.9, 0.1, None]}


@pytest.mark.parametrize(
    ("truth", "sentence"),
    [
        (
            {"id": [1, 1, 2, 2], "y": [0, 1, 1, 1]},
            "2 values of 'id' stand more than once in the truth, such as '1'; they must be unique.",
        ),
        ({"id": [8, 9], "y": [0, 1]}, "No value of 'id' stands in both tables."),
        (
            {"key": [1], "y": [0]},
            "No column says which row is which in both tables; the predictions have 'id', 'p', the truth 'key', 'y'; expected "
            "id in both.",
        ),
    ],
)
def test_identities_that_do_not_match_are_refused(truth: Mapping[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=".") as caught:
        joined(raw({"id": [1, 2], "p": [0.1, 0.2]}), raw(truth))
    assert str(caught.value) == sentence


def test_of_very_many_columns_without_a_usual_name_none_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("explorer.rows.layouts.search.Search.values")
    with pytest.raises(ValueError, match="^No predictions are recognised"):
        recognise(raw({f"c{k}": [0, 1, 0] for k in range(120)}))
