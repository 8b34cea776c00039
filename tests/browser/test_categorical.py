"""The page /categorical as a person with a mouse, a keyboard, a spreadsheet or a link meets it."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.server import Server
from explorer.core import losses
from tests.browser.steps import (
    CHART,
    address,
    axis_range,
    check_fit_and_access,
    count_messages,
    eventually,
    go_back,
    hold_arrow,
    hold_thumb,
    leave,
    let_draw,
    not_reached_by_keyboard,
    open_from_file,
    open_page,
    paste,
    quantity,
    settle,
    thumb,
    thumb_value,
    trace,
    wait_until,
)

PUBLISHED = "target=distribution&p1=0.1&p2=0.2&p3=0.7&t1=0.12&t2=0.3&t3=0.6"
WEIGHTED = (  # PyTorch issue 25571: losses 5.639 and 4.9593, their mean by the sum of weights 1.0598, by count 5.29915
    "by=logit&options=class+weights&w1=2&w2=4&w3=6&batch=0.2+0.3+0.5+2;0.5+0.2+0.3+1"
)
FULL = (
    "classes=4&by=logit&target=distribution&names=cat,dog,owl&along=owl&options=label+smoothing&options=class+weights&"
    "options=focal&options=temperature&epsilon=0.2&gamma=1.5&T=2.5&w2=3&z1=1.25&z2=-0.5&z3=0.75&z4=2&t1=0.1&t2=0.2&t3=0.3&t4=0.4"
)


def vector(page: Page, name: str, classes: int = 3) -> list[float]:
    return [quantity(page, f"{name}{k}") for k in range(1, classes + 1)]


def cells(page: Page) -> list[str]:
    return [cell.input_value() for cell in page.locator(".live-edit input[type=text]").all()]


def cell(page: Page, row: int, column: int) -> Locator:
    return page.locator(".live-edit tbody").nth(row).locator("input[type=text]").nth(column)


def everything(page: Page) -> dict[str, float]:
    """Each number on the page by its name and row."""
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('[data-quantity]:not(input)')].map(
          e => [`${e.dataset.quantity} ${e.dataset.row ?? ''}`, e.dataset.value]))"""
    )
    return {name: float(value.replace("Infinity", "inf")) for name, value in found.items()}


def test_it_opens_with_the_notebooks_batch_and_a_drag_sends_nothing_and_moves_bars_numbers_and_the_row(
    page: Page, server: Server
) -> None:
    sent = count_messages(page)
    open_page(page, f"{server.url}/categorical")
    assert quantity(page, "L") == pytest.approx(0.35667494393873245, rel=1e-12)
    assert quantity(page, "mean") == pytest.approx(0.38506088005216804, rel=1e-12)
    assert quantity(page, "accuracy") == 1
    assert page.locator("[data-quantity=row_L]").all_inner_texts() == ["0.693147", "0.105361"]
    assert cells(page) == ["0.7", "0.1", "0.2", "0", "0.1", "0.5", "0.4", "1", "0.02", "0.9", "0.08", "1"]
    before = len(sent)
    hold_thumb(page, "p1", -40)
    p = thumb_value(page, "p1")
    assert p < 0.6
    assert quantity(page, "L") == pytest.approx(-math.log(p), rel=1e-12)
    assert quantity(page, "sum_p") == pytest.approx(p + 0.3)
    assert trace(page, "prediction")["y"] == [p, 0.1, 0.2]
    assert trace(page, "slope-p")["y"] == pytest.approx([-1 / p, 0, 0], rel=1e-12)
    assert float(cells(page)[0]) == p
    assert len(sent) == before
    page.mouse.up()
    settle(page)
    assert len(sent) > before
    assert address(page) == {"p1": [f"{p:g}"]}
    assert quantity(page, "mean") == pytest.approx((-math.log(p) + 0.69314718 + 0.10536052) / 3, abs=1e-8)


@pytest.mark.parametrize(
    ("query", "key"),
    [
        (f"{PUBLISHED}&options=focal&options=label+smoothing", "t2"),
        (f"{FULL.replace('classes=4', 'classes=3')}", "T"),
    ],
)
def test_the_preview_of_every_trace_and_number_equals_pythons(page: Page, server: Server, query: str, key: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 3200})  # numbers far below the screen wait until they are seen
    open_page(page, f"{server.url}/categorical?{query}")
    hold_thumb(page, key, 30)
    uids = page.evaluate(
        """[...document.querySelectorAll('.live-plot')].flatMap(plot => plot._fullData)
          .filter(trace => trace.meta?.bind && Object.keys(trace.meta.bind).length).map(trace => trace.uid)"""
    )
    assert {"floor", "excess", "prediction", "target", "share", "slope-p", "slope-z", "curve", "tangent"} < set(uids)
    shown = {uid: trace(page, uid) for uid in uids}
    numbers = {name: quantity(page, name) for name in ("L", "floor", "excess", "d_p1", "d_z1")}
    page.mouse.up()
    settle(page)
    for uid, preview in shown.items():
        settled = trace(page, uid)
        for path in ("x", "y", "base", "z"):
            ours, theirs = (np.array(found.get(path) or [], dtype=float) for found in (preview, settled))
            np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12, err_msg=f"{uid}.{path}")
    assert {name: quantity(page, name) for name in numbers} == pytest.approx(numbers, rel=1e-9, abs=1e-12)


def test_a_bar_that_loses_its_end_under_a_hand_is_marked_at_once(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/categorical?p1=0.01")
    assert trace(page, "endless-l")["y"] == [None] * 3
    hold_thumb(page, "p1", -60)
    assert thumb_value(page, "p1") == 0
    preview = [trace(page, uid) for uid in ("endless-l", "endless-d_p-below", "endless-loss")]
    assert preview[0]["y"] == [0.88, None, None]
    expect(page.locator(".live-plot .textpoint", has_text="∞")).to_have_count(3)
    page.mouse.up()
    settle(page)
    assert [trace(page, uid) for uid in ("endless-l", "endless-d_p-below", "endless-loss")] == preview


def test_bars_are_previewed_where_plotly_would_draw_them_and_the_triangles_field_is_redrawn_only_when_it_changes(
    page: Page, server: Server
) -> None:
    open_page(page, f"{server.url}/categorical?{PUBLISHED}")
    page.evaluate(
        """(() => {
          window.redrawn = 0;
          const restyle = Plotly.restyle, put = CanvasRenderingContext2D.prototype.putImageData;
          Plotly.restyle = (...given) => { redrawn++; return restyle(...given); };
          CanvasRenderingContext2D.prototype.putImageData = function (...given) { redrawn++; put.apply(this, given); };
        })()"""
    )
    hold_thumb(page, "p1", 20)
    page.mouse.up()
    settle(page)
    assert page.evaluate("redrawn") == 0
    hold_thumb(page, "t2", 40)
    assert page.evaluate("redrawn") > 0
    drawn = """() => [...document.querySelectorAll('.live-plot .bars .point > path')].map(
      path => path.getAttribute('d').match(/-?[\\d.]+/g).map(Number))"""
    preview = page.evaluate(drawn)
    page.evaluate("document.querySelectorAll('.live-plot').forEach(plot => Plotly.redraw(plot))")
    let_draw(page)
    plotly = page.evaluate(drawn)
    page.mouse.up()
    assert len(preview) == len(plotly) == 17
    for ours, theirs in zip(preview, plotly, strict=True):
        assert ours == pytest.approx(theirs, abs=1.01)  # Plotly rounds to whole pixels


def test_the_published_target_is_put_in_and_computed_as_given_and_normalised_and_back_undoes_it(
    page: Page, server: Server
) -> None:
    open_page(page, f"{server.url}/categorical?{PUBLISHED}")
    put_in = page.locator(".live-worked").first.locator("math").first.text_content()
    assert put_in == "=−(0.12·ln0.1+0.3·ln0.2+0.6·ln0.7)"
    assert quantity(page, "L") == pytest.approx(0.9731465512527551, rel=1e-12)
    expect(page.locator("tr", has_text="Σt")).to_contain_text("1.02not 1")
    page.get_by_role("button", name="Normalise t").click()
    settle(page)
    assert quantity(page, "L") == pytest.approx(0.9540652463262304, rel=1e-12)
    assert quantity(page, "floor") == pytest.approx(0.923840705630872, rel=1e-12)
    go_back(page)
    assert quantity(page, "L") == pytest.approx(0.9731465512527551, rel=1e-12)
    assert vector(page, "t") == [0.12, 0.3, 0.6]


def test_a_typed_vector_sets_all_at_once_and_a_bad_one_changes_nothing(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/categorical")
    field = page.get_by_role("textbox", name="Prediction p, all at once", exact=True)
    field.fill("0.1, 0.2, 0.65432109876")
    field.press("Enter")
    wait_until(page, "location.search.includes('p1=0.1&')")
    settle(page)
    assert eventually(page, lambda: vector(page, "p") == [0.1, 0.2, 0.65432109876])
    for typed, sentence in [
        ("0.1, 0.2", "Prediction p must be 3 numbers, one for each class; got 2."),
        ("0.1, 0.2, 1.5", "Prediction p must be numbers from 0 to 1; got 1.5."),
        ("0.1, x, 0.5", "Prediction p must be 3 numbers with commas between them; x is not a number."),
    ]:
        field.fill(typed)
        field.press("Enter")
        settle(page)
        expect(page.get_by_text(sentence)).to_be_visible()
        expect(field).to_have_value(typed)
    assert vector(page, "p") == [0.1, 0.2, 0.65432109876]


@pytest.mark.parametrize("by", ["probability", "logit"])
def test_the_point_in_the_triangle_can_be_dragged(page: Page, server: Server, by: str) -> None:
    sent = count_messages(page)
    page.set_viewport_size({"width": 1280, "height": 1600})  # numbers far below the screen wait until they are seen
    open_page(page, f"{server.url}/categorical?{PUBLISHED.replace('p1=0.1&p2=0.2&p3=0.7&', '')}&by={by}")
    letter = "p" if by == "probability" else "z"
    grip = page.locator(f"[data-grip='{letter}1 {letter}2 {letter}3']")
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    assert box is not None
    before = len(sent)
    page.mouse.move(box["x"] + 16, box["y"] + 16)
    page.mouse.down()
    page.mouse.move(box["x"] + 66, box["y"] - 34, steps=8)
    let_draw(page)
    p, t = vector(page, "p"), [0.12, 0.3, 0.6]
    assert sum(p) == pytest.approx(1)
    assert p[2] > 0.3
    assert quantity(page, "L") == pytest.approx(float(losses.cross_entropy(p, t)), rel=1e-9)
    assert len(sent) == before
    page.mouse.up()
    settle(page)
    assert vector(page, "p") == pytest.approx(p, rel=1e-9)
    assert [thumb_value(page, f"{letter}{k}") for k in (1, 2, 3)] == pytest.approx(
        p if letter == "p" else vector(page, "z"), abs=0.006
    )
    third = vector(page, "p")[2]
    grip.focus()
    page.keyboard.press("ArrowUp")
    settle(page)
    assert vector(page, "p")[2] == pytest.approx(third + 0.01 / (math.sqrt(3) / 2), abs=0.004)


def test_choosing_a_row_puts_it_on_the_sliders_and_keeps_the_one_before_and_a_zoom_survives(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/categorical")
    slice_chart = "[...document.querySelectorAll('.live-plot')].at(-1)"
    page.evaluate(f"Plotly.relayout({slice_chart}, {{'xaxis.range': [-3, 3], 'yaxis.range': [0, 2]}})")
    thumb(page, "p2").focus()
    page.keyboard.press("ArrowRight")
    settle(page)
    assert page.evaluate(f"{slice_chart}._fullLayout.xaxis.range") == [-3, 3]
    assert page.evaluate(f"{slice_chart}._fullLayout.yaxis.range") == [0, 2]
    assert axis_range(page, "xaxis") == pytest.approx([-0.04, 1.04])  # of the triangle, which comes first
    page.get_by_label("Show row 3").check()
    settle(page)
    assert vector(page, "p") == [0.02, 0.9, 0.08]
    assert quantity(page, "L") == pytest.approx(0.10536051565782628, rel=1e-12)
    assert cells(page)[1] == "0.101"
    assert address(page)["row"] == ["3"]
    go_back(page)
    assert vector(page, "p") == [0.7, 0.101, 0.2]
    assert address(page) == {"p2": ["0.101"]}


def test_a_bad_cell_gets_a_sentence_at_its_row_and_nothing_is_lost(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/categorical")
    before = cells(page)
    for row, column, typed, sentence in [
        (1, 0, "-0.1", "Row 2: p1 must lie in [0, 1]; got -0.1."),
        (2, 3, "7", "Row 3: k must lie in [0, 2]; got 7."),
        (0, 1, "abc", "Row 1: p2 must be a number; got abc."),
    ]:
        cell(page, row, column).fill(typed)
        cell(page, row, column).press("Enter")
        settle(page)
        expect(page.locator(".live-edit tbody").nth(row).get_by_text(sentence)).to_be_visible()
    expect(page.get_by_text("No row counts: the mean is 0/0, which is NaN, as in PyTorch.")).to_be_visible()
    after = cells(page)
    page.reload()
    page.wait_for_selector(CHART)
    settle(page)
    assert cells(page) == after
    for row, column in [(1, 0), (2, 3), (0, 1)]:
        cell(page, row, column).fill(before[4 * row + column])
        cell(page, row, column).press("Enter")
        settle(page)
    assert quantity(page, "mean") == pytest.approx(0.38506088005216804, rel=1e-12)
    assert "batch" not in address(page)


def test_rows_are_pasted_from_a_spreadsheet_added_and_removed(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/categorical")
    paste(cell(page, 1, 0), "0.25\t0.25\t0.5\t2\r\n0.5\t0.25\t0.25\t0\r\n1\t0\t0\t1\r\n")
    settle(page)
    assert cells(page)[4:] == ["0.25", "0.25", "0.5", "2", "0.5", "0.25", "0.25", "0", "1", "0", "0", "1"]
    assert quantity(page, "mean") == math.inf
    assert quantity(page, "accuracy") == 0.75
    page.get_by_label("Remove row 4").click()
    settle(page)
    assert quantity(page, "mean") == pytest.approx((-math.log(0.7) + 2 * math.log(2)) / 3)
    page.get_by_role("button", name="Add row").click()
    settle(page)
    assert quantity(page, "counted") == 4
    reloaded = page.url
    open_page(page, reloaded)
    assert quantity(page, "mean") == pytest.approx((-math.log(0.7) + 2 * math.log(2) + math.log(3)) / 4, abs=1e-6)


@pytest.mark.parametrize("query", [WEIGHTED, FULL, "classes=2&base=1&names=no,yes&row=2&p1=0.25"])
def test_a_link_restores_every_number_exactly(page: Page, server: Server, query: str) -> None:
    open_page(page, f"{server.url}/categorical?{query}")
    expect(page.get_by_role("alert")).to_have_count(0)
    shown, url = (everything(page), cells(page), address(page)), page.url
    leave(page)
    open_page(page, url)
    restored = everything(page)
    assert restored == pytest.approx(shown[0], rel=1e-12, abs=1e-15)
    assert (cells(page), address(page)) == shown[1:]


def test_every_choice_keeps_the_example_where_it_can(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/categorical?row=2")
    loss = quantity(page, "L")
    for name in ("logit", "distribution", "probability", "class index", "1"):
        if name == "1":
            page.get_by_role("button", name="Options").click()
        page.get_by_role("radio", name=name, exact=True).click()
        settle(page)
        assert quantity(page, "L") == pytest.approx(loss, rel=1e-9)
        assert quantity(page, "mean") == pytest.approx(0.38506088005216804, rel=1e-9)
    assert quantity(page, "accuracy") == 1
    expect(page.get_by_role("textbox", name="Target index k", exact=True)).to_have_value("2")


def test_a_long_batch_is_kept_in_a_file_that_opens_again(page: Page, server: Server, tmp_path: Path) -> None:
    open_page(page, f"{server.url}/categorical?names=cat,dog&options=focal&gamma=1.5")
    rows = [" ".join([*(repr((i + k) / 300) for k in (1, 2, 3)), str(i % 3)]) for i in range(50)]
    paste(cell(page, 0, 0), "\n".join(rows))
    settle(page)
    expect(page.get_by_text("This batch is too long for a link, with over 2,000 characters")).to_be_visible()
    assert address(page)["batch"] == ["file"]
    shown = everything(page), cells(page), address(page)
    open_from_file(page, f"{server.url}/categorical?classes=5&by=logit", tmp_path, "batch=file")
    assert everything(page) == pytest.approx(shown[0], rel=1e-12, abs=1e-15)
    assert (cells(page), address(page)) == shown[1:]


def test_a_bad_link_opens_at_the_default_and_says_so(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/categorical?p1=5&along=Z&row=2")
    assert page.get_by_role("alert").all_inner_texts() == [
        "The link's p1 = “5” was ignored: p1 must be a number from 0 to 1. The default is shown.",
        "The link's along = “Z” was ignored: along must be a class's name. The default is shown.",
    ]
    assert quantity(page, "L") == pytest.approx(0.69314718, abs=1e-8)


def test_the_formula_collapses_for_one_class(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/categorical?k=1&along=B")
    formulas = page.locator(".live-formula").all_text_contents()
    assert formulas[0].endswith("=−lnp2")
    assert formulas[1].endswith("=−1p2")


def test_a_held_arrow_key_ends_consistent(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/categorical?classes=10&target=distribution")
    hold_arrow(page, "p2", 60)
    p = thumb_value(page, "p2")
    assert p == pytest.approx(0.16)
    assert address(page)["p2"] == [f"{p:g}"]
    assert trace(page, "prediction")["y"][1] == p
    expect(page.get_by_role("textbox", name="Prediction p, all at once", exact=True)).to_have_value(
        "0.7, 0.16, 0.2, 0, 0, 0, 0, 0, 0, 0"
    )


def test_the_keyboard_alone_reaches_every_control(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/categorical?target=distribution&options=class+weights")
    controls = (
        "probability", "class index", "Classes", "Options", "p₁ · A", "t₃ · C",
        "Prediction p, all at once", "w₂ · B", "p1 and p2 and p3, on the chart", "Show row 1",
        "row 2, p A", "Remove row 3", "Add row", "Save or open a file", "Libraries", "Share",
    )  # fmt: skip
    assert not_reached_by_keyboard(page, controls, 160) == []


@pytest.mark.parametrize(("scheme", "width", "query"), [("light", 1280, FULL), ("dark", 390, "")])
def test_both_themes_fit_the_screen_and_pass_axe(page: Page, server: Server, scheme: str, width: int, query: str) -> None:
    check_fit_and_access(page, f"{server.url}/categorical?{query}", scheme, width)


def test_the_formula_can_be_copied(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/categorical?options=focal")
    page.get_by_role("button", name="Share").click()
    assert r"L = -\left(t_{1} \left(1 - p_{1}\right)^{\gamma} \ln p_{1}" in page.get_by_test_id("stCode").first.inner_text()
