"""What /network shows: the loss of a small network as a function of every weight, and a way down it."""

from explorer.views.network.state import State, read
from explorer.views.network.whole import view

__all__ = ["State", "read", "view"]
