"""The last step of making a formula stable: sums, quotients and roots that lose digits become functions that do not.

What is put in is equal in exact arithmetic. Here nothing is recognised for reading: algebra works on the form before this one.
To add a form: write a function from an expression with precise arguments to an expression, or None where it is another form,
and list it under its class in FORMS.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Add, Expr, Mul, Pow, exp, log, tanh

from explorer.core.algebra.stable.logarithms import (
    logarithm_of_1_and,
    precise_exponential,
    precise_logarithm,
    weighted_logarithm,
)
from explorer.core.algebra.stable.quotients import precise_product, symbol_over_size
from explorer.core.algebra.stable.roots import precise_power
from explorer.core.algebra.stable.sums import precise_sum
from explorer.core.algebra.stable.walking import rebuilt, with_arguments
from explorer.core.domains import Inputs
from explorer.core.functions import log_cosh_slope, xlog1py, xlogy


def precise(expr: Expr, inputs: Inputs) -> Expr:
    """Return an expression whose value and slopes keep their digits, equal to the one that is given."""
    return rebuilt(expr, lambda node, arguments: _precise(with_arguments(node, arguments), inputs))


def _precise(node: Expr, inputs: Inputs) -> Expr:
    for _ in range(LONGEST):
        forms = FORMS.get(node.func, ())
        changed = next((other for form in forms if (other := form(node, inputs)) is not None and other != node), None)
        if changed is None:
            return node
        node = changed
    return node


LONGEST = 50
"""How often one node may change its form."""


FORMS: dict[type[Expr], tuple[Callable[[Expr, Inputs], Expr | None], ...]] = {
    Add: (precise_sum,),
    Mul: (precise_product, symbol_over_size),
    Pow: (precise_power,),
    exp: (precise_exponential,),
    log: (precise_logarithm,),
    xlogy: (weighted_logarithm,),
    xlog1py: (logarithm_of_1_and,),
    tanh: (lambda node, _: log_cosh_slope(*node.args),),
}
"""Class of an expression -> the forms that it may have instead."""
