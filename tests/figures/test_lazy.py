"""A figure that is built late: the same as one that Plotly builds at once."""

from __future__ import annotations

import copy
import json
import math
import pickle
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.binary import binary_figure
from explorer.figures.lazy import LazyFigure, specification, to_json
from explorer.figures.style import TEMPLATE

TRACES: list[dict[str, Any]] = [
    {
        "type": "scatter",
        "uid": "a",
        "x": np.array([0.1, math.nan, math.inf]),
        "y": np.arange(3, dtype=np.float32),
        "opacity": 0.5,
    },
    {"type": "contour", "uid": "b", "x": np.array([1, 2], dtype=np.int8), "z": np.eye(3)[:, ::-1]},
    {"type": "bar", "uid": "c", "x": ["p₁", "<b>"], "y": [np.float64(1.5), math.inf], "meta": {"bind": {"y": "L"}}},
]
LAYOUT: dict[str, Any] = {"template": TEMPLATE, "xaxis": {"range": [np.float64(0), 1]}, "height": np.int64(300)}


def at_once(figure: go.Figure) -> Any:
    return json.loads(go.Figure(figure.to_dict()).to_json(remove_uids=False))


@pytest.mark.parametrize("figure", [LazyFigure(TRACES, LAYOUT), binary_figure("p", {"p": 0.2, "t": 1}, scale="log")[0]])
def test_its_json_is_plotlys_before_and_after_it_is_built(figure: go.Figure) -> None:
    before = json.loads(to_json(figure))
    assert before == at_once(figure)
    assert json.loads(to_json(figure)) == before


def test_whole_numbers_become_a_list_that_plotly_reads() -> None:
    figure = LazyFigure([{"type": "scatter", "x": np.array([1, 2**40]), "y": np.array([])}], {})
    assert json.loads(to_json(figure))["data"] == [{"type": "scatter", "x": [1, 2**40], "y": []}]


def test_its_json_does_not_build_it_and_a_look_does() -> None:
    figure = LazyFigure(TRACES, LAYOUT)
    to_json(figure)
    assert specification(figure)["data"] is TRACES
    assert figure.data[0].opacity == 0.5
    assert specification(figure)["data"] is not TRACES


def test_a_change_shows_in_its_json_and_not_in_what_it_was_made_of() -> None:
    figure = LazyFigure(TRACES, LAYOUT)
    figure.update_layout(height=200)
    figure.data[0].opacity = 0.25
    found = json.loads(to_json(figure))
    assert (found["layout"]["height"], found["data"][0]["opacity"]) == (200, 0.25)
    assert (LAYOUT["height"], TRACES[0]["opacity"]) == (300, 0.5)


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda figure: pickle.loads(pickle.dumps(figure))])
def test_copies_are_figures_of_their_own(again: Any) -> None:
    figure = LazyFigure(TRACES, LAYOUT)
    assert again(figure).to_json() == figure.to_json()


def test_what_is_no_attribute_of_a_figure_is_none_of_this_one() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        print(LazyFigure(TRACES, LAYOUT).nonsense)


def test_a_plain_figure_has_its_json_too() -> None:
    figure = go.Figure(TRACES, LAYOUT)
    assert json.loads(to_json(figure)) == json.loads(figure.to_json(remove_uids=False))


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError) as refusal:
        to_json(LazyFigure([{"x": object()}], {}))
    assert str(refusal.value.__cause__) == "A figure must hold numbers, texts and arrays; got object."
