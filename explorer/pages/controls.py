"""Controls that the pages share. A control's key is its name in the address; a bad value there gets a sentence beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import streamlit as st

from explorer.core import batch
from explorer.pages import link

_PENDING = "_typed"


def take_typed() -> None:
    """Hand what was typed in the last run to the controls that it sets; call it before they are made."""
    for key, value in st.session_state.pop(_PENDING, {}).items():
        st.session_state[key] = value


def set_controls(**values: object) -> None:
    """Run the page anew with values in the controls of these keys."""
    st.session_state[_PENDING] = values
    st.rerun()


def slider(name: str, label: str, low: float, high: float, default: float, step: float) -> float:
    """A slider whose key is an input of the program, so that the live chart follows its thumb."""
    value = st.slider(label, low, high, default, step, key=name, bind="query-params", format="%.3f")
    link.explain(name, value, f"a number from {low:g} to {high:g}")
    return value


def number(name: str, label: str, low: float, high: float, default: float, step: float) -> float:
    """A slider, with a field for the exact value beside it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        value = st.slider(label, low, high, default, step, key=name, bind="query-params", format="%.3f")
        exact = st.number_input(
            f"{label}, exactly", value=value, step=step, key=fresh_key(name, value), format="%.10g",
            label_visibility="collapsed", width=130,
        )  # fmt: skip
    link.explain(name, value, f"a number from {low:g} to {high:g}")
    if not low <= exact <= high:
        st.error(f"{label} must be a number from {low:g} to {high:g}; got {exact:g}.")
    elif exact != value:
        set_controls(**{name: exact})
    return value


def vector(label: str, names: Sequence[str], values: Sequence[float], low: float, high: float) -> None:
    """A field that shows the numbers of the controls called names, and sets them all when typed into."""
    text = ", ".join(f"{value:.10g}" for value in values)
    typed = st.text_input(label, text, key=fresh_key(names[0], text))
    if typed == text:
        return
    try:
        numbers = [float(part) for part in _parts(typed)]
    except ValueError as error:
        st.error(f"{label} must be numbers with commas between them; {literal(str(error).partition(': ')[2])} is none.")
        return
    outside = [x for x in numbers if not low <= x <= high]
    if len(numbers) != len(names):
        st.error(f"{label} must be {len(names)} numbers; got {len(numbers)}.")
    elif outside:
        st.error(f"{label} must be numbers from {low:g} to {high:g}; got {outside[0]:g}.")
    elif tuple(numbers) != tuple(values):
        set_controls(**dict(zip(names, numbers, strict=True)))


def _parts(typed: str) -> list[str]:
    """The cells of a typed vector, which may stand in brackets."""
    return [cell for row in batch.pasted(typed.strip(" ()[]") or "nothing") for cell in row]


def literal(text: str) -> str:
    """Return what somebody typed such that Markdown shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]()#+~:$|<>!])", r"\\\1", text)


def toggle(label: str, key: str, help_text: str) -> bool:
    """A switch."""
    on = st.toggle(label, key=key, bind="query-params", help=help_text)
    link.explain(key, on, "true or false")
    return on


def choice(label: str, key: str, options: Sequence[str], on_change: Callable[[], None] | None = None) -> str:
    """One of a few options; the first unless the address says another."""
    chosen = st.segmented_control(
        label, options, default=options[0], key=key, bind="query-params", required=True, on_change=on_change or "rerun",
        label_visibility="collapsed",
    )  # fmt: skip
    link.explain(key, chosen, " or ".join([", ".join(options[:-1]), options[-1]]))
    return chosen


def fresh_key(name: str, value: object) -> str:
    """Return a key that changes with the value and never comes back.

    A field that mirrored the slider under one key would be sent back with its old value by a browser that lags behind, and
    so undo the slider. A field that belongs to one value only differs from it when somebody typed.
    """
    turn, last = st.session_state.get(f"_field_{name}", (0, value))
    turn += last != value
    st.session_state[f"_field_{name}"] = (turn, value)
    return f"{name} exactly {turn}"
