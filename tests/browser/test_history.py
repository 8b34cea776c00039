"""Back and Forward: each thing that somebody does is one step, and so is Reset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

import explorer
from benchmarks.server import Server
from tests.browser.steps import (
    CHART,
    eventually,
    go_back,
    go_forward,
    hold_thumb,
    open_page,
    quantity,
    settle,
    thumb,
    thumb_value,
    wait_until,
)
from tests.browser.test_rows import bin_at

Deed = Callable[[Page], None]


def drag(key: str, pixels: int) -> Deed:
    def act(page: Page) -> None:
        thumb(page, key).scroll_into_view_if_needed()
        hold_thumb(page, key, pixels)
        page.mouse.up()

    return act


def keys(key: str, name: str) -> Deed:
    """A burst of keys, as quick as a hand."""

    def act(page: Page) -> None:
        thumb(page, key).focus()
        for _ in range(4):
            page.keyboard.press(name)
            page.wait_for_timeout(120)

    return act


def drag_point(across: int, up: int = 0) -> Deed:
    def act(page: Page) -> None:
        grip = page.locator(".live-grip").first
        grip.evaluate("grip => grip.scrollIntoView({block: 'center'})")  # not under the page's bar
        box = grip.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + across, y - up, steps=6)
        page.mouse.up()

    return act


def enter(selector: str, typed: str) -> Deed:
    def act(page: Page) -> None:
        page.locator(selector).first.fill(typed)
        page.keyboard.press("Enter")

    return act


def press(text: str) -> Deed:
    return lambda page: page.get_by_text(text, exact=True).first.click()


PAGES: dict[str, tuple[Sequence[str], Sequence[Deed]]] = {
    "binary": (
        ("p", "t"),
        (
            drag("p", 60),  # the first action of all: Back stays on the site
            press("Other outcome"),
            drag("t", -90),
            drag("p", 40),
            keys("p", "ArrowRight"),
            drag_point(70),
            enter("[aria-label='Prediction p, exactly']", "0.123456"),
        ),
    ),
    "categorical": (
        ("p1", "p2", "p3"),
        (
            drag("p1", -40),
            lambda page: page.get_by_label("Show row 3").check(),
            drag("p1", 30),
            enter(".live-edit input[type=text]", "0.33"),
            keys("p2", "ArrowLeft"),
        ),
    ),
    "network": (
        ("w1_1_1", "w1_1_2", "b1_1"),
        (
            drag("w1_1_1", 60),
            drag("w1_1_2", 50),
            keys("b1_1", "ArrowRight"),
            drag_point(40),
            press("10 steps"),
        ),
    ),
    "losses": (
        ("y", "t", "delta"),
        (
            drag("y", -40),
            press("Same scale"),
            drag("t", 60),
            drag_point(-50),
            keys("delta", "ArrowRight"),
        ),
    ),
    "rows": (
        ("threshold", "log_T"),
        (drag_point(60), drag("log_T", 50), lambda page: page.mouse.click(*bin_at(page, 6)), press("Confidently wrong")),
    ),
    "objective": (("z", "t"), (drag("z", -60), drag("t", -50), drag_point(40), keys("z", "ArrowRight"))),
    "algebra": (("at-p", "at-t"), (drag("at-p", 60), drag("at-t", -50), keys("at-p", "ArrowLeft"), drag_point(40))),
}


@pytest.mark.parametrize("name", PAGES)
def test_back_undoes_one_deed_and_forward_does_it_again_and_reset_all_of_them(page: Page, server: Server, name: str) -> None:
    controls, deeds = PAGES[name]

    def state() -> tuple[object, ...]:
        shown = f"{quantity(page, 'ece_at_T' if name == 'rows' else 'L'):.12g}"  # the browser may add up in another order
        return page.url, *(thumb_value(page, key) for key in controls), shown

    def reached(look: Callable[[], object], expected: object) -> object:
        """What is seen once it is what is expected, or after a while."""
        eventually(page, lambda: look() == expected)
        return look()

    open_page(page, f"{server.url}/{name}")
    states = [state()]
    for deed in deeds:
        deed(page)
        settle(page)
        states.append(state())
    assert len(set(states)) == len(states)  # each deed did something
    for before in reversed(states[:-1]):
        go_back(page)
        assert reached(state, before) == before
    for after in states[1:]:
        go_forward(page)
        assert reached(state, after) == after
    page.reload()
    page.wait_for_selector(CHART)
    settle(page)
    assert state()[:-1] == states[-1][:-1]
    page.get_by_role("button", name="Reset", exact=True).click()
    settle(page)
    assert reached(state, states[0]) == states[0]
    go_back(page)
    assert reached(lambda: state()[:-1], states[-1][:-1]) == states[-1][:-1]


@pytest.mark.parametrize(
    ("name", "selectors"),
    [
        ("network", (".st-key-rule button >> nth=-1", ".st-key-around summary", ".st-key-versus label >> nth=0")),
        ("losses", (".st-key-loss [aria-label^=Remove]", ".st-key-loss [aria-label='Clear all']")),
    ],
)
def test_what_back_has_undone_can_be_done_again(page: Page, server: Server, name: str, selectors: Sequence[str]) -> None:
    open_page(page, f"{server.url}/{name}")
    for selector in selectors:
        before, done = page.url, []
        for _ in range(2):
            page.locator(selector).first.click()
            settle(page)
            done.append(page.url)
            go_back(page)
        assert done[0] == done[1] != before


def test_back_leads_across_pages_through_every_drag(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/binary")
    states = [page.url]
    for step in (drag("p", 60), "Categorical", drag("p1", -30), "Network", drag("w1_1_1", 30), "Algebra", drag("at-p", 30)):
        if isinstance(step, str):
            page.get_by_role("link", name=step).click()
            page.wait_for_url(f"**/{step.lower()}*")
            expect(page.locator("h1")).to_have_text({"Categorical": "Categorical cross-entropy"}.get(step, step))
            page.wait_for_selector(CHART)
        else:
            step(page)
        settle(page)
        states.append(page.url)
    assert len(set(states)) == len(states)
    for before in reversed(states[:-1]):
        go_back(page)
        assert page.url == before


def test_a_step_back_undoes_also_what_has_not_been_sent_yet(page: Page, server: Server) -> None:
    """The step is made as soon as the address shows a change: Streamlit sends what was changed a moment later."""
    are_steps: list[bool] = []

    def note(message: str | bytes) -> None:
        if isinstance(message, bytes) and (told := BackMsg.FromString(message)).HasField("rerun_script"):
            are_steps.append(told.rerun_script.is_history_navigation)

    page.once("websocket", lambda socket: socket.on("framesent", note))
    open_page(page, f"{server.url}/binary?p=0.3&t=0.6")
    before = page.url, thumb_value(page, "p"), quantity(page, "L")
    page.evaluate(
        """() => {
          const { replaceState } = history;
          history.replaceState = (state, unused, url) => {
            const old = location.href;
            replaceState(state, unused, url);
            if (location.href === old) return;
            history.replaceState = replaceState;
            History.prototype.replaceState.call(history, {}, "", old);
            dispatchEvent(new PopStateEvent("popstate", { state: {} }));
          };
        }"""
    )
    are_steps.clear()
    drag("p", 60)(page)
    settle(page)
    assert are_steps[-2:] == [False, True]
    assert (page.url, thumb_value(page, "p"), quantity(page, "L")) == before


@pytest.mark.parametrize("name", ["binary", "losses"])
def test_a_thumb_let_go_before_a_step_back_is_drawn_stays_where_the_hand_left_it(page: Page, server: Server, name: str) -> None:
    key = PAGES[name][0][0]
    open_page(page, f"{server.url}/{name}")
    for pixels in (60, 30):
        drag(key, pixels)(page)
        settle(page)
    hold_thumb(page, key, -70)
    left = thumb_value(page, key)
    page.evaluate("window.late = 400; history.back()")
    page.wait_for_timeout(200)  # the step is under way
    page.mouse.up()
    settle(page)
    assert thumb_value(page, key) == left
    assert parse_qs(urlsplit(page.url).query)[key] == [f"{left:g}"]
    assert eventually(page, lambda: quantity(page, "L") == pytest.approx(explorer.view(page.url).numbers["L"], rel=1e-9))


def test_a_step_back_sets_what_a_hand_moved_while_the_page_was_at_work(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/network")
    for pixels in (60, -40):
        drag("b1_1", pixels)(page)
        settle(page)
    page.evaluate("history.back()")
    drag("b1_1", 50)(page)
    page.evaluate("history.back()")
    settle(page)
    numbers = explorer.view(page.url).numbers
    assert thumb_value(page, "b1_1") == numbers["b1_1"]
    assert quantity(page, "L") == pytest.approx(numbers["L"], rel=1e-9)


def test_reset_is_heard_in_the_moment_in_which_a_text_is_left(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/losses?f=-0.6&typed=log(1%2Bexp(-y*f))")
    drag("f", 40)(page)
    settle(page)
    go_back(page)
    page.get_by_role("textbox", name="Your own loss").press_sequentially(" + 1")
    page.get_by_role("button", name="Reset", exact=True).evaluate("button => (document.activeElement.blur(), button.click())")
    settle(page)
    assert "?" not in page.url
    assert page.get_by_role("textbox", name="Your own loss").input_value() == ""


@pytest.mark.parametrize("address", ["/losses?loss=huber&y=300", "/binary?p=7"])
def test_one_step_back_leaves_a_link_that_was_put_right(page: Page, server: Server, address: str) -> None:
    open_page(page, f"{server.url}/binary?p=0.4")
    open_page(page, f"{server.url}{address}")
    wait_until(page, f"!location.href.endsWith('{address}')")
    go_back(page)
    assert page.url.endswith("/binary?p=0.4")
