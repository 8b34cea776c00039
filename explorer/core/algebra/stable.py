"""Plain formulas in stable functions: the way back from `functions.textbook`, to what is computed and exported.

What comes out is equal to what went in wherever that has a value, in exact arithmetic. To recognise another form: write a
function from arguments that are stable already to an expression, and list it in RULES, or in EDGE_RULES if it must know the
domains of symbols.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cmp_to_key

from sympy import (
    Abs,
    Add,
    Expr,
    Heaviside,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Pow,
    S,
    ceiling,
    cosh,
    exp,
    expand_mul,
    floor,
    log,
    sign,
    sinh,
    tanh,
)

from explorer.core.algebra.edges import by_edges, edge, factors_of, taken_apart
from explorer.core.domains import TYPED, Inputs
from explorer.core.functions import (
    absolute,
    chained,
    is_floor_of,
    leaky_relu,
    log_quotient,
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
    xdivy,
    xlog1py,
    xlogy,
    xmuly,
)


def stable(expr: Expr, inputs: Inputs = TYPED) -> Expr:
    """Return expr with its logarithms and exponentials in functions that neither overflow nor cancel, finite where it can be.

    Parameters
    ----------
    inputs : Inputs
        What the symbols stand for: what is divided by a predicted probability has a value at its edges.

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
            if node.func in EDGE_RULES:
                done[node] = EDGE_RULES[node.func](inputs, *arguments)
            elif node.func in RULES:
                done[node] = RULES[node.func](*arguments)
            else:
                done[node] = node if arguments == node.args else node.func(*arguments)
    return done[expr]


def _sum(inputs: Inputs, *terms: Expr) -> Expr:
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
            if one == -count and (complement := _complement(function)) is not None:
                return one * complement
    whole = _with_tanh(_with_logistic_losses(whole))
    apart = taken_apart(whole, inputs)
    return whole if apart is None else Add(*(_product(inputs, *term) for term in apart))


def _with_tanh(whole: Expr) -> Expr:
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


def _power(inputs: Inputs, base: Expr, exponent: Expr) -> Expr:
    """A power; that of an exponential, and a sum of them in a denominator, as an exponential or a sigmoid."""
    if isinstance(base, exp) and exponent.is_Number:
        return _exp(base.args[0] * exponent)
    if exponent.could_extract_minus_sign() and (classes := _exponents(base)) is not None:
        logarithm = _log_of_sum(classes)
        return _exp(exponent * logarithm) if exponent.is_Number else Pow(_exp(-logarithm), -exponent)  # 0**0 is 1
    return Pow(by_edges(base, inputs) if exponent.is_Integer and exponent < 0 else base, exponent)


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


def _product(inputs: Inputs, *factors: Expr) -> Expr:
    """A product with its exponentials as one, and with what makes it 0 kept from what is infinite there."""
    parts = [part for factor in factors for part in factors_of(factor)]
    if any(factor.is_Pow and factor.exp.is_negative and factor.base.is_Add and _raised(factor) for factor in parts):
        parts = [part for factor in parts for part in factors_of(_in_exponentials(inputs, factor))]  # 2^z / (2^z + 1)
    apart = _with_unbounded_sums(inputs, parts)
    return _gathered(inputs, parts) if apart is None else apart


def _raised(factor: Expr) -> dict[Expr, Expr]:
    """The powers c^z of a positive number in a factor, and each as e^(z ln c)."""
    powers = [power for power in factor.atoms(Pow) if power.base.is_Rational and power.base > 0 and not power.exp.is_number]
    return {power: exp(power.exp * log(power.base), evaluate=False) for power in powers}


def _in_exponentials(inputs: Inputs, factor: Expr) -> Expr:
    base, power = _base_and_power(factor)
    if not (raised := _raised(factor)):
        return factor
    return _power(inputs, base.xreplace(raised), power) if base.is_Add else factor.xreplace(raised)


def _gathered(inputs: Inputs, factors: Sequence[Expr]) -> Expr:
    """A product with its exponentials and sigmoids as one."""
    exponents: list[Expr] = []
    sigmoids: dict[Expr, Expr] = {}
    sums: list[tuple[Expr, Expr]] = []  # of exponentials, and their logarithms
    rest: list[Expr] = []
    for factor in factors:
        base, power = _base_and_power(factor)
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
    exponent = _into_sigmoids(_without_softplus(Add(*exponents), sigmoids), sigmoids)
    probabilities = _probabilities(exponent)
    if exponent == Add(*probabilities):
        product = Mul(*map(_exp, probabilities), *(sigmoid(z) ** power for z, power in sigmoids.items()))
    else:
        product = _exp(exponent - Add(*(power * softplus(-z) for z, power in sigmoids.items())))
    return _with_edges(inputs, [*rest, *Mul.make_args(product)])


def _base_and_power(factor: Expr) -> tuple[Expr, Expr]:
    return factor.args if factor.is_Pow else (factor, S.One)


def _with_unbounded_sums(inputs: Inputs, factors: Sequence[Expr]) -> Expr | None:
    """A product of exponentials and of sums with them that may vanish; None where there is no such sum.

    (e^z - 1) / (e^z + 1) is infinite over infinite in floats. One sum is multiplied out. Of several, each is divided by the
    sum of its exponentials alone, so that it stays between bounds, and the logarithms of those are gathered.
    """
    growing = [factor for factor in factors if _grows(factor) or isinstance(_base_and_power(factor)[0], sigmoid)]
    if len(growing) < 2 or not any(_base_and_power(factor)[0].is_Add or factor.has(sinh, cosh) for factor in growing):
        return None
    if all(_base_and_power(factor)[0].is_Add and not _base_and_power(factor)[1].is_negative for factor in growing):
        return None  # nothing that may be 0 where another one is infinite
    rest = [factor for factor in factors if factor not in growing]
    exponentials: list[Expr] = []
    sums: list[tuple[list[tuple[Expr, Expr]], Expr]] = []  # what is multiplied by which exponential, and the power of the sum
    for factor in growing:
        base, power = _base_and_power(factor.replace(_is_hyperbolic, lambda e: e.rewrite(exp)))
        base = expand_mul(base)
        if base.is_Add and power.is_Integer and _exponents(base) is None:
            sums.append(([_split(term) for term in base.args], power))
        else:
            exponentials += Mul.make_args(_power(inputs, base, power))
    if len(sums) == 1 and sums[0][1] == 1:
        return _gathered(
            inputs, [*rest, _sum(inputs, *(_times(inputs, x, _product(inputs, _exp(z), *exponentials)) for x, z in sums[0][0]))]
        )
    for terms, power in sums:
        logarithm = _log_of_sum(list(dict.fromkeys(z for _, z in terms)))
        rest.append(Pow(_sum(inputs, *(_times(inputs, x, _exp(z - logarithm)) for x, z in terms)), power))
        exponentials.append(_exp(power * logarithm))
    return _gathered(inputs, [part for factor in (*rest, *exponentials) for part in factors_of(factor)])


def _times(inputs: Inputs, x: Expr, exponential: Expr) -> Expr:
    """A product that is 0 where x is, even if the exponential is infinite there."""
    if x.is_number or _is_never_0(x) or not any(map(_grows, Mul.make_args(exponential))):
        return _product(inputs, x, exponential)
    return _product(inputs, xmuly(x, exponential))


def _is_hyperbolic(expr: Expr) -> bool:
    return isinstance(expr, sinh | cosh)


def _grows(factor: Expr) -> bool:
    """Whether a factor is infinite, or 0, where an exponential in it is; that of a probability is not."""
    base = _base_and_power(factor)[0]
    if base.is_Add:
        return any(_grows(part) for term in base.args for part in Mul.make_args(term))
    if isinstance(base, exp):
        return bool(base.args[0] != Add(*_probabilities(base.args[0])))
    return isinstance(base, sinh | cosh)


def _split(term: Expr) -> tuple[Expr, Expr]:
    """What is not exponential in a product, and the exponent of what is."""
    others, exponents = [], []
    for factor in Mul.make_args(term):
        base, power = _base_and_power(factor)
        if isinstance(base, exp):
            exponents.append(base.args[0] * power)
        elif isinstance(base, sigmoid):
            exponents.append(-power * softplus(-base.args[0]))
        else:
            others.append(factor)
    return Mul(*others), Add(*exponents)


def _without_softplus(exponent: Expr, sigmoids: dict[Expr, Expr]) -> Expr:
    """What is left of an exponent when e^-softplus(z) is sigmoid(-z)."""
    left = []
    for term in Add.make_args(exponent):
        count, function = term.as_coeff_Mul()
        if isinstance(function, softplus) and count.is_negative:
            sigmoids[-function.args[0]] = sigmoids.get(-function.args[0], S.Zero) - count
        else:
            left.append(term)
    return Add(*left)


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
    probabilities = []
    for term, power in tuple(counts.items()):
        for z in term.args if isinstance(term, logsumexp) and power < 0 else ():
            count = min(_multiple(counts, z), -power)
            if count.is_Integer and count > 0:
                power += count
                probabilities.append(count * (z - term))
                for part, number in _counts(z).items():
                    counts[part] -= count * number
        if isinstance(term, logsumexp) and S.Zero in term.args and power.is_Integer and power < 0:
            probabilities.append(power * term)  # of the class with the logit 0
    return probabilities


def _multiple(whole: dict[Expr, Expr], part: Expr) -> Expr:
    """How many times part stands in a whole, given by its terms: a whole number, 0 where it does not."""
    return floor(min((whole.get(term, S.Zero) / count for term, count in _counts(part).items()), default=S.Zero))


def _counts(whole: Expr) -> dict[Expr, Expr]:
    """Term -> the number that multiplies it, in a sum."""
    return {term: count for count, term in (part.as_coeff_Mul() for part in Add.make_args(whole)) if count}


def _with_edges(inputs: Inputs, factors: Sequence[Expr]) -> Expr:
    """A product that is 0 where one of the factors is, though others are infinite there: logarithms, and what divides.

    Powers of p are gathered, and of 1 - p, to see by which the product is divided in the end. ln p / (1 - p) has a limit.
    """
    powers: dict[Expr, Expr] = {}
    rest: list[Expr] = []
    for factor in factors:
        base, power = _base_and_power(factor)
        known = (base, base, 1) if isinstance(base, sigmoid) else edge(base)
        if known is None or (known[2] < 0 and not power.is_Integer):
            rest.append(factor)
        else:
            powers[known[1]] = powers.get(known[1], S.Zero) + power
            rest += [S.NegativeOne] if known[2] < 0 and power.is_odd else []
    for p in {s for factor in rest for s in factor.free_symbols if _is_logarithm_of(s, _base_and_power(factor)[0])}:
        both = [next((f for f in rest if _is_logarithm_of(y, _base_and_power(f)[0])), None) for y in (p, 1 - p)]
        if None not in both:  # ln p ln(1 - p), 0 at either edge: each is what the other needs to vanish
            rest = [*(f for f in rest if f not in both), *(f / _base_and_power(f)[0] for f in both)]
            rest += [log_quotient(p), log_quotient(1 - p)]
            powers |= {y: powers.get(y, S.Zero) + 1 for y in (p, 1 - p)}
            factors = [*rest, *(Pow(base, power) for base, power in powers.items())]
    poles = [base for base, power in powers.items() if power.as_coeff_Add()[0].is_negative]
    if not poles:
        return _kept_0(factors, [])
    if any(factor.is_Add for factor in rest) and (apart := taken_apart(Mul(*factors), inputs)) is not None:
        return _sum(inputs, *(_product(inputs, *term) for term in apart))
    for base in poles:
        logarithms = [factor for factor in rest if _is_logarithm_of(1 - base, factor)]
        for logarithm in logarithms[: int(ceiling(-powers[base].as_coeff_Add()[0]))]:
            rest.remove(logarithm)
            rest += [S.NegativeOne, log_quotient(1 - base)]
            powers[base] += 1
    divisors = {base: Pow(base, powers[base]) for base in poles if powers[base].as_coeff_Add()[0].is_negative}
    rest += [Pow(base, power) for base, power in powers.items() if base not in divisors]
    return _kept_0(rest, list(divisors.values()))


def _is_logarithm_of(y: Expr, factor: Expr) -> bool:
    if isinstance(factor, xlog1py):
        return bool(factor.args[0] is S.One and 1 + factor.args[1] == y)
    return isinstance(factor, log) and bool(factor.args[0] == y)


def _kept_0(factors: Sequence[Expr], divisors: Sequence[Expr]) -> Expr:
    """A product of factors and of what divides them that is 0 where a factor is, whatever is infinite there."""
    infinite = [factor for factor in factors if _may_be_infinite(factor)]
    others = [factor for factor in factors if not _may_be_infinite(factor)]
    vanishing = [factor for factor in others if not (factor.is_number or _is_never_0(factor))] if infinite or divisors else []
    at_edges = {s for divisor in divisors for s in divisor.base.free_symbols}
    vanishing = [  # what moves with the divisor may vanish as quickly, but for a power of p where 1 - p divides
        f for f in vanishing if not f.free_symbols & at_edges or edge(_base_and_power(f)[0])
    ]
    others = [factor for factor in others if factor not in vanishing]
    if not vanishing:
        return Mul(*others, *(_bare(factor) for factor in infinite), *divisors)
    x = Mul(*vanishing)
    for factor in sorted(infinite, key=cmp_to_key(Expr.compare)):
        if isinstance(factor, log):
            x = xlogy(x, *factor.args, evaluate=False)
        elif isinstance(factor, xlog1py) and factor.args[0] is S.One:
            x = xlog1py(x, factor.args[1], evaluate=False)
        else:
            x = xmuly(x, _bare(factor), evaluate=False)
    if all(factor.free_symbols & at_edges for factor in vanishing):
        return Mul(*others, x, *divisors)
    below = [divisor for divisor in divisors if divisor.exp.is_number and edge(divisor.base)]
    for divisor in divisors:
        if divisor.exp.is_Integer and divisor not in below:
            others.append(divisor)  # of a sigmoid
        elif divisor not in below:
            x = xmuly(x, divisor, evaluate=False)
    return Mul(*others, xdivy(x, Mul(*(1 / divisor for divisor in below)), evaluate=False) if below else x)


def _bare(factor: Expr) -> Expr:
    """What xmuly(1, y) stands for."""
    return factor.args[1] if isinstance(factor, xmuly) and factor.args[0] is S.One else factor


def _may_be_infinite(factor: Expr) -> bool:
    """Whether a factor is the logarithm of what can be 0, or a sum with one; a surprise as well, for a logit of -inf."""
    if factor.is_Pow and factor.exp.is_positive:
        return _may_be_infinite(factor.base)
    if factor.is_Add:
        functions = [part for term in factor.args for part in Mul.make_args(term)]
        return any(isinstance(part, logsumexp) or _may_be_infinite(part) for part in functions if not part.is_Add)
    return isinstance(factor, log | xlogy | xlog1py | logit | log_quotient | xmuly) and not factor.args[-1].is_Number


def _is_never_0(factor: Expr) -> bool:
    if factor.is_Pow:
        return factor.exp.could_extract_minus_sign() or _is_never_0(factor.base)
    return isinstance(factor, exp | sigmoid | softplus | logsumexp)


def _logarithm(inputs: Inputs, expr: Expr) -> Expr:
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
        return _product(inputs, power, base.args[0])
    if isinstance(base, sigmoid):
        return _product(inputs, -power, softplus(-base.args[0]))
    if (classes := _exponents(base)) is not None:
        return _product(inputs, power, _log_of_sum(classes))
    return None


def _exponents(expr: Expr) -> list[Expr] | None:
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


EDGE_RULES: dict[type[Expr], Callable[..., Expr]] = {
    Add: _sum,
    Mul: _product,
    Pow: _power,
    log: _logarithm,
    xlogy: lambda inputs, x, y: _product(inputs, x, _logarithm(inputs, y)),
    xlog1py: lambda inputs, x, y: _product(inputs, x, _logarithm(inputs, 1 + y)),
    xmuly: lambda inputs, x, y: _product(inputs, xmuly(x, y)),
    xdivy: lambda inputs, x, y: _product(inputs, x, _power(inputs, y, S.NegativeOne)),
}
"""SymPy's class of an expression -> what it is made of stable arguments, by what their symbols stand for."""
RULES: dict[type[Expr], Callable[..., Expr]] = {
    exp: _exp,
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
"""The same of those to which it is all one what symbols stand for."""
