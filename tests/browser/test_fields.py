"""Fields in which numbers are typed: arrow keys step them, and a field beside a slider follows its thumb."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import Locator, Page, expect

import explorer
from benchmarks.server import Server
from tests.browser.steps import (
    address,
    eventually,
    go_back,
    hold_thumb,
    let_draw,
    open_page,
    quantity,
    settle,
    thumb,
    thumb_value,
)

TOGETHER = """([part, field, text]) => {
  [...document.querySelectorAll('summary')].find(e => e.innerText.includes(part)).click();
  const input = document.querySelector(field);
  input.focus();
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, text);
  input.dispatchEvent(new Event('input', {bubbles: true}));
  input.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}));
}"""
"""Opens a part and types into a field, at once, so that a browser sends one message for both."""


def field(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key} input[type=text]")


def step(page: Page, key: str, *names: str) -> None:
    """Press arrow keys in a field as fast as can be, as a deed of its own: another key parts it from those before."""
    field(page, key).focus()
    page.keyboard.press("Shift")
    for name in names:
        page.keyboard.press(f"Arrow{name}")
    settle(page)


@pytest.mark.parametrize(
    ("path", "key", "start", "names", "end"),
    [
        ("network?data=moons", "row", "1", ["Up"] * 5 + ["Down"] * 2, "4"),
        ("network", "rate", "0.5", ["Up"] * 2 + ["Down"] * 8, "0.08"),
        ("network", "steps", "0", ["Down"] + ["Up"] * 6 + ["Down"], "5"),
        ("network", "seed", "0", ["Up"] * 3, "3"),
        ("categorical", "classes", "3", ["Up"] * 9 + ["Down"], "9"),
    ],
)  # fmt: skip
def test_arrow_keys_step_a_field_and_back_undoes_them_as_one_deed(
    page: Page, server: Server, path: str, key: str, start: str, names: list[str], end: str
) -> None:
    open_page(page, f"{server.url}/{path}")
    before, loss = page.url, quantity(page, "L")
    expect(field(page, key)).to_have_value(start)
    step(page, key, *names)
    expect(field(page, key)).to_have_value(end)
    assert eventually(page, lambda: address(page)[key] == [end])
    after, stepped = page.url, quantity(page, "L")
    step(page, key, "Up")
    go_back(page)
    assert eventually(page, lambda: page.url == after)
    assert eventually(page, lambda: quantity(page, "L") == pytest.approx(stepped, rel=1e-12))
    expect(field(page, key)).to_have_value(end)
    go_back(page)
    assert eventually(page, lambda: page.url == before)
    assert eventually(page, lambda: quantity(page, "L") == pytest.approx(loss, rel=1e-12))
    expect(field(page, key)).to_have_value(start)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_arrow_keys_step_only_numbers_that_can_be_read(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/network")
    for typed, shown in {"2,5": "3", "x": "x", "9": "4", "": ""}.items():
        field(page, "row").fill(typed)
        step(page, "row", "Up")
        expect(field(page, "row")).to_have_value(shown)
    step(page, "sizes", "Up")
    expect(field(page, "sizes")).to_have_value("2-4-1")


def test_the_field_beside_a_slider_follows_its_thumb(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/binary?p=0.123456")
    exactly = page.get_by_role("textbox", name="Prediction p, exactly", exact=True)
    expect(exactly).to_have_value("0.123456")
    draw = random.Random(3)
    hold_thumb(page, "p", 60)
    x, y = page.evaluate("[innerWidth / 4, innerHeight / 2]")
    for _ in range(6):
        page.mouse.move(x + draw.uniform(-100, 100), y)
        let_draw(page)
        assert float(exactly.input_value()) == thumb_value(page, "p") == quantity(page, "p")
    page.mouse.up()
    settle(page)
    moved = thumb_value(page, "p")
    assert moved != 0.123456
    expect(exactly).to_have_value(f"{moved:.10g}")
    go_back(page)
    expect(exactly).to_have_value("0.123456")
    thumb(page, "p").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    settle(page)
    assert float(exactly.input_value()) == quantity(page, "p")
    exactly.fill("1/3")
    hold_thumb(page, "t", -50)  # leaves the field, and so takes what was typed
    page.mouse.up()
    settle(page)
    assert quantity(page, "p") == 1 / 3
    expect(exactly).to_have_value("0.3333333333")
    assert float(page.get_by_role("textbox", name="Target t, exactly").input_value()) == thumb_value(page, "t") < 1


def test_the_field_for_a_vector_and_one_beyond_a_slider_follow_too(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/categorical")
    every = page.get_by_role("textbox", name="Prediction p, all at once")
    hold_thumb(page, "p2", 40)
    assert [float(x) for x in every.input_value().split(", ")] == [thumb_value(page, f"p{k}") for k in (1, 2, 3)]
    page.mouse.up()
    settle(page)
    assert [float(x) for x in every.input_value().split(", ")] == [thumb_value(page, f"p{k}") for k in (1, 2, 3)]
    open_page(page, f"{server.url}/binary?by=logit&z-exactly=40&z=12")
    beyond = page.get_by_role("textbox", name="Logit z, exactly")
    expect(beyond).to_have_value("40")
    hold_thumb(page, "z", -60)
    assert float(beyond.input_value()) == thumb_value(page, "z") < 12
    page.mouse.up()
    settle(page)
    assert float(beyond.input_value()) == thumb_value(page, "z") == quantity(page, "z")


@pytest.mark.parametrize(
    ("path", "part", "key", "text"),
    [
        ("network", "weights", "seed", "7"),
        ("losses", "Facts", "typed", "log(1 + exp(-y*f))"),
        ("objective", "Train with it", "typed", "(y - f)^2"),
    ],
)
def test_what_changes_in_one_moment_with_a_part_of_the_page_is_followed_by_that_part(
    page: Page, server: Server, path: str, part: str, key: str, text: str
) -> None:
    open_page(page, f"{server.url}/{path}")
    page.evaluate(TOGETHER, [part, f".st-key-{key} input[type=text]", text])
    settle(page)
    assert eventually(page, lambda: address(page).get(key) == [text])
    expected = explorer.view(page.url.removeprefix(server.url)).numbers["L"]
    assert eventually(page, lambda: quantity(page, "L") == pytest.approx(expected, rel=1e-12))
