"""Sums, products and logarithms of parts that are stable already."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Add, Expr, Mul, Pow, S, ceiling, cosh, exp, expand_mul, log, sinh

from explorer.core.algebra.edges import edge, factors_of, taken_apart
from explorer.core.algebra.stable.exponentials import (
    base_and_power,
    exponential,
    exponents_of,
    in_exponentials,
    is_hyperbolic,
    log_of_sum,
    powers_of_numbers,
    split_at_exponentials,
    to_the_power,
)
from explorer.core.algebra.stable.sigmoids import (
    complement_of,
    grows,
    into_sigmoids,
    probabilities_in,
    with_logistic_losses,
    with_tanh,
    without_softplus,
)
from explorer.core.algebra.stable.vanishing import is_logarithm_of, is_never_0, kept_0
from explorer.core.domains import Inputs
from explorer.core.functions import log_quotient, logit, sigmoid, softplus, xlog1py, xmuly


def added(inputs: Inputs, *terms: Expr) -> Expr:
    """A sum, with what cancels or has no value at an edge taken together.

    1 - sigmoid(z), 1 less a probability of a softmax, sigmoid(z) - sigmoid(-z), the two halves of the logistic loss, and what
    is divided by a prediction.
    """
    whole = Add(*terms)
    if not whole.is_Add:
        return whole
    if len(whole.args) == 2:
        for one, other in (whole.args, whole.args[::-1]):
            count, function = other.as_coeff_Mul()
            if one == -count and (complement := complement_of(function)) is not None:
                return one * complement
    whole = with_tanh(with_logistic_losses(whole))
    apart = taken_apart(whole, inputs)
    return whole if apart is None else Add(*(multiplied(inputs, *term) for term in apart))


def multiplied(inputs: Inputs, *factors: Expr) -> Expr:
    """A product with its exponentials as one, and with what makes it 0 kept from what is infinite there."""
    parts = [part for factor in factors for part in factors_of(factor)]
    if any(factor.is_Pow and factor.exp.is_negative and factor.base.is_Add and powers_of_numbers(factor) for factor in parts):
        parts = [part for factor in parts for part in factors_of(in_exponentials(inputs, factor))]  # 2^z / (2^z + 1)
    apart = _with_unbounded_sums(inputs, parts)
    return _gathered(inputs, parts) if apart is None else apart


def _gathered(inputs: Inputs, factors: Sequence[Expr]) -> Expr:
    """A product with its exponentials and sigmoids as one."""
    exponents: list[Expr] = []
    sigmoids: dict[Expr, Expr] = {}
    sums: list[tuple[Expr, Expr]] = []  # of exponentials, and their logarithms
    rest: list[Expr] = []
    for factor in factors:
        base, power = base_and_power(factor)
        if isinstance(factor, exp):
            exponents.append(factor.args[0])
        elif isinstance(base, sigmoid) and power.is_Number:
            sigmoids[base.args[0]] = sigmoids.get(base.args[0], S.Zero) + power
        elif power.is_Number and (logarithm := _known_log(inputs, factor)) is not None:
            sums.append((factor, logarithm))
        else:
            rest.append(factor)
    if exponents or sigmoids:
        exponents += [logarithm for _, logarithm in sums]
    else:
        rest += [factor for factor, _ in sums]
    exponent = into_sigmoids(without_softplus(Add(*exponents), sigmoids), sigmoids)
    probabilities = probabilities_in(exponent)
    if exponent == Add(*probabilities):
        product = Mul(*map(exponential, probabilities), *(sigmoid(z) ** power for z, power in sigmoids.items()))
    else:
        product = exponential(exponent - Add(*(power * softplus(-z) for z, power in sigmoids.items())))
    return _with_edges(inputs, [*rest, *Mul.make_args(product)])


def _with_unbounded_sums(inputs: Inputs, factors: Sequence[Expr]) -> Expr | None:
    """A product of exponentials and of sums with them that may vanish; None where there is no such sum.

    (e^z - 1) / (e^z + 1) is infinite over infinite in floats. One sum is multiplied out. Of several, each is divided by the
    sum of its exponentials alone, so that it stays between bounds, and the logarithms of those are gathered.
    """
    growing = [factor for factor in factors if grows(factor) or isinstance(base_and_power(factor)[0], sigmoid)]
    if len(growing) < 2 or not any(base_and_power(factor)[0].is_Add or factor.has(sinh, cosh) for factor in growing):
        return None
    if all(base_and_power(factor)[0].is_Add and not base_and_power(factor)[1].is_negative for factor in growing):
        return None  # nothing that may be 0 where another one is infinite
    rest = [factor for factor in factors if factor not in growing]
    exponentials: list[Expr] = []
    sums: list[tuple[list[tuple[Expr, Expr]], Expr]] = []  # what is multiplied by which exponential, and the power of the sum
    for factor in growing:
        base, power = base_and_power(factor.replace(is_hyperbolic, lambda e: e.rewrite(exp, deep=False)))
        base = expand_mul(base)
        if base.is_Add and power.is_Integer and exponents_of(base) is None:
            sums.append(([split_at_exponentials(term) for term in base.args], power))
        else:
            exponentials += Mul.make_args(to_the_power(inputs, base, power))
    if len(sums) == 1 and sums[0][1] == 1:
        return _gathered(
            inputs,
            [
                *rest,
                added(inputs, *(_times(inputs, x, multiplied(inputs, exponential(z), *exponentials)) for x, z in sums[0][0])),
            ],
        )
    for terms, power in sums:
        logarithm = log_of_sum(list(dict.fromkeys(z for _, z in terms)))
        rest.append(Pow(added(inputs, *(_times(inputs, x, exponential(z - logarithm)) for x, z in terms)), power))
        exponentials.append(exponential(power * logarithm))
    return _gathered(inputs, [part for factor in (*rest, *exponentials) for part in factors_of(factor)])


def _times(inputs: Inputs, x: Expr, exponential: Expr) -> Expr:
    """A product that is 0 where x is, even if the exponential is infinite there."""
    if x.is_number or is_never_0(x) or not any(map(grows, Mul.make_args(exponential))):
        return multiplied(inputs, x, exponential)
    return multiplied(inputs, xmuly(x, exponential))


def _with_edges(inputs: Inputs, factors: Sequence[Expr]) -> Expr:
    """A product that is 0 where one of the factors is, though others are infinite there: logarithms, and what divides.

    Powers of p are gathered, and of 1 - p, to see by which the product is divided in the end. ln p / (1 - p) has a limit.
    """
    powers: dict[Expr, Expr] = {}
    rest: list[Expr] = []
    for factor in factors:
        base, power = base_and_power(factor)
        known = (base, base, 1) if isinstance(base, sigmoid) else edge(base)
        if known is None or (known[2] < 0 and not power.is_Integer):
            rest.append(factor)
        else:
            powers[known[1]] = powers.get(known[1], S.Zero) + power
            rest += [S.NegativeOne] if known[2] < 0 and power.is_odd else []
    for p in {s for factor in rest for s in factor.free_symbols if is_logarithm_of(s, base_and_power(factor)[0])}:
        both = [next((f for f in rest if is_logarithm_of(y, base_and_power(f)[0])), None) for y in (p, 1 - p)]
        if None not in both:  # ln p ln(1 - p), 0 at either edge: each is what the other needs to vanish
            rest = [*(f for f in rest if f not in both), *(f / base_and_power(f)[0] for f in both)]
            rest += [log_quotient(p), log_quotient(1 - p)]
            powers |= {y: powers.get(y, S.Zero) + 1 for y in (p, 1 - p)}
            factors = [*rest, *(Pow(base, power) for base, power in powers.items())]
    poles = [base for base, power in powers.items() if power.as_coeff_Add()[0].is_negative]
    if not poles:
        return kept_0(factors, [])
    if any(factor.is_Add for factor in rest) and (apart := taken_apart(Mul(*factors), inputs)) is not None:
        return added(inputs, *(multiplied(inputs, *term) for term in apart))
    for base in poles:
        logarithms = [factor for factor in rest if is_logarithm_of(1 - base, factor)]
        for logarithm in logarithms[: int(ceiling(-powers[base].as_coeff_Add()[0]))]:
            rest.remove(logarithm)
            rest += [S.NegativeOne, log_quotient(1 - base)]
            powers[base] += 1
    divisors = {base: Pow(base, powers[base]) for base in poles if powers[base].as_coeff_Add()[0].is_negative}
    rest += [Pow(base, power) for base, power in powers.items() if base not in divisors]
    return kept_0(rest, list(divisors.values()))


def logarithm_of(inputs: Inputs, expr: Expr) -> Expr:
    """ln expr, with the logarithms of exponentials, of sums of them and of sigmoids written out."""
    logarithms = [(factor, _known_log(inputs, factor)) for factor in Mul.make_args(expr)]
    known = [logarithm for _, logarithm in logarithms if logarithm is not None]
    return Add(*known, _plain_logarithm(Mul(*(factor for factor, logarithm in logarithms if logarithm is None))))


def _plain_logarithm(expr: Expr) -> Expr:
    if expr.is_Pow and expr.exp == -1:
        return -_plain_logarithm(expr.base)
    if expr.is_Mul and len(expr.args) == 2:
        for above, below in (expr.args, expr.args[::-1]):
            if below.is_Pow and below.exp == -1 and above + below.base == 1:
                return -logit(below.base) if above.is_Add else logit(above)
    if expr.is_Add and expr.as_coeff_Add()[0] == 1:
        return xlog1py(S.One, expr - 1)
    return log(expr)


def _known_log(inputs: Inputs, expr: Expr) -> Expr | None:
    """The logarithm of what is made of exponentials, and so always positive; None for anything else."""
    base, power = expr.args if expr.is_Pow else (expr, S.One)
    if isinstance(base, exp):
        return multiplied(inputs, power, base.args[0])
    if isinstance(base, sigmoid):
        return multiplied(inputs, -power, softplus(-base.args[0]))
    if (classes := exponents_of(base)) is not None:
        return multiplied(inputs, power, log_of_sum(classes))
    return None
