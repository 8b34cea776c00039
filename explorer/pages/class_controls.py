"""What the page /categorical asks: the setting above its sliders, then the example on them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from explorer.core.batch import PREDICTION, TARGET, Layout
from explorer.core.categorical import OPTIONS, Option
from explorer.core.numbers import LARGEST
from explorer.pages import batch, controls
from explorer.pages.batch import Batch

LETTERS = "ABCDEFGHIJ"
LABELS: dict[Option, str] = {
    "smoothing": "label smoothing",
    "weights": "class weights",
    "focal": "focal",
    "temperature": "temperature",
}
IGNORE = "ignore index"
CLASSES = (2, 10, 3)
"""Least and greatest number of classes, and how many the page opens with."""
IGNORED = (-LARGEST, LARGEST, -100)
"""The same of the ignored index, which in PyTorch starts so."""
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


def ask() -> Setting:
    """What does not move: how prediction and target are given, the classes and the options."""
    by = controls.choice("Prediction as", "by", ["probability", "logit"], _convert)
    target = controls.choice("Target as", "target", ["class index", "distribution"], _convert)
    base = controls.choice("First index", "base", ["0", "1"], _convert) if target == "class index" else "0"
    classes = controls.whole("classes", "Classes", *CLASSES, on_change=_convert)
    names = _names(classes)
    shown = [*LABELS.values(), IGNORE]
    chosen = controls.pills("Options", "options", shown, _convert, visible=False)
    options = frozenset(option for option in OPTIONS if LABELS[option] in chosen)
    if by == "probability" and "temperature" in options:
        st.markdown("Temperature is for logits.")
    if target == "distribution" and IGNORE in chosen:
        st.markdown("An ignored index is for class indices.")
    ignored = None
    if target == "class index" and IGNORE in chosen:
        ignored = controls.whole("ignore", "Ignored index", *IGNORED, on_change=_convert, width=150)
    layout = Layout("z" if by == "logit" else "p", classes, target == "class index", int(base), ignored)
    st.session_state["_layout"] = layout
    return Setting(layout, names, options - {"temperature"} if by == "probability" else options)


def _names(classes: int) -> tuple[str, ...]:
    """The classes' names: those that were typed, then letters."""
    letters = ", ".join(LETTERS[:classes])
    typed = controls.text("Class names", "names", placeholder=letters, width=240)
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
        ignored = controls.whole_now("ignore", *IGNORED)
        if ignored == old.ignored and old.base <= ignored < old.base + old.classes:  # it moves with the class that it is
            ignored += base - old.base
            state["ignore"] = str(ignored)
    classes = controls.whole_now("classes", *CLASSES)
    new = Layout("z" if state["by"] == "logit" else "p", classes, index, base if index else 0, ignored)
    temperature = state.get("T", 1.0) if LABELS["temperature"] in state["options"] else 1.0
    batch.store(batch.relayout(batch.as_controls_have_it(old), new, temperature))


def ask_example(setting: Setting, stored: Batch) -> tuple[list[float], list[float], int | None]:
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
    k = controls.whole("k", "Target index k", first, last, default, also=layout.ignored)
    if first <= k <= last:
        st.markdown(f"class {setting.names[k - first]}" + (", ignored" if k == layout.ignored else ""))
    else:
        st.markdown("ignored")
    return k


def ask_options(setting: Setting) -> dict[str, float]:
    """The numbers of the options that are on, by the program's inputs."""
    values = {}
    if "smoothing" in setting.options:
        values["epsilon"] = controls.slider("epsilon", "Label smoothing ε", 0.0, 1.0, 0.1, 0.001)
    if "focal" in setting.options:
        values["gamma"] = controls.slider("gamma", "Focal γ", 0.0, 5.0, 2.0, 0.01)
    if "temperature" in setting.options:
        values["T"] = controls.slider("T", "Temperature T", 0.1, 10.0, 1.0, 0.01)
    if "weights" in setting.options:
        values |= named("w", _sliders("Class weights w", "w", setting.names, WEIGHT, [1.0] * len(setting.names), columns=2))
    return values


def ask_along(names: tuple[str, ...]) -> int:
    """The class, from 1, whose logit the slice runs along and whose derivatives are written out."""
    chosen = controls.choice("Derivatives and slice by class", "along", names, visible=True, allowed="a class's name")
    return names.index(chosen) + 1


def named(prefix: str, values: Sequence[float]) -> dict[str, float]:
    """Return the numbers of each class by the program's names: p1, p2 and so on."""
    return {f"{prefix}{k}": value for k, value in enumerate(values, 1)}
