"""The weights of a network: as text in the address, on sliders, as axes; and which of them a unit or an edge brings up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from explorer.core import numbers
from explorer.core.digits import exact_text, subscripted
from explorer.core.network import Network
from explorer.core.network_view import unit_weights
from explorer.views.fields import Choice, Number

Weights = dict[str, float]

W, CHOSEN = "w", "chosen"
"""What the address calls the weights at the start, and the unit or edge that is chosen."""
SLIDER = 10.0
"""How far a weight's slider reaches to both sides, as long as that is enough."""
LIMIT = 1000.0
"""How far from 0 a weight may be typed."""
FARTHEST = 1e6
"""How far from 0 a slider reaches at most; a descent may go further."""
SURFACE = Choice(
    "surface",
    "Surface",
    ("contour", "3-D"),
    help="Draw the loss over both weights as lines of equal loss, or as a hill to turn.",
)
_SLIDER = "A weight of the unit or edge that is chosen in the diagram; drag it, and all pictures follow."
_ALONG = "The weight that the slice runs along, which is also the horizontal axis of the surface."
_ACROSS = "The weight on the vertical axis of the surface."


def read(network: Network, text: str) -> Weights:
    """Return weights written with commas between them, in the network's order.

    Raises
    ------
    ValueError
        If they are too many or too few, or one is no finite number.
    """
    parts, count = text.split(","), len(network.weights)
    if len(parts) != count:
        raise ValueError(f"w must be {count} numbers; got {len(parts)}.")
    weights = {}
    for name, part in zip(network.weights, parts, strict=True):
        try:
            weights[name] = float(part)
        except ValueError:
            raise ValueError(f"{name} must be a number; got {numbers.shown(part)}.") from None
        if not abs(weights[name]) < math.inf:
            raise ValueError(f"{name} must be a finite number; got {numbers.shown(part)}.")
    return weights


def write(weights: Mapping[str, float]) -> str:
    """Return weights as text that reads back exactly."""
    return ",".join(map(exact_text, weights.values()))


def refusal(error: ValueError, seed: int) -> str:
    """Return why the weights of an address were not taken, and which are shown."""
    return f"The link's w was ignored: {error} Those of seed {seed} are shown."


def first_chosen(network: Network) -> str:
    """Return what is chosen unless somebody chooses: the first hidden unit, or output."""
    return network.units(1)[0]


def can_be_chosen(network: Network, name: str) -> bool:
    """Whether a name is a hidden or output unit, or a weight."""
    return name in _units(network) or name in network.weights


def choice_refusal(network: Network, name: str) -> str:
    """Return why what an address says is chosen is not."""
    return (
        f"The link's chosen = “{numbers.shown(name)}” was ignored: chosen must be a unit or a weight. "
        f"{first_chosen(network)} is shown."
    )


def weights_of(network: Network, name: str) -> tuple[str, ...]:
    """Return the weights that a unit or a weight brings to the sliders."""
    return (name,) if name in network.weights else unit_weights(network, *_units(network)[name])


def shown_weights(network: Network, chosen: str, along: str, across: str) -> tuple[str, ...]:
    """Return the weights with a slider in sight: those of what is chosen, and both axes."""
    return tuple(dict.fromkeys((*weights_of(network, chosen), along, across)))


def axes_of(network: Network, chosen: str, across: str) -> tuple[str, str]:
    """Return the axes once a unit or a weight is chosen; across is the one before."""
    first, *rest = weights_of(network, chosen)
    others = (w for w in (*rest, across, *network.weights) if w != first and w in network.weights)
    return first, next(others)


def along_field(network: Network, chosen: str) -> Choice:
    """Return what asks for the weight that the slice runs along."""
    first = weights_of(network, chosen)[0]
    return Choice("along", "Along", network.weights, help=_ALONG, allowed="a weight of the network", opens=first, many=True)


def across_field(network: Network, chosen: str, along: str) -> Choice:
    """Return what asks for the other axis of the surface."""
    first, second, *_ = (*weights_of(network, chosen), *network.weights[:2])
    others = tuple(name for name in network.weights if name != along)
    opens = next(name for name in (second, first, *others) if name in others)
    return Choice("across", "And across", others, help=_ACROSS, allowed="another weight", opens=opens, many=True)


def slider_fields(network: Network, weights: Mapping[str, float], names: Iterable[str]) -> dict[str, Number]:
    """Return a slider for each of some weights, all of one reach; none for a weight beyond FARTHEST."""
    near = [name for name in names if abs(weights[name]) <= FARTHEST]
    largest = max((abs(weights[name]) for name in near), default=0.0)
    limit = SLIDER if largest <= SLIDER else 10.0 ** math.ceil(math.log10(largest))
    return {name: Number(name, meaning(network, name), -limit, limit, 0.0, 0.01, help=_SLIDER) for name in near}


def too_far(network: Network, name: str, weight: float) -> str:
    """Return what stands in place of a slider that would reach too far."""
    return f"{meaning(network, name)}: {weight:.4g}, too large for a slider"


def meaning(network: Network, name: str) -> str:
    """Return a weight's name, and where it leads."""
    layer, to, *source = map(int, name[1:].split("_"))
    unit = subscripted(network.units(layer)[to - 1])
    return f"{name} · {subscripted(network.units(layer - 1)[source[0] - 1])} → {unit}" if source else f"{name} · bias of {unit}"


def _units(network: Network) -> dict[str, tuple[int, int]]:
    """Each hidden or output unit's layer and place, from 1."""
    return {name: (layer, k) for layer in network.layers for k, name in enumerate(network.units(layer), 1)}
