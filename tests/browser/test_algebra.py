"""The page /algebra as a person with a mouse, a keyboard or a link meets it."""

from __future__ import annotations

from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from benchmarks.server import Server
from tests.browser.steps import (
    CHART,
    address,
    check_fit_and_access,
    eventually,
    go_back,
    hold_thumb,
    open_page,
    quantity,
    settle,
    thumb_value,
    trace,
    wait_until,
)

ENDLESS = {"start": "typed", "typed": "(a + b + c + d + e + f)^90", "chain": "expand"}
SLOPE = "differentiate p; factor"


def at(server: Server, **query: str) -> str:
    return f"{server.url}/algebra?{urlencode(query)}"


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list by its label."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def see(page: Page, text: str) -> None:
    """Wait for a text, also of a page that asks every 0.1 s how far a step is, and so is not at rest."""
    expect(page.get_by_text(text).first).to_be_visible(timeout=30_000)


def wait_for_text(page: Page, text: str) -> None:
    see(page, text)
    settle(page)


def formulas(page: Page) -> list[str]:
    """The LaTeX of each formula that is set, as its author wrote it."""
    return [text.strip() for text in page.locator(".katex annotation").all_text_contents()]


def test_a_chain_is_built_step_by_step_and_undone_and_what_is_typed_wrong_changes_nothing(page: Page, server: Server) -> None:
    open_page(page, at(server))
    choose(page, "Next step", "Differentiate")
    page.get_by_role("button", name="Apply").click()
    wait_for_text(page, "differentiate by p")
    assert "chain" in address(page)
    choose(page, "Next step", "Factor")
    page.get_by_role("button", name="Apply").click()
    wait_for_text(page, "Agrees at 20 points to 1e-10.")
    assert address(page)["chain"] == [SLOPE]
    assert formulas(page)[-1] == r"\frac{p - t}{p \left(1 - p\right)}"
    choose(page, "Next step", "Multiply by")
    page.get_by_role("textbox", name="Expression", exact=True).fill("__import__('os')")
    page.keyboard.press("Enter")
    settle(page)
    assert page.get_by_role("alert").count() == 1
    assert page.get_by_role("textbox", name="Expression", exact=True).input_value() == "__import__('os')"
    assert address(page)["chain"] == [SLOPE]
    choose(page, "Next step", "Divide by")
    page.get_by_role("textbox", name="Expression", exact=True).fill("2*(p - t)")
    page.keyboard.press("Enter")
    wait_for_text(page, "divide by 2*(p - t)")
    assert formulas(page)[-1] == r"\frac{1}{2 p \left(1 - p\right)}"
    assert quantity(page, "L") == pytest.approx(1 / (2 * 0.2 * 0.8), rel=1e-12)
    page.get_by_role("button", name="Undo").click()
    settle(page)
    assert address(page)["chain"] == [SLOPE]
    assert len(formulas(page)) == 3
    go_back(page)
    assert len(formulas(page)) == 4


def test_the_plot_the_numbers_and_the_slope_follow_a_thumb_and_a_hand_on_the_curve(page: Page, server: Server) -> None:
    open_page(page, at(server, chain="differentiate p", **{"at-p": "0.2", "at-t": "0.5"}))
    hold_thumb(page, "at-p", 30)
    p, t = thumb_value(page, "at-p"), thumb_value(page, "at-t")
    assert p != 0.2
    assert quantity(page, "L") == pytest.approx((p - t) / (p * (1 - p)), rel=1e-9)
    assert quantity(page, "d_p") == pytest.approx(t / p**2 + (1 - t) / (1 - p) ** 2, rel=1e-9)
    assert trace(page, "point-L")["x"] == [pytest.approx(p)]
    page.mouse.up()
    settle(page)
    assert float(address(page)["at-p"][0]) == pytest.approx(p)
    hold_thumb(page, "at-t", 40)
    t = thumb_value(page, "at-t")
    curve = trace(page, "curve-L")
    x = np.array(curve["x"])[1:-1]
    np.testing.assert_allclose(np.array(curve["y"])[1:-1], (x - t) / (x * (1 - x)), rtol=1e-9)
    page.mouse.up()
    settle(page)
    assert quantity(page, "L") == pytest.approx((p - t) / (p * (1 - p)), rel=1e-9)
    grip = page.locator(".live-grip").first
    box = grip.bounding_box()
    assert box is not None
    left, top = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + 60, top, steps=6)
    page.mouse.up()
    settle(page)
    moved = thumb_value(page, "at-p")
    assert moved > p + 0.05
    assert quantity(page, "L") == pytest.approx((moved - t) / (moved * (1 - moved)), rel=1e-9)


def test_an_operation_without_end_shows_a_sign_and_can_be_cancelled(page: Page, server: Server) -> None:
    open_page(page, at(server, start="typed", typed=ENDLESS["typed"]))
    page.get_by_role("button", name="Apply").click()
    see(page, "Working: expand.")
    page.get_by_role("button", name="Cancel").click()
    settle(page)
    assert page.get_by_text("Working: expand.").count() == 0
    assert "chain" not in address(page)


def test_an_operation_without_end_is_stopped_and_the_chain_stays(page: Page, server: Server) -> None:
    page.goto(at(server, **{**ENDLESS, "chain": "multiply a; expand"}))
    wait_for_text(page, "The operation was stopped after 12 seconds.")
    wait_for_text(page, "multiply by a")
    assert page.get_by_text("Layered, it stays small").count() == 1
    page.get_by_role("button", name="Undo").click()
    settle(page)
    assert address(page)["chain"] == ["multiply a"]
    assert page.locator(CHART).count() == 1


def test_an_example_opens_at_a_click_and_its_link_restores_it(page: Page, server: Server) -> None:
    open_page(page, at(server))
    page.get_by_role("button", name="Examples").click()
    page.get_by_role("button", name="Softmax cross-entropy's Hessian").click()
    wait_for_text(page, "Hessian by z1, z2, z3")
    wait_for_text(page, "Agrees with finite differences at 20 points to 1e-6.")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    shown, link = formulas(page), page.url
    assert r"p_{1} \left(1 - p_{1}\right) \left(t_{1} + t_{2} + t_{3}\right)" in shown[-1]
    open_page(page, link)
    wait_for_text(page, "Agrees with finite differences at 20 points to 1e-6.")
    assert formulas(page) == shown


def test_the_gradient_of_a_network_appears_layer_by_layer(page: Page, server: Server) -> None:
    network = {"start": "network", "sizes": "2-3-3-3", "loss": "cross-entropy, distribution"}
    open_page(page, at(server, **network, chain="gradient"))
    wait_for_text(page, "Agrees with finite differences at 20 points to 1e-6.")
    assert page.locator("[aria-label='Formula of step 1'] math").count() > 40
    wait_until(page, "document.querySelectorAll('[data-quantity=d_x1]').length === 1")


def test_a_formula_that_fits_does_not_fade_as_if_it_went_on(page: Page, server: Server) -> None:
    open_page(page, at(server, start="typed", typed="log(exp(a) + exp(b) + exp(c))", chain="gradient a; simplify"))
    wait_for_text(page, "Agrees at 20 points to 1e-10.")
    expect(page).to_have_title("Algebra · Loss Explorer")
    assert page.evaluate("[...document.querySelectorAll('.katex-display')].map(e => e.scrollWidth - e.clientWidth)") == [
        0,
        0,
        0,
    ]


def test_code_is_taken_away(page: Page, server: Server) -> None:
    open_page(page, at(server, chain=SLOPE))
    page.get_by_role("button", name="Share").click()
    choose(page, "Code", "NumPy")
    with page.expect_download() as started:
        page.get_by_role("button", name="Code, .py").click()
    source = started.value.path().read_text()
    scope: dict[str, object] = {}
    exec(source, scope)  # what the page gave away
    found = scope["loss"](p=0.2, t=1.0)  # type: ignore[operator]
    assert float(found["L"]) == pytest.approx(-5.0, rel=1e-12)
    assert float(found["d_p"]) == pytest.approx(25.0, rel=1e-12)


@pytest.mark.parametrize(("scheme", "widths"), [("light", (1280, 390)), ("dark", (390, 1280))])
def test_nothing_is_cut_off_and_all_can_reach_it(page: Page, server: Server, scheme: str, widths: tuple[int, ...]) -> None:
    url = at(server, of="cross entropy with logits", chain="hessian z1, z2, z3")
    check_fit_and_access(page, url, scheme, *widths)


def test_a_result_is_used_as_a_loss_and_back_returns(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/algebra?start=typed&typed=f^2&at-f=0.5")
    page.get_by_role("link", name="Use as a loss").click()
    page.wait_for_url("**/losses?typed=*")
    page.wait_for_selector(".live-chart[data-ready]")
    settle(page)
    assert quantity(page, "L") == 2.25
    go_back(page)
    page.wait_for_selector(".live-chart[data-ready]")
    settle(page)
    assert page.url.endswith("/algebra?start=typed&typed=f^2&at-f=0.5")
    assert eventually(page, lambda: quantity(page, "L") == 0.25)
