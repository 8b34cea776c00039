"""What /objective writes: numbers, formulas by the raw score with the numbers put in, and what boosting makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from sympy import Expr, Symbol

from explorer.core import notation
from explorer.views import formula
from explorer.views.markup import Readout, equals, quantity, readout_table, table
from explorer.views.objective.program import REMEDIES, Shown

_LINK = {"logistic": "its sigmoid", "exp": "its exponential", "softmax": "the softmax of the raw scores"}
_REMEDIES = {
    "second derivative": (
        "Where it is 0 boosting sees no weight and does not split; where it is negative the leaf steps uphill, and near −λ it "
        "explodes."
    ),
    "clipped": "At least the least Hessian: rows count again, but where it takes hold the leaf is the slope over that least.",
    "Gauss-Newton": (
        "The curvature by the prediction times the squared slope of the link: never negative if the loss is convex by its "
        "prediction."
    ),
    "absolute": "Its size: every leaf steps downhill; where it comes through 0, only the least Hessian holds the leaf.",
}


def numbers(shown: Shown, found: Mapping[str, float]) -> str:
    """Return the numbers by the raw score, as a table whose numbers move with the thumb."""
    own = shown.objective
    score = own.scores[0]
    lines = [
        Readout("Loss L", quantity("L", found["L"])),
        Readout(f"dL/d{score}", quantity(shown.slope, found[shown.slope]), "", "The gradient by the raw score."),
        Readout(f"d²L/d{score}²", quantity(shown.bend, found[shown.bend]), "", "The diagonal of the Hessian by the raw score."),
        Readout("−gradient/Hessian", quantity("newton", found["newton"]), "", "The leaf value of this row alone, without a λ."),
    ]
    if own.link != "identity":
        said = f"The prediction: {_LINK[own.link]}."
        lines += [Readout(escape(name), quantity(step, found[step]), "", said) for name, step in shown.predictions.items()]
    return readout_table(lines)


def formulas(shown: Shown, found: Mapping[str, float]) -> str:
    """Return loss, link, gradient and Hessian as symbols, each with its numbers put in."""
    own, known = shown.objective, set[str]()
    parts = []
    parts.append(formula.symbols(Symbol("L"), own.loss.shown) + _worked(shown, "L", shown.loss, found))
    if own.link != "identity":
        parts += [formula.symbols(Symbol(name), expr) for name, expr in own.predicted.items()]
    for step, left in ((shown.slope, _left(own.scores[0], 1)), (shown.bend, _left(own.scores[0], 2))):
        if step not in shown.written:
            parts.append(_steps(shown, step, left, found, known))
            known |= {symbol.name for symbol, _ in own.program.needed([step])}
            continue
        result = quantity(step, found[step], digits=5, trim=True, tag="mn")
        value = f"<mo>=</mo>{result}" if f"{step}_written" not in found else ""
        expr = shown.written[step]
        parts.append(_line(step, left, notation.mathml(expr) + value) + _worked(shown, step, expr, found))
    return "".join(parts)


def _left(score: str, order: int) -> str:
    by = formula.letter(score)
    if order == 1:
        return f"<mfrac><mrow><mo>∂</mo><mi>L</mi></mrow><mrow><mo>∂</mo>{by}</mrow></mfrac>"
    square = "<mn>2</mn>"
    return (
        f"<mfrac><mrow><msup><mo>∂</mo>{square}</msup><mi>L</mi></mrow>"
        f"<mrow><mo>∂</mo><msup><mrow>{by}</mrow>{square}</msup></mrow></mfrac>"
    )


def _line(step: str, left: str, right: str) -> str:
    return (
        f"<div class='live-formula' tabindex='0' role='group' aria-label='Formula of {step}'>"
        f"<math display='block'>{left}<mo>=</mo>{right}</math></div>"
    )


def _worked(shown: Shown, step: str, expr: Expr, found: Mapping[str, float]) -> str:
    """A formula with its numbers put in, and what comes out."""
    if f"{step}_written" not in found:
        return ""
    inputs = {given.name for given in shown.objective.inputs}

    def put_in(symbol: Symbol, bracket: bool) -> str:
        digits = 10 if symbol.name in inputs else 5
        return quantity(symbol.name, found[symbol.name], digits=digits, trim=True, bracket=bracket, tag="mn")

    written = f"{step}_written"
    sign = equals(written, found[written], step, found[step])
    body = notation.mathml(expr, put_in)
    result = quantity(step, found[step], digits=5, trim=True, tag="mn")
    return formula.put_together((formula.stage(f"<mo>=</mo>{body}"), formula.stage(sign + result)))


def _steps(shown: Shown, last: str, left: str, found: Mapping[str, float], above: set[str]) -> str:
    """A formula step by step, each that does not stand above as symbols and with its value."""
    lines = []
    for symbol, expr in shown.objective.program.needed([last]):
        if symbol.name in above:
            continue
        name = left if symbol.name == last else formula.letter(symbol.name)
        value = quantity(symbol.name, found[symbol.name], digits=5, trim=True, tag="mn")
        lines.append(f"<div><math display='block'>{name}<mo>=</mo>{notation.mathml(expr)}<mo>=</mo>{value}</math></div>")
    return formula.put_together(lines)


def boosting(found: Mapping[str, float]) -> str:
    """Return what each Hessian is here, the leaf that it makes, and what boosting does with it."""
    rows = [
        (
            f"{name[0].upper()}{name[1:]}<small>{escape(_REMEDIES[name])}</small>",
            quantity(taken, found[taken], digits=5, trim=True),
            quantity(leaf, found[leaf], digits=5, trim=True),
        )
        for name, (taken, leaf) in REMEDIES.items()
    ]
    heads = ("Hessian", "here", "leaf −g/(h + λ)")
    return table("Remedies for a Hessian", heads, rows, kind="live-facts")
