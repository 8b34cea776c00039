"""How functions are written out: by plain formulas, and factored as in a textbook."""

from __future__ import annotations

from sympy import Add, Expr, Mul, S, factor

from explorer.core.functions.base import StableFunction
from explorer.core.functions.logistic import sigmoid


def textbook(expr: Expr) -> Expr:
    """Return expr with every stable function written as its plain formula."""
    plain = expr.replace(lambda e: isinstance(e, StableFunction), lambda e: e.textbook())
    return plain if plain == expr else textbook(plain)  # SymPy passes over minimum(z, z) as it comes of minimum(min(z, z), z)


def tidy(expr: Expr) -> Expr:
    """Return expr factored as a textbook writes it: (p - t)/(p (1 - p)), not -(p - t)/(p (p - 1)).

    Sigmoids are gathered first: sigmoid(-z) becomes 1 - sigmoid(z).
    """
    gathered = expr.replace(_is_mirrored_sigmoid, lambda e: 1 - sigmoid(-e.args[0]))
    plain = gathered.replace(lambda e: isinstance(e, StableFunction) and not isinstance(e, sigmoid), lambda e: e.textbook())
    sign = S.One
    above: list[Expr] = []
    below: list[Expr] = []
    for part in factor(plain.expand() if plain.has(sigmoid) else plain).as_ordered_factors():
        base, power = part.as_base_exp()
        if _is_less_one(base) and power.is_Integer:
            sign, base = sign * S.NegativeOne**power, -base
        (below if power.is_negative else above).append(base**power)
    result = Mul(sign, *above, *below)
    coefficient = Mul(sign, *(part for part in above if part.is_Number))
    if isinstance(result, Add) and coefficient not in (1, -1):  # SymPy multiplied a number into the only bracket
        return Mul(coefficient, result / coefficient, evaluate=False)
    return result


def _is_mirrored_sigmoid(expr: Expr) -> bool:
    return isinstance(expr, sigmoid) and bool(expr.args[0].could_extract_minus_sign())


def _is_less_one(expr: Expr) -> bool:
    """Whether expr is something less one, such as p - 1."""
    return isinstance(expr, Add) and expr.as_coeff_Add()[0] == -1
