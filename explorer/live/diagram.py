"""network_diagram(diagram): a feed-forward network as a picture that follows the live chart on the page.

The browser draws it from names and numbers alone; how a number looks stands in live.css, for light and dark themes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

import streamlit as st

from explorer.live.assets import script
from explorer.live.component import sent
from explorer.live.data import diagram_data
from explorer.live.live import uncut
from explorer.views.diagram import KEY, Diagram
from explorer.views.view import View

_diagram = st.components.v2.component(
    "live_diagram",
    html=f'<div class="live-net">{KEY}</div>',
    js=script("diagram"),
    isolate_styles=False,
)


def diagram(view: View, *, on_choose: Callable[[str], None]) -> None:
    """Show the diagram of a view, if it has one; on_choose as for `network_diagram`."""
    if view.diagram:
        network_diagram(view.diagram, on_choose=on_choose)


def network_diagram(diagram: Diagram, *, on_choose: Callable[[str], None]) -> None:
    """Show a network whose units and edges can be looked at and chosen.

    on_choose is called with the name of a choosable unit or an edge, before the script runs again.
    """
    names = {unit.name for unit in diagram.units if unit.choosable} | {edge.name for edge in diagram.edges}
    choose = uncut(partial(_choose, diagram.key, names, on_choose))
    _diagram(key=diagram.key, data=diagram_data(diagram), on_choice_change=choose)


def _choose(key: str, names: Collection[str], on_choose: Callable[[str], None]) -> None:
    """Pass on what somebody chose, if it is there to be chosen."""
    name = sent(key, "choice")
    if isinstance(name, str) and name in names:
        on_choose(name)
