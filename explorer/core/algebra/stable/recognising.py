"""Recognises softplus, sigmoid, logsumexp, x ln y and the like in plain formulas.

What comes out is equal to what went in wherever that has a value, in exact arithmetic. To recognise another form: write a
function from arguments that are stable already to an expression, and list it in RULES, or in EDGE_RULES if it must know the
domains of symbols.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Abs, Add, Expr, Heaviside, KroneckerDelta, Max, Min, Mul, Pow, S, exp, log, sign

from explorer.core.algebra.stable.arithmetic import added, logarithm_of, multiplied
from explorer.core.algebra.stable.choices import largest_of, smallest_of, step_of
from explorer.core.algebra.stable.exponentials import exponential, log_of_sum, to_the_power
from explorer.core.algebra.stable.walking import rebuilt, with_arguments
from explorer.core.domains import TYPED, Inputs
from explorer.core.functions import absolute, logsumexp, maximum, minimum, same, signum, xdivy, xlog1py, xlogy, xmuly


def recognised(expr: Expr, inputs: Inputs = TYPED) -> Expr:
    """Return expr with its logarithms and exponentials in functions that neither overflow nor cancel, finite where it can be.

    Parameters
    ----------
    inputs : Inputs
        What the symbols stand for: what is divided by a predicted probability has a value at its edges.

    Examples
    --------
    >>> from sympy import symbols
    >>> p, t, z, a, b = symbols("p t z a b")
    >>> recognised(-t * log(p) - (1 - t) * log(1 - p))
    -xlog1py(1 - t, -p) - xlogy(t, p)
    >>> recognised(1 / (1 + exp(-z))), recognised(exp(a) / (exp(a) + exp(b)))
    (sigmoid(z), exp(a - logsumexp(a, b)))
    """

    def change(node: Expr, arguments: tuple[Expr, ...]) -> Expr:
        if node.func in EDGE_RULES:
            return EDGE_RULES[node.func](inputs, *arguments)
        return RULES[node.func](*arguments) if node.func in RULES else with_arguments(node, arguments)

    return rebuilt(expr, change)


EDGE_RULES: dict[type[Expr], Callable[..., Expr]] = {
    Add: added,
    Mul: multiplied,
    Pow: to_the_power,
    log: logarithm_of,
    xlogy: lambda inputs, x, y: multiplied(inputs, x, logarithm_of(inputs, y)),
    xlog1py: lambda inputs, x, y: multiplied(inputs, x, logarithm_of(inputs, 1 + y)),
    xmuly: lambda inputs, x, y: multiplied(inputs, xmuly(x, y)),
    xdivy: lambda inputs, x, y: multiplied(inputs, x, to_the_power(inputs, y, S.NegativeOne)),
}
"""SymPy's class of an expression -> what it is made of stable arguments, by what their symbols stand for."""
RULES: dict[type[Expr], Callable[..., Expr]] = {
    exp: exponential,
    logsumexp: lambda *z: log_of_sum(z),
    Max: largest_of,
    Min: smallest_of,
    maximum: largest_of,
    minimum: smallest_of,
    Abs: absolute,
    sign: signum,
    Heaviside: step_of,
    KroneckerDelta: same,
}
"""The same of those to which it is all one what symbols stand for."""
