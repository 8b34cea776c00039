"""A number as it was printed: its value, and by how much it may have been rounded."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from explorer.core.digits import format_number

WORDS = {"nan": math.nan, "inf": math.inf, "infinity": math.inf, "∞": math.inf}
"""What is printed where there is no number."""
NUMBER = r"[-+−]?(?:(?:\d{1,18}(?:[.,]\d{1,20}|\.(?!\w))?|\.\d{1,20})(?:[eE][-+−]?\d{1,3})?|nan\b|inf(?:inity)?\b|∞)"
"""A pattern of numbers in texts."""
LONGEST = 40
"""The most characters of a number that is looked at."""
DIGITS = 15
"""How many digits of a float say something."""

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


def read(text: str) -> Printed:
    """Return the number that a text prints: a decimal point or a comma, a power of ten, nan or inf.

    Raises
    ------
    ValueError
        If it prints none.

    Examples
    --------
    >>> read("0.6934").half, read("15,942").value, read("2.30e0").half
    (5e-05, 15.942, 0.005)
    """
    plain = text.strip()[: LONGEST + 1].replace("−", "-").replace(",", ".").lower()
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
