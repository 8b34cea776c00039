"""Losses in their own geometry as a hand meets them on the page /losses: points that it moves, a mask that it paints."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

import explorer
from benchmarks.server import Server
from explorer.live.view import LiveView
from tests.browser.steps import (
    address,
    check_fit_and_access,
    eventually,
    go_back,
    go_forward,
    hold_thumb,
    open_page,
    quantity,
    settle,
    standing_alone,
    thumb_value,
    trace,
)
from tests.browser.test_plane import cell, drag, middle


def grip(page: Page, *names: str) -> Locator:
    return page.locator(f".live-grip[data-grip='{' '.join(names)}']")


def view_of(page: Page) -> LiveView:
    """What Python makes of the page's address."""
    return explorer.view(page.url)


def test_an_alias_beside_a_number_beyond_its_slider_stays_in_the_address(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/losses?loss=smooth+l1&y=300")
    assert eventually(page, lambda: address(page).get("loss") == ["Huber loss"])
    assert address(page)["y-exactly"] == ["300"]


def test_enter_takes_one_loss_of_those_that_match(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/losses?loss=Huber+loss")
    page.get_by_role("combobox").first.fill("cauch")
    page.get_by_role("combobox").first.press("Enter")
    page.get_by_role("combobox").first.fill("loss")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    settle(page)
    assert len(address(page)["loss"]) == 3


def test_what_is_typed_is_a_loss_that_back_and_reset_know(page: Page, server: Server) -> None:
    def enter(text: str) -> None:
        page.get_by_role("textbox", name="Your own loss").fill(text)
        page.keyboard.press("Enter")
        settle(page)

    def shown() -> tuple[object, ...]:
        return address(page), quantity(page, "L"), page.locator(".live-alert").all_inner_texts()

    open_page(page, f"{server.url}/losses")
    states = [shown()]
    for deed in ("log(1 + exp(-y*f))", "Hinge loss", "drag", "log(1 + exp(-y*f)", "log(1 + exp(-y*f))/T"):
        if deed == "drag":
            page.keyboard.press("Escape")
            hold_thumb(page, "f", 40)
            page.mouse.up()
            settle(page)
        elif deed == "Hinge loss":
            page.get_by_role("combobox").first.fill(deed)
            page.keyboard.press("Enter")
            settle(page)
        else:
            enter(deed)
        states.append(shown())
    assert list(address(page)) == ["f", "loss", "typed"]
    assert quantity(page, "L") == pytest.approx(view_of(page).numbers["L"], rel=1e-12)
    assert [len(alerts) for *_, alerts in states if isinstance(alerts, list)] == [0, 0, 0, 0, 1, 0]
    for number, before in enumerate(reversed(states[:-1])):
        go_back(page)
        assert shown()[:2] == before[:2], number
    for after in states[1:]:
        go_forward(page)
        assert shown()[:2] == after[:2]
    page.get_by_role("button", name="Reset", exact=True).click()
    assert eventually(page, lambda: address(page) == {} and quantity(page, "L") == 2.25)
    go_back(page)
    assert shown() == states[-1]


def test_what_a_symbol_may_be_stays_in_the_address_when_another_is_predicted(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/losses?typed=(y-x)^2/2")
    page.get_by_text("What the symbols are").click()
    settle(page)
    for label, option in (("Predicted", "y"), ("x may be", "above 0")):
        page.get_by_role("combobox", name=label, exact=True).click()
        page.get_by_role("option", name=option, exact=True).click()
        settle(page)
    assert (address(page)["by"], address(page)["domain_x"]) == (["y"], ["above 0"])


def test_a_hand_moves_a_point_whose_sliders_are_folded(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/losses?loss=triplet&p1=0.5")
    x, y = middle(grip(page, "n1", "n2"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 40, steps=5)
    assert eventually(page, lambda: quantity(page, "n1") < -1.5)
    page.mouse.up()
    settle(page)
    found = view_of(page)
    assert {"n1", "n2", "p1"} <= set(address(page))
    assert (thumb_value(page, "n1"), thumb_value(page, "n2")) == (found.numbers["n1"], found.numbers["n2"])
    for name in ("n1", "n2", "L", "by_n1", "by_a2"):
        assert quantity(page, name) == pytest.approx(found.numbers[name], rel=1e-12)
    assert trace(page, "point-n1-n2")["x"] == [found.numbers["n1"]]
    grip(page, "n1", "n2").focus()
    page.keyboard.press("ArrowRight")
    settle(page)
    assert quantity(page, "n1") == pytest.approx(found.numbers["n1"] + 0.01)


def test_a_hand_paints_a_mask_which_the_address_holds(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/losses?loss=dice&brush=0.8")
    drag(page, cell(page, 1), cell(page, 3))
    settle(page)
    assert address(page)["mask"] == ["888" + "." * 61]
    drag(page, cell(page, 2), cell(page, 2))
    settle(page)
    assert address(page)["mask"] == ["808" + "." * 61]
    assert quantity(page, "L") == pytest.approx(view_of(page).numbers["L"], rel=1e-12)
    page.get_by_text("Ring", exact=True).click()
    settle(page)
    assert address(page)["shape"] == ["Ring"]
    assert quantity(page, "FN_L") == pytest.approx(view_of(page).numbers["FN_L"], rel=1e-12)
    assert trace(page, "prediction")["z"][0][:3] == [0.8, 0, 0.8]
    for k in (58, 60, 62, 64):  # quicker than the server answers
        page.mouse.click(*cell(page, k))
    settle(page)
    assert eventually(page, lambda: address(page)["mask"] == ["808" + "." * 54 + "8.8.0.8"])


@pytest.mark.parametrize(("query", "scheme"), [("infonce", "dark"), ("dice", "light"), ("hinge&typed=e*y^2", "dark")])
def test_pictures_fit_the_screen_and_pass_axe(page: Page, server: Server, query: str, scheme: str) -> None:
    check_fit_and_access(page, f"{server.url}/losses?loss={query}", scheme, 390)


def test_pictures_follow_a_hand_without_a_server(browser: Browser, tmp_path: Path) -> None:
    for name, inputs in (("multiclass_hinge", ("z1", "z2", "z3")), ("ipo", ("w", "l"))):
        file = tmp_path / f"{name}.html"
        view = explorer.view(f"/losses?loss={name}")
        file.write_text(view.to_html(), encoding="utf-8")
        with standing_alone(browser, file) as alone:
            x, y = middle(grip(alone, *inputs))
            drag(alone, (x, y), (x + 25, y - 15))
            found = explorer.view(f"{view.address}&" + "&".join(f"{key}={quantity(alone, key)!r}" for key in inputs))
            assert found.numbers[inputs[0]] != view.numbers[inputs[0]]
            assert quantity(alone, "L") == pytest.approx(found.numbers["L"], rel=1e-12)
            assert quantity(alone, "L") != pytest.approx(view.numbers["L"], rel=1e-3)


def test_labels_of_large_numbers_leave_room_for_the_titles_of_their_axes(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/losses?loss=Squared+error&y-exactly=1e70&t-exactly=-1e70")
    labels, covered = page.evaluate(
        """() => {
          const boxes = (names) => [...document.querySelectorAll(names)].map((text) => text.getBoundingClientRect());
          const labels = boxes('.ytick text, .y2tick text');
          const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
          const covered = boxes('.ytitle, .y2title').filter((title) => labels.some((label) => meets(title, label)));
          return [labels.length, covered.length];
        }"""
    )
    assert labels > 4
    assert covered == 0
