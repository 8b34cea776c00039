"""The page /doctor as a person meets it: something is told, put right, looked at, and gone back to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from benchmarks.server import Server
from tests.browser.steps import (
    address,
    check_fit_and_access,
    eventually,
    go_back,
    go_forward,
    open_page,
    paste,
    quantity,
    settle,
)


def tell(page: Page, label: str, text: str) -> None:
    """Type into a field and leave it."""
    page.get_by_role("textbox", name=label, exact=True).fill(text)
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Tab")
    settle(page)


def test_what_is_told_is_explained_and_back_undoes_it(page: Page, server: Server) -> None:
    told = page.get_by_role("textbox", name="Loss, sentence or log")
    findings = page.locator(".live-findings")
    open_page(page, f"{server.url}/doctor")
    expect(findings).to_contain_text("ln 10 = 2.3026")
    tell(page, "Loss, sentence or log", "16.118")
    expect(findings).to_contain_text("−ln 1e-7 = 16.118")
    page.get_by_role("combobox", name="Framework").click()
    page.get_by_role("option", name="PyTorch").click()
    settle(page)
    expect(findings).to_contain_text("In PyTorch: ")
    assert address(page) == {"told": ["16.118"], "is_framework": ["PyTorch"]}
    go_back(page)
    expect(findings).not_to_contain_text("In PyTorch: ")
    tell(page, "Loss", "0.6931")
    expect(findings).to_contain_text("ln 2 = 0.69315")
    tell(page, "Classes", "many")
    expect(page.get_by_role("alert")).to_contain_text("got many.")
    expect(findings).to_contain_text("ln 2 = 0.69315")
    assert address(page) == {"told": ["16.118"], "is_loss": ["0.6931"], "is_classes": ["many"]}
    go_back(page)
    go_back(page)
    expect(findings).to_contain_text("−ln 1e-7 = 16.118")
    go_back(page)
    expect(told).to_have_value("Loss stuck at 2.302, 10 classes")
    go_forward(page)
    expect(told).to_have_value("16.118")
    page.get_by_role("button", name="Reset", exact=True).click()
    settle(page)
    expect(told).to_have_value("Loss stuck at 2.302, 10 classes")
    assert address(page) == {}


def test_the_fault_is_seen_on_its_page_and_back_returns(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/doctor?told=0.6931")
    page.get_by_role("link", name="See it", exact=True).first.click()
    page.wait_for_url("**/binary?*")
    settle(page)
    assert quantity(page, "L") == pytest.approx(0.6931, abs=5e-5)
    assert eventually(page, lambda: quantity(page, "p") == 0.5)
    go_back(page)
    page.wait_for_url("**/doctor?told=0.6931")
    expect(page.locator(".live-findings")).to_contain_text("ln 2 = 0.69315")


def test_a_long_log_is_pasted_at_once(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/doctor?told=0.6931")
    told = page.get_by_role("textbox", name="Loss, sentence or log")
    told.select_text()
    paste(told, "epoch 1 loss 2.3 acc 0.1\n" * 2000)
    expect(told).to_have_value("epoch 1 loss 2.3 acc 0.1\n" * 2000)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".st-key-understood")).to_contain_text("2000 rows of log lines")
    told.press("Control+A")
    assert told.evaluate("field => [field.selectionStart, field.selectionEnd === field.value.length]") == [0, True]
    told.press("Delete")
    expect(told).to_have_value("")
    go_back(page)
    expect(told).to_have_value("0.6931")


def test_a_dropped_file_is_looked_at_and_shown_on_rows(page: Page, server: Server, tmp_path: Path) -> None:
    swapped, broken = tmp_path / "swapped.csv", tmp_path / "broken.csv"
    swapped.write_text("y_true,y_score\n" + "1,0.1\n0,0.9\n" * 40)
    broken.write_text("y_true,y_score\n1,0.25\n0,many\n")
    told, file = page.get_by_role("textbox", name="Loss, sentence or log"), page.locator("input[type=file]")
    open_page(page, f"{server.url}/doctor")
    file.set_input_files(broken)
    expect(page.locator(".live-alert")).to_have_text("broken.csv, line 3, column 'y_score': a number was expected; got 'many'.")
    expect(told).to_have_value("Loss stuck at 2.302, 10 classes")
    file.set_input_files(swapped)
    expect(page.locator(".live-findings")).to_contain_text("Only 0 % are right, and 100 % would be the other way round.")
    expect(told).to_have_value("")
    settle(page)
    assert page.url == f"{server.url}/doctor?files=swapped.csv"
    page.get_by_role("link", name="See these rows by class").click()
    page.wait_for_url("**/rows?*classes=true*")
    assert eventually(page, lambda: quantity(page, "mean_loss") == pytest.approx(2.302585, abs=1e-6))
    go_back(page)
    expect(page.locator(".live-findings")).to_contain_text("Only 0 % are right")
    page.get_by_role("button", name="Remove").click()
    expect(told).to_have_value("Loss stuck at 2.302, 10 classes")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_and_everybody_can_use_it(page: Page, server: Server, scheme: Any) -> None:
    log = "%0A".join(f"epoch {k} loss {2.5 / k:.3f} val_loss {1 + (k - 4) ** 2 / 9:.3f}" for k in range(1, 12))
    check_fit_and_access(page, f"{server.url}/doctor?told={log}&constants=true", scheme, 1280, 390)
    check_fit_and_access(page, f"{server.url}/doctor", scheme, 700)
