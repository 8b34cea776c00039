"""A lesson as markup, and what its script needs to know: the same in the application and in a published page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from explorer.lessons.lesson import (
    Canvas,
    Curve,
    Lesson,
    Notes,
    Predict,
    Reveal,
    Shown,
    Step,
    Text,
    Try,
)
from explorer.lessons.words import WORDS, size
from explorer.lessons.writing import DIGITS, written
from explorer.live.data import chart_data, diagram_data, plotly_for
from explorer.live.standalone import parts, sliders
from explorer.views.address import kept
from explorer.views.markup import quantity

Href = Callable[[str], str | None]
"""Address of a view -> where a link to it leads; None for no link."""


def spec(lesson: Lesson) -> dict[str, Any]:
    """Return what the script of a lesson needs to know."""
    views = [block for block in lesson.blocks if isinstance(block, Shown)]
    tries = [block for block in lesson.blocks if isinstance(block, Try)]
    return {
        "name": lesson.name,
        "steps": len(lesson.steps),
        "words": WORDS[lesson.language],
        "views": [_view_data(shown) for shown in views],
        "predictions": {one.id: _prediction_data(one, WORDS[lesson.language]["decimal"]) for one in lesson.predictions},
        "tries": {one.id: {"when": [vars(each) for each in one.when], "solution": one.solution} for one in tries},
    }


def article(lesson: Lesson, *, href: Href, home: str) -> str:
    """Return a lesson as markup.

    Parameters
    ----------
    lesson : Lesson
    href : callable
        Address of a view -> where a link to it leads; None for no link.
    home : str
        Where all lessons are.
    """
    words = WORDS[lesson.language]
    writer = _Writer(lesson, words, href)
    steps = "".join(writer.step(step, number) for number, step in enumerate(lesson.steps, 1))
    tools = "".join(
        f"<button type='button' data-mode='{mode}'>{words[word]}</button>"
        for mode, word in (("present", "present"), ("sheet", "print"))
    )
    return (
        f"<article class='lesson' lang='{lesson.language}' data-lesson='{escape(lesson.name)}'>"
        f"<header class='lesson-head'><a class='lesson-home' href='{escape(home)}'>{words['all']}</a>"
        f"<span class='lesson-of'>{escape(lesson.title)}</span><span class='lesson-tools'>{tools}</span></header>"
        f"<div class='lesson-paper'><label><input type='checkbox' data-solutions> {words['solutions']}</label>"
        f"<button type='button' data-print>{words['paper']}</button>"
        f"<button type='button' data-mode=''>{words['leave']}</button></div>"
        f"<div class='lesson-steps'>{steps}</div>"
        f"<nav class='lesson-nav' aria-label='{words['step']}'><button type='button' data-go='-1'>{words['back']}</button>"
        f"<span class='lesson-where'><progress max='{len(lesson.steps)}' value='1' aria-label='{words['step']}'></progress>"
        f"<span data-where></span><span class='lesson-keys'>{words['keys']}</span></span>"
        f"<button type='button' class='lesson-leave' data-mode=''>{words['leave']}</button>"
        f"<button type='button' data-reveal-all hidden>{words['reveal']}</button>"
        f"<button type='button' data-go='1'>{words['next']}</button></nav></article>"
    )


def plotly(lesson: Lesson) -> Path:
    """Return the Plotly.js that a lesson needs."""
    shown = [block for block in lesson.blocks if isinstance(block, Shown)]
    return plotly_for(*(chart.figure for one in shown for chart in one.view.charts if chart.key in one.show))


class _Writer:
    """Writes the blocks of a lesson; a view and what is to be reached in it stand together."""

    def __init__(self, lesson: Lesson, words: dict[str, str], href: Href) -> None:
        self.lesson = lesson
        self.words = words
        self.href = href
        self.views: list[Shown] = []
        self.of: dict[str, int] = {}
        """Id of a try -> the number of its view, the last one before it."""
        for block in lesson.blocks:
            if isinstance(block, Shown):
                self.views.append(block)
            elif isinstance(block, Try):
                self.of[block.id] = len(self.views) - 1

    def step(self, step: Step, number: int) -> str:
        """A step: what is told, and beside it the views. What stands after a question waits for its answer."""
        head = f"<h2 tabindex='-1'>{step.title}</h2>" if number > 1 else self._opening()
        told, beside, notes, asked, waits = [head], [], [], "", ""
        for block, screen in zip(step.blocks, _screens(step), strict=True):
            on = f" data-screen='{screen}'"
            match block:
                case Shown():
                    waits = f" data-reveal='{asked}' hidden" if asked else ""
                    beside.append(self._view(block, on + waits))
                case Try():
                    told.append(self._try(block, on + waits))
                case Notes(html):
                    notes.append(html)
                case _:
                    told.append(self._block(block, on))
            asked = block.id if isinstance(block, Predict) else asked
        views = f"<div class='lesson-beside'>{''.join(beside)}</div>" if beside else ""
        told_html = f"<div class='lesson-told'>{''.join(told)}{self._notes(notes)}</div>"
        return f"<section class='lesson-step' data-step='{number}' hidden>{told_html}{views}</section>"

    def _opening(self) -> str:
        lesson, words = self.lesson, self.words
        lists = "".join(
            f"<h3>{words[word]}</h3><ul>{''.join(f'<li>{one}</li>' for one in ones)}</ul>"
            for word, ones in (("after", lesson.after), ("before", lesson.before))
            if ones
        )
        about = size(lesson.language, lesson.minutes, len(lesson.predictions))
        return f"<h1 tabindex='-1'>{escape(lesson.title)}</h1><p class='lesson-about'>{about}</p>{lists}"

    def _block(self, block: Text | Predict | Reveal, on: str) -> str:
        match block:
            case Text(html):
                return f"<div class='lesson-text'{on}>{html}</div>"
            case Predict():
                return self._predict(block, on)
            case Reveal(of, html):
                return f"<div class='lesson-reveal'{on} data-reveal='{of}' hidden>{html}</div>"

    def _notes(self, notes: Sequence[str]) -> str:
        if not notes:
            return ""
        return f"<details class='lesson-notes'><summary>{self.words['notes']}</summary><div>{''.join(notes)}</div></details>"

    def _view(self, shown: Shown, given: str) -> str:
        number = next(k for k, one in enumerate(self.views) if one is shown)
        found = parts(shown.view)
        tries = [block for block in self.lesson.blocks if isinstance(block, Try) and self.of[block.id] == number]
        quantities = {each.name for one in tries for each in one.when}
        watched = "".join(quantity(name, float(shown.view.numbers[name])) for name in sorted(quantities))
        where = self.href(kept(shown.view.address))
        link = f"<a class='lesson-open' href='{escape(where)}'>{self.words['open']}</a>" if where else ""
        return (
            f"<div class='lesson-view live-page' data-view='{number}'{given}>{sliders(shown.controls)}"
            f"{''.join(found[key] for key in shown.show)}<p class='lesson-watched' hidden>{watched}</p>{link}</div>"
        )

    def _predict(self, one: Predict, on: str) -> str:
        """A question with its field, and what is said of each answer."""
        words = self.words
        match one.kind:
            case "number":
                label = escape(one.unit)
                field = (
                    f"<label class='lesson-number'><input type='text' inputmode='decimal' autocomplete='off' "
                    f"aria-label='{words['answer']}' maxlength='40'> {label}</label>"
                )
            case "choice":
                field = "".join(
                    f"<label class='lesson-choice'><input type='radio' name='{one.id}' value='{k}' "
                    f"aria-label='{_plain(choice.html)}'>"
                    f"<span>{choice.html}</span></label>"
                    for k, choice in enumerate(one.choices)
                )
            case _:
                field = _canvas(one, words)
        says = "".join(
            f"<div class='lesson-say' data-say='{key}' hidden>{html}</div>"
            for key, html in (
                *((str(k), choice.say) for k, choice in enumerate(one.choices)),
                *((str(k), wrong.say) for k, wrong in enumerate(one.wrong)),
                *([("other", one.say)] if one.say else []),
            )
        )
        return (
            f"<form class='lesson-predict' data-predict='{one.id}' data-kind='{one.kind}'{on}>"
            f"<fieldset><legend>{one.ask}</legend>{field}</fieldset>"
            f"<p class='lesson-missing' role='alert' hidden></p>"
            f"<button type='submit'>{words['check']}</button>"
            f"<div class='lesson-result' role='status'><p class='lesson-verdict' hidden></p>{says}</div></form>"
        )

    def _try(self, one: Try, given: str) -> str:
        words = self.words
        return (
            f"<div class='lesson-try' data-try='{one.id}' data-of='{self.of[one.id]}'{given}><h3>{words['try']}</h3>{one.ask}"
            f"<button type='button' data-solve>{words['show']}</button>"
            f"<div class='lesson-result' role='status'><div class='lesson-say' hidden>"
            f"<p class='lesson-verdict'>{words['reached']}</p>{one.say}</div></div></div>"
        )


def _screens(step: Step) -> list[int]:
    """The screen of each block before a class: one has a question and its answer, or a view with what is to be tried in it."""
    screen, of_view, screens = 0, 0, []
    held: Shown | Predict | None = None
    for block in step.blocks:
        if (held and isinstance(block, Text | Shown | Predict)) or (isinstance(held, Shown) and isinstance(block, Reveal)):
            screen, held = screen + 1, None
        if isinstance(block, Shown | Predict):
            held = block
        if isinstance(block, Shown):
            of_view = screen
        screens.append(of_view if isinstance(block, Try) else screen)
    return screens


def _canvas(one: Predict, words: dict[str, str]) -> str:
    """Axes with handles: sliders, which a hand on the chart moves too."""
    canvas = one.canvas
    assert canvas is not None  # of a point or a sketch
    if one.kind == "point":
        low, high = canvas.x
        handles = (
            f"<input type='range' class='lesson-mark' aria-label='{words['mark']}' min='{low!r}' max='{high!r}' "
            f"step='{(high - low) / 200!r}' value='{(low + high) / 2!r}'>"
        )
        hint = words["place"]
    else:
        low, high = canvas.y
        count = len(one.curve)
        handles = "".join(
            f"<input type='range' class='lesson-handle' style='--at: {k / (count - 1)!r}' min='{low!r}' max='{high!r}' "
            f"step='{(high - low) / 100!r}' value='{(low + high) / 2!r}' aria-orientation='vertical' "
            f"aria-label='{words['handle']} {written(_across(canvas, k, count), 3, words['decimal'])}'>"
            for k in range(count)
        )
        hint = words["draw"]
    return (
        f"<p class='lesson-hint'>{hint}</p><div class='lesson-canvas' data-kind='{one.kind}'><div class='lesson-plot'></div>"
        f"<div class='lesson-hand'><svg viewBox='0 0 1 1' preserveAspectRatio='none' aria-hidden='true'><polyline/></svg>"
        f"{handles}</div></div>"
    )


def _plain(markup: str) -> str:
    """Markup as an attribute's text: a label that is a formula alone would be none to a screen reader."""
    return re.sub(r"<[^>]+>", "", markup).replace("'", "&#39;")


def _across(canvas: Canvas, k: int, count: int) -> float:
    low, high = canvas.x
    return low + (high - low) * k / (count - 1)


def _view_data(shown: Shown) -> dict[str, Any]:
    charts = {chart.key: chart_data(chart) for chart in shown.view.charts if chart.key in shown.show}
    diagram = shown.view.diagram
    return {"charts": charts, "diagram": diagram_data(diagram) if diagram and diagram.key in shown.show else None}


def _prediction_data(one: Predict, decimal: str) -> dict[str, Any]:
    """What tells a right answer from a wrong one, and what is drawn."""
    data: dict[str, Any] = {"kind": one.kind, "tolerance": one.tolerance}
    if one.kind == "choice":
        return data | {"right": next(k for k, choice in enumerate(one.choices) if choice.right)}
    if one.kind == "sketch":
        data |= {"curve": one.curve}
    else:
        shown = written(one.answer, DIGITS, decimal)
        data |= {"answer": one.answer, "shown": f"{shown} {one.unit}".strip(), "wrong": [wrong.value for wrong in one.wrong]}
    if canvas := one.canvas:
        data["canvas"] = {
            "x": canvas.x, "y": canvas.y, "titles": [canvas.x_title, canvas.y_title],
            "shown": list(map(_drawn, canvas.shown)), "hidden": list(map(_drawn, canvas.hidden)),
        }  # fmt: skip
    return data


def _drawn(curve: Curve) -> dict[str, Any]:
    return {"name": curve.name, "x": curve.x, "y": curve.y}
