"""Finds where a formula loses digits in floats as it is written, and what is computed instead.

Numbers are held against 80 digits and more, at points over the whole domain of each symbol. Where neither the digits nor the
stable form are sure of a value nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sympy import Expr, Symbol, simplify

from explorer.core.algebra import agreement, budget, layering, rewriting, sampling
from explorer.core.algebra.exact import Exact
from explorer.core.algebra.stable import stable
from explorer.core.checks import FloatArray
from explorer.core.domains import TYPED, Inputs
from explorer.core.functions import textbook

KINDS: tuple[type[np.floating[Any]], ...] = (np.float64, np.float32, np.float16)
"""The floats that are tried."""
COUNT = 64
"""At how many points."""
FAR = 1e4
"""How far out a number without bounds is tried."""
LOST = 32
"""From how many times the rounding of a kind of floats on digits count as lost."""
SURE = 1e-9
"""Within what the stable form must be the digits for a point to count."""
SPANS = 2
"""How many runs of points are told."""
SHORT = 60
"""Up to how many operations algebra is asked for a proof."""

Fault = Literal["digits", "overflow", "nan"]


@dataclass(frozen=True)
class Trouble:
    """How a formula as it is written fails in one kind of floats.

    Attributes
    ----------
    floats : str
        float64, float32 or float16.
    fault : str
        "digits" that are lost, "overflow" (infinite, though the value is not) or "nan".
    at : dict
        Where it is worst, symbol -> number.
    found, exact : float
        What comes out there, and what is right.
    error : float
        The relative error there; inf for "overflow" and "nan".
    spans : tuple of pairs of floats
        From where to where it fails at every point that was tried, of a formula of one symbol; those with the most points.
    """

    floats: str
    fault: Fault
    at: dict[str, float]
    found: float
    exact: float
    error: float
    spans: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Remedy:
    """What is computed instead of a formula.

    Attributes
    ----------
    form : Expr
        In stable functions.
    proof : str
        "same" if it is the formula as it is written, "algebra" if SymPy has shown that both are equal, else "points".
    points : int
        At how many points both were held against the digits.
    error : float
        The largest relative error of the form in float64 there.
    """

    form: Expr
    proof: Literal["same", "algebra", "points"]
    points: int
    error: float


def trouble(expr: Expr, inputs: Inputs = TYPED) -> tuple[Trouble, ...]:
    """Return where plain floats fail: for each kind of them the worst point of each fault.

    Parameters
    ----------
    inputs : Inputs
        What the symbols stand for.

    Raises
    ------
    NotImplementedError
        If there is a function that has no digits.

    Examples
    --------
    >>> from sympy import Symbol, exp, log
    >>> sorted({each.fault for each in trouble(log(1 + exp(Symbol("x"))))})
    ['digits', 'overflow']
    """
    expr = rewriting.own(expr)
    form = stable(expr, inputs)
    digits = Exact(expr)
    return tuple(found for kind in KINDS for found in _faults(expr, form, digits, kind, _points(expr, inputs, kind)))


def remedy(expr: Expr, inputs: Inputs = TYPED, seconds: float = 1.0) -> Remedy:
    """Return what is computed instead of a formula, and how it is known to be the same.

    Parameters
    ----------
    seconds : float
        How long algebra is asked for a proof, in a process of its own.
    """
    expr = rewriting.own(expr)
    form = stable(expr, inputs)
    at = _points(expr, inputs, np.float64)
    exact = _digits(Exact(expr), at)
    sure = np.isfinite(exact) & (np.abs(exact) >= np.finfo(float).tiny)
    errors = _errors(_floats(form, at, np.float64), exact)[sure]
    proof: Literal["same", "algebra", "points"] = "same" if form == expr else "points"
    if proof == "points" and textbook(form) == textbook(expr):
        proof = "algebra"
    elif proof == "points" and expr.count_ops() <= SHORT:
        try:
            proof = "algebra" if budget.run(proved, expr, form, seconds=seconds) else "points"
        except (TimeoutError, MemoryError):
            proof = "points"
    return Remedy(form, proof, int(sure.sum()), float(errors.max(initial=0.0)))


def proved(expr: Expr, form: Expr) -> bool:
    """Return whether SymPy finds that a formula and its stable form are equal for all real numbers; it may take long."""
    real = {s: Symbol(s.name, real=True) for s in expr.free_symbols | form.free_symbols}
    difference = textbook(form).xreplace(real) - textbook(expr).xreplace(real)
    return bool(difference == 0 or simplify(difference) == 0)


def _points(expr: Expr, inputs: Inputs, kind: type[np.floating[Any]]) -> dict[str, FloatArray]:
    """Points over the whole domain of each symbol that a kind of floats holds, in order if there is one symbol."""
    limits = np.finfo(kind)
    names = layering.symbols(expr)
    random = np.random.default_rng(11)
    wide = sampling.whole_range(expr, count=COUNT, inputs=inputs)
    found = {}
    for name, column in wide.items():
        domain = inputs[name].domain.alone
        reach = min(FAR, float(limits.max))
        sizes = np.geomspace(max(float(limits.tiny), 1e-300), reach, COUNT // 2)
        middle = np.linspace(0, min(reach, 800.0), COUNT // 2)
        tried = np.concatenate([sizes, -sizes, middle, -middle, 1 - sizes, column])
        kept = np.unique(np.array([x for x in tried if domain.holds(x)]).astype(kind).astype(float))
        kept = np.array([x for x in kept if domain.holds(x)])
        found[name] = kept if len(names) == 1 else random.choice(kept, 2 * COUNT)
    return found


def _floats(expr: Expr, at: dict[str, FloatArray], kind: type[np.floating[Any]]) -> FloatArray:
    with np.errstate(all="ignore"):
        return np.asarray(agreement.values(expr, at, kind)[0].astype(float))


def _digits(digits: Exact, at: dict[str, FloatArray]) -> FloatArray:
    """The exact numbers, rounded to float64; NaN where they are not known."""
    count = len(next(iter(at.values()), np.zeros(1)))
    return np.array([float(number) for number in digits.values(at, count)[0]])


def _errors(found: FloatArray, exact: FloatArray) -> FloatArray:
    """Relative errors; inf where there is no finite number."""
    with np.errstate(all="ignore"):
        errors = np.abs(found - exact) / np.abs(exact)
    return np.where(np.isfinite(found), np.where(found == exact, 0.0, errors), np.inf)


def _faults(
    expr: Expr, form: Expr, digits: Exact, kind: type[np.floating[Any]], at: dict[str, FloatArray]
) -> Iterator[Trouble]:
    """Where a formula is NaN, overflows or loses digits in a dtype, at points where digits and the stable form are sure."""
    limits = np.finfo(kind)
    exact, found = _digits(digits, at), _floats(expr, at, kind)
    with np.errstate(all="ignore"):
        held = (np.abs(exact) <= float(limits.max)) & ((exact == 0) | (np.abs(exact) >= float(limits.tiny)))
        held &= (_errors(_floats(form, at, np.float64), exact) < SURE) | (exact == 0)
    errors = _errors(found, exact)
    faults: dict[Fault, Any] = {
        "nan": held & np.isnan(found),
        "overflow": held & np.isinf(found),
        "digits": held & np.isfinite(found) & (errors > LOST * float(limits.eps)) & (exact != 0),
    }
    for fault, where in sorted(faults.items(), key=lambda each: -int(each[1].sum())):
        if not where.any():
            continue
        places = np.flatnonzero(where)
        k = int(places[np.argmax(errors[places])])
        yield Trouble(
            kind.__name__,
            fault,
            {name: float(values[k]) for name, values in at.items()},
            float(found[k]),
            float(exact[k]),
            float(errors[k]),
            _spans(next(iter(at.values()))[held], where[held]) if len(at) == 1 else (),
        )


def _spans(points: FloatArray, fails: NDArray[np.bool_]) -> tuple[tuple[float, float], ...]:
    """From where to where something fails, in order: the SPANS longest runs of points in order."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], fails, [False]]).astype(int)))
    runs = sorted(zip(edges[::2], edges[1::2] - 1, strict=True), key=lambda run: run[0] - run[1])[:SPANS]
    return tuple((float(points[first]), float(points[last])) for first, last in sorted(runs))
