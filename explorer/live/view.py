"""A View that shows itself outside the application."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from explorer.live.standalone import page_of
from explorer.views import address
from explorer.views.view import View

if TYPE_CHECKING:
    from explorer.live.notebook import Widget


@dataclass(frozen=True)
class LiveView(View):
    """A view with what it needs to be shown without a server."""

    def to_html(self) -> str:
        """Return the view as one HTML page, live, that makes no request."""
        return page_of(self)

    @cached_property
    def widget(self) -> Widget:
        """The view in a notebook: `values` follow the sliders and lead them, `numbers` are Python's. One for all outputs.

        Raises
        ------
        ImportError
            If anywidget is not installed.
        """
        try:
            from explorer.live.notebook import Widget
        except ModuleNotFoundError as error:
            if error.name != "anywidget":
                raise
            raise ImportError("A live view in a notebook needs anywidget: pip install loss-explorer[notebook]") from error
        return Widget(self)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what Jupyter shows: the widget where it can, and the page without a server for what has no kernel."""
        data: dict[str, Any] = {}
        metadata: dict[str, Any] = {}
        with suppress(ImportError):
            data, metadata = self.widget._repr_mimebundle_() or (data, metadata)
        return {**data, "text/plain": repr(self), "text/html": _frame(self)}, metadata


def view(text: str, rows: Any = None) -> LiveView:
    """Return what an address shows, as `explorer.views.address.view` does."""
    found = address.view(text, rows)
    return LiveView(**{field.name: getattr(found, field.name) for field in fields(found)})


def _frame(view: LiveView) -> str:
    """Return a view's page in a frame, apart from the document around it."""
    return (
        f'<iframe srcdoc="{escape(view.to_html())}" title="{escape(view.title)}" sandbox="allow-scripts allow-downloads" '
        'style="width: 100%; height: 56rem; border: 0; resize: vertical"></iframe>'
    )
