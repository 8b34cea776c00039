"""Lessons: predict, then see. Markdown files, what reads them, and what publishes them.

To add one: a file in the folder of its language, `en/13-name.md`; docs/lessons.md says how it is written.
"""

from explorer.lessons.lesson import Lesson
from explorer.lessons.reading import LANGUAGES, LessonError, lesson, lessons, read

__all__ = ["LANGUAGES", "Lesson", "LessonError", "lesson", "lessons", "read"]
