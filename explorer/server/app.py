"""The ASGI application: the Streamlit script, the files of the browser, and security headers."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route

from explorer.live.front_end import INDEX, LATER, FrontEnd, preloads, routes
from explorer.pages import PAGES, tab_title
from explorer.rows.reading.engine import remove_folders
from explorer.server import upload
from explorer.server.headers import ENTRY, SecurityHeaders

SCRIPT = Path(__file__).with_name("script.py")
LATER_ON = ("ibis.backends.duckdb", "ibis.backends.duckdb.converter")
"""What Ibis imports with the first query, which takes 0.2 s."""


def _page(name: str) -> Route:
    ahead = preloads(*LATER.get(name, ()))
    html = INDEX.replace("<head>", f"<head>{ENTRY}", 1).replace("</head>", f"{ahead}</head>", 1)
    html = html.replace("<title>Streamlit</title>", f"<title>{tab_title(name)}</title>", 1)

    async def endpoint(request: object) -> HTMLResponse:
        return HTMLResponse(html, headers={"Cache-Control": "no-cache"})

    return Route(f"/{name}", endpoint)


@asynccontextmanager
async def ready(app: st.App) -> AsyncIterator[dict[str, object]]:
    """Import the pages before anybody comes, and what they import later; keep it; at the end, leave nobody's rows behind.

    To search it for garbage would take 0.1 s again and again, in which every visitor waits.
    """
    for page in PAGES:
        import_module(f"explorer.pages.{page}")
    for name in LATER_ON:
        import_module(name)
    gc.freeze()
    yield {}
    remove_folders()


ROUTES = [*map(_page, ("", *PAGES)), *routes(), upload.ROUTE]
MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(FrontEnd)]

app = st.App(SCRIPT, routes=ROUTES, middleware=MIDDLEWARE, lifespan=ready)
