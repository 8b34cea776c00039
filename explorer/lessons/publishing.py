"""Lessons and views as a folder of pages that needs no server and no network.

A page holds its lesson or view and the project's script; Plotly.js stands beside the pages, once for all. Nothing that an
author wrote becomes script in it: the page's own policy admits its one script, that file, and the programs that the script
compiles.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from explorer.lessons import body
from explorer.lessons.gallery import Card, cards, gallery
from explorer.lessons.lesson import Lesson
from explorer.lessons.words import WORDS
from explorer.live import standalone
from explorer.live.assets import FOLDER, script
from explorer.live.standalone import document, packed, policy, scripts
from explorer.views.address import kept, split
from explorer.views.view import View

INDEX = "index.html"
_OWN = b'<meta name="generator" content="Loss Explorer">'
"""Is in every page of explorer/live/page.html."""
_CSS = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in ("lesson.css", "published.css"))


@dataclass(frozen=True)
class Page:
    """A page of the folder.

    Attributes
    ----------
    file : str
        Its name.
    title : str
        As plain text.
    kind : "index", "lesson" or "view"
    html : str
    plotly : Path or None
        The Plotly.js that stands beside it.
    """

    file: str
    title: str
    kind: Literal["index", "lesson", "view"]
    html: str
    plotly: Path | None = None

    @property
    def href(self) -> str:
        """The address of its file in the folder."""
        return quote(self.file)


def page(lesson: Lesson, *, app: str = "", follow: str = "") -> str:
    """Return a lesson as a page, beside which Plotly.js stands.

    Parameters
    ----------
    lesson : Lesson
    app : str
        Where the application is, "https://explorer.example.org", for links into it; none without it.
    follow : str
        The address of a second script beside the page, which may ask the page's server.
    """

    def href(address: str) -> str | None:
        return _within(app, address)

    content = f"<main>{body.article(lesson, href=href, home=INDEX)}{_still(lesson.language)}</main>"
    return _live(lesson.title, lesson.language, content, "course", body.spec(lesson), body.plotly(lesson), follow)


def view_page(view: View, language: str = "en", *, app: str = "") -> str:
    """Return a view as a page, beside which Plotly.js stands; language and app as of `page`."""
    words = WORDS[language]
    where = _within(app, kept(view.address))
    link = f"<a href='{escape(where)}'>{words['open']}</a>" if where else ""
    nav = f"<nav class='published-nav'><a href='{INDEX}'>{words['all']}</a>{link}</nav>"
    content = f"{nav}{standalone.body(view)}{_still(language)}"
    return _live(view.title, language, content, "page", standalone.data(view), standalone.plotly(view))


def broken_page(title: str, sentence: str, language: str, *, follow: str) -> str:
    """Return a page in place of a lesson's that says what is wrong with it; follow as of `page`."""
    content = f"<h1>{WORDS[language]['broken']}</h1><p class='lesson-missing' role='alert'>{escape(sentence)}</p>"
    return document(
        title,
        f"<main class='lesson' lang='{language}'>{content}</main>",
        css=_CSS,
        policy=policy(beside=True, asks=True),
        scripts=_follow(follow),
        language=language,
    )


def index(lessons: Sequence[Lesson], views: Sequence[tuple[str, View]], language: str) -> str:
    """Return the page that leads to lessons, and to views by their files."""
    words = WORDS[language]
    content = gallery(lessons, language, href=lambda lesson: quote(f"{lesson.name}.html")) if lessons else ""
    if views:
        shown = cards([Card(quote(file), view, view.title, view.address) for file, view in views])
        content += f"<section class='lessons' lang='{language}'><h1>{words['views']}</h1>{shown}</section>"
    return document(words["lessons"], f"<main>{content}</main>", css=_CSS, policy=policy(), language=language)


def pages(lessons: Sequence[Lesson], views: Sequence[View] = (), *, app: str = "") -> list[Page]:
    """Return the pages of a folder, the index first.

    Raises
    ------
    ValueError
        If two lessons would have one name.
    """
    language = lessons[0].language if lessons else "en"
    files = [INDEX, *(f"{lesson.name}.html" for lesson in lessons)]
    same = [name.casefold() for name in files]  # to many file systems
    for name in files:
        if same.count(name.casefold()) > 1:
            raise ValueError(f"Every page must have a name of its own; got {name} twice.")
    named = list(zip(_files(views, files), views, strict=True))
    return [
        Page(INDEX, WORDS[language]["lessons"], "index", index(lessons, named, language)),
        *(
            Page(f"{lesson.name}.html", lesson.title, "lesson", page(lesson, app=app), body.plotly(lesson))
            for lesson in lessons
        ),
        *(Page(file, view.title, "view", view_page(view, language, app=app), standalone.plotly(view)) for file, view in named),
    ]


def publish(out: Path, lessons: Sequence[Lesson], *, views: Sequence[View] = (), app: str = "") -> list[Path]:
    """Write lessons and views, and an index that leads to them, into a folder.

    Parameters
    ----------
    out : Path
        The folder; it is made if need be, and what stands in it otherwise stays.
    lessons : sequence of Lesson
    views : sequence of View
    app : str
        As of `page`.

    Returns
    -------
    list of Path
        What was written, the index first.

    Raises
    ------
    ValueError
        If two lessons would have one name, or a page that something else has written would be lost.
    OSError
        If the folder cannot be written.
    """
    return write(out, pages(lessons, views, app=app))


def write(out: Path, shown: Sequence[Page]) -> list[Path]:
    """Write pages and what stands beside them into a folder, as `publish` does."""
    out.mkdir(parents=True, exist_ok=True)
    for one in shown:
        if not _may_write(out / one.file):
            raise ValueError(f"{out / one.file} is a page of something else; choose another folder.")
    for one in shown:
        (out / one.file).write_text(one.html, encoding="utf-8")
    libraries = beside(shown)
    for path in libraries:
        shutil.copyfile(path, out / path.name)
    return [out / name for name in (*(one.file for one in shown), *(path.name for path in libraries))]


def _may_write(file: Path) -> bool:
    """Whether nothing is there, or a page that was published before."""
    return not file.is_file() or _OWN in file.read_bytes()


def beside(shown: Sequence[Page]) -> list[Path]:
    """Return the files that pages share, each once."""
    return sorted({one.plotly for one in shown if one.plotly})


def _files(views: Sequence[View], taken: Sequence[str]) -> Iterator[str]:
    """Names for the files of views, by their pages: categorical.html, categorical-2.html."""
    used = set(taken)
    for view in views:
        name = split(view.address).page
        numbered = (f"{name}{'' if k == 1 else f'-{k}'}.html" for k in range(1, len(used) + 2))
        file = next(file for file in numbered if file not in used)
        used.add(file)
        yield file


def _within(app: str, address: str) -> str | None:
    return f"{app.rstrip('/')}/{address.lstrip('/')}" if app else None


def _still(language: str) -> str:
    return f"<noscript>{WORDS[language]['still']}</noscript>"


def _live(title: str, language: str, content: str, name: str, spec: object, plotly: Path, follow: str = "") -> str:
    """A page whose script is one of explorer/live/built, and which finds Plotly.js beside it."""
    code = script(name)
    return document(
        title,
        content,
        css=_CSS,
        policy=policy(code, beside=True, asks=bool(follow)),
        scripts=scripts(f'{packed("spec", json.dumps(spec))}\n<script src="{plotly.name}"></script>', code) + _follow(follow),
        language=language,
    )


def _follow(address: str) -> str:
    return f'\n<script type="module" src="{address}"></script>' if address else ""
