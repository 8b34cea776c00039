"""The operations, each a function and one entry in OPERATIONS: what it asks for, what it does, and how that is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sympy
from sympy import (
    AccumBounds,
    Derivative,
    DiracDelta,
    Expr,
    ImmutableMatrix,
    Integral,
    Lambda,
    Limit,
    MatrixBase,
    Product,
    S,
    Sum,
    Symbol,
    diff,
    log,
    nan,
    oo,
    zoo,
)  # fmt: skip
from sympy.polys.polyerrors import BasePolynomialError

from explorer.core.algebra import agreement, layering, naming, rewriting, typesetting
from explorer.core.algebra.agreement import Agreement
from explorer.core.algebra.budget import SECONDS, run
from explorer.core.algebra.layering import Layered, Subject, each, written_out
from explorer.core.algebra.operands import Operand, expression, parsed
from explorer.core.algebra.scales import scaled
from explorer.core.algebra.stable import stable, stable_slopes
from explorer.core.domains import TYPED, Input, Inputs
from explorer.core.functions import sigmoid, softplus, textbook

_NO_VALUE = (AccumBounds, Limit, Integral, Derivative, Sum, Product)
"""What SymPy returns where it finds no value."""
SLOPES = 12
"""Up to how many symbols the slope by each is worked out at once."""
ENTRIES = 10_000
"""How many entries a Jacobian or a Hessian has at most."""
_STEP_BY_STEP = ("multiply", "divide", "add", "subtract", "differentiate", "gradient", "jacobian", "hessian", "substitute")
"""What can be done to a layered form as it is."""
SMALL = 200
"""Up to how many operations a quotient is cancelled, and an entry of a Hessian factored, at once."""


@dataclass(frozen=True)
class Operation:
    """What can be done to a subject.

    Attributes
    ----------
    name : str
        One word.
    label : str
        What it is called in a list.
    title : str
        What a step of a chain is called, with {} for an operand.
    asks : tuple of str
        The kinds of its operands, names in `operands.KINDS`.
    run : callable
        (subject, *operands) -> subject; where by_inputs is set, with `inputs` as well.
    check : callable
        (before, after, *operands, inputs) -> Agreement.
    needs : str
        A sentence on what it works on, if not on everything.
    more : str
        What follows the title if one more operand is given.
    by_inputs : bool
        Whether what is done depends on what the symbols stand for.
    brings : callable
        (before, *operands, inputs) -> what its new symbols stand for, where that is known.
    """

    name: str
    label: str
    title: str
    run: Callable[..., Subject]
    check: Callable[..., Agreement]
    asks: tuple[str, ...] = ()
    needs: str = ""
    more: str = ""
    by_inputs: bool = False
    brings: Callable[..., tuple[Input, ...]] = lambda *_, **__: ()

    def done(self, before: Subject, *operands: Operand, inputs: Inputs) -> Subject:
        """Return what it makes of a subject."""
        return self.run(before, *operands, inputs=inputs) if self.by_inputs else self.run(before, *operands)


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
        result = outcome(after, computed, _derivatives(after, inputs), inputs)
    except (NotImplementedError, KeyError) as error:  # a function that no printer knows, a symbol bound in a sum
        raise ValueError(f"The result cannot be computed here: {error}") from error
    return replace(result, agreement=exported if exported.fails else checked)


def _computed_from(start: Layered, doing: Operation, operands: Sequence[Operand], inputs: Inputs) -> Layered | None:
    """Return what an operation comes to as its start is computed, for a result that cannot be computed as it stands.

    What only writes its subject in another way is computed as that was; a slope is that of the stable functions, which know
    it where a formula is 0/0.
    """
    if doing.check is _equal:
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
        computed, derivatives = computable(subject, inputs), _derivatives(subject, inputs)
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


def _derivatives(subject: Subject, inputs: Inputs) -> dict[str, Expr]:
    """The derivative of a short expression by each of its symbols, in stable functions: with a value at the edges.

    Empty where reverse mode has to find them.
    """
    if isinstance(subject, Layered) or layering.shape(subject) != (1, 1) or not naming.is_short(*layering.entries(subject)):
        return {}
    (expr,) = layering.entries(subject)
    by = layering.symbols(expr)
    slopes = stable_slopes(expr, by, inputs) if len(by) <= SLOPES else {}
    return {} if any(slope.has(nan, zoo, S.ImaginaryUnit, DiracDelta, *_NO_VALUE) for slope in slopes.values()) else slopes


def computable(subject: Subject, inputs: Inputs = TYPED) -> Layered:
    """Return a subject as it is computed: in stable functions, common subexpressions named."""
    return subject if isinstance(subject, Layered) else layering.layered(each(subject, lambda entry: stable(entry, inputs)))


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
    if not isinstance(after, Layered) and after.has(nan, zoo, S.ImaginaryUnit, *_NO_VALUE):
        raise ValueError(f"{doing.label} gives no real value here.")
    return after


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


def _on_entries(change: Callable[..., Expr]) -> Callable[..., Subject]:
    """An operation that writes its subject out and changes each entry by itself."""

    def run(before: Subject, *operands: Any) -> Subject:
        return each(rewriting.plain(written_out(before)), lambda entry: rewriting.plain(change(entry, *operands)))

    return run


def _on_symbols(change: Callable[[Expr], Expr]) -> Callable[..., Subject]:
    """The same, with the functions that SymPy does not know as letters."""
    return _on_entries(lambda entry: rewriting.with_names(entry, change))


def _equal(before: Subject, after: Subject, *_: Any, inputs: Inputs) -> Agreement:
    return agreement.same_values(before, after, inputs=inputs)


def _combine(combine: Callable[[Any, Any], Any]) -> tuple[Callable[..., Subject], Callable[..., Agreement]]:
    """An operation with another expression, on numbers or symbols alike, and its check."""

    def run(before: Subject, other: Expr) -> Subject:
        if isinstance(before, Layered):
            return _extended(before, lambda entry: combine(entry, other), other)
        return each(before, lambda entry: combine(entry, other))

    def check(before: Subject, after: Subject, other: Expr, *, inputs: Inputs) -> Agreement:
        return agreement.combined(before, after, other, combine, inputs=inputs)

    return run, check


def _extended(before: Layered, change: Callable[[Expr], Expr], other: Expr) -> Layered:
    """A layered subject with one step more for each entry; other is what the change brings in."""
    program = before.program
    _refuse_steps(before, other)
    new = [s for s in sorted(other.free_symbols, key=str) if s not in program.inputs]
    letters = layering.fresh(("r", "v"), program.symbols)
    made = [[next(letters).name for _ in row] for row in before.entries]
    steps = {
        name: change(Symbol(entry))
        for row, entries in zip(made, before.entries, strict=True)
        for name, entry in zip(row, entries, strict=True)
    }
    return Layered(program.extended(steps, inputs=new), tuple(map(tuple, made)))


def _refuse_steps(before: Layered, other: Expr) -> None:
    """Raise ValueError if an operand speaks of a step, which is no variable."""
    steps = {name for name, _ in before.program.steps}
    if taken := sorted(str(s) for s in other.free_symbols & steps):
        raise ValueError(f"{taken[0]} is a step of the layered form, not a variable: write the expression out first.")


def _quotient(before: Any, other: Any) -> Any:
    """A quotient, of numbers or expressions; a short one cancelled."""
    if isinstance(other, Expr) and other.is_zero:
        raise ValueError("An expression cannot be divided by 0.")
    quotient = before / other
    return rewriting.factored(quotient) if isinstance(quotient, Expr) and 0 < quotient.count_ops() <= SMALL else quotient


def _differentiate(before: Subject, symbol: Symbol, times: int = 1) -> Subject:
    derivative = before
    for _ in range(times):
        if isinstance(derivative, Layered):
            _refuse_steps(derivative, symbol)
            program, slopes = layering.reverse(derivative, (symbol,))
            width = derivative.shape[1]
            flat = [name for (name,) in slopes]
            derivative = Layered(program, tuple(tuple(flat[k : k + width]) for k in range(0, len(flat), width)))
        else:
            derivative = each(derivative, lambda entry: diff(entry, symbol))
    return derivative


def _gradient(before: Subject, *wrt: Symbol) -> Subject:
    _refuse_matrix(before, "Gradient")
    return _transposed(_jacobian(before, *wrt))


def _transposed(before: Subject) -> Subject:
    return Layered(before.program, tuple(zip(*before.entries, strict=True))) if isinstance(before, Layered) else before.T


def _jacobian(before: Subject, *wrt: Symbol) -> Subject:
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
            _refuse_steps(before, symbol)
        program, slopes = layering.reverse(before, by)
        return Layered(program, tuple(slopes))
    entries = [entry for row in layering.rows(before) for entry in row]
    return ImmutableMatrix([[diff(entry, symbol) for symbol in by] for entry in entries])


def _hessian(before: Subject, *wrt: Symbol) -> Subject:
    _refuse_matrix(before, "Hessian")
    by = wrt or tuple(map(Symbol, layering.symbols(before)))
    hessian = _jacobian(_gradient(before, *by), *by)
    return hessian if isinstance(hessian, Layered) else each(hessian, _short)


def _short(entry: Expr) -> Expr:
    """An entry factored, if that is quick and shorter: the product rule leaves its terms apart."""
    if entry.count_ops() > SMALL:
        return entry
    return rewriting.shortest([entry, rewriting.factored(entry)])


def _refuse_matrix(before: Subject, operation: str) -> None:
    height, width = layering.shape(before)
    if (height, width) != (1, 1):
        raise ValueError(f"{operation} needs one expression; got a matrix of {height} by {width}. Take its Jacobian.")


def _by_differences(before: Subject, after: Subject, *wrt: Symbol, inputs: Inputs) -> Agreement:
    names = [s.name for s in wrt] or list(layering.symbols(before))
    return agreement.differences(before, after, names, inputs=inputs)


def _each_time(before: Subject, after: Subject, symbol: Symbol, times: int = 1, *, inputs: Inputs) -> Agreement:
    """Hold each derivative on the way against differences of the one before; report the worst."""
    checks = []
    for k in range(1, times + 1):
        now = after if k == times else _differentiate(before, symbol)
        checks.append(agreement.differences(before, now, [symbol.name], inputs=inputs))
        before = now
    return max(checks, key=lambda one: (not one.holds, one.worst))


def _twice(before: Subject, after: Subject, *wrt: Symbol, inputs: Inputs) -> Agreement:
    """Hold the gradient against differences, and the Hessian against differences of the gradient; report the worse."""
    by = wrt or tuple(map(Symbol, layering.symbols(before)))
    slopes = _gradient(before, *by)
    first = _by_differences(before, slopes, *by, inputs=inputs)
    second = _by_differences(slopes, after, *by, inputs=inputs)
    return max(first, second, key=lambda one: (not one.holds, one.worst))


def _substitute(before: Subject, symbol: Symbol, value: Expr) -> Subject:
    if isinstance(before, Layered):
        _refuse_steps(before, symbol)
        _refuse_steps(before, value)
        if symbol not in before.program.inputs:
            return before
        return replace(before, program=before.program.substitute({symbol.name: value}))
    result = each(before, lambda entry: entry.subs(symbol, value))
    if result.has(nan, zoo, oo):
        raise ValueError(f"At {symbol} = {value} there is no value; take the limit there.")
    return result


def _put_in(before: Subject, after: Subject, symbol: Symbol, value: Expr, *, inputs: Inputs) -> Agreement:
    return agreement.put_in(before, after, {symbol.name: value}, inputs=inputs)


def _rewrite(before: Subject, to: str, *, inputs: Inputs) -> Subject:
    counterparts = scaled(before, to, inputs)
    given = {Symbol(name): counterpart.expr for name, counterpart in counterparts.items()}
    known: dict[Expr, Expr] = {}
    for name, counterpart in counterparts.items():
        if to == "probability" and counterpart.single:  # sigmoid and softplus of a logit are p and -ln(1 - p)
            one, p = Symbol(name), Symbol(counterpart.inputs[0].name)
            known |= {sigmoid(one): p, sigmoid(-one): 1 - p, softplus(one): -log(1 - p), softplus(-one): -log(p)}

    def change(entry: Expr) -> Expr:
        if to == "probability":
            entry = textbook(entry.xreplace(known))
        return rewriting.simplified(rewriting.logs(entry.xreplace(given)), inputs)

    return _on_entries(change)(before)


def _rewritten(before: Subject, after: Subject, to: str, *, inputs: Inputs) -> Agreement:
    counterparts = scaled(before, to, inputs)
    return agreement.put_in(before, after, {name: one.expr for name, one in counterparts.items()}, inputs=inputs)


def _counterparts(before: Subject, to: str, *, inputs: Inputs) -> tuple[Input, ...]:
    """What the new symbols stand for."""
    return tuple(dict.fromkeys(given for one in scaled(before, to, inputs).values() for given in one.inputs))


def _series(entry: Expr, symbol: Symbol, point: Expr, order: int) -> Expr:
    if point.has(oo):
        raise ValueError("A series needs a finite point.")
    return sympy.series(textbook(entry), symbol, point, order).removeO()


def _close_by(before: Subject, after: Subject, symbol: Symbol, point: Expr, order: int, *, inputs: Inputs) -> Agreement:
    return agreement.series(before, after, symbol.name, point, order, inputs=inputs)


def _limit(entry: Expr, symbol: Symbol, point: Expr, side: str = "both") -> Expr:
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


def _nears(before: Subject, after: Subject, symbol: Symbol, point: Expr, side: str = "both", *, inputs: Inputs) -> Agreement:
    return agreement.limit(before, after, symbol.name, point, side, inputs=inputs)


def _solve(before: Subject, symbol: Symbol, *, inputs: Inputs) -> Subject:
    _refuse_matrix(before, "Solve")
    whole = textbook(written_out(before))
    if whole.is_zero:
        raise ValueError(f"Every {symbol} solves it: the expression is 0.")
    roots = [
        root
        for root in sympy.solve(whole, symbol)
        if root.is_real is not False and not root.has(S.ImaginaryUnit, sympy.LambertW)
    ]
    if not roots:
        raise ValueError(f"No real solution for {symbol} was found.")
    simple = (rewriting.simplified(root, inputs) for root in roots)
    return ImmutableMatrix([root.replace(log, lambda a: log(rewriting.factored(a))) for root in simple])


def _roots(before: Subject, after: Subject, symbol: Symbol, *, inputs: Inputs) -> Agreement:
    return agreement.roots(before, after, symbol.name, inputs=inputs)


def _cse(before: Subject, *, inputs: Inputs) -> Subject:
    return computable(written_out(before), inputs)


def _simplify(before: Subject, *, inputs: Inputs) -> Subject:
    return _on_entries(lambda entry: rewriting.simplified(entry, inputs))(before)


_multiply, _check_multiply = _combine(lambda a, b: a * b)
_subtract, _check_subtract = _combine(lambda a, b: a - b)
_add, _check_add = _combine(lambda a, b: a + b)
_divide, _check_divide = _combine(_quotient)


def _listed(operations: Iterable[Operation]) -> dict[str, Operation]:
    return {operation.name: operation for operation in operations}


OPERATIONS = _listed(
    (
        Operation("expand", "Expand", "expand", _on_symbols(sympy.expand), _equal),
        Operation("factor", "Factor", "factor", _on_entries(rewriting.factored), _equal),
        Operation("simplify", "Simplify", "simplify", _simplify, _equal, by_inputs=True),
        Operation(
            "collect",
            "Collect powers",
            "collect powers of {}",
            _on_entries(lambda e, x: sympy.collect(sympy.expand(e), x)),
            _equal,
            ("symbol",),
        ),
        Operation("together", "Together", "together, over one denominator", _on_symbols(sympy.together), _equal),
        Operation(
            "apart",
            "Apart: partial fractions",
            "apart, partial fractions in {}",
            _on_entries(sympy.apart),
            _equal,
            ("symbol",),
            "It takes a quotient of polynomials in the symbol.",
        ),
        Operation("cancel", "Cancel", "cancel common factors", _on_symbols(sympy.cancel), _equal),
        Operation("multiply", "Multiply by", "multiply by {}", _multiply, _check_multiply, ("expression",)),
        Operation("divide", "Divide by", "divide by {}", _divide, _check_divide, ("expression",)),
        Operation("add", "Add", "add {}", _add, _check_add, ("expression",)),
        Operation("subtract", "Subtract", "subtract {}", _subtract, _check_subtract, ("expression",)),
        Operation(
            "differentiate",
            "Differentiate",
            "differentiate by {}",
            _differentiate,
            _each_time,
            ("symbol", "times"),
            more=", {} times",
        ),
        Operation("gradient", "Gradient", "gradient by {}", _gradient, _by_differences, ("symbols",)),
        Operation("jacobian", "Jacobian", "Jacobian by {}", _jacobian, _by_differences, ("symbols",)),
        Operation("hessian", "Hessian", "Hessian by {}", _hessian, _twice, ("symbols",)),
        Operation("substitute", "Substitute", "substitute {} = {}", _substitute, _put_in, ("symbol", "expression")),
        Operation(
            "rewrite",
            "Rewrite as logit or probability",
            "rewrite as {}",
            _rewrite,
            _rewritten,
            ("scale",),
            by_inputs=True,
            brings=_counterparts,
        ),
        Operation(
            "series", "Series", "series in {} at {}, order {}", _on_entries(_series), _close_by, ("symbol", "point", "order")
        ),
        Operation(
            "limit", "Limit", "limit of {} to {}", _on_entries(_limit), _nears, ("symbol", "point", "side"), more=" from {}"
        ),
        Operation("solve", "Solve = 0", "solve = 0 for {}", _solve, _roots, ("symbol",), by_inputs=True),
        Operation("cse", "Name common subexpressions", "name common subexpressions", _cse, _equal, by_inputs=True),
        Operation("inline", "Write out in one", "write out in one", written_out, _equal),
    )
)
"""Every operation by its name."""
