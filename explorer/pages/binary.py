"""The page /binary: binary cross-entropy, live."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from html import escape
from typing import NamedTuple

import plotly.graph_objects as go
import streamlit as st
from sympy import Symbol

from explorer.core import conventions, losses, notation, printers
from explorer.core.batch import CERTAIN, PREDICTION
from explorer.core.binary import Axis, BinaryView, binary_view
from explorer.core.digits import format_number
from explorer.figures.binary import Scale, binary_figure
from explorer.live.live import live_chart, live_text
from explorer.live.standalone import Slider, standalone_page
from explorer.pages import controls, head
from explorer.views import formula
from explorer.views.markup import BITS, LOSS, Readout, note, quantity, readout_table

AXES: dict[str, Axis] = {"probability": "p", "logit": "z"}
LIMITS = {"p": (0.0, 1.0), "z": (-12.0, 12.0), "t": (0.0, 1.0)}
FARTHEST = {**LIMITS, "z": PREDICTION["z"]}
STEPS = {"p": 0.001, "z": 0.01, "t": 0.001}
DEFAULTS = {"p": 0.2, "z": -1.0, "t": 1.0}
LABELS = {"p": "Prediction p", "z": "Logit z", "t": "Target t"}
HELP = {
    "p": "The probability that is predicted for the event.",
    "z": "The logit that is predicted: ln p/(1 − p), so that p is its sigmoid.",
    "t": "What happened: 1 if the event did, 0 if not, or its true probability.",
}
TOLERANCE = 1e-9


class _Shown(NamedTuple):
    """What the chart shows besides the loss, and on which scale."""

    other: bool
    squared: bool
    scale: Scale


def show() -> None:
    """Ask what to show, then show it live."""
    head.show(
        "Binary cross-entropy",
        "How far the prediction of one yes-or-no event is from what happened. "
        "Try first: drag *Prediction p* towards 0, then switch on *Squared error* and compare the slopes.",
    )
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        axis = AXES[controls.choice("Prediction as", "by", list(AXES), _convert, help=controls.PREDICTION)]
        other = controls.toggle("Other outcome", "other", help="Also draw the loss if the opposite happens, for target 1 − t.")
        squared = controls.toggle("Squared error", "squared", help="Also draw (p − t)², whose slope fades where p is far off.")
        log = controls.toggle("Log scale", "log", help="Draw the axis of the loss in powers of ten.")
        _copy(binary_view(axis))
    _live(axis, _Shown(other, squared, "log" if log else "linear"))


@st.fragment
def _live(axis: Axis, shown: _Shown) -> None:
    """What a slider changes: chart, numbers, worked formula and libraries. Streamlit runs only this when one moves."""
    left, right = st.columns(2, gap="large")
    with left:
        prediction = _number(axis)
    with right:
        target = _number("t")
    values = {axis: prediction, "t": target}
    view = binary_view(axis)
    steps = {name: float(value) for name, value in view.program.evaluate({**values, "u": 0}).items()}
    numbers = {**values, **steps}
    figure = binary_figure(axis, values, other=shown.other, squared=shown.squared, scale=shown.scale)
    _compare_with_core(numbers, axis)
    with st.container(key="chart-and-numbers"):
        live_text(_readouts(numbers, shown) + note(_boundary(numbers, axis)), key="numbers")
        live_chart(
            figure,
            view.program,
            key="chart",
            values=values,
            limits={axis: LIMITS[axis]},
            title="Loss and its slope",
            filename=_file_name(values),
            alt=f"Loss over {axis}, with its tangent, and its derivative below",
        )
        live_text(_formulas(view, numbers), key="formulas")
    _download(figure, view, values)
    live_text(_libraries(numbers), key="libraries")


def _number(name: str) -> float:
    default, step, farthest = DEFAULTS[name], STEPS[name], FARTHEST[name]
    return controls.number(name, LABELS[name], *LIMITS[name], default, step, help=HELP[name], farthest=farthest)


def _convert() -> None:
    """Keep the point in place when the prediction changes between probability and logit."""
    state = st.session_state
    if AXES[state["by"]] == "z":
        z = _at("p", float(state.get("p", DEFAULTS["p"])))["z"]
        controls.set_later(**controls.at("z", min(max(z, -CERTAIN), CERTAIN), LIMITS["z"]))
    else:
        z = controls.now("z", DEFAULTS["z"], LIMITS["z"], FARTHEST["z"])
        controls.set_later(p=_at("z", z)["p"] if z < 0 else 1 - _at("z", -z)["p"])  # exact near 1


def _at(axis: Axis, x: float) -> dict[str, float]:
    return {name: float(value) for name, value in binary_view(axis).program.evaluate({axis: x, "t": 0, "u": 0}).items()}


def _readouts(numbers: Mapping[str, float], shown: _Shown) -> str:
    """The numbers, as a table whose values move with the thumb."""

    def line(label: str, step: str, unit: str, meaning: str = "") -> Readout:
        return Readout(label, quantity(step, numbers[step]), unit, meaning)

    lines = [
        line("Loss L", "L", "nats", LOSS),
        line("in bits", "bits", "bits", BITS),
        line("dL/dp", "d_p", "nats per unit of p", "By how much the loss rises for each unit of p: the slope of the tangent."),
        line("dL/dz", "d_z", "nats per unit of z", "By how much the loss rises for each unit of the logit, which is p − t."),
        line("d²L/dp²", "d2_p", "nats per unit of p²", "How fast dL/dp itself rises: the curvature of the loss."),
        line("p", "p", "probability"),
        line("z", "z", "logit", "The logit of p, ln p/(1 − p), of which p is the sigmoid."),
    ]
    if shown.squared:
        lines += [
            line("Squared error", "squared", "no unit", "(p − t)², for comparison with the loss."),
            line("its slope by p", "d_squared_p", "per unit of p", "2(p − t)."),
            line("its slope by z", "d_squared_z", "per unit of z", "2(p − t) p (1 − p), which fades where p is near 0 or 1."),
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


def _compare_with_core(numbers: Mapping[str, float], axis: Axis) -> None:
    """Hold the program against the numeric core, and show any disagreement."""
    p, z, t = numbers["p"], numbers["z"], numbers["t"]
    loss = losses.binary_cross_entropy(p, t) if axis == "p" else losses.binary_cross_entropy_with_logits(z, t)
    slopes = losses.binary_cross_entropy_gradient(p, t), losses.binary_cross_entropy_with_logits_gradient(z, t)
    squared = losses.squared_error(p, t), losses.squared_error_gradient(p, t)
    names, labels = ("L", "d_p", "d_z", "squared", "d_squared_p"), ("L", "dL/dp", "dL/dz", "Squared error", "Its slope by p")
    for name, label, core in zip(names, labels, map(float, (loss, *slopes, *squared)), strict=True):
        if not math.isclose(numbers[name], core, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
            st.error(f"{label} disagrees: the formula gives {numbers[name]!r}, the numeric core {core!r}.")


def _formulas(view: BinaryView, numbers: Mapping[str, float]) -> str:
    """Loss and gradient as symbols, each followed by its numbers put in."""
    slope = Symbol(f"d_{view.axis}")
    worked = partial(formula.worked, numbers=numbers, inputs={view.axis, "t"})
    return (
        formula.symbols(Symbol("L"), view.loss)
        + worked(view.worked_loss, result="L")
        + formula.symbols(slope, view.slope)
        + worked(view.worked_slope, result=slope.name)
    )


def _copy(view: BinaryView) -> None:
    """Loss and gradient as text to copy."""
    slope = rf"\frac{{\partial L}}{{\partial {view.axis}}}"
    with st.popover("Copy the formula", icon=":material/content_copy:"):
        latex, sympy, numpy = st.tabs(["LaTeX", "SymPy", "NumPy"])
        latex.code(
            f"L = {notation.latex(view.loss)}\n{slope} = {notation.latex(view.slope)}", language="latex", wrap_lines=True
        )
        named = {"L": view.loss, f"d_{view.axis}": view.slope}
        sympy.code(printers.sympy.expressions(**named), language="python", wrap_lines=True)
        numpy.code(view.numpy_code, language="python")


def _file_name(values: Mapping[str, float]) -> str:
    return "binary-cross-entropy-" + "-".join(f"{name}-{value:g}" for name, value in values.items())


def _download(figure: go.Figure, view: BinaryView, values: Mapping[str, float]) -> None:
    sliders = [Slider(name, LABELS[name], *LIMITS[name], STEPS[name], value) for name, value in values.items()]
    page = partial(
        standalone_page,
        figure,
        view.program,
        sliders,
        title="Binary cross-entropy",
        quantities=[("L", "Loss L (nats)"), ("d_p", "dL/dp"), ("d_z", "dL/dz")],
    )
    st.download_button(
        "Download as a page",
        page,
        file_name=f"{_file_name(values)}.html",
        mime="text/html",
        icon=":material/download:",
        help="One HTML file with this chart and its sliders; it needs no server. SVG and PNG: the chart's own buttons.",
        on_click="ignore",
    )


def _libraries(numbers: Mapping[str, float]) -> str:
    """What the libraries compute for this prediction and target."""

    def cell(result: conventions.Result | None, part: int, unit: str = "") -> str:
        number = None if result is None else result[part]
        return "<td>—</td>" if number is None else f"<td>{format_number(number, 6, trim=True)}{unit}</td>"

    def row(reading: conventions.Reading[conventions.Result]) -> str:
        convention, double, single = reading.convention, reading.float64, reading.float32
        unit = f" <span>per {convention.wrt}</span>"
        return (
            f"<tr><td><strong>{escape(convention.name)}</strong><small>{escape(convention.note)}</small></td>"
            f"{cell(double, 0)}{cell(single, 0)}{cell(double, 1, unit)}{cell(single, 1, unit)}</tr>"
        )

    heads = ("Library", "L, float64", "L, float32", "Gradient, float64", "Gradient, float32")
    head = "".join(f"<th scope='col'>{text}</th>" for text in heads)
    body = "".join(map(row, conventions.readings(numbers["p"], numbers["t"])))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    scrolling = f"<div class='live-table' tabindex='0' role='group' aria-label='Libraries'>{table}</div>"
    return f"<h2>What do the libraries say?</h2>{scrolling}"
