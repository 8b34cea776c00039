"""The weights of /network: where they are kept, and the controls that set them.

A way down starts from given weights, which the address holds as the text `w`, or as a seed; `steps` says how far it has gone.
So the present weights follow from the address alone. Whatever else sets a weight makes the present ones the new start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from explorer.core import numbers
from explorer.core.network import Network
from explorer.core.network_view import unit_weights
from explorer.live import echo
from explorer.live.echo import Told
from explorer.pages import address, alert, controls
from explorer.views.fields import Choice, typed
from explorer.views.network import weights as views
from explorer.views.network.state import State
from explorer.views.network.weights import LIMIT, SURFACE, Weights, too_far, write

_HELD = "_weights_held"
"""What hands on charts have set and no run has taken yet."""
_LIMITS = "_weights_limits"
"""From where to where each slider went when it was drawn last."""


def start(asked: State) -> Weights:
    """Return the weights that the address gives: where a way down begins."""
    network, text = asked.network, address.get("w")
    drawn = network.random_weights(asked.seed)
    if not text:
        return drawn
    try:
        return views.read(network, text)
    except ValueError as error:
        alert.warning(views.refusal(error, asked.seed))
        return drawn


def keep(asked: State, weights: Weights) -> None:
    """Make weights the start; runs the page anew if steps were taken from another one."""
    told, steps, shown = echo.told(), *_shown()
    _note(told, asked, weights, steps, shown)
    _answer(asked, weights, steps)


def take(asked: State, weights: Weights, names: Sequence[str]) -> Weights:
    """Return the weights with what hands have set since the last run; if that is anything, it becomes the start.

    A run may be cut short wherever it touches Streamlit: so all is read first, then noted in one go, then answered. For a step
    through the history the address rules, also where no run has taken what hands set before.
    """
    state, told = st.session_state, echo.told()
    held: Weights = state.setdefault(_HELD, {})
    if echo.navigated():
        held.clear()
        return weights
    sliders = {name: state[name] for name in names if name in state and name in weights}
    steps, shown = _shown()
    moved = weights | {name: value for name, value in sliders.items() if told.is_new(name, value)}
    moved |= {name: value for name, value in held.items() if name in weights}
    held.clear()
    if moved != weights:
        _note(told, asked, moved, steps, shown)
        _answer(asked, moved, steps)
    return moved


def _shown() -> tuple[str, str]:
    """What the browser shows of the steps taken, and of the weights in the address."""
    return st.session_state.get("steps", "0"), st.query_params.get("w", "")


def _note(told: Told, asked: State, weights: Weights, steps: str, shown: str) -> None:
    address.note(told, "w", shown, _text(asked, weights))
    told.put("steps", steps, "0")


def _answer(asked: State, weights: Weights, steps: str) -> None:
    address.put("w", _text(asked, weights))
    if steps != "0":
        controls.set_controls(steps="0")


def _text(asked: State, weights: Weights) -> str:
    return "" if weights == asked.network.random_weights(asked.seed) else write(weights)


def hold(numbers: Mapping[str, float]) -> None:
    """Take over what a hand on a chart has set."""
    st.session_state.setdefault(_HELD, {}).update(numbers)


def ask(network: Network, weights: Weights, names: Sequence[str]) -> None:
    """A slider for each of some weights, set to what they are."""
    fields = views.slider_fields(network, weights, names)
    state, drawn = st.session_state, st.session_state.get(_LIMITS, {})
    for name, known in fields.items():  # all of them before the first is drawn: a run of the script may be cut short there
        if drawn.get(name, known.limits) != known.limits:  # to Streamlit another slider, which would stand at its low end
            state[name] = weights[name]
        echo.put(name, weights[name])
    for name in names:
        if field := fields.get(name):
            st.slider(field.label, *field.limits, step=field.step, key=name, format="%.3f", help=field.help)
        else:
            st.markdown(too_far(network, name, weights[name]))
    state[_LIMITS] = {name: known.limits for name, known in fields.items()}


def chosen(network: Network) -> str:
    """Return the unit or weight that the address says is chosen; the first hidden unit, or output, if it says none."""
    name = address.get("chosen")
    if views.can_be_chosen(network, name):
        return name
    if name:
        alert.warning(views.choice_refusal(network, name))
    return views.first_chosen(network)


def choose(network: Network, name: str) -> None:
    """Choose a unit or a weight: its weights come to the sliders, and the pictures run along them."""
    address.put("chosen", name)
    along, across = views.axes_of(network, name, st.session_state.get("across", ""))
    echo.put("along", along)
    echo.put("across", across)


def ask_axes(network: Network, chosen: str) -> tuple[str, str, str]:
    """The weight that the slice runs along, the other axis of the surface, and how that is drawn."""
    left, middle, right = st.columns([3, 3, 2], vertical_alignment="bottom")
    echo.hold("along", "across")
    with left:
        along = _axis(views.along_field(network, chosen))
    with middle:
        across = _axis(views.across_field(network, chosen, along))
    echo.follow("along", "across")
    with right:
        surface = controls.choice(SURFACE)
    return along, across, surface


def _axis(field: Choice) -> str:
    _drop(field.name, field.options)
    return controls.choice(field)


def _drop(key: str, options: Sequence[str]) -> None:
    """Forget a weight that cannot be chosen any more, and say so if this network has none of that name."""
    state = st.session_state
    gone = state.get(key)
    if gone in (None, *options):
        return
    if key == "along" or gone != state.get("along"):
        st.info(f"This network has no {gone}; {key} shows another weight.")
    del state[key]


def ask_all(asked: State, weights: Weights) -> None:
    """All weights, to be typed: a table for each layer, a row for each unit.

    What was typed waits in its cells until all of it can be read.
    """
    network, cells = asked.network, dict[str, str]()
    for layer in network.layers:
        names = [unit_weights(network, layer, k) for k in range(1, network.sizes[layer] + 1)]
        heads = [*(f"from {unit}" for unit in network.units(layer - 1)), "bias"]
        shown = {name: f"{weights[name]:.6g}" for row in names for name in row}
        edited = st.data_editor(
            pd.DataFrame([[shown[name] for name in row] for row in names], network.units(layer), heads),
            key=controls.fresh_key(f"layer {layer}", write({name: weights[name] for name in shown})),
            column_config=dict.fromkeys(heads, st.column_config.TextColumn(alignment="right")),
        )
        held = (cell or "" for row in edited.to_numpy().tolist() for cell in row)
        cells |= {name: cell for (name, before), cell in zip(shown.items(), held, strict=True) if cell != before}
    read = {name: typed(cell, -LIMIT, LIMIT) for name, cell in cells.items()}
    good = {name: value for name, value in read.items() if value is not None}
    bad = next((name for name in cells if name not in good), None)
    if bad is not None:
        alert.error(f"{bad} must be a number from {-LIMIT:g} to {LIMIT:g}; got {numbers.shown(cells[bad])}.")
    elif weights | good != weights:
        keep(asked, weights | good)
        st.rerun()
