"""The page /categorical: cross-entropy of several classes, live."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from explorer.core import class_conventions, losses, printers
from explorer.core.batch import PREDICTION, TARGET, Example, Layout
from explorer.core.categorical import OPTIONS, CategoricalView, Formula, Option, categorical_view
from explorer.core.options import reduced
from explorer.core.worked import Worked
from explorer.figures.binding import averaged
from explorer.figures.categorical import classes_figure, slice_figure, triangle_figure
from explorer.live.live import live_chart, live_text
from explorer.live.markup import format_number, quantity
from explorer.live.standalone import Slider, standalone_page
from explorer.live.table import TableRow, editable_table
from explorer.pages import batch, controls, file, formula, link
from explorer.pages.batch import Batch

LETTERS = "ABCDEFGHIJ"
LABELS: dict[Option, str] = {
    "smoothing": "label smoothing",
    "weights": "class weights",
    "focal": "focal",
    "temperature": "temperature",
}
IGNORE = "ignore index"
NEVER = -100
"""The ignored index that PyTorch starts with."""
STEPS = {"p": 0.001, "z": 0.01, "t": 0.001, "w": 0.01}
WEIGHT = (0.0, 10.0)
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Setting:
    """What is asked once, above the sliders."""

    layout: Layout
    names: tuple[str, ...]
    options: frozenset[Option]


def show() -> None:
    """Ask what to show, then show it live."""
    st.title("Categorical cross-entropy")
    controls.take_typed()
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        setting = _ask()
        _copy(setting)
    _live(setting)


def _ask() -> Setting:
    by = controls.choice("Prediction as", "by", ["probability", "logit"], _convert)
    target = controls.choice("Target as", "target", ["class index", "distribution"], _convert)
    base = controls.choice("First index", "base", ["0", "1"], _convert) if target == "class index" else "0"
    classes = st.number_input("Classes", 2, 10, 3, key="classes", bind="query-params", on_change=_convert, width=130)
    link.explain("classes", classes, "a whole number from 2 to 10")
    names = _names(classes)
    shown = [*LABELS.values(), IGNORE]
    chosen = st.pills(
        "Options", shown, selection_mode="multi", key="options", bind="query-params", on_change=_convert,
        label_visibility="collapsed",
    )  # fmt: skip
    link.explain("options", chosen, "one of " + ", ".join(shown))
    options = frozenset(option for option in OPTIONS if LABELS[option] in chosen)
    if by == "probability" and "temperature" in options:
        st.markdown("Temperature is for logits.")
    if target == "distribution" and IGNORE in chosen:
        st.markdown("An ignored index is for class indices.")
    ignored = None
    if target == "class index" and IGNORE in chosen:
        ignored = st.number_input(
            "Ignored index", value=NEVER, key="ignore", bind="query-params", on_change=_convert, width=150
        )
        link.explain("ignore", ignored, "a whole number")
    layout = Layout("z" if by == "logit" else "p", classes, target == "class index", int(base), ignored)
    st.session_state["_layout"] = layout
    return Setting(layout, names, options - {"temperature"} if by == "probability" else options)


def _names(classes: int) -> tuple[str, ...]:
    """The classes' names: those that were typed, then letters."""
    letters = ", ".join(LETTERS[:classes])
    typed = st.text_input("Class names", "", key="names", bind="query-params", placeholder=letters, width=240)
    link.explain("names", typed, "names with commas between them")
    given = [name.strip() for name in typed.split(",")] if typed.strip() else []
    bad = next((name for name in given if not all(c.isalnum() or c in " -_." for c in name) or len(name) > 20), None)
    named = [name or LETTERS[k] for k, name in enumerate(given[:classes])]
    names = (*named, *LETTERS[len(named) : classes])
    if bad is not None:
        st.error(f"A class name must be at most 20 letters, digits, spaces, dots or hyphens; got {controls.literal(bad[:30])}.")
    elif len(given) > classes:
        st.error(f"Class names must be at most {classes}, one for each class; got {len(given)}.")
    elif len(set(names)) < classes:
        st.error(f"Class names must differ; got {next(name for name in names if names.count(name) > 1)} twice.")
    else:
        return names
    return tuple(LETTERS[:classes])


def _convert() -> None:
    """Keep the batch and its chosen row when what a row holds changes."""
    state = st.session_state
    old: Layout = state["_layout"]
    index, base = state["target"] == "class index", int(state.get("base", "0"))
    ignored = None
    if index and IGNORE in state["options"]:
        ignored = state.get("ignore", NEVER)
        if ignored == old.ignored and old.base <= ignored < old.base + old.classes:  # it moves with the class that it is
            ignored = state["ignore"] = ignored + base - old.base
    new = Layout("z" if state["by"] == "logit" else "p", state["classes"], index, base if index else 0, ignored)
    temperature = state.get("T", 1.0) if LABELS["temperature"] in state["options"] else 1.0
    batch.store(batch.relayout(batch.as_controls_have_it(old), new, temperature))


@st.fragment
def _live(setting: Setting) -> None:
    """What a slider changes. Streamlit runs only this when one moves."""
    layout, names, every = setting.layout, setting.names, range(1, setting.layout.classes + 1)
    controls.take_typed()
    stored = batch.stored(layout)
    left, right = st.columns([2, 3], gap="large")
    with left:
        prediction, target, index = _ask_example(setting, stored)
        values = _named(layout.by, prediction) | _named("t", target) | _ask_options(setting)
    found = batch.on_sliders(stored, prediction, target, index)
    link.explain("row", found.chosen + 1, f"a row from 1 to {len(found.examples)}")
    with right:
        bars = st.container()
        along = _along(names)
    place = None if index is None else index - layout.base + 1
    view = categorical_view(layout.by, layout.classes, setting.options, index=place if place in every else None, along=along)
    values |= _named("o", [float(k == along) for k in every]) | _of_batch(setting, found)
    rows = _columns(found, prediction, target)
    numbers = averaged(view.program, {**values, "u": 0.0, "tx": 0.0, "ty": 0.0}, rows)
    everything = {**values, **numbers}
    _compare_with_core(setting, found, values, numbers)
    limits = dict.fromkeys(_named(layout.by, prediction), PREDICTION[layout.by])
    chart = partial(live_chart, program=view.program, values=values, rows=rows, limits=limits)
    with left:
        numbers_and_classes = _readouts(setting, everything) + _boundary(setting, everything) + _by_class(setting, everything)
        live_text(numbers_and_classes, key="numbers")
        if layout.classes == 3:
            chart(
                triangle_figure(view.program, values, names, tuple(limits)),
                key="triangle-chart",
                writes=False,
                filename="cross-entropy-triangle",
                alt="The loss over all distributions of three classes, with the prediction and the way down",
            )
    with bars:
        figure = classes_figure(view.program, values, numbers, names)
        chart(
            figure,
            key="classes-chart",
            each=("row_L",),
            filename="cross-entropy-classes",
            alt="For each class: prediction and target, share of the loss, and gradients; above them the loss and its floor",
        )
        _download(setting, figure, view, values)
    with right:
        chart(
            slice_figure(view.program, values, numbers, names[along - 1], f"z{along}" if layout.by == "z" else None),
            key="slice-chart",
            writes=False,
            filename="cross-entropy-slice",
            alt=f"Loss along the logit of class {names[along - 1]}, with its tangent and its floor",
        )
        live_text(_formulas(view, everything), key="formulas")
    _show_batch(setting, found, numbers, values)
    live_text(_libraries(setting, everything, index), key="libraries")


def _named(prefix: str, values: Sequence[float]) -> dict[str, float]:
    return {f"{prefix}{k}": value for k, value in enumerate(values, 1)}


def _ask_example(setting: Setting, stored: Batch) -> tuple[list[float], list[float], int | None]:
    """Prediction and target of the chosen row, and its class index as typed if it has one."""
    layout, (prediction, target, index) = setting.layout, batch.defaults(stored)
    left, right = st.columns(2, gap="medium")
    with left:
        label = {"p": "Prediction p", "z": "Logits z"}[layout.by]
        prediction = _sliders(label, layout.by, setting.names, PREDICTION[layout.by], prediction)
    with right:
        if not layout.index:
            return prediction, _sliders("Target t", "t", setting.names, TARGET, target), None
        index = _ask_index(setting, index)
        place = index - layout.base
        return prediction, [float(k == place) for k in range(layout.classes)], index


def _sliders(
    label: str,
    prefix: str,
    names: tuple[str, ...],
    limits: tuple[float, float],
    defaults: Sequence[float],
    *,
    columns: int = 1,
) -> list[float]:
    """A slider for each class, and a field for all; probabilities with their sum."""
    places = st.columns(columns, gap="medium") if columns > 1 else [st.container()]
    values = []
    for k, (name, default) in enumerate(zip(names, defaults, strict=True), 1):
        with places[(k - 1) % columns]:
            title = f"{prefix}{str(k).translate(SUBSCRIPTS)} · {name}"
            values.append(controls.slider(f"{prefix}{k}", title, *limits, default, STEPS[prefix]))
    keys = [f"{prefix}{k}" for k in range(1, len(names) + 1)]
    controls.vector(f"{label}, all at once", keys, values, *limits)
    total = sum(values)
    if prefix in "pt" and not math.isclose(total, 1, abs_tol=TOLERANCE):
        st.markdown(f"Sum {total:.6g}, not 1: computed as given.")
        if total > 0:
            st.button(f"Normalise {prefix}", key=f"normalise-{prefix}", on_click=_normalise, args=(keys, values))
    return values


def _normalise(keys: Sequence[str], values: Sequence[float]) -> None:
    for key, value in zip(keys, values, strict=True):
        st.session_state[key] = value / sum(values)


def _ask_index(setting: Setting, default: int) -> int:
    """The class index, counted from the layout's base; also the ignored one, if there is such."""
    layout = setting.layout
    first, last = layout.base, layout.base + layout.classes - 1
    ends = [first, last, *([layout.ignored] if layout.ignored is not None else [])]
    k: int = st.number_input("Target index k", min(ends), max(ends), default, key="k", bind="query-params")
    allowed = f"a whole number from {first} to {last}" + (f", or {layout.ignored}" if layout.ignored is not None else "")
    link.explain("k", k, allowed)
    if first <= k <= last:
        st.markdown(f"class {setting.names[k - first]}" + (", ignored" if k == layout.ignored else ""))
    elif k == layout.ignored:
        st.markdown("ignored")
    else:
        st.error(f"Target index k must be {allowed}; got {k}.")
        return first
    return k


def _ask_options(setting: Setting) -> dict[str, float]:
    values = {}
    if "smoothing" in setting.options:
        values["epsilon"] = controls.slider("epsilon", "Label smoothing ε", 0.0, 1.0, 0.1, 0.001)
    if "focal" in setting.options:
        values["gamma"] = controls.slider("gamma", "Focal γ", 0.0, 5.0, 2.0, 0.01)
    if "temperature" in setting.options:
        values["T"] = controls.slider("T", "Temperature T", 0.1, 10.0, 1.0, 0.01)
    if "weights" in setting.options:
        values |= _named("w", _sliders("Class weights w", "w", setting.names, WEIGHT, [1.0] * len(setting.names), columns=2))
    return values


def _along(names: tuple[str, ...]) -> int:
    """The class, from 1, whose logit the slice runs along and whose derivatives are written out."""
    chosen = st.segmented_control(
        "Derivatives and slice by class", names, default=names[0], key="along", bind="query-params", required=True
    )
    link.explain("along", chosen, "a class's name")
    return names.index(chosen) + 1


def _of_batch(setting: Setting, found: Batch) -> dict[str, float]:
    """What the program needs to know of the batch besides its rows."""
    others, row = found.others, found.examples[found.chosen]
    right = [int(np.argmax(e.prediction) == np.argmax(e.target)) for e in others]
    counts = not row.ignored and not row.problem
    numbers = {"others": float(len(others)), "counts": float(counts), "hits": float(sum(right))}
    if "weights" in setting.options:
        numbers |= _named("n", [sum(e.target[k] for e in others) for k in range(len(setting.names))])
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


def _readouts(setting: Setting, numbers: Mapping[str, float]) -> str:
    """The numbers of the example, then those of each class."""
    plain = not setting.options & {"smoothing", "weights", "focal"}
    rows = [
        ("Loss L", quantity("L", numbers["L"]), "nats"),
        ("in bits", quantity("bits", numbers["bits"]), "bits"),
        (
            "Floor",
            quantity("floor", numbers["floor"]),
            "entropy H(t), if t sums to 1" if plain else "the least of any p that sums to 1",
        ),
        ("Above it", quantity("excess", numbers["excess"]), "KL(t‖p), if t and p sum to 1" if plain else "nats"),
        ("Σp", quantity("sum_p", numbers["sum_p"], trim=True), ""),
        ("Σt", quantity("sum_t", numbers["sum_t"], trim=True), ""),
    ]
    body = "".join(f"<tr><th scope='row'>{name}</th><td>{value}</td><td>{unit}</td></tr>" for name, value, unit in rows)
    return f"<table class='live-numbers'><tbody>{body}</tbody></table>"


def _table(label: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, compact: bool = False) -> str:
    """A table that scrolls where it is too wide; heads are plain text, cells are markup."""
    head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in heads)
    body = "".join(f"<tr><th scope='row'>{row[0]}</th>{''.join(f'<td>{cell}</td>' for cell in row[1:])}</tr>" for row in rows)
    kind = "live-table live-compact" if compact else "live-table"
    return (
        f"<div class='{kind}' tabindex='0' role='group' aria-label='{escape(label)}'>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _by_class(setting: Setting, numbers: Mapping[str, float]) -> str:
    heads = {"p": "p", "t": "t", "l": "share of L", "d_p": "∂L/∂p", "d_z": "∂L/∂z"}
    rows = [
        (escape(name), *(quantity(f"{step}{k}", numbers[f"{step}{k}"], digits=4) for step in heads))
        for k, name in enumerate(setting.names, 1)
    ]
    return _table("By class", ["class", *heads.values()], rows, compact=True)


def _boundary(setting: Setting, numbers: Mapping[str, float]) -> str:
    """Why the loss is infinite, or finite in spite of a logarithm of 0."""
    zero = [(k, escape(name)) for k, name in enumerate(setting.names, 1) if numbers[f"p{k}"] == 0]
    impossible = next(((k, name) for k, name in zero if numbers[f"l{k}"] == math.inf), None)
    if impossible:
        k, name = impossible
        asked = "the target has it" if numbers[f"t{k}"] > 0 else "smoothing gives it a share of the target"
        why = f"L = ∞: p rules class {name} out, yet {asked}. −ln 0 has no bound."
    elif zero:
        why = f"p = 0 for class {zero[0][1]}, which counts 0 times here: 0 · ln 0 counts as 0, its limit."
    else:
        return ""
    return f"<p class='live-note' role='note'>{why}</p>"


def _formulas(view: CategoricalView, numbers: Mapping[str, float]) -> str:
    """Each line as symbols, and collapsed for one class; then with its numbers put in, of the loss before it collapses too."""

    def stages(line: Formula) -> Sequence[Worked]:
        return line.worked if line.step == view.program.output else line.worked[-1:]

    return "".join(
        formula.symbols(line.step, *line.forms) + formula.worked(*stages(line), result=line.step.name, numbers=numbers)
        for line in view.formulas
    )


def _copy(setting: Setting) -> None:
    """Loss and gradient as text to copy."""
    view = categorical_view(setting.layout.by, setting.layout.classes, setting.options)
    with st.popover("Copy the formula", icon=":material/content_copy:"):
        latex, sympy, numpy = st.tabs(["LaTeX", "SymPy", "NumPy"])
        lines = [f"{printers.latex(line.step)} = {printers.latex(line.forms[0])}" for line in view.formulas]
        latex.code("\n".join(lines), language="latex", wrap_lines=True)
        sympy.code(
            printers.sympy_code(**{line.step.name: line.forms[0] for line in view.formulas}), language="python", wrap_lines=True
        )
        numpy.code(view.numpy_code, language="python")


def _file() -> None:
    """The whole view as a file, to save and to open; the only way to keep a long batch."""
    text = batch.long_text() if batch.left_out() else ""
    if text:
        st.warning(f"A link leaves this batch out: it has over {batch.LONGEST:,} characters. Save the view as a file instead.")
    elif batch.left_out():
        st.warning(
            "The link leaves its batch out, which was too long. The notebook's is shown; open the file to see the other."
        )
    with st.popover("Save or open a file", icon=":material/save:"):
        file.save("categorical", text)
        opened = file.ask("categorical")
    if opened:
        batch.keep_long(opened[1])
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
    editable_table(
        [*(f"{layout.by} {name}" for name in setting.names), *targets],
        ["loss", "right"],
        rows,
        key="examples",
        chosen=found.chosen,
        live=[*batch.prediction_keys(layout), *([None] if layout.index else batch.target_keys(layout))],
        label="Batch of examples",
        on_action=partial(batch.act, layout),
    )
    _file()
    live_text(_reductions(setting, numbers), key="reductions")


def _download(setting: Setting, figure: go.Figure, view: CategoricalView, values: Mapping[str, float]) -> None:
    """The bars as one HTML file, with the sliders of this example."""
    layout, limits = setting.layout, {**PREDICTION, "t": TARGET}
    sliders = [
        Slider(f"{prefix}{k}", f"{prefix}{k} {name}", *limits[prefix], STEPS[prefix], values[f"{prefix}{k}"])
        for prefix in (layout.by, "t")
        for k, name in enumerate(setting.names, 1)
    ]
    page = partial(
        standalone_page,
        figure,
        view.program,
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


def _reductions(setting: Setting, numbers: Mapping[str, float]) -> str:
    """The batch's loss by each reduction, and what that does to a row's gradient."""
    rows = [
        ("none", "each row's own", "", "1"),
        ("sum", "Σ Lᵢ", quantity("sum", numbers["sum"]), "1"),
        (
            "mean by count",
            "Σ Lᵢ / N",
            quantity("mean", numbers["mean"]),
            f"1 / {quantity('counted', numbers['counted'], trim=True)}",
        ),
    ]
    if "weights" in setting.options:
        weight = f"1 / {quantity('weight', numbers['weight'], trim=True)}"
        rows.append(("mean by sum of weights", "Σ Lᵢ / Σ wₖᵢ", quantity("weighted_mean", numbers["weighted_mean"]), weight))
    rows.append(("accuracy", "right / N", quantity("accuracy", numbers["accuracy"], trim=True), "—"))
    table = _table("Reductions", ["reduction", "formula", "value", "a row's gradient times"], rows, compact=True)
    none = "<p class='live-note' role='note'>No row counts: the mean is 0/0, which is NaN, as in PyTorch.</p>"
    return table + (none if numbers["counted"] == 0 else "")


def _libraries(setting: Setting, numbers: Mapping[str, float], index: int | None) -> str:
    """What the libraries compute for the chosen row."""
    layout, every = setting.layout, range(1, setting.layout.classes + 1)
    p, t = ([numbers[f"{x}{k}"] for k in every] for x in "pt")
    z = [numbers[f"z{k}"] / numbers.get("T", 1.0) for k in every] if layout.by == "z" else None
    place = None if index is None or index == layout.ignored else index - layout.base

    def cell(loss: float | None) -> str:
        return "—" if loss is None else format_number(loss, 6, trim=True)

    rows = [
        (f"{escape(r.convention.name)}<small>{escape(r.convention.note)}</small>", cell(r.float64), cell(r.float32))
        for r in class_conventions.readings(p, t, logits=z, index=place)
    ]
    floors = ", ".join(f"{class_conventions.double_softmax_floor(k):.4f} for {k}" for k in (2, 3, 4))
    return (
        "<h2>What do the libraries say?</h2>"
        + _table("Libraries", ["Library", "L, float64", "L, float32"], rows)
        + f"<p>For the chosen row, without options. Softmax taken twice cannot fall below {floors} classes.</p>"
    )
