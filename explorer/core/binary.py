"""What the page /binary shows, as one program: the loss, its slopes, its tangent and what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sympy import Expr, Symbol, sign

from explorer.core import formulas
from explorer.core.functions import logit, sigmoid, tidy, xdivy
from explorer.core.program import Program
from explorer.core.worked import Worked, work_out

Axis = Literal["p", "z"]


@dataclass(frozen=True)
class BinaryView:
    """Binary cross-entropy over one axis.

    Attributes
    ----------
    axis : "p" or "z"
        Whether the prediction is a probability or a logit.
    program : Program
        Inputs: the axis, the target t, and u, any place on the axis. Steps, in nats and nats per unit:
        L, bits; p, z; d_p, d_z, d2_p; `slope` (dL / d axis) and `tangent` (at u); `other` and `d_other`, the loss and slope
        for target 1 - t; `squared`, (p - t)**2, with `d_squared_p`, `d_squared_z`, `d_squared` (along the axis) and
        `squared_tangent` (at u), none of which has a unit of its own; `wall_0` and `wall_1`, 1 where the loss grows without
        bound as p goes to 0 or 1, else 0.
    loss, slope, curvature : Expr
        L, dL / d axis and its derivative as a textbook writes them.
    worked_loss, worked_slope : Worked
        Their stages with numbers put in; the program computes these too.
    loss_and_slope : Program
        L and dL / d axis alone, to take away.
    """

    axis: Axis
    program: Program
    loss: Expr
    slope: Expr
    curvature: Expr
    worked_loss: Worked
    worked_slope: Worked
    loss_and_slope: Program


@lru_cache
def binary_view(axis: Axis) -> BinaryView:
    """Return the view over probability ("p") or logit ("z")."""
    p, t, z, u, x, loss = (Symbol(name) for name in ("p", "t", "z", "u", axis, "L"))
    by_p = formulas.binary_cross_entropy().gradient(["p"]).gradient(["p"], of="d_p", prefix="d2_")
    by_z = formulas.binary_cross_entropy_with_logits().gradient(["z"]).gradient(["z"], of="d_z", prefix="d2_")
    if axis == "p":
        own, error, rest = by_p, p - t, 1 - p
        program = own.extended({"z": logit(p)}).including(by_z, {"d_z": "d_z"})
    else:  # a sigmoid near 1 has no digits of 1 - p
        own, error, rest = by_z, Symbol("d_z"), sigmoid(-z)
        slopes = {"d_p": xdivy(1 - t, rest) - xdivy(t, p), "d2_p": xdivy(1 - t, rest**2) + xdivy(t, p**2)}
        program = own.extended({"p": sigmoid(z)}).extended(slopes)
    loss_program = {"p": formulas.binary_cross_entropy, "z": formulas.binary_cross_entropy_with_logits}[axis]()
    slope = f"d_{axis}"
    worked_loss = work_out(own.inline(), "v")
    worked_slope = work_out(tidy(own.inline(slope, textbook=False)), "w")
    program = (
        program.extended({"bits": formulas.in_bits(loss), "slope": Symbol(slope)})
        .extended({"tangent": loss + Symbol("slope") * (u - x)}, inputs=(u,))
        .including(own, {"L": "other", slope: "d_other"}, {"t": 1 - t})
        .extended({"squared": error**2, "d_squared_p": 2 * error, "d_squared_z": 2 * error * p * rest})
        .extended({"d_squared": Symbol(f"d_squared_{axis}")})
        .extended({"squared_tangent": Symbol("squared") + Symbol("d_squared") * (u - x)})
        .extended({"wall_0": sign(t), "wall_1": sign(1 - t)})
        .extended(worked_loss.steps | worked_slope.steps)
        .extended(worked_loss.values | worked_slope.values)
    )
    return BinaryView(
        axis=axis,
        program=program,
        loss=own.inline(),
        slope=tidy(own.inline(slope, textbook=False)),
        curvature=tidy(own.inline(f"d2_{axis}", textbook=False)),
        worked_loss=worked_loss,
        worked_slope=worked_slope,
        loss_and_slope=loss_program.gradient([axis]),
    )
