"""The functions that may be typed, by every name that Python's libraries and the Wolfram Language have for them.

To allow a function: list it in CALLS with how many arguments it takes and what they are put together to.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from sympy import Expr, FiniteSet, Function, Integer, S, cosh, exp, log

from explorer.core.algebra.building import ELEMENTARY, Builder, Refused
from explorer.core.functions import (
    FUNCTIONS,
    SPECIAL,
    Composed,
    absolute,
    argmax,
    chained,
    digamma,
    erf,
    erfc,
    expm1,
    gamma_function,
    least_focal,
    lgamma,
    logsumexp,
    maximum,
    minimum,
    norm,
    positive,
    relu,
    same,
    sigmoid,
    signum,
    softplus,
    tetragamma,
    trigamma,
    xlogy,
)

LARGEST_FACTORIAL = 170
"""Of what whole number the factorial is still a float."""

Make = Callable[..., Expr]
"""Puts a function together: takes a Builder and the arguments."""


class Call(NamedTuple):
    """A function that may be typed: the least and the greatest number of arguments, and what makes it."""

    least: int
    most: float
    make: Make


def _plain(function: type[Function]) -> Make:
    return lambda build, *arguments: build.call(function, *arguments)


def _chain(function: type[Function]) -> Make:
    """A function of two arguments, for more."""
    return lambda build, *arguments: chained(partial(build.call, function), arguments)


def _stable(function: type[Function]) -> Call:
    if isinstance(function.nargs, FiniteSet):
        return Call(int(min(function.nargs)), int(max(function.nargs)), _plain(function))
    return Call(1, math.inf, _plain(function))


def _logarithm(build: Builder, x: Expr, base: Expr | None = None) -> Expr:
    above = build.call(log, x)
    return above if base is None else divided(build, above, build.call(log, base))


def negative(build: Builder, x: Expr) -> Expr:
    """-x."""
    return build.multiply([S.NegativeOne, x])


def less(build: Builder, x: Expr, y: Expr) -> Expr:
    """x - y."""
    return build.add([x, negative(build, y)])


def divided(build: Builder, x: Expr, y: Expr) -> Expr:
    """x / y."""
    return build.multiply([x, build.power(y, S.NegativeOne)])


def _clipped(build: Builder, x: Expr, low: Expr, high: Expr) -> Expr:
    return build.call(minimum, build.call(maximum, x, low), high)


def _log_sigmoid(build: Builder, x: Expr) -> Expr:
    return negative(build, build.call(softplus, negative(build, x)))


def _relative_entropy(build: Builder, x: Expr, y: Expr) -> Expr:
    return build.call(xlogy, x, divided(build, x, y))


def _factorial(build: Builder, x: Expr) -> Expr:
    """Return the factorial: of a whole number its own, as far as a number may go."""
    if x.is_Integer and 0 <= x <= LARGEST_FACTORIAL:
        return Integer(math.factorial(int(x)))
    return build.call(gamma_function, build.add([S.One, x]))


def _polygamma(build: Builder, order: Expr, x: Expr) -> Expr:
    if order not in (0, 1, 2):
        raise Refused("polygamma is known here for the orders 0, 1 and 2")
    return build.call((digamma, trigamma, tetragamma)[int(order)], x)


def _normal(build: Builder, x: Expr) -> Expr:
    """How likely a normal number is below x: erfc(-x / sqrt(2)) / 2."""
    return build.multiply([S.Half, build.call(erfc, negative(build, divided(build, x, build.power(Integer(2), S.Half))))])


def _step(build: Builder, x: Expr, at_zero: Expr) -> Expr:
    zero = build.multiply([at_zero, build.call(same, x, S.Zero)])
    return build.add([build.call(positive, x), zero])


_BY_NAME = {
    function.__name__: function
    for function in (*FUNCTIONS, *SPECIAL)
    if function not in (least_focal, argmax) and not issubclass(function, Composed)
}


def function(name: str) -> type[Function]:
    """Return a stable function by its name.

    Raises
    ------
    Refused
        If there is none.
    """
    if name not in _BY_NAME:
        raise Refused(f"{name} is not a function known here")
    return _BY_NAME[name]


CALLS: dict[str, Call] = {name: _stable(made) for name, made in _BY_NAME.items()}
for _function in ELEMENTARY:
    _name = _function.__name__
    _inverse = _name.removeprefix("a") if _name.startswith("a") else ""
    for _spelled in (f"arc{_inverse}", f"Arc{_inverse.capitalize()}") if _inverse else (_name.capitalize(),):
        CALLS[_name] = CALLS[_spelled] = Call(1, 1, _plain(_function))
for _names, _function in (
    (("abs", "Abs", "fabs"), absolute),
    (("sign", "Sign", "sgn"), signum),
    (("sigma", "LogisticSigmoid", "expit", "Sigmoid", "logistic"), sigmoid),
    (("Ramp", "ReLU", "Relu", "relu"), relu),
    (("hypot", "Norm"), norm),
    (("Softplus", "softplus"), softplus),
    (("KroneckerDelta",), same),
):
    CALLS |= dict.fromkeys(_names, _stable(_function))
for _names, _function in (
    (("Erf",), erf),
    (("Erfc",), erfc),
    (("gamma", "Gamma", "tgamma"), gamma_function),
    (("gammaln", "loggamma", "LogGamma"), lgamma),
    (("psi", "digamma"), digamma),
):
    CALLS |= dict.fromkeys(_names, _stable(_function))
CALLS |= {
    **dict.fromkeys(("log", "ln"), Call(1, 2, _logarithm)),
    "Log": Call(1, 2, lambda build, *x: _logarithm(build, *reversed(x))),
    **dict.fromkeys(("log2", "Log2"), Call(1, 1, lambda build, x: _logarithm(build, x, Integer(2)))),
    **dict.fromkeys(("log10", "Log10"), Call(1, 1, lambda build, x: _logarithm(build, x, Integer(10)))),
    "log1p": Call(1, 1, lambda build, x: _logarithm(build, build.add([S.One, x]))),
    **dict.fromkeys(("sqrt", "Sqrt"), Call(1, 1, lambda build, x: build.power(x, S.Half))),
    "rsqrt": Call(1, 1, lambda build, x: build.power(x, -S.Half)),
    **dict.fromkeys(("pow", "Power", "power"), Call(2, 2, Builder.power)),
    "square": Call(1, 1, lambda build, x: build.power(x, Integer(2))),
    "reciprocal": Call(1, 1, lambda build, x: build.power(x, S.NegativeOne)),
    "exp2": Call(1, 1, lambda build, x: build.power(Integer(2), x)),
    **dict.fromkeys(("max", "Max", "fmax"), Call(2, math.inf, _chain(maximum))),
    **dict.fromkeys(("min", "Min", "fmin"), Call(2, math.inf, _chain(minimum))),
    "Plus": Call(1, math.inf, lambda build, *x: build.add(x)),
    **dict.fromkeys(("add",), Call(2, 2, lambda build, *x: build.add(x))),
    "Times": Call(1, math.inf, lambda build, *x: build.multiply(x)),
    **dict.fromkeys(("multiply", "mul"), Call(2, 2, lambda build, *x: build.multiply(x))),
    **dict.fromkeys(("subtract", "sub", "Subtract"), Call(2, 2, less)),
    **dict.fromkeys(("divide", "div", "Divide", "true_divide"), Call(2, 2, divided)),
    **dict.fromkeys(("negative", "neg", "Minus"), Call(1, 1, negative)),
    **dict.fromkeys(("squared_difference",), Call(2, 2, lambda build, x, y: build.power(less(build, x, y), Integer(2)))),
    **dict.fromkeys(("clip", "clamp", "clip_by_value", "Clip"), Call(3, 3, _clipped)),
    **dict.fromkeys(("clamp_min", "clip_min"), Call(2, 2, _plain(maximum))),
    **dict.fromkeys(("clamp_max", "clip_max"), Call(2, 2, _plain(minimum))),
    **dict.fromkeys(("reduce_logsumexp",), Call(1, math.inf, _plain(logsumexp))),
    "logaddexp": Call(2, 2, _plain(logsumexp)),
    **dict.fromkeys(("logsigmoid", "log_sigmoid", "log_expit", "LogSigmoid"), Call(1, 1, _log_sigmoid)),
    **dict.fromkeys(("silu", "swish"), Call(1, 1, lambda build, x: build.multiply([x, build.call(sigmoid, x)]))),
    "rel_entr": Call(2, 2, _relative_entropy),
    "kl_div": Call(2, 2, lambda build, x, y: build.add([_relative_entropy(build, x, y), less(build, y, x)])),
    "entr": Call(1, 1, lambda build, x: negative(build, build.call(xlogy, x, x))),
    "Expm1": Call(1, 1, _plain(expm1)),
    **dict.fromkeys(("polygamma", "PolyGamma"), Call(2, 2, _polygamma)),
    **dict.fromkeys(("sech", "Sech"), Call(1, 1, lambda build, x: build.power(build.call(cosh, x), S.NegativeOne))),
    **dict.fromkeys(("ndtr", "Phi"), Call(1, 1, _normal)),
    "log_ndtr": Call(1, 1, lambda build, x: build.call(log, _normal(build, x))),
    "heaviside": Call(2, 2, _step),
    "Heaviside": Call(1, 2, lambda build, x, at_zero=S.Half: _step(build, x, at_zero)),
    **dict.fromkeys(("UnitStep", "HeavisideTheta"), Call(1, 1, lambda build, x: _step(build, x, S.One))),
}
"""Name -> what may be called by it; several names may mean the same."""
FACTORIAL = ("factorial", "Factorial")
CALLS |= dict.fromkeys(FACTORIAL, Call(1, 1, _factorial))
"""What n! is called; it is gamma(n + 1)."""
ALSO_SYMBOLS = frozenset(
    {
        "sigma",
        "Phi",
        "gamma",
        "psi",
        "mean",
        "sum",
        "average",
        "square",
        "power",
        "negative",
        "where",
        "neg",
        "sgn",
        "add",
        "sub",
        "mul",
        "div",
        "lt",
        "le",
        "gt",
        "ge",
        "eq",
        "ne",
        "Lt",
        "Le",
        "Gt",
        "Ge",
        "Eq",
        "Ne",
        "less",
        "greater",
        "equal",
    }
)
"""Functions whose names are symbols where no bracket follows."""


def softmax_entry(build: Builder, logits: tuple[Expr, ...], place: int) -> Expr:
    """The probability at a place of a softmax, counted from 0: e^(z - logsumexp)."""
    return build.call(exp, log_softmax_entry(build, logits, place))


def log_softmax_entry(build: Builder, logits: tuple[Expr, ...], place: int) -> Expr:
    """Its logarithm."""
    return less(build, logits[place], build.call(logsumexp, *logits))


def how_many(call: Call) -> str:
    """Return how many arguments a function takes, in words."""
    if call.most == math.inf:
        number = f"at least {call.least}"
    else:
        number = f"{call.least}" if call.least == call.most else f"{call.least} or {call.most}"
    return f"{number} argument{'' if number.endswith(' 1') or number == '1' else 's'}"
