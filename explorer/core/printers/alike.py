"""The functions whose source is the same in PyTorch, JAX and Keras, but for the name of the library."""

from __future__ import annotations

_ROBUST = """\
    edge = (alpha == 2) | xp.isinf(alpha)
    inner = xp.where(edge, 1.0, alpha)
    size = xp.abs(inner - 2)
    z = xp.where(edge, 0.0, u / size)
    far = z > 1e17
    logarithm = xp.where(far, xp.log(xp.where(far, u, 1.0)) - xp.log(size), xp.log1p(xp.where(far, 0.0, z)))
    half = xp.where(xp.abs(z) < 1e-8, u / 2 * (1 - z / 2), size / 2 * logarithm)
    exponent = xp.sign(alpha - 2) * half
"""
"""What the functions of Barron's general loss begin with."""
_ROBUST_BELOW = """\
    ratio = xp.where(edge, xp.sign(alpha), inner / size)
    power = ratio * half
    tiny = xp.abs(power) < 1e-8
"""
"""What those begin with besides that are another formula for shapes below 1."""

_SOURCES = {
    "xlogy": """\
def xlogy(x, y):
    return x * xp.log(xp.where((x != 0) | ((y > 0) & (y < xp.inf)), y, 1.0))""",
    "xdivy": """\
def xdivy(x, y):
    return x / xp.where((x != 0) | (xp.abs(y) > 0), y, 1.0)""",
    "xmuly": """\
def xmuly(x, y):
    return x * xp.where((x != 0) | xp.isfinite(y), y, 1.0)""",
    "focal": """\
def focal(x, p, g):
    p = xp.where((x != 0) | ((p > 0) & (p <= 1)), p, 0.5)
    edge = (p == 0) | (p == 1)
    factor = xp.where(edge, xp.where((p == 1) & (g != 0), 0.0, 1.0), (1 - xp.where(edge, 0.5, p)) ** g)
    return -x * factor * xp.log(p)""",
    "focal_surprise": """\
def focal_surprise(x, s, g):
    s = xp.where((x != 0) | ((s >= 0) & (s < xp.inf)), s, 1.0)
    edge = (s == 0) | (s == xp.inf)
    factor = xp.where(edge, xp.where((s == 0) & (g != 0), 0.0, 1.0), (-xp.expm1(-xp.where(edge, 1.0, s))) ** g)
    return x * factor * s""",
    "power_surprise": """\
def power_surprise(x, p, q):
    p = xp.where(x == 0, 1.0, p)
    return -x * xp.expm1(q * xp.log(p)) / q""",
    "log_quotient": """\
def log_quotient(y):
    return xp.where(y == 1, (3 - y) / 2, xp.log(y) / xp.where(y == 1, 2.0, y - 1))""",
    "log_cosh": """\
def log_cosh(x):
    size = xp.abs(x)
    near, far = xp.where(size < 1, x, 0.0), xp.where(size < 1, 1.0, size)
    beyond = far + (xp.log1p(xp.exp(-2 * far)) - 0.6931471805599453)
    u = near * near
    more = 1 + u / 90 * (1 + u / 132 * (1 + u / 182 * (1 + u / 240 * (1 + u / 306))))
    rest = u / 2 * (1 + u / 12 * (1 + u / 30 * (1 + u / 56 * more)))
    return xp.where(size < 1, xp.log1p(rest), beyond)""",
    "general_robust": "def general_robust(u, alpha):\n"
    + _ROBUST
    + _ROBUST_BELOW
    + """\
    below = xp.where(tiny, half * (1 + power / 2), xp.expm1(power) / xp.where(tiny, 1.0, ratio))
    divisor = xp.where(inner < 1, 1.0, inner + xp.where(alpha == 2, 1.0, 0.0))
    above = u / divisor * xp.exp(exponent) + size / divisor * xp.expm1(exponent)
    return xp.where(alpha < 1, below, above)""",
    "general_robust_slope": "def general_robust_slope(u, alpha):\n"
    + _ROBUST
    + """\
    return xp.exp(exponent) / 2""",
    "general_robust_shape_slope": "def general_robust_shape_slope(u, alpha):\n"
    + _ROBUST
    + _ROBUST_BELOW
    + """\
    bend = (logarithm - u / (size + u)) / 2
    near = xp.abs(power) < 0.01
    series = 1 / 2 + power * (1 / 3 + power * (1 / 8 + power * (1 / 30 + power * (1 / 144 + power / 840))))
    mean = xp.where(tiny, 1 + power / 2, xp.expm1(power) / xp.where(tiny, 1.0, power))
    steepness = xp.where(near, series, (xp.exp(power) - mean) / xp.where(near, 1.0, power))
    below = half * steepness * (logarithm + ratio * u / (size + u)) / 2 - bend * mean
    divisor = xp.where(inner < 1, 1.0, inner)
    tilt = 2 * xp.sign(inner - 2) / divisor * xp.expm1(exponent)
    above = (xp.exp(exponent) * ((u + size) * bend - u / divisor) + tilt) / divisor
    at_edge = xp.where((alpha == 2) & (u != 0), xp.inf, 0.0)
    return xp.where(edge, at_edge, xp.where(inner < 1, below, above))""",
    "positive": """\
def positive(z):
    return xp.where(z > 0, 1.0, 0.0)""",
    "same": """\
def same(x, y):
    return xp.where(x == y, 1.0, 0.0)""",
    "below": """\
def below(x, y):
    return xp.where(x < y, 1.0, 0.0)""",
    "at_most": """\
def at_most(x, y):
    return xp.where(x <= y, 1.0, 0.0)""",
}
"""Function -> its source, in which xp stands for the library."""


def alike(prefix: str) -> dict[str, str]:
    """Return the sources as a library has them whose functions are called with a prefix, such as "torch."."""
    return {name: source.replace("xp.", prefix) for name, source in _SOURCES.items()}
