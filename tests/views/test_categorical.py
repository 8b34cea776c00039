"""The View of /categorical: its state in the address, its sentences, and the page that shows it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import explorer
from explorer.core import losses
from explorer.core.batch import Cells, Layout
from explorer.core.program import Program
from explorer.views import categorical
from explorer.views.address import view
from explorer.views.binary import BY
from explorer.views.categorical import State, fields
from explorer.views.categorical.batch import changed, rows_of, text_of
from explorer.views.categorical.batch import stored as batch_of
from explorer.views.categorical.state import NO_ROOM, Controls, Setting, ordered
from explorer.views.fields import Number, Reader
from explorer.views.view import CODES
from tests.views.compare import assert_round_trip, assert_same

BAD = ("x", "", "1e999", "-", "0,5", "1/3", "20%", "_")
NAMES = ("", "cat", "cat,dog", " a , b", ",dog", "Ü-1, b.c")


def a_setting(draw: random.Random) -> Setting:
    """A random setting; what is not asked in it is as by default."""
    by, target = (draw.choice(field.options) for field in (BY, fields.TARGET))
    options = ordered(draw.sample(fields.OPTIONS.options, draw.randint(0, 5)))
    setting = Setting(by, target, draw.choice([2, 3, 3, 3, 4, 10]), options, typed_names=draw.choice(NAMES))
    ignored = draw.choice([-100, 0, 1, 2, 10**15]) if setting.can_ignore else -100
    base = draw.choice("01") if setting.has_index else "0"
    return Setting(by, target, setting.classes, options, ignored, base, setting.typed_names)


def a_batch(draw: random.Random, layout: Layout) -> tuple[Cells, ...]:
    """Random rows, some of which cannot be read."""
    if draw.random() < 0.3:
        return rows_of("", layout)
    return tuple(map(tuple, ([*map(str, a_row(draw, layout))] for _ in range(draw.randint(1, 4)))))


def a_row(draw: random.Random, layout: Layout) -> list[Any]:
    prediction = [a_number(draw, fields.each(layout.by, "A", [0.0])[0]) for _ in range(layout.classes)]
    target: list[Any] = [draw.choice([0.0, 1.0, 0.25, draw.random()]) for _ in range(layout.classes)]
    if layout.index:
        target = [draw.choice([*range(layout.base, layout.base + layout.classes), layout.ignored or 0])]
    row = [*prediction, *target]
    if draw.random() < 0.1:
        row[draw.randrange(len(row))] = draw.choice([cell or "_" for cell in BAD]).replace("_", "")
    return row[: draw.choice([len(row)] * 9 + [1])] or [0.0]


def a_number(draw: random.Random, field: Number) -> float:
    """A number on the steps of a slider, between them, at its ends, or beyond."""
    low, high = field.limits
    inside = draw.uniform(low, high)
    return draw.choice([low, high, round(inside, 2), inside, field.default, draw.uniform(*field.reach)])


def states(count: int, settings: int) -> Iterator[State]:
    """Random states of so many settings, each of which has a program of its own. Sliders hold the chosen row, or another."""
    draw = random.Random(13)
    pool = [a_setting(draw) for _ in range(settings)]
    for k in range(count):
        setting = pool[k % settings]
        layout = setting.layout
        rows = a_batch(draw, layout)
        row = draw.randrange(len(rows))
        asked = Controls(batch_of(rows, layout, row), setting.names)

        def held(sliders: tuple[Number, ...]) -> tuple[float, ...]:
            return tuple(slider.default if draw.random() < 0.5 else a_number(draw, slider) + 0.0 for slider in sliders)

        target: int | tuple[float, ...] = held(asked.target)
        if asked.index:
            ignored = [] if layout.ignored is None else [layout.ignored]
            target = draw.choice([asked.index.default, *range(asked.index.low, asked.index.high + 1), *ignored])
        along = draw.choice([1, setting.classes])
        yield State(setting, rows, row, held(asked.prediction), target, held(setting.scalars), held(setting.weights), along)


def test_two_thousand_states_come_back_from_their_addresses() -> None:
    for state in states(2000, 400):
        reader = Reader(state.write())
        assert categorical.read(reader) == state
        assert reader.refused == []


def test_views_come_back_from_their_addresses() -> None:
    for state in states(40, 8):
        assert_round_trip(categorical.view(state))


def test_the_page_shows_the_view_of_its_address() -> None:
    for state in states(60, 8):
        assert_same(categorical.view(state))


def test_the_bare_address_is_the_default_state() -> None:
    assert view("/categorical").state == State()
    assert view("/categorical").address == "/categorical"


@pytest.mark.parametrize(
    ("query", "sentences"),
    [
        ("p1=5", ["The link's p1 = “5” was ignored: p1 must be a number from 0 to 1. The default is shown."]),
        (
            "by=logit&z1=-20&z1-exactly=x",
            ["z₁ · A must be a number from -1e+06 to 1e+06; got x. -20 is shown."],
        ),
        ("classes=99", ["Classes must be a whole number from 2 to 10; got 99. 3 is shown."]),
        ("k=7", ["Target index k must be a whole number from 0 to 2; got 7. 0 is shown."]),
        ("options=ignore index&k=7", ["Target index k must be a whole number from 0 to 2, or -100; got 7. 0 is shown."]),
        ("options=ignore index&ignore=x", ["Ignored index must be a whole number; got x. -100 is shown."]),
        ("along=Z", ["The link's along = “Z” was ignored: along must be a class's name. The default is shown."]),
        ("row=99", ["The link's row = “99” was ignored: row must be a row from 1 to 3. 1 is shown."]),
        ("row=2&row=3", ["The link names row 2 times; row must be given once. The last is shown."]),
        ("names=a,a", ["Class names must differ; a is given twice."]),
        ("names=a,b,c,d", ["There may be at most 3 class names, one for each class; got 4."]),
        ("names=a;;", ["A class name may have at most 20 letters and digits, with single marks between; got a;;."]),
        ("batch=file", [NO_ROOM]),
        ("batch=garbage;1 2 3 4 5", []),
        ("T=99&z1=x&w1=x&base=1", []),
    ],
)
def test_what_is_refused_is_said(query: str, sentences: list[str]) -> None:
    assert list(view(f"/categorical?{query.replace(';', '%3B')}").refused) == sentences


def test_sliders_and_batch_may_differ_and_both_are_in_the_address() -> None:
    shown = explorer.view("/categorical?batch=0.2 0.3 0.5 2;1 0 0 0&row=1&p1=0.25")
    assert isinstance(shown.state, State)
    assert shown.state.rows == (("0.2", "0.3", "0.5", "2"), ("1", "0", "0", "0"))
    assert shown.table
    assert shown.table.rows[0].cells == ("0.25", "0.3", "0.5", "2")
    assert shown.address == "/categorical?batch=0.2+0.3+0.5+2%3B1+0+0+0&p1=0.25"


@pytest.mark.parametrize("text", ["0,5 1/3 20% 0", "_ _ _ _;x", "file;", "1 2 3 4 5"])
def test_cells_are_kept_as_typed(text: str) -> None:
    layout = Layout("p", 3)
    rows = rows_of(text, layout)
    assert rows_of(text_of(rows, layout), layout) == rows
    assert text_of(rows, layout) == text


def test_what_is_done_to_a_batch_leaves_the_one_before() -> None:
    before = batch_of(rows_of("", Layout("p", 3)), Layout("p", 3), 2)
    after = changed(before, "remove", 0, 0, "")
    assert (len(before.examples), before.chosen, len(after.examples), after.chosen) == (3, 2, 2, 1)


def test_a_view_evaluates_its_program_once_and_each_sweep_once(monkeypatch: pytest.MonkeyPatch) -> None:
    categorical.view(State())
    steps: list[str] = []
    evaluate = Program.evaluate

    def counted(self: Program, *args: Any, **more: Any) -> dict[str, Any]:
        found = evaluate(self, *args, **more)
        steps.extend(found)
        return found

    monkeypatch.setattr(Program, "evaluate", counted)
    shown = categorical.view(State(prediction=(0.6, 0.1, 0.3)))
    assert shown.numbers["L"] == pytest.approx(-np.log(0.6), rel=1e-15)
    assert [steps.count(name) for name in ("L", "mean", "slice", "tangent", "field")] == [1, 1, 1, 1, 1]


def test_numbers_are_the_cores_with_every_option_on() -> None:
    query = "options=label smoothing&options=class weights&options=focal&options=temperature&w2=3&T=2&epsilon=0.2&gamma=1.5"
    shown = view(f"/categorical?by=logit&target=distribution&{query}&z1=2&z2=-1&z3=0.5&t1=0.2&t2=0.3&t3=0.5")
    z, t = np.array([2, -1, 0.5]) / 2, np.array([0.2, 0.3, 0.5])
    options: dict[str, Any] = {"label_smoothing": 0.2, "class_weights": [1, 3, 1], "gamma": 1.5}
    assert shown.numbers["L"] == pytest.approx(float(losses.cross_entropy_with_logits(z, t, **options)), rel=1e-12)
    assert {slider.name for slider in shown.sliders} == {
        *(f"{x}{k}" for x in "ztw" for k in (1, 2, 3)), "epsilon", "gamma", "T",
    }  # fmt: skip
    assert not {"u", "tx", "ty", "slice", "field"} & shown.numbers.keys()


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("query", ["", "by=logit&options=focal&options=temperature&classes=4"])
def test_code_is_printed_in_every_language(query: str, language: str) -> None:
    text = view(f"/categorical?{query}").code(language)
    assert ("z" if "logit" in query else "p") in text
    assert len(text) > 20
