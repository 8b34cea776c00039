"""The pages: each asks, and shows the view of what was asked. No arithmetic stands here.

To add one: a view (see `explorer.views.address`), and here a module of that name with a function `show`.
"""

from explorer.views.address import PAGES

__all__ = ["PAGES"]
