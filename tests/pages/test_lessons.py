"""The page /lessons: what it says while answers are worked out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from explorer import lessons
from explorer.pages import lessons as page
from tests.pages.steps import open_page


@pytest.mark.parametrize("query", [{}, {"lesson": "surprise"}])
def test_a_wait_is_said_while_lessons_are_worked_out(monkeypatch: pytest.MonkeyPatch, query: dict[str, str]) -> None:
    said: list[str] = []
    worked_out: list[list[str]] = []
    known = lessons.lesson

    @contextmanager
    def spinner(text: str) -> Iterator[None]:
        said.append(text)
        yield
        said.remove(text)

    def lesson(*names: Any) -> lessons.Lesson:
        worked_out.append([*said])
        return known("surprise", "en")  # alone, as all take seconds

    monkeypatch.setattr(page.st, "spinner", spinner)  # type: ignore[attr-defined]
    monkeypatch.setattr(lessons, "lesson", lesson)
    open_page("lessons", **query)
    assert len(worked_out) == (1 if query else len(lessons.lessons()))
    assert all(sentences == ["Working out the answers …"] for sentences in worked_out)
