"""Where things stand: what belongs together is seen together, and what is said pushes nothing away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

import explorer
from benchmarks.server import Server
from tests.browser.steps import (
    address,
    eventually,
    go_back,
    hold_thumb,
    open_page,
    quantity,
    settle,
    thumb,
    thumb_centre,
    thumb_value,
)

OPTIONS = "options=label+smoothing&options=class+weights&options=focal&options=temperature&options=ignore+index"
TENTHS = "".join(f"p{k}=0.1&" for k in range(1, 11))
PLACES = """selector => [...document.querySelectorAll(selector)].map(e => e.getBoundingClientRect())
  .map(b => [b.left, b.top, b.right, b.bottom])"""


def places(page: Page, selector: str) -> list[list[float]]:
    """Left, top, right and bottom of each element, in the window."""
    found: list[list[float]] = page.evaluate(PLACES, selector)
    return found


def unseen(page: Page, selector: str) -> list[list[float]]:
    """The places of those elements that stand not wholly within the window of 1280 x 900."""
    found = places(page, selector)
    assert found, selector
    return [box for box in found if not (0 <= box[0] <= box[2] <= 1280 and 0 <= box[1] <= box[3] <= 900)]


@pytest.mark.parametrize(
    ("query", "charts"),
    [
        ("", 2),
        (f"{OPTIONS}&by=logit&target=distribution", 2),
        (f"{OPTIONS}&by=logit&target=distribution&classes=10", 1),
        (f"{OPTIONS}&classes=10", 1),
    ],
)
def test_sliders_loss_bars_and_triangle_are_seen_together(page: Page, server: Server, query: str, charts: int) -> None:
    open_page(page, f"{server.url}/categorical?{query}")
    together = ".st-key-numbers [data-quantity=L], .st-key-classes-chart .live-chart, .st-key-triangle-chart .live-chart"
    keys = page.evaluate(
        """[...document.querySelectorAll('.st-key-sliders [data-testid=stSlider]')].map(
          e => e.closest('[class*=st-key-]').className.match(/st-key-([\\w-]+)/)[1])"""
    )
    assert len(keys) >= 3
    for key in keys:
        page.locator(f".st-key-{key}").scroll_into_view_if_needed()
        assert unseen(page, f".st-key-{key}") == []
        assert unseen(page, together) == []
        assert len(places(page, ".st-key-side-by-side .live-chart")) == charts
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0


@pytest.mark.parametrize(
    ("path", "key", "said"),
    [
        ("categorical", "p1", "L = ∞"),
        ("categorical?classes=10&target=distribution&" + TENTHS + OPTIONS, "p1", "L = ∞"),
        ("categorical?target=distribution&t1=0.9&t2=0.1", "t2", "not 1"),
        ("binary?squared=true", "p", "L = ∞"),
    ],
)
def test_what_a_drag_makes_the_page_say_pushes_nothing_away(page: Page, server: Server, path: str, key: str, said: str) -> None:
    open_page(page, f"{server.url}/{path}")
    assert page.get_by_text(said).count() == 0
    still = "[data-testid=stSlider], .live-chart, .st-key-numbers tr, .st-key-by-class tr, .live-formula:first-child"
    before = places(page, still)
    hold_thumb(page, key, -400)
    page.mouse.up()
    settle(page)
    expect(page.get_by_text(said).first).to_be_visible()
    after = places(page, still)
    assert len(before) == len(after) > 10
    moved = [max(abs(a - b) for a, b in zip(old[:2], new[:2], strict=True)) for old, new in zip(before, after, strict=True)]
    assert max(moved) <= 1


@pytest.mark.parametrize("path", ["binary", "categorical"])
def test_on_a_phone_the_slider_comes_first_then_the_loss_then_the_chart(page: Page, server: Server, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, f"{server.url}/{path}")
    slider, loss, *_ = (
        places(page, selector)[0] for selector in ("[data-testid=stSlider]", ".st-key-numbers [data-quantity=L]")
    )
    charts = [box[1] for box in places(page, ".live-chart")]
    assert slider[1] < loss[1] < min(charts)


def test_reset_opens_the_page_anew_and_back_undoes_it(page: Page, server: Server) -> None:
    for path, key in (
        ("network?sizes=2-3-1&seed=4&steps=20", "w1_1_1"),
        ("rows?data=Five+classes&worst=Of+a+bin&bin=5&bins=10&log_T=0.3&classes=true", "log_T"),
    ):
        open_page(page, f"{server.url}/{path}")
        url, value = page.url, thumb(page, key).input_value()
        page.get_by_role("button", name="Reset", exact=True).click()
        settle(page)
        assert page.url == f"{server.url}/{path.split('?')[0]}"
        assert thumb(page, key).count() == 0 or thumb(page, key).input_value() != value
        go_back(page)
        assert (page.url, thumb(page, key).input_value()) == (url, value)


def test_a_point_moved_away_and_back_before_python_has_answered_ends_where_the_hand_left_it(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/losses")
    page.evaluate("window.late = 400")
    point = page.locator("[data-grip=y]").first

    def grip() -> tuple[float, float]:
        box = point.bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def knob() -> tuple[float, float]:
        return thumb_centre(page, "y")

    def agree() -> bool:
        numbers = explorer.view(page.url).numbers
        return thumb_value(page, "y") == numbers["y"] and quantity(page, "L") == pytest.approx(numbers["L"], rel=1e-9)

    def drag(place: Callable[[], tuple[float, float]], pixels: int) -> Callable[[], bool]:
        x, y = place()
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + pixels, y, steps=3)
        page.mouse.up()
        return lambda: abs(place()[0] - x - pixels) < 2

    for place, pixels in ((grip, -40), (knob, -30)):
        drag(grip, 40)
        stays = drag(place, pixels)
        settle(page)
        assert eventually(page, agree)
        assert eventually(page, stays)


@pytest.mark.parametrize(
    ("name", "key"),
    [("binary", "p"), ("categorical", "p1"), ("algebra", "at-p"), ("losses", "y"), ("objective", "z"), ("rows", "log_T")],
)
def test_a_thumb_moved_right_and_back_left_at_once_stays_where_the_hand_left_it(
    page: Page, server: Server, name: str, key: str
) -> None:
    open_page(page, f"{server.url}/{name}")
    step = "loss_at_T" if name == "rows" else "L"
    for pause, moves in ((0, (60, -30, 45, -50)), (150, (40, -30))):
        for pixels in moves:
            hold_thumb(page, key, pixels)
            page.mouse.up()
            page.wait_for_timeout(pause)
        left = thumb_value(page, key)
        settle(page)
        assert thumb_value(page, key) == left
        assert [float(value) for value in address(page)[key]] == [left]
        assert eventually(page, lambda: quantity(page, step) == pytest.approx(explorer.view(page.url).numbers[step], rel=1e-9))
