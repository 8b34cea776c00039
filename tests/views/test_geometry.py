"""Losses in their own geometry on /losses: their state in the address, what is drawn, and the page that shows it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

import explorer
from explorer.core.losses import LOSSES, Loss
from explorer.core.losses.overlap import PIXELS
from explorer.views import losses
from explorer.views.fields import Reader
from explorer.views.losses import State, fields
from explorer.views.losses.masks import BRUSH, SHAPE, START, TENTHS, painted
from explorer.views.losses.shapes import kind
from explorer.views.losses.state import shown
from explorer.views.moved import numbers_at
from tests.pages.steps import open_page
from tests.views.compare import assert_round_trip, assert_same

DRAWN = [loss for loss in LOSSES.values() if kind(loss)]
IN_PLANES = [loss for loss in DRAWN if kind(loss) in ("plane", "pair")]


def states(count: int, drawn: list[Loss] = DRAWN) -> Iterator[State]:
    """Random states of losses that are drawn, each of them in turn: numbers of sliders, and beyond."""
    draw, numbers = random.Random(13), np.random.default_rng(13)
    for k in range(count):
        loss = drawn[k % len(drawn)]
        inputs = {given.name: given for given in loss.inputs}
        values = [
            float(inputs[name].domain.draw(numbers, 1)[0, 0]) if draw.random() < 0.1
            else float(inputs[name].domain.moderate(numbers, 1)[0, 0]) if draw.random() < 0.5
            else field.default
            for name, field in fields.numbers(shown((loss.title,))).items()
        ]  # fmt: skip
        state = State((loss.title,), tuple(values))
        if state.is_mask:
            mask, truth = ("".join(draw.choices(letters, k=PIXELS)) for letters in (TENTHS + START, "01"))
            mask, truth = (text if draw.random() < 0.7 else "" for text in (mask, truth))
            shape, brush = draw.choice(SHAPE.options), draw.choice(BRUSH.options)
            state = replace(state, mask=mask, truth=truth, shape=shape, brush=brush)
        yield state


def test_states_come_back_from_their_addresses() -> None:
    for state in states(200):
        reader = Reader(state.write())
        assert losses.read(reader) == state
        assert reader.refused == []


def test_the_page_shows_the_view_of_its_address() -> None:
    for state in states(len(DRAWN)):
        view = losses.view(state)
        assert_round_trip(view)
        assert_same(view)


@pytest.mark.parametrize("name", [loss.name for loss in IN_PLANES])
def test_arrows_point_down_the_slope(name: str) -> None:
    step = 1e-6
    for state in states(8, [LOSSES[name]]):
        chart = losses.view(state).charts[0]
        numbers = numbers_at(chart, {})
        for by in LOSSES[name].predictions if max(map(abs, state.values)) < 10 else ():
            before, after = (numbers_at(chart, {by: numbers[by] + way * step})["L"] for way in (-1, 1))
            is_kink = abs(before - 2 * numbers["L"] + after) > 1e-8
            down, along = (before - after) / (2 * step), numbers[f"tip_{by}"] - numbers[f"at_{by}"]
            assert abs(along) <= 0.2 * 12
            assert is_kink or abs(down) < 1e-4 or np.sign(along) == np.sign(down)


def test_a_circle_parts_where_a_triplet_costs_nothing() -> None:
    start = explorer.view("/losses?loss=triplet&n1=0&n2=2")
    rim = start.numbers["rim"]
    chart = start.charts[0]
    assert numbers_at(chart, {"n2": rim + 1e-6})["L"] == 0
    assert numbers_at(chart, {"n2": rim - 1e-6})["L"] == pytest.approx(1e-6)


def test_an_arrow_is_blue_where_it_pulls_and_vermillion_where_it_pushes() -> None:
    alike, unlike = (explorer.view(f"/losses?loss=contrastive&t={t}").numbers["towards_x1"] for t in (0, 1))
    assert alike > 0 > unlike


def test_a_mask_is_what_is_painted_over_the_start() -> None:
    start = LOSSES["dice"].starts
    mask = painted("", {"p1": 1.0, "p64": 0.4})
    assert mask == "x" + START * 62 + "4"
    found = explorer.view(f"/losses?loss=dice&mask={mask}&shape=Line&brush=0.4")
    assert found.numbers == {**found.numbers, **start} | {"p1": 1.0, "p64": 0.4} | {
        f"t{k}": float(k % 9 == 1) for k in range(1, 65)
    }  # fmt: skip
    p, t = (np.array([found.numbers[f"{letter}{k}"] for k in range(1, 65)]) for letter in "pt")
    assert found.numbers["L"] == pytest.approx(1 - (2 * (p @ t) + 1) / (p.sum() + t.sum() + 1), rel=1e-12)
    assert found.numbers["TP_L"] == pytest.approx(p @ t, rel=1e-12)
    shares = found.charts[0].figure.data[1].z
    expected = [2 * (p @ t + 0.5) / (p.sum() + t.sum() + 1) ** 2 - 2 * t_k / (p.sum() + t.sum() + 1) for t_k in t]
    np.testing.assert_allclose(np.ravel(shares), expected, rtol=1e-9)


def test_a_mask_that_is_none_is_refused_with_a_sentence() -> None:
    found = explorer.view("/losses?loss=dice&mask=12&truth=" + "2" * 64)
    assert found.refused == (
        "Painted mask must be 64 characters, for each pixel its tenths from 0 to 9, x for 1, or . where it is not painted; "
        "got “12”. The default is shown.",
        f"Own target must be 64 characters, 0 or 1 for each pixel; got “{'2' * 40}…”. The default is shown.",
    )
    assert found.address == "/losses?loss=Dice+loss"


@pytest.mark.parametrize("name", [loss.name for loss in DRAWN if kind(loss) == "triangle"])
def test_the_triangle_is_the_field_of_the_loss_where_a_hand_sets_the_prediction(name: str) -> None:
    view, loss = explorer.view(f"/losses?loss={name}"), LOSSES[name]
    chart = view.charts[0]
    for place in ((0.5, 0.2), (0.3, 0.1), (0.6, 0.5)):
        found = chart.program.evaluate({**chart.values, "along": 0.0, **dict(zip(("tx", "ty"), place, strict=True))})
        held = {by: float(found[f"set_{by}"]) for by in loss.predictions}
        moved = numbers_at(chart, held)
        assert (moved["px"], moved["py"]) == pytest.approx(place, abs=0.005)
        assert moved["L"] == pytest.approx(float(found["field"]), abs=0.05)
        tip = {f"t{axis}": moved[f"p{axis}"] + 1e-4 * (moved[f"tip_{axis}"] - moved[f"p{axis}"]) for axis in "xy"}
        at_tip = chart.program.evaluate({**chart.values, **held, "along": 0.0, **tip})["field"]
        assert np.isnan(at_tip) or at_tip <= moved["L"] + 1e-9


def test_a_point_beyond_its_slider_is_drawn_at_the_edge() -> None:
    found = explorer.view("/losses?loss=triplet&n1-exactly=1e70&n2=-1")
    negative = next(trace for trace in found.charts[0].figure.data if trace.uid == "point-n1-n2")
    low, high = found.charts[0].figure.layout.xaxis.range
    assert low < negative.x[0] < high
    assert negative.x[0] > 3
    assert negative.y[0] == -1
    assert found.numbers["n1"] == 1e70


def test_a_number_of_one_loss_does_not_stop_another_that_has_its_name() -> None:
    page = open_page("losses", loss="huber", t="2")
    for title in ("Kullback-Leibler divergence", "Cosine embedding loss"):
        page.multiselect(key="loss").set_value([title]).run()
        assert not page.exception
    assert page.slider(key="t").value == 1.0
