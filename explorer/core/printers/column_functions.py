"""Functions that SQL lacks or raises errors in, written in Python for `columns` to translate.

A name in capitals is SQL's own function, `//` its own division. None of them fails for any number, and a missing one makes the
result missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import factorial

from explorer.core.printers import column_specials

_ROBUST = """
    edge = alpha == 2 or alpha == inf or alpha == -inf
    size = 1 if edge else abs(alpha - 2)
    z = 0 if edge else u // size
    logarithm = log1p(z) if z < 1e17 else log(u) - log(size)
    half = u / 2 * (1 - z / 2) if abs(z) < 1e-8 else size / 2 * logarithm
    exponent = 0 if alpha == 2 else -half if alpha < 2 else half
"""
"""What the functions of Barron's general loss begin with."""
_ROBUST_BELOW = """
    ratio = (-1 if alpha < 0 else 1) if edge else alpha // size
    power = 0 if alpha == 0 else ratio * half
"""
"""What those begin with besides that are another formula for shapes below 1."""


def _head(name: str, count: int) -> tuple[str, list[str]]:
    names = [f"z{k}" for k in range(count)]
    return f"def {name}({', '.join(names)}):", names


def _largest(names: Sequence[str]) -> str:
    return f"GREATEST({', '.join(names)})" if len(names) > 1 else names[0]


def _place(names: Sequence[str]) -> str:
    """The place of the largest, which `peak` is."""
    return " else ".join([*(f"{k} if {name} == peak" for k, name in enumerate(names[:-1])), str(len(names) - 1)])


def _shift(count: int) -> str:
    head, names = _head("shift", count)
    return f"{head}\n    return {_largest(names)}"


def _argmax(count: int) -> str:
    head, names = _head("argmax", count)
    return f"{head}\n    peak = {_largest(names)}\n    return {_place(names)}"


def _logsumexp(count: int) -> str:
    head, names = _head("logsumexp", count)
    rest = " + ".join(f"(0 if place == {k} else exp({name} - anchor))" for k, name in enumerate(names))
    near = "    anchor = 0 if abs(peak) < 0.5 else peak\n    more = expm1(peak) if abs(peak) < 0.5 else 0"
    peak = f"    peak = {_largest(names)}\n    place = {_place(names)}"
    return f"{head}\n{peak}\n{near}\n    return anchor + log1p_of_positive(more + {rest})"


def _refined(count: int) -> str:
    """As the other languages have it, without loops."""
    head, (y, *z) = _head("refined", count)
    lines = [f"peak = {_largest(z)}", f"place = {_place(z)}"]
    terms, missing = [f"-{factorial(22)}"], []
    for j, name in enumerate(z, 1):
        x = "peak" if j == 1 else f"({z[0]} if place == {j - 1} else {name})"
        lines += [
            f"x{j} = min(max({x}, -700), 1)",
            f"k{j} = FLOOR(x{j} * 1.4426950408889634 + 0.5)",
            f"part{j} = x{j} - k{j} * 0.6931471805598903",
            f"f{j} = part{j} - k{j} * 5.49792301870721e-14",
            f"rest{j} = part{j} - f{j} - k{j} * 5.49792301870721e-14 - k{j} * 1.1612227229362532e-26",
            f"high{j} = 134217729 * f{j} - (134217729 * f{j} - f{j})",
        ]
        p, lost = f"f{j}", ""
        for n in range(22, 1, -1):
            c = factorial(22) // factorial(n - 1)
            if n > 13:  # what these round is nothing
                p = f"({p} + {c}) * f{j}"
                continue
            lines += [f"p{j}_{n} = {p}", f"s{j}_{n} = p{j}_{n} + {c}"]
            p = f"s{j}_{n} * f{j}"
            lost = f"({lost}(p{j}_{n} - (s{j}_{n} - {c}))) * f{j} + product_rest(s{j}_{n}, f{j}, high{j}) + "
        lines += [f"p{j} = {p}", f"size{j} = POWER(2, k{j})"]
        terms += [f"size{j} * {c}", f"size{j} * p{j}"]
        missing.append(f"size{j} * ({lost}({c} + p{j}) * rest{j})")
    lines += [f"term{k} = {term}" for k, term in enumerate(terms)]
    for k in range(1, len(terms)):
        before = f"sum{k - 1}" if k > 1 else "term0"
        lines += [f"sum{k} = {before} + term{k}"]
        missing.append(f"sum_rest({before}, term{k}, sum{k})")
    whole = f"(sum{len(terms) - 1} + ({' + '.join(missing)})) // {factorial(22)}"
    lines += [f"whole = {whole}", f"return log1p(whole) if abs({y}) < 0.5 and peak < -1e-280 else {y}"]
    return "\n    ".join([head, *lines])


def _norm(count: int) -> str:
    head, names = _head("norm", count)
    sizes = _largest([f"abs({name})" for name in names])
    rest = " + ".join(f"({name} // size) * ({name} // size)" for name in names)
    return f"{head}\n    size = {sizes}\n    return size if size == 0 or size == inf else size * SQRT({rest})"


def _direction(count: int) -> str:
    head, names = _head("direction", count)
    return f"{head}\n    return 0 if z0 == 0 else z0 / norm({', '.join(names)})"


SOURCES: dict[str, str | Callable[[int], str]] = {
    "xlogy": "def xlogy(x, y): return 0 if x == 0 else x * log(y)",
    "xlog1py": "def xlog1py(x, y): return 0 if x == 0 else x * log1p(y)",
    "xdivy": "def xdivy(x, y): return 0 if x == 0 else x / y",
    "xmuly": "def xmuly(x, y): return 0 if x == 0 else x * y",
    "focal": "def focal(x, p, g): return 0 if x == 0 else -x * (1 - p)**g * log(p)",
    "focal_surprise": "def focal_surprise(x, s, g): return 0 if x == 0 else x * s * (-expm1(-s))**g",
    "focal_slope": """
def focal_slope(x, s, g):
    moderate = min(max(s, 1e-300), 700)
    return 0 if x == 0 else x * (-expm1(-s))**g * (1 + g * moderate // expm1(moderate))""",
    "power_surprise": "def power_surprise(x, p, q): return 0 if x == 0 else -x * expm1(q * log(p)) / q",
    "entropy_gap": """
def entropy_gap(x, y):
    over_x = 0 if x == 0 else x * log1p((y - x) / (2 * x))
    over_y = 0 if y == 0 else y * log1p((x - y) / (2 * y))
    return -(over_x + over_y) / 2""",
    "sigmoid": "def sigmoid(z): return exp(z) if z < -700 else 1 // (1 + exp(-z))",
    "logit": """
def logit(p):
    near = log1p_of_positive((2 * p - 1) // (1 - p))
    return near if abs(p - 0.5) < 0.2 else log(p) - log1p(-p)""",
    "log_quotient": "def log_quotient(y): return 1 if y == 1 else log(y) // (y - 1)",
    "softplus": "def softplus(z): return max(z, 0) + log1p_of_positive(exp(-abs(z)))",
    "logistic_loss": """
def logistic_loss(t, z):
    against = 1 - t if z > 0 else t
    return (0 if against == 0 else against * abs(z)) + log1p_of_positive(exp(-abs(z)))""",
    "exp_difference": """
def exp_difference(x, y):
    d = x - y
    part = x - d
    lost = (x - (d + part)) + (part - y)
    return exp(d) + (exp(d) * lost if abs(d + 45) < 754 else 0)""",
    "logsumexp": _logsumexp,
    "refined": _refined,
    "expm1": "def expm1(x): return exp(x) - 1 if abs(x) > 1 else x if abs(x) < 1e-17 else 2 * SINH(x / 2) * EXP(x / 2)",
    "log_cosh": """
def log_cosh(x):
    size = abs(x)
    u = min(size, 1)**2
    more = 1 + u / 90 * (1 + u / 132 * (1 + u / 182 * (1 + u / 240 * (1 + u / 306))))
    rest = u / 2 * (1 + u / 12 * (1 + u / 30 * (1 + u / 56 * more)))
    far = size + (log1p_of_positive(exp(-2 * size)) - 0.6931471805599453)
    return log1p_of_positive(rest) if size < 1 else far""",
    "log_cosh_slope": "def log_cosh_slope(x): return tanh(x)",
    "norm": _norm,
    "direction": _direction,
    "general_robust": f"""
def general_robust(u, alpha):{_ROBUST}{_ROBUST_BELOW}
    below = half * (1 + power / 2) if abs(power) < 1e-8 else expm1(power) / ratio
    above = u / alpha * exp(exponent) + size / alpha * expm1(exponent)
    return below if alpha < 1 or u == inf else above""",
    "general_robust_slope": f"""
def general_robust_slope(u, alpha):{_ROBUST}
    return exp(exponent) / 2""",
    "general_robust_shape_slope": f"""
def general_robust_shape_slope(u, alpha):{_ROBUST}{_ROBUST_BELOW}
    bend = (logarithm - u / (size + u)) / 2
    mean = 1 + power / 2 if abs(power) < 1e-8 else expm1(power) / power
    series = 1 / 2 + power * (1 / 3 + power * (1 / 8 + power * (1 / 30 + power * (1 / 144 + power / 840))))
    steepness = series if abs(power) < 0.01 else (exp(power) - mean) / power
    below = half * steepness * (logarithm + ratio * u / (size + u)) / 2 - bend * mean
    tilt = (-2 if alpha < 2 else 2) / alpha * expm1(exponent)
    above = (exp(exponent) * ((u + size) * bend - u / alpha) + tilt) / alpha
    inner = below if alpha < 1 else above
    return (inf if alpha == 2 and u != 0 else 0) if edge else inner""",
    "shift": _shift,
    "argmax": _argmax,
    "positive": "def positive(z): return 1 if z > 0 else 0 if z <= 0 else z",
    "relu": "def relu(z): return 0 if z < 0 else z",
    "leaky_relu": "def leaky_relu(z): return 0.01 * z if z < 0 else z",
    "same": "def same(x, y): return 1 if x == y else 0 if x != y else x + y",
    "below": "def below(x, y): return 1 if x < y else 0 if x >= y else x + y",
    "at_most": "def at_most(x, y): return 1 if x <= y else 0 if x > y else x + y",
    "where": "def where(condition, a, b): return a if condition != 0 else b if condition == 0 else condition",
    "absolute": "def absolute(x): return ABS(x)",
    "signum": "def signum(x): return 1 if x > 0 else -1 if x < 0 else x",
    "maximum": "def maximum(x, y): return x if x >= y else y if x < y else x + y",
    "minimum": "def minimum(x, y): return x if x <= y else y if x > y else x + y",
}
SOURCES |= column_specials.SOURCES
"""All but `least_focal`: a function of any number of arguments by how many there are."""

FLOATS: dict[str, str] = {
    "exp": "def exp(x): return EXP(x)",
    "log": "def log(x): return LN(x)",
    "sqrt": "def sqrt(x): return SQRT(x)",
    "power": "def power(x, y): return POWER(x, y)",
    "divide": "def divide(x, y): return x // y",
}
"""What floats do by themselves: infinity and NaN instead of an error."""

GUARDED: dict[str, str] = {
    "exp": "def exp(x): return 0 if x < -708.39 else x + inf if x > 709.78 else EXP(x)",
    "log": "def log(x): return -inf if x == 0 else nan if x < 0 else LN(x)",
    "sqrt": "def sqrt(x): return nan if x < 0 else SQRT(x)",
    "power": """
def power(x, y):
    size = y * LN(NULLIF(ABS(x), 0))
    return (1 if y == 0 else inf if x == 0 and y < 0 else nan if x < 0 and y != FLOOR(y)
        else POWER(SIGN(x), y) * inf if size > 709.78 else 0 if size < -708.39 else POWER(x, y))""",
    "divide": "def divide(x, y): return x * inf if y == 0 else x // y",
}
"""The same, of what raises an error or makes NULL of it; the sign of a zero that divides is lost."""

ALWAYS: dict[str, str] = {
    "log1p": "def log1p(x): return -inf if x == -1 else nan if x < -1 else x if x == inf else log1p_of_positive(x)",
    "product_rest": """
def product_rest(s, f, high):
    p = s * f
    big = 134217729 * s - (134217729 * s - s)
    return ((big * high - p) + big * (f - high) + (s - big) * high) + (s - big) * (f - high)""",
    "sum_rest": "def sum_rest(x, y, s): return (x - (s - (s - x))) + (y - (s - x))",
    "log1p_of_positive": "def log1p_of_positive(x): return LN(1 + x) + (x - ((1 + x) - 1)) // (1 + x)",
    "abs": "def abs(x): return ABS(x)",
    "sign": "def sign(x): return signum(x)",
    "max": "def max(x, y): return maximum(x, y)",
    "min": "def min(x, y): return minimum(x, y)",
    "floor": "def floor(x): return FLOOR(x)",
    "ceil": "def ceil(x): return CEIL(x)",
    **{f: f"def {f}(x): return {f.upper()}(x) if ABS(x) < inf else x - x" for f in ("sin", "cos", "tan")},
    **{f: f"def {f}(x): return {f.upper()}(x)" for f in ("sinh", "cosh", "tanh", "atan", "asinh")},
    **{f: f"def {f}(x): return nan if ABS(x) > 1 else {f.upper()}(x)" for f in ("asin", "acos")},
    "acosh": "def acosh(x): return nan if x < 1 else ACOSH(x)",
    "atanh": "def atanh(x): return nan if ABS(x) > 1 else x * inf if ABS(x) == 1 else ATANH(x)",
    **column_specials.HELPERS,
}
"""What is the same everywhere.

ln(1 + x) is ln u of the float u next to 1 + x, and what u lacks over u: precise for every x that is finite.
"""
