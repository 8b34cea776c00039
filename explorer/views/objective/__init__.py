"""The view of /objective: a loss by its raw score, what was written by hand for it, and files that train with it."""

from explorer.views.objective.state import State, read
from explorer.views.objective.whole import view

__all__ = ["State", "read", "view"]
