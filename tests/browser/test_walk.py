"""Hands, keys, Back, Forward and Reset in any order and at any moment: in the end all on the page is of one state."""

from __future__ import annotations

import os
from contextlib import suppress
from random import Random
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Error, Page

import explorer
from benchmarks.server import Server
from tests.browser.steps import address, hold_thumb, open_page, quantity, settle, thumb, thumb_centre, thumb_value

WALKS = range(int(os.environ.get("WALKS", "1")))
SLIDERS = {
    "binary": ("p", "t"),
    "categorical": ("p1", "p2"),
    "losses": ("y", "t", "delta"),
    "network": ("w1_1_1", "b1_1"),
    "objective": ("z", "t"),
}
DEEDS = ("hold", "let go", "drag", "arrow", "back", "back", "forward", "reset")
DELAYS = (0, 0, 150, 400)
"""Milliseconds that what the server sends may take."""
PAUSES = (0, 0, 0, 5, 30, 100, 250, 500)
"""Milliseconds between two deeds."""


class Walk:
    """Deeds at random, some of which meet a page that is being drawn."""

    def __init__(self, page: Page, name: str, seed: int) -> None:
        self.page, self.sliders, self.choice = page, SLIDERS[name], Random(f"{name} {seed}")
        self.held = False

    def deed(self, name: str) -> None:
        """Do something, if it can be done while a thumb is held or not."""
        key = self.choice.choice(self.sliders)
        if name in ("hold", "drag") and not self.held:
            x, y = thumb_centre(self.page, key)
            self.page.mouse.move(x, y)
            self.page.mouse.down()
            self.held = True
            self.page.mouse.move(x + self.choice.choice((-50, 30)), y, steps=3)
        if name in ("let go", "drag") and self.held:
            self.page.mouse.up()
            self.held = False
        if name == "arrow":
            thumb(self.page, key).press(self.choice.choice(("ArrowLeft", "ArrowRight")))
        if name in ("back", "forward"):
            self.page.evaluate(f"navigation.canGo{name.title()} && history.{name}()")  # which is not to leave the page
        if name == "reset" and not self.held:
            self.page.get_by_role("button", name="Reset", exact=True).click()

    def go(self) -> None:
        """Move two sliders, so that there is something to go back to, and then do anything."""
        for _ in range(2):
            hold_thumb(self.page, self.choice.choice(self.sliders), self.choice.choice((-60, 40, 70)))
            self.page.mouse.up()
            settle(self.page)
        self.page.evaluate(f"window.late = {self.choice.choice(DELAYS)}")
        steps = 2
        for _ in range(self.choice.randrange(3, 9)):
            name = self.choice.choice(DEEDS)
            steps -= name == "back"
            if steps < 0:  # it would leave the page
                break
            with suppress(Error):  # what was aimed at is being drawn anew
                self.deed(name)
            self.page.wait_for_timeout(self.choice.choice(PAUSES))
        self.page.mouse.up()
        settle(self.page)


@pytest.mark.parametrize("seed", WALKS)
@pytest.mark.parametrize("name", SLIDERS)
def test_sliders_and_loss_are_those_of_the_address_whatever_was_done(page: Page, server: Server, name: str, seed: int) -> None:
    open_page(page, f"{server.url}/{name}")
    Walk(page, name, seed).go()
    numbers = explorer.view(page.url).numbers
    assert {key: thumb_value(page, key) for key in SLIDERS[name]} == {key: numbers[key] for key in SLIDERS[name]}
    assert quantity(page, "L") == pytest.approx(numbers["L"], rel=1e-9)


def test_losses_that_a_hand_changes_before_a_step_is_drawn_are_those_of_the_address(page: Page, server: Server) -> None:
    chosen = ("Huber loss", "Cauchy loss", "Welsch loss", "Log-cosh loss", "Squared error")
    open_page(page, f"{server.url}/losses?{urlencode([('loss', loss) for loss in chosen])}")
    remove = page.locator(".st-key-loss button[aria-label^=Remove]")
    for _ in range(2):
        remove.first.click()
        settle(page)
    page.evaluate("window.late = 400")
    page.evaluate("history.back()")
    box = remove.first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settle(page)
    tags = page.evaluate("[...document.querySelectorAll('.st-key-loss [data-tag]')].map((tag) => tag.ariaLabel)")
    assert tags == address(page)["loss"]
