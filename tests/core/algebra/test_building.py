"""Expressions put together within bounds: as SymPy writes them, and without SymPy being asked anything that takes long."""

from __future__ import annotations

import pytest
from sympy import E, Expr, Integer, Rational, S, exp, log, pi, sqrt, symbols

from explorer.core.algebra.building import WORK, Builder, Refused
from explorer.core.functions import sigmoid

x, y, z = symbols("x y z")


@pytest.fixture
def build() -> Builder:
    return Builder()


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([], S.Zero),
        ([x], x),
        ([x, 2 * y, -x], 2 * y),
        ([y + 1, x, Rational(1, 2)], x + y + Rational(3, 2)),
        ([log(x), -2 * log(x)], -log(x)),
    ],
)
def test_sum(build: Builder, terms: list[Expr], expected: Expr) -> None:
    assert build.add(terms) == expected


@pytest.mark.parametrize(
    ("factors", "expected"),
    [
        ([], S.One),
        ([x, y, 1 / x], y),
        ([Integer(2), x + y], 2 * x + 2 * y),
        ([Integer(2), x + y, z], 2 * z * (x + y)),
        ([x, sqrt(x)], x ** Rational(3, 2)),
        ([x**y, x ** (2 * y), x], x * x ** (3 * y)),
        ([exp(x), exp(x), exp(-y)], exp(2 * x) * exp(-y)),
        ([sqrt(2), sqrt(6), sqrt(x)], 2 * sqrt(3) * sqrt(x)),
        ([Rational(1, 2) ** x, y], Rational(1, 2) ** x * y),
        ([2**x, 3**x], 6**x),
        ([S.Zero, x], S.Zero),
    ],
)
def test_product(build: Builder, factors: list[Expr], expected: Expr) -> None:
    assert build.multiply(factors) == expected


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        (x, S.Zero, S.One),
        (S.Zero, S.Zero, S.One),
        (-2 * x * y, Integer(3), -8 * x**3 * y**3),
        (sqrt(x), y, x ** (y / 2)),
        (x**2, y, (x**2) ** y),
        (pi**2, x, pi ** (2 * x)),
        (E, x + y, exp(x + y)),
        (4 * pi * x, Rational(1, 2), 2 * sqrt(pi) * sqrt(x)),
        (Rational(8, 27), Rational(-2, 3), Rational(9, 4)),
        (Integer(10) ** 40, Rational(1, 8), Integer(10) ** 5),
    ],
)
def test_power(build: Builder, base: Expr, exponent: Expr, expected: Expr) -> None:
    assert build.power(base, exponent) == expected


def test_a_root_of_a_large_number_is_left_as_it_is(build: Builder) -> None:
    number = Integer(10**29 + 319)
    assert build.power(number, Rational(1, 2)).args == (number, Rational(1, 2))


def test_numbers_have_a_size_and_others_none(build: Builder) -> None:
    assert build.value(exp(sqrt(2)) + pi) == pytest.approx(float(exp(sqrt(2)) + pi))
    assert build.value(sigmoid(S.Zero)) == 0.5
    assert build.value(exp(x)) is None


def test_work_is_bounded(build: Builder) -> None:
    with pytest.raises(Refused) as error:
        build.add([x, y] * WORK)
    assert str(error.value) == "This takes too many operations to put together"
