"""JAX: programs as functions of arrays that jax.grad can differentiate, jax.jit compile and jax.vmap map."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explorer.core.expressions import python
from explorer.core.expressions.code import usual
from explorer.core.printers.python import Autograd
from explorer.core.printers.python import function as in_python
from explorer.core.program import Program

_ROBUST = """\
    edge = (alpha == 2) | jnp.isinf(alpha)
    inner = jnp.where(edge, 1.0, alpha)
    size = jnp.abs(inner - 2)
    z = jnp.where(edge, 0.0, u / size)
    far = z > 1e17
    logarithm = jnp.where(far, jnp.log(jnp.where(far, u, 1.0)) - jnp.log(size), jnp.log1p(jnp.where(far, 0.0, z)))
    half = jnp.where(jnp.abs(z) < 1e-8, u / 2 * (1 - z / 2), size / 2 * logarithm)
    exponent = jnp.sign(alpha - 2) * half
"""
"""What the functions of Barron's general loss begin with."""
_ROBUST_BELOW = """\
    ratio = jnp.where(edge, jnp.sign(alpha), inner / size)
    power = ratio * half
    tiny = jnp.abs(power) < 1e-8
"""
"""What those begin with besides that are another formula for shapes below 1."""

LOG1P = """\
def log1p(y):  # that of XLA loses two digits from -1/2 to -1/4
    middle = (y > -0.5) & (y < -0.25)
    return jnp.where(middle, jnp.log(1 + jnp.where(middle, y, -0.3)), jnp.log1p(jnp.where(middle, 0.0, y)))"""
"""What the sources call where they need ln(1 + y)."""

SOURCES: dict[str, str] = {
    "xlogy": """\
def xlogy(x, y):
    return x * jnp.log(jnp.where((x != 0) | ((y > 0) & (y < jnp.inf)), y, 1.0))""",
    "xlog1py": """\
def xlog1py(x, y):
    return x * log1p(jnp.where((x != 0) | ((y > -1) & (y < jnp.inf)), y, 0.0))""",
    "xdivy": """\
def xdivy(x, y):
    return x / jnp.where((x != 0) | (jnp.abs(y) > 0), y, 1.0)""",
    "xmuly": """\
def xmuly(x, y):
    return x * jnp.where((x != 0) | jnp.isfinite(y), y, 1.0)""",
    "focal": """\
def focal(x, p, g):
    p = jnp.where((x != 0) | ((p > 0) & (p <= 1)), p, 0.5)
    edge = (p == 0) | (p == 1)
    factor = jnp.where(edge, jnp.where((p == 1) & (g != 0), 0.0, 1.0), (1 - jnp.where(edge, 0.5, p)) ** g)
    return -x * factor * jnp.log(p)""",
    "focal_surprise": """\
def focal_surprise(x, s, g):
    s = jnp.where((x != 0) | ((s >= 0) & (s < jnp.inf)), s, 1.0)
    edge = (s == 0) | (s == jnp.inf)
    factor = jnp.where(edge, jnp.where((s == 0) & (g != 0), 0.0, 1.0), (-jnp.expm1(-jnp.where(edge, 1.0, s))) ** g)
    return x * factor * s""",
    "focal_slope": """\
def focal_slope(x, s, g):
    moderate = jnp.clip(s, 1e-300, 700.0)
    return jnp.where(x == 0, 0.0, x * (-jnp.expm1(-s)) ** g * (1 + g * moderate / jnp.expm1(moderate)))""",
    "power_surprise": """\
def power_surprise(x, p, q):
    p = jnp.where(x == 0, 1.0, p)
    return -x * jnp.expm1(q * jnp.log(p)) / q""",
    "entropy_gap": """\
def entropy_gap(x, y):
    a, b = jnp.where(x == 0, 1.0, x), jnp.where(y == 0, 1.0, y)
    over_x = jnp.where(x == 0, 0.0, x * log1p((y - x) / (2 * a)))
    over_y = jnp.where(y == 0, 0.0, y * log1p((x - y) / (2 * b)))
    return -(over_x + over_y) / 2""",
    "sigmoid": """\
def sigmoid(z):
    return jnp.where(z < -40, jnp.exp(jnp.minimum(z, -40.0)), jax.nn.sigmoid(z))""",
    "logit": """\
def logit(p):
    middle = jnp.abs(p - 0.5) < 0.2
    inner, outer = jnp.where(middle, p, 0.5), jnp.where(middle, 0.1, p)
    near = log1p((2 * inner - 1) / (1 - inner))
    return jnp.where(middle, near, jnp.log(outer) - log1p(-outer))""",
    "log_quotient": """\
def log_quotient(y):
    return jnp.where(y == 1, (3 - y) / 2, jnp.log(y) / jnp.where(y == 1, 2.0, y - 1))""",
    "softplus": """\
def softplus(z):
    return jnp.logaddexp(z, 0.0)""",
    "logistic_loss": """\
def logistic_loss(t, z):
    shares = ((t, jnp.logaddexp(-z, 0.0)), (1 - t, jnp.logaddexp(z, 0.0)))
    return sum(x * jnp.where((x != 0) | jnp.isfinite(y), y, 1.0) for x, y in shares)""",
    "exp_difference": """\
def exp_difference(x, y):
    d = x - y
    part = x - d
    lost = jnp.where(jnp.abs(d + 45) < 754, (x - (d + part)) + (part - y), 0.0)
    return jnp.exp(d) + jnp.exp(jnp.minimum(d, 709.0)) * jax.lax.stop_gradient(lost)""",
    "logsumexp": """\
def logsumexp(*z):  # that of jax.nn rounds what is small beside the largest term to 0
    terms = jnp.sort(jnp.stack(jnp.broadcast_arrays(*z)), axis=0)
    peak = terms[-1]
    near = jnp.abs(peak) < 0.5
    anchor = jnp.where(near, 0.0, peak)
    rest = jnp.sum(jnp.exp(terms[:-1] - anchor), axis=0)
    return anchor + log1p(jnp.expm1(jnp.where(near, peak, 0.0)) + rest)""",
    "refined": """\
def refined(y, *z):  # next to 0 by exponentials of twice as many digits
    x = jnp.maximum(jnp.stack(jnp.broadcast_arrays(*z, y)[:-1]).astype(float), -700.0)
    x = -jnp.sort(-jax.lax.stop_gradient(x), axis=0)
    k = jnp.round(x * 1.4426950408889634)
    part = x - k * 0.6931471805598903  # e^x = 2^k e^(f + rest)
    f = part - k * 5.49792301870721e-14
    rest = ((part - f) - k * 5.49792301870721e-14) - k * 1.1612227229362532e-26
    high = jax.lax.reduce_precision(f, 11, 25)

    def longer(i, state):  # p + lost becomes 22! (e^f - 1), lost being what sums and products round
        p, lost, c = state
        c = c * (22.0 - i)
        s = p + c
        big = jax.lax.reduce_precision(s, 11, 25)
        lost = (lost + (p - (s - c))) * f
        p = s * f
        return p, lost + (((big * high - p) + big * (f - high) + (s - big) * high) + (s - big) * (f - high)), c

    p, lost, c = jax.lax.fori_loop(0, 21, longer, (f, jnp.zeros_like(f), 1.0))
    size = jnp.ldexp(1.0, k.astype(int))
    total, missing = -c, jnp.sum(size * (lost + (c + p) * rest), axis=0)
    for term in (*(size * c), *(size * p)):
        s = total + term
        missing = missing + ((total - (s - (s - total))) + (term - (s - total)))
        total = s
    more = jnp.where((jnp.abs(y) < 0.5) & (x[0] < -1e-280), log1p((total + missing) / c) - y, 0.0)
    return y + jax.lax.stop_gradient(more)""",
    "log_cosh": """\
def log_cosh(x):
    size = jnp.abs(x)
    near, far = jnp.where(size < 1, x, 0.0), jnp.where(size < 1, 1.0, size)
    beyond = far + (jnp.log1p(jnp.exp(-2 * far)) - 0.6931471805599453)
    u = near * near
    more = 1 + u / 90 * (1 + u / 132 * (1 + u / 182 * (1 + u / 240 * (1 + u / 306))))
    rest = u / 2 * (1 + u / 12 * (1 + u / 30 * (1 + u / 56 * more)))
    return jnp.where(size < 1, jnp.log1p(rest), beyond)""",
    "norm": """\
def norm(*x):
    terms = jnp.stack(jnp.broadcast_arrays(*x))
    peak = jax.lax.stop_gradient(jnp.max(jnp.abs(terms), axis=0))
    scale = jnp.where((peak > 0) & (peak < jnp.inf), peak, 1.0)
    squares = jnp.where(peak == 0, 1.0, jnp.sum((terms / scale) ** 2, axis=0))
    return jnp.where(peak == 0, 0.0, scale * jnp.sqrt(squares))""",
    "direction": """\
def direction(*x):
    terms = jnp.stack(jnp.broadcast_arrays(*x))
    peak = jax.lax.stop_gradient(jnp.max(jnp.abs(terms), axis=0))
    scale = jnp.where((peak > 0) & (peak < jnp.inf), peak, 1.0)
    squares = jnp.where(peak == 0, 1.0, jnp.sum((terms / scale) ** 2, axis=0))
    return terms[0] / scale / jnp.sqrt(squares)""",
    "general_robust": "def general_robust(u, alpha):\n"
    + _ROBUST
    + _ROBUST_BELOW
    + """\
    below = jnp.where(tiny, half * (1 + power / 2), jnp.expm1(power) / jnp.where(tiny, 1.0, ratio))
    divisor = jnp.where(inner < 1, 1.0, inner + jnp.where(alpha == 2, 1.0, 0.0))
    above = u / divisor * jnp.exp(exponent) + size / divisor * jnp.expm1(exponent)
    return jnp.where(alpha < 1, below, above)""",
    "general_robust_slope": "def general_robust_slope(u, alpha):\n"
    + _ROBUST
    + """\
    return jnp.exp(exponent) / 2""",
    "general_robust_shape_slope": "def general_robust_shape_slope(u, alpha):\n"
    + _ROBUST
    + _ROBUST_BELOW
    + """\
    bend = (logarithm - u / (size + u)) / 2
    near = jnp.abs(power) < 0.01
    series = 1 / 2 + power * (1 / 3 + power * (1 / 8 + power * (1 / 30 + power * (1 / 144 + power / 840))))
    mean = jnp.where(tiny, 1 + power / 2, jnp.expm1(power) / jnp.where(tiny, 1.0, power))
    steepness = jnp.where(near, series, (jnp.exp(power) - mean) / jnp.where(near, 1.0, power))
    below = half * steepness * (logarithm + ratio * u / (size + u)) / 2 - bend * mean
    divisor = jnp.where(inner < 1, 1.0, inner)
    tilt = 2 * jnp.sign(inner - 2) / divisor * jnp.expm1(exponent)
    above = (jnp.exp(exponent) * ((u + size) * bend - u / divisor) + tilt) / divisor
    at_edge = jnp.where((alpha == 2) & (u != 0), jnp.inf, 0.0)
    return jnp.where(edge, at_edge, jnp.where(inner < 1, below, above))""",
    "shift": """\
def shift(*z):
    return jax.lax.stop_gradient(jnp.max(jnp.stack(jnp.broadcast_arrays(*z)), axis=0))""",
    "argmax": """\
def argmax(*values):
    return jnp.argmax(jnp.stack(jnp.broadcast_arrays(*values)), axis=0)""",
    "positive": """\
def positive(z):
    return jnp.where(z > 0, 1.0, 0.0)""",
    "relu": """\
def relu(z):
    return jax.nn.relu(z)""",
    "leaky_relu": """\
def leaky_relu(z):
    return jnp.where(z > 0, z, 0.01 * z)""",
    "same": """\
def same(x, y):
    return jnp.where(x == y, 1.0, 0.0)""",
    "below": """\
def below(x, y):
    return jnp.where(x < y, 1.0, 0.0)""",
    "at_most": """\
def at_most(x, y):
    return jnp.where(x <= y, 1.0, 0.0)""",
    "trigamma": """\
def trigamma(x):
    return jax.scipy.special.polygamma(1.0, x)""",
    "tetragamma": """\
def tetragamma(x):
    return jax.scipy.special.polygamma(2.0, x)""",
    "where": """\
def where(holds, then, otherwise, *given):  # no slope comes out of a branch where it is not taken, not even NaN
    still = [jax.lax.stop_gradient(x) for x in given]
    a = then(*(jnp.where(holds, x, s) for x, s in zip(given, still)))
    b = otherwise(*(jnp.where(holds, s, x) for x, s in zip(given, still)))
    return jnp.where(holds, a, b)""",
}
"""All but `least_focal`, and what jax.numpy has itself.

`jnp.where` puts in a number where 0 is multiplied by what has no finite value, and only there: elsewhere 0 has its slope.
"""


def with_log1p(sources: list[str], own: str) -> list[str]:
    """Return sources with that of log1p before them if one calls it."""
    return [own, *sources] if any(re.search(r"(?<![.\w])log1p\(", source) for source in sources) else sources


class _JAX(Autograd):
    language = "JAX"
    known_functions = usual("jnp.", **python.ARRAY_FUNCTIONS) | {
        "erf": "jax.scipy.special.erf",
        "erfc": "jax.scipy.special.erfc",
        "gamma_function": "jax.scipy.special.gamma",
        "lgamma": "jax.scipy.special.gammaln",
        "digamma": "jax.scipy.special.digamma",
    }
    sources = SOURCES
    constants = {"Infinity": "jnp.inf", "NaN": "jnp.nan", "Pi": "jnp.pi", "Exp1": "jnp.e"}
    choice = "jnp.where({}, {}, {})"
    words = python.WORDS | {"jax", "jnp", "log1p"}

    def helpers(self) -> list[str]:
        """Return the sources of what is called, and of what they call."""
        return with_log1p(super().helpers(), LOG1P)


_IMPORTS = """\
import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)"""


def code(program: Program, name: str = "loss", outputs: Sequence[str] = ()) -> str:
    """Return a function of numbers or arrays with all that it calls, ready to paste: to the output, or a dict of outputs.

    Raises
    ------
    NotImplementedError
        If a step calls a function that has no JAX source.
    """
    printer = _JAX(program.symbols, name)
    function = in_python(printer, program, name, outputs)
    body = "\n\n\n".join([*printer.helpers(), function])
    imports = _IMPORTS.replace("\n\n", "\nimport jax.scipy.special\n\n", 1) if "jax.scipy.special." in body else _IMPORTS
    return f"{imports}\n\n\n{body}\n"
