"""The reader of typed numbers."""

from __future__ import annotations

import math
import random
import struct
from fractions import Fraction

import pytest

from explorer.core import numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,5", 0.5), ("1/3", 1 / 3), ("20 %", 0.2), ("20%", 0.2), ("33,3 %", 0.333), ("−2", -2.0), ("–2", -2.0), ("+.5", 0.5),
        ("5.", 5.0), (",25", 0.25), ("1e-5", 1e-5), ("1E5", 1e5), ("2×10⁻³", 0.002), ("−1.2×10⁻⁷", -1.2e-7), ("2*10^-3", 0.002),
        ("1,5/3", 0.5), ("-1/-4", 0.25), ("1 ⁄ 4", 0.25), ("1/2 %", 0.005), ("1e2 %", 1.0), (" 7 ", 7.0), ("1e-320", 1e-320),
        ("1e-400", 0.0), ("0", 0.0), ("-0", 0.0), ("１２", 12.0), ("1" * 300, float("1" * 300)),
    ],
)  # fmt: skip
def test_what_people_write_is_read(text: str, value: float) -> None:
    assert repr(numbers.number(text)) == repr(value)  # which tells −0 from 0


@pytest.mark.parametrize(
    "text",
    ["", " ", "x", "1 2", "1,234.5", "1,2,3", "1/0", "0/0", "1/2/3", "--1", "1e", "e5", "inf", "∞", "nan", "1e999", "%",
     "-1e999", "0x10", "1_000", "1e999/1e999", "9" * 5000, "1/", "½", "\ud800", "0.5\x00", "**1**", "1e5.5"],
)  # fmt: skip
def test_what_is_no_finite_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^must be a number; got "):
        numbers.number(text)


def test_every_float_is_read_back_exactly() -> None:
    draw = random.Random(11)
    for _ in range(2000):
        (value,) = struct.unpack("d", draw.randbytes(8))
        if math.isfinite(value):
            assert numbers.number(repr(value)) == value
            assert numbers.number(repr(value).replace(".", ",").replace("-", "−")) == value


def test_a_percentage_and_a_fraction_are_the_nearest_float() -> None:
    for k in range(1, 1001):
        assert numbers.number(f"{k} %") == float(Fraction(k, 100))
        assert numbers.number(f"{k}/7") == float(Fraction(k, 7))


def test_whole_numbers_are_told_from_others() -> None:
    assert [numbers.whole(text) for text in ("3", "3.0", "6/2", "−4", "1e3", str(2**53 - 1))] == [3, 3, 3, -4, 1000, 2**53 - 1]
    for text in ("0,5", "1/3", "1e300", str(2**53), "", "inf"):
        with pytest.raises(ValueError, match=r"^must be a (whole )?number; got "):
            numbers.whole(text)


def test_a_long_text_is_cut_in_a_sentence() -> None:
    assert numbers.shown("9" * 5000) == "9" * 40 + "…"
    assert numbers.shown("  ") == "nothing"
