"""Sentences on a moment of /network, of which some are warnings."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from explorer.views.markup import alert


class Remark(NamedTuple):
    """A sentence; kind is "" for one that only tells, else "warning" or "error"."""

    sentence: str
    kind: str = ""


def markup(remarks: Iterable[Remark]) -> str:
    """Return sentences one below the other."""
    return "".join(alert(*remark) if remark.kind else f"<p>{escape(remark.sentence)}</p>" for remark in remarks)
