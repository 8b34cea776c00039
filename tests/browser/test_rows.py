"""The page /rows in a browser: a row goes to sliders of another page and back, and files of one's own come, stay and go."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import explorer
from benchmarks.server import Server
from tests.browser.steps import CHART, eventually, open_page, quantity, settle, wait_until


@pytest.mark.parametrize(
    ("address", "page_name", "step"),
    [
        ("rows", "binary", "p"),
        ("rows?data=Five+classes", "categorical", "z3"),
        ("rows?data=Numbers&loss=Huber+loss&delta=0.5", "losses", "y"),
    ],
)
def test_a_row_goes_to_sliders_with_its_numbers_and_back_returns(
    page: Page, server: Server, address: str, page_name: str, step: str
) -> None:
    open_page(page, f"{server.url}/{address}")
    url, loss = page.url, float(page.locator(".live-rows tr:nth-child(1) td:last-child").inner_text().replace("−", "-"))
    page.locator("a.live-go").first.click()
    page.wait_for_url(f"**/{page_name}?*")
    expect(page.locator("h1")).not_to_have_text("Rows")
    page.wait_for_selector(CHART)
    settle(page)
    asked = explorer.view(page.url)
    assert asked.refused == ()
    assert eventually(page, lambda: quantity(page, step) == pytest.approx(asked.numbers[step], rel=1e-12))
    assert quantity(page, "L") == pytest.approx(loss, rel=1e-4)
    page.go_back()
    page.wait_for_url(url)
    expect(page.locator("h1")).to_have_text("Rows")


def test_own_files_are_refused_or_taken_and_a_row_of_them_opens_beside(page: Page, server: Server, tmp_path: Path) -> None:
    good, bad = tmp_path / "scores.csv", tmp_path / "broken.csv"
    good.write_text("y_true,y_score\n" + "1,0.25\n0,0.5\n" * 40)
    bad.write_text("y_true,y_score\n1,0.25\n0,many\n")
    open_page(page, f"{server.url}/rows")
    file = page.locator("input[type=file]")
    file.set_input_files(bad)
    expect(page.locator(".live-alert")).to_contain_text("column 'y_score': a number was expected; got 'many'.")
    file.set_input_files(good)
    wait_until(page, "document.querySelector('[data-quantity=mean_loss]')?.dataset.value.startsWith('1.039')")
    settle(page)
    assert page.url == f"{server.url}/rows"
    with page.expect_popup() as beside:
        page.locator("a.live-go").first.click()
    assert beside.value.url == f"{server.url}/binary?p=0.25"
    beside.value.close()
    assert page.url == f"{server.url}/rows"
