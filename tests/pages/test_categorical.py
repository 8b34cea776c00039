"""The page /categorical as Streamlit runs it, without a browser."""

from __future__ import annotations

import json
import math
import re
from functools import partial
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from explorer.core import losses
from explorer.core.batch import Layout
from explorer.core.options import reduced
from explorer.live.table import Action
from explorer.pages import file
from explorer.pages.categorical import setting
from explorer.views.categorical import batch
from tests.pages import steps
from tests.pages.steps import data, errors, warnings

open_page = partial(steps.open_page, "categorical")


def numbers(page: AppTest) -> dict[str, float]:
    """Each number that the page's text shows, by its step."""
    html = "".join(d["html"] for d in data(page) if "html" in d)
    found = re.findall(r'data-quantity="(\w+)" data-value="([^"]+)"', html)
    return {name: float(value.replace("Infinity", "inf")) for name, value in found}


def charts(page: AppTest) -> list[dict[str, Any]]:
    return [d for d in data(page) if "program" in d]


def test_it_opens_with_the_notebooks_first_example() -> None:
    page = open_page()
    assert numbers(page)["L"] == pytest.approx(0.35667494393873245)
    assert numbers(page)["mean"] == pytest.approx(0.38506088005216804)
    assert len(charts(page)) == 3
    assert [chart["writes"] for chart in charts(page)].count(True) == 1


@pytest.mark.parametrize("classes", [2, 10])
@pytest.mark.parametrize("by", ["probability", "logit"])
@pytest.mark.parametrize("target", ["class index", "distribution"])
def test_every_number_agrees_with_the_core_with_every_option_on(classes: int, by: str, target: str) -> None:
    options = ["label smoothing", "class weights", "focal", "temperature"]
    query = {"classes": str(classes), "by": by, "target": target, "options": options, "w2": "3.5", "gamma": "1.5", "T": "2"}
    letter = {"probability": "p", "logit": "z"}[by]
    page = open_page(**query, **{f"{letter}{k}": str(0.05 * k) for k in range(1, classes + 1)})
    shown, values = numbers(page), charts(page)[0]["values"]
    weights = [1.0, 3.5, *[1.0] * (classes - 2)]
    prediction = [values[f"{letter}{k}"] / (2 if letter == "z" else 1) for k in range(1, classes + 1)]
    t = [values[f"t{k}"] for k in range(1, classes + 1)]
    chosen: dict[str, Any] = {"label_smoothing": 0.1, "class_weights": weights, "gamma": 1.5}
    loss = losses.cross_entropy if letter == "p" else losses.cross_entropy_with_logits
    assert shown["L"] == pytest.approx(float(loss(prediction, t, **chosen)), rel=1e-12)
    rows = charts(page)[0]["rows"]
    x = [[rows[f"x{k}"][i] / (2 if letter == "z" else 1) for k in range(1, classes + 1)] for i in range(2)]
    y = [[rows[f"y{k}"][i] for k in range(1, classes + 1)] for i in range(2)]
    each = [*loss(x, y, **chosen), shown["L"]]
    assert shown["mean"] == pytest.approx(float(reduced(each)), rel=1e-12)
    totals = [sum(w * q for w, q in zip(weights, target, strict=True)) for target in [*y, t]]
    assert shown["weighted_mean"] == pytest.approx(float(reduced(each, "weighted mean", weights=totals)), rel=1e-12)
    assert not errors(page)


def test_moving_a_slider_moves_everything_and_the_chosen_row() -> None:
    page = open_page()
    page.slider(key="p1").set_value(0.5).run()
    assert numbers(page)["L"] == pytest.approx(0.6931471805599453)
    table = next(d for d in data(page) if "columns" in d)
    assert table["rows"][0]["cells"] == ["0.5", "0.1", "0.2", "0"]


def test_a_typed_vector_is_taken_exactly_and_a_bad_one_refused() -> None:
    page = open_page()
    page.text_input(key="p1 exactly 0").set_value("0.123456789; 0.2; 0.3").run()
    assert page.slider(key="p1").value == 0.123456789
    page.text_input(key="p1 exactly 1").set_value("1, 2").run()
    assert errors(page) == ["Prediction p must be 3 numbers, one for each class; got 2."]
    assert page.slider(key="p1").value == 0.123456789


def test_the_choices_convert_the_example() -> None:
    page = open_page()
    before = numbers(page)["mean"]
    for key, value in [
        ("by", "logit"),
        ("target", "distribution"),
        ("by", "probability"),
        ("target", "class index"),
        ("base", "1"),
    ]:
        page.segmented_control(key=key).set_value(value).run()
        assert not page.exception
        assert numbers(page)["mean"] == pytest.approx(before, rel=1e-9)
    assert page.text_input(key="k").value == "1"
    page.text_input(key="classes").set_value("5").run()
    assert numbers(page)["mean"] == pytest.approx(before, rel=1e-9)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("a, b, c, d", "There may be at most 3 class names, one for each class; got 4."),
        ("a, a", "Class names must differ; a is given twice."),
        ("<b>", "A class name may have at most 20 letters and digits, with single marks between; got <b>."),
    ],
)
def test_bad_names_get_a_sentence_and_letters_stand_in(typed: str, sentence: str) -> None:
    page = open_page()
    page.text_input(key="names").set_value(typed).run()
    assert errors(page) == [sentence]
    assert warnings(page) == [sentence]  # where it is seen though options are shut
    assert page.slider(key="p1").label == "p₁ · A"


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (Action("edit", 1, 0, "0,25"), "0.7 0.1 0.2 0;0.25 0.5 0.4 1;0.02 0.9 0.08 1"),
        (Action("edit", 1, 0, "a b;c"), "0.7 0.1 0.2 0;a_b_c 0.5 0.4 1;0.02 0.9 0.08 1"),
        (Action("remove", 0, 0, ""), "0.1 0.5 0.4 1;0.02 0.9 0.08 1"),
        (Action("paste", 2, 1, "0.3\t0.6"), "0.7 0.1 0.2 0;0.1 0.5 0.4 1;0.02 0.3 0.6 1"),
        (Action("paste", 2, 1, "1 0 0 2\n0 1 0 1"), "0.7 0.1 0.2 0;0.1 0.5 0.4 1;1 0 0 2;0 1 0 1"),
    ],
)
def test_what_is_done_in_the_table_is_kept_as_text(action: Action, expected: str) -> None:
    assert _after(action)["batch"] == expected


def test_choosing_a_row_names_it_in_the_address() -> None:
    assert _after(Action("choose", 2, 0, "")) == {"row": "3"}


def _after(action: Action) -> dict[str, str]:
    """What the address holds of the batch after an action."""
    script = (
        "from explorer.pages.categorical import batch\nfrom explorer.core.batch import Layout\n"
        "from explorer.live.table import Action\n"
        f"batch.act(Layout('p', 3), {action!r})"
    )
    page = AppTest.from_string(script).run()
    assert not page.exception
    return {name: found if isinstance(found, str) else found[0] for name, found in page.query_params.items()}


def test_the_default_batch_is_the_notebooks_in_every_layout() -> None:
    assert batch.default_text(Layout("p", 3)) == batch.NOTEBOOK
    assert batch.default_text(Layout("p", 3, base=1)).split(";")[1] == "0.1 0.5 0.4 2"
    assert batch.default_text(Layout("p", 4, index=False)).split(";")[2] == "0.02 0.9 0.08 0 0 1 0 0"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "Only a file that this page has saved can be opened here; this one is not."),
        (b"[" * 100_000, "Only a file that this page has saved can be opened here; this one is not."),
        (b"\xff", "Only a file that this page has saved can be opened here; this one is not."),
        (
            b'{"page": "p", "address": {"a": []}, "text": ""}',
            "Only a file that this page has saved can be opened here; this one is not.",
        ),
        (
            b'{"page": "p", "address": {"a": ["\\ud800"]}, "text": ""}',
            "Only a file that this page has saved can be opened here; this one is not.",
        ),
        (
            b'{"page": "p", "address": {"\\ud800": ["a"]}, "text": ""}',
            "Only a file that this page has saved can be opened here; this one is not.",
        ),
        (
            b'{"page": "p", "address": {}, "text": "0.5 \\udc00 0"}',
            "Only a file that this page has saved can be opened here; this one is not.",
        ),
        (
            b'{"page": "q", "address": {}, "text": ""}',
            "This file was saved on the page q; open it there, or choose one of the page p.",
        ),
        (b" " * (2**20 + 1), "A file to open may have at most 1 MB, 1,048,576 bytes; this one has 1,048,577."),
    ],
)
def test_a_file_that_is_none_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        file.unpacked(content, "p")
    assert str(error.value) == sentence


def test_texts_in_a_file_hold_whole_characters() -> None:
    assert file.unpacked_texts(r'{"w": "1,2", "table": "é"}') == {"w": "1,2", "table": "é"}
    assert file.unpacked_texts(r'{"w": "1,2", "table": "\ud800"}') == {}


@pytest.mark.parametrize("name", ["", "$$ID-x-None", "$$GENERATED_WIDGET_ID-x-1", "a\nb", "\u202e", "p1"])
def test_a_view_can_be_saved_and_opened_whatever_its_address_names(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    script = "from explorer.pages import file\nfile.save('p', 'a\\ud800b')"
    saved: list[bytes] = []
    monkeypatch.setattr(st, "download_button", lambda label, content, **_: saved.append(content))
    page = AppTest.from_string(script)
    page.query_params[name] = ["a\u00a0b", "\t"]
    page.run()
    assert not page.exception
    assert file.unpacked(saved[0], "p") == ({name: ["a\u00a0b", "\t"]}, "a?b")


def test_a_file_holds_the_address_and_what_it_has_no_room_for() -> None:
    content = json.dumps({"page": "p", "address": {"a": ["1", "2"]}, "text": "long"}).encode()
    assert file.unpacked(content, "p") == ({"a": ["1", "2"]}, "long")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"p1": "5"}, "The link's p1 = “5” was ignored: p1 must be a number from 0 to 1. The default is shown."),
        ({"classes": "99"}, "Classes must be a whole number from 2 to 10; got 99. 3 is shown."),
        ({"k": "7"}, "Target index k must be a whole number from 0 to 2; got 7. 0 is shown."),
        (
            {"target": "foo"},
            "The link's target = “foo” was ignored: target must be class index or distribution. The default is shown.",
        ),
        (
            {"options": "foo"},
            "The link's options = “foo” was ignored: each must be one of label smoothing, class weights, focal, "
            "temperature, ignore index.",
        ),
        ({"along": "Z"}, "The link's along = “Z” was ignored: along must be a class's name. The default is shown."),
        ({"row": "99"}, "The link's row = “99” was ignored: row must be a row from 1 to 3. 1 is shown."),
        ({"row": "9" * 5000}, f"The link's row = “{'9' * 40}…” was ignored: row must be a row from 1 to 3. 1 is shown."),
        ({"classes": ["4", "5"]}, "The link names classes 2 times; classes must be given once. The last is shown."),
        (
            {"batch": "file"},
            "The link had no room for its batch, so the page's own examples are shown; open the saved file to see the others.",
        ),
    ],
)
def test_a_bad_link_opens_and_says_what_was_ignored(query: dict[str, Any], sentence: str) -> None:
    page = open_page(**query)
    assert [*warnings(page), *errors(page)] == [sentence]


def test_a_garbled_batch_keeps_its_text_with_a_sentence_at_each_row() -> None:
    page = open_page(batch="garbage;0.2 0.3 0.5 1;1 2 3 4 5")
    table = next(d for d in data(page) if "columns" in d)
    assert [row["cells"] for row in table["rows"]] == [
        ["garbage", "", "", ""],
        ["0.2", "0.3", "0.5", "1"],
        ["1", "2", "3", "4", "5"],
    ]
    assert [row["note"] for row in table["rows"]] == [
        "Row 1: A row must hold 3 probabilities and a class index, 4 numbers; got 1.",
        "",
        "Row 3: A row must hold 3 probabilities and a class index, 4 numbers; got 5.",
    ]
    assert numbers(page)["counted"] == 1


def test_an_impossible_class_is_named_with_the_reason() -> None:
    def note(**query: Any) -> str:
        html = "".join(d["html"] for d in data(open_page(**query)) if "html" in d)
        found = re.search(r"class='live-note' role='note'>([^<]*)<", html)
        return found[1] if found else ""

    assert note(p1="0") == "L = ∞: p rules class A out, yet the target has it. −ln 0 has no bound."
    assert note(p2="0") == "p = 0 for class B, which counts 0 times here: 0 · ln 0 counts as 0, its limit."
    smoothed = "L = ∞: p rules class B out, yet smoothing gives it a share of the target. −ln 0 has no bound."
    assert note(p2="0", options="label smoothing") == smoothed
    assert note(p1="0", options="class weights", w1="0").startswith("p = 0 for class A, which counts 0 times here")
    assert note() == ""
    rounded = "p of class B is 0 to the last digit. Were it 0 itself, its logit would be −∞, and L ∞."
    assert note(by="logit", z2="-20", **{"z2-exactly": "-1000"}, options="label smoothing") == rounded
    assert note(by="logit", z2="-20", **{"z2-exactly": "-1000"}) == ""


@pytest.mark.parametrize(("p", "sentences"), [
    ("0.7", []),
    ("0.1", ["Logits give probabilities that sum to 1: in row 1 p did not, so it is rescaled and L is another."]),
])  # fmt: skip
def test_where_logits_cannot_keep_the_loss_the_page_says_so(p: str, sentences: list[str]) -> None:
    page = open_page(p1=p)
    page.segmented_control(key="by").set_value("logit").run()
    assert warnings(page) == sentences
    page.segmented_control(key="by").set_value("probability").run()
    assert warnings(page) == []


def test_a_change_during_a_run_finds_the_batch_as_the_one_before_left_it(monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(batch="0.5 0.3 0.2 0;0.1 0.5 0.4 1")
    with monkeypatch.context() as interrupted:
        interrupted.setattr(setting, "_ask_names", lambda classes: st.stop())
        page.segmented_control(key="target").set_value("distribution").run()
    page.segmented_control(key="target").set_value("class index").run()
    assert numbers(page)["mean"] == pytest.approx(math.log(2), rel=1e-9)


def test_the_published_weighted_mean() -> None:
    page = open_page(
        by="logit", options="class weights", w1="2", w2="4", w3="6", batch="0.2 0.3 0.5 2;0.5 0.2 0.3 1"
    )  # PyTorch issue 25571; dividing by the count gives 5.29915
    shown = numbers(page)
    assert shown["L"] == pytest.approx(5.639, abs=5e-4)
    table = next(d for d in data(page) if "columns" in d)
    assert ">4.95932<" in table["rows"][1]["results"][0]
    assert shown["sum"] == pytest.approx(10.5983, abs=5e-5)
    assert shown["weighted_mean"] == pytest.approx(1.0598, abs=5e-5)
    assert shown["mean"] == pytest.approx(5.29915, abs=5e-5)


def test_rows_with_the_ignored_index_do_not_count() -> None:
    shown = numbers(open_page(options="ignore index", batch="0.7 0.1 0.2 0;0.1 0.5 0.4 -100;0.02 0.9 0.08 1"))
    assert shown["counted"] == 2
    assert shown["mean"] == pytest.approx((0.35667494 + 0.10536052) / 2, abs=1e-8)
    page = open_page(options="ignore index", ignore="1", batch="0.7 0.1 0.2 1;0.1 0.5 0.4 1")
    assert math.isnan(numbers(page)["mean"])
    assert "No row counts: the mean is 0/0, which is NaN, as in PyTorch." in str(data(page))
