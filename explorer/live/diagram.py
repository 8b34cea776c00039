"""network_diagram(units, edges, numbers): a feed-forward network as a picture that follows the live chart on the page.

The browser draws it from names and numbers alone; how a number looks stands in live.css, for light and dark themes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from explorer.live.assets import script
from explorer.live.live import sent, uncut
from explorer.views.markup import plain


@dataclass(frozen=True)
class Shown:
    """One number of a unit or an edge.

    label is plain text such as "∂L/∂w"; quantity is an input or step of the live program; row is the row of the data set, from
    0, that it is shown for, or None for a number that is not shown row by row.
    """

    label: str
    quantity: str
    row: int | None = None


@dataclass(frozen=True)
class Unit:
    """A circle.

    name is what on_choose gets; label is plain text such as "h₁,₂"; layer counts from 0, the inputs, and place from 0, the top.
    The first number shown is written in the circle and colours it; all are in the tip. choosable is False for inputs.
    """

    name: str
    label: str
    layer: int
    place: int
    shown: tuple[Shown, ...]
    choosable: bool = True


@dataclass(frozen=True)
class Edge:
    """A line from the unit named source to the unit named target. The first number shown, the weight, colours and widens it."""

    name: str
    source: str
    target: str
    shown: tuple[Shown, ...]


_KEY = """<p class="live-net-key"><span><i class="live-net-plus"></i>above 0</span>
<span><i class="live-net-minus"></i>below 0</span>
<span>a line is a weight, a circle a unit with its activation; the stronger, the larger</span>
<span><i class="live-net-chosen"></i>chosen: click another to get its sliders</span></p>"""

_diagram = st.components.v2.component(
    "live_diagram",
    html=f'<div class="live-net">{_KEY}</div>',
    js=script("diagram"),
    isolate_styles=False,
)


def network_diagram(
    units: Sequence[Unit],
    edges: Sequence[Edge],
    numbers: Callable[[Shown], float],
    *,
    key: str,
    chosen: str,
    label: str,
    on_choose: Callable[[str], None],
) -> None:
    """Show a network whose units and edges can be looked at and chosen.

    Parameters
    ----------
    units : sequence of Unit
        At least two layers; within a layer each place once.
    edges : sequence of Edge
        Between these units.
    numbers : callable
        Gives the settled value of each Shown.
    key : str
        The component's key.
    chosen : str
        Name of the unit or edge that is chosen now; a unit's incoming edges stand out with it.
    label : str
        What the picture shows, for those who do not see it.
    on_choose : callable
        Called with the name of a choosable unit or an edge, before the script runs again.
    """
    data = {
        "units": [_with_values(unit, numbers) for unit in units],
        "edges": [_with_values(edge, numbers) for edge in edges],
        "chosen": chosen,
        "label": label,
    }
    names = {unit.name for unit in units if unit.choosable} | {edge.name for edge in edges}
    _diagram(key=key, data=data, on_choice_change=uncut(partial(_choose, key, names, on_choose)))


def _with_values(part: Unit | Edge, numbers: Callable[[Shown], float]) -> dict[str, Any]:
    """Return a unit or edge for the browser; its numbers as text, since JSON has no infinity."""
    return vars(part) | {"shown": [vars(shown) | {"value": plain(numbers(shown))} for shown in part.shown]}


def _choose(key: str, names: Collection[str], on_choose: Callable[[str], None]) -> None:
    """Pass on what somebody chose, if it is there to be chosen."""
    name = sent(key, "choice")
    if isinstance(name, str) and name in names:
        on_choose(name)
