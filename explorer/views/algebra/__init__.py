"""What /algebra shows: a loss taken apart step by step, and the last result over one of its symbols."""

from explorer.views.algebra.result import view
from explorer.views.algebra.state import State, read

__all__ = ["State", "read", "view"]
