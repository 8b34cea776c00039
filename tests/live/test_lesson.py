"""The script of a lesson: what it makes of an address, whether an answer is right, whether a state is reached."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from py_mini_racer import MiniRacer

from explorer.core.digits import exact_text
from explorer.lessons.lesson import Condition
from explorer.lessons.words import WORDS
from tests.live.scripts import engine

QUERY = """
globalThis.URLSearchParams = class {
  constructor(entries) { this.held = new Map(Object.entries(entries)); }
  get(name) { return this.held.get(name) ?? null; }
  set(name, text) { this.held.set(name, text); }
  delete(name) { this.held.delete(name); }
};
"""


@cache
def script(name: str) -> MiniRacer:
    return engine(f"parts/{name}.js", page=QUERY)


def called(name: str, expression: str) -> Any:
    return json.loads(str(script(name).eval(f"JSON.stringify({expression})")))


def progress(**held: str) -> Any:
    return called("progress", f"script.readProgress(new URLSearchParams({json.dumps(held)}), 5)")


@pytest.mark.parametrize(
    ("held", "read"),
    [
        ({}, {"step": 1, "mode": "", "answers": {}}),
        (
            {"step": "3", "mode": "present", "answers": "half-0.5*draw-1_2_-3"},
            {"step": 3, "mode": "present", "answers": {"half": "0.5", "draw": "1_2_-3"}},
        ),
        ({"step": "9"}, {"step": 5, "mode": "", "answers": {}}),
        ({"step": "-4", "mode": "x"}, {"step": 1, "mode": "", "answers": {}}),
        ({"step": "2.5", "answers": "*-*A-1*a*a-*b-" + "1" * 201}, {"step": 1, "mode": "", "answers": {}}),
        ({"step": "1e999", "answers": "__proto__-1"}, {"step": 1, "mode": "", "answers": {}}),
    ],
)
def test_where_somebody_is_is_read_from_an_address(held: dict[str, str], read: Any) -> None:
    assert progress(**held) == read


@given(
    some.integers(1, 5),
    some.sampled_from(["", "present", "sheet"]),
    some.dictionaries(
        some.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True),
        some.from_regex(r"-?[0-9]{1,5}(_[0-9.]{1,6}){0,6}", fullmatch=True),
    ),
)
@settings(deadline=None, max_examples=60)
def test_an_address_gives_back_what_was_written(step: int, mode: str, answers: dict[str, str]) -> None:
    where = {"step": step, "mode": mode, "answers": answers}
    back = called(
        "progress",
        f"(() => {{ const q = new URLSearchParams({{}}); script.writeProgress(q, {json.dumps(where)}); "
        "return script.readProgress(q, 5); })()",
    )
    assert back == where


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.25", 0.25),
        (" 0,25 ", 0.25),
        ("−1", -1),
        ("1e-3", 0.001),
        (".5", 0.5),
        ("5.", 5),
        ("+2", 2),
        ("", None),
        ("1/2", None),
        ("0x10", None),
        ("1.2.3", None),
        ("Infinity", None),
        ("nan", None),
        ("1,2,3", None),
    ],
)
def test_a_number_as_people_type_it(text: str, number: float | None) -> None:
    assert called("progress", f"script.typedAnswer({json.dumps(text)})") == number


NUMBER = {"kind": "number", "answer": 0.3, "tolerance": 0.03, "wrong": [0.6, 3.0]}
CHOICE = {"kind": "choice", "right": 1, "tolerance": 0}
SKETCH = {"kind": "sketch", "curve": [0, 1, 2], "tolerance": 0.5}


@pytest.mark.parametrize(
    ("asked", "numbers", "verdict"),
    [
        (NUMBER, [0.3], (True, "")),
        (NUMBER, [0.33], (True, "")),
        (NUMBER, [0.27], (True, "")),
        (NUMBER, [0.331], (False, "other")),
        (NUMBER, [-0.3], (False, "other")),
        (NUMBER, [0.61], (False, "0")),
        (NUMBER, [3.03], (False, "1")),
        (NUMBER, [1e300], (False, "other")),
        (NUMBER | {"wrong": [0.6, 0.64]}, [0.63], (False, "1")),
        (NUMBER | {"wrong": []}, [0.6], (False, "other")),
        (CHOICE, [1], (True, "1")),
        (CHOICE, [0], (False, "0")),
        (SKETCH, [0.5, 1.5, 2.5], (True, "")),
        (SKETCH, [0, 1, 3.6], (False, "other")),
        (SKETCH, [-0.6, 1.6, 2.6], (False, "other")),
    ],
)
def test_an_answer_is_judged(asked: dict[str, Any], numbers: list[float], verdict: tuple[bool, str]) -> None:
    found = called("prediction", f"script.judge({json.dumps(asked)}, {json.dumps(numbers)})")
    assert (found["right"], found["say"]) == verdict


@pytest.mark.parametrize(
    ("asked", "text", "numbers"),
    [
        (NUMBER, "0.3", [0.3]),
        (NUMBER, "x", []),
        (NUMBER, "1_2", []),
        (NUMBER, "Infinity", []),
        (CHOICE, "1", [1]),
        (CHOICE, "2", []),
        (CHOICE, "-1", []),
        (CHOICE, "0.5", []),
        (SKETCH, "1_2_3", [1, 2, 3]),
        (SKETCH, "1_2", []),
        (SKETCH, "1__3", []),
    ],
)
def test_an_answer_of_an_address_that_is_none_is_left_out(asked: dict[str, Any], text: str, numbers: list[float]) -> None:
    assert called("prediction", f"script.numbersOf({json.dumps(asked)}, {json.dumps(text)}, 2)") == numbers


@given(
    some.sampled_from(["=", "<", ">", "<=", ">="]),
    some.floats(-3, 3),
    some.floats(-3, 3) | some.just(float("nan")) | some.floats(allow_nan=False),
)
@settings(deadline=None, max_examples=200)
def test_a_state_is_reached_where_python_says(relation: Any, value: float, number: float) -> None:
    condition = Condition("L", relation, value, 0.25)
    call = f"script.holds({json.dumps(vars(condition))}, {exact_text(number)})"
    assert called("condition", call) == condition.holds(number)


def test_every_language_has_every_word() -> None:
    assert {language: sorted(words) for language, words in WORDS.items()} == dict.fromkeys(WORDS, sorted(WORDS["en"]))
    assert all(text for words in WORDS.values() for text in words.values())
