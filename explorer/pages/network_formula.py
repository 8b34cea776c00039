"""The formulas of /network: layered, backwards and inline, as symbols or with numbers; as code to take away; as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

import streamlit as st
from sympy import Symbol

from explorer.core import notation, printers, written_out
from explorer.core.network import Network
from explorer.core.network_view import Line, weight_lines
from explorer.live.live import live_text
from explorer.pages import address, network_text
from explorer.pages import file as files
from explorer.pages import old_controls as controls
from explorer.pages.network_moment import Moment
from explorer.pages.network_setting import Setting
from explorer.views.algebra.start import address_of

LONGEST = 2_000
"""The most characters of a formula that is shown whole."""
LARGEST = 100_000_000
"""The most characters of a formula that is written to a file."""
_FORM = "The formula layer by layer, its gradient by backpropagation, or the loss in one line."
FORMS = ("layered", "backpropagation", "inline")


def show(moment: Moment, shown: Sequence[str]) -> None:
    """One form of the formula, and all of it as code; shown are the weights whose derivatives are written out."""
    network, view, now = moment.network, moment.view, moment.weights
    st.subheader("Formula")
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        form = controls.choice("Form", "form", list(FORMS), help=_FORM)
        put_in = controls.toggle(
            "Numbers put in",
            "numbers",
            help="Put the present weights and the row shown into the formula; into code the weights only.",
        )
        kept: list[str] = []
        if put_in:
            every = [*network.inputs, *network.targets, *network.weights]
            known = "an input, a target or a weight of the network"
            kept = controls.some_of(
                "Keep as symbols",
                "keep",
                every,
                allowed=known,
                width=420,
                help="Names that stay letters while the others become numbers.",
            )
        _copy(network, now if put_in else {}, kept)
        st.link_button("Take it apart", f"algebra?{address_of(network)}", icon=":material/function:")
    live = moment.numbers if put_in else None
    reached = {s.name for s in view.program.depends(kept)}
    write = partial(network_text.lines, numbers=live, kept=kept, depending=reached.__contains__)
    if form == "inline":
        _inline(network, write, {name: value for name, value in now.items() if put_in and name not in kept})
    elif form == "layered":
        live_text(write(view.layered, label="The network layer by layer"), key="formula")
    else:
        weights = weight_lines(network, tuple(shown))
        live_text(write((*view.backward, *weights), label="Backpropagation"), key="formula")


def _inline(network: Network, write: Callable[..., str], values: Mapping[str, float]) -> None:
    """The loss in one line, or how long it is and the line as a file; values are the weights to put in there."""
    length = written_out.length(network)
    if length <= LONGEST:
        line = Line("L", Symbol("L"), (network.program().inline(),), ("inline",))
        live_text(write([line], label="The loss in one line"), key="formula")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if length > LARGEST:
            st.markdown(f"In one line the loss is {length:,} characters long: too many for a file. Take a smaller network.")
            return
        st.markdown(f"In one line the loss is {length:,} characters long.")
        st.download_button(
            "Download it as LaTeX",
            partial(written_out.latex, network, dict(values)),
            file_name="network-loss.tex",
            mime="text/x-tex",
            icon=":material/download:",
            on_click="ignore",
        )


def _copy(network: Network, now: Mapping[str, float], kept: Sequence[str]) -> None:
    """The whole as code, with the weights put in that are not kept."""
    copied = st.popover("Copy as code", icon=":material/content_copy:", key="copy-open", on_change="rerun")
    if not copied.open:
        return
    numbers = tuple((name, value) for name, value in now.items() if name not in kept)
    with copied:
        for tab, (language, text) in zip(st.tabs(["LaTeX", *printers.LANGUAGES]), _codes(network, numbers), strict=True):
            tab.code(text, language=language, wrap_lines=True, height=420)


@lru_cache(maxsize=8)
def _codes(network: Network, numbers: tuple[tuple[str, float], ...]) -> tuple[tuple[str, str], ...]:
    """Each language's name for highlighting, and the code."""
    loss, gradient = (program.substitute(dict(numbers)) for program in (network.program(), network.gradient()))
    outputs = ["L", *(f"d_{name}" for name in network.weights)]
    codes = [("latex", notation.latex_steps(loss.steps))]
    for language in printers.LANGUAGES.values():
        text = language.code(gradient, outputs=outputs) if language.name == "NumPy" else language.code(loss)
        codes.append((language.highlight, text))
    return tuple(codes)


def file(setting: Setting) -> None:
    """The whole view as a file, to save and to open; the only way to keep what is too long for a link."""
    texts = {name: address.long_text(name) for name in ("w", "table") if address.left_out(name)}
    if any(texts.values()):
        st.warning("This view is too long for a link: save it as a file instead.")
    elif texts:
        st.warning("The link had no room for all of its view; open the saved file to see the rest.")
    with st.popover("Save or open a file", icon=":material/save:"):
        files.save("network", files.packed(texts))
        opened = files.ask("network")
    if opened:
        for name, text in files.unpacked_texts(opened[1]).items():
            address.keep_long(name, text)
        files.show(opened[0])
