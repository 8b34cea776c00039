"""Products that must be 0 where one factor is 0 and another infinite, as in t ln p."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cmp_to_key

from sympy import Expr, Mul, S, exp, log

from explorer.core.algebra.edges import edge
from explorer.core.algebra.stable.exponentials import base_and_power
from explorer.core.functions import log_quotient, logit, logsumexp, sigmoid, softplus, xdivy, xlog1py, xlogy, xmuly


def kept_0(factors: Sequence[Expr], divisors: Sequence[Expr]) -> Expr:
    """A product of factors and of what divides them that is 0 where a factor is, whatever is infinite there."""
    infinite = [factor for factor in factors if _may_be_infinite(factor)]
    others = [factor for factor in factors if not _may_be_infinite(factor)]
    vanishing = [factor for factor in others if not (factor.is_number or is_never_0(factor))] if infinite or divisors else []
    at_edges = {s for divisor in divisors for s in divisor.base.free_symbols}
    vanishing = [  # what moves with the divisor may vanish as quickly, but for a power of p where 1 - p divides
        f for f in vanishing if not f.free_symbols & at_edges or edge(base_and_power(f)[0])
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


def is_never_0(factor: Expr) -> bool:
    """Whether a factor is 0 nowhere."""
    if factor.is_Pow:
        return factor.exp.could_extract_minus_sign() or is_never_0(factor.base)
    return isinstance(factor, exp | sigmoid | softplus | logsumexp)


def is_logarithm_of(y: Expr, factor: Expr) -> bool:
    """Whether a factor is ln y."""
    if isinstance(factor, xlog1py):
        return bool(factor.args[0] is S.One and 1 + factor.args[1] == y)
    return isinstance(factor, log) and bool(factor.args[0] == y)
