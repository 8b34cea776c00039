"""Makes a result of algebra ready to compute and export: stable functions, common parts named, derivatives."""

from __future__ import annotations

from sympy import AccumBounds, Derivative, DiracDelta, Expr, Integral, Limit, Product, S, Sum, nan, zoo

from explorer.core.algebra import layering, naming
from explorer.core.algebra.layering import Layered, Subject, each
from explorer.core.algebra.stable import stable, stable_slopes
from explorer.core.domains import TYPED, Inputs

NO_VALUE = (AccumBounds, Limit, Integral, Derivative, Sum, Product)
"""What SymPy returns where it finds no value."""
SLOPES = 12
"""Up to how many symbols the slope by each is worked out at once."""


def computable(subject: Subject, inputs: Inputs = TYPED) -> Layered:
    """Return a subject as it is computed: in stable functions, common subexpressions named."""
    return subject if isinstance(subject, Layered) else layering.layered(each(subject, lambda entry: stable(entry, inputs)))


def derivatives_of(subject: Subject, inputs: Inputs) -> dict[str, Expr]:
    """Return the derivative of a short expression by each of its symbols, in stable functions: with a value at the edges.

    Empty where reverse mode has to find them.
    """
    if isinstance(subject, Layered) or layering.shape(subject) != (1, 1) or not naming.is_short(*layering.entries(subject)):
        return {}
    (expr,) = layering.entries(subject)
    by = layering.symbols(expr)
    slopes = stable_slopes(expr, by, inputs) if len(by) <= SLOPES else {}
    return {} if any(slope.has(nan, zoo, S.ImaginaryUnit, DiracDelta, *NO_VALUE) for slope in slopes.values()) else slopes
