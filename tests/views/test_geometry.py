"""Losses in their own geometry on /losses: their state in the address, what is drawn, and the page that shows it."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pytest

import explorer
from explorer.core.losses import LOSSES, Loss
from explorer.views import losses
from explorer.views.fields import Reader
from explorer.views.losses import State, fields
from explorer.views.losses.shapes import kind
from explorer.views.losses.state import shown
from explorer.views.moved import numbers_at
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
        yield State((loss.title,), tuple(values))


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
            down, along = (before - after) / (2 * step), numbers[f"tip_{by}"] - numbers[by]
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
