"""Rewrites formulas to plain ones, in which sigmoid, softmax and the like stay whole.

`stable` is the way back, to what is computed and exported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sympy import (
    Abs,
    Add,
    Dummy,
    Expr,
    Max,
    Min,
    Mul,
    S,
    Symbol,
    collect,
    exp,
    expand,
    log,
    sign,
    tanh,
)
from sympy import simplify as sympy_simplify

from explorer.core import functions
from explorer.core.algebra.stable import recognised
from explorer.core.domains import TYPED, Inputs
from explorer.core.functions import (
    StableFunction,
    absolute,
    argmax,
    at_most,
    below,
    digamma,
    erf,
    erfc,
    gamma_function,
    leaky_relu,
    least_focal,
    lgamma,
    logistic_loss,
    logsumexp,
    maximum,
    minimum,
    positive,
    relu,
    same,
    sigmoid,
    signum,
    softmax,
    softplus,
    tetragamma,
    trigamma,
    where,
)

KEPT: tuple[type[StableFunction], ...] = (
    sigmoid, softplus, logsumexp, relu, leaky_relu, positive, absolute, signum, maximum, minimum, same, below, at_most, where,
    argmax, least_focal, erf, erfc, gamma_function, lgamma, digamma, trigamma, tetragamma,
)  # fmt: skip
"""The functions that algebra knows by name; each has a derivative, and no plain formula that is easier to work with."""


def plain(expr: Expr) -> Expr:
    """Return expr in the form in which algebra is done: t ln p for xlogy(t, p), nothing shifted, softmax as e^(z - lse)."""
    return expr.replace(lambda e: isinstance(e, StableFunction) and not isinstance(e, KEPT), _plain)


def _plain(expr: StableFunction) -> Expr:
    if isinstance(expr, logistic_loss):
        t, z = expr.args
        return t * softplus(-z) + (1 - t) * softplus(z)
    return expr.textbook()


def written(expr: Expr) -> Expr:
    """Return expr as it is read: sums of exponentials written out, sigmoid and the largest of some by their names."""
    return expr.replace(
        lambda e: isinstance(e, softplus | logsumexp) or (isinstance(e, StableFunction) and not isinstance(e, KEPT)),
        lambda e: e.textbook(),
    )


def own(expr: Expr) -> Expr:
    """Return expr with our functions for SymPy's |x|, sign, maximum and minimum, and for its error and gamma functions."""
    for theirs, ours in ((Abs, absolute), (sign, signum), (Max, maximum), (Min, minimum)):
        expr = expr.replace(theirs, lambda *args, ours=ours: functions.chained(ours, args) if len(args) > 1 else ours(*args))
    for theirs, made in functions.SPECIAL_OF_SYMPY:
        expr = expr.replace(theirs, made)
    return expr


def softmax_terms(expr: Expr) -> list[Expr]:
    """Return the probabilities of a softmax that stand in expr, by name or as e^(z - logsumexp(...)), in a fixed order."""
    terms = {power[0] for e in expr.atoms(exp) if (power := _softmax_power(e))} | expr.atoms(softmax)
    return sorted(terms, key=lambda e: (functions.reading_order(Add.make_args(e.args[0])[0]), str(e)))


def with_letters(expr: Expr, letters: Mapping[Expr, Symbol]) -> Expr:
    """Return expr with letters for the probabilities of a softmax, and for their powers."""
    powers = {e: power for e in expr.atoms(exp) if (power := _softmax_power(e))}
    named = {e: letters[e] for e in expr.atoms(softmax) if e in letters}
    return expr.xreplace(named | {e: letters[term] ** n for e, (term, n) in powers.items() if term in letters})


def _softmax_power(expr: Expr) -> tuple[Expr, Expr] | None:
    """What probability an exponential is a power of, and which: SymPy makes e^(2z - 2a) of the square of e^(z - a)."""
    for part in Add.make_args(expr.exp):
        count, function = part.as_coeff_Mul()
        if isinstance(function, logsumexp) and count.is_Integer and count < 0:
            return exp(Add(*(term / -count for term in Add.make_args(expr.exp)))), -count
    return None


def gathered(expr: Expr) -> Expr:
    """Return expr with sigmoid(z) and softplus(z) for both signs of z: sigmoid(-z) is 1 - sigmoid(z)."""
    return logs(expr).replace(_is_mirrored, lambda e: _mirrored(type(e), *e.args))


def _is_mirrored(expr: Expr) -> bool:
    return isinstance(expr, sigmoid | softplus) and bool(expr.args[0].could_extract_minus_sign())


def _mirrored(function: type[StableFunction], z: Expr) -> Expr:
    return 1 - sigmoid(-z) if function is sigmoid else softplus(-z) + z


def logs(expr: Expr) -> Expr:
    """Return expr with the logarithms of what is positive taken apart: of sigmoids, of 1 less one, of exponentials."""

    def change(e: Expr) -> Expr:
        logarithms = [(factor, _known_log(factor)) for factor in Mul.make_args(e.args[0])]
        known = [logarithm for _, logarithm in logarithms if logarithm is not None]
        rest = Mul(*(factor for factor, logarithm in logarithms if logarithm is None))
        return Add(*known, log(rest)) if known else e

    return expr.replace(lambda e: isinstance(e, log), change)


def _known_log(factor: Expr) -> Expr | None:
    """The logarithm of a power of what is always positive; None for anything else."""
    base, power = factor.args if factor.is_Pow else (factor, S.One)
    if isinstance(base, exp):
        return power * base.exp
    if isinstance(base, sigmoid):
        return -power * softplus(-base.args[0])
    return -power * softplus((1 - base).args[0]) if isinstance(1 - base, sigmoid) else None


def named(expr: Expr, inputs: Inputs = TYPED) -> Expr:
    """Return expr with softplus, sigmoid, softmax and logsumexp where they are written out."""
    return gathered(plain(recognised(expr, inputs)))


def _in_tanh(expr: Expr) -> Expr:
    """Return expr with sigmoid(z) as (1 + tanh(z / 2)) / 2."""
    return expand(expr.replace(sigmoid, lambda z: (1 + tanh(z / 2)) / 2))


def with_names(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """Change expr with each kept function and each probability of a softmax as a letter, which SymPy works on better."""
    terms = {term: Dummy(f"p{k}") for k, term in enumerate(softmax_terms(expr))}
    lettered = with_letters(expr, terms)
    kept = sorted(lettered.atoms(*(f for f in KEPT if f is not sigmoid)), key=str)
    letters = {part: Dummy(f"f{k}") for k, part in enumerate(kept)}
    return change(lettered.xreplace(letters)).xreplace({letter: part for part, letter in (terms | letters).items()})


def _summing_to_one(expr: Expr) -> Expr:
    """Return expr with the last probability of each softmax as 1 less the others, if all of them stand in it."""
    for whole in expr.atoms(logsumexp):
        *others, last = (exp(z - whole) for z in whole.args)
        if set(softmax_terms(expr)).issuperset((*others, last)):
            expr = expr.xreplace({last: 1 - Add(*others)})
    return expr


def _in_sigmoids(expr: Expr) -> Expr:
    """Return expr with e^z as sigmoid(z) / (1 - sigmoid(z)), if its exponentials are all of multiples of one z."""
    powers = sorted((e for e in expr.atoms(exp) if not _softmax_power(e)), key=lambda e: (e.exp.count_ops(), str(e)))
    if not powers:
        return expr
    z = -powers[0].exp if powers[0].exp.could_extract_minus_sign() else powers[0].exp
    multiples = {e: e.exp / z for e in powers}
    if not all(n.is_Integer for n in multiples.values()):
        return expr
    odds = sigmoid(z) / (1 - sigmoid(z))
    return expr.xreplace({e: odds**n for e, n in multiples.items()})


def factored(expr: Expr) -> Expr:
    """Return expr factored as a textbook writes it: (p - t)/(p (1 - p))."""
    return with_names(gathered(expr), functions.tidy)


def simplified(expr: Expr, inputs: Inputs = TYPED) -> Expr:
    """Return the shortest of what factoring, expanding, collecting and SymPy's simplify make of expr."""
    start = gathered(expr)
    known = named(expr, inputs)
    simple = with_names(start, sympy_simplify)
    candidates = [
        plain(recognised(expr, inputs)),
        expr,
        known,
        start,
        factored(start),
        simple,
        factored(simple),
        factored(_in_sigmoids(start)),
    ]
    for form in dict.fromkeys((start, _summing_to_one(start), known)):
        candidates += [
            with_names(form, expand),
            with_names(form, lambda e: collect(expand(e), sorted(e.atoms(Dummy), key=str))),
        ]
    if expr.has(sigmoid, tanh):
        candidates.append(with_names(start, _in_tanh))
    return shortest(candidates)


def shortest(forms: Iterable[Expr]) -> Expr:
    """Return the form with the fewest operations, a named function counted as one; the first of equals."""
    return min(forms, key=_length)


def _length(form: Expr) -> int:
    letters = {term: Dummy() for term in softmax_terms(form)}
    return int(with_letters(form, letters).count_ops())
