"""A View that shows itself outside the application."""

from __future__ import annotations

from dataclasses import dataclass, fields

from explorer.live.standalone import page_of
from explorer.views import address
from explorer.views.view import View


@dataclass(frozen=True)
class LiveView(View):
    """A view with what it needs to be shown without a server."""

    def to_html(self) -> str:
        """Return the view as one HTML page, live, that makes no request."""
        return page_of(self)


def view(text: str) -> LiveView:
    """Return what an address shows, as `explorer.views.address.view` does."""
    found = address.view(text)
    return LiveView(**{field.name: getattr(found, field.name) for field in fields(found)})
