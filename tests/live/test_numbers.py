"""numbers.js writes numbers as digits.py does."""

from __future__ import annotations

import math
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some
from py_mini_racer import MiniRacer

from explorer.core.digits import bracketed, exact_text, format_number, sign, telling_digits
from tests.core.test_digits import numbers
from tests.live.scripts import engine


@cache
def script() -> MiniRacer:
    return engine("parts/numbers.js")


@given(numbers(), some.booleans())
@example((0.0001, 6), False)
@example((999999.96, 7), True)
@example((1.0625, 4), False)
@settings(deadline=None, max_examples=600)
def test_the_script_writes_numbers_as_python_does(number: tuple[float, int], trim: bool) -> None:
    value, digits = number
    call = f"script.formatNumber({exact_text(value)}, {digits}, {str(trim).lower()})"
    assert script().eval(call) == format_number(value, digits, trim=trim)


@given(
    some.one_of(some.floats(), some.floats(-1.01, 1.01), some.integers(1, 53).map(lambda bits: 1 - 2.0**-bits)),
    some.integers(1, 10),
)
@example(1 + 2**-52, 4)
@example(0.99, 4)
@settings(deadline=None, max_examples=300)
def test_the_script_tells_numbers_from_1_as_python_does(value: float, digits: int) -> None:
    assert script().eval(f"script.tellingDigits({exact_text(value)}, {digits})") == telling_digits(value, digits)


@given(some.floats(), some.one_of(some.floats(), some.sampled_from([1.0, 1 + 1e-7, 1 - 1e-5, -1.0])), some.booleans())
@example(math.nan, 0.0, False)
@example(math.inf, math.inf, False)
@settings(deadline=None, max_examples=300)
def test_the_script_sets_the_sign_between_lines_as_python_does(value: float, other: float, same: bool) -> None:
    other = value if same else other
    assert script().eval(f"script.sign({exact_text(value)}, {exact_text(other)})") == sign(value, other)


@pytest.mark.parametrize("text", ["1×10⁻²⁰", "−1×10⁻²⁰", "−5", "5", "∞", "−∞", "NaN", "0"])
def test_the_script_brackets_what_python_does(text: str) -> None:
    assert script().eval(f"script.bracketed('{text}')") == bracketed(text)


@pytest.mark.parametrize(("number", "text"), [("-1e-7", "-1e-7"), ("0.30000000000000004", "0.3"), ("-0", "0"), ("-5", "-5")])
def test_a_number_in_an_input_reads_as_one_types_it(number: str, text: str) -> None:
    assert script().eval(f"script.typedNumber({number}, 6)") == text


@given(some.floats(allow_nan=False, allow_infinity=False))
@settings(deadline=None)
def test_a_number_in_an_input_reads_back(number: float) -> None:
    text = script().eval(f"script.typedNumber({number!r}, 6)")
    assert math.isclose(float(str(text)), number, rel_tol=1e-5)
