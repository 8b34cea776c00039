"""The script that Streamlit runs: page settings and the menu."""

from __future__ import annotations

from importlib import import_module

import streamlit as st

from explorer.live import live
from explorer.pages import PAGES, address, link, tab_title


def main() -> None:
    """Show the page that the address names; the bare address shows the first one."""
    live.style()
    link.remember()
    shows = {name: import_module(f"explorer.pages.{name}").show for name in PAGES}
    pages = [st.Page(show, title=name.capitalize(), url_path=name) for name, show in shows.items()]
    # Streamlit gives a default page no path of its own, so the front page is a second, hidden entry.
    front = st.Page(shows[PAGES[0]], title="Loss Explorer", default=True, visibility="hidden")
    page = st.navigation([front, *pages], position="hidden" if st.context.is_embedded else "top")
    st.set_page_config(page_title=tab_title(page.url_path), page_icon="📉", layout="wide")
    address.enter(page.url_path or PAGES[0])
    page.run()


if __name__ == "__main__":
    main()
