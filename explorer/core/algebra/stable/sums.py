"""Sums whose terms cancel, in functions that do not: what is added to a sum to make it one of them.

To add one: write a function from the terms of a sum, one of them and its number to what is to be added, or None where it is
another sum, and list it under the class of that term in SUMS.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Add, Expr, Mul, Pow, S, cos, cosh, exp, log, sinh

from explorer.core.algebra.stable.exponentials import base_and_power, counts_of
from explorer.core.algebra.stable.roots import is_never_negative
from explorer.core.domains import Inputs
from explorer.core.functions import (
    absolute,
    bell,
    class_surprise,
    erf,
    erfc,
    exp_gap,
    expm1,
    log1p_gap,
    log_and_1,
    log_cosh,
    log_cosh_slope,
    logistic_loss,
    logit,
    logsumexp,
    norm,
    relu,
    root1p_excess,
    root_excess,
    sigmoid,
    sigmoid_slope,
    softplus,
    softplus_gap,
    versine,
    xlog1py,
    xlogy,
)

Terms = dict[Expr, Expr]
"""The terms of a sum, each with the number that multiplies it; the number of the sum itself is that of 1."""


def precise_sum(node: Expr, inputs: Inputs) -> Expr | None:
    """A sum with what SUMS has; 1 less a share, and 1 less a power."""
    terms = counts_of(node)
    for term, number in terms.items():
        for form in SUMS.get(_kind(term), ()):
            if (change := form(terms, term, number)) is not None:
                return Add(node, *change)
    for term, number in terms.items():
        if (change := _share(terms, term, number)) is not None:
            return Add(node, *change)
        if terms.get(S.One) == -number and (less := _power_less_1(term, inputs)) is not None:
            return Add(node, number, -number * term, number * less)
    return None


def _share(terms: Terms, term: Expr, number: Expr) -> list[Expr] | None:
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
    """1 - tanh(z)**2 is 1 / cosh(z)**2."""
    if not (term.is_Pow and term.exp == 2 and terms.get(S.One) == -number):
        return None
    return [-4 * number * sigmoid_slope(2 * term.base.args[0]) - number * term, number]


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
    """1 + ln x, and ln p - ln(1 - p)."""
    (x,) = term.args
    if terms.get(other := xlog1py(S.One, -x)) == -number:
        return [number * (logit(x) - term + other)]
    return [number * (log_and_1(x) - term), -number] if terms.get(S.One) == number else None


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
    Pow: (_root_less_1,),
    norm: (_length_less_1,),
    log: (_logarithm,),
    xlog1py: (_less_logarithm,),
    erf: (_error_function,),
    erfc: (_complement,),
}
"""Class of a term -> what may be done with it in a sum: from all terms, that one and its number to what is added to the sum."""
