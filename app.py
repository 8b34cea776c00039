"""The application: the script, what a browser fetches for it, and security headers."""

from __future__ import annotations

import gc
import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, MutableMapping
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route

from explorer.live.assets import FORMULAS, INDEX, FrontEnd, preloads, routes
from explorer.pages import PAGES

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HERE = Path(__file__).parent
# Opened at /binary, Streamlit's front end would first look for its server below /binary, in vain, and log two errors.
ENTRY = '<script>window.__streamlit = {BACKEND_BASE_URL: new URL(".", location.href).href}</script>'


def _page(name: str) -> Route:
    ahead = preloads(*(FORMULAS if name == "algebra" else ()))
    html = INDEX.replace("<head>", f"<head>{ENTRY}", 1).replace("</head>", f"{ahead}</head>", 1)

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
    """ASGI middleware that adds HEADERS to every response; a session's messages pass it by."""

    def __init__(self, app: Callable[[Message, Receive, Send], Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers as the response starts."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *added]
            await send(message)

        await self.app(scope, receive, send_with_headers)


app = st.App(
    HERE / "main.py",
    routes=[*map(_page, ("", *PAGES)), *routes()],
    middleware=[Middleware(SecurityHeaders), Middleware(FrontEnd)],
)

# What the pages import stays. To search it for garbage would take 0.1 s again and again, in which every visitor waits.
for page in PAGES:
    import_module(f"explorer.pages.{page}")
gc.freeze()
