"""A view as a file: for what an address is too short to hold. Opened again, it restores the page exactly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.errors import StreamlitAPIException

from explorer.live.live import visit
from explorer.pages import alert, link

MEGABYTES = 1
LARGEST = MEGABYTES * 2**20
"""The most bytes of a file that is opened."""
_TURN = "_file_turn"

View = tuple[dict[str, list[str]], str]
"""The address, each name with its values, and the text that it has no room for."""


def save(page: str, text: str, *, label: str = "Save as a file") -> None:
    """A button that downloads the view; call it where every change of the view is seen.

    Parameters
    ----------
    page : str
        The page's name, which its address ends in.
    text : str
        What the address has no room for; "" if it holds everything.
    """
    address = {name: _now(name) for name in st.query_params}
    packed = json.dumps({"page": page, "address": address, "text": text}, ensure_ascii=False, indent=1).encode(
        "utf-8", "replace"
    )
    st.download_button(
        label,
        packed,
        file_name=f"{page}.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key=label,
    )


def packed(texts: Mapping[str, str]) -> str:
    """Return several texts by name as one, for `save`."""
    return json.dumps(dict(texts), ensure_ascii=False)


def unpacked_texts(text: str) -> dict[str, str]:
    """Return the texts that `packed` has put into one; none from any other text."""
    found = _parsed(text)
    return {name: value for name, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def _now(name: str) -> list[str]:
    """The values of a name in the address; of a number, the control's, which may be ahead of the address."""
    try:
        value = st.session_state.get(name)
    except StreamlitAPIException:  # no control may be called so
        value = None
    return [str(value)] if isinstance(value, int | float) else st.query_params.get_all(name)


def ask(page: str) -> View | None:
    """Return the view in a file that somebody has chosen, once; None, with a sentence, if it holds none."""
    turn = st.session_state.get(_TURN, 0)
    chosen = st.file_uploader(
        "Open a file",
        type="json",
        key=f"{_TURN}_{turn}",
        max_upload_size=MEGABYTES,
        help=f"A view that this page has saved, of at most {MEGABYTES} MB.",
    )
    if chosen is None:
        return None
    try:
        view = unpacked(chosen.getvalue(), page)
    except ValueError as error:
        alert.error(str(error))
        return None
    st.session_state[_TURN] = turn + 1
    return view


def show(address: dict[str, list[str]]) -> None:
    """Go to the address of a view."""
    link.reopen(address)
    visit(urlencode(address, doseq=True), key=f"visit {st.session_state[_TURN]}")


def unpacked(content: bytes, page: str) -> View:
    """Return the view in a file's content.

    Raises
    ------
    ValueError
        If it is no file that `save` has written for this page.
    """
    if len(content) > LARGEST:
        raise ValueError(f"A file to open may have at most {MEGABYTES} MB, {LARGEST:,} bytes; this one has {len(content):,}.")
    match _parsed(content):
        case {"page": str(name), "address": dict(address), "text": str(text)} if name == page and all(
            map(_values, address.values())
        ):
            return address, text
        case {"page": str(name), "address": dict(), "text": str()} if name != page:
            raise ValueError(f"This file was saved on the page {name[:40]}; open it there, or choose one of the page {page}.")
    raise ValueError("Only a file that this page has saved can be opened here; this one is not.")


def _parsed(content: str | bytes) -> Any:
    """What JSON says; None where it is none, or half a character stands in it, which nothing can show or save."""
    try:
        found = json.loads(content)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):  # not JSON, not UTF-8, or brackets without end
        return None
    return found


def _values(given: object) -> bool:
    return isinstance(given, list) and given != [] and all(isinstance(v, str) for v in given)
