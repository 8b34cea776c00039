"""What the script puts into controls and address, told apart from what a browser that lags behind sends back.

With every message a browser sends what all its controls show, so also what it showed before it drew the script's last answer.
Each thing put has a number, and before a hand changes anything the browser says the last number that it has drawn. So what was
replaced by a later one is an echo, however long it takes, and anything else is somebody's own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from explorer.live import bound
from explorer.live.component import ignore, sent, unseen

P = ParamSpec("P")
Read = Callable[[], object]

_KEY, _DRAWN = "_echo", "drawn"
_ALONE: ContextVar[bool] = ContextVar("_ALONE", default=False)
"""Whether what is drawn stands in a part of the page that can be run alone."""
_NOTHING = object()
"""What no control shows."""
_drawn = unseen("echo")


@dataclass
class Told:
    """What was put under each name, in the order of numbers counted from 1.

    It is changed in one go: a run of the script may be cut short wherever that touches Streamlit, and never in here.
    """

    number: int = 0
    drawn: int = 0
    setting: tuple[str, Hashable] | None = None  # the control that a step through the history sets now, and what it held
    around: dict[str, Read] = field(default_factory=dict)  # what can be asked outside of parts that are run alone
    _latest: dict[str, Hashable] = field(default_factory=dict)
    _replaced: dict[str, list[tuple[int, Hashable]]] = field(default_factory=dict)
    _stepped: dict[str, tuple[int, Hashable, Hashable]] = field(default_factory=dict)  # number, what it held and holds
    _own: set[str] = field(default_factory=set)  # the names of which the latest came from the browser

    def is_new(self, name: str, shown: Hashable) -> bool:
        """Take what a browser shows under a name; return whether that is somebody's own, neither put there nor an echo."""
        known = self._latest.get(name)
        if known is None or shown in (None, known) or self.is_echo(name, shown):
            return False
        if self._late(name) and name not in self._own:  # what was put last may still overtake it in the browser
            self._replace(name, known)
        self._own.add(name)
        self._latest[name] = shown
        return True

    def is_echo(self, name: str, shown: Hashable) -> bool:
        """Whether what a browser shows under a name is from before it drew what was put there."""
        return shown != self._latest.get(name) and any(shown == old for _, old in self._late(name))

    def settled(self, name: str, shown: Hashable) -> Hashable:
        """Return what holds under a name where a browser shows something: that, or what was put in place of an echo."""
        return shown if self.is_new(name, shown) else self._latest.get(name, shown)

    def put(self, name: str, shown: Hashable, value: Hashable) -> None:
        """Take note that value goes where a browser shows something, None if it shows nothing."""
        self.is_new(name, shown)
        before = {shown, self._latest.get(name)} - {value, None}
        if before:
            self._own.discard(name)
        if before or self._late(name):  # where the same is put once more, nothing that is shown is from before that
            self._replace(name, *(before or {_NOTHING}))
        self._latest[name] = value

    def follow(self, name: str, value: Hashable) -> None:
        """Take note that a value has come where something else was put before."""
        if name in self._latest:
            self.put(name, self._latest[name], value)

    def step(self, name: str, before: Hashable, value: Hashable) -> None:
        """Take note that a step through the history has set a control, which a hand may change before that is drawn."""
        self.number += 1
        self._stepped[name] = self.number, before, value

    def meet(self, name: str, shown: Hashable) -> None:
        """Have a control set again if a browser that may not have drawn a step shows something else there.

        What was there before the step is from before; anything else is somebody's own, which the step will overtake.
        """
        number, before, value = self._stepped.get(name, (0, None, None))
        if number > self.drawn and shown != value:
            del self._stepped[name]
            self.put(name, *(before, value) if shown == before else (value, shown))

    def send(self) -> None:
        """Take note that an address is sent, which undoes in the browser's what a hand changes there meanwhile."""
        self.number += 1

    @property
    def is_awaited(self) -> bool:
        """Whether a browser may not have drawn the last that was put or sent."""
        return self.number > self.drawn

    def has(self, name: str) -> bool:
        """Whether anything was ever put under a name."""
        return name in self._latest

    def names(self) -> tuple[str, ...]:
        """The names under which something was put."""
        return tuple(self._latest)

    def awaits(self, *names: str) -> bool:
        """Whether a browser may still show what was replaced under one of these names, or any."""
        return any(self._late(name) for name in names or (*self._replaced,))

    def _late(self, name: str) -> list[tuple[int, Hashable]]:
        """What a browser may still show of what was put before."""
        late = [(number, old) for number, old in self._replaced.get(name, []) if number > self.drawn]
        self._replaced[name] = late
        return late

    def _replace(self, name: str, *values: Hashable) -> None:
        self.number += 1
        self._late(name).extend((self.number, value) for value in values)


def told() -> Told:
    """Return what this session's browser was told, knowing what that has drawn."""
    found: Told = st.session_state.setdefault(_KEY, Told())
    drawn = sent(f"{_KEY}-{_DRAWN}", _DRAWN)
    if isinstance(drawn, int) and found.drawn < drawn <= found.number:
        found.drawn = drawn
    return found


def put(name: str, value: Hashable) -> None:
    """Set the control of that key, which is not drawn yet in this run.

    Also where it shows that already, as long as something else which was put there may still reach the browser after it, and
    for a step through the history: what a hand changed right before is not heard of where a run was still under way.
    """
    known, shown = told(), _held(name)
    if shown != value or known.awaits(name) or navigated():
        st.session_state[name] = [*value] if isinstance(value, tuple) else value  # cut short here, nothing has happened
    known.put(name, shown, value)
    if navigated():
        known.step(name, shown, value)


def hold(*names: str) -> None:
    """Undo what is but an echo in the controls of these keys, and set again what `put` would; call it before they are drawn."""
    if navigated():
        return
    known, state = told(), st.session_state
    for name in names:
        if name in state:
            known.meet(name, _held(name))
        if known.has(name) and name in state:
            value = known.settled(name, _held(name))
            if value != _held(name) or known.awaits(name):
                put(name, value)


def is_echo(name: str) -> bool:
    """Whether the control of that key shows something from before."""
    return not navigated() and told().is_echo(name, _held(name))


def _held(name: str) -> Any:
    """What the control of that key holds, None if there is none; a list as a tuple."""
    value = st.session_state.get(name)
    return tuple(value) if isinstance(value, list) else value


def bind(name: str) -> None:
    """Hold a control that the address has of itself, which is drawn next."""
    known = told()
    _note_step(known)
    hold(name)
    if navigated():
        known.setting = name, _held(name)


def _note_step(known: Told) -> None:
    """Take note of what a step through the history has set, which is known once the control is drawn.

    Where that run was cut short in between nothing is known but what holds now.
    """
    if known.setting is None:
        return
    (name, before), known.setting = known.setting, None
    value = _held(name)
    if navigated():
        known.step(name, before, value)
    elif value != before:
        known.put(name, _NOTHING, value)


def mind(name: str, read: Read) -> None:
    """Take note of what is asked, and how it is read: outside of a part of the page that is run alone, that must follow it."""
    if not _ALONE.get():
        told().around[name] = read


def alone(part: Callable[P, None]) -> Callable[P, None]:
    """Decorate a part of the page that Streamlit runs alone where only controls within it change.

    What changes in one moment comes as one message, for such a part even if more has changed. Then the whole page is run, so
    that nothing is shown but what holds around the part.
    """

    @wraps(part)
    def shown(*args: P.args, **options: P.kwargs) -> None:
        held = {name: read() for name, read in told().around.items()}

        @st.fragment
        @wraps(part)
        def run() -> None:
            if _is_alone() and is_overtaken(held):
                st.rerun()
            token = _ALONE.set(True)
            try:
                part(*args, **options)
            finally:
                _ALONE.reset(token)

        run()

    return shown


def is_overtaken(held: Mapping[str, object]) -> bool:
    """Whether something around a part of the page is not what it was, or shows something from before.

    Parameters
    ----------
    held : mapping
        Each name given to `mind` -> what was read when the page was run.
    """
    known = told()
    around = {name: read() for name, read in known.around.items() if name in held}
    return around != held or any(map(is_echo, around))


def _is_alone() -> bool:
    """Whether this is not a run of the whole page."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def follow(*names: str) -> None:
    """Take note of what the controls of these keys hold once drawn: a step through the history sets them as they are drawn."""
    known = told()
    for name in names:
        known.follow(name, _held(name))


def navigated() -> bool:
    """Whether this run is for a step through the browser's history: the address rules then."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def forget() -> None:
    """Begin anew on another page, whose controls are others."""
    st.session_state.pop(_KEY, None)


def listen() -> None:
    """Let the browser say what it has drawn, if that matters, and have its address be this one; call it at the page's end.

    An older address from here may reach the browser after the message that this run answers has left, and Streamlit sends none
    that it takes to be there.
    """
    known = told()
    _note_step(known)
    if navigated():
        follow(*(name for name in known.names() if name in st.session_state))
    elif bound.is_behind():
        known.send()
    if known.is_awaited:
        bound.send()
        _drawn(key=f"{_KEY}-{_DRAWN}", data={"number": known.number}, on_drawn_change=ignore)
