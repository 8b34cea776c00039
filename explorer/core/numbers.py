"""Numbers as people write them: 0.5, 0,5, 1/3, 20 %, 2e-7, 2×10⁻⁷, with any minus. The one reader of typed numbers."""

from __future__ import annotations

import math
import re

LARGEST = 2**53 - 1
"""The largest whole number that a float, and so a browser, tells from its neighbours."""
SHOWN = 40
"""The most characters of a typed text that a sentence repeats."""

_PLAIN = str.maketrans(
    {**dict.fromkeys("−–﹣－", "-"), **dict.fromkeys("⁄∕÷", "/"), "％": "%", "，": ","}
    | dict(zip("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789", strict=True))
)
_DECIMAL = r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?"
_NUMBER = re.compile(rf"({_DECIMAL})(?:\s*/\s*({_DECIMAL}))?\s*(%?)", re.IGNORECASE)
_TIMES_TEN = re.compile(r"\s*[×·*]\s*10\s*\^?\s*(?=[+\-−⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹\d])")


def number(text: str) -> float:
    """Return the finite number that a text says.

    A comma is a decimal point; thousands are not parted. A fraction is divided, a percentage is a hundredth.

    Raises
    ------
    ValueError
        If it says none.

    Examples
    --------
    >>> number("0,5"), number("1/4"), number("20 %"), number("−2×10⁻³")
    (0.5, 0.25, 0.2, -0.002)
    """
    match = _NUMBER.fullmatch(_TIMES_TEN.sub("e", text.strip()).translate(_PLAIN))
    if match:
        above, below = (float((part or "1").replace(",", ".")) for part in match.group(1, 2))
        value = above / below if below else math.inf
        if match[3] and math.isfinite(value):
            value = float(f"{match[1].replace(',', '.')}e-2") if not match[2] and "e" not in match[1].lower() else value / 100
        if math.isfinite(value):
            return value + 0.0  # 0 is 0: a minus sign before it would turn the infinite slope there round
    raise ValueError(f"must be a number; got {shown(text)}.")


def whole(text: str) -> int:
    """Return the whole number that a text says, of at most `LARGEST` in size.

    Raises
    ------
    ValueError
        If it says none.
    """
    value = number(text)
    if not value.is_integer() or abs(value) > LARGEST:
        raise ValueError(f"must be a whole number; got {shown(text)}.")
    return int(value)


def shown(text: str) -> str:
    """Return a typed text as a sentence repeats it: cut if it is long, "nothing" if it is empty."""
    text = text.strip()
    return (text if len(text) <= SHOWN else f"{text[:SHOWN]}…") or "nothing"
