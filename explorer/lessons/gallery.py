"""All lessons of a language, as markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import NamedTuple

from explorer.lessons.lesson import Lesson
from explorer.lessons.picture import picture
from explorer.lessons.words import WORDS
from explorer.views.view import View


class Card(NamedTuple):
    """Where a card leads, the view of its picture, its title and the line below, all as plain text."""

    href: str
    view: View
    title: str
    about: str


def gallery(lessons: Sequence[Lesson], language: str, *, href: Callable[[Lesson], str]) -> str:
    """Return lessons as cards with pictures; href says where a lesson is."""
    words = WORDS[language]

    def about(lesson: Lesson) -> str:
        return f"{lesson.minutes} {words['minutes']} · {len(lesson.predictions)} {words['predictions']}"

    shown = cards(Card(href(lesson), lesson.picture, lesson.title, about(lesson)) for lesson in lessons)
    return f"<section class='lessons' lang='{language}'><h1>{words['lessons']}</h1><p>{words['lead']}</p>{shown}</section>"


def cards(shown: Iterable[Card]) -> str:
    """Return cards as a list."""
    items = "".join(
        f"<li><a href='{escape(card.href)}'>{picture(card.view)}<h2>{escape(card.title)}</h2>"
        f"<p>{escape(card.about)}</p></a></li>"
        for card in shown
    )
    return f"<ul class='lessons-list'>{items}</ul>"
