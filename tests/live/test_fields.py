"""How far an arrow key steps a typed number."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from py_mini_racer import MiniRacer

from tests.live.scripts import engine

PAGE = "const addEventListener = () => {}; class HTMLInputElement { set value(text) {} }"


@cache
def fields() -> MiniRacer:
    return engine("parts/fields.js", page=PAGE)


def stepped(value: float, *, up: bool, whole: bool) -> float:
    return float(fields().call("script.stepped", value, up, whole))


@pytest.mark.parametrize(
    ("value", "higher", "lower"),
    [
        (0.5, 0.6, 0.4),
        (0.05, 0.06, 0.04),
        (0.1, 0.2, 0.09),
        (0.3, 0.4, 0.2),
        (0.9, 1, 0.8),
        (1, 2, 0.9),
        (1.05, 2, 1),
        (0.15, 0.2, 0.1),
        (1000, 2000, 900),
        (1e-6, 2e-6, 9e-7),
        (7e-7, 8e-7, 6e-7),
    ],
)
def test_a_number_steps_by_one_unit_of_its_leading_digit(value: float, higher: float, lower: float) -> None:
    assert (stepped(value, up=True, whole=False), stepped(value, up=False, whole=False)) == (higher, lower)


@pytest.mark.parametrize("value", [-3, -1, 0, 1, 9, 10, 2**53 - 2])
def test_a_whole_number_steps_by_one(value: int) -> None:
    assert (stepped(value, up=True, whole=True), stepped(value, up=False, whole=True)) == (value + 1, value - 1)


@given(some.integers(1, 9), some.integers(-6, 5))
@settings(deadline=None)
def test_steps_up_and_down_come_back(digit: int, exponent: int) -> None:
    value = float(f"{digit}e{exponent}")
    assert stepped(stepped(value, up=True, whole=False), up=False, whole=False) == value
    assert stepped(stepped(value, up=False, whole=False), up=True, whole=False) == value
