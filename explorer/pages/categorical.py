"""The page /categorical: cross-entropy of several classes, live."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from explorer.core import losses, notation, printers
from explorer.core.batch import Example, Layout
from explorer.core.categorical import categorical_view
from explorer.core.options import reduced
from explorer.core.program import Program
from explorer.core.sweeps import means
from explorer.figures.categorical import classes_figure, slice_figure, triangle_figure
from explorer.figures.triangle import with_triangle
from explorer.live.live import live_chart, live_text
from explorer.live.old_standalone import Slider, standalone_page
from explorer.live.table import editable_table
from explorer.pages import address, batch, class_controls, class_text, file, head, link
from explorer.pages.batch import Batch
from explorer.pages.class_controls import LIMITS, STEPS, TOLERANCE, Setting, named
from explorer.views.markup import note, quantity
from explorer.views.table import Table, TableRow


def show() -> None:
    """Ask what to show, then show it live."""
    head.show(
        "Categorical cross-entropy",
        "How far a prediction over several classes is from the class that happened, and what each class adds to the loss. "
        "Try first: drag a slider, or the point in the triangle.",
    )
    row, place = st.container(horizontal=True, gap="medium", vertical_alignment="bottom"), st.container()
    with row:
        setting = class_controls.ask(place)
        _copy(setting)
    _live(setting)


@st.fragment
def _live(setting: Setting) -> None:
    """What a slider changes. Streamlit runs only this when one moves."""
    layout, names, every = setting.layout, setting.names, range(1, setting.layout.classes + 1)
    stored = batch.stored(layout)
    with st.container(key="side-by-side"):
        asked, told, drawn = st.columns([10, 11, 11], gap="medium")
    with asked.container(key="sliders", gap="small"):
        prediction, target, index = class_controls.ask_example(setting, stored)
        values = named(layout.by, prediction) | named("t", target) | class_controls.ask_options(setting)
    found = batch.on_sliders(stored, prediction, target, index)
    link.explain("row", found.chosen + 1, f"a row from 1 to {len(found.examples)}")
    left, right = st.columns([3, 4], gap="large")
    with left:
        along = class_controls.ask_along(names)
    place = None if index is None else index - layout.base + 1
    view = categorical_view(layout.by, layout.classes, setting.options, index=place if place in every else None, along=along)
    triangle = layout.classes == 3
    program = with_triangle(view.program, layout.by, setting.options) if triangle else view.program
    values |= named("o", [float(k == along) for k in every]) | _of_batch(setting, found)
    rows = _columns(found, prediction, target)
    numbers = means(program, {**values, "u": 0.0, "tx": 0.0, "ty": 0.0}, rows)
    everything = {**values, **numbers}
    _compare_with_core(setting, found, values, numbers)
    limits = dict.fromkeys(named(layout.by, prediction), LIMITS[layout.by])
    chart = partial(live_chart, program=program, values=values, rows=rows, limits=limits)
    with told:
        by_class = class_text.by_class(setting, everything)
        parts = (class_text.readouts(setting, everything), note(class_text.boundary(setting, everything)))
        live_text("".join((*parts, "" if triangle else by_class)), key="numbers")
        if triangle:
            chart(
                triangle_figure(program, values, names, tuple(limits)),
                key="triangle-chart",
                writes=False,
                title="Loss of every prediction",
                filename="cross-entropy-triangle",
                alt="The loss over all distributions of three classes, with the prediction and the way down",
            )
    with drawn:
        figure = classes_figure(program, values, numbers, names)
        chart(
            figure,
            key="classes-chart",
            each=("row_L",),
            title="Loss and its parts by class",
            filename="cross-entropy-classes",
            alt="For each class: prediction and target, share of the loss, and gradients; above them the loss and its floor",
        )
    with left:
        chart(
            slice_figure(program, values, numbers, names[along - 1], f"z{along}" if layout.by == "z" else None),
            key="slice-chart",
            writes=False,
            title=f"Loss along the logit of {names[along - 1]}",
            filename="cross-entropy-slice",
            alt=f"Loss along the logit of class {names[along - 1]}, with its tangent and its floor",
        )
        if triangle:
            live_text(by_class, key="by-class")
        _download(setting, figure, program, values)
    with right:
        live_text(class_text.formulas(view, everything), key="formulas")
    _show_batch(setting, found, numbers, values)
    live_text(class_text.libraries(setting, everything, index), key="libraries")


def _of_batch(setting: Setting, found: Batch) -> dict[str, float]:
    """What the program needs to know of the batch besides its rows."""
    others, row = found.others, found.examples[found.chosen]
    right = [int(np.argmax(e.prediction) == np.argmax(e.target)) for e in others]
    counts = not row.ignored and not row.problem
    numbers = {"others": float(len(others)), "counts": float(counts), "hits": float(sum(right))}
    if "weights" in setting.options:
        numbers |= named("n", [sum(e.target[k] for e in others) for k in range(len(setting.names))])
    return numbers


def _columns(found: Batch, prediction: Sequence[float], target: Sequence[float]) -> dict[str, list[float]]:
    """The other rows by columns; where there are none, the example itself, which then counts 0 times."""
    rows = [(e.prediction, e.target) for e in found.others] or [(tuple(prediction), tuple(target))]
    return {
        f"{prefix}{k}": [row[part][k - 1] for row in rows]
        for part, prefix in enumerate("xy")
        for k in range(1, found.layout.classes + 1)
    }


def _core_options(values: Mapping[str, float]) -> dict[str, Any]:
    """The options as the numeric functions take them."""
    weights = [values[f"w{k}"] for k in range(1, 11) if f"w{k}" in values]
    return {
        "label_smoothing": values.get("epsilon", 0.0),
        "gamma": values.get("gamma", 0.0),
        "class_weights": weights or None,
    }


def _row_losses(layout: Layout, examples: Sequence[Example], values: Mapping[str, float]) -> list[float]:
    """The numeric core's loss of each row that counts."""
    if not examples:
        return []
    prediction, target = np.array([e.prediction for e in examples]), np.array([e.target for e in examples])
    if layout.by == "p":
        return [float(x) for x in losses.cross_entropy(prediction, target, **_core_options(values))]
    temperature = values.get("T", 1.0)
    return [float(x) for x in losses.cross_entropy_with_logits(prediction / temperature, target, **_core_options(values))]


def _compare_with_core(setting: Setting, found: Batch, values: Mapping[str, float], numbers: Mapping[str, float]) -> None:
    """Hold the program against the numeric core, and show any disagreement."""
    layout, every, options = setting.layout, range(1, setting.layout.classes + 1), _core_options(values)
    p, t = ([values.get(f"{x}{k}", numbers.get(f"{x}{k}", 0.0)) for k in every] for x in "pt")
    checked = {}
    if layout.by == "p":
        checked["L"] = losses.cross_entropy(p, t, **options)
        slopes = losses.cross_entropy_gradient(p, t, **options)
        checked |= {f"d_p{k}": slope for k, slope in zip(every, slopes, strict=True)}
    else:
        z = np.array([values[f"z{k}"] for k in every]) / values.get("T", 1.0)
        checked["L"] = losses.cross_entropy_with_logits(z, t, **options)
        slopes = losses.cross_entropy_with_logits_gradient(z, t, **options) / values.get("T", 1.0)
        checked |= {f"d_z{k}": slope for k, slope in zip(every, slopes, strict=True)}
    rows = _row_losses(layout, found.others, values)
    checked["mean"] = reduced([*rows, float(checked["L"])], counted=[*[True] * len(rows), values["counts"] > 0])
    for name, core in checked.items():
        ours, theirs = numbers[name], float(core)
        if not (math.isclose(ours, theirs, rel_tol=TOLERANCE, abs_tol=TOLERANCE) or ours != ours and theirs != theirs):
            st.error(f"{name} disagrees: the formula gives {ours!r}, the numeric core {theirs!r}.")


def _copy(setting: Setting) -> None:
    """Loss and gradient as text to copy."""
    view = categorical_view(setting.layout.by, setting.layout.classes, setting.options)
    with st.popover("Copy the formula", icon=":material/content_copy:"):
        latex, sympy, numpy = st.tabs(["LaTeX", "SymPy", "NumPy"])
        lines = [f"{notation.latex(line.step)} = {notation.latex(line.forms[0])}" for line in view.formulas]
        latex.code("\n".join(lines), language="latex", wrap_lines=True)
        sympy.code(
            printers.sympy.expressions(**{line.step.name: line.forms[0] for line in view.formulas}),
            language="python",
            wrap_lines=True,
        )
        numpy.code(view.numpy_code, language="python")


def _file() -> None:
    """The whole view as a file, to save and to open; the only way to keep a long batch."""
    left_out = address.left_out("batch")
    text = address.long_text("batch") if left_out else ""
    if text:
        st.warning(
            f"This batch is too long for a link, with over {address.LONGEST:,} characters: save the view as a file instead."
        )
    elif left_out:
        st.warning(
            "The link had no room for its batch, so the page's own examples are shown; open the saved file to see the others."
        )
    with st.popover("Save or open a file", icon=":material/save:"):
        file.save("categorical", text)
        opened = file.ask("categorical")
    if opened:
        address.keep_long("batch", opened[1])
        file.show(opened[0])


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * (width - len(cells)))


def _show_batch(setting: Setting, found: Batch, numbers: Mapping[str, float], values: Mapping[str, float]) -> None:
    """The batch as a table to edit, its reductions, and its file."""
    layout = setting.layout
    live_text("<h2>Batch</h2>", key="batch-title")
    core = iter(enumerate(_row_losses(layout, found.others, values)))

    def results(i: int, example: Example) -> tuple[str, str]:
        if example.problem or example.ignored:
            return ("ignored" if example.ignored else "—", "—")
        if i == found.chosen:
            return quantity("L", numbers["L"]), quantity("right", numbers["right"], trim=True)
        row, loss = next(core)
        return quantity("row_L", loss, row=row), str(int(np.argmax(example.prediction) == np.argmax(example.target)))

    rows = [
        TableRow(
            _padded(example.cells, layout.width),
            results(i, example),
            f"Row {i + 1}: {example.problem}" if example.problem else "",
            not example.problem,
        )
        for i, example in enumerate(found.examples)
    ]
    targets = [f"k (from {layout.base})"] if layout.index else [f"t {name}" for name in setting.names]
    table = Table(
        key="examples",
        label="Batch of examples",
        columns=(*(f"{layout.by} {name}" for name in setting.names), *targets),
        results=("loss", "right"),
        rows=tuple(rows),
        chosen=found.chosen,
        live=(*batch.prediction_keys(layout), *([None] if layout.index else batch.target_keys(layout))),
    )
    editable_table(table, on_action=partial(batch.act, layout))
    _file()
    live_text(class_text.reductions(setting, numbers), key="reductions")


def _download(setting: Setting, figure: go.Figure, program: Program, values: Mapping[str, float]) -> None:
    """The bars as one HTML file, with the sliders of this example."""
    layout, limits = setting.layout, LIMITS
    sliders = [
        Slider(f"{prefix}{k}", f"{prefix}{k} {name}", *limits[prefix], STEPS[prefix], values[f"{prefix}{k}"])
        for prefix in (layout.by, "t")
        for k, name in enumerate(setting.names, 1)
    ]
    page = partial(
        standalone_page,
        figure,
        program,
        sliders,
        title="Categorical cross-entropy",
        quantities=[("L", "Loss L (nats)"), ("floor", "Floor"), ("excess", "Above it"), ("sum_p", "Σp")],
        fixed={name: value for name, value in values.items() if name not in {s.name for s in sliders}},
    )
    st.download_button(
        "Download as a page",
        page,
        file_name="categorical-cross-entropy.html",
        mime="text/html",
        icon=":material/download:",
        help="One HTML file with these bars and their sliders; it needs no server. SVG and PNG: the charts' own buttons.",
        on_click="ignore",
    )
