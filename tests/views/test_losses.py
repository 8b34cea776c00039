"""The View of /losses: its state in the address, its sentences, and the page that shows it."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pytest

import explorer
from explorer.core.comparison import MOST, alike, axis_of
from explorer.core.losses import LOSSES
from explorer.views import losses
from explorer.views.address import view
from explorer.views.fields import Reader
from explorer.views.losses import State, fields
from explorer.views.losses.state import shown
from tests.views.compare import assert_round_trip, assert_same

CURVES = [loss for loss in LOSSES.values() if axis_of(loss)]


def states(count: int) -> Iterator[State]:
    """Random states of losses on one axis: numbers on the steps of sliders, between them, at their ends and beyond."""
    draw, numbers = random.Random(12), np.random.default_rng(12)
    for _ in range(count):
        first = draw.choice(CURVES)
        others = [loss for loss in CURVES if axis_of(loss) == axis_of(first)]
        chosen = alike([first, *draw.sample(others, min(len(others), draw.randint(0, MOST - 1)))])
        titles = tuple(loss.title for loss in chosen)
        inputs = {given.name: given for given in shown(titles).inputs}
        values = [
            float(inputs[name].domain.draw(numbers, 1)[0, 0]) if draw.random() < 0.3
            else float(inputs[name].domain.moderate(numbers, 1)[0, 0]) if draw.random() < 0.5
            else field.default
            for name, field in fields.numbers(shown(titles)).items()
        ]  # fmt: skip
        yield State(titles, tuple(values), draw.random() < 0.5)


def test_states_come_back_from_their_addresses() -> None:
    for state in states(500):
        reader = Reader(state.write())
        assert losses.read(reader) == state
        assert reader.refused == []


def test_views_come_back_from_their_addresses() -> None:
    for state in states(20):
        assert_round_trip(losses.view(state))


def test_the_page_shows_the_view_of_its_address() -> None:
    for state in states(20):
        assert_same(losses.view(state))


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss_opens_by_its_name_and_agrees_with_itself(name: str) -> None:
    opened = view(f"/losses?loss={name}")
    assert opened.disagreements == ()
    assert opened.refused == ()
    assert isinstance(opened.state, State)
    assert opened.state.chosen == (LOSSES[name].title,)
    assert np.isfinite(opened.numbers["L"])


@pytest.mark.parametrize(
    ("address", "sentences"),
    [
        ("/losses?loss=nothing", ["The link's loss “nothing” was ignored: there is none of that name."]),
        (
            "/losses?loss=huber&loss=hinge",
            ["Hinge loss left out: Huber loss is over another kind of prediction. Choose it alone to see it."],
        ),
        ("/losses?y=x", ["The link's y = “x” was ignored: y must be a number from -1e+70 to 1e+70. The default is shown."]),
        (
            "/losses?loss=hinge&t=0",
            ["The link's t = “0” was ignored: t must be -1 or 1. The default is shown."],
        ),
        ("/losses?loss=smooth+l1&delta=2", []),
    ],
)
def test_what_is_refused_is_said(address: str, sentences: list[str]) -> None:
    assert list(view(address).refused) == sentences


def test_a_loss_opens_by_an_alias_beside_another() -> None:
    opened = explorer.view("/losses?loss=smooth+l1&loss=MSE&y=2")
    assert opened.address == "/losses?loss=Huber+loss&loss=Squared+error&y=2"
    assert (opened.numbers["L"], opened.numbers["L_2"]) == (1.5, 4.0)


def test_what_libraries_say_stands_in_the_view_when_the_address_asks_for_it() -> None:
    assert "libraries-table" not in view("/losses").texts
    said = view("/losses?loss=huber&loss=squared_error&loss=tukey&y=300&libraries=true").texts["libraries-table"]
    assert "PyTorch smooth_l1_loss" in said
    assert "float16: L = ∞, slope 600" in said
    assert "None of the libraries that were asked has it." in said
    assert "PyTorch 2.13.0, Keras 3.15.1" in said
    assert_same(view("/losses?loss=cross_entropy_with_logits&libraries=true"))


def test_facts_stand_in_the_view_when_the_address_asks_for_them() -> None:
    assert "facts-table" not in view("/losses").texts
    assert "kink at y = 0" in view("/losses?loss=absolute_error&facts=true").texts["facts-table"]


def test_a_loss_that_does_not_take_the_target_of_another_has_no_facts() -> None:
    table = view("/losses?loss=percentage_error&loss=poisson&t=0&facts=true").texts["facts-table"]
    assert "<td>—</td>" in table


@pytest.mark.parametrize("language", ["NumPy", "JavaScript", "LaTeX", "SymPy", "PyTorch", "C"])
def test_code_is_of_all_losses_shown(language: str) -> None:
    code = view("/losses?loss=huber&loss=tukey").code(language)
    assert ("L_2" in code) if language not in {"LaTeX", "SymPy"} else ("tukey" in code)


@pytest.mark.parametrize("shape", ["2", "0"])
def test_a_step_that_is_a_limit_is_marked_as_one(shape: str) -> None:
    assert ">→<" in view(f"/losses?loss=general_robust&alpha={shape}").texts["formulas"]
    assert ">→<" not in view("/losses?loss=general_robust&alpha=1").texts["formulas"]
    assert ">→<" not in view("/losses?loss=huber").texts["formulas"]


def test_a_formula_by_cases_says_what_its_steps_are_before_it_puts_numbers_in() -> None:
    lines = view("/losses?loss=huber&y=1.5&t=0").texts["formulas"].partition("With the numbers put in")[2].split("<div>")[1:]
    symbols, numbers = lines[::2], lines[1::2]
    assert [math.partition("</mi><mo>=</mo>")[0][-1] for math in symbols] == ["r", "q", "L"]
    assert all("data-quantity" not in math for math in symbols)
    assert all(math.startswith("<math display='block'><mrow><mo>=</mo>") and "data-quantity" in math for math in numbers)


@pytest.mark.parametrize(("p", "t", "slope"), [(1, 0, np.inf), (0, 1, -np.inf), (1, 1, -1.0), (0, 0, 1.0)])
def test_generalized_cross_entropy_has_its_slopes_at_the_ends(p: float, t: float, slope: float) -> None:
    numbers = view(f"/losses?loss=gce&p={p}&t={t}").numbers
    assert numbers["slope"] == slope
    assert not np.isnan(numbers["curvature"])


@pytest.mark.parametrize("title", ["Expectile loss", "Squared error", "Huber loss", "Absolute error"])
def test_where_prediction_and_target_agree_a_loss_is_curved_as_on_one_of_its_sides(title: str) -> None:
    below, at, above = (explorer.view(f"/losses?loss={title}&y={y}&t=0.5").numbers["curvature"] for y in (0.499, 0.5, 0.501))
    assert min(abs(at - side) for side in (below, above)) < 1e-9
