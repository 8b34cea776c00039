"""Reads a lesson's file and computes its answers; refuses a broken file by file, line and sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from markdown_it.token import Token
from yaml.reader import ReaderError

from explorer.lessons import questions
from explorer.lessons.fields import Fields
from explorer.lessons.lesson import Block, Lesson, Notes, Predict, Reveal, Shown, Step, Text, Try
from explorer.lessons.quantities import Quantities, view
from explorer.lessons.words import WORDS
from explorer.lessons.writing import Writer

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "de")
"""Of which there is a folder; the first holds every lesson."""
LONGEST = 200_000
"""The most characters of a lesson's file."""
_FRONT = re.compile(r"---[ \t]*\n(.*?)\n---[ \t]*\n", re.DOTALL)


class LessonError(ValueError):
    """A lesson that cannot be read; its text is FILE:LINE: and a sentence."""


@cache
def lessons(language: str = LANGUAGES[0]) -> tuple[str, ...]:
    """Return the names of the lessons of a language, in their order.

    Raises
    ------
    ValueError
        If there is no such language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"A language must be one of {', '.join(LANGUAGES)}; got {language[:40]}.")
    return tuple(path.stem.partition("-")[2] for path in sorted((FOLDER / language).glob("*.md")))


@cache
def lesson(name: str, language: str = LANGUAGES[0]) -> Lesson:
    """Return a lesson of this folder, read once.

    Raises
    ------
    ValueError
        If there is none of that name in that language, or it is broken.
    """
    if name not in lessons(language):
        raise ValueError(f"A lesson must be one of {', '.join(lessons(language))}; got {name[:40]}.")
    (path,) = (FOLDER / language).glob(f"*-{name}.md")
    return read(path, language)


def read(path: Path, language: str = LANGUAGES[0]) -> Lesson:
    """Return the lesson of a file.

    Raises
    ------
    LessonError
        If it is broken: with its file, line and what is wrong.
    OSError
        If there is no such file.
    ValueError
        If there is no such language.
    """
    lessons(language)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise LessonError(f"{path}:1: A lesson must be UTF-8 text; byte {error.start + 1} is not.") from error
    return Reading(str(path), text, language).lesson(re.sub(r"^\d+-", "", path.stem))


@dataclass
class Reading:
    """One pass over a lesson's text: `line` is where it is, and what a complaint names."""

    file: str
    source: str
    language: str = LANGUAGES[0]
    line: int = 1
    quantities: Quantities = field(default_factory=Quantities)
    ids: set[str] = field(default_factory=set)
    last_view: Shown | None = None
    last_predict: Predict | None = None

    def __post_init__(self) -> None:
        """Make what writes its Markdown."""
        self.writer = Writer(self.quantities.value, WORDS[self.language]["decimal"])

    def lesson(self, name: str) -> Lesson:
        """Return the lesson, by its name.

        Raises
        ------
        LessonError
            Where something is wrong.
        """
        try:
            return self._lesson(name)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            self.line += mark.line if mark else 0
            raise self._error(f"YAML must be readable: {error.problem}.") from error
        except ReaderError as error:
            raise self._error(f"YAML must be readable: {error.reason}.") from error
        except (ValueError, NotImplementedError) as error:
            raise self._error(str(error)) from error

    def _error(self, sentence: str) -> LessonError:
        return LessonError(f"{self.file}:{self.line}: {sentence}")

    def _lesson(self, name: str) -> Lesson:
        if len(self.source) > LONGEST:
            raise ValueError(f"A lesson must have at most {LONGEST:,} characters; got {len(self.source):,}.")
        front = _FRONT.match(self.source.replace("\r\n", "\n"))
        if not front:
            raise ValueError("A lesson must begin with --- and end its front matter with ---.")
        fields = self._fields(front[1], "front matter")
        self._define(fields)
        self.line = 1
        title = fields.text("title")
        minutes = fields.count("minutes", 1, 240)
        after, before = (tuple(map(self.writer.line, fields.texts(key))) for key in ("after", "before"))
        picture = view(fields.text("picture"))
        fields.end()
        steps = tuple(self._steps(front.string[front.end() :], 1 + front[0].count("\n")))
        return Lesson(name, self.language, title, minutes, after, before, picture, steps)

    def _steps(self, text: str, first: int) -> Iterator[Step]:
        """The steps of the text that begins in line first."""
        title = ""
        blocks: list[Block] = []
        plain: list[Token] = []

        def paragraphs() -> Iterator[Block]:
            if plain:
                yield Text(self.writer.markup(plain))
                plain.clear()

        tokens = iter(self.writer.tokens(text))
        for token in tokens:
            if token.map:
                self.line = first + token.map[0]
            if token.type == "heading_open" and token.tag in ("h1", "h2"):
                blocks += paragraphs()
                yield Step(title, tuple(blocks))
                title, blocks, self.last_view = self.writer.markup([next(tokens)]), [], None
                next(tokens)  # the heading's end
            elif token.type == "fence" and token.info.strip() in _BLOCKS:
                blocks += paragraphs()
                self.line += 1
                blocks.append(_BLOCKS[token.info.strip()](self, token.content))
            elif token.type == "fence" and token.info.strip():
                raise ValueError(f"A block must be one of {', '.join(_BLOCKS)}; got {token.info.strip()[:40]}.")
            else:
                plain.append(token)
                if token.level == 0 and token.nesting < 1:
                    blocks += paragraphs()
        yield Step(title, (*blocks, *paragraphs()))

    def _fields(self, text: str, what: str) -> Fields:
        return Fields(yaml.safe_load(text), what)

    def _define(self, fields: Fields) -> None:
        for name, text in fields.texts_by_name("let").items():
            self.quantities.define(name, text)

    def _name(self, fields: Fields) -> str:
        """The name of a block, which nothing else has."""
        name = fields.text("id")
        if not re.fullmatch(r"[a-z][a-z0-9]*", name):
            raise ValueError(f"An id must be lower-case letters and digits after a letter; got {name[:40]}.")
        if name in self.ids:
            raise ValueError(f"Every id must stand once; got {name} twice.")
        self.ids.add(name)
        return name

    def view(self, text: str) -> Shown:
        """Return a view, and what of it is seen."""
        fields = self._fields(text, "view")
        shown = questions.shown(view(fields.text("address")), fields)
        fields.end()
        self.last_view = shown
        return shown

    def predict(self, text: str) -> Predict:
        """Return a question."""
        fields = self._fields(text, "predict")
        self._define(fields)
        self.last_predict = questions.predict(self._name(fields), fields, self.quantities, self.writer)
        fields.end()
        return self.last_predict

    def reveal(self, text: str) -> Reveal:
        """Return what is shown after the question before it."""
        if self.last_predict is None:
            raise ValueError("A reveal must stand after a predict; there is none before it.")
        return Reveal(self.last_predict.id, self.writer.text(text))

    def attempt(self, text: str) -> Try:
        """Return a state to reach in the view before it."""
        fields = self._fields(text, "try")
        if self.last_view is None:
            raise ValueError("A try must stand after a view of its step; there is none before it.")
        self._define(fields)
        found = questions.attempt(self._name(fields), fields, self.last_view, self.quantities, self.writer)
        fields.end()
        return found

    def notes(self, text: str) -> Notes:
        """Return what is for the teacher."""
        return Notes(self.writer.text(text))


_BLOCKS: Mapping[str, Callable[[Reading, str], Block]] = {
    "view": Reading.view,
    "predict": Reading.predict,
    "reveal": Reading.reveal,
    "try": Reading.attempt,
    "notes": Reading.notes,
}
