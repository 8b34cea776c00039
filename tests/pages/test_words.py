"""What the pages say of their controls: each has a visible label, and a sentence behind its question mark."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.core.algebra.operations import OPERATIONS
from tests.pages.steps import open_page

KINDS = (
    "button_group", "checkbox", "file_uploader", "multiselect", "number_input", "selectbox", "slider", "text_area", "text_input"
)  # fmt: skip
FULL = ["label smoothing", "class weights", "focal", "temperature", "ignore index"]
ADDRESSES: list[tuple[str, dict[str, Any]]] = [
    ("binary", {"squared": "true"}),
    ("binary", {"by": "logit"}),
    ("categorical", {"options": FULL, "names": "a_b_c,<b>,*x*"}),
    ("categorical", {"options": FULL, "names": "a_b_c,d.e", "by": "logit", "target": "distribution"}),
    ("network", {"versus": "true", "numbers": "true", "keep": "x1", "around": "true", "weights": "true"}),
    ("network", {"data": "one example", "loss": "cross-entropy, class index", "sizes": "2-3-3"}),
    ("network", {"data": "one example"}),
    ("network", {"data": "pasted rows"}),
    ("network", {"data": "moons"}),
    ("algebra", {"of": "cross entropy", "chain": "gradient; hessian"}),
    ("algebra", {"start": "network"}),
    ("algebra", {"start": "typed", "typed": "w1x1 + e*p(1-p)"}),
    ("algebra", {"start": "typed", "typed": r"\sum_{k=1}^K x_k \log p/q"}),
    ("losses", {"estimate": "true", "fit": "true"}),
    ("losses", {"loss": "Hinge loss", "estimate": "true"}),
    ("losses", {"loss": "Triplet loss"}),
    ("losses", {"loss": "Dice loss"}),
    ("doctor", {}),
    ("rows", {"split": "by class"}),
    ("losses", {"typed": "-t1*log(p1) - t2*log(p2) + e*p1"}),
    ("objective", {"boosting": "true", "training": "true", "gradient": "p - t"}),
    ("rows", {"worst": "Of a bin"}),
    ("rows", {"data": "Numbers", "loss": "Huber loss"}),
]


def said(page: AppTest) -> dict[tuple[str, str], tuple[bool, str]]:
    """Of each control, by its kind and label: whether the label is visible, and its help."""
    shown = {}
    for kind in KINDS:
        for control in page.get(kind):
            proto = control.proto
            shown[kind, proto.label] = (not proto.label_visibility.value, proto.help)
    return shown


def lacking(page: AppTest) -> list[tuple[str, str]]:
    """The controls whose label cannot be seen, or whose help is not one sentence."""
    one_sentence = re.compile(r"[A-Z0-9(].*[^.?!][.]", re.DOTALL)
    inner = re.compile(r"[.?!] [A-Z]")
    return [
        key
        for key, (visible, help) in said(page).items()
        if not (key[1].strip() and visible and one_sentence.fullmatch(help) and not inner.search(help))
    ]


@pytest.mark.parametrize(("name", "query"), ADDRESSES)
def test_every_control_has_a_visible_label_and_a_sentence_of_help(name: str, query: dict[str, Any]) -> None:
    page = open_page(name, **query)
    assert len(said(page)) >= 3
    assert lacking(page) == []


def test_what_an_operation_asks_for_says_what_it_is() -> None:
    page = open_page("algebra")
    for operation in OPERATIONS:
        page.selectbox(key="next step").set_value(operation).run()
        assert lacking(page) == [], operation


def test_what_is_asked_where_a_result_is_taken_away_says_what_it_is() -> None:
    page = open_page("algebra")
    page.session_state["share"] = True
    page.run()
    assert ("selectbox", "Code") in said(page)
    page.selectbox(key="share-code").select("SQL").run()
    assert ("selectbox", "Dialect") in said(page)
    assert lacking(page) == []


@pytest.mark.parametrize("name", ["binary", "categorical", "network", "algebra", "objective"])
def test_a_page_says_what_one_sees_and_what_to_try_first(name: str) -> None:
    page = open_page(name)
    title, sees = page.markdown[0].value.split("\n\n")
    assert title.startswith("# ")
    assert re.fullmatch(r"[A-Z].*\. Try first: .*\.", sees)
    assert page.button(key="reset").label == "Reset"
