"""Exponentials and logarithms of parts that are precise already."""

from __future__ import annotations

from sympy import Expr, Rational, S, asinh, cosh, exp

from explorer.core.algebra.stable.exponentials import counts_of
from explorer.core.algebra.stable.roots import is_root, roots_of
from explorer.core.domains import Inputs
from explorer.core.functions import (
    bell,
    class_surprise,
    erf,
    erfc,
    expm1,
    gamma_function,
    lgamma,
    log1mexp,
    log1p_square,
    log_cosh,
    log_erfc,
    log_half_erfc,
    log_less,
    log_more,
    log_of_erfc,
    log_ratio,
    logsumexp,
    norm,
    sech,
    softmax,
    softplus,
    xdivy,
    xlog1py,
    xmuly,
)


def precise_exponential(node: Expr, _: Inputs) -> Expr | None:
    """Probabilities of a softmax, 1 / (e^z + e^-z), and e^(-c z**2)."""
    exponent = node.args[0]
    count, square = exponent.as_coeff_Mul()
    if count < 0 and square.is_Pow and square.exp == 2:
        return bell(square.base, -count)
    for term, number in counts_of(exponent).items():
        if exponent == number * term and isinstance(term, class_surprise):
            return softmax(*term.args) ** -number
        if not (number.is_Integer and number < 0):
            continue
        if isinstance(term, logsumexp):
            for k, z in enumerate(term.args):
                if exponent == number * (term - z):
                    return softmax(z, *term.args[:k], *term.args[k + 1 :]) ** -number
        if isinstance(term, softplus) and exponent == number * (term - term.args[0] / 2):
            z = term.args[0] / 2
            return (sech(-z if z.could_extract_minus_sign() else z) / 2) ** -number
    return None


def precise_logarithm(node: Expr, inputs: Inputs) -> Expr | None:
    """ln cosh z, the logarithm of 1 - e^-z, an inverse hyperbolic sine, and logarithms of quotients."""
    inner = node.args[0]
    if (known := log_of_erfc(inner)) is not None:
        return known
    if isinstance(inner, gamma_function):
        return lgamma(*inner.args)
    if isinstance(inner, cosh):
        return log_cosh(*inner.args)
    if isinstance(inner, expm1):
        return inner.args[0] + log1mexp(*inner.args)
    if inner.is_Mul and len(inner.args) == 2 and inner.args[0] == -1 and isinstance(inner.args[1], expm1):
        return log1mexp(-inner.args[1].args[0])
    if (known := _near_1(inner, inputs)) is not None:
        return known
    for z in inner.args if inner.is_Add and len(inner.args) == 2 else ():
        if inner - z == norm(z, 1):
            return asinh(z)
    return _logarithm_of_quotient(inner, inputs)


def _logarithm_of_quotient(inner: Expr, inputs: Inputs) -> Expr | None:
    """ln of (1 + x) / (1 - x), and of x / y."""
    if isinstance(inner, xdivy):
        above, below = inner.args
    else:
        above, below = inner.as_numer_denom() if inner.is_Mul else (inner, S.One)
    if above.is_number or below.is_number:
        return None
    whole = above + below
    if whole.is_Number and whole > 0:
        x = (above - below) / whole
        return xlog1py(S.One, x) - xlog1py(S.One, -x)
    if not (above.is_Symbol and below.is_Symbol) or any(inputs[s.name].is_probability for s in (above, below)):
        return None
    return log_ratio(above, below)


def _near_1(inner: Expr, inputs: Inputs) -> Expr | None:
    """ln(p + c) and ln(1 + c - p) of a share p and a small number c, as people write it against ln 0."""
    number, rest = inner.as_coeff_Add()
    if rest.is_Symbol and inputs[rest.name].domain.is_share and 0 < number < S.Half:
        return log_more(rest, number)
    if (-rest).is_Symbol and inputs[(-rest).name].domain.is_share and 1 < number < Rational(3, 2):
        return log_less(-rest, number - 1)
    return None


def weighted_logarithm(node: Expr, inputs: Inputs) -> Expr | None:
    """x ln(y / z), and x ln(p + c)."""
    x, y = node.args
    if (near := _near_1(y, inputs)) is not None:
        return xmuly(x, near)
    found = None if x.is_number else _logarithm_of_quotient(y, inputs)
    return xmuly(x, found) if isinstance(found, log_ratio) else None


def logarithm_of_1_and(node: Expr, inputs: Inputs) -> Expr | None:
    """x ln(1 + y), where y is an exponential or a square."""
    x, y = node.args
    known = None
    if (exponential := -y).func is exp:
        known = log1mexp(-exponential.args[0])
    elif isinstance(y, expm1):
        known = y.args[0]
    elif isinstance(y, erf) or isinstance(-y, erf):
        known = log_erfc(-y.args[0] if isinstance(y, erf) else (-y).args[0])
    elif isinstance(-2 * y, erfc):
        known = log_half_erfc(-(-2 * y).args[0])
    elif not y.is_number and (root := _root_of_squares(y, inputs)) is not None:
        known = log1p_square(root)
    if known is None:
        return None
    return known if x is S.One else xmuly(x, known)


def _root_of_squares(y: Expr, inputs: Inputs) -> Expr | None:
    """What a square, or a sum of them, is the square of; the root of anything else is none."""
    roots = [root for root, _ in roots_of(y, inputs)]
    if any(root is None or is_root(root) for root in roots):
        return None
    return roots[0] if len(roots) == 1 else norm(*roots)
