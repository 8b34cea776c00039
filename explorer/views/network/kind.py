"""Which network is asked for: its fields, the network that they make, and what an address says of one."""

from __future__ import annotations

import re

from explorer.core.network import ACTIVATIONS, PAIRS, Loss, Network, Output
from explorer.views.fields import Choice, Text
from explorer.views.view import Written

SIZES = Text(
    "sizes", "Units in each layer", "2-4-1", help="How many units each layer has, from the inputs to the outputs, as in 2-4-1."
)
"""A page that opens with other sizes replaces the default."""
HIDDEN = Choice(
    "hidden",
    "Hidden activation",
    tuple(ACTIVATIONS),
    help="The function that every hidden unit applies to its weighted sum.",
    allowed="one of " + ", ".join(ACTIVATIONS),
    opens="tanh",
    many=True,
)
LOSSES: dict[str, tuple[Output, Loss]] = {
    "binary cross-entropy": ("sigmoid", "binary"),
    "cross-entropy, distribution": ("softmax", "probabilities"),
    "cross-entropy, class index": ("softmax", "index"),
    "squared error": ("identity", "squared"),
    "squared error of sigmoid": ("sigmoid", "squared"),
}
assert tuple(LOSSES.values()) == PAIRS
LOSS = Choice(
    "loss",
    "Loss",
    tuple(LOSSES),
    help="What is made small, and with it the function that the outputs apply to their sums.",
    allowed="one of the losses listed",
    many=True,
)
ONE = "Softmax of one output is always 1, so the loss is 0. End the units with 2 or more, as in 2-4-2."


def network_of(sizes: str, hidden: str, loss: str) -> Network:
    """Return the network that the three fields ask for.

    Parameters
    ----------
    sizes : str
        As typed: "2-4-1".
    hidden : str
        An option of HIDDEN.
    loss : str
        A name in LOSSES.

    Raises
    ------
    ValueError
        If the sizes are none, or out of their limits.
    """
    return Network(counts(sizes), hidden, *LOSSES[loss])  # type: ignore[arg-type]


def loss_of(network: Network) -> str:
    """Return the name in LOSSES of what a network makes small."""
    return next(name for name, pair in LOSSES.items() if pair == (network.output, network.loss))


def sizes_of(network: Network) -> str:
    """Return how an address writes a network's sizes."""
    return "-".join(map(str, network.sizes))


def written_kind(network: Network, opens: str = SIZES.default) -> Written:
    """Return what an address holds of a network, where its page opens with some sizes: all but the defaults."""
    sizes = sizes_of(network)
    held = {} if sizes == opens else {SIZES.name: [sizes]}
    return held | HIDDEN.write(network.hidden) | LOSS.write(loss_of(network))


def counts(sizes: str) -> tuple[int, ...]:
    """Return the units of each layer.

    Raises
    ------
    ValueError
        If a part is no whole number.
    """
    return tuple(_count(part) for part in re.split(r"[-–,;×\s]+", sizes.strip()))


def refusal(error: ValueError, held: Network) -> str:
    """Return why sizes were not taken, and what is shown."""
    return f"{error} {sizes_of(held)} is shown."


def warning(network: Network) -> str:
    """Return what to say of a network that cannot learn; "" of any other."""
    return ONE if network.output == "softmax" and network.sizes[-1] == 1 else ""


def _count(part: str) -> int:
    if not re.fullmatch(r"\d{1,4}", part, re.ASCII):
        raise ValueError(f"Units must be whole numbers with hyphens between them, as in 2-4-1; got {part[:20] or 'nothing'}.")
    return int(part)
