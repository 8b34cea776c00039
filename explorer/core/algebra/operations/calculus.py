"""Derivatives, held against differences; series and limits, held against values close by."""

from __future__ import annotations

import sympy
from sympy import Expr, ImmutableMatrix, Symbol, diff, oo

from explorer.core.algebra import agreement, layering, rewriting
from explorer.core.algebra.agreement import Agreement
from explorer.core.algebra.layering import Layered, Subject, each
from explorer.core.algebra.operations.spec import refuse_matrix, refuse_steps
from explorer.core.domains import Inputs
from explorer.core.functions import textbook

ENTRIES = 10_000
"""How many entries a Jacobian or a Hessian has at most."""
SMALL = 200
"""Up to how many operations an entry of a Hessian is factored at once."""


def differentiate(before: Subject, symbol: Symbol, times: int = 1) -> Subject:
    """The derivative by a symbol, so many times, of each entry."""
    derivative = before
    for _ in range(times):
        if isinstance(derivative, Layered):
            refuse_steps(derivative, symbol)
            program, slopes = layering.reverse(derivative, (symbol,))
            width = derivative.shape[1]
            flat = [name for (name,) in slopes]
            derivative = Layered(program, tuple(tuple(flat[k : k + width]) for k in range(0, len(flat), width)))
        else:
            derivative = each(derivative, lambda entry: diff(entry, symbol))
    return derivative


def gradient(before: Subject, *wrt: Symbol) -> Subject:
    """The derivatives of one expression, a column; by all symbols unless some are named."""
    refuse_matrix(before, "Gradient")
    return _transposed(jacobian(before, *wrt))


def _transposed(before: Subject) -> Subject:
    return Layered(before.program, tuple(zip(*before.entries, strict=True))) if isinstance(before, Layered) else before.T


def jacobian(before: Subject, *wrt: Symbol) -> Subject:
    """The derivatives of a column, or of one expression, a row for each."""
    height, width = layering.shape(before)
    if min(height, width) > 1:
        raise ValueError(f"Jacobian needs one expression or a column of them; got a matrix of {height} by {width}.")
    by = wrt or tuple(map(Symbol, layering.symbols(before)))
    if not by:
        raise ValueError("There is no symbol to differentiate by.")
    if (count := max(height, width) * len(by)) > ENTRIES:
        raise ValueError(f"This has {count:,} derivatives; at most {ENTRIES:,} are worked out. Name fewer symbols.")
    if isinstance(before, Layered):
        for symbol in by:
            refuse_steps(before, symbol)
        program, slopes = layering.reverse(before, by)
        return Layered(program, tuple(slopes))
    entries = [entry for row in layering.rows(before) for entry in row]
    return ImmutableMatrix([[diff(entry, symbol) for symbol in by] for entry in entries])


def hessian(before: Subject, *wrt: Symbol) -> Subject:
    """The second derivatives of one expression."""
    refuse_matrix(before, "Hessian")
    by = wrt or tuple(map(Symbol, layering.symbols(before)))
    hessian = jacobian(gradient(before, *by), *by)
    return hessian if isinstance(hessian, Layered) else each(hessian, _short)


def _short(entry: Expr) -> Expr:
    """An entry factored, if that is quick and shorter: the product rule leaves its terms apart."""
    if entry.count_ops() > SMALL:
        return entry
    return rewriting.shortest([entry, rewriting.factored(entry)])


def by_differences(before: Subject, after: Subject, *wrt: Symbol, inputs: Inputs) -> Agreement:
    """Hold derivatives against differences."""
    names = [s.name for s in wrt] or list(layering.symbols(before))
    return agreement.differences(before, after, names, inputs=inputs)


def each_time(before: Subject, after: Subject, symbol: Symbol, times: int = 1, *, inputs: Inputs) -> Agreement:
    """Hold each derivative on the way against differences of the one before; report the worst."""
    checks = []
    for k in range(1, times + 1):
        now = after if k == times else differentiate(before, symbol)
        checks.append(agreement.differences(before, now, [symbol.name], inputs=inputs))
        before = now
    return max(checks, key=lambda one: (not one.holds, one.worst))


def twice(before: Subject, after: Subject, *wrt: Symbol, inputs: Inputs) -> Agreement:
    """Hold the gradient against differences, and the Hessian against differences of the gradient; report the worse."""
    by = wrt or tuple(map(Symbol, layering.symbols(before)))
    slopes = gradient(before, *by)
    first = by_differences(before, slopes, *by, inputs=inputs)
    second = by_differences(slopes, after, *by, inputs=inputs)
    return max(first, second, key=lambda one: (not one.holds, one.worst))


def series(entry: Expr, symbol: Symbol, point: Expr, order: int) -> Expr:
    """The terms of a series up to an order."""
    if point.has(oo):
        raise ValueError("A series needs a finite point.")
    return sympy.series(textbook(entry), symbol, point, order).removeO()


def close_by(before: Subject, after: Subject, symbol: Symbol, point: Expr, order: int, *, inputs: Inputs) -> Agreement:
    """Hold a series against values close to its point."""
    return agreement.series(before, after, symbol.name, point, order, inputs=inputs)


def limit(entry: Expr, symbol: Symbol, point: Expr, side: str = "both") -> Expr:
    """The limit at a point, from a side or from both."""
    whole = textbook(entry)
    if point.has(oo):
        return sympy.limit(whole, symbol, point)
    above, below = (
        sympy.limit(whole, symbol, point, sign) if side != other else None for sign, other in (("+", "below"), ("-", "above"))
    )
    if above is not None and below is not None and above != below:
        over, under = (str(limit).replace("oo", "∞") for limit in (above, below))
        raise ValueError(f"From above the limit is {over}, from below {under}: choose a side.")
    return above if below is None else below


def nears(before: Subject, after: Subject, symbol: Symbol, point: Expr, side: str = "both", *, inputs: Inputs) -> Agreement:
    """Hold a limit against values that come ever closer."""
    return agreement.limit(before, after, symbol.name, point, side, inputs=inputs)
