"""What /rows shows: somebody's own predictions and targets, or made-up ones, taken apart."""

from __future__ import annotations

from explorer.views.rows import files, whole
from explorer.views.rows.files import Gone
from explorer.views.rows.state import State, read, read_own
from explorer.views.rows.whole import growing
from explorer.views.view import View

__all__ = ["Gone", "State", "growing", "read", "read_own", "view"]


def view(state: State | Gone, refused: tuple[str, ...] = ()) -> View:
    """Return what a state shows."""
    return files.view(state, refused) if isinstance(state, Gone) else whole.view(state, refused)
