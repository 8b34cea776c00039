"""What a browser fetches before it can show a page: Streamlit's front end, Plotly.js and the live charts' script.

Each file is compressed once and kept in memory. Streamlit would send its front end, 3 MB, as it is.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from explorer.live.assets import ASSETS, LIVE, PLOTLY, PLOTLY_WHOLE, address

FRONT_END = Path(st.__file__).parent / "static"
INDEX = (FRONT_END / "index.html").read_text()
FIRST = (
    "BidiComponent", "Button", "ButtonGroup", "Checkbox", "DownloadButton", "Html", "LinkButton", "Selectbox", "Slider",
    "TextInput",
)  # fmt: skip
"""The elements of Streamlit's that pages open with, by their modules' names."""
LATER: dict[str, tuple[str, ...]] = {
    "algebra": ("rehype-katex",),
    "losses": ("Multiselect",),
    "objective": ("TextArea",),
    "rows": ("Spinner",),
    "lessons": ("Spinner",),
    "doctor": ("TextArea",),
}
"""What a page opens with besides: what draws LaTeX, a list to choose several from, a field for many lines."""
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_FOREVER = "public, max-age=31536000, immutable"


def preloads(*more: str) -> str:
    """Return the elements of a page's head that fetch what Streamlit and the chart would ask for late, and one by one.

    more names modules of Streamlit's that this page opens with besides FIRST.
    """
    ahead = [f"static/js/{path.name}" for path in _modules((*FIRST, *more))]
    links = "".join(f'<link rel="modulepreload" crossorigin href="./{path}">' for path in ahead if path not in INDEX)
    # They stand after Streamlit's own script: they are evaluated while that waits for the server. The live charts' script minds
    # the browser's history, also while the first run puts an address right.
    return links + "".join(f'<script type="module" crossorigin src="./{address(path)}"></script>' for path in (LIVE, PLOTLY))


def _modules(names: Iterable[str]) -> list[Path]:
    """The front end's modules of these names, and those that they import."""
    found: dict[Path, None] = {}
    waiting = [path for name in names for path in sorted((FRONT_END / "static" / "js").glob(f"{name}.*.js"))]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found[path] = None
            waiting += _imports(path)
    return list(found)


def _imports(module: Path) -> Iterator[Path]:
    for name in re.findall(r'(?:from|import)\s*"\./([^"]+\.js)"', module.read_text()):
        yield module.parent / name


@cache
def compressed(path: Path) -> bytes:
    """Return a file's content, compressed by gzip."""
    return gzip.compress(path.read_bytes(), mtime=0)


def routes() -> list[Route]:
    """Return the routes of Plotly and of the live charts' script."""
    kept = {PLOTLY: _FOREVER, PLOTLY_WHOLE: _FOREVER, LIVE: "no-cache"}
    return [_route(path, caching) for path, caching in kept.items()]


def _route(path: Path, caching: str) -> Route:
    async def endpoint(request: Request) -> Response:
        return _answer(path, caching, request)

    return Route(f"/{ASSETS}/{path.name}", endpoint)


def _answer(path: Path, caching: str, request: Request) -> Response:
    headers = {"Cache-Control": caching, "Vary": "Accept-Encoding"}
    kind = _TYPES[path.suffix]
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return FileResponse(path, media_type=kind, headers=headers)
    return Response(compressed(path), media_type=kind, headers=headers | {"Content-Encoding": "gzip"})


class FrontEnd:
    """ASGI middleware that serves the scripts and styles of Streamlit's front end, compressed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        files = (path for path in FRONT_END.rglob("*") if path.suffix in _TYPES)
        self.files = {f"/{path.relative_to(FRONT_END).as_posix()}": path for path in files}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for one of these files; pass on any other request."""
        path = self.files.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        answer = self.app if path is None else _answer(path, _FOREVER, Request(scope))
        await answer(scope, receive, send)
