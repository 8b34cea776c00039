"""Lessons and views as a folder of pages that needs no server and no network.

A page holds its lesson and the project's script; Plotly.js stands beside the pages, once for all. Nothing that an author wrote
becomes script in it: the page's own policy admits its one script, that file, and the programs that the script compiles.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from html import escape
from pathlib import Path

from explorer.lessons import body
from explorer.lessons.gallery import gallery
from explorer.lessons.lesson import Lesson
from explorer.lessons.words import WORDS
from explorer.live.assets import FOLDER, script
from explorer.live.standalone import as_json, policy, styles, themes

INDEX = "index.html"
_TEMPLATE = (FOLDER / "lesson.html").read_text(encoding="utf-8")


def page(lesson: Lesson, *, app: str = "") -> str:
    """Return a lesson as a page, beside which Plotly.js stands.

    Parameters
    ----------
    lesson : Lesson
    app : str
        Where the application is, "https://explorer.example.org", for links into it; none without it.
    """

    def href(address: str) -> str | None:
        return f"{app.rstrip('/')}/{address}" if app else None

    words = WORDS[lesson.language]
    code = script("course")
    return _page(
        lesson.title,
        lesson.language,
        f"<main>{body.article(lesson, href=href, home=INDEX)}<noscript>{words['still']}</noscript></main>",
        scripts=(code,),
        after=(
            f'<script type="application/json" id="spec">{as_json(body.spec(lesson))}</script>\n'
            f'<script src="{body.plotly(lesson).name}"></script>\n<script type="module">{code}</script>'
        ),
    )


def index(lessons: Sequence[Lesson], language: str) -> str:
    """Return the page that leads to lessons."""
    cards = gallery(lessons, language, href=lambda lesson: f"{lesson.name}.html")
    return _page(WORDS[language]["lessons"], language, f"<main>{cards}</main>")


def publish(out: Path, lessons: Sequence[Lesson], *, app: str = "") -> list[Path]:
    """Write lessons, and an index that leads to them, into a folder.

    Parameters
    ----------
    out : Path
        The folder; it is made if need be, and what stands in it otherwise stays.
    lessons : sequence of Lesson
    app : str
        As of `page`.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    ValueError
        If two pages would have one name.
    OSError
        If the folder cannot be written.
    """
    pages = {INDEX: index(lessons, lessons[0].language if lessons else "en")}
    for name, html in ((f"{lesson.name}.html", page(lesson, app=app)) for lesson in lessons):
        if name in pages:
            raise ValueError(f"Every page must have a name of its own; got {name} twice.")
        pages[name] = html
    out.mkdir(parents=True, exist_ok=True)
    written = [out / name for name in pages]
    for path, html in zip(written, pages.values(), strict=True):
        path.write_text(html, encoding="utf-8")
    for path in {body.plotly(lesson) for lesson in lessons}:
        shutil.copyfile(path, out / path.name)
        written.append(out / path.name)
    return written


def _page(title: str, language: str, content: str, *, scripts: Sequence[str] = (), after: str = "") -> str:
    parts = {
        "language": language,
        "title": escape(title),
        "policy": policy(*scripts, beside=bool(scripts)),
        "css": f"{themes()}\n{styles()}\n{(FOLDER / 'lesson.css').read_text(encoding='utf-8')}",
        "body": content,
        "after": after,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], _TEMPLATE)
