"""What the page /network asks above its pictures: the network, its data and the seed of its weights."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from explorer.core.network import Network
from explorer.live import echo
from explorer.live.live import uncut
from explorer.pages import address, alert, controls
from explorer.views.network import kind, rows
from explorer.views.network.kind import HIDDEN, LOSS, SIZES
from explorer.views.network.rows import DATA, EXAMPLE, PASTED, ROWS, SIZED, TABLE
from explorer.views.network.state import SEED, State

_WRONG = "A sigmoid that is sure of the wrong class (1-1, bias −8), 300 steps down both losses: squared error hardly moves."
_GOOD = "_sizes"
RUN_ASKED = "_descent_asked"
"""Where it is kept that somebody has asked for a run which has not begun."""


def ask() -> State:
    """Return a state with the network, then its data and the seed, as asked for."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        sizes = controls.text(SIZES, width=150, on_change=uncut(_resized))
        hidden, loss = controls.choice(HIDDEN, width=145), controls.choice(LOSS, width=210)
        data = controls.choice(DATA, width=130)
        count = controls.whole(ROWS, width=110) if data in SIZED else ROWS.default
        echo.hold(SEED.name)
        seed = controls.whole(SEED, on_change=uncut(_new_seed))
        echo.follow(SEED.name)
        st.button("Next seed", icon=":material/casino:", on_click=uncut(_next_seed), help="Draw other random weights.")
        st.button("Wrong start", icon=":material/school:", on_click=uncut(_wrong_start), help=_WRONG)
    network = _network_of(sizes, hidden, loss)
    table = _pasted(network) if data == PASTED else ""
    asked = _fitting(State(network, data, count, table, seed))
    for sentence in (rows.remark(network, asked.data), rows.awaited(network, asked.data, asked.table)):
        if sentence:
            st.info(sentence)
    return asked


def _fitting(asked: State) -> State:
    """What was asked, with XOR in place of data that do not fit the network."""
    try:
        if asked.data != EXAMPLE:
            rows.rows_of(asked.network, asked.data, asked.rows, asked.table)
    except ValueError as error:
        alert.error(rows.refusal(error))
        return replace(asked, data=DATA.default, rows=ROWS.default, table="")
    return asked


def _new_seed() -> None:
    """The weights of a seed that somebody has typed, in place of what was set."""
    if not echo.is_echo(SEED.name):
        _forget("w")


def _next_seed() -> None:
    """The weights of another seed, in place of what was set."""
    _forget("w")
    echo.hold(SEED.name)
    echo.put(SEED.name, str(SEED.low + (controls.whole_now(SEED) + 1 - SEED.low) % (SEED.high - SEED.low + 1)))


def _wrong_start() -> None:
    """A sigmoid that is certain of the wrong class, trained on both losses."""
    address.put("chosen", "")
    address.put("w", "0,-8")
    st.session_state.update(
        {"sizes": "1-1", "loss": "binary cross-entropy", "data": EXAMPLE, "x1": 1.0, "t1": 1.0}
        | {"rule": "plain", "rate": "1", "versus": True}
    )
    for name, value in {"along": "w1_1_1", "across": "b1_1", "steps": "300"}.items():
        echo.put(name, value)


def _resized() -> None:
    """Weights of other sizes do not fit; sizes that are none change nothing."""
    try:
        counts = kind.counts(st.session_state.get(SIZES.name) or "")
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
        address.put(name, "")


def _network_of(sizes: str, hidden: str, loss: str) -> Network:
    """The network asked for; where its sizes are none, the last ones that were."""
    try:
        network = kind.network_of(sizes, hidden, loss)
        st.session_state[_GOOD] = network.sizes
    except ValueError as error:
        counts = st.session_state.get(_GOOD, kind.counts(SIZES.default))
        network = kind.network_of("-".join(map(str, counts)), hidden, loss)
        alert.error(kind.refusal(error, network))
    if sentence := kind.warning(network):
        st.warning(sentence)
    return network


def _pasted(network: Network) -> str:
    """The rows of the text field, on one line as the address keeps them."""
    table = address.get(TABLE)
    kept = rows.in_lines(table)
    key = controls.fresh_key(TABLE, kept)
    echo.mind(TABLE, lambda: (address.get(TABLE), st.session_state.get(key)))
    text = st.text_area(
        f"Rows of {', '.join((*network.inputs, *network.targets))}: paste them here",
        kept,
        key=key,
        height=120,
        placeholder="0, 0, 0\n0, 1, 1",
        help="A row in each line, its numbers with commas, tabs or spaces between them.",
    )
    if text != kept:
        address.put(TABLE, rows.on_one_line(text))
        st.rerun()  # the field belongs to the text that it was made with
    return table


def ask_example(network: Network) -> tuple[float, ...]:
    """The one example: features, then targets."""
    fields, count = rows.example_fields(network), len(network.inputs)
    left, right = st.columns(2, gap="medium")
    with left:
        features = tuple(map(controls.slider, fields[:count]))
    with right:
        return (*features, *map(controls.slider, fields[count:]))


def ask_row(asked: State) -> int:
    """The row whose numbers are shown, from 1."""
    x, _ = rows.rows_of(asked.network, asked.data, asked.rows, asked.table)
    return controls.whole(rows.row_field(len(x)))
