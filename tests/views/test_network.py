"""The View of /network: its state in the address, its sentences, and the page that shows it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from explorer.core import dense
from explorer.core.network import ACTIVATIONS, Network
from explorer.views import network
from explorer.views.address import view
from explorer.views.fields import Reader
from explorer.views.network import State, kind, rows, weights
from explorer.views.network.descent import RULE, Plan
from explorer.views.network.moment import Moment
from explorer.views.network.rows import DATA, EXAMPLE, PASTED, SIZED
from explorer.views.network.state import FORM
from explorer.views.view import CODES
from tests.views.compare import assert_round_trip, assert_same

SIZES = ("2-4-1", "1-1", "2-3-2", "3-1", "2-2-2-3", "4-16-1")
RATES = (0.5, 0.05, 1e-6, 1 / 3, 2.0)


def states(count: int, seed: int = 12, sizes: tuple[str, ...] = SIZES) -> Iterator[State]:
    """Random states: every kind of network and data, weights drawn, set and far away, steps taken and compared."""
    draw = random.Random(seed)
    while count:
        built = kind.network_of(draw.choice(sizes), draw.choice([*ACTIVATIONS]), draw.choice([*kind.LOSSES]))
        data = draw.choice(DATA.options)
        if data in ("moons", "spirals") and len(built.inputs) != 2:
            continue
        count -= 1
        yield _state(draw, built, data)


def _state(draw: random.Random, built: Network, data: str) -> State:
    count = draw.choice([1, 7, 100]) if data in SIZED else 100
    table = _table(draw, built) if data == PASTED else ""
    example: tuple[float, ...] = ()
    row = 1
    if data == EXAMPLE:
        example = tuple(_number(draw, *field.limits, field.step) for field in rows.example_fields(built))
    else:
        row = draw.choice([1, draw.randint(1, len(rows.rows_of(built, data, count, table)[0]))])
    chosen = draw.choice([weights.first_chosen(built), built.outputs[0], draw.choice(built.weights)])
    along = draw.choice([weights.along_field(built, chosen).default, draw.choice(built.weights)])
    field = weights.across_field(built, chosen, along)
    put_in = draw.random() < 0.4
    names = (*built.inputs, *built.targets, *built.weights)
    return State(
        built, data, count, table, draw.choice([0, 0, 5, 9999]), example, row,
        start=draw.choice([None, tuple(_weight(draw) for _ in built.weights)]),
        plan=Plan(draw.choice(RULE.options), draw.choice(RATES), draw.choice([0, 0, 1, 20]), draw.random() < 0.2),
        chosen=chosen, along=along, across=draw.choice([field.default, draw.choice(field.options)]),
        surface=draw.choice(["contour", "contour", "3-D"]), form=draw.choice(FORM.options), put_in=put_in,
        keep=tuple(draw.sample(names, draw.randint(0, 2))) if put_in else (),
        around=draw.random() < 0.2, table_of_weights=draw.random() < 0.2,
    )  # fmt: skip


def _number(draw: random.Random, low: float, high: float, step: float) -> float:
    return float(draw.randint(int(low), int(high))) if step == 1 else draw.choice([low, high, draw.uniform(low, high)])


def _weight(draw: random.Random) -> float:
    return draw.choice([round(draw.uniform(-3, 3), 2), draw.uniform(-10, 10), 0.0, 12.5])


def _table(draw: random.Random, built: Network) -> str:
    """Rows as somebody pastes them; sometimes none yet."""
    between, lines = draw.choice([" ", ", ", "⇥"]), []
    for _ in range(draw.choice([0, 1, 3])):
        targets = [draw.randrange(built.sizes[-1]) if built.loss == "index" else round(draw.random(), 3) for _ in built.targets]
        lines.append(between.join(map(str, [*(round(draw.uniform(-1, 1), 3) for _ in built.inputs), *targets])))
    return "⏎".join(lines)


def test_two_thousand_states_come_back_from_their_addresses() -> None:
    for state in states(2000):
        reader = Reader(state.write())
        assert network.read(reader) == state
        assert reader.refused == []


def test_views_come_back_from_their_addresses() -> None:
    for state in states(40, 13):
        assert_round_trip(network.view(state))


def test_the_page_shows_the_view_of_its_address() -> None:
    for state in states(60, 14, SIZES[:4]):
        assert_same(network.view(state))


def far(hidden: str) -> Moment:
    """A network with weights at which sin has no digit left."""
    built = kind.network_of("2-4-1", hidden, "squared error")
    return Moment(State(built, data="AND", start=tuple(1e15 * (place + 1) / 7 for place in range(len(built.weights)))))


def test_what_rounding_of_the_weights_makes_is_no_disagreement_and_anything_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    as_it_is = dense.loss_and_gradient

    def wrong(*given: Any) -> tuple[Any, Any]:
        loss, gradient = as_it_is(*given)
        return loss * (1 + 1e-3), gradient

    def other_sums(network: Network, theta: Any, *data: Any) -> tuple[Any, Any]:
        return as_it_is(network, np.asarray(theta) * (1 + np.finfo(float).eps), *data)

    assert far("sin").disagreements() == far("relu").disagreements() == ()
    monkeypatch.setattr(dense, "loss_and_gradient", other_sums)
    assert far("sin").disagreements() == far("relu").disagreements() == ()
    monkeypatch.setattr(dense, "loss_and_gradient", wrong)
    (said,) = far("relu").disagreements()
    assert said.startswith("L disagrees: the formula gives ")


@pytest.mark.parametrize(
    ("address", "sentences"),
    [
        ("/network", []),
        ("/network?sizes=2-99", ["Outputs must be a whole number from 1 to 10; got 99. 2-4-1 is shown."]),
        ("/network?w=1,2", ["The link's w was ignored: w must be 17 numbers; got 2. Those of seed 0 are shown."]),
        ("/network?w=file", ["The link had no room for all of its view; open the saved file to see the rest."]),
        (
            "/network?chosen=zz&row=9",
            [
                "Row shown must be a whole number from 1 to 4; got 9. 1 is shown.",
                "The link's chosen = “zz” was ignored: chosen must be a unit or a weight. h1_1 is shown.",
            ],
        ),
        (
            "/network?sizes=3-1&data=moons",
            ["The data set moons needs a network of 2 inputs; this one has 3. XOR is shown."],
        ),
        ("/network?rows=0&keep=zz&table=x", []),
    ],
)
def test_what_is_refused_is_said(address: str, sentences: list[str]) -> None:
    assert list(view(address).refused) == sentences


def test_code_is_printed_in_every_language_with_the_weights_put_in() -> None:
    shown = view("/network?sizes=1-1&numbers=true&keep=b1_1&w=0.625,-4")
    for language in CODES:
        assert "625" in shown.code(language), language


def test_where_second_derivatives_are_not_finite_the_view_says_so() -> None:
    shown = view(f"/network?around=true&loss=squared+error&w={','.join(['1e308'] * 17)}")
    assert "There are no curvatures here: the second derivatives are not finite." in shown.texts["curvature"]
