"""The page /network as a person with a mouse, a keyboard or a link meets it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page, expect

from benchmarks.server import Server
from explorer.core import dense
from explorer.core.datasets import dataset
from explorer.core.landscape import descend
from explorer.core.network import Network
from tests.browser.steps import (
    CHART,
    address,
    check_fit_and_access,
    count_messages,
    eventually,
    go_back,
    hold_thumb,
    let_draw,
    open_from_file,
    open_page,
    quantity,
    settle,
    thumb,
    thumb_centre,
    thumb_value,
    trace,
    wait_until,
)

Array = NDArray[np.float64]

NETWORK = Network((2, 4, 1))
START = NETWORK.random_weights(0)
XOR = dataset("XOR", NETWORK)
FIRST, SECOND = "w1_1_1", "w1_1_2"
"""The weights that the charts run along at first."""


def loss(weights: dict[str, float], **moved: Any) -> Array:
    """The mean loss on XOR where some weights take other values, of any shape."""
    arrays = np.broadcast_arrays(*moved.values()) if moved else [np.zeros(())]
    theta = np.broadcast_to(dense.vector(NETWORK, weights), (*arrays[0].shape, len(weights))).copy()
    for name, array in zip(moved, arrays, strict=False):
        theta[..., NETWORK.weights.index(name)] = array
    return np.asarray(dense.loss(NETWORK, theta, *XOR))


def shown_weights(page: Page) -> dict[str, float]:
    """The weights as the diagram shows them: those of its edges, and in each unit's tip its bias."""
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.live-net [data-quantity^=w]')].map(
          e => [e.dataset.quantity, e.dataset.value]))"""
    )
    return {name: float(value) for name, value in found.items()}


def agree_with(page: Page, weights: dict[str, float], *, fine: bool) -> None:
    """Assert that everything on the page is what the numeric core finds at these weights."""
    theta = dense.vector(NETWORK, weights)
    value, gradient = dense.loss_and_gradient(NETWORK, theta, *XOR)
    assert quantity(page, "L") == pytest.approx(float(value), rel=1e-9)
    edges = {name: number for name, number in weights.items() if name.startswith("w")}
    assert shown_weights(page) == pytest.approx(edges, abs=1e-12)
    np.testing.assert_allclose(trace(page, "gradient")["y"], gradient, rtol=1e-8, atol=1e-12)
    curve, surface, field = (trace(page, uid) for uid in ("loss", "surface", "field"))
    np.testing.assert_allclose(curve["y"], loss(weights, **{FIRST: curve["x"]}), rtol=1e-8)
    assert [*trace(page, "point")["x"]] == [weights[FIRST]]
    grid = {FIRST: np.array(surface["x"])[np.newaxis, :], SECOND: np.array(surface["y"])[:, np.newaxis]}
    np.testing.assert_allclose(surface["z"], loss(weights, **grid), rtol=1e-8)
    across, down = np.meshgrid(field["x"], field["y"])
    predicted = dense.predict(NETWORK, theta, np.stack([across.ravel(), down.ravel()], axis=1))
    np.testing.assert_allclose(np.array(field["z"]), predicted.reshape(across.shape), rtol=1e-8)
    if fine:
        assert np.shape(surface["z"]) == np.shape(field["z"]) == (51, 51)
    z = float(XOR[0][0] @ theta[:2] + weights["b1_1"])
    expect(page.locator(".live-layers [data-quantity=z1_1]").first).to_have_attribute("data-value", re.compile(r"\d"))
    assert quantity_in(page, ".live-layers", "z1_1") == pytest.approx(z, abs=1e-12)
    assert quantity_in(page, ".live-layers", "h1_1") == pytest.approx(np.tanh(z), abs=1e-12)


def quantity_in(page: Page, block: str, name: str) -> float:
    """The plain number that a block of the page shows for a step."""
    return float(page.locator(f"{block} [data-quantity={name}]").first.get_attribute("data-value") or "nan")


def middle(page: Page, name: str) -> tuple[float, float]:
    """Where half the way along an edge of the diagram is on the screen."""
    box = page.locator(f".live-net [data-name={name}] line").last.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def sliders(page: Page) -> list[str]:
    """The weights that have a slider."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stSlider]')].map(
          slider => slider.closest('[class*=st-key-]').className.match(/st-key-(\\w+)/)[1])"""
    )
    return found


def axes(page: Page) -> list[str]:
    """The weights that the surface spans."""
    found: list[str] = page.evaluate(
        """() => {
          const traces = [...document.querySelectorAll('.live-plot')].flatMap(plot => plot._fullData);
          const {sweep} = traces.find(trace => trace.uid === 'surface').meta;
          return [sweep.x, sweep.y];
        }"""
    )
    return found


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def test_everything_follows_a_thumb_before_it_is_let_go_and_stays_after(page: Page, server: Server) -> None:
    sent = count_messages(page)
    page.set_viewport_size({"width": 1280, "height": 2600})  # what is far below the screen waits until it is seen
    open_page(page, f"{server.url}/network?numbers=true")
    agree_with(page, START, fine=True)
    before = len(sent)
    hold_thumb(page, SECOND, 60)
    moved = START | {SECOND: thumb_value(page, SECOND)}
    assert moved[SECOND] > START[SECOND] + 0.5
    agree_with(page, moved, fine=False)
    assert len(sent) == before
    page.mouse.up()
    settle(page)
    assert len(sent) > before
    agree_with(page, moved, fine=True)
    assert [float(w) for w in address(page)["w"][0].split(",")] == list(moved.values())


def test_a_weight_is_moved_to_and_fro_at_once_and_again_after_back_and_a_run_begins_at_it(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/network")
    thumb(page, FIRST).focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    page.keyboard.press("ArrowLeft")
    wait_until(page, "location.search === ''")
    settle(page)
    assert quantity(page, FIRST) == thumb_value(page, FIRST) == START[FIRST]
    for _ in range(2):
        thumb(page, SECOND).focus()
        page.keyboard.press("ArrowRight")
        settle(page)
        assert quantity(page, SECOND) == thumb_value(page, SECOND) == pytest.approx(START[SECOND] + 0.01)
        go_back(page)
        assert quantity(page, SECOND) == thumb_value(page, SECOND) == START[SECOND]
        page.wait_for_timeout(500)  # the page hears that the slider has been drawn
    hold_thumb(page, FIRST, 60)
    page.mouse.up()
    settle(page)
    moved = address(page)["w"]
    page.get_by_role("button", name="Run", exact=True).click()
    wait_until(page, "new URLSearchParams(location.search).get('steps') > 20")
    go_back(page)
    page.wait_for_timeout(500)
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_enabled()  # it has ended
    assert address(page) == {"w": moved}
    assert thumb_value(page, FIRST) == float(moved[0].split(",")[0])


def test_a_unit_or_an_edge_brings_its_weights_and_back_undoes_it_and_a_hand_on_the_contour_sets_two(
    page: Page, server: Server
) -> None:
    open_page(page, f"{server.url}/network")
    first = sliders(page), axes(page)
    assert first == ([FIRST, SECOND, "b1_1"], [FIRST, SECOND])
    page.locator(".live-net [data-name=h1_3]").click()
    settle(page)
    second = sliders(page), axes(page)
    assert second == (["w1_3_1", "w1_3_2", "b1_3"], ["w1_3_1", "w1_3_2"])
    page.mouse.click(*middle(page, "w2_1_2"))
    settle(page)
    assert sliders(page)[0] == "w2_1_2"
    assert axes(page)[0] == "w2_1_2"
    assert address(page)["chosen"] == ["w2_1_2"]
    go_back(page)
    assert (sliders(page), axes(page)) == second
    go_back(page)
    assert (sliders(page), axes(page)) == first
    assert address(page) == {}
    grip = page.locator(f"[data-grip='{FIRST} {SECOND}']")
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y - 40, steps=6)
    let_draw(page)
    held = {name: thumb_value(page, name) for name in (FIRST, SECOND)}
    assert held[FIRST] > START[FIRST] + 0.5
    assert held[SECOND] > START[SECOND] + 0.5
    assert quantity(page, "L") == pytest.approx(float(loss(START | held)), rel=1e-9)
    page.mouse.up()
    settle(page)
    assert quantity(page, "L") == pytest.approx(float(loss(START | held)), rel=1e-9)
    kept = dict(zip(NETWORK.weights, map(float, address(page)["w"][0].split(",")), strict=True))
    assert kept == pytest.approx(START | held, abs=1e-12)


def test_steps_lead_down_the_surface_and_a_link_leads_to_the_same_place(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/network?steps=5")
    press(page, "10 steps")
    assert address(page) == {"steps": ["15"]}
    way = descend(NETWORK, START, *XOR, rule="plain", rate=0.5, steps=15)
    end = dense.named(NETWORK, way.weights[-1])
    for opened_again in (False, True):
        if opened_again:
            open_page(page, page.url)
        assert quantity(page, "L") == pytest.approx(way.loss[-1], rel=1e-9)
        assert shown_weights(page) == pytest.approx({w: end[w] for w in end if w.startswith("w")}, abs=1e-12)
        path, history = trace(page, "path"), trace(page, "loss-by-step")
        np.testing.assert_allclose(path["x"], way.weights[:, NETWORK.weights.index(FIRST)])
        np.testing.assert_allclose(path["y"], way.weights[:, NETWORK.weights.index(SECOND)])
        np.testing.assert_allclose(history["y"], way.loss)
    thumb(page, FIRST).focus()
    page.keyboard.press("ArrowRight")
    settle(page)
    assert set(address(page)) == {"w"}
    assert trace(page, "path")["x"] == []
    kept = dict(zip(NETWORK.weights, map(float, address(page)["w"][0].split(",")), strict=True))
    assert {name for name in kept if kept[name] != end[name]} == {FIRST}


def test_the_solid_surface_keeps_its_camera_when_a_weight_changes(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/network?surface=3-D")
    plot = "[...document.querySelectorAll('.live-plot')].find(plot => plot._fullLayout?.scene)"
    eye = "JSON.stringify(%s._fullLayout.scene.camera.eye)" % plot  # noqa: UP031
    before = page.evaluate(eye)
    page.evaluate(f"Plotly.relayout({plot}, {{'scene.camera.eye': {{x: 0.5, y: 2, z: 1.5}}}}).then(() => null)")
    turned = page.evaluate(eye)
    assert turned != before
    thumb(page, FIRST).focus()
    page.keyboard.press("ArrowRight")
    settle(page)
    assert page.evaluate(eye) == turned
    moved = START | {FIRST: thumb_value(page, FIRST)}
    surface, point = trace(page, "surface"), trace(page, "point")
    grid = {FIRST: np.array(surface["x"])[np.newaxis, :], SECOND: np.array(surface["y"])[:, np.newaxis]}
    np.testing.assert_allclose(surface["z"], loss(moved, **grid), rtol=1e-8)
    assert point["x"] == [moved[FIRST]]


def test_weights_typed_into_the_table_are_taken_exactly(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/network")
    page.get_by_text("All weights as a table").click()
    settle(page)
    type_weight(page, "1.23456789")
    wait_until(page, "location.search.includes('w=')")
    settle(page)
    kept = weights_in_the_address(page)
    (name,) = (name for name in kept if kept[name] != START[name])
    assert name in (FIRST, SECOND)
    assert kept[name] == 1.23456789
    assert shown_weights(page)[name] == 1.23456789
    assert eventually(page, lambda: quantity(page, "L") == pytest.approx(float(loss(kept)), rel=1e-9))
    for typed, value in {"0,5": 0.5, "1/3": 1 / 3, "1e4": 1 / 3, "−20 %": -0.2}.items():
        type_weight(page, typed)
        settle(page)
        assert weights_in_the_address(page) == kept | {name: value}
        refused = page.get_by_text(f"{name} must be a number from -1000 to 1000; got 1e4.")
        expect(refused).to_have_count(int(typed == "1e4"))


def weights_in_the_address(page: Page) -> dict[str, float]:
    return dict(zip(NETWORK.weights, map(float, address(page)["w"][0].split(",")), strict=True))


def type_weight(page: Page, text: str) -> None:
    """Type into the table of weights: the first unit's row, a middle column."""
    grid = page.get_by_test_id("stDataFrame").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 52)
    page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 52)
    page.wait_for_timeout(300)  # until the grid, a canvas, has taken the focus
    page.keyboard.press("Enter")
    field = page.locator(".gdg-input")
    field.fill(text)
    field.press("Enter")


@pytest.mark.parametrize(
    ("scheme", "widths", "query"),
    [("light", (1280, 1024, 768), "numbers=true&steps=20"), ("dark", (390,), "form=backpropagation&sizes=2-8-8-2")],
)
def test_both_themes_fit_the_screen_and_pass_axe(
    page: Page, server: Server, scheme: str, widths: tuple[int, ...], query: str
) -> None:
    check_fit_and_access(page, f"{server.url}/network?{query}", scheme, *widths)


def test_a_hand_that_ends_a_descent_moves_nothing_but_what_is_below_it(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/network?steps=20")

    def places() -> dict[str, float]:
        """How far down each slider, number and chart is, but for those of the descent and what is below it."""
        found: dict[str, float] = page.evaluate(
            """() => {
              const wanted = '[data-testid=stSlider], .live-net, .live-numbers tr, .live-chart, [data-testid=stSelectbox], h3';
              const of = (one) => one.getBoundingClientRect().top;
              const name = (one) => one.textContent.slice(0, 12) + one.className;
              const down = [...document.querySelectorAll(wanted)].map((one) => [name(one), of(one)]);
              const [, end] = down.find(([text]) => text.startsWith('Descent'));
              return Object.fromEntries(down.filter(([, top]) => top <= end));
            }"""
        )
        return found

    thumb(page, FIRST).scroll_into_view_if_needed()
    before = places()
    assert len(before) > 10
    hold_thumb(page, FIRST, 60)
    held = places()
    page.mouse.up()
    settle(page)
    assert trace(page, "path")["x"] == []  # the descent has ended
    for after in (held, places()):
        assert after == pytest.approx(before, abs=1)


def test_a_large_network_says_that_it_is_worked_out_before_it_is_shown(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/network?sizes=4-16-16-16-10&hidden=sin&loss=cross-entropy,+class+index&data=one+example")
    expect(page.get_by_test_id("stSpinner")).to_contain_text("Working out this network's formulas", timeout=20_000)
    page.wait_for_selector(CHART)
    settle(page)
    expect(page.get_by_test_id("stSpinner")).to_have_count(0)


def test_a_network_too_large_for_a_link_is_kept_in_a_file_that_opens_again(page: Page, server: Server, tmp_path: Path) -> None:
    open_page(page, f"{server.url}/network?sizes=4-16-16-1&data=AND&steps=2")
    thumb(page, FIRST).focus()
    page.keyboard.press("ArrowRight")
    settle(page)
    expect(page.get_by_text("This view is too long for a link: save it as a file instead.")).to_be_visible()
    assert address(page)["w"] == ["file"]
    shown = shown_weights(page), quantity(page, "L"), address(page)
    open_from_file(page, f"{server.url}/network?seed=3", tmp_path, "w=file")
    assert (shown_weights(page), quantity(page, "L"), address(page)) == shown


def test_a_run_goes_down_by_itself_until_it_is_stopped_and_can_be_redrawn_and_left_at_any_moment(
    page: Page, server: Server
) -> None:
    open_page(page, f"{server.url}/network")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_text("Adam", exact=True).click()  # a change in the middle of it stays in the address
    wait_until(page, "Number(new URLSearchParams(location.search).get('steps')) > 60")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_visible()
    settle(page)
    assert set(address(page)) == {"steps", "rule"}  # no "w": the sliders, which the run moved, were not moved by a hand
    expect(page.get_by_role("progressbar")).to_have_count(0)
    way = descend(NETWORK, START, *XOR, rule="Adam", rate=0.5, steps=int(address(page)["steps"][0]))
    assert quantity(page, "L") == pytest.approx(way.loss[-1], rel=1e-9)
    np.testing.assert_allclose(trace(page, "path")["x"], way.weights[:, NETWORK.weights.index(FIRST)])
    np.testing.assert_allclose(trace(page, "loss-by-step")["y"], way.loss)
    button = partial(page.get_by_role, "button", exact=True)
    for turn in range(4):
        button(name="Run").click()
        page.wait_for_timeout(80 * turn)
        button(name="Stop").click()
        page.wait_for_timeout(30 * turn)
        button(name="Run").click()
        page.wait_for_timeout(245 - 80 * turn)
        page.get_by_role("button", name="Next seed").click()
        expect(page.get_by_role("textbox", name="Seed", exact=True)).to_have_value(str(turn + 1))  # no click is lost
    settle(page)
    expect(button(name="Stop")).to_have_count(0)  # each draws weights anew, and ends the run
    assert "seed=4" in page.evaluate("location.search.slice(1).split('&')")
    for turn in range(4):
        button(name="Run").or_(button(name="Stop")).first.click()
        page.wait_for_timeout(80 * turn)
        page.get_by_role("link", name="Binary").first.click()
        page.wait_for_timeout(240 - 80 * turn)
        page.get_by_role("link", name="Network").first.click()
        page.wait_for_selector("button:has-text('To the start')")
    button(name="Next seed").click()
    expect(button(name="Stop")).to_have_count(0)
    settle(page)
    assert page.get_by_test_id("stException").count() == 0


def test_a_weight_moved_away_and_back_at_once_ends_where_the_hand_left_it(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1280, "height": 2000})
    open_page(page, f"{server.url}/network")

    def drag(place: Callable[[], tuple[float, float]], pixels: int) -> Callable[[], bool]:
        x, y = place()
        page.mouse.move(x, y)
        page.mouse.down()
        page.evaluate("new Promise(requestAnimationFrame)")  # what another hand has moved right before may only now be drawn
        begun = place()[0]
        page.mouse.move(x + pixels, y, steps=3)
        page.mouse.up()
        return lambda: abs(place()[0] - begun - pixels) < 2

    def centre(names: str) -> tuple[float, float]:
        box = page.locator(f"[data-grip='{names}']").bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def slide(pixels: int) -> Callable[[], bool]:
        return drag(partial(thumb_centre, page, FIRST), pixels)

    def grip(names: str, pixels: int) -> Callable[[], bool]:
        return drag(partial(centre, names), pixels)

    def press(key: str) -> Callable[[], bool]:
        thumb(page, FIRST).focus()
        page.keyboard.press(key)
        return lambda: key != "ArrowLeft" or thumb_value(page, FIRST) == pytest.approx(before, abs=0.005)

    def everywhere() -> tuple[float, float, float]:
        kept = address(page).get("w", [",".join(map(repr, START.values()))])[0]
        return thumb_value(page, FIRST), shown_weights(page)[FIRST], float(kept.split(",")[0])

    slice_, surface = partial(grip, FIRST), partial(grip, f"{FIRST} {SECOND}")
    deeds: list[list[Callable[[], Callable[[], bool]]]] = [
        [partial(slide, 40), partial(slide, -40)],
        [partial(press, key) for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft")],
        [partial(slice_, 40), partial(slice_, -40)],
        [partial(surface, 30), partial(surface, -30)],
        [partial(slide, 40), partial(slice_, -20), partial(press, "ArrowRight"), partial(surface, 20), partial(slide, -30)],
    ]
    for pause, of in ((0, deeds), (150, deeds[-1:])):  # the last has a deed of each kind
        for several in of:
            before = thumb_value(page, FIRST)
            for deed in several:
                stays = deed()
                page.wait_for_timeout(pause)
            settle(page)
            assert eventually(page, stays)
            assert eventually(page, lambda: max(everywhere()) - min(everywhere()) < 0.01), everywhere()


def test_the_menu_leads_away_and_back_to_the_same_weights(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/network?sizes=1-1&w=2,-4&steps=7&data=one+example")
    before = quantity(page, "L"), address(page)
    page.get_by_role("link", name="Binary").first.click()
    page.wait_for_url("**/binary*")
    settle(page)
    page.get_by_role("link", name="Network").first.click()
    page.wait_for_url("**/network*steps=7*")
    settle(page)
    assert (quantity(page, "L"), address(page)) == before
