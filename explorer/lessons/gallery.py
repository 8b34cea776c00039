"""All lessons of a language, as markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from explorer.lessons.lesson import Lesson
from explorer.lessons.picture import picture
from explorer.lessons.words import WORDS, size
from explorer.views.view import View


class Card(NamedTuple):
    """Where a card leads, the view of its picture, its title and the line below, all as plain text."""

    href: str
    view: View
    title: str
    about: str


def gallery(
    lessons: Sequence[Lesson], language: str, *, href: Callable[[Lesson], str], others: Mapping[str, str] | None = None
) -> str:
    """Return lessons as cards with pictures; href says where a lesson is, others where those of another language are."""
    words = WORDS[language]

    def about(lesson: Lesson) -> str:
        return size(language, lesson.minutes, len(lesson.predictions))

    shown = cards(Card(href(lesson), lesson.picture, lesson.title, about(lesson)) for lesson in lessons)
    also = "".join(
        f" <a href='{escape(address)}' lang='{other}' hreflang='{other}'>{WORDS[other]['language']}</a>"
        for other, address in (others or {}).items()
    )
    lead = f"<p>{words['lead']}{also}</p>"
    return f"<section class='lessons' lang='{language}'><h1>{words['lessons']}</h1>{lead}{shown}</section>"


def cards(shown: Iterable[Card]) -> str:
    """Return cards as a list."""
    items = "".join(
        f"<li><a href='{escape(card.href)}'>{picture(card.view)}<h2>{escape(card.title)}</h2>"
        f"<p>{escape(card.about)}</p></a></li>"
        for card in shown
    )
    return f"<ul class='lessons-list'>{items}</ul>"
