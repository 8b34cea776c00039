"""What /binary shows: binary cross-entropy over a probability or a logit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

from sympy import Symbol

from explorer.core import conventions, losses, notation, printers
from explorer.core.batch import PREDICTION
from explorer.core.binary import Axis, BinaryView, binary_view
from explorer.core.digits import format_number
from explorer.figures.binary import binary_figure
from explorer.views import formula
from explorer.views.fields import Choice, Flag, Number, Reader
from explorer.views.markup import BITS, LOSS, Readout, note, quantity, readout_table, table
from explorer.views.view import LATEX, Chart, Slider, View, Written, disagreements, written

AXES: dict[str, Axis] = {"probability": "p", "logit": "z"}

BY = Choice(
    "by",
    "Prediction as",
    tuple(AXES),
    help="Whether predictions are probabilities, or logits from which probabilities follow.",
)
PREDICTIONS: dict[Axis, Number] = {
    "p": Number("p", "Prediction p", 0.0, 1.0, 0.2, 0.001, help="The probability that is predicted for the event."),
    "z": Number(
        "z",
        "Logit z",
        -12.0,
        12.0,
        -1.0,
        0.01,
        help="The logit that is predicted: ln p/(1 − p), so that p is its sigmoid.",
        farthest=PREDICTION["z"],
    ),
}
TARGET = Number(
    "t", "Target t", 0.0, 1.0, 1.0, 0.001, help="What happened: 1 if the event did, 0 if not, or its true probability."
)
OTHER = Flag("other", "Other outcome", help="Also draw the loss if the opposite happens, for target 1 − t.")
SQUARED = Flag("squared", "Squared error", help="Also draw (p − t)², whose slope fades where p is far off.")
LOG = Flag("log", "Log scale", help="Draw the axis of the loss in powers of ten.")


@dataclass(frozen=True)
class State:
    """What the address of /binary holds.

    Attributes
    ----------
    by : "probability" or "logit"
        How the prediction is given.
    prediction : float
        In [0, 1], or a logit.
    target : float
        In [0, 1].
    other, squared, log : bool
        Whether to draw the opposite outcome and squared error, and the loss in powers of ten.
    """

    by: str = BY.default
    prediction: float = PREDICTIONS["p"].default
    target: float = TARGET.default
    other: bool = False
    squared: bool = False
    log: bool = False
    page = "binary"

    @property
    def axis(self) -> Axis:
        """The program's name for the prediction."""
        return AXES[self.by]

    def write(self) -> Written:
        """As `View.state`."""
        return written(
            (BY, self.by),
            (PREDICTIONS[self.axis], self.prediction),
            (TARGET, self.target),
            (OTHER, self.other),
            (SQUARED, self.squared),
            (LOG, self.log),
        )


def read(reader: Reader) -> State:
    """Return the state that an address gives."""
    by = reader.take(BY)
    prediction, target = reader.take(PREDICTIONS[AXES[by]]), reader.take(TARGET)
    return State(by, prediction, target, *map(reader.take, (OTHER, SQUARED, LOG)))


def view(state: State, refused: tuple[str, ...] = ()) -> View:
    """Return what a state shows."""
    axis = state.axis
    shown = binary_view(axis)
    values = {axis: state.prediction, "t": state.target}
    figure, numbers = binary_figure(
        axis, values, other=state.other, squared=state.squared, scale="log" if state.log else "linear"
    )
    sliders = Slider(PREDICTIONS[axis], state.prediction), Slider(TARGET, state.target)
    chart = Chart(
        key="chart",
        title="Loss and its slope",
        alt=f"Loss over {axis}, with its tangent, and its derivative below",
        filename="binary-cross-entropy-" + "-".join(f"{name}-{value:g}" for name, value in values.items()),
        figure=figure,
        program=shown.program,
        values=values,
        limits={axis: PREDICTIONS[axis].limits},
    )
    return View(
        state=state,
        refused=refused,
        title="Binary cross-entropy",
        program=shown.program,
        numbers=numbers,
        sliders=sliders,
        charts=(chart,),
        texts={
            "numbers": _readouts(numbers, state) + note(_boundary(numbers, axis)),
            "formulas": _formulas(shown, numbers),
            "libraries": _libraries(numbers),
        },
        layout=((("numbers", "formulas"), ("chart",)), (("libraries",),)),
        still=frozenset({"libraries"}),
        disagreements=_disagreements(numbers, axis),
        print_code=partial(_code, shown),
    )


def converted(state: State, to: Axis) -> float:
    """Return a state's prediction as a probability ("p") or a logit ("z"), which is infinite where p is 0 or 1."""
    if to == "z":
        return _at("p", state.prediction)["z"]
    z = state.prediction
    return _at("z", z)["p"] if z < 0 else 1 - _at("z", -z)["p"]  # exact near 1


def _at(axis: Axis, x: float) -> dict[str, float]:
    return {name: float(value) for name, value in binary_view(axis).program.evaluate({axis: x, "t": 0, "u": 0}).items()}


def _readouts(numbers: Mapping[str, float], state: State) -> str:
    """The numbers, as a table whose values move with the thumb."""

    def line(label: str, step: str, unit: str, meaning: str = "") -> Readout:
        return Readout(label, quantity(step, numbers[step]), unit, meaning)

    tangent = {axis: ", the slope of the tangent" if axis == state.axis else "" for axis in AXES.values()}
    lines = [
        line("Loss L", "L", "nats", LOSS),
        line("in bits", "bits", "bits", BITS),
        line("dL/dp", "d_p", "nats per unit of p", f"By how much the loss rises for each unit of p{tangent['p']}."),
        line(
            "dL/dz", "d_z", "nats per unit of z", f"By how much the loss rises for each unit of the logit{tangent['z']}: p − t."
        ),
        line("d²L/dp²", "d2_p", "nats per unit of p²", "How fast dL/dp itself rises: the curvature of the loss."),
        line("p", "p", "probability"),
        line("z", "z", "logit", "The logit of p, ln p/(1 − p), of which p is the sigmoid."),
    ]
    if state.squared:
        lines += [
            line("Squared error", "squared", "no unit", "(p − t)², for comparison with the loss."),
            line("its slope in p", "d_squared_p", "per unit of p", "2(p − t)."),
            line("its slope in z", "d_squared_z", "per unit of z", "2(p − t) p (1 − p), which fades where p is near 0 or 1."),
        ]
    return readout_table(lines)


def _boundary(numbers: Mapping[str, float], axis: Axis) -> str:
    """Why the loss is infinite, or 0 in spite of a logarithm of 0, where p is 0 or 1; "" elsewhere."""
    p, t = numbers["p"], numbers["t"]
    if p not in (0, 1):
        return ""
    said, weight, outcome = ("no chance", t, "t") if p == 0 else ("certainty", 1 - t, "1 − t")
    if axis == "z":
        end, sign = f"{p:g}", "−" if p == 0 else ""
        return f"p is {end} to the last digit. Were it {end} itself, its logit would be {sign}∞, and L {'∞' if weight else 0}."
    if weight > 0:
        return f"L = ∞: p = {p:g} gives {said}, yet {outcome} = {weight:g} says the opposite happens. −ln 0 has no bound."
    return f"L = 0: {outcome} = 0, and 0 · ln 0 counts as 0, its limit."


def _disagreements(numbers: Mapping[str, float], axis: Axis) -> tuple[str, ...]:
    """Hold the program against the numeric core."""
    p, z, t = numbers["p"], numbers["z"], numbers["t"]
    core: dict[str, Any] = {
        "L": losses.binary_cross_entropy(p, t) if axis == "p" else losses.binary_cross_entropy_with_logits(z, t),
        "d_p": losses.binary_cross_entropy_gradient(p, t)
        if axis == "p" or z < 0
        else -losses.binary_cross_entropy_gradient(
            losses.binary_cross_entropy_with_logits_gradient(-z, 0), 1 - t
        ),  # near 1 p has lost the digits of 1 - p
        "d_z": losses.binary_cross_entropy_with_logits_gradient(z, t),
        "squared": losses.squared_error(p, t),
        "d_squared_p": losses.squared_error_gradient(p, t),
    }
    labels = {"d_p": "dL/dp", "d_z": "dL/dz", "squared": "Squared error", "d_squared_p": "Its slope in p"}
    return disagreements(numbers, core, labels)


def _formulas(shown: BinaryView, numbers: Mapping[str, float]) -> str:
    """Loss and gradient as symbols, each followed by its numbers put in."""
    slope = Symbol(f"d_{shown.axis}")
    worked = partial(formula.worked, numbers=numbers, inputs={shown.axis, "t"})
    return (
        formula.symbols(Symbol("L"), shown.loss)
        + worked(shown.worked_loss, result="L")
        + formula.symbols(slope, shown.slope)
        + worked(shown.worked_slope, result=slope.name)
    )


def _code(shown: BinaryView, language: str) -> str:
    """Loss and slope in a language."""
    slope = f"d_{shown.axis}"
    if language == LATEX:
        derivative = rf"\frac{{\partial L}}{{\partial {shown.axis}}}"
        return f"L = {notation.latex(shown.loss)}\n{derivative} = {notation.latex(shown.slope)}"
    if language == "SymPy":
        return printers.sympy.expressions(**{"L": shown.loss, slope: shown.slope})
    return printers.language(language).code(shown.loss_and_slope, outputs=["L", slope])


def _libraries(numbers: Mapping[str, float]) -> str:
    """What the libraries compute for this prediction and target."""

    def cell(result: conventions.Result | None, part: int, unit: str = "") -> str:
        number = None if result is None else result[part]
        return "—" if number is None else f"{format_number(number, 6, trim=True)}{unit}"

    def row(reading: conventions.Reading[conventions.Result]) -> tuple[str, ...]:
        convention, double, single = reading.convention, reading.float64, reading.float32
        unit = f" <span>per {convention.wrt}</span>"
        return (
            f"<strong>{escape(convention.name)}</strong><small>{escape(convention.note)}</small>",
            cell(double, 0),
            cell(single, 0),
            cell(double, 1, unit),
            cell(single, 1, unit),
        )

    heads = ("Library", "L, float64", "L, float32", "Gradient, float64", "Gradient, float32")
    rows = map(row, conventions.readings(numbers["p"], numbers["t"], numbers["z"]))
    return f"<h2>What do the libraries say?</h2>{table('Libraries', heads, rows)}"
