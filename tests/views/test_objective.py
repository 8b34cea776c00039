"""The View of /objective: its state in the address, its sentences, verdicts and files, and the page that shows it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import numpy as np
import pytest

import explorer
from explorer.core.losses import LOSSES
from explorer.core.objective import objective
from explorer.core.objective.exports import EXPORTS, HESSIANS
from explorer.figures.lazy import specification
from explorer.views import objective as views
from explorer.views.address import view
from explorer.views.fields import Reader
from explorer.views.losses.own import Own
from explorer.views.objective import State, fields
from explorer.views.objective.program import shown
from tests.views.compare import assert_round_trip, assert_same

OWN = (
    Own("log(1 + exp(-y*f))"),
    Own("(q - t)^2/a"),
    Own("log(1 + exp(-y*f))", by="y", roles=(("f", "target"),), kinds=(("y", "above 0"),)),
    Own("(q - t)^2/a", kinds=(("q", "above 0"),)),
    Own("w1x1*t + e^p", "w1x1.product"),
)
GRADIENTS = ("", "", "p - t", "y - t", "log(", "grad = preds - labels\nhess = 1\nreturn grad, hess", "z1 + 0*t1", "×")


def states(count: int) -> Iterator[State]:
    """Random states: of any loss, typed ones too, with any link that fits; numbers between the steps of sliders and beyond."""
    draw, numbers = random.Random(5), np.random.default_rng(5)
    for _ in range(count):
        typed = draw.choice([None, None, None, *OWN])
        state = State(draw.choice(list(fields.TITLES)), typed)
        state = State(state.chosen, typed, draw.choice(fields.links(state.loss).options))
        values = [
            float(given.domain.draw(numbers, 1)[0, 0])
            if draw.random() < 0.3
            else float(given.domain.moderate(numbers, 1)[0, 0])
            for given in state.objective.inputs
        ]
        pasted = {"gradient": draw.choice(GRADIENTS), "hessian": draw.choice(("", "", "1", "p*(1 - p)"))}
        state = replace(state, values=tuple(values), **pasted)  # type: ignore[arg-type]
        if draw.random() < 0.5:
            state = replace(
                state, boosting=True, log_least=draw.choice([-16.0, -1.5, 0.0]), reg_lambda=draw.choice([0.0, 1.05])
            )
        if draw.random() < 0.5:
            state = replace(state, training=True, library=draw.choice(list(EXPORTS)))
            if state.library in fields.BOOSTS:
                state = replace(state, taken=draw.choice(HESSIANS))
        yield state


def test_states_come_back_from_their_addresses() -> None:
    for state in states(100):
        assert views.read(Reader(state.write())) == state


def test_views_come_back_and_the_page_shows_them() -> None:
    for state in states(6):
        state = replace(state, gradient="", hessian="")
        assert_round_trip(views.view(state))
        assert_same(views.view(state))


def test_what_the_symbols_of_a_typed_loss_are_can_be_changed() -> None:
    query = "typed=(a+%2B+b)^2*c"
    assert view(f"/objective?{query}").refused == ()
    opened = view(f"/objective?{query}&by=b&role_a=target&domain_b=above+0&link=exp")
    assert opened.refused == ()
    assert isinstance(opened.state, State)
    loss, at = opened.state.objective.loss, opened.numbers
    assert (loss.by, loss.names("target"), opened.state.link) == ("b", ("a",), "exp")
    score = opened.state.objective.gradients[0]
    assert at[score] == pytest.approx(2 * at["c"] * at["b"] * (at["a"] + at["b"]), rel=1e-12)
    assert view(opened.address).numbers == at
    assert list(view(f"/objective?{query}&role_c=target&role_b=target").refused) == [
        "A loss on this page must have one target, and one prediction or those of classes."
    ]
    assert list(view(f"/objective?{query}&role_q=target").refused) == ["The link's role_q was ignored: nothing is asked of q."]


@pytest.mark.parametrize("title", fields.TITLES)
def test_every_loss_agrees_with_itself_behind_every_link_that_fits(title: str) -> None:
    link = fields.links(fields.TITLES[title]).options[-1]
    opened = view(f"/objective?loss={title}&link={link}&boosting=true")
    assert (opened.disagreements, opened.refused) == ((), ())
    assert np.isfinite(opened.numbers["L"])
    assert fields.TITLES.keys() == {
        loss.title for loss in LOSSES.values() if loss.family in ("regression", "binary", "classes")
    }


def test_numbers_by_the_raw_score_are_those_of_the_closed_form() -> None:
    found = explorer.view("/objective?z=-2&t=1").numbers
    p = 1 / (1 + np.exp(2))
    expected = [p, np.log1p(np.exp(2)), p - 1, p * (1 - p), 1 / p]
    assert [found[name] for name in ("p", "L", "d_z", "d2_z", "newton")] == pytest.approx(expected, rel=1e-12)


def test_gradient_and_hessian_are_written_as_what_they_are() -> None:
    random, count = np.random.default_rng(3), 0
    for title, loss in [*fields.TITLES.items()][::3]:
        for link in fields.links(loss).options:
            one = shown(objective(loss, link))
            at = {given.name: float(given.domain.moderate(random, 1)[0, 0]) for given in one.objective.inputs}
            found = one.program.evaluate(at)
            for step in one.written.keys() & {name.removesuffix("_written") for name in found}:
                written = float(found.get(f"{step}_written", found[step]))
                assert written == pytest.approx(float(found[step]), rel=1e-9, abs=1e-12), (title, link, step)
                count += f"{step}_written" in found
    assert count > 20
    logistic = shown(objective(LOSSES["binary_cross_entropy"], "logistic")).written
    assert {name: str(expr) for name, expr in logistic.items()} == {"d_z": "p - t", "d2_z": "p*(1 - p)"}


def test_verdicts_stand_in_the_view_with_both_curves_and_the_witness() -> None:
    opened = view("/objective?gradient=t-p&hessian=p*(1-p)")
    text = opened.texts["verdicts"]
    assert "<h3>Gradient: sign flipped</h3>" in text
    assert "training climbs the loss" in text
    assert "<h3>Hessian: right</h3>" in text
    traces = {trace["uid"]: trace for trace in specification(opened.chart("yours").figure)["data"]}
    np.testing.assert_allclose(traces["yours-0"]["y"], -traces["own-0"]["y"], atol=1e-15)
    assert traces["witness-0"]["y"][0] == pytest.approx(-traces["witness-0"]["y"][1], rel=1e-12)
    there = view(text.partition("href='")[2].partition("'")[0].replace("&amp;", "&"))
    assert there.numbers["d_z"] == pytest.approx(traces["witness-0"]["y"][0], rel=1e-12)
    assert {"verdicts", "yours"} & {key for row in opened.layout for column in row for key in column} == {"verdicts", "yours"}


def test_a_function_that_returns_both_is_judged_for_both() -> None:
    code = "def f(preds, dtrain):\n  p = 1/(1 + np.exp(-preds))\n  return p - dtrain.get_label(), -p*(1 - p)"
    opened = view(f"/objective?gradient={quote(code)}")
    assert opened.refused == ()
    assert "<h3>Gradient: right</h3>" in opened.texts["verdicts"]
    assert "<h3>Hessian: negative</h3>" in opened.texts["verdicts"]


@pytest.mark.parametrize(
    ("query", "sentences"),
    [
        ("typed=1", ["A loss must have a symbol that is predicted, such as p; this is a number."]),
        ("typed=gradient^2", ["gradient is a name of this page: give this symbol another one."]),
        (
            "gradient=for k in range(3):%0A    x = 1%0Areturn x, x",
            ["Gradient: Line 1 is not read: write assignments and one return, with np.where for cases."],
        ),
        (
            "gradient=import os%0Areturn os.getcwd(), 1",
            ["Gradient: Line 1 is not read: write assignments and one return, with np.where for cases."],
        ),
        ("hessian=q", ["Hessian: A formula may have the symbols p, t, z; got q."]),
        ("gradient=" + "p%2B" * 3000 + "p", ["Gradient: An expression may have at most 2,000 characters; got 6,001."]),
        ("gradient=x=1%0A" + "x" * 3000, ["Gradient: A function may have at most 2,000 characters; got 3,004."]),
        ("gradient=%5Cfrac%7B1%7D%7B1%2Be%5E%7B-z%7D%7D-t", []),
        ("link=exp", ["The link's link = “exp” was ignored: link must be logistic. The default is shown."]),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_lost(query: str, sentences: list[str]) -> None:
    opened = view(f"/objective?{query}")
    assert list(opened.refused) == sentences
    if query.startswith(("gradient", "hessian")):
        assert {"gradient", "hessian"} & opened.state.write().keys()


def test_remedies_are_what_boosting_takes_for_the_hessian() -> None:
    found = view("/objective?loss=Tukey's biweight loss&y=3&t=0&c=4&boosting=true&log_least=-2&reg_lambda=1").numbers
    own = objective(LOSSES["tukey"])
    at = {"y": 3.0, "t": 0.0, "c": 4.0}
    exact = own.program.evaluate(at)
    slope, bend = float(exact["d_y"]), float(exact["d2_y"])
    taken = [bend, max(bend, 0.01), max(bend, 0.01), max(abs(bend), 0.01)]
    assert bend < 0
    assert [found[f"h{k}_taken"] for k in range(4)] == pytest.approx(taken)
    assert [found[f"h{k}_leaf"] for k in range(4)] == pytest.approx([-slope / (one + 1) for one in taken])


def test_the_file_is_that_of_the_library() -> None:
    for library in EXPORTS:
        text = view(f"/objective?training=true&library={library}").texts["file"]
        assert "def binary_cross_entropy" in text
    assert_same(view("/objective?training=true&library=CatBoost&taken=clipped&gradient=t-p&hessian=1&boosting=true"))


def test_each_formula_has_a_name_of_its_own() -> None:
    texts = "".join(view("/objective").texts.values())
    assert re.findall("aria-label='Formula(?: of )?(.*?)'", texts) == ["L", "p", "d_z", "d2_z"]
