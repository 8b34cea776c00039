"""JAX: programs as functions of arrays that jax.grad can differentiate, jax.jit compile and jax.vmap map."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explorer.core.expressions import python
from explorer.core.expressions.code import usual
from explorer.core.printers.alike import alike
from explorer.core.printers.python import Autograd
from explorer.core.printers.python import function as in_python
from explorer.core.program import Program

LOG1P = """\
def log1p(y):  # that of XLA loses two digits from -1/2 to -1/4
    middle = (y > -0.5) & (y < -0.25)
    return jnp.where(middle, jnp.log(1 + jnp.where(middle, y, -0.3)), jnp.log1p(jnp.where(middle, 0.0, y)))"""
"""What the sources call where they need ln(1 + y)."""

SOURCES: dict[str, str] = alike("jnp.") | {
    "xlog1py": """\
def xlog1py(x, y):
    return x * log1p(jnp.where((x != 0) | ((y > -1) & (y < jnp.inf)), y, 0.0))""",
    "focal_slope": """\
def focal_slope(x, s, g):
    moderate = jnp.clip(s, 1e-300, 700.0)
    return jnp.where(x == 0, 0.0, x * (-jnp.expm1(-s)) ** g * (1 + g * moderate / jnp.expm1(moderate)))""",
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
    "shift": """\
def shift(*z):
    return jax.lax.stop_gradient(jnp.max(jnp.stack(jnp.broadcast_arrays(*z)), axis=0))""",
    "argmax": """\
def argmax(*values):
    return jnp.argmax(jnp.stack(jnp.broadcast_arrays(*values)), axis=0)""",
    "relu": """\
def relu(z):
    return jax.nn.relu(z)""",
    "leaky_relu": """\
def leaky_relu(z):
    return jnp.where(z > 0, z, 0.01 * z)""",
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
