"""The command `loss-explorer`, or `python -m explorer`. To add to it: a function here, and its arguments in `parser`.

What a command needs it imports itself: `view` runs without Streamlit.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.rows import Rows

_TAKEN = "Port {} cannot be had; choose another by --port."


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line; each command's function is its `command`."""
    whole = argparse.ArgumentParser(prog="loss-explorer", description="See a loss function.")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    running = commands.add_parser("run", help="serve the pages on this machine", description="Serve the pages until Ctrl-C.")
    _add_place(running)
    running.set_defaults(command=run)

    opening = commands.add_parser(
        "rows", help="serve the pages with your own predictions", description="Serve the pages, with rows of your own at /rows."
    )
    opening.add_argument(
        "files", nargs="+", metavar="FILE", help="predictions with their targets, or two: predictions and truth"
    )
    opening.add_argument(
        "--engine", help="duckdb, or where the rows are and FILE is a table: sc://host:port, postgres://host/name"
    )
    _add_place(opening)
    opening.set_defaults(command=rows)

    viewing = commands.add_parser("view", help="write what an address shows", description="Write what an address shows.")
    viewing.add_argument("address", help='as in "/binary?p=0.2&t=1"; in quotes, as a shell reads & and ? otherwise')
    kinds = viewing.add_mutually_exclusive_group(required=True)
    kinds.add_argument("-o", "--output", type=Path, metavar="FILE", help="write a page that works without a server")
    kinds.add_argument("--json", action="store_true", help="print its numbers, and what of the address was ignored")
    viewing.set_defaults(command=view)

    publishing = commands.add_parser(
        "publish", help="write lessons as pages without a server", description="Write lessons as pages without a server."
    )
    publishing.add_argument("out", type=Path, metavar="OUT", help="the folder to write; it is made if need be")
    publishing.add_argument(
        "lessons", nargs="*", default=[], metavar="LESSON", help="names or files of lessons; all of them unless given"
    )
    publishing.add_argument(
        "--view", action="append", default=[], metavar="ADDRESS", help="another page to write, live; as often as one likes"
    )
    publishing.add_argument(
        "--zip", type=Path, metavar="FILE", help="the pages as a package for a course system (SCORM 1.2) too"
    )
    publishing.add_argument("--language", default="en", help="of the lessons (default: %(default)s)")
    publishing.add_argument(
        "--app", type=_application, default="", metavar="URL", help="where the application is, for links into it"
    )
    publishing.set_defaults(command=publish)

    writing = commands.add_parser(
        "lesson", help="show a lesson while you write it", description="Show a lesson while you write it, until Ctrl-C."
    )
    writing.add_argument("file", type=Path, metavar="FILE", help="the Markdown of the lesson")
    writing.add_argument("--language", default="en", help="of the lesson (default: %(default)s)")
    writing.add_argument("--port", type=_port, default=8502, help="where (default: %(default)s)")
    writing.set_defaults(command=lesson)
    return whole


def _add_place(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=_port, default=8501, help="where (default: %(default)s)")
    command.add_argument("--open", action="store_true", help="open a browser once the pages are there")


def _port(text: str) -> int:
    port = int(text) if text.isascii() and text.isdecimal() else 0
    if not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a whole number from 1 to 65535; got {text!r}.")
    return port


def _application(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"an application is at an address such as https://explorer.example.org; got {text!r}.")
    return text


def run(chosen: argparse.Namespace) -> int:
    """Serve the pages on this machine until a signal ends it."""
    from explorer.server import serve

    try:
        serve.serve(chosen.port, open_browser=chosen.open)
    except OSError:
        return _fail(_TAKEN.format(chosen.port))
    return 0


def rows(chosen: argparse.Namespace) -> int:
    """Serve the pages with somebody's rows, once it is seen that they open."""
    from explorer.rows.offered import OPENED, Given, opened
    from explorer.server import serve

    engine = None if chosen.engine == "duckdb" else chosen.engine
    sources = chosen.files if engine else [str(Path(file).absolute()) for file in chosen.files]
    named = Given(tuple(sources), engine)
    try:
        found = opened(named)
    except (ValueError, OSError) as error:
        return _fail(error)
    print(f"{found.source}: {found.count:,} rows, recognised as {found.layout.kind}.", flush=True)
    os.environ[OPENED] = named.said
    Thread(target=_shown_first, args=(found,), daemon=True).start()
    try:
        serve.serve(chosen.port, open_browser=chosen.open, page="rows")
    except OSError:
        return _fail(_TAKEN.format(chosen.port))
    return 0


def _shown_first(found: Rows) -> None:
    """Work out what a browser is shown first of rows, while the server starts; of many the page itself asks a sample."""
    from explorer.rows.sampling import LARGE
    from explorer.views import rows as views

    if found.count < LARGE:
        with suppress(Exception):  # the page says what is wrong
            views.view(views.State(found, data=""))


def publish(chosen: argparse.Namespace) -> int:
    """Write lessons and views into a folder, and as a package; what of an address was ignored goes to the standard error."""
    import explorer
    from explorer import lessons
    from explorer.lessons import publishing, scorm

    language = chosen.language
    try:
        named = chosen.lessons or lessons.lessons(language)
        found = [
            lessons.read(Path(name), language) if name.endswith(".md") else lessons.lesson(name, language) for name in named
        ]
        views = [explorer.view(address) for address in chosen.view]
        pages = publishing.pages(found, views, app=chosen.app)
        written = publishing.write(chosen.out, pages)
        if chosen.zip:
            scorm.pack(chosen.zip, pages)
    except ValueError as error:
        return _fail(error)
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}.")
    for sentence in (sentence for one in views for sentence in one.refused):
        print(sentence, file=sys.stderr)
    print(f"{chosen.out}: {len(written)} files; open {written[0]}.")
    return 0


def lesson(chosen: argparse.Namespace) -> int:
    """Show a lesson while its file is edited, until a signal ends it."""
    from explorer import lessons
    from explorer.lessons import preview

    if not chosen.file.is_file():
        return _fail(f"There is no file {chosen.file}.")
    try:
        lessons.lessons(chosen.language)  # refuses a language that there is not
        preview.serve(chosen.file, chosen.language, chosen.port)
    except ValueError as error:
        return _fail(error)
    except OSError:
        return _fail(_TAKEN.format(chosen.port))
    return 0


def view(chosen: argparse.Namespace) -> int:
    """Write what an address shows, as a page or as JSON; sentences on what was ignored go to the standard error as well."""
    import explorer
    from explorer.views.export import numbers_json

    try:
        shown = explorer.view(chosen.address)
    except ValueError as error:
        return _fail(error)
    for sentence in shown.refused:
        print(sentence, file=sys.stderr)
    if chosen.json:
        print(numbers_json(shown))
        return 0
    try:
        chosen.output.write_text(shown.to_html(), encoding="utf-8")
    except OSError as error:
        return _fail(f"{chosen.output} cannot be written: {error.strerror}.")
    return 0


def _fail(reason: object) -> int:
    """Say why a command ends without having done what it was asked for; return its exit code."""
    print(reason, file=sys.stderr)
    return 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; return the exit code."""
    whole = parser()
    chosen, more = whole.parse_known_args(arguments)
    if more and (chosen.command is not publish or any(text.startswith("-") for text in more)):
        whole.error(f"unrecognized arguments: {' '.join(more)}")
    if more:
        chosen.lessons = [*chosen.lessons, *more]  # that stand after an option, where argparse does not look for them
    try:
        done: int = chosen.command(chosen)
        sys.stdout.flush()
    except BrokenPipeError:  # what reads this has read enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is flushed at the end
        return 1
    return done


if __name__ == "__main__":
    sys.exit(main())
