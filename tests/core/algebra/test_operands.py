"""What an operation is given: a sign is a sign, and what is no infinity is not read as one."""

from __future__ import annotations

import pytest
from sympy import oo

from explorer.core.algebra.operands import parsed


@pytest.mark.parametrize("text", ["oo", "+oo", "+ inf", "Infinity", "∞", " +∞ "])
def test_infinity(text: str) -> None:
    assert parsed(["point"], [text]) == (oo,)


@pytest.mark.parametrize("text", ["-oo", "− oo", "-inf", "−∞"])
def test_minus_infinity(text: str) -> None:
    assert parsed(["point"], [text]) == (-oo,)


@pytest.mark.parametrize("text", ["2oo", "xoo", "/oo", "9∞", "−−oo", "+-oo", "2*oo", ",oo", "π∞"])
def test_what_only_ends_in_infinity_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^An infinite point is oo or -oo alone; got .+\.$"):
        parsed(["point"], [text])
