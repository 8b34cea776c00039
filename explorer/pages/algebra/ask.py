"""What can be done next to the chain of /algebra."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from explorer.core.algebra import chain
from explorer.core.algebra.chain import Step
from explorer.core.algebra.operands import KINDS, SCALES, SIDES
from explorer.core.algebra.operations import OPERATIONS
from explorer.pages import alert
from explorer.pages.algebra import chain as kept
from explorer.views.algebra.following import last
from explorer.views.algebra.stage import Stage

_REFUSED = "_algebra_refused"


def ask(stages: Sequence[Stage], steps: Sequence[Step]) -> None:
    """Ask for the next operation and its operands.

    Parameters
    ----------
    stages : sequence of Stage
        What came of the chain so far.
    steps : sequence of Step
        The chain as the address has it, with what failed or is at work.
    """
    done = [stage.step for stage in stages if stage.step and stage.outcome]
    names, at_work = last(stages).symbols, stages[-1].at_work
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        operation = st.selectbox(
            "Next step",
            list(OPERATIONS),
            format_func=lambda name: OPERATIONS[name].label,
            key="next step",
            width=250,
            help="What to do with the last result; every step is checked by numbers.",
        )
        with st.form("operands", border=False, width="content"), st.container(horizontal=True, vertical_alignment="bottom"):
            keys = [_operand(operation, kind, place, names) for place, kind in enumerate(OPERATIONS[operation].asks)]
            st.form_submit_button(
                "Apply", icon=":material/check:", on_click=_apply, args=(operation, tuple(keys), tuple(done)), disabled=at_work
            )
        st.button("Undo", icon=":material/undo:", on_click=_put, args=(tuple(steps[:-1]),), disabled=not steps)
        st.button("Clear", icon=":material/delete:", on_click=_put, args=((),), disabled=not steps)
    refused = st.session_state.get(_REFUSED)
    if refused and refused[0] == operation:
        alert.error(refused[1])


def _operand(operation: str, kind: str, place: int, names: Sequence[str]) -> str:
    """A control for one operand; return its key."""
    key = f"operand {operation} {place}"
    if kind in ("symbol", "symbols"):
        key += f" of {' '.join(names)}"  # what was chosen among other symbols need not be there
    _CONTROLS[kind](key, names)
    return key


def _symbol(key: str, names: Sequence[str]) -> None:
    st.selectbox("Symbol", names, key=key, width=120, help="The symbol that the step is about.")


def _symbols(key: str, names: Sequence[str]) -> None:
    said = "The symbols to differentiate by, in this order; none stands for all."
    st.multiselect("Symbols", names, key=key, placeholder="every symbol", width=260, help=said)


def _expression(key: str, names: Sequence[str]) -> None:
    said = "Written as in Python or in the Wolfram Language, with any symbols."
    st.text_input("Expression", key=key, placeholder="such as sigmoid(z)", width=300, help=said)


def _number(label: str, kind: str, help: str) -> Callable[[str, Sequence[str]], None]:
    def control(key: str, names: Sequence[str]) -> None:
        default = KINDS[kind].default
        st.text_input(label, str(default if isinstance(default, int) else 1), key=key, width=110, help=help)

    return control


def _one_of(label: str, words: Sequence[str], help: str) -> Callable[[str, Sequence[str]], None]:
    def control(key: str, names: Sequence[str]) -> None:
        st.selectbox(label, words, key=key, width=130, help=help)

    return control


def _point(key: str, names: Sequence[str]) -> None:
    st.text_input("Point", "0", key=key, width=160, help="A number, an expression, or oo for infinity.")


_CONTROLS: dict[str, Callable[[str, Sequence[str]], None]] = {
    "symbol": _symbol,
    "symbols": _symbols,
    "expression": _expression,
    "times": _number("Times", "times", "How many times in a row to differentiate."),
    "point": _point,
    "order": _number("Order", "order", "The highest power that the series keeps."),
    "side": _one_of("From", SIDES, "The side from which the point is approached."),
    "scale": _one_of("As", SCALES, "What predictions are rewritten to."),
}


def _apply(operation: str, keys: Sequence[str], done: Sequence[Step]) -> None:
    """Put the step that was asked for behind the chain, or keep the sentence that says why not."""
    steps = (*done, Step(operation, _texts(operation, [st.session_state.get(key) for key in keys])))
    try:
        steps[-1].parsed()
    except ValueError as error:
        st.session_state[_REFUSED] = operation, str(error)
        return
    found, problem = chain.read(chain.write(steps))
    if found != steps:
        st.session_state[_REFUSED] = operation, problem
        return
    _put(steps)


def _texts(operation: str, given: Sequence[Any]) -> tuple[str, ...]:
    """Operands as a chain has them; what is as by default at the end is left out."""
    texts: list[str] = []
    asks = OPERATIONS[operation].asks
    for kind, value in zip(asks, given, strict=True):
        texts += value if KINDS[kind].several else [str(value or "")]
    while texts and not KINDS[asks[-1]].several and texts[-1] == str(KINDS[asks[len(texts) - 1]].default):
        texts.pop()
    return tuple(texts)


def _put(steps: Sequence[Step]) -> None:
    st.session_state.pop(_REFUSED, None)
    kept.put(steps)
