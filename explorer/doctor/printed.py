"""A number as it was printed: its value, and by how much it may have been rounded."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from explorer.core.digits import format_number

WORDS = {"nan": math.nan, "inf": math.inf, "infinity": math.inf, "∞": math.inf}
"""What is printed where there is no number."""
_GROUPED = r"[1-9]\d{0,2}(?:,\d{3})*,(?:000(?:\.\d{1,20})?|\d{3}(?:,\d{3}|\.\d{1,20}))(?![\d,.]*\d)"
"""Thousands with commas between: 10,000 and 1,234.5 and 1,234,567; but 15,942 is a number with a comma for its point."""
NUMBER = (
    rf"[-+−]?(?:{_GROUPED}"
    r"|(?:\d{1,18}(?:[.,]\d{1,20}|\.(?!\w))?|\.\d{1,20})(?:[eE][-+−]?\d{1,3})?|nan\b|inf(?:inity)?\b|∞)"
)
"""A pattern of numbers in texts."""
LONGEST = 40
"""The most characters of a number that is looked at."""
DIGITS = 15
"""How many digits of a float say something."""

_THOUSANDS = re.compile(rf"[-+]?{_GROUPED}")
_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)


@dataclass(frozen=True)
class Printed:
    """A number as it was printed.

    Attributes
    ----------
    value : float
        NaN or infinite where that was printed.
    half : float
        Half a unit of its last digit: the number meant lies within it.
    text : str
        As it was printed.
    """

    value: float
    half: float = 0.0
    text: str = ""

    @property
    def is_finite(self) -> bool:
        """Whether it is a number at all."""
        return math.isfinite(self.value)

    def __str__(self) -> str:
        """As it was printed, or in six digits."""
        return self.text or format_number(self.value, 6, trim=True)


def pointed(text: str) -> str:
    """Return a number with a minus of ASCII, a point for its comma, and no commas between its thousands.

    Examples
    --------
    >>> pointed("−0,693"), pointed("1,234,567")
    ('-0.693', '1234567')
    """
    plain = text.replace("−", "-")
    return plain.replace(",", "" if _THOUSANDS.fullmatch(plain) else ".") if "," in plain else plain


def read(text: str) -> Printed:
    """Return the number that a text prints: a decimal point or a comma, a power of ten, nan or inf.

    Raises
    ------
    ValueError
        If it prints none.

    Examples
    --------
    >>> read("0.6934").half, read("15,942").value, read("10,000").value, read("2.30e0").half
    (5e-05, 15.942, 10000.0, 0.005)
    """
    plain = pointed(text.strip()[: LONGEST + 1]).lower()
    if (word := plain.lstrip("+-")) in WORDS:
        return Printed(math.copysign(WORDS[word], -1.0 if plain.startswith("-") else 1.0), 0.0, text.strip())
    if len(plain) > LONGEST or not _PLAIN.fullmatch(plain):
        raise ValueError(f"A loss must be printed as a number; got {text.strip()[:LONGEST] or 'nothing'}.")
    exponent = Decimal(plain).as_tuple().exponent
    value = float(plain)
    if not math.isfinite(value):
        return Printed(value, 0.0, text.strip())
    digits = int(exponent) if isinstance(exponent, int) else 0
    return Printed(value, 0.5 * 10.0 ** max(digits, -300), text.strip())


def of(value: object) -> Printed:
    """Return a number, or a text of one, as it is printed: a float in its shortest digits, so 0.6934 has four.

    Raises
    ------
    ValueError
        If it is no number.
    """
    if isinstance(value, Printed):
        return value
    if isinstance(value, str):
        return read(value)
    number = float(value)  # type: ignore[arg-type]  # whatever is none says so
    if not math.isfinite(number):
        return Printed(number, 0.0, str(number))
    text = repr(number)
    short = read(text.removesuffix(".0"))
    return Printed(number, short.half if len(text) < DIGITS else abs(number) * 1e-7, text)
