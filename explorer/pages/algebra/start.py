"""What /algebra starts from: a loss, a network, or what somebody types."""

from __future__ import annotations

import streamlit as st

from explorer.core.network import Network
from explorer.pages import alert, controls, link
from explorer.pages.algebra import examples
from explorer.views import reading
from explorer.views.algebra.start import (
    CLASSES,
    OF,
    SIZES,
    START,
    TYPED,
    WITH,
    LossStart,
    NetworkStart,
    Start,
    TypedStart,
    begin,
    has_classes,
    has_options,
    loss_start,
)
from explorer.views.network import kind

_GOOD, _NETWORK = "_typed_good", "_network_good"
"""Where the session keeps the last typed start that could be read, and the last sizes that were some."""


def ask() -> tuple[Start, bool]:
    """Ask for a loss, a network or an expression; return also whether that is what is shown."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = controls.choice(START)
        examples.show()
    if asked == "typed":
        return _typed()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        return (_network() if asked == "network" else _loss()), True


def _loss() -> LossStart:
    of = controls.choice(OF, width=320)
    classes = controls.whole(CLASSES) if has_classes(of) else 0
    return loss_start(of, classes, controls.pills(WITH) if has_options(of) else ())


def _network() -> NetworkStart:
    sizes = controls.text(SIZES, width=165)
    hidden, loss = controls.choice(kind.HIDDEN, width=165), controls.choice(kind.LOSS, width=220)
    network = _network_of(sizes, hidden, loss)
    if said := kind.warning(network):
        st.warning(said)
    return NetworkStart(network)


def _network_of(sizes: str, hidden: str, loss: str) -> Network:
    """The network asked for; where its sizes are none, one of the last that were."""
    try:
        network = kind.network_of(sizes, hidden, loss)
    except ValueError as error:
        network = kind.network_of(st.session_state.get(_NETWORK, SIZES.default), hidden, loss)
        alert.error(kind.refusal(error, network))
    st.session_state[_NETWORK] = kind.sizes_of(network)
    return network


def _typed() -> tuple[TypedStart, bool]:
    text = controls.text(TYPED)
    try:
        with st.container(horizontal=True, gap="small"):
            start = TypedStart(text, reading.answers(text, controls.choice))
        begin(start)
    except ValueError as error:
        good: TypedStart | None = st.session_state.get(_GOOD)
        alert.error(f"{error} {good.text[:60]} is shown." if good else str(error))
        return good or TypedStart(), bool(good)
    for name, sentence in reading.strangers(text, start.answers, link.unread(reading.PREFIX)).items():
        link.ignore(name, sentence, start)
    st.session_state[_GOOD] = start
    return start, True
