"""Numbers in markup, the same from Python and from the browser's script."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from py_mini_racer import MiniRacer

from explorer.views.markup import bracketed, format_number, plain, quantity, sign
from tests.live.scripts import engine


@cache
def numbers() -> MiniRacer:
    return engine("parts/numbers.js")


@pytest.mark.parametrize(
    ("value", "digits", "trim", "text"),
    [
        (1.6094379124341003, 6, False, "1.60944"),
        (-5, 6, False, "−5.00000"),
        (-5, 6, True, "−5"),
        (0, 6, False, "0"),
        (-0.0, 6, False, "0"),
        (math.inf, 6, False, "∞"),
        (-math.inf, 6, True, "−∞"),
        (math.nan, 4, True, "NaN"),
        (1e-7, 6, True, "1×10⁻⁷"),
        (-1234567.0, 4, True, "−1.235×10⁶"),
        (123456.0, 4, True, "123456"),
        (9.99999999, 4, True, "10"),
    ],
)
def test_a_number_reads_as_one_writes_it(value: float, digits: int, trim: bool, text: str) -> None:
    assert format_number(value, digits, trim=trim) == text


@given(st.floats(), st.integers(1, 9), st.booleans())
@example(0.0001, 6, False)
@example(999999.96, 7, True)
@settings(deadline=None, max_examples=400)
def test_the_script_writes_numbers_as_python_does(value: float, digits: int, trim: bool) -> None:
    if is_tie(value, digits):
        return
    call = f"script.formatNumber({plain(value)}, {digits}, {str(trim).lower()})"
    assert numbers().eval(call) == format_number(value, digits, trim=trim)


@given(st.floats(), st.one_of(st.floats(), st.sampled_from([1.0, 1 + 1e-7, 1 - 1e-5, -1.0])), st.booleans())
@example(math.nan, 0.0, False)
@example(math.inf, math.inf, False)
@settings(deadline=None, max_examples=300)
def test_the_script_sets_the_sign_between_lines_as_python_does(value: float, other: float, same: bool) -> None:
    other = value if same else other
    assert numbers().eval(f"script.sign({plain(value)}, {plain(other)})") == sign(value, other)


def test_signs_between_lines() -> None:
    pairs = [(2.0, 2.0 + 1e-9), (0.0, 1e-20), (math.nan, 0.0), (math.inf, 800.0), (math.inf, math.inf), (math.nan, math.nan)]
    assert [sign(*pair) for pair in pairs] == ["=", "≈", "→", "→", "=", "="]


def is_tie(value: float, digits: int) -> bool:
    """Whether a value lies exactly between two roundings, where JavaScript rounds up and Python to even."""
    if not math.isfinite(value) or value == 0:
        return False
    with localcontext(prec=2000):
        exact = Decimal(value)
        shown = max(digits, exact.adjusted() + 1) if 0 <= exact.adjusted() < 6 else digits
        doubled = 2 * exact.scaleb(shown - 1 - exact.adjusted())
        return doubled == doubled.to_integral_value() and doubled % 2 != 0


@given(st.floats())
def test_the_plain_number_reads_back_exactly(value: float) -> None:
    back = float(plain(value).replace("Infinity", "inf"))
    assert back == value or (math.isnan(back) and math.isnan(value))


def test_a_quantity_names_its_step_and_holds_the_plain_number() -> None:
    assert quantity("d_p", -5.0, digits=4, trim=True, bracket=True, tag="mn") == (
        '<mn data-quantity="d_p" data-value="-5" data-digits="4" data-trim="true" data-bracket="true">(−5)</mn>'
    )


def test_a_power_of_ten_after_a_function_stands_in_brackets() -> None:
    """As "ln 1×10⁻²⁰" is read as (ln 1)·10⁻²⁰."""
    for text in ("1×10⁻²⁰", "−1×10⁻²⁰", "−5", "5", "∞", "−∞", "NaN", "0"):
        assert numbers().eval(f"script.bracketed('{text}')") == bracketed(text)
    assert ">(1×10⁻²⁰)<" in quantity("p", 1e-20, trim=True, bracket=True)
    assert ">1×10⁻²⁰<" in quantity("p", 1e-20, trim=True)


def test_markup_in_a_name_is_escaped() -> None:
    assert "<script" not in quantity("<script>", 1.0)
