"""The pages: each asks, and shows the view of what was asked. No arithmetic stands here.

To add one: a view (see `explorer.views.address`), and here a module of that name with a function `show`.
"""

from explorer.views.address import PAGES as VIEWS

PAGES = (*VIEWS, "lessons")
"""By name, as the menu has them: a page for each view, and the lessons, which are made of views."""


def tab_title(page: str) -> str:
    """Return what a browser's tab, its history and a link's preview say of a page; "" is the first one."""
    return " · ".join(filter(None, (page.capitalize(), "Loss Explorer")))
