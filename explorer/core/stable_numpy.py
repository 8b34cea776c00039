"""The functions of `functions` in NumPy, for programs that run here and, as source, for printed NumPy."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from typing import Any

import numpy as np


def xlogy(x: Any, y: Any) -> Any:
    """x ln y, and 0 where x = 0."""
    return np.where(x == 0, 0.0, x * np.log(np.where(x == 0, 1.0, y)))


def xlog1py(x: Any, y: Any) -> Any:
    """x ln(1 + y), and 0 where x = 0."""
    return np.where(x == 0, 0.0, x * np.log1p(np.where(x == 0, 0.0, y)))


def xdivy(x: Any, y: Any) -> Any:
    """x / y, and 0 where x = 0."""
    return np.where(x == 0, 0.0, x / np.where(x == 0, 1.0, y))


def xmuly(x: Any, y: Any) -> Any:
    """x y, and 0 where x = 0."""
    return np.where(x == 0, 0.0, x * np.where(x == 0, 1.0, y))


def focal(x: Any, p: Any, g: Any) -> Any:
    """-x (1 - p)**g ln p, and 0 where x = 0."""
    return np.where(x == 0, 0.0, -x * np.power(1.0 - p, g) * np.log(np.where(x == 0, 1.0, p)))


def focal_surprise(x: Any, s: Any, g: Any) -> Any:
    """x s (1 - e^-s)**g, and 0 where x = 0."""
    return np.where(x == 0, 0.0, x * np.where(x == 0, 0.0, s) * np.power(-np.expm1(-s), g))


def focal_slope(x: Any, s: Any, g: Any) -> Any:
    """x (1 - e^-s)**g (1 + g s / (e^s - 1)), and 0 where x = 0."""
    moderate = np.clip(s, 1e-300, 700.0)  # s / (e^s - 1) is 1 below and 0 above
    return np.where(x == 0, 0.0, x * np.power(-np.expm1(-s), g) * (1.0 + g * moderate / np.expm1(moderate)))


def power_surprise(x: Any, p: Any, q: Any) -> Any:
    """x (1 - p**q) / q, and 0 where x = 0."""
    return np.where(x == 0, 0.0, -x * np.expm1(q * np.log(np.where(x == 0, 1.0, p))) / q)


def entropy_gap(x: Any, y: Any) -> Any:
    """Half of x ln(2 x / (x + y)) + y ln(2 y / (x + y))."""
    over_x = np.where(x == 0, 0.0, x * np.log1p((y - x) / np.where(x == 0, 1.0, 2 * x)))
    over_y = np.where(y == 0, 0.0, y * np.log1p((x - y) / np.where(y == 0, 1.0, 2 * y)))
    return -(over_x + over_y) / 2


def sigmoid(z: Any) -> Any:
    """1 / (1 + e^-z)."""
    far = np.exp(np.minimum(z, 0.0))  # of the other sign it is infinite where the least floats are left
    return np.where(z < -700, far, 1 / (1 + np.exp(-z)))


def logit(p: Any) -> Any:
    """ln(p / (1 - p))."""
    middle = np.abs(p - 0.5) < 0.2
    near = np.log1p((2 * p - 1) / np.where(middle, 1 - p, 1.0))
    return np.where(middle, near, np.log(p) - np.log1p(-p))


def log_quotient(y: Any) -> Any:
    """ln y / (y - 1), and 1 where y = 1."""
    return np.where(y == 1, 1.0, np.log(y) / np.where(y == 1, 1.0, y - 1))


def softplus(z: Any) -> Any:
    """ln(1 + e^z)."""
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def logistic_loss(t: Any, z: Any) -> Any:
    """t ln(1 + e^-z) + (1 - t) ln(1 + e^z)."""
    size = np.abs(z)
    against = np.where(z > 0, 1 - t, t)  # how much of the target is on the other side of 0
    return np.where(against == 0, 0.0, against * size) + np.log1p(np.exp(-size))


def exp_difference(x: Any, y: Any) -> Any:
    """e^(x - y), with what the difference loses."""
    d = x - y
    part = x - d
    lost = np.where(np.abs(d + 45) < 754, (x - (d + part)) + (part - y), 0.0)  # where e^d is finite and not 0
    return np.exp(d) + np.exp(np.minimum(d, 709.0)) * lost


def logsumexp(*z: Any) -> Any:
    """ln(e^z1 + e^z2 + ...)."""
    terms = np.stack(np.broadcast_arrays(*z))
    largest = terms.argmax(axis=0)[np.newaxis]
    peak = np.take_along_axis(terms, largest, axis=0)[0]
    near = np.abs(peak) < 0.5  # then no difference need be taken, which would be rounded
    anchor = np.where(near, 0.0, peak)
    others = np.exp(terms - anchor)
    np.put_along_axis(others, largest, 0.0, axis=0)
    return anchor + np.log1p(np.expm1(np.where(near, peak, 0.0)) + others.sum(axis=0))


def refined(y: Any, *z: Any) -> Any:
    """y = ln(e^z1 + e^z2 + ...); next to 0 by exponentials of twice as many digits."""
    terms = np.stack(np.broadcast_arrays(*z, y)[:-1])
    near = (np.abs(y) < 0.5) & (terms.max(axis=0) < -1e-280)
    x = -np.sort(-np.maximum(terms[:, near].astype(float), -700.0), axis=0)
    k = np.rint(x * 1.4426950408889634)
    part = x - k * 0.6931471805598903  # e^x = 2^k e^(f + rest)
    f = part - k * 5.49792301870721e-14
    rest = ((part - f) - k * 5.49792301870721e-14) - k * 1.1612227229362532e-26
    high = 134217729 * f - (134217729 * f - f)
    p, lost, c = f, np.zeros_like(f), 1.0
    for n in range(22, 1, -1):  # p + lost becomes 22! (e^f - 1), lost being what sums and products round
        c *= n
        s = p + c
        lost = (lost + (p - (s - c))) * f
        p = s * f
        big = 134217729 * s - (134217729 * s - s)
        lost += ((big * high - p) + big * (f - high) + (s - big) * high) + (s - big) * (f - high)
    size = np.ldexp(1.0, k.astype(int))
    total: Any = -c
    missing = (size * (lost + (c + p) * rest)).sum(axis=0)
    for term in (*(size * c), *(size * p)):
        s = total + term
        missing += (total - (s - (s - total))) + (term - (s - total))
        total = s
    found = np.array(y, np.result_type(y, 0.0))
    found[near] = np.log1p((total + missing) / c)
    return found


def log_cosh(x: Any) -> Any:
    """ln cosh x."""
    size = np.abs(x)
    u = np.minimum(size, 1) ** 2
    more = 1 + u / 90 * (1 + u / 132 * (1 + u / 182 * (1 + u / 240 * (1 + u / 306))))
    rest = u / 2 * (1 + u / 12 * (1 + u / 30 * (1 + u / 56 * more)))
    return np.where(size < 1, np.log1p(rest), size + (np.log1p(np.exp(-2 * size)) - 0.6931471805599453))


def norm(*x: Any) -> Any:
    """The root of x1**2 + x2**2 + ..."""
    length = abs(x[0])
    for other in x[1:]:
        length = np.hypot(length, other)
    return length


def direction(x: Any, *others: Any) -> Any:
    """x / norm(x, x2, ...), and 0 where x = 0."""
    length = abs(x)
    for other in others:
        length = np.hypot(length, other)
    return np.where(x == 0, 0.0, x / np.where(x == 0, 1.0, length))


def general_robust(u: Any, alpha: Any) -> Any:
    """|alpha - 2| / alpha ((u / |alpha - 2| + 1)**(alpha / 2) - 1), with its limits for the shapes 2, 0 and -inf."""
    edge = (alpha == 2) | np.isinf(alpha)
    size = np.where(edge, 1.0, np.abs(alpha - 2.0))
    z = np.where(edge, 0.0, u / size)
    logarithm = np.where(z < 1e17, np.log1p(z), np.log(u) - np.log(size))  # u / size may overflow
    half = np.where(np.abs(z) < 1e-8, u / 2 * (1 - z / 2), size / 2 * logarithm)
    exponent = np.where(alpha == 2, 0.0, np.sign(alpha - 2.0) * half)
    ratio = np.where(edge, np.sign(alpha), alpha / size)
    power = np.where(alpha == 0, 0.0, ratio * half)
    below = np.where(np.abs(power) < 1e-8, half * (1 + power / 2), np.expm1(power) / np.where(alpha == 0, 1.0, ratio))
    divisor = np.where(alpha == 0, 1.0, alpha)
    above = u / divisor * np.exp(exponent) + size / divisor * np.expm1(exponent)
    return np.where((alpha < 1) | np.isinf(u), below, above)


def general_robust_slope(u: Any, alpha: Any) -> Any:
    """1/2 (u / |alpha - 2| + 1)**(alpha / 2 - 1), with its limits for the shapes 2 and -inf."""
    edge = (alpha == 2) | np.isinf(alpha)
    size = np.where(edge, 1.0, np.abs(alpha - 2.0))
    z = np.where(edge, 0.0, u / size)
    logarithm = np.where(z < 1e17, np.log1p(z), np.log(u) - np.log(size))  # u / size may overflow
    half = np.where(np.abs(z) < 1e-8, u / 2 * (1 - z / 2), size / 2 * logarithm)
    exponent = np.where(alpha == 2, 0.0, np.sign(alpha - 2.0) * half)
    return np.exp(exponent) / 2


def general_robust_shape_slope(u: Any, alpha: Any) -> Any:
    """The derivative of general_robust by alpha."""
    edge = (alpha == 2) | np.isinf(alpha)
    size = np.where(edge, 1.0, np.abs(alpha - 2.0))
    z = np.where(edge, 0.0, u / size)
    logarithm = np.where(z < 1e17, np.log1p(z), np.log(u) - np.log(size))  # u / size may overflow
    half = np.where(np.abs(z) < 1e-8, u / 2 * (1 - z / 2), size / 2 * logarithm)
    exponent = np.where(alpha == 2, 0.0, np.sign(alpha - 2.0) * half)
    ratio = np.where(edge, np.sign(alpha), alpha / size)
    power = np.where(alpha == 0, 0.0, ratio * half)
    bend = (logarithm - u / (size + u)) / 2
    near = np.abs(power) < 0.01
    w = np.where(near, 1.0, power)
    mean = np.where(np.abs(power) < 1e-8, 1 + power / 2, np.expm1(power) / np.where(power == 0, 1.0, power))
    series = 1 / 2 + power * (1 / 3 + power * (1 / 8 + power * (1 / 30 + power * (1 / 144 + power / 840))))
    steepness = np.where(near, series, (np.exp(w) - mean) / w)
    below = half * steepness * (logarithm + ratio * u / (size + u)) / 2 - bend * mean
    divisor = np.where(alpha == 0, 1.0, alpha)
    tilt = 2 * np.sign(alpha - 2.0) / divisor * np.expm1(exponent)
    above = (np.exp(exponent) * ((u + size) * bend - u / divisor) + tilt) / divisor
    infinite = (alpha == 2) & (u != 0)
    return np.where(infinite, np.inf, np.where(edge, 0.0, np.where(alpha < 1, below, above)))


def shift(*z: Any) -> Any:
    """Return the largest argument."""
    return np.stack(np.broadcast_arrays(*z)).max(axis=0)


def least_focal(g: Any, *x: Any) -> Any:
    """The least sum of x_k (1 - p_k)**g (-ln p_k) over distributions p, by Newton's method on the simplex."""
    g, *coefficients = np.broadcast_arrays(g, *x)
    weights = np.stack(coefficients).astype(float)
    weights = np.where((g == 0) | (weights > 1e-15 * weights.max(axis=0)), weights, 0.0)  # a smaller one leaves another p at 1
    p = weights / np.maximum(weights.sum(axis=0), 1e-300)
    settled = (g == 0) | ((weights > 0).sum(axis=0) < 2)  # then p is the minimum already
    used = (weights > 0) & ~settled
    for _ in range(40):
        q, s = np.where(used, p, 0.5), -np.log(np.where(used, p, 0.5))
        slope = -weights * (1 - q) ** g * (1 / q + g * s / (1 - q))
        bend = weights * (1 - q) ** g * (1 / q**2 + 2 * g / (q * (1 - q)) + g * (g - 1) * s / (1 - q) ** 2)
        give = np.where(used, 1 / np.where(used, bend, 1.0), 0.0)
        step = give * ((give * slope).sum(axis=0) / np.maximum(give.sum(axis=0), 1e-300) - slope)
        room = np.where(step < 0, p / np.where(step < 0, -step, 1.0), (1 - p) / np.where(step > 0, step, 1e-300))
        p = p + np.minimum(1.0, 0.9 * np.where(used, room, np.inf).min(axis=0)) * step
        if np.abs(step).max() < 1e-15:
            break
    return (-weights * (1 - p) ** g * np.log(np.where(weights > 0, p, 1.0))).sum(axis=0)


def argmax(*values: Any) -> Any:
    """The place of the largest argument, counted from 0."""
    return np.stack(np.broadcast_arrays(*values)).argmax(axis=0)


def positive(z: Any) -> Any:
    """1 for z > 0, else 0."""
    return np.where(z > 0, 1.0, 0.0)


def relu(z: Any) -> Any:
    """max(0, z)."""
    return np.maximum(0.0, z)


def leaky_relu(z: Any) -> Any:
    """max(z / 100, z)."""
    return np.maximum(0.01 * z, z)


def same(x: Any, y: Any) -> Any:
    """1 where both are equal, else 0."""
    return np.where(x == y, 1.0, 0.0)


def below(x: Any, y: Any) -> Any:
    """1 where x < y, else 0."""
    return np.where(x < y, 1.0, 0.0)


def at_most(x: Any, y: Any) -> Any:
    """1 where x <= y, else 0."""
    return np.where(x <= y, 1.0, 0.0)


def erf(x: Any) -> Any:
    """The error function."""
    return np.vectorize(math.erf, otypes=[float])(x).astype(np.result_type(x, 0.0))


def erfc(x: Any) -> Any:
    """1 less the error function."""
    return np.vectorize(math.erfc, otypes=[float])(x).astype(np.result_type(x, 0.0))


def gamma_function(x: Any) -> Any:
    """Euler's gamma function."""
    size = np.abs(x)
    y = np.where(size < 0.5, 1 + size, size)
    z, product = np.where(y < 24, y, 2.0), np.ones_like(y)
    for _ in range(22):
        product, z = np.where(z >= 2.5, product * (z - 1), product), np.where(z >= 2.5, z - 1, z)
    w = np.where(z < 1.5, z - 1, z - 2)
    coefficients = (
        0.42278433509846713, 0.3224670334241132, -0.06735230105319563, 0.02058080842778338, -0.007385551028935545,
        0.002890510330865901, -0.0011927539009983087, 0.0005096695196526673, -0.00022315497746292723, 9.945761692157133e-05,
        -4.4923727564247656e-05, 2.050601970174762e-05, -9.45628851510172e-06, 4.3828545383846665e-06, -1.9743106888421067e-06,
        9.242852225162277e-07, -5.811277768921246e-07, 2.7475390051909663e-07,
    )  # fmt: skip
    logarithm: Any = 0.0  # of gamma(2 + w), over w
    for c in reversed(coefficients):
        logarithm = c + w * logarithm
    near = product * np.exp(w * logarithm) / np.where(z < 1.5, z, 1.0)
    s = 1 / y
    tail = s * (1 / 12 - s**2 * (1 / 360 - s**2 * (1 / 1260 - s**2 * (1 / 1680 - s**2 * (1 / 1188 - s**2 * 691 / 360360)))))
    root = np.where(y < 24, 1.0, np.power(y, (y - 0.5) / 2))  # once and again, as the whole may overflow before e^-y is there
    rest = np.where(y < 24, near, 2.5066282746310007 * root * np.exp(-y) * np.exp(tail))
    rest = np.where(size < 0.5, rest / size, rest)
    sine = np.sin(np.pi * (x - np.rint(x)))
    sine = np.where(np.rint(x) % 2 == 0, sine, -sine)
    mirrored = np.where(sine == 0, np.nan, np.pi / sine / (size * rest) / root)
    edge = np.where(x > 172, np.inf, np.where(x < 0, mirrored, rest * root))
    return np.where(size < 1e-300, np.divide(1.0, x), edge)


def lgamma(x: Any) -> Any:
    """The logarithm of the size of the gamma function."""
    size = np.abs(x)
    y = np.where(size < 0.5, 1 + size, size)
    z, product = np.where(y < 10, y, 2.0), np.ones_like(y)
    for _ in range(8):
        product, z = np.where(z >= 2.5, product * (z - 1), product), np.where(z >= 2.5, z - 1, z)
    w = np.where(z < 1.5, z - 1, z - 2)
    coefficients = (
        0.42278433509846713, 0.3224670334241132, -0.06735230105319563, 0.02058080842778338, -0.007385551028935545,
        0.002890510330865901, -0.0011927539009983087, 0.0005096695196526673, -0.00022315497746292723, 9.945761692157133e-05,
        -4.4923727564247656e-05, 2.050601970174762e-05, -9.45628851510172e-06, 4.3828545383846665e-06, -1.9743106888421067e-06,
        9.242852225162277e-07, -5.811277768921246e-07, 2.7475390051909663e-07,
    )  # fmt: skip
    logarithm: Any = 0.0  # of gamma(2 + w), over w
    for c in reversed(coefficients):
        logarithm = c + w * logarithm
    near = w * logarithm - np.where(z < 1.5, np.log1p(w), 0.0) + np.log(product)
    s = 1 / y
    tail = s * (1 / 12 - s**2 * (1 / 360 - s**2 * (1 / 1260 - s**2 * (1 / 1680 - s**2 * (1 / 1188 - s**2 * 691 / 360360)))))
    whole = np.where(y < 10, near, (y - 0.5) * (np.log(y) - 1) + (0.4189385332046727 + tail))
    whole = np.where(size < 0.5, whole - np.log(size), whole)
    sine = np.sin(np.pi * np.abs(x - np.rint(x)))
    mirrored = 1.1447298858494002 - np.log(size * sine) - whole
    tiny = np.where(size < 1e-20, -np.log(size), np.where(x < 0, mirrored, whole))
    return np.where(np.isinf(x), np.inf, tiny)


def digamma(x: Any) -> Any:
    """The slope of the logarithm of the gamma function."""
    y = np.where(x < 0.5, 1 - x, x)
    lower: Any = 0.0
    for _ in range(12):
        lower, y = np.where(y < 12, lower + 1 / y, lower), np.where(y < 12, y + 1, y)
    s = 1 / y**2
    tail: Any = 0.0
    for c in (43867 / 14364, -3617 / 8160, 1 / 12, -691 / 32760, 1 / 132, -1 / 240, 1 / 252, -1 / 120, 1 / 12):
        tail = s * (c + tail)
    whole = np.log(y) - 1 / (2 * y) - tail - lower
    turn = x - np.rint(x)
    return np.where(x < 0.5, whole - np.pi / np.tan(np.pi * turn), whole)


def trigamma(x: Any) -> Any:
    """The slope of digamma."""
    y = np.where(x < 0.5, 1 - x, x)
    lower: Any = 0.0
    for _ in range(12):
        lower, y = np.where(y < 12, lower + 1 / y**2, lower), np.where(y < 12, y + 1, y)
    s = 1 / y**2
    tail: Any = 0.0
    for c in (43867 / 798, -3617 / 510, 7 / 6, -691 / 2730, 5 / 66, -1 / 30, 1 / 42, -1 / 30, 1 / 6):
        tail = s * (c + tail)
    whole = lower + (1 + 1 / (2 * y) + tail) / y
    turn = x - np.rint(x)
    return np.where(x < 0.5, (np.pi / np.sin(np.pi * turn)) ** 2 - whole, whole)


def tetragamma(x: Any) -> Any:
    """The slope of trigamma."""
    y = np.where(x < 0.5, 1 - x, x)
    lower: Any = 0.0
    for _ in range(12):
        lower, y = np.where(y < 12, lower + 2 / y**3, lower), np.where(y < 12, y + 1, y)
    s = 1 / y**2
    tail: Any = 0.0
    for c in (43867 / 42, -3617 / 30, 35 / 2, -691 / 210, 5 / 6, -3 / 10, 1 / 6, -1 / 6, 1 / 2):
        tail = s * (c + tail)
    whole = -lower - (1 + 1 / y + tail) / y / y
    angle = np.pi * (x - np.rint(x))
    return np.where(x < 0.5, whole - 2 * np.cos(angle) * (np.pi / np.sin(angle)) ** 3, whole)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (
        xlogy, xlog1py, xdivy, xmuly, focal, focal_surprise, focal_slope, power_surprise, entropy_gap, sigmoid, logit,
        log_quotient, softplus, logistic_loss, exp_difference, logsumexp, refined, log_cosh, norm, direction,
        general_robust, general_robust_slope, general_robust_shape_slope, shift, least_focal, argmax, positive, relu,
        leaky_relu, same, below, at_most, erf, erfc, gamma_function, lgamma, digamma, trigamma, tetragamma,
    )
}  # fmt: skip
"""All but what NumPy has itself."""


def source(name: str) -> str:
    """Return the source of a function of FUNCTIONS, without its annotations, as it stands alone."""
    return inspect.getsource(FUNCTIONS[name]).replace(": Any", "").replace(" -> Any", "").rstrip()
