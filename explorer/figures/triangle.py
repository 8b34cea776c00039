"""The triangle of all distributions over three classes: where each of them lies, and the steps that its chart draws."""

from __future__ import annotations

from functools import lru_cache

from sympy import Add, Expr, Float, Integer, Max, S, Symbol, floor, log, sqrt

from explorer.core import formulas
from explorer.core.categorical import By, Option
from explorer.core.functions import xdivy
from explorer.core.program import Program

_HEIGHT = sqrt(3) / 2
HEIGHT = float(_HEIGHT)
"""Of the triangle, whose sides are 1."""

_ARROW = Float(0.13)
"""Length of the arrow."""
_EDGE = Float(1e-6)
"""The least probability in the field: its edges stay finite."""


@lru_cache(maxsize=256)
def with_triangle(program: Program, by: By, options: frozenset[Option] = frozenset()) -> Program:
    """Return the program of a `categorical_view` of three classes with what the triangle draws of its cross-entropy.

    It is as `with_triangle_of` has it.
    """
    loss = formulas.cross_entropy(3, **{option: option in options for option in ("smoothing", "weights", "focal")})
    return with_triangle_of(program, loss, by, Symbol("T") if "temperature" in options else Integer(1))


@lru_cache(maxsize=64)
def with_triangle_of(program: Program, loss: Program, by: By, temperature: Expr = S.One) -> Program:
    """Return a program of three classes with what the triangle draws.

    Its corners (0, 0), (1, 0) and (1/2, sqrt(3)/2) are the classes. Sides and heights are to scale, so the arrow of steepest
    descent, the gradient less what would change the sum of p, stands upright on the lines of equal loss.

    Parameters
    ----------
    program : Program
        With p1, p2, p3 and the slopes d_p1, d_p2, d_p3 of the loss there.
    loss : Program
        The loss over p1, p2, p3; its other inputs are the program's too.
    by : "p" or "z"
        What a hand sets: these, or logits.
    temperature : Expr
        What the logits are divided by.

    Returns
    -------
    Program
        Further inputs: tx and ty, a place in the triangle. Further steps: `field`, the loss there; px and py, where the
        prediction lies; the arrow from there to tip_x, tip_y, with the ends left_ and right_ of its head; and set_p1 ... or
        set_z1 ..., the prediction that lies at (tx, ty).
    """
    tx, ty = Symbol("tx"), Symbol("ty")
    third = ty / _HEIGHT
    at = (1 - tx - third / 2, tx - third / 2, third)
    placed = program.extended({}, inputs=(tx, ty))
    field = placed.including(loss, {"L": "field"}, {f"p{k}": Max(place, _EDGE) for k, place in enumerate(at, 1)})
    return _with_hand(_with_arrow(field), at, by, temperature)


def with_slopes_by_p(program: Program, loss: Program) -> Program:
    """Return a program of p1, p2, p3 with the slopes d_p1, d_p2, d_p3 of a loss over these; at an edge, just within it."""
    names = [f"p{k}" for k in range(1, 4)]
    inside = {name: Max(Symbol(name), _EDGE) for name in names}
    return program.including(loss.gradient(names), {f"d_{name}": f"d_{name}" for name in names}, inside)


def _with_arrow(program: Program) -> Program:
    """The prediction's place and the way down from there."""
    px, py, dx, dy = map(Symbol, ("px", "py", "dx", "dy"))
    p, d_p = _vector("p"), _vector("d_p")
    average = Add(*d_p) / 3
    down = [average - d for d in d_p]
    return program.extended(
        {"px": (p[1] + p[2] / 2) / Add(*p), "py": _HEIGHT * p[2] / Add(*p)}
        | {"slope_x": down[1] + down[2] / 2, "slope_y": _HEIGHT * down[2]}
        | {"steepness": sqrt(Symbol("slope_x") ** 2 + Symbol("slope_y") ** 2)}
        | {name: _ARROW * Symbol(f"slope_{name[1]}") / Symbol("steepness") for name in ("dx", "dy")}
        | {"tip_x": px + dx, "tip_y": py + dy}
        | {"left_x": px + 0.75 * dx - 0.15 * dy, "left_y": py + 0.75 * dy + 0.15 * dx}
        | {"right_x": px + 0.75 * dx + 0.15 * dy, "right_y": py + 0.75 * dy - 0.15 * dx}
    )


def _with_hand(program: Program, at: tuple[Expr, ...], by: By, temperature: Expr) -> Program:
    """The prediction that a hand at (tx, ty) sets."""
    program = program.extended({f"b{k}": Max(place, 0) for k, place in enumerate(at, 1)})
    b = _vector("b")
    if by == "p":  # in thousandths, rounded so that their sum stays 1
        upto = [floor(1000 * Add(*b[:k]) / Add(*b) + Float(0.5)) for k in range(1, 3)]
        thousandths = (upto[0], upto[1] - upto[0], 1000 - upto[1])
        return program.extended({f"set_p{k}": xdivy(part, Integer(1000)) for k, part in enumerate(thousandths, 1)})
    program = program.extended({f"h{k}": temperature * log(Max(b_k, _EDGE)) for k, b_k in enumerate(b, 1)})
    lift = (Add(*_vector("z")) - Add(*_vector("h"))) / 3  # the logits keep their mean
    hundredths = (floor(100 * (h + lift) + Float(0.5)) for h in _vector("h"))
    return program.extended({f"set_z{k}": xdivy(part, Integer(100)) for k, part in enumerate(hundredths, 1)})


def _vector(name: str) -> tuple[Symbol, ...]:
    return tuple(Symbol(f"{name}{k}") for k in range(1, 4))
