"""The View of /doctor: its state in the address, its sentences, what it writes and draws, and the page that shows it."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

import numpy as np
import pytest

import explorer
from explorer.doctor import diagnose
from explorer.doctor.constants import table
from explorer.figures.doctor import MOST, history_figure
from explorer.views import doctor
from explorer.views.doctor import State
from explorer.views.doctor.state import FACTS, LEFT_OUT, state
from explorer.views.fields import Reader
from tests.pages.steps import data, errors, open_page
from tests.views.compare import assert_round_trip, assert_same, remarks

LOG = "\n".join(f"epoch {k} loss {loss} val_loss {beside}" for k, loss, beside in ((1, 2.3, 2.4), (2, 1.5, 1.9), (3, 1.0, 2.2)))
RISES = "\n".join(f"epoch {k} loss {2 / k:.3f} val_loss {1 + (k - 4) ** 2 / 9:.3f}" for k in range(1, 12))
TOLD = ("", "nan", "0.6931", "Loss is 16.118 with Keras", "loss stuck at 2.302, 10 classes", LOG, "<b>&", "−3.5", "1" * 400)
PUT = {
    "loss": "0.69",
    "kind": "hinge",
    "classes": "10",
    "accuracy": "50 %",
    "dtype": "bf16",
    "framework": "torch",
    "steps": "x",
}


def states(count: int) -> Iterator[State]:
    """Random states: what people tell, facts put right, some of them badly."""
    draw = random.Random(16)
    for _ in range(count):
        facts = {name: PUT.get(name, "0.1") if draw.random() < 0.2 else "" for name in FACTS}
        yield state(draw.choice(TOLD), facts, constants=draw.random() < 0.3)


def test_states_come_back_from_their_addresses() -> None:
    for given in states(500):
        reader = Reader(given.write())
        assert doctor.read(reader) == given
        assert reader.refused == []


def test_views_come_back_from_their_addresses() -> None:
    for given in states(20):
        assert_round_trip(doctor.view(given))


def test_the_page_shows_the_view_of_its_address() -> None:
    for given in states(12):
        assert_same(doctor.view(given))


def test_what_stands_on_the_page_is_what_the_doctor_finds() -> None:
    view = explorer.view("/doctor?told=Loss+is+16.118&is_framework=Keras")
    found = diagnose("Loss is 16.118", framework="Keras")
    assert [view.numbers[f"score_{k}"] for k in range(1, len(found) + 1)] == [one.score for one in found]
    assert view.numbers["loss"] == 16.118
    assert f"{-math.log(1e-7):.6g}" == "16.1181"
    assert "−ln 1e-7 = 16.118; you have 16.118." in view.texts["findings"]
    assert view.texts["findings"].count("<li>") == len(found)


@pytest.mark.parametrize("told", ["0.6931", "nan", "Loss is 16.118 with Keras", RISES, "loss is 100 with BCELoss", "-0.3"])
def test_every_finding_leads_to_views_that_refuse_nothing(told: str) -> None:
    found = diagnose(told)
    assert found
    for one in found:
        for address in (one.view, one.beside):
            assert explorer.view(address).refused == (), (one.cause, address)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("is_classes=x", "classes must be a whole number from 1 to 1,000,000; got x."),
        ("is_classes=0.5", "classes must be a whole number from 1 to 1,000,000; got 0.5."),
        ("is_batch=1e12", "batch must be a whole number from 1 to 1,000,000; got 1e12."),
        ("is_accuracy=1.2", "accuracy must lie in [0, 1]; got 1.2."),
        ("is_smoothing=1", "smoothing must lie in [0, 1); got 1."),
        ("told=%00", "The text must be a number, a sentence or a log; got bytes that are no text."),
    ],
)
def test_a_bad_fact_has_its_sentence_and_the_others_hold(query: str, sentence: str) -> None:
    view = explorer.view(f"/doctor?is_loss=0.6931&{query}")
    assert remarks(view) == [sentence]
    assert view.numbers["loss"] == 0.6931


def test_a_text_that_was_too_long_for_the_link_is_said() -> None:
    view = explorer.view("/doctor?told=file")
    assert view.refused == (LEFT_OUT,)
    assert view.state.told == ""  # type: ignore[attr-defined]


def test_what_somebody_tells_is_text() -> None:
    view = explorer.view("/doctor?told=" + "%3Cimg src=x onerror=alert(1)%3E loss 0.6931")
    assert not any("<img" in text for text in view.texts.values())
    assert "<img" not in view.to_html()


def test_the_constants_around_a_loss_are_drawn_and_the_nearest_listed_first() -> None:
    view = explorer.view("/doctor?told=15.95&constants=true")
    figure = view.charts[0].figure
    drawn = list(figure.data[0].x)
    assert drawn == sorted(drawn)
    nearest = sorted({one.value for one in table()}, key=lambda value: abs(math.log(value / 15.95)))
    assert set(nearest[:4]) <= set(drawn)
    assert figure.layout.shapes[0].x0 == 15.95
    assert list(figure.layout.yaxis.ticktext)[drawn.index(nearest[0])] in {
        "−ln(1 − (1 − 1e-7)) in float32 = 15.942",
        "−ln 1.2e-7 = 15.942",
    }
    rows = view.texts["constants-table"].split("<tr>")[2:]
    assert len(rows) == len(table())
    assert rows[0].startswith("<th scope='row'>15.9424")
    assert "← yours" in rows[0]


def test_a_history_is_drawn_as_it_was_told() -> None:
    figure = explorer.view("/doctor?told=" + LOG.replace("\n", "%0A") + "%0Aepoch 4 loss nan val_loss nan").charts[0].figure
    loss, beside = figure.data
    assert list(loss.y) == [2.3, 1.5, 1.0, None]
    assert list(beside.y)[:3] == [2.4, 1.9, 2.2]
    assert list(loss.x) == [1, 2, 3, 4]
    assert figure.layout.annotations[0].text == "NaN or infinite from step 4 on"


def test_a_plateau_says_which_constant_it_sits_on_and_a_spike_is_marked() -> None:
    told = "%0A".join(f"step {k} loss {9.5 if k == 30 else 0.6931 + 0.0002 * (k % 3)}" for k in range(1, 61))
    figure = explorer.view(f"/doctor?told={told}").charts[0].figure
    assert "ln 2" in figure.layout.annotations[0].text
    assert figure.layout.shapes[0].y0 == pytest.approx(math.log(2), abs=5e-4)
    assert (list(figure.data[1].x), list(figure.data[1].y)) == ([30], [9.5])


def test_of_a_long_history_no_extreme_is_left_out() -> None:
    values = np.random.default_rng(5).normal(1.0, 0.1, 100_000)
    values[77_777], values[12_345] = 40.0, -3.0
    (line,) = history_figure(values, np.zeros(0), []).data
    assert len(line.x) <= MOST
    assert dict(zip(line.x, line.y, strict=True))[77_778] == 40.0
    assert min(line.y) == -3.0


def test_what_is_typed_is_understood_and_stays_where_a_fact_is_bad() -> None:
    page = open_page("doctor")
    page.text_area[0].set_value("loss is 0.6931").run()
    page.text_input(key="is_classes").set_value("many").run()
    assert not page.exception
    assert errors(page) == ["classes must be a whole number from 1 to 1,000,000; got many."]
    assert page.text_area[0].value == "loss is 0.6931"
    assert page.text_input(key="is_loss").placeholder == "0.6931"
    page.text_area[0].set_value("").run()
    assert any("Tell a loss: a number, a sentence or a log." in text["html"] for text in data(page) if "html" in text)
    assert page.text_input(key="is_classes").value == "many"
    page.text_area[0].set_value("x" * 5000 + " loss 0.6931").run()
    assert not page.exception
    assert page.text_area[0].value.endswith("loss 0.6931")
