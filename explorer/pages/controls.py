"""The one door to every control: what it returns is always of its kind, whatever the address or a hand has put there.

A control shows a field of a view's State: its key is the field's name in the address. A bad value there gets a sentence beside
the control. Each control has a visible label, and a sentence of help behind its question mark.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

import streamlit as st

from explorer.core import batch, numbers
from explorer.core.digits import exact_text
from explorer.live import echo
from explorer.pages import alert, link
from explorer.views.fields import Choice, Flag, Number, Some, Text, TypedNumber, Whole

_PENDING = "_typed"
_DEFAULTS = "_defaults"
_GOOD, _LEFT = "_good_", "_left_"
_FARTHER = "A number beyond the slider, whose thumb stands at its end; type one within, or move the thumb, to come back."
_EXACTLY = "The same number to type: 0.25, 0,25, 1/4 and 25 % are all read."
LONGEST = 8_000
"""The most characters of a text: servers refuse an address that is much longer, as it is asked for after a reload."""
_ALL = "All of them at once, with commas or spaces between the numbers."
Act = Callable[..., None]
N = TypeVar("N", int, float)


def _bound(name: str) -> dict[str, Any]:
    """What ties a control to the address, once it holds what was meant for it in the last run."""
    state = st.session_state
    meant: dict[str, object] = state.get(_PENDING, {})
    if name in meant:
        value = meant.pop(name)
        if state.get(name, "") == "" and value != "":  # it was not there before: Streamlit would not write it into the address
            st.query_params[name] = str(value)
        put(name, value)
        state.pop(_LEFT + name, None)
    echo.bind(name)
    echo.mind(name, partial(_asked, name))
    return {"key": name, "bind": "query-params"}


def _asked(name: str) -> object:
    """What a control holds, and what it will."""
    state = st.session_state
    return state.get(name), state.get(_PENDING, {}).get(name)


def set_controls(**values: object) -> None:
    """Run the page anew with values in the controls of these keys."""
    set_later(**values)
    st.rerun()


def set_later(**values: object) -> None:
    """Put values into the controls of these keys when they are made next; call it in a callback."""
    st.session_state[_PENDING] = {**st.session_state.get(_PENDING, {}), **values}


@contextmanager
def following(name: str, default: object) -> Iterator[None]:
    """Let a control that is drawn within hold its default where that has changed and the last one was what it held.

    The address, which holds no default, would tell another value otherwise. The last one is that of a control that was drawn: a
    run of the script may be cut short before.
    """
    defaults: dict[str, object] = st.session_state.setdefault(_DEFAULTS, {})
    before = defaults.get(name, default)
    if before != default and st.session_state.get(name) == before:
        st.session_state[name] = default
    yield
    defaults[name] = default


def put(name: str, value: object) -> None:
    """Put a value into the control of that key, which is not drawn yet in this run; as `echo.put` where a chart puts too."""
    st.session_state.get(_DEFAULTS, {}).pop(name, None)
    if isinstance(value, Hashable) and echo.told().has(name):
        echo.put(name, value)
    else:
        echo.told().send()
        st.session_state[name] = value


def slider(field: Number) -> float:
    """A slider, whose key is an input of the program, so that the live chart follows its thumb.

    Where the field reaches farther, a number beyond the slider has a text field of its own, and the thumb stands at its end.
    """
    value = _thumb(field)
    beyond = _beyond(field, value)
    return value if beyond is None else beyond


def number(field: Number) -> float:
    """A slider as above, always with a text field for the exact value beside it."""
    first, last = field.reach
    with st.container(horizontal=True, vertical_alignment="bottom"):
        value = _thumb(field)
        beyond = _beyond(field, value)
        if beyond is not None:
            return beyond
        shown = f"{value:.10g}"
        key = fresh_key(field.name, value)
        typed = st.text_input(f"{field.label}, exactly", shown, key=key, help=_EXACTLY, width=165)
    if typed != shown:
        exact = field.typed(typed)
        if exact is None:
            alert.error(f"{field.label} must be a number from {first:g} to {last:g}; got {numbers.shown(typed)}.")
        elif exact != value:
            set_controls(**at(field, exact))
    return value


def at(field: Number, value: float) -> dict[str, object]:
    """Return what puts a number on a slider: its thumb, and the text field for a number beyond it."""
    thumb = min(max(value, field.low), field.high)
    return {field.name: thumb, field.beyond: "" if thumb == value else exact_text(value)}


def now(field: Number) -> float:
    """Return, in a callback, what `slider` will."""
    thumb, typed = float(st.session_state.get(field.name, field.default)), st.session_state.get(field.beyond, "")
    return _last_beyond(field, typed, thumb) if field.farthest and typed and thumb in field.limits else thumb


def _thumb(field: Number) -> float:
    """The number that a slider shows; one beyond it in a link, by either name, goes to the text field for such."""
    name, (low, high) = field.name, field.limits
    asked = [link.opened(name), link.opened(field.beyond)]
    if echo.navigated():  # back to where a number beyond was not left yet
        asked = [st.query_params.get(key, "") for key in (name, field.beyond)]
        st.session_state.pop(_LEFT + field.beyond, None)
    given = field.typed(asked[0] or asked[1]) if field.farthest else None
    if given is not None and not low <= given <= high:
        link.take(name)
        link.take(field.beyond)
        set_controls(**at(field, given))
    with following(name, field.first):
        held = st.session_state.get(name)
        if isinstance(held, int | float) and not low <= held <= high:  # of what had this name before, within other limits
            put(name, field.first)
        written = "%.3f" if field.step < 1 else "%d"
        value = st.slider(field.label, low, high, field.first, field.step, **_bound(name), format=written, help=field.help)
    if not field.is_on_step(value):  # from an address
        link.explain(name, field.first, field.allowed)
        set_controls(**{name: field.first})
    link.explain(name, value, field.allowed)
    return value + 0.0  # never −0


def _beyond(field: Number, value: float) -> float | None:
    """The number beyond a slider whose thumb stands at its end, in a text field of its own; None where there is none."""
    key = field.beyond
    places = (st.session_state.get(_PENDING, {}), st.session_state, st.query_params)
    opens = "" if field.first == field.default else exact_text(field.default)
    held = next((place[key] for place in places if key in place), opens)
    if field.farthest is None or not held:
        return None
    if value not in field.limits:  # the thumb has left its end, and does not find that number again there
        st.session_state[_LEFT + key] = held
    if st.session_state.get(_LEFT + key) == held:
        return None
    typed = text(Text(key, f"{field.label}, exactly", opens, help=_FARTHER), width=165)
    beyond, said = _last_beyond(field, typed, value), field.typed(typed)
    if said is None:
        alert.error(field.refusal(typed, beyond))
    elif min(max(beyond, field.low), field.high) != value or field.low < beyond < field.high:
        set_controls(**at(field, beyond))  # it is within, or at the other end
    return beyond


def _last_beyond(field: Number, typed: str, thumb: float) -> float:
    """The number that such a text field holds; if none, the last that it held at this end of the slider; else that end."""
    said = field.typed(typed)
    kept = _last(field.beyond, thumb, said, lambda value: field.reach[0] <= value <= field.reach[1])
    return kept if said is not None or min(max(kept, field.low), field.high) == thumb else thumb


def typed(field: TypedNumber, *, width: int = 130) -> float:
    """A text field for a number, which holds what was typed; where that is none, the last good number holds.

    Its placeholder tells fields.js how far arrow keys may step; so does that of `whole`.
    """
    line = Text(field.name, field.label, f"{field.default:.10g}", help=field.help)
    entered = text(line, width=width, placeholder=f"{field.low:g} to {field.high:g}")
    value = field.typed(entered)
    held = _last(field.name, field.default, value, lambda kept: field.low <= kept <= field.high)
    if value is None:
        alert.error(field.refusal(entered, held))
    return held


def whole(
    field: Whole, *, width: int = 130, disabled: bool = False, on_change: Act | None = None, args: tuple[Any, ...] = ()
) -> int:
    """A text field for a whole number; what was typed stays, the last good number holds."""
    more: dict[str, Any] = {"disabled": disabled, "on_change": on_change or "rerun", "args": args}
    line = Text(field.name, field.label, str(field.default), help=field.help)
    entered = text(line, width=width, placeholder=f"whole, {field.range}", **more)
    value = field.typed(entered)
    held = _last(field.name, field.default, value, field.takes)
    if value is None:
        alert.error(field.refusal(entered, held))
    return held


def whole_now(field: Whole) -> int:
    """Return, in a callback, what `whole` will; what sets the control puts a text into the session."""
    entered = st.session_state.get(field.name, str(field.default))
    return _last(field.name, field.default, field.typed(entered), field.takes)


def _last(name: str, default: N, now: N | None, takes: Callable[[N], bool]) -> N:
    """The number that a text field holds now; else the last that it held, if that is still allowed; else the default."""
    state = st.session_state
    if now is not None:
        state[_GOOD + name] = now
    kept: N = state.get(_GOOD + name, default)
    return kept if takes(kept) else default


def vector(label: str, fields: Sequence[Number], values: Sequence[float]) -> None:
    """A text field that shows the numbers of some sliders alike, and sets them all when typed into.

    label says what they are: "Prediction p".
    """
    low, high = fields[0].reach
    shown = ", ".join(f"{value:.10g}" for value in values)
    entered = st.text_input(f"{label}, all at once", shown, key=fresh_key(fields[0].name, shown), help=_ALL)
    if entered == shown:
        return
    parts, found = _parts(entered), []
    for part in parts:
        try:
            found.append(numbers.number(part))
        except ValueError:
            alert.error(
                f"{label} must be {len(fields)} numbers with commas between them; {numbers.shown(part)} is not a number."
            )
            return
    outside = [part for part, x in zip(parts, found, strict=True) if not low <= x <= high]
    if len(found) != len(fields):
        alert.error(f"{label} must be {len(fields)} numbers, one for each class; got {len(found)}.")
    elif outside:
        alert.error(f"{label} must be numbers from {low:g} to {high:g}; got {numbers.shown(outside[0])}.")
    elif tuple(found) != tuple(values):
        set_controls(**{key: held for field, x in zip(fields, found, strict=True) for key, held in at(field, x).items()})


def _parts(typed: str) -> list[str]:
    """The cells of a typed vector, which may stand in brackets."""
    return [cell for row in batch.pasted(typed.strip(" ()[]") or "nothing") for cell in row]


def toggle(field: Flag) -> bool:
    """A switch."""
    on = st.toggle(field.label, field.default, **_bound(field.name), help=field.help)
    link.explain(field.name, on, "true or false")
    return on


def expander(field: Flag, icon: str) -> Any:
    """A part of the page that is computed only while it is open, as its attribute `open` says."""
    part = st.expander(field.label, icon=icon, on_change="rerun", **_bound(field.name))
    link.explain(field.name, bool(part.open), "true or false")
    return part


def choice(field: Choice, on_change: Act | None = None, *, width: int | None = None) -> str:
    """One of some options: side by side, or where there are many in a list that opens."""
    with following(field.name, field.default):
        held = st.session_state.get(field.name)
        if held is not None and held not in field.options:  # of what had this name before, with other options
            st.session_state[field.name] = field.default
        chosen = _listed(field, on_change, width) if field.many else _side_by_side(field, on_change)
    link.explain(field.name, chosen or field.default, field.allowed_here)
    if chosen is None:
        set_controls(**{field.name: field.default})
    return chosen or field.default


def _listed(field: Choice, on_change: Act | None, width: int | None) -> str:
    first = field.options.index(field.default)
    more: dict[str, Any] = {"width": width or "stretch", "on_change": on_change or "rerun"}
    return str(st.selectbox(field.label, field.options, first, **_bound(field.name), help=field.help, **more))


def _side_by_side(field: Choice, on_change: Act | None) -> str | None:
    pressed: str | None = st.segmented_control(
        field.label, field.options, default=field.default, **_bound(field.name), required=True,
        on_change=on_change or "rerun", help=field.help,
    )  # fmt: skip
    return pressed


def some(field: Some, *, width: int | None = None, placeholder: str | None = None) -> tuple[str, ...]:
    """Any of many options, in a list that opens; placeholder is what it says while none is chosen."""
    chosen: list[str] = st.multiselect(
        field.label, field.options, field.default, **_bound(field.name), max_selections=field.most, help=field.help,
        select_all=False, width=width or "stretch", placeholder=placeholder,
    )  # fmt: skip
    link.explain(field.name, chosen, field.allowed_here)
    return tuple(chosen)


def pills(field: Some, on_change: Act | None = None) -> tuple[str, ...]:
    """Any of a few options, side by side."""
    chosen: list[str] = st.pills(
        field.label, field.options, default=field.default, selection_mode="multi", **_bound(field.name),
        on_change=on_change or "rerun", help=field.help,
    )  # fmt: skip
    link.explain(field.name, chosen, field.allowed_here)
    return tuple(chosen)


def text(field: Text, **more: Any) -> str:
    """A line of text."""
    entered: str = st.text_input(field.label, field.default, **_bound(field.name), help=field.help, **more)
    return _of_a_link(field, entered)


def listed(field: Text, options: Sequence[str], *, placeholder: str) -> str:
    """A line of text with a list of what is usually there: chosen from that, or typed; "" where it is empty."""
    entered: str | None = st.selectbox(
        field.label, options, None, **_bound(field.name), help=field.help, placeholder=placeholder, accept_new_options=True,
    )  # fmt: skip
    link.explain(field.name, entered or "", "")
    return entered or ""


def area(field: Text, *, height: int, placeholder: str = "") -> str:
    """Several lines of text."""
    entered: str = st.text_area(
        field.label, field.default, **_bound(field.name), help=field.help, height=height, placeholder=placeholder
    )
    return _of_a_link(field, entered)


def _of_a_link(field: Text, entered: str) -> str:
    """Return a text that was entered, which a link may hold: of a longer one the beginning stays in its field, too."""
    if len(entered) > LONGEST and entered != link.opened(field.name):  # what a link has brought is in an address already
        set_controls(**{field.name: entered[:LONGEST]})
    link.explain(field.name, entered, "")
    return entered


def fresh_key(name: str, value: object) -> str:
    """Return a key that changes with the value and never comes back.

    A field that mirrored the slider under one key would be sent back with its old value by a browser that lags behind, and
    so undo the slider. A field that belongs to one value only differs from it when somebody typed.
    """
    turn, last = st.session_state.get(f"_field_{name}", (0, value))
    turn += last != value
    st.session_state[f"_field_{name}"] = (turn, value)
    return f"{name} exactly {turn}"
