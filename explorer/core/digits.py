"""How numbers are written for people, and subscripts of symbols. `numbers.js` does the same; a test compares the two."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal

CLOSE = 1e-6
"""By how much of the larger one two numbers may differ that count as the same."""

_SUBSCRIPTS = str.maketrans("0123456789_", "₀₁₂₃₄₅₆₇₈₉,")
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_EXACT = Context(prec=800, rounding=ROUND_HALF_UP)  # no number of 64 bits has more digits


def format_number(value: float, digits: int, *, trim: bool = False) -> str:
    """Return a number with so many significant digits, rounded to the nearest, and half way away from 0.

    Parameters
    ----------
    value : float
        Any number, infinite or NaN too.
    digits : int
        From 1; a number below 10⁶ shows all of its whole part.
    trim : bool
        Whether to leave out trailing zeros.

    Examples
    --------
    >>> format_number(1.0625, 4), format_number(1.2e-7, 2), format_number(float("-inf"), 4)
    ('1.063', '1.2×10⁻⁷', '−∞')
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    mantissa, _, power = _scientific(value, digits).partition("e")
    exponent = int(power)
    fixed = -4 <= exponent < 6
    text = _fixed(value, max(digits - 1 - exponent, 0)) if fixed else mantissa
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    if not fixed:
        text += "×10" + superscripted(exponent)
    return text.replace("-", "−")


def _scientific(value: float, digits: int) -> str:
    longer = f"{value:.{digits}e}"
    if longer.partition("e")[0].endswith("5") and float(longer) == value:  # perhaps half way, where Python rounds to even
        exact = Decimal(value)
        return f"{exact.quantize(Decimal((0, (1,), exact.adjusted() - digits + 1)), context=_EXACT):.{digits - 1}e}"
    return f"{value:.{digits - 1}e}"


def _fixed(value: float, places: int) -> str:
    longer = f"{value:.{places + 1}f}"
    if longer.endswith("5") and float(longer) == value:
        return f"{Decimal(value).quantize(Decimal((0, (1,), -places)), context=_EXACT):f}"
    return f"{value:.{places}f}"


def telling_digits(value: float, digits: int) -> int:
    """Return how many digits, so many or more, tell a number from 1 where it is within a percent of that.

    A logarithm or 1 − p shows what is beyond: "ln 1 = 4.14×10⁻⁸" would contradict itself.

    Examples
    --------
    >>> telling_digits(0.5, 4), format_number(1 - 4.14e-8, telling_digits(1 - 4.14e-8, 4))
    (4, '0.9999999586')
    """
    gap = abs(abs(value) - 1)
    if not 0 < gap < 0.01:
        return digits
    places = min(2 - int(f"{gap:.17e}".partition("e")[2]), 16)  # three digits of the gap, as far as floats tell
    return max(digits, places + (abs(value) > 1))


def exact_text(value: float) -> str:
    """Return a number as JavaScript writes it, so that it reads back exactly, there and here.

    Examples
    --------
    >>> exact_text(5.0), exact_text(0.1), exact_text(float("-inf"))
    ('5', '0.1', '-Infinity')
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(float(value)).removesuffix(".0")


def bracketed(text: str) -> str:
    """Return a number in brackets if it is negative or has a power of ten, as "ln 1×10⁻²⁰" is read as (ln 1)·10⁻²⁰."""
    return f"({text})" if text.startswith("−") or "×" in text else text


def grouped(text: str) -> str:
    """Return a number with commas between thousands.

    Examples
    --------
    >>> grouped("1555"), grouped("999.25"), grouped("1.2×10⁷")
    ('1,555', '999.25', '1.2×10⁷')
    """
    return re.sub(r"^\d{4,}", lambda whole: f"{int(whole[0]):,}", text)


def sign(value: float, other: float) -> str:
    """Return "=" between the same numbers, "≈" where rounding parts them, "→" where one is none or only one is finite."""
    if value == other or (math.isnan(value) and math.isnan(other)):
        return "="
    if not (math.isfinite(value) and math.isfinite(other)):
        return "→"
    return "=" if abs(value - other) <= CLOSE * max(abs(value), abs(other)) else "≈"


def subscripted(name: str) -> str:
    """Return a variable's name as text with subscripts.

    >>> subscripted("w2_1_3"), subscripted("y_pred")
    ('w₂,₁,₃', 'y_pred')
    """
    whole = re.fullmatch(r"(.*?)_?(\d+(?:_\d+)*)", name[1:])
    return f"{name[0]}{whole[1]}{whole[2].translate(_SUBSCRIPTS)}" if whole else name


def superscripted(power: int) -> str:
    """Return a power, raised.

    >>> superscripted(-12)
    '⁻¹²'
    """
    return str(power).translate(_SUPERSCRIPTS)
