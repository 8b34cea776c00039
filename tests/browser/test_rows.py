"""The page /rows in a browser: a row goes to sliders of another page and back, and files of one's own come, stay and go."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import explorer
from benchmarks.server import Server
from tests.browser.steps import (
    CHART,
    address,
    check_fit_and_access,
    eventually,
    go_back,
    go_forward,
    hold_thumb,
    open_page,
    quantity,
    settle,
    thumb_value,
    trace,
    wait_until,
)


@pytest.mark.parametrize(
    ("path", "page_name", "step"),
    [
        ("rows", "binary", "p"),
        ("rows?data=Five+classes", "categorical", "z3"),
        ("rows?data=Numbers&loss=Huber+loss&delta=0.5", "losses", "y"),
        ("rows?data=Five+classes&split=by+class", "network", "y3"),
    ],
)
def test_a_row_goes_to_sliders_with_its_numbers_and_back_returns(
    page: Page, server: Server, path: str, page_name: str, step: str
) -> None:
    open_page(page, f"{server.url}/{path}")
    url, loss = page.url, float(page.locator(".live-rows tr:nth-child(1) td:last-child").inner_text().replace("−", "-"))
    page.locator(f"a.live-go[href^={page_name}]").first.click()
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


def bin_at(page: Page, k: int) -> tuple[float, float]:
    """Where a bin of the diagram is on the screen, from 1."""
    page.locator(".st-key-reliability-chart").scroll_into_view_if_needed()
    found: list[float] = page.evaluate(
        """k => {
          const plot = document.querySelector('.st-key-reliability-chart .live-plot');
          const {xaxis, yaxis} = plot._fullLayout, {left, top} = plot.getBoundingClientRect();
          return [left + xaxis._offset + xaxis.d2p((k - 0.5) / 15), top + yaxis._offset + 0.3 * yaxis._length];
        }""",
        k,
    )
    return found[0], found[1]


def chosen(page: Page) -> list[int]:
    """The bins that are set off on the diagram."""
    return [k for k, height in enumerate(trace(page, "chosen")["y"], 1) if height]


def test_a_click_on_a_bin_or_its_key_shows_its_rows(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/rows")
    said = page.locator(".st-key-worst-table")
    page.mouse.click(*bin_at(page, 5))
    assert eventually(page, lambda: chosen(page) == [5])
    expect(said).to_contain_text("Bin 5 of 15: rows whose predicted probability at T = 1 is over 0.26667 and up to 0.33333.")
    page.mouse.click(*bin_at(page, 3))
    page.mouse.click(*bin_at(page, 12))  # before the first is answered
    expect(said).to_contain_text("Bin 12 of 15")
    settle(page)
    assert (chosen(page), address(page)) == ([12], {"worst": ["Of a bin"], "bin": ["12"]})
    x, y = bin_at(page, 4)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 90, y, steps=4)  # a drag zooms
    page.mouse.up()
    settle(page)
    assert address(page)["bin"] == ["12"]
    hold_thumb(page, "log_T", 40)
    page.locator(".live-picker").focus()
    for key in ("End", "ArrowLeft", "Enter"):  # while a hand still holds the temperature
        page.keyboard.press(key)
    page.mouse.up()
    settle(page)
    assert address(page)["bin"] == ["14"]
    T = 10 ** thumb_value(page, "log_T")
    assert T > 1.1
    expect(said).to_contain_text(f"Bin 14 of 15: rows whose predicted probability at T = {T:.3f}".rstrip("0"))


def test_page_fits_a_phone_and_is_accessible(page: Page, server: Server) -> None:
    check_fit_and_access(page, f"{server.url}/rows?worst=Of+a+bin&bin=5&classes=true", "dark", 390, 1280)


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
    said = page.locator(".live-upload output")
    said.evaluate("element => element.textContent = ''")
    file.set_input_files(good)  # the same once more
    expect(said).to_have_text(good.name)
    assert page.url == f"{server.url}/rows?files=scores.csv"
    with page.expect_popup() as beside:
        page.locator("a.live-go").first.click()
    assert beside.value.url == f"{server.url}/binary?p=0.25"
    beside.value.close()
    assert page.url == f"{server.url}/rows?files=scores.csv"
    bad.write_text("y_true,y_score\n" + "1,0.25\n0,0.5\n" * 40 + "1,0\n")  # a loss is infinite
    file.set_input_files(bad)
    wait_until(page, "document.querySelector('[data-quantity=mean_loss]')?.dataset.value === 'Infinity'")
    wait_until(page, "document.querySelectorAll('.live-chart[data-ready]').length === 3")


def choose(page: Page, *files: Path) -> None:
    """Choose files by hand."""
    with page.expect_file_chooser() as opened:
        page.locator(".live-upload input").click()
    opened.value.set_files(files)


def test_what_was_chosen_for_a_file_holds_when_it_is_dropped_again(page: Page, server: Server, tmp_path: Path) -> None:
    file = tmp_path / "prices <b>.csv"
    file.write_text("price,price_pred\n" + "7.5,8\n2.5,5.5\n" * 40)
    said = page.locator(".live-upload output")
    open_page(page, f"{server.url}/rows")
    choose(page, file)
    expect(said).to_have_text(file.name)
    settle(page)
    go_back(page)
    expect(said).to_have_text("")
    assert quantity(page, "mean_loss") == pytest.approx(0.621844, abs=1e-6)
    go_forward(page)
    expect(said).to_have_text(file.name)
    page.goto(page.url + "&loss=Huber+loss&delta=0.5")
    expect(said).to_have_text("prices <b>.csv is not here any more: drop it again, and what was chosen for it holds.")
    assert page.locator(".live-chart").count() == 0
    choose(page, file)
    expect(said).to_have_text(file.name)
    settle(page)
    chosen = {"files": [file.name], "loss": ["Huber loss"], "delta": ["0.5"]}
    assert address(page) == chosen
    assert quantity(page, "mean_loss") == pytest.approx((0.5 * 0.5**2 + 0.5 * (3 - 0.25)) / 2, rel=1e-9)
    page.get_by_role("button", name="Remove").click()
    expect(said).to_have_text("")
    settle(page)
    assert address(page) == {}
    go_back(page)
    expect(said).to_contain_text("is not here any more")
    assert address(page) == chosen
    page.goto(page.url + "&truth=price_pred")
    page.get_by_role("button", name="Remove").click()
    expect(said).to_have_text("")
    settle(page)
    assert "truth" not in address(page)
