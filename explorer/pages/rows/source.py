"""Where the rows of /rows come from: made up, files that somebody drops here, or those that whoever serves the page offers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import overload

import streamlit as st

from explorer.live import echo
from explorer.live.upload import upload
from explorer.pages import address, alert, controls, link
from explorer.pages.rows import counting
from explorer.rows import Rows, open_rows
from explorer.rows.offered import given, offered, opened
from explorer.rows.reading.uploads import Uploads
from explorer.rows.spec import Layout, NoNumbersError
from explorer.views.rows.data import Columns, example, laid_out
from explorer.views.rows.fields import COLUMNS, DATA, HERE, NONE, here
from explorer.views.rows.files import FILES, gone

KINDS = ("csv", "tsv", "gz", "parquet", "jsonl", "ndjson", "arrow", "feather", "npy", "npz", "safetensors")
_UPLOADS, _ASIDE, _OPENED = "_rows_uploads", "_rows_aside", "_rows_opened"


def ask() -> tuple[Rows, str] | None:
    """Return the rows, and the name of made-up ones; None where files cannot be read, or are not here any more."""
    named, files = given(), offered()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        data = controls.choice(DATA, _made_up, width=200)
        chosen = _here(named.name if named else "", tuple(files))
        files_of_own = drop()
    if files_of_own:
        return _with_no_name(dropped(files_of_own))
    if names():
        return None
    if chosen and named and chosen == named.name:
        return _with_no_name(_own((chosen,), lambda: opened(named)))
    if chosen:
        return _with_no_name(_own((chosen,), lambda: open_rows(files[chosen])))
    st.session_state.pop(_OPENED, None)
    return example(data), data


def _with_no_name(rows: Rows | None) -> tuple[Rows, str] | None:
    return (rows, "") if rows else None


def drop() -> tuple[Path, ...]:
    """A place to drop files; return those that are shown, the same on every page that asks.

    The address has their names: it says what was there after a reload, and decides on a step through the history.
    """
    uploads, state = _uploads(), st.session_state
    files = tuple(uploads.files)
    held = FILES.text(path.name for path in files)
    told = FILES.text(names())
    if echo.navigated():
        state[_ASIDE] = told != held
    if state.get(_ASIDE):
        files = ()
    elif files and told != held:
        address.put(FILES.name, held)
    echo.mind("upload", lambda: (tuple(uploads.files), state.get(_ASIDE), names()))
    said = " and ".join(path.name for path in files) or gone(names())
    mark = " ".join(path.parent.name for path in files)
    upload("upload", token=uploads.token, kinds=KINDS, held=said, mark=mark, on_done=_take)
    return files


def names() -> tuple[str, ...]:
    """Return the names of dropped files that the address holds, whether they are here or not."""
    return FILES.names(address.get(FILES.name))


def chosen_here() -> str:
    """Return which of the rows that this server offers the address names."""
    return st.query_params.get(HERE, "")


def _made_up() -> None:
    """Show made-up rows, and none of those that this server offers."""
    _set_aside()
    if HERE in st.session_state:
        controls.set_later(**{HERE: NONE})


def _set_aside() -> None:
    """Show no dropped files, nor columns of theirs: something else was chosen."""
    counting.end()
    st.session_state[_ASIDE] = True
    controls.set_later(**dict.fromkeys(COLUMNS, ""))
    address.clear(*COLUMNS)
    for name in COLUMNS:
        link.take(name)
    address.put(FILES.name, "")


@overload
def dropped(files: tuple[Path, ...]) -> Rows | None: ...


@overload
def dropped(files: tuple[Path, ...], *, blank: bool) -> Rows | NoNumbersError | None: ...


def dropped(files: tuple[Path, ...], *, blank: bool = False) -> Rows | NoNumbersError | None:
    """Open files that were dropped; None, with a sentence, where they cannot be read.

    Where predictions without a number are wanted as well, what says so is returned of them.
    """
    found = _held(tuple(map(str, files)), lambda: open_rows(list(files) if files[1:] else files[0]))
    return found if blank and isinstance(found, NoNumbersError) else _told(found)


def _here(named: str, files: tuple[str, ...]) -> str:
    """Ask which of the rows that whoever serves the page offers are to be shown; those that the command named come first."""
    options = (*filter(None, [named]), NONE, *files)
    field = here(options)
    if options == (NONE,):
        link.explain(HERE, NONE, field.allowed)
        return ""
    chosen = controls.choice(field, _set_aside, width=260)
    return "" if chosen == NONE else chosen


def _uploads() -> Uploads:
    found: Uploads = st.session_state.setdefault(_UPLOADS, Uploads())
    return found


def _take(count: int) -> None:
    """Keep the files that have arrived last, and none from before."""
    counting.end()
    _uploads().keep_last(count)
    st.session_state[_ASIDE] = False
    if not count:
        _set_aside()


def _own(files: tuple[str, ...], opening: Callable[[], Rows]) -> Rows | None:
    return _told(_held(files, opening))


def _held(files: tuple[str, ...], opening: Callable[[], Rows]) -> Rows | Exception:
    """Open files, or return why not; while they stay the same, they are opened once."""
    held = st.session_state.get(_OPENED)
    if held is None or held[0] != files:
        try:
            found: Rows | Exception = opening()
        except (ValueError, OSError) as error:
            found = error.with_traceback(None)  # which would keep what was read
        held = st.session_state[_OPENED] = (files, found)
    opened: Rows | Exception = held[1]
    return opened


def _told(found: Rows | Exception) -> Rows | None:
    """The rows; None, with a sentence, where there are none."""
    if isinstance(found, Rows):
        return found
    alert.error(str(found))
    return None


def ask_columns(layout: Layout) -> Columns:
    """Ask what of the layout is otherwise than it was recognised."""
    recognised = {
        "truth": layout.truth,
        "prediction": ", ".join(layout.predictions),
        "scale": layout.scale,
        "kind": layout.kind,
        "weight": layout.weight,
        "group": layout.group,
        "identity": layout.identity,
    }
    with st.container(horizontal=True, gap="small"):
        typed = {name: controls.text(field, width=150, placeholder=recognised[name]) for name, field in COLUMNS.items()}
    return tuple((name, text) for name, text in typed.items() if text)


def lay_out(rows: Rows, columns: Columns) -> tuple[Rows, Columns]:
    """Return the rows with what somebody has changed of their layout; a sentence says what cannot be."""
    laid, said = laid_out(rows, columns)
    if said:
        alert.error(said)
        return laid, ()
    return laid, columns
