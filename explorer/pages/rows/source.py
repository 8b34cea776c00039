"""Where the rows of /rows come from: made up, or files that somebody drops here."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Any

import streamlit as st

from explorer.pages import alert, controls
from explorer.rows import Rows, open_rows
from explorer.rows.spec import Layout
from explorer.views.rows.data import Columns, example, laid_out
from explorer.views.rows.fields import COLUMNS, DATA

KINDS = ("csv", "tsv", "gz", "parquet", "jsonl", "ndjson", "arrow", "feather", "npy", "npz", "safetensors")
_OPENED = "_rows_opened"
_DROP = "One file, or two: predictions, and the truth by the same identities. Up to 200 MB; they vanish with this session."


def ask() -> tuple[Rows, str] | None:
    """Return the rows, and the name of made-up ones; None where files cannot be read."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        data = controls.choice(DATA, width=200)
        dropped = st.file_uploader("Your own rows", type=KINDS, accept_multiple_files=True, help=_DROP)
    if not dropped:
        st.session_state.pop(_OPENED, None)
        return example(data), data
    own = _own(dropped)
    return (own, "") if own else None


def _own(dropped: list[Any]) -> Rows | None:
    """Open files that were dropped; while they stay, they are opened once."""
    files = tuple(file.file_id for file in dropped)
    held = st.session_state.get(_OPENED)
    if held is None or held[0] != files:
        held = st.session_state[_OPENED] = (files, _opened(dropped))
    if isinstance(held[1], Rows):
        return held[1]
    alert.error(held[1])
    return None


def _opened(dropped: list[Any]) -> Rows | str:
    """Open files as they come from a browser; what cannot be opened is a sentence."""
    folder = Path(tempfile.mkdtemp(prefix="loss-explorer-upload-"))
    paths = []
    for k, file in enumerate(dropped):
        path = folder / str(k) / (Path(file.name).name or "rows")
        path.parent.mkdir()
        with path.open("wb") as kept:
            shutil.copyfileobj(file, kept)
        paths.append(path)
    try:
        rows = open_rows(paths if len(paths) > 1 else paths[0])
    except (ValueError, OSError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        return str(error)
    weakref.finalize(rows, shutil.rmtree, folder, ignore_errors=True)
    return rows


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
