"""The page /network as Streamlit runs it, without a browser."""

from __future__ import annotations

import json
import math
import re
from functools import cache, partial
from html import unescape
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray
from streamlit.testing.v1 import AppTest

from explorer.core import dense, landscape, written_out
from explorer.core.datasets import dataset
from explorer.core.network import PAIRS, Network
from explorer.pages.network import setting
from explorer.views.network.weights import read, write
from tests.pages import steps
from tests.pages.steps import data, errors, warnings

open_page = partial(steps.open_page, "network")

DEFAULT = Network((2, 4, 1))
PUBLISHED = {"sizes": "1-1", "w": "0,-4", "data": "one example"}
LOSSES = (
    "binary cross-entropy", "cross-entropy, distribution", "cross-entropy, class index", "squared error",
    "squared error of sigmoid",
)  # fmt: skip

LARGE = {"sizes": "4-16-16-10", "loss": LOSSES[2], "data": "line", "rows": "20"}
FITTING = dict(zip(LOSSES, PAIRS, strict=True))

Array = NDArray[np.float64]


@cache
def seen(**query: Any) -> AppTest:
    """A page to be looked at only, so that several tests may look at the same."""
    return open_page(**query)


def text(page: AppTest) -> str:
    return "".join(d["html"] for d in data(page) if "html" in d)


def numbers(page: AppTest) -> dict[str, float]:
    """Each number that the page's text shows, by its step; where it shows one of all rows and one of a row, the first."""
    found = re.findall(r'data-quantity="(\w+)" data-value="([^"]+)"', text(page))
    return {name: float(value.replace("Infinity", "inf")) for name, value in reversed(found)}


def charts(page: AppTest) -> list[dict[str, Any]]:
    return [d for d in data(page) if "program" in d]


def trace(page: AppTest, uid: str) -> dict[str, Any]:
    """A trace of the page's charts."""
    traces = (trace for chart in charts(page) for trace in json.loads(chart["figure"])["data"])
    return next(trace for trace in traces if trace.get("uid") == uid)


def diagram(page: AppTest) -> dict[str, dict[str, float]]:
    """What the diagram shows of each unit and edge: quantity -> number."""
    (found,) = (d for d in data(page) if "edges" in d)
    return {
        part["name"]: {shown["quantity"]: float(shown["value"].replace("Infinity", "inf")) for shown in part["shown"]}
        for part in (*found["units"], *found["edges"])
    }


def weights(page: AppTest, network: Network) -> Array:
    """The present weights, as the diagram shows them."""
    shown = {name: number for part in diagram(page).values() for name, number in part.items()}
    return dense.vector(network, shown)


def said(page: AppTest) -> list[str]:
    return [*errors(page), *warnings(page)]


def address(page: AppTest) -> dict[str, str]:
    """What the address holds, each name once."""
    return {name: found if isinstance(found, str) else found[0] for name, found in page.query_params.items()}


def column(text: str, count: int) -> str:
    """The weights of an address: the same text so many times."""
    return ",".join([text] * count)


# --- What is shown ---


def test_it_opens_with_xor_and_the_weights_of_seed_0() -> None:
    page = seen()
    assert said(page) == []
    assert address(page) == {}
    theta = dense.vector(DEFAULT, DEFAULT.random_weights(0))
    np.testing.assert_array_equal(weights(page, DEFAULT), theta)
    assert numbers(page)["L"] == pytest.approx(float(dense.loss(DEFAULT, theta, *dataset("XOR", DEFAULT))), rel=1e-12)
    assert len(charts(page)) == 4
    assert [chart["writes"] for chart in charts(page)].count(True) == 1


@pytest.mark.parametrize("name", ["OR", "line", "moons", "spirals"])
@pytest.mark.parametrize(("loss", "pair"), [*FITTING.items()])
def test_every_number_agrees_with_the_core(loss: str, pair: Any, name: str) -> None:
    outputs = 3 if pair[0] == "softmax" else 1
    network = Network((2, 3, outputs), "sin", *pair)
    query = {} if name == "OR" else {"rows": "40"}
    page = open_page(sizes=f"2-3-{outputs}", hidden="sin", loss=loss, data=name, seed="7", row="3", **query)
    assert said(page) == []
    theta, (x, t) = dense.vector(network, network.random_weights(7)), dataset(name, network, 40)
    value, gradient = dense.loss_and_gradient(network, theta, x, t)
    shown, parts = numbers(page), diagram(page)
    assert shown["L"] == pytest.approx(float(value), rel=1e-10)
    slopes = {q: number for part in parts.values() for q, number in part.items() if q.startswith(("d_w", "d_b"))}
    assert slopes == pytest.approx(dict(zip((f"d_{w}" for w in network.weights), gradient.tolist(), strict=True)), abs=1e-12)
    predicted = dense.predict(network, theta, x)
    assert [shown[y] for y in network.outputs] == pytest.approx(predicted[2].tolist(), rel=1e-10)
    assert [parts[y][y] for y in network.outputs] == pytest.approx(predicted[2].tolist(), rel=1e-10)
    if pair[0] == "softmax":
        classes = t[:, 0] if pair[1] == "index" else t.argmax(axis=1)
        assert shown["right"] == pytest.approx(np.mean(predicted.argmax(axis=1) == classes))
    elif pair[0] == "sigmoid":
        assert shown["right"] == pytest.approx(np.mean((predicted[:, 0] > 0.5) == t[:, 0]))


def test_the_row_shown_is_the_one_asked_for() -> None:
    theta, (x, t) = dense.vector(DEFAULT, DEFAULT.random_weights(0)), dataset("XOR", DEFAULT)
    losses = dense.rows_loss(DEFAULT, theta, x, t)
    page = open_page(row="2")
    for row in (2, 4):
        page.text_input(key="row").set_value(str(row)).run()
        found = re.search(rf'data-quantity="L" data-value="([^"]+)" data-digits="6" data-row="{row - 1}"', text(page))
        assert found
        assert float(found[1]) == pytest.approx(losses[row - 1], rel=1e-12)
        assert diagram(page)["x1"]["x1"] == x[row - 1, 0]


@pytest.mark.parametrize("loss", LOSSES)
def test_one_example_is_on_sliders(loss: str) -> None:
    network = Network((2, 2, 2), "tanh", *FITTING[loss])
    page = open_page(sizes="2-2-2", loss=loss, data="one example", x1="0.25", x2="-1.5")
    page.slider(key="t1").set_value(1.0).run()
    assert said(page) == []
    t = [[page.slider(key=name).value for name in network.targets]]
    theta = dense.vector(network, network.random_weights(0))
    assert numbers(page)["L"] == pytest.approx(float(dense.loss(network, theta, [[0.25, -1.5]], t)), rel=1e-10)
    assert numbers(page)["y1"] == pytest.approx(float(dense.predict(network, theta, [[0.25, -1.5]])[0, 0]), rel=1e-10)


def test_the_published_slopes_and_their_ratio() -> None:
    shown = numbers(seen(**PUBLISHED))
    assert [round(shown[name], 6) for name in ("slope_binary", "slope_squared")] == [-0.982014, -0.03469]
    assert ">28.3<" in text(seen(**PUBLISHED))
    assert round(shown["L"], 6) == 4.01815


@pytest.mark.parametrize("loss", LOSSES[1:4])
def test_the_slopes_are_compared_for_a_sigmoid_only(loss: str) -> None:
    assert "Slope in the logit" not in text(seen(sizes="2-2-2", loss=loss))
    assert "Slope in the logit" in text(seen())


@pytest.mark.parametrize("loss", LOSSES[1:3])
def test_softmax_of_one_output_warns(loss: str) -> None:
    page = open_page(sizes="2-4-1", loss=loss)
    assert said(page) == ["Softmax of one output is always 1, so the loss is 0. End the units with 2 or more, as in 2-4-2."]
    assert numbers(page)["L"] == 0


def test_a_network_of_three_inputs_has_no_picture_of_its_predictions() -> None:
    page = seen(sizes="3-2-1")
    assert "What a network predicts is drawn where it has 2 inputs." in [m.value for m in page.markdown]
    assert len(charts(page)) == 3


def test_a_large_network_is_shown_and_its_formula_in_one_line_is_a_file() -> None:
    page = seen(**LARGE, form="inline")
    network = Network((4, 16, 16, 10), "tanh", "softmax", "index")
    theta = dense.vector(network, network.random_weights(0))
    assert said(page) == []
    assert numbers(page)["L"] == pytest.approx(float(dense.loss(network, theta, *dataset("line", network, 20))), rel=1e-10)
    length = written_out.length(network)
    assert f"In one line the loss is {length:,} characters long." in [m.value for m in page.markdown]
    assert "Download it as LaTeX" in [button.proto.label for button in page.get("download_button")]


# --- Bad input ---


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"sizes": "2-99"}, "Outputs must be a whole number from 1 to 10; got 99. 2-4-1 is shown."),
        ({"sizes": "a-b"}, "Units must be whole numbers with hyphens between them, as in 2-4-1; got a. 2-4-1 is shown."),
        ({"sizes": "0-1"}, "Inputs must be a whole number from 1 to 4; got 0. 2-4-1 is shown."),
        ({"sizes": "5-1"}, "Inputs must be a whole number from 1 to 4; got 5. 2-4-1 is shown."),
        ({"sizes": "2-17-1"}, "Units of a hidden layer must be a whole number from 1 to 16; got 17. 2-4-1 is shown."),
        ({"sizes": "2-1-1-1-1-1"}, "Hidden layers must be a whole number from 0 to 3; got 4. 2-4-1 is shown."),
        ({"sizes": "<b>-1"}, "Units must be whole numbers with hyphens between them, as in 2-4-1; got <b>. 2-4-1 is shown."),
        ({"w": "1,2"}, "The link's w was ignored: w must be 17 numbers; got 2. Those of seed 0 are shown."),
        (
            {"w": column("x", 17), "seed": "3"},
            "The link's w was ignored: w1_1_1 must be a number; got x. Those of seed 3 are shown.",
        ),
        (
            {"w": column("nan", 17)},
            "The link's w was ignored: w1_1_1 must be a finite number; got nan. Those of seed 0 are shown.",
        ),
        (
            {"w": column("1e999", 17)},
            "The link's w was ignored: w1_1_1 must be a finite number; got 1e999. Those of seed 0 are shown.",
        ),
        ({"chosen": "zz"}, "The link's chosen = “zz” was ignored: chosen must be a unit or a weight. h1_1 is shown."),
        ({"chosen": "x1"}, "The link's chosen = “x1” was ignored: chosen must be a unit or a weight. h1_1 is shown."),
        ({"seed": "-1"}, "Seed must be a whole number from 0 to 9999; got -1. 0 is shown."),
        ({"seed": "abc"}, "Seed must be a whole number from 0 to 9999; got abc. 0 is shown."),
        (
            {"hidden": "gelu"},
            "The link's hidden = “gelu” was ignored: hidden must be one of identity, sigmoid, tanh, relu, softplus, "
            "leaky relu, sin. The default is shown.",
        ),
        (
            {"loss": "hinge"},
            "The link's loss = “hinge” was ignored: loss must be one of the losses listed. The default is shown.",
        ),
        (
            {"along": "w9_9_9"},
            "The link's along = “w9_9_9” was ignored: along must be a weight of the network. The default is shown.",
        ),
        ({"row": "9"}, "Row shown must be a whole number from 1 to 4; got 9. 1 is shown."),
        (
            {"rate": "-1"},
            "Learning rate must be a number from 1e-06 to 1e+06; got -1. 0.5 is shown.",
        ),
        (
            {"rows": "501", "data": "line"},
            "Rows must be a whole number from 1 to 500; got 501. 100 is shown.",
        ),
        ({"sizes": "3-1", "data": "moons"}, "The data set moons needs a network of 2 inputs; this one has 3. XOR is shown."),
        ({"data": "pasted rows", "table": "hello"}, "The data must hold 1 to 500 rows; got 0. XOR is shown."),
        (
            {"data": "pasted rows", "table": "1 2⏎3 4"},
            "Row 1 must hold 2 inputs and 1 target, 3 numbers; got 2. XOR is shown.",
        ),
        ({"data": "pasted rows", "table": "1 2 0⏎1 nan 0"}, "x2 in row 2 must be a number; got nan. XOR is shown."),
        ({"data": "pasted rows", "table": "1⇥2⇥3"}, "t1 in row 1 must lie in [0, 1]; got 3. XOR is shown."),
        (
            {"data": "pasted rows", "table": "⏎".join(["0 0 0"] * 501)},
            "The data must hold 1 to 500 rows; got 501. XOR is shown.",
        ),
        (
            {"hidden": "identity", "loss": "squared error", "data": "line", "rate": "1000", "steps": "100"},
            "The learning rate must be smaller than 1000 here: step 4 makes L infinite. The way ends at step 3.",
        ),
        (
            {"hidden": "relu", "loss": "squared error", "data": "line", "rate": "5", "steps": "10"},
            "The loss rose from 0.4809 to 1.016×10¹⁷: a learning rate of 5 is too large here.",
        ),
    ],
)
def test_bad_input_gets_one_sentence_and_the_page_still_draws(query: dict[str, str], sentence: str) -> None:
    page = open_page(**query)
    assert said(page) == [sentence]
    assert len(charts(page)) >= 3
    assert math.isfinite(numbers(page)["L"])


def test_sizes_that_are_none_keep_the_last_network() -> None:
    page = open_page(sizes="2-3-1")
    page.text_input(key="sizes").set_value("2-0-1").run()
    assert said(page) == ["Units of a hidden layer must be a whole number from 1 to 16; got 0. 2-3-1 is shown."]
    assert len(diagram(page)) == 6 + 9
    page.text_input(key="sizes").set_value("2 2 2").run()
    assert said(page) == []
    assert len(diagram(page)) == 6 + 8


@pytest.mark.parametrize("w", ["-1e300", "5000"])
@pytest.mark.parametrize("loss", LOSSES)
def test_weights_of_any_size_are_drawn(loss: str, w: str) -> None:
    page = open_page(sizes="2-2-2", hidden="identity", loss=loss, w=column(w, 12), chosen="w1_1_1")
    assert not [sentence for sentence in said(page) if "disagrees" in sentence or "ignored" in sentence]
    assert len(charts(page)) == 4


def test_rows_of_a_set_that_has_its_own_number_are_no_bad_link() -> None:
    assert said(open_page(data="XOR", rows="40")) == []


def test_a_start_without_a_finite_loss_is_named_as_the_reason_that_nothing_moves() -> None:
    page = open_page(sizes="1-1", loss="squared error", w="0,1e200", steps="5")
    assert said(page) == ["The weights at the start must give a finite loss; L is not finite."]


# --- Weights ---


def test_moving_a_slider_makes_its_weight_the_new_start() -> None:
    page = open_page(steps="3")
    before = weights(page, DEFAULT)
    page.slider(key="w1_1_2").set_value(1.25).run()
    after = np.array([*before])
    after[DEFAULT.weights.index("w1_1_2")] = 1.25
    np.testing.assert_array_equal(weights(page, DEFAULT), after)
    assert address(page)["w"] == write(dense.named(DEFAULT, after))
    assert "steps" not in address(page)
    assert numbers(page)["L"] == pytest.approx(float(dense.loss(DEFAULT, after, *dataset("XOR", DEFAULT))), rel=1e-12)


def test_the_sliders_are_those_of_what_is_chosen_and_of_both_axes() -> None:
    def sliders(**query: str) -> list[str | None]:
        return [slider.key for slider in seen(**query).slider]

    assert sliders() == ["w1_1_1", "w1_1_2", "b1_1"]
    assert sliders(chosen="y1") == ["w2_1_1", "w2_1_2", "w2_1_3", "w2_1_4", "b2_1"]
    assert sliders(chosen="b1_3", along="w1_1_1", across="b2_1") == ["b1_3", "w1_1_1", "b2_1"]


def test_the_charts_run_along_the_weights_asked_for() -> None:
    page = seen(along="w2_1_3", across="w1_1_2")
    surface, point = trace(page, "surface"), trace(page, "point")
    assert surface["meta"]["sweep"] == {"x": "w2_1_3", "y": "w1_1_2"}
    assert trace(page, "loss")["meta"]["sweep"] == {"x": "w2_1_3"}
    assert point["x"] == [DEFAULT.random_weights(0)["w2_1_3"]]
    assert trace(seen(surface="3-D"), "surface")["type"] == "surface"


def test_another_seed_draws_other_weights_and_forgets_what_was_set() -> None:
    page = open_page(w=column("1", 17), steps="2")
    page.text_input(key="seed").set_value("5").run()
    np.testing.assert_array_equal(weights(page, DEFAULT), dense.vector(DEFAULT, DEFAULT.random_weights(5)))
    (button,) = (button for button in page.button if button.label == "Next seed")
    button.click().run()
    np.testing.assert_array_equal(weights(page, DEFAULT), dense.vector(DEFAULT, DEFAULT.random_weights(6)))
    assert address(page) == {"seed": "6"}


def test_weights_far_away_have_wider_sliders_or_say_that_they_are_too_far() -> None:
    page = open_page(sizes="1-1", w="55.5,-2e7")
    assert (page.slider(key="w1_1_1").min, page.slider(key="w1_1_1").max) == (-100, 100)
    assert [slider.key for slider in page.slider] == ["w1_1_1"]
    assert any(m.value.endswith("-2e+07, too large for a slider") for m in page.markdown)


def test_the_other_sliders_stay_where_they_are_when_one_weight_widens_all() -> None:
    page = open_page()
    before = {slider.key: slider.value for slider in page.slider}
    page.session_state["_weights_held"] = {"w1_1_1": 12.5}  # as a hand on a chart sets it
    page.run()
    assert {slider.max for slider in page.slider} == {100}
    assert {slider.key: slider.value for slider in page.slider} == before | {"w1_1_1": 12.5}


def test_a_choice_of_data_keeps_the_weights() -> None:
    page = open_page(w=column("0.5", 17))
    for name in ("spirals", "one example", "OR"):
        page.selectbox(key="data").set_value(name).run()
        np.testing.assert_array_equal(weights(page, DEFAULT), np.full(17, 0.5))
    assert said(page) == []


@settings(deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=13, max_size=13))
def test_weights_round_trip_exactly_through_the_address(numbers: list[float]) -> None:
    network = Network((2, 3, 1))
    given_weights = dict(zip(network.weights, numbers, strict=True))
    assert read(network, write(given_weights)) == given_weights


@pytest.mark.parametrize(
    ("given_text", "sentence"),
    [
        ("", "w must be 2 numbers; got 1."),
        ("1,2,3", "w must be 2 numbers; got 3."),
        ("1,", "b1_1 must be a number; got nothing."),
        ("*a*,1", "w1_1_1 must be a number; got *a*."),
        ("1,-inf", "b1_1 must be a finite number; got -inf."),
    ],
)
def test_weights_that_are_none_are_refused(given_text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        read(Network((1, 1)), given_text)
    assert str(error.value) == sentence


def test_weights_too_many_for_the_address_go_to_the_file() -> None:
    network = Network((4, 16, 16, 10), "tanh", "softmax", "index")
    page = open_page(**LARGE, steps="1")
    assert said(page) == []
    before = weights(page, network)
    page.slider(key="w1_1_1").set_value(2.5).run()
    assert said(page) == ["This view is too long for a link: save it as a file instead."]
    assert address(page)["w"] == "file"
    np.testing.assert_array_equal(weights(page, network), [2.5, *before[1:]])
    page.run()
    np.testing.assert_array_equal(weights(page, network), [2.5, *before[1:]])


def test_a_link_that_leaves_its_weights_out_says_so() -> None:
    page = open_page(w="file")
    assert said(page) == ["The link had no room for all of its view; open the saved file to see the rest."]


def test_the_table_of_weights_complains_only_of_what_was_typed() -> None:
    page = open_page(w=column("5000", 17), weights="true")
    assert len(page.dataframe) == 2
    assert said(page) == []


# --- Descent ---


@pytest.mark.parametrize("rule", landscape.RULES)
def test_steps_in_the_address_go_the_way_of_the_core(rule: str) -> None:
    page = open_page(rule=rule, rate="0.3", steps="25", data="AND", seed="4", along="w1_1_1", across="b2_1")
    x, t = dataset("AND", DEFAULT)
    way = landscape.descend(DEFAULT, DEFAULT.random_weights(4), x, t, rule=rule, rate=0.3, steps=25)
    assert said(page) == []
    np.testing.assert_array_equal(weights(page, DEFAULT), way.weights[-1])
    assert numbers(page)["L"] == pytest.approx(way.loss[-1], rel=1e-12)
    path = trace(page, "path")
    np.testing.assert_array_equal(path["x"], way.weights[:, DEFAULT.weights.index("w1_1_1")])
    np.testing.assert_array_equal(path["y"], way.weights[:, DEFAULT.weights.index("b2_1")])
    np.testing.assert_array_equal(trace(page, "loss-by-step")["y"], way.loss)
    assert address(page)["steps"] == "25"


def test_steps_are_taken_and_taken_back() -> None:
    page = open_page()
    _press(page, "Step")
    assert address(page)["steps"] == "1"
    _press(page, "10 steps")
    assert address(page)["steps"] == "11"
    way = landscape.descend(DEFAULT, DEFAULT.random_weights(0), *dataset("XOR", DEFAULT), rule="plain", rate=0.5, steps=11)
    np.testing.assert_array_equal(weights(page, DEFAULT), way.weights[-1])
    assert "w" not in address(page)
    _press(page, "To the start")
    assert address(page) == {}
    np.testing.assert_array_equal(weights(page, DEFAULT), way.weights[0])


def test_an_empty_field_says_what_to_paste() -> None:
    page = open_page(data="pasted rows")
    assert [info.value for info in page.info] == [
        "Paste 1 to 500 rows of x1, x2, t1, with commas, tabs or spaces between. XOR is shown until then."
    ]
    assert not said(page)


def test_a_second_paste_replaces_the_first() -> None:
    page = open_page(data="pasted rows")
    for text in ("0 0 0\n1 1 1", "0 1 0\n1 0 1\n1 1 1", "1 1 1"):
        page.text_area[0].set_value(text).run()
        assert page.text_area[0].value == text
        assert address(page)["table"] == text.replace("\n", "⏎")


def test_a_run_that_has_not_begun_is_called_off_by_other_weights() -> None:
    page = open_page()
    page.session_state[setting.RUN_ASKED] = True  # its own run of the script was cut short by the next click
    _press(page, "Next seed")
    assert [button.label for button in page.button if button.label in ("Run", "Stop")] == ["Run"]


def test_a_run_waits_for_the_browser_to_draw_each_of_its_pictures() -> None:
    page = open_page(steps="30")
    _press(page, "Run")
    (turn,) = (d for d in data(page) if "turn" in d)
    assert turn["turn"] == 30
    assert [button.label for button in page.button if button.label in ("Run", "Stop")] == ["Stop"]
    _press(page, "Stop")
    assert not [d for d in data(page) if "turn" in d]
    assert [button.label for button in page.button if button.label in ("Run", "Stop")] == ["Run"]


def test_both_losses_go_down_from_the_same_start_and_are_measured_alike() -> None:
    page = open_page(versus="true", steps="20", rate="1", w=column("0.3", 17), data="OR")
    start = dict.fromkeys(DEFAULT.weights, 0.3)
    for loss, name in (("binary", "cross-entropy"), ("squared", "squared error")):
        network = Network((2, 4, 1), loss=loss)  # type: ignore[arg-type]
        way = landscape.descend(network, start, *dataset("OR", network), rule="plain", rate=1.0, steps=20)
        surprise, right = zip(*(_by_hand(theta) for theta in way.weights.tolist()), strict=True)
        uid = name.replace(" ", "-")
        np.testing.assert_allclose(trace(page, f"surprise-{uid}")["y"], surprise, rtol=1e-12)
        np.testing.assert_array_equal(trace(page, f"right-{uid}")["y"], right)
        assert trace(page, f"surprise-{uid}")["name"] == f"trained on {name}"
        sentence = f"Trained on {name}, step 20: share right {right[-1]:g}, −ln p of the true class {surprise[-1]:.4g}."
        assert sentence in [m.value for m in page.markdown]
    assert "Both losses need a sigmoid output: choose binary cross-entropy, or squared error of sigmoid." in [
        m.value for m in open_page(versus="true", steps="1", loss="squared error").markdown
    ]


def _by_hand(theta: list[float]) -> tuple[float, float]:
    """Of a 2-4-1 network on OR: the mean of -ln of the true class's probability, and the share of rows that are right."""
    hidden = [theta[8 + k] for k in range(4)]
    surprises, rights = [], []
    for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
        h = [math.tanh(theta[2 * k] * x1 + theta[2 * k + 1] * x2 + hidden[k]) for k in range(4)]
        z = sum(w * h_k for w, h_k in zip(theta[12:16], h, strict=True)) + theta[16]
        true = 1 / (1 + math.exp(-z if x1 or x2 else z))
        surprises.append(-math.log(true))
        rights.append(true > 0.5)
    return sum(surprises) / 4, sum(rights) / 4


# --- Formulas ---


def test_the_formula_is_shown_layer_by_layer_backwards_or_in_one_line() -> None:
    layered = _formulas(seen(form="layered"))
    assert len(layered) == 4 + 4 + 1 + 1 + 1
    assert _terms(layered[1]) == ["z1,2", "b1,2", "w1,2,1x1", "w1,2,2x2"]
    backward = _formulas(seen(form="backpropagation"))
    assert backward[0] in ("δ2,1=y1−t1", "δ2,1=−t1+y1")
    assert len(backward) == 1 + 4 + 3
    (inline,) = _formulas(seen(sizes="1-1", form="inline"))
    assert inline.startswith("L=")


def _formulas(page: AppTest) -> list[str]:
    """The lines of the formula, without markup."""
    block = re.search(r"live-layers.*", text(page), re.DOTALL)
    assert block
    return [re.sub(r"\s|<[^>]*>|\u2062", "", unescape(line)) for line in re.findall(r"<math.*?</math>", block[0], re.DOTALL)]


def _terms(line: str) -> list[str]:
    """What stands on the left of a line, and the terms of the sum after it."""
    left, right, *_ = line.split("=")
    return [left, *sorted(right.split("+"))]


def test_numbers_are_put_in_but_for_what_is_kept_as_a_symbol() -> None:
    def put_in(**query: Any) -> list[str]:
        return _formulas(open_page(sizes="2-1", w="2,-3,0.5", data="one example", x1="0.5", x2="1", numbers="true", **query))

    assert _terms(put_in()[0]) == ["z1,1", "(−3)·1", "0.5", "2·0.5"]
    assert put_in()[0].endswith("=−1.5")
    first, second, *_, last = put_in(keep=["w1_1_1"])
    assert _terms(first) == ["z1,1", "(−3)·1", "0.5", "w1,1,1·0.5"]
    assert second == "y1=σ(z1,1)"
    assert last.startswith("L=")
    assert "y1" in last


@pytest.mark.parametrize("put_in", ["false", "true"])
def test_an_inline_formula_that_is_too_long_says_how_long_and_can_be_downloaded(put_in: str) -> None:
    page = open_page(sizes="2-8-8-2", loss=LOSSES[2], form="inline", numbers=put_in)
    assert said(page) == []
    (length,) = (m.value for m in page.markdown if m.value.startswith("In one line the loss is"))
    assert re.fullmatch(r"In one line the loss is \d\d,\d{3} characters long\.", length)
    labels = [button.proto.label for button in page.get("download_button")]
    assert "Download it as LaTeX" in labels


# --- Text in the address ---


def test_a_text_is_kept_in_the_address_if_it_is_short_else_in_the_session() -> None:
    page = _address("address.put('a', 'x' * 2000)\naddress.put('b', 'x' * 2001)")
    assert address(page)["a"] == "x" * 2000
    assert address(page)["b"] == "file"
    assert page.json[0].value == json.dumps(["x" * 2000, "x" * 2001, False, True])


def test_a_text_that_is_empty_is_taken_away() -> None:
    page = _address("address.put('a', 'x')\naddress.put('a', '')\naddress.put('b', '')")
    assert address(page) == {}
    assert page.json[0].value == json.dumps(["", "", False, False])


def test_a_text_that_was_long_can_be_short_again() -> None:
    page = _address("address.put('a', 'x' * 3000)\naddress.put('a', 'y')")
    assert address(page) == {"a": "y"}
    assert json.loads(page.json[0].value)[0] == "y"


def test_a_text_that_the_address_left_out_and_nobody_has_is_empty() -> None:
    page = _address("st.query_params['a'] = 'file'")
    assert json.loads(page.json[0].value) == ["", "", True, False]


def _address(steps: str) -> AppTest:
    """A script that takes some steps, then shows the texts a and b and whether each was left out."""
    shown = "[address.get('a'), address.get('b'), address.left_out('a'), address.left_out('b')]"
    script = f"import json\nimport streamlit as st\nfrom explorer.pages import address\n{steps}\nst.json(json.dumps({shown}))"
    page = AppTest.from_string(script).run()
    assert not page.exception
    return page


# --- Pasted rows ---


@pytest.mark.parametrize(
    ("pasted", "x", "t"),
    [
        ("0, 0.5, 1\n-1, 2, 0", [[0, 0.5], [-1, 2]], [[1], [0]]),
        ("x1\tx2\tt1\n0\t0.5\t1\r\n-1\t2\t0\n", [[0, 0.5], [-1, 2]], [[1], [0]]),
        ("0,25\t1,5\t1\n−1\t2\t0", [[0.25, 1.5], [-1, 2]], [[1], [0]]),
        ("0;0,5;1", [[0, 0.5]], [[1]]),
        ("x_1 x_2 t_1\n1e-3 2 1", [[0.001, 2]], [[1]]),
    ],
)
def test_rows_can_be_pasted_and_stay_in_the_address(pasted: str, x: ArrayLike, t: ArrayLike) -> None:
    page = open_page(data="pasted rows", table="0_0_0")
    page.text_area[0].set_value(pasted).run()
    theta = dense.vector(DEFAULT, DEFAULT.random_weights(0))
    expected = pytest.approx(float(dense.loss(DEFAULT, theta, x, t)), rel=1e-10)
    again = open_page(data="pasted rows", table=address(page)["table"])
    for opened in (page, again):
        opened.run()  # once more, as the text field now shows what the address holds
        assert said(opened) == []
        assert numbers(opened)["L"] == expected


def _press(page: AppTest, label: str) -> None:
    (button,) = (button for button in page.button if button.label == label)
    button.click().run()
    assert not page.exception


def test_a_number_that_the_browser_sends_once_more_moves_nothing_and_a_hand_moves_to_and_fro() -> None:
    page = open_page()
    slider = page.slider(key="w1_1_1")
    first = slider.value
    _press(page, "Step")
    assert page.slider(key="w1_1_1").value != first
    page.slider(key="w1_1_1").set_value(first)  # the browser has not drawn the step yet
    _press(page, "Step")
    assert address(page) == {"steps": "2"}
    for value in (1.5, 1.51, 1.5):
        page.slider(key="w1_1_1").set_value(value).run()
        assert page.slider(key="w1_1_1").value == value
        assert address(page)["w"].startswith(f"{value},")


def test_the_wrong_start_shows_in_one_click_that_squared_error_hardly_moves() -> None:
    page = open_page(sizes="2-3-1", data="moons", steps="5")
    _press(page, "Wrong start")
    assert warnings(page) == []
    surprise = {name: trace(page, f"surprise-{name}")["y"] for name in ("cross-entropy", "squared-error")}
    assert [y[0] for y in surprise.values()] == [pytest.approx(math.log1p(math.exp(8)))] * 2
    assert surprise["cross-entropy"][-1] < 0.01
    assert surprise["squared-error"][-1] > 7
    again = open_page(**address(page))
    assert trace(again, "surprise-squared-error")["y"] == surprise["squared-error"]


def test_a_weight_that_another_network_lacks_and_corners_of_one_input_get_a_sentence() -> None:
    page = open_page(sizes="2-4-1", along="w2_1_4", across="w1_1_1")
    page.text_input(key="sizes").set_value("1-1").run()
    assert [info.value for info in page.info] == [
        "XOR of one input is that input: the target is x1.",
        "This network has no w2_1_4; along shows another weight.",
    ]
    assert not page.exception
