"""editable_table(table): a batch of examples that people edit in place.

st.data_editor does not fit: a bad value must stay as typed, with a sentence at its row, and the chosen row follow sliders live.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial

import streamlit as st

from explorer.live.assets import script
from explorer.live.component import sent
from explorer.live.live import uncut
from explorer.views.table import Table

KINDS = ("edit", "paste", "choose", "add", "remove")
LONGEST_TEXT = 100_000
"""The most characters that are taken of what somebody typed or pasted."""


@dataclass(frozen=True)
class Action:
    """What somebody did: one of KINDS, in which row and column (from 0), with which text."""

    kind: str
    row: int
    column: int
    text: str


_table = st.components.v2.component(
    "live_table",
    html='<div class="live-edit"></div>',
    js=script("table"),
    isolate_styles=False,
)


def editable_table(table: Table, *, on_action: Callable[[Action], None]) -> None:
    """Show rows that can be edited, chosen, added and removed.

    on_action is called with each Action before the script runs again. Actions may come in one go: a row to choose may have
    turned bad.
    """
    data = asdict(table) | {"done": st.session_state.get(_done(table.key), 0)}
    act = uncut(partial(_act, table.key, len(table.rows), len(table.columns), on_action))
    _table(key=data.pop("key"), data=data, on_action_change=act)


def read_action(sent: object, rows: int, columns: int) -> Action | None:
    """Return what the browser says somebody did, None where that cannot be in a table of this size."""
    match sent:
        case {"kind": str(kind), "row": int(row), "column": int(column), "text": str(text)}:
            inside = type(row) is type(column) is int and 0 <= row < rows and 0 <= column < columns
            if inside and kind in KINDS and not (kind == "remove" and rows == 1):
                return Action(kind, row, column, text[:LONGEST_TEXT])
    return None


def _done(key: str) -> str:
    """Where the number of the last action taken is kept."""
    return f"{key}-done"


def _act(key: str, rows: int, columns: int, on_action: Callable[[Action], None]) -> None:
    """Take the actions that are new, in order.

    The browser numbers them and sends each until it is answered: of triggers in quick succession Streamlit keeps only the last.
    """
    actions = sent(key, "action")
    for entry in actions if isinstance(actions, list) else []:
        match entry:
            case {"number": int(number)} if number > st.session_state.get(_done(key), 0):
                st.session_state[_done(key)] = number
                if action := read_action(entry, rows, columns):
                    rows -= action.kind == "remove"
                    on_action(action)
