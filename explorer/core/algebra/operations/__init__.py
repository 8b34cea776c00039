"""The operations, each a function and one entry in OPERATIONS: what it asks for, what it does, and how that is checked."""

from __future__ import annotations

from collections.abc import Iterable

import sympy

from explorer.core.algebra import rewriting
from explorer.core.algebra.computing import computable
from explorer.core.algebra.layering import Subject, written_out
from explorer.core.algebra.operations import arithmetic, calculus, solving
from explorer.core.algebra.operations.spec import Operation, equal, on_entries, on_symbols
from explorer.core.domains import Inputs


def _cse(before: Subject, *, inputs: Inputs) -> Subject:
    return computable(written_out(before), inputs)


def _simplify(before: Subject, *, inputs: Inputs) -> Subject:
    return on_entries(lambda entry: rewriting.simplified(entry, inputs))(before)


def _listed(operations: Iterable[Operation]) -> dict[str, Operation]:
    return {operation.name: operation for operation in operations}


OPERATIONS = _listed(
    (
        Operation("expand", "Expand", "expand", on_symbols(sympy.expand), equal),
        Operation("factor", "Factor", "factor", on_entries(rewriting.factored), equal),
        Operation("simplify", "Simplify", "simplify", _simplify, equal, by_inputs=True),
        Operation(
            "collect",
            "Collect powers",
            "collect powers of {}",
            on_entries(lambda e, x: sympy.collect(sympy.expand(e), x)),
            equal,
            ("symbol",),
        ),
        Operation("together", "Together", "together, over one denominator", on_symbols(sympy.together), equal),
        Operation(
            "apart",
            "Apart: partial fractions",
            "apart, partial fractions in {}",
            on_entries(sympy.apart),
            equal,
            ("symbol",),
            "It takes a quotient of polynomials in the symbol.",
        ),
        Operation("cancel", "Cancel", "cancel common factors", on_symbols(sympy.cancel), equal),
        Operation("multiply", "Multiply by", "multiply by {}", arithmetic.multiply, arithmetic.check_multiply, ("expression",)),
        Operation("divide", "Divide by", "divide by {}", arithmetic.divide, arithmetic.check_divide, ("expression",)),
        Operation("add", "Add", "add {}", arithmetic.add, arithmetic.check_add, ("expression",)),
        Operation("subtract", "Subtract", "subtract {}", arithmetic.subtract, arithmetic.check_subtract, ("expression",)),
        Operation(
            "differentiate",
            "Differentiate",
            "differentiate by {}",
            calculus.differentiate,
            calculus.each_time,
            ("symbol", "times"),
            more=", {} times",
        ),
        Operation("gradient", "Gradient", "gradient by {}", calculus.gradient, calculus.by_differences, ("symbols",)),
        Operation("jacobian", "Jacobian", "Jacobian by {}", calculus.jacobian, calculus.by_differences, ("symbols",)),
        Operation("hessian", "Hessian", "Hessian by {}", calculus.hessian, calculus.twice, ("symbols",)),
        Operation(
            "substitute", "Substitute", "substitute {} = {}", solving.substitute, solving.put_in, ("symbol", "expression")
        ),
        Operation(
            "rewrite",
            "Rewrite as logit or probability",
            "rewrite as {}",
            solving.rewrite,
            solving.rewritten,
            ("scale",),
            by_inputs=True,
            brings=solving.counterparts,
        ),
        Operation(
            "series",
            "Series",
            "series in {} at {}, order {}",
            on_entries(calculus.series),
            calculus.close_by,
            ("symbol", "point", "order"),
        ),
        Operation(
            "limit",
            "Limit",
            "limit of {} to {}",
            on_entries(calculus.limit),
            calculus.nears,
            ("symbol", "point", "side"),
            more=" from {}",
        ),
        Operation("solve", "Solve = 0", "solve = 0 for {}", solving.solve, solving.roots, ("symbol",), by_inputs=True),
        Operation("cse", "Name common subexpressions", "name common subexpressions", _cse, equal, by_inputs=True),
        Operation("inline", "Write out in one", "write out in one", written_out, equal),
    )
)
"""Every operation by its name."""


def named(operation: str) -> Operation:
    """Return the operation of a name.

    Raises
    ------
    ValueError
        If there is none.
    """
    if operation not in OPERATIONS:
        raise ValueError(f"An operation must be one of {', '.join(OPERATIONS)}; got {operation[:40]}.")
    return OPERATIONS[operation]
