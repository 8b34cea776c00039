"""The diagram of a network: its units and edges, and what each of them shows."""

from __future__ import annotations

from functools import lru_cache

from explorer.core.digits import subscripted
from explorer.core.network import Network
from explorer.views.diagram import Diagram, Edge, Shown, Unit
from explorer.views.network.moment import Moment

KEY = "diagram"


def diagram(moment: Moment) -> Diagram:
    """Return the picture with its numbers."""
    network, numbers = moment.network, moment.numbers
    units, edges = picture(network, moment.state.place)
    values = tuple(
        tuple((numbers.mean if one.row is None else numbers.row)[one.quantity] for one in shown)
        for shown in (*(unit.shown for unit in units), *(edge.shown for edge in edges))
    )
    label = f"Network of {'-'.join(map(str, network.sizes))} units: edges are weights, circles activations"
    return Diagram(KEY, label, units, edges, moment.state.chosen, values)


@lru_cache(maxsize=32)
def picture(network: Network, row: int | None) -> tuple[tuple[Unit, ...], tuple[Edge, ...]]:
    """Return units and edges; activations are those of a row, from 0, or of the one example if None."""
    units = [
        Unit(name, subscripted(name), 0, k, (Shown(subscripted(name), name, row),), choosable=False)
        for k, name in enumerate(network.inputs)
    ]
    edges = []
    for layer in network.layers:
        for k, name in enumerate(network.units(layer), 1):
            z, bias = f"z{layer}_{k}", f"b{layer}_{k}"
            shown = (
                Shown(subscripted(name), name, row),
                Shown(subscripted(z), z, row),
                Shown(f"∂L/∂{subscripted(z)}", f"d_{z}", row),
                Shown(subscripted(bias), bias),
                Shown(f"∂L/∂{subscripted(bias)}, mean", f"d_{bias}"),
            )
            units.append(Unit(name, subscripted(name), layer, k - 1, shown))
            for source, below in enumerate(network.units(layer - 1), 1):
                weight = f"w{layer}_{k}_{source}"
                both = (Shown(subscripted(weight), weight), Shown(f"∂L/∂{subscripted(weight)}, mean", f"d_{weight}"))
                edges.append(Edge(weight, below, name, both))
    return tuple(units), tuple(edges)
