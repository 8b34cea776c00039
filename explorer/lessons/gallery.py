"""All lessons of a language, as markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from explorer.lessons.lesson import Lesson
from explorer.lessons.picture import picture
from explorer.lessons.words import WORDS


def gallery(lessons: Sequence[Lesson], language: str, *, href: Callable[[Lesson], str]) -> str:
    """Return lessons as cards with pictures; href says where a lesson is."""
    words = WORDS[language]
    cards = "".join(
        f"<li><a href='{escape(href(lesson))}'>{picture(lesson.picture)}<h2>{escape(lesson.title)}</h2>"
        f"<p>{lesson.minutes} {words['minutes']} · {len(lesson.predictions)} {words['predictions']}</p></a></li>"
        for lesson in lessons
    )
    return (
        f"<section class='lessons' lang='{language}'><h1>{words['lessons']}</h1><p>{words['lead']}</p>"
        f"<ul class='lessons-list'>{cards}</ul></section>"
    )
