"""Products and quotients that lose digits, or have a limit in place of a value, as functions that keep both."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, Mul, S, sin, sinh

from explorer.core.algebra.stable.exponentials import base_and_power
from explorer.core.domains import Inputs
from explorer.core.functions import (
    absolute,
    bell,
    bell_slope,
    direction,
    exp_quotient,
    expm1,
    log1p_quotient,
    norm,
    sigmoid,
    sigmoid_slope,
    sinc,
    sinhc,
    softsign,
    swish,
    versine,
    xlog1py,
)


def precise_product(node: Expr, _: Inputs) -> Expr | None:
    """A product with a quotient that PRODUCTS has, or of a part of a vector and its length."""
    powers = {base: power for base, power in map(base_and_power, Mul.make_args(node)) if power.is_Integer}
    for base, power in powers.items():
        if power > 0 and (form := PRODUCTS.get(type(base))) and (found := form(powers, base)) is not None:
            return Mul(node, *found)
        if power < 0 and isinstance(base, norm):
            for z in base.args:
                if powers.get(z, 0) > 0:
                    others = [other for other in base.args if other is not z]
                    count = min(powers[z], -power)
                    return node * (base / z * direction(z, *others)) ** count
    return None


def _over_own(quotient: Callable[[Expr], Expr]) -> Callable[[dict[Expr, Expr], Expr], list[Expr] | None]:
    """f(c z) / z is c times a function that has a value at 0, for a number c."""

    def form(powers: dict[Expr, Expr], base: Expr) -> list[Expr] | None:
        whole = base.args[-1]
        if isinstance(base, xlog1py) and base.args[0] is not S.One:
            return None
        for z, power in powers.items():
            if power < 0 and (c := whole / z).is_number:
                count = min(powers[base], -power)
                return [(c * quotient(whole) * z / base) ** count]
        return None

    return form


def _versine_over_square(powers: dict[Expr, Expr], base: Expr) -> list[Expr] | None:
    """(1 - cos(c z)) / z**2."""
    (whole,) = base.args
    for z, power in powers.items():
        if power <= -2 and (c := whole / z).is_number:
            return [c**2 * sinc(whole / 2) ** 2 / 2 * z**2 / base]
    return None


def _both_sigmoids(powers: dict[Expr, Expr], base: Expr) -> list[Expr] | None:
    """sigmoid(z) sigmoid(-z)."""
    (z,) = base.args
    other = powers.get(sigmoid(-z), 0)
    if other <= 0:
        return _swish(powers, base)
    side = -z if z.could_extract_minus_sign() else z
    return [(sigmoid_slope(side) / base / sigmoid(-z)) ** min(powers[base], other)] if z != 0 else None


def _swish(powers: dict[Expr, Expr], base: Expr) -> list[Expr] | None:
    """x sigmoid(x), and x sigmoid(-x)."""
    (z,) = base.args
    for x in (z, -z):
        if powers.get(x, 0) == 1 and powers[base] == 1:
            return [x / z * swish(z) / base / x]
    return None


def _softsign(powers: dict[Expr, Expr], base: Expr) -> list[Expr] | None:
    """x / (1 + |x|)."""
    below = 1 + absolute(base)
    return [softsign(base) * below / base] if powers.get(below) == -1 else None


def _times_bell(powers: dict[Expr, Expr], base: Expr) -> list[Expr] | None:
    """x e^(-c x**2)."""
    x = base.args[0]
    return [bell_slope(*base.args) / base / x] if powers.get(x, 0) > 0 and powers[base] == 1 else None


PRODUCTS: dict[type[Expr], Callable[[dict[Expr, Expr], Expr], list[Expr] | None]] = {
    expm1: _over_own(exp_quotient),
    sin: _over_own(sinc),
    sinh: _over_own(sinhc),
    xlog1py: _over_own(log1p_quotient),
    versine: _versine_over_square,
    bell: _times_bell,
    sigmoid: _both_sigmoids,
}
"""Class of a factor -> what may be done with it in a product: from all whole powers and that factor to what is multiplied."""


def symbol_over_size(node: Expr, _: Inputs) -> Expr | None:
    """A product with x / (1 + |x|)."""
    powers = {base: power for base, power in map(base_and_power, Mul.make_args(node)) if power.is_Integer}
    for base, power in powers.items():
        if base.is_Symbol and power > 0 and (found := _softsign(powers, base)) is not None:
            return Mul(node, *found)
    return None
