"""Sigmoids, probabilities of a softmax and their complements, in sums and in exponents."""

from __future__ import annotations

from sympy import Add, Expr, Mul, S, cosh, exp, sinh, tanh

from explorer.core.algebra.stable.exponentials import base_and_power, counts_of, log_of_sum, times_in
from explorer.core.functions import logistic_loss, logsumexp, sigmoid, softplus


def with_tanh(whole: Expr) -> Expr:
    """A sum with x sigmoid(z) - x sigmoid(-z) as x tanh(z / 2)."""
    if not whole.is_Add:
        return whole
    seen: dict[tuple[Expr, Expr], Expr] = {}  # z and what multiplies its sigmoid -> the term
    for term in whole.args:
        sigmoids = [factor for factor in Mul.make_args(term) if isinstance(factor, sigmoid)]
        if len(sigmoids) == 1:
            z, x = sigmoids[0].args[0], term.xreplace({sigmoids[0]: S.One}) if term is not sigmoids[0] else S.One
            if (other := seen.pop((-z, -x), None)) is not None:
                whole = whole - term - other + (-x * tanh(-z / 2) if z.could_extract_minus_sign() else x * tanh(z / 2))
            else:
                seen[z, x] = term
    return whole


def complement_of(part: Expr) -> Expr | None:
    """1 - part where that can be computed without a difference."""
    if isinstance(part, sigmoid):
        return sigmoid(-part.args[0])
    for term in Add.make_args(part.args[0]) if isinstance(part, exp) else ():
        if isinstance(-term, logsumexp):
            logit_of_part = part.args[0] - term
            others = [z for z in (-term).args if z != logit_of_part]
            if len(others) == len((-term).args) - 1:
                return sigmoid(log_of_sum(others) - logit_of_part)
    return None


def with_logistic_losses(whole: Expr) -> Expr:
    """A sum with t softplus(-z) + (1 - t) softplus(z) as one function."""
    weights: dict[Expr, tuple[Expr, Expr]] = {}  # z -> what multiplies softplus(z), and the whole term
    for term in whole.args:
        softpluses = [factor for factor in term.args if isinstance(factor, softplus)] if term.is_Mul else []
        if len(softpluses) == 1:
            weights[softpluses[0].args[0]] = (Mul(*(factor for factor in term.args if factor is not softpluses[0])), term)
    change: list[Expr] = []
    for z in weights:
        if z != 0 and -z in weights and not z.could_extract_minus_sign():
            (rest, towards), (t, against) = weights[z], weights[-z]
            if (total := t + rest) in (1, -1):
                change += [total * logistic_loss(t / total, z), -towards, -against]
    return Add(whole, *change) if change else whole


def without_softplus(exponent: Expr, sigmoids: dict[Expr, Expr]) -> Expr:
    """What is left of an exponent when e^-softplus(z) is sigmoid(-z)."""
    left = []
    for term in Add.make_args(exponent):
        count, function = term.as_coeff_Mul()
        if isinstance(function, softplus) and count.is_negative:
            sigmoids[-function.args[0]] = sigmoids.get(-function.args[0], S.Zero) - count
        else:
            left.append(term)
    return Add(*left)


def into_sigmoids(exponent: Expr, sigmoids: dict[Expr, Expr]) -> Expr:
    """What is left of an exponent when e^-z sigmoid(z) is sigmoid(-z)."""
    for z in tuple(sigmoids):
        count = min(times_in(counts_of(exponent), -z), sigmoids[z])
        if count.is_Integer and count > 0:
            exponent += count * z
            sigmoids[z] -= count
            sigmoids[-z] = sigmoids.get(-z, S.Zero) + count
    return exponent


def probabilities_in(exponent: Expr) -> list[Expr]:
    """z1 - logsumexp(z1, ...), z2 - logsumexp(z1, ...) and so on, as far as they stand in an exponent."""
    counts = counts_of(exponent)
    probabilities = []
    for term, power in tuple(counts.items()):
        for z in term.args if isinstance(term, logsumexp) and power < 0 else ():
            count = min(times_in(counts, z), -power)
            if count.is_Integer and count > 0:
                power += count
                probabilities.append(count * (z - term))
                for part, number in counts_of(z).items():
                    counts[part] -= count * number
        if isinstance(term, logsumexp) and S.Zero in term.args and power.is_Integer and power < 0:
            probabilities.append(power * term)  # of the class with the logit 0
    return probabilities


def grows(factor: Expr) -> bool:
    """Whether a factor is infinite, or 0, where an exponential in it is; that of a probability is not."""
    base = base_and_power(factor)[0]
    if base.is_Add:
        return any(grows(part) for term in base.args for part in Mul.make_args(term))
    if isinstance(base, exp):
        return bool(base.args[0] != Add(*probabilities_in(base.args[0])))
    return isinstance(base, sinh | cosh)
