"""Powers of e: their sums and products, and sums of them under a logarithm."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Add, Expr, Mul, Pow, S, cosh, exp, floor, log, sinh

from explorer.core.algebra.edges import by_edges
from explorer.core.domains import Inputs
from explorer.core.functions import logsumexp, reading_order, sigmoid, softplus


def to_the_power(inputs: Inputs, base: Expr, exponent: Expr) -> Expr:
    """A power; that of an exponential, and a sum of them in a denominator, as an exponential or a sigmoid."""
    if isinstance(base, exp) and exponent.is_Number:
        return exponential(base.args[0] * exponent)
    if exponent.could_extract_minus_sign() and (classes := exponents_of(base)) is not None:
        logarithm = log_of_sum(classes)
        return exponential(exponent * logarithm) if exponent.is_Number else Pow(exponential(-logarithm), -exponent)  # 0**0 is 1
    return Pow(by_edges(base, inputs) if exponent.is_Integer and exponent < 0 else base, exponent)


def exponential(exponent: Expr) -> Expr:
    """e^exponent, with the exponential of -softplus(z) as sigmoid(-z) and those of logarithms of numbers as the numbers."""
    outside, inside = [], []
    for term in Add.make_args(exponent):
        count, function = term.as_coeff_Mul()
        if isinstance(function, log) and function.args[0].is_Number:
            outside.append(function.args[0] ** count)
        else:
            inside.append(term)
    count, function = Add(*inside).as_coeff_Mul()
    if isinstance(function, softplus) and count.is_negative:
        outside.append(sigmoid(-function.args[0]) ** -count)
    elif inside:
        left = Add(*inside)
        outside.append(exp(left) if left.is_Atom else exp(left, evaluate=False))  # evaluated, it searches for logarithms
    return Mul(*outside)


def powers_of_numbers(factor: Expr) -> dict[Expr, Expr]:
    """The powers c^z of a positive number in a factor, and each as e^(z ln c)."""
    powers = [power for power in factor.atoms(Pow) if power.base.is_Rational and power.base > 0 and not power.exp.is_number]
    return {power: exp(power.exp * log(power.base), evaluate=False) for power in powers}


def in_exponentials(inputs: Inputs, factor: Expr) -> Expr:
    """A factor with its powers of numbers as exponentials."""
    base, power = base_and_power(factor)
    if not (raised := powers_of_numbers(factor)):
        return factor
    return to_the_power(inputs, base.xreplace(raised), power) if base.is_Add else factor.xreplace(raised)


def base_and_power(factor: Expr) -> tuple[Expr, Expr]:
    """A factor as a base and its power, 1 if it is none."""
    return factor.args if factor.is_Pow else (factor, S.One)


def exponents_of(expr: Expr) -> list[Expr] | None:
    """z1, z2, ... of a sum e^z1 + e^z2 + ...; None for anything else. A positive number is the exponential of its logarithm."""
    if not expr.is_Add:
        return None
    exponents, any_power = [], False
    for term in expr.args:
        factors = Mul.make_args(term)
        powers = [factor.args[0] for factor in factors if isinstance(factor, exp)]
        number = Mul(*(factor for factor in factors if not isinstance(factor, exp)))
        if not (number.is_NumberSymbol or (number.is_Number and number > 0)):
            return None
        exponents.append(Add(*powers, log(number)))
        any_power |= bool(powers)
    return exponents if any_power else None


def log_of_sum(exponents: Sequence[Expr]) -> Expr:
    """ln(e^z1 + e^z2 + ...), with what all exponents share outside."""
    flat = [z for each in exponents for z in _classes(each)]
    first, *others = map(counts_of, flat)
    shared = Add(*(count * term for term, count in first.items() if all(other.get(term) == count for other in others)))
    left = sorted((z - shared for z in flat) if shared != 0 else flat, key=_place)
    if any(isinstance(z, logsumexp | softplus) for z in left):
        return shared + log_of_sum(left)
    if len(left) == 1:
        return shared + left[0]
    if len(left) == 2 and S.Zero in left:
        return shared + softplus(next((z for z in left if z != 0), S.Zero))
    if len(left) == 2 and left[0] == -left[1]:
        z = max(left, key=lambda z: not z.could_extract_minus_sign())
        return shared + z + softplus(-2 * z)
    return shared + logsumexp(*left)


def _place(expr: Expr) -> tuple[int, ...]:
    """A key that puts z2 before z10, and leaves all but symbols as they stand."""
    return reading_order(expr) if expr.is_Symbol else ()


def _classes(expr: Expr) -> tuple[Expr, ...]:
    """z1, z2, ... of their own logsumexp or softplus; else the one that is given."""
    if isinstance(expr, logsumexp):
        return tuple(expr.args)
    return (S.Zero, expr.args[0]) if isinstance(expr, softplus) else (expr,)


def counts_of(whole: Expr) -> dict[Expr, Expr]:
    """Term -> the number that multiplies it, in a sum."""
    return {term: count for count, term in (part.as_coeff_Mul() for part in Add.make_args(whole)) if count}


def times_in(whole: dict[Expr, Expr], part: Expr) -> Expr:
    """How many times part stands in a whole, given by its terms: a whole number, 0 where it does not."""
    return floor(min((whole.get(term, S.Zero) / count for term, count in counts_of(part).items()), default=S.Zero))


def split_at_exponentials(term: Expr) -> tuple[Expr, Expr]:
    """What is not exponential in a product, and the exponent of what is."""
    others, exponents = [], []
    for factor in Mul.make_args(term):
        base, power = base_and_power(factor)
        if isinstance(base, exp):
            exponents.append(base.args[0] * power)
        elif isinstance(base, sigmoid):
            exponents.append(-power * softplus(-base.args[0]))
        else:
            others.append(factor)
    return Mul(*others), Add(*exponents)


def is_hyperbolic(expr: Expr) -> bool:
    """Whether it is a sinh or a cosh."""
    return isinstance(expr, sinh | cosh)
