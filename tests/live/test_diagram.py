"""What a network diagram sends to a browser, and what it takes from one."""

from __future__ import annotations

import json
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from explorer.live import diagram
from explorer.views.diagram import Diagram, Edge, Shown, Unit


def page() -> None:
    import math

    from explorer.live.diagram import network_diagram
    from explorer.views.diagram import Diagram, Edge, Shown, Unit

    units = (
        Unit("x1", "x₁", 0, 0, (Shown("x₁", "x1", row=2),), choosable=False),
        Unit("y1", "<b>", 1, 0, (Shown("y₁", "y1"), Shown("∂L/∂y", "d_y1"))),
    )
    edges = (Edge("w1_1_1", "x1", "y1", (Shown("w", "w1_1_1"),)),)
    numbers = ((-0.5,), (math.inf, math.nan), (2.0,))
    network_diagram(Diagram("net", "Network", units, edges, "w1_1_1", numbers), on_choose=lambda name: None)


def test_the_browser_is_sent_names_and_settled_numbers() -> None:
    run = AppTest.from_function(page).run()
    assert not run.exception
    assert json.loads(run.get("bidi_component")[0].proto.json) == {
        "units": [
            {
                "name": "x1",
                "label": "x₁",
                "layer": 0,
                "place": 0,
                "shown": [{"label": "x₁", "quantity": "x1", "row": 2, "value": "-0.5"}],
                "choosable": False,
            },
            {
                "name": "y1",
                "label": "<b>",
                "layer": 1,
                "place": 0,
                "shown": [
                    {"label": "y₁", "quantity": "y1", "row": None, "value": "Infinity"},
                    {"label": "∂L/∂y", "quantity": "d_y1", "row": None, "value": "NaN"},
                ],
                "choosable": True,
            },
        ],
        "edges": [
            {
                "name": "w1_1_1",
                "source": "x1",
                "target": "y1",
                "shown": [{"label": "w", "quantity": "w1_1_1", "row": None, "value": "2"}],
            }
        ],
        "chosen": "w1_1_1",
        "label": "Network",
    }


def choose(monkeypatch: pytest.MonkeyPatch, sent: Any) -> list[str]:
    """The names that a page is told of when the browser sends this."""
    told: list[str] = []

    def mount(*, on_choice_change: Any, **rest: Any) -> None:
        monkeypatch.setattr(st, "session_state", {"net": {"choice": sent}})
        on_choice_change()

    monkeypatch.setattr(diagram, "_diagram", mount)
    units = (Unit("x1", "x₁", 0, 0, (Shown("x₁", "x1"),), choosable=False), Unit("y1", "y₁", 1, 0, (Shown("y₁", "y1"),)))
    edges = (Edge("w1_1_1", "x1", "y1", (Shown("w", "w1_1_1"),)),)
    shown = Diagram("net", "", units, edges, "y1", ((0.0,), (0.0,), (0.0,)))
    diagram.network_diagram(shown, on_choose=told.append)
    return told


@pytest.mark.parametrize("name", ["y1", "w1_1_1"])
def test_a_unit_or_an_edge_is_chosen(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert choose(monkeypatch, name) == [name]


@pytest.mark.parametrize("sent", [None, "", "x1", "w9_9_9", "<script>", 1, True, ["y1"], {"y1": 1}])
def test_what_cannot_be_chosen_is_ignored(monkeypatch: pytest.MonkeyPatch, sent: object) -> None:
    assert choose(monkeypatch, sent) == []
