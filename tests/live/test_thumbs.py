"""What the browser tells Python of thumbs: which numbers still stand, and what has been drawn before a hand moves on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from py_mini_racer import MiniRacer

from tests.live.scripts import engine

THUMBS = """
  const addEventListener = () => {}, CSS = {escape: name => name};
  class HTMLInputElement { set value(text) {} }
  const shown = {};
  const document = {querySelector: selector => shown[selector.match(/st-key-(\\S+)/)[1]] ?? null};
"""
LISTENING = """
  let listeners = [], drawn = [];
  class AbortController { signal = {aborted: false}; abort() { this.signal.aborted = true; } }
  const addEventListener = (type, hear, {capture, signal}) => listeners.push({type, hear, capture, signal});
  const happen = (type, inside) => {
    const target = {closest: selector => inside && selector.includes(inside) ? target : null};
    for (const one of [...listeners]) if (one.type === type && one.capture && !one.signal.aborted) one.hear({target});
  };
  const mark = {isConnected: true}, parentElement = {querySelector: () => mark};
  const setStateValue = (name, number) => drawn.push([name, number]);
"""


def evaluate(browser: MiniRacer, source: str) -> Any:
    return json.loads(str(browser.eval(f"JSON.stringify((() => {{ {source} }})() ?? null)")))


@pytest.mark.parametrize(
    ("thumb", "stands"), [(None, True), (0.5, True), (0.505, True), (0.4951, True), (0.51, False), (0.49, False), (0.2, False)]
)
def test_a_number_let_go_of_stands_until_its_thumb_has_moved_on(thumb: float | None, stands: bool) -> None:
    browser = engine("parts/thumbs.js", page=THUMBS)
    if thumb is not None:
        browser.eval(f"shown['page-p'] = {{valueAsNumber: {thumb}, step: '0.01'}}")
    expected = {"p": 0.5, "t": 1} if stands else {"t": 1}
    assert evaluate(browser, "return script.standing({p: 0.5, t: 1}, 'page-');") == expected


@pytest.mark.parametrize("deed", ["pointerdown", "keydown", "change"])
def test_before_a_hand_changes_a_control_python_is_told_once_what_has_been_drawn(deed: str) -> None:
    browser = engine("echo.js", page=LISTENING)
    told = f"""
      const draw = number => script.default({{data: {{number}}, parentElement, setStateValue}});
      const after = [];
      draw(7);
      happen("{deed}", ""); after.push([...drawn]); // on what is no control
      draw(8); // again, as when the theme changes
      happen("{deed}", "stSlider"); happen("{deed}", "stSlider"); after.push([...drawn]);
      draw(9);
      mark.isConnected = false; // the page has gone on
      happen("{deed}", "stSlider"); after.push([...drawn]);
      return after;
    """
    assert evaluate(browser, told) == [[], [["drawn", 8]], [["drawn", 8]]]
