"""A lesson while it is written: a small server whose page follows the file, broken or not."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from explorer.lessons import publishing
from explorer.lessons.reading import LessonError, read
from explorer.live.assets import PLOTLY, PLOTLY_WHOLE, script

HOST = "127.0.0.1"
_FOLLOW = "follow.js"


def serve(file: Path, language: str, port: int) -> None:
    """Show the lesson of a file at a port of this machine until a signal ends it.

    Raises
    ------
    OSError
        If the port is taken.
    """
    config = uvicorn.Config(app(file, language), log_level="warning")
    with socket.create_server((HOST, port)) as listening:
        print(f"{file}: http://{HOST}:{port}", flush=True)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run([listening])


def app(file: Path, language: str) -> Starlette:
    """Return the application that shows the lesson of a file as it is now."""

    def page(request: Request) -> Response:
        return HTMLResponse(shown(file, language), headers={"Cache-Control": "no-store"})

    def changed(request: Request) -> Response:
        return PlainTextResponse(version(file))

    def follow(request: Request) -> Response:
        return Response(script("follow"), media_type="text/javascript")

    def beside(path: Path) -> Route:
        return Route(f"/{path.name}", lambda request: FileResponse(path, media_type="text/javascript"))

    routes = [
        *(Route(path, page) for path in ("/", f"/{publishing.INDEX}")),
        Route("/version", changed),
        Route(f"/{_FOLLOW}", follow),
        *map(beside, (PLOTLY, PLOTLY_WHOLE)),
    ]
    own = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])  # no other name leads here
    return Starlette(routes=routes, middleware=[own])


def version(file: Path) -> str:
    """Return what tells a state of a file from any other; "none" if there is no such file."""
    try:
        found = file.stat()
    except OSError:
        return "none"
    return f"{found.st_mtime_ns}-{found.st_size}-{found.st_ino}"


def shown(file: Path, language: str) -> str:
    """Return the page of a lesson as its file is now, or one that says what is wrong with it; it comes anew by itself."""
    follow = f"{_FOLLOW}?v={version(file)}"  # of before it is read: what is written meanwhile comes next
    try:
        return publishing.page(read(file, language), follow=follow)
    except LessonError as error:
        return publishing.broken_page(file.name, str(error), language, follow=follow)
    except OSError as error:
        sentence = f"{file} cannot be read: {error.strerror}."
        return publishing.broken_page(file.name, sentence, language, follow=follow)
