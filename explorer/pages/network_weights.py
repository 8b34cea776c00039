"""The weights of /network: where they are kept, and the controls that set them.

A way down starts from given weights, which the address holds as the text `w`, or as a seed; `steps` says how far it has gone.
So the present weights follow from the address alone. Whatever else sets a weight makes the present ones the new start.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from explorer.core import numbers
from explorer.core.digits import subscripted
from explorer.core.network import Network
from explorer.core.network_view import unit_weights
from explorer.live import echo
from explorer.live.echo import Told
from explorer.pages import address, alert
from explorer.pages import old_controls as controls
from explorer.pages.network_setting import Setting

Weights = dict[str, float]

SLIDER = 10.0
"""How far a weight's slider reaches to both sides, as long as that is enough."""
LIMIT = 1000.0
"""How far from 0 a weight may be typed."""
FARTHEST = 1e6
"""How far from 0 a slider reaches at most; a descent may go further."""
_SLIDER = "A weight of the unit or edge that is chosen in the diagram; drag it, and all pictures follow."
_ALONG = "The weight that the slice runs along, which is also the horizontal axis of the surface."
_ACROSS = "The weight on the vertical axis of the surface."
_SURFACE = "Draw the loss over both weights as lines of equal loss, or as a hill to turn."
_HELD = "_weights_held"
"""What hands on charts have set and no run has taken yet."""


def start(setting: Setting) -> Weights:
    """Return the weights that the address gives: where a way down begins."""
    network, text = setting.network, address.settled("w")
    drawn = network.random_weights(setting.seed)
    if not text:
        return drawn
    try:
        return read(network, text)
    except ValueError as error:
        alert.warning(f"The link's w was ignored: {error} Those of seed {setting.seed} are shown.")
        return drawn


def read(network: Network, text: str) -> Weights:
    """Return weights written with commas between them, in the network's order.

    Raises
    ------
    ValueError
        If they are too many or too few, or one is no finite number.
    """
    parts, count = text.split(","), len(network.weights)
    if len(parts) != count:
        raise ValueError(f"w must be {count} numbers; got {len(parts)}.")
    weights = {}
    for name, part in zip(network.weights, parts, strict=True):
        try:
            weights[name] = float(part)
        except ValueError:
            raise ValueError(f"{name} must be a number; got {numbers.shown(part)}.") from None
        if not abs(weights[name]) < math.inf:
            raise ValueError(f"{name} must be a finite number; got {numbers.shown(part)}.")
    return weights


def write(weights: Mapping[str, float]) -> str:
    """Return weights as text that reads back exactly."""
    return ",".join(repr(float(value)).removesuffix(".0") for value in weights.values())


def keep(setting: Setting, weights: Weights) -> None:
    """Make weights the start; runs the page anew if steps were taken from another one."""
    told, steps, shown = echo.told(), *_shown()
    _note(told, setting, weights, steps, shown)
    _answer(setting, weights, steps)


def take(setting: Setting, weights: Weights, names: Sequence[str]) -> Weights:
    """Return the weights with what hands have set since the last run; if that is anything, it becomes the start.

    A run may be cut short wherever it touches Streamlit: so all is read first, then noted in one go, then answered.
    """
    state, told = st.session_state, echo.told()
    held: Weights = state.setdefault(_HELD, {})
    sliders = {name: state[name] for name in names if name in state and name in weights}
    steps, shown = _shown()
    moved = weights | {name: value for name, value in sliders.items() if told.is_new(name, value)}
    moved |= {name: value for name, value in held.items() if name in weights}
    held.clear()
    if moved != weights:
        _note(told, setting, moved, steps, shown)
        _answer(setting, moved, steps)
    return moved


def _shown() -> tuple[str, str]:
    """What the browser shows of the steps taken, and of the weights in the address."""
    return st.session_state.get("steps", "0"), st.query_params.get("w", "")


def _note(told: Told, setting: Setting, weights: Weights, steps: str, shown: str) -> None:
    address.note(told, "w", shown, _text(setting, weights))
    told.put("steps", steps, "0")


def _answer(setting: Setting, weights: Weights, steps: str) -> None:
    address.put("w", _text(setting, weights))
    if steps != "0":
        controls.set_controls(steps="0")


def _text(setting: Setting, weights: Weights) -> str:
    return "" if weights == setting.network.random_weights(setting.seed) else write(weights)


def hold(numbers: Mapping[str, float]) -> None:
    """Take over what a hand on a chart has set."""
    st.session_state.setdefault(_HELD, {}).update(numbers)


def ask(network: Network, weights: Weights, names: Sequence[str]) -> None:
    """A slider for each of some weights, set to what they are."""
    near = [name for name in names if abs(weights[name]) <= FARTHEST]
    largest = max((abs(weights[name]) for name in near), default=0.0)
    limit = SLIDER if largest <= SLIDER else 10.0 ** math.ceil(math.log10(largest))
    for name in near:  # all of them before the first is drawn: a run of the script may be cut short there
        echo.put(name, weights[name])
    for name in names:
        if name in near:
            st.slider(_meaning(network, name), -limit, limit, step=0.01, key=name, format="%.3f", help=_SLIDER)
        else:
            st.markdown(f"{_meaning(network, name)}: {weights[name]:.4g}, too large for a slider")


def _meaning(network: Network, name: str) -> str:
    """A weight's name, and where it leads."""
    layer, to, *source = map(int, name[1:].split("_"))
    unit = subscripted(network.units(layer)[to - 1])
    return f"{name} · {subscripted(network.units(layer - 1)[source[0] - 1])} → {unit}" if source else f"{name} · bias of {unit}"


def chosen(network: Network) -> str:
    """Return the unit or weight that the address says is chosen; the first hidden unit, or output, if it says none."""
    name = st.query_params.get("chosen", "")
    fallback = network.units(1)[0]
    if name in _units(network) or name in network.weights:
        return name
    if name:
        shown = numbers.shown(name)
        alert.warning(f"The link's chosen = “{shown}” was ignored: chosen must be a unit or a weight. {fallback} is shown.")
    return fallback


def weights_of(network: Network, name: str) -> tuple[str, ...]:
    """Return the weights that a unit or a weight brings to the sliders."""
    return (name,) if name in network.weights else unit_weights(network, *_units(network)[name])


def choose(network: Network, name: str) -> None:
    """Choose a unit or a weight: its weights come to the sliders, and the pictures run along them."""
    address.put("chosen", name)
    first, *rest = weights_of(network, name)
    echo.put("along", first)
    others = [w for w in (*rest, st.session_state.get("across", ""), *network.weights) if w != first and w in network.weights]
    echo.put("across", others[0])


def _units(network: Network) -> dict[str, tuple[int, int]]:
    """Each hidden or output unit's layer and place, from 1."""
    return {name: (layer, k) for layer in network.layers for k, name in enumerate(network.units(layer), 1)}


def ask_axes(network: Network, chosen: str) -> tuple[str, str, bool]:
    """The weight that the slice runs along, the other axis of the surface, and whether that is solid."""
    names = network.weights
    first, second, *_ = (*weights_of(network, chosen), *names[:2])
    left, middle, right = st.columns([3, 3, 2], vertical_alignment="bottom")
    echo.hold("along", "across")
    _drop("along", names)
    with left:
        along = controls.one_of("Along", "along", names, first, allowed="a weight of the network", help=_ALONG)
    others = [name for name in names if name != along]
    _drop("across", others)
    second = next(name for name in (second, first, *others) if name in others)
    with middle:
        across = controls.one_of("And across", "across", others, second, allowed="another weight", help=_ACROSS)
    echo.follow("along", "across")
    with right:
        solid = controls.choice("Surface", "surface", ["contour", "3-D"], help=_SURFACE) == "3-D"
    return along, across, solid


def _drop(key: str, options: Sequence[str]) -> None:
    """Forget a weight that cannot be chosen any more, and say so if this network has none of that name."""
    state = st.session_state
    gone = state.get(key)
    if gone in (None, *options):
        return
    if key == "along" or gone != state.get("along"):
        st.info(f"This network has no {gone}; {key} shows another weight.")
    del state[key]


def ask_all(setting: Setting, weights: Weights) -> None:
    """All weights, to be typed, where somebody asks for them."""
    table = controls.expander("All weights as a table", "weights", ":material/table:")
    if table.open:
        with table:
            _ask_table(setting, weights)


def _ask_table(setting: Setting, weights: Weights) -> None:
    """A table for each layer, a row for each unit; what was typed waits in its cells until all of it can be read."""
    network, typed = setting.network, dict[str, str]()
    for layer in network.layers:
        names = [unit_weights(network, layer, k) for k in range(1, network.sizes[layer] + 1)]
        heads = [*(f"from {unit}" for unit in network.units(layer - 1)), "bias"]
        shown = {name: f"{weights[name]:.6g}" for row in names for name in row}
        edited = st.data_editor(
            pd.DataFrame([[shown[name] for name in row] for row in names], network.units(layer), heads),
            key=controls.fresh_key(f"layer {layer}", write({name: weights[name] for name in shown})),
            column_config=dict.fromkeys(heads, st.column_config.TextColumn(alignment="right")),
        )
        cells = (cell or "" for row in edited.to_numpy().tolist() for cell in row)
        typed |= {name: cell for (name, before), cell in zip(shown.items(), cells, strict=True) if cell != before}
    found = {name: controls.read(cell, -LIMIT, LIMIT) for name, cell in typed.items()}
    good = {name: value for name, value in found.items() if value is not None}
    bad = next((name for name in typed if name not in good), None)
    if bad is not None:
        alert.error(f"{bad} must be a number from {-LIMIT:g} to {LIMIT:g}; got {numbers.shown(typed[bad])}.")
    elif weights | good != weights:
        keep(setting, weights | good)
        st.rerun()
