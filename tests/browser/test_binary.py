"""The page /binary as a person with a mouse, a keyboard or a link meets it."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.server import Server
from explorer.core import losses
from tests.browser.steps import (
    address,
    axis_range,
    check_fit_and_access,
    count_messages,
    downloaded_page,
    go_back,
    hold_arrow,
    hold_thumb,
    let_draw,
    not_reached_by_keyboard,
    open_page,
    quantity,
    settle,
    thumb,
    thumb_centre,
    thumb_value,
    trace,
    wait_until,
)


def core(p: float, t: float) -> tuple[float, float]:
    return float(losses.binary_cross_entropy(p, t)), float(losses.binary_cross_entropy_gradient(p, t))


def test_the_default_page_shows_the_published_numbers_and_the_keyboard_alone_reaches_every_control(
    page: Page, server: Server
) -> None:
    open_page(page, server.url)
    assert quantity(page, "L") == pytest.approx(1.6094379124341003, rel=1e-12)
    assert quantity(page, "bits") == pytest.approx(2.321928094887362, rel=1e-12)
    assert quantity(page, "d_p") == pytest.approx(-5)
    assert quantity(page, "d_z") == pytest.approx(-0.8)
    assert quantity(page, "d2_p") == pytest.approx(25)
    expect(page.locator("[data-quantity='L']").first).to_have_text("1.60944")
    controls = (
        "Prediction p", "Prediction p, exactly", "Target t", "Target t, exactly", "probability", "Other outcome",
        "Squared error", "Log scale", "p, on the curve", "Share",
    )  # fmt: skip
    assert not_reached_by_keyboard(page, controls, 60) == []


def test_a_drag_sends_nothing_until_release_and_moves_point_and_numbers_with_the_thumb(page: Page, server: Server) -> None:
    sent = count_messages(page)
    open_page(page, server.url)
    x, y = thumb_centre(page, "p")
    before = len(sent)
    page.mouse.move(x, y)
    page.mouse.down()
    seen = set()
    for step in range(1, 41):
        page.mouse.move(x + 3 * step, y)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        p = thumb_value(page, "p")
        seen.add(p)
        loss, slope = core(p, 1)
        assert quantity(page, "p") == p
        assert quantity(page, "L") == pytest.approx(loss, rel=1e-12)
        assert quantity(page, "d_p") == pytest.approx(slope, rel=1e-12)
        point = trace(page, "point-L")
        assert point["x"] == [p]
        assert point["y"] == pytest.approx([loss], rel=1e-12)
    assert len(seen) >= 35
    assert len(sent) == before
    page.mouse.up()
    settle(page)
    assert len(sent) > before
    assert address(page)["p"] == [f"{thumb_value(page, 'p'):g}"]


def test_the_preview_of_every_trace_equals_pythons_figure_and_is_where_plotly_would_draw_it(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/binary?other=true&squared=true&t=0.7")
    hold_thumb(page, "p", 60)
    uids = [
        "curve L",
        "curve other",
        "curve squared",
        "curve slope",
        "curve d_other",
        "curve d_squared",
        "tangent",
        "point-slope",
    ]
    preview = {uid: trace(page, uid)["y"] for uid in uids}
    ours = page.evaluate(DRAWN)
    page.evaluate("Plotly.redraw(document.querySelector('.live-plot'))")
    let_draw(page)
    plotly = page.evaluate(DRAWN)
    page.mouse.up()
    settle(page)
    for uid in uids:
        settled = trace(page, uid)["y"]
        assert [v for v in preview[uid] if v is not None] == pytest.approx([v for v in settled if v is not None], rel=1e-12)
    assert ours["marks"] == pytest.approx(plotly["marks"], abs=0.05)
    assert len(ours["lines"]) == len(plotly["lines"]) == 7
    for line, theirs in zip(ours["lines"], plotly["lines"], strict=True):
        assert len(line) == pytest.approx(len(theirs), abs=2)
        assert all(min(math.dist(point, other) for other in theirs) < 0.1 for point in line)


# The points of each curve within the axes, and where the markers are, in pixels.
DRAWN = """
() => {
  const plot = document.querySelector('.live-plot');
  const numbers = text => (text.match(/-?[\\d.]+(e-?\\d+)?/g) ?? []).map(Number);
  const lines = [], marks = [];
  plot.calcdata.forEach(([first]) => {
    const group = first.node3.node(), {uid} = first.trace;
    const height = plot._fullLayout[first.trace.yaxis.replace('y', 'yaxis')]._length;
    group.querySelectorAll('.point').forEach(mark => marks.push(...numbers(mark.getAttribute('transform'))));
    if (!uid.startsWith('curve') && uid !== 'tangent') return;
    const pairs = [];
    for (const path of group.querySelectorAll('.js-line')) {
      const all = numbers(path.getAttribute('d'));
      for (let i = 0; i + 1 < all.length; i += 2) pairs.push([all[i], all[i + 1]]);
    }
    lines.push(pairs.filter(([, y]) => y > 1 && y < height - 1));
  });
  return {lines, marks};
}
"""


def test_zoom_and_hidden_traces_survive_a_change(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/binary?squared=true")
    box = page.locator(".live-plot .nsewdrag[data-subplot=xy]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.3 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 0.9 * box["height"], steps=5)
    page.mouse.up()
    page.locator(".legendtoggle").nth(1).click()
    wait_until(page, "document.querySelector('.live-plot')._fullData.some(t => t.visible === 'legendonly')")
    zoomed = axis_range(page, "xaxis"), axis_range(page, "yaxis")
    hidden = trace(page, "curve squared")["visible"]
    assert hidden == "legendonly"
    assert zoomed[0][0] > 0.1
    thumb(page, "p").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    settle(page)
    assert quantity(page, "p") == 0.205
    assert (axis_range(page, "xaxis"), axis_range(page, "yaxis")) == zoomed
    assert trace(page, "curve squared")["visible"] == "legendonly"


def test_the_point_can_be_dragged_on_the_curve(page: Page, server: Server) -> None:
    sent = count_messages(page)
    open_page(page, server.url)
    grip = page.locator(".live-grip").first
    box = grip.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = len(sent)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y + 30, steps=10)
    let_draw(page)
    p = quantity(page, "p")
    assert p > 0.3
    assert thumb_value(page, "p") == p
    assert quantity(page, "L") == pytest.approx(core(p, 1)[0], rel=1e-12)
    assert len(sent) == before
    page.mouse.up()
    settle(page)
    assert address(page)["p"] == [f"{p:g}"]
    assert axis_range(page, "xaxis") == pytest.approx([-0.02, 1.02])  # Plotly did not zoom


def test_the_point_moves_with_the_arrow_keys_and_a_held_one_ends_consistent(page: Page, server: Server) -> None:
    open_page(page, server.url)
    page.locator(".live-grip").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageUp")
    settle(page)
    assert quantity(page, "p") == pytest.approx(0.251)
    assert address(page)["p"] == ["0.251"]
    page.keyboard.press("Home")
    settle(page)
    assert quantity(page, "L") == float("inf")
    assert page.locator(".live-grip").first.get_attribute("data-edge") == "high"
    hold_arrow(page, "p", 80)  # from that edge on
    p = thumb_value(page, "p")
    assert p == pytest.approx(0.08)
    assert address(page)["p"] == [f"{p:g}"]
    assert quantity(page, "L") == pytest.approx(core(p, 1)[0], rel=1e-12)
    assert trace(page, "point-L")["x"] == [p]
    expect(page.get_by_role("textbox", name="Prediction p, exactly", exact=True)).to_have_value("0.08")


def test_typed_values_are_taken_exactly_and_one_out_of_range_is_refused_and_nothing_lost(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/binary?p=0.3&t=0.4")
    field = page.get_by_role("textbox", name="Prediction p, exactly", exact=True)
    field.fill("1e-9")
    field.press("Enter")
    settle(page)
    assert quantity(page, "L") == pytest.approx(0.4 * 20.72326583694641 + 0.6e-9, rel=1e-12)
    assert quantity(page, "L") == pytest.approx(core(1e-9, 0.4)[0], rel=1e-12)
    assert float(address(page)["p"][0]) == 1e-9
    assert axis_range(page, "yaxis")[1] > 8.2
    field.fill("1.5")
    field.press("Enter")
    settle(page)
    expect(page.get_by_text("Prediction p must be a number from 0 to 1; got 1.5.")).to_be_visible()
    expect(field).to_have_value("1.5")
    assert quantity(page, "L") == pytest.approx(core(1e-9, 0.4)[0], rel=1e-12)
    assert {name: float(value) for name, (value,) in address(page).items()} == {"p": 1e-9, "t": 0.4}


def test_switching_to_logit_keeps_the_point(page: Page, server: Server) -> None:
    open_page(page, server.url)
    page.get_by_role("radio", name="logit").click()
    settle(page)
    assert quantity(page, "z") == pytest.approx(-1.3862943611198906)
    assert quantity(page, "p") == pytest.approx(0.2)
    assert quantity(page, "L") == pytest.approx(1.6094379124341003)
    hold_thumb(page, "z", -40)
    z = thumb_value(page, "z")
    assert z < -3
    assert quantity(page, "L") == pytest.approx(float(losses.binary_cross_entropy_with_logits(z, 1)), rel=1e-12)
    assert quantity(page, "d_z") == pytest.approx(float(losses.binary_cross_entropy_with_logits_gradient(z, 1)), rel=1e-12)
    page.mouse.up()


def test_a_certain_prediction_shows_infinity_and_why(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/binary?p=0")
    expect(page.locator("[data-quantity='L']").first).to_have_text("∞")
    expect(page.get_by_text("p = 0 gives no chance, yet t = 1 says the opposite happens")).to_be_visible()
    assert trace(page, "wall_0")["y"] == [0, 1]


def test_the_points_are_seen_where_there_are_any_and_only_within_the_axes(page: Page, server: Server) -> None:
    """Also after a loss that is infinite for a moment, when Plotly draws them on other axes, and while a thumb is held."""

    def seen() -> list[bool]:
        widths = "[...document.querySelectorAll('.live-plot .point')].map(point => point.getBoundingClientRect().width)"
        return [width > 5 for width in page.evaluate(widths)]

    open_page(page, server.url)
    assert seen() == [True, True]
    for typed, shown in (("0", False), ("0.0001", True), ("0", False), ("0.2", True), ("1e-20", True)):
        field = page.get_by_role("textbox", name="Prediction p, exactly")
        field.fill(typed)
        field.press("Enter")
        settle(page)
        assert seen() in ([[True, True]] if shown else [[False, False], []])
    field.fill("0.2")
    field.press("Enter")
    settle(page)
    hold_thumb(page, "p", -57)
    assert quantity(page, "d_p") < -20
    assert seen() == [True, False]
    page.mouse.move(*thumb_centre(page, "t"))
    page.mouse.up()
    settle(page)
    assert seen() == [True, True]


def test_back_leads_to_a_number_beyond_the_slider_again(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/binary?by=logit&z=40&t=0")
    hold_thumb(page, "z", -60)
    page.mouse.up()
    settle(page)
    assert quantity(page, "z") < 12
    go_back(page)
    assert quantity(page, "L") == 40
    open_page(page, page.url)
    assert quantity(page, "L") == 40


def random_states(count: int) -> list[dict[str, str]]:
    draw = random.Random(20)
    states = []
    for _ in range(count):
        state: dict[str, str] = {}
        if draw.random() < 0.5:
            state |= {"by": "logit", "z": repr(round(draw.uniform(-12, 12), draw.choice([0, 2, 9])))}
        else:
            state |= {"p": repr(round(draw.random(), draw.choice([1, 3, 12])))}
        state["t"] = draw.choice(["0.0", "0.5", repr(round(draw.random(), 3))])
        for toggle in ("other", "squared", "log"):
            if draw.random() < 0.3:
                state[toggle] = "true"
        states.append(state)
    return states


def test_random_links_restore_their_state_exactly(page: Page, server: Server) -> None:
    for state in random_states(6):
        query = "&".join(f"{key}={value}" for key, value in state.items())
        open_page(page, f"{server.url}/binary?{query}")
        target = float(state["t"])
        assert quantity(page, "t") == target
        if "z" in state:
            z = float(state["z"])
            assert quantity(page, "z") == z
            loss = losses.binary_cross_entropy_with_logits(z, target)
        else:
            p = float(state["p"])
            assert quantity(page, "p") == p
            loss = losses.binary_cross_entropy(p, target)
        assert quantity(page, "L") == pytest.approx(float(loss), rel=1e-12)
        drawn = page.evaluate("document.querySelector('.live-plot')._fullData.map(t => t.uid)")
        assert ("curve other" in drawn) == ("other" in state)
        assert ("curve squared" in drawn) == ("squared" in state)
        assert page.evaluate("document.querySelector('.live-plot')._fullLayout.yaxis.type") == (
            "log" if "log" in state else "linear"
        )
        kept = {key: values[0] for key, values in address(page).items()}
        assert {key: number_or_text(value) for key, value in kept.items()} == {
            key: number_or_text(value) for key, value in state.items() if (key, value) != ("p", "0.2")
        }


def number_or_text(value: str) -> float | str:
    try:
        return float(value)
    except ValueError:
        return value


def test_a_bad_link_opens_at_the_default_and_shows_its_value_as_text(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/binary?p=<script>alert(1)</script>")
    expect(page.get_by_role("alert")).to_have_count(1)
    sentence = "The link's p = “<script>alert(1)</script>” was ignored: p must be a number from 0 to 1. "
    assert sentence in page.get_by_role("alert").inner_text()
    assert quantity(page, "L") == pytest.approx(1.6094379124341003, rel=1e-12)


@pytest.mark.parametrize(("scheme", "widths"), [("light", (1280, 390)), ("dark", (390, 1280))])
def test_both_themes_fit_the_screen_and_pass_axe(page: Page, server: Server, scheme: str, widths: tuple[int, ...]) -> None:
    check_fit_and_access(page, f"{server.url}/binary?other=true&squared=true", scheme, *widths)


def test_the_chart_downloads_as_an_image_and_follows_a_change_of_theme(page: Page, server: Server) -> None:
    page.emulate_media(color_scheme="light")
    open_page(page, server.url)
    for form, opening in {"SVG": b"<svg", "PNG": b"\x89PNG"}.items():
        with page.expect_download() as started:
            page.locator(f"[data-title='Download as {form}']").click()
        assert started.value.suggested_filename == f"binary-cross-entropy-p-0.2-t-1.{form.lower()}"
        assert Path(started.value.path()).read_bytes().startswith(opening)
    color = "document.querySelector('.live-plot')._fullData.find(t => t.uid === 'curve L').line.color"
    assert page.evaluate(color) == "#0072B2"
    page.emulate_media(color_scheme="dark")
    wait_until(page, f"{color} === '#56B4E9'")
    assert page.evaluate("getComputedStyle(document.querySelector('.main-svg')).backgroundColor") != "rgb(255, 255, 255)"


def test_without_the_live_script_the_page_follows_on_release(faulty_page: Page, server: Server) -> None:
    page = faulty_page
    page.route("**/live/*.js*", lambda route: route.abort())
    page.goto(server.url)
    page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg")
    settle(page)
    thumb(page, "p").focus()
    page.keyboard.press("ArrowRight")
    settle(page)
    assert quantity(page, "L") == pytest.approx(core(0.201, 1)[0], rel=1e-12)
    drawn = "document.querySelector('[data-testid=stPlotlyChart] .js-plotly-plot')._fullData.find(t => t.name === 'at p').x[0]"
    wait_until(page, f"Math.abs({drawn} - 0.201) < 1e-12")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_downloaded_page_is_interactive_without_a_server(
    browser: Browser, page: Page, server: Server, tmp_path: Path
) -> None:
    open_page(page, f"{server.url}/binary?p=0.3&t=0.6&squared=true")
    with downloaded_page(browser, page, tmp_path, "binary.html") as alone:
        assert quantity(alone, "L") == pytest.approx(core(0.3, 0.6)[0], rel=1e-12)
        alone.locator("input[name=p]").fill("0.4")
        let_draw(alone)
        assert quantity(alone, "L") == pytest.approx(core(0.4, 0.6)[0], rel=1e-12)
        assert trace(alone, "point-L")["x"] == [0.4]


def test_security_headers_are_sent(page: Page, server: Server) -> None:
    headers = page.request.get(server.url).headers
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_change_of_view_stands_in_the_address(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/binary?p=1e-20&t=0.3")
    loss = quantity(page, "L")
    page.get_by_text("logit", exact=True).first.click()
    settle(page)
    assert quantity(page, "L") == pytest.approx(loss, rel=1e-9)
    assert quantity(page, "z") == pytest.approx(math.log(1e-20))
    assert address(page)["by"] == ["logit"]
    assert float(address(page)["z-exactly"][0]) == quantity(page, "z")
    shown = quantity(page, "z"), quantity(page, "L")
    open_page(page, page.url)
    assert (quantity(page, "z"), quantity(page, "L")) == shown
    hold_thumb(page, "z", 30)
    assert quantity(page, "z") == thumb_value(page, "z")
