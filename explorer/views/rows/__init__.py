"""What /rows shows: somebody's own predictions and targets, or made-up ones, taken apart."""

from explorer.views.rows.state import State, read, read_own
from explorer.views.rows.whole import view

__all__ = ["State", "read", "read_own", "view"]
