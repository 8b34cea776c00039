"""Puts in values, renames symbols, and solves for what makes an expression 0."""

from __future__ import annotations

from dataclasses import replace

import sympy
from sympy import Expr, ImmutableMatrix, S, Symbol, log, nan, oo, zoo

from explorer.core.algebra import agreement, rewriting
from explorer.core.algebra.agreement import Agreement
from explorer.core.algebra.layering import Layered, Subject, each, written_out
from explorer.core.algebra.operations.spec import on_entries, refuse_matrix, refuse_steps
from explorer.core.algebra.scales import scaled
from explorer.core.domains import Input, Inputs
from explorer.core.functions import sigmoid, softplus, textbook


def substitute(before: Subject, symbol: Symbol, value: Expr) -> Subject:
    """A value, or an expression, in the place of a symbol."""
    if isinstance(before, Layered):
        refuse_steps(before, symbol)
        refuse_steps(before, value)
        if symbol not in before.program.inputs:
            return before
        return replace(before, program=before.program.substitute({symbol.name: value}))
    result = each(before, lambda entry: entry.subs(symbol, value))
    if result.has(nan, zoo, oo):
        raise ValueError(f"At {symbol} = {value} there is no value; take the limit there.")
    return result


def put_in(before: Subject, after: Subject, symbol: Symbol, value: Expr, *, inputs: Inputs) -> Agreement:
    """Hold the result against the values before, with the value put in."""
    return agreement.put_in(before, after, {symbol.name: value}, inputs=inputs)


def rewrite(before: Subject, to: str, *, inputs: Inputs) -> Subject:
    """Logits in the place of probabilities, or the other way round."""
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

    return on_entries(change)(before)


def rewritten(before: Subject, after: Subject, to: str, *, inputs: Inputs) -> Agreement:
    """Hold the result against the values before, with the counterparts put in."""
    counterparts = scaled(before, to, inputs)
    return agreement.put_in(before, after, {name: one.expr for name, one in counterparts.items()}, inputs=inputs)


def counterparts(before: Subject, to: str, *, inputs: Inputs) -> tuple[Input, ...]:
    """What the new symbols stand for."""
    return tuple(dict.fromkeys(given for one in scaled(before, to, inputs).values() for given in one.inputs))


def solve(before: Subject, symbol: Symbol, *, inputs: Inputs) -> Subject:
    """The real roots, a column."""
    refuse_matrix(before, "Solve")
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


def roots(before: Subject, after: Subject, symbol: Symbol, *, inputs: Inputs) -> Agreement:
    """Hold each root against 0."""
    return agreement.roots(before, after, symbol.name, inputs=inputs)
