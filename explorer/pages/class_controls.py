"""What the page /categorical asks: the setting above its sliders, then the example on them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.core import numbers
from explorer.core.batch import PREDICTION, TARGET, Layout
from explorer.core.categorical import OPTIONS, Option
from explorer.core.digits import subscripted
from explorer.pages import alert, batch, link
from explorer.pages import old_controls as controls
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
IGNORED = (-numbers.LARGEST, numbers.LARGEST, -100)
"""The same of the ignored index, which in PyTorch starts so."""
STEPS = {"p": 0.001, "z": 0.01, "t": 0.001, "w": 0.01}
LIMITS = {**batch.SLIDERS, "t": TARGET, "w": (0.0, 10.0)}
"""How far each slider reaches."""
FARTHEST = {**PREDICTION, "t": TARGET, "w": (0.0, 1e6)}
"""How far its number may lie."""
TOLERANCE = 1e-9
_RESCALED = "_rescaled"
"""Where the session keeps, until it is said, which rows of the batch lost their own loss to logits."""

HELP = {
    "by": controls.PREDICTION,
    "target": "Whether the target names the one class that happened, or gives a probability to each.",
    "base": "Whether class indices count from 0, as in PyTorch, or from 1, as in the Wolfram Language.",
    "classes": f"How many classes there are, from {CLASSES[0]} to {CLASSES[1]}.",
    "names": "Names of the classes with commas between them; a class without one is called by its letter.",
    "options": "What libraries can add to the loss; each brings its own sliders.",
    "ignore": "Rows of the batch with this class index do not count.",
    "k": "Index of the class that happened, which the table of the batch calls k.",
    "epsilon": "The share of the target that is spread evenly over all classes.",
    "gamma": "How strongly a class counts less the surer the prediction is of it, by the factor (1 − p)ᵞ.",
    "T": "What logits are divided by before softmax: above 1 predictions are less sure, below 1 surer.",
    "along": "The class whose logit the slice runs along, and whose derivatives are written out.",
}
EACH = {
    "p": "The probability that is predicted for class {}.",
    "z": "The logit that is predicted for class {}; softmax turns all logits into probabilities.",
    "t": "The probability of class {} in the target.",
    "w": "How many times class {} counts in the loss.",
}


_NAME = re.compile(r"(?!.*\bwww\.)[^\W_]+(?:(?:[_.]|\.? | ?- ?)[^\W_]+)*", re.IGNORECASE)
"""Words with single marks between them: nothing that the Markdown of a label or an option shows otherwise."""


@dataclass(frozen=True)
class Setting:
    """What is asked once, above the sliders."""

    layout: Layout
    names: tuple[str, ...]
    options: frozenset[Option]


def ask(place: DeltaGenerator) -> Setting:
    """What does not move: how prediction and target are given, the classes and the options.

    In place it is said what was wrong with the link, also of the options, which are out of sight.
    """
    by = controls.choice("Prediction as", "by", ["probability", "logit"], _convert, help=HELP["by"])
    target = controls.choice("Target as", "target", ["class index", "distribution"], _convert, help=HELP["target"])
    classes = controls.whole("classes", "Classes", *CLASSES, on_change=_convert, help=HELP["classes"])
    with st.popover("Options", icon=":material/tune:"), link.explained_in(place):
        shown = [*LABELS.values(), IGNORE]
        chosen = controls.pills("Options", "options", shown, _convert, help=HELP["options"])
        options = frozenset(option for option in OPTIONS if LABELS[option] in chosen)
        if by == "probability" and "temperature" in options:
            st.markdown("Temperature divides logits: choose *logit* to see it.")
        if target == "distribution" and IGNORE in chosen:
            st.markdown("An index can be ignored where targets are class indices: choose *class index*.")
        base, ignored = "0", None
        if target == "class index":
            if IGNORE in chosen:
                ignored = controls.whole("ignore", "Ignored index", *IGNORED, on_change=_convert, help=HELP["ignore"])
            base = controls.choice("First index", "base", ["0", "1"], _convert, help=HELP["base"])
        names = _names(classes)
    _say_what_was_rescaled(place)
    layout = Layout("z" if by == "logit" else "p", classes, target == "class index", int(base), ignored)
    st.session_state["_layout"] = layout
    return Setting(layout, names, options - {"temperature"} if by == "probability" else options)


def _names(classes: int) -> tuple[str, ...]:
    """The classes' names: those that were typed, then letters."""
    letters = ", ".join(LETTERS[:classes])
    typed = controls.text("Class names", "names", placeholder=letters, width=240, help=HELP["names"])
    given = [name.strip() for name in typed.split(",")] if typed.strip() else []
    bad = next((name for name in given if name and not (_NAME.fullmatch(name) and len(name) <= 20)), None)
    named = [name or LETTERS[k] for k, name in enumerate(given[:classes])]
    names = (*named, *LETTERS[len(named) : classes])
    if bad is not None:
        alert.error(
            f"A class name may have at most 20 letters and digits, with single marks between; got {numbers.shown(bad)}."
        )
    elif len(given) > classes:
        alert.error(f"There may be at most {classes} class names, one for each class; got {len(given)}.")
    elif len(set(names)) < classes:
        alert.error(f"Class names must differ; {next(name for name in names if names.count(name) > 1)} is given twice.")
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
    found = batch.as_controls_have_it(old)
    if old.by == "p" != new.by:
        state[_RESCALED] = [i for i, row in enumerate(found.examples, 1) if row.prediction and not _is_1(sum(row.prediction))]
    batch.store(batch.relayout(found, new, temperature))
    state["_layout"] = new  # at once: the next change may come before the page has run


def _is_1(total: float) -> bool:
    return math.isclose(total, 1, abs_tol=TOLERANCE)


def _say_what_was_rescaled(place: DeltaGenerator) -> None:
    """Once after a change to logits: whose loss is another, as no logits give a p that does not sum to 1."""
    if rows := st.session_state.pop(_RESCALED, []):
        which = f"row{'s' * (len(rows) > 1)} {', '.join(map(str, rows))}"
        alert.warning(
            f"Logits give probabilities that sum to 1: in {which} p did not, so it is rescaled and L is another.", place
        )


def ask_example(setting: Setting, stored: Batch) -> tuple[list[float], list[float], int | None]:
    """Prediction and target of the chosen row, and its class index as typed if it has one."""
    layout, (prediction, target, index) = setting.layout, batch.defaults(stored)
    label = {"p": "Prediction p", "z": "Logits z"}[layout.by]
    if layout.index:
        index = _ask_index(setting, index)
        prediction = _sliders(layout.by, setting.names, prediction)
        _all_at_once({label: (layout.by, prediction)})
        return prediction, [float(k == index - layout.base) for k in range(layout.classes)], index
    left, right = st.columns(2, gap="medium")
    with left:
        prediction = _sliders(layout.by, setting.names, prediction)
    with right:
        target = _sliders("t", setting.names, target)
    _all_at_once({label: (layout.by, prediction), "Target t": ("t", target)})
    return prediction, target, None


def _sliders(prefix: str, names: tuple[str, ...], defaults: Sequence[float], *, columns: int = 1) -> list[float]:
    """A slider for each class."""
    places = st.columns(columns, gap="medium") if columns > 1 else [st.container(gap="small")]
    values = []
    for k, (name, default) in enumerate(zip(names, defaults, strict=True), 1):
        with places[(k - 1) % columns]:
            title = f"{subscripted(f'{prefix}{k}')} · {name}"
            said = EACH[prefix].format(name)
            key, low, high = f"{prefix}{k}", *LIMITS[prefix]
            farthest = FARTHEST[prefix]
            values.append(controls.slider(key, title, low, high, default, STEPS[prefix], help=said, farthest=farthest))
    return values


def _all_at_once(vectors: Mapping[str, tuple[str, Sequence[float]]]) -> None:
    """A field for all numbers of each vector, by its label; for probabilities a button that makes their sum 1.

    The button is always there, as what comes and goes would move the numbers away from a hand that drags.
    """
    for label, (prefix, values) in vectors.items():
        controls.vector(label, list(named(prefix, values)), values, LIMITS[prefix], FARTHEST[prefix])
    with st.container(horizontal=True, gap="small"):
        for prefix, values in vectors.values():
            if prefix in "pt":
                st.button(
                    f"Normalise {prefix}",
                    key=f"normalise-{prefix}",
                    on_click=_normalise,
                    args=(list(named(prefix, values)), values),
                    disabled=_is_1(sum(values)) or sum(values) == 0,
                    help=f"Divide each {prefix} by their sum, so that they sum to 1.",
                )


def _normalise(keys: Sequence[str], values: Sequence[float]) -> None:
    for key, value in zip(keys, values, strict=True):
        st.session_state[key] = value / sum(values)


def _ask_index(setting: Setting, default: int) -> int:
    """The class index, counted from the layout's base; also the ignored one, if there is such."""
    layout = setting.layout
    first, last = layout.base, layout.base + layout.classes - 1
    with st.container(horizontal=True, vertical_alignment="center"):
        k = controls.whole("k", "Target index k", first, last, default, also=layout.ignored, help=HELP["k"], width=150)
        name = f"class {setting.names[k - first]}" if first <= k <= last else ""
        st.markdown(", ".join(filter(None, (name, "ignored" if k == layout.ignored else ""))), width="content")
    return k


def ask_options(setting: Setting) -> dict[str, float]:
    """The numbers of the options that are on, by the program's inputs."""
    sliders: dict[Option, tuple[str, str, float, float, float, float]] = {
        "smoothing": ("epsilon", "Label smoothing ε", 0.0, 1.0, 0.1, 0.001),
        "focal": ("gamma", "Focal γ", 0.0, 5.0, 2.0, 0.01),
        "temperature": ("T", "Temperature T", 0.1, 10.0, 1.0, 0.01),
    }
    asked = [slider for option, slider in sliders.items() if option in setting.options]
    places = cycle(st.columns(2, gap="medium") if asked else ())
    values = {}
    for place, (name, label, low, high, default, step) in zip(places, asked, strict=False):
        with place:
            values[name] = controls.slider(name, label, low, high, default, step, help=HELP[name])
    if "weights" in setting.options:
        weights = _sliders("w", setting.names, [1.0] * len(setting.names), columns=2)
        _all_at_once({"Class weights w": ("w", weights)})
        values |= named("w", weights)
    return values


def ask_along(names: tuple[str, ...]) -> int:
    """The class, from 1, whose logit the slice runs along and whose derivatives are written out."""
    chosen = controls.choice("Derivatives and slice by class", "along", names, allowed="a class's name", help=HELP["along"])
    return names.index(chosen) + 1


def named(prefix: str, values: Sequence[float]) -> dict[str, float]:
    """Return the numbers of each class by the program's names: p1, p2 and so on."""
    return {f"{prefix}{k}": value for k, value in enumerate(values, 1)}
