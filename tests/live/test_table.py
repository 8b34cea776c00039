"""What an editable table is sent, and what it takes from a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from explorer.live import table
from explorer.live.table import KINDS, LONGEST_TEXT, Action, read_action

EDIT = {"number": 1, "kind": "edit", "row": 1, "column": 0, "text": "0.5"}


def page() -> None:
    from explorer.live.table import editable_table
    from explorer.views.markup import quantity
    from explorer.views.table import Table, TableRow

    rows = (
        TableRow(("0.2", "1"), (quantity("L", 1.5),)),
        TableRow(("<b>", "1"), ("",), "Row 2 is no number.", choosable=False),
    )
    table = Table("batch", "Examples", ("p", "t"), ("Loss",), rows, chosen=0, live=("p", None))
    editable_table(table, on_action=lambda action: None)


def test_the_browser_is_sent_the_rows_as_typed() -> None:
    run = AppTest.from_function(page).run()
    assert not run.exception
    assert json.loads(run.get("bidi_component")[0].proto.json) == {
        "columns": ["p", "t"],
        "results": ["Loss"],
        "rows": [
            {
                "cells": ["0.2", "1"],
                "results": ['<span data-quantity="L" data-value="1.5" data-digits="6">1.50000</span>'],
                "note": "",
                "choosable": True,
            },
            {"cells": ["<b>", "1"], "results": [""], "note": "Row 2 is no number.", "choosable": False},
        ],
        "chosen": 0,
        "live": ["p", None],
        "label": "Examples",
        "done": 0,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_an_action_of_each_kind_is_read(kind: str) -> None:
    assert read_action({**EDIT, "kind": kind}, 2, 1) == Action(kind, 1, 0, "0.5")


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "edit",
        [],
        {},
        {**EDIT, "kind": "drop"},
        {**EDIT, "kind": None},
        {**EDIT, "row": 2},
        {**EDIT, "row": -1},
        {**EDIT, "row": 1.0},
        {**EDIT, "row": "1"},
        {**EDIT, "row": True},
        {**EDIT, "column": 1},
        {**EDIT, "column": -1},
        {**EDIT, "column": False},
        {**EDIT, "text": 0.5},
        {**EDIT, "text": None},
        {k: v for k, v in EDIT.items() if k != "text"},
    ],
)
def test_an_action_that_cannot_be_is_not_read(sent: object) -> None:
    assert read_action(sent, 2, 1) is None


def test_the_last_row_stays() -> None:
    assert read_action({**EDIT, "kind": "remove", "row": 0}, 1, 1) is None


def test_a_text_is_cut_where_no_person_goes() -> None:
    action = read_action({**EDIT, "kind": "paste", "text": "1\n" * LONGEST_TEXT}, 2, 1)
    assert action is not None
    assert len(action.text) == LONGEST_TEXT


def act(monkeypatch: pytest.MonkeyPatch, *sent: Any, rows: int = 2) -> list[Action]:
    """The actions that a page is told of, when the browser sends one value after the other."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    told: list[Action] = []
    for value in sent:
        state["batch"] = {"action": value}
        table._act("batch", rows, 1, told.append)
    return told


def test_actions_arrive_in_order_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    again = {**EDIT, "number": 2, "row": 0}
    assert act(monkeypatch, [EDIT], [EDIT, again], [again]) == [Action("edit", 1, 0, "0.5"), Action("edit", 0, 0, "0.5")]


def test_after_a_removal_there_is_a_row_less(monkeypatch: pytest.MonkeyPatch) -> None:
    remove = {**EDIT, "kind": "remove", "row": 0}
    sent = [{**remove, "number": 1}, {**EDIT, "number": 2}, {**remove, "number": 3}]
    assert act(monkeypatch, sent) == [Action("remove", 0, 0, "0.5")]


@pytest.mark.parametrize("sent", [None, "edit", EDIT, [None], [{**EDIT, "number": "1"}], [{**EDIT, "number": None}], [[EDIT]]])
def test_what_is_no_list_of_numbered_actions_is_ignored(monkeypatch: pytest.MonkeyPatch, sent: object) -> None:
    assert act(monkeypatch, sent) == []


def test_an_action_that_was_ignored_counts_as_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    assert act(monkeypatch, [{**EDIT, "row": 7}]) == []
    assert st.session_state["batch-done"] == 1
