"""The View of /algebra: its state in the address, its sentences, and the page that shows it."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import explorer
from explorer.core import losses
from explorer.core.algebra import agreement, budget
from explorer.core.algebra import chain as chains
from explorer.core.algebra.execution import Outcome, work
from explorer.core.losses import Loss
from explorer.core.network import Network
from explorer.core.program import Program
from explorer.pages.algebra import chain as page_chain
from explorer.views import algebra, markup
from explorer.views.address import view
from explorer.views.algebra import State, as_loss, following, symbols
from explorer.views.algebra.stage import Stage
from explorer.views.algebra.start import (
    OF,
    LossStart,
    NetworkStart,
    Start,
    TypedStart,
    _loss_begun,
    begin,
    has_classes,
    loss_start,
)
from explorer.views.algebra.state import state
from explorer.views.fields import Reader
from explorer.views.view import CODES
from tests.views.compare import assert_round_trip, assert_same

ROOT = Path(__file__).resolve().parents[2]
STARTS: tuple[tuple[Start, tuple[str, ...]], ...] = (
    *((LossStart(of), ("",)) for of in ("squared error", "poisson", "quantile", "infonce", "dice")),
    (LossStart("hinge"), ("", "differentiate y")),
    (LossStart("huber"), ("", "differentiate y; simplify")),
    (loss_start("multiclass hinge", 4, ()), ("",)),
    (LossStart(), ("", "differentiate p; factor", "substitute p, sigmoid(z); differentiate z; simplify", "gradient p, t")),
    (LossStart("cross entropy", 2, ("label smoothing",)), ("", "gradient")),
    (loss_start("cross entropy", 4, ("focal factor", "class weights")), ("",)),
    (LossStart("cross entropy with logits", 3), ("", "hessian z1, z2, z3", "jacobian")),
    (NetworkStart(Network((2, 3, 1), "tanh", "sigmoid", "binary")), ("", "gradient")),
    (NetworkStart(Network((1, 2, 3), "tanh", "softmax", "index")), ("", "differentiate x1")),
    (TypedStart(), ("", "differentiate z, 2")),
    (TypedStart("w^2/2 + Log[1 + Exp[-w x]]"), ("", "differentiate w; multiply x")),
    (TypedStart("w1x1 + e*x", "e.number~w1x1.product"), ("", "differentiate x")),
    (TypedStart(r"\sum_{k=1}^{K} y_k\log p_k", "terms_K.2"), ("",)),
    (TypedStart("a x^2 + b"), ("solve x", "substitute a, 1; substitute b, 2; substitute x, 3")),
)


@cache
def worked(start: Start, chain: str) -> tuple[Stage, ...]:
    """What comes of a chain, without a budget; from then on it is known."""

    def here(key: str, step: chains.Step, before: Outcome) -> Stage:
        return following.ended(
            key, step, before, lambda: work(before.subject, step.operation, step.parsed(), before.inputs, before.computed)
        )

    return following.follow(start, chains.read(chain)[0], here)


def states(count: int) -> Iterator[State]:
    """Random states: starts, chains, and numbers on the steps of sliders, between them and at their ends."""
    draw = random.Random(12)
    for _ in range(count):
        start, some = draw.choice(STARTS)
        steps = chains.read(draw.choice(some))[0]
        stages = worked(start, chains.write(steps))
        result, among = following.last(stages), symbols.entries(following.labels(stages))
        along = draw.choice(["", *result.symbols])
        over = symbols.along(result)
        moved = symbols.ordered(result, along or over.default)[: symbols.SLIDERS] if over else []
        numbers = {}
        for name in draw.sample(moved, draw.randint(0, len(moved))):
            field = symbols.number(result, name)
            value = draw.choice([field.low, field.high, draw.uniform(*field.limits), round(draw.uniform(*field.limits), 2)])
            numbers[name] = field.low + field.step * round((value - field.low) / field.step) if field.step >= 1 else value
        entries = tuple(draw.sample(among.options, draw.randint(0, 8))) if among and over and draw.random() < 0.5 else None
        yield state(start, steps, stages, along, entries, numbers)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """No run of the page leaves a step at work."""
    monkeypatch.setattr(page_chain, "PATIENCE", 10.0)


def test_two_thousand_states_come_back_from_their_addresses() -> None:
    for one in states(2000):
        reader = Reader(one.write())
        assert algebra.read(reader) == one
        assert reader.refused == []


def test_views_come_back_from_their_addresses() -> None:
    for one in states(60):
        assert_round_trip(algebra.view(one))


def test_the_page_shows_the_view_of_its_address() -> None:
    for one in states(60):
        assert_same(algebra.view(one))


def ignored(name: str, text: str, allowed: str) -> str:
    return f"The link's {name} = “{text}” was ignored: {name} must be {allowed}. The default is shown."


@pytest.mark.parametrize(
    ("query", "sentences"),
    [
        ("start=nothing", [ignored("start", "nothing", "loss, network or typed")]),
        ("start=typed&typed=xy&as-xy=a", [ignored("as-xy", "a", "name or product")]),
        ("start=typed&typed=x&as-xy=name", ["The link's as-xy was ignored: nothing in what is typed asks for it."]),
        ("of=hope", [ignored("of", "hope", "one of the losses listed")]),
        ("of=cross+entropy&classes=11", ["Classes must be a whole number from 2 to 10; got 11. 3 is shown."]),
        (
            "start=network&sizes=2-x",
            ["Units must be whole numbers with hyphens between them, as in 2-4-1; got x. 2-3-1 is shown."],
        ),
        ("start=typed&typed=x^^2&chain=expand", ['A number or a name is missing before "^", at character 3.']),
        (
            "chain=differentiate+p;substitute+q",
            ["Step 2, “substitute q”, was left out with what follows: An expression is missing."],
        ),
        ("chain=differentiate+p;substitute+p,+0;expand", ["At p = 0 there is no value; take the limit there."]),
        ("along=q", [ignored("along", "q", "a symbol of the result")]),
        ("at-p=7", [ignored("at-p", "7", "a number from 0 to 1")]),
        ("of=hinge&at-t=0", [ignored("at-t", "0", "-1 or 1")]),
        ("of=poisson&at-t=1.5", [ignored("at-t", "1.5", "a whole number from 0 to 10")]),
        ("of=huber&classes=4&with=focal+factor", []),
        ("at-zz=7", ["The link's at-zz was ignored: zz is no symbol of the result."]),
        ("chain=substitute+p,+1/2&at-p=0.3", ["The link's at-p was ignored: p is no symbol of the result."]),
        ("start=network&sizes=3-9-1&at-w2_1_9=1", ["The link's at-w2_1_9 was ignored: only 24 symbols have sliders."]),
        ("at-p=0.5&at-t=0.25&chain=factor", []),
    ],
)
def test_what_is_refused_is_said(query: str, sentences: list[str]) -> None:
    assert list(view(f"/algebra?{query}").refused) == sentences


@pytest.mark.parametrize("of", OF.options)
def test_every_loss_is_a_start_that_is_computed_as_it_is_written(of: str) -> None:
    begun = begin(loss_start(of, 3 if has_classes(of) else 0, ())).reached
    found = agreement.as_computed(begun.subject, begun.computed, inputs=begun.inputs)
    assert found.holds, str(found)


def test_opening_a_loss_builds_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    program = Loss.program

    def counted(self: Loss, **options: Any) -> Program:
        built.append(self.name)
        return program(self, **options)

    monkeypatch.setattr(Loss, "program", counted)
    _loss_begun.cache_clear()
    view("/algebra?of=tukey")
    view("/algebra")
    assert built == ["tukey"]


def test_sliders_are_those_of_the_inputs() -> None:
    hinge = {slider.name: slider.field for slider in view("/algebra?of=hinge&chain=differentiate+y").sliders}
    assert (hinge["t"].limits, hinge["t"].step, hinge["t"].default) == ((-1, 1), 2, 1)
    assert hinge["t"].help.startswith("Label t: the number")
    huber = view("/algebra?of=huber&chain=multiply+q")
    assert [slider.name for slider in huber.sliders] == ["y", "delta", "q", "t"]
    assert [slider.value for slider in huber.sliders] == [1.5, 1.0, 1.0, 0.0]
    assert view("/algebra?of=multiclass+hinge&classes=4").sliders[-1].field.limits == (0, 3)
    assert len(view("/algebra?of=dice").sliders) == 9


def test_numbers_are_those_of_the_core() -> None:
    shown = explorer.view("/algebra?at-p=0.4&at-t=0.25")
    assert shown.numbers["L"] == pytest.approx(float(losses.binary_cross_entropy(0.4, 0.25)), rel=1e-12)
    assert shown.numbers["d_p"] == pytest.approx(float(losses.binary_cross_entropy_gradient(0.4, 0.25)), rel=1e-12)
    curve = shown.chart("chart").figure.data[0]
    np.testing.assert_allclose(curve.y, losses.binary_cross_entropy(np.asarray(curve.x), 0.25), rtol=1e-12)


def test_a_view_evaluates_its_program_once_and_its_curves_once(monkeypatch: pytest.MonkeyPatch) -> None:
    begin(LossStart())
    sizes = []
    evaluate = Program.evaluate

    def counted(self: Program, values: dict[str, Any], *args: Any, **more: Any) -> Any:
        sizes.append(max(map(np.size, values.values())))
        return evaluate(self, values, *args, **more)

    monkeypatch.setattr(Program, "evaluate", counted)
    algebra.view(State(numbers=(("p", 0.37),)))
    assert sizes == [1, 401]


def test_each_stage_is_written_as_markup() -> None:
    shown = view("/algebra?of=cross+entropy+with+logits&chain=hessian+z1,+z2,+z3")
    assert shown.texts["start"].startswith("<p>Start · ")
    assert shown.texts["step 1"].startswith("<p><strong>1</strong> · Hessian by z1, z2, z3 · ")
    assert shown.texts["formula step 1"].count("<mtd>") == 9
    assert "<code>" not in "".join(shown.texts.values())


def test_what_was_typed_becomes_no_markup() -> None:
    shown = view("/algebra?start=typed&typed=x&at-%3Cscript%3E=1&along=%3Cscript%3E&chain=add+%3Cscript%3E")
    assert "<script>" not in "".join(shown.texts.values())
    assert len(shown.refused) == 3


def test_a_chain_without_an_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "run", lambda *args: budget.submit(*args, seconds=0.5).result())
    shown = view("/algebra?start=typed&typed=(a%2Bb%2Bc%2Bd%2Be%2Bf)^90&chain=multiply+a;expand;factor&at-a=0.5")
    (said,) = shown.refused
    assert said.startswith("The operation was stopped after 0.5 seconds. Layered, it stays small: ")
    assert markup.alert(said, "error") in shown.texts["step 2"]
    assert shown.numbers["L"] == pytest.approx(0.5 * 5.5**90, rel=1e-12)
    assert "chain=multiply+a%3B+expand%3B+factor" in shown.address


def test_a_chain_is_worked_out_in_a_bare_interpreter() -> None:
    script = "import explorer; print(explorer.view('/algebra?chain=differentiate p; factor&at-p=0.5').numbers['L'])"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert float(run.stdout) == pytest.approx(-2.0, rel=1e-12)


@pytest.mark.parametrize("language", CODES)
def test_code_is_printed_in_every_language(language: str) -> None:
    text = view("/algebra?chain=differentiate+p;+factor").code(language)
    assert "p" in text
    assert len(text) > 20


def test_code_comes_without_a_gradient_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(function: Any, *args: Any) -> Any:
        if function.keywords["gradient"]:
            raise NotImplementedError("Derivative cannot be written in NumPy.")
        return function(*args)

    monkeypatch.setattr(budget, "run", run)
    text = view("/algebra?start=typed&typed=x*y*31").code("NumPy")
    assert "31" in text
    assert "d_x" not in text


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("/algebra", "/losses?typed=-t%2Alog%28p%29+-+%281+-+t%29%2Alog%281+-+p%29"),
        ("/algebra?start=typed&typed=e*f^2&as-e=number", "/losses?typed=exp%281%29%2Af%2A%2A2"),
        ("/algebra?of=poisson", "/losses?typed=-t%2Alog%28y%29+%2B+y"),
        ("/algebra?start=typed&typed=hypot(x,1)", "/losses?typed=hypot%28x%2C+1%29"),
        ("/algebra?of=cross+entropy+with+logits&chain=gradient", ""),
        ("/algebra?start=typed&typed=3", ""),
        ("/algebra?start=network", as_loss.LAYERED),
        (r"/algebra?start=typed&typed=\sum_{k%3D1}^{100} \alpha_k \epsilon^k \epsilon", "too long to be used as a loss: 2,"),
        ("/algebra?of=general+robust", as_loss.UNREAD),
    ],
)
def test_a_result_leads_to_losses_or_says_why_not(address: str, leads: str) -> None:
    markup = view(address).texts.get("use", "")
    assert leads in unescape(markup)
    assert bool(leads) == bool(markup)
    if leads.startswith("/"):
        assert view(leads).refused == ()


def test_where_plain_floats_fail_is_told_with_what_is_computed_instead() -> None:
    shown = view("/algebra?start=typed&typed=log(1%2Bexp(x))&floats=true").texts["floats-table"]
    assert "float64</th><td>overflows" in shown
    assert "∞ instead of 717" in shown
    assert "<code>softplus(x)</code>" in shown
    assert "equal to it by algebra" in shown
    fine = view("/algebra?start=typed&typed=(y-f)%5E2&floats=true").texts["floats-table"]
    assert fine == "<p>Plain floats compute this as it is written: no digits are lost at any point that was tried.</p>"


def test_a_matrix_has_no_plain_floats_to_show() -> None:
    shown = view("/algebra?of=cross+entropy+with+logits&chain=gradient&floats=true")
    assert "floats-table" not in shown.texts
    assert "floats" not in shown.address


def test_the_page_shows_where_plain_floats_fail() -> None:
    assert_same(view("/algebra?start=typed&typed=1-cos(x)&floats=true"))
