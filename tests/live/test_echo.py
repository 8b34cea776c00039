"""What somebody sets is kept, and what a browser sends back from before is not, whatever the delays."""

from __future__ import annotations

from collections import deque
from functools import partial

import pytest
import streamlit
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.live import echo
from explorer.live.echo import Told

VALUES = st.integers(0, 3)
"""Few, so that numbers from before come again."""
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), VALUES),
        st.tuples(st.sampled_from(["put", "step"]), VALUES),
        st.sampled_from([("send", 0), ("read", 0), ("draw", 0), ("draw", 0), ("read", 0)]),
    ),
    max_size=30,
)


class Meeting:
    """A browser and a script with messages under way between them, in order on each way."""

    def __init__(self) -> None:
        self.told = Told()
        self.there, self.here = 0, 0  # what the browser shows, what holds for the script
        self.seen = self.said = 0  # number of what the browser has drawn, and the last one that it said
        self.to_script: deque[tuple[int, int]] = deque()
        self.to_browser: deque[tuple[int, int]] = deque()
        self.told.put("w", 0, 0)
        self.last: tuple[str, int] = ("put", 0)

    def set(self, value: int) -> None:
        """Somebody moves the control; first the browser says what it has drawn."""
        self.there, self.said = value, self.seen
        self.send()

    def send(self) -> None:
        """A message goes out, maybe for something else on the page; it says what the control shows."""
        self.to_script.append((self.said, self.there))

    def read(self) -> None:
        """The script gets the next message, and answers it."""
        if self.to_script:
            drawn, shown = self.to_script.popleft()
            self.told.drawn = max(self.told.drawn, drawn)
            known = self.here
            self.told.meet("w", shown)
            self.here = int(str(self.told.settled("w", shown)))
            if self.here != known:
                self.last = ("set", self.here)
            self.answer(shown)

    def put(self, value: int) -> None:
        """The script sets the control, for a reason of its own."""
        shown, self.here, self.last = self.here, value, ("put", value)
        self.answer(shown)

    def step(self, value: int) -> None:
        """The script draws what the control was before, for a step through the history."""
        self.told.step("w", self.here, value)
        self.told.follow("w", value)
        self.here, self.last = value, ("put", value)
        self.to_browser.append((self.told.number, value))

    def answer(self, shown: int) -> None:
        """The script draws the control, as `echo.put` does: it is set where it shows something else, or still may."""
        if shown != self.here or self.told.awaits("w"):
            self.told.put("w", shown, self.here)
            self.to_browser.append((self.told.number, self.here))

    def draw(self) -> None:
        """The browser draws the next answer."""
        if self.to_browser:
            self.seen, self.there = self.to_browser.popleft()

    def end(self) -> None:
        """Let all messages arrive; no other needs to follow."""
        while self.to_script or self.to_browser:
            self.read()
            self.draw()


@settings(max_examples=600, deadline=None)
@given(ACTIONS)
def test_browser_and_script_end_with_the_same_number_whatever_the_delays(actions: list[tuple[str, int]]) -> None:
    meeting = Meeting()
    for name, value in actions:
        getattr(meeting, name)(*[value] if name in ("set", "put", "step") else [])
    meeting.end()
    assert meeting.here == meeting.there == meeting.last[1]


@given(ACTIONS, VALUES)
def test_what_somebody_sets_once_all_is_drawn_is_kept(actions: list[tuple[str, int]], value: int) -> None:
    meeting = Meeting()
    for name, given_value in actions:
        getattr(meeting, name)(*[given_value] if name in ("set", "put", "step") else [])
    meeting.end()
    meeting.set(value)
    meeting.end()
    assert meeting.here == meeting.there == value


@given(st.lists(VALUES, max_size=8), VALUES)
def test_what_the_script_puts_is_not_undone_by_messages_from_before(sent: list[int], value: int) -> None:
    meeting = Meeting()
    for before in sent:
        meeting.set(before)
        meeting.read()
    meeting.send()  # on its way when the script sets the control
    meeting.put(value)
    meeting.end()
    assert meeting.here == meeting.there == value


@given(VALUES, VALUES, VALUES)
def test_what_a_hand_does_before_a_step_through_the_history_is_drawn_is_kept(before: int, value: int, moved: int) -> None:
    meeting = Meeting()
    meeting.set(before)
    meeting.end()
    meeting.step(value)
    meeting.set(moved)
    meeting.end()
    assert meeting.here == meeting.there == (value if moved == before else moved)


def test_a_control_is_set_again_after_a_step_whose_run_was_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {"p": 0.5, "loss": ["Squared error"]}
    monkeypatch.setattr(streamlit, "session_state", state)
    monkeypatch.setattr(echo, "navigated", lambda: True)
    for name in ("loss", "p"):
        echo.bind(name)
    state["p"] = 0.25  # as it is drawn
    assert not echo.told().awaits()
    monkeypatch.setattr(echo, "navigated", lambda: False)
    state["p"] = 0.75  # as a hand leaves it
    echo.bind("p")
    assert echo.told().awaits("p")
    assert not echo.told().awaits("loss")
    echo.told().drawn = echo.told().number
    state["p"] = 0.5
    echo.bind("p")
    assert state["p"] == 0.5
    assert not echo.told().awaits()


def test_a_number_moved_away_and_back_is_new_each_time() -> None:
    told = Told()
    told.put("w", 1.0, 1.0)
    assert [told.is_new("w", shown) for shown in (1.0, 2.0, 2.0, 1.0, 2.0, 1.0)] == [False, True, False, True, True, True]
    assert not told.awaits()


def test_a_number_from_before_is_an_echo_until_the_later_one_is_drawn() -> None:
    told = Told()
    told.put("w", 1.0, 2.0)
    assert not told.is_new("w", 1.0)
    assert told.settled("w", 1.0) == 2.0
    assert told.awaits("w")
    told.drawn = told.number
    assert not told.awaits()
    assert told.settled("w", 1.0) == 1.0


def test_a_part_gives_way_to_the_page_where_a_control_around_it_shows_what_was_before(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {"seed": "1"}
    monkeypatch.setattr(streamlit, "session_state", state)
    echo.mind("seed", lambda: state["seed"])
    assert not echo.is_overtaken({"seed": "1"})
    echo.put("seed", "2")
    assert not echo.is_overtaken({"seed": "2"})
    state["seed"] = "3"  # somebody's own
    assert not echo.is_overtaken({"seed": "3"})
    state["seed"] = "1"  # a message from before
    assert echo.is_overtaken({"seed": "1"})
    echo.told().drawn = echo.told().number
    assert not echo.is_overtaken({"seed": "1"})


def test_a_part_gives_way_to_the_page_where_more_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {"seed": "3"}
    monkeypatch.setattr(streamlit, "session_state", state)
    for name in ("seed", "rows"):
        echo.mind(name, partial(state.get, name))
    assert not echo.is_overtaken({"seed": "3", "rows": None})
    assert echo.is_overtaken({"seed": "0", "rows": None})
    assert echo.is_overtaken({"seed": "3", "rows": "100"})
