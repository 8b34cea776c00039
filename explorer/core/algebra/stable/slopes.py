"""Derivatives in stable functions."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr, Symbol, log, preorder_traversal

from explorer.core.algebra.stable.precise import precise
from explorer.core.algebra.stable.recognising import recognised
from explorer.core.domains import TYPED, Inputs
from explorer.core.functions import derivative, log_quotient, logit, xdivy, xlog1py, xlogy, xmuly

_AT_EDGES = (log, xlogy, xlog1py, xdivy, xmuly, logit, log_quotient)
"""Functions with a limit at the edge of their domain: the slope of that is found by all of the formula."""


def _is_at_edge(node: Expr, inputs: Inputs) -> bool:
    """Whether something has a limit at an edge; a width that is above 0 divides, and vanishes, nowhere."""
    if isinstance(node, xdivy | xmuly):
        deciding = node.args[1] if isinstance(node, xdivy) else node.args[0]
        domains = [inputs[symbol.name].domain for symbol in deciding.free_symbols]
        return not all(domain.low >= 0 and domain.open_low for domain in domains)
    return isinstance(node, _AT_EDGES)


def stable_slopes(expr: Expr, by: Iterable[str], inputs: Inputs = TYPED) -> dict[str, Expr]:
    """Return the derivative of a plain formula by some symbols, each in functions that keep their digits.

    Stable functions know slopes that do not cancel. Step by step, -t (1 - p)^gamma ln p has the slope 0 times infinity at
    p = 1: what has a logarithm is differentiated as it is written.
    """
    smooth = precise(recognised(expr, inputs), inputs)
    if any(_is_at_edge(node, inputs) for node in preorder_traversal(smooth)):
        return {name: precise(recognised(derivative(expr, Symbol(name)), inputs), inputs) for name in by}
    return {name: precise(derivative(smooth, Symbol(name)), inputs) for name in by}
