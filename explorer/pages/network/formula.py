"""The formula of /network: what form it has and what stands in it; and the view as a file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from explorer.live import live
from explorer.pages import address, controls
from explorer.pages import file as files
from explorer.views.algebra.start import address_of
from explorer.views.network import formula
from explorer.views.network.moment import Moment
from explorer.views.network.state import FORM, NO_ROOM, NUMBERS, State, keep_field
from explorer.views.view import View


def ask(asked: State) -> State:
    """Return a state with the form asked for, whether numbers are put in, and what stays a letter then."""
    st.subheader("Formula")
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        form, put_in = controls.choice(FORM), controls.toggle(NUMBERS)
        keep = controls.some(keep_field(asked.network), width=420) if put_in else ()
        st.link_button("Take it apart", f"algebra?{address_of(asked.network)}", icon=":material/function:")
    return replace(asked, form=form, put_in=put_in, keep=keep)


def show(moment: Moment, view: View) -> None:
    """The formula; where it is too long, how long it is, and a file."""
    sentence = formula.too_long(moment.state)
    if not sentence:
        live.text(view, "formula")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(sentence)
        if formula.fits_a_file(moment.network):
            st.download_button(
                "Download it as LaTeX",
                partial(formula.one_line, moment),
                file_name="network-loss.tex",
                mime="text/x-tex",
                icon=":material/download:",
                on_click="ignore",
            )


def file() -> None:
    """The whole view as a file, to save and to open; the only way to keep what is too long for a link."""
    texts = {name: address.long_text(name) for name in ("w", "table") if address.left_out(name)}
    if any(texts.values()):
        st.warning("This view is too long for a link: save it as a file instead.")
    elif texts:
        st.warning(NO_ROOM)
    with st.popover("Save or open a file", icon=":material/save:"):
        files.save("network", files.packed(texts))
        opened = files.ask("network")
    if opened:
        for name, text in files.unpacked_texts(opened[1]).items():
            address.keep_long(name, text)
        files.show(opened[0])
