"""The application, for `streamlit run app.py` and `uvicorn app:app`; all of it stands in `explorer.server.app`."""

from __future__ import annotations

import streamlit as st

from explorer.server.app import MIDDLEWARE, ROUTES, SCRIPT, ready
from explorer.server.headers import SecurityHeaders

__all__ = ["SecurityHeaders", "app"]

# Made here once more: `streamlit run` knows an application by this call, which it looks for in the file that it is given.
app = st.App(SCRIPT, routes=ROUTES, middleware=MIDDLEWARE, lifespan=ready)
