"""The page /binary as Streamlit runs it, without a browser."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from explorer.core import losses
from explorer.views import binary
from tests.pages.steps import errors, warnings

MAIN = Path(__file__).parents[2] / "main.py"


def open_page(**query: str | list[str]) -> AppTest:
    page = AppTest.from_file(str(MAIN), default_timeout=30)
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return page


def chart(page: AppTest) -> dict[str, Any]:
    """What the live chart was given."""
    found: dict[str, Any] = next(d for d in map(data_of, page.get("bidi_component")) if "program" in d)
    return found


def data_of(component: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(component.proto.json)
    return loaded


def texts(page: AppTest) -> str:
    return "\n".join(d["html"] for d in map(data_of, page.get("bidi_component")) if "html" in d)


def test_it_opens_at_the_published_example() -> None:
    page = open_page()
    assert chart(page)["values"] == {"p": 0.2, "t": 1.0}
    assert 'data-quantity="L" data-value="1.6094379124341003"' in texts(page)
    assert binary.view(binary.State()).code("latex") == (
        "L = -\\left(t \\ln p + \\left(1 - t\\right) \\ln\\left(1 - p\\right)\\right)\n"
        "\\frac{\\partial L}{\\partial p} = \\frac{p - t}{p \\left(1 - p\\right)}"
    )


def test_moving_a_slider_moves_everything() -> None:
    page = open_page()
    page.slider(key="p").set_value(0.75).run()
    assert chart(page)["values"]["p"] == 0.75
    assert f'data-value="{float(losses.binary_cross_entropy(0.75, 1))!r}"' in texts(page)


def test_the_numbers_put_in_are_worked_out_step_by_step() -> None:
    shown = texts(open_page(p="0.2", t="1"))
    for number in ("−1.609", "−0.2231", "1.6094", "−0.8", "−5"):
        assert f">{number}<" in shown or f">({number})<" in shown


def test_the_switch_keeps_the_point_both_ways() -> None:
    page = open_page(p="0.2")
    page.segmented_control(key="by").set_value("logit").run()
    assert chart(page)["values"]["z"] == pytest.approx(np.log(0.25))
    page.segmented_control(key="by").set_value("probability").run()
    assert chart(page)["values"]["p"] == pytest.approx(0.2)


def test_a_typed_value_is_taken_exactly() -> None:
    page = open_page()
    page.text_input[0].set_value("0.123456789").run()
    assert chart(page)["values"]["p"] == 0.123456789
    assert page.slider(key="p").value == 0.123456789


@pytest.mark.parametrize("typed", ["1.5", "-0,1", "1e300", "1e999", "nan", "0.5.1", "1/0", "9" * 5000])
def test_a_typed_value_out_of_range_is_refused_beside_the_control(typed: str) -> None:
    page = open_page(p="0.3")
    page.text_input[0].set_value(typed).run()
    assert errors(page) == [f"Prediction p must be a number from 0 to 1; got {typed if len(typed) < 40 else typed[:40] + '…'}."]
    assert page.text_input[0].value == typed
    assert chart(page)["values"]["p"] == 0.3


@pytest.mark.parametrize("key", ["other", "squared", "log"])
def test_a_toggle_changes_the_chart(key: str) -> None:
    page = open_page()
    before = chart(page)["figure"]
    page.toggle(key=key).set_value(True).run()
    assert chart(page)["figure"] != before


@pytest.mark.parametrize(("by", "place"), [("probability", {"p": "0.2"}), ("logit", {"z": "-4"}), ("probability", {"p": "0"})])
def test_squared_error_has_its_numbers_while_it_is_shown(by: str, place: dict[str, str]) -> None:
    names = ("squared", "d_squared_p", "d_squared_z")
    page = open_page(by=by, t="0.7", squared="true", **place)
    p = float(place["p"]) if by == "probability" else 1 / (1 + np.exp(4))
    expected = [losses.squared_error(p, 0.7), losses.squared_error_gradient(p, 0.7), 2 * (p - 0.7) * p * (1 - p)]
    shown = [re.search(f'data-quantity="{name}" data-value="(.*?)"', texts(page)) for name in names]
    assert [float(found[1]) for found in shown if found] == pytest.approx(list(map(float, expected)), rel=1e-12)
    page.toggle(key="squared").set_value(False).run()
    assert not any(f'data-quantity="{name}"' in texts(page) for name in names)


@pytest.mark.parametrize(
    ("p", "t", "sentence"),
    [
        ("0", "1", "L = ∞: p = 0 gives no chance, yet t = 1 says the opposite happens. −ln 0 has no bound."),
        ("1", "0", "L = ∞: p = 1 gives certainty, yet 1 − t = 1 says the opposite happens. −ln 0 has no bound."),
        ("1", "0.25", "L = ∞: p = 1 gives certainty, yet 1 − t = 0.75 says the opposite happens. −ln 0 has no bound."),
        ("0", "0", "L = 0: t = 0, and 0 · ln 0 counts as 0, its limit."),
    ],
)
def test_the_boundary_is_explained(p: str, t: str, sentence: str) -> None:
    assert sentence in texts(open_page(p=p, t=t))
    assert sentence not in texts(open_page(p="0.5", t=t))


def test_a_bad_value_in_the_link_is_named_until_its_control_moves() -> None:
    page = open_page(p="2", t="0.5")
    sentence = "The link's p = “2” was ignored: p must be a number from 0 to 1. The default is shown."
    assert warnings(page) == [sentence]
    page.slider(key="t").set_value(0.6).run()
    assert warnings(page) == [sentence]
    page.slider(key="p").set_value(0.3).run()
    assert not warnings(page)


@pytest.mark.parametrize(
    ("key", "value", "allowed"),
    [
        ("p", "abc", "a number from 0 to 1"),
        ("p", "nan", "a number from 0 to 1"),
        ("p", "", "a number from 0 to 1"),
        ("t", "-1", "a number from 0 to 1"),
        ("by", "odds", "probability or logit"),
        ("log", "maybe", "true or false"),
    ],
)
def test_a_bad_value_opens_at_the_default_and_says_what_is_allowed(key: str, value: str, allowed: str) -> None:
    page = open_page(**{key: value})
    expected = f"The link's {key} = “{value}” was ignored: {key} must be {allowed}. The default is shown."
    assert warnings(page) == [expected]
    assert chart(page)["values"] == {"p": 0.2, "t": 1.0}


def test_a_name_given_twice_opens_at_the_default_and_says_so() -> None:
    page = open_page(p=["0.1", "0.9"])
    expected = "The link names p 2 times; p must be given once. The default is shown."
    assert warnings(page) == [expected]
    assert 'data-quantity="L" data-value="1.6094379124341003"' in texts(page)


def test_a_bad_logit_opens_at_the_default_of_logits_and_says_so() -> None:
    page = open_page(by="logit", z="1e999")
    expected = "The link's z = “1e999” was ignored: z must be a number from -1e+06 to 1e+06. The default is shown."
    assert warnings(page) == [expected]
    assert 'data-quantity="L" data-value="1.3132616875182228"' in texts(page)


def test_random_links_restore_their_numbers_exactly() -> None:
    draw = random.Random(20)
    for _ in range(20):
        p, t = round(draw.random(), draw.choice([1, 3, 12])), round(draw.random(), 3)
        page = open_page(p=repr(p), t=repr(t))
        assert chart(page)["values"] == {"p": p, "t": t}
        assert not warnings(page)


def test_a_good_link_brings_no_message() -> None:
    page = open_page(by="logit", z="-3.14159", t="0.125", other="true", squared="true", log="true")
    assert not warnings(page)
    assert chart(page)["values"] == {"z": -3.14159, "t": 0.125}


def test_a_disagreement_with_the_numeric_core_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    right = losses.binary_cross_entropy
    monkeypatch.setattr(losses, "binary_cross_entropy", lambda p, t: right(p, t) + 1e-10)
    assert not errors(open_page(p="0.2"))
    monkeypatch.setattr(losses, "binary_cross_entropy", lambda p, t: right(p, t) + 1e-6)
    (error,) = errors(open_page(p="0.2"))
    assert error.startswith("L disagrees: the formula gives 1.6094379124341003, the numeric core 1.60943891243")


def test_no_disagreement_is_shown_over_a_whole_grid() -> None:
    page = open_page()
    for p in (0.0, 1e-9, 0.001, 0.5, 0.999, 1.0):
        for t in (0.0, 0.3, 1.0):
            page.slider(key="p").set_value(p)
            page.slider(key="t").set_value(t).run()
            assert not errors(page)
            assert not page.exception


def test_every_library_has_its_row() -> None:
    shown = texts(open_page(p="0"))
    for text in ("Plain formula", "16.1181", "PyTorch BCELoss", "100", "36.0437", "15.9424", "From logits"):
        assert text in shown


@pytest.mark.parametrize("p", ["0.01", "0.2", "1e-20", "1e-300", "0.9999999999999999", "0", "1"])
def test_a_change_of_view_and_back_keeps_the_loss_and_is_in_the_address(p: str) -> None:
    page = open_page(p=p, t="0.3")
    before = quantities(page)["L"]
    page.segmented_control(key="by").set_value("logit").run()
    assert not page.exception
    seen = quantities(page)
    if float(p) in (0, 1):
        assert abs(seen["z"]) == 1000
        assert "to the last digit" in texts(page)
    else:
        assert seen["z"] == pytest.approx(float(np.log(float(p)) - np.log1p(-float(p))), rel=1e-12)
        assert seen["L"] == pytest.approx(before, rel=1e-9)
    again = open_page(**(page.query_params | {"by": "logit"}))
    assert quantities(again) == seen
    page.segmented_control(key="by").set_value("probability").run()
    assert quantities(page)["L"] == pytest.approx(before, rel=1e-9)
    assert quantities(page)["p"] == pytest.approx(float(p), rel=1e-9)
    query = {key: value for key, value in page.query_params.items() if key not in ("by", "z", "z-exactly")}
    assert quantities(open_page(**query)) == quantities(page)


def test_a_logit_beyond_the_slider_is_typed_kept_and_left_again() -> None:
    page = open_page(by="logit", z="3", t="0")
    page.text_input(key="z exactly 0").set_value("−46,05").run()
    assert quantities(page)["z"] == -46.05
    assert page.slider(key="z").value == -12
    assert quantities(open_page(**page.query_params)) == quantities(page)
    page.text_input(key="z-exactly").set_value("x").run()
    assert errors(page) == ["Logit z must be a number from -1e+06 to 1e+06; got x. -46.05 is shown."]
    assert quantities(page)["z"] == -46.05
    assert [field.label for field in page.text_input] == ["Logit z, exactly", "Target t, exactly"]
    page.text_input(key="z-exactly").set_value("100").run()
    assert quantities(page)["L"] == 100
    page.slider(key="z").set_value(2.0).run()
    assert quantities(page)["z"] == 2
    page.slider(key="z").set_value(12.0).run()
    assert quantities(page)["z"] == 12
    assert quantities(open_page(by="logit", z="40", t="0"))["L"] == 40
    assert quantities(open_page(by="logit", t="0", **{"z-exactly": "40"}))["L"] == 40


@pytest.mark.parametrize("p", ["-0", "-0.0", "-1e-400"])
def test_minus_zero_is_zero(p: str) -> None:
    for page in (open_page(p=p), open_page()):
        if "p" not in page.query_params:
            page.text_input(key="p exactly 0").set_value(p).run()
        assert errors(page) == []
        assert quantities(page)["d_p"] == -np.inf


def quantities(page: AppTest) -> dict[str, float]:
    found = re.findall(r'data-quantity="(\w+)" data-value="([^"]+)"', texts(page))
    return {name: float(value.replace("Infinity", "inf")) for name, value in found}
