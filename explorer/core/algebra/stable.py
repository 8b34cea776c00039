"""Plain formulas in stable functions: the way back from `functions.textbook`, to what is computed and exported.

What comes out is equal to what went in wherever that has a value, in exact arithmetic. To recognise another form: write a
function from arguments that are stable already to an expression, and list it in RULES.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cmp_to_key

from sympy import Abs, Add, Expr, Heaviside, KroneckerDelta, Max, Min, Mul, Pow, S, exp, floor, log, sign

from explorer.core.functions import (
    absolute,
    chained,
    is_floor_of,
    leaky_relu,
    logistic_loss,
    logit,
    logsumexp,
    maximum,
    minimum,
    positive,
    reading_order,
    relu,
    same,
    sigmoid,
    signum,
    softplus,
    xlog1py,
    xlogy,
    xmuly,
)


def stable(expr: Expr) -> Expr:
    """Return expr with its logarithms and exponentials in functions that neither overflow nor cancel, finite where it can be.

    Examples
    --------
    >>> from sympy import symbols
    >>> p, t, z, a, b = symbols("p t z a b")
    >>> stable(-t * log(p) - (1 - t) * log(1 - p))
    -xlog1py(1 - t, -p) - xlogy(t, p)
    >>> stable(1 / (1 + exp(-z))), stable(exp(a) / (exp(a) + exp(b)))
    (sigmoid(z), exp(a - logsumexp(a, b)))
    """
    done: dict[Expr, Expr] = {}
    waiting = [expr]
    while waiting:  # not by recursion: an expression may be nested deeper than calls may be
        node = waiting[-1]
        if missing := [argument for argument in node.args if argument not in done]:
            waiting += missing
        else:
            waiting.pop()
            arguments = tuple(done[argument] for argument in node.args)
            if node.func in RULES:
                done[node] = RULES[node.func](*arguments)
            else:
                done[node] = node if arguments == node.args else node.func(*arguments)
    return done[expr]


def _sum(*terms: Expr) -> Expr:
    """A sum; 1 - sigmoid(z), 1 less a probability of a softmax, and the two halves of the logistic loss as one term."""
    whole = Add(*terms)
    if not whole.is_Add:
        return whole
    if len(whole.args) == 2:
        for one, other in (whole.args, whole.args[::-1]):
            count, function = other.as_coeff_Mul()
            if one == -count and (complement := _complement(function)) is not None:
                return one * complement
    return _with_logistic_losses(whole)


def _complement(part: Expr) -> Expr | None:
    """1 - part where that can be computed without a difference."""
    if isinstance(part, sigmoid):
        return sigmoid(-part.args[0])
    for term in Add.make_args(part.args[0]) if isinstance(part, exp) else ():
        if isinstance(-term, logsumexp):
            logit_of_part = part.args[0] - term
            others = [z for z in (-term).args if z != logit_of_part]
            if len(others) == len((-term).args) - 1:
                return sigmoid(_log_of_sum(others) - logit_of_part)
    return None


def _with_logistic_losses(whole: Expr) -> Expr:
    """A sum with t softplus(-z) + (1 - t) softplus(z) as one function."""
    weights: dict[Expr, tuple[Expr, Expr]] = {}  # z -> what multiplies softplus(z), and the whole term
    for term in whole.args:
        found = [factor for factor in term.args if isinstance(factor, softplus)] if term.is_Mul else []
        if len(found) == 1:
            weights[found[0].args[0]] = (Mul(*(factor for factor in term.args if factor is not found[0])), term)
    change: list[Expr] = []
    for z in weights:
        if z != 0 and -z in weights and not z.could_extract_minus_sign():
            (rest, towards), (t, against) = weights[z], weights[-z]
            if (total := t + rest) in (1, -1):
                change += [total * logistic_loss(t / total, z), -towards, -against]
    return Add(whole, *change) if change else whole


def _power(base: Expr, exponent: Expr) -> Expr:
    """A power; that of an exponential, and a sum of them in a denominator, as an exponential or a sigmoid."""
    if isinstance(base, exp) and exponent.is_Number:
        return _exp(base.args[0] * exponent)
    if exponent.could_extract_minus_sign() and (classes := _exponents(base)) is not None:
        logarithm = _log_of_sum(classes)
        return _exp(exponent * logarithm) if exponent.is_Number else Pow(_exp(-logarithm), -exponent)  # 0**0 is 1
    return Pow(base, exponent)


def _exp(exponent: Expr) -> Expr:
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


def _product(*factors: Expr) -> Expr:
    """A product with its exponentials as one, and with what makes a logarithm vanish as that function's argument."""
    exponents: list[Expr] = []
    sigmoids: dict[Expr, Expr] = {}
    sums: list[tuple[Expr, Expr]] = []  # of exponentials, and their logarithms
    rest: list[Expr] = []
    infinite: list[Expr] = []
    parts = [part for factor in factors for part in Mul.make_args(factor)]
    for factor in parts:
        if isinstance(factor, xlogy | xlog1py | xmuly) and factor.args[0] is not S.One:
            parts += Mul.make_args(factor.args[0])  # while they are gone through
            infinite.append(_second_factor(factor))
            continue
        base, power = factor.args if factor.is_Pow else (factor, S.One)
        if isinstance(factor, exp):
            exponents.append(factor.args[0])
        elif isinstance(base, sigmoid) and power.is_Number:
            sigmoids[base.args[0]] = sigmoids.get(base.args[0], S.Zero) + power
        elif power.is_Number and (logarithm := _known_log(factor)) is not None:
            sums.append((factor, logarithm))
        else:
            rest.append(factor)
    if exponents or sigmoids:
        exponents += [logarithm for _, logarithm in sums]
    else:
        rest += [factor for factor, _ in sums]
    exponent = _into_sigmoids(Add(*exponents), sigmoids)
    probabilities = _probabilities(exponent)
    if exponent == Add(*probabilities):
        found = Mul(*map(_exp, probabilities), *(sigmoid(z) ** power for z, power in sigmoids.items()))
    else:
        found = _exp(exponent - Add(*(power * softplus(-z) for z, power in sigmoids.items())))
    return _with_logarithms([*rest, *Mul.make_args(found)], infinite)


def _second_factor(product: Expr) -> Expr:
    """What xlogy, xlog1py or xmuly multiplies its first argument by."""
    y = product.args[1]
    if isinstance(product, xmuly):
        return y
    return log(y, evaluate=False) if isinstance(product, xlogy) else xlog1py(S.One, y)


def _into_sigmoids(exponent: Expr, sigmoids: dict[Expr, Expr]) -> Expr:
    """What is left of an exponent when e^-z sigmoid(z) is sigmoid(-z)."""
    for z in tuple(sigmoids):
        count = min(_multiple(_counts(exponent), -z), sigmoids[z])
        if count.is_Integer and count > 0:
            exponent += count * z
            sigmoids[z] -= count
            sigmoids[-z] = sigmoids.get(-z, S.Zero) + count
    return exponent


def _probabilities(exponent: Expr) -> list[Expr]:
    """z1 - logsumexp(z1, ...), z2 - logsumexp(z1, ...) and so on, as far as they stand in an exponent."""
    counts = _counts(exponent)
    found = []
    for term, power in tuple(counts.items()):
        for z in term.args if isinstance(term, logsumexp) and power < 0 else ():
            count = min(_multiple(counts, z), -power)
            if count.is_Integer and count > 0:
                power += count
                found.append(count * (z - term))
                for part, number in _counts(z).items():
                    counts[part] -= count * number
    return found


def _multiple(whole: dict[Expr, Expr], part: Expr) -> Expr:
    """How many times part stands in a whole, given by its terms: a whole number, 0 where it does not."""
    return floor(min((whole.get(term, S.Zero) / count for term, count in _counts(part).items()), default=S.Zero))


def _counts(whole: Expr) -> dict[Expr, Expr]:
    """Term -> the number that multiplies it, in a sum."""
    return {term: count for count, term in (part.as_coeff_Mul() for part in Add.make_args(whole)) if count}


def _with_logarithms(factors: Sequence[Expr], infinite: Sequence[Expr]) -> Expr:
    """A product of factors, infinite ones among them, that is 0 where one of the others is."""
    infinite = [*infinite, *filter(_may_be_infinite, factors)]
    others = [factor for factor in factors if not _may_be_infinite(factor)]
    vanishing = [factor for factor in others if not (factor.is_number or _is_never_0(factor))] if infinite else []
    if not vanishing:
        return Mul(*others, *infinite)
    x = Mul(*vanishing)
    for factor in sorted(infinite, key=cmp_to_key(Expr.compare)):
        if isinstance(factor, log):
            x = xlogy(x, *factor.args, evaluate=False)
        elif isinstance(factor, xlog1py) and factor.args[0] is S.One:
            x = xlog1py(x, factor.args[1], evaluate=False)
        else:
            x = xmuly(x, factor, evaluate=False)
    return Mul(*(factor for factor in others if factor not in vanishing), x)


def _may_be_infinite(factor: Expr) -> bool:
    """Whether a factor is the logarithm of what can be 0, or a sum with one; a surprise as well, for a logit of -inf."""
    if factor.is_Pow and factor.exp.is_positive:
        return _may_be_infinite(factor.base)
    if factor.is_Add:
        functions = [part for term in factor.args for part in Mul.make_args(term)]
        return any(isinstance(part, logsumexp) or _may_be_infinite(part) for part in functions if not part.is_Add)
    return isinstance(factor, log | xlogy | xlog1py | logit | xmuly) and not factor.args[-1].is_Number


def _is_never_0(factor: Expr) -> bool:
    if factor.is_Pow:
        return factor.exp.could_extract_minus_sign() or _is_never_0(factor.base)
    return isinstance(factor, exp | sigmoid | softplus | logsumexp)


def _logarithm(expr: Expr) -> Expr:
    """ln expr, with the logarithms of exponentials, of sums of them and of sigmoids written out."""
    found = [(factor, _known_log(factor)) for factor in Mul.make_args(expr)]
    known = [logarithm for _, logarithm in found if logarithm is not None]
    return Add(*known, _plain_logarithm(Mul(*(factor for factor, logarithm in found if logarithm is None))))


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


def _known_log(expr: Expr) -> Expr | None:
    """The logarithm of what is made of exponentials, and so always positive; None for anything else."""
    base, power = expr.args if expr.is_Pow else (expr, S.One)
    if isinstance(base, exp):
        return _product(power, base.args[0])
    if isinstance(base, sigmoid):
        return _product(-power, softplus(-base.args[0]))
    if (classes := _exponents(base)) is not None:
        return _product(power, _log_of_sum(classes))
    return None


def _exponents(expr: Expr) -> list[Expr] | None:
    """z1, z2, ... of a sum e^z1 + e^z2 + ...; None for anything else. A positive number is the exponential of its logarithm."""
    if not expr.is_Add:
        return None
    found, any_power = [], False
    for term in expr.args:
        factors = Mul.make_args(term)
        powers = [factor.args[0] for factor in factors if isinstance(factor, exp)]
        number = Mul(*(factor for factor in factors if not isinstance(factor, exp)))
        if not (number.is_NumberSymbol or (number.is_Number and number > 0)):
            return None
        found.append(Add(*powers, log(number)))
        any_power |= bool(powers)
    return found if any_power else None


def _log_of_sum(exponents: Sequence[Expr]) -> Expr:
    """ln(e^z1 + e^z2 + ...), with what all exponents share outside."""
    flat = [z for each in exponents for z in _classes(each)]
    first, *others = map(_counts, flat)
    shared = Add(*(count * term for term, count in first.items() if all(other.get(term) == count for other in others)))
    left = sorted((z - shared for z in flat) if shared != 0 else flat, key=_place)
    if any(isinstance(z, logsumexp | softplus) for z in left):
        return shared + _log_of_sum(left)
    if len(left) == 1:
        return shared + left[0]
    if len(left) == 2 and S.Zero in left:
        return shared + softplus(next((z for z in left if z != 0), S.Zero))
    return shared + logsumexp(*left)


def _place(expr: Expr) -> tuple[int, ...]:
    """A key that puts z2 before z10, and leaves all but symbols as they stand."""
    return reading_order(expr) if expr.is_Symbol else ()


def _classes(expr: Expr) -> tuple[Expr, ...]:
    """z1, z2, ... of their own logsumexp or softplus; else the one that is given."""
    if isinstance(expr, logsumexp):
        return tuple(expr.args)
    return (S.Zero, expr.args[0]) if isinstance(expr, softplus) else (expr,)


def _largest(*arguments: Expr) -> Expr:
    """The largest argument; that of 0 and z, and of z / 100 and z, by their names."""
    if len(arguments) == 2:
        for low, z in (arguments, arguments[::-1]):
            if is_floor_of(low, z):
                return relu(z) if low == 0 else leaky_relu(z)
    return chained(maximum, arguments)


def _smallest(*arguments: Expr) -> Expr:
    """The smallest argument; that of 0 and z by the name of the largest."""
    if len(arguments) == 2 and 0 in arguments:
        return -relu(-Add(*arguments))
    return chained(minimum, arguments)


def _step(z: Expr, at_0: Expr = S.Half) -> Expr:
    return positive(z) if at_0 == 0 else Heaviside(z, at_0)


RULES: dict[type[Expr], Callable[..., Expr]] = {
    Add: _sum,
    Mul: _product,
    Pow: _power,
    exp: _exp,
    log: _logarithm,
    xlogy: lambda x, y: _product(x, _logarithm(y)),
    xlog1py: lambda x, y: _product(x, _logarithm(1 + y)),
    xmuly: lambda x, y: _product(xmuly(x, y)),
    logsumexp: lambda *z: _log_of_sum(z),
    Max: _largest,
    Min: _smallest,
    maximum: _largest,
    minimum: _smallest,
    Abs: absolute,
    sign: signum,
    Heaviside: _step,
    KroneckerDelta: same,
}
"""SymPy's class of an expression -> what it is made of stable arguments."""
