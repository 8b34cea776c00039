"""The diagram of /network: its units and edges, and what each of them shows."""

from __future__ import annotations

from functools import lru_cache

from explorer.core.digits import subscripted
from explorer.core.network import Network
from explorer.views.diagram import Edge, Shown, Unit


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
