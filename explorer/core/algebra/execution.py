"""Does an operation, here or in a process of its own, checks it, and makes the result ready to show and export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sympy import Expr, ImmutableMatrix, Lambda, MatrixBase, S, Symbol, nan, oo, zoo
from sympy.polys.polyerrors import BasePolynomialError

from explorer.core.algebra import agreement, layering, rewriting, typesetting
from explorer.core.algebra.agreement import Agreement
from explorer.core.algebra.budget import SECONDS, run
from explorer.core.algebra.computing import NO_VALUE, SLOPES, computable, derivatives_of
from explorer.core.algebra.layering import Layered, Subject, each
from explorer.core.algebra.operands import Operand, expression, parsed
from explorer.core.algebra.operations import named
from explorer.core.algebra.operations.spec import Operation, equal
from explorer.core.domains import TYPED, Inputs

_STEP_BY_STEP = ("multiply", "divide", "add", "subtract", "differentiate", "gradient", "jacobian", "hessian", "substitute")
"""What can be done to a layered form as it is."""


@dataclass(frozen=True)
class Outcome:
    """What an operation made.

    Attributes
    ----------
    subject : Expr or Layered
    size : int
        Its operations.
    latex : str
        As it is read; "" where that is too long.
    computed : Layered
        The same, as it is computed and exported: in stable functions, common subexpressions named.
    slopes : Layered or None
        Its derivative by each of its symbols, in their order; None if it has more than one entry, or many symbols.
    agreement : Agreement or None
        What the check found; None for a start.
    inputs : Inputs
        What its symbols stand for, and those that may come back.
    """

    subject: Subject
    size: int
    latex: str
    computed: Layered
    slopes: Layered | None
    agreement: Agreement | None = None
    inputs: Inputs = TYPED


def apply(expr: Subject, operation: str, *operands: Any, inputs: Inputs = TYPED, seconds: float = SECONDS) -> Any:
    """Return what an operation makes of an expression, in a process of its own.

    Parameters
    ----------
    expr : Expr or Layered
    operation : str
        A name in OPERATIONS: "factor", "expand", "divide", "differentiate" ...
    operands : Expr, Symbol, int or str
        What the operation asks for; text is read.
    inputs : Inputs
        What the symbols stand for, as far as that is known.
    seconds : float
        After so long it is stopped.

    Returns
    -------
    Expr or Layered
        A gradient is a column, a Jacobian or a Hessian a matrix, roots a column.

    Raises
    ------
    ValueError
        If there is no such operation, an operand does not fit, or SymPy finds no result.
    TimeoutError, MemoryError
        If it is over its budget.

    Examples
    --------
    >>> from sympy import symbols
    >>> p, t = symbols("p t")
    >>> apply((1 - t) / (1 - p) - t / p, "factor")
    (p - t)/(p*(1 - p))
    """
    given = parsed(named(operation).asks, operands)
    before, given, back = _without_assumptions(_subject(expr), given)
    result = run(perform, before, operation, given, inputs, seconds=seconds)
    return result if isinstance(result, Layered) else result.xreplace(back)


def _without_assumptions(
    before: Subject, operands: tuple[Operand, ...]
) -> tuple[Subject, tuple[Operand, ...], dict[Symbol, Symbol]]:
    """Subject and operands in plain symbols, as text is read, and the way back to the subject's own."""
    expressions = [one for one in (before, *operands) if isinstance(one, Expr)]
    own = {s: Symbol(s.name) for one in reversed(expressions) for s in one.free_symbols}
    plain = [one.xreplace(own) if isinstance(one, Expr) else one for one in (before, *operands)]
    return plain[0], tuple(plain[1:]), {symbol: theirs for theirs, symbol in own.items() if symbol != theirs}


def _subject(given: Any) -> Subject:
    """What an operation can be done to."""
    if isinstance(given, MatrixBase):
        given = ImmutableMatrix(given)
    if isinstance(given, Layered) or (
        isinstance(given, Expr) and not isinstance(given, Lambda) and 0 not in layering.shape(given)
    ):
        return given
    return expression(given)


def work(
    before: Subject,
    operation: str,
    operands: Sequence[Operand],
    inputs: Inputs = TYPED,
    start: Layered | None = None,
) -> Outcome:
    """Do an operation, check it and make it ready to be shown and exported; in this process, however long it takes.

    Parameters
    ----------
    start : Layered, optional
        How what it starts from is computed, where that is more than the expression says: a loss is finite at its edges.
    """
    after = perform(before, operation, operands, inputs)
    doing = named(operation)
    inputs = inputs.with_more(*doing.brings(before, *operands, inputs=inputs))
    try:
        checked = doing.check(before, after, *operands, inputs=inputs)
        computed = computable(after, inputs)
        exported = agreement.as_computed(after, computed, inputs=inputs)
        if (
            exported.fails
            and (other := _computed_from(start or computable(before, inputs), doing, operands, inputs)) is not None
        ):
            as_before = agreement.as_computed(after, other, inputs=inputs)
            if as_before.holds:
                return replace(outcome(after, other, inputs=inputs), agreement=checked)
        result = outcome(after, computed, derivatives_of(after, inputs), inputs)
    except (NotImplementedError, KeyError) as error:  # a function that no printer knows, a symbol bound in a sum
        raise ValueError(f"The result cannot be computed here: {error}") from error
    return replace(result, agreement=exported if exported.fails else checked)


def _computed_from(start: Layered, doing: Operation, operands: Sequence[Operand], inputs: Inputs) -> Layered | None:
    """Return what an operation comes to as its start is computed, for a result that cannot be computed as it stands.

    What only writes its subject in another way is computed as that was; a slope is that of the stable functions, which know
    it where a formula is 0/0.
    """
    if doing.check is equal:
        return start
    if doing.name not in _STEP_BY_STEP:
        return None
    try:
        result = doing.done(start, *operands, inputs=inputs)
    except ValueError:  # an operand has the name of a step
        return None
    assert isinstance(result, Layered)
    return result


def outcome(
    subject: Subject,
    computed: Layered | None = None,
    derivatives: Mapping[str, Expr] | None = None,
    inputs: Inputs = TYPED,
) -> Outcome:
    """Return a subject with what a page needs of it; computed, if given, is what computes it, with its own derivatives."""
    if computed is None:
        computed, derivatives = computable(subject, inputs), derivatives_of(subject, inputs)
    by = layering.symbols(computed)
    few = computed.shape == (1, 1) and 0 < len(by) <= SLOPES
    known = [derivatives.get(name, S.Zero) for name in by] if derivatives else []
    return Outcome(
        subject,
        layering.operations(subject),
        typesetting.latex(subject),
        computed,
        layering.slopes(computed, by, known) if few else None,
        inputs=inputs,
    )


def perform(before: Subject, operation: str, operands: Sequence[Operand], inputs: Inputs = TYPED) -> Subject:
    """Do an operation in this process; raise ValueError where it has no result."""
    doing = named(operation)
    before = _subject(before)
    if not isinstance(before, Layered):
        before = each(before, rewriting.own)
        if before.has(oo):
            raise ValueError("Nothing can be done with an infinite result: undo the last step.")
    try:
        after = doing.done(before, *operands, inputs=inputs)
    except ValueError:
        raise
    except RecursionError as error:
        raise ValueError("The expression is nested too deeply for SymPy to take this step.") from error
    except (NotImplementedError, BasePolynomialError, TypeError, AttributeError) as error:
        raise ValueError(f"SymPy has no answer for this step.{doing.needs and f' {doing.needs}'}") from error
    if not isinstance(after, Layered) and after.has(nan, zoo, S.ImaginaryUnit, *NO_VALUE):
        raise ValueError(f"{doing.label} gives no real value here.")
    return after
