"""What /losses shows: any loss of the catalogue over its prediction, up to five of them on one axis."""

from explorer.views.losses.state import State, read
from explorer.views.losses.whole import view

__all__ = ["State", "read", "view"]
