"""Lessons as a class meets them: every one of them walked through, in a published page and in the application."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.server import Server
from explorer.lessons import lesson, lessons
from explorer.lessons.lesson import Predict, Shown, Try
from explorer.lessons.publishing import publish
from explorer.lessons.words import WORDS
from tests.browser.steps import barriers, go_back, leave, settle, standing_alone

READY = ".lesson[data-ready=true]"
NEXT = "document.querySelector('[data-go=\"1\"]').disabled"
SIZE = "parseFloat(getComputedStyle(document.querySelector('.lesson')).fontSize)"
"""Of running text, in pixels."""
FITS = f"(e => e.scrollHeight <= e.clientHeight && {SIZE} >= 20)(document.querySelector('.lesson'))"
NAMES = [(name, language) for language in ("en", "de") for name in lessons(language)]


def form(page: Page, asked: Predict) -> Locator:
    return page.locator(f"[data-predict={asked.id}]")


def put(page: Page, asked: Predict, numbers: list[float]) -> None:
    """Answer by the mouse where there is a chart, else by the keyboard."""
    field = form(page, asked)
    if asked.kind == "number":
        field.get_by_role("textbox").fill(repr(numbers[0]))
        page.keyboard.press("Enter")
        return
    if asked.kind == "choice":
        field.get_by_role("radio").nth(int(numbers[0])).focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        return
    hand = field.locator(".lesson-hand")
    hand.scroll_into_view_if_needed()
    box = hand.bounding_box()
    assert box
    assert asked.canvas
    (left, right), (low, high) = asked.canvas.x, asked.canvas.y
    if asked.kind == "point":
        places = [((numbers[0] - left) / (right - left), 0.5)]
    else:
        places = [(k / (len(numbers) - 1), (y - low) / (high - low)) for k, y in enumerate(numbers)]
    points = [(box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"]) for across, up in places]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point)
    page.mouse.up()
    field.get_by_role("button").click()


def right(asked: Predict) -> list[float]:
    if asked.kind == "choice":
        return [float(k) for k, choice in enumerate(asked.choices) if choice.right]
    return list(asked.curve) if asked.kind == "sketch" else [asked.answer]


def wrong(asked: Predict) -> list[float]:
    if asked.kind == "choice":
        return [float(k) for k, choice in enumerate(asked.choices) if not choice.right][:1]
    if asked.kind == "sketch":
        assert asked.canvas
        low, high = asked.canvas.y
        return [low if y > (low + high) / 2 else high for y in asked.curve]
    if asked.kind == "point":
        assert asked.canvas
        return [max(asked.canvas.x, key=lambda x: abs(x - asked.answer))]
    return [asked.wrong[0].value if asked.wrong else 10 * asked.answer + 1e6]


def walk(page: Page, name: str, language: str) -> None:
    """Go through a lesson from its first step to its last: wrong answers first, then right ones, what is to try, Back."""
    shown = lesson(name, language)
    steps = page.locator(".lesson-step")
    for number, step in enumerate(shown.steps, 1):
        expect(steps.nth(number - 1)).to_be_visible()
        expect(page.locator(".lesson-step:visible")).to_have_count(1)
        for block in step.blocks:
            if isinstance(block, Predict):
                field = form(page, block)
                revealed = page.locator(f"[data-reveal={block.id}]:visible")
                expect(revealed).to_have_count(0)
                put(page, block, wrong(block))
                expect(field).to_have_attribute("data-state", "wrong")
                expect(field.locator(".lesson-say:visible")).to_have_count(1)
                put(page, block, right(block))
                expect(field).to_have_attribute("data-state", "right")
                expect(revealed).to_have_count(page.locator(f"[data-reveal={block.id}]").count())
            if isinstance(block, Try):
                attempt = page.locator(f"[data-try={block.id}]")
                expect(attempt.locator(".lesson-say")).to_be_hidden()
                page.locator(READY).wait_for()
                attempt.get_by_role("button").click()
                expect(attempt.locator(".lesson-say")).to_be_visible()
        page.locator(READY).wait_for()
        drawn = steps.nth(number - 1).locator(".lesson-view:visible .js-plotly-plot")
        views = [block for block in step.blocks if isinstance(block, Shown)]
        expect(drawn).to_have_count(sum(chart.key in each.show for each in views for chart in each.view.charts))
        if number < len(shown.steps):
            page.locator("[data-go='1']").click()
    assert len(parse_qs(page.url.partition("#")[2] or page.url.partition("?")[2])["answers"][0].split("*")) == len(
        shown.predictions
    )


@pytest.mark.parametrize(("name", "language"), NAMES)
def test_a_published_lesson_is_walked_through(browser: Browser, tmp_path: Path, name: str, language: str) -> None:
    publish(tmp_path, [lesson(name, language)])
    with standing_alone(browser, tmp_path / f"{name}.html", READY) as page:
        walk(page, name, language)
        page.go_back()
        expect(page.locator(".lesson-step").nth(len(lesson(name, language).steps) - 2)).to_be_visible()
        page.reload()
        page.locator(READY).wait_for()
        for asked in lesson(name, language).predictions:
            expect(form(page, asked)).to_have_attribute("data-state", "right")
            if asked.kind == "number":
                text = form(page, asked).locator("input").input_value()
                mark = WORDS[language]["decimal"]
                assert text.replace(mark, "").replace("−", "").isdecimal()
                assert float(text.replace(mark, ".").replace("−", "-")) == asked.answer


def test_in_the_application_a_lesson_is_found_walked_left_and_found_again(page: Page, server: Server) -> None:
    name = lessons()[0]
    page.goto(f"{server.url}/lessons")
    page.locator(".lessons-list").get_by_role("link", name=lesson(name).title).click()
    page.wait_for_url(f"**/lessons?lesson={name}")
    page.locator(READY).wait_for()
    walk(page, name, "en")
    page.reload()
    page.locator(READY).wait_for()
    while not page.locator(".lesson-open:visible").count():
        page.locator("[data-go='-1']").click()
        page.locator(READY).wait_for()
    address = page.url
    view = page.locator(".lesson-view:visible")
    view.locator("input[name=p]").fill("0.3")
    view.locator(".lesson-open").click()
    page.wait_for_url("**/binary?*p=0.3*")
    settle(page)
    page.go_back()
    page.locator(READY).wait_for()
    assert page.url == address
    expect(view).to_be_visible()
    page.get_by_role("link", name="All lessons").click()
    expect(page.locator(".lessons-list a")).to_have_count(len(lessons()))
    page.get_by_role("link", name="Deutsch").click()
    page.locator(".lessons-list").get_by_role("link", name=lesson(name, "de").title).wait_for()
    page.get_by_role("link", name="English").click()
    expect(page.locator(".lessons-list a")).to_have_count(len(lessons()))
    leave(page)


def test_addresses_that_there_are_not_get_a_sentence(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/lessons?lesson=%3Cimg%20src=x%3E")
    expect(page.get_by_role("alert")).to_contain_text("A lesson must be one of surprise,")
    expect(page.locator(".lessons-list a")).to_have_count(len(lessons()))
    page.goto(f"{server.url}/lessons?lesson=surprise&lang=xx&step=1e9")
    expect(page.get_by_role("alert")).to_contain_text("A language must be one of en, de; got xx.")
    page.goto(f"{server.url}/lessons?lesson=surprise&step=-7&mode=%00&answers=coins-1e999*x-1*curve-1_2*candidates-9")
    page.locator(READY).wait_for()
    expect(page.locator(".lesson-step").first).to_be_visible()
    expect(page.locator("[data-state=right], [data-state=wrong]")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lesson_fits_and_can_be_reached(page: Page, server: Server, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for query in (
        "",
        "?lesson=surprise&step=5&answers=bits-3",
        "?lesson=surprise&step=3&answers=candidates-1",
        "?lesson=surprise&step=4&answers=curve-3_2_1_1_1_0_0",
    ):
        page.goto(f"{server.url}/lessons{query}")
        page.locator(f"{READY}, .lessons-list").first.wait_for()
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            settle(page)
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert barriers(page) == []


def test_before_a_class_a_screen_at_a_time_and_the_answer_when_it_is_asked_for(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{server.url}/lessons?lesson=surprise&step=5")
    page.locator(READY).wait_for()
    page.get_by_role("button", name="Present").click()
    shown = page.locator(".lesson-step:visible")
    field, reveal = shown.locator("[data-predict]"), shown.locator(".lesson-reveal")
    field.get_by_role("textbox").fill("3")
    page.keyboard.press("Enter")
    expect(field).to_have_attribute("data-state", "answered")
    expect(reveal).to_be_hidden()
    expect(shown.locator(".lesson-view")).to_be_hidden()
    page.mouse.click(5, 5)
    page.keyboard.press("r")
    expect(field).to_have_attribute("data-state", "right")
    expect(reveal).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(shown.locator(".lesson-view .js-plotly-plot")).to_be_visible()
    expect(field).to_be_hidden()
    page.locator(READY).wait_for()
    assert page.evaluate("(e => e.scrollHeight <= e.clientHeight)(document.querySelector('.lesson'))")
    page.keyboard.press("n")
    expect(shown.locator(".lesson-notes")).to_have_attribute("open", "")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-where]")).to_have_text(f"Step 6 of {len(lesson('surprise').steps)}")
    page.keyboard.press("ArrowLeft")
    expect(shown.locator(".lesson-view .js-plotly-plot")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(field).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Present")).to_be_visible()
    go_back(page)
    assert "mode=present" in page.url


@pytest.mark.parametrize("name", ["floor", "calibration"])  # which have the fullest screens
def test_before_a_class_nothing_is_scrolled_and_letters_stay_large(browser: Browser, tmp_path: Path, name: str) -> None:
    held = "*".join(f"{one.id}-{'_'.join(map(repr, wrong(one)))}" for one in lesson(name).predictions)
    publish(tmp_path, [lesson(name)])
    with standing_alone(browser, tmp_path / f"{name}.html", READY) as page:
        page.set_viewport_size({"width": 1280, "height": 720})
        page.goto(f"{page.url}#mode=present&answers={held}")
        screens = 1
        while not page.evaluate(NEXT):
            page.locator(READY).wait_for()
            while page.locator("[data-reveal-all]:visible").count():
                assert page.evaluate(FITS)
                page.keyboard.press("r")
                page.locator(READY).wait_for()
            assert page.evaluate(FITS)
            page.keyboard.press("ArrowRight")
            screens += 1
        assert screens > len(lesson(name).steps)
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.locator(READY).wait_for()
        assert page.evaluate(FITS)
        assert page.evaluate(SIZE) >= 30


def test_a_work_sheet_has_every_question_and_its_answers_if_wished(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/lessons?lesson=surprise&answers=bits-3")
    page.locator(READY).wait_for()
    page.get_by_role("button", name="Work sheet").click()
    shown = lesson("surprise")
    expect(page.locator("[data-predict]:visible")).to_have_count(len(shown.predictions))
    expect(page.locator(".lesson-reveal:visible, .lesson-verdict:visible, .lesson-say:visible")).to_have_count(0)
    page.get_by_role("checkbox", name="with answers").check()
    expect(page.locator(".lesson-reveal:visible")).to_have_count(page.locator(".lesson-reveal").count())
    expect(page.locator("[data-predict=bits] .lesson-verdict")).to_have_text("Answer: 3 bits")
    page.emulate_media(media="print")
    expect(page.get_by_role("checkbox")).to_be_hidden()
    expect(page.locator("[data-predict]:visible")).to_have_count(len(shown.predictions))
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Leave").first.click()
    expect(page.locator(".lesson-step:visible")).to_have_count(1)
