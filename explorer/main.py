"""Page settings and the menu. To add a page: write its module in `pages` and list it in PAGES."""

from __future__ import annotations

import streamlit as st

from explorer.pages import binary, link

PAGES = [st.Page(binary.show, title="Binary", url_path="binary", default=True)]


def main() -> None:
    """Show the page that the address names."""
    st.set_page_config(page_title="Loss Explorer", page_icon="📉", layout="wide")
    link.remember()
    st.navigation(PAGES, position="top").run()


main()
