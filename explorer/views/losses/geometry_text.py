"""Texts beside these charts: the slope by each number that is predicted, and the sums of a mask."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from sympy import Expr, Integer

from explorer.core.functions import same
from explorer.core.losses import Loss
from explorer.views import formula
from explorer.views.losses.shapes import kind, point_name, points, slope
from explorer.views.losses.text import mark
from explorer.views.markup import quantity, table

_SUMS = {"TP": ("Rightly marked", "p", "t"), "FP": ("Wrongly marked", "p", "1 - t"), "FN": ("Missed", "1 - p", "t")}
"""The steps that add up pixels: what they count, and the two factors of each pixel."""


def beside(loss: Loss, numbers: Mapping[str, float]) -> str:
    """Return what stands with a picture: the sums of a mask, or all slopes."""
    return _sums(numbers) if kind(loss) == "mask" else slopes(loss, numbers)


def _sums(numbers: Mapping[str, float]) -> str:
    rows = [(f"{said} {step}", _number(f"{step}_L", numbers)) for step, (said, *_) in _SUMS.items()]
    return table("Sums over the pixels", ["Pixels", "sum"], rows, kind="live-losses")


def overlap(loss: Loss, numbers: Mapping[str, float]) -> str:
    """Return the formula of an overlap loss by its sums over pixels, then with the numbers put in."""
    steps = [(step, _plain(expr)) for step, expr in loss.program().steps if step.name not in _SUMS]

    def put_in(known: str, bracket: bool) -> str:
        named = f"{known}_L" if f"{known}_L" in numbers else known
        return quantity(named, numbers[named], digits=5, trim=True, bracket=bracket, tag="mn")

    added = "".join(
        f"<div><math display='block'><mi>{step}</mi><mo>=</mo><munder><mo>∑</mo><mi>k</mi></munder>"
        f"{_factor(one)}{_factor(other)}<mo>=</mo>{put_in(step, False)}</math></div>"
        for step, (_, one, other) in _SUMS.items()
    )
    lines = "".join(
        formula.line(step, (expr,), put_in, put_in("L" if step.name == "L" else step.name, False)) for step, expr in steps
    )
    label = "With the numbers put in"
    return (
        f"<section><h3>{mark(0, loss)}</h3>{''.join(formula.symbols(step, expr) for step, expr in steps)}"
        f"<div class='live-worked' tabindex='0' role='group' aria-label='{label}'>{added}{lines}</div></section>"
    )


def _factor(factor: str) -> str:
    letter = factor[-1]
    entry = f"<msub><mi>{letter}</mi><mi>k</mi></msub>"
    return entry if factor == letter else f"<mrow><mo>(</mo><mn>1</mn><mo>−</mo>{entry}<mo>)</mo></mrow>"


def _plain(expr: Expr) -> Expr:
    """A step without what keeps its slope a number where nothing is wrong."""
    return expr.replace(same, lambda *_: Integer(0))


def slopes(loss: Loss, numbers: Mapping[str, float]) -> str:
    """Return a table of each prediction with the slope by it; of points both coordinates on a line."""
    if kind(loss) == "plane":
        names = {point_name(entries): [given.name for given in entries] for entries in points(loss)}
        heads = ["Point", "x", "y", "∂L/∂x", "∂L/∂y"]
    else:
        names = {loss.input(name).said: [name] for name in loss.predictions}
        heads = ["Prediction", "value", "slope"]
    rows = [
        (escape(said), *(_number(name, numbers) for name in own), *(_number(slope(name), numbers) for name in own))
        for said, own in names.items()
    ]
    return table("Slopes by each prediction", heads, rows, kind="live-losses")


def _number(name: str, numbers: Mapping[str, float]) -> str:
    return quantity(name, numbers[name], digits=4, trim=True)
