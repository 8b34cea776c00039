"""Share: what every page offers to take away of its view, as it is now."""

from __future__ import annotations

from functools import partial
from html import escape
from urllib.parse import urlsplit

import streamlit as st

from explorer.core import printers
from explorer.core.printers.sql import DIALECTS
from explorer.live import live
from explorer.live.standalone import page_of
from explorer.pages import alert
from explorer.views.export import numbers_csv, numbers_json
from explorer.views.view import CODES, LATEX, View

LONGEST_LINK = 8_000
"""The most characters of a link that browsers and servers pass on."""
HEIGHT = 900
"""Of the frame that another page shows this one in, in pixels."""
LINES, HIGH = 10, 260
"""From how many lines on code scrolls, in how many pixels."""


def show(view: View) -> None:
    """A button that opens all of it; what it holds is made once it is open, and stays that of the newest view."""
    opened = st.popover("Share", icon=":material/share:", key="share", on_change="rerun", width="content")
    if not opened.open:
        return
    with opened, st.container(key="share-open", gap="small"):
        _links(view)
        _downloads(view)
        _code(view)


def _links(view: View) -> None:
    link = _root() + view.address
    if len(link) > LONGEST_LINK:
        st.markdown("This view is too long for a link. Download the page, or save the view as a file.")
        return
    framed = f"{link}{'&' if '?' in link else '?'}embed=true"
    look = f'width="100%" height="{HEIGHT}" style="border: 0" allow="clipboard-write; fullscreen"'
    frame = f'<iframe src="{escape(framed)}" title="{escape(view.title)}" {look}></iframe>'
    if view.own:
        st.markdown("A link holds everything but the rows: who opens it brings their own.")
        live.copies({"In a notebook": f"import explorer; explorer.view({view.address!r}, rows={view.own!r})"})
        return
    live.copies({"Link": link, "Frame for a page": frame, "In a notebook": f"import explorer; explorer.view({view.address!r})"})


def _root() -> str:
    """The address of the server, up to where the pages' names begin."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}" if parts.netloc else ""


def _downloads(view: View) -> None:
    with st.container(horizontal=True, gap="small"):
        name = view.page
        _save("Page", partial(page_of, view), f"{name}.html", "text/html", "All of this view in one file that needs no server.")
        _save("Numbers, CSV", partial(numbers_csv, view), f"{name}.csv", "text/csv", "A line for each number.")
        _save("Numbers, JSON", partial(numbers_json, view), f"{name}.json", "application/json", "Together with the address.")
    live.pictures(view)


def _save(label: str, content: partial[str], name: str, mime: str, help: str) -> None:
    st.download_button(
        label, content, name, mime, icon=":material/download:", help=help, on_click="ignore", key=f"share {label}"
    )


def _code(view: View) -> None:
    with st.container(horizontal=True, gap="small"):
        language = st.selectbox(
            "Code", CODES, key="share-code", help="The formula of this view, and its gradient, to take away."
        )
        if language == "SQL":
            language = f"SQL ({st.selectbox('Dialect', DIALECTS, key='share-dialect', help='Of which database.')})"
    try:
        text = view.code(language)
    except (NotImplementedError, ValueError) as error:
        alert.error(str(error))
        return
    chosen = None if language == LATEX else printers.language(language)
    extension, highlight = (chosen.extension, chosen.highlight) if chosen else ("tex", "latex")
    st.code(text, language=highlight, wrap_lines=True, height=HIGH if text.count("\n") > LINES else "content")
    _save(f"Code, .{extension}", partial(str, text), f"{view.page}.{extension}", "text/plain", "This code as a file.")
