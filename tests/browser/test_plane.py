"""Points in a plane and a mask to paint, as a hand with a mouse, fingers or keys meets them; without a server, and with one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

from benchmarks.geometry import CELLS, PLACES, mask, mask_chart, plane_chart
from benchmarks.geometry import page as page_of_chart
from tests.browser.steps import (
    eventually,
    leave,
    let_draw,
    open_page,
    quantity,
    served,
    settle,
    standing_alone,
    trace,
    wait_until,
)
from tests.browser.test_touch import line, touch

Place = tuple[float, float]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("geometry")
    for chart in (plane_chart(), mask_chart()):
        (folder / f"{chart.key}.html").write_text(page_of_chart(chart), encoding="utf-8")
    return folder


@pytest.fixture
def plane(browser: Browser, files: Path) -> Iterator[Page]:
    with standing_alone(browser, files / "plane.html") as page:
        yield page


@pytest.fixture
def painting(browser: Browser, files: Path) -> Iterator[Page]:
    with standing_alone(browser, files / "mask.html") as page:
        yield page


def middle(found: Locator) -> Place:
    box = found.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, *places: Place) -> None:
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=4)
    page.mouse.up()
    let_draw(page)


def place_of(page: Page, k: int) -> Place:
    """Where a point is, in numbers of the plane, once it is drawn."""
    let_draw(page)
    point = trace(page, f"point-x{k}-y{k}")
    return point["x"][0], point["y"][0]


def cell(page: Page, k: int) -> Place:
    """Where the middle of a cell is on the screen; they are counted from 1."""
    box = page.locator(".live-brush").bounding_box()
    assert box is not None
    row, column = divmod(k - 1, 8)
    return box["x"] + (column + 0.5) * box["width"] / 8, box["y"] + (row + 0.5) * box["height"] / 8


def predicted(page: Page) -> dict[str, float]:
    """The cells of the mask that are not as at first."""
    z = [p for row in trace(page, "prediction")["z"] for p in row]
    return {f"p{k}": p for k, p in zip(CELLS, z, strict=True) if p != mask()[f"p{k}"]}


def loss(chart: Any) -> float:
    given = {symbol.name: chart.values.get(symbol.name, 0.0) for symbol in chart.program.inputs}
    return float(chart.program.evaluate(given, ["L"])["L"])


def test_a_hand_moves_a_point_along_both_axes_and_over_another_and_so_do_keys(plane: Page) -> None:
    anchor, positive, _ = (middle(grip) for grip in plane.locator(".live-grip").all())
    drag(plane, anchor, positive, (positive[0] + 2, positive[1] - 60))
    x, y = place_of(plane, 1)
    assert x == pytest.approx(PLACES["x2"], abs=0.05)
    assert y > PLACES["y2"] + 0.5
    assert [place_of(plane, k) for k in (2, 3)] == [(1.5, 0.5), (-0.5, -1.0)]  # what it came over stays
    assert quantity(plane, "L") == pytest.approx(loss(plane_chart(PLACES | {"x1": x, "y1": y})), rel=1e-12)
    grip = plane.get_by_role("slider", name="anchor: x1 and y1, on the chart")
    assert middle(grip) == pytest.approx((positive[0] + 2, positive[1] - 60), abs=1.5)
    label = plane.locator(".textpoint", has_text="anchor").bounding_box()
    assert label is not None
    assert label["x"] < middle(grip)[0] < label["x"] + label["width"]  # beside its point
    drag(plane, middle(grip), (4, 4))
    assert place_of(plane, 1) == (-3, 3)  # as far as its limits

    grip = plane.locator(".live-grip").nth(2)
    grip.focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowUp"):
        plane.keyboard.press(key)
    assert place_of(plane, 3) == (-0.49, -0.98)
    assert grip.get_attribute("aria-valuetext") == "−0.49, −0.98"
    plane.keyboard.down("ArrowUp")
    plane.keyboard.press("Tab")
    plane.keyboard.up("ArrowUp")  # elsewhere
    drag(plane, middle(grip), (middle(grip)[0] + 40, middle(grip)[1]))
    assert place_of(plane, 3)[0] > 0


def test_a_hand_paints_out_of_the_mask_and_in_again_and_lets_go_outside_and_so_do_keys(painting: Page) -> None:
    beside = cell(painting, 1)[0] - 60
    drag(
        painting,
        cell(painting, 1),
        cell(painting, 3),
        (beside, cell(painting, 3)[1]),
        (beside, cell(painting, 9)[1]),
        cell(painting, 9),
    )
    assert predicted(painting) == dict.fromkeys(("p1", "p2", "p3", "p9"), 1)
    painted = mask() | predicted(painting)
    assert quantity(painting, "L") == pytest.approx(loss(mask_chart(painted)), rel=1e-12)
    share = mask_chart(painted).figure.data[1].z
    assert trace(painting, "share")["z"] == [pytest.approx(row, rel=1e-9) for row in share.tolist()]
    drag(painting, cell(painting, 2), (-30, cell(painting, 1)[1]))
    assert predicted(painting) == {"p2": 0, "p1": 0, "p3": 1, "p9": 1}  # a press on a full cell empties
    painting.mouse.move(*cell(painting, 64))
    drag(painting, (cell(painting, 1)[0] - 60, cell(painting, 1)[1]), cell(painting, 8))
    assert len(predicted(painting)) == 4  # begun on no cell, it paints nothing

    painting.get_by_role("slider", name="prediction").focus()
    for key in ("ArrowRight", "ArrowDown", " "):
        painting.keyboard.press(key)
    let_draw(painting)
    assert predicted(painting)["p10"] == 1
    assert painting.locator(".live-brush").get_attribute("aria-valuetext") == "row 2, column 2: 1"


def check(page: Page) -> None:
    """Nothing is cut off, and axe finds no barrier."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True) as context:
        yield context.new_page()


def test_on_a_phone_each_finger_moves_its_own_point(phone: Page, files: Path) -> None:
    phone.goto((files / "plane.html").as_uri())
    phone.wait_for_selector("main[data-ready]")
    check(phone)
    hand = phone.context.new_cdp_session(phone)
    fingers = [middle(grip) for grip in phone.locator(".live-grip").all()][1:]
    touch(hand, *(line(*finger, 0, 30 * way) for finger, way in zip(fingers, (-1, 1), strict=True)))
    let_draw(phone)
    assert place_of(phone, 1) == (0, 0)
    assert place_of(phone, 2)[1] > PLACES["y2"] + 0.3
    assert place_of(phone, 3)[1] < PLACES["y3"] - 0.3


def test_on_a_phone_a_finger_paints_and_the_page_stays(phone: Page, files: Path) -> None:
    phone.emulate_media(color_scheme="dark")
    phone.goto((files / "mask.html").as_uri())
    phone.wait_for_selector("main[data-ready]")
    check(phone)
    hand = phone.context.new_cdp_session(phone)
    first, last = cell(phone, 1), cell(phone, 57)
    touch(hand, line(*last, 0, first[1] - last[1], 4))
    let_draw(phone)
    column = dict.fromkeys((f"p{k}" for k in range(1, 58, 8)), 1)
    assert predicted(phone) == column
    touch(hand, line(*cell(phone, 4), 0, 30), line(*cell(phone, 6), 0, 30))
    let_draw(phone)
    assert predicted(phone) == column  # two fingers are the browser's, to zoom: they paint nothing
    assert phone.evaluate("scrollY") == 0
    touch(hand, line(last[0], last[1] + 60, 0, -150))
    wait_until(phone, "scrollY > 20")  # beside the mask, it scrolls


SCRIPT = """
import time

import streamlit as st

from benchmarks.geometry import CELLS, mask, mask_chart
from explorer.live import live


def take(numbers):
    time.sleep(0.4)
    st.session_state.painted |= numbers  # the address is as the browser had it in its message
    st.query_params.from_dict({name: str(value) for name, value in st.session_state.painted.items()})


live.style()
st.session_state.painted = {name: float(value) for name, value in st.query_params.items()}
live.show_chart(mask_chart(mask() | st.session_state.painted), on_commit=take)
"""


def test_strokes_in_quick_succession_all_arrive_and_back_undoes_them(page: Page, tmp_path: Path) -> None:
    with served(tmp_path, SCRIPT) as url:
        open_page(page, url)
        for k in (1, 3, 5):  # each while the one before is on its way
            drag(page, cell(page, k), cell(page, k + 1))
            assert predicted(page) == dict.fromkeys((f"p{j}" for j in range(1, k + 2)), 1)
        page.mouse.move(*cell(page, 33))
        page.mouse.down()
        page.mouse.move(*cell(page, 34))
        settle(page)  # what the hand holds stays when the answer comes
        assert predicted(page) == dict.fromkeys((f"p{j}" for j in (*range(1, 7), 33, 34)), 1)
        page.mouse.move(*cell(page, 35))
        page.mouse.up()
        settle(page)
        painted = dict.fromkeys((f"p{j}" for j in (*range(1, 7), 33, 34, 35)), 1)
        assert predicted(page) == painted
        assert page.evaluate("location.search.slice(1).split('&').sort().join()") == ",".join(
            sorted(f"{name}=1.0" for name in painted)
        )
        drag(page, cell(page, 60), cell(page, 60))
        settle(page)
        assert "p60=1.0" in page.url
        page.go_back()
        assert eventually(page, lambda: predicted(page) == painted)
        assert "p60" not in page.url
        leave(page)  # while its server is there: it would look for it, and log that there is none
