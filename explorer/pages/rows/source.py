"""Where the rows of /rows come from: made up, a file that is dropped here, or one that whoever serves the page offers."""

from __future__ import annotations

import streamlit as st

from explorer.pages import alert, controls
from explorer.rows import Rows
from explorer.views.rows.data import Columns, example, laid_out
from explorer.views.rows.fields import COLUMNS, DATA

_ROWS, _NAME = "_rows", "_rows_name"
KINDS = ("csv", "tsv", "gz", "parquet", "jsonl", "arrow", "feather", "npy", "npz", "safetensors")


def ask() -> tuple[Rows, str, Columns] | None:
    """Return the rows, the name of made-up ones, and what is changed of the layout; None where a file cannot be read."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        data = controls.choice(DATA, width=200)
        dropped = st.file_uploader("Your own rows", type=KINDS, help="Predictions and targets, one row each; up to 200 MB.")
    own = _own(dropped) if dropped else None
    if dropped and own is None:
        return None
    columns = tuple((name, text) for name, field in COLUMNS.items() if (text := st.session_state.get(field.name, "")))
    rows, said = laid_out(own or example(data), columns)
    if said:
        alert.error(said)
        columns = ()
    return rows, "" if own else data, columns


def _own(dropped: object) -> Rows | None:
    return None
