"""How numbers are written: rounded to the nearest, and half way away from 0."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some
from hypothesis.strategies import DrawFn

from explorer.core.digits import bracketed, format_number, sign, subscripted, superscripted

BACK = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


@some.composite
def ties(draw: DrawFn) -> tuple[float, int]:
    """A number and how many digits it lies half way between two numbers of."""
    whole = some.builds(lambda n, power: float((10 * n + 5) * 10**power), some.integers(0, 10**6), some.integers(0, 8))
    part = some.builds(lambda n, power: (2 * n + 1) / 2**power, some.integers(0, 2**20), some.integers(1, 30))
    value = draw(some.one_of(whole, part)) * draw(some.sampled_from((1, -1)))
    digits = len(Decimal(value).normalize().as_tuple().digits) - 1
    return value, min(max(digits, 1), 10)


def numbers() -> some.SearchStrategy[tuple[float, int]]:
    """Any number and any count of digits, ties on purpose."""
    powers = some.builds(
        lambda power, part: part * 10.0**power, some.integers(-320, 308), some.sampled_from((1.0, 0.99995, 9.9995))
    )
    values = some.one_of(
        some.floats(), powers, some.sampled_from((9.9995, 0.00099995, 99999.5, 999999.5, 5e-324, 1e300, 95000.5))
    )
    return some.one_of(ties(), some.tuples(values, some.integers(1, 10)))


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
        (1.0625, 4, False, "1.063"),
        (-2.5, 1, False, "−3"),
        (1250000.0, 2, False, "1.3×10⁶"),
        (94999.5, 1, False, "95000"),
        (5e-324, 3, False, "4.94×10⁻³²⁴"),
    ],
)
def test_a_number_reads_as_one_writes_it(value: float, digits: int, trim: bool, text: str) -> None:
    assert format_number(value, digits, trim=trim) == text


@given(numbers())
@example((1.0625, 4))
@settings(deadline=None, max_examples=400)
def test_what_is_shown_is_nearest_and_half_way_it_is_the_larger(number: tuple[float, int]) -> None:
    value, digits = number
    if not math.isfinite(value):
        return
    shown, _, power = format_number(value, digits).translate(BACK).partition("×10")
    with localcontext(prec=2000):
        unit = Decimal((0, (1,), -len(shown.partition(".")[2]))).scaleb(int(power or 0))
        error = abs(Decimal(shown).scaleb(int(power or 0))) - abs(Decimal(value))
        assert -unit / 2 < error <= unit / 2 or value == 0
        assert unit <= Decimal(1).scaleb(Decimal(value).adjusted() + 2 - digits) or unit == 1


def test_signs_between_lines() -> None:
    pairs = [(2.0, 2.0 + 1e-9), (0.0, 1e-20), (math.nan, 0.0), (math.inf, 800.0), (math.inf, math.inf), (math.nan, math.nan)]
    assert [sign(*pair) for pair in pairs] == ["=", "≈", "→", "→", "=", "="]


def test_a_power_of_ten_after_a_function_stands_in_brackets() -> None:
    """As "ln 1×10⁻²⁰" is read as (ln 1)·10⁻²⁰."""
    assert [bracketed(text) for text in ("1×10⁻²⁰", "−5", "5", "∞")] == ["(1×10⁻²⁰)", "(−5)", "5", "∞"]


def test_digits_of_symbols() -> None:
    assert (subscripted("p10"), subscripted("b2_1"), superscripted(23)) == ("p₁₀", "b₂,₁", "²³")
