"""What the page /network asks above its pictures: the network, its data and the seed of its weights."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import streamlit as st

from explorer.core.checks import FloatArray
from explorer.core.datasets import DATASETS, ROWS, dataset, read_rows
from explorer.core.network import ACTIVATIONS, PAIRS, Loss, Network, Output
from explorer.live import echo
from explorer.live.live import uncut
from explorer.pages import address, alert
from explorer.pages import old_controls as controls

LOSSES: dict[str, tuple[Output, Loss]] = {
    "binary cross-entropy": ("sigmoid", "binary"),
    "cross-entropy, distribution": ("softmax", "probabilities"),
    "cross-entropy, class index": ("softmax", "index"),
    "squared error": ("identity", "squared"),
    "squared error of sigmoid": ("sigmoid", "squared"),
}
assert tuple(LOSSES.values()) == PAIRS
EXAMPLE, PASTED = "one example", "pasted rows"
SIZED = ("line", "moons", "spirals")
"""The data sets that may have any number of rows."""
CORNERS = ("XOR", "AND", "OR")
_WRONG = "A sigmoid that is sure of the wrong class (1-1, bias −8), 300 steps down both losses: squared error hardly moves."
SEEDS = (0, 9999)
FEATURE = (-3.0, 3.0)
_SIZES = "2-4-1"
_GOOD = "_sizes"
_ONE_LINE = str.maketrans({"\n": "⏎", "\t": "⇥", "\r": None})
"""What stands in the address for the ends of lines and for tabs, so that the text stays on one line there."""
_ONE_LINE_BACK = str.maketrans({"⏎": "\n", "⇥": "\t"})

_UNITS = "How many units each layer has, from the inputs to the outputs, as in 2-4-1."
_HIDDEN = "The function that every hidden unit applies to its weighted sum."
_LOSS = "What is made small, and with it the function that the outputs apply to their sums."
_SEED = "The number that the random weights follow from: the same seed gives the same weights."
_ROW = "The row of the data whose numbers stand in the diagram, beside it and in the formula."
_INPUT, _TARGET = "An input of the one example.", "A target of the one example."
_INDEX = "The class of the one example, counted from 0."
RUN_ASKED = "_descent_asked"
"""Where it is kept that somebody has asked for a run which has not begun."""


@dataclass(frozen=True)
class Setting:
    """What is asked once.

    Attributes
    ----------
    network : Network
    seed : int
        Of the random weights.
    x, t : array, shape (rows, inputs) and (rows, targets), or None
        The data; None if there is one example, on sliders.
    """

    network: Network
    seed: int
    x: FloatArray | None
    t: FloatArray | None

    @property
    def rows(self) -> dict[str, list[float]]:
        """The data as columns, by the program's inputs."""
        if self.x is None or self.t is None:
            return {}
        names = (*self.network.inputs, *self.network.targets)
        return dict(zip(names, np.hstack([self.x, self.t]).T.tolist(), strict=True))


def ask() -> Setting:
    """The network, then its data."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        asked = ask_kind(_SIZES, uncut(_resized))
        every = [*DATASETS, EXAMPLE, PASTED]
        among = "one of " + ", ".join(every)
        data = controls.one_of("Data", "data", every, allowed=among, width=140, help="The rows that the loss is averaged over.")
        rows = 100
        if data in SIZED:
            rows = controls.whole("rows", "Rows", *ROWS, rows, width=110, help="How many rows the data set has.")
        echo.hold("seed")
        seed = controls.whole("seed", "Seed", *SEEDS, 0, on_change=uncut(_new_seed), help=_SEED)
        echo.follow("seed")
        st.button("Next seed", icon=":material/casino:", on_click=uncut(_next_seed), help="Draw other random weights.")
        st.button("Wrong start", icon=":material/school:", on_click=uncut(_wrong_start), help=_WRONG)
    network = network_of(asked)
    if data in CORNERS and network.sizes[0] == 1:
        st.info(f"{data} of one input is that input: the target is x1.")
    if data == EXAMPLE:
        return Setting(network, seed, None, None)
    return Setting(network, seed, *_data(network, data, rows))


class Kind(NamedTuple):
    """What somebody asks of a network, which may not be one."""

    sizes: str
    hidden: str
    loss: str


def ask_kind(sizes: str, on_resize: Callable[[], None] | None = None) -> Kind:
    """The controls that say which network it is, side by side; they open with some sizes."""
    kinds = list(ACTIVATIONS)
    among = "one of " + ", ".join(kinds)
    return Kind(
        controls.text("Units in each layer", "sizes", sizes, width=165, on_change=on_resize, help=_UNITS),
        controls.one_of("Hidden activation", "hidden", kinds, kinds[2], allowed=among, width=165, help=_HIDDEN),
        controls.one_of("Loss", "loss", list(LOSSES), allowed="one of the losses listed", width=220, help=_LOSS),
    )


def _new_seed() -> None:
    """The weights of a seed that somebody has typed, in place of what was set."""
    if not echo.is_echo("seed"):
        _forget("w")


def _next_seed() -> None:
    """The weights of another seed, in place of what was set."""
    low, high = SEEDS
    _forget("w")
    echo.hold("seed")
    echo.put("seed", str(low + (controls.whole_now("seed", low, high, 0) + 1 - low) % (high - low + 1)))


def _wrong_start() -> None:
    """A sigmoid that is certain of the wrong class, trained on both losses."""
    address.put("chosen", "")
    address.tell("w", "0,-8")
    st.session_state.update(
        {"sizes": "1-1", "loss": "binary cross-entropy", "data": EXAMPLE, "x1": 1.0, "t1": 1.0}
        | {"rule": "plain", "rate": "1", "versus": True}
    )
    for name, value in {"along": "w1_1_1", "across": "b1_1", "steps": "300"}.items():
        echo.put(name, value)


def _resized() -> None:
    """Weights of other sizes do not fit; sizes that are none change nothing."""
    try:
        counts = _counts(st.session_state.get("sizes") or "")
        Network(counts, output="identity", loss="squared")
    except ValueError:
        return
    if counts != st.session_state.get(_GOOD):
        _forget("w", "chosen")


def _forget(*names: str) -> None:
    """Take texts out of the address that belong to other weights, and the steps taken from those; a run is called off."""
    st.session_state.pop(RUN_ASKED, None)
    echo.put("steps", "0")
    for name in names:
        address.tell(name, "")


def network_of(asked: Kind) -> Network:
    """Return the network asked for; where its sizes are none, the last ones that were."""
    sizes, hidden, name = asked
    output, loss = LOSSES[name]
    try:
        counts = _counts(sizes)
        network = Network(counts, hidden, output, loss)  # type: ignore[arg-type]
        st.session_state[_GOOD] = counts
    except ValueError as error:
        counts = st.session_state.get(_GOOD, (2, 4, 1))
        alert.error(f"{error} {'-'.join(map(str, counts))} is shown.")
        network = Network(counts, hidden, output, loss)  # type: ignore[arg-type]
    if output == "softmax" and counts[-1] == 1:
        st.warning("Softmax of one output is always 1, so the loss is 0. End the units with 2 or more, as in 2-4-2.")
    return network


def _counts(sizes: str) -> tuple[int, ...]:
    return tuple(_count(part) for part in re.split(r"[-–,;×\s]+", sizes.strip()))


def _count(part: str) -> int:
    if not re.fullmatch(r"\d{1,4}", part, re.ASCII):
        raise ValueError(f"Units must be whole numbers with hyphens between them, as in 2-4-1; got {part[:20] or 'nothing'}.")
    return int(part)


def _data(network: Network, name: str, rows: int) -> tuple[FloatArray, FloatArray]:
    """The rows asked for; where they are none, those of XOR."""
    try:
        return _pasted(network) if name == PASTED else dataset(name, network, rows)
    except ValueError as error:
        alert.error(f"{error} XOR is shown.")
        return dataset("XOR", network)


def _pasted(network: Network) -> tuple[FloatArray, FloatArray]:
    """The rows of the text field, which the address keeps."""
    kept = address.get("table").translate(_ONE_LINE_BACK)
    text = st.text_area(
        f"Rows of {', '.join((*network.inputs, *network.targets))}: paste them here",
        kept,
        key=controls.fresh_key("table", kept),
        height=120,
        placeholder="0, 0, 0\n0, 1, 1",
        help="A row in each line, its numbers with commas, tabs or spaces between them.",
    )
    if text != kept:
        address.put("table", text.strip("\n").translate(_ONE_LINE))
        st.rerun()  # the field belongs to the text that it was made with
    if not text.strip():
        columns = ", ".join((*network.inputs, *network.targets))
        st.info(
            f"Paste {ROWS[0]} to {ROWS[1]} rows of {columns}, with commas, tabs or spaces between. XOR is shown until then."
        )
        return dataset("XOR", network)
    return read_rows(text, network)


def ask_example(network: Network) -> dict[str, float]:
    """The one example: features and targets, by the program's inputs."""
    left, right = st.columns(2, gap="medium")
    with left:
        low, high = FEATURE
        example = {name: controls.slider(name, name, low, high, 1.0, 0.01, help=_INPUT) for name in network.inputs}
    low, high = FEATURE if network.loss == "squared" else (0.0, 1.0)
    with right:
        if network.loss == "index":
            last = max(len(network.outputs) - 1, 1)
            return example | {"t1": controls.slider("t1", "t1", 0.0, float(last), 0.0, 1.0, help=_INDEX)}
        for k, name in enumerate(network.targets):
            example[name] = controls.slider(name, name, low, high, float(k == 0), 0.01, help=_TARGET)
    return example


def ask_row(rows: int) -> int:
    """The row whose numbers are shown, from 0."""
    return controls.whole("row", "Row shown", 1, rows, 1, help=_ROW) - 1
