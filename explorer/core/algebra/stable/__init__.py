"""Rewrites plain formulas in stable functions, which are computed and exported: the way back from `functions.textbook`.

First a formula is `recognised`, by the names that people read: softplus, sigmoid, logsumexp. What algebra shows is made of
that. Then it is made `precise`: what still loses digits, in its value or its slopes, is put in functions that do not.

What comes out is equal to what went in wherever that has a value, in exact arithmetic.
"""

from __future__ import annotations

from sympy import Expr, Mul

from explorer.core.algebra.stable.exponentials import base_and_power
from explorer.core.algebra.stable.precise import precise
from explorer.core.algebra.stable.recognising import recognised
from explorer.core.algebra.stable.slopes import stable_slopes
from explorer.core.domains import TYPED, Inputs
from explorer.core.functions import logsumexp, refined

__all__ = ["recognised", "stable", "stable_slopes"]


def stable(expr: Expr, inputs: Inputs = TYPED) -> Expr:
    """Return expr in functions that keep their digits, and those of their slopes, wherever the value is a float.

    Parameters
    ----------
    inputs : Inputs
        What the symbols stand for: what is divided by a predicted probability has a value at its edges.

    Examples
    --------
    >>> from sympy import cos, exp, log, symbols
    >>> x, a, b = symbols("x a b")
    >>> stable(1 - cos(x)), stable(log(1 + exp(x))), stable(exp(a) / (exp(a) + exp(b)))
    (versine(x), softplus(x), softmax(a, b))
    """
    return _with_its_zero(precise(recognised(expr, inputs), inputs))


MOST_CLASSES = 4
"""Of how many exponentials a logarithm has all its digits where it crosses 0."""


def _with_its_zero(expr: Expr) -> Expr:
    """An expression with all digits of a logsumexp that is a factor of it, where that crosses 0.

    In a sum with something else nobody would see them; and they take their time, and of many classes much code in SQL.
    """
    known = {}
    for factor in Mul.make_args(expr):
        base, _ = base_and_power(factor)
        if not isinstance(base, logsumexp) or len(base.args) > MOST_CLASSES:
            continue
        if all(z.is_Symbol or (-z).is_Symbol for z in base.args):
            known[base] = refined(base, *base.args)
    return expr.xreplace(known)
