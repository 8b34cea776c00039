"""The application: the script, the live chart's scripts, Plotly.js from its package, and security headers."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, MutableMapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import plotly
import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import FileResponse, HTMLResponse
from starlette.routing import Route

from explorer.live.live import ASSETS, FOLDER, SCRIPTS, SERVED
from explorer.pages import PAGES

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HERE = Path(__file__).parent
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
INDEX = (Path(st.__file__).parent / "static" / "index.html").read_text()
# Opened at /binary, Streamlit's front end would first look for its server below /binary, in vain, and log two errors.
PRELOAD = "".join(f'<link rel="modulepreload" href="./{path}">' for path in SCRIPTS)
ENTRY = '<script>window.__streamlit = {BACKEND_BASE_URL: new URL(".", location.href).href}</script>'


def asset(path: Path, cache: str) -> Route:
    """Return the route of a script under ASSETS, with a Cache-Control header."""

    async def endpoint(request: object) -> FileResponse:
        return FileResponse(path, media_type="text/javascript", headers={"Cache-Control": cache})

    return Route(f"/{ASSETS}/{path.name}", endpoint)


def _page(name: str) -> Route:
    html = INDEX.replace("<head>", f"<head>{ENTRY}{PRELOAD}", 1)

    async def endpoint(request: object) -> HTMLResponse:
        return HTMLResponse(html, headers={"Cache-Control": "no-cache"})

    return Route(f"/{name}", endpoint)


def _inline_scripts() -> str:
    """The hashes by which the policy admits ENTRY and the scripts that stand in Streamlit's own index.html."""
    scripts = re.findall(r"<script>(.*?)</script>", ENTRY + INDEX, flags=re.DOTALL)
    return " ".join(f"'sha256-{b64encode(sha256(s.encode()).digest()).decode()}'" for s in scripts)


HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: {_inline_scripts()}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class SecurityHeaders:
    """ASGI middleware that adds HEADERS to every response."""

    def __init__(self, app: Callable[[Message, Receive, Send], Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers as the response starts."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *added]
            await send(message)

        await self.app(scope, receive, send_with_headers)


app = st.App(
    HERE / "main.py",
    routes=[
        asset(PLOTLY, "public, max-age=31536000, immutable"),
        *map(_page, PAGES),
        *(asset(FOLDER / name, "no-cache") for name in SERVED),
    ],
    middleware=[Middleware(SecurityHeaders)],
)
