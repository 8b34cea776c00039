"""Examples for /algebra: each a start and a chain, opened at a click."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from explorer.pages import address, controls


@dataclass(frozen=True)
class Example:
    """What the controls of the start are set to, and the chain.

    Attributes
    ----------
    title : str
    controls : mapping
        Key -> value.
    chain : str
    """

    title: str
    controls: Mapping[str, object]
    chain: str


_BINARY = {"start": "loss", "of": "binary cross entropy"}
_SOFTMAX = {"start": "loss", "of": "cross entropy with logits", "classes": "3", "with": []}

EXAMPLES = (
    Example("The slope of binary cross-entropy, factored", _BINARY, "differentiate p; factor"),
    Example("… divided by the slope of squared error", _BINARY, "differentiate p; factor; divide 2*(p - t)"),
    Example("… in the logit: sigmoid less target", _BINARY, "substitute p, sigmoid(z); differentiate z; simplify"),
    Example("Softmax cross-entropy's Hessian", _SOFTMAX, "hessian z1, z2, z3"),
    Example(
        "A network without activation, multiplied out",
        {"start": "network", "sizes": "2-2-1", "hidden": "identity", "loss": "squared error"},
        "expand; factor",
    ),
    Example(
        "The gradient of a 2-3-3-3 network, layer by layer",
        {"start": "network", "sizes": "2-3-3-3", "hidden": "tanh", "loss": "cross-entropy, distribution"},
        "gradient",
    ),
    Example(
        "A loss pasted from a paper, and its slope",
        {"start": "typed", "typed": r"-\frac{1}{N}\sum_i \left[y_i\log\hat{y}_i + (1 - y_i)\log(1 - \hat{y}_i)\right]"},
        "differentiate yhat; factor",
    ),
    Example("A typed loss, and its slope", {"start": "typed", "typed": "w^2/2 + Log[1 + Exp[-w x]]"}, "differentiate w"),
)

_LIST = "examples-open"


def show() -> None:
    """A list of examples, which closes once one is chosen."""
    examples = st.popover("Examples", icon=":material/lightbulb:", key=_LIST, on_change="rerun")
    if not examples.open:
        return
    with examples:
        for example in EXAMPLES:
            st.button(example.title, on_click=_open, args=(example,), type="tertiary", key=f"example {example.title}")


def _open(example: Example) -> None:
    for name, value in example.controls.items():
        controls.put(name, value)
    st.session_state[_LIST] = False
    address.put("chain", example.chain)
