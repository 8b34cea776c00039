"""Rewrites sums whose terms cancel as functions that do not cancel.

To add one: write a function from the terms of a sum, one of them and its number to what is to be added, or None where it is
another sum, and list it under the class of that term in SUMS.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Add, Expr, Mul, Pow, S, cos, cosh, exp, expand_mul, log, powsimp, sinh

from explorer.core.algebra.stable.exponentials import base_and_power, counts_of
from explorer.core.algebra.stable.roots import is_never_negative
from explorer.core.algebra.stable.shares import without_cancelling
from explorer.core.domains import Inputs
from explorer.core.functions import (
    absolute,
    bell,
    class_surprise,
    divergence,
    erf,
    erfc,
    exp_gap,
    expm1,
    log1p_gap,
    log1p_ratio,
    log_and_1,
    log_cosh,
    log_cosh_slope,
    log_ratio,
    logistic_loss,
    logit,
    logsumexp,
    lost_power,
    minimum,
    norm,
    quotient_gap,
    ratio_gap,
    relu,
    root1p_excess,
    root_difference,
    root_excess,
    share_divergence,
    share_residual,
    sigmoid,
    sigmoid_slope,
    softplus,
    softplus_gap,
    versine,
    xdivy,
    xlog1py,
    xlogy,
    xmuly,
)

Terms = dict[Expr, Expr]
"""The terms of a sum, each with the number that multiplies it; the number of the sum itself is that of 1."""


def precise_sum(node: Expr, inputs: Inputs) -> Expr | None:
    """A sum with what SUMS has; 1 less a share, and 1 less a power."""
    terms = counts_of(node)
    if (shared := _shared_number(terms)) is not None:
        return shared
    for term, number in terms.items():
        for form in SUMS.get(_kind(term), ()):
            if (change := form(terms, term, number)) is not None:
                return Add(node, *change)
    if (shared := _proportional(terms)) is not None:
        return shared
    for term, number in terms.items():
        if (change := _share(terms, term, number, inputs)) is not None:
            return Add(node, *change)
        if terms.get(S.One) == -number and (less := _power_less_1(term, inputs)) is not None:
            return Add(node, number, -number * term, number * less)
    return None


def _shared_number(terms: Terms) -> Expr | None:
    """0.9 y - 0.9 f, which SymPy makes of 0.9 (y - f), as that again: near y = f both terms would be rounded."""
    numbers = list(terms.values())
    size = abs(numbers[0]) if numbers and numbers[0].is_Number else S.One
    if len(terms) != 2 or set(numbers) != {size, -size} or size.is_Float or log(size, 2).is_integer or S.One in terms:
        return None
    return xmuly(size, Add(*(number / size * term for term, number in terms.items())))


def _proportional(terms: Terms) -> Expr | None:
    """a - a x / y, for whatever is divided: the slope 1 / y - x / y**2 of a gamma loss, or y**-p (y - x) of Tweedie's."""
    if len(terms) != 2 or S.One in terms or sum(terms.values()) != 0:
        return None
    for whole, part in (tuple(terms), tuple(terms)[::-1]):
        divided = part.replace(xdivy, lambda x, y: x / y)
        above, below = powsimp(divided / whole).as_numer_denom()
        if above.is_Symbol and below.is_Symbol and divided.as_numer_denom()[1] != 1:
            return terms[whole] * whole * quotient_gap(above, below)
    return None


def _share(terms: Terms, term: Expr, number: Expr, inputs: Inputs) -> list[Expr] | None:
    """1 - x / (x + y) is y / (x + y), and 1 / (x + y) - x / (x + y)**2 that over x + y."""
    for below, power in map(base_and_power, Mul.make_args(term)):
        if not (below.is_Add and power.is_Integer and power < 0):
            continue
        factor = below ** (power + 1)
        one = terms.get(factor, S.Zero)
        if not one:
            continue
        whole, part = counts_of(below), counts_of(-number * term * below / factor / one)
        if len(part) < len(whole) and all(whole.get(inner) == count for inner, count in part.items()):
            rest = Add(*(count * inner for inner, count in whole.items() if inner not in part))
            return [-one * factor, -number * term, one * rest * factor / below]
        rest = without_cancelling(expand_mul(below + number * term * below / factor / one), inputs)
        if rest is not None and not rest.is_number:
            return [-one * factor, -number * term, one * rest * factor / below]
    return None


def _power_less_1(term: Expr, inputs: Inputs) -> Expr | None:
    """x**q - 1, for x of at least 0 and a power that is no whole number."""
    if not term.is_Pow or term.exp.is_Integer or term.exp == S.Half or term.base.is_number:
        return None
    if not is_never_negative(term.base, inputs):
        return None
    whole, rest = term.base.as_coeff_Add()
    return expm1(xlog1py(term.exp, rest) if whole == 1 else xlogy(term.exp, term.base))


def _kind(term: Expr) -> type[Expr]:
    """What decides the form of a sum: the class of a term, of a power that of its base."""
    return type(term.base) if term.is_Pow and isinstance(term.base, log_cosh_slope) else type(term)


def _has(terms: Terms, part: Expr) -> bool:
    """Whether all terms of a part stand in a sum."""
    return part != 0 and all(terms.get(term) == number for term, number in counts_of(part).items())


def _softplus_of_size(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """max(0, z) + softplus(-|z|) is softplus(z)."""
    (z,) = term.args
    whole, size = softplus(z), softplus(-absolute(z))
    return [number * (whole - term - size)] if terms.get(size) == number else None


def _softplus_mirrored(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """softplus(z) - z is softplus(-z); less z / 2 it is ln cosh(z / 2) + ln 2, and less t z it is the logistic loss."""
    (z,) = term.args
    if _has(terms, -number * z):
        return [number * (softplus(-z) - term + z)]
    if _has(terms, -number * z / 2):
        return [number * (log_cosh(z / 2) + log(2) - term + z / 2)]
    if terms.get(log(2)) == -number:
        return [number * (softplus_gap(z) - term + log(2))]
    for other, count in terms.items():
        t = -count * other / (number * z)
        if t.is_Symbol and t not in z.free_symbols:
            return [number * (logistic_loss(t, z) - term), -count * other]
    return None


def _less_logit(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """logsumexp(z1, z2, ...) - z1 without a difference of what may be large."""
    for k, z in enumerate(term.args):
        if _has(terms, -number * z):
            others = [*term.args[:k], *term.args[k + 1 :]]
            return [number * (class_surprise(z, *others) - term), number * z]
    return None


def _exponentials(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """e^z - e^-z, e^z + e^-z, less 2; e^z - 1, and less z."""
    z = term.args[0]
    mirrored = terms.get(exp(-z))
    if mirrored is not None and abs(mirrored) == abs(number):
        side = -z if z.could_extract_minus_sign() else z
        whole = number * term + mirrored * exp(-z)
        if mirrored == -number:
            return [2 * (number if side == z else mirrored) * sinh(side), -whole]
        if terms.get(S.One) == -2 * number:
            return [4 * number * sinh(side / 2) ** 2, 2 * number, -whole]
        return [2 * number * cosh(side), -whole]
    ones = {other: count for other, count in terms.items() if isinstance(other, exp)}
    if S.One not in terms or terms[S.One] not in (-number, -sum(ones.values())):
        return None
    if terms[S.One] != -number:
        return [*(count * (expm1(other.args[0]) - other) for other, count in ones.items()), -terms[S.One]]
    if _has(terms, -number * z):
        return [number * (exp_gap(z) - term + z), number]
    return [number * (expm1(z) - term), number]


def _exponential_less_1(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """(e^z - 1) - z."""
    (z,) = term.args
    return [number * (exp_gap(z) - term + z)] if _has(terms, -number * z) else None


def _cosine(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """1 - cos z."""
    return [-number * versine(term.args[0]) - number * term, number] if terms.get(S.One) == -number else None


def _cosh_less_1(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """cosh z - 1 is 2 sinh(z / 2)**2."""
    return [number * (2 * sinh(term.args[0] / 2) ** 2 - term), number] if terms.get(S.One) == -number else None


def _bell(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """1 - e^(-c x**2)."""
    x, c = term.args
    return [number * (expm1(-c * x**2) - term), number] if terms.get(S.One) == -number else None


def _two_sigmoids(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """2 sigmoid(z) - 1 is tanh(z / 2), and sigmoid(z) - sigmoid(z)**2 the slope of sigmoid."""
    if terms.get(term**2) == -number:
        return [number * (sigmoid_slope(term.args[0]) - term + term**2)]
    half = number / 2
    return [half * log_cosh_slope(term.args[0] / 2) - number * term, half] if terms.get(S.One) == -half else None


def _less_square_of_tanh(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """1 - tanh(z) is 2 sigmoid(-2 z), and 1 - tanh(z)**2 is 1 / cosh(z)**2."""
    if isinstance(term, log_cosh_slope) and terms.get(S.One) in (number, -number):
        side = 2 * term.args[0] if terms[S.One] == number else -2 * term.args[0]
        return [2 * terms[S.One] * sigmoid(side) - number * term, -terms[S.One]]
    if not (term.is_Pow and term.exp == 2 and terms.get(S.One) == -number):
        return None
    return [-4 * number * sigmoid_slope(2 * term.base.args[0]) - number * term, number]


def _two_roots(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """sqrt(x) - sqrt(y)."""
    for other, count in terms.items() if term.exp == S.Half and term.base.is_Symbol else ():
        if other.is_Pow and other.exp == S.Half and other.base.is_Symbol and count == -number:
            return [number * (root_difference(term.base, other.base) - term + other)]
    return None


def _root_less_1(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """sqrt(c**2 + z) - c, for a positive number c."""
    if not (term.exp == S.Half and term.base.is_Add):
        return None
    inner, z = term.base.as_coeff_Add()
    c = -terms.get(S.One, S.Zero) / number
    return [number * (c * root1p_excess(z / inner) - term + c)] if c > 0 and c**2 == inner else None


def _length_less_1(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """sqrt(z**2 + c**2) - c, for a positive number c."""
    c = -terms.get(S.One, S.Zero) / number
    others = [z for z in term.args if abs(z) != c]
    if not (c > 0 and len(others) == len(term.args) - 1):
        return None
    z = others[0] if len(others) == 1 else norm(*others)
    return [number * (c * root_excess(z / c) - term + c)]


def _logarithm(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """1 + ln x, ln x - ln y, and ln p - ln(1 - p)."""
    (x,) = term.args
    for other, count in terms.items() if x.is_Symbol else ():
        if isinstance(other, log) and other.args[0].is_Symbol and count == -number:
            return [number * (log_ratio(x, *other.args) - term + other)]
    if terms.get(other := xlog1py(S.One, -x)) == -number:
        return [number * (logit(x) - term + other)]
    return [number * (log_and_1(x) - term), -number] if terms.get(S.One) == number else None


def _two_logarithms(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """ln(1 + x) - ln(1 + y)."""
    one, x = term.args
    for other, count in terms.items() if one is S.One and _is_plain(x) else ():
        if isinstance(other, xlog1py) and other.args[0] is S.One and _is_plain(other.args[1]) and count == -number:
            return [number * (log1p_ratio(x, other.args[1]) - term + other)]
    return None


def _is_plain(expr: Expr) -> bool:
    """Whether a difference with it is rounded once."""
    return bool(expr.is_Symbol or (-expr).is_Symbol)


def _of_ratio(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """y / x - 1 + ln(x / y), by whichever of both is above."""
    x, y = term.args
    for ratio, above, below, count in ((xdivy(y, x), y, x, number), (xdivy(x, y), x, y, -number)):
        if terms.get(ratio) == count and terms.get(S.One) == -count:
            return [count * (ratio_gap(above, below) - ratio) - number * term, count]
    return None


def _weighted(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """x ln(x / y) - x + y."""
    x, inner = term.args
    if not (isinstance(inner, log_ratio) and inner.args[0] == x and _has(terms, number * (inner.args[1] - x))):
        return None
    y = inner.args[1]
    return [number * (divergence(x, y) - term + x - y)]


def _two_classes(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """t ln(t / p) + (1 - t) ln((1 - t) / (1 - p))."""
    t, ratio = term.args
    if not (isinstance(ratio, xdivy) and ratio.args[0] == t and t.is_Symbol and ratio.args[1].is_Symbol):
        return None
    p = ratio.args[1]
    other = xlogy(1 - t, xdivy(1 - t, 1 - p))
    return [number * (share_divergence(t, p) - term - other)] if terms.get(other) == number else None


def _quotients(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """(1 - t) / (1 - p) - t / p, and 1 - x / y."""
    x, y = term.args
    if not (x.is_Symbol and y.is_Symbol):
        return None
    if terms.get(other := xdivy(1 - x, 1 - y)) == -number:
        return [-number * share_residual(x, y) - number * term + number * other]
    if terms.get(S.One) == -number and not any(isinstance(known, log_ratio) for known in terms):
        return [-number * quotient_gap(x, y) - number * term, number]
    return None


def _lost_power(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """1 - max(0, 1 - x)**n."""
    if terms.get(S.One) != -number or not isinstance(term.base, relu) or not term.exp.is_positive:
        return None
    (inner,) = term.base.args
    if not (inner.is_Add and inner.as_coeff_Add()[0] == 1):
        return None
    return [-number * lost_power(minimum(S.One, 1 - inner), term.exp) - number * term, number]


def _less_logarithm(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """z - ln(1 + z)."""
    one, z = term.args
    if one is not S.One or not _has(terms, -number * z):
        return None
    return [-number * log1p_gap(z) - number * (term - z)]


def _error_function(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """1 - erf z is erfc z, and 1 + erf z that of -z."""
    if terms.get(S.One) not in (number, -number):
        return None
    z = term.args[0] if terms[S.One] == -number else -term.args[0]
    return [terms[S.One] * erfc(z) - number * term, -terms[S.One]]


def _complement(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
    """1 - erfc z is erf z, and 2 - erfc z that of -z."""
    one = terms.get(S.One)
    if one == -number:
        return [one * erf(*term.args) - number * term, -one]
    return [-number * erfc(-term.args[0]) - number * term, -one] if one == -2 * number else None


SUMS: dict[type[Expr], tuple[Callable[[Terms, Expr, Expr], list[Expr] | None], ...]] = {
    relu: (_softplus_of_size,),
    softplus: (_softplus_mirrored,),
    logsumexp: (_less_logit,),
    exp: (_exponentials,),
    expm1: (_exponential_less_1,),
    cos: (_cosine,),
    cosh: (_cosh_less_1,),
    bell: (_bell,),
    sigmoid: (_two_sigmoids,),
    log_cosh_slope: (_less_square_of_tanh,),
    Pow: (_root_less_1, _two_roots, _lost_power),
    norm: (_length_less_1,),
    log: (_logarithm,),
    xlog1py: (_less_logarithm, _two_logarithms),
    log_ratio: (_of_ratio,),
    xmuly: (_weighted,),
    xlogy: (_two_classes,),
    xdivy: (_quotients,),
    erf: (_error_function,),
    erfc: (_complement,),
}
"""Class of a term -> what may be done with it in a sum: from all terms, that one and its number to what is added to the sum."""
