"""Julia, as its Base has it from version 1.6 on: programs as functions of real numbers.

The error and the gamma function are those of its package SpecialFunctions.

Where other languages have NaN because a logarithm, a root or a power has no real value, Julia raises DomainError.
"""

from __future__ import annotations

from collections.abc import Sequence

from explorer.core.expressions.code import Code, indented, usual
from explorer.core.program import Program

_ROBUST = """\
    edge = alpha == 2 || isinf(alpha)
    size = edge ? 1.0 : abs(alpha - 2)
    z = edge ? 0.0 : u / size
    logarithm = z < 1e17 ? log1p(z) : log(u) - log(size)
    half = abs(z) < 1e-8 ? u / 2 * (1 - z / 2) : size / 2 * logarithm
    exponent = alpha == 2 ? 0.0 : sign(alpha - 2) * half
"""
"""What the functions of Barron's general loss begin with."""
_ROBUST_BELOW = """\
    ratio = edge ? sign(alpha) : alpha / size
    power = alpha == 0 ? 0.0 : ratio * half
"""
"""What those begin with besides that are another formula for shapes below 1."""

SOURCES: dict[str, str] = {
    "xlogy": "xlogy(x, y) = x == 0 ? 0.0 : x * log(y)",
    "xlog1py": "xlog1py(x, y) = x == 0 ? 0.0 : x * log1p(y)",
    "xdivy": "xdivy(x, y) = x == 0 ? 0.0 : x / y",
    "xmuly": "xmuly(x, y) = x == 0 ? 0.0 : x * y",
    "focal": "focal(x, p, g) = x == 0 ? 0.0 : -x * (1 - p)^g * log(p)",
    "focal_surprise": "focal_surprise(x, s, g) = x == 0 ? 0.0 : x * s * (-expm1(-s))^g",
    "focal_slope": """\
function focal_slope(x, s, g)
    moderate = clamp(s, 1e-300, 700.0)
    return x == 0 ? 0.0 : x * (-expm1(-s))^g * (1 + g * moderate / expm1(moderate))
end""",
    "power_surprise": "power_surprise(x, p, q) = x == 0 ? 0.0 : -x * expm1(q * log(p)) / q",
    "entropy_gap": """\
function entropy_gap(x, y)
    over_x = x == 0 ? 0.0 : x * log1p((y - x) / (2 * x))
    over_y = y == 0 ? 0.0 : y * log1p((x - y) / (2 * y))
    return -(over_x + over_y) / 2
end""",
    "sigmoid": "sigmoid(z) = z < -700 ? exp(z) : 1 / (1 + exp(-z))",
    "logit": "logit(p) = abs(p - 0.5) < 0.2 ? log1p((2 * p - 1) / (1 - p)) : log(p) - log1p(-p)",
    "log_quotient": "log_quotient(y) = y == 1 ? 1.0 : log(y) / (y - 1)",
    "softplus": "softplus(z) = max(z, 0.0) + log1p(exp(-abs(z)))",
    "logistic_loss": """\
function logistic_loss(t, z)
    against = z > 0 ? 1 - t : t
    return (against == 0 ? 0.0 : against * abs(z)) + log1p(exp(-abs(z)))
end""",
    "exp_difference": """\
function exp_difference(x, y)
    d = x - y
    part = x - d
    return exp(d) + (abs(d + 45) < 754 ? exp(d) * ((x - (d + part)) + (part - y)) : 0.0)
end""",
    "logsumexp": """\
function logsumexp(z...)
    terms = sort([z...])
    peak = terms[end]
    anchor = abs(peak) < 0.5 ? 0.0 : peak
    more = abs(peak) < 0.5 ? expm1(peak) : 0.0
    return anchor + log1p(more + sum(exp.(terms[1:end-1] .- anchor)))
end""",
    "refined": """\
function refined(y, z...)
    return y isa AbstractFloat && abs(y) < 0.5 ? oftype(y, log(sum(exp.(big.(z))))) : y
end""",
    "log_cosh": """\
function log_cosh(x)
    size = abs(x)
    u = min(size, 1.0)^2
    more = 1 + u / 90 * (1 + u / 132 * (1 + u / 182 * (1 + u / 240 * (1 + u / 306))))
    rest = u / 2 * (1 + u / 12 * (1 + u / 30 * (1 + u / 56 * more)))
    return size < 1 ? log1p(rest) : size + (log1p(exp(-2 * size)) - log(2.0))
end""",
    "direction": "direction(x, others...) = x == 0 ? 0.0 : x / hypot(x, others...)",
    "general_robust": "function general_robust(u, alpha)\n"
    + _ROBUST
    + _ROBUST_BELOW
    + """\
    below = abs(power) < 1e-8 ? half * (1 + power / 2) : expm1(power) / ratio
    above = u / alpha * exp(exponent) + size / alpha * expm1(exponent)
    return alpha < 1 || isinf(u) ? below : above
end""",
    "general_robust_slope": "function general_robust_slope(u, alpha)\n"
    + _ROBUST
    + """\
    return exp(exponent) / 2
end""",
    "general_robust_shape_slope": "function general_robust_shape_slope(u, alpha)\n"
    + _ROBUST
    + _ROBUST_BELOW
    + """\
    bend = (logarithm - u / (size + u)) / 2
    mean = abs(power) < 1e-8 ? 1 + power / 2 : expm1(power) / power
    series = 1 / 2 + power * (1 / 3 + power * (1 / 8 + power * (1 / 30 + power * (1 / 144 + power / 840))))
    steepness = abs(power) < 0.01 ? series : (exp(power) - mean) / power
    below = half * steepness * (logarithm + ratio * u / (size + u)) / 2 - bend * mean
    tilt = 2 * sign(alpha - 2) / alpha * expm1(exponent)
    above = (exp(exponent) * ((u + size) * bend - u / alpha) + tilt) / alpha
    inner = alpha < 1 ? below : above
    at_edge = alpha == 2 ? (u == 0 ? 0.0 : Inf) : 0.0
    return edge ? at_edge : inner
end""",
    "shift": "shift(z...) = max(z...)",
    "argmax": "index_of_largest(values...) = argmax(values) - 1",
    "positive": "positive(z) = z > 0 ? 1.0 : 0.0",
    "relu": "relu(z) = z < 0 ? 0.0 : z",
    "leaky_relu": "leaky_relu(z) = z < 0 ? 0.01 * z : z",
    "same": "same(x, y) = x == y ? 1.0 : 0.0",
    "below": "below(x, y) = x < y ? 1.0 : 0.0",
    "at_most": "at_most(x, y) = x <= y ? 1.0 : 0.0",
    "lgamma": "lgamma(x) = SpecialFunctions.logabsgamma(x)[1]",
    "tetragamma": "tetragamma(x) = SpecialFunctions.polygamma(2, x)",
}
"""All but `least_focal`, and what Base has itself."""

_WORDS = frozenset(
    """baremodule begin break catch const continue do else elseif end export false finally for function global if import in isa
    let local macro module quote return struct true try using where while abstract mutable primitive type
    log1p expm1 isinf clamp sort sum big oftype AbstractFloat""".split()  # noqa: SIM905
)


class _Julia(Code):
    language = "Julia"
    known_functions = usual(norm="hypot") | {
        "erf": "SpecialFunctions.erf",
        "erfc": "SpecialFunctions.erfc",
        "gamma_function": "SpecialFunctions.gamma",
        "digamma": "SpecialFunctions.digamma",
        "trigamma": "SpecialFunctions.trigamma",
    }
    sources = SOURCES
    constants = {"Infinity": "Inf", "NaN": "NaN", "Pi": "pi", "Exp1": "exp(1)"}
    words = _WORDS
    power = "^"
    definition = "{name}({arguments}) = {body}"

    def spelled(self, function: str) -> str:
        """Return what the language calls a stable function."""
        return "index_of_largest" if function == "argmax" else function  # Base's own counts from 1


def code(program: Program, name: str = "loss", outputs: Sequence[str] = ()) -> str:
    """Return a function of real numbers with all that it calls, ready to paste: to the output, or a NamedTuple of outputs.

    A name has an underscore at its end where the language has taken it, in the NamedTuple as well.
    """
    printer = _Julia(program.symbols, name)
    arguments = ", ".join(printer.names[s.name] for s in program.inputs)
    given = [printer.names[output] for output in outputs]
    returned = f"(; {', '.join(f'{x} = {x}' for x in given)})" if outputs else printer.names[program.output.name]
    lines = [*printer.assign(program.needed(outputs or [program.output])), f"return {returned}"]
    parts = [*printer.helpers(), f"function {name}({arguments})\n{indented(lines, '    ')}\nend"]
    imports = ["import SpecialFunctions"] if any("SpecialFunctions." in part for part in parts) else []
    return "\n\n".join([*imports, *parts]) + "\n"
