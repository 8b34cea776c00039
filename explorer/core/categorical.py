"""What the page /categorical shows, as one program: the loss of one example and of its batch, gradients and floor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from sympy import Abs, Add, Expr, Integer, Symbol, exp, log, sign

from explorer.core import formulas
from explorer.core.functions import argmax, least_focal, textbook, tidy, xlogy, xmuly
from explorer.core.program import Program
from explorer.core.worked import Worked, work_out

By = Literal["p", "z"]
Option = Literal["smoothing", "weights", "focal", "temperature"]
OPTIONS: tuple[Option, ...] = ("smoothing", "weights", "focal", "temperature")


@dataclass(frozen=True)
class Formula:
    """One line of the formula: a step, as a textbook writes it, and worked out with numbers.

    Attributes
    ----------
    step : Symbol
        The step of the program that it defines.
    forms : tuple of Expr
        The right side, and what that collapses to for a target that is one class.
    worked : tuple of Worked
        The stages of each form with numbers put in.
    """

    step: Symbol
    forms: tuple[Expr, ...]
    worked: tuple[Worked, ...]


@dataclass(frozen=True)
class CategoricalView:
    """Cross-entropy of one example with its batch.

    Attributes
    ----------
    program : Program
        Inputs: p1 ... or z1 ... (and T), t1 ..., those of the options (epsilon, w1 ..., gamma); o1 ..., 1 for the class whose
        logit the slice runs along and 0 for the others; u, any place on that slice; x1 ... and y1 ..., prediction and target of
        the batch's other rows; `others`, how many of those count, `counts`, 1 if this example does, `hits`, how many of the
        others are right, and with weights n1 ..., the sum of their targets. Steps: L, bits, `floor`, `excess`; p1 ...,
        z1 ..., shares l1 ..., d_p1 ..., d_z1 ...; sum_p, sum_t; `slice` and `tangent` at u, and `z_along`, `loss_along`,
        `slope_along`; row_L of each row, and sum, mean, weighted_mean, accuracy of the batch.
    formulas : tuple of Formula
    loss_and_gradient : Program
        L and its derivatives by the prediction alone, to take away.
    """

    program: Program
    formulas: tuple[Formula, ...]
    loss_and_gradient: Program


@lru_cache(maxsize=256)
def categorical_view(
    by: By, classes: int, options: frozenset[Option] = frozenset(), *, index: int | None = None, along: int = 1
) -> CategoricalView:
    """Return the view for predictions as probabilities ("p") or logits ("z").

    Parameters
    ----------
    index : int
        The class that happened, counted from 1, if the target is one: then the formula collapses to it.
    along : int
        The class, counted from 1, whose derivatives are written out.
    """
    program = _program(by, classes, options)
    lines = _formulas(by, classes, options, index, along)
    for worked in (worked for line in lines for worked in line.worked):
        program = program.extended(worked.steps).extended(worked.values)
    return CategoricalView(program, lines, _loss_and_gradient(by, classes, options))


@lru_cache(maxsize=64)
def _losses(classes: int, options: frozenset[Option]) -> tuple[Program, Program]:
    """The loss by probabilities and by logits."""
    chosen = {option: option in options for option in ("smoothing", "weights", "focal")}
    by_p, by_z = formulas.cross_entropy(classes, **chosen), formulas.cross_entropy_with_logits(classes, **chosen)
    if "temperature" in options:
        by_z = by_z.substitute({f"z{k}": Symbol(f"z{k}") / Symbol("T") for k in range(1, classes + 1)})
    return by_p, by_z


@lru_cache(maxsize=64)
def _loss_and_gradient(by: By, classes: int, options: frozenset[Option]) -> Program:
    return _losses(classes, options)[by == "z"].gradient(f"{by}{k}" for k in range(1, classes + 1))


@lru_cache(maxsize=64)
def _program(by: By, classes: int, options: frozenset[Option]) -> Program:
    every = range(1, classes + 1)
    by_p, by_z = (loss.gradient(f"{x}{k}" for k in every) for loss, x in zip(_losses(classes, options), "pz", strict=True))
    by_z = _uncancelled(by_z, classes, options)
    slopes = {x: {f"d_{x}{k}": f"d_{x}{k}" for k in every} for x in "pz"}
    if by == "p":
        program = by_p.extended({f"z{k}": log(Symbol(f"p{k}")) for k in every})
        program = program.including(by_z, {"L": "loss_along"} | slopes["z"])
    else:
        program = by_z.extended({f"p{k}": exp(-Symbol(f"s{k}")) for k in every}).including(by_p, slopes["p"])
        program = program.extended({"loss_along": Symbol("L")})
    program = _with_floor(program, classes, options)
    program = _with_slice(program, by_z, classes)
    return _with_batch(program, by_p if by == "p" else by_z, by, classes, options)


def _uncancelled(by_z: Program, classes: int, options: frozenset[Option]) -> Program:
    """The slopes by the logits without 1 - p, which loses its digits where p is nearly 1.

    By s_j = -ln p_j, of which d s_j / d z_k is p_k - (j = k), and 1 - p_k is the sum of the others.
    """
    s, d_s = _vector("s", classes), _vector("d_s", classes)
    scale = Symbol("T") if "temperature" in options else Integer(1)

    def slope(k: int) -> Expr:
        others = [j for j in range(classes) if j != k]
        return (exp(-s[k]) * Add(*(d_s[j] for j in others)) - d_s[k] * Add(*(exp(-s[j]) for j in others))) / scale

    slopes = {step.name: slope(k) for k, step in enumerate(_vector("d_z", classes))}
    whole = replace(by_z, steps=tuple((step, slopes.get(step.name, expr)) for step, expr in by_z.steps))
    return replace(whole, steps=whole.needed([whole.output, *slopes]))


def _with_floor(program: Program, classes: int, options: frozenset[Option]) -> Program:
    """The loss in bits, the sums of p and t, and the least loss of any distribution p."""
    coefficients = _vector("c" if options & {"smoothing", "weights"} else "t", classes)
    total = Symbol("sum_c")
    if "focal" in options:
        least: Expr = least_focal(Symbol("gamma"), *coefficients)
    else:
        least = -Add(*(xlogy(c, c / total) for c in coefficients))
    return program.extended(
        {
            "bits": formulas.in_bits(Symbol("L")),
            "sum_p": Add(*_vector("p", classes)),
            "sum_t": Add(*_vector("t", classes)),
            "sum_c": Add(*coefficients),
            "floor": least,
            "excess": Symbol("L") - Symbol("floor"),
        }
    )


def _with_slice(program: Program, by_z: Program, classes: int) -> Program:
    """The loss while one class's logit runs over u and the others stay, and its tangent."""
    u, o, z = Symbol("u"), _vector("o", classes), _vector("z", classes)
    slopes = _vector("d_z", classes)
    moved = {z_k.name: xmuly(o_k, u) + xmuly(1 - o_k, z_k) for o_k, z_k in zip(o, z, strict=True)}
    at, slope = Symbol("z_along"), Symbol("slope_along")
    program = program.extended({}, inputs=(*o, u)).including(by_z, {"L": "slice"}, moved)
    return program.extended(
        {
            at.name: Add(*map(xmuly, o, z)),
            slope.name: Add(*map(xmuly, o, slopes)),
            "tangent": Symbol("loss_along") + slope * (u - at),
        }
    )


def _with_batch(program: Program, loss: Program, by: By, classes: int, options: frozenset[Option]) -> Program:
    """The batch's sum, means and accuracy. `row_L` is averaged over the other rows, so `others` times it is their sum."""
    x, y, n = (_vector(name, classes) for name in "xyn")
    others, counts, hits = map(Symbol, ("others", "counts", "hits"))
    weighed = "weights" in options
    row = {f"{by}{k}": x_k for k, x_k in enumerate(x, 1)} | {f"t{k}": y_k for k, y_k in enumerate(y, 1)}
    program = program.extended({}, inputs=(*x, *y, others, counts, hits, *(n if weighed else ()))).including(
        loss, {"L": "row_L"}, row
    )
    right = 1 - sign(Abs(argmax(*_vector("p", classes)) - argmax(*_vector("t", classes))))
    steps = {
        "right": right,
        "sum": xmuly(others, Symbol("row_L")) + xmuly(counts, Symbol("L")),
        "counted": others + counts,
        "mean": Symbol("sum") / Symbol("counted"),
        "accuracy": (hits + counts * Symbol("right")) / Symbol("counted"),
    }
    if weighed:
        vectors = (_vector(name, classes) for name in "wnt")
        steps["weight"] = Add(*(w * (n_k + counts * t) for w, n_k, t in zip(*vectors, strict=True)))
        steps["weighted_mean"] = Symbol("sum") / Symbol("weight")
    return program.extended(steps)


@lru_cache(maxsize=256)
def _formulas(by: By, classes: int, options: frozenset[Option], index: int | None, along: int) -> tuple[Formula, ...]:
    """Softmax and coefficient of one class where there are such, the loss, and its derivatives by that class's p and z."""
    every = range(1, classes + 1)
    loss = _losses(classes, options)[0]
    written = Add(*(expr for step, expr in loss.steps if step.name.startswith("l")))
    plain = textbook(written)
    p, p_k = _vector("p", classes), Symbol(f"p{along}")
    scale = Symbol("T") if "temperature" in options else Integer(1)
    lines = []
    if by == "z":
        powers = [exp(z_k / scale) for z_k in _vector("z", classes)]
        lines.append((p_k, powers[along - 1] / Add(*powers)))
    coefficient = Symbol(f"c{along}")
    lines += [(step, expr) for step, expr in loss.steps if step == coefficient]
    lines += [(loss.output, plain), (Symbol(f"d_{p_k}"), tidy(plain.diff(p_k)))]
    if "focal" not in options:  # sum_j dL/dp_j dp_j/dz_k, where softmax has dp_j/dz_k = p_j ((j = k) - p_k)
        total = Add(*(-plain.diff(p_j) * p_j for p_j in p))
        share = p_k if by == "z" else p_k / Add(*p)  # a prediction is rescaled by softmax
        lines.append((Symbol(f"d_z{along}"), (share * total + plain.diff(p_k) * p_k) / scale))
    certain: dict[Symbol, Expr] = {}
    if index is not None and not options & {"smoothing", "weights"}:
        certain = {Symbol(f"t{k}"): Integer(int(k == index)) for k in every}
    elif index is not None and "smoothing" not in options:
        certain = {Symbol(f"c{k}"): Symbol(f"w{k}") if k == index else Integer(0) for k in every}
    return tuple(_formula(step, expr, expr.xreplace(certain)) for step, expr in lines)


def _formula(step: Symbol, expr: Expr, collapsed: Expr) -> Formula:
    forms = (expr,) if collapsed == expr else (expr, collapsed)
    prefix = step.name.replace("_", "")
    worked = tuple(work_out(form, f"zz{prefix}{letter}") for form, letter in zip(forms, "vw", strict=False))  # stands after t
    return Formula(step, forms, worked)


def _vector(name: str, size: int) -> tuple[Symbol, ...]:
    return tuple(Symbol(f"{name}{k}") for k in range(1, size + 1))
