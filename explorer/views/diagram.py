"""A feed-forward network as a picture: its units and edges, and the numbers that each of them shows."""

from __future__ import annotations

from dataclasses import dataclass

KEY = """<p class="live-net-key"><span><i class="live-net-plus"></i>above 0</span>
<span><i class="live-net-minus"></i>below 0</span>
<span>a line is a weight, a circle a unit with its activation; the stronger, the larger</span>
<span><i class="live-net-chosen"></i>chosen: click another to get its sliders</span></p>"""
"""Markup that says what colours, lines and circles mean."""


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

    name is what says which it is; label is plain text such as "h₁,₂"; layer counts from 0, the inputs, and place from 0, the
    top. The first number shown is written in the circle and colours it; all are in the tip. choosable is False for inputs.
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


@dataclass(frozen=True)
class Diagram:
    """The picture.

    Attributes
    ----------
    key : str
    label : str
        What it shows, for those who do not see it.
    units : tuple of Unit
        At least two layers; within a layer each place once.
    edges : tuple of Edge
        Between these units.
    chosen : str
        Name of the unit or edge that is chosen; a unit's incoming edges stand out with it.
    numbers : tuple of tuples of float
        For each unit, then each edge, the settled value of what it shows.
    """

    key: str
    label: str
    units: tuple[Unit, ...]
    edges: tuple[Edge, ...]
    chosen: str
    numbers: tuple[tuple[float, ...], ...]
