"""The View of /binary: its state in the address, its sentences, and the page that shows it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

import explorer
from explorer.core import losses
from explorer.core.digits import format_number
from explorer.core.program import Program
from explorer.views import binary
from explorer.views.address import view
from explorer.views.binary import State
from explorer.views.fields import Reader
from explorer.views.view import View
from tests.views.compare import assert_round_trip, assert_same


def states(count: int) -> Iterator[State]:
    """Random states: on the steps of sliders, between them, at their ends and, of logits, beyond."""
    draw = random.Random(12)
    for _ in range(count):
        logit = draw.random() < 0.5
        p = draw.choice([0.0, 1.0, round(draw.random(), 3), draw.random(), 5e-324, 1 - 2**-53])
        z = draw.choice([round(draw.uniform(-12, 12), 2), draw.uniform(-12, 12), 12.0, -12.0, draw.uniform(-1e6, 1e6), 1000.0])
        flags = [draw.random() < 0.5 for _ in range(3)]
        by, target = ("logit" if logit else "probability"), draw.choice([0.0, 1.0, draw.random()])
        yield State(by, z if logit else p, target, *flags)


def test_two_thousand_states_come_back_from_their_addresses() -> None:
    for state in states(2000):
        reader = Reader(state.write())
        assert binary.read(reader) == state
        assert reader.refused == []


def test_views_come_back_from_their_addresses() -> None:
    for state in states(100):
        assert_round_trip(binary.view(state))


def test_the_page_shows_the_view_of_its_address() -> None:
    for state in states(60):
        assert_same(binary.view(state))


@pytest.mark.parametrize(
    ("address", "sentences"),
    [
        ("/binary?p=2", ["The link's p = “2” was ignored: p must be a number from 0 to 1. The default is shown."]),
        ("/binary?p=0.1&p=0.9", ["The link names p 2 times; p must be given once. The default is shown."]),
        (
            "/binary?by=logit&z=1e7",
            ["The link's z = “1e7” was ignored: z must be a number from -1e+06 to 1e+06. The default is shown."],
        ),
        ("/binary?by=logit&z=12&z-exactly=x", ["Logit z must be a number from -1e+06 to 1e+06; got x. 12 is shown."]),
        ("/binary?other=maybe", ["The link's other = “maybe” was ignored: other must be true or false. The default is shown."]),
        ("/binary?by=odds", ["The link's by = “odds” was ignored: by must be probability or logit. The default is shown."]),
        ("/binary?p=0.2&t=1", []),
    ],
)
def test_what_is_refused_is_said(address: str, sentences: list[str]) -> None:
    assert list(view(address).refused) == sentences


@pytest.mark.parametrize(
    "address", ["/binary?by=logit&z=40&t=0", "/binary?by=logit&z=36.7&t=0.3", "/binary?by=logit&z=-800&t=1"]
)
def test_what_takes_logits_says_what_the_page_says_of_a_large_one(address: str) -> None:
    found = view(address)
    row = found.texts["libraries"].rpartition("From logits")[2]
    assert f">{format_number(found.numbers['L'], 6, trim=True)}</td>" in row
    assert not found.disagreements


@pytest.mark.parametrize(
    ("address", "stages"),
    [
        ("/binary?by=logit&z=17&t=1", ["ln 1.0000000414", "0.9999999586 − 1"]),
        ("/binary?by=logit&z=36.7&t=1", ["ln 1.0000000000000002", "0.9999999999999998 − 1"]),
        ("/binary?p=0.9999999999999999&t=0", ["ln (1.11×10⁻¹⁶)", "1 − 0.9999999999999999"]),
    ],
)
def test_a_number_beside_1_is_told_from_it_in_a_formula(address: str, stages: list[str]) -> None:
    written = re.sub(r"<mo>−</mo>", " − ", view(address).texts["formulas"])
    written = re.sub(r"<mspace[^>]*>", " ", written)
    assert [stage for stage in stages if stage not in re.sub(r"<[^>]*>", "", written)] == []


def test_a_refused_value_leaves_the_others() -> None:
    shown = explorer.view("/binary?p=x&t=0.25&squared=true")
    assert shown.state == State(target=0.25, squared=True)
    assert shown.numbers["L"] == pytest.approx(float(losses.binary_cross_entropy(0.2, 0.25)), rel=1e-15)


@pytest.mark.parametrize(
    "address", ["/binary", "binary", "/", "", "http://127.0.0.1:8501/binary", "https://a.example/x/binary?"]
)
def test_an_address_may_stand_with_or_without_its_server(address: str) -> None:
    assert view(address) == binary.view(State())


def test_an_address_of_no_page_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^An address must begin with a page, one of /binary.*; got /nothing\?p=1\.$"):
        view("/nothing?p=1")


def test_a_view_evaluates_its_program_once(monkeypatch: pytest.MonkeyPatch) -> None:
    binary.view(State())
    calls = []
    evaluate = Program.evaluate
    monkeypatch.setattr(Program, "evaluate", lambda *args, **more: calls.append(args) or evaluate(*args, **more))  # type: ignore[func-returns-value]
    shown: View = binary.view(State(prediction=0.37, squared=True))
    assert shown.numbers["L"] == pytest.approx(float(losses.binary_cross_entropy(0.37, 1)), rel=1e-15)
    assert len(calls) == 1


@pytest.mark.parametrize(
    "language",
    ["LaTeX", "sympy", "NumPy", "PyTorch", "JAX", "JavaScript", "C", "julia", "Wolfram Language", "SQL", "sql (spark)"],
)
@pytest.mark.parametrize("by", ["probability", "logit"])
def test_code_is_printed_in_every_language(by: str, language: str) -> None:
    text = binary.view(State(by, 0.3)).code(language)
    assert {"probability": "p", "logit": "z"}[by] in text
    assert len(text) > 20


def test_a_language_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^A language must be one of LaTeX, .*; got Cobol\.$"):
        view("/binary").code("Cobol")
