"""Share, as somebody uses it: what is copied opens the same view, and what is saved holds it."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import explorer
from benchmarks.server import Server
from tests.browser.steps import eventually, hold_thumb, open_page, quantity, settle


def copied(page: Page, label: str) -> str:
    return page.get_by_label(label, exact=True).input_value()


def saved(page: Page, button: str) -> Path:
    with page.expect_download() as started:
        page.get_by_role("button", name=button, exact=True).click()
    return Path(started.value.path())


def test_what_is_shared_is_the_view_of_now(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/binary?t=0.25&squared=true")
    hold_thumb(page, "p", 40)
    page.mouse.up()
    settle(page)
    loss = quantity(page, "L")
    page.get_by_role("button", name="Share").click()
    settle(page)
    link = copied(page, "Link")
    assert link.startswith(f"{server.url}/binary?")
    assert explorer.view(link).numbers["L"] == loss
    frame = unescape(copied(page, "Frame for a page").split('src="')[1].split('"')[0])
    assert frame == f"{link}&embed=true"
    notebook = copied(page, "In a notebook")
    assert notebook == f"import explorer; explorer.view({explorer.view(link).address!r})"
    numbers = json.loads(saved(page, "Numbers, JSON").read_text())
    assert explorer.view(numbers["address"]) == explorer.view(link)
    assert numbers["numbers"]["L"] == loss
    table = dict(line.split(",") for line in saved(page, "Numbers, CSV").read_text().splitlines())
    assert float(table["L"]) == loss
    assert saved(page, "Loss and its slope as SVG").read_bytes().startswith(b"<svg")
    assert saved(page, "Loss and its slope as PNG").read_bytes().startswith(b"\x89PNG")
    open_page(page, link)
    assert quantity(page, "L") == loss


def test_a_line_is_copied_by_its_button_with_keys_alone(page: Page, server: Server) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, f"{server.url}/binary?p=0.3")
    page.get_by_role("button", name="Share").press("Enter")
    settle(page)
    page.keyboard.press("Tab")
    expect(page.get_by_label("Link", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert eventually(page, lambda: page.evaluate("navigator.clipboard.readText()") == f"{server.url}/binary?p=0.3")


@pytest.mark.parametrize("language", ["PyTorch"])
def test_the_formula_can_be_copied_in_every_language(page: Page, server: Server, language: str) -> None:
    open_page(page, f"{server.url}/binary")
    page.get_by_role("button", name="Share").click()
    settle(page)
    if language != "LaTeX":
        page.get_by_label("Code", exact=True).click()
        page.get_by_role("option", name=language).click()
        settle(page)
    assert page.get_by_test_id("stCode").inner_text().split() == explorer.view("/binary").code(language).split()
