"""A loss that somebody typed, as a Loss like those of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from itertools import chain, count
from typing import Any

from sympy import Expr, Symbol, diff
from sympy.logic.boolalg import BooleanFunction

from explorer.core.algebra import budget
from explorer.core.algebra.layering import layered
from explorer.core.algebra.naming import is_short
from explorer.core.algebra.reading import read
from explorer.core.algebra.stable import stable, stable_slopes
from explorer.core.domains import Input, Inputs
from explorer.core.functions import textbook, where
from explorer.core.losses import proposed
from explorer.core.losses.spec import Loss
from explorer.core.program import Program

NAME = "typed"
"""What a typed loss is called beside those of the catalogue."""
MOST = 64
"""The most symbols of a typed loss."""


def typed_loss(text: str, *, by: str, target: str | None = None, parameters: Iterable[str] = ()) -> Loss:
    """Return a typed expression as a loss.

    Parameters
    ----------
    text : str
        As `algebra.read` takes it.
    by : str
        The symbol that is predicted, as it is typed or read; of a vector, such as z1 of z1, z2, z3, one entry: all of them are
        predicted then.
    target : str, optional
        The symbol of what happened; by default the one that is called as targets are, such as t, if there is one.
    parameters : iterable of str
        Symbols that are parameters whatever they are called. Any other symbol is one too.

    Raises
    ------
    ValueError
        If text is no expression that `read` takes, or has no such symbol.

    Examples
    --------
    >>> loss = typed_loss("log(1 + exp(-y*f))", by="f", target="y")
    >>> float(loss.program().evaluate({"f": -1000.0, "y": 1.0})["L"])
    1000.0
    """
    expr = read(text)
    names = sorted(symbol.name for symbol in expr.free_symbols)
    by, target, *parameters = (_as_read(name, names) for name in (by, target, *parameters))
    for what, name in (("by", by), ("target", target), *(("parameters", name) for name in parameters)):
        if name is not None and name not in names:
            raise ValueError(f"{what} must be a symbol of the expression: {', '.join(names) or 'it has none'}; got {name}.")
    if by in parameters or by == target or target in parameters:
        raise ValueError(f"A symbol can have one role only; got {by if by in (target, *parameters) else target} twice.")
    happened = target if target is not None else proposed.target([name for name in names if name not in parameters], by)
    return from_inputs(expr, proposed.with_roles(expr, by, happened, tuple(parameters)))


def _as_read(name: Any, names: Collection[str]) -> Any:
    r"""The one of some symbols that a name is read as, such as z1 of z_1 and yhat of \hat{y}; the name as it is if none is."""
    if not isinstance(name, str) or name in names:
        return name
    read_as = name
    with suppress(ValueError):
        read_as = str(read(name))
    alike = [known for known in names if known.replace("_", "") == read_as.replace("_", "")]
    return alike[0] if len(alike) == 1 else name


def from_inputs(expr: Expr, inputs: tuple[Input, ...], title: str = "Your loss") -> Loss:
    """Return an expression as a loss of some inputs, the first of which is predicted.

    Raises
    ------
    ValueError
        If there is nothing to predict, a name is one that a loss needs for itself, or the expression is too large.
    """
    if not inputs:
        raise ValueError("A loss must have a symbol that is predicted, such as p; this is a number.")
    if len(inputs) > MOST:
        raise ValueError(f"A typed loss may have at most {MOST} symbols; got {len(inputs)}.")
    for given in inputs:
        if given.name == "L" or given.name.startswith(("d_", "d2_")):
            raise ValueError(f"{given.name} is what the page calls the loss or a slope: give this symbol another name.")
    try:
        steps = steps_of(expr, inputs) if is_short(expr) else budget.run(steps_of, expr, inputs)
    except (TimeoutError, MemoryError) as error:
        raise ValueError(str(error)) from None
    return of_steps(steps, expr, inputs, title)


def of_steps(steps: Program, expr: Expr, inputs: tuple[Input, ...], title: str = "Your loss") -> Loss:
    """Return a loss whose steps are known already."""
    program = Program(tuple(Symbol(given.name) for given in inputs), steps.steps, steps.output)
    plain = textbook(expr) if expr.has(where) else expr

    def sloped() -> Program:
        """Slope and curvature in stable functions of their own, that cancel next to the target by no chain rule."""
        by = inputs[0].name
        (slope,) = stable_slopes(expr, [by], Inputs(inputs)).values()
        (curvature,) = stable_slopes(diff(expr, Symbol(by)), [by], Inputs(inputs)).values()
        names = {f"d_{by}": slope, f"d2_{by}": curvature}
        return program.extended({name: value.xreplace({}) for name, value in names.items()})

    shown = expr if plain.atoms(BooleanFunction) else plain  # SymPy has put comparisons of nested cases together
    return Loss(
        NAME,
        title,
        NAME,
        inputs,
        inputs[0].name,
        formula=lambda *_: program,
        textbook=lambda *_: expr,
        written=lambda *_: shown,
        sloped=sloped
        if is_short(expr) and not expr.has(where) and sum(one.role == "prediction" for one in inputs) == 1
        else None,
        references=(str(expr),),  # two typed losses are one only if they say the same
    )


def without(expr: Expr, inputs: tuple[Input, ...], is_taken: Callable[[str], bool]) -> tuple[Expr, tuple[Input, ...]]:
    """Return an expression and its inputs in which no symbol has a name that is taken: scale is scale_typed then, d_y own_d_y.

    Labels stay; so does the order.
    """
    known = {given.name for given in inputs}
    names: dict[str, str] = {}
    for name in [given.name for given in inputs]:
        if not is_taken(name):
            names[name] = name
            continue
        others = chain((f"{name}_{NAME}", f"own_{name}", f"own_{name}_{NAME}"), (f"own{k}_{name}_{NAME}" for k in count(2)))
        names[name] = next(other for other in others if not is_taken(other) and other not in known)
        known.add(names[name])
    changed = {Symbol(old): Symbol(new) for old, new in names.items() if old != new}
    return expr.xreplace(changed), tuple(replace(given, name=names[given.name]) for given in inputs)


def steps_of(expr: Expr, inputs: tuple[Input, ...]) -> Program:
    """Return an expression in stable functions and short steps."""
    return layered(stable(expr, Inputs(inputs))).program
