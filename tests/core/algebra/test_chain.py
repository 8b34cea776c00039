"""A chain as text: what an address holds is what was done."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.algebra import chain
from explorer.core.algebra.chain import Step
from tests.core.helpers import several


def test_a_chain_is_read_back() -> None:
    steps = (Step("differentiate", ("p",)), Step("factor"), Step("divide", ("2*(p - t)",)), Step("gradient", ("p", "t")))
    text = chain.write(steps)
    assert text == "differentiate p; factor; divide 2*(p - t); gradient p, t"
    assert chain.read(text) == (steps, "")


def test_commas_in_brackets_do_not_split() -> None:
    assert chain.split("z, logsumexp(a, b)") == ("z", "logsumexp(a, b)")
    assert chain.split("Log[2, x], 3") == ("Log[2, x]", "3")
    assert chain.split(" ") == ()


@pytest.mark.parametrize(
    ("text", "steps", "problem"),
    [
        ("", 0, ""),
        (" ; factor ;; ", 1, ""),
        (
            "factor; differentiate",
            1,
            "Step 2, “differentiate”, was left out with what follows: A symbol is missing.",
        ),
        (
            "differentiate p, 0; factor",
            0,
            "Step 1, “differentiate p, 0”, was left out with what follows: Times must be a whole number from 1 to 10; got 0.",
        ),
        (
            "rewrite upside",
            0,
            "Step 1, “rewrite upside”, was left out with what follows: As must be one of logit, probability; got upside.",
        ),
    ],
)
def test_what_cannot_be_read_is_left_out_with_a_sentence(text: str, steps: int, problem: str) -> None:
    found, sentence = chain.read(text)
    assert len(found) == steps
    assert sentence == problem


def test_an_unknown_operation_ends_the_chain() -> None:
    found, sentence = chain.read("factor; explode; expand")
    assert [step.operation for step in found] == ["factor"]
    assert sentence.startswith("Step 2, “explode”, was left out with what follows: An operation must be one of expand, ")


def test_a_chain_is_no_longer_than_allowed() -> None:
    found, sentence = chain.read("; ".join(["factor"] * 31))
    assert len(found) == 30
    assert sentence == "A chain must have at most 30 steps; the rest was left out."


@several
@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    found, sentence = chain.read(text)
    assert chain.read(chain.write(found))[0] == found
    assert isinstance(sentence, str)
