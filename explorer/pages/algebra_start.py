"""What /algebra starts from: a loss, a network, or what somebody types."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlencode

import streamlit as st

from explorer.core import algebra
from explorer.core.algebra import budget, rewriting
from explorer.core.algebra.layering import Layered
from explorer.core.algebra.naming import is_short
from explorer.core.algebra.operations import Outcome, outcome
from explorer.core.formulas import LOSSES
from explorer.core.network import Network
from explorer.pages import alert, network_setting
from explorer.pages import old_controls as controls

STARTS = ("loss", "network", "typed")
OPTIONS = {"label smoothing": "smoothing", "class weights": "weights", "focal factor": "focal"}
CLASSES = (2, 10)
FEATURES = (1.0, 0.5, -0.5, -1.0)
"""What a network's sliders of x1 ... open at."""
LOGITS = (1.0, 0.0, -1.0, 0.5, -0.5, 1.5, -1.5, 2.0, -2.0, 0.25)
"""What the sliders of z1 ... open at."""
TYPED = "t*log(1 + exp(-z)) + (1 - t)*log(1 + exp(z))"
"""What the field for typed expressions opens with."""
_GOOD = "_typed_good"
"""Where the session keeps the last expression that could be read."""


@dataclass(frozen=True)
class Start:
    """Where a chain begins.

    Attributes
    ----------
    name : str
        Tells it from any other start.
    outcome : Outcome
        What it is.
    values : dict
        Symbol -> the number that its slider opens at, where the start has one.
    wanted : bool
        Whether it is what was asked for; no chain goes on from another one.
    """

    name: str
    outcome: Outcome
    values: dict[str, float]
    wanted: bool = True


def ask() -> Start:
    """Ask for a loss, a network or an expression."""
    kind = controls.choice(
        "Start from", "start", STARTS, help="Where the steps begin: a loss, a network or your own expression."
    )
    if kind == "network":
        return _network()
    return _typed() if kind == "typed" else _loss()


def _loss() -> Start:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        names = {name.replace("_", " "): name for name in LOSSES}
        shown = controls.one_of(
            "Loss", "of", list(names), allowed="one of the losses listed", width=320, help="The loss to take apart."
        )
        options: tuple[str, ...] = ()
        classes = 0
        if names[shown].startswith("cross_entropy"):
            classes = controls.whole("classes", "Classes", *CLASSES, 3, help="How many classes the loss is written out for.")
            chosen = controls.pills(
                "With", "with", list(OPTIONS), help="What is added to the loss; each brings its own symbols."
            )
            options = tuple(name for label, name in OPTIONS.items() if label in chosen)
    return _loss_start(names[shown], classes, options)


@lru_cache(maxsize=64)
def _loss_start(name: str, classes: int, options: tuple[str, ...]) -> Start:
    program = LOSSES[name](classes, **dict.fromkeys(options, True)) if classes else LOSSES[name]()
    values = {f"t{k}": float(k == 1) for k in range(1, classes + 1)}
    values |= {f"p{k}": 1 / classes for k in range(1, classes + 1)}
    values |= {f"z{k}": logit for k, logit in enumerate(LOGITS, 1)}
    exact = Layered(program, (("L",),))  # finite wherever the loss is
    found = outcome(rewriting.plain(program.inline(textbook=False)), exact)
    return Start(f"{name} {classes} {' '.join(options)}", found, values)


def address_of(network: Network) -> str:
    """Return what stands after the question mark in the address of a chain that starts from a network."""
    loss = next(name for name, pair in network_setting.LOSSES.items() if pair == (network.output, network.loss))
    sizes = "-".join(map(str, network.sizes))
    return urlencode({"start": "network", "sizes": sizes, "hidden": network.hidden, "loss": loss})


def _network() -> Start:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        asked = network_setting.ask_kind("2-3-1")
    return _network_start(network_setting.network_of(asked))


@lru_cache(maxsize=64)
def _network_start(network: Network) -> Start:
    example = dict(zip(network.inputs, FEATURES, strict=False)) | {
        name: float(k == 0) for k, name in enumerate(network.targets)
    }
    values = example | network.random_weights(0)
    return Start(repr(network), outcome(Layered(network.program(), (("L",),))), values)


def _typed() -> Start:
    text = controls.text(
        "Typed expression",
        "typed",
        TYPED,
        help="As in Python or SymPy, t*log(p) + p**2, or as in the Wolfram Language, t Log[p] + p^2.",
    )
    found = _typed_start(text)
    if isinstance(found, Start):
        st.session_state[_GOOD] = text
        return found
    good = st.session_state.get(_GOOD, "")
    alert.error(f"{found} {good[:60]} is shown." if good else found)
    last = _typed_start(good or TYPED)
    assert isinstance(last, Start)
    return replace(last, wanted=bool(good))


@lru_cache(maxsize=256)
def _typed_start(text: str) -> Start | str:
    """The start that a text says, or why there is none. Text is short, but what it says may be slow to write."""
    try:
        expr = algebra.read(text)
        return Start(f"typed {text}", outcome(expr) if is_short(expr) else budget.run(outcome, expr), {})
    except (ValueError, TimeoutError, MemoryError) as error:
        return str(error)
    except Exception as error:  # SymPy's, of whatever kind: the page stands
        return f"This expression cannot be worked with: {error}"
