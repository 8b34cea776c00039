"""Finds maximum, minimum and step functions in plain formulas."""

from __future__ import annotations

from sympy import Add, Expr, Heaviside, S

from explorer.core.functions import chained, is_floor_of, leaky_relu, maximum, minimum, positive, relu


def largest_of(*arguments: Expr) -> Expr:
    """The largest argument; that of 0 and z, and of z / 100 and z, by their names."""
    if len(arguments) == 2:
        for low, z in (arguments, arguments[::-1]):
            if is_floor_of(low, z):
                return relu(z) if low == 0 else leaky_relu(z)
    return chained(maximum, arguments)


def smallest_of(*arguments: Expr) -> Expr:
    """The smallest argument; that of 0 and z by the name of the largest."""
    if len(arguments) == 2 and 0 in arguments:
        return -relu(-Add(*arguments))
    return chained(minimum, arguments)


def step_of(z: Expr, at_0: Expr = S.Half) -> Expr:
    """A step at 0 by its name."""
    return positive(z) if at_0 == 0 else Heaviside(z, at_0)
