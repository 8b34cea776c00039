"""The page /lessons: all of them, or the one that the address names."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from explorer import lessons
from explorer.lessons import body
from explorer.lessons.gallery import gallery
from explorer.live import lesson as live
from explorer.pages import alert

_LANGUAGE, _NAME = "lang", "lesson"
_HOME = "lessons"
_WAIT = "Working out the answers …"
"""Said the first time that a server shows a lesson: each answer is computed from a view."""


def show() -> None:
    """Show a lesson, or all of them."""
    live.style()
    language, name = _asked(_LANGUAGE) or lessons.LANGUAGES[0], _asked(_NAME)
    try:
        names = lessons.lessons(language)
        with st.spinner(_WAIT):
            lesson = lessons.lesson(name, language) if name else None
    except ValueError as error:
        alert.warning(f"{error} All lessons are shown.")
        names, lesson = lessons.lessons(), None
    if lesson:
        home = _address(lesson.language)
        html = body.article(lesson, href=str, home=home)
        live.lesson(html, body.spec(lesson), body.plotly(lesson), key=f"lesson {lesson.language} {lesson.name}")
        return
    language = language if language in lessons.LANGUAGES else lessons.LANGUAGES[0]
    with st.spinner(_WAIT):
        shown = [lessons.lesson(one, language) for one in names]
    others = {other: _address(other) for other in lessons.LANGUAGES if other != language}
    html = gallery(shown, language, href=lambda one: _address(one.language, one.name), others=others)
    live.gallery(html, key=f"lessons {language}")


def _asked(name: str) -> str:
    return str(st.query_params.get(name, ""))


def _address(language: str, name: str = "") -> str:
    """Where a lesson is, or all of them."""
    held = {_NAME: name, _LANGUAGE: "" if language == lessons.LANGUAGES[0] else language}
    query = urlencode({key: text for key, text in held.items() if text})
    return f"{_HOME}?{query}" if query else _HOME
