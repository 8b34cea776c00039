"""The picture of a network as a person with a mouse or a keyboard meets it, on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from math import tanh

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from explorer.live.assets import script
from tests.browser.steps import let_draw, open_page, served, settle, thumb, thumb_centre, thumb_value, wait_until

SCRIPT = """
import math

import streamlit as st
from sympy import Symbol, tanh

from explorer.core.program import Program
from explorer.figures.binding import following, settle
from explorer.live.diagram import network_diagram
from explorer.live.live import show_chart, style
from explorer.views.diagram import Diagram, Edge, Shown, Unit
from explorer.views.view import Chart

st.set_page_config(page_title="Network")
style()
X = {"x1": [1.0, -0.5], "x2": [0.0, 2.0]}
x1, x2, v, w, h, y = map(Symbol, ("x1", "x2", "v", "w", "h", "y"))
PROGRAM = Program((x1, x2, v, w), ((h, tanh(v * x1 + x2)), (y, w * h), (Symbol("L"), (y - 1) ** 2))).gradient(["v", "w"])
values = {"v": st.slider("v", -6.0, 6.0, 0.5, 0.01, key="v"), "w": 2.0}
inputs = {name: column[0] for name, column in X.items()}
numbers = {**values, **inputs, "endless": math.inf, **PROGRAM.evaluate({**values, **inputs})}


def choose(name: str) -> None:
    st.session_state.chosen = name


units = (
    Unit("x1", "x₁", 0, 0, (Shown("x₁", "x1", row=0),), choosable=False),
    Unit("x2", "x₂", 0, 1, (Shown("x₂", "x2", row=0),), choosable=False),
    Unit("h", "h₁", 1, 0, (Shown("h₁", "h", row=0), Shown("v", "v"))),
    Unit("y", "<i>y", 2, 0, (Shown("<i>y", "y", row=0),)),
)
edges = (
    Edge("v", "x1", "h", (Shown("v", "v"), Shown("∂L/∂v", "d_v", row=0))),
    Edge("one", "x2", "h", (Shown("", "endless"),)),
    Edge("w", "h", "y", (Shown("w", "w"), Shown("∂L/∂w", "d_w", row=0))),
)
shown = tuple(tuple(float(numbers[one.quantity]) for one in part.shown) for part in (*units, *edges))
network_diagram(
    Diagram("net", "The network", units, edges, st.session_state.get("chosen", "v"), shown), on_choose=choose
)
st.text("chosen: " + st.session_state.get("chosen", "none"))
trace = {"type": "scatter", "x": [-1.0, 1.0], "y": [0, 0], "meta": following({"y": "L"}, sweep={"x": "v"})}
figure = settle([trace], {}, PROGRAM, values, rows=X)
show_chart(Chart("chart", "", "Loss", "chart", figure, PROGRAM, values, {}, X, ("h", "y", "d_v", "d_w")))
"""

BLUE, VERMILLION = "rgb(0, 114, 178)", "rgb(194, 78, 0)"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of SCRIPT."""
    with served(tmp_path_factory.mktemp("diagram"), SCRIPT) as address:
        yield address


@pytest.fixture
def network(page: Page, url: str) -> Page:
    open_page(page, url)
    return page


def stroke(page: Page, name: str) -> tuple[str, float]:
    """An edge's colour and its width in units of the picture."""
    look = "line => [getComputedStyle(line).stroke, parseFloat(getComputedStyle(line).strokeWidth)]"
    colour, width = page.locator(f"[data-name={name}] line").last.evaluate(look)
    return colour, width


def middle(page: Page, name: str) -> tuple[float, float]:
    """Where half the way along an edge is on the screen."""
    box = page.locator(f"[data-name={name}] line").last.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def move_thumb(page: Page, value: float) -> None:
    """Move the slider as a hand does that has not let go: nothing is sent to the server."""
    script = """(input, value) => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, value);
      input.dispatchEvent(new Event('input', {bubbles: true}));
    }"""
    thumb(page, "v").evaluate(script, value)
    wait_until(page, f"document.querySelector('[data-name=v] [data-look]').dataset.value === '{value}'")


def tip(page: Page) -> list[str]:
    """The lines of the tip."""
    return page.get_by_role("tooltip").locator("> div").all_inner_texts()


def covered_by_tip(page: Page, unit: str) -> bool:
    """Whether the tip lies over a unit's circle."""
    tip, ring = page.get_by_role("tooltip").bounding_box(), page.locator(f"[data-name={unit}] circle").first.bounding_box()
    assert tip
    assert ring
    return tip["y"] < ring["y"] + ring["height"] and ring["y"] < tip["y"] + tip["height"]


def test_edges_and_units_follow_a_thumb_before_it_is_let_go(network: Page) -> None:
    assert stroke(network, "v") == (BLUE, 1.5)  # the chosen one's least; 1.6 x 0.5 is less
    assert stroke(network, "one") == (BLUE, 8)  # without end
    circle, text = network.locator("[data-name=h] circle[data-look]"), network.locator("[data-name=h] text[data-look]")
    full = circle.evaluate("circle => getComputedStyle(circle).fill")
    x, y = thumb_centre(network, "v")
    network.mouse.move(x, y)
    network.mouse.down()
    network.mouse.move(x - 100, y, steps=4)
    let_draw(network)
    v = thumb_value(network, "v")
    assert v < 0
    colour, width = stroke(network, "v")
    assert colour == VERMILLION
    assert width == pytest.approx(min(max(1.6 * -v, 1.5), 8))
    expect(text).to_have_text(f"{tanh(v):.2g}".replace("-", "−"))
    assert circle.evaluate("circle => getComputedStyle(circle).fill") != full
    network.mouse.up()
    settle(network)
    assert stroke(network, "v")[0] == VERMILLION


def test_a_tip_shows_value_and_gradient_and_moves_with_them(network: Page) -> None:
    move_thumb(network, -0.25)
    network.mouse.move(*middle(network, "w"))  # opened while Python's numbers are from before
    h = tanh(-0.25)
    assert tip(network) == ["w\n=\n2.000", f"∂L/∂w\n=\n{2 * (2 * h - 1) * h:.4g}"]
    x, y = middle(network, "v")
    network.mouse.move(x + 1, y + 4)  # beside the line
    assert tip(network)[0] == "v\n=\n−0.2500"
    gradient = network.get_by_role("tooltip").locator("[data-quantity=d_v]")
    before = float(gradient.get_attribute("data-value") or "nan")
    move_thumb(network, 1.5)
    assert tip(network)[0] == "v\n=\n1.500"
    assert float(gradient.get_attribute("data-value") or "nan") == pytest.approx(4 * (2 * tanh(1.5) - 1) * (1 - tanh(1.5) ** 2))
    assert before == pytest.approx(4 * (2 * h - 1) * (1 - h**2))
    network.mouse.move(x, y + 200)
    expect(network.get_by_role("tooltip")).to_be_hidden()


def test_mouse_and_keyboard_choose_and_axe_finds_no_barrier(network: Page) -> None:
    network.mouse.click(*middle(network, "w"))
    expect(network.get_by_text("chosen: w", exact=True)).to_be_visible()
    expect(network.locator(".live-net .chosen")).to_have_attribute("data-name", "w")
    network.locator("[data-name=x1]").click()  # an input: nothing to choose
    network.keyboard.press("Tab")
    assert not covered_by_tip(network, "x2")
    network.keyboard.press("Tab")
    hidden = network.get_by_role("button", name="h₁")
    expect(hidden).to_be_focused()
    expect(hidden).to_have_accessible_description(f"h₁ = {tanh(0.5):.4g} v = 0.5000")
    network.keyboard.press("Enter")
    expect(hidden).to_have_attribute("aria-pressed", "true")
    expect(network.locator(".live-net .lit")).to_have_count(2)
    settle(network)
    expect(hidden).to_be_focused()
    expect(network.get_by_role("tooltip")).to_be_visible()
    network.keyboard.press("Tab")
    network.keyboard.press("Space")
    expect(network.get_by_text("chosen: y", exact=True)).to_be_visible()
    expect(hidden).to_have_attribute("aria-pressed", "false")
    assert tip(network)[0].startswith("<i>y")
    found = Axe().run(network, context=".live-net")
    assert found.violations_count == 0, found.generate_report()


def test_focus_and_tip_outlive_new_numbers_and_a_new_network(page: Page) -> None:
    page.set_content('<div class="live-net"></div>')
    seen = page.evaluate(
        """async source => {
          const { default: show } = await import(URL.createObjectURL(new Blob([source], {type: 'text/javascript'})));
          const unit = (layer, place, value) => ({
            name: `u${layer}_${place}`, label: '', layer, place, choosable: true,
            shown: [{label: 'u', quantity: 'u', row: null, value}],
          });
          const after = (count, value) => {
            const places = Array.from({length: count}, (_, place) => place);
            const units = [unit(0, 0, value), ...places.map(place => unit(1, place, value))];
            show({data: {units, edges: [], chosen: '', label: ''}, key: 'net', parentElement: document.body});
            const tip = document.querySelector('[role=tooltip]');
            return [document.activeElement.dataset.name, tip.hidden, tip.querySelector('[data-quantity]')?.dataset.value];
          };
          after(2, '1');
          const stood = document.querySelector('[data-name=u1_1]');
          stood.focus();
          return [after(2, '2'), stood.isConnected, after(3, 'NaN'), stood.isConnected, after(1, '4').slice(0, 2)];
        }""",
        script("diagram"),
    )
    assert seen == [["u1_1", False, "2"], True, ["u1_1", False, "NaN"], False, [None, True]]
