"""From an address to its View. To add a page: a module with a frozen State, `read` and `view`, listed in PAGES.

A page is imported when it is first asked for: rows bring a database along, which nobody else needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple, Protocol, cast
from urllib.parse import parse_qs, urlencode, urlsplit

from explorer.core.digits import exact_text
from explorer.views.fields import Given, Reader
from explorer.views.view import View


class Page(Protocol):
    """What a module does for a page."""

    def read(self, reader: Reader) -> Any:
        """Return the state that an address gives."""

    def view(self, state: Any, refused: tuple[str, ...] = ()) -> View:
        """Return what a state shows."""


PAGES = ("binary", "categorical", "network", "algebra", "losses", "objective", "rows", "doctor")
"""By name; a bare address shows the first."""
MOST = 1000
"""Of the values that an address may hold."""


class Address(NamedTuple):
    """A page's name, and what the address gives for each name."""

    page: str
    given: Given


def split(address: str) -> Address:
    """Return the parts of an address: "/binary?p=0.2&t=1", with or without a server before it.

    Raises
    ------
    ValueError
        If it names no page, or holds more than MOST values.
    """
    try:
        parts = urlsplit(address.strip())
        page = parts.path.strip("/").rpartition("/")[2] or PAGES[0]
    except ValueError:  # a server that there cannot be
        page = ""
    if page == "lessons":
        raise ValueError(
            "Lessons are no view: `loss-explorer publish` writes them as pages, and `explorer.lessons` reads them."
        )
    if page not in PAGES:
        raise ValueError(f"An address must begin with a page, one of /{', /'.join(PAGES)}; got {address[:60]}.")
    try:
        return Address(page, parse_qs(parts.query, keep_blank_values=True, max_num_fields=MOST))
    except ValueError as error:
        raise ValueError(f"An address may hold at most {MOST} values.") from error


def page_of(name: str) -> Page:
    """Return the module of a page of PAGES."""
    return cast("Page", import_module(f"explorer.views.{name}"))


def kept(address: str) -> str:
    """Return an address as its page keeps it, so that it stays as it is once opened, and Back leads to where a link stood.

    Of a number beyond a slider that is where the thumb stands, and the number.

    Raises
    ------
    ValueError
        As `split`.
    """
    page, given = split(address)
    state = page_of(page).read(Reader(given))
    held = dict(state.write())
    for field in getattr(state, "fields", {}).values():
        text = held.get(field.name, [""])[0]
        if text and not field.low <= float(text) <= field.high:
            held |= {field.name: [exact_text(min(max(float(text), field.low), field.high))], field.beyond: [text]}
    query = urlencode(held, doseq=True)
    return f"{page}?{query}" if query else page


def view(address: str, rows: Any = None) -> View:
    """Return what an address shows.

    Parameters
    ----------
    address : str
        As a browser has it: "/binary?p=0.2&t=1", with or without a server before it; a bare "/" is the first page.
    rows : path, table, list of two of them, or Rows
        Somebody's own, for the pages that take such.

    Raises
    ------
    ValueError
        If it names no page, rows are given to a page that takes none, or they cannot be read. A bad value does not raise: it
        is ignored, and said in `View.refused`.
    """
    page, given = split(address)
    reader = Reader(given)
    shown = page_of(page)
    if rows is not None and not hasattr(shown, "read_own"):
        raise ValueError(f"Rows belong to /rows and /doctor; got /{page}.")
    state = shown.read(reader) if rows is None else cast("Any", shown).read_own(reader, rows)
    return shown.view(state, tuple(reader.refused))
