"""The one door to every control: what it returns is always of its kind, whatever the address or a hand has put there.

A control's key is its name in the address. A bad value there gets a sentence beside the control. Each control has a visible
label, and a sentence of help behind its question mark.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from explorer.core import batch, numbers
from explorer.live import echo
from explorer.pages import alert, link
from explorer.pages.controls import _PENDING, _bound, fresh_key, set_controls, set_later

_GOOD, _LEFT = "_good_", "_left_"
PREDICTION = "Whether predictions are probabilities, or logits from which probabilities follow."
BEYOND = "-exactly"
"""Ends the key of the field for a number beyond a slider."""
Limits = tuple[float, float]
_FARTHER = "A number beyond the slider, whose thumb stands at its end; type one within, or move the thumb, to come back."
_EXACTLY = "The same number to type: 0.25, 0,25, 1/4 and 25 % are all read."
_ALL = "All of them at once, with commas or spaces between the numbers."
N = TypeVar("N", int, float)


def slider(
    name: str, label: str, low: float, high: float, default: float, step: float, *, help: str, farthest: Limits | None = None
) -> float:
    """A slider whose key is an input of the program, so that the live chart follows its thumb; with step 1 of whole numbers.

    Where numbers as far as farthest are allowed, one beyond the slider has a field of its own, and the thumb stands at its end.
    """
    value = _thumb(name, label, (low, high), default, step, help, farthest)
    beyond = _beyond(name, label, value, default, (low, high), farthest)
    return value if beyond is None else beyond


def number(
    name: str, label: str, low: float, high: float, default: float, step: float, *, help: str, farthest: Limits | None = None
) -> float:
    """A slider as above, always with a field for the exact value beside it."""
    first, last = farthest or (low, high)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        value = _thumb(name, label, (low, high), default, step, help, farthest)
        beyond = _beyond(name, label, value, default, (low, high), farthest)
        if beyond is not None:
            return beyond
        shown = f"{value:.10g}"
        typed = st.text_input(f"{label}, exactly", shown, key=fresh_key(name, value), help=_EXACTLY, width=165)
    if typed != shown:
        exact = read(typed, first, last)
        if exact is None:
            alert.error(f"{label} must be a number from {first:g} to {last:g}; got {numbers.shown(typed)}.")
        elif exact != value:
            set_controls(**at(name, exact, (low, high)))
    return value


def at(name: str, value: float, limits: Limits) -> dict[str, object]:
    """Return what puts a number on a slider: its thumb, and the field for a number beyond it."""
    thumb = min(max(value, limits[0]), limits[1])
    return {name: thumb, name + BEYOND: "" if thumb == value else repr(value).removesuffix(".0")}


def now(name: str, default: float, limits: Limits, farthest: Limits) -> float:
    """Return, in a callback, what `slider` will."""
    thumb, typed = float(st.session_state.get(name, default)), st.session_state.get(name + BEYOND, "")
    return _last_beyond(name + BEYOND, typed, thumb, limits, farthest) if typed and thumb in limits else thumb


def _thumb(name: str, label: str, limits: Limits, default: float, step: float, help: str, farthest: Limits | None) -> float:
    """The number that a slider shows; one beyond it in a link, by either name, goes to the field for such."""
    low, high = limits
    asked = [link.opened(name), link.opened(name + BEYOND)]
    if echo.navigated():  # back to where a number beyond was not left yet
        asked = [st.query_params.get(key, "") for key in (name, name + BEYOND)]
        st.session_state.pop(_LEFT + name + BEYOND, None)
    given = read(asked[0] or asked[1], *farthest) if farthest else None
    if given is not None and not low <= given <= high:
        link.take(name)
        link.take(name + BEYOND)
        set_controls(**at(name, given, limits))
    written = "%.3f" if step < 1 else "%d"
    first = min(max(default, low), high)
    value = st.slider(label, low, high, first, step, **_bound(name), format=written, help=help)
    if step == 1 and not value.is_integer():  # from an address
        link.explain(name, default, f"a whole number from {low:g} to {high:g}")
        set_controls(**{name: default})
    first, last = farthest or limits
    link.explain(name, value, f"a number from {first:g} to {last:g}")
    return value + 0.0  # never −0


def _beyond(name: str, label: str, value: float, default: float, limits: Limits, farthest: Limits | None) -> float | None:
    """The number beyond a slider whose thumb stands at its end, in a field of its own; None where there is none."""
    key = name + BEYOND
    places = (st.session_state.get(_PENDING, {}), st.session_state, st.query_params)
    opens = "" if limits[0] <= default <= limits[1] else repr(default).removesuffix(".0")
    held = next((place[key] for place in places if key in place), opens)
    if farthest is None or not held:
        return None
    if value not in limits:  # the thumb has left its end, and does not find that number again there
        st.session_state[_LEFT + key] = held
    if st.session_state.get(_LEFT + key) == held:
        return None
    typed = text(f"{label}, exactly", key, opens, help=_FARTHER, width=165)
    beyond, said = _last_beyond(key, typed, value, limits, farthest), read(typed, *farthest)
    if said is None:
        allowed = f"a number from {farthest[0]:g} to {farthest[1]:g}"
        alert.error(f"{label} must be {allowed}; got {numbers.shown(typed)}. {beyond:g} is shown.")
    elif min(max(beyond, limits[0]), limits[1]) != value or limits[0] < beyond < limits[1]:
        set_controls(**at(name, beyond, limits))  # it is within, or at the other end
    return beyond


def _last_beyond(key: str, typed: str, thumb: float, limits: Limits, farthest: Limits) -> float:
    """The number that such a field holds; if it is none, the last that it held at this end of the slider; else that end."""
    said = read(typed, *farthest)
    kept = _last(key, *farthest, thumb, said)
    return kept if said is not None or min(max(kept, limits[0]), limits[1]) == thumb else thumb


def field(name: str, label: str, low: float, high: float, default: float, *, help: str, width: int = 130) -> float:
    """A field for a number, which holds what was typed; where that is none, the last good number holds.

    Its placeholder tells fields.js how far arrow keys may step; so does that of `whole`.
    """
    typed = text(label, name, f"{default:.10g}", help=help, width=width, placeholder=f"{low:g} to {high:g}")
    value = read(typed, low, high)
    held = _last(name, low, high, default, value)
    if value is None:
        alert.error(f"{label} must be a number from {low:g} to {high:g}; got {numbers.shown(typed)}. {held:g} is shown.")
    return held


def whole(
    name: str,
    label: str,
    low: int,
    high: int,
    default: int,
    *,
    help: str,
    also: int | None = None,
    width: int = 130,
    disabled: bool = False,
    on_change: Callable[..., None] | None = None,
    args: tuple[Any, ...] = (),
) -> int:
    """A field for a whole number from low to high, or also; what was typed stays, the last good number holds."""
    takes = f"{low} to {high}" + ("" if also is None else f", or {also}")
    more: dict[str, Any] = {"disabled": disabled, "on_change": on_change or "rerun", "args": args}
    typed = text(label, name, str(default), help=help, width=width, placeholder=f"whole, {takes}", **more)
    value = _read_whole(typed, low, high, also)
    held = _last(name, low, high, default, value, also)
    if value is None:
        allowed = "" if high == numbers.LARGEST else f" from {takes}"
        alert.error(f"{label} must be a whole number{allowed}; got {numbers.shown(typed)}. {held} is shown.")
    return held


def whole_now(name: str, low: int, high: int, default: int, also: int | None = None) -> int:
    """Return, in a callback, what `whole` will; what sets the control puts a text into the session."""
    typed = st.session_state.get(name, str(default))
    return _last(name, low, high, default, _read_whole(typed, low, high, also), also)


def _read_whole(typed: str, low: int, high: int, also: int | None = None) -> int | None:
    """The number that a field holds; None where it is not one of those allowed."""
    try:
        value = numbers.whole(typed)
    except ValueError:
        return None
    return value if low <= value <= high or value == also else None


def read(typed: str, low: float, high: float) -> float | None:
    """Return the number that a field holds; None where it is none from low to high."""
    try:
        value = numbers.number(typed)
    except ValueError:
        return None
    return value if low <= value <= high else None


def _last(name: str, low: N, high: N, default: N, now: N | None = None, also: N | None = None) -> N:
    """The number that a field holds now; else the last that it held, if that is still allowed; else the default."""
    state = st.session_state
    if now is not None:
        state[_GOOD + name] = now
    kept: N = state.get(_GOOD + name, default)
    return kept if low <= kept <= high or kept == also else default


def vector(label: str, names: Sequence[str], values: Sequence[float], limits: Limits, farthest: Limits) -> None:
    """A field that shows the numbers of the controls called names, and sets them all when typed into.

    label says what they are: "Prediction p"; limits are the sliders', farthest those of what may be typed.
    """
    low, high = farthest
    shown = ", ".join(f"{value:.10g}" for value in values)
    typed = st.text_input(f"{label}, all at once", shown, key=fresh_key(names[0], shown), help=_ALL)
    if typed == shown:
        return
    parts, found = _parts(typed), []
    for part in parts:
        try:
            found.append(numbers.number(part))
        except ValueError:
            alert.error(
                f"{label} must be {len(names)} numbers with commas between them; {numbers.shown(part)} is not a number."
            )
            return
    outside = [part for part, x in zip(parts, found, strict=True) if not low <= x <= high]
    if len(found) != len(names):
        alert.error(f"{label} must be {len(names)} numbers, one for each class; got {len(found)}.")
    elif outside:
        alert.error(f"{label} must be numbers from {low:g} to {high:g}; got {numbers.shown(outside[0])}.")
    elif tuple(found) != tuple(values):
        set_controls(**{key: held for name, x in zip(names, found, strict=True) for key, held in at(name, x, limits).items()})


def _parts(typed: str) -> list[str]:
    """The cells of a typed vector, which may stand in brackets."""
    return [cell for row in batch.pasted(typed.strip(" ()[]") or "nothing") for cell in row]


def toggle(label: str, key: str, *, help: str) -> bool:
    """A switch."""
    on = st.toggle(label, **_bound(key), help=help)
    link.explain(key, on, "true or false")
    return on


def expander(label: str, key: str, icon: str) -> Any:
    """A part of the page that is computed only while it is open, as its attribute `open` says."""
    part = st.expander(label, icon=icon, on_change="rerun", **_bound(key))
    link.explain(key, bool(part.open), "true or false")
    return part


def choice(
    label: str,
    key: str,
    options: Sequence[str],
    on_change: Callable[[], None] | None = None,
    *,
    help: str,
    allowed: str = "",
) -> str:
    """One of a few options; the first unless the address says another."""
    chosen: str | None = st.segmented_control(
        label, options, default=options[0], **_bound(key), required=True, on_change=on_change or "rerun",
        help=help,
    )  # fmt: skip
    link.explain(key, chosen or options[0], allowed or " or ".join([", ".join(options[:-1]), options[-1]]))
    if chosen is None:
        set_controls(**{key: options[0]})
    return chosen or options[0]


def one_of(
    label: str,
    key: str,
    options: Sequence[str],
    default: str | None = None,
    *,
    help: str,
    allowed: str,
    width: int | None = None,
) -> str:
    """One of many options; the first unless there is another default."""
    first = options.index(default or options[0])
    chosen: str = st.selectbox(label, options, first, **_bound(key), help=help, width=width or "stretch")
    link.explain(key, chosen, allowed)
    return chosen


def some_of(
    label: str,
    key: str,
    options: Sequence[str],
    *,
    help: str,
    allowed: str,
    default: Sequence[str] = (),
    most: int | None = None,
    width: int | None = None,
) -> list[str]:
    """Any of many options, at most so many."""
    chosen: list[str] = st.multiselect(
        label, options, default, **_bound(key), max_selections=most, help=help, width=width or "stretch"
    )
    link.explain(key, chosen, allowed)
    return chosen


def pills(label: str, key: str, options: Sequence[str], on_change: Callable[[], None] | None = None, *, help: str) -> list[str]:
    """Any of a few options, side by side."""
    chosen: list[str] = st.pills(
        label, options, selection_mode="multi", **_bound(key), on_change=on_change or "rerun", help=help,
    )  # fmt: skip
    link.explain(key, chosen, "one of " + ", ".join(options))
    return chosen


def text(label: str, key: str, default: str = "", *, help: str, **more: Any) -> str:
    """A line of text."""
    typed: str = st.text_input(label, default, **_bound(key), help=help, **more)
    link.explain(key, typed, "")
    return typed


__all__ = ["fresh_key", "set_controls", "set_later"]
