"""A hand on a phone: a swipe scrolls the page wherever it begins, and the point of a chart can be dragged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page

import explorer
from benchmarks.server import Server
from tests.browser.steps import (
    CHART,
    eventually,
    new_tab,
    open_page,
    quantity,
    settle,
    thumb,
    thumb_centre,
    thumb_value,
    wait_until,
)
from tests.browser.test_rows import bin_at

VIEWS = """() => [...document.querySelectorAll('.live-plot')].map(plot => {
  const {xaxis, yaxis, scene} = plot._fullLayout;
  return JSON.stringify(scene ? plot._fullLayout.scene._scene.getCamera().eye : [xaxis.range, yaxis.range]);
})"""
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    with new_tab(browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as page:
        yield page


def touch(hand: CDPSession, *fingers: list[tuple[float, float]]) -> None:
    """Put fingers down, move each along its places, and lift them."""
    paths = list(zip(*fingers, strict=True))
    for k, places in enumerate(paths):
        points = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(places)]
        hand.send("Input.dispatchTouchEvent", {"type": "touchMove" if k else "touchStart", "touchPoints": points})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def line(x: float, y: float, across: float, down: float, steps: int = 12) -> list[tuple[float, float]]:
    return [(x + across * k / steps, y + down * k / steps) for k in range(steps + 1)]


@pytest.mark.parametrize(
    "address", ["binary", "categorical", "network", "network?surface=3-D", "algebra", "losses", "objective", "rows"]
)
def test_a_swipe_over_a_chart_scrolls_the_page_and_leaves_it_but_what_can_be_dragged_is(
    phone: Page, server: Server, address: str
) -> None:
    open_page(phone, f"{server.url}/{address}")
    hand = phone.context.new_cdp_session(phone)
    charts = phone.locator(f"{CHART} .live-plot" + (":has(.gl-container)" if "3-D" in address else ""))
    count = charts.count()
    assert count
    before, said = phone.evaluate(VIEWS), phone.url
    for k in range(count):
        chart = charts.nth(k)
        chart.evaluate("plot => plot.scrollIntoView({block: 'center'})")
        phone.wait_for_timeout(300)
        box = chart.bounding_box()
        assert box is not None
        start = phone.evaluate(SCROLLED)
        touch(hand, line(box["x"] + 0.3 * box["width"], box["y"] + 0.7 * box["height"], 0, -150))
        phone.wait_for_timeout(400)
        wait_until(phone, f"{SCROLLED} > {start + 80}")
    assert phone.evaluate(VIEWS) == before
    assert phone.url == said
    if address == "rows":  # but a tap chooses a bin
        touch(hand, [bin_at(phone, 8)])
        phone.wait_for_url("**bin=8*")
    elif address == "binary":
        a_finger_drags_the_point(phone)
    elif address == "network?surface=3-D":
        two_fingers_turn_a_surface(phone)


def a_finger_drags_the_point(phone: Page) -> None:
    grip = phone.locator(".live-grip").first
    grip.evaluate("grip => grip.scrollIntoView({block: 'center'})")
    phone.wait_for_timeout(300)
    box = grip.bounding_box()
    assert box is not None
    start = phone.evaluate(SCROLLED)
    touch(phone.context.new_cdp_session(phone), line(box["x"] + 16, box["y"] + 16, 90, 40))
    settle(phone)
    assert quantity(phone, "p") > 0.3
    assert phone.evaluate(SCROLLED) == start


def two_fingers_turn_a_surface(phone: Page) -> None:
    chart = phone.locator(".live-plot:has(.gl-container canvas)").first
    chart.evaluate("plot => plot.scrollIntoView({block: 'center'})")
    phone.wait_for_timeout(300)
    box = chart.bounding_box()
    assert box is not None
    before, start = phone.evaluate(VIEWS), phone.evaluate(SCROLLED)
    x, y = box["x"] + 0.4 * box["width"], box["y"] + 0.5 * box["height"]
    touch(phone.context.new_cdp_session(phone), line(x, y, 60, -60), line(x + 60, y, 60, -60))
    phone.wait_for_timeout(300)
    assert eventually(phone, lambda: phone.evaluate(VIEWS) != before)
    assert phone.evaluate(SCROLLED) == start


def test_a_swipe_that_begins_on_a_slider_scrolls_and_a_tap_or_a_drag_moves_its_thumb(phone: Page, server: Server) -> None:
    open_page(phone, f"{server.url}/losses?y=0")
    hand = phone.context.new_cdp_session(phone)
    x, y = thumb_centre(phone, "y")
    touch(hand, line(x + 60, y, 0, -200))
    wait_until(phone, f"{SCROLLED} > 80")
    settle(phone)
    assert thumb_value(phone, "y") == 0
    thumb(phone, "y").evaluate("input => input.scrollIntoView({block: 'center'})")
    phone.wait_for_timeout(300)
    x, y = thumb_centre(phone, "y")
    touch(hand, [(x + 60, y)])
    settle(phone)
    tapped = thumb_value(phone, "y")
    assert tapped > 0.5
    touch(hand, line(x - 60, y, -30, 0))
    settle(phone)
    assert thumb_value(phone, "y") == pytest.approx(-1.5 * tapped, abs=0.1)
    assert explorer.view(phone.url).numbers["y"] == thumb_value(phone, "y")
